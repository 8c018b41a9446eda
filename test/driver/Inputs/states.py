"""Each file below a folder with its mode, owner, file number and content; a link with what it points to. Usage: states.py FOLDER"""
import hashlib
import os
import sys

for folder, _, names in sorted(os.walk(sys.argv[1])):
    for name in sorted(names):
        path = os.path.join(folder, name)
        state = os.lstat(path)
        shown = os.path.relpath(path, sys.argv[1])
        if name in ("before", "after", "out", "errors"):
            continue
        if os.path.islink(path):
            print(shown, "->", os.readlink(path))
        else:
            print(shown, f"{state.st_mode & 0o7777:04o}", state.st_uid, state.st_gid, state.st_ino, hashlib.sha256(open(path, "rb").read()).hexdigest())
