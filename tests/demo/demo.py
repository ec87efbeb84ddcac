#!/usr/bin/env python3
"""./dev demo: a county on loopback, from files dropped at 90 sites to prompts answered by officers, judged against the planted truth."""
import argparse
import concurrent.futures
import json
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

from rig import ROOT, Failed, Rig, fail_usage, false_alarms, read_truth, wait_until


class Stages:
    """What takes how long, printed while it goes on."""

    def __init__(self, quiet):
        self.quiet, self.took, self.begun, self.name = quiet, {}, None, None
        self.is_terminal = sys.stdout.isatty()

    def say(self, text):
        if not self.quiet:
            print(text, flush=True)

    def begin(self, name):
        self.end()
        self.name, self.begun = name, time.monotonic()
        self.say(f"… {name}")

    def progress(self, text):
        if self.is_terminal and not self.quiet:
            print(f"\r  {text:<100}", end="", flush=True)

    def end(self):
        if self.name:
            self.took[self.name] = round(time.monotonic() - self.begun, 2)
            if self.is_terminal and not self.quiet:
                print("\r" + " " * 104 + "\r", end="")
            self.say(f"  {self.name}: {self.took[self.name]:.1f} s")
        self.name = None


def arguments():
    p = argparse.ArgumentParser(prog="./dev demo", description=__doc__)
    p.add_argument("--build", default="build/dev", help=argparse.SUPPRESS)
    p.add_argument("--folder", default="build/demo", help="where the county lives; made anew (build/demo)")
    p.add_argument("--sites", type=int, default=90, help="how many sites, 8 to 90 (90); fewer are raised to 8")
    p.add_argument("--scale", type=float, default=1.0, help="1 is the reference county (1)")
    p.add_argument("--seed", type=int, default=1)
    p.add_argument("--today", default="2026-11-24", help="the day that rules take for today (2026-11-24)")
    p.add_argument("--plant", metavar="RULE,…", default="", help="plant the golden cases of these rules, live or not (every live rule)")
    p.add_argument("--once", action="store_true", help="stop everything after the summary")
    p.add_argument("--journey", action="store_true", help="walk through the pages in a browser before the summary")
    p.add_argument("--json", metavar="FILE", help="write the summary there as well")
    p.add_argument("--quiet", action="store_true")
    return p.parse_args()


def load(rig, stages):
    """Drops every file and waits until the last row is on the hub and looked at."""
    files = sum(rig.drop(site) for site in rig.sites)
    want = rig.expected["totals"]
    good = sum(t["good"] for t in want.values())
    stages.say(f"  {files} files dropped at {len(rig.sites)} sites")

    def state():
        s = rig.hub_json("status")
        arrived = s["merged"] + s["duplicate"] + s["quarantined"]
        stages.progress(f"{s['accepted'] + s['rejected']:,} rows reported by the sites, {arrived:,} of {good:,} on the hub, "
                        f"{s['prompts']['sent']} prompts")
        return s

    def is_done():
        s = state()
        return s if s["merged"] + s["duplicate"] + s["quarantined"] >= good and s["accepted"] >= good else None

    if not wait_until(is_done, 1500, every=0.5, check=rig.check_alive):
        raise Failed(f"the load did not arrive: {json.dumps(state())}; logs are in {rig.folder / 'logs'}")


def settle(rig, stages, seconds=120):
    """Until nothing is dirty and the findings stand still."""
    last, since = None, time.monotonic()

    def is_quiet():
        nonlocal last, since
        s = rig.hub_json("status")
        now = (s["dirty"], tuple((r["rule"], r["flagged"]) for r in s["rules"]), s["prompts"]["sent"])
        if now != last:
            last, since = now, time.monotonic()
        return s if s["dirty"] == 0 and time.monotonic() - since > 2.5 else None

    begun = time.monotonic()
    done = wait_until(is_quiet, seconds, every=0.4, check=rig.check_alive)
    if not done:
        raise Failed("the analysis did not come to rest; see logs/hub.log")
    stages.say(f"  the last finding was stored {max(0.0, since - begun):.1f} s after the last row")


