#!/usr/bin/env python3
"""Prints the shell script inside a YAML file, as the platform would run it.

usage: scripts.py FILE KEY…      for example: scripts.py ci/gitlab.yml clearshare script 0
"""

import sys

import yaml


def main():
    file, *keys = sys.argv[1:]
    with open(file, encoding="utf-8") as stream:
        at = yaml.safe_load(stream)
    for key in keys:
        at = at[int(key)] if isinstance(at, list) else at[key]
    if not isinstance(at, str):
        sys.exit(f"{file}: {' '.join(keys)} is no script")
    print(at)


main()
