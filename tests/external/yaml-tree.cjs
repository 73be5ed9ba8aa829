// Writes YAML files as trees of texts, one line of JSON each, as the package `yaml` reads them; yaml_tree.py writes the same.
"use strict";

const { readFileSync } = require("node:fs");
const { isAlias, isMap, isScalar, isSeq, parseDocument } = require("yaml");

for (const path of process.argv.slice(2)) {
  // `failsafe` interprets nothing: every scalar is its text.
  const document = parseDocument(readFileSync(path, "utf8"), { schema: "failsafe", strict: true, uniqueKeys: true });
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
  process.stdout.write(JSON.stringify(tree(document.contents)) + "\n");
}
