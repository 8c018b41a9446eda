"""docs/stdlib.md: what the modules of the standard library declare, from their `##` comments. Usage: stdlib_page.py ROOT [--write]"""
import os
import re
import sys

from attributes_page import declarations, differences, doc_before

HEAD = """# The standard library

`use std.NAME` brings a module's templates, groups, sets and attributes; the prelude's attributes ([attributes.md](attributes.md)) and the groups of `groups` below are always
there. A template is called like a rule, in the file or in a scope:

```lsmp
use std.files
use std.net
protect({ "/etc/**", "/usr/**" }, { "/usr/bin/{apt-get,dpkg}" })
scope program "/usr/sbin/nginx" {
  egress_only_to({ 10.0.0.0/8, 127.0.0.0/8 }, {})
  listen_only_on({ 80, 443 })
}
```

`except` is a set of patterns on programs (`exe`) unless the template says otherwise; `{}` excepts none. Parameters hide names of the policy. What a template asks and cannot be read is
unresolved, and is denied. A hook that a kernel lacks is passed over where others of the same rule do its work; where none does, a warning says so.

Made by `test/docs/stdlib_page.py ROOT --write` from `stdlib/*.lsmp`; a test fails when it no longer holds.
"""
TEMPLATE = re.compile(r"^template (\w+)\(([^)]*)\) \{\n(.*?)^\}", re.M | re.S)
GROUP = re.compile(r"^group (\w+) =(.*?)(?=\n\n|\Z)", re.M | re.S)
SET = re.compile(r"^set (\w+) : (\w+) = \{(.*?)\}", re.M | re.S)


def modules(root):
    names = sorted(name[: -len(".lsmp")] for name in os.listdir(os.path.join(root, "stdlib")) if name.endswith(".lsmp"))
    return [name for name in names if name != "prelude"]


def hooks_of(body):
    """The names in the `on` lists of a template, each once."""
    found = []
    for listed in re.findall(r"\bon ([\w,\s]+?)\s+(?:if present|when|deny|default)\b", body):
        found += [name for name in re.split(r",\s*", listed) if name not in found]
    return found


def entries(root, module):
    """(title, doc, what stands below it) of each declaration, in the module's order; the doc is empty where there is no comment."""
    text = open(os.path.join(root, "stdlib", module + ".lsmp")).read()
    found = []
    for match in TEMPLATE.finditer(text):
        found.append((match.start(), f"template `{match[1]}({match[2]})`", "On " + " ".join(f"`{hook}`" for hook in hooks_of(match[3])) + "."))
    for match in GROUP.finditer(text):
        found.append((match.start(), f"group `{match[1]}`", "`" + " ".join(match[2].split()) + "`"))
    for match in SET.finditer(text):
        found.append((match.start(), f"set `{match[1]}` of {match[2]}", "`" + " ".join(match[3].split()).removesuffix(",") + "`"))
    return [(title, doc_before(text, at), below) for at, title, below in sorted(found)]


def render(root):
    parts, silent, templates = [HEAD], [], 0
    for module in modules(root):
        first = open(os.path.join(root, "stdlib", module + ".lsmp")).readline().lstrip("# ").strip()
        parts.append(f"## {'std.' + module if module != 'groups' else 'groups'}\n\n{first}\n")
        for title, doc, below in entries(root, module):
            templates += title.startswith("template")
            if not doc and not title.startswith("set"):
                silent.append(title)
            if doc:
                parts.append(f"### {title}\n\n" + "\n".join(doc) + f"\n\n{below}\n")
        for name, (kind, docs, hooks) in declarations(root, module).items():
            parts.append(f"### attribute `{name}` : {kind}\n\n{' '.join(docs)}\n\nOn {' '.join(f'`{hook}`' for hook in hooks)}.\n")
            if not docs:
                silent.append(name)
    return "\n".join(parts), templates, silent


def main(root, writing):
    text, templates, silent = render(root)
    lines = differences(root, "stdlib.md", text, writing)
    print(f"{templates} templates, without a comment: {' '.join(silent) or 'none'}, the page differs in {len(lines)} lines")
    return 1 if lines else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], "--write" in sys.argv[2:]))