def judge(rig):
    """Findings against the planted truth, by rule and subject."""
    planted, near, aside = read_truth(rig.folder / "county" / "truth.jsonl")
    found = {(f["rule"], f["subject"]) for f in rig.hub_json("findings") if f["life"] in ("new", "continuing")}
    alarms = false_alarms(found, planted, near, aside)
    rules = {}
    for rule in sorted({t["rule"] for t in planted + near}):
        truth = {(rule, t["subject"]) for t in planted if t["rule"] == rule}
        hits = {f for f in found if f[0] == rule}
        false = {f for f in alarms if f[0] == rule}
        beside = {(rule, t["subject"]) for t in near if t["rule"] == rule}
        why = {(rule, t["subject"]): t["why"] for t in planted + near if t["rule"] == rule}
        rules[rule] = {"planted": len(truth), "found": len(hits & truth), "missed": len(truth - hits),
                       "false_alarms": len(false), "near_misses": len(beside), "near_misses_hit": len(hits & beside - truth),
                       "which": sorted([kind, f[1], why.get(f, "")] for kind, of in (("missed", truth - hits), ("false alarm", false))
                                       for f in of)}
    return rules


def officers(rig, stages):
    """Every officer opens every prompt, signs for it and answers, through the API of the page that a person would use."""
    def serve(site):
        done = 0
        for document in rig.agent_get(site, "/api/v1/documents")["items"]:
            if document["answered_ms"] or document["withdrawn_ms"]:
                continue
            rig.agent_get(site, f"/api/v1/documents/{document['id']}")
            rig.agent_post(site, f"/api/v1/documents/{document['id']}/sign", {"by": "王核实"})
            rig.agent_post(site, f"/api/v1/documents/{document['id']}/answer",
                           {"by": "王核实", "answers": {"verdict": "confirmed", "checked_on": rig.today, "note": "已入户核实"}})
            done += 1
        return done

    with concurrent.futures.ThreadPoolExecutor(8) as pool:
        return sum(pool.map(serve, rig.sites))


def answers(rig, stages):
    sent = rig.hub_json("status")["prompts"]["sent"]

    def delivered():
        s = rig.hub_json("status")["prompts"]
        stages.progress(f"{s['delivered']} of {s['sent']} prompts delivered")
        return s["delivered"] >= s["sent"] - s["withdrawn"]

    if not wait_until(delivered, 120, check=rig.check_alive):
        raise Failed("not every prompt was delivered")
    answered = 0

    def all_answered():
        nonlocal answered
        answered += officers(rig, stages)
        s = rig.hub_json("status")["prompts"]
        stages.progress(f"{s['answered']} of {s['sent']} prompts answered")
        return s["answered"] >= s["sent"] - s["withdrawn"]

    if sent and not wait_until(all_answered, 180, every=1.0, check=rig.check_alive):
        raise Failed("not every answer came back")
    return rig.hub_json("status")["prompts"]


def summarize(rig, stages, rules, prompts):
    ledger = rig.ledger()
    datasets = {}
    for row in ledger["rows"]:
        d = datasets.setdefault(row["dataset"], {"accepted": 0, "rejected": 0, "merged": 0, "duplicate": 0, "quarantined": 0})
        for key in d:
            d[key] += row[key]
    expected = {name: t for name, t in rig.expected["totals"].items()}
    as_expected = all(datasets.get(n, {}).get("accepted", 0) == t["good"] and datasets.get(n, {}).get("rejected", 0) == t["rejected"]
                      for n, t in expected.items())
    return {"sites": len(rig.sites), "scale": rig.scale, "seed": rig.seed, "today": rig.today, "seconds": stages.took,
            "datasets": datasets, "as_expected": as_expected, "ledger_equal": ledger["is_equal"],
            "ledger": {k: ledger[k] for k in ("edge_accepted", "edge_here")}, "rules": rules, "prompts": prompts,
            "console": f"http://127.0.0.1:{rig.console_port}/", "user": "analyst",
            "officers": {site: f"http://127.0.0.1:{rig.page_ports[site]}/" for site in rig.sites}}


