"""Policies too large for one hook or one object. Usage: many.py KIND > FILE"""
import sys

LONG = "/bcdefghijklmnopqrstuvwxyz"  # as many classes of bytes, so that each state's row is long


def wide(hook, marks):
    return f'on {hook} when path ~ {{"/**a{"?" * marks}", "{LONG}"}} deny\n'


def paths(count, hook="file_open"):
    return [f'on {hook} when path ~ "/srv/{i}/**" deny\n' for i in range(count)]


def tables():
    lines = paths(102)
    lines[50] = 'on file_open when uid == 7 and path ~ "/srv/50/*" allow\n'
    lines[51] = 'on file_open when uid != 3 and gid != 4 and (path == "/srv/a" or path ~ "/srv/b/**") deny EACCES\n'
    return lines + ['on file_open when path == "/srv/audited" audit\n']


def numbers():
    lines = [f"on file_open when uid == {1000 + 2 * i} deny\n" for i in range(24)]
    lines[3] = "on file_open when uid in {7, 9..12} and gid == 5 allow\n"
    lines[4] = "on file_open when uid >= 500 and uid < 600 and gid != 4 and comm == \"a\" deny EACCES\n"
    lines[5] = "on file_open when uid == 1 or uid > 4000000000 deny quiet\n"
    lines[6] = "on file_open when uid in {" + ", ".join(str(2000 + 2 * i) for i in range(70)) + "} deny\n"
    return lines + ["on file_open when uid != 77 audit\n"]


def networks():
    lines = [f"on socket_connect when addr in 10.{i}.0.0/16 deny\n" for i in range(22)]
    return lines + ["on socket_connect when uid == 7 and addr in {10.0.0.1, fd00::/8} allow\n", "on socket_connect when addr in ::/0 deny EIO\n"]


# Each user with a file of its own, then one user with files.
def either():
    lines = [f"on file_open when uid == {1000 + i} deny\n" for i in range(30)]
    return lines + [f'on file_open when uid == 5 and path == "/srv/{i}" deny\n' for i in range(70)]


def hostile(count):
    return paths(count) + ['on file_open when path ~ "/srv/*a????????????????" deny\n']


# Users of whom each is looked at by rules of all conditions, and has a rule of his own.
def meeting(count):
    lines = [f"on path_mkdir when gid == {i} and uid < 4000000000 deny\n" for i in range(63)]
    return lines + [f"on path_mkdir when uid == {2 * i} deny\n" for i in range(count)]


NUMBERS = "uid gid euid fsuid pid ppid file.owner file.mode ns.pid ns.mnt ns.net ns.user".split()
KINDS = {
    "paths": lambda: "".join(tables()),
    "numbers": lambda: "".join(numbers()),
    "fewer": lambda: "".join(numbers()[1:]),
    "networks": lambda: "".join(networks()),
    "either": lambda: "".join(either()),
    "each": lambda: "".join(f'on file_open when uid == {1000 + i} and path == "/home/{i}" deny\n' for i in range(40)),
    "few": lambda: "".join(paths(40) + ['on file_open when path == "/x" deny audit rate 1/s\n'] + paths(63)),
    "thousands": lambda: "".join(paths(4000)),
    "meeting": lambda: "".join(meeting(66000)),
    "hostile": lambda: "".join(hostile(200)),
    "rules": lambda: "".join(f"on path_mkdir when pid != {i} and uid != {i + 1} deny\n" for i in range(2001)),
    "code": lambda: "".join(f"on path_mkdir when pid not in {{{i}, {i + 3000}, {i + 9000}, {i + 15000}, {i + 25000}}} and (uid == {i} or gid == {i + 1}"
                            f" or euid == {i + 2}) deny\n" for i in range(1999)),
    "stack": lambda: "".join(f'on file_ioctl when path == "/p{i}" and (comm == "a{i}" or parent.comm == "b{i}" or exe == "/bin/x{i}" or fs.path == "/a{i}" or fs.type == "x{i}"'
                             + "".join(f" or {name} == {i}" for name in NUMBERS) + ") deny\n" for i in (1, 2)),
    "programs": lambda: "".join(f'on path_mkdir when exe == "/bin/p{i}" deny\n' for i in range(65)),
    "states": lambda: wide("path_mkdir", 40),
    "tables": lambda: wide("path_mkdir", 13) + wide("path_rmdir", 13) + wide("path_unlink", 13),
}
sys.stdout.write(KINDS[sys.argv[1]]())
