"""What a policy adds to open and close of a file, to the start of a program and to connect, in instructions that a guest executes.

The guest's clock goes on by a nanosecond an instruction (lsmpc try --count-instructions), so that numbers hardly differ from run to run: the least of
many rounds. What a program's start costs drifts with the state of the kernel's memory, so that each call is also counted right before what is
compared is loaded. Ours and C programs (contenders.py) are compared with a guest in which nothing is loaded; AppArmor's profiles with a guest that has AppArmor
and runs the program unconfined. pairs.c says what first, warm and renamed are."""
import os
import re
import tempfile

import contenders
import guest
import report

FILES, FRESH_ROUNDS = 64, 8  # a round's; each file of the fresh ones is opened once a policy
FOLDER = "/srv/www/html/docs"  # in the guest's root: no mount is crossed; 28 bytes with a name
ADDRESSES = "127.0.0.1 127.0.0.2"
CALLS = {"open": {"first": f"{FRESH_ROUNDS} $fresh", "warm": "40 $files", "renamed": "10 $files"}, "exec": {"exec": "200 $program"}, "connect": {"connect": f"100 {ADDRESSES}"}}
END = '.globl _start\n_start: mov $60, %eax\nxor %edi, %edi\nsyscall\n'  # a program that does nothing but end
BEGIN = f"""echo 0 >/proc/sys/kernel/randomize_va_space
mkdir -p {FOLDER}
files="" fresh="" program={FOLDER}/program
for i in $(seq 1 {FILES}); do files="$files {FOLDER}/page-$((1000 + i))"; done
for i in $(seq 1 {FRESH_ROUNDS * FILES}); do fresh="$fresh {FOLDER}/note-$((1000 + i))"; done
for i in $files $fresh; do echo x >$i; done
cp /end $program
printf '%s\\n' '#!/bin/sh' 'echo "$1 $2: $(pairs $2 $3)"' >/bin/count && chmod +x /bin/count
export files fresh program
"""
STYLES = {"first": "dashdot", "renamed": "dashed"}  # of the picture
LOAD = {
    "policy": ("lsmpctl load {file} >/dev/null 2>&1 && {{ {calls} }}; lsmpctl unload --all >/dev/null", ""),
    "program": ("plain {file} sh -c '{calls}' 2>/dev/null", ""),
    # The kernel takes a profile in one write.
    "profile": ("dd if={file} of=/sys/kernel/security/apparmor/.load bs=16M 2>/dev/null && {{ {calls} }}; printf bench >/sys/kernel/security/apparmor/.remove",
                guest.APPARMOR),
}


def calls(event, key):
    return " ".join(f'count "{key}" {call} "{how}";' for call, how in CALLS[event].items())


def step(number, one):
    load, _ = LOAD[one.how]
    return calls(one.event, f"{number}_before") + "\n" + load.format(file=f"/{number}", calls=calls(one.event, number)) + "\n"


def measure(build, folder, compiled, kernel):
    """(key, call) → instructions. Keys: a contender's place, that and `_before`, and `none` and `unconfined`. What the kernel refuses is missing."""
    found = {}
    tools = {"/bin/pairs": os.path.join(folder, "pairs"), "/end": os.path.join(folder, "end"), "/bin/plain": os.path.join(build, "tests", "vm", "plain_libbpf", "plain")}
    for arguments, bare in (("", "none"), (guest.APPARMOR, "unconfined")):
        chosen = {number: one for number, one in enumerate(compiled) if LOAD[one.how][1] == arguments and compiled[one]}
        script = BEGIN + "".join(calls(event, bare) + "\n" for event in CALLS) + "".join(step(number, one) for number, one in chosen.items())
        files = {**tools, **{f"/{number}": compiled[one] for number, one in chosen.items()}}
        output = guest.count(build, kernel, folder, script, files, arguments)
        for key, call, number, confinement in re.findall(r"^(\w+) (\w+): (\d+) (.+)$", output, re.M):
            if key.isdigit() and chosen[int(key)].how == "profile" and confinement != "bench (enforce)":
                raise RuntimeError(f"{chosen[int(key)].name}: the program is {confinement}")
            found[key, call] = int(number)
    return found


def added(found, number, call):
    """Instructions beyond those right before, or None."""
    return found[f"{number}", call] - found[f"{number}_before", call] if (f"{number}", call) in found else None


def rows_of(names, kernels):
    """(event, call, name, kernel → instructions): the bare calls, then what is added."""
    for event in CALLS:
        for call in CALLS[event]:
            yield event, call, "(the call itself)", {kernel: found["none", call] for kernel, found in kernels.items()}
            for number, one in enumerate(names):
                if one.event == event:
                    yield event, call, one.name, {kernel: added(found, number, call) for kernel, found in kernels.items()}
            yield event, call, "AppArmor, unconfined", {kernel: found["unconfined", call] - found["none", call] for kernel, found in kernels.items()}


def show(rows, kernels):
    before = None
    for event, call, name, numbers in rows:
        if call != before:
            print(f"{event if event == call else event + ', ' + call}: {'instructions added':<34}" + "".join(f"{kernel:>9}" for kernel in kernels))
        before = call
        print(f"  {name:44}" + "".join(f"{'-' if number is None else f'{number:,}':>9}" for number in numbers.values()))


def lines(names, found, event):
    for call in CALLS[event]:
        grown = {}
        for number, one in enumerate(names):
            value = added(found, number, call) if one.event == event and one.line else None
            if value is not None:
                grown.setdefault(one.line, []).append([one.rules, value])
        for line, points in grown.items():
            if len(points) > 1 or call in (event, "warm"):
                style = {"style": STYLES.get(call, "solid"), **({"end": "its parser fails at 3,000"} if line == "AppArmor" and call in (event, "warm") else {})}
                yield {"name": f"{line}, {call}" if len(CALLS[event]) > 1 and len(points) > 1 else line, "points": sorted(points), **style}


def panels(names, found, kernel):
    titles = {"open": ("open and close of a file", "path rules"), "exec": ("a program's start", "path rules"), "connect": ("connect", "networks")}
    return [{"title": f"Added to {title}, Linux {kernel}", "x": x, "y": "instructions", "lines": list(lines(names, found, event))}
            for event, (title, x) in titles.items()]


def main(build, out):
    here = os.path.dirname(os.path.abspath(__file__))
    with tempfile.TemporaryDirectory() as folder:
        guest.run("cc", "-O2", "-static", os.path.join(here, "pairs.c"), "-o", os.path.join(folder, "pairs"))
        guest.run("cc", "-static", "-nostdlib", "-x", "assembler", "-", "-o", os.path.join(folder, "end"), input=END)
        compiled = contenders.compile_all(build, folder)
        kernels = {kernel: measure(build, folder, compiled, kernel) for kernel in guest.cached(build)}
    names = list(compiled)
    rows = list(rows_of(names, kernels))
    show(rows, kernels)
    chosen = "6.1" if "6.1" in kernels else next(iter(kernels))
    found = [{"event": event, "call": call, "name": name, "instructions": numbers} for event, call, name, numbers in rows]
    report.write(out, "event", {"files": FILES, "rows": found}, panels(names, kernels[chosen], chosen))
