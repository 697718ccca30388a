#!/usr/bin/env python3
"""How long `find` takes with eight sources that answer in 200 ms each, against the slowest of them; and with one that hangs.

Starts eight servers on loopback, brings a made-up company into a directory of its own, and asks. Prints the ratios that
BENCHMARKS.md quotes. Usage: bench/sources.py [PATH-OF-upstairs]
"""
import json
import os
import subprocess
import sys
import tempfile
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

PROGRAM = sys.argv[1] if len(sys.argv) > 1 else "target/debug/upstairs"
IDS = ["wikidata", "gleif", "companies-house", "fca", "rdap", "nominatim", "bluesky", "trustpilot"]


class Slow(BaseHTTPRequestHandler):
    """Answers 404 after a fifth of a second."""

    wait = 0.2

    def do_GET(self):
        time.sleep(self.wait)
        body = b"{}"
        self.send_response(404)
        self.send_header("content-length", str(len(body)))
        self.end_headers()
        try:
            self.wfile.write(body)
        except OSError:
            pass

    def log_message(self, *_):
        pass


class Hanging(Slow):
    """Does not answer in time."""

    wait = 8


def serve(handler):
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return f"http://127.0.0.1:{server.server_port}"


def main():
    with tempfile.TemporaryDirectory() as home:
        env = {"HOME": home, "PATH": os.environ["PATH"], "UPSTAIRS_CACHE": home + "/cache"}
        company = {"name": "Lamp Shop", "domains": ["lampshop.example"], "country": "GB", "contacts": []}
        with open(home + "/c.jsonl", "w") as file:
            file.write(json.dumps(company))
        subprocess.run([PROGRAM, "directory", "import", home + "/c.jsonl"], env=env, check=True, capture_output=True)
        for id in IDS:
            name = id.upper().replace("-", "_")
            env[f"UPSTAIRS_{name}_URL"], env[f"UPSTAIRS_{name}_KEY"] = serve(Slow), "a:b"
        env["UPSTAIRS_KAGI_URL"], env["UPSTAIRS_KAGI_KEY"], env["UPSTAIRS_KAGI_SECONDS"] = serve(Hanging), "x", "2"

        def find(sources, n):
            best = None
            for _ in range(n):
                began = time.monotonic()
                done = subprocess.run([PROGRAM, "find", "Lamp Shop", "--json", "--sources", sources], env=env, capture_output=True)
                took = time.monotonic() - began
                reports = json.loads(done.stdout)["sources"]
                slowest = max(report["milliseconds"] for report in reports) / 1000
                if best is None or took / slowest < best[0]:
                    best = (took / slowest, took, slowest, len(reports))
            return best

        none = []
        for _ in range(5):
            began = time.monotonic()
            subprocess.run([PROGRAM, "find", "Lamp Shop", "--json", "--sources", "none"], env=env, capture_output=True)
            none.append(time.monotonic() - began)
        print(f"without sources: {min(none) * 1000:.0f} ms")
        ratio, took, slowest, count = find(",".join(IDS), 5)
        print(f"{count} sources of 200 ms: {took * 1000:.0f} ms in all, the slowest {slowest * 1000:.0f} ms: {ratio:.2f} times the slowest")
        ratio, took, slowest, count = find(",".join(IDS + ["kagi"]), 1)
        print(f"{count} sources, one hangs until its 2 s are over: {took * 1000:.0f} ms in all: {ratio:.2f} times its budget")


if __name__ == "__main__":
    main()
