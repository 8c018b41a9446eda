"""Every sentence of docs/language.md is shown by a named test. Usage: sentences.py ROOT [--missing]

A sentence is one of a paragraph or list item, or a row of a table; examples are tests/docs/examples.test's. covered.txt has one line for each:
    KEY TEST[ TEST…] # its first words     TEST: a lit file or a guest case beneath test/, `unit/NAME` for NAME_test.cpp; with `:TEXT`, a text of it
    KEY - reason # its first words         for one that says nothing that a test could show
KEY is of the words: a sentence that changes asks for its tests anew. --missing prints lines to add."""
import hashlib
import os
import re
import sys


def blocks(text):
    """Paragraphs, list items and rows; heads of tables, headings and examples are none."""
    block, example, table = [], False, 0
    for line in text.split("\n") + [""]:
        if line.startswith("```"):
            example = not example
        starts = re.match(r"- |\||#", line)
        if example or not line.strip() or starts or line.startswith("```"):
            if block:
                yield " ".join(block)
            block = []
        if example or line.startswith(("#", "```")):
            continue
        table = table + 1 if line.startswith("|") else 0
        if line.strip() and (table == 0 or table > 2):
            block.append(line.strip().removeprefix("- "))


def sentences(text):
    for block in blocks(text):
        if block.startswith("|"):
            yield block
            continue
        # A full stop within code ends nothing.
        masked = re.sub(r"`[^`]*`", lambda code: "x" * len(code[0]), block)
        start = 0
        for end in [match.end() for match in re.finditer(r"\.\)?(?= )", masked)] + [len(block)]:
            yield block[start:end].strip()
            start = end


def key(sentence):
    return hashlib.sha256(" ".join(sentence.split()).encode()).hexdigest()[:8]


def first_words(sentence):
    return sentence if len(sentence) <= 60 else sentence[:60].rsplit(" ", 1)[0] + " …"


def fault(root, test):
    """What is wrong with the name of a test; empty if nothing."""
    name, _, text = test.partition(":")
    path = os.path.join(root, "test", name)
    if re.fullmatch(r"unit/\w+", name):
        path += "_test.cpp"
    elif os.path.isdir(path):
        path = os.path.join(path, "case.sh")
    elif not name.endswith((".lsmp", ".test", ".calls")):
        return f"`{name}` is no test"
    if not os.path.exists(path):
        return f"there is no test `{name}`"
    return "" if not text or text in open(path).read() else f"`{name}` has no `{text}`"


def read_lines(path):
    """KEY → (tests, reason); and what is wrong with the lines."""
    found, faults = {}, []
    for line in open(path).read().splitlines():
        match = re.fullmatch(r"([0-9a-f]{8}) (.*?) ?# .+", line)
        if not match:
            faults += [f"no line of this file: {line}"] if line and not line.startswith("#") else []
        elif match[1] in found:
            faults.append(f"{match[1]} stands twice")
        else:
            explained = match[2].startswith("- ")
            found[match[1]] = [] if explained else match[2].split(), explained
            if not match[2]:
                faults.append(f"{match[1]} has no test")
    return found, faults


def main(root, missing):
    page = {key(sentence): sentence for sentence in sentences(open(os.path.join(root, "docs/language.md")).read())}
    covered, faults = read_lines(os.path.join(root, "test/language/covered.txt"))
    uncovered = [entry for entry in page if entry not in covered]
    if missing:
        print("\n".join(f"{entry} # {page[entry] if missing == 'whole' else first_words(page[entry])}" for entry in uncovered))
        return 0
    faults += [f"uncovered: {entry} # {first_words(page[entry])}" for entry in uncovered]
    faults += [f"{entry} is no sentence of docs/language.md" for entry in covered if entry not in page]
    faults += [f"{entry}: {wrong}" for entry, (tests, _) in covered.items() for wrong in (fault(root, test) for test in tests) if wrong]
    tested = sum(bool(tests) for tests, _ in covered.values())
    explained = sum(explained for _, explained in covered.values())
    print("\n".join(faults + [f"{len(page)} sentences, {tested} tested, {explained} explained, {len(uncovered)} uncovered"]))
    return 1 if faults or not page else 0


sys.exit(main(sys.argv[1], {"--missing": "short", "--missing=whole": "whole"}.get("".join(sys.argv[2:]), "")))
