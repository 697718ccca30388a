// The browser extension in a real Chromium: paired by hand, its button clicked on a page of a made-up company, its answer
// read. Started by the test `extension` of the binary; prints one line a claim; ends with 1 if any failed.
import { createRequire } from "node:module";
import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const { MODULES, CHROMIUM, UPSTAIRS, EXTENSION, SITE, PICTURES } = process.env;
const require = createRequire(MODULES + "/");
const { chromium } = require("playwright-core");
mkdirSync(PICTURES, { recursive: true });

let failed = 0;
const claim = (holds, words) => {
  if (!holds) failed += 1;
  console.log((holds ? "ok   " : "FAIL ") + words);
};

const profile = mkdtempSync(join(tmpdir(), "upstairs-extension-"));
const context = await chromium.launchPersistentContext(profile, {
  headless: false,
  executablePath: CHROMIUM,
  locale: "en-GB",
  ignoreDefaultArgs: ["--disable-extensions"],
  args: [
    "--headless=new", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync", "--lang=en-GB",
    `--disable-extensions-except=${EXTENSION}`, `--load-extension=${EXTENSION}`, "--enable-unsafe-extension-debugging",
    // A host that the extension has no standing permission for: only the click opens it.
    `--host-resolver-rules=MAP brightwell-energy.example ${new URL(SITE).host}`,
  ],
});
const cdp = await context.browser().newBrowserCDPSession();

/** Returns the id that the browser made for the extension. */
async function id() {
  const page = await context.newPage();
  await page.goto("chrome://extensions/");
  const found = await page.evaluate(() => new Promise((done) => chrome.developerPrivate.getExtensionsInfo({}, done)));
  await page.close();
  const ours = found.find((one) => one.location !== "COMPONENT" && one.name.startsWith("Upstairs"));
  claim(ours && ours.manifestErrors.length === 0, `Chromium loads the extension without a complaint ${JSON.stringify(ours && ours.manifestErrors)}`);
  return ours.id;
}

/** Runs an expression in the popup, which no page object stands for. */
async function inPopup(expression) {
  const { targetInfos } = await cdp.send("Target.getTargets");
  const popup = targetInfos.find((target) => target.url.endsWith("/popup.html"));
  if (!popup) return undefined;
  const { sessionId } = await cdp.send("Target.attachToTarget", { targetId: popup.targetId, flatten: false });
  const answer = new Promise((done) => {
    const hear = (event) => {
      if (event.sessionId !== sessionId) return;
      cdp.off("Target.receivedMessageFromTarget", hear);
      done(JSON.parse(event.message));
    };
    cdp.on("Target.receivedMessageFromTarget", hear);
  });
  await cdp.send("Target.sendMessageToTarget", { sessionId, message: JSON.stringify({ id: 1, method: "Runtime.evaluate", params: { expression, returnByValue: true, awaitPromise: true } }) });
  const { result } = await answer;
  await cdp.send("Target.detachFromTarget", { sessionId });
  return result.result.value;
}

/** Clicks the button of the extension over a page, as a user would, and waits for what it says. */
async function click(extension, page) {
  await page.bringToFront();
  const { targetInfos } = await cdp.send("Target.getTargets", { filter: [{ type: "tab" }] });
  const tab = targetInfos.find((target) => target.url === page.url());
  await cdp.send("Extensions.triggerAction", { id: extension, targetId: tab.targetId });
  for (let turn = 0; turn < 100; turn += 1) {
    await page.waitForTimeout(100);
    const ready = await inPopup("document.body.dataset.ready === '1'").catch(() => undefined);
    if (ready) return;
  }
  throw new Error("the extension says nothing");
}

/** Closes the popup, as a click beside it does. */
async function close() {
  await inPopup("window.close()").catch(() => undefined);
}

try {
  const extension = await id();
  const page = await context.newPage();
  await page.goto("http://brightwell-energy.example/contact");
  await page.evaluate(() => {
    const line = document.createElement("p");
    line.textContent = "Complaints made by a script: 020 7946 0991";
    document.body.append(line);
    const field = document.createElement("input");
    field.value = "what I typed and never sent";
    document.body.append(field);
  });
  await click(extension, page);
  claim((await inPopup("document.getElementById('state').className")) === "bad", "an extension that is not paired says so");
  claim((await inPopup("document.getElementById('pair').hidden")) === false, "and leads to where it is paired");
  await close();

  const options = await context.newPage();
  await options.goto(`chrome-extension://${extension}/options.html`);
  await options.locator("#code").fill("7425:short");
  await options.getByRole("button").first().click();
  claim(await options.locator("#state.bad").isVisible(), "what is no pairing code is refused");

  // The code is where the page of settings shows it.
  const link = execFileSync(UPSTAIRS, ["open", "--no-browser"], { encoding: "utf8" }).match(/http:\/\/\S+/)[0];
  const upstairs = await context.newPage();
  await upstairs.goto(link);
  await upstairs.goto(new URL("/settings", upstairs.url()).href);
  const code = await upstairs.locator("#pairing").inputValue();
  await options.locator("#code").fill(code.replace(/.$/, (last) => (last === "0" ? "1" : "0")));
  await options.getByRole("button").first().click();
  await options.locator("#state.bad").waitFor();
  claim(true, "a code of another Upstairs is refused");
  await options.locator("#code").fill(code);
  await options.getByRole("button").first().click();
  await options.locator("#state.good").waitFor();
  claim((await options.locator("#code").inputValue()) === "", "the right code pairs, and is shown no longer");
  await options.screenshot({ path: `${PICTURES}/extension-options.png` });

  await click(extension, page);
  const text = await inPopup("document.body.innerText");
  claim(text.includes("20 7946 0991"), `what a script made stands among the contacts: ${text.slice(0, 400)}`);
  claim(!text.includes("what I typed"), "what was typed is not sent");
  claim((await inPopup("document.querySelectorAll('[data-standing]').length")) >= 3, "each contact has its standing");
  claim((await inPopup("document.querySelectorAll('script:not([src]), [style], [onclick]').length")) === 0, "nothing of the page runs in the popup");
  const kept = await inPopup("(async () => { const form = document.getElementById('keep'); if (form.hidden) return 'hidden'; form.requestSubmit(); for (let n = 0; n < 50; n += 1) { await new Promise((done) => setTimeout(done, 100)); const said = document.getElementById('kept').textContent; if (said) return said; } return 'silent'; })()");
  claim(String(kept).includes(".html"), `the page is kept as evidence: ${kept}`);
  await close();
  await upstairs.goto(new URL("/cases", upstairs.url()).href);
  await upstairs.locator(".case-row").first().click();
  claim(await upstairs.locator("#evidence").getByText("brightwell-energy.example").isVisible(), "and stands in the case");

  await page.goto(`chrome-extension://${extension}/options.html`);
  await page.getByRole("button", { name: "Forget the pairing" }).click();
  claim(await page.getByText("The pairing is forgotten.").isVisible(), "a pairing is forgotten");
} catch (error) {
  claim(false, `${error.message.split("\n")[0]} ${String(error.stack).match(/extension\.mjs:\d+/g)}`);
}
await context.close();
rmSync(profile, { recursive: true, force: true });
console.log(failed === 0 ? "all claims hold" : `${failed} claims failed`);
process.exit(failed === 0 ? 0 : 1);
