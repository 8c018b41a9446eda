"""docs/errors: a page for each message of compiler/diag/kinds.def, with an example that gets it and one that gets nothing, and their index, docs/errors.md, which lists those of the host's side (runtime/messages.def) too.
Usage: error_pages.py ROOT LSMPC [--write [CODE…]]

A page is written by hand but for what `--write` makes: the message, an indented line below the title, and what the ```console block of the wrong example shows
below its command. Of an example the ```lsmp blocks are files (`NAME`: above one is its name, else web.lsmp), and ```sh blocks are run in their folder. The right
one is held to the command of the wrong one, unless it has its own. A fault of lsmpc (E09xx) has no example."""
import concurrent.futures
import difflib
import os
import re
import subprocess
import sys
import tempfile

KIND = re.compile(r'^LSMPC_DIAGNOSTIC\((\w+), (\w+), (\w+),\s*"(.*)"\)$', re.M)
FAMILY = re.compile(r"([EW]\d\d)xx ([^·\n]*[^·\n ])")
HOST = re.compile(r'^LSMPC_RUNTIME_MESSAGE\((\w+), \w+, (\d+),\s*"(.*)",\s*"(.*)"\)$', re.M)
BLOCK = re.compile(r"(?:^`([\w./-]+)`:\n\n)?^```(lsmp wrong|lsmp|sh|console)\n(.*?)^```\n", re.M | re.S)
SLOW = {"E0603": "test/plan/limits.test", "E0604": "test/driver/set_files.test"}  # run where they are named; these tests have such policies anyway
COMPANIONS = {"W0706": {"E0216"}}  # what a message cannot come without
SHOWN = 12  # lines of output: of more the first and the last
INDEX = """# Errors and warnings

Each message of `lsmpc` has a code that never changes its meaning. `lsmpc explain CODE` prints its page; on it are an example that gets the message and one that is right.
What the host's side says (`lsmpctl`, codes R…) has no policy at fault to show: it stands at the end, and [operations.md](operations.md#when-something-fails) says what to do.

Made by `test/docs/error_pages.py ROOT LSMPC --write`; a test runs every example, and fails when a message has no page.
"""


class Example:
    def __init__(self, text):
        self.files, self.scripts, self.console = {}, [], None
        for name, kind, content in BLOCK.findall(text):
            if kind == "console":
                self.console = content
            elif kind == "sh":
                self.scripts.append(content)
            else:
                self.files[name or "web.lsmp"] = content

    def command(self):
        return self.console.splitlines()[0].removeprefix("$ ") if self.console else None

    def run(self, command, lsmpc):
        """Exit code and what is printed."""
        with tempfile.TemporaryDirectory() as folder:
            for name, content in self.files.items():
                open(os.path.join(folder, name), "w").write(content)
            for script in self.scripts:
                subprocess.run(["sh", "-e", "-c", script], cwd=folder, check=True)
            words = [lsmpc] + command.split()[1:]
            result = subprocess.run(words, cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, stdin=subprocess.DEVNULL, env={**os.environ, "NO_COLOR": "1"})
            return result.returncode, result.stdout.decode(errors="replace")


class Page:
    def __init__(self, root, code, name, severity, text):
        self.code, self.path = code, os.path.join(root, "docs", "errors", code + ".md")
        self.text = open(self.path).read() if os.path.exists(self.path) else ""
        self.fault = severity == "Fault"
        self.message = f"    {'internal fault' if self.fault else severity.lower()} {code}: " + text.replace('\\"', '"')
        title = re.match(rf"# {code}: (.+[^.])\n\n {{4}}.*\n\n\S", self.text)
        self.title = title[1] if title else None
        parts = re.split(r"^## (Wrong|Right)\n", self.text, flags=re.M)
        self.order, examples = parts[1::2], [Example(part) for part in parts[2::2]]
        self.wrong, self.right = examples if self.order == ["Wrong", "Right"] else (None, None)

    def fresh(self, output):
        """The page with its made parts as they are now."""
        text = re.sub(r"^ {4}.*$", lambda _: self.message, self.text, count=1, flags=re.M)
        if output is None:
            return text
        return text.replace(f"```console\n{self.wrong.console}```", f"```console\n$ {self.wrong.command()}\n{shortened(output)}```", 1)

    def incomplete(self):
        """What keeps its examples from being run."""
        if not self.title:
            return [f"{self.code}: no page, or none that begins with a title, the message and its meaning"]
        if self.fault:
            return [f"{self.code}: a fault of ours has no example" for _ in self.order]
        if not self.wrong or not self.wrong.command() or not self.right.files and not self.right.scripts:
            return [f"{self.code}: no wrong example with its command, or no right one"]
        return []

    def judge(self, lsmpc):
        """What is wrong with the page, and the page as it should be."""
        if self.incomplete() or self.fault:
            return self.incomplete(), self.fresh(None)
        code, output = self.wrong.run(self.wrong.command(), lsmpc)
        wrong = []
        if codes_in(output) != {self.code} | COMPANIONS.get(self.code, set()) or code != (1 if " error E" in output else 0):
            wrong.append(f"{self.code}: the wrong example exits with {code} and says:\n{output}")
        right_code, right_output = self.right.run(self.right.command() or self.wrong.command(), lsmpc)
        if right_code or codes_in(right_output):
            wrong.append(f"{self.code}: the right example exits with {right_code} and says:\n{right_output}")
        return wrong, self.fresh(output)


