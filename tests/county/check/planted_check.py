#!/usr/bin/env python3
"""planted_check.py CATALOG DIR: every planted row can be a record, and nobody is both planted and let alone by one rule."""
import json
import sys
from pathlib import Path

from reading import Catalog, read

folder, out = map(Path, sys.argv[1:3])
catalog, county = Catalog(folder), json.loads((out / "expected.json").read_text())
faults = []
for entry in county["files"]:
    if entry["note"] == "planted":
        good, refused = read(catalog, out / "sites" / entry["site"] / entry["name"], entry["dataset"], int(county["today"].replace("-", "")))
        if refused or len(good) != entry["rows"]:
            faults.append(f"{entry['name']}: {len(good)} of {entry['rows']} rows are records; {refused[:2]}")
truth = [json.loads(line) for line in (out / "truth.jsonl").read_text().splitlines()]
kinds = {}
for t in truth:
    kinds.setdefault((t["rule"], t["subject"]), set()).add(t["kind"])
faults += [f"{rule} {subject}: planted and a near miss" for (rule, subject), k in kinds.items() if {"planted", "near_miss"} <= k]
print("\n".join(faults[:20]) or f"planted: {sum(e['note'] == 'planted' for e in county['files'])} files, every row a record")
sys.exit(1 if faults else 0)
