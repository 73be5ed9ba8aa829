"""Reads CSV files with Python's own reader, strictly: each row has as many cells as the first, and no cell is a formula.

    rows.py FILE…
"""

import csv
import sys

FORMULA = ("=", "+", "-", "@", "\t", "\r")

for path in sys.argv[1:]:
    with open(path, encoding="utf-8", newline="") as file:
        rows = list(csv.reader(file, strict=True))
    if len(rows) < 2:
        sys.exit(f"{path}: there is nothing but a head")
    for number, row in enumerate(rows, 1):
        if len(row) != len(rows[0]):
            sys.exit(f"{path}: row {number} has {len(row)} cells, and the first has {len(rows[0])}")
        for cell in row:
            if cell.lstrip().startswith(FORMULA):
                sys.exit(f"{path}: row {number} has a formula: {cell!r}")
print(f"{len(sys.argv) - 1} CSV files are read as they were written")
