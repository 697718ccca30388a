// Pairing: the code that Upstairs shows under Settings is tried, and kept only where Upstairs knows it.
"use strict";

const $ = (id) => document.getElementById(id);
const say = (words, bad) => {
  $("state").textContent = words;
  $("state").className = bad ? "bad" : "good";
};

async function shown() {
  const home = await paired();
  $("forget").hidden = !home;
  if (home) say(t("is_paired", home.port));
}

speak();
shown();
$("form").addEventListener("submit", async (event) => {
  event.preventDefault();
  const home = pairing($("code").value);
  if (!home) return say(t("no_code"), true);
  try {
    await ask(home, "/cases?limit=1");
    await chrome.storage.local.set({ paired: home });
    $("code").value = "";
    await shown();
  } catch (error) {
    say(t(error.key || "refused") + (error.words ? " " + error.words : ""), true);
  }
});
$("forget").addEventListener("click", async () => {
  await chrome.storage.local.remove("paired");
  $("forget").hidden = true;
  say(t("forgotten"));
});
