"""Checks what a terminal showed: no line is wider than it, other than web addresses, and it is what was written.

    lines.py COLUMNS SHOWN WRITTEN
"""

import re
import sys
import unicodedata

COLOUR = re.compile("\x1b\\[[0-9;]*m")


def width(line):
    return sum(
        0 if unicodedata.combining(c) or unicodedata.category(c) == "Cf" else 2 if unicodedata.east_asian_width(c) in "WF" else 1
        for c in line
    )


def lines(path):
    with open(path, encoding="utf-8", newline="") as file:
        text = COLOUR.sub("", file.read()).replace("\r\n", "\n")
    assert "\x1b" not in text, f"{path}: an escape that is no colour"
    return [line.rstrip() for line in text.rstrip().split("\n")]


def main():
    columns, shown, written = int(sys.argv[1]), lines(sys.argv[2]), lines(sys.argv[3])
    assert any(shown), "nothing was shown"
    for line in shown:
        if width(line) > columns and not re.fullmatch(r" *https?://\S+", line):
            sys.exit(f"wider than {columns} columns: {line!r}")
    for number, (seen, said) in enumerate(zip(shown, written), 1):
        if seen != said:
            sys.exit(f"line {number} is shown as {seen!r}, but was written as {said!r}")
    if len(shown) != len(written):
        sys.exit(f"{len(shown)} lines are shown, but {len(written)} were written")


main()
