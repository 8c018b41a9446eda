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


def hostile(count):
    return paths(count) + ['on file_open when path ~ "/srv/*a????????????????" deny\n']


KINDS = {
    "paths": lambda: "".join(tables()),
    "few": lambda: "".join(paths(40) + ['on file_open when path == "/x" deny audit rate 1/s\n'] + paths(63)),
    "thousands": lambda: "".join(paths(4000)),
    "hostile": lambda: "".join(hostile(200)),
    "rules": lambda: "".join(f"on path_mkdir when pid == {i} and uid == {i + 1} deny\n" for i in range(2001)),
    "code": lambda: "".join(f"on path_mkdir when pid in {{{i}, {i + 3000}, {i + 9000}, {i + 15000}, {i + 25000}}} and (uid == {i} or gid == {i + 1}"
                            f" or euid == {i + 2}) deny\n" for i in range(1999)),
    "programs": lambda: "".join(f'on path_mkdir when exe == "/bin/p{i}" deny\n' for i in range(65)),
    "states": lambda: wide("path_mkdir", 40),
    "tables": lambda: wide("path_mkdir", 13) + wide("path_rmdir", 13) + wide("path_unlink", 13),
}
sys.stdout.write(KINDS[sys.argv[1]]())
