"""Cues: folding of text and finding of cues, as crates/letters/src/cue does it. Used by train.py only."""
import re, tomllib, unicodedata

CURRENCY = "£€¥₹₽₺₩"
EYEROLL, ANGRY, SAD = "🙄", "😡🤬😠🤯", "😩😢😭😞😔😟😤"


def fold(text):
    """Lower-case plain ASCII; returns the folded text and, for each of its characters, the place in `text` it stands for."""
    out, at, run = [], [], 0
    for i, c in enumerate(text):
        if c in "’‘´`ʼ′":
            f = "'"
        elif c in "“”„«»″":
            f = '"'
        elif c in "–—−‐‑‒":
            f = "-"
        elif c == "…":
            f = "..."
        elif c in CURRENCY:
            f = "\x01"
        elif c in EYEROLL:
            f = "\x02"
        elif c in ANGRY:
            f = "\x03"
        elif c in SAD:
            f = "\x04"
        elif c in "æÆ":
            f = "ae"
        elif c in "œŒ":
            f = "oe"
        elif c == "ß":
            f = "ss"
        elif c.isspace():
            f = " "
        elif ord(c) < 128:
            f = c.lower() if ord(c) >= 32 else " "
        elif c in "\ufe0f\u200d\u200b\u200e\u200f\ufeff" or unicodedata.combining(c):
            f = ""
        else:
            d = unicodedata.normalize("NFKD", c)
            d = "".join(x for x in d.lower() if ord(x) < 128 and ord(x) >= 32)
            f = d if d else "\x05"
        if f == " " and out and out[-1] == " ":
            continue
        for x in f:
            out.append(x)
            at.append(i)
    return "".join(out), at


def load(path, table="reply"):
    data = tomllib.load(open(path, "rb"))
    return compile_table(data[table], data["parts"])


def compile_table(table, parts):
    def fill(p):
        for _ in range(4):
            p = re.sub(r"<(\w+)>", lambda m: "(?:" + parts[m.group(1)] + ")" if m.group(1) in parts else m.group(0), p)
        first = r"\b" if re.match(r"[a-z0-9<]|\\[wd]", re.sub(r"^(?:\((?:\?:)?)+", "", p)) else ""
        last = r"\b" if re.search(r"[a-z0-9)]$", p.rstrip("?*+")) else ""
        return f"(?:{first}(?:{p}){last})"
    return {n: re.compile("|".join(fill(p) for p in ps), re.A) for n, ps in table.items()}
