#!/usr/bin/env python3
"""Leaves in a bill of materials only the crates that are in the program, and takes out the folder in which it was made.

usage: sbom.py FILE FOLDER < crates      each line of crates is NAME VERSION
"""

import json
import sys


def main():
    file, folder = sys.argv[1:]
    with open(file, encoding="utf-8") as stream:
        sbom = json.loads(stream.read().replace(f"path+file://{folder}#", "path+file:///#"))
    inside = set(sys.stdin.read().splitlines())
    sbom["components"] = [part for part in sbom["components"] if f"{part['name']} {part['version']}" in inside]
    kept = {part["bom-ref"] for part in sbom["components"]} | {sbom["metadata"]["component"]["bom-ref"]}
    sbom["dependencies"] = [entry for entry in sbom["dependencies"] if entry["ref"] in kept]
    for entry in sbom["dependencies"]:
        if "dependsOn" in entry:
            entry["dependsOn"] = [ref for ref in entry["dependsOn"] if ref in kept]
    json.dump(sbom, sys.stdout, indent=2, ensure_ascii=False)
    print()


main()
