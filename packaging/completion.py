"""A program's completion for bash, from its own --help. Usage: completion.py BINARY OUT"""
import os
import re
import sys

import command_help

SCRIPT = """# bash completion of {program}, made from its --help
_{program}() {{
  local word=${{COMP_WORDS[COMP_CWORD]}} before=${{COMP_WORDS[COMP_CWORD - 1]}} words=
  if [ "$COMP_CWORD" = 1 ]; then
    words="{commands} --help --version"
  else
    case "${{COMP_WORDS[1]}} $before" in
{choices}
    esac
    [ -n "$words" ] || [ "${{word#-}}" = "$word" ] || case "${{COMP_WORDS[1]}}" in
{options}
    esac
  fi
  COMPREPLY=()
  [ -z "$words" ] || mapfile -t COMPREPLY < <(compgen -W "$words" -- "$word")
}}
complete -o default -F _{program} {program}
"""


def choices(command):
    """(option, its words) as the synopsis has them: --format text|json."""
    return re.findall(r"(--[\w-]+)[ =]([a-z]+(?:\|[a-z]+)+)", command.synopsis)


def script(program):
    cases = [f'      "{one.name} {option}") words="{words.replace("|", " ")}" ;;' for one in program.commands() for option, words in choices(one)]
    options = [f'      {one.name}) words="{" ".join(flag for option in one.options for flag in option.flags if flag.startswith("--"))}" ;;'
               for one in program.commands() if one.options]
    return SCRIPT.format(program=program.name, commands=" ".join(one.name for one in program.commands()), choices="\n".join(cases),
                         options="\n".join(options))


def main(binary, out):
    with open(out, "w") as file:
        file.write(script(command_help.read(binary, os.path.basename(binary))))


main(*sys.argv[1:])
