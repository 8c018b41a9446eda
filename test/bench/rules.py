"""Rules over paths as large policies have them: 8 roots, 1,200 applications, a few directories, files. Seeded: the same arguments print the same.
Usage: rules.py KIND COUNT SEED [--patterns]

KIND: exact, prefix, glob, or mixed (70 % exact, 20 % prefix, 10 % glob). Prints a policy, or with --patterns a line for each rule: literal, under or glob,
a space, the pattern."""
import random
import sys

ROOTS = ["/srv", "/opt", "/var/lib", "/usr/share", "/etc", "/home", "/data/vol1", "/mnt/apps"]
WORDS = ["alpha", "backup", "cache", "deploy", "engine", "front", "gate", "home", "index", "jobs", "keys", "ledger", "media", "node", "orders", "proxy",
         "queue", "report", "store", "track", "users", "vault", "web", "xfer"]
DIRECTORIES = ["data", "conf", "conf.d", "logs", "cache", "static", "lib", "share", "state", "tmp", "run", "plugins", "releases", "shared", "v1", "v2"]
EXTENSIONS = ["conf", "json", "key", "pem", "log", "db", "so", "txt", "yml", "xml"]
MIXED = [("exact", 70), ("prefix", 20), ("glob", 10)]


class Rules:
    def __init__(self, seed):
        self.random = random.Random(seed)
        self.applications = [f"{self.random.choice(WORDS)}-{number}" for number in range(1200)]

    def pick(self, names):
        return self.random.choice(names)

    def application(self):
        return f"{self.pick(ROOTS)}/{self.pick(self.applications)}"

    def directory(self):
        return "/".join([self.application()] + [self.pick(DIRECTORIES) for _ in range(self.random.randint(1, 3))])

    def name(self):
        return f"{self.pick(WORDS)}{self.random.randint(0, 999)}"

    def exact(self):
        return "literal", f"{self.directory()}/{self.name()}.{self.pick(EXTENSIONS)}"

    def prefix(self):
        return "glob", f"{self.directory()}/{self.name()}/**"

    def glob(self):
        name, extension, number = self.name(), self.pick(EXTENSIONS), self.random.randint(0, 99)
        forms = [
            lambda: f"{self.pick(ROOTS)}/*/{self.pick(DIRECTORIES)}/**/{name}?.{extension}",
            lambda: f"{self.directory()}/{name}*.{extension}",
            lambda: f"{self.directory()}/*.{name}.{extension}",
            lambda: f"{self.application()}/*/{self.pick(DIRECTORIES)}/file{number}?.{extension}",
            lambda: f"{self.application()}/**/{name}.{extension}",
            lambda: f"{self.directory()}/{name}-[0-9]*",
            lambda: f"{self.directory()}/{{{self.name()},{name}}}.{extension}*",
        ]
        return "glob", self.pick(forms)()

    def rule(self, kind):
        if kind == "mixed":
            kind = self.random.choices([name for name, _ in MIXED], [weight for _, weight in MIXED])[0]
        return getattr(self, kind)()


def condition(kind, pattern):
    return f'path {"==" if kind == "literal" else "under" if kind == "under" else "~"} "{pattern}"'


def generate(kind, count, seed):
    """(form, pattern) of each rule."""
    rules = Rules(seed)
    return (rules.rule(kind) for _ in range(count))


def main():
    for form, pattern in generate(sys.argv[1], int(sys.argv[2]), int(sys.argv[3])):
        print(f"{form} {pattern}" if "--patterns" in sys.argv[4:] else f"on file_open when {condition(form, pattern)} deny")


if __name__ == "__main__":
    main()
