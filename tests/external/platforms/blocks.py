#!/usr/bin/env python3
"""Prints the fenced block of a Markdown file whose first line is ```LANGUAGE; there must be one such block.

usage: blocks.py FILE LANGUAGE      for example: blocks.py docs/ci.md 'yaml github'
"""

import sys


def blocks(text, language):
    """Each block of that language, as its lines."""
    found, inside = [], None
    for line in text.splitlines():
        if inside is not None:
            if line == "```":
                found.append(inside)
                inside = None
            else:
                inside.append(line)
        elif line == f"```{language}":
            inside = []
    return found


def main():
    file, language = sys.argv[1:]
    with open(file, encoding="utf-8") as stream:
        found = blocks(stream.read(), language)
    if len(found) != 1:
        sys.exit(f"{file} has {len(found)} blocks of {language}")
    print("\n".join(found[0]))


if __name__ == "__main__":
    main()