def codes_in(output):
    return set(re.findall(r"(?:error|warning|internal fault) ([EW]\d{4}): ", output))


def shortened(output):
    lines = output.splitlines(keepends=True)
    return "".join(lines if len(lines) <= SHOWN else lines[:SHOWN // 2] + ["…\n"] + lines[-SHOWN // 4:])


def host_table(messages_text):
    text = "\n## R0xx: the host's side\n\nExit code 0 is a warning: the command goes on.\n\n| code | exit | what it says | the way out |\n|---|---|---|---|\n"
    cells = [[cell.replace('\\"', '"').replace("|", "\\|") for cell in message] for message in HOST.findall(messages_text)]
    return text + "".join(f"| {' | '.join(message)} |\n".replace("|  |", "| |") for message in sorted(cells))


def index_of(pages, kinds_text, messages_text):
    text = INDEX
    for prefix, what in FAMILY.findall(kinds_text[:kinds_text.index("#ifndef")]):
        members = sorted((page for page in pages if page.code.startswith(prefix)), key=lambda page: page.code)
        text += f"\n## {prefix}xx: {what}\n\n| code | what it says |\n|---|---|\n"
        text += "".join(f"| [{page.code}](errors/{page.code}.md) | {page.title} |\n" for page in members)
    return text + host_table(messages_text)


def differing(path, new, write):
    old = open(path).read() if os.path.exists(path) else ""
    if write and old != new:
        open(path, "w").write(new)
        return []
    return list(difflib.unified_diff(old.splitlines(), new.splitlines(), path, "as it should be", lineterm="", n=1))


def main(root, lsmpc, *options):
    lsmpc = os.path.abspath(lsmpc)
    write, only = "--write" in options, [option for option in options if option != "--write"]
    kinds_text = open(os.path.join(root, "compiler", "diag", "kinds.def")).read()
    messages_text = open(os.path.join(root, "runtime", "messages.def")).read()
    pages = [Page(root, *kind) for kind in KIND.findall(kinds_text)]
    if len(pages) != len(re.findall(r"^LSMPC_DIAGNOSTIC\(", kinds_text, re.M)) or len(HOST.findall(messages_text)) != len(re.findall(r"^LSMPC_RUNTIME_MESSAGE\(", messages_text, re.M)):
        print("a message is not written as the others are")
        return 1
    judged = [page for page in pages if page.code in only or not only and page.code not in SLOW]
    wrong = []
    with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
        for page, (faults, fresh) in zip(judged, pool.map(lambda page: page.judge(lsmpc), judged)):
            wrong += faults + (differing(page.path, fresh, write) if page.title else [])
    known = {page.code + ".md" for page in pages}
    wrong += [f"docs/errors/{name}: there is no such message" for name in os.listdir(os.path.join(root, "docs", "errors")) if name not in known]
    index = index_of(pages, kinds_text, messages_text)
    wrong += [f"{page.code}: the head of kinds.def has no {page.code[:3]}xx" for page in pages if f"[{page.code}]" not in index]
    wrong += differing(os.path.join(root, "docs", "errors.md"), index, write)
    print(*wrong, f"{len(pages)} messages, {sum(page.title is not None for page in pages)} with a page, {len(wrong)} wrong", sep="\n")
    return 1 if wrong or not pages else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
