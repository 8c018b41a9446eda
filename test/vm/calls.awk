# Compares a run of calls.sh: policy source, table of calls, results, events, in this order.
function say(good, what) { print (good ? "ok " : "not ok ") case_name ": " policy ", " mode ": " what }

FNR == 1 { file++ }

# Which line a message stands in, and that line.
file == 1 && match($0, /audit "[^"]*"/) {
  message = substr($0, RSTART + 7, RLENGTH - 8)
  line_of[message] = FNR
  text_of[message] = $0
}
file == 2 && NF && $1 !~ /^(#|do$)/ { row[++rows] = $0 }
file == 3 { result[++results] = $0 }
file == 4 { event[++events] = $0 }

function verdict(message) {
  return text_of[message] ~ / deny / ? "deny" : text_of[message] ~ / allow / ? "allow" : "audit"
}

# What is wrong with an event, or "". `hooks`: one, or some joined by `|` where kernels differ.
function fault(line, hooks, message, error, object,    parts, count, i, kind, any) {
  if (line == "") return "no event"
  count = split(hooks, parts, "|")
  for (i = 1; i <= count; i++) if (index(line, "\"hook\":\"" parts[i] "\"")) any = 1
  if (!any) return hooks " is not the hook of " line
  kind = verdict(message)
  count = split(object, parts, "+")
  parts[++count] = "\"message\":\"" message "\""
  parts[++count] = "\"source\":\"" policy ".lsmp:" line_of[message] "\""
  parts[++count] = "\"verdict\":\"" kind "\""
  parts[++count] = "\"enforced\":" (kind == "deny" && mode == "enforce" ? "true" : "false")
  if (kind == "deny") parts[++count] = "\"errno\":\"" error "\""
  for (i = 1; i <= count; i++)
    if (parts[i] != "-" && !index(line, parts[i])) return parts[i] " is not in " line
  if (index(line, "\"unresolved\":true") && !index(object, "\"unresolved\":true")) return "unresolved: " line
  return ""
}

# What the RESULT of a line says that a call ends with; `error` becomes what the rule says.
function expected(text,    both, audited) {
  audited = "ok"
  error = text
  if (split(text, both, ":") == 2) { text = both[1]; error = both[2] }
  if (split(text, both, ">") == 2) { text = error = both[1]; audited = both[2] }
  return mode == "audit" ? audited : text
}

END {
  for (i = 1; i <= rows; i++) {
    split(row[i], word)
    call = row[i]
    sub(/^[^ ]+ +[^ ]+ +[^ ]+ +/, "", call)
    wrong = shown = ""
    made = split(word[1], results_of, ",")
    if (split(result[i], ended, ",") > made) wrong = "expected " made " results, found " result[i]
    for (j = 1; j <= made; j++) {
      shown = shown (j == 1 ? "" : ",") (one = expected(results_of[j]))
      if (!index("|" one "|", "|" ended[j] "|")) wrong = "expected " shown ", found " result[i]
    }
    count = word[2] == "-" ? 0 : split(word[2], wanted, ",")
    for (j = 1; j <= count; j++) {
      further = sub(/\?$/, "", wanted[j])
      split(wanted[j], hook, "/")
      if (further && (mode == "enforce" || seen == events || fault(event[seen + 1], hook[1], hook[2], error, "-") != "")) continue
      problem = fault(event[++seen], hook[1], hook[2], error, further ? "-" : word[3])
      if (problem != "") wrong = wrong (wrong == "" ? "" : "; ") "event of " wanted[j] ": " problem
    }
    say(wrong == "", call (wrong == "" ? ": " shown : ": " wrong))
  }
  say(results == rows, results + 0 " results of " rows " calls")
  say(seen == events, events + 0 " events, " seen + 0 " expected")
}
