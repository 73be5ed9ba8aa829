// Writes YAML files as trees of texts, one line of JSON each, as the package `yaml` reads them; yaml_tree.py writes the same.
// With --typed: the values that a program would be given, by YAML 1.1, as the two others read it.
"use strict";

const { readFileSync } = require("node:fs");
const { isAlias, isMap, isScalar, isSeq, parseDocument } = require("yaml");

const typed = process.argv.includes("--typed");
for (const path of process.argv.slice(2).filter((argument) => argument !== "--typed")) {
  // `failsafe` interprets nothing: every scalar is its text.
  const schema = typed ? { version: "1.1" } : { schema: "failsafe" };
  const document = parseDocument(readFileSync(path, "utf8"), { ...schema, strict: true, uniqueKeys: true });
  const wrong = [...document.errors, ...document.warnings];
  if (wrong.length > 0) {
    throw new Error(`${path}: ${wrong[0].message}`);
  }
  const tree = (node) => {
    if (isAlias(node)) return tree(node.resolve(document));
    if (isScalar(node)) return node.value ?? "";
    if (isSeq(node)) return node.items.map(tree);
    if (isMap(node)) return { map: node.items.map((pair) => [tree(pair.key), tree(pair.value)]) };
    return "";
  };
  process.stdout.write(JSON.stringify(typed ? document.toJS() : tree(document.contents)) + "\n");
}
