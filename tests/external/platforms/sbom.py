#!/usr/bin/env python3
"""Checks a bill of materials: against the schema of CycloneDX, with a library that did not write it, and against what Cargo itself says
is in the program: the same crates, each with its version and licence.

usage: sbom.py FILE < list      each line of the list is NAME vVERSION, as `cargo tree` writes it
"""

import json
import os
import sys

from cyclonedx.schema import SchemaVersion
from cyclonedx.validation.json import JsonStrictValidator


def main():
    with open(sys.argv[1], encoding="utf-8") as stream:
        text = stream.read()
    fault = JsonStrictValidator(SchemaVersion.V1_5).validate_str(text)
    if fault is not None:
        sys.exit(f"{sys.argv[1]} is no CycloneDX 1.5: {fault}")
    sbom = json.loads(text)
    if sbom["metadata"]["component"]["name"] != "clearshare":
        sys.exit("the bill of materials is that of something else")
    listed = {(part["name"], part["version"]): part for part in sbom["components"]}
    expected = set()
    for line in sys.stdin:
        name, version, *_ = line.split()
        expected.add((name, version.removeprefix("v")))
    expected = {part for part in expected if part[0] != "clearshare"}
    if not expected or set(listed) != expected:
        missing, more = sorted(expected - set(listed)), sorted(set(listed) - expected)
        sys.exit(f"the bill of materials lacks {missing}, and has {more} that are not in the program")
    unlicensed = [name for (name, _), part in listed.items() if not part.get("licenses")]
    unnamed = [name for (name, version), part in listed.items() if not part["purl"].startswith(f"pkg:cargo/{name}@{version}")]
    if unlicensed or unnamed:
        sys.exit(f"without a licence: {unlicensed}; with another name: {unnamed}")
    known = {part["bom-ref"] for part in sbom["components"]} | {sbom["metadata"]["component"]["bom-ref"]}
    for entry in sbom["dependencies"]:
        strangers = {entry["ref"], *entry.get("dependsOn", [])} - known
        if strangers:
            sys.exit(f"a dependency of what is not listed: {sorted(strangers)}")
    if os.getcwd() in text:
        sys.exit("the bill of materials says in which folder it was made")
    print(f"{len(listed)} crates in the bill of materials, as in the program")


main()
