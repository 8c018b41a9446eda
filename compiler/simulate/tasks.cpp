#include "compiler/simulate/tasks.h"

namespace lsmpc::simulate {
namespace {

constexpr size_t kCommBytes = 16;  // TASK_COMM_LEN
constexpr const char* kFirstComm = "init";
constexpr uint64_t kLevels = 4;  // of pid namespaces, one in the other, that a task can be said to be in

}  // namespace

Tasks::Tasks(Kernel& kernel) : kernel_(kernel) {
  user_namespace_ = kernel.make("user_namespace");
  pid_namespace_ = kernel.make("pid_namespace");
  files_ = std::make_unique<Files>(kernel, user_namespace_.address);
  first_ = make(1);
  kernel.put(pid_namespace_, "child_reaper", first_.task.address);
  kernel.put(first_.task, "mm", 0);
  putParent(first_, first_);
  putComm(first_.task, kFirstComm);
}

Task Tasks::make(uint32_t pid) {
  Task made{kernel_.make("task_struct"), kernel_.make("cred"), kernel_.make("fs_struct"), kernel_.make("mm_struct")};
  const Object& task = made.task;
  for (const char* name : {"cred", "real_cred"}) kernel_.put(task, name, made.cred.address);
  Object namespaces = kernel_.make("nsproxy"),
         number = kernel_.make("pid", kLevels * kernel_.layout().sizeOf(kernel_.layout().record("upid").value_or(0)));
  kernel_.put(namespaces, "mnt_ns", files_->mountNamespace().address);
  kernel_.put(namespaces, "pid_ns_for_children", pid_namespace_.address);
  kernel_.put(task, "nsproxy", namespaces.address);
  kernel_.put(task, "fs", made.files.address);
  kernel_.put(task, "mm", made.space.address);
  kernel_.put(task, "group_leader", task.address);
  kernel_.put(made.cred, "user_ns", user_namespace_.address);
  kernel_.put(made.files, "root.mnt", kernel_.addressOf(files_->root().mount, "mnt"));
  kernel_.put(made.files, "root.dentry", files_->root().dentry.address);
  for (uint64_t level = 0; level < kLevels; ++level)
    kernel_.put(number, "numbers[" + std::to_string(level) + "].ns", pid_namespace_.address);
  kernel_.put(number, "numbers[0].nr", pid);
  kernel_.put(task, "thread_pid", number.address);
  putPid(made, pid, pid);
  made_[task.address] = made;
  return made;
}

Task Tasks::fork(const Task& parent, uint32_t pid) {
  Task child = make(pid);
  putParent(child, parent);
  kernel_.put(child.space, "exe_file", kernel_.get(parent.space, "exe_file"));
  uint8_t comm[kCommBytes] = {};
  kernel_.memory().read(kernel_.addressOf(parent.task, "comm"), comm, sizeof comm);
  kernel_.memory().write(kernel_.addressOf(child.task, "comm"), comm, sizeof comm);
  return child;
}

Task Tasks::taskAt(Address task) const {
  auto known = made_.find(task);
  return known == made_.end() ? Task{{task, first_.task.record}} : known->second;
}

bool Tasks::putComm(const Object& task, const std::string& comm) {
  std::string bytes = comm;
  bytes.resize(kCommBytes);
  return kernel_.memory().write(kernel_.addressOf(task, "comm"), bytes.data(), bytes.size());
}

void Tasks::putPid(const Task& task, uint32_t pid, uint32_t tid) {
  kernel_.put(task.task, "tgid", pid);
  kernel_.put(task.task, "pid", tid);
}

void Tasks::putParent(const Task& task, const Task& parent) {
  for (const char* name : {"real_parent", "parent"}) kernel_.put(task.task, name, parent.task.address);
}

Acting Tasks::actingAs(const Task& task) {
  Acting acting{.task = task.task.address};
  acting.pid = static_cast<uint32_t>(kernel_.get(task.task, "tgid"));
  acting.tid = static_cast<uint32_t>(kernel_.get(task.task, "pid"));
  acting.uid = static_cast<uint32_t>(kernel_.get(task.cred, "uid.val"));
  acting.gid = static_cast<uint32_t>(kernel_.get(task.cred, "gid.val"));
  kernel_.memory().readText(kernel_.addressOf(task.task, "comm"), kCommBytes, acting.comm);
  return acting;
}

}  // namespace lsmpc::simulate
