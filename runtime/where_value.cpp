#include "runtime/where_value.h"

#include <algorithm>
#include <iterator>
#include <limits>

#include "runtime/accounts.h"
#include "runtime/integer.h"
#include "runtime/match/suggest.h"
#include "runtime/moment.h"
#include "runtime/where_text.h"

namespace lsmpc::runtime {
namespace {

using Kind = WhereToken::Kind;
using Pattern = match::Pattern;

constexpr int64_t kLeast = std::numeric_limits<int64_t>::min(), kMost = std::numeric_limits<int64_t>::max();
constexpr size_t kFewNames = 6;      // that a hint has room for
constexpr size_t kLongestComm = 15;  // TASK_COMM_LEN without its end

// What is read for one field.
struct Reader {
  WhereTokens& tokens;
  const WhereField& field;
  const WhereTypeInfo& info = infoOf(field.type);

  std::string named() const { return "`" + std::string(field.name) + "` is " + std::string(info.what); }
  [[noreturn]] void refuse(const WhereToken& token, const std::string& what, const std::string& hint) const {
    tokens.refuse(Message::MistypedComparison, token, what, hint);
  }
  // The token is no value at all, or one of another type.
  [[noreturn]] void refuseValue(const WhereToken& token) const {
    if (token.kind == Kind::End || token.kind == Kind::Symbol) tokens.refuseNext(std::string(info.what), hintFor(""));
    refuse(token, named() + ", which " + quoted(token) + " is not", hintFor(token.kind == Kind::Word ? token.text : ""));
  }
  std::string hintFor(std::string_view name) const {
    std::vector<std::string> names = namesOf(field.type);
    if (auto near = match::nearest(name, names)) return "did you mean `" + *near + "`?";
    bool few = !names.empty() && names.size() <= kFewNames;
    return few ? "one of " + match::quotedList(names, kFewNames) : "such as `" + std::string(info.example) + "`";
  }
};

// user("web"), group("adm"): as this host has them now.
int64_t accountOf(Reader& reader) {
  WhereToken kind = reader.tokens.take();
  reader.tokens.expect("(");
  if (reader.tokens.next().kind != Kind::String) reader.tokens.refuseNext("a name in quotes");
  WhereToken name = reader.tokens.take();
  Accounts accounts;
  std::string text = textOf(reader.tokens, name);
  auto id = kind.is("user") ? accounts.user(text) : accounts.group(text);
  if (!id)
    reader.refuse(name, "this host has no " + std::string(kind.text) + " " + quoted(name), "only /etc/passwd and /etc/group are looked at");
  reader.tokens.expect(")");
  return *id;
}

int64_t numberOf(Reader& reader) {
  const WhereToken& first = reader.tokens.next();
  bool account = (first.is("user") && reader.field.type == WhereType::Uid) || (first.is("group") && reader.field.type == WhereType::Gid);
  if (account && reader.tokens.second().is("(")) return accountOf(reader);
  WhereToken place = first;
  bool negative = reader.tokens.takeIf("-");
  const WhereToken& token = reader.tokens.next();
  if (!negative && token.kind == Kind::Word)
    if (auto constant = constantOf(reader.field.type, token.text)) return reader.tokens.take(), *constant;
  if (token.kind != Kind::Number) reader.refuseValue(token);
  auto magnitude = integerOf(token.text);
  if (!magnitude) reader.refuse(token, quoted(token) + " is no number such as 42, 0x2a or 0o52", "");
  place.text = {place.text.data(), token.begin + token.text.size() - place.begin};
  bool fits = *magnitude <= static_cast<uint64_t>(kMost);
  int64_t number = fits ? static_cast<int64_t>(*magnitude) * (negative ? -1 : 1) : 0;
  if (!fits || number < reader.info.least || number > reader.info.most)
    reader.refuse(place, reader.named() + ", which " + quoted(place) + " cannot be",
                  "it is from " + std::to_string(reader.info.least) + " to " + std::to_string(reader.info.most));
  reader.tokens.take();
  return number;
}

int64_t timeOf(Reader& reader) {
  const WhereToken& token = reader.tokens.next();
  if (token.kind != Kind::String) reader.refuseValue(token);
  auto moment = momentOf(textOf(reader.tokens, token));
  if (!moment) reader.refuseValue(token);
  reader.tokens.take();
  return *moment;
}

int64_t flagOf(Reader& reader) {
  if (reader.tokens.takeIf("true")) return 1;
  if (reader.tokens.takeIf("false")) return 0;
  reader.refuseValue(reader.tokens.next());
}

Interval intervalOf(std::string_view op, int64_t value) {
  if (op == "<") return value == kLeast ? Interval{1, 0} : Interval{kLeast, value - 1};
  if (op == ">") return value == kMost ? Interval{1, 0} : Interval{value + 1, kMost};
  return {op == "<=" ? kLeast : value, op == ">=" ? kMost : value};
}

// 80, or 8000..8099.
Interval spanOf(Reader& reader) {
  WhereToken first = reader.tokens.next();
  int64_t low = numberOf(reader);
  if (!reader.tokens.takeIf("..")) return {low, low};
  int64_t high = numberOf(reader);
  if (high < low) reader.refuse(first, "this range runs backwards", "write the smaller end first");
  return {low, high};
}

Network networkIn(Reader& reader) {
  const WhereToken& token = reader.tokens.next();
  if (token.kind != Kind::Address) reader.refuseValue(token);
  auto [network, fault] = networkOf(std::string(token.text));
  if (!network) reader.refuse(token, "of " + quoted(token) + ": " + fault, "");
  reader.tokens.take();
  return *network;
}

Network addressOf(Reader& reader) {
  WhereToken token = reader.tokens.next();
  Network network = networkIn(reader);
  if (token.text.find('/') != token.text.npos)
    reader.refuse(token, reader.named() + ", which the network " + quoted(token) + " is not", "write `in`");
  return network;
}

void checkText(Reader& reader, const WhereToken& token, const std::string& text) {
  if (reader.field.type == WhereType::Path)
    if (auto fault = match::checkPathLiteral(text)) reader.refuse(token, fault->text, "");
  if (reader.field.type == WhereType::Bytes && text.size() > kLongestComm)
    reader.refuse(token, reader.named() + ", which has at most " + std::to_string(kLongestComm) + " bytes", "");
  std::vector<std::string> names = namesOf(reader.field.type);
  if (!names.empty() && std::find(names.begin(), names.end(), text) == names.end())
    reader.refuse(token, reader.named() + ", which " + quoted(token) + " is not", reader.hintFor(text));
}

bool isWord(const Reader& reader) {
  constexpr WhereType kWords[] = {WhereType::Word, WhereType::Verdict, WhereType::Errno, WhereType::SignalName};
  bool words = std::find(std::begin(kWords), std::end(kWords), reader.field.type) != std::end(kWords);
  return words && reader.tokens.next().kind == Kind::Word;
}

Pattern literalOf(Reader& reader) {
  const WhereToken& token = reader.tokens.next();
  if (token.kind != Kind::String && !isWord(reader)) reader.refuseValue(token);
  std::string text = token.kind == Kind::String ? textOf(reader.tokens, token) : std::string(token.text);
  checkText(reader, token, text);
  reader.tokens.take();
  return {Pattern::Kind::Literal, text};
}

Pattern patternOf(Reader& reader) {
  const WhereToken& token = reader.tokens.next();
  if (token.kind != Kind::String) reader.tokens.refuseNext("a pattern in quotes", "such as `\"/etc/**\"`");
  std::string glob = globOf(reader.tokens, token);
  if (auto fault = match::checkGlob(glob, reader.field.alphabet())) {
    WhereToken place = token;
    if (glob.size() + 2 == token.text.size())
      place = {token.kind, token.text.substr(1 + fault->offset, fault->length), token.begin + 1 + fault->offset};
    reader.refuse(place, fault->text, "");
  }
  if (reader.field.type == WhereType::Bytes && match::shortestMatch(glob, match::Alphabet::String) > kLongestComm)
    reader.refuse(token, reader.named() + ", which has at most " + std::to_string(kLongestComm) + " bytes", "");
  reader.tokens.take();
  return {Pattern::Kind::Glob, glob};
}

Pattern folderOf(Reader& reader) {
  WhereToken token = reader.tokens.next();
  Pattern folder = literalOf(reader);
  if (folder.text.empty()) reader.refuse(token, "`under` asks for a folder such as `\"/etc\"`", "");
  return {Pattern::Kind::Under, folder.text};
}

// One, or several in braces.
template <class ReadOne>
void readSome(Reader& reader, bool braces_needed, std::string_view instead, Comparison& comparison, ReadOne readOne) {
  if (!reader.tokens.takeIf("{")) {
    if (braces_needed) reader.tokens.refuseNext(std::string(instead));
    comparison.accepted.push_back(readOne(reader));
    return;
  }
  while (!reader.tokens.takeIf("}")) {
    comparison.accepted.push_back(readOne(reader));
    if (!reader.tokens.next().is("}")) reader.tokens.expect(",");
  }
}

void readNumbers(Reader& reader, std::string_view op, Comparison& comparison) {
  if (op != "in") return comparison.accepted.push_back(intervalOf(op, numberOf(reader)));
  bool set = reader.tokens.next().is("{");
  WhereToken first = reader.tokens.next();
  readSome(reader, false, "", comparison, spanOf);
  if (set) return;
  auto span = std::get<Interval>(comparison.accepted.front());
  if (span.low == span.high) reader.refuse(first, "`in` asks for several: `{80, 443}` or `8000..8099`", "write `==`");
}

void readTexts(Reader& reader, std::string_view op, Comparison& comparison) {
  if (op == "~") return readSome(reader, false, "", comparison, patternOf);
  if (op == "under") return comparison.accepted.push_back(folderOf(reader));
  if (op == "in") return readSome(reader, true, "`{` and values", comparison, literalOf);
  comparison.accepted.push_back(literalOf(reader));
}

}  // namespace

void readValues(WhereTokens& tokens, std::string_view op, Comparison& comparison) {
  Reader reader{tokens, *comparison.field};
  switch (reader.info.form) {
    case WhereForm::Number: return readNumbers(reader, op, comparison);
    case WhereForm::Time: return comparison.accepted.push_back(intervalOf(op, timeOf(reader)));
    case WhereForm::Flag:
    case WhereForm::Mark: return comparison.accepted.push_back(intervalOf(op, flagOf(reader)));
    case WhereForm::Address:
      if (op == "in") return readSome(reader, false, "", comparison, networkIn);
      return comparison.accepted.push_back(addressOf(reader));
    case WhereForm::Text:
    case WhereForm::Bytes: return readTexts(reader, op, comparison);
  }
}

}  // namespace lsmpc::runtime
