"""A program's manual page, from its own --help. Usage: man_page.py BINARY SECTION DESCRIPTION SEE_ALSO OUT.gz

DESCRIPTION is a file: a line of what the program is, an empty line, paragraphs. Nothing of the page is of this machine or of today."""
import gzip
import os
import sys

import command_help

EXIT_STATUS = [("0", "done"), ("1", "the policy or object is at fault"), ("2", "the host is at fault"), ("64", "the command line"),
               ("70", "the program itself")]
LITERAL = str.maketrans({"\\": r"\e", "-": r"\-", "'": r"\(aq", "`": r"\(ga", "~": r"\(ti", "^": r"\(ha"})


def prose(text):
    text = text.replace("\\", r"\e")
    return r"\&" + text if text[:1] in (".", "'") else text


def literal(text):
    return text.translate(LITERAL)


def code(text):
    return [".EX", r"\&" + literal(text), ".EE"]


def option(one):
    flags = ", ".join(rf"\fB{literal(flag)}\fR" for flag in one.flags)
    return [".TP", f"{flags} {literal(one.value)}".rstrip(), prose(one.meaning)]


def command(program, one):
    arguments = literal(one.synopsis.removeprefix(one.name).strip())
    lines = [f".SS {one.name}", rf"\fB{program} {one.name}\fR {arguments}".rstrip(), ".PP", prose(one.summary[:1].upper() + one.summary[1:]) + "."]
    for each in one.options:
        lines += option(each)
    return [*lines, ".PP", "Example:", ".PP", *code(f"{program} {one.example}")]


def page(program, section, description, see_also):
    summary, _, paragraphs = description.partition("\n\n")
    lines = [f'.TH {program.name.upper()} {section} "" "{program.name} {program.version}"', ".SH NAME", rf"{program.name} \- {prose(summary)}", ".SH SYNOPSIS",
             rf"\fB{program.name}\fR \fICOMMAND\fR [\fIARGUMENTS\fR...]", ".SH DESCRIPTION"]
    for paragraph in paragraphs.strip().split("\n\n"):
        lines += [".PP", prose(" ".join(paragraph.split()))]
    for group in program.groups:
        lines.append(f'.SH "{(group.title or "commands").upper()}"')
        for one in group.commands:
            lines += command(program.name, one)
    lines.append(".SH EXIT STATUS")
    for status, meaning in EXIT_STATUS:
        lines += [".TP", status, meaning]
    lines += [".SH FILES", ".TP", r"\fI/sys/fs/bpf/lsmp\fR", "what is in force, pinned in the kernel", ".SH SEE ALSO", see_also]
    return "\n".join(lines) + "\n"


def main(binary, section, description, see_also, out):
    program = command_help.read(binary, os.path.basename(binary))
    with open(description) as file:
        text = page(program, section, file.read(), see_also)
    with open(out, "wb") as file:
        file.write(gzip.compress(text.encode(), 9, mtime=0))


main(*sys.argv[1:])
