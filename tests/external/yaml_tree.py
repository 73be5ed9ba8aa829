"""Writes YAML files as trees of texts, one line of JSON each, as PyYAML reads them; yaml-tree.cjs writes the same.

A scalar is its text, a list a list, and a mapping {"map": [[key, value], …]}. Nothing is interpreted. With --typed: the values
that a program would be given.
"""

import json
import sys

import yaml


def tree(node):
    if isinstance(node, yaml.ScalarNode):
        return node.value
    if isinstance(node, yaml.SequenceNode):
        return [tree(item) for item in node.value]
    keys = [key.value for key, _ in node.value]
    assert len(keys) == len(set(keys)), f"a key is written twice: {node.start_mark}"
    return {"map": [[tree(key), tree(value)] for key, value in node.value]}


typed = "--typed" in sys.argv
for path in (argument for argument in sys.argv[1:] if argument != "--typed"):
    with open(path, encoding="utf-8") as file:
        text = file.read()
    # As a program would read it, with the values that PyYAML makes of it; then as texts.
    value = yaml.safe_load(text)
    shown = value if typed else tree(yaml.compose(text, Loader=yaml.SafeLoader))
    print(json.dumps(shown, ensure_ascii=False, separators=(",", ":"), default=str))
