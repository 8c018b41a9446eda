// One event on a simulated host: what it says of attributes and raw fields is written to where the policy's programs read it, by turning each typed
// expression round. What it does not say is as on a plain host.
#pragma once

#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "compiler/policy/policy.h"
#include "compiler/simulate/loaded.h"

namespace lsmpc::materialise {

// What is said of the programs of the acting task and of others, by their addresses.
struct Programs {
  std::optional<std::string> own, script;
  std::optional<std::string> asked;  // by the exec that is under way
  std::vector<std::string> before;   // the acting task's
  std::map<simulate::Address, std::string> others;
};
constexpr const char* kPlainProgram = "/plain";  // of which nothing is said

class Scene {
 public:
  // `hook` names the attributes that AttributeRefs of the keys are of; `types` are the policy's. All outlive the scene.
  Scene(simulate::Loaded& host, const policy::HookPolicy& hook, const btf::TypeTable& types, const simulate::Task& actor);

  // What these rules ask of the hook, as a plain host has it; before anything is given.
  void prepare(const policy::HookPolicy& rules);

  // Each false, and in `wrong` why, where this cannot be brought about. `key`: as policy::Given has it; a value: a constant of its type.
  bool give(const policy::Expr& key, const policy::Expr& value);
  bool giveAbsent(const policy::Expr& key);
  bool giveUnresolved(const policy::Expr& key);
  const std::string& wrong() const { return wrong_; }

  // Once all is given: the programs of the tasks, for which the policy's own programs run.
  bool tellPrograms();

  // An argument that the kernel itself makes.
  void putArgument(const std::string& name, const simulate::Object& object) { arguments_[name] = object.address; }
  simulate::Object argument(const std::string& name, std::string_view record) {
    return {arguments({name}).front(), kernel_.layout().record(record).value_or(0)};
  }
  const Programs& programs() const { return programs_; }

  // The hook's arguments by the names of one of its variants. One that nothing was said of is a plain object of its kind, or 0.
  std::vector<uint64_t> arguments(const std::vector<std::string>& names);

 private:
  bool fail(const std::string& wrong);
  enum class Family : uint8_t { Ip, Unix };
  // Of a socket's name or end: it is of this family, or it is not. False: it was said to be otherwise.
  bool claim(simulate::Address address, Family family, bool present);
  bool isOther(simulate::Address address, Family family) const;  // it was said to be of the other one
  // What was given, and whether it holds where a pointer to it is NULL.
  struct Hung {
    const policy::Expr* key;
    bool without_file, if_absent;
    bool holds(policy::Presence presence) const { return without_file || (if_absent && presence == policy::Presence::Absent); }
  };
  Hung hungOn(const policy::Expr& key, const policy::Expr& value) const;
  bool cut(const policy::Expr& pointer, policy::Presence presence);  // it is NULL, and so what hangs on it absent or unresolved
  policy::Presence presenceOf(const policy::Expr& place) const;      // as such pointers have it
  void meet(const policy::Expr& expr);

  // Numbers (number.cpp).
  bool putNumber(const policy::Expr& place, uint64_t value);
  bool putBits(const policy::Bits& bits, uint64_t value);
  bool putMapped(const policy::BuiltinCall& call, uint64_t value);
  uint64_t number(const policy::Expr& place);
  bool putCondition(const policy::Expr& condition, bool value);
  bool putComparison(const policy::Compare& comparison, bool value);
  bool putIf(const policy::BuiltinCall& call, const policy::Expr& value);

  // Objects (object.cpp).
  simulate::Object object(const policy::Expr& place);  // no address where there is none
  simulate::Object objectAt(const policy::Field& field);
  simulate::Object lost();
  bool putNull(const policy::Expr& pointer);
  bool putPointer(const policy::Expr& place, simulate::Address address);
  simulate::Object plain(std::string_view record);
  size_t moreOf(std::string_view record) const;
  simulate::Object copyOf(const simulate::Object& one);
  uint32_t recordOf(const policy::Expr& place) const;

  // Texts and paths (text.cpp).
  bool putText(const policy::Expr& place, const std::string& text);
  bool putTextAt(const policy::Expr& pointer, const std::string& text);
  bool putPath(const policy::BuiltinCall& call, const std::string& path);
  bool putPathAt(const policy::BuiltinCall& call, const std::string& path);
  bool putFile(const policy::Expr& file, const std::string& path);
  bool putCgroup(const policy::Expr& cgroup, const std::string& path);

  // Paths within filesystems (fs_path.cpp).
  struct Named {
    std::string path;         // in the mount namespace, as it was said
    simulate::Object folder;  // struct path, of what is named in a folder
  };
  bool putFsPath(const policy::Expr& dentry, const std::string& path);
  bool putLost(const policy::Expr& dentry);
  bool putCovered(const policy::Expr& dentry, const Named& named, const simulate::Object& shown);
  bool putLocated(const policy::Expr& dentry, const simulate::Located& located);
  bool putDentry(const policy::Expr& place, const simulate::Object& dentry);

  // Addresses (address.cpp).
  bool putAddress(const policy::Expr& place, const ast::Address& address);
  bool putSocketName(const policy::BuiltinCall& call, const ast::Address* address, const uint64_t* port);
  bool putSocketEnd(const policy::BuiltinCall& call, const ast::Address* address, const uint64_t* port);
  bool putUnixName(const policy::BuiltinCall& call, const std::string& text);
  bool putNoName(const policy::BuiltinCall& call, Family family);
  bool putNoEnd(const policy::BuiltinCall& call, Family family);

  // Programs of tasks (program.cpp).
  bool putProgram(const policy::BuiltinCall& call, const std::string& path);

  simulate::Loaded& host_;
  simulate::Kernel& kernel_;
  const policy::HookPolicy& hook_;
  const btf::TypeTable& types_;
  const simulate::Task& actor_;
  std::map<std::string, uint64_t> arguments_;
  std::map<std::pair<simulate::Address, Family>, bool> claims_;
  std::map<simulate::Address, Named> named_;       // by their dentries
  std::map<std::string, policy::Presence> nulls_;  // pointers that lead nowhere, as they are written
  std::set<std::string> no_arguments_;             // arguments that do
  std::set<simulate::Address> nowhere_;            // places in memory that do
  std::vector<Hung> given_;
  uint32_t plains_ = 0;  // plain files made
  Programs programs_;
  std::set<uint32_t> met_;  // attributes
  std::string wrong_;
};

}  // namespace lsmpc::materialise
