// What a reviewer is shown of policies, as plain values, and the page of it: one HTML document that needs nothing beside itself, no script either.
// Pure, and the same bytes for the same values.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace lsmpc::page {

struct Place {
  std::string file;  // without folders
  uint32_t line = 0;
};

enum class Tone : uint8_t { Refuse, Permit, Record };

// An event that was found by reasoning, and whether the compiled policy, on a simulated host, does what was found.
struct Example {
  std::string event;    // as a test gives it; "" for none
  std::string refuted;  // why not; "": it does
};

struct Rule {
  std::string id;
  Place place;
  Place written;       // in the template that it comes from; line 0: it stands at `place`
  std::string text;    // as written
  std::string action;  // "deny EPERM"
  std::string whole;   // all that it asks, where a part of that stands around it (a scope) or in a template of the same file; else ""
  std::string does;    // in words
  Tone tone = Tone::Record;
  std::string fate;  // what becomes of it: "decides this event"
  Example example;
  uint64_t decided = 0;  // in tests
  bool asked = true;     // false: the program leaves it out, since nothing comes to it or matches it
  bool in_table = false;
  uint64_t instructions = 0;  // alone, where it is not in a table
};

// What an event costs here: from above, of an event that no rule matches.
struct HookCost {
  uint64_t instructions = 0, record = 0, loads = 0, calls = 0, verified = 0, table_bytes = 0;
  uint64_t code = 0, stack = 0;  // of the program: instructions, bytes
};

struct Hook {
  std::string name;
  std::vector<std::string> notes;  // what a reader of its rules has to know: kernels without it, an errno that means consent
  std::vector<Rule> rules;         // in the order in which they are asked
  std::string graph;               // SVG
  size_t boxes = 0;                // of it
  HookCost cost;
};

struct Note {
  Place place;
  std::string text;
};

struct Finding {
  std::string code, title, text, hint;
  Place place;
  std::string line;  // of the source
  std::vector<Note> notes;
  bool has_event = false, confirmed = false;
};

struct Claim {
  std::string name, text;
  Place place;
  std::vector<std::string> hooks;
};

struct Test {
  std::string name;
  Place place;
  std::vector<std::string> passed, failed;  // targets
  std::vector<std::string> failures;
};

struct Condition {
  Place place;
  std::string text;
  std::string never, never_unresolved;  // "never true"; "never unresolved"; "" where it was
};

struct Share {
  uint64_t seen = 0, all = 0;
  std::string percent;
};

struct Coverage {
  Share whole, rules, outcomes;
  std::vector<Condition> conditions;  // that something is missing of
};

struct Target {
  std::string name;
  bool loads = false;
  std::string text;  // size, or what it lacks
};

struct Map {
  std::string name, type, memory;
};

// Places are in it by its name; of two with one name none leads there.
struct Source {
  std::string name, path, text;
};

struct Policy {
  std::string name, version, path;
  bool audits = false, unresolved_allow = false, foreign_trust = false;
  std::vector<std::string> kernels;
  std::vector<Hook> hooks;
  std::vector<Finding> findings;
  std::vector<Note> allowed;  // comments that take a lint back
  std::vector<Claim> claims;
  std::vector<Test> tests;
  Coverage coverage;
  std::vector<std::string> needs;  // of a loader
  std::vector<Target> targets;
  std::vector<Map> maps;
  std::vector<Source> sources;
  uint64_t object_bytes = 0;
};

struct Page {
  std::string compiler;  // "lsmpc 0.1.0"
  std::vector<Policy> policies;
};

size_t rulesOf(const Policy& policy);  // by their ids, on however many hooks
size_t failedOf(const Policy& policy);

std::string render(const Page& page);

}  // namespace lsmpc::page
