"""Exports of records, as Python and the grammar of odfpy read them.

record_documents.py FOLDER: records in FOLDER/records, their exports in FOLDER/out.
"""
import csv
import io
import json
import pathlib
import sys
import xml.etree.ElementTree as tree
import zipfile

from odf import grammar

folder = pathlib.Path(sys.argv[1])
FORMULA = tuple("=+-@")


def split(name):
    """{namespace}local → (namespace, local)."""
    return tuple(name[1:].split("}")) if name.startswith("{") else ("", name)


def check_element(element, where):
    """The grammar of ODF: children, attributes, and attributes that have to be there."""
    name = split(element.tag)
    children = grammar.allowed_children.get(name)
    assert name in grammar.allowed_children, f"{where}: ODF has no element {name}"
    if children is not None:
        for child in element:
            assert split(child.tag) in children, f"{where}: {name} may not hold {split(child.tag)}"
    allowed = grammar.allowed_attributes.get(name)
    given = {split(attribute) for attribute in element.attrib}
    if allowed is not None:
        assert given <= set(allowed), f"{where}: {name} has {given - set(allowed)}"
    required = set(grammar.required_attributes.get(name, ()))
    assert required <= given, f"{where}: {name} lacks {required - given}"
    text = (element.text or "").strip() or any((child.tail or "").strip() for child in element)
    assert not text or name in grammar.allows_text, f"{where}: {name} may not hold text"
    for child in element:
        check_element(child, where)


def check_odt(path):
    with zipfile.ZipFile(path) as file:
        assert file.testzip() is None, path
        first = file.infolist()[0]
        assert (first.filename, first.compress_type, first.extra) == ("mimetype", zipfile.ZIP_STORED, b""), path
        assert file.read("mimetype") == b"application/vnd.oasis.opendocument.text"
        assert {part.date_time for part in file.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        manifest = tree.fromstring(file.read("META-INF/manifest.xml"))
        listed = {entry.get("{urn:oasis:names:tc:opendocument:xmlns:manifest:1.0}full-path") for entry in manifest}
        parts = set(file.namelist()) - {"mimetype", "META-INF/manifest.xml"}
        assert listed == parts | {"/"}, listed
        for part in sorted(parts):
            check_element(tree.fromstring(file.read(part)), f"{path.name}: {part}")
        content = tree.fromstring(file.read("content.xml"))
    text = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
    levels = [int(heading.get(f"{text}outline-level")) for heading in content.iter(f"{text}h")]
    assert levels[0] == 1 and levels.count(1) == 1, levels
    for before, after in zip(levels, levels[1:]):
        assert after <= before + 1, f"{path}: a heading of level {after} below one of level {before}"
    links = [link.get("{http://www.w3.org/1999/xlink}href") for link in content.iter(f"{text}a")]
    assert all(link.startswith(("https://", "http://")) for link in links), links
    assert links or "form" in path.name, f"{path}: no link"
    table = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
    for one in content.iter(f"{table}table"):
        assert one.find(f"{table}table-header-rows") is not None, f"{path}: a table without a head"


def read(path):
    rows = list(csv.DictReader(io.StringIO(path.read_bytes().decode("utf-8"), newline="")))
    for row in rows:
        assert None not in row and None not in row.values(), f"{path}: {row}"
        for cell in row.values():
            assert not cell.lstrip().startswith(FORMULA), f"{path}: {cell}"
    return rows


documents = sorted((folder / "out").glob("*.odt"))
assert documents
for document in documents:
    check_odt(document)

for path in sorted((folder / "records").glob("*.json")):
    record = json.loads(path.read_bytes())
    name = path.name.removesuffix(".record.json")
    flows = record["advice"]["flows"]
    rules = read(folder / "out" / f"{name}.csv")
    expected = [(flow["id"], rule["id"], rule["status"], rule["title"]) for flow in flows for rule in flow["rules"]]
    assert [(row["flow"], row["rule"], row["status"], row["title"]) for row in rules] == expected, name
    assert {row["record"] for row in rules} == {record["seal"]}
    actions = read(folder / "out" / f"{name}.actions.csv")
    held_up = {(flow["id"], rule["id"]) for flow in flows for rule in flow["rules"] if rule["status"] == "applies"}
    assert held_up <= {(row["flow"], row["rule"]) for row in actions}, name
    article = read(folder / "out" / f"{name}.article-30.csv")
    assert [row["flow"] for row in article] == [flow["id"] for flow in flows]
    for row, facts in zip(article, record["facts"]):
        said = {answer["question"]: answer["answers"] for answer in facts["answers"]}
        receiver = [word.get("label", "") for word in said.get("to.body", []) if word["value"] != "unknown"]
        assert row["recipients"].split(" (")[0] == "\n".join(receiver).split(" (")[0], row["recipients"]
print(f"* {len(documents)} OpenDocument texts by the grammar of odfpy, and tables by Python's csv")
