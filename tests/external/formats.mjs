// Reads the reports in a folder: GitHub annotations, written again by the toolkit, and Markdown by two renderers.
//   node formats.mjs FOLDER
import assert from "node:assert";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { pathToFileURL } from "node:url";

const folder = process.argv[2];
const require = createRequire(`${process.env.NODE_PATH}/x`);
const load = (name) => import(pathToFileURL(require.resolve(name)).href);
const core = await import(pathToFileURL(`${process.env.NODE_PATH}/@actions/core/lib/core.js`).href);

// As the runner reads a command: `%25` last.
const value = (text) => text.replaceAll("%0D", "\r").replaceAll("%0A", "\n").replaceAll("%25", "%");
const property = (text) => value(text.replaceAll("%3A", ":").replaceAll("%2C", ","));
const lines = readFileSync(`${folder}/out.github`, "utf8").trimEnd().split("\n");
const names = { file: "file", line: "startLine", endLine: "endLine", col: "startColumn", endColumn: "endColumn", title: "title" };
const write = process.stdout.write.bind(process.stdout);
for (const line of lines) {
  const [, kind, given, message] = /^::(error|warning|notice) ([^:]*)::(.*)$/.exec(line) ?? assert.fail(line);
  const pairs = given.split(",").map((pair) => pair.split(/=(.*)/s));
  const properties = Object.fromEntries(pairs.map(([name, text]) => [names[name] ?? assert.fail(line), property(text)]));
  let said = "";
  process.stdout.write = (text) => ((said += text), true);
  core[kind](value(message), properties);
  process.stdout.write = write;
  const again = /^::(\w+) ([^:]*)::(.*)$/.exec(said.trimEnd()) ?? assert.fail(said);
  assert.deepEqual([again[1], again[2].split(",").sort(), again[3]], [kind, given.split(",").sort(), message]);
}

const markdown = readFileSync(`${folder}/out.md`, "utf8");
assert(markdown.length < 65536);
const ours = /^<details><summary>[^<>]*<\/summary>$|^<\/details>$/;
const { Parser } = require("commonmark");
const walker = new Parser().parse(markdown).walker();
for (let event = walker.next(); event; event = walker.next()) {
  const { type, literal, destination } = event.node;
  assert(type !== "html_inline" && (type !== "code" || literal === "clearshare check") && type !== "code_block" && type !== "image", `${type}: ${literal}`);
  if (type === "html_block") assert.match(literal.trim(), ours);
  if (type === "link") assert.match(destination, /^https?:\/\//);
}
const loaded = await load("markdown-it");
const html = (loaded.default ?? loaded)({ html: true, linkify: true }).render(markdown);
const allowed = /^<\/?(h[1-6]|p|ul|ol|li|strong|em|br|table|thead|tbody|tr|th|td|details|summary|code|a)( href="https?:[^"]*")?>$/;
for (const tag of html.match(/<[^>]*>/g)) assert.match(tag, allowed);
console.log(`* ${lines.length} annotations are as the toolkit writes them, and the Markdown has no HTML but its own`);
