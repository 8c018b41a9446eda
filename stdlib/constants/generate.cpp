// Build-time tool: reads the UAPI headers with libclang and prints the table of constants as C++.
//
// libclang evaluates no macros, so there are two passes for each group of headers: the first collects the names of
// object-like macros (and enumerators), the second compiles one enumerator for each and asks for its value.
#include <clang-c/Index.h>

#include <cstdio>
#include <map>
#include <regex>
#include <set>
#include <sstream>
#include <string>
#include <string_view>
#include <vector>

namespace {

struct Group {
  const char* name;
  const char* headers;
  const char* pattern;
};

constexpr Group kGroups[] = {
#define LSMPC_CONSTANTS(group, headers, pattern) {group, headers, pattern},
#include "stdlib/constants/headers.def"
};

std::string take(CXString text) {
  const char* chars = clang_getCString(text);
  std::string result = chars ? chars : "";
  clang_disposeString(text);
  return result;
}

std::string includes(const Group& group) {
  std::istringstream words(group.headers);
  std::string word, text;
  while (words >> word) text += "#include <" + word + ">\n";
  return text;
}

class Unit {
 public:
  Unit(CXIndex index, const std::string& text, const std::vector<const char*>& arguments, unsigned options) {
    CXUnsavedFile file{"constants.c", text.c_str(), text.size()};
    CXErrorCode code =
        clang_parseTranslationUnit2(index, "constants.c", arguments.data(), static_cast<int>(arguments.size()), &file, 1, options, &unit_);
    if (code != CXError_Success) unit_ = nullptr;
  }
  ~Unit() { clang_disposeTranslationUnit(unit_); }
  Unit(const Unit&) = delete;
  Unit& operator=(const Unit&) = delete;
  CXTranslationUnit get() const { return unit_; }

 private:
  CXTranslationUnit unit_ = nullptr;
};

struct NameCollector {
  const std::regex& pattern;
  std::set<std::string>& names;
};

CXChildVisitResult collectName(CXCursor cursor, CXCursor, CXClientData data) {
  auto& collector = *static_cast<NameCollector*>(data);
  CXCursorKind kind = clang_getCursorKind(cursor);
  if (kind == CXCursor_EnumDecl) return CXChildVisit_Recurse;
  bool macro = kind == CXCursor_MacroDefinition && !clang_Cursor_isMacroFunctionLike(cursor) && !clang_Cursor_isMacroBuiltin(cursor);
  if (!macro && kind != CXCursor_EnumConstantDecl) return CXChildVisit_Continue;
  std::string name = take(clang_getCursorSpelling(cursor));
  if (std::regex_match(name, collector.pattern)) collector.names.insert(name);
  return CXChildVisit_Continue;
}

// Lines of the second pass that do not compile: macros that are no integers.
std::set<unsigned> badLines(CXTranslationUnit unit) {
  std::set<unsigned> lines;
  for (unsigned i = 0; i < clang_getNumDiagnostics(unit); ++i) {
    CXDiagnostic diagnostic = clang_getDiagnostic(unit, i);
    if (clang_getDiagnosticSeverity(diagnostic) >= CXDiagnostic_Error) {
      unsigned line = 0;
      clang_getExpansionLocation(clang_getDiagnosticLocation(diagnostic), nullptr, &line, nullptr, nullptr);
      lines.insert(line);
    }
    clang_disposeDiagnostic(diagnostic);
  }
  return lines;
}

constexpr std::string_view kPrefix = "lsmpc_value_of_";

struct ValueCollector {
  const std::set<unsigned>& bad;
  std::map<std::string, long long>& values;
};

CXChildVisitResult collectValue(CXCursor cursor, CXCursor, CXClientData data) {
  auto& collector = *static_cast<ValueCollector*>(data);
  if (clang_getCursorKind(cursor) == CXCursor_EnumDecl) return CXChildVisit_Recurse;
  if (clang_getCursorKind(cursor) != CXCursor_EnumConstantDecl) return CXChildVisit_Continue;
  std::string name = take(clang_getCursorSpelling(cursor));
  if (name.rfind(kPrefix, 0) != 0) return CXChildVisit_Continue;
  unsigned line = 0;
  clang_getExpansionLocation(clang_getCursorLocation(cursor), nullptr, &line, nullptr, nullptr);
  if (!collector.bad.count(line)) collector.values[name.substr(kPrefix.size())] = clang_getEnumConstantDeclValue(cursor);
  return CXChildVisit_Continue;
}

bool readGroup(CXIndex index, const Group& group, const std::vector<const char*>& arguments, std::map<std::string, long long>& values) {
  std::set<std::string> names;
  std::regex pattern(group.pattern, std::regex::extended);
  std::string text = includes(group);
  {
    Unit first(index, text, arguments, CXTranslationUnit_DetailedPreprocessingRecord);
    if (!first.get() || !badLines(first.get()).empty()) return false;
    NameCollector collector{pattern, names};
    clang_visitChildren(clang_getTranslationUnitCursor(first.get()), collectName, &collector);
  }
  // The second enumerator makes the enum 64 bits wide: libclang would give 0x858458f6 of 32 bits a sign.
  for (const std::string& name : names)
    text += "enum { " + std::string(kPrefix) + name + " = (long long)(" + name + "), lsmpc_wide_" + name + " = 0x7fffffffffffffffll };\n";
  std::vector<const char*> lenient = arguments;
  lenient.push_back("-ferror-limit=0");
  lenient.push_back("-w");
  Unit second(index, text, lenient, CXTranslationUnit_KeepGoing);
  if (!second.get()) return false;
  std::set<unsigned> bad = badLines(second.get());
  ValueCollector collector{bad, values};
  clang_visitChildren(clang_getTranslationUnitCursor(second.get()), collectValue, &collector);
  return !values.empty();
}

}  // namespace

// generate INCLUDE_DIR…: the system's include folders, in order.
int main(int argc, char** argv) {
  std::vector<const char*> arguments = {"-x", "c", "-std=gnu11", "-nostdinc"};
  for (int i = 1; i < argc; ++i) {
    arguments.push_back("-isystem");
    arguments.push_back(argv[i]);
  }
  CXIndex index = clang_createIndex(0, 0);
  std::printf(
      "#include \"stdlib/constants/constants.h\"\n\nnamespace lsmpc::constants {\nextern const Constant kTable[];\nextern const unsigned "
      "long kTableSize;\nconst Constant kTable[] = {\n");
  std::set<std::string> seen;
  size_t count = 0;
  for (const Group& group : kGroups) {
    std::map<std::string, long long> values;
    if (!readGroup(index, group, arguments, values)) {
      std::fprintf(stderr, "constants: <%s> gave no constants for group %s\n", group.headers, group.name);
      return 1;
    }
    for (const auto& [name, value] : values) {
      if (!seen.insert(name).second) continue;
      std::printf("    {\"%s\", %lldll, \"%s\", \"\"},\n", name.c_str(), value, group.name);
      ++count;
    }
  }
  std::printf("};\nconst unsigned long kTableSize = %zu;\n}  // namespace lsmpc::constants\n", count);
  clang_disposeIndex(index);
  return 0;
}
