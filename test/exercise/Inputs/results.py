"""Test results on standard input, told in lines: results.py json|junit"""
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
else:
    root = xml.etree.ElementTree.parse(sys.stdin).getroot()
    print(f"{root.get('tests')} tests, {root.get('failures')} failures")
    for case in root.iter("testcase"):
        failure = case.find("failure")
        print(case.get("name") + (" failed: " + failure.text if failure is not None else ""))
