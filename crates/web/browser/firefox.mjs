// The browser extension in a real Firefox: packed as it is offered, installed, paired by hand, its button clicked on a page of
// a made-up company, its answer read. Firefox is spoken to in its own protocol (Marionette: messages of JSON over a socket),
// so that nothing but Firefox is needed. Started by the test `extension` of the binary; prints one line a claim; ends with 1 if
// any failed.
import { execFileSync, spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { connect, createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";

const { FIREFOX, UPSTAIRS, XPI, SITE, PICTURES } = process.env;
mkdirSync(PICTURES, { recursive: true });
const HOST = "brightwell-energy.example";
const ID = "upstairs@upstairs.invalid";

let failed = 0;
const claim = (holds, words) => {
  if (!holds) failed += 1;
  console.log((holds ? "ok   " : "FAIL ") + words);
};
const pause = (time) => new Promise((done) => setTimeout(done, time));

async function freePort() {
  const server = createServer();
  await new Promise((done) => server.listen(0, "127.0.0.1", done));
  const { port } = server.address();
  await new Promise((done) => server.close(done));
  return port;
}

const profile = mkdtempSync(join(tmpdir(), "upstairs-firefox-"));
const port = await freePort();
const settings = {
  "marionette.port": port,
  // The made-up company is on this machine; nothing else is asked for.
  "network.dns.localDomains": HOST,
  "network.proxy.type": 0,
  "app.update.enabled": false,
  "browser.shell.checkDefaultBrowser": false,
  "browser.startup.page": 0,
  "browser.startup.homepage_override.mstone": "ignore",
  "datareporting.policy.dataSubmissionEnabled": false,
  "toolkit.telemetry.enabled": false,
  "extensions.getAddons.cache.enabled": false,
  "intl.accept_languages": "en-GB",
  "dom.security.https_first": false,
  "browser.safebrowsing.malware.enabled": false,
  "browser.safebrowsing.phishing.enabled": false,
  "services.settings.server": "data:,",
};
writeFileSync(join(profile, "user.js"), Object.entries(settings).map(([name, value]) => `user_pref(${JSON.stringify(name)}, ${JSON.stringify(value)});\n`).join(""));
const firefox = spawn(FIREFOX, ["--headless", "--marionette", "--remote-allow-system-access", "--no-remote", "--profile", profile, "about:blank"], {
  stdio: "ignore", env: { ...process.env, MOZ_HEADLESS: "1", MOZ_DISABLE_CONTENT_SANDBOX: "1" },
});

/** Speaks to Firefox: each message is its length, a colon, and JSON. */
class Speaker {
  constructor(socket) {
    this.socket = socket;
    this.buffer = Buffer.alloc(0);
    this.waiting = new Map();
    this.next = 1;
    socket.on("data", (bytes) => {
      this.buffer = Buffer.concat([this.buffer, bytes]);
      for (;;) {
        const colon = this.buffer.indexOf(":");
        const length = Number(this.buffer.subarray(0, Math.max(colon, 0)).toString());
        if (colon < 1 || this.buffer.length < colon + 1 + length) return;
        const message = JSON.parse(this.buffer.subarray(colon + 1, colon + 1 + length).toString());
        this.buffer = this.buffer.subarray(colon + 1 + length);
        if (!Array.isArray(message)) continue;
        const [, id, error, result] = message;
        const { done, broke } = this.waiting.get(id);
        this.waiting.delete(id);
        if (error) broke(new Error(`${error.error}: ${error.message}`));
        else done(result);
      }
    });
  }
  ask(name, parameters = {}) {
    const text = JSON.stringify([0, this.next, name, parameters]);
    this.socket.write(`${Buffer.byteLength(text)}:${text}`);
    return new Promise((done, broke) => {
      this.waiting.set(this.next, { done, broke });
      this.next += 1;
    });
  }
  context(value) {
    return this.ask("Marionette:SetContext", { value });
  }
  async go(url) {
    await this.ask("WebDriver:Navigate", { url });
  }
  /** Runs a function in the page, or in the browser itself. */
  async run(script, args = []) {
    return (await this.ask("WebDriver:ExecuteScript", { script, args, newSandbox: true })).value;
  }
  async later(script, args = []) {
    return (await this.ask("WebDriver:ExecuteAsyncScript", { script, args, newSandbox: true })).value;
  }
}

async function speaker() {
  for (let turn = 0; turn < 300; turn += 1) {
    const socket = await new Promise((done) => {
      const tried = connect(port, "127.0.0.1");
      tried.once("connect", () => done(tried));
      tried.once("error", () => done(null));
    });
    if (socket) return new Speaker(socket);
    await pause(200);
  }
  throw new Error("Firefox does not listen");
}

/** Runs an expression in the popup of the extension. */
function inPopup(fox, expression) {
  return fox.later(`
    const done = arguments[arguments.length - 1];
    const popup = document.querySelector("browser.webextension-popup-browser");
    if (!popup) { done(null); return; }
    const heard = (message) => { popup.messageManager.removeMessageListener("upstairs:told", heard); done(message.data); };
    popup.messageManager.addMessageListener("upstairs:told", heard);
    popup.messageManager.loadFrameScript("data:," + encodeURIComponent(\`
      (async () => { let told; try { const { document, window } = { document: content.document, window: content }; told = await (\${arguments[0]}); } catch (error) { told = String(error); } sendAsyncMessage("upstairs:told", told); })();\`), false);
  `, [expression]);
}

/** Clicks the button of the extension, as a user would, and waits for what it says. */
async function click(fox) {
  await fox.context("chrome");
  await fox.later(`
    const done = arguments[arguments.length - 1];
    const { ExtensionParent } = ChromeUtils.importESModule("resource://gre/modules/ExtensionParent.sys.mjs");
    const extension = ExtensionParent.GlobalManager.getExtension(${JSON.stringify(ID)});
    Promise.resolve(ExtensionParent.apiManager.global.browserActionFor(extension).triggerAction(window)).then(() => done(true), (error) => done(String(error)));
  `);
  for (let turn = 0; turn < 100; turn += 1) {
    await pause(150);
    if (await inPopup(fox, "document.body && document.body.dataset.ready === '1'") === true) return;
  }
  throw new Error("the extension says nothing");
}

async function close(fox) {
  await inPopup(fox, "window.close()").catch(() => undefined);
  await fox.context("content");
}

try {
  const fox = await speaker();
  await fox.ask("WebDriver:NewSession", { capabilities: { alwaysMatch: { acceptInsecureCerts: false } } });
  await fox.ask("Addon:Install", { path: XPI, temporary: true });
  await fox.context("chrome");
  const about = await fox.run(`
    const { ExtensionParent } = ChromeUtils.importESModule("resource://gre/modules/ExtensionParent.sys.mjs");
    const extension = ExtensionParent.GlobalManager.getExtension(${JSON.stringify(ID)});
    return { at: extension.baseURL, warnings: [...extension.warnings, ...extension.errors].map(String), version: Services.appinfo.version };
  `);
  claim(about.warnings.length === 0, `Firefox ${about.version} takes the extension without a complaint ${about.warnings.join("; ")}`);

  await fox.context("content");
  const site = `http://${HOST}:${new URL(SITE).port}/contact`;
  await fox.go(site);
  await fox.run(`
    const line = document.createElement("p"); line.textContent = "Complaints made by a script: 020 7946 0991"; document.body.append(line);
    const field = document.createElement("input"); field.value = "what I typed and never sent"; document.body.append(field);`);
  await click(fox);
  claim((await inPopup(fox, "document.getElementById('state').className")) === "bad", "an extension that is not paired says so");
  await close(fox);

  const link = execFileSync(UPSTAIRS, ["open", "--no-browser"], { encoding: "utf8" }).match(/http:\/\/\S+/)[0];
  await fox.go(link);
  const upstairs = new URL(await fox.run("return location.href")).origin;
  await fox.go(upstairs + "/settings");
  const code = await fox.run("return document.getElementById('pairing').value");
  await fox.go(about.at + "options.html");
  const pair = async (words) => {
    // What was said of the code before it must not be taken for what is said of this one.
    await fox.run("document.getElementById('state').className = ''; document.getElementById('code').value = arguments[0]; document.querySelector('form').requestSubmit();", [words]);
    for (let turn = 0; turn < 60; turn += 1) {
      await pause(100);
      const said = await fox.run("return document.getElementById('state').className");
      if (said === "bad" || said === "good") return said;
    }
    return "silent";
  };
  claim((await pair("7425:short")) === "bad", "what is no pairing code is refused");
  claim((await pair(code)) === "good", "the right code pairs");

  await fox.go(site);
  await fox.run(`const line = document.createElement("p"); line.textContent = "Complaints made by a script: 020 7946 0991"; document.body.append(line);
    const field = document.createElement("input"); field.value = "what I typed and never sent"; document.body.append(field);`);
  await click(fox);
  const text = String(await inPopup(fox, "document.body.innerText"));
  claim(text.includes("20 7946 0991"), `what a script made stands among the contacts: ${text.slice(0, 300)}`);
  claim(!text.includes("what I typed"), "what was typed is not sent");
  claim((await inPopup(fox, "document.querySelectorAll('[data-standing]').length")) >= 3, "each contact has its standing");
  const kept = await inPopup(fox, "(async () => { const form = document.getElementById('keep'); if (form.hidden) return 'hidden'; form.requestSubmit(); for (let n = 0; n < 50; n += 1) { await new Promise((done) => content.setTimeout(done, 100)); const said = document.getElementById('kept').textContent; if (said) return said; } return 'silent'; })()");
  claim(String(kept).includes(".html"), `the page is kept as evidence: ${kept}`);
  await close(fox);
  await fox.go(upstairs + "/cases");
  await fox.go(await fox.run("return document.querySelector('.case-row').href"));
  claim((await fox.run("return document.getElementById('evidence').innerText")).includes(HOST), "and stands in the case");
  const picture = await fox.ask("WebDriver:TakeScreenshot", { full: true });
  writeFileSync(join(PICTURES, "firefox-case.png"), Buffer.from(picture.value, "base64"));
  await fox.ask("Marionette:Quit", { flags: ["eForceQuit"] }).catch(() => undefined);
} catch (error) {
  claim(false, `${error.message.split("\n")[0]} ${String(error.stack).match(/firefox\.mjs:\d+/g)}`);
}
firefox.kill("SIGKILL");
await pause(500);
rmSync(profile, { recursive: true, force: true, maxRetries: 5 });
console.log(failed === 0 ? "all claims hold" : `${failed} claims failed`);
process.exit(failed === 0 ? 0 : 1);
