// The programs that keep others from the pins, mounts and maps of policies (runtime/guard/guard.bpf.c), loaded, attached and pinned in `protect:` beside the
// policies: `config` (who may; for all to read), `maps` (ids of what is protected), a link `hook_HOOK` for each program, and last `counts`.
#pragma once

#include <cstdint>
#include <set>
#include <string>
#include <vector>

#include "runtime/guard/layout.h"

namespace lsmpc::runtime {

// The folder; no policy's name has a colon.
std::string guardFolder();
std::string guardPin(const std::string& name);

// Who may, and what is protected beside the maps: of this process and this host. Throws Failure ProtectFailed where it does not fit.
lsmp_guard_config guardConfig();
// The path that a configuration names.
std::string programIn(const lsmp_guard_config& config);

// Those of its programs.
std::vector<std::string> guardHooks();
// The kernel's number of a map. Throws Failure ProtectFailed.
uint32_t mapId(int map);
// Into `maps`, which `list` is. Throws Failure ProtectFailed.
void listMaps(int list, const std::set<uint32_t>& maps);
// Attaches and pins it, with these maps. Throws Failure ProtectFailed, also where the kernel does not call it or it would keep this process out; then nothing is left.
void attachGuard(const std::set<uint32_t>& maps);
// All of `protect:`, or what is there of it. Throws Failure UnloadFailed, StillAttached.
void removeGuard();

}  // namespace lsmpc::runtime
