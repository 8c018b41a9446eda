#include "compiler/driver/imports.h"

#include <algorithm>
#include <filesystem>

#include "compiler/driver/sources.h"
#include "compiler/parse/parse.h"

namespace lsmpc::driver {
namespace fs = std::filesystem;
namespace {

using diag::Kind;

base::Range firstRule(const ast::File& file) {
  for (const ast::Statement& statement : file.statements) {
    if (auto* on = std::get_if<ast::On>(&statement)) return on->range;
    if (auto* scope = std::get_if<ast::Scope>(&statement)) return scope->range;
    if (auto* call = std::get_if<ast::CallStatement>(&statement)) return call->range;
    if (auto* header = std::get_if<ast::PolicyHeader>(&statement)) return header->range;
    if (auto* test = std::get_if<ast::Test>(&statement)) return test->name.range;
    if (auto* assertion = std::get_if<ast::Assertion>(&statement)) return assertion->name.range;
  }
  return {};
}

class Reader {
 public:
  Reader(base::SourceSet& sources, diag::Emitter& emitter) : sources_(sources), emitter_(emitter), imports_(std::make_unique<Imports>()) {}

  // `name`: of the file, from the policy's folder.
  bool read(ast::File& file, const std::string& name) {
    bool good = true;
    open_.push_back(identity(file));
    for (ast::Statement& statement : file.statements) {
      if (auto* use = std::get_if<ast::Use>(&statement)) good &= this->use(*use, file, name);
      if (auto* set = std::get_if<ast::SetDeclaration>(&statement); set && set->from) good &= fill(*set, file, name);
    }
    open_.pop_back();
    return good;
  }

  std::unique_ptr<Imports> take() { return std::move(imports_); }

 private:
  fs::path folderOf(const ast::File& file) const { return fs::path(sources_.file(file.file).path()).parent_path(); }

  fs::path identity(const ast::File& file) const { return canonical(sources_.file(file.file).path()); }

  static fs::path canonical(const fs::path& path) {
    std::error_code ignored;
    return fs::weakly_canonical(path, ignored);
  }

  // NAME.lsmp beside the file that uses it, a.b in the folder a.
  bool use(const ast::Use& use, const ast::File& by, const std::string& by_name) {
    if (use.module.front().text == "std") return true;  // the library's
    fs::path relative;
    for (const ast::Name& part : use.module) relative /= part.text;
    relative += ".lsmp";
    fs::path path = folderOf(by) / relative, identity = canonical(path);
    if (std::find(open_.begin(), open_.end(), identity) != open_.end()) {
      emitter_.report(Kind::UsedInCircle, use.range, relative.string());
      return false;
    }
    if (std::find(done_.begin(), done_.end(), identity) != done_.end()) return true;
    done_.push_back(identity);
    auto id = add(path, use.range, parse::kMaxFileBytes);
    if (!id) return false;
    auto parsed = parse::parseFile(sources_, *id, emitter_);
    if (!parsed) return false;
    if (base::Range rule = firstRule(*parsed); rule.end != 0) {
      emitter_.report(Kind::UsedPolicy, use.range, relative.string()).note(rule, "here");
      return false;
    }
    std::string name = (fs::path(by_name).parent_path() / relative).string();
    imports_->texts.push_back({name, std::string(sources_.file(*id).text())});
    auto file = std::make_unique<ast::File>(std::move(*parsed));
    bool good = read(*file, name);
    imports_->files.push_back(std::move(file));
    return good;
  }

  // A set's file, by its place from the file that declares the set. Its faults make no name unknown.
  bool fill(ast::SetDeclaration& set, const ast::File& by, const std::string& by_name) {
    auto id = add(folderOf(by) / set.from->text, set.from->range, parse::kMaxSetFileBytes);
    if (!id) return true;
    set.value = parse::parseSetFile(sources_, *id, set.element_type, emitter_);
    std::string name = (fs::path(by_name).parent_path() / set.from->text).lexically_normal().string();
    auto same = [&](const policy::SourceText& text) { return text.path == name; };
    if (std::none_of(imports_->texts.begin(), imports_->texts.end(), same))
      imports_->texts.push_back({name, std::string(sources_.file(*id).text())});
    return true;
  }

  std::optional<base::FileId> add(const fs::path& path, base::Range named, size_t limit) {
    std::string wrong;
    auto text = readText(path.string(), limit + 1, wrong);
    if (text) return sources_.add(path.string(), std::move(*text));
    emitter_.report(Kind::CannotRead, named, path.string(), wrong);
    return std::nullopt;
  }

  base::SourceSet& sources_;
  diag::Emitter& emitter_;
  std::unique_ptr<Imports> imports_;
  std::vector<fs::path> open_, done_;
};

}  // namespace

std::unique_ptr<Imports> readImports(base::SourceSet& sources, ast::File& file, diag::Emitter& emitter) {
  Reader reader(sources, emitter);
  return reader.read(file, sources.file(file.file).name()) ? reader.take() : nullptr;
}

bool isLibrary(const ast::File& file) { return !file.statements.empty() && firstRule(file).end == 0; }

}  // namespace lsmpc::driver
