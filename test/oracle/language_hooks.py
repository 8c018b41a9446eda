"""The hooks of random policies: what their rules can ask for, of the acting task and of the object. A hook stands here with those attributes and raw fields only
that an event can be given together: no two of them are of the same bytes."""
from language_texts import COMMS
from language_values import Address, Constant, Either, Flags, Number, Path, Pointer, Programs, Truth, Word

CAPS = ["CAP_KILL", "CAP_SYS_ADMIN", "CAP_NET_ADMIN", "CAP_SYS_MODULE", "CAP_CHOWN"]
SIGNALS = ["SIGKILL", "SIGTERM", "SIGSTOP", "SIGUSR1"]
ACCESS = ["read", "write", "exec", "append", "create", "truncate"]
UIDS, GIDS, PIDS = [0, 33, 1000, 65534, 0x7fffffff, 0x80000000], [0, 5, 100, 0xfffffffe], [2, 77, 1000, 4194303]
SIGNED = dict(low=-2 ** 31, high=2 ** 31 - 1)
WIDE = dict(low=0, high=2 ** 64 - 1)


def actor():
    """Of the acting task, on every hook: one of each in a policy."""
    uid, euid = Number("uid", "uid", UIDS, behind="cred"), Number("euid", "uid", UIDS, behind="cred")
    parent = Word("parent.comm", COMMS, 15)
    return [uid, euid, Number("fsuid", "uid", UIDS, behind="cred", like=uid), Number("gid", "gid", GIDS, behind="cred"), Number("egid", "gid", GIDS, behind="cred"), Word("comm", COMMS, 15, like=parent),
            Path("exe", known=True), Programs("ancestor.exe", known=True), Path("script", known=True), Flags("caps", "caps", CAPS, behind="cred"), Number("pid", "pid", PIDS, 2, 4194304), Number("tid", "pid", PIDS, 2, 4194304),
            Number("loginuid", "uid", [1000, 4294967295]), Path("cgroup", behind="cgroup"), Truth("container"), Word("tty", ["", "pts/0", "tty1"], 63, chosen=True), Path("parent.exe", known=True), Number("parent.uid", "uid", UIDS, behind="parent"), parent,
            Number("arg.current", "int", [0, 1, -1, 77], **SIGNED), Number("rlim", "int", [0, 4096, 2 ** 64 - 1], **WIDE)]


# Raw fields of the acting task have no argument: attributes of the policy's own stand for them.
OWN = {"arg.current": ("own.code", "int", "current().exit_code"), "rlim": ("own.files", "int", "current().signal.rlim[7].rlim_cur")}


def inode(way):
    """Of a file, by the members that lead to it: the language's attributes, and what only raw fields name."""
    def number(name, constants, **limits):
        return Number(name, "int", constants, behind="inode", **limits)
    owner = Number("file.owner", "uid", UIDS, behind="inode")
    return [owner, Number("file.group", "gid", GIDS, behind="inode"), number("file.size", [0, 4096, -1, 2 ** 32, 2 ** 63 - 1], low=-2 ** 63, high=2 ** 63 - 1), number("file.nlink", [0, 1, 2], high=0xffffffff),
            Flags("file.mode", "mode", ["S_IRUSR", "S_IWUSR", "S_IXOTH", "S_ISUID"], behind="inode"), number("file.ino", [2, 100, 2 ** 40], **WIDE), number("file.dev", [0, 0x100003], high=0xffffffff),
            number(way + ".i_generation", [0, 7, 0x80000000]), number(way + ".i_blkbits", [0, 12, 255], high=255), number(way + ".i_bytes", [0, 511, 65535], high=65535),
            number(way + ".i_blocks", [0, 8, 2 ** 33], **WIDE)]


def filesystem():
    return [Word("fs.type", ["ext4", "tmpfs", "overlay", "nfs4"], behind="inode"), Number("fs.magic", "int", [0xef53, 0x01021994], behind="inode", **WIDE)]


def opened():
    return [Path("path", "path", bare=True), Path("path", "path", bare=True), Flags("access", "access", ACCESS), Number("arg.file.f_pos", "int", [0, -1, 4096], low=-2 ** 63, high=2 ** 63 - 1)] + inode("arg.file.f_inode") + filesystem()


def flagged():
    return [Path("path", "path"), Flags("flags", "open_flags", ["O_NONBLOCK", "O_APPEND", "O_SYNC"]), Number("ioctl.cmd", "int", [0x5401, 0x80000000, 0xffffffff])]


def named():
    return [Path("path", "path"), Path("path", "path"), Number("file.owner", "uid", UIDS, behind="inode"), Number("file.group", "gid", GIDS, behind="inode")]


def mapped():
    """What is mapped may be no file."""
    return [Path("path", bare=True), Flags("prot", "prot", ["PROT_READ", "PROT_WRITE", "PROT_EXEC"]), Number("file.owner", "uid", UIDS, absent="file"), Number("file.size", "int", [0, 4096, -1], low=-2 ** 63, high=2 ** 63 - 1, absent="file"),
            Flags("file.mode", "mode", ["S_IRUSR", "S_IXOTH"], absent="file"), Number("arg.reqprot", "int", [0, 4, 2 ** 63], **WIDE)]


