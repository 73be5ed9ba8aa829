// A record's page in headless Chromium: axe-core finds nothing against WCAG 2.2 AA, nothing scrolls sideways, nothing is fetched, no
// script runs, and paper has what matters.
//   node record_html.cjs CHROMIUM FOLDER PAGE…       (FOLDER, or "" for none, gets screenshots and a PDF of each page)
'use strict';
const fs = require('node:fs');
const path = require('node:path');
const { pathToFileURL } = require('node:url');
const puppeteer = require('puppeteer-core');

const [chromium, folder, ...pages] = process.argv.slice(2);
const axe = fs.readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');
const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
const TALLEST = 6000;
const VIEWS = [];
for (const width of [320, 1280]) {
  for (const opened of [false, true]) {
    for (const [name, media, features] of [
      ['light', 'screen', [{ name: 'prefers-color-scheme', value: 'light' }]],
      ['dark', 'screen', [{ name: 'prefers-color-scheme', value: 'dark' }]],
      ['print', 'print', [{ name: 'prefers-color-scheme', value: 'dark' }]],
      ['forced', 'screen', [{ name: 'prefers-color-scheme', value: 'dark' }, { name: 'forced-colors', value: 'active' }]],
    ]) {
      VIEWS.push({ width, opened, name, media, features });
    }
  }
}
const faults = [];

function fault(page, view, what) {
  faults.push(`${path.basename(page)} (${view}): ${what}`);
}

// One session for each tab, and each feature said each time: what another session set would stay.
const sessions = new WeakMap();
async function setFeatures(tab, media, features) {
  if (!sessions.has(tab)) sessions.set(tab, await tab.createCDPSession());
  const all = { 'prefers-color-scheme': 'light', 'forced-colors': 'none' };
  features.forEach(({ name, value }) => { all[name] = value; });
  await sessions.get(tab).send('Emulation.setEmulatedMedia', {
    media, features: Object.entries(all).map(([name, value]) => ({ name, value })),
  });
}

async function checkView(tab, file, view) {
  const name = `${view.name}-${view.width}${view.opened ? '-opened' : ''}`;
  await tab.setViewport({ width: view.width, height: 900 });
  await setFeatures(tab, view.media, view.features);
  await tab.evaluate((opened) => {
    document.querySelectorAll('details').forEach((one) => { one.open = opened || one.dataset.wasOpen === 'yes'; });
  }, view.opened);
  const sideways = await tab.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  if (sideways > 0) {
    const widest = await tab.evaluate(() => [...document.querySelectorAll('body *')]
      .filter((one) => one.getBoundingClientRect().right > document.documentElement.clientWidth + 1)
      .slice(0, 3).map((one) => one.outerHTML.slice(0, 120)));
    fault(file, name, `scrolls sideways by ${sideways} px: ${widest.join(' | ')}`);
  }
  const found = await tab.evaluate((tags) => window.axe.run(document, {
    runOnly: { type: 'tag', values: tags }, resultTypes: ['violations'],
  }).then((result) => ({
    passes: result.passes.length,
    violations: result.violations.map((one) => `${one.id}: ${one.help}: ${one.nodes.slice(0, 3)
      .map((node) => `${node.target} ${node.any.concat(node.all).map((check) => check.message).join('; ')}`).join(' | ')}`),
  })), TAGS);
  if (found.passes < 15) fault(file, name, `axe-core tried only ${found.passes} rules`);
  found.violations.forEach((one) => fault(file, name, one));
  if (folder) {
    // A whole page can be taller than a picture may be.
    const height = Math.min(TALLEST, await tab.evaluate(() => document.documentElement.scrollHeight));
    await tab.screenshot({
      path: path.join(folder, `${path.basename(file, '.html')}-${name}.png`), captureBeyondViewport: true, clip: { x: 0, y: 0, width: view.width, height },
    });
  }
}

// What holds up, was decided or is cited is on paper; what was left folded is there in brief, and whole once it is unfolded.
async function checkPaper(tab, file) {
  await tab.setViewport({ width: 1280, height: 900 });
  await setFeatures(tab, 'print', [{ name: 'prefers-color-scheme', value: 'light' }]);
  for (const opened of [false, true]) {
    await fold(tab, opened);
    (await tab.evaluate(lacksOnPaper, opened)).forEach((what) => fault(file, `paper${opened ? ', unfolded' : ''}`, what));
  }
  await fold(tab, false);
  const [flows, items] = await tab.evaluate(() => ['.exchange', '.rule, .item'].map((of) => document.querySelectorAll(of).length));
  const pdf = await tab.pdf({ preferCSSPageSize: true, printBackground: true });
  const sheets = Buffer.from(pdf).toString('latin1').match(/\/Type\s*\/Page\b/g) || [];
  if (sheets.length === 0 || sheets.length > 6 + 6 * flows + items / 3) {
    fault(file, 'paper', `${flows} flows with ${items} rules and the like take ${sheets.length} pages`);
  }
  if (folder) fs.writeFileSync(path.join(folder, `${path.basename(file, '.html')}.pdf`), pdf);
}

async function fold(tab, opened) {
  await tab.evaluate((all) => document.querySelectorAll('details').forEach((one) => { one.open = all || one.dataset.wasOpen === 'yes'; }), opened);
}

