// The viewer of saved pages in a real browser: a page that would run, fetch, send and lead away does none of it.
//
// Started by a test of the attacks: it passes the address of such a page in COMPANY; the rest as for journeys.mjs. Where the
// page would go is a server of the test, which tells afterwards that nobody came.
import { execFileSync } from "node:child_process";
import { browser, claim, end } from "./looking.mjs";

const { UPSTAIRS, COMPANY } = process.env;
const link = execFileSync(UPSTAIRS, ["open", "--no-browser"], { encoding: "utf8" }).match(/http:\/\/\S+/)[0];

for (const javaScriptEnabled of [true, false]) {
  const context = await browser.newContext({ locale: "en-GB", viewport: { width: 1280, height: 844 }, javaScriptEnabled });
  const page = await context.newPage();
  page.setDefaultTimeout(30000);
  const asked = [];
  page.on("request", (request) => asked.push(new URL(request.url()).origin));
  page.on("dialog", (dialog) => { claim(false, "a dialog: " + dialog.message()); dialog.dismiss(); });
  await page.goto(javaScriptEnabled ? link : execFileSync(UPSTAIRS, ["open", "--no-browser"], { encoding: "utf8" }).match(/http:\/\/\S+/)[0]);
  const own = new URL(page.url()).origin;
  await page.locator("#company").fill(COMPANY);
  await page.getByRole("button", { name: "Find", exact: true }).click();
  await page.locator(".result").waitFor({ timeout: 60000 });
  await page.locator(".why summary").first().click();
  await page.locator(".witnesses a[href*='/witness/']").first().click();
  const saved = page.frameLocator("iframe.saved-page");
  await saved.locator("mark").first().waitFor();
  await page.waitForTimeout(1500);
  const frame = page.frames().find((one) => one !== page.mainFrame());
  const viewer = new URL(frame.url()).origin;
  claim(viewer !== own, "the page stands on another origin");
  claim(await saved.getByText("Write to our complaints team").isVisible(), "it is there to be read");
  claim((await page.title()).startsWith("Where it was read") && (await frame.title()) === "Fennel Stores", "nothing in it ran");
  claim((await context.cookies(viewer)).length === 0, "the viewer has no cookie, and is sent none");
  // Whatever one clicks in it leads nowhere.
  await saved.getByText("complaints@fennel.example").click();
  await saved.getByText("Go", { exact: true }).click();
  await page.waitForTimeout(500);
  claim(page.url().includes("/witness/") && new URL(frame.url()).origin === viewer, "a click in it leads nowhere");
  const others = asked.filter((origin) => origin !== own && origin !== viewer);
  claim(others.length === 0, `nothing else was asked: ${others.join(" ")}`);
  // By its address alone it is not to be had: neither as a page nor as part of another site.
  const alone = await context.newPage();
  // An answer without a body is an error to the driver: what counts is that it is no page.
  const status = await alone.goto(frame.url().split("#")[0]).then((answer) => answer.status(), () => 403);
  claim(status === 403 && (await alone.getByText("Write to our complaints team").count()) === 0, "the address alone opens nothing");
  await context.close();
}
await end();
