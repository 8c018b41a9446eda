"""Writes the files of broken_files.test into this folder."""
import os

FILES = {
    "empty.lsmp": b"",
    "comments.lsmp": b"# nothing\n\n# but comments\n",
    "binary.lsmp": bytes([0xff, 0x45, 0x4c, 0x46, 0, 1, 2, 0x80]) * 512,
    "nul.lsmp": b"# one\non \0file_open deny\n",
    "long.lsmp": b"on file_open when pid == 1 or " + b"pid == 2 or " * (18 * 1024 * 1024 // 12) + b"pid == 3 deny\n",
    "deep.lsmp": b"on file_open when " + b"(" * 100_000 + b"pid == 1" + b")" * 100_000 + b" deny\n",
    "deep_calls.lsmp": b"on file_open when\n" + b"set(\n" * 100_000,
    "indices.lsmp": b"on file_open when arg" + b"[0]" * 300_000 + b" == 1 deny\n",
}
for name, data in FILES.items():
    with open(name, "wb") as out:
        out.write(data)
os.mkdir("folder.lsmp")
os.symlink("loop.lsmp", "loop.lsmp")