def print_summary(s, password, stages):
    say = stages.say
    say("\nRows              accepted   rejected     merged  duplicate quarantined")
    for name, d in sorted(s["datasets"].items()):
        say(f"  {name:<15} {d['accepted']:>9,} {d['rejected']:>10,} {d['merged']:>10,} {d['duplicate']:>10,} {d['quarantined']:>11,}")
    say(f"  as the generator expects: {'yes' if s['as_expected'] else 'NO'}")
    say(f"Ledger, import by import: accepted in the agents' databases {s['ledger']['edge_accepted']:,} = on the hub + quarantine "
        f"{s['ledger']['edge_here']:,}: {'equal' if s['ledger_equal'] else 'NOT EQUAL'}")
    say("\nRule     planted   found  missed  false alarms  near misses (hit)")
    for rule, r in s["rules"].items():
        say(f"  {rule:<6} {r['planted']:>7} {r['found']:>7} {r['missed']:>7} {r['false_alarms']:>13}  {r['near_misses']:>11} ({r['near_misses_hit']})")
    p = s["prompts"]
    say(f"\nPrompts: {p['sent']} sent, {p['delivered']} delivered, {p['read']} read, {p['signed']} signed, {p['answered']} answered")
    say("Seconds: " + ", ".join(f"{name} {took}" for name, took in s["seconds"].items()))
    say(f"\nConsole: {s['console']}  user {s['user']}, password {password}")
    for site, url in list(s["officers"].items())[:2]:
        say(f"Officer's page of {site}: {url}")


def is_well(s):
    return (s["ledger_equal"] and s["as_expected"] and all(r["missed"] == 0 and r["false_alarms"] == 0 for r in s["rules"].values())
            and s["prompts"]["answered"] >= s["prompts"]["sent"] - s["prompts"]["withdrawn"])


def journey(rig):
    addresses = {"console": f"http://127.0.0.1:{rig.console_port}", "user": "analyst", "password": rig.password,
                 "approver": "approver", "approver_password": rig.add_user("approver", "approver"),
                 "officers": {site: f"http://127.0.0.1:{port}" for site, port in rig.page_ports.items()},
                 "screens": str(rig.folder / "screens"), "hub": str(rig.program("qingqu-hub")),
                 "hub_key": str(rig.bundles / rig.sites[0] / "hub-sign.pub")}
    path = rig.folder / "addresses.json"
    path.write_text(json.dumps(addresses))
    path.chmod(0o600)
    where = ROOT / "tests" / "journey"
    if not (where / "node_modules").exists():
        subprocess.run(["npm", "ci", "--no-progress", "--loglevel=error"], cwd=where, check=True)
    done = subprocess.run(["node", "journey.mjs", str(path)], cwd=where)
    if done.returncode:
        raise Failed("the browser journey failed")


def main():
    a = arguments()
    a.sites = max(8, a.sites)
    if a.sites > 90 or not 0.01 <= a.scale <= 100:
        fail_usage("./dev demo: --sites is 8 to 90, --scale 0.01 to 100")
    folder = ROOT / a.folder
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    stages = Stages(a.quiet)
    rig = Rig(a.build, folder, a.sites, a.scale, a.seed, a.today, stages.say)
    rig.plant = [rule for rule in a.plant.split(",") if rule]
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    code = 1
    try:
        stages.begin("generate the county")
        rig.generate()
        stages.begin("provision authority, hub, broker and sites")
        rig.provision()
        stages.begin("start broker, hub and agents")
        rig.start_broker()
        rig.start_hub()
        rig.add_user()
        rig.start_agents()
        stages.begin("load: files dropped to rows on the hub")
        load(rig, stages)
        stages.begin("rules to rest (2.5 s of it to be sure)")
        settle(rig, stages)
        if a.journey:
            stages.begin("browser journey")
            journey(rig)
        stages.begin("prompts delivered, signed, answered")
        prompts = answers(rig, stages)
        stages.end()
        summary = summarize(rig, stages, judge(rig), prompts)
        print_summary(summary, rig.password, stages)
        if a.json:
            Path(a.json).write_text(json.dumps(summary, ensure_ascii=False, indent=1))
        code = 0 if is_well(summary) else 1
        print("\nAll is well." if code == 0 else "\nNOT as it should be; see above.", flush=True)
        if not a.once:
            print("Running until Ctrl-C.", flush=True)
            while True:
                time.sleep(1)
                rig.check_alive()
    except KeyboardInterrupt:
        print("\nstopping", flush=True)
    except Failed as failure:
        print(f"\ndemo: {failure}", file=sys.stderr, flush=True)
        code = 1
    finally:
        rig.stop()
    return code


sys.exit(main())