def two_paths():
    old = Path("old_path")
    new = Path("new_path", like=old)
    return [old, new, Either("path", [old, new])]


def addressed(local=True):
    there = Address("addr", "address", "address")
    found = [there, there, Number("port", "port", [0, 22, 80, 443, 8080, 65535], 0, 65535, behind="address", absent="address")]
    return found + ([Address("local.addr", like=there), Number("local.port", "port", [0, 80, 65535], 0, 65535)] if local else [])


def socket():
    return [Number("type", "int", [1, 2, 3], high=65535), Constant("family", "int", ["AF_UNIX", "AF_INET", "AF_INET6"]), Number("protocol", "int", [0, 6, 17], high=255)]


def targeted():
    pid = Number("target.pid", "pid", PIDS, 2, 4194304)
    return [Word("target.comm", COMMS, 15), Number("target.uid", "uid", UIDS), pid, Path("target.exe", known=True)]


HOOKS = {
    "file_open": opened,
    "file_permission": lambda: [Path("path", "path"), Flags("access", "access", ["read", "write", "append"])] + inode("arg.file.f_inode"),
    "file_ioctl": flagged,
    "path_unlink": named,
    "path_rmdir": named,
    "path_mkdir": lambda: [Path("path", "path"), Number("arg.mode", "int", [0, 0o755, 0o7777, 0xffff], high=0xffff)],
    "path_symlink": lambda: [Path("path", "path"), Word("arg.old_name", ["/etc/passwd", "x", "../a", "."])],
    "path_chmod": lambda: [Path("path", "path"), Number("arg.mode", "int", [0, 0o644, 0o4755], high=0xffff)] + inode("arg.path.dentry.d_inode"),
    "path_truncate": lambda: [Path("path", "path")] + inode("arg.path.dentry.d_inode"),
    "path_rename": two_paths,
    "path_link": two_paths,
    "inode_setattr": lambda: inode("arg.dentry.d_inode"),
    "inode_permission": lambda: inode("arg.inode") + [Flags("access", "access", ["read", "write", "exec", "append"])],
    "mmap_file": mapped,
    "socket_connect": addressed,
    "socket_bind": addressed,
    "socket_sendmsg": lambda: addressed(False) + [Number("arg.size", "int", [0, 1500, -1], **SIGNED)],
    "socket_create": lambda: [Number("family", "int", [1, 2, 10, -1], **SIGNED), Number("type", "int", [1, 2, 3], **SIGNED), Number("protocol", "int", [0, 6, 255], **SIGNED), Number("arg.kern", "int", [0, 1], **SIGNED)],
    "task_kill": lambda: [Constant("signal", "int", SIGNALS + ["SIGHUP"]), Number("arg.p.prio", "int", [-100, 0, 20, 139], **SIGNED)] + targeted(),
    "task_setnice": lambda: [Number("arg.nice", "int", [-20, 0, 19], **SIGNED)] + targeted(),
    "ptrace_access_check": lambda: targeted() + [Number("arg.mode", "int", [1, 2, 16])],
    "capable": lambda: [Constant("cap", "cap", CAPS), Number("arg.opts", "int", [0, 2, 4])],
    "bprm_check_security": lambda: [Path("path", "path"), Path("path", "path"), Number("file.owner", "uid", UIDS), Number("arg.bprm.secureexec", "int", [0, 1], 0, 1), Number("arg.bprm.argc", "int", [0, 1, -1], **SIGNED)],
    "sb_mount": lambda: [Word("mount.source", ["/dev/sda1", "tmpfs", "proc"], absent="source"), Word("mount.fstype", ["ext4", "tmpfs", "proc"], absent="type"), Path("mount.target"),
                         Flags("mount.flags", "mount", ["MS_RDONLY", "MS_NOSUID", "MS_BIND", "MS_REMOUNT"])],
    "kernel_module_request": lambda: [Word("module", ["net-pf-29", "fs-ext4", "fs-nfs4", "char-major-10-200"])],
    "key_alloc": lambda: [Word("key.type", ["user", "logon", "keyring"]), Word("key.description", ["a:b", "secret", "_ses"]), Number("key.uid", "uid", UIDS)],
    "bpf": lambda: [Number("bpf.cmd", "int", [0, 5, 18], **SIGNED), Number("arg.size", "int", [0, 120])],
}
# Of which more can be asked than of others: they stand in more policies.
RICH = ["file_open", "mmap_file", "path_link", "path_rename", "socket_connect", "task_kill"]
DONE = {"exe", "ancestor.exe", "script"}  # by execs
TOLD_BY_HELPERS = {"uid", "gid"}
TWO_PATHS = {"path_rename", "path_link"}
# Pointers of the hooks, of which an event can say null only.
POINTERS = {"file_open": Pointer("arg.file.private_data"), "inode_permission": Pointer("arg.inode.i_private", behind="inode"), "task_kill": Pointer("arg.p.io_context")}


def attributes(hook):
    found = HOOKS[hook]()
    return found + ([POINTERS[hook]] if hook in POINTERS else [])
