"""A policy of so many rules, each of which decides in a case; of the last no case sees its condition false. Usage: many.py NUMBER"""
import sys

numbers = range(1, int(sys.argv[1]) + 1)
print("policy many", *(f"on file_open when uid == {i} deny" for i in numbers), sep="\n")
print('test "each"\n  given file_open {}\n  cases { uid }', *(f"    {{ {i} }} expect deny" for i in numbers), sep="\n")
