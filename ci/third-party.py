#!/usr/bin/env python3
"""Writes the notices of the crates that are in the program, as their licences ask: THIRD-PARTY.txt of a release.

usage: ci/third-party.py FILE
"""

import json
import re
import subprocess
import sys
from pathlib import Path

NOTICE = re.compile(r"^(licen[cs]e|copying|notice|copyright|unlicense)", re.IGNORECASE)


def inside(metadata):
    """The packages that are in the program."""
    script = Path(__file__).parent / "crates"
    names = subprocess.run([script], check=True, stdout=subprocess.PIPE, text=True).stdout.splitlines()
    packages = {f"{package['name']} {package['version']}": package for package in metadata["packages"]}
    return [packages[name] for name in names]


def notices(package):
    folder = Path(package["manifest_path"]).parent
    files = sorted(path for path in folder.iterdir() if path.is_file() and NOTICE.match(path.name))
    return [(path.name, path.read_text(encoding="utf-8", errors="replace").strip()) for path in files]


def main():
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    command = ["cargo", "metadata", "--locked", "--format-version", "1"]
    metadata = json.loads(subprocess.run(command, check=True, stdout=subprocess.PIPE).stdout)
    packages = inside(metadata)
    texts = {}  # each text once, with the crates that carry it
    out = ["clearshare contains these crates, each under the licence that it names. The texts of the licences follow.", ""]
    out += [
        "The standard library of Rust: MIT OR Apache-2.0",
        "    by the Rust project's contributors",
        "musl, in the programs for Linux: MIT",
        "    Copyright © 2005-2020 Rich Felker, et al.",
    ]
    for package in packages:
        if not package["license"]:
            sys.exit(f"{package['name']} {package['version']} names no licence")
        title = f"{package['name']} {package['version']}"
        out.append(f"{title}: {package['license']}")
        if package["authors"]:
            out.append(f"    by {', '.join(package['authors'])}")
        for _, text in notices(package):
            texts.setdefault(text, []).append(title)
    for text, titles in sorted(texts.items(), key=lambda item: item[1]):
        out += ["", "=" * 100, ", ".join(titles), "=" * 100, "", text]
    Path(sys.argv[1]).write_text("\n".join(out) + "\n", encoding="utf-8")


main()
