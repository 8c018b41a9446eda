"""What the bench of events measures: our policies, C programs and AppArmor's profiles that are in force while a call is made."""
import ipaddress
import os
import random
from typing import NamedTuple

import apparmor
import guest
import rules

SEED = 1
HOOKS = {"open": "file_open", "exec": "bprm_check_security", "connect": "socket_connect"}
SIZES = {"open": [10, 100, 1_000, 10_000, 100_000], "exec": [1, 10, 100, 1_000, 10_000, 100_000], "connect": [1, 10, 100, 1_000, 10_000]}
APPARMOR_SIZES = [10, 1_000, 2_000]  # at 3,000 its parser fails
OPEN_POLICIES = {
    "uid": "on file_open when uid == 4242 deny\n",
    "1,000 uid rules": "".join(f"on file_open when uid == {4242 + 3 * n} deny\n" for n in range(1000)),
    "six attributes": "on file_open when loginuid == 4242 or parent.uid == 77 or ns.mnt == 3 or egid == 9 or ns.user == 4 or tid == 999999 deny\n",
    "1 exact path rule": 'on file_open when path == "/etc/shadow" deny\n',
    "1 path rule": 'on file_open when path ~ "/etc/*" deny\n',
    "1 path rule, a tree": 'on file_open when path ~ "/etc/**" deny\n',
    "10 path rules": "".join(f'on file_open when path ~ "/srv/app{n}/**" deny\n' for n in range(10)),
    "60 path rules": "".join(f'on file_open when path ~ "/srv/app{n}/**" deny\n' for n in range(60)),
}
HEAD = '#include <linux/bpf.h>\n#include <bpf/bpf_helpers.h>\n#include <bpf/bpf_core_read.h>\nchar LICENSE[] SEC("license") = "GPL";\n'
EMPTY = HEAD + 'SEC("lsm/%s") int empty(void *ctx) { return 0; }\n'
PATH_IN_C = HEAD + """
struct path { void *mnt; } __attribute__((preserve_access_index));
struct file { struct path f_path; } __attribute__((preserve_access_index));
struct { __uint(type, BPF_MAP_TYPE_PERCPU_ARRAY); __uint(max_entries, 1); __type(key, __u32); __type(value, char[4096]); } scratch SEC(".maps");
SEC("lsm/file_open") int compare(unsigned long long *ctx)
{
  struct file *file = (void *)ctx[0];
  __u32 zero = 0;
  char *path = bpf_map_lookup_elem(&scratch, &zero);
  if (!path || bpf_d_path(&file->f_path, path, 4096) < 0) return -1;
  return path[0] == '/' && path[1] == 'e' && path[2] == 't' && path[3] == 'c' && path[4] == '/' ? -1 : 0;
}
"""


class Contender(NamedTuple):
    event: str  # a key of HOOKS
    name: str
    how: str    # policy, program or profile
    text: str
    line: str = ""  # of the picture
    rules: int = 1


def networks(count):
    """Different networks, none of which holds what the guest connects to."""
    chosen, found = random.Random(SEED), {}
    while len(found) < count:
        network = ipaddress.ip_network((chosen.getrandbits(32), chosen.choice([12, 16, 20, 24, 24, 28, 32])), strict=False)
        if network.network_address.packed[0] not in (0, 127):
            found[str(network)] = None
    return list(found)


def policy(event, count):
    if event == "connect":
        return f"set nets : cidr = {{ {', '.join(networks(count))} }}\non socket_connect when addr in nets deny\n"
    return "".join(f"on {HOOKS[event]} when {rules.condition(form, pattern)} deny\n" for form, pattern in rules.generate("mixed", count, SEED))


def networks_one_each(count):
    return "".join(f"on socket_connect when addr in {{{network}}} deny\n" for network in networks(count))


def ours(event):
    if event == "connect":
        each = [Contender(event, f"{count:,} networks, a rule each", "policy", networks_one_each(count), "lsmpc, a rule each", count) for count in [*SIZES[event], 100_000]]
        return [Contender(event, f"{count:,} networks, one set", "policy", policy(event, count), "lsmpc", count) for count in SIZES[event]] + each
    return [Contender(event, f"{count:,} mixed path rules", "policy", policy(event, count), "lsmpc", count) for count in SIZES[event]]


def profiles(event):
    if event == "connect":  # its rules of the network name a family and a type, never an address
        return [Contender(event, "AppArmor, families only", "profile", apparmor.profile([]), "AppArmor, families only")]
    return [Contender(event, f"AppArmor, {count:,} mixed path rules", "profile", apparmor.profile(rules.generate("mixed", count, SEED), event), "AppArmor", count)
            for count in APPARMOR_SIZES]


def all_of_them():
    plain = [Contender("open", name, "policy", text) for name, text in OPEN_POLICIES.items()]
    plain = [one._replace(line="lsmpc") if one.name == "1 path rule" else one for one in plain]
    empty = [Contender(event, "an empty LSM program", "program", EMPTY % hook, "empty LSM program") for event, hook in HOOKS.items()]
    in_c = [Contender("open", "`bpf_d_path` and a comparison in C", "program", PATH_IN_C, "bpf_d_path in C")]
    return plain + ours("open") + ours("exec") + ours("connect") + empty + in_c + [one for event in HOOKS for one in profiles(event)]


def compile_policy(build, folder, stem, text):
    open(os.path.join(folder, f"{stem}.lsmp"), "w").write(text)
    guest.run(os.path.join(build, "bin", "lsmpc"), "build", "--target", ",".join(guest.KERNELS), "-o", folder, f"{stem}.lsmp", cwd=folder)
    return os.path.join(folder, f"{stem}.bpf.o")


def compile_program(_, folder, stem, text):
    open(os.path.join(folder, f"{stem}.c"), "w").write(text)
    headers = "/usr/include/" + guest.run("cc", "-print-multiarch").strip()
    guest.run("clang-19", "-O2", "-g", "-target", "bpf", "-D__TARGET_ARCH_x86", "-I", headers, "-c", f"{stem}.c", "-o", f"{stem}.o", cwd=folder)
    return os.path.join(folder, f"{stem}.o")


COMPILERS = {"policy": compile_policy, "program": compile_program, "profile": lambda _, folder, stem, text: apparmor.compile(text, folder, stem)}


def compile_all(build, folder):
    """Contender → the file that the guest loads."""
    return {one: COMPILERS[one.how](build, folder, f"{one.how}{number}", one.text) for number, one in enumerate(all_of_them())}
