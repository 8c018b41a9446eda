"""Holds a page of `lsmpc report` to what a browser, a reader and a strict policy need: every element closed where it should be, ids that are there once, links that lead somewhere,
nothing from elsewhere and nothing that runs, headings without a gap, texts that can be told from their ground. Usage: page.py FILE"""
import re
import sys
from html.parser import HTMLParser

VOID = {"meta", "br", "hr", "img", "input", "link"}
REFUSED = {"script", "link", "iframe", "object", "embed", "img", "form", "base"}
POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"
# Of the style sheet: a text's colour and that of what it stands on.
PAIRS = [("ink", "paper"), ("quiet", "paper"), ("link", "paper"), ("record-ink", "paper"), ("ink", "box"), ("quiet", "box"), ("refuse-ink", "refuse"),
         ("permit-ink", "permit"), ("record-ink", "record")]


class Page(HTMLParser):
    def __init__(self):
        super().__init__(convert_charrefs=True)
        self.wrong, self.open, self.ids, self.links, self.levels, self.csp, self.style = [], [], [], [], [], None, ""
        self.elements, self.captions, self.titled = 0, 0, 0

    def handle_starttag(self, tag, attributes):
        self.begin(tag, attributes)
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag, attributes):
        self.begin(tag, attributes)

    def begin(self, tag, attributes):
        self.elements += 1
        given = dict(attributes)
        if tag in REFUSED:
            self.wrong.append(f"an element <{tag}>")
        for name, value in attributes:
            if name.startswith("on") or name in ("style", "src", "srcset", "action"):
                self.wrong.append(f"an attribute {name} of <{tag}>")
            if name == "href" and not (value or "").startswith("#"):
                self.wrong.append(f"a link to {value}")
        if len(given) != len(attributes):
            self.wrong.append(f"an attribute twice in <{tag}>")
        if "id" in given:
            self.ids.append(given["id"])
        self.links += [given["href"][1:]] if given.get("href", "").startswith("#") else []
        self.links += given.get("aria-labelledby", "").split()
        if re.fullmatch(r"h[1-6]", tag):
            self.levels.append(int(tag[1]))
        if tag == "meta" and given.get("http-equiv") == "Content-Security-Policy":
            self.csp = given["content"]
        self.captions += (tag == "caption") - (tag == "table")
        if tag == "html" and given.get("lang") != "en":
            self.wrong.append("no language")
        if tag == "svg" and not given.get("aria-labelledby"):
            self.wrong.append("a drawing without a title")

    def handle_endtag(self, tag):
        if not self.open or self.open[-1] != tag:
            self.wrong.append(f"</{tag}> at {self.getpos()} closes {self.open[-1:]}")
        if tag in self.open:
            while self.open.pop() != tag:
                pass

    def handle_data(self, text):
        if self.open and self.open[-1] == "style":
            self.style += text


def luminance(colour):
    parts = [int(colour[i:i + 2], 16) / 255 for i in (1, 3, 5)]
    parts = [part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]


def pale(style):
    """Pairs below 4.5 : 1, as WCAG 2 counts contrast (AA), in light, dark and print."""
    for number, block in enumerate(re.findall(r":root\s*\{(.*?)\}", style, re.S)):
        colours = dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6});", block))
        for text, ground in PAIRS:
            light, dark = sorted((luminance(colours[text]), luminance(colours[ground])), reverse=True)
            if (light + 0.05) / (dark + 0.05) < 4.5:
                yield f"scheme {number}: {text} on {ground} is too pale"


def main(path):
    text = open(path, "rb").read().decode()  # strict: it is UTF-8
    page = Page()
    page.feed(text)
    page.close()
    wrong = page.wrong + [f"<{tag}> is not closed" for tag in page.open] + list(pale(page.style))
    wrong += [f"id {one} is there {page.ids.count(one)} times" for one in sorted(set(page.ids)) if page.ids.count(one) > 1]
    wrong += [f"nothing is called {one}" for one in sorted(set(page.links) - set(page.ids))]
    wrong += [f"a heading {after} after {before}" for before, after in zip([0] + page.levels, page.levels) if after > before + 1]
    wrong += ["not one title of the page"] if page.levels.count(1) != 1 else []
    wrong += ["a table without a caption"] if page.captions else []
    wrong += [f"its security policy is {page.csp}"] if page.csp != POLICY else []
    wrong += ["no doctype"] if not text.startswith("<!DOCTYPE html>\n") else []
    wrong += ["an address of elsewhere"] if re.search(r"https?://|url\(|@import", page.style) else []
    if len(page.style) < 1000:
        wrong.append("no style sheet")
    print(*wrong, f"{page.elements} elements, {len(page.links)} links, {len(wrong)} wrong", sep="\n")
    return 1 if wrong or not page.elements or not page.links else 0


sys.exit(main(*sys.argv[1:]))
