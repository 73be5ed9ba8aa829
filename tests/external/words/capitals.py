"""Finds words in capitals that the word list does not have.

    capitals.py WORDS RULESET…
"""

import re
import sys

import texts


def main():
    path, *rulesets = sys.argv[1:]
    with open(path, encoding="utf-8") as file:
        known = {line.strip() for line in file if not line.startswith("#")}
    found = texts.texts_in(rulesets)
    seen = 0
    faults = []
    for text in found:
        if text.named:
            continue
        # A word in capitals may have a plural s. Codes with digits in them, and what stands in backticks, are no words.
        for word in re.findall(r"(?<![\w`])[A-Z]{2,}(?=s?\b)(?![\w-]*\d)", text.text):
            seen += 1
            if word not in known:
                faults.append(f"{text}: {word} is in capitals, and not in {path}: {text.text[:120]}")
    assert found, "there are no texts"
    if faults:
        sys.exit("\n".join(faults))
    print(f"* {seen} words in capitals, all of them known")


main()
