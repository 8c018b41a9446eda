#include "compiler/btf/target_set.h"

#include <algorithm>
#include <filesystem>

#include "compiler/btf/hook_catalogue.h"
#include "compiler/btf/kernel_types.h"
#include "compiler/btf/merge.h"

namespace lsmpc::btf {
namespace fs = std::filesystem;
namespace {

constexpr const char* kRunning = "/sys/kernel/btf/vmlinux";
constexpr size_t kMaxTargets = 32;

std::string join(const std::vector<std::string>& words) {
  std::string text;
  for (const std::string& word : words) text += (text.empty() ? "" : ", ") + word;
  return text;
}

// The file that a spec means; "" with the reason when it means none.
std::string fileOf(const std::string& spec, const std::string& kernels_dir, std::string& error) {
  if (spec == "running") return kRunning;
  if (spec.find('/') != std::string::npos) return spec;
  fs::path shipped = fs::path(kernels_dir) / (spec + ".btf");
  std::error_code ignored;
  if (fs::exists(shipped, ignored)) return shipped.string();
  std::vector<std::string> known = TargetSet::shipped(kernels_dir);
  known.insert(known.begin(), "`running`");
  error = "no target `" + spec + "`: there are " + join(known) + ", or a path to BTF or a vmlinux";
  return "";
}

}  // namespace

struct TargetSet::State {
  std::vector<std::unique_ptr<KernelTypes>> kernels;
  std::unique_ptr<Merge> merge;
  std::vector<Hook> hooks;
};

TargetSet::TargetSet(std::unique_ptr<State> state) : state_(std::move(state)) {}
TargetSet::~TargetSet() = default;

std::unique_ptr<TargetSet> TargetSet::open(const std::vector<std::string>& specs, const std::string& kernels_dir, OpenError& error) {
  if (specs.empty() || specs.size() > kMaxTargets) {
    error.text = "a policy is for 1 to " + std::to_string(kMaxTargets) + " targets, not " + std::to_string(specs.size());
    return nullptr;
  }
  auto state = std::make_unique<State>();
  for (const std::string& spec : specs) {
    std::string path = fileOf(spec, kernels_dir, error.text);
    auto kernel = path.empty() ? nullptr : KernelTypes::open(spec, path, error.text);
    if (!kernel) return nullptr;
    if (kernel->hookPrototypes().empty()) {
      error.text = "`" + path + "` shows no LSM hooks: is it the BTF of a kernel with CONFIG_BPF_LSM?";
      return nullptr;
    }
    state->kernels.push_back(std::move(kernel));
  }
  state->merge = std::make_unique<Merge>(state->kernels);
  state->hooks = hookCatalogue(state->kernels, *state->merge);
  return std::unique_ptr<TargetSet>(new TargetSet(std::move(state)));
}

size_t TargetSet::size() const { return state_->kernels.size(); }
const std::string& TargetSet::name(size_t target) const { return state_->kernels[target]->name(); }
const struct ::btf& TargetSet::raw(size_t target) const { return state_->kernels[target]->raw(); }

TargetMask TargetSet::all() const { return size() == 32 ? ~0u : (1u << size()) - 1; }

std::string TargetSet::names(TargetMask mask) const {
  std::vector<std::string> chosen;
  for (size_t target = 0; target < size(); ++target)
    if (mask >> target & 1) chosen.push_back(name(target));
  return join(chosen);
}

const Hook* TargetSet::hook(std::string_view name) const {
  auto place = std::lower_bound(state_->hooks.begin(), state_->hooks.end(), name,
                                [](const Hook& hook, std::string_view n) { return hook.name < n; });
  return place != state_->hooks.end() && place->name == name ? &*place : nullptr;
}

const std::vector<Hook>& TargetSet::hooks() const { return state_->hooks; }
const Type& TargetSet::type(TypeId id) const { return (*state_->merge->table())[id.value]; }
const std::shared_ptr<const TypeTable> TargetSet::types() const { return state_->merge->table(); }
std::optional<TypeId> TargetSet::record(std::string_view name) const { return state_->merge->record(name); }
std::optional<FieldPath> TargetSet::member(TypeId id, std::string_view name) const { return state_->merge->member(id, name); }
std::vector<std::string> TargetSet::memberNames(TypeId id) const { return state_->merge->memberNames(id); }

std::optional<TargetSet::Enumerator> TargetSet::enumerator(std::string_view name) const {
  std::optional<Enumerator> result;
  for (size_t target = 0; target < size(); ++target) {
    const auto& all = state_->kernels[target]->enumerators();
    auto found = all.find(name);
    if (found == all.end()) continue;
    if (!result) result = Enumerator{found->second, 0, true};
    result->present |= 1u << target;
    result->same_everywhere = result->same_everywhere && result->value == found->second;
  }
  return result;
}

std::vector<std::string> TargetSet::shipped(const std::string& kernels_dir) {
  std::vector<std::string> names;
  std::error_code error;
  for (const auto& entry : fs::directory_iterator(kernels_dir, error))
    if (entry.path().extension() == ".btf") names.push_back(entry.path().stem().string());
  std::sort(names.begin(), names.end(),
            [](const std::string& a, const std::string& b) { return a.size() != b.size() && a[0] == b[0] ? a.size() < b.size() : a < b; });
  return names;
}

}  // namespace lsmpc::btf
