"""Features of a reply: which cues are in it, its shape, and how it touches the complaint."""
import re
from cues import fold

def stem(w):
    for end in ("ingly", "ings", "ing", "edly", "ied", "ies", "ed", "es", "ly", "s", "e"):
        if w.endswith(end) and len(w) - len(end) >= 3:
            s = w[: len(w) - len(end)]
            return s[:-1] if end in ("ing", "ed", "ings") and len(s) > 3 and s[-1] == s[-2] and s[-1] not in "ls" else s
    return w


def content(text, stop):
    folded, _ = fold(text)
    return words_of(re.sub(r"https?://[^ ]+", " ", blank(folded)), stop)


def blank(folded):
    return re.sub(r"(?<![a-z0-9._-])@\w+", lambda m: " " * len(m.group(0)), folded)


def words_of(folded, stop):
    return {stem(w) for w in re.findall(r"[a-z0-9][a-z0-9']*", folded) if w not in stop and (len(w) > 2 or w.isdigit())}


STOCK = """thanks feedback_words sorry bland_sorry empathy promise_bland platitude dm dm_ask dm_facts ask ask_more link phone email
elsewhere_bland received signed""".split()


def bucket(f, name, n):
    f[name + ("_none" if n == 0 else "_few" if n < 3 else "_some" if n < 7 else "_many")] = 1.0


def features(complaint, text, cues, stop):
    folded, _ = fold(text)
    folded = blank(folded)
    f = {}
    plain = list(folded)
    for name, pattern in cues.items():
        for m in pattern.finditer(folded):
            f[name] = 1.0
            if name in STOCK:
                plain[m.start():m.end()] = " " * (m.end() - m.start())
    told, asked = 0, 0
    rest = "".join(plain)
    start = 0
    for m in re.finditer(r"[.!?]+(?= |$)|$", folded):
        piece = rest[start:m.end()]
        words = words_of(piece, stop)
        if "?" in folded[start:m.end()]:
            asked += len(words)
        else:
            told += len(words)
        start = m.end()
    bucket(f, "told", told)
    bucket(f, "asked", asked)
    n = len(folded.split())
    f["short"] = float(n < 14)
    f["long"] = float(n > 45)
    if complaint:
        shared = content(complaint, stop) & content(text, stop)
        f["shares_one"] = float(len(shared) == 1)
        f["shares_two"] = float(len(shared) == 2)
        f["shares_more"] = float(len(shared) > 2)
        f["shares_number"] = float(any(any(ch.isdigit() for ch in s) for s in shared))
    else:
        f["no_complaint"] = 1.0
    if "dm" in f and not ("dm_facts" in f or "ask_fact" in f or "ask_diag" in f):
        f["dm_alone"] = 1.0
    if not any(c in f for c in ("ask", "dm_ask", "question", "contact_them", "elsewhere_bland", "given", "refuse", "looked", "because", "passed_on", "received", "final")):
        f["nothing_said"] = 1.0
    if any(c in f for c in ("contact_them", "elsewhere_bland", "link_here")) and any(c in f for c in ("phone", "email", "link")):
        f["way_elsewhere"] = 1.0
    return f
