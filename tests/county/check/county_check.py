#!/usr/bin/env python3
"""Recomputes everything that the county claims from the files that it wrote: counts, refused rows, and all four rules.

    county_check.py CATALOG DIR         checks the first load in DIR and every DIR/day-N behind it
"""
import collections
import json
import re
import sys
from pathlib import Path

import relations
from reading import Catalog, fold, read, upgrade

GRAVE = {"prostitution", "drugs", "gambling", "drunk"}
INCOMPATIBLE = [("dibao", "tekun"), ("tekun", "guer"), ("tekun", "gaoling")]
TRADITIONAL = str.maketrans("張劉陳趙孫馬楊吳", "张刘陈赵孙马杨吴")
PERSON = {"official": ("citizen_id", "name"), "benefit_enrol": ("member_id", "name"), "benefit_pay": ("citizen_id", "name"),
          "death": ("citizen_id", "name"), "penalty": ("citizen_id", "party"), "judgment": ("citizen_id", "defendant"),
          "discipline_case": ("citizen_id", "person")}
faults = []


def claim(is_true, words):
    if not is_true:
        faults.append(words)


def days(ymd):
    import datetime
    return datetime.date(ymd // 10000, ymd // 100 % 100, ymd % 100).toordinal()


def months(ym):
    return ym // 100 * 12 + ym % 100 - 1


def plain(name):
    return re.sub("[·•．.]", "·", fold(name)).translate(TRADITIONAL)


def is_near(a, b):
    """Equal, or one character exchanged, added or left out."""
    if len(a) > len(b):
        a, b = b, a
    if len(b) - len(a) > 1:
        return False
    if len(a) == len(b):
        return sum(x != y for x, y in zip(a, b)) <= 1
    return any(b[:i] + b[i + 1:] == a for i in range(len(b)))


class People:
    """Who is who: the number and a compatible name; 15 digits need the very name."""

    def __init__(self):
        self.clusters = collections.defaultdict(list)

    def find(self, number, name):
        name = plain(name)
        known = self.clusters[upgrade(number)]
        for i, other in enumerate(known):
            if other == name or (len(number) == 18 and is_near(other, name)):
                return upgrade(number), i
        known.append(name)
        return upgrade(number), len(known) - 1


def in_post(posts, day):
    return any(p["post_from"] <= day and (not p["post_to"] or p["post_to"] >= day) for p in posts)


def p01(of, today):
    for who, penalties in of["penalty"].items():
        for p in penalties:
            offence_on = p["offence_on"] or p["decided_on"]
            level = 5 if p["offence"] in GRAVE else 4 if p["category"] == "detention" else \
                3 if (p["fine"] or 0) >= 100000 else 0
            if p["party_kind"] != "person" or p["status"] != "valid" or p["offence"] == "traffic" or not level:
                continue
            if days(today) - days(p["decided_on"]) < 60 or not in_post(of["official"].get(who, []), offence_on):
                continue
            if any(c["linked_no"] == p["decision_no"] or any(d and d >= offence_on for d in (c["opened_on"], c["decided_on"]))
                   for c in of["discipline_case"].get(who, [])):
                continue
            yield who, {"episode": p["decision_no"], "amount_fen": p["fine"] or 0, "level": level}


def p02(of, today):
    for who, judgments in of["judgment"].items():
        for j in judgments:
            if j["intent"] == "intent":
                is_grave = j["sentence"] in ("control", "detention", "fixed", "life", "death")
            else:
                is_grave = (j["term_months"] or 0) > 36
            if not is_grave or not j["effective_on"] or days(today) - days(j["effective_on"]) < 90:
                continue
            if not any(p["post_from"] <= j["judged_on"] and (not p["post_to"] or p["post_to"] >= j["judged_on"])
                       for p in of["official"].get(who, [])):
                continue
            if any((c["party_sanction"] == "expulsion" or c["public_sanction"] == "dismissal")
                   and (c["linked_no"] == j["case_no"] or days(c["decided_on"]) > days(j["judged_on"]) - 365)
                   for c in of["discipline_case"].get(who, [])):
                continue
            yield who, {"episode": j["case_no"], "level": 5}


def h01(of, _):
    for who, deaths in of["death"].items():
        died = months(min(d["died_on"] for d in deaths) // 100)
        late = [p for p in of["benefit_pay"].get(who, []) if p["programme"] != "sangzang" and months(p["month"]) > died + 1]
        if late:
            n, fen = len({p["month"] for p in late}), sum(p["amount"] for p in late)
            yield who, {"episode": "death", "months": n, "amount_fen": fen,
                        "level": 4 if n >= 12 or fen >= 500000 else 3 if n >= 3 else 1}


def h10(of, _):
    for who, payments in of["benefit_pay"].items():
        by_month = collections.defaultdict(lambda: collections.defaultdict(list))
        for p in payments:
            by_month[p["month"]][p["programme"]].append(p)
        n = fen = 0
        for month, programmes in by_month.items():
            stopped = {e["programme"] for e in of["benefit_enrol"].get(who, []) if (e["stopped_on"] or 0) // 100 == month}
            twice = {name for name, rows in programmes.items()
                     if len({r["township"] for r in rows}) > 1 and name not in stopped}
            for a, b in INCOMPATIBLE:
                if a in programmes and b in programmes:
                    twice |= {a, b}
            n += bool(twice)
            fen += sum(p["amount"] for name in twice for p in programmes[name])
        if n:
            yield who, {"episode": "twice", "months": n, "amount_fen": fen, "level": 3}


RULES = {"P01": p01, "P02": p02, "H01": h01, "H10": h10}


def check_rules(where, rows, truth, today):
    people = People()
    of = {}
    for dataset in ["official", "benefit_pay", "benefit_enrol", "penalty", "judgment", "discipline_case", "death"]:
        of[dataset] = collections.defaultdict(list)
        number, name = PERSON[dataset]
        for row in rows[dataset].values():
            if row[number]:
                of[dataset][people.find(row[number], row[name])].append(row)
    for rule, evaluate in RULES.items():
        planted = {t["subject"]: t for t in truth if t["rule"] == rule and t["kind"] == "planted"}
        near = {t["subject"] for t in truth if t["rule"] == rule and t["kind"] == "near_miss"}
        claim(planted, f"{where} {rule}: nothing is planted")
        claim(near, f"{where} {rule}: no near miss")
        found = {}
        for (number, _), facts in evaluate(of, today):
            claim(number not in found, f"{where} {rule}: {number} found twice")
            found[number] = facts
        claim(planted.keys() == found.keys(), f"{where} {rule}: missed {sorted(planted.keys() - found.keys())}, "
                                              f"false alarms {sorted(found.keys() - planted.keys())}")
        claim(not near & found.keys(), f"{where} {rule}: near misses found")
        for number in planted.keys() & found.keys():
            for key, value in found[number].items():
                claim(planted[number][key] == value, f"{where} {rule} {number}: {key} is {value}, truth {planted[number][key]}")
        print(f"{where} {rule}: planted {len(planted)}, found {len(planted.keys() & found.keys())}, near misses {len(near)}")


def load(where, folder, catalog, rows, expected, today):
    """Reads all files of one drop into rows (by key) and compares with what expected.json says of each."""
    named = {(f["site"], f["name"]): f for f in expected["files"]}
    there = {(p.parent.name, p.name) for p in (folder / "sites").glob("*/*.*")}
    claim(named.keys() == there, f"{where}: expected.json and the folder differ: {sorted(named.keys() ^ there)[:5]}")
    for (site, name), said in sorted(named.items()):
        good, refused = read(catalog, folder / "sites" / site / name, said["dataset"], today)
        claim(len(refused) == said["rejected"], f"{where} {site}/{name}: refused {len(refused)}, said {said['rejected']}: "
                                                f"{collections.Counter(refused).most_common(5)}")
        claim(len(good) + len(refused) == said["rows"], f"{where} {site}/{name}: {len(good) + len(refused)} rows, said {said['rows']}")
        keys = catalog.keys[said["dataset"]]
        fresh = {tuple(row[k] for k in keys): row for row in good}
        claim(said["note"] in ("correction", "cut") or len(fresh) == len(good), f"{where} {site}/{name}: a key stands twice")
        if said["note"] in ("first", "late"):
            claim(not fresh.keys() & rows[said["dataset"]].keys(), f"{where} {site}/{name}: a key of another file")
        elif said["note"] == "duplicate":
            sent = folder.parent / "sites" / site / name
            claim(sent.read_bytes() == (folder / "sites" / site / name).read_bytes(), f"{where} {site}/{name}: no mere repetition")
        else:
            claim(fresh.keys() <= rows[said["dataset"]].keys(), f"{where} {site}/{name}: corrects what was never sent")
        for key, row in fresh.items():
            if row.get("to_do") == "删除":
                del rows[said["dataset"]][key]
            else:
                rows[said["dataset"]][key] = row


def check_volumes(rows, expected):
    if expected["scale"] != 1 or len(expected["sites"]) != 90:
        return
    rural = sum(len(r) for name, r in rows.items() if name.startswith("rural_") or name == "disposal_step")
    for wanted, count, what in [(223206, len(rows["benefit_pay"]), "payments"), (8402, len(rows["official"]), "officials"),
                                (2623, len(rows["penalty"]) + len(rows["judgment"]), "penalties and judgments"), (30315, rural, "rural rows"),
                                (1568, len(rows["discipline_case"]), "discipline cases"), (90, len(rows["unit"]), "units")]:
        claim(count == wanted, f"{count} {what}, the reference county has {wanted}")


def main():
    catalog, folder = Catalog(Path(sys.argv[1])), Path(sys.argv[2])
    expected = json.loads((folder / "expected.json").read_text())
    truth = [json.loads(line) for line in (folder / "truth.jsonl").read_text().splitlines()]
    today = int(expected["today"].replace("-", ""))
    rows = collections.defaultdict(dict)
    load("day 0", folder, catalog, rows, expected, today)
    check_volumes(rows, expected)
    relations.check("day 0", rows, today, claim)
    check_rules("day 0", rows, truth, today)
    for later in sorted(folder.glob("day-*"), key=lambda p: int(p.name[4:])):
        load(later.name, later, catalog, rows, json.loads((later / "expected.json").read_text()), today)
        check_rules(later.name, rows, truth, today)
    for words in faults[:40]:
        print("FAULT", words)
    print(f"county_check: {sum(map(len, rows.values()))} records, {len(faults)} faults")
    sys.exit(1 if faults else 0)


main()
