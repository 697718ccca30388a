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
    list.replaceChildren(...far.lines.slice(-8).reverse().map((line) => {
      const item = document.createElement("li");
      item.textContent = line.url;
      if (line.missed) item.className = "missed";
      return item;
    }));
  });
  source.addEventListener("done", (event) => { source.close(); location.replace(event.data); });
}
