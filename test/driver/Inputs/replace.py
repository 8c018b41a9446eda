"""`lsmpc fmt` on files that it must not lose anything of: an owner, extended attributes, and a write that fails. As a user who is not root
where that is asked for and possible. Usage: replace.py FOLDER; says what holds, or `not here` what this machine cannot show."""
import errno
import os
import resource
import signal
import subprocess
import sys

LOOSE, CANONICAL = "on file_open   deny\n", "on file_open deny\n"
NOBODY = 65534


def fmt(path, prepare=None):
    return subprocess.run(["lsmpc", "fmt", path], capture_output=True, text=True, preexec_fn=prepare)


def made(folder, name):
    path = os.path.join(folder, name)
    with open(path, "w") as out:
        out.write(LOOSE)
    return path


def text(path):
    with open(path) as file:
        return file.read()


def small_files():
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (4, 4))


def owner(folder):
    path = made(folder, "owned.lsmp")
    if os.getuid() != 0:
        return "not here"
    os.chown(path, 1234, 5678)
    os.chmod(path, 0o2750)
    done, state = fmt(path), os.stat(path)
    return (done.returncode, state.st_uid, state.st_gid, oct(state.st_mode & 0o7777), text(path) == CANONICAL) == (0, 1234, 5678, "0o2750", True)


def attributes(folder):
    path = made(folder, "noted.lsmp")
    try:
        os.setxattr(path, "user.note", b"kept")
    except OSError as error:
        return "not here" if error.errno == errno.ENOTSUP else str(error)
    return fmt(path).returncode == 0 and os.getxattr(path, "user.note") == b"kept" and text(path) == CANONICAL


def no_room(folder):
    path = made(folder, "full.lsmp")
    done = fmt(path, small_files)
    return (done.returncode, done.stderr, text(path)) == (2, f"lsmpc: cannot write `{path}`: File too large\n", LOOSE)


def unprivileged(folder, mode, folder_mode, said):
    place = os.path.join(folder, f"place-{mode:o}-{folder_mode:o}")
    os.mkdir(place)
    path = made(place, "kept.lsmp")
    os.chmod(path, mode)
    os.chmod(place, folder_mode)
    done = fmt(path, (lambda: os.setuid(NOBODY)) if os.getuid() == 0 else None)
    os.chmod(place, 0o755)
    return (done.returncode, done.stderr, text(path)) == (2, f"lsmpc: cannot write `{path}`: {said}\n", LOOSE) or done


def main(folder):
    os.chmod(folder, 0o755)
    print("owner, group and mode stay:", owner(folder))
    print("extended attributes stay:", attributes(folder))
    print("a write that fails leaves the file:", no_room(folder))
    print("a file that must not be written stays:", unprivileged(folder, 0o444, 0o777, "Permission denied"))
    if os.getuid() == 0:
        print("a file of somebody else keeps its owner:", unprivileged(folder, 0o666, 0o777, "its owner cannot be kept: Operation not permitted"))
    print("a folder that must not be written keeps it:", unprivileged(folder, 0o666, 0o555, "no file can be made beside it: Permission denied"))
    left = [name for _, _, names in os.walk(folder) for name in names if not name.endswith(".lsmp")]
    print("left behind:", left)


main(sys.argv[1])
