#!/usr/bin/env python3
"""Times `upstairs dossier` on a case of 200 entries and 60 exhibits: 20 pictures, 20 mails, 20 PDFs of four pages.

  bench/dossier.py [--bin target/release/upstairs] [--width 1600] [--rounds 3]

The exhibits are made in a temporary folder, and so are the cases. Prints CPU seconds (user and system) and seconds by the clock of
the whole and of the summary alone, the best of all rounds, and the pages and bytes of the file.
"""
import argparse, json, os, random, struct, subprocess, tempfile, time, zlib


def png(path, width, height, seed):
    """A picture of soft colours with grain, as a camera gives."""
    grain, rows = random.Random(seed), []
    noise = bytes(grain.randrange(24) for _ in range(3 * width))
    for y in range(height):
        row = bytearray(3 * width)
        for x in range(0, 3 * width, 3):
            row[x], row[x + 1], row[x + 2] = (x // 3 * 200 // width) + noise[x], (y * 200 // height) + noise[x + 1], 90 + noise[(x + y) % len(noise)]
        rows.append(b"\0" + bytes(row))
    chunk = lambda kind, data: struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    with open(path, "wb") as out:
        out.write(b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(b"".join(rows), 6)) + chunk(b"IEND", b""))


def pdf(path, number, pages=4):
    objects = [b"<</Type/Catalog/Pages 2 0 R>>", b"", b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>"]
    kids = []
    for page in range(pages):
        lines = "".join(f"0 -14 Td (Document {number}, page {page + 1}, line {line}: as agreed on 3 March.) Tj " for line in range(40))
        text = f"BT /F1 11 Tf 60 780 Td {lines}ET".encode()
        objects.append(b"<</Length %d>>stream\n" % len(text) + text + b"\nendstream")
        objects.append(b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Resources<</Font<</F1 3 0 R>>>>/Contents %d 0 R>>" % len(objects))
        kids.append(b"%d 0 R" % len(objects))
    objects[1] = b"<</Type/Pages/Count %d/Kids[%s]>>" % (pages, b" ".join(kids))
    out, places = bytearray(b"%PDF-1.4\n"), []
    for at, body in enumerate(objects):
        places.append(len(out))
        out += b"%d 0 obj" % (at + 1) + body + b"endobj\n"
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1) + b"".join(b"%010d 00000 n \n" % place for place in places)
    out += b"trailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, start)
    open(path, "wb").write(out)


def mail(path, number):
    body = "\r\n".join(f"Paragraph {line}: the meter still counts what it should not, as I told you before." for line in range(30))
    with open(path, "w", newline="") as out:
        out.write(f"From: Ann Reed <ann@reed.example>\r\nTo: help@brightwell-energy.example\r\nSubject: Bill {number}\r\n"
                  f"Date: Tue, 03 Mar 2026 10:{number:02}:00 +0000\r\nMessage-ID: <{number}@reed.example>\r\n\r\n{body}\r\n")


def case(entries):
    log = [{"at": f"2026-0{1 + n * 4 // entries}-{1 + n % 28:02}", "by": "customer" if n % 2 else "company", "channel": "phone", "rung": "front_line",
            "kind": "call" if n % 2 else "reply", "text": f"Contact {n}: the reading was given again and nothing was changed"} for n in range(entries)]
    log.sort(key=lambda entry: entry["at"])
    return {"case": {"company": "Brightwell Energy", "country": "GB", "sector": "energy", "as": "consumer",
                     "problem": {"what": "The bill charges 900 units a month, the meter counted 310", "topic": "billing_error", "since": "2026-01-02",
                                 "amount": 412, "currency": "GBP"}, "wanted": {"what": "correction", "least": 350}, "log": log}}


def timed(command, environment):
    began = time.perf_counter()
    process = subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    out = process.stdout.read()
    _, status, usage = os.wait4(process.pid, 0)
    if os.waitstatus_to_exitcode(status):
        raise SystemExit(out.decode())
    return usage.ru_utime + usage.ru_stime, time.perf_counter() - began, out


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--bin", default="target/release/upstairs")
    parser.add_argument("--width", type=int, default=1600)
    parser.add_argument("--rounds", type=int, default=3)
    args = parser.parse_args()
    binary = os.path.abspath(args.bin)
    with tempfile.TemporaryDirectory() as folder:
        environment = {**os.environ, "UPSTAIRS_DATA": os.path.join(folder, "data"), "XDG_CONFIG_HOME": folder, "HOME": folder}
        files = []
        for number in range(20):
            for kind, make in (("png", lambda path: png(path, args.width, args.width * 3 // 4, number)), ("pdf", lambda path: pdf(path, number)),
                               ("eml", lambda path: mail(path, number))):
                files.append(os.path.join(folder, f"exhibit-{number:02}.{kind}"))
                make(files[-1])
        told = os.path.join(folder, "case.json")
        json.dump(case(140), open(told, "w"))
        _, _, out = timed([binary, "case", "new", "--from", told, "--json"], environment)
        name = json.loads(out)["id"]
        timed([binary, "case", "attach", name, *files], environment)
        file = os.path.join(folder, "dossier.pdf")
        best = {}
        for _ in range(args.rounds):
            for what, more in (("whole", []), ("summary", ["--summary"])):
                cpu, clock, _ = timed([binary, "dossier", name, "-o", file, *more], environment)
                best[what] = min(best.get(what, (9e9, 9e9)), (cpu, clock))
                if not more:
                    data = open(file, "rb").read()
                    size, pages = len(data), data.count(b"/Type/Page/") + data.count(b"/Type /Page\n") + data.count(b"/Type/Page\n")
                os.remove(file)
        print(f"{len(files)} exhibits, pictures of {args.width} by {args.width * 3 // 4} points; {size / 1e6:.1f} MB, {pages or '?'} pages")
        for what, (cpu, clock) in best.items():
            print(f"{what:8} {cpu:6.2f} s of CPU, {clock:6.2f} s by the clock")


if __name__ == "__main__":
    main()
