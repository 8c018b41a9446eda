"""What a command takes: wall seconds, CPU seconds of it and of its children, peak MiB."""
import os
import resource
import subprocess
import time
from typing import NamedTuple


class Usage(NamedTuple):
    wall: float
    cpu: float
    mib: float


class Failed(Exception):
    """The command ended otherwise than well; says how."""


# A child's peak begins with what this process has; behind `time` it begins with less than a MiB.
TIME = "/usr/bin/time"


def reason(code, error, seconds):
    if code >= 128 and seconds:
        return f"stopped after {seconds} CPU s"
    lines = [line for line in error.decode(errors="replace").splitlines() if not line.startswith("Command ")]
    return lines[-1] if lines else f"exit status {code}"


def measure(command, folder, seconds=None, output=os.devnull):
    """One run in `folder`, stopped after `seconds` of CPU time; its standard output goes to the file `output`."""
    limit = (lambda: resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds + 1))) if seconds else None
    peak = os.path.join(folder, "peak")
    start = time.monotonic()
    with open(os.path.join(folder, output), "wb") as file:
        process = subprocess.Popen([TIME, "-q", "-f", "%M", "-o", peak, *command], cwd=folder, stdout=file, stderr=subprocess.PIPE, preexec_fn=limit)
        error = process.stderr.read()
        _, status, used = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode != 0:
        raise Failed(f"{reason(process.returncode, error, seconds)} (after {used.ru_utime + used.ru_stime:.1f} CPU s)")
    with open(peak) as file:
        return Usage(time.monotonic() - start, used.ru_utime + used.ru_stime, int(file.read()) / 1024)
