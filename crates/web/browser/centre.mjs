// The server of an advice centre in a real browser, at a phone's width and a screen's: the door, the way out, what each
// role meets, and that nothing of one adviser's case is shown to another. Each page is looked at by axe in both themes.
//
// Started by the test `centre` of the binary: it passes the modules' folder, the browser, the address, the passwords and a
// folder for pictures. Prints one line a claim; ends with 1 if any failed.
import { createRequire } from "node:module";
import { mkdirSync, readFileSync } from "node:fs";

const { MODULES, CHROMIUM, CENTRE, WORDS, PICTURES } = process.env;
const [MADE_390, MADE_1280] = process.env.MADE.split(" ");
const require = createRequire(MODULES + "/");
const { chromium } = require("playwright-core");
const axe = readFileSync(require.resolve("axe-core/axe.min.js"), "utf8");
const tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
mkdirSync(PICTURES, { recursive: true });

// Browsers make passkeys for names, and without TLS for this one alone.
const NAMED = CENTRE.replace("127.0.0.1", "localhost");

let failed = 0;
let picture = 0;
function claim(holds, words) {
  failed += holds ? 0 : 1;
  console.log(`${holds ? "ok   " : "FAIL "}${words}`);
}

const quiet = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update", "--disable-sync", "--no-first-run"];
const browser = await chromium.launch({ executablePath: CHROMIUM, args: quiet });

async function visitor(width, locale = "en-GB", options = {}) {
  const context = await browser.newContext({ locale, viewport: { width, height: 844 }, ...options });
  const page = await context.newPage();
  page.setDefaultTimeout(15000);
  page.troubles = [];
  // A refusal comes with its status, and the browser tells of that.
  page.on("console", (message) => message.type() === "error" && !/40[134]|42[29]/.test(message.text()) && page.troubles.push(message.text()));
  page.on("pageerror", (error) => page.troubles.push(String(error)));
  page.on("request", (request) => [CENTRE, NAMED].some((ours) => new URL(request.url()).host === new URL(ours).host) || page.troubles.push("asked " + request.url()));
  return page;
}

async function look(page, name) {
  const { width } = page.viewportSize();
  for (const colorScheme of ["light", "dark"]) {
    await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
    await page.evaluate(axe);
    const { violations } = await page.evaluate((values) => window.axe.run(document, { runOnly: values }), tags);
    const words = violations.map((one) => `${one.id}: ${one.nodes.slice(0, 3).map((node) => node.target.join(" ")).join(" | ")}`);
    claim(words.length === 0, `axe finds nothing on ${name} (${width}, ${colorScheme}) ${words.join("; ")}`);
    await page.screenshot({ path: `${PICTURES}/centre-${String(picture).padStart(2, "0")}-${name}-${width}-${colorScheme}.png`, fullPage: true });
  }
  picture += 1;
  const over = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  claim(over <= 0, `${name} is not wider than the screen (${width})`);
  const size = await page.evaluate(() => performance.getEntriesByType("navigation").concat(performance.getEntriesByType("resource")).reduce((sum, one) => sum + one.encodedBodySize, 0));
  claim(size <= 150000, `${name} weighs ${Math.round(size / 1000)} kB, at most 150`);
}

async function enter(page, name, words, base = CENTRE) {
  await page.goto(base + "/login");
  await page.getByLabel("Name").fill(name);
  await page.getByLabel("Password").fill(words);
  await page.keyboard.press("Enter");
  await page.waitForURL((url) => !url.pathname.startsWith("/login"));
}

