// Files of a simulated host: mounts, superblocks, and a dentry for each name, made when its path is first asked for.
#pragma once

#include <map>
#include <string>

#include "compiler/simulate/kernel.h"

namespace lsmpc::simulate {

// struct path: where a file is.
struct Located {
  Object mount;  // struct mount
  Object dentry;
};

class Files {
 public:
  // With one mount, the root of a mount namespace that `owner`, a user namespace, owns.
  Files(Kernel& kernel, Address owner);

  const Object& mountNamespace() const { return namespace_; }
  Located root() const { return {mount_, root_}; }
  // An absolute path; each of its folders is one.
  Located at(const std::string& path);
  // From now on this path is on a mount that no namespace has (umount -l): its walk comes to no root. Returns it.
  const std::string& detach(const std::string& path);
  // The file or folder of this dentry, under the name `path`: a mount of it alone covers what is there (mount --bind).
  Located bind(const std::string& path, const Object& shown);
  // One of that name that hangs below no filesystem's root, as what was moved out of it.
  Located lost(const std::string& name);
  // A pipe, socket or memfd: on a mount of the kernel's own.
  Located nameless();
  Object inodeOf(const Object& dentry);
  // An open file there.
  Object open(const Located& place);
  // The same by its path; of "" a nameless one.
  Object openAt(const std::string& path);
  // Writes the two pointers of a `struct path`.
  void put(const Object& path, const Located& place);

  // Seqlocks of the kernel that nobody holds.
  Address renameLock() const { return rename_lock_; }
  Address mountLock() const { return mount_lock_; }

 private:
  Object superblock(const std::string& type);
  Object mountOf(const Object& superblock, const Object& root, Address parent, Address mountpoint, Address mount_namespace);
  Object dentry(const Object* parent, const Object& superblock, const std::string& name);

  Kernel& kernel_;
  Object namespace_, superblock_, mount_, root_;
  Address rename_lock_ = 0, mount_lock_ = 0;
  std::map<std::string, Object> dentries_, detached_;  // by path
  uint64_t inodes_ = 2;
};

}  // namespace lsmpc::simulate
