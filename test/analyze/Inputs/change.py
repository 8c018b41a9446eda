"""A copy of an object in which texts of its manifest are others of the same length: change.py OBJECT COPY OLD NEW…"""
import sys

given, copy, *texts = sys.argv[1:]
data = open(given, "rb").read()
for old, new in zip(texts[::2], texts[1::2]):
    old, new = old.encode(), new.encode()
    assert len(old) == len(new), (old, new)
    data = data.replace(old, new)
open(copy, "wb").write(data)
