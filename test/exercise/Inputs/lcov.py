"""An LCOV tracefile by the letter of geninfo(1), told in lines; anything else is an error. Usage: lcov.py FILE"""
import os
import re
import sys

text = open(sys.argv[1]).read()
records = re.findall(r"TN:\nSF:(.+)\n((?:BRDA:.*\n)*)BRF:(\d+)\nBRH:(\d+)\n((?:DA:.*\n)+)LF:(\d+)\nLH:(\d+)\nend_of_record\n", text)
assert text == "".join(f"TN:\nSF:{r[0]}\n{r[1]}BRF:{r[2]}\nBRH:{r[3]}\n{r[4]}LF:{r[5]}\nLH:{r[6]}\nend_of_record\n" for r in records) and records, "other lines"
for path, branches, found, hit, lines, lines_found, lines_hit in records:
    taken = [re.fullmatch(r"BRDA:(\d+),(\d+),([01]),(\d+|-)", line).groups() for line in branches.splitlines()]
    counts = [re.fullmatch(r"DA:(\d+),(\d+)", line).groups() for line in lines.splitlines()]
    assert os.path.exists(path), path
    assert int(found) == len(taken) and int(hit) == sum(one[3] not in "-0" for one in taken)
    assert int(lines_found) == len(counts) == len({one[0] for one in counts}) and int(lines_hit) == sum(one[1] != "0" for one in counts)
    assert {one[0] for one in taken} <= {one[0] for one in counts}, "a branch of a line that has no count"
    print(path)
    for number, count in counts:
        blocks = sorted({int(one[1]) for one in taken if one[0] == number})
        assert blocks == list(range(len(blocks)))
        shown = [f", block {block}: " + " ".join(one[3] for one in taken if one[0] == number and int(one[1]) == block) for block in blocks]
        print(f"{number}: {count} hits" + "".join(shown))
