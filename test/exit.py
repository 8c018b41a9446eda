"""Runs a command and holds it to one exit code, and to a peak of memory and a processor's time, whatever else the machine does; to ten times that
of the clock.
Usage: exit.py [--scale N] CODE [--memory MIB] [--seconds N] COMMAND…   (--scale: sanitizers take that many times more)"""
import resource
import signal
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
    seconds = limits["--seconds"] * scale
    try:
        found = subprocess.run(arguments, timeout=seconds * 10,
                               preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds + 1))).returncode
    except subprocess.TimeoutExpired:
        found = -signal.SIGXCPU
    if found == -signal.SIGXCPU:
        sys.exit(f"exit.py: not done after {seconds} seconds: {' '.join(arguments)}")
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024
    if found != code:
        sys.exit(f"exit.py: exit code {found}, expected {code}: {' '.join(arguments)}")
    if limits["--memory"] and peak > limits["--memory"] * scale:
        sys.exit(f"exit.py: peak of {peak} MiB, expected at most {limits['--memory'] * scale}: {' '.join(arguments)}")


main(sys.argv[1:])
