// Opens pages in a headless browser as people see them: wide and on a phone, light
// and dark. Fails if axe-core finds a violation, or if something is cut off.
//
// node look.mjs NAME=ADDRESS…   MODULES: where puppeteer-core and axe-core are
// installed; CHROMIUM: the browser; SHOTS: a folder for pictures, none if empty.
import { mkdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";

const require = createRequire(join(process.env.MODULES, "look.js"));
const puppeteer = require("puppeteer-core");
const axe = readFileSync(require.resolve("axe-core"), "utf8");
const shots = process.env.SHOTS;
if (shots) mkdirSync(shots, { recursive: true });

// cutOff names what is wider than the screen, if anything is.
function cutOff() {
  if (document.documentElement.scrollWidth <= innerWidth) return "";
  const wide = [...document.querySelectorAll("body *")].find((e) => e.getBoundingClientRect().right > innerWidth + 1);
  return `${document.documentElement.scrollWidth - innerWidth} pixels, first ${wide?.outerHTML.slice(0, 100)}`;
}

async function look(browser, name, address, width, scheme) {
  const page = await browser.newPage();
  try {
    await page.setBypassCSP(true); // which keeps foreign scripts out, and axe is one
    await page.setViewport({ width, height: width < 500 ? 844 : 900 });
    await page.emulateMediaFeatures([{ name: "prefers-color-scheme", value: scheme }]);
    await page.goto(address, { waitUntil: "load", timeout: 120000 });
    const where = `${name}-${width}-${scheme}`;
    if (shots) await page.screenshot({ path: join(shots, where + ".png"), fullPage: true });
    const found = [];
    const wide = await page.evaluate(cutOff);
    if (wide) found.push(`${where}: cut off: ${wide}`);
    await page.evaluate(axe);
    const { violations, passes } = await page.evaluate(() => axe.run());
    for (const v of violations) {
      found.push(`${where}: ${v.id} (${v.impact}), ${v.nodes.length} times: ${v.help}\n    ${v.nodes[0].html.slice(0, 200)}`);
    }
    console.log(`${where}: ${passes.length} rules pass, ${found.length} faults`);
    return found;
  } finally {
    await page.close();
  }
}

const browser = await puppeteer.launch({ executablePath: process.env.CHROMIUM, args: ["--no-sandbox"], protocolTimeout: 300000 });
const faults = [];
try {
  for (const target of process.argv.slice(2)) {
    const at = target.indexOf("=");
    for (const width of [1280, 390]) {
      for (const scheme of ["light", "dark"]) {
        faults.push(...(await look(browser, target.slice(0, at), target.slice(at + 1), width, scheme)));
      }
    }
  }
} finally {
  await browser.close();
}
for (const fault of faults) console.error(fault);
process.exitCode = faults.length > 0 ? 1 : 0;
