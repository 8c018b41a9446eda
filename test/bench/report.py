"""What a bench found: NAME.json, and NAME.svg of its curves (figure.py says what a panel is)."""
import json
import os
import subprocess

SCHEMA, VERSION = "lsmpc-bench", 3
DRAWING = os.path.join(os.path.dirname(os.path.abspath(__file__)), "figure.py")
DEBIAN_PYTHON = "/usr/bin/python3"  # has Debian's python3-matplotlib, which another one that comes first in the PATH has not


def write(out, name, found, panels=None):
    path = os.path.join(out, f"{name}.json")
    with open(path, "w") as file:
        json.dump({"schema": SCHEMA, "version": VERSION, "bench": name, **found, **({"panels": panels} if panels else {})}, file, indent=1)
    if panels:
        subprocess.run([DEBIAN_PYTHON, DRAWING, path], check=True)