// What is not on paper and should be, or the reverse. Runs in the page.
function lacksOnPaper(opened) {
  const faults = [];
  const all = (selector) => [...document.querySelectorAll(selector)];
  const isThere = (one) => one.getClientRects().length > 0 && one.getBoundingClientRect().height > 0;
  const need = (what, ones, least = 0) => {
    const lost = ones.filter((one) => !isThere(one));
    if (lost.length > 0) faults.push(`${what}: ${lost.length} of ${ones.length} are not printed, such as ${lost[0].outerHTML.slice(0, 100)}`);
    if (ones.length < least) faults.push(`${what}: the page has only ${ones.length}`);
  };
  const leave = (what, ones, least) => {
    const there = ones.filter(isThere);
    if (there.length > 0) faults.push(`${what}: ${there.length} of ${ones.length} are printed, such as ${there[0].outerHTML.slice(0, 100)}`);
    if (ones.length < least) faults.push(`${what}: the page has only ${ones.length}`);
  };
  need('what was decided and advised', all('.panel, .panel p, .panel li, #decision, #decision ~ ol > li, blockquote, .inset'), 4);
  need('rules, conclusions, candidates and people', all('.rule, .item'), 5);
  need('what a rule says and who does what', all('.rule > :not(details), .rule > ul > li'), 1);
  need('folded parts', all('details:not(.brief) > :not(summary)'), 2);
  need('answers', all('#answers ~ details td'), 5);
  need('what something was done or met by', all('details:not(.names) td > p:not(.brief)'), 1);
  need('the names of what does not arise', all('.names tbody th > p:first-child'), 20);
  need('numbers of sources, and the sources that they lead to', all('.marks a').filter((one) => !one.closest('.brief'))
    .flatMap((one) => [one, document.getElementById(one.getAttribute('href').slice(1))]), 20);
  need('where the rest is', all('.on-paper'), 1);
  const brief = [['how it was worked out', all('details.brief:not(.names) > *'), 10],
    ['why something does not arise', all('.names td'), 20], ['why something that is met applies', all('td .brief'), 0], ['sources of what does not arise', all('.sources .aside'), 20]];
  brief.forEach(([what, ones, least]) => (opened ? need : leave)(what, ones, least));
  const numbers = all('.sources li').filter((one) => one.value !== Number(one.id.replace('source-', ''))).length;
  if (numbers > 0) faults.push(`${numbers} sources have another number on paper`);
  return faults;
}

// The keyboard reaches every link and every folded part, beginning with the way past the head of the page.
async function checkKeyboard(tab, file) {
  await tab.setViewport({ width: 1280, height: 900 });
  await setFeatures(tab, 'screen', []);
  await tab.evaluate(() => document.activeElement.blur());
  await tab.keyboard.press('Tab');
  const first = await tab.evaluate(() => document.activeElement.getAttribute('href'));
  if (first !== '#main') fault(file, 'keyboard', `the first stop is ${first}, not the way to the content`);
  const lost = await tab.evaluate(() => [...document.querySelectorAll('a[href^="#"]')]
    .filter((one) => !document.getElementById(one.getAttribute('href').slice(1))).length);
  if (lost > 0) fault(file, 'links', `${lost} links lead nowhere`);
}

async function check(browser, file) {
  const tab = await browser.newPage();
  const asked = [];
  tab.on('request', (request) => { if (!request.url().startsWith('file:') || !request.url().endsWith(path.basename(file))) asked.push(request.url()); });
  tab.on('dialog', (dialog) => { fault(file, 'script', `a script ran: ${dialog.message()}`); dialog.dismiss(); });
  tab.on('console', (message) => fault(file, 'console', message.text()));
  await tab.goto(pathToFileURL(path.resolve(file)).href, { waitUntil: 'load' });
  if (asked.length > 0) fault(file, 'network', `asks for ${asked.join(', ')}`);
  const styled = await tab.evaluate(() => getComputedStyle(document.querySelector('.panel')).borderLeftStyle);
  if (styled !== 'solid') fault(file, 'style', 'the page does not use its own style: its digest is wrong');
  const tree = await tab.evaluate(() => ({
    scripts: document.querySelectorAll('script, iframe, object, embed, form, base, link, img, [onload], [onclick], [onerror], [style]').length,
    odd: [...document.querySelectorAll('a')].filter((one) => !/^(#|https?:)/.test(one.getAttribute('href') || '')).length,
    pictures: document.querySelectorAll('svg[role=img] > title').length,
    paper: [...document.querySelectorAll('.on-paper')].some((one) => one.getClientRects().length > 0),
  }));
  if (tree.scripts > 0) fault(file, 'tree', `${tree.scripts} elements or attributes that no page of a record has`);
  if (tree.odd > 0) fault(file, 'tree', `${tree.odd} links that are not of the web`);
  if (tree.pictures === 0) fault(file, 'tree', 'there is no picture');
  if (tree.paper) fault(file, 'tree', 'what is said of paper is on the screen');
  await tab.evaluate(() => document.querySelectorAll('details').forEach((one) => { one.dataset.wasOpen = one.open ? 'yes' : 'no'; }));
  await checkKeyboard(tab, file);
  await tab.evaluate(axe);
  for (const view of VIEWS) await checkView(tab, file, view);
  await checkPaper(tab, file);
  await tab.close();
}

(async () => {
  const browser = await puppeteer.launch({
    executablePath: chromium, headless: true, args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking'],
  });
  try {
    for (const file of pages) await check(browser, file);
  } finally {
    await browser.close();
  }
  faults.forEach((one) => console.error(one));
  if (faults.length > 0) process.exit(1);
  console.log(`${pages.length} pages, each in ${VIEWS.length} views: axe-core finds nothing, nothing scrolls sideways, paper has what matters`);
})().catch((error) => { console.error(error); process.exit(1); });
