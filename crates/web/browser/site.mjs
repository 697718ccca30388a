// A published directory in a real browser, at a phone's width and a screen's: search over the index in pieces, the page of a
// company, how to ask for a correction, lists without a script. Each page is looked at by axe in both themes.
//
// Started by the test of `directory publish`: it passes the folder of the site in SITE, a company in COMPANY and its domain
// in DOMAIN; the rest as for journeys.mjs. The site is handed out by a plain server of files on loopback.
import { createServer } from "node:http";
import { readFileSync, statSync } from "node:fs";
import { join, normalize } from "node:path";
import { browser, claim, end, look } from "./looking.mjs";

const { SITE, COMPANY, DOMAIN } = process.env;
const kinds = { html: "text/html; charset=utf-8", css: "text/css", js: "text/javascript", json: "application/json", xml: "application/xml", txt: "text/plain; charset=utf-8" };
const asked = [];
const server = createServer((request, answer) => {
  const path = new URL(request.url, "http://x").pathname;
  let file = join(SITE, normalize(path));
  try {
    if (statSync(file).isDirectory()) file = join(file, "index.html");
    const body = readFileSync(file);
    asked.push({ path, size: body.length });
    answer.writeHead(200, { "content-type": kinds[file.split(".").pop()] ?? "application/octet-stream" }).end(body);
  } catch {
    answer.writeHead(404, { "content-type": kinds.html }).end(readFileSync(join(SITE, "404.html")));
  }
});
await new Promise((done) => server.listen(0, "127.0.0.1", done));
const base = `http://127.0.0.1:${server.address().port}/`;

async function open(options) {
  const context = await browser.newContext({ locale: "en-GB", ...options });
  const page = await context.newPage();
  page.setDefaultTimeout(30000);
  page.troubles = [];
  page.on("console", (message) => message.type() === "error" && !message.text().includes("404") && page.troubles.push(message.text()));
  page.on("pageerror", (error) => page.troubles.push(String(error)));
  page.on("request", (request) => request.url().startsWith(base) || page.troubles.push("asked " + request.url()));
  await page.goto(base);
  return page;
}

async function journey(width) {
  const page = await open({ viewport: { width, height: 844 } });
  await look(page, "site-home");
  const before = asked.length;
  await page.getByLabel("Company or domain").fill(COMPANY);
  const hit = page.locator("#hits a").first();
  await hit.waitFor();
  claim((await hit.textContent()) === COMPANY, `the company is the first hit for its name (${width})`);
  const cost = asked.slice(before);
  claim(cost.length <= 20 && cost.reduce((sum, one) => sum + one.size, 0) < 1500000, `a search asks for few pieces: ${cost.length}, ${Math.round(cost.reduce((sum, one) => sum + one.size, 0) / 1000)} kB`);
  await look(page, "site-search");
  await page.getByLabel("Company or domain").fill(DOMAIN);
  await page.waitForFunction(() => document.getElementById("told").textContent.startsWith("1 "));
  claim((await page.locator("#hits a").first().textContent()) === COMPANY, `its domain finds it too (${width})`);
  await page.getByLabel("Company or domain").fill("xqzwvy");
  await page.getByText("No company is called so").waitFor();
  await page.getByLabel("Company or domain").fill(COMPANY.slice(0, -1));
  await page.locator("#hits a").first().waitFor();
  // By keyboard alone: from the box to the first hit. The hits of before are gone first, or theirs would be taken for these.
  await page.getByLabel("Company or domain").fill("");
  await page.waitForFunction(() => !document.querySelector("#hits a"));
  await page.getByLabel("Company or domain").fill(COMPANY);
  await page.waitForFunction((name) => document.querySelector("#hits a")?.textContent === name, COMPANY);
  await page.getByLabel("Company or domain").focus();
  await page.keyboard.press("Tab");
  await page.keyboard.press("Enter");
  await page.locator("h1", { hasText: COMPANY }).waitFor();
  claim((await page.locator(".contact").count()) > 0, `its page shows contacts (${width})`);
  claim((await page.locator(".contact blockquote").count()) > 0, `with the words they were read from (${width})`);
  const ask = page.getByRole("link", { name: "ask for a correction or removal", exact: true });
  claim((await ask.getAttribute("href")).includes("subject=Correction%20or%20removal"), `a correction or removal can be asked for (${width})`);
  await look(page, "site-company");
  const data = JSON.parse(await page.locator('script[type="application/ld+json"]').textContent());
  claim(data["@type"] === "Organization", `the page tells search engines who it is of (${width})`);
  await page.getByRole("link", { name: "What is needed, and how long it takes" }).click();
  await page.getByRole("heading", { name: "Corrections and removal" }).waitFor();
  await look(page, "site-correct");
  await page.goto(base + "list/0.html");
  claim((await page.locator("main li a").count()) > 1, `the lists name companies (${width})`);
  await look(page, "site-list");
  await page.goto(base + "no/such/page.html");
  await look(page, "site-missing");
  claim(page.troubles.length === 0, `no error and no foreign request (${width}) ${page.troubles.join("; ")}`);
  await page.context().close();
}

async function scriptless(width) {
  const page = await open({ viewport: { width, height: 844 }, javaScriptEnabled: false });
  claim(!(await page.locator("#q").isVisible()), `without scripts there is no search box that does nothing (${width})`);
  await page.getByRole("link", { name: /–/ }).first().click();
  await page.locator("main li a").first().click();
  claim((await page.locator(".contact").count()) > 0, `without scripts the lists lead to a company (${width})`);
  await page.context().close();
}

for (const width of [390, 1280]) {
  for (const [name, run] of Object.entries({ journey, scriptless })) {
    try {
      await run(width);
    } catch (error) {
      claim(false, `${name} (${width}): ${error.message.split("\n").slice(0, 3).join(" ")} ${String(error.stack).match(/site\.mjs:\d+/g)}`);
    }
  }
}
server.close();
await end();
