"""Trims a kernel's BTF to what policies can reach: trim.py IN.btf OUT.btf

Kept: the LSM hooks' prototypes (functions bpf_lsm_*), union security_list_options, every type reachable from the hooks' arguments, from
ROOTS and from enums whose name starts with bpf_. Function pointers become pointers to void: policies call nothing."""
import struct
import sys

INT, PTR, ARRAY, STRUCT, UNION, ENUM, FWD, TYPEDEF, VOLATILE, CONST, RESTRICT, FUNC, PROTO, VAR, DATASEC, FLOAT, DECL_TAG, TYPE_TAG, ENUM64 = range(1, 20)
ROOTS = {"security_list_options", "task_struct", "cred", "mount", "mnt_namespace", "dentry", "inode", "super_block", "vfsmount", "file", "sock",
         "socket", "sockaddr", "linux_binprm", "path", "mnt_idmap", "user_namespace",
         "sockaddr_in", "sockaddr_in6", "sockaddr_un", "inet_sock", "tcp_sock", "udp_sock", "unix_sock"}  # what `cast` leads to
ENTRY = {INT: "I", ARRAY: "III", VAR: "I", DECL_TAG: "i"}
ITEM = {STRUCT: "III", UNION: "III", ENUM: "Ii", PROTO: "II", DATASEC: "III", ENUM64: "III"}
REFERS = {PTR, TYPEDEF, VOLATILE, CONST, RESTRICT, FUNC, TYPE_TAG}


def read(data):
    magic, version, flags, header, type_off, type_len, str_off, str_len = struct.unpack_from("<HBBIIIII", data)
    if magic != 0xEB9F:
        sys.exit("trim: not BTF")
    strings = data[header + str_off:header + str_off + str_len]
    types, at, end = [None], header + type_off, header + type_off + type_len
    while at < end:
        name, info, size = struct.unpack_from("<III", data, at)
        at += 12
        kind, count = info >> 24 & 31, info & 0xFFFF
        layout = ENTRY.get(kind) or ITEM.get(kind, "")
        repeat = count if kind in ITEM else 1 if kind in ENTRY else 0
        items = []
        for _ in range(repeat):
            items.append(list(struct.unpack_from("<" + layout, data, at)))
            at += struct.calcsize("<" + layout)
        types.append([name, info, size, items, kind])
    return types, lambda offset: strings[offset:strings.index(b"\0", offset)].decode()


def referred(types, index):
    """The places in a type that hold ids of other types, as (container, key)."""
    entry = types[index]
    kind = entry[4]
    if kind in REFERS:
        yield entry, 2
    elif kind == ARRAY:
        yield entry[3][0], 0
        yield entry[3][0], 1
    elif kind in (STRUCT, UNION, PROTO):
        for item in entry[3]:
            yield item, 1
        if kind == PROTO:
            yield entry, 2


def main(source, target):
    types, text = read(open(source, "rb").read())
    for entry in types[1:]:
        if entry[4] == PTR and entry[2] and types[entry[2]][4] == PROTO:
            entry[2] = 0
    open_list = [i for i, t in enumerate(types) if t and (
        (t[4] in (STRUCT, UNION) and text(t[0]) in ROOTS) or (t[4] == FUNC and text(t[0]).startswith("bpf_lsm_")) or
        (t[4] in (ENUM, ENUM64) and text(t[0]).startswith("bpf_")))]
    kept = set(open_list)
    while open_list:
        for holder, key in referred(types, open_list.pop()):
            if holder[key] and holder[key] not in kept:
                kept.add(holder[key])
                open_list.append(holder[key])
    order = sorted(kept)
    number = {old: new for new, old in enumerate(order, 1)}
    number[0] = 0
    strings, offsets = bytearray(b"\0"), {"": 0}

    def intern(offset):
        word = text(offset)
        if word not in offsets:
            offsets[word] = len(strings)
            strings.extend(word.encode() + b"\0")
        return offsets[word]

    body = bytearray()
    for old in order:
        for holder, key in referred(types, old):
            holder[key] = number[holder[key]]
        name, info, size, items, kind = types[old]
        body += struct.pack("<III", intern(name), info, size)
        for item in items:
            if kind in (STRUCT, UNION, ENUM, ENUM64, PROTO):
                item[0] = intern(item[0])
            body += struct.pack("<" + (ENTRY.get(kind) or ITEM[kind]), *item)
    header = struct.pack("<HBBIIIII", 0xEB9F, 1, 0, 24, 0, len(body), len(body), len(strings))
    open(target, "wb").write(header + body + strings)
    print(f"{len(types) - 1} types to {len(order)}, {len(header) + len(body) + len(strings)} bytes")


main(*sys.argv[1:])
