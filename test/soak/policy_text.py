"""A policy file's tokens and comments, read by a scanner of our own, and random layouts of them."""
import re
from typing import NamedTuple

PIECE = re.compile(r'(?P<space>[ \t\r\n]+)|(?P<comment>#[^\r\n]*)|(?P<token>"(?:[^"\\\r\n]|\\[^\r\n])*"|[0-9a-fA-F:]*:[0-9a-fA-F]*:[0-9a-fA-F:.]*(?:/\d+)?'
                   r'|\d+\.\d+\.\d+\.\d+(?:/\d+)?|\d+/[a-zA-Z]+|\w+|==|!=|<=|>=|!~|\.\.|[-<>~=.,:&|*(){}\[\]])')
SPACES = ["", " ", "  ", "\t", "\n", "\n  ", "\r\n", "\n\n\n\t", " \n \n", "\n\n"]
COMMENTS = ["#", "# a", "# a, b }", '# "x', "## doc", "#: (", "# é ≤ 日本", "# { not", "#\tb  ", "# trailing \t"]


class Piece(NamedTuple):
    text: str  # of a comment without white space at its end
    trailing: bool  # something stands before it on its line
    starts: bool  # nothing does, and it begins a statement or ends a block

    def is_comment(self):
        return self.text.startswith("#")


STARTS = {"policy", "use", "let", "set", "on", "attribute", "group", "scope", "template", "test", "assert"}


def pieces(text):
    """Tokens and comments in order; nothing for a text that the scanner does not know."""
    found, at, fresh = [], 0, True
    text = text.removeprefix("\ufeff")
    while at < len(text):
        match = PIECE.match(text, at)
        if not match:
            return None
        at = match.end()
        if match["space"]:
            fresh = fresh or "\n" in match["space"] or "\r" in match["space"]
            continue
        word = match[0].rstrip() if match["comment"] else match[0]
        starts = fresh and (word in STARTS or word == "}" or (word.isidentifier() and text[at:].lstrip().startswith("(")))
        found.append(Piece(word, not fresh, starts))
        fresh = False
    return found


def said(found):
    """What a layout must not change: the tokens and comments in order, without the commas, and the tokens with them but for a set's last."""
    tokens = [piece.text for piece in found if not piece.is_comment()]
    kept = [text for text, after in zip(tokens, tokens[1:] + [""]) if not (text == "," and after == "}")]
    return [piece.text for piece in found if piece.text != ","], kept


def comma_fits(tokens, at):
    """Whether a comma may stand before the `}` at `at`: it ends a set that is not empty."""
    depth = 0
    for i in range(at - 1, -1, -1):
        depth += (tokens[i] == "}") - (tokens[i] == "{")
        if depth < 0:
            return i + 1 < at and tokens[at - 1] != "," and (tokens[i - 1] in ("=", "in", "~", "!~", "(", ",", "program", "cgroup", "=="))
    return False


def glues(before, after):
    """Whether two tokens without a space between them stay what they are."""
    joined = pieces(before + after)
    return joined is not None and [piece.text for piece in joined] == [before, after]


def laid_out(rng, found, comments, extra=(), empty_lines=True):
    """The tokens in a random layout. `comments`: how many of a hundred places get one."""
    tokens = [piece for piece in found if not piece.is_comment()]
    texts = [piece.text for piece in tokens]
    text, fresh = "", True  # fresh: at the start of a line
    header = False
    for at, piece in enumerate(tokens):
        if piece.text == "," and at + 1 < len(texts) and texts[at + 1] == "}" and rng.random() < 0.5:
            continue
        if piece.text == "}" and rng.random() < 0.2 and comma_fits(texts, at):
            text, fresh = text + rng.choice([",", " ,", "\n, "]), False
        if piece.starts:
            header = piece.text == "policy"
        space = "" if at == 0 else rng.choice(SPACES if empty_lines else SPACES[:-3])
        if piece.starts and not fresh and "\n" not in space:
            space += "\n"
        if header and not piece.starts:
            space = " "
        elif rng.random() * 100 < comments:
            space += rng.choice(["", " ", "\n", "\n\n"])
            for _ in range(rng.randint(1, 3)):
                space += rng.choice(COMMENTS + list(extra)) + rng.choice(["\n", "\r\n", "\n\n", "\n      ", "\n    \n\t"])
        if space == "" and at and not glues(texts[at - 1], piece.text):
            space = " "
        text += space + piece.text
        fresh = False
    if not empty_lines:
        return text
    end = rng.choice(["", "\n", "\n\n\n", "  "]) if rng.random() * 100 >= comments else rng.choice([" # end", "\n# end", "\n\n# end\n\n"])
    return rng.choice(["", "\n \n", "# head\n", "\ufeff"]) + text + end
