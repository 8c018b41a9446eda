"""Holds every #include "…" of the tree to test/rooms.txt. Usage: check_includes.py ROOT"""
import os
import re
import subprocess
import sys


def read_table(path):
    table = {}
    for line in open(path):
        line = line.split("#")[0].strip()
        if line:
            room, allowed = line.split(":")
            table[room] = allowed.split()
    return table


def room_of(path, table):
    fitting = [room for room in table if path == room or path.startswith(room + "/")]
    return max(fitting, key=len) if fitting else None


def allowed(room, target, table):
    return any(target == entry or target.startswith(entry + "/") for entry in [room, *table[room]])


def main(root):
    table = read_table(os.path.join(root, "test", "rooms.txt"))
    files = subprocess.run(["git", "-C", root, "ls-files", "*.h", "*.cpp", "*.c", "*.def"], capture_output=True, text=True,
                           check=True).stdout.split()
    checked, wrong = 0, []
    for path in files:
        room = room_of(path, table)
        if room is None:
            continue
        for number, line in enumerate(open(os.path.join(root, path), errors="replace"), 1):
            match = re.match(r'\s*#\s*include\s+"([^"]+)"', line)
            if not match or "/" not in match[1]:
                continue
            checked += 1
            target_room = room_of(match[1], table)
            if target_room and target_room != room and not allowed(room, match[1], table):
                wrong.append(f"{path}:{number}: {room} may not include {match[1]}")
    print("\n".join(wrong))
    print(f"{checked} includes checked, {len(wrong)} not allowed")
    return 1 if wrong or not checked else 0


sys.exit(main(sys.argv[1]))
