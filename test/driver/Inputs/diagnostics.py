"""One line for each diagnostic of a JSON report. Usage: diagnostics.py FILE"""
import json
import sys

report = json.load(open(sys.argv[1]))
print(f"schema {report['schema']} version {report['version']}, {len(report['diagnostics'])} diagnostics")
for d in report["diagnostics"]:
    print(f"{d['code']} {d['file']} {d['line']}:{d['column']}-{d['end_line']}:{d['end_column']} hint={d['hint']!r} notes={len(d['notes'])}")
