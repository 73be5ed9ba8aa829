"""Validates JSON files against a JSON Schema, with the validator of the jsonschema project.

    schema.py SCHEMA FILE…
"""

import json
import sys

from jsonschema import validators


def refuse_duplicates(pairs):
    keys = [key for key, _ in pairs]
    if len(keys) != len(set(keys)):
        raise ValueError(f"a key is written twice among {keys}")
    return dict(pairs)


def main():
    schema_path, *paths = sys.argv[1:]
    with open(schema_path, encoding="utf-8") as file:
        schema = json.load(file)
    kind = validators.validator_for(schema, default=None)
    assert kind is not None, f"{schema_path} does not say which JSON Schema it is"
    kind.check_schema(schema)
    validator = kind(schema, format_checker=kind.FORMAT_CHECKER)
    assert not validator.is_valid({"anything": "else"}), f"{schema_path} lets anything pass"
    failures = 0
    for path in paths:
        with open(path, encoding="utf-8") as file:
            document = json.load(file, object_pairs_hook=refuse_duplicates)
        for error in list(validator.iter_errors(document))[:5]:
            failures += 1
            print(f"{path}: {error.json_path}: {error.message[:300]}", file=sys.stderr)
    assert paths, "there is nothing to validate"
    if failures:
        sys.exit(1)
    print(f"* {len(paths)} JSON documents validate against {schema_path}")


main()
