# lit: one folder per phase, kernel tests in test/vm. LSMPC_BUILD names the build tree. In one that has no times yet, .lit_test_times.txt says in
# rough seconds what takes longest: that begins first, and no processor waits for it at the end.
import importlib.util
import os
import platform
import shutil

import lit.formats

config.name = "lsmpc"
config.test_format = lit.formats.ShTest(execute_external=False)
config.suffixes = [".lsmp", ".test"]
config.excludes = ["policies", "cases", "Inputs", "unit", "library", "soak"]
config.test_source_root = os.path.dirname(__file__)

root = os.path.dirname(config.test_source_root)
build = os.environ.get("LSMPC_BUILD", os.path.join(root, "build"))
config.test_exec_root = os.path.join(build, "lit")

llvm = "/usr/lib/llvm-19/bin"
config.environment["PATH"] = os.pathsep.join([os.path.join(build, "bin"), llvm, os.environ["PATH"]])
for name in ("HOME", "XDG_CACHE_HOME", "LSMPC_KERNEL_CACHE", "ASAN_OPTIONS"):
    if name in os.environ:
        config.environment[name] = os.environ[name]
config.environment["NO_COLOR"] = "1"

config.substitutions.append((r"%root", root))
config.substitutions.append((r"%build", build))

# %exit CODE COMMAND…: that exit code, no other. %expect FILE: FileCheck, to the space, with no message but those expected.
cmake_cache = os.path.join(build, "CMakeCache.txt")
sanitized = os.path.exists(cmake_cache) and "LSMPC_SANITIZE:BOOL=ON" in open(cmake_cache).read()
if not sanitized:
    config.available_features.add("unsanitized")
exit_script = os.path.join(config.test_source_root, "exit.py")
config.substitutions.append((r"%exit", f"python3 {exit_script} --scale {8 if sanitized else 1}"))
config.substitutions.append(
    (r"%expect", "FileCheck --strict-whitespace --implicit-check-not='error E' --implicit-check-not='warning W' --implicit-check-not='fault E'"))

cache = os.environ.get("LSMPC_KERNEL_CACHE") or os.path.join(
    os.environ.get("XDG_CACHE_HOME") or os.path.join(os.path.expanduser("~"), ".cache"), "lsmpc", "kernels")
for version in ("5.10", "6.1", "6.12", "7.3"):
    if os.path.exists(os.path.join(cache, version, "vmlinuz")):
        config.available_features.add("kernel-" + version)
config.available_features.add(platform.machine())
# What `./dev test` and `./dev bench` install beside what a build needs.
for feature, path in (("apparmor", "/usr/share/apparmor-features/features"), ("matplotlib", "/usr/lib/python3/dist-packages/matplotlib")):
    if os.path.exists(path):
        config.available_features.add(feature)
if os.path.exists(os.path.join(build, "CPackConfig.cmake")):
    config.available_features.add("packages")
# What a machine may have; the tests that need it say so.
for program in ("systemd-analyze", "secilc", "stress-ng", "tmux", "pre-commit", "genhtml", "nginx", "chromium"):
    if shutil.which(program):
        config.available_features.add(program)
for module in ("yaml", "jsonschema"):
    if importlib.util.find_spec(module):
        config.available_features.add(module)
# A tree without all rooms has no compiler yet; tests of it say REQUIRES: lsmpc and are listed as unsupported.
if os.path.exists(os.path.join(build, "bin", "lsmpc")):
    config.available_features.add("lsmpc")
