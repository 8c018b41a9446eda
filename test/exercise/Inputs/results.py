"""Test results on standard input, told in lines: results.py json|junit|replay"""
import json
import os
import sys
import xml.etree.ElementTree

if sys.argv[1] == "json":
    document = json.load(sys.stdin)
    assert document["schema"] == "lsmpc-tests" and document["version"] == 1
    for test in document["tests"]:
        print(f"{test['file']}:{test['line']} {test['name']}: passed {','.join(test['passed']) or '-'}, failed {','.join(test['failed']) or '-'}" + "".join(": " + one for one in test["failures"]))
    for rule in document["rules"]:
        print(f"{rule['file']}:{rule['line']} hits {rule['hits']}")
    for one in document["conditions"]:
        can = "" if one["can_be_unresolved"] else ", never unresolved"
        print(f"{one['file']}:{one['line']}:{one['column']} {one['text']}: {one['true']} true, {one['false']} false, {one['unresolved']} unresolved{can}")
    print(f"coverage {document['coverage']['seen']} of {document['coverage']['of']}")
elif sys.argv[1] == "replay":
    document = json.load(sys.stdin)
    assert document.pop("schema") == "lsmpc-replay" and document.pop("version") == 1
    print(f"{document.pop('events')} events: " + ", ".join(f"{value} {name}" for name, value in document.items() if isinstance(value, int)))
    for one in document["rules"]:
        print(f"{os.path.basename(one['file'])}:{one['line']} denies {one['events']}, newly {one['newly']}: {one['sample']['hook']}")
    for one in document["unsaid"]:
        print(f"{', '.join(one['attributes'])} is not said for {os.path.basename(one['file'])}:{one['line']}: {one['events']} {one['sample']['hook']}")
else:
    root = xml.etree.ElementTree.parse(sys.stdin).getroot()
    print(f"{root.get('tests')} tests, {root.get('failures')} failures")
    for case in root.iter("testcase"):
        failure = case.find("failure")
        print(case.get("name") + (" failed: " + failure.text if failure is not None else ""))
