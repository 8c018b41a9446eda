// relocations KERNEL.btf [--beside OTHER.btf] OBJECT…: loads the objects by libbpf on a kernel that is played, and compares each function that libbpf gives that kernel with
// ours, but for what libbpf alone knows: where maps, data and called functions are. `--beside`: ours are for that kernel, so that they differ. Prints how many relocations were the same; exit 1 for a difference.
#include <bpf/libbpf.h>

#include <cstring>
#include <fstream>
#include <iostream>
#include <iterator>
#include <map>
#include <memory>

#include "compiler/relocate/patch.h"
#include "compiler/relocate/relocate.h"
#include "test/mutants/fake_kernel.h"

using namespace lsmpc;

namespace {

struct ObjectClose {
  void operator()(bpf_object* object) const { bpf_object__close(object); }
};

struct Count {
  size_t functions = 0, relocations = 0, missing = 0, wrong = 0;
};

std::string contents(const char* path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

// Loads all programs whose hook the kernel has.
bool load(const std::string& bytes, const btf* kernel) {
  LIBBPF_OPTS(bpf_object_open_opts, options, .object_name = "object");
  std::unique_ptr<bpf_object, ObjectClose> object(bpf_object__open_mem(bytes.data(), bytes.size(), &options));
  if (!object) return false;
  bpf_program* program;
  bpf_object__for_each_program(program, object.get()) {
    std::string section = bpf_program__section_name(program);
    bool lsm = section.starts_with("lsm/");
    std::string hook = "bpf_lsm_" + section.substr(lsm ? 4 : 0);
    bpf_program__set_autoload(program, !lsm || btf__find_by_name_kind(kernel, hook.c_str(), BTF_KIND_FUNC) > 0);
  }
  return bpf_object__load(object.get()) == 0;
}

bool isPoison(const bpf_insn& instruction) {
  return instruction.code == (BPF_JMP | BPF_CALL) && instruction.imm >= relocate::kNoHelper && !instruction.src_reg;
}

bool same(const bpf_insn& left, const bpf_insn& right) {
  if (isPoison(left) && isPoison(right)) return true;  // libbpf's says which relocation it was
  return left.code == right.code && left.dst_reg == right.dst_reg && left.src_reg == right.src_reg && left.off == right.off &&
         left.imm == right.imm;
}

void compare(const object::Function& function, const std::vector<bpf_insn>& ours, const bpf_insn* theirs, Count& count) {
  ++count.functions;
  std::vector<bool> placed(ours.size());
  for (const object::Reference& reference : function.references) {
    placed[reference.instruction] = true;
    if (reference.kind != object::Reference::Kind::Function) placed[reference.instruction + 1] = true;
  }
  for (size_t i = 0; i < ours.size(); ++i) {
    if (placed[i] || same(ours[i], theirs[i])) continue;
    if (count.wrong++ < 12)
      std::cout << function.name << ", instruction " << i << ": ours " << ours[i].off << " " << ours[i].imm << ", libbpf's "
                << theirs[i].off << " " << theirs[i].imm << "\n";
  }
}

// Of one object: what libbpf loaded, each function by its name.
bool check(const char* path, const btf* types, const relocate::Names& names, Count& count) {
  std::string bytes = contents(path), wrong;
  mutants::forgetPrograms();
  auto object = object::readObject(bytes, wrong);
  auto relocated = object ? relocate::relocateObject(*object, names, wrong) : std::nullopt;
  if (!relocated) return std::cout << path << ": " << wrong << "\n", false;
  if (!load(bytes, types)) return std::cout << path << ": libbpf does not load it\n", false;
  std::map<std::string, size_t> by_name;
  for (size_t i = 0; i < object->functions.size(); ++i) by_name[object->functions[i].name] = i;
  std::vector<bool> seen(object->functions.size());
  for (const mutants::Program& program : mutants::programs())
    for (const mutants::Function& part : program.functions) {
      const char* name = btf__name_by_offset(object->types.get(), btf__type_by_id(object->types.get(), part.type)->name_off);
      auto found = by_name.find(name ? name : "");
      if (found == by_name.end() || part.start + relocated->code[found->second].size() > program.code.size())
        return std::cout << path << ": libbpf has a function that we do not have\n", false;
      seen[found->second] = true;
      compare(object->functions[found->second], relocated->code[found->second], program.code.data() + part.start, count);
    }
  for (size_t i = 0; i < seen.size(); ++i) count.relocations += seen[i] ? object->functions[i].relocations.size() : 0;
  for (const relocate::Missing& missing : relocated->missing) count.missing += seen[missing.function];
  return true;
}

}  // namespace

int main(int argc, char** argv) {
  bool beside = argc > 4 && !strcmp(argv[2], "--beside");
  if (argc < 3) return 64;
  libbpf_set_print(nullptr);
  mutants::playKernel(argv[1]);
  object::Types types(mutants::copyOfTypes()), other(beside ? btf__parse_raw(argv[3]) : mutants::copyOfTypes());
  if (!other) return 2;
  relocate::Names names(*other);
  Count count;
  for (int i = beside ? 4 : 2; i < argc; ++i)
    if (!check(argv[i], types.get(), names, count)) ++count.wrong;
  std::cout << count.functions << " functions, " << count.relocations << " relocations, " << count.missing << " of what the kernel lacks, "
            << count.wrong << " not as libbpf's\n";
  return count.wrong || !count.relocations ? 1 : 0;
}
