"""Follows a page: writes the files that it shows (`NAME`: and a block) and runs each `$ COMMAND` of its console blocks there. The output begins with the lines below the command; `exit N` is the status if it is not 0.
Usage: check_commands.py PAGE FOLDER"""
import os
import re
import shutil
import subprocess
import sys


def main(page, folder):
    text = open(page).read()
    shutil.rmtree(folder, ignore_errors=True)
    os.makedirs(folder)
    for name, content in re.findall(r"^`([\w.-]+)`:\n\n```\w+\n(.*?)^```", text, re.M | re.S):
        open(os.path.join(folder, name), "w").write(content)
    commands = [one for block in re.findall(r"^```console\n(.*?)^```", text, re.M | re.S) for one in re.split(r"^\$ ", block, flags=re.M)[1:]]
    wrong = 0
    for command, _, shown in (one.partition("\n") for one in commands):
        result = subprocess.run(["bash", "-c", command], cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, stdin=subprocess.DEVNULL)
        expected, status = re.subn(r"^exit (\d+)\n\Z", "", shown, flags=re.M)
        wanted = int(re.search(r"exit (\d+)\n\Z", shown)[1]) if status else 0
        if result.returncode != wanted or sorted(expected.splitlines()) != sorted(result.stdout.splitlines()[:len(expected.splitlines())]):
            wrong += 1
            print(f"$ {command}\n{result.stdout}exit {result.returncode}, not as on the page")
    print(f"{len(commands)} commands, {wrong} are not as on the page")
    return 1 if wrong or not commands else 0


sys.exit(main(*sys.argv[1:]))
