#include "compiler/materialise/names.h"
#include "compiler/materialise/scene.h"

namespace lsmpc::materialise {

using policy::Builtin;
using policy::Expr;

bool Scene::putText(const Expr& place, const std::string& text) {
  if (auto* attribute = std::get_if<policy::AttributeRef>(&place.node)) return putText(*hook_.attributes[attribute->index].value, text);
  if (std::holds_alternative<policy::Field>(place.node) || std::holds_alternative<policy::Argument>(place.node))
    return putTextAt(place, text);
  auto* call = std::get_if<policy::BuiltinCall>(&place.node);
  if (!call) return fail("this text is always the same here");
  switch (call->builtin) {
    case Builtin::Text: return putTextAt(*call->arguments[0], text);
    case Builtin::Comm: return host_.tasks().putComm(object(*call->arguments[0]), text) || fail("this kernel has no name there");
    case Builtin::UnixPath:
    case Builtin::UnixName: return putUnixName(*call, text);
    case Builtin::Exe:
    case Builtin::ParentExe:
    case Builtin::TaskExe:
    case Builtin::Script:
    case Builtin::Ancestors:
    case Builtin::AskedScript: return putProgram(*call, text);
    case Builtin::CgroupPath: return putCgroup(*call->arguments[0], text);
    default: return putPath(*call, text);
  }
}

// An array that is the text, or a pointer to it.
bool Scene::putTextAt(const Expr& pointer, const std::string& text) {
  auto* field = std::get_if<policy::Field>(&pointer.node);
  if (field) {
    simulate::Object base = object(*field->base);
    auto member = kernel_.layout().member(base.record, btf::textOf(field->path));
    if (member && !kernel_.layout().isPointer(member->type)) {
      std::string bytes = text;
      bytes.resize(text.size() < member->size ? text.size() + 1 : text.size());
      if (bytes.size() > member->size) return fail("it holds at most " + std::to_string(member->size) + " bytes");
      return kernel_.memory().write(base.address + member->offset(), bytes.data(), bytes.size());
    }
  }
  return putPointer(pointer, kernel_.text(text));
}

bool Scene::putPath(const policy::BuiltinCall& call, const std::string& path) {
  simulate::Files& files = host_.tasks().files();
  switch (call.builtin) {
    case Builtin::FilePath: return putFile(*call.arguments[0], path);
    case Builtin::PathOf: {
      simulate::Object place = object(*call.arguments[0]);
      simulate::Located located = path.empty() ? files.nameless() : files.at(path);
      files.put(place, located);
      named_[located.dentry.address] = {path, {}};
      return place.address || fail("this kernel has no path there");
    }
    case Builtin::PathAt: return putPathAt(call, path);
    case Builtin::FsPath: return putFsPath(*call.arguments[0], path);
    default:
      return fail("`" + std::string(policy::info(call.builtin).spelling) + "` cannot be given: say what it is made of, by raw fields");
  }
}

// A name in a folder.
bool Scene::putPathAt(const policy::BuiltinCall& call, const std::string& path) {
  if (path.empty() || path == "/") return fail("it has a name in a folder here");
  simulate::Files& files = host_.tasks().files();
  simulate::Object folder = object(*call.arguments[0]), dentry = files.at(path).dentry;
  if (folder.address) files.put(folder, files.at(folderOf(path)));  // else the mount is that of another path, which knows it
  named_[dentry.address] = {path, folder};
  return putPointer(*call.arguments[1], dentry.address);
}

// The same open file elsewhere: what else is said of it stays.
bool Scene::putFile(const Expr& pointer, const std::string& path) {
  simulate::Object file = object(pointer);
  if (!file.address) return fail("there is no file here");
  simulate::Object other = host_.tasks().files().openAt(path);
  for (const char* member : {"f_path.mnt", "f_path.dentry", "f_inode"}) kernel_.put(file, member, kernel_.get(other, member));
  named_[kernel_.get(file, "f_path.dentry")] = {path, {}};
  return true;
}

// A node for each level; the hierarchy's root is the one without a parent, and has no name.
bool Scene::putCgroup(const Expr& place, const std::string& path) {
  simulate::Object node = kernel_.make("kernfs_node");
  for (size_t begin = 1; begin < path.size();) {
    size_t end = std::min(path.find('/', begin), path.size());
    simulate::Object below = kernel_.make("kernfs_node");
    kernel_.put(below, "name", kernel_.text(path.substr(begin, end - begin)));
    kernel_.put(below, kernel_.has(below, "__parent") ? "__parent" : "parent", node.address);
    node = below;
    begin = end + 1;
  }
  simulate::Object cgroup = kernel_.make("cgroup");
  kernel_.put(cgroup, "kn", node.address);
  return putPointer(place, cgroup.address);
}

}  // namespace lsmpc::materialise
