// The journeys of a user in a real browser, at a phone's width and a screen's, by mouse, by keyboard alone, and without
// scripts. Each page is looked at by axe in both themes; no console error and no request to another host is let pass.
//
// Started by the test `journeys` of the binary: it passes the modules' folder, the browser, a command that gives a fresh
// link in, the address of the made-up company, and a folder for pictures. Prints one line a claim; ends with 1 if any failed.
import { execFileSync } from "node:child_process";
import { browser, claim, end, look as seen } from "./looking.mjs";

const { UPSTAIRS, COMPANY } = process.env;

/** Returns a fresh link: a second start of the program finds the first. */
const link = () => execFileSync(UPSTAIRS, ["open", "--no-browser"], { encoding: "utf8" }).match(/http:\/\/\S+/)[0];

/** Opens a new profile and goes in. */
async function enter(options) {
  const context = await browser.newContext({ locale: "en-GB", ...options });
  const page = await context.newPage();
  page.setDefaultTimeout(15000);
  page.troubles = [];
  page.expected = 0;
  page.on("console", (message) => {
    if (message.type() !== "error") return;
    // A page that says what is wrong with a form comes with the status 422, and the browser tells of that.
    if (message.text().includes("422")) page.expected += 1;
    else page.troubles.push(message.text());
  });
  page.on("pageerror", (error) => page.troubles.push(String(error)));
  page.on("request", (request) => {
    const url = new URL(request.url());
    // The viewer of saved pages goes by the other name of this machine.
    if (!["127.0.0.1", "localhost"].includes(url.hostname) && url.protocol.startsWith("http")) page.troubles.push("asked " + request.url());
  });
  await page.goto(link());
  return page;
}

/** Looks at a page, and weighs it with all that it asked for. */
async function look(page, name) {
  await seen(page, name);
  await weigh(page, name);
}

async function weigh(page, name) {
  const size = await page.evaluate(() => performance.getEntriesByType("navigation").concat(performance.getEntriesByType("resource")).reduce((sum, entry) => sum + entry.encodedBodySize, 0));
  claim(size <= 150000, `${name} weighs ${Math.round(size / 1000)} kB, at most 150`);
}

