#!/usr/bin/env python3
"""Makes other forms of the texts of a policies corpus, to see whether a procedure is read alike however it is published.

  forms.py DIR OUT

writes OUT/html (headings, lists, tables), OUT/divs (blocks with line breaks only), OUT/wrapped (lines of 66 letters with
hyphens, page headers and numbers), OUT/columns (two columns side by side) and OUT/tabs (cells parted by tabs), each with the
answers beside, for the scorer.
"""
import html, json, pathlib, re, sys, textwrap


def blocks(text):
    return [b.split("\n") for b in re.split(r"\n\s*\n", text.strip("\n"))]


def unfolded(block):
    """Lines of a block that were folded at a width, joined: on a page a paragraph is one."""
    out = []
    for line in block:
        goes_on = out and not re.search(r"[.,:;?!|]$", out[-1].strip()) and len(out[-1]) > 40 and re.match(r"[a-zß-ÿ(]|\d+ [a-z]", line)
        if goes_on:
            out[-1] = out[-1][:-1] + line if re.search(r"[a-z]-$", out[-1]) else out[-1] + " " + line
        else:
            out.append(line)
    return out


def as_html(text):
    out = []
    for block in map(unfolded, blocks(text)):
        at = 0
        while at < len(block):
            line = block[at].strip()
            kind = lambda l: "row" if " | " in l or "\t" in l.strip() else "bullet" if re.match(r"[-•*] ", l.strip()) else "number" if re.match(r"\d{1,2}[.)] ", l.strip()) else "line"
            if kind(line) == "line":
                head = len(line) < 70 and not re.search(r"[.,;:!?]$", line) and (len(block) == 1 or at == 0 and len(block) > 1 and len(block[1]) > len(line))
                out.append(f"<h2>{html.escape(line)}</h2>" if head else f"<p>{html.escape(line)}</p>")
                at += 1
                continue
            run = []
            while at < len(block) and kind(block[at]) == kind(line):
                run.append(block[at].strip())
                at += 1
            if kind(line) == "row":
                cells = lambda l: "".join(f"<td>{html.escape(c.strip())}</td>" for c in re.split(r" \| |\t", l))
                out.append("<table>" + "".join(f"<tr>{cells(l)}</tr>" for l in run) + "</table>")
            else:
                tag = "ul" if kind(line) == "bullet" else "ol"
                # A list that a paragraph interrupts goes on counting, as on pages that were written in an editor.
                first = re.match(r"[0-9]+", run[0])
                start = f' start="{first.group()}"' if tag == "ol" and first.group() != "1" else ""
                out.append(f"<{tag}{start}>" + "".join(f"<li>{html.escape(re.sub(r'^([-•*]|[0-9]+[.)]) ', '', l))}</li>" for l in run) + f"</{tag}>")
    return "<!doctype html><html><body><nav><a href='/'>Home</a> <a href='/shop'>Shop</a></nav><main>" + "\n".join(out) + "</main></body></html>"


def as_divs(text):
    out = []
    for block in blocks(text):
        rows = any(" | " in line or "\t" in line.strip() for line in block)
        out.append(as_html("\n".join(block)) if rows else "<div>" + "<br>\n".join(html.escape(line) for line in block) + "</div>")
    whole = "\n".join(re.sub(r"^.*<main>|</main>.*$", "", part, flags=re.S) for part in out)
    return "<!doctype html><html><body>" + whole + "</body></html>"


def folded(text, width):
    out = []
    for line in text.split("\n"):
        if " | " in line or "\t" in line.strip() or len(line) <= width:
            out.append(line)
            continue
        rest = line
        while len(rest) > width:
            cut = rest.rfind(" ", 1, width + 1)
            if cut < 1:
                out.append(rest[:width])
                rest = rest[width:]
                continue
            word = re.match(r"\s*(\S+)", rest[cut:])
            room = width - cut - 2
            whole = word.group(1) if word else ""
            if room >= 4 and len(whole) >= room + 4 and whole.isalpha() and whole.islower():
                out.append(rest[:cut] + " " + whole[:room] + "-")
                rest = whole[room:] + rest[cut + 1 + len(whole):]
            else:
                out.append(rest[:cut])
                rest = rest[cut + 1:]
        out.append(rest)
    return out


def as_wrapped(text, title):
    out, page = [], 1
    for at, line in enumerate(folded(text, 66)):
        if at and at % 30 == 0:
            out += ["", f"{title}  |  Version 3.1", f"Page {page}", ""]
            page += 1
        out.append(line)
    return "\n".join(out + ["", f"{title}  |  Version 3.1", f"Page {page}"])


def as_columns(text, title):
    """Rows of tables go over both columns, as they do on paper."""
    out, page, run = [], 1, []

    def pages():
        nonlocal page
        for at in range(0, len(run), 60):
            part = run[at:at + 60]
            half = min(30, (len(part) + 1) // 2)
            left, right = part[:half], part[half:]
            for k in range(max(len(left), len(right))):
                a, b = left[k] if k < len(left) else "", right[k] if k < len(right) else ""
                out.append((a.ljust(50) + b).rstrip())
            out.extend(["", f"{title}, page {page}", ""])
            page += 1
        run.clear()

    for line in folded(text, 44):
        if " | " in line or "\t" in line.strip():
            pages()
            out.append(line)
        else:
            run.append(line)
    pages()
    return "\n".join(out)


def main():
    source, target = map(pathlib.Path, sys.argv[1:3])
    forms = {"html": ("html", lambda t, n: as_html(t)), "divs": ("html", lambda t, n: as_divs(t)), "wrapped": ("txt", as_wrapped),
             "columns": ("txt", as_columns), "tabs": ("txt", lambda t, n: t.replace(" | ", "\t"))}
    for name, (ending, make) in forms.items():
        folder = target / name
        folder.mkdir(parents=True, exist_ok=True)
        for path in sorted(source.glob("*.json")):
            gold = json.loads(path.read_text())
            text = path.with_name(gold["text"]).read_text()
            gold["text"] = f"{path.stem}.{ending}"
            (folder / gold["text"]).write_text(make(text, path.stem.replace("-", " ").title()))
            (folder / path.name).write_text(json.dumps(gold))


if __name__ == "__main__":
    main()
