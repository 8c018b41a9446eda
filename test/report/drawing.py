"""Reads a drawing of `lsmpc explain --graph` and holds it to what stands on paper: it is XML, every text is within its box or, of an arrow, apart from all, no box is over another, and
every arrow goes down. Usage: drawing.py < SVG"""
import re
import sys
import xml.etree.ElementTree as ElementTree

SVG = "{http://www.w3.org/2000/svg}"
ADVANCE = {"": 7.85, "says": 6.65}  # of a character, in pixels: 13 and 11 high, monospace


class Area:
    def __init__(self, left, top, width, height):
        self.left, self.top, self.right, self.bottom = left, top, left + width, top + height

    def holds(self, other):
        return self.left <= other.left and self.top <= other.top and other.right <= self.right and other.bottom <= self.bottom

    def meets(self, other):
        return self.left < other.right and other.left < self.right and self.top < other.bottom and other.top < self.bottom


def number(element, name):
    return float(element.get(name))


def text_area(text):
    width = ADVANCE[text.get("class", "")] * len(text.text)
    left = number(text, "x") - (width if text.get("text-anchor") == "end" else 0)
    return Area(left, number(text, "y") - 10, width, 13)


def main():
    root = ElementTree.parse(sys.stdin.buffer).getroot()
    whole, wrong = Area(0, 0, number(root, "width"), number(root, "height")), []
    groups = [group for group in root if group.tag == SVG + "g"]
    boxes = [(Area(*(number(rect, name) for name in ("x", "y", "width", "height"))), group) for group in groups for rect in group.iter(SVG + "rect")]
    says = [text_area(text) for text in root if text.tag == SVG + "text"]
    wrong += [f"box {i} leaves the drawing" for i, (box, _) in enumerate(boxes) if not whole.holds(box)]
    wrong += [f"box {i} is over {j}" for i, (box, _) in enumerate(boxes) for j in range(i) if box.meets(boxes[j][0])]
    wrong += [f"a text leaves box {i}" for i, (box, group) in enumerate(boxes) for text in group.iter(SVG + "text") if not box.holds(text_area(text))]
    wrong += [f"words of an arrow are over box {i}" for i, (box, _) in enumerate(boxes) for text in says if box.meets(text)]
    wrong += [f"words of arrows {i} and {j} are over each other" for i in range(len(says)) for j in range(i) if says[i].meets(says[j])]
    arrows = [path for path in root if path.get("class") == "arrow"]
    for arrow in arrows:
        points = [tuple(map(int, point.split())) for point in re.split("[ML]", arrow.get("d"))[1:]]
        wrong += [f"an arrow goes up: {points}"] if any(after[1] < before[1] for before, after in zip(points, points[1:])) or points[0][1] >= points[-1][1] else []
    wrong += ["no style"] if root.find(SVG + "style") is None else []
    wrong += ["no title"] if root.find(SVG + "title") is None else []
    print(*wrong, f"{len(boxes)} boxes, {len(arrows)} arrows, {len(wrong)} wrong", sep="\n")
    return 1 if wrong or not boxes or not arrows else 0


sys.exit(main())
