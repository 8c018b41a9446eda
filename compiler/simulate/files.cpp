#include "compiler/simulate/files.h"

namespace lsmpc::simulate {
namespace {

// include/linux/mount.h, fs.h, stat.h.
constexpr uint64_t kInternal = 0x4000, kNoUser = 0x80000000, kKernelMount = 0x400000;
constexpr uint64_t kRegular = 0100644, kFolder = 0040755, kPipe = 0010600;
constexpr Address kNoNamespace = static_cast<Address>(-22);  // of a mount of the kernel's own: ERR_PTR(-EINVAL)

}  // namespace

Files::Files(Kernel& kernel, Address owner) : kernel_(kernel) {
  rename_lock_ = kernel.memory().add(Place::Kernel, 64);
  mount_lock_ = kernel.memory().add(Place::Kernel, 64);
  namespace_ = kernel.make("mnt_namespace");
  for (const char* number : {"seq", "event", "ns.ns_id"}) kernel.put(namespace_, number, 1);  // an anonymous one has none
  kernel.put(namespace_, "user_ns", owner);
  superblock_ = superblock("ext4");
  root_ = dentry(nullptr, superblock_, "/");
  kernel.put(inodeOf(root_), "i_mode", kFolder);
  kernel.put(superblock_, "s_root", root_.address);
  mount_ = mountOf(superblock_, root_, 0, root_.address, namespace_.address);
  kernel.put(namespace_, "root", mount_.address);
  dentries_["/"] = root_;
}

Object Files::superblock(const std::string& type) {
  Object made = kernel_.make("super_block"), kind = kernel_.make("file_system_type");
  kernel_.put(kind, "name", kernel_.text(type));
  kernel_.put(made, "s_type", kind.address);
  return made;
}

Object Files::mountOf(const Object& superblock, const Object& root, Address parent, Address mountpoint, Address mount_namespace) {
  Object made = kernel_.make("mount");
  kernel_.put(made, "mnt_parent", parent ? parent : made.address);
  kernel_.put(made, "mnt_mountpoint", mountpoint);
  kernel_.put(made, "mnt.mnt_root", root.address);
  kernel_.put(made, "mnt.mnt_sb", superblock.address);
  kernel_.put(made, "mnt_ns", mount_namespace);
  return made;
}

// A short name lies within the dentry (fs/dcache.c: d_alloc).
Object Files::dentry(const Object* parent, const Object& superblock, const std::string& name) {
  Object made = kernel_.make("dentry"), inode = kernel_.make("inode");
  const char* inside = kernel_.has(made, "d_shortname") ? "d_shortname" : "d_iname";
  auto room = kernel_.layout().member(made.record, inside);
  Address bytes = room && name.size() < room->size ? made.address + room->offset() : kernel_.text(name);
  kernel_.memory().write(bytes, name.data(), name.size());
  kernel_.put(made, "d_name.len", name.size());
  kernel_.put(made, "d_name.name", bytes);
  kernel_.put(made, "d_parent", parent ? parent->address : made.address);
  kernel_.put(made, "d_sb", superblock.address);
  kernel_.put(made, "d_inode", inode.address);
  kernel_.put(inode, "i_sb", superblock.address);
  kernel_.put(inode, "i_ino", inodes_++);
  kernel_.put(inode, "i_mode", kRegular);
  kernel_.put(inode, "i_nlink", 1);
  return made;
}

Located Files::at(const std::string& path) {
  auto detached = detached_.find(path);
  const Object& mount = detached != detached_.end() ? detached->second : mount_;
  if (auto known = dentries_.find(path); known != dentries_.end()) return {mount, known->second};
  size_t slash = path.rfind('/');
  Object above = at(slash ? path.substr(0, slash) : "/").dentry;
  Object folder = inodeOf(above);
  if (kernel_.get(folder, "i_mode") == kRegular) kernel_.put(folder, "i_mode", kFolder);  // else somebody has said what it is
  Object made = dentry(&above, superblock_, path.substr(slash + 1));
  dentries_[path] = made;
  return {mount, made};
}

// It is the mount's root itself: a name below it would be known.
const std::string& Files::detach(const std::string& path) {
  Object root = at(path).dentry;
  return detached_.emplace(path, mountOf(superblock_, root, 0, root.address, 0)).first->first;
}

Object Files::inodeOf(const Object& dentry) { return {kernel_.get(dentry, "d_inode"), kernel_.layout().record("inode").value_or(0)}; }

void Files::put(const Object& path, const Located& place) {
  kernel_.put(path, "mnt", kernel_.addressOf(place.mount, "mnt"));
  kernel_.put(path, "dentry", place.dentry.address);
}

Object Files::open(const Located& place) {
  Object file = kernel_.make("file");
  put({kernel_.addressOf(file, "f_path"), kernel_.layout().record("path").value_or(0)}, place);
  kernel_.put(file, "f_inode", inodeOf(place.dentry).address);
  return file;
}

Object Files::openAt(const std::string& path) { return open(path.empty() ? nameless() : at(path)); }

Located Files::bind(const std::string& path, const Object& shown) {
  Located covered = at(path);
  return {mountOf(superblock_, shown, covered.mount.address, covered.dentry.address, kernel_.get(covered.mount, "mnt_ns")), shown};
}

Located Files::lost(const std::string& name) {
  Object top = dentry(nullptr, superblock_, "top");
  return {mount_, dentry(&top, superblock_, name)};
}

// Its dentry is its own parent, and not the filesystem's root (fs/dcache.c: d_alloc_pseudo).
Located Files::nameless() {
  Object superblock = this->superblock("pipefs");
  kernel_.put(superblock, "s_flags", kNoUser | kKernelMount);
  Object root = dentry(nullptr, superblock, "pipefs"), name = dentry(nullptr, superblock, "");
  kernel_.put(superblock, "s_root", root.address);
  kernel_.put(inodeOf(name), "i_mode", kPipe);
  Object mount = mountOf(superblock, root, 0, root.address, kNoNamespace);
  kernel_.put(mount, "mnt.mnt_flags", kInternal);
  return {mount, name};
}

}  // namespace lsmpc::simulate
