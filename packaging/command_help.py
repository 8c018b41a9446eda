"""What a program's `--help` says, and that of each of its commands, as data: for its manual page and its completion."""
import re
import subprocess
from typing import NamedTuple


class Option(NamedTuple):
    flags: list  # as on a command line: ["-o", "--output"]
    value: str  # what stands behind it, with the default: "DIR (=build)"; "" where there is none
    meaning: str


class Command(NamedTuple):
    name: str
    summary: str
    synopsis: str  # without the program
    options: list
    example: str  # without the program


class Group(NamedTuple):
    title: str  # "" where a program has one group
    commands: list


class Program(NamedTuple):
    name: str
    version: str
    groups: list

    def commands(self):
        return [command for group in self.groups for command in group.commands]


def asked(binary, *words):
    return subprocess.run([binary, *words], capture_output=True, check=True).stdout.decode()


def line_of(text, head):
    """The line that begins with `head`, without it."""
    found = re.search("^" + re.escape(head) + "(.*)$", text, re.M)
    if not found:
        raise SystemExit(f"command_help: no line `{head}…` in:\n{text}")
    return found[1]


def option(flags, meaning):
    parts = re.fullmatch(r"(-\w) \[ (--[\w-]+) \]\s*(.*)|(--[\w-]+)\s*(.*)", flags)
    if not parts:
        raise SystemExit(f"command_help: no option: `{flags}`")
    return Option([parts[1], parts[2]], parts[3], meaning) if parts[1] else Option([parts[4]], parts[5], meaning)


def options(text):
    """Boost's table has its second column at one byte, which is that of the line of --help: it is short."""
    lines = text.encode().split(b"\noptions:\n")[-1].split(b"\n\n")[0].split(b"\n") if "\noptions:\n" in text else []
    column = next((re.match(rb"  -h \[ --help \] +", line).end() for line in lines if line.startswith(b"  -h [ --help ]")), 0)
    found = []
    for line in lines:
        flags, meaning = line[:column].decode().strip(), line[column:].decode().strip()
        if flags:
            found.append(option(flags, meaning))
        else:
            found[-1] = found[-1]._replace(meaning=f"{found[-1].meaning} {meaning}".strip())
    return found


def command(binary, program, name, summary):
    text = asked(binary, name, "--help")
    return Command(name, summary, line_of(text, f"usage: {program} "), options(text), line_of(text, f"example: {program} "))


def read(binary, program):
    groups = [Group("", [])]
    for line in asked(binary, "--help").splitlines():
        if line.endswith(":") and not line.startswith(" "):
            groups.append(Group(line[:-1], []))
        elif listed := re.fullmatch(r"  (\w+) +(.+)", line):
            groups[-1].commands.append(command(binary, program, listed[1], listed[2]))
    return Program(program, asked(binary, "--version").split()[-1], [group for group in groups if group.commands])
