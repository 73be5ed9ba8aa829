// What an editor makes of the schema of manifests: yaml-language-server, driven as an editor drives it.
//   editor.cjs SERVER SCHEMA
// It must complete answers and keys, explain an answer where one points at it, and mark what is wrong.
"use strict";

const { spawn } = require("node:child_process");
const { pathToFileURL } = require("node:url");

const [server, schema] = process.argv.slice(2);
const child = spawn(process.execPath, [server, "--stdio"], { stdio: ["pipe", "pipe", "inherit"] });
const fail = (message) => {
  console.error(`FAILED: ${message}`);
  child.kill();
  process.exit(1);
};
setTimeout(() => fail("the language server does not answer"), 120_000).unref();

let buffer = Buffer.alloc(0);
const waiting = new Map();
const diagnosed = [];
child.stdout.on("data", (data) => {
  buffer = Buffer.concat([buffer, data]);
  for (;;) {
    const end = buffer.indexOf("\r\n\r\n");
    if (end < 0) return;
    const length = Number(/Content-Length: (\d+)/i.exec(buffer.subarray(0, end).toString())[1]);
    if (buffer.length < end + 4 + length) return;
    const message = JSON.parse(buffer.subarray(end + 4, end + 4 + length).toString());
    buffer = buffer.subarray(end + 4 + length);
    if (message.method === "textDocument/publishDiagnostics") diagnosed.push(message.params);
    else if (message.method && message.id !== undefined) send({ id: message.id, result: message.method === "workspace/configuration" ? message.params.items.map(() => ({})) : null });
    else if (waiting.has(message.id)) waiting.get(message.id)(message.result);
  }
});
const send = (message) => {
  const text = JSON.stringify({ jsonrpc: "2.0", ...message });
  child.stdin.write(`Content-Length: ${Buffer.byteLength(text)}\r\n\r\n${text}`);
};
let next = 0;
const ask = (method, params) =>
  new Promise((resolve) => {
    next += 1;
    waiting.set(next, resolve);
    send({ id: next, method, params });
  });

const uri = "file:///share/data-sharing.yaml";
const text = `# yaml-language-server: $schema=${pathToFileURL(schema)}
clearshare: 1
from: { body: hmcr }
to:
  body: 
data:
  form: records
`;
const at = (line, character) => ({ textDocument: { uri }, position: { line, character } });

(async () => {
  await ask("initialize", { processId: process.pid, rootUri: null, capabilities: { textDocument: { completion: { completionItem: { documentationFormat: ["markdown", "plaintext"] } }, hover: { contentFormat: ["markdown"] } }, workspace: { configuration: true } } });
  send({ method: "initialized", params: {} });
  send({ method: "textDocument/didOpen", params: { textDocument: { uri, languageId: "yaml", version: 1, text } } });
  const answers = await ask("textDocument/completion", at(4, 8));
  const labels = (answers.items ?? answers).map((item) => item.label);
  if (!["hmrc", "home-office", "unknown"].every((id) => labels.includes(id))) fail(`\`to.body\` is completed with ${labels.slice(0, 20)}`);
  const keys = await ask("textDocument/completion", at(7, 0));
  const names = (keys.items ?? keys).map((item) => item.label);
  if (!["purpose", "waivers", "flows"].every((key) => names.includes(key))) fail(`the top is completed with ${names}`);
  const hover = await ask("textDocument/hover", at(6, 4));
  const shown = JSON.stringify(hover?.contents ?? "");
  if (!shown.includes("Records about people")) fail(`data.form is explained with ${shown}`);
  while (diagnosed.length === 0) await new Promise((resolve) => setTimeout(resolve, 100));
  const marked = diagnosed.at(-1).diagnostics.filter((one) => one.range.start.line === 2);
  if (marked.length === 0) fail(`\`hmcr\` is not marked: ${JSON.stringify(diagnosed)}`);
  console.log(`* yaml-language-server completes ${labels.length} bodies and ${names.length} sections, explains and marks answers`);
  child.kill();
  process.exit(0);
})();
