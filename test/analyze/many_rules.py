"""What `lsmpc check` says of many rules of one hook, most of them looked at by a few events, against what `lsmpc explain --rule all` says of each, looked at
by all: many_rules.py LSMPC SEED COUNT FILE"""
import json
import random
import re
import subprocess
import sys

ROOTS, NAMES = ["/srv", "/opt", "/data"], ["a", "b", "c", "d", "e", "f", "g", "h"]


def pattern(source):
    parts = [source.choice(ROOTS)] + [source.choice(NAMES) + str(source.randrange(9)) for _ in range(source.randint(1, 3))]
    if source.random() < 0.2:
        parts[source.randrange(1, len(parts))] = source.choice(["*", "x*", "[a-c]?", "{a0,b1}"])
    return "/".join(parts) + ("/**" if source.random() < 0.25 else "")


def rule(source):
    path = pattern(source)
    parts = [f'path ~ "{path}"' if re.search(r"[*?{\[]", path) else f'path == "{path}"']
    if source.random() < 0.4:
        parts.append(source.choice(["uid == 0", "uid == 7", "uid in 5..9", "uid != 0", "access has write", 'exe ~ "/usr/bin/*"', "uid < 5 and uid > 5"]))
    if source.random() < 0.03:
        return "on file_open when " + source.choice(['path ~ "/**" or uid == 1', 'not path under "/srv"', "uid < 3"]) + " audit"
    return f"on file_open when {' and '.join(parts)} {source.choice(['deny', 'deny EACCES', 'allow', 'audit'])}"


def main():
    lsmpc, seed, count = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
    source = random.Random(seed)
    with open(sys.argv[4], "w") as policy:
        print("policy many", *(rule(source) for _ in range(count)), sep="\n", file=policy)
    run = lambda *words: subprocess.run([lsmpc, *words, "--target", "6.1", sys.argv[4]], capture_output=True, text=True)
    results = json.loads(run("check", "--format", "sarif").stdout)["runs"][0]["results"]
    found = [one["locations"][0]["physicalLocation"]["region"]["startLine"] for one in results if one["ruleId"][:3] in ("W07", "W11")]
    rules = json.loads(run("explain", "--rule", "all", "--format", "json").stdout)["rules"]
    expected = [one["line"] for one in rules if one["fate"] in ("shadowed", "never", "unresolved") or one["always"]]
    wrong = set(found) ^ set(expected)
    unconfirmed = [one["line"] for one in rules if not one.get("confirmed", True)]
    print(f"{len(expected)} of {len(rules)} rules found, {len(wrong)} otherwise: {sorted(wrong)}, {len(unconfirmed)} not confirmed")
    return 1 if wrong or not expected else 0


if __name__ == "__main__":
    sys.exit(main())
