#include "compiler/materialise/names.h"
#include "compiler/materialise/scene.h"

namespace lsmpc::materialise {

using policy::Expr;

// With its inode, where that is an open file's.
bool Scene::putDentry(const Expr& place, const simulate::Object& dentry) {
  auto* field = std::get_if<policy::Field>(&place.node);
  if (auto* path = field ? std::get_if<policy::Field>(&field->base->node) : nullptr)
    kernel_.put(object(*path->base), "f_inode", host_.tasks().files().inodeOf(dentry).address);
  return putPointer(place, dentry.address);
}

// The same with its mount, where it is a `struct path` that has the dentry.
bool Scene::putLocated(const Expr& place, const simulate::Located& located) {
  if (auto* field = std::get_if<policy::Field>(&place.node))
    kernel_.put(object(*field->base), "mnt", kernel_.addressOf(located.mount, "mnt"));
  return putDentry(place, located.dentry);
}

// What was said to be called `named` in the mount namespace is this dentry: a mount shows the one as the other.
bool Scene::putCovered(const Expr& place, const Named& named, const simulate::Object& dentry) {
  simulate::Files& files = host_.tasks().files();
  if (!named.folder.address) return putLocated(place, files.bind(named.path, dentry));
  simulate::Object folder{kernel_.get(dentry, "d_parent"), dentry.record};
  files.put(named.folder, files.bind(folderOf(named.path), folder));
  return putDentry(place, dentry);
}

// A path from the filesystem's own root.
bool Scene::putFsPath(const Expr& place, const std::string& path) {
  simulate::Files& files = host_.tasks().files();
  auto said = named_.find(object(place).address);
  if (said == named_.end()) return putLocated(place, path.empty() ? files.nameless() : files.at(path));
  const Named& named = said->second;
  if (path.empty()) return named.path.empty() || fail("what has a path in the mount namespace has one in its filesystem");
  if (path == named.path) return true;
  if (named.path.empty()) return putDentry(place, files.at(path).dentry);
  bool renamed = nameOf(path) != nameOf(named.path) && named.path != kDetachedFile;
  if (named.folder.address && (renamed || path == "/"))
    return fail("it has one name in its folder, which a mount elsewhere does not change: let both paths end in it");
  return putCovered(place, named, files.at(path).dentry);
}

// It hangs below no filesystem's root.
bool Scene::putLost(const Expr& place) {
  simulate::Files& files = host_.tasks().files();
  auto said = named_.find(object(place).address);
  if (said == named_.end() || said->second.path.empty()) return putLocated(place, files.lost("lost"));
  return putCovered(place, said->second, files.lost(nameOf(said->second.path)).dentry);
}

}  // namespace lsmpc::materialise
