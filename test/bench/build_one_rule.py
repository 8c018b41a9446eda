"""Cost of building the one-rule policy: lsmpc against clang on the same rule in C (full vmlinux.h), and bpftrace where it runs.

Runs alternate, so that a machine whose speed drifts slows both; medians and ratios are printed and written to OUT.json."""
import os
import shutil
import statistics
import subprocess
import tempfile

import report
import usage

RUNS = 11

POLICY = 'on file_open when path ~ "/etc/*" deny EPERM\n'

RULE_IN_C = r"""
#include "vmlinux.h"
#include <bpf/bpf_helpers.h>
#include <bpf/bpf_tracing.h>
char LICENSE[] SEC("license") = "GPL";
struct { __uint(type, BPF_MAP_TYPE_PERCPU_ARRAY); __uint(max_entries, 1); __type(key, u32); __type(value, char[4096]); } scratch SEC(".maps");
SEC("lsm/file_open") int BPF_PROG(protect_etc, struct file *file)
{
  u32 zero = 0;
  char *path = bpf_map_lookup_elem(&scratch, &zero);
  if (!path || bpf_d_path(&file->f_path, path, 4096) < 0) return -1;
  if (path[0] != '/' || path[1] != 'e' || path[2] != 't' || path[3] != 'c' || path[4] != '/') return 0;
  for (int i = 5; i < 4096; i++) { if (!path[i]) return -1; if (path[i] == '/') return 0; }
  return 0;
}
"""


def contenders(build, folder):
    """Name → command. What is not on this machine is left out, with the reason."""
    lsmpc = os.path.join(build, "bin", "lsmpc")
    with open(os.path.join(folder, "one.lsmp"), "w") as out:
        out.write(POLICY)
    commands = {
        "lsmpc, one target": [lsmpc, "build", "--target", "6.1", "one.lsmp"],
        "lsmpc, four targets": [lsmpc, "build", "--target", "5.10,6.1,6.12,7.3", "one.lsmp"],
    }
    btf = os.path.join(build, "share/lsmpc/kernels/6.1.btf")
    if os.path.exists("/sys/kernel/btf/vmlinux"):
        btf = "/sys/kernel/btf/vmlinux"
    header = subprocess.run(["bpftool", "btf", "dump", "file", btf, "format", "c"], capture_output=True, check=False)
    if header.returncode == 0 and shutil.which("clang-19"):
        with open(os.path.join(folder, "vmlinux.h"), "wb") as out:
            out.write(header.stdout)
        with open(os.path.join(folder, "one.bpf.c"), "w") as out:
            out.write(RULE_IN_C)
        commands["clang, same rule in C"] = ["clang-19", "-O2", "-g", "-target", "bpf", "-D__TARGET_ARCH_x86", "-I.", "-c", "one.bpf.c", "-o", "one.o"]
    else:
        print("clang: left out, it or bpftool's header is not to be had here")
    if shutil.which("bpftrace"):
        script = 'kprobe:security_file_open { if (str(((struct file *)arg0)->f_path.dentry->d_name.name) == "passwd") { printf("x\\n"); } }'
        command = ["bpftrace", "--emit-elf", "one.bt.o", "-e", script]
        try:
            usage.measure(command, folder)
            commands["bpftrace --emit-elf"] = command
        except usage.Failed as error:
            print(f"bpftrace: left out, {error}")
    return commands


def main(build, out):
    with tempfile.TemporaryDirectory() as folder:
        commands = contenders(build, folder)
        samples = {name: [] for name in commands}
        for _ in range(RUNS):
            for name, command in commands.items():
                samples[name].append(usage.measure(command, folder))
    medians = {name: [statistics.median(column) for column in zip(*rows)] for name, rows in samples.items()}
    base = medians["lsmpc, one target"]
    print(f"{'build of the one-rule policy':32} {'wall ms':>9} {'CPU ms':>9} {'MiB':>7} {'wall ratio':>11}")
    for name, (wall, cpu, memory) in medians.items():
        print(f"{name:32} {wall * 1e3:9.1f} {cpu * 1e3:9.1f} {memory:7.1f} {wall / base[0]:10.2f}x")
    report.write(out, "build_one_rule", {"runs": RUNS, "medians": medians})
