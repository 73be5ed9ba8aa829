#!/usr/bin/env python3
"""Does what docs/ci.md tells: a repository with a manifest that passes, a merge request that adds health data and fails at the changed line,
and the lines after which it passes. Each runs ci/action with the program, as the job on GitHub would.

usage: CLEARSHARE_BIN=PROGRAM story.py
"""

import json
import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path

from blocks import blocks

ROOT = Path(__file__).resolve().parents[3]


def change(text, lines):
    """The text after a block of changes, as `diff` marks them: the lines that stay or go, replaced by those that stay or come."""
    if any(line[:1] not in "+- " for line in lines):
        sys.exit(f"docs/ci.md has a change with a line that is not marked: {lines}")
    old = "".join(f"{line[1:]}\n" for line in lines if line[0] != "+")
    new = "".join(f"{line[1:]}\n" for line in lines if line[0] != "-")
    if old == new or f"\n{text}".count(f"\n{old}") != 1:
        sys.exit(f"docs/ci.md changes lines that the manifest does not have once: {old}")
    return f"\n{text}".replace(f"\n{old}", f"\n{new}")[1:]


def job(folder, manifest):
    """The exit status, the annotations, the summary and the SARIF of a job that checks the manifest."""
    for name in ("temp", "workspace"):
        (folder / name).mkdir(parents=True)
    (folder / "workspace" / "data-sharing.yaml").write_text(manifest, encoding="utf-8")
    variables = {
        "PATH": os.environ["PATH"],
        "CLEARSHARE_BIN": os.environ["CLEARSHARE_BIN"],
        "RUNNER_TEMP": str(folder / "temp"),
        "GITHUB_OUTPUT": str(folder / "output"),
        "GITHUB_STEP_SUMMARY": str(folder / "summary"),
        "INPUT_PATHS": ".",
        "INPUT_SARIF_FILE": "clearshare.sarif",
        "INPUT_ARGUMENTS": "--as-of=2026-11-22",
    }
    ran = subprocess.run([ROOT / "ci/action"], cwd=folder / "workspace", env=variables, capture_output=True, text=True, check=False)
    before, _, _ = ran.stdout.partition("::group::")
    sarif = json.loads((folder / "workspace" / "clearshare.sarif").read_text(encoding="utf-8"))
    return ran, re.findall(r"^::(error|warning|notice) ([^:]*)::(.*)$", before, re.MULTILINE), (folder / "summary").read_text(), sarif


def main():
    story = blocks((ROOT / "docs/ci.md").read_text(encoding="utf-8"), "diff")
    if len(story) < 2:
        sys.exit("docs/ci.md tells no story")
    manifest = (ROOT / "examples/official-sensitive-public-cloud.yaml").read_text(encoding="utf-8")
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        ran, _, _, _ = job(folder / "before", manifest)
        if ran.returncode != 0:
            sys.exit(f"the manifest of docs/ci.md does not pass: {ran.stdout}{ran.stderr}")

        manifest = change(manifest, story[0])
        ran, annotations, summary, sarif = job(folder / "merge-request", manifest)
        if ran.returncode != 1:
            sys.exit(f"the merge request of docs/ci.md ends with {ran.returncode}: {ran.stdout}{ran.stderr}")
        line = manifest.splitlines().index(story[0][-1][1:]) + 1
        wanted = re.compile(rf"(^|,)line={line}(,|$)")
        here = [properties for kind, properties, _ in annotations if kind == "error" and wanted.search(properties)]
        if not any("file=data-sharing.yaml" in properties for properties in here):
            sys.exit(f"no error is shown at line {line}, which was changed:\n{ran.stdout}")
        regions = [
            location["physicalLocation"]["region"]["startLine"]
            for result in sarif["runs"][0]["results"]
            for location in result.get("locations", [])
        ]
        if line not in regions:
            sys.exit(f"the SARIF has nothing at line {line}, only at {sorted(set(regions))}")
        if "data-sharing.yaml" not in summary:
            sys.exit(f"the summary does not name the manifest:\n{summary}")

        for lines in story[1:]:
            manifest = change(manifest, lines)
        ran, annotations, _, _ = job(folder / "after", manifest)
        if ran.returncode != 0 or any(kind == "error" for kind, _, _ in annotations):
            sys.exit(f"the merge request does not pass after what docs/ci.md says: {ran.stdout}{ran.stderr}")
    print(f"the story of docs/ci.md: fails at line {line}, then passes")


main()
