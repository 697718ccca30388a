// Small comforts on top of pages that work without them: copying, live progress, printing.
"use strict";
document.documentElement.classList.add("scripted");

document.addEventListener("click", (event) => {
  const button = event.target.closest("button");
  if (!button) return;
  if (button.dataset.print) window.print();
  if (button.dataset.copy !== undefined) {
    const words = button.querySelector("span");
    const before = words.textContent;
    navigator.clipboard.writeText(button.dataset.copy).then(() => {
      words.textContent = button.dataset.copied;
      setTimeout(() => { words.textContent = before; }, 1600);
    }, () => {});
  }
});

const waiting = document.getElementById("waiting");
if (waiting) {
  const source = new EventSource(waiting.dataset.events);
  const put = (id, text) => { document.getElementById(id).textContent = text; };
  source.addEventListener("progress", (event) => {
    const far = JSON.parse(event.data);
    put("far-documents", far.documents);
    put("far-contacts", far.contacts);
    const list = document.getElementById("far-lines");
    list.replaceChildren(...far.lines.slice(-4).reverse().map((line) => {
      const item = document.createElement("li");
      item.textContent = line.url;
      if (line.missed) item.className = "missed";
      return item;
    }));
  });
  // The ladder as it grows: what the user opened stays open, what is new is marked for a moment.
  source.addEventListener("ladder", (event) => {
    const grown = document.getElementById("grown");
    const name = (contact) => contact.querySelector(".value")?.textContent;
    const known = new Set([...grown.querySelectorAll(".contact")].map(name));
    const open = new Set([...grown.querySelectorAll(".contact")].filter((one) => one.querySelector(".why[open]")).map(name));
    const had = grown.contains(document.activeElement) ? name(document.activeElement.closest(".contact") || grown) : null;
    // Made by our own server, which escapes every word.
    grown.innerHTML = event.data;
    for (const contact of grown.querySelectorAll(".contact")) {
      const value = name(contact);
      if (!known.has(value)) contact.classList.add("new");
      if (open.has(value)) contact.querySelector(".why").open = true;
      if (had && had === value) contact.querySelector("summary")?.focus({ preventScroll: true });
    }
  });
  source.addEventListener("done", (event) => {
    source.close();
    // Whoever reads a rung already stays at it.
    const rung = scrollY > 300 && [...document.querySelectorAll("#grown .rung")].find((one) => one.getBoundingClientRect().bottom > 100);
    location.replace(event.data + (rung ? "#" + rung.id : ""));
  });
}

// A passphrase: how hard it is to guess, by its length and how many signs it is made of. Nothing is sent anywhere.
for (const told of document.querySelectorAll("[data-strength]")) {
  const field = document.getElementById(told.dataset.strength);
  field?.addEventListener("input", () => {
    const typed = field.value;
    const kinds = [/[a-z]/, /[A-Z]/, /[0-9]/, /[^a-zA-Z0-9]/].filter((kind) => kind.test(typed)).length;
    const bits = Math.min(typed.length, new Set(typed).size * 2) * (3 + kinds / 2);
    const grade = bits < 50 ? "weak" : bits < 75 ? "fair" : "good";
    told.textContent = typed ? told.dataset[grade] : "";
    told.dataset.grade = grade;
  });
}

// Writing: the marks follow what is typed.
const text = document.querySelector("textarea[data-check]");
if (text) {
  const marks = document.getElementById("marks");
  let timer = 0;
  let turn = 0;
  text.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(async () => {
      const mine = ++turn;
      const { token, words } = text.form.elements;
      const body = new URLSearchParams({ token: token.value, text: text.value, ...(words && { words: words.value }) });
      const answer = await fetch(text.dataset.check, { method: "POST", body }).catch(() => null);
      // The answer is made by our own server, which escapes every word of the text.
      if (answer && answer.ok && mine === turn) marks.innerHTML = await answer.text();
    }, 350);
  });
}
// The preview follows, too: words only, never markup.
if (text) {
  const preview = document.querySelector(".preview");
  const follow = () => {
    const blocks = text.value.split("\n\n");
    // Above the subject of a letter stand its addresses and the day, which have their own places.
    const most = blocks[0].includes("\n") ? 4 : 1;
    const names = (block, place) => place === 0 ? block.includes(": ") : /^(Subject|Betreff|Objet|Asunto) ?: /.test(block);
    const at = blocks.slice(0, Math.min(most, blocks.length - 1)).findIndex((block, place) => !block.includes("\n") && names(block, place));
    const subject = at < 0 ? null : blocks[at].slice(blocks[at].indexOf(": ") + 2);
    for (const place of preview.querySelectorAll(".subject")) (place.querySelector("strong") || place).textContent = subject || "";
    for (const words of preview.querySelectorAll(".words")) {
      words.replaceChildren(...blocks.slice(at + 1).map((piece) => {
        const line = document.createElement("p");
        line.textContent = piece;
        return line;
      }));
    }
  };
  if (preview) text.addEventListener("input", () => { if (preview.open) follow(); });
  if (preview) preview.addEventListener("toggle", follow);
}
document.addEventListener("click", (event) => {
  const button = event.target.closest("button[data-copy-from]");
  if (!button) return;
  const words = button.querySelector("span");
  const before = words.textContent;
  navigator.clipboard.writeText(document.getElementById(button.dataset.copyFrom).value).then(() => {
    words.textContent = button.dataset.copied;
    setTimeout(() => { words.textContent = before; }, 1600);
  }, () => {});
});

// Calling: the hold timer goes on when the page is closed, and half a note is not lost.
const hold = document.getElementById("hold");
if (hold) {
  const key = "hold-" + hold.dataset.case;
  const minutes = document.getElementById("held");
  const tick = () => {
    const since = Number(localStorage.getItem(key) || 0);
    // One button at a time: the bar stays in sight on a phone, and is as small as can be.
    hold.parentElement.classList.toggle("running", since > 0);
    if (!since) return;
    const seconds = Math.floor((Date.now() - since) / 1000);
    hold.textContent = Math.floor(seconds / 60) + ":" + String(seconds % 60).padStart(2, "0");
    minutes.value = Math.round(seconds / 60);
  };
  setInterval(tick, 1000);
  tick();
  document.addEventListener("click", (event) => {
    const button = event.target.closest("button[data-hold]");
    if (!button) return;
    if (button.dataset.hold === "start") localStorage.setItem(key, String(Date.now()));
    else { tick(); localStorage.removeItem(key); }
    tick();
  });
}
for (const area of document.querySelectorAll("textarea[data-keep]")) {
  const key = "keep-" + area.dataset.keep;
  if (!area.value) area.value = localStorage.getItem(key) || "";
  area.addEventListener("input", () => localStorage.setItem(key, area.value));
  area.form.addEventListener("submit", () => localStorage.removeItem(key));
}

// Files dropped onto a field: the browser takes them itself, this only shows that it will.
for (const input of document.querySelectorAll("input[data-drop]")) {
  for (const kind of ["dragenter", "dragover"]) input.addEventListener(kind, () => input.classList.add("over"));
  for (const kind of ["dragleave", "drop"]) input.addEventListener(kind, () => input.classList.remove("over"));
}