async function journey(width) {
  const page = await enter({ viewport: { width, height: 844 }, acceptDownloads: true });
  await look(page, "home");
  await page.getByLabel("Company or website").fill(COMPANY);
  await page.getByLabel("Your country").selectOption("GB");
  await page.getByLabel("What it is about").selectOption("billing");
  await page.getByRole("button", { name: "Find", exact: true }).click();
  await page.locator("#grown .contact").first().waitFor({ timeout: 60000 });
  claim((await page.locator("#waiting").count()) === 1, "rungs and contacts come while the site is still read");
  // On a busy machine the search may be over before the page that waits was looked at: that is no fault of the page.
  await look(page, "waiting").catch((error) => {
    if (!/navigation|destroyed/.test(error.message)) throw error;
    console.log("note the search was over before the page that waits was looked at");
  });
  await page.locator(".result").waitFor({ timeout: 60000 });
  claim((await page.locator(".rung").count()) >= 4, "the ladder has its rungs");
  claim(await page.getByText("complaints@brightwell-energy.example").first().isVisible(), "the complaints mailbox stands on it");
  await page.locator(".why summary").first().click();
  claim(await page.locator(".why q").first().isVisible(), "'why' opens the witness with its quote");
  await look(page, "ladder");
  await page.locator(".witnesses a[href*='/witness/']").first().click();
  const saved = page.frameLocator("iframe.saved-page");
  await saved.locator("mark").first().waitFor();
  const [own, other] = page.frames().map((frame) => new URL(frame.url()).origin);
  claim(own !== other, `the saved page stands on another origin (${own}, ${other})`);
  claim(await saved.locator("mark").first().isVisible(), "its words are marked");
  claim((await saved.locator("a, script, form, iframe, img[src^=http], link").count()) === 0, "nothing in it leads away or acts");
  await look(page, "witness");
  await page.goBack();
  await page.locator(".result").waitFor();
  await page.locator(".menu summary").click();
  const [download] = await Promise.all([page.waitForEvent("download"), page.getByRole("link", { name: "vCard" }).click()]);
  claim(download.suggestedFilename().endsWith(".vcf"), "the ladder is saved as a vCard");
  const [shared] = await Promise.all([page.waitForEvent("download"), page.getByRole("link", { name: "Picture (PNG)" }).click()]);
  claim(shared.suggestedFilename() === "upstairs-ladder.png", "the ladder is shared as a picture");
  await page.emulateMedia({ media: "print" });
  claim(!(await page.locator(".places").isVisible()), "print leaves the navigation out");
  const printed = await page.locator(".rung > .body").first().evaluate((body) => body.getBoundingClientRect().width / document.documentElement.clientWidth);
  claim(printed > 0.7, `a rung is printed as wide as the paper (${width}) ${printed.toFixed(2)}`);
  await page.emulateMedia({ media: "screen" });

  await page.locator(".result").getByRole("button", { name: "Start a case" }).click();
  await page.waitForURL(/\/start\//);
  // A trade that nobody told is asked first.
  if (page.url().endsWith("/q/company")) {
    await look(page, "start-company");
    await page.getByRole("button", { name: "Continue" }).click();
  }
  await look(page, "start-country");
  await page.getByRole("button", { name: "Continue" }).click();
  await page.getByLabel("What happened").fill("The bill charges 900 units a month, the meter counted 310.");
  await page.getByLabel("What kind of problem").selectOption("billing_error");
  await look(page, "start-what");
  await page.getByRole("button", { name: "Continue" }).click();
  await page.getByLabel("Since when").fill("2026-02-20");
  await page.getByLabel("It is still going on").check();
  await page.getByRole("button", { name: "Continue" }).click();
  await page.getByLabel("A correction").check();
  await look(page, "start-wanted");
  await page.getByRole("button", { name: "Continue" }).click();
  await page.getByLabel("Sum", { exact: true }).fill("twelve");
  await page.getByRole("button", { name: "Continue" }).click();
  claim(await page.getByRole("alert").isVisible(), "a sum that is none is told, and what was typed stays");
  claim((await page.getByLabel("Sum", { exact: true }).inputValue()) === "twelve", "what was typed stays");
  await page.getByLabel("Sum", { exact: true }).fill("412.50");
  await page.getByRole("button", { name: "Continue" }).click();
  await page.getByLabel("Day").fill("2026-03-25");
  await page.getByLabel("How", { exact: true }).selectOption("phone");
  await page.getByLabel("What was said").fill("Was told that the next bill puts it right");
  await page.getByRole("button", { name: "Save and add another" }).click();
  claim(await page.getByText("Was told that the next bill").isVisible(), "a contact is kept at once");
  await page.getByLabel("Day").fill("2026-04-02");
  await page.getByLabel("How", { exact: true }).selectOption("email");
  await page.getByLabel("What kind of contact").selectOption("complaint");
  await page.getByLabel("What was said").fill("Complaint in writing");
  await look(page, "start-tried");
  await page.getByRole("button", { name: "Continue" }).click();
  await page.getByLabel("Numbers").fill("BW-40417");
  await page.getByRole("button", { name: "Continue" }).click();
  await page.getByRole("button", { name: "I do not know yet" }).click();
  await page.locator("#files").setInputFiles({ name: "meter photo.jpg", mimeType: "image/jpeg", buffer: Buffer.from("a picture") });
  await look(page, "start-evidence");
  await page.getByRole("button", { name: "Continue" }).click();
  await look(page, "start-review");
  await page.getByRole("button", { name: "Open the case" }).click();
  await page.waitForURL(/\/cases\//);
  claim(await page.locator("#next-title").isVisible(), "the next step is the big card");
  claim(await page.getByText("meter photo.jpg").isVisible(), "the evidence is with the case");
  const base = new URL(page.url()).pathname;

  // Evidence and mails, dropped together: the picture is kept, the mail is looked over first.
  const pixel = Buffer.from("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==", "base64");
  const mail = Buffer.from("From: Care <care@brightwell-energy.example>\r\nTo: ada@post.example\r\nSubject: Your complaint BW-40417\r\nDate: Thu, 9 Apr 2026 10:00:00 +0000\r\nMessage-ID: <m1@brightwell-energy.example>\r\nContent-Type: text/plain\r\n\r\nDear customer, we will refund 40 GBP by 20 April 2026. Reference BW-40417.\r\n");
  await page.locator("#files").setInputFiles([{ name: "meter.png", mimeType: "image/png", buffer: pixel }, { name: "answer.eml", mimeType: "message/rfc822", buffer: mail }]);
  await page.locator("#evidence").getByRole("button", { name: "Add", exact: true }).click();
  await page.waitForURL(/\/import\//);
  claim(await page.getByText("40 GBP").first().isVisible(), "a mail shows what it would become before it is kept");
  await look(page, "import");
  await page.locator("input[name=take]").first().check();
  await page.getByRole("button", { name: "Save what is ticked" }).click();
  await page.waitForURL(/done=import/);
  // Pictures are asked for once they come into sight.
  await page.locator(".thumb img").last().scrollIntoViewIfNeeded();
  claim(await page.waitForFunction(() => [...document.querySelectorAll(".thumb img")].some((image) => image.naturalWidth > 0)).then(() => true, () => false), "a picture is seen as one");
  await page.locator("#evidence").getByRole("link", { name: "meter.png", exact: true }).click();
  await look(page, "evidence");
  await page.goto(new URL(base, page.url()).href);
  const [dossier] = await Promise.all([page.waitForEvent("download"), page.getByRole("button", { name: "Make the PDF" }).click()]);
  claim(dossier.suggestedFilename() === "dossier.pdf", "the whole case comes as one PDF");

  await page.locator("#log summary").click();
  await page.locator("#log").getByLabel("What was said").fill("The bill is corrected by Friday");
  await page.locator("#log").getByLabel("Who did it").selectOption("company");
  await page.locator("#log").getByLabel("What kind of contact").selectOption("promise");
  await page.locator("#log").getByLabel("Day that was promised").fill("2001-01-05");
  await page.locator("#log").getByRole("button", { name: "Write it down" }).click();
  claim(await page.getByRole("alert").isVisible(), "a promise for a day that was before is not taken, and the page says why");
  claim((await page.locator("#log").getByLabel("What was said").inputValue()) === "The bill is corrected by Friday", "what was typed of it stays");
  await look(page, "case-refused");
  await page.locator("#log").getByLabel("Day that was promised").fill("2099-01-05");
  await page.locator("#log").getByRole("button", { name: "Write it down" }).click();
  claim(await page.getByText("The bill is corrected by Friday").first().isVisible(), "a contact is written down");
  await look(page, "case");
  // The picture of a story opens at its newest end, and says all the while whose lane is whose.
  const story = await page.locator(".from-end").evaluate((box) => {
    const [today, frame, name] = [".today", null, ".story-names"].map((part) => (part ? box.querySelector(part) : box).getBoundingClientRect());
    return { today: today.left >= frame.left && today.right <= frame.right + 1, names: name.left >= frame.left - 1 && name.left < frame.left + 2 };
  });
  claim(story.today && story.names, `the picture shows today first, and the names of its lanes (${width}) ${JSON.stringify(story)}`);

  await page.goto(new URL(base + "/reply", page.url()).href);
  await look(page, "reply");
  await page.getByRole("button", { name: "See what it says" }).click();
  claim(await page.getByRole("alert").isVisible(), "a reply without words is asked for again");
  await look(page, "reply-empty");
  await page.locator("#reply").fill("Dear Ms Fox, we have checked the meter and agree that 900 units are wrong. We offer 40 GBP if you accept by 1 May 2099. A new bill will be with you within ten days. Please send us a photo of the meter. Call 020 7946 0123 and quote BW-77120. Kind regards, Ana Reed, Complaints Manager");
  await page.getByRole("button", { name: "See what it says" }).click();
  await page.locator("#says").waitFor();
  claim(await page.locator("#says").getByText("Ana Reed").isVisible(), "a reply is told in words, with who signs");
  await look(page, "reply-told");
  await page.locator("#amount-0").fill("forty");
  await page.getByRole("button", { name: "Save it in the case" }).click();
  claim(await page.getByRole("alert").isVisible(), "a sum of a line that is none is told");
  claim((await page.locator("#amount-0").inputValue()) === "forty", "and what was corrected stays");
  await look(page, "reply-refused");
  await page.locator("#amount-0").fill("40 GBP");
  await page.getByRole("button", { name: "Save it in the case" }).click();
  await page.waitForURL(/done=reply/);
  claim(await page.getByText("BW-77120").first().isVisible(), "the reply is in the log");

  await page.goto(new URL(base + "/edit", page.url()).href);
  await page.getByLabel("How it affects you").fill("Two days without heating");
  await look(page, "case-edit");
  await page.getByRole("button", { name: "Save the changes" }).click();
  await page.waitForURL(/done=edit/);
  claim(await page.getByText("The facts are corrected.").isVisible(), "a fact is corrected");

  await page.goto(new URL(base + "/write?as=email", page.url()).href);
  const text = page.locator("#text");
  claim((await text.inputValue()).startsWith("Subject:"), "the draft is there");
  await text.fill((await text.inputValue()) + "\nYou are thieves and liars!!! THIS IS A DISGRACE.");
  await page.locator(".flag").first().waitFor();
  claim(true, "marks come while one types");
  // Whatever is scrolled to: nothing lies over the letter on a phone, and there is no hole behind the marks.
  const laid = await page.evaluate(() => {
    const place = (part) => document.querySelector(part).getBoundingClientRect();
    const [letter, bar, marks, preview] = [place("#text"), place(".paper .actions"), place("#marks"), place(".preview")];
    return { over: letter.bottom - bar.top, hole: preview.top - Math.max(marks.bottom, place(".paper").bottom) };
  });
  claim((width > 760 || laid.over <= 1) && laid.hole < 60, `the bar covers nothing of the letter and leaves no hole (${width}) ${JSON.stringify(laid)}`);
  await look(page, "write");
  await page.locator(".flag").getByRole("button").first().click();
  claim((await page.getByRole("status").count()) > 0, "a suggestion is taken by a click, and the text is kept");
  await page.locator(".preview summary").click();
  await page.locator("#preview-letter").check();
  claim(await page.locator(".sheet.letter").isVisible(), "the text is seen as a letter");
  await text.fill("Subject: Bill of March\n\nPlease refund 10 GBP.");
  claim((await page.locator(".sheet.letter .words").innerText()).includes("Please refund 10 GBP."), "the preview follows what is typed");
  // The bar at the foot of a phone covers whatever is scrolled behind it.
  await page.locator(".preview .tabs").evaluate((tabs) => tabs.scrollIntoView({ block: "center" }));
  await look(page, "preview");
  await page.locator(".menu.up summary").click();
  const [letter] = await Promise.all([page.waitForEvent("download"), page.getByRole("button", { name: "PDF", exact: true }).click()]);
  claim(letter.suggestedFilename() === "email.pdf", "the text comes as a PDF");
  await page.getByRole("button", { name: "I sent it today" }).click();
  await page.waitForURL(/done=sent/);

  await page.goto(new URL(base + "/call", page.url()).href);
  await page.getByLabel("In their words").fill("A supervisor calls back");
  await look(page, "call");
  await page.getByRole("button", { name: "On hold" }).click();
  await page.waitForTimeout(1200);
  await page.reload();
  claim((await page.locator("#hold").textContent()) !== "0:00", "the timer of the hold goes on though the page was closed");
  await page.getByRole("button", { name: "Somebody answers" }).click();
  claim((await page.getByLabel("In their words").inputValue()) === "A supervisor calls back", "half a note survives a closed page");
  await page.getByRole("button", { name: "They promised" }).click();
  claim(await page.getByText("A supervisor calls back").isVisible(), "a note is in the log at once");

  await page.goto(new URL("/cases", page.url()).href);
  claim((await page.locator(".case-row").count()) >= 1, "the case is in the list");
  await look(page, "cases");
  await page.goto(new URL("/directory?q=bank&number=020+7946+0999&country=GB", page.url()).href);
  await look(page, "directory");
  await page.goto(new URL("/directory?number=complaints%40brightwell-energy.example&company=Brightwell+Energy&country=GB", page.url()).href);
  await look(page, "directory-whose");
  for (const [name, path] of [["docs", "/docs"], ["verify", base + "/verify"], ["start", "/start"]]) {
    await page.goto(new URL(path, page.url()).href);
    await look(page, name);
  }
  await page.goto(new URL("/atlas?country=GB&sector=energy", page.url()).href);
  claim(await page.getByText("Energy Ombudsman").first().isVisible(), "the atlas names the ombudsman");
  await look(page, "atlas");
  await page.goto(new URL("/check-message", page.url()).href);
  await page.locator("#message").fill("QUILLON: unusual activity. Not you? Call 020 7946 0999 and give the passcode we text you.");
  await page.getByRole("button", { name: "Check a message" }).click();
  claim(await page.getByText("This is very likely a fraud.").isVisible(), "a fraud is called a fraud");
  claim((await page.locator(".verdict a[href^='tel:']").count()) === 0, "the number of a fraud is no link");
  await look(page, "check");
  await page.goto(new URL("/settings", page.url()).href);
  await look(page, "settings");
  await page.locator("#outside summary").click();
  const gleif = page.locator("#source-gleif");
  await gleif.getByRole("button", { name: /^Switch on/ }).click();
  await page.waitForURL(/done=source/);
  claim(await gleif.getByRole("button", { name: /^Switch off/ }).isVisible(), "an outside source is switched on");
  await look(page, "settings-sources");
  await gleif.getByRole("button", { name: /^Switch off/ }).click();
  await gleif.getByRole("button", { name: /^Switch on/ }).waitFor({ state: "attached" });
  const words = "violet harbour tuesday";
  await page.locator("#seal-new").fill(words);
  await page.locator("#seal-again").fill(words);
  await page.getByRole("button", { name: "Seal my cases" }).click();
  await page.waitForURL(/done=sealed/, { timeout: 90000 });
  await look(page, "settings-sealed");
  await page.goto(new URL(base, page.url()).href);
  claim(await page.locator("#next-title, .case-head").first().isVisible(), "sealed cases go on in the browser that sealed them");
  await page.goto(new URL("/settings", page.url()).href);
  await page.locator("#unseal-now").fill(words);
  await page.getByRole("button", { name: "Store them unencrypted again" }).click();
  await page.waitForURL(/done=unsealed/, { timeout: 90000 });
  await page.getByLabel("Language", { exact: true }).selectOption("de");
  await page.locator("#pages").getByRole("button", { name: "Save" }).click();
  claim(await page.getByRole("heading", { name: "Einstellungen" }).isVisible(), "the pages speak German");
  await page.goto(new URL(base, page.url()).href);
  await look(page, "case-de");
  await page.goto(new URL(base + "/reply", page.url()).href);
  await look(page, "reply-de");
  await page.goto(new URL("/", page.url()).href);
  await look(page, "home-de");
  await page.goto(new URL("/settings", page.url()).href);
  await page.locator("#language").selectOption("en");
  await page.locator("#pages button").click();
  const missing = await page.goto(new URL("/nothing-here", page.url()).href);
  claim(missing.status() === 404, "what is not there is told");
  await look(page, "fault");
  page.troubles = page.troubles.filter((trouble) => !trouble.includes("404"));
  claim(page.troubles.length === 0, `no console error and no request to another host (${width}) ${page.troubles.join("; ")}`);
  await page.context().close();
}

/** Presses Tab until what is wanted has the focus. */
async function tabTo(page, wanted, most = 60) {
  for (let n = 0; n < most; n += 1) {
    await page.keyboard.press("Tab");
    if (await page.evaluate((selector) => document.activeElement && document.activeElement.matches(selector), wanted)) return true;
  }
  return false;
}

async function keyboard(width) {
  const page = await enter({ viewport: { width, height: 844 } });
  await page.keyboard.press("Tab");
  claim(await page.evaluate(() => document.activeElement.classList.contains("skip")), "the first Tab offers to skip to the content");
  await tabTo(page, "#company");
  await page.keyboard.type(COMPANY);
  await page.keyboard.press("Enter");
  await page.locator(".result").waitFor({ timeout: 60000 });
  claim(await tabTo(page, ".why summary", 80), "'why' is reached by keyboard");
  await page.keyboard.press("Enter");
  claim((await page.locator(".why[open]").count()) === 1, "and opened by keyboard");
  await page.goto(new URL("/start", page.url()).href);
  await tabTo(page, "main .button");
  await page.keyboard.press("Enter");
  await page.waitForURL(/q\/company/);
  await tabTo(page, "#company");
  await page.keyboard.type("Acme");
  await page.keyboard.press("Enter");
  await page.waitForURL(/q\/country/);
  await tabTo(page, "#country");
  await page.keyboard.type("United K");
  await tabTo(page, "form button[type=submit]");
  await page.keyboard.press("Enter");
  await page.waitForURL(/q\/what/);
  await tabTo(page, "a[href$='/review']");
  await page.keyboard.press("Enter");
  await page.waitForURL(/review/);
  await tabTo(page, ".big-one");
  await page.keyboard.press("Enter");
  await page.waitForURL(/\/cases\//);
  claim(true, `a case is opened by keyboard alone (${width})`);
  await tabTo(page, "#log summary", 80);
  await page.keyboard.press("Enter");
  await tabTo(page, "#log #text");
  await page.keyboard.type("Rang them");
  await tabTo(page, "#log button[type=submit]");
  await page.keyboard.press("Enter");
  await page.waitForURL(/done=log/);
  claim(await page.locator(".said", { hasText: "Rang them" }).isVisible(), `a contact is written down by keyboard alone (${width})`);
  await page.context().close();
}

async function scriptless(width) {
  const page = await enter({ viewport: { width, height: 844 }, javaScriptEnabled: false });
  await page.getByLabel("Company or website").fill(COMPANY);
  await page.getByRole("button", { name: "Find", exact: true }).click();
  await page.locator(".result").waitFor({ timeout: 60000 });
  claim(!(await page.locator("[data-copy]").first().isVisible()), "without scripts there is no button that needs one");
  await page.locator(".result").getByRole("button", { name: "Start a case" }).click();
  await page.getByLabel("Country").selectOption("GB");
  await page.getByRole("button", { name: "Continue" }).click();
  await page.getByLabel("What happened").fill("It broke");
  await page.getByRole("link", { name: "Review everything" }).click();
  await page.getByRole("button", { name: "Open the case" }).click();
  claim(await page.locator("#next-title").isVisible(), `a case is opened without scripts (${width})`);
  await page.goto(page.url().split("?")[0] + "/write?as=email");
  await page.locator("#text").fill("You thieves! Where is my refund of 10 GBP?");
  await page.getByRole("button", { name: "Save", exact: true }).click();
  claim((await page.locator(".flag").count()) > 0, `a draft is checked and kept without scripts (${width})`);
  await page.context().close();
}

for (const width of [390, 1280]) {
  for (const [name, run] of Object.entries({ journey, keyboard, scriptless })) {
    try {
      await run(width);
    } catch (error) {
      claim(false, `${name} (${width}): ${error.message.split("\n").slice(0, 3).join(" ")} ${String(error.stack).match(/journeys\.mjs:\d+/g)}`);
    }
  }
}
await end();
