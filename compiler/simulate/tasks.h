// Processes of a simulated host and what hangs on them: credentials, namespaces, the program that they run.
#pragma once

#include <map>
#include <memory>
#include <string>

#include "compiler/simulate/files.h"
#include "compiler/simulate/kernel.h"
#include "compiler/simulate/machine.h"

namespace lsmpc::simulate {

// A process of one thread.
struct Task {
  Object task, cred, files, space;  // task_struct, its cred, fs_struct, mm_struct
};

class Tasks {
 public:
  // With process 1, which runs as root, and no program: then it is no ancestor that a policy could ask for.
  explicit Tasks(Kernel& kernel);

  Files& files() { return *files_; }
  const Task& first() const { return first_; }
  // A child of `parent` that runs the same program with the same credentials.
  Task fork(const Task& parent, uint32_t pid);
  Task taskAt(Address task) const;
  bool putComm(const Object& task, const std::string& comm);
  void putPid(const Task& task, uint32_t pid, uint32_t tid);
  void putParent(const Task& task, const Task& parent);

  // What helpers tell of the task, from what is in its memory.
  Acting actingAs(const Task& task);

 private:
  Task make(uint32_t pid);

  Kernel& kernel_;
  Object user_namespace_, pid_namespace_;
  std::unique_ptr<Files> files_;
  Task first_;
  std::map<Address, Task> made_;
};

}  // namespace lsmpc::simulate
