#!/usr/bin/env python3
"""./dev campaign: agents, hub roles and broker are killed (SIGKILL) again and again during a load; at the end the ledger must be equal.

Real processes, real broker, mutual TLS. Every kill is chosen by the seed. Afterwards everything is let run until all rows are there, then
the agents' own databases, the hub's ledger and what the generator says are compared, and the findings with the planted truth.
"""
import argparse
import json
import os
import random
import shutil
import subprocess
import sys
import time

from rig import ROOT, Failed, Rig, false_alarms, read_truth, wait_until


def children_of(pid):
    """The hub's roles: direct children, by the pid that we started."""
    out = subprocess.run(["ps", "-o", "pid=", "--ppid", str(pid)], capture_output=True, text=True).stdout
    return [int(p) for p in out.split()]


def kill_one(rig, rng, counts):
    what = rng.choices(["agent", "role", "hub", "broker"], [70, 18, 5, 7])[0]
    if what == "agent":
        site = rng.choice(rig.sites)
        rig.agents[site].kill()
        rig.agents[site].start()
    elif what == "role":
        roles = children_of(rig.hub.child.pid) if rig.hub.is_alive() else []
        if not roles:
            return
        try:
            os.kill(rng.choice(roles), 9)
        except ProcessLookupError:
            return
    elif what == "hub":
        rig.hub.kill()
        rig.hub.start()
    else:
        rig.broker.kill()
        rig.broker.start()
    counts[what] = counts.get(what, 0) + 1


def main():
    p = argparse.ArgumentParser(prog="./dev campaign", description=__doc__)
    p.add_argument("--build", default="build/dev", help=argparse.SUPPRESS)
    p.add_argument("--folder", default="build/campaign")
    p.add_argument("--kills", type=int, default=200)
    p.add_argument("--sites", type=int, default=12)
    p.add_argument("--scale", type=float, default=0.3)
    p.add_argument("--seed", type=int, default=1)
    p.add_argument("--pause", type=float, default=0.12, help="seconds between two kills")
    a = p.parse_args()
    folder = ROOT / a.folder
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    rng = random.Random(a.seed)
    rig = Rig(a.build, folder, a.sites, a.scale, a.seed)
    counts, code = {}, 1
    try:
        rig.generate()
        rig.provision()
        rig.start_broker()
        rig.start_hub()
        rig.start_agents()
        files = [(site, f) for site in rig.sites for f in sorted((rig.source / site).iterdir())]
        rng.shuffle(files)
        begun = time.monotonic()
        done = 0
        # Files come in between the kills, so that every moment of an import and of a merge is hit.
        while done < a.kills:
            if files:
                site, path = files.pop()
                rig.drop(site, [path])
            before = sum(counts.values())
            kill_one(rig, rng, counts)
            done += sum(counts.values()) - before
            time.sleep(a.pause * rng.uniform(0.3, 1.7))
        for site, path in files:
            rig.drop(site, [path])
        print(f"campaign: {sum(counts.values())} kills in {time.monotonic() - begun:.0f} s: "
              + ", ".join(f"{n} {what}" for what, n in sorted(counts.items())), flush=True)
        for process in [rig.broker, rig.hub, *rig.agents.values()]:
            if not process.is_alive():
                process.start()
        want = rig.expected["totals"]
        good, bad = sum(t["good"] for t in want.values()), sum(t["rejected"] for t in want.values())

        def is_there():
            s = rig.hub_json("status")
            return s["merged"] + s["duplicate"] + s["quarantined"] >= good and s["accepted"] >= good and s["dirty"] == 0

        if not wait_until(is_there, 300, every=1.0):
            raise Failed(f"not everything arrived: {json.dumps(rig.hub_json('status'))}, expected {good} good rows")
        time.sleep(3)
        s = rig.hub_json("status")
        ledger = rig.ledger()
        planted, near, aside = read_truth(folder / "county" / "truth.jsonl")
        found = {(f["rule"], f["subject"]) for f in rig.hub_json("findings") if f["life"] in ("new", "continuing")}
        truth = {(t["rule"], t["subject"]) for t in planted}
        checks = [("accepted at the sites", s["accepted"], good), ("rejected at the sites", s["rejected"], bad),
                  ("on the hub", s["merged"] + s["duplicate"] + s["quarantined"], good), ("in quarantine", s["quarantined"], 0),
                  ("counted twice", s["duplicate"], 0), ("accepted in the agents' databases", ledger["edge_accepted"], good), ("ledger equal", ledger["is_equal"], True), ("kills", done >= a.kills, True),
                  ("findings missed", len(truth - found), 0), ("false alarms", len(false_alarms(found, planted, near, aside)), 0)]
        passed = 0
        for name, is_value, should in checks:
            ok = is_value == should
            passed += ok
            print(f"  {name}: {is_value}" + ("" if ok else f", should be {should}"))
        print(f"campaign: {passed} passed, {len(checks) - passed} failed")
        code = 0 if passed == len(checks) else 1
    except Failed as failure:
        print(f"campaign: {failure}", file=sys.stderr)
    finally:
        rig.stop()
    return code


sys.exit(main())
