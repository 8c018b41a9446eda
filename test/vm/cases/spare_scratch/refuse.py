"""Usage: refuse.py OBJECT [FUNCTION]: puts NULL in place of each call of bpf_task_storage_get in the object, or in that function of it."""
import struct
import sys

CALL = struct.pack("<BBhi", 0x85, 0, 0, 156)  # bpf_task_storage_get
NULL = struct.pack("<BBhi", 0xB7, 0, 0, 0)  # r0 = 0
SYMBOLS, EXECUTABLE = 2, 4  # sh_type, sh_flags


def sections(image):
    begin, = struct.unpack_from("<Q", image, 40)
    count, = struct.unpack_from("<H", image, 60)
    for i in range(count):
        _, kind, flags, _, offset, size, link = struct.unpack_from("<IIQQQQI", image, begin + 64 * i)
        yield kind, flags, offset, size, link


def functions(image, name):
    """Where the bytes of the functions of that name are."""
    known = list(sections(image))
    for kind, _, offset, size, link in known:
        for at in range(offset, offset + size, 24) if kind == SYMBOLS else ():
            word, _, _, section, value, length = struct.unpack_from("<IBBHQQ", image, at)
            text = known[link][2] + word
            if image[text:image.index(b"\0", text)].decode() == name:
                yield known[section][2] + value, length


def main(path, only):
    image = bytearray(open(path, "rb").read())
    code = [(offset, size) for _, flags, offset, size, _ in sections(image) if flags & EXECUTABLE]
    calls = 0
    for begin, size in list(functions(image, only)) if only else code:
        for at in range(begin, begin + size, 8):
            if image[at:at + 8] == CALL:
                image[at:at + 8] = NULL
                calls += 1
    open(path, "wb").write(image)
    if not calls:
        sys.exit(f"{path}: no call of bpf_task_storage_get")


main(sys.argv[1], sys.argv[2] if len(sys.argv) > 2 else None)
