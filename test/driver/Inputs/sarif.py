"""Holds a SARIF log to a JSON schema and to what a schema cannot say, then prints it in short. Usage: sarif.py SCHEMA LOG"""
import json
import sys
import urllib.parse

import jsonschema


def place(location):
    file, region = location["artifactLocation"], location["region"]
    return f"{urllib.parse.unquote(file['uri'])} {region['startLine']}:{region['startColumn']}-{region['endLine']}:{region['endColumn']}"


def text_in(location):
    """What a reader takes the region for: columns are UTF-16 code units, the end is the place after it."""
    if location["artifactLocation"].get("uriBaseId") != "%SRCROOT%":
        return ""
    lines = open(urllib.parse.unquote(location["artifactLocation"]["uri"]), "rb").read().decode().split("\n")
    region = location["region"]
    first = lines[region["startLine"] - 1].encode("utf-16-le")
    end = region["endColumn"] if region["endLine"] == region["startLine"] else len(first) // 2 + 1
    return " `" + first[2 * (region["startColumn"] - 1):2 * (end - 1)].decode("utf-16-le") + "`"


def main(schema, path):
    log = json.load(open(path))
    jsonschema.Draft7Validator(json.load(open(schema, encoding="utf-8-sig"))).validate(log)
    run = log["runs"][0]
    driver, invocation = run["tool"]["driver"], run["invocations"][0]
    print("exit", invocation["exitCode"], "successful" if invocation["executionSuccessful"] else "failed")
    print("files", *[urllib.parse.unquote(one["location"]["uri"], errors="backslashreplace") for one in run["artifacts"]])
    for notice in invocation.get("toolExecutionNotifications", []):
        if "descriptor" in notice:
            assert driver["notifications"][notice["descriptor"]["index"]]["id"] == notice["descriptor"]["id"]
        print("notification", notice["level"], notice["message"]["text"])
    for result in run["results"]:
        assert driver["rules"][result["ruleIndex"]]["id"] == result["ruleId"], result
        assert driver["rules"][result["ruleIndex"]]["defaultConfiguration"]["level"] == result["level"], result
        where = result["locations"][0]["physicalLocation"]
        print(result["level"], result["ruleId"], place(where) + text_in(where), result["message"]["text"])
        for one in result.get("relatedLocations", []):
            print("  note", place(one["physicalLocation"]) + text_in(one["physicalLocation"]), one["message"]["text"])
        for fix in result.get("fixes", []):
            change = fix["artifactChanges"][0]
            for one in change["replacements"]:
                print("  fix", place({"artifactLocation": change["artifactLocation"], "region": one["deletedRegion"]}), one["insertedContent"]["text"])


main(*sys.argv[1:])
