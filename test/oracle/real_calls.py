"""Policies over what system calls bring about, made from a number, and events for each: a call of test/vm/act with its actor, and beside it what the kernel
will see of it, as a row of a `test` in the policy. Values lie on the rules' edges and one byte or number off them. judges.py asks `lsmpc test` for the answers;
the guest (test/vm/cases/judges) makes the calls.

Each rule holds for tasks whose name begins with `j` only, which `act` has and the shell and lsmpctl have not; all files lie below /j. Each rule refuses with an
errno of its own that no such call ends with by itself, so that it tells the rule."""
import random

import real_values as values

ERRNOS = ["ENOTUNIQ", "EBADE", "EBADR", "EXFULL", "ENOANO", "EBADRQC", "EBADSLT", "EBFONT", "ENONET", "ENOPKG", "EADV", "ESRMNT", "ECOMM", "ELIBACC", "ELIBBAD", "ELIBSCN",
          "ELIBMAX", "EMULTIHOP", "ENOTNAM", "ENAVAIL", "EISNAM", "EREMOTEIO"]
SIGNALS = ["SIGKILL", "SIGTERM", "SIGUSR1"]
COMMS = ["ja", "jb", "jab", "j", "ka", "k"]


def file_values():
    return [values.Number("file.owner", [0, 33, 1000]), values.Number("file.group", [0, 100]),
            values.Flags("file.mode", values.MODES)]


def actor():
    return [values.Number("uid", [0, 33, 1000, 65534]), values.Number("euid", [0, 33, 1000]), values.Number("gid", [0, 5, 100]), values.Number("egid", [0, 5]), values.Word("comm", COMMS),
            values.Program("exe"), values.Capabilities("caps")]


def flag_letters(event):
    """How `act` is told what an open asks for, and what the kernel says of it."""
    if event.get("file.type", "S_IFREG") != "S_IFREG":
        return "rn"
    return event["access"] if "access" in event else event["flags"] if "flags" in event else "r"


def made_file(event, path):
    kind = {"S_IFREG": "file", "S_IFDIR": "folder", "S_IFIFO": "fifo"}[event.get("file.type", "S_IFREG")]
    return f"{kind} {event.get('file.owner', 0)} {event.get('file.group', 0)} {mode(event):o} {path}" + (f" {event.get('file.size', 1)} {event.get('file.nlink', 1)}" if kind == "file" else "")


def mode(event):
    return sum(values.MODES[word] for word in event["file.mode"]) if "file.mode" in event else 0o644


def above(path):
    return f"above {path}"


# Of a hook: what its rules can ask for; how things are before the call; the call.
class Hook:
    def __init__(self, attributes, before, call, exclusive=False):
        self.attributes, self.before, self.call, self.exclusive = attributes, before, call, exclusive


def opened(r):
    """Some of what an open has: sizes and links only of what is no folder, and either kind of flags."""
    how = r.choice([values.Letters("access", values.ACCESS), values.Letters("flags", values.OPEN)])
    if r.randrange(3) == 0:
        return one_path(r) + [values.Constant("file.type", ["S_IFREG", "S_IFDIR", "S_IFIFO"])] + file_values()
    return one_path(r) + [how, values.Number("file.size", [0, 5, 4096]), values.Number("file.nlink", [1, 2], 1, 3)] + file_values()


def one_path(r):
    return 2 * [values.Path("path")]


def path_and_file(r):
    return one_path(r) + file_values()


def two_paths(r):
    return [values.Path("old_path"), values.Path("new_path")]


def program(r):
    return one_path(r) + file_values()[:2] + [values.Flags("file.mode", values.MODES, always="S_IXUSR")]


def signalled(r):
    return [values.Constant("signal", ["SIGHUP", "SIGINT", "SIGUSR1", "SIGUSR2", "SIGTERM"]), values.Word("target.comm", ["va", "vb", "vab", "w"]), values.Number("target.uid", [0, 33, 1000])]


def at_file(event):
    return made_file(event, event["path"])


HOOKS = {
    "file_open": Hook(opened, at_file, lambda e: f"open {e['path']} {flag_letters(e)}", True),
    "path_truncate": Hook(path_and_file, at_file, lambda e: f"truncate {e['path']}", True),
    "path_chmod": Hook(path_and_file, at_file, lambda e: f"chmod {e['path']} 640", True),
    "path_chown": Hook(path_and_file, at_file, lambda e: f"chown {e['path']} 7 8", True),
    "inode_setattr": Hook(lambda r: file_values() + [values.Number("file.size", [0, 5])], lambda e: made_file(e, "/j/a"), lambda e: "chmod /j/a 640", True),
    "bprm_check_security": Hook(program, lambda e: f"program {e.get('file.owner', 0)} {e.get('file.group', 0)} {mode(e) | 0o100:o} {e['path']}", lambda e: f"exec {e['path']}", True),
    "path_unlink": Hook(path_and_file, at_file, lambda e: f"unlink {e['path']}"),
    "path_rmdir": Hook(path_and_file, lambda e: f"folder {e.get('file.owner', 0)} {e.get('file.group', 0)} {mode(e):o} {e['path']}", lambda e: f"rmdir {e['path']}"),
    "path_mkdir": Hook(one_path, lambda e: above(e["path"]), lambda e: f"mkdir {e['path']}"),
    "path_symlink": Hook(one_path, lambda e: above(e["path"]), lambda e: f"symlink /j/x {e['path']}"),
    "path_rename": Hook(two_paths, lambda e: f"{made_file(e, e['old_path'])}; {above(e['new_path'])}", lambda e: f"rename {e['old_path']} {e['new_path']}"),
    "path_link": Hook(two_paths, lambda e: f"{made_file(e, e['old_path'])}; {above(e['new_path'])}", lambda e: f"link {e['old_path']} {e['new_path']}"),
    "socket_connect": Hook(lambda r: 2 * [values.Address("addr", values.FAR)] + [values.Number("port", [22, 80, 443, 65535], 1, 65535), values.Family("family")], lambda e: "",
                           lambda e: f"connect {e['addr']} {e.get('port', 9)}"),
    "socket_bind": Hook(lambda r: [values.Address("addr", values.NEAR), values.Number("port", [80, 1024, 4000, 65535], 1, 65535), values.Family("family")], lambda e: "",
                        lambda e: f"bind stream {e['addr']} {e.get('port', 4001)}"),
    "task_kill": Hook(signalled, lambda e: "", lambda e: f"kill 0 {e.get('target.comm', 'va')} {values.SIGNALS[e.get('signal', 'SIGHUP')]}"),
}


