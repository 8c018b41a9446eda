// Where events go but for standard output: a file, a log daemon. What cannot be written there never stops the reader, or the kernel's buffer would overflow instead: it is counted,
// warned of once for each reason, and told of there as soon as something can be written again, by a line {"v":1,"unwritten":N}.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <nlohmann/json.hpp>
#include <set>
#include <string>

#include "runtime/events.h"
#include "runtime/message.h"

namespace lsmpc::runtime {

using Warn = std::function<void(const Problem& problem)>;

class EventOutput {
 public:
  // `name` is the output's, for messages.
  EventOutput(std::string name, Warn warn) : name_(std::move(name)), warn_(std::move(warn)) {}
  virtual ~EventOutput() = default;
  EventOutput(const EventOutput&) = delete;
  EventOutput& operator=(const EventOutput&) = delete;

  void write(const EventLine& line);
  // After the last line: tells how many were left out, if any.
  void finish();

 protected:
  const std::string& name() const { return name_; }
  // Of what went wrong beside a line, once for each reason.
  void warnOnce(Message message, const std::string& reason);

 private:
  // Writes all of the line or nothing of it; why not, or empty.
  virtual std::string put(const EventLine& line) = 0;
  // Whether all is told that could not be before.
  bool catchUp();
  void leaveOut(const EventLine& line);

  std::string name_;
  Warn warn_;
  std::set<std::string> told_;
  std::map<std::string, EventLine> late_;  // by policy: how many the kernel's buffer lost, which is said again once it can be
  uint64_t untold_ = 0, unwritten_ = 0;
};

}  // namespace lsmpc::runtime
