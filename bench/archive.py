#!/usr/bin/env python3
"""Times `upstairs archive extract` beside its floor and the Python peers: one run, one core, the same archive.

  PEERS_VENV/bin/python bench/archive.py PAGES_DIR RUN_PEERS.py [--bin target/release/upstairs] [--floor BENCH_BINARY]
        [--pages 2000] [--rounds 3] [--scale 1000,10000,100000] [--extruct 300]

PAGES_DIR holds saved pages (*.html); RUN_PEERS.py is the script that holds the peers, and the interpreter must be that of
their environment (it needs fastwarc). BENCH_BINARY is what `cargo bench -p columnar --bench floor --no-run` built. Archives
are made in a temporary folder out of the pages, each again and again under another address and with another last line, until
there are as many as asked for.

Sides, each pinned to one core and run in turn, round after round; CPU seconds (user and system), the best of all rounds, so that
what else runs on the machine counts little:
  extract       the whole process: gunzip, WARC, charset, outline, contacts, Parquet
  floor         gunzip, WARC and a bare tokenizer pass, in Rust
  fastwarc + best-python-fast, fastwarc + best-python (with extruct): the peers over the same archive; the second over fewer
                pages, scaled up by the bytes of pages
then extract on two cores beside one (by the clock: on a busy machine too low), and, with --scale, CPU seconds and the largest
resident set by the number of pages.
"""
import argparse, glob, gzip, json, os, subprocess, sys, tempfile, time

CORES = sorted(os.sched_getaffinity(0))


def make(path, sources, pages, level=6):
    size = 0
    with open(path, "wb") as out:
        for number in range(pages):
            name, body = sources[number % len(sources)]
            body += f"\n<p>page {number} of the run</p>\n".encode()
            block = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n" + body
            head = (f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: https://www.site{number % 997}.example/{name}/{number}\r\n"
                    f"WARC-Date: 2025-03-01T12:00:00Z\r\nContent-Type: application/http; msgtype=response\r\nContent-Length: {len(block)}\r\n\r\n")
            out.write(gzip.compress(head.encode() + block + b"\r\n\r\n", level))
            size += len(body)
    return size


