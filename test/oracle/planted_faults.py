"""Faults that the comparison of the judges has to find, ten in each room that compiles or simulates. A fault: the file; its text, in which « » mark the expression
that goes wrong; what stands there instead; what that breaks. The text stands just once in the file.
And where not every policy can show it, what stands in one that can: the others are passed over."""

TABLE = r"(?:on \w+ when .*\n){24}"  # of rules that follow one another
MANY_TEXTS = r'(?:"(?:[^"\\]|\\.)*", ){120}'

FAULTS = [
    ("compiler/plan/plan.cpp", "bool certain = «rule.verdict == policy::Verdict::Allow || policy::allowsUnresolved(policy_, hook.member)»;", "policy::allowsUnresolved(policy_, hook.member)",
     "an allow matches what ends unresolved"),
    ("compiler/plan/plan.cpp", "views.push_back(«translator.condition(hook_rule.condition, {1, swapped}, hook_rule.rule)»);", "translator.condition(hook_rule.condition, {0, swapped}, hook_rule.rule)", "of two paths only the first is looked at", r"path_(rename|link)"),
    ("compiler/plan/graph.cpp", ".add(t.mask).add(«t.any»)", "false", "`has` and `has any` of the same flags are one test", "has any"),
    ("compiler/plan/graph.cpp", "any({all({condition, then}), all({«negate(condition)», otherwise})})", "condition", "the other side of a choice is taken under the same condition", r"if\(|\) [=!]= \(|tty"),
    ("compiler/plan/set_store.cpp", "spans.push_back({address & ~host, «address | host»});", "(address | host) - (host != 0)", "the last address of a network is not in a large set or table", r"[0-9]/[0-9]"),
    ("compiler/plan/set_store.cpp", "wordOf(low, is_signed), wordOf(high, «is_signed»)", "false", "the upper ends of signed intervals are of the wrong order in large sets and tables"),
    ("compiler/plan/row_test.cpp", "case TestOp::Less: return {lowest, «constant - 1»};", "constant", "`<` holds for the number itself in a table", TABLE),
    ("compiler/plan/reach.cpp", "known != settled_.end() && («certain || known->second.is_false»)", "true", "what an allow leaves open is taken for decided", "allow"),
    ("compiler/plan/tabulate.cpp", "one.verdict == other.verdict && «one.errno_value == other.errno_value»", "true", "rows of a table have the errno of its first", TABLE),
    ("compiler/plan/translate.cpp", "if («!others.empty()») {", "false", "patterns beside the literals of a large set are lost", MANY_TEXTS),

    ("compiler/match/nfa.cpp", "if («pattern.text != \"/\"») accept(directory, predicate);", "false", "`under` is without the directory itself"),
    ("compiler/match/dfa.cpp", "matches(pattern, Alphabet::Path, «place == Place::Start ? \"\" : \"/\"»)", "\"/\"", "no path at all is taken for the root", r'""|"/"'),
    ("compiler/match/minimise.cpp", "Partition blocks(dfa.accept.size(), [&](uint32_t s) { return «dfa.accept[s]»; });", "dfa.accept[s] != 0 ? 1u : 0u", "states that accept different patterns become one"),
    ("compiler/match/path_segments.cpp", "size_t without = «least == 0» &&", "false", "`**` at the beginning of a pattern is never nothing, in a table", TABLE),
    ("compiler/match/interval_table.cpp", "while («step * 2 < count») step *= 2;", "step * 4 < count", "the search does not come to the end of a long list", r"(?:\d+, ){8}|" + TABLE),
    ("compiler/match/interval_rows.cpp", "all.push_back(«entry.span.high + 1»);", "entry.span.high", "a row of numbers or addresses ends at the wrong number", TABLE),
    ("compiler/match/string_table.cpp", "for (size_t at = 0; «at < text.size()»; at += 8) words.push_back(wordAt(text, at));", "at + 1 < text.size()", "the last byte of a text of 8 n + 1 bytes is lost in a large set", MANY_TEXTS),
    ("compiler/match/rule_lists.cpp", "own.rule <= other.rule && («own.signature == 0 || own.signature == other.signature»)", "true", "a row with a condition of its own hides a later one", TABLE),
    ("compiler/match/byte_sets.cpp", "if («set.count() == 255 && !set.test('/')») return kAnyByte;", "set.count() >= 254", "`[^a]` takes an `a`, in a table of paths", TABLE),
    ("compiler/match/near_names.cpp", "if («sequence.endings != kHere || components.empty()») return std::nullopt;", "components.empty()", "what lies below a directory is ruled out by its name"),

    ("compiler/lower/test.cpp", "«comparison_.notAbove(distance, i64(static_cast<uint64_t>(high - low)))»", "comparison_.below(distance, i64(static_cast<uint64_t>(high - low)))", "the last number of an interval is not in it"),
    ("compiler/lower/test.cpp", "unsigned prefix = «cidr.prefix + (cidr.address.v4 ? 96 : 0)»;", "(cidr.prefix + (cidr.address.v4 ? 96 : 0)) & ~7", "a prefix counts in whole bytes", r"[0-9]/[0-9]"),
    ("compiler/lower/test.cpp", "builder_.getInt1(«l_signed ? smaller_holds : greater_holds»)", "l_signed ? greater_holds : smaller_holds", "a negative number is the greater beside an unsigned one"),
    ("compiler/lower/test.cpp", "«test.any ? comparison_.different(bits, i64(0)) : comparison_.same(bits, i64(test.mask))»", "comparison_.different(bits, i64(0))", "`has` of several flags holds for one of them"),
    ("compiler/lower/test.cpp", "builder_.CreateOr(«absent», builder_.CreateAnd(present, builder_.CreateNot(holds)))", "builder_.getFalse()", "what is absent leaves a test open"),
    ("compiler/lower/node.cpp", "return {operand.no, «operand.yes»};", "builder_.CreateNot(operand.no)", "`not` of what is unresolved is false"),
    ("compiler/lower/node.cpp", "return Truth{builder_.CreateOr(all.yes, truth.yes), «builder_.CreateAnd(all.no, truth.no)»};", "builder_.CreateOr(all.no, truth.no)", "an `or` is false as soon as one side is"),
    ("compiler/lower/value.cpp", "return «type.is_signed» ? builder_.CreateSExt(narrow", "false", "a negative argument is a large number", "own.code|nice|arg.size|kern|argc|bpf.cmd|socket_create"),
    ("compiler/lower/table.cpp", "add(match, «condition.certain ? truth.yes : builder_.CreateNot(truth.no)»)", "truth.yes", "in a table a condition that ends unresolved refuses nothing", TABLE),
    ("compiler/lower/set_words.cpp", "uint64_t{row.action} << 32 | «uint64_t{row.condition} << 40»", "uint64_t{0}", "a row does not know its condition", TABLE),

    ("compiler/simulate/arithmetic.cpp", "case BPF_ARSH: return «static_cast<Word>(static_cast<Signed>(left) >> (right & kShift))»;", "static_cast<Word>(left >> (right & kShift))", "an arithmetic shift brings in zeros"),
    ("compiler/simulate/arithmetic.cpp", "case BPF_JGT: return «left > right»;", "left >= right", "`>` holds for equal numbers"),
    ("compiler/simulate/arithmetic.cpp", "case 16: return «to_big» ?", "false", "16 bits keep their order", "port|addr"),
    ("compiler/simulate/helpers.cpp", "return read ? «text.size() + 1» : failed(EFAULT);", "text.size()", "the length of a text is without its NUL"),
    ("compiler/simulate/kernel.cpp", "word = (word & ~span.mask) | («value << span.shift & span.mask»);", "value & span.mask", "bit fields are written at the first bit", "secureexec"),
    ("compiler/simulate/maps.cpp", "(network[byte] ^ address[byte]) >> («7 - bit % 8») & 1", "bit % 8", "networks of a dynamic set are compared from the lowest bit on", "cidr dynamic"),
    ("compiler/simulate/layout.cpp", "member.bit_offset += «index * member.size * 8»;", "index * 8", "elements of an array are bytes apart", "own.files"),
    ("compiler/simulate/machine.cpp", "case BPF_H: return «2»;", "1", "a load of 16 bits has one byte"),
    ("compiler/simulate/tasks.cpp", "acting.pid = static_cast<uint32_t>(kernel_.get(task.task, «\"tgid\"»));", "\"pid\"", "a process has its thread's number", "pid|tid"),
    ("compiler/simulate/helpers.cpp", "return «uint64_t{call.acting.gid} << 32 | call.acting.uid»;", "uint64_t{call.acting.uid} << 32 | call.acting.gid", "user and group are exchanged (asked for before 5.11 only)", "uid|gid"),
]
