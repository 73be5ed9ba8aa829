#!/usr/bin/env python3
"""No script of a GitHub workflow or action reads an expression: `${{ … }}` in a script runs what somebody else wrote. zizmor knows
which expressions are dangerous; this allows none.

usage: runs.py FILE…
"""

import sys

import yaml


def scripts(at):
    if isinstance(at, dict):
        for key, value in at.items():
            if key in ("run", "script", "bash") and isinstance(value, str):
                yield value
            else:
                yield from scripts(value)
    elif isinstance(at, list):
        for value in at:
            yield from scripts(value)


found = 0
for file in sys.argv[1:]:
    with open(file, encoding="utf-8") as stream:
        for script in scripts(yaml.safe_load(stream)):
            found += 1
            if "${{" in script:
                sys.exit(f"{file}: a script reads an expression:\n{script}")
if found == 0:
    sys.exit("there are no scripts")
print(f"{found} scripts, none of which reads an expression")
