// A record's page in headless Chromium: axe-core finds nothing against WCAG 2.2 AA, nothing scrolls sideways, nothing is fetched, no
// script runs, and paper shows what the screen folds away.
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

// What is folded on the screen is on paper.
async function checkPaper(tab, file) {
  await tab.setViewport({ width: 1280, height: 900 });
  await setFeatures(tab, 'print', [{ name: 'prefers-color-scheme', value: 'light' }]);
  await tab.evaluate(() => document.querySelectorAll('details').forEach((one) => { one.open = one.dataset.wasOpen === 'yes'; }));
  const hidden = await tab.evaluate(() => [...document.querySelectorAll('details > :not(summary)')]
    .filter((one) => one.getBoundingClientRect().height === 0).length);
  if (hidden > 0) fault(file, 'paper', `${hidden} folded parts are not printed`);
  if (folder) {
    await tab.pdf({ path: path.join(folder, `${path.basename(file, '.html')}.pdf`), preferCSSPageSize: true, printBackground: true });
  }
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
  }));
  if (tree.scripts > 0) fault(file, 'tree', `${tree.scripts} elements or attributes that no page of a record has`);
  if (tree.odd > 0) fault(file, 'tree', `${tree.odd} links that are not of the web`);
  if (tree.pictures === 0) fault(file, 'tree', 'there is no picture');
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
  console.log(`${pages.length} pages, each in ${VIEWS.length} views: axe-core finds nothing, nothing scrolls sideways, paper shows all`);
})().catch((error) => { console.error(error); process.exit(1); });
