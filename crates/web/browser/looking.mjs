// What every journey in the browser shares: the browser, claims, and the look at a page by axe in both themes with a picture.
import { createRequire } from "node:module";
import { mkdirSync, readFileSync } from "node:fs";

const { MODULES, CHROMIUM, PICTURES } = process.env;
const require = createRequire(MODULES + "/");
const { chromium } = require("playwright-core");
const axeSource = readFileSync(require.resolve("axe-core/axe.min.js"), "utf8");
mkdirSync(PICTURES, { recursive: true });

let failed = 0;
/** Prints a line a claim. */
export const claim = (holds, words) => {
  if (!holds) failed += 1;
  console.log((holds ? "ok   " : "FAIL ") + words);
};

export const browser = await chromium.launch({
  executablePath: CHROMIUM,
  args: ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update", "--disable-sync", "--disable-quic", "--no-first-run"],
});

let picture = 0;
/** Looks at a page: axe in both themes, a picture of each, nothing wider than the screen. */
export async function look(page, name) {
  const width = page.viewportSize().width;
  for (const scheme of ["light", "dark"]) {
    await page.emulateMedia({ colorScheme: scheme, reducedMotion: "reduce" });
    await page.evaluate(axeSource);
    const found = await page.evaluate(() => window.axe.run(document, { runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"] }));
    const words = found.violations.map((violation) => violation.id + ": " + violation.nodes.slice(0, 3).map((node) => node.target.join(" ") + " " + (node.any[0] ? node.any[0].message : "")).join(" | "));
    claim(words.length === 0, `axe finds nothing on ${name} (${width}, ${scheme}) ${words.join("; ")}`);
    await page.screenshot({ path: `${PICTURES}/${String(picture).padStart(2, "0")}-${name}-${width}-${scheme}.png`, fullPage: true });
  }
  picture += 1;
  const over = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  claim(over <= 0, `${name} is not wider than the screen (${width})`);
}

/** Ends the browser and the program: with 1 if a claim failed. */
export async function end() {
  await browser.close();
  console.log(failed === 0 ? "all claims hold" : `${failed} claims failed`);
  process.exit(failed === 0 ? 0 : 1);
}
