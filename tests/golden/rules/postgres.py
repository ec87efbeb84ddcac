#!/usr/bin/env python3
"""The PostgreSQL text of the rules and of their functions on a real server: it must give the same as SQLite.

    postgres.py SCRIPTS_PROGRAM FOLDER_OF_INITDB

The server is private: in a temporary folder, on a socket there and no port, run by an unprivileged user when this is root, and ended by
the number of the process that was started.
"""
import difflib
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile
import time


def unprivileged():
    return {"user": "nobody", "group": "nogroup", "extra_groups": []} if os.getuid() == 0 else {}


def psql(bin_folder, socket, *arguments):
    return subprocess.run([bin_folder / "psql", "-X", "-q", "-A", "-t", "-v", "ON_ERROR_STOP=1", "-h", socket, "-U", "qingqu",
                           "-d", "postgres", *arguments], capture_output=True, text=True, env={**os.environ, "PGCLIENTENCODING": "UTF8"})


def start(bin_folder, folder):
    data = folder / "data"
    made = subprocess.run([bin_folder / "initdb", "-D", data, "-U", "qingqu", "-A", "trust", "--locale=C", "--encoding=UTF8", "--no-sync"],
                          capture_output=True, text=True, cwd=folder, **unprivileged())
    if made.returncode:
        sys.exit("initdb: " + made.stderr)
    with open(folder / "log", "w") as log:
        server = subprocess.Popen([bin_folder / "postgres", "-D", data, "-k", folder, "-c", "listen_addresses=", "-c", "fsync=off"],
                                  stdout=log, stderr=log, cwd=folder, **unprivileged())
    for _ in range(300):
        if psql(bin_folder, folder, "-c", "SELECT 1").returncode == 0:
            return server
        if server.poll() is not None:
            break
        time.sleep(0.1)
    server.terminate()
    sys.exit("the server does not answer: " + (folder / "log").read_text())


def compare(bin_folder, folder, script):
    expected = script.with_suffix(".expected").read_text().splitlines()
    found = psql(bin_folder, folder, "-f", script)
    if found.returncode:
        sys.exit(f"{script.stem}: {found.stderr}")
    difference = list(difflib.unified_diff(expected, found.stdout.splitlines(), "SQLite", "PostgreSQL", lineterm=""))
    if difference:
        sys.exit(f"{script.stem}:\n" + "\n".join(difference))
    rows = sum(not line.startswith("-- ") for line in expected)
    if not any(line in ("-- findings", "-- functions") for line in expected) or rows < 4:
        sys.exit(f"{script.stem}: only {rows} rows; a comparison that sees nothing proves nothing")
    print(f"{script.stem}: {rows} rows of {sum(line.startswith('-- ') for line in expected)} statements are the same")


def main():
    program, bin_folder = sys.argv[1], pathlib.Path(sys.argv[2])
    folder = pathlib.Path(tempfile.mkdtemp(prefix="qingqu-pg-"))
    server = None
    try:
        if os.getuid() == 0:
            shutil.chown(folder, "nobody", "nogroup")
        subprocess.run([program, folder], check=True)
        server = start(bin_folder, folder)
        made = psql(bin_folder, folder, "-f", folder / "setup")
        if made.returncode:
            sys.exit("functions: " + made.stderr)
        scripts = sorted(folder.glob("*.sql"))
        for script in scripts:
            compare(bin_folder, folder, script)
        if len(scripts) < 4:
            sys.exit("too few rules")
    finally:
        if server:
            server.terminate()
            server.wait(30)
        shutil.rmtree(folder)


main()
