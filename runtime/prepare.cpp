#include "runtime/prepare.h"

#include <bpf/bpf.h>
#include <bpf/libbpf.h>

#include <algorithm>
#include <cerrno>

#include "runtime/abi/layout.h"
#include "runtime/hits.h"
#include "runtime/hooks.h"
#include "runtime/left_out.h"
#include "runtime/message.h"
#include "runtime/object_data.h"
#include "runtime/pins.h"
#include "runtime/preflight.h"
#include "runtime/refusal.h"
#include "runtime/trackers.h"
#include "runtime/trial.h"

namespace lsmpc::runtime {
namespace {

bool isAbsent(const ReadyObject& ready, const std::string& hook) { return std::count(ready.absent.begin(), ready.absent.end(), hook) != 0; }

void leaveOutMaps(bpf_object* object, const std::string& path) {
  if (!kernelHasTaskStorage() && bpf_object__find_map_by_name(object, LSMP_MAP_SCRATCH) &&
      !bpf_object__find_map_by_name(object, LSMP_MAP_SCRATCH_CPU))
    throw Failure(Message::ProgramMismatch, {path, kNeedsTaskStorage});
  for (std::string_view name : mapsLeftOut(usesTaskStorage(object)))
    if (bpf_map* map = bpf_object__find_map_by_name(object, std::string(name).c_str())) bpf_map__set_autocreate(map, false);
}

bpf_program* programOf(const ReadyObject& ready, const ManifestHook& hook) {
  return bpf_object__find_program_by_name(ready.object.handle.get(), hook.program.c_str());
}

std::vector<GatedProgram> gated(const Manifest& manifest, uint64_t in_force) {
  std::vector<std::string> older;
  if (in_force) older = pinnedHooks(generationFolder(manifest.name, in_force));
  std::vector<GatedProgram> programs;
  for (const ManifestHook& hook : manifest.hooks)
    programs.push_back({hook.program, std::count(older.begin(), older.end(), hook.name) != 0});
  return programs;
}

uint64_t nextGeneration(const std::string& name, const std::vector<uint64_t>& before, const Turn& turn) {
  uint64_t next = 1 + std::max(turn.newest(), before.empty() ? 0 : before.back());
  if (next >= kMostGenerations)
    throw Failure(Message::PinUnusable, {generationFolder(name, next - 1), "there is no number after this one"});
  return next;
}

bpf_map* mapOf(const ReadyObject& ready, const char* name) { return bpf_object__find_map_by_name(ready.object.handle.get(), name); }

}  // namespace

void LinkDestroy::operator()(bpf_link* link) const { bpf_link__destroy(link); }

ReadyObject prepareObject(const ObjectFile& file, bool audit, VerifierLog* log) {
  registerGate();
  const std::string& path = file.path;
  PolicyObject opened = openObject(file, audit);
  if (onTrial(opened.manifest.name)) throw Failure(Message::OnTrial, {opened.manifest.name});
  HookChoice choice = chooseHooks(opened.manifest, kernelTypes(), kernelRelease());
  if (!choice.problems.empty()) throw Failure(choice.problems);
  Turn turn(opened.manifest.name);
  std::vector<uint64_t> before = generations(opened.manifest.name);
  uint64_t generation = nextGeneration(opened.manifest.name, before, turn);
  Gate gate(gated(opened.manifest, turn.generation()), turn, generation, path);
  bool auditing = audit || opened.manifest.mode == "audit";
  ReadyObject ready{std::move(opened), auditing, choice.absent, std::move(before), generation, std::move(turn), std::move(gate), {}};
  leaveOutMaps(ready.object.handle.get(), path);
  chooseTrackers(ready.object.handle.get());
  followFacts(ready.object, ready.turn.generation());
  for (const ManifestHook& hook : ready.object.manifest.hooks)
    if (isAbsent(ready, hook.name)) bpf_program__set_autoload(programOf(ready, hook), false);
  if (log) log->ask(ready.object.handle.get());
  takeLibraryLog();
  if (int error = ready.gate.load(ready.object.handle.get())) throw Failure({loadProblem(ready.object, error, takeLibraryLog())});
  fillSets(ready.object.handle.get(), ready.object.manifest, ready.object.first, path);
  return ready;
}

void attachProgram(ReadyObject& ready, bpf_program* program, const std::string& name) {
  bpf_link* link = bpf_program__attach_lsm(program);
  std::string reason = errno == E2BIG ? "it has as many BPF programs as the kernel takes" : errorText(errno);
  if (!link) throw Failure(Message::AttachFailed, {name, reason, ready.object.manifest.name});
  ready.hooks.push_back({attachmentOf(name, bpf_link__fd(link)), std::unique_ptr<bpf_link, LinkDestroy>(link)});
  // By its number `status` knows it again.
  if (!ready.hooks.back().attachment.link)
    throw Failure(Message::AttachFailed, {name, "its link cannot be looked at: " + errorText(errno), ready.object.manifest.name});
}

void attachHooks(ReadyObject& ready) {
  for (const ManifestHook& hook : ready.object.manifest.hooks)
    if (!isAbsent(ready, hook.name)) attachProgram(ready, programOf(ready, hook), hook.name);
  attachTrackers(ready);
}

void forgetRecords(const ReadyObject& ready) {
  auto drop = [](void*, void*, size_t) { return 0; };
  if (ring_buffer* ring = ring_buffer__new(bpf_map__fd(mapOf(ready, LSMP_MAP_EVENTS)), drop, nullptr, nullptr)) {
    ring_buffer__consume(ring);
    ring_buffer__free(ring);
  }
  int cpus = libbpf_num_possible_cpus();
  std::vector<uint64_t> zeros(cpus > 0 ? static_cast<size_t>(cpus) : 1);
  for (uint32_t key = 0; key < LSMP_COUNTERS; ++key)
    bpf_map_update_elem(bpf_map__fd(mapOf(ready, LSMP_MAP_COUNTERS)), &key, zeros.data(), BPF_ANY);
  forgetHits(ready.object.handle.get(), ready.object.path);
  const uint32_t only = 0;
  if (bpf_map* rates = mapOfSection(ready.object.handle.get(), LSMP_RATES_SECTION))
    bpf_map_update_elem(bpf_map__fd(rates), &only, std::string(bpf_map__value_size(rates), '\0').data(), BPF_ANY);
}

}  // namespace lsmpc::runtime
