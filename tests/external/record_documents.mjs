// Exports of records in Markdown, as two renderers read them: FOLDER/out/*.md.
import { createRequire } from "node:module";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

const require = createRequire(join(process.env.NODE_PATH, "x.js"));
const commonmark = require("commonmark");
const MarkdownIt = require("markdown-it");

const fail = (why) => { console.error(`FAILED: ${why}`); process.exit(1); };
const folder = join(process.argv[2], "out");
const files = readdirSync(folder).filter((name) => name.endsWith(".md"));
if (files.length === 0) fail("there is no Markdown");

// What both must see alike: headings, items, and where links lead.
const byCommonmark = (text) => {
  const seen = { headings: [], items: 0, links: [], odd: [] };
  const walker = new commonmark.Parser().parse(text).walker();
  for (let event = walker.next(); event; event = walker.next()) {
    if (!event.entering) continue;
    const { type, level, destination } = event.node;
    if (type === "heading") seen.headings.push(level);
    else if (type === "item") seen.items += 1;
    else if (type === "link") seen.links.push(destination);
    else if (["html_block", "html_inline", "image", "code", "code_block", "block_quote", "thematic_break"].includes(type)) seen.odd.push(type);
  }
  return seen;
};
const byMarkdownIt = (text) => {
  const seen = { headings: [], items: 0, links: [], odd: [] };
  // With everything that finds more in a text than CommonMark does.
  const tokens = new MarkdownIt({ html: true, linkify: true, typographer: true }).parse(text, {});
  const visit = (token) => {
    if (token.type === "heading_open") seen.headings.push(Number(token.tag.slice(1)));
    else if (token.type === "list_item_open") seen.items += 1;
    else if (token.type === "link_open") seen.links.push(decodeURI(token.attrGet("href")));
    else if (["html_block", "html_inline", "image", "code_inline", "code_block", "fence", "blockquote_open", "hr", "table_open", "s_open"].includes(token.type)) seen.odd.push(token.type);
    (token.children ?? []).forEach(visit);
  };
  tokens.forEach(visit);
  return seen;
};

for (const name of files) {
  const text = readFileSync(join(folder, name), "utf8");
  const [one, other] = [byCommonmark(text), byMarkdownIt(text)];
  for (const seen of [one, other]) {
    if (seen.odd.length > 0) fail(`${name}: ${seen.odd[0]}`);
    const bad = seen.links.find((link) => !/^https?:\/\//.test(link) || /evil/.test(link));
    if (bad !== undefined) fail(`${name}: a link to ${bad}`);
    if (seen.headings.filter((level) => level === 1).length !== 1) fail(`${name}: headings ${seen.headings}`);
    if (seen.headings.some((level, at) => at > 0 && level > seen.headings[at - 1] + 1)) fail(`${name}: a heading is skipped`);
  }
  for (const part of ["headings", "items"]) {
    if (JSON.stringify(one[part]) !== JSON.stringify(other[part])) fail(`${name}: the renderers differ in ${part}`);
  }
  if (one.links.length !== other.links.length) fail(`${name}: the renderers differ in links`);
  // As it was written, and not a thing of its own.
  const html = new commonmark.HtmlRenderer().render(new commonmark.Parser().parse(text));
  if (!html.includes("&lt;script&gt;alert(1)&lt;/script&gt;")) fail(`${name}: the reasons are not as they were written`);
}
console.log(`* ${files.length} exports in Markdown read alike by commonmark and markdown-it`);
