"""Random layouts of policies through `lsmpc fmt`, ten a case: of the repository's own, and of random ones. Each comes out with the same
tokens and comments in order, each comment beside what it stood beside or on a line of its own as it was, the same whatever layout its
tokens had, and unchanged by another fmt. Of the repository's own, `lsmpc check` finds the same, with `# lint: allow` among the comments."""
import functools
import glob
import json
import os
import random
import subprocess
import tempfile

import random_policy
from policy_text import laid_out, pieces, said

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
ALLOWANCES = [f"# lint: allow {code} reason" for code in ("W0801", "W0802", "W0803", "W0805")]
LAYOUTS = 10


def write(folder, name, text):
    with open(os.path.join(folder, name), "w", newline="", encoding="utf-8") as out:
        out.write(text)


def read(folder, name):
    with open(os.path.join(folder, name), newline="", encoding="utf-8") as file:
        return file.read()


def run(lsmpc, folder, *arguments):
    return subprocess.run([lsmpc, *arguments], cwd=folder, capture_output=True, text=True, timeout=60)


@functools.cache
def own_policies():
    """Those that hold no syntax error: what the scanner cannot read, or what a test says of itself."""
    texts = []
    for path in sorted(path for folder in ("docs", "stdlib", "test") for path in glob.glob(os.path.join(ROOT, folder, "**", "*.lsmp"), recursive=True)):
        with open(path, "rb") as file:
            text = file.read().decode(errors="replace")
        if len(text) < 20000 and "E00" not in text and pieces(text):
            texts.append(text)
    return texts


def found_by_check(lsmpc, folder, text):
    """Code and message of each diagnostic, without where it stands."""
    write(folder, "checked.txt", text)
    done = run(lsmpc, folder, "check", "--target", "6.1", "--format", "json", "checked.txt")
    return sorted((one["code"], one["message"]) for one in json.loads(done.stdout)["diagnostics"])


def wrong_with(text, result):
    """What a canonical text must not have, and what of `text` it must."""
    before, after = pieces(text), pieces(result)
    if after is None or said(before) != said(after):
        return "other tokens or comments"
    for was, now in zip(*([piece for piece in one if piece.is_comment()] for one in (before, after))):
        if now.trailing and not was.trailing:
            return f"{now.text!r} had a line of its own"
    if not result.endswith("\n") or result.endswith("\n\n") or result.startswith("\n") or "\n\n\n" in result or "\r" in result:
        return "empty lines"
    if any(line != line.rstrip() for line in result.splitlines()):
        return "white space at the end of a line"
    return None


def run_case(lsmpc, number):
    """Nothing, or what went wrong with this case."""
    rng = random.Random(number)
    texts = {}
    for i in range(LAYOUTS):
        found = pieces(rng.choice(own_policies()) if i % 2 else random_policy.policy(rng))
        texts[f"{i}.lsmp"] = laid_out(rng, found, rng.choice([0, 2, 10, 40]), ALLOWANCES if i % 2 else ())
        texts[f"{i}a.lsmp"], texts[f"{i}b.lsmp"] = (laid_out(rng, found, 0, empty_lines=False) for _ in range(2))
    with tempfile.TemporaryDirectory() as folder:
        for name, text in texts.items():
            write(folder, name, text)
        done = run(lsmpc, folder, "fmt")
        again = run(lsmpc, folder, "fmt", "--check")
        results = {name: read(folder, name) for name in texts}
        faults = [f"exit {done.returncode}\n{done.stderr[-4000:]}"] if done.returncode else []
        faults += [f"another fmt changes {again.stdout.split()}"] if again.returncode and not done.returncode else []
        for i in range(LAYOUTS):
            name = f"{i}.lsmp"
            wrong = wrong_with(texts[name], results[name])
            if not wrong and i == 1 and found_by_check(lsmpc, folder, texts[name]) != found_by_check(lsmpc, folder, results[name]):
                wrong = f"check finds {found_by_check(lsmpc, folder, texts[name])}, then {found_by_check(lsmpc, folder, results[name])}"
            if wrong:
                faults.append(f"{name}: {wrong}\n--- before\n{texts[name]}\n--- after\n{results[name]}")
            if results[f"{i}a.lsmp"] != results[f"{i}b.lsmp"]:
                faults.append(f"{i}: two layouts of the same tokens differ\n{results[f'{i}a.lsmp']}\n---\n{results[f'{i}b.lsmp']}")
    return f"case {number}: " + "\n".join(faults) if faults else None