async function journey(width) {
  const ada = await visitor(width);
  await ada.goto(CENTRE + "/cases");
  claim(new URL(ada.url()).pathname === "/login", `who is not in is led to the door (${width})`);
  claim((await ada.locator(".places").count()) === 0, "before the door there is nowhere to go");
  await look(ada, "login");
  await ada.getByLabel("Name").fill("ada");
  await ada.getByLabel("Password").fill("wrong words in a row");
  await ada.getByRole("button", { name: "Log in" }).click();
  claim(await ada.getByRole("alert").isVisible(), "wrong words are told, and not which of both is wrong");
  await look(ada, "login-refused");
  await ada.getByLabel("Password").fill(WORDS);
  await ada.keyboard.press("Enter");
  await ada.waitForURL(CENTRE + "/cases");
  claim(await ada.getByRole("link", { name: "Your account: ada" }).isVisible(), "the page says who is in, and goes on where it was asked for");
  const [cookie] = (await ada.context().cookies()).filter((one) => one.name.includes("session"));
  claim(cookie.httpOnly && cookie.sameSite === "Strict", "the cookie is for this server only, and for no script");

  await ada.goto(CENTRE + "/start");
  await ada.getByRole("button", { name: "Begin" }).click();
  await ada.getByLabel("Company").fill("Teasel Stores " + width);
  await ada.getByRole("button", { name: "Continue" }).click();
  await ada.getByLabel("Country").selectOption("GB");
  await ada.getByRole("button", { name: "Continue" }).click();
  await ada.getByLabel("What happened").fill("The violet teapot came broken");
  await ada.getByRole("button", { name: "Continue" }).click();
  await ada.getByRole("link", { name: "Review everything" }).click();
  await ada.getByRole("button", { name: "Open the case" }).click();
  await ada.waitForURL(/\/cases\//);
  const base = new URL(ada.url()).pathname;
  claim(await ada.locator("#holder", { hasText: "ada" }).isVisible(), "the case says who works on it");
  claim((await ada.locator("#holder form").count()) === 0, "an adviser gives no case away");
  await look(ada, "case-of-adviser");
  await ada.goto(CENTRE + "/settings");
  claim((await ada.locator("#copies, #erase").count()) === 0, "copies and deletion are not an account's");
  await ada.goto(CENTRE + "/account");
  await ada.getByLabel("What it is for").fill("Nightly report");
  await ada.getByRole("button", { name: "Make a token" }).click();
  claim((await ada.locator("#token-made").innerText()).length === 64, "a token is shown when it is made");
  await look(ada, "account");
  await ada.getByRole("button", { name: "Remove: Nightly report" }).click();
  await ada.waitForURL(/done=token_removed/);

  for (const [name, sees] of [["ben", false], ["eve", false], ["rob", true]]) {
    const page = await visitor(width);
    await enter(page, name, WORDS);
    await page.goto(CENTRE + "/cases");
    const listed = await page.getByText("Teasel Stores " + width).count();
    const answer = await page.goto(CENTRE + base);
    claim(listed > 0 === sees && (answer.status() === 200) === sees, `${name} ${sees ? "sees the case" : "sees nothing of it"} (${width})`);
    claim((await page.getByText("violet teapot").count()) > 0 === sees, `${name} reads ${sees ? "its words" : "none of its words"}`);
    if (name === "rob") {
      claim((await page.locator("main form[method=post]:visible").count()) === 0, "who only reads is offered no form");
      claim(await page.getByText("This account is read-only").isVisible(), "and is told why");
      await look(page, "case-read-only");
    } else if (name === "eve") await look(page, "case-of-others");
    claim(page.troubles.length === 0, `no trouble for ${name}: ${page.troubles.join("; ")}`);
    await page.context().close();
  }

  const sue = await visitor(width);
  await enter(sue, "sue", WORDS);
  await sue.goto(CENTRE + base);
  await sue.getByLabel("Give it to").selectOption("ben");
  await look(sue, "case-of-supervisor");
  await sue.getByRole("button", { name: "Give", exact: true }).click();
  await sue.waitForURL(/done=given/);
  claim(await sue.locator("#holder", { hasText: "ben" }).isVisible(), "a supervisor gives a case to a colleague");
  await sue.goto(CENTRE + "/account/deeds");
  claim(await sue.getByText("POST /cases/{id}/give").first().isVisible(), "what was done is shown to the supervisor");
  await look(sue, "deeds");
  claim((await ada.goto(CENTRE + base)).status() === 404, "the case is gone for who had it before");
  await ada.goto(CENTRE + "/");
  await ada.getByRole("button", { name: "Log out" }).click();
  await ada.waitForURL(/\/login/);
  await ada.goto(CENTRE + "/cases");
  claim(new URL(ada.url()).pathname === "/login", "who left is out");
  for (const page of [ada, sue]) claim(page.troubles.length === 0, `no trouble: ${page.troubles.join("; ")}`);
  await ada.context().close();
  await sue.context().close();
}

/** A password that somebody else made, in German. */
async function first(width) {
  const page = await visitor(width, "de-DE");
  const made = width === 390 ? MADE_390 : MADE_1280;
  await page.goto(CENTRE + "/login");
  await look(page, "anmelden");
  await page.getByLabel("Name").fill("neu" + width);
  await page.getByLabel("Passwort").fill(made);
  await page.getByRole("button", { name: "Anmelden" }).click();
  await page.waitForURL(/\/account/);
  claim(await page.getByText("hat jemand anderes vergeben").isVisible(), `a password of somebody else's is changed first (${width})`);
  await page.goto(CENTRE + "/cases");
  claim(new URL(page.url()).pathname === "/account", "and nothing else opens before");
  const change = async (words) => {
    await page.getByLabel("Jetziges Passwort").fill(made);
    await page.getByLabel("Neues Passwort", { exact: true }).fill(words);
    await page.getByLabel("Neues Passwort wiederholen").fill(words);
    await page.getByRole("button", { name: "Passwort ändern" }).click();
  };
  await change("passwordpassword");
  claim(await page.getByText("was alle zuerst versuchen").isVisible(), "what everybody tries first is refused");
  await look(page, "konto-abgelehnt");
  await change("grüne treppe singt leise");
  await page.waitForURL(/done=password/);
  await page.goto(CENTRE + "/cases");
  claim(new URL(page.url()).pathname === "/cases", "then everything opens");
  claim(page.troubles.length === 0, `no trouble: ${page.troubles.join("; ")}`);
  await page.context().close();
}

/** Passkeys, kept by devices that the browser plays: one made, a second one, each let in, renamed, taken back. */
async function passkeys(width) {
  const page = await visitor(width);
  const devices = await page.context().newCDPSession(page);
  await devices.send("WebAuthn.enable");
  const device = async (transport) => (await devices.send("WebAuthn.addVirtualAuthenticator", {
    options: { protocol: "ctap2", transport, hasResidentKey: true, hasUserVerification: true, isUserVerified: true, automaticPresenceSimulation: true },
  })).authenticatorId;
  const keys = async (authenticatorId) => (await devices.send("WebAuthn.getCredentials", { authenticatorId })).credentials;
  const phone = await device("internal");

  await page.goto(CENTRE + "/login");
  claim((await page.locator("form.by-passkey").count()) === 0, "where browsers make no passkeys none is asked for");
  await enter(page, "ada", WORDS, NAMED);
  await page.goto(NAMED + "/account");
  await look(page, "account-no-passkey");
  const make = async (label, words) => {
    await page.goto(NAMED + "/account");
    await page.getByLabel("Name for it").fill(label);
    await page.getByLabel("Your password, to confirm").fill(words);
    await page.getByRole("button", { name: "Make a passkey" }).click();
  };
  await make("My phone", "wrong words in a row");
  await page.locator("#passkeys [role=status]", { hasText: "not your current password" }).waitFor();
  claim((await keys(phone)).length === 0, `without the password no passkey is made (${width})`);
  await make("My phone", WORDS);
  await page.waitForURL(/done=passkey$/);
  claim((await keys(phone)).length === 1, `a passkey is made on the device (${width})`);
  await make("My phone again", WORDS);
  await page.getByText("this device already has one for you").waitFor();
  claim((await keys(phone)).length === 1, "a device makes no second one for the same account");
  await devices.send("WebAuthn.setAutomaticPresenceSimulation", { authenticatorId: phone, enabled: false });
  const key = await device("usb");
  await make("Key on my ring", WORDS);
  // The address is the same as after the first one: only the page that shows both is the new one.
  await page.locator("#passkeys li").nth(1).waitFor();
  claim((await page.locator("#passkeys li").count()) === 2 && (await keys(key)).length === 1, "an account has several");
  // Both may be of the same second: which stands first is chance.
  const first = page.locator("#passkeys li", { hasText: "My phone" });
  await first.locator("summary").click();
  await first.getByLabel("New name: My phone").fill("Old phone");
  await look(page, "account-passkeys");
  await first.getByRole("button", { name: "Save the name" }).click();
  await page.waitForURL(/done=passkey_renamed/);
  claim(await page.locator("#passkeys li", { hasText: "Old phone" }).isVisible(), "a passkey is called something else");

  await page.getByRole("button", { name: "Log out" }).click();
  await page.waitForURL(/\/login/);
  await page.goto(NAMED + "/cases");
  await page.getByRole("button", { name: "Log in with a passkey" }).focus();
  await look(page, "login-passkey");
  await page.keyboard.press("Enter");
  await page.waitForURL(NAMED + "/cases");
  claim(await page.getByRole("link", { name: "Your account: ada" }).isVisible(), `a passkey lets in without name and password, by keyboard (${width})`);
  const [cookie] = (await page.context().cookies(NAMED)).filter((one) => one.name.includes("session"));
  claim(cookie.httpOnly && cookie.sameSite === "Strict", "with the same cookie as a password");
  await page.goto(NAMED + "/account");
  claim((await page.locator("#passkeys li", { hasText: "last used on" }).count()) === 1, "the page says which was used");
  await page.getByRole("button", { name: "Remove: Key on my ring" }).click();
  await page.waitForURL(/\/login\?next=/);
  claim((await page.locator("#passkeys").count()) === 0, `who came in by it is out at once (${width})`);
  await page.getByRole("button", { name: "Log in with a passkey" }).click();
  await page.getByRole("alert").waitFor();
  claim(await page.getByText("did not work").isVisible(), `one that was taken back opens nothing (${width})`);
  await look(page, "login-passkey-refused");
  claim(page.troubles.length === 0, `no trouble: ${page.troubles.join("; ")}`);
  await page.context().close();

  const still = await visitor(width, "en-GB", { javaScriptEnabled: false });
  await still.goto(NAMED + "/login");
  claim(!(await still.locator("form.by-passkey").isVisible()), "without scripts no button that does nothing");
  await enter(still, "ada", WORDS, NAMED);
  await still.goto(NAMED + "/account");
  claim(await still.getByText("Passkeys need JavaScript").isVisible(), `without scripts passwords work, and the page says what does not (${width})`);
  claim((await still.locator("#passkeys li").count()) === 1, "what was made is still to be taken back");
  await still.getByRole("button", { name: "Remove: Old phone" }).click();
  await still.waitForURL(/done=passkey_removed/);
  claim((await still.locator("#passkeys li").count()) === 0, "and is");
  await still.context().close();
}

for (const width of [390, 1280]) {
  for (const [name, run] of Object.entries({ journey, first, passkeys })) {
    try {
      await run(width);
    } catch (error) {
      claim(false, `${name} (${width}): ${error.message.split("\n").slice(0, 3).join(" ")} ${String(error.stack).match(/centre\.mjs:\d+/g)}`);
    }
  }
}
await browser.close();
console.log(failed === 0 ? "all claims hold" : `${failed} claims failed`);
process.exit(failed === 0 ? 0 : 1);
