// An event that nothing is known of: each place in the kernel's memory that conditions ask for, and each answer of a helper, as variables of a formula.
// Conditions of several policies over one hook share them.
#pragma once

#include <map>
#include <set>
#include <string>
#include <vector>

#include "compiler/analyze/texts.h"
#include "compiler/analyze/value.h"
#include "compiler/policy/policy.h"

namespace lsmpc::analyze {

// Whether what a pointer leads to can be read.
struct Reach {
  Lit absent = kFalse, unresolved = kFalse;
};

class Event {
 public:
  Event(Formula& formula, uint32_t target) : texts(formula), formula_(formula), target_(target) {}

  // Of a place or an answer, an expression without attributes of its own name: a Field, an Argument, a BuiltinCall, an Account.
  const Value& value(const policy::Expr& place, const policy::HookPolicy& hook);
  Reach reach(const policy::Expr& pointer, const policy::HookPolicy& hook);
  Lit isNull(const policy::Expr& pointer, const policy::HookPolicy& hook, bool usual);
  // Whether two pointers are one: nothing is known of it but that it is one question.
  Lit unknown(const std::string& key);
  bool exists(const btf::FieldPath& path) const { return path.present >> target_ & 1; }

  struct Member {
    Lit lit = kFalse;
    std::string key;
    policy::Type type;
    Value value;
  };
  // Sets that hold their first elements and no others.
  void fix(const std::string& set) { fixed_.insert(set); }
  bool isFixed(const policy::DynamicSet& set) const { return fixed_.count(set.name) != 0; }
  // Whether this value is in the set, whatever that holds.
  Lit member(const policy::DynamicSet& set, const Member& member);
  Lit unfilled(const policy::DynamicSet& set);
  // Of two values that are had.
  Lit sameValue(const Value& left, const Value& right, const policy::Type& type);

  // What holds between values whatever the event is; once all is asked. False: the patterns need too large an automaton.
  bool define(Candidates candidates = Candidates::All);
  // What is assumed of an event, for who reads what is found: first that all is to be had; then that only paths, and what lies behind a
  // pointer, is not.
  std::vector<Lit> usual() const;
  std::vector<Lit> likely() const;

  struct Set {
    policy::DynamicSet set;
    Lit unfilled = kFalse;
    std::vector<Member> members;  // the values that were asked for
  };
  const std::map<std::string, Set>& sets() const { return sets_; }
  struct Account {
    policy::Account account;
    Value value;
  };
  const std::map<std::string, Account>& accounts() const { return accounts_; }

  Texts texts;

 private:
  struct Null {
    Lit lit;
    bool usual;
  };
  struct Socket {
    Lit absent;
    std::string object;  // the socket, or the address in the caller's memory
    bool is_name;        // in the caller's memory
    bool is_unix;
    std::string address;  // key of the value that is an address; "" without one
  };

  Lit sameText(const Value& left, const Value& right);
  Value make(const policy::Expr& place, const std::string& key, const policy::HookPolicy& hook);
  Value called(const policy::BuiltinCall& call, const policy::Expr& place, const policy::HookPolicy& hook);
  void bound(const policy::BuiltinCall& call, const Word& word);
  Value plain(const policy::Type& type, const TextShape& shape);
  void defineMembers(const Set& set);
  Lit unresolvedOf(const policy::BuiltinCall& call, const policy::HookPolicy& hook);
  std::string socketKey(const policy::BuiltinCall& call, const policy::HookPolicy& hook) const;  // "": of no socket
  Lit socketAbsent(const policy::BuiltinCall& call, const policy::HookPolicy& hook, const std::string& key);
  void defineSockets();
  void definePaths();
  Lit unusual(bool likely);

  Formula& formula_;
  uint32_t target_;
  std::map<std::string, Value> values_;
  std::map<std::string, Null> nulls_;
  std::map<std::string, Lit> unknowns_;
  std::map<std::string, Set> sets_;
  std::map<std::string, Account> accounts_;
  std::map<std::string, Socket> sockets_;
  std::map<std::string, size_t> paths_, fs_paths_;  // texts: of paths in the mount namespace and in the filesystem, by their dentries
  std::set<std::string> fixed_;
  std::vector<Lit> unusual_, unlikely_;
};

// As a policy would write it, attributes by what they are made of: the same of two policies for the same place.
std::string keyOf(const policy::Expr& place, const policy::HookPolicy& hook);

}  // namespace lsmpc::analyze
