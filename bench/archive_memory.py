#!/usr/bin/env python3
"""Reads a web archive of 400 MB and prints the most memory that it took.

Usage: bench/archive_memory.py BINARY [MEGABYTES]

Makes an archive of that many (packed) megabytes in a temporary folder: a small site among pages of a thousand other
hosts, filled with text that hardly packs. Then it runs `BINARY find lampen.example --from ARCHIVE --json --country GB` and prints the
seconds taken and the largest resident set. The bound is 200 MB; the exit code is 1 above it.
"""
import gzip
import os
import random
import resource
import subprocess
import sys
import tempfile
import time

BOUND_MB = 200


def record(url, body):
    block = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n" + body
    head = (
        f"WARC/1.1\r\nWARC-Type: response\r\nWARC-Target-URI: {url}\r\nWARC-Date: 2025-03-01T12:00:00Z\r\n"
        f"Content-Type: application/http; msgtype=response\r\nContent-Length: {len(block)}\r\n\r\n"
    )
    return gzip.compress(head.encode() + block + b"\r\n\r\n", 1)


def write(path, megabytes):
    rng = random.Random(1)
    with open(path, "wb") as out:
        out.write(record("https://lampen.example/", b'<html lang="en"><a href="/complaints">Complaints</a>'))
        out.write(record("https://lampen.example/complaints", b"<h1>Complaints</h1><p>Call 020 7946 0123"))
        page = 0
        while out.tell() < megabytes * 1_000_000:
            size = rng.choice([8_000, 40_000, 200_000])
            body = b"<html><body><p>" + rng.randbytes(size // 2).hex().encode()
            out.write(record(f"https://host{page % 1000}.example/{page}", body))
            page += 1


def main():
    binary = os.path.abspath(sys.argv[1])
    megabytes = int(sys.argv[2]) if len(sys.argv) > 2 else 400
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "large.warc.gz")
        write(path, megabytes)
        start = time.monotonic()
        run = subprocess.run(
            [binary, "find", "lampen.example", "--from", path, "--json", "--country", "GB"], stdout=subprocess.PIPE, check=False
        )
        seconds = time.monotonic() - start
    used = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    found = b"+442079460123" in run.stdout
    print(f"{megabytes} MB archive: {seconds:.1f} s, {used:.0f} MB resident, contact found: {found}")
    return 0 if used < BOUND_MB and found else 1


if __name__ == "__main__":
    sys.exit(main())
