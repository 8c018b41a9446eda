"""Each command of docs/operations.md, and each row of "When something fails", is shown by a test: operations.txt says by which.
Usage: check_operations.py ROOT [--listed FILE], which prints the commands that the list has for it

What counts: lines of indented and fenced blocks but those of DATA; `code` of several words; `row: ` and the first cell of a row. `sudo` is left out, and the rest as the page
has it. A head of operations.txt names a file and a text that it holds; the lines below are shown there. Without a text the file, or the scripts of the folder, run the
commands themselves: there is `page 'COMMAND'` for each."""
import os
import re
import sys

DATA = ("yaml", "ini", "text")
NO_COMMAND = "no command"  # the head of what is code, and nothing to run


def page_of(root):
    return open(os.path.join(root, "docs", "operations.md")).read()


def command_of(line):
    return re.sub(r"^sudo ", "", re.sub(r"\s+# .*$", "", line).strip())


def entries_of(page):
    """What the page has, each once."""
    fences = re.compile(r"^```(\w*)\n(.*?)^```\n", re.M | re.S)
    page = fences.sub(lambda block: "" if block[1] in DATA else re.sub("^", "    ", block[2], flags=re.M), page)
    blocks = re.compile(r"(?:^(?: {4,}|\t)\S.*\n)+", re.M)
    lines = [line for block in blocks.findall(page) for line in re.sub(r"\\\n\s*", "", block).splitlines()]
    spans = [span for span in re.findall(r"`([^`\n]+)`", blocks.sub("", page)) if re.search(r"\w \S", span) and not span.startswith("-")]
    failures = re.search(r"^## When something fails\n(.*?)^## ", page, re.M | re.S)[1]
    rows = ["row: " + cell for cell in re.findall(r"^\| (.*?) \|", failures, re.M)[1:]]
    return list(dict.fromkeys([command_of(line) for line in lines + spans] + rows))


def heads_of(root):
    """Heads of the list: a file, a text, and what is shown there."""
    heads = []
    for line in open(os.path.join(root, "test", "docs", "operations.txt")).read().splitlines():
        head = re.fullmatch(r"\[(.*?)\]\s*(.*)", line)
        if head:
            heads.append((head[1], head[2], []))
        elif line and not line.startswith("#"):
            heads[-1][2].append(line)
    return heads


def content_of(path):
    if os.path.isdir(path):
        return "".join(open(os.path.join(path, name)).read() for name in sorted(os.listdir(path)) if name.endswith(".sh"))
    return open(path).read() if os.path.exists(path) else ""


def wrong_with(root, file, text, entries):
    """Why the file does not show these."""
    if file == NO_COMMAND:
        return []
    content = content_of(os.path.join(root, file))
    if text:
        return [] if text in content else [f"{file} has no `{text}`"]
    run = dict.fromkeys(re.findall(r"\bpage '([^'\n]*)'", content))
    return [f"{file} does not run `{entry}`" for entry in entries if entry not in run] + [f"{file} is not listed for `{entry}`" for entry in run if entry not in entries]


def main(root):
    page, heads = entries_of(page_of(root)), heads_of(root)
    listed = dict.fromkeys(entry for _, _, entries in heads for entry in entries)
    wrong = [f"no test is listed for `{entry}`" for entry in page if entry not in listed]
    wrong += [f"the page has no `{entry}`" for entry in listed if entry not in page]
    wrong += [words for head in heads for words in wrong_with(root, *head)]
    rows = sum(entry.startswith("row: ") for entry in page)
    nothing = sum(len(entries) for file, _, entries in heads if file == NO_COMMAND)
    print(*wrong, f"{len(page) - rows - nothing} commands, {rows} ways to fail, {len(wrong)} are wrong", sep="\n")
    return 1 if wrong or not rows else 0


if sys.argv[2:3] == ["--listed"]:
    print(*[entry for file, text, entries in heads_of(sys.argv[1]) if file == sys.argv[3] and not text for entry in entries], sep="\n")
    sys.exit(0)
sys.exit(main(sys.argv[1]))
