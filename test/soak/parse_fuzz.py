"""Mutated policies through `lsmpc check`: it answers 0 or 1 within a time limit, and never dies by a signal."""
import os
import random
import subprocess
import tempfile

SEEDS = [
    'policy a version "1" mode enforce\nlet x = "/srv/**"\nset s : port = { 22, 80..90 }\n'
    'on file_open when path ~ x and not (uid == 0 or euid != fsuid) deny EACCES audit "no"\n',
    'on socket_connect when addr in {10.0.0.0/8, 2001:db8::/32} and port not in {53, 443} deny ECONNREFUSED\n',
    'on inode_setxattr if present when arg.dentry.d_inode.i_uid.val == 0 and arg.name ~ "security.*" audit\n',
    'on path_rename, path_link when old_path under "/etc" and new_path ~ {"/tmp/*", "/var/**/x[a-z]?"} deny quiet\n',
]
PIECES = ["(", ")", "{", "}", "..", "not ", "and ", "or ", '"', "\\", "0x", "99999999999999999999", "::", "/33", "~", "!~", "in ",
          "has any ", "policy ", "on ", "deny ", "\x00", "\xff", "é", "\n", "#", "arg.", "&", "|", ",", "*" * 50, "[", "(" * 60]


def mutate(rng, text):
    data = bytearray(text.encode("utf-8", "replace"))
    for _ in range(rng.randint(1, 6)):
        at = rng.randrange(len(data) + 1)
        kind = rng.randrange(4)
        if kind == 0:
            data[at:at] = rng.choice(PIECES).encode("latin-1", "replace")
        elif kind == 1:
            del data[at:at + rng.randint(1, 12)]
        elif kind == 2 and at < len(data):
            data[at] = rng.randrange(256)
        else:
            begin = rng.randrange(len(data) + 1)
            data[at:at] = data[begin:begin + rng.randint(1, 40)]
    return bytes(data)


def run_case(lsmpc, number):
    """Nothing, or what went wrong with this case."""
    rng = random.Random(number)
    data = mutate(rng, "".join(rng.sample(SEEDS, rng.randint(1, len(SEEDS)))))
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "fuzz.lsmp")
        with open(path, "wb") as out:
            out.write(data)
        try:
            result = subprocess.run([lsmpc, "check", "--target", "6.1", path], capture_output=True, timeout=20)
        except subprocess.TimeoutExpired:
            return f"case {number}: no answer in 20 s\n{data!r}"
    if result.returncode not in (0, 1):
        return f"case {number}: exit {result.returncode}\n{data!r}\n{result.stderr.decode(errors='replace')[-2000:]}"
    if result.returncode == 1 and b"error E" not in result.stderr:
        return f"case {number}: exit 1 without an error\n{data!r}"
    return None
