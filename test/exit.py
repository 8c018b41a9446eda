"""Runs a command and holds it to one exit code, and to a peak of memory and a time.
Usage: exit.py [--scale N] CODE [--memory MIB] [--seconds N] COMMAND…   (--scale: sanitizers take that many times more)"""
import resource
import subprocess
import sys


def main(arguments):
    scale = 1
    if arguments[0] == "--scale":
        scale, arguments = int(arguments[1]), arguments[2:]
    code, arguments = int(arguments[0]), arguments[1:]
    limits = {"--memory": 0, "--seconds": 60}
    while arguments[0] in limits:
        limits[arguments[0]], arguments = int(arguments[1]), arguments[2:]
    try:
        found = subprocess.run(arguments, timeout=limits["--seconds"] * scale).returncode
    except subprocess.TimeoutExpired:
        sys.exit(f"exit.py: not done after {limits['--seconds'] * scale} seconds: {' '.join(arguments)}")
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024
    if found != code:
        sys.exit(f"exit.py: exit code {found}, expected {code}: {' '.join(arguments)}")
    if limits["--memory"] and peak > limits["--memory"] * scale:
        sys.exit(f"exit.py: peak of {peak} MiB, expected at most {limits['--memory'] * scale}: {' '.join(arguments)}")


main(sys.argv[1:])