def guard(hook):
    """Who the rules are for. `act` ends its children with SIGKILL."""
    return 'comm ~ "j*" and signal != SIGKILL' if hook == "task_kill" else 'comm ~ "j*"'


def action(r, hook, number):
    message = f' audit "m{number}"' if r.randrange(3) == 0 else r.choice(["", " quiet"])
    kind = r.randrange(10)
    if kind == 0:
        return f'audit "m{number}"'
    if kind == 1:
        return "allow" + message.replace(" quiet", "")
    if kind == 2 and hook not in ("task_kill", "bprm_check_security"):
        return f"kill {r.choice(SIGNALS)}" + message.replace(" quiet", "")
    return f"deny {ERRNOS[number % len(ERRNOS)]}{message}"


def condition(r, attributes, depth=0):
    if depth < 2 and r.randrange(5) < 3:
        left, right = condition(r, attributes, depth + 1), condition(r, attributes, depth + 1)
        found = values.both(left, right) if r.randrange(3) else values.either(left, right)
    else:
        found = r.choice(attributes).condition(r)
    return values.negated(found) if r.randrange(6) == 0 else found


def consistent(event):
    """What one call cannot be."""
    paths = [event[key] for key in ("old_path", "new_path") if key in event]
    if len(paths) == 2 and (paths[0] + "/").startswith(paths[1] + "/") | (paths[1] + "/").startswith(paths[0] + "/"):
        return False
    if "family" in event and event["family"] != values.family(event["addr"]):
        event["family"] = values.family(event["addr"])
    if "target.uid" in event:
        event["target.uid"] = event["uid"]  # the target is a child
    return True


def drawn(r, attributes, conditions):
    """An event; half of them shall meet a condition, where some draws find one."""
    wanted = r.randrange(2)
    for _ in range(40):
        event = {one.name: one.value(r) for one in attributes}
        if consistent(event) and (wanted == any(one.holds(event) for one in conditions) and event["comm"].startswith("j") or r.randrange(20) == 0):
            return event
    while not consistent(event):
        event = {one.name: one.value(r) for one in attributes}
    return event


def words(hook, event):
    """The program and the words of the call."""
    setups = [f"{name}={event[name]}" for name in ("gid", "egid", "uid", "euid") if name in event]
    setups += [f"drop={values.CAPS[word]}" for word in sorted(set(values.CAPS) - set(event["caps"]))] if "caps" in event else []
    return event.get("exe", "/p/a"), " ".join(setups + [f"comm={event['comm']}", HOOKS[hook].call(event)])


def of_hook(r, hook, events, number):
    """Rules on a hook, their conditions, and events."""
    own = HOOKS[hook].attributes(r)
    needed = {"signal", "target.comm", "comm", "path", "old_path", "new_path", "addr"} | ({"uid"} if any(one.name == "target.uid" for one in own) else set())
    everyone = actor()
    attributes = own * 3 + r.sample(everyone, 3)
    rules, conditions = [], []
    for _ in range(r.choice([2, 3, 4, 6])):
        found = condition(r, attributes)
        conditions.append(found)
        rules.append(f"on {hook} when {guard(hook)} and ({found.text}) {action(r, hook, number + len(rules))}")
    used = {name for one in conditions for name in one.names}
    given = {one.name: one for one in own + everyone if one.name in used | needed}
    return rules, conditions, [drawn(r, list(given.values()), conditions) for _ in range(events)]


def policy(seed, events=20):
    """The text, its events as (hook, line, event) and all conditions with the events that they were asked with."""
    r = random.Random(seed)
    alone = [hook for hook in HOOKS if HOOKS[hook].exclusive]  # one call comes by several of these hooks
    hooks = [r.choice(alone)] + r.sample([hook for hook in HOOKS if hook not in alone], 2)
    text, tests, made, asked = [f"policy judge_{seed}"], [], [], []
    for hook in hooks:
        rules, conditions, drawn_events = of_hook(r, hook, -(-events // len(hooks)), len(text))
        text += rules
        keys = sorted(drawn_events[0])
        tests += [f'test "{hook}"', f"  given {hook} {{}}", f"  cases {{ {', '.join(keys)} }}"]
        for event in drawn_events:
            made.append((hook, len(tests), event))
            tests.append("    { " + ", ".join(values.written(key, event[key]) for key in keys) + " } expect allow")
        asked += [(one, drawn_events) for one in conditions]
    return "\n".join(text + tests) + "\n", [(hook, len(text) + line + 1, event) for hook, line, event in made], asked