def run(command, cores):
    """Seconds, largest resident set in MB, and what was printed."""
    began = time.perf_counter()
    process = subprocess.Popen(["taskset", "-c", ",".join(map(str, cores)), *command], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
    out = process.stdout.read()
    _, status, usage = os.wait4(process.pid, 0)
    took = time.perf_counter() - began
    process.returncode = os.waitstatus_to_exitcode(status)
    return took, usage.ru_maxrss / 1024, usage.ru_utime + usage.ru_stime, out, process.returncode


def extract(binary, archive, cores, threads):
    with tempfile.TemporaryDirectory(dir=os.path.dirname(archive)) as folder:
        took, memory, cpu, out, code = run([binary, "archive", "extract", archive, "--to", os.path.join(folder, "o.parquet"), "--threads", str(threads), "--json"], cores)
        if code:
            sys.exit(f"upstairs ended with {code}")
        return took, memory, cpu, json.loads(out)["tally"]


def peer(script, name, archive, limit):
    code = f"""
import importlib.util, sys, time
spec = importlib.util.spec_from_file_location("peers", {script!r}); peers = importlib.util.module_from_spec(spec); sys.argv = ["x"]; spec.loader.exec_module(peers)
from fastwarc.warc import ArchiveIterator, WarcRecordType
from resiliparse.parse.encoding import detect_encoding, bytes_to_str
f = peers.load_py({name!r})
began = time.process_time(); n = b = 0
with open({archive!r}, "rb") as stream:
    for record in ArchiveIterator(stream, record_types=WarcRecordType.response, parse_http=True):
        body = record.reader.read()
        f(bytes_to_str(body, detect_encoding(body)), "GB")
        n += 1; b += len(body)
        if n >= {limit}: break
print(time.process_time() - began, n, b)
"""
    done = subprocess.run(["taskset", "-c", str(CORES[-1]), sys.executable, "-c", code], capture_output=True, text=True)
    if done.returncode:
        print(f"{name}: {done.stderr.strip().splitlines()[-1]}", file=sys.stderr)
        return None
    seconds, pages, size = map(float, done.stdout.split())
    return seconds, pages, size


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("pages_dir")
    parser.add_argument("run_peers")
    parser.add_argument("--bin", default="target/release/upstairs")
    parser.add_argument("--floor")
    parser.add_argument("--pages", type=int, default=2000)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--extruct", type=int, default=300)
    parser.add_argument("--scale")
    args = parser.parse_args()
    binary = os.path.abspath(args.bin)
    built = [p for p in glob.glob("target/release/deps/floor-*") if os.access(p, os.X_OK) and not p.endswith(".d")]
    floor = args.floor or max(built, key=os.path.getmtime, default=None)
    sources = [(os.path.basename(p)[:-5], open(p, "rb").read()) for p in sorted(glob.glob(os.path.join(args.pages_dir, "*.html")))]
    if not sources:
        sys.exit("no pages")
    with tempfile.TemporaryDirectory(dir=os.environ.get("TMPDIR", "/tmp")) as folder:
        archive = os.path.join(folder, "a.warc.gz")
        size = make(archive, sources, args.pages)
        best, clock = {}, {}

        def note(name, seconds):
            best[name] = min(best.get(name, seconds), seconds)

        for number in range(args.rounds):
            took, memory, cpu, tally = extract(binary, archive, CORES[-1:], 1)
            note("extract", cpu)
            clock["one"] = min(clock.get("one", took), took)
            if floor:
                note("floor", run([floor, archive], CORES[-1:])[2])
            if len(CORES) > 1:
                took, _, both, _ = extract(binary, archive, CORES[-2:], 2)
                clock["two"] = min(clock.get("two", took), took)
                clock["two, CPU"] = min(clock.get("two, CPU", both), both)
            for name, limit in [("best-python-fast", args.pages), ("best-python", args.extruct)]:
                found = peer(os.path.abspath(args.run_peers), name, archive, limit)
                if found:
                    note("fastwarc + " + name, found[0] * size / found[2])
        print(f"{args.pages} pages, {size / 1e6:.1f} MB unpacked, {os.path.getsize(archive) / 1e6:.1f} MB packed; {tally['contacts']} contacts; best of {args.rounds} rounds")
        for name, took in best.items():
            print(f"{name:34} {took:9.2f} s CPU {size / 1e6 / took:9.2f} MB/s {args.pages / took:9.0f} pages/s")
        ours = best["extract"]
        for name, asked in [("fastwarc + best-python-fast", 5), ("fastwarc + best-python", 50)]:
            if name in best:
                print(f"extract is {best[name] / ours:.1f} times as fast as {name} (asked: at least {asked})")
        if "floor" in best:
            print(f"extract takes {ours / best['floor']:.2f} times the floor (asked: at most 2.5)")
        if "two" in clock:
            print(f"by the clock: one core {clock['one']:.2f} s, two cores {clock['two']:.2f} s, {clock['one'] / clock['two']:.2f} times as fast (asked: at least 1.9); "
                  f"CPU {ours:.2f} s and {clock['two, CPU']:.2f} s, so two free cores are {2 * ours / clock['two, CPU']:.2f} times as fast at best")
        for pages in [int(word) for word in args.scale.split(",")] if args.scale else []:
            grown = os.path.join(folder, "scale.warc.gz")
            size = make(grown, sources, pages, 1)
            took, memory, cpu, _ = min((extract(binary, grown, CORES, len(CORES)) for _ in range(3 if pages <= 10000 else 1)), key=lambda one: one[2])
            print(f"{pages:>8} pages: {took:8.2f} s, {cpu / pages * 1e3:6.3f} ms CPU a page, {memory:6.0f} MB resident")
            os.remove(grown)


if __name__ == "__main__":
    main()
