#!/usr/bin/env python3
"""Plants the golden cases of live rules into a county: the same rows that a rule's author wrote, as files that sites drop.

    plant.py CATALOG GOLDEN DIR [RULE]...       DIR as tests/county wrote it; without RULE every live rule of the table

What each case claims becomes the truth: `hit` is planted, everything else is a near miss, what is skipped (`how.csv`) neither. Names
of things get the rule's id behind them, persons are new ones, so that the cases of one rule mean nothing to another. Days stay as the
author wrote them, or are moved (`how.csv`) where the rule compares them with today. What no author thought of because his rule does
not look at it is filled in (`fill.csv`), so that it means nothing to a rule that does. Where rows of one rule are what another looks
for all the same, `also.csv` says why: such findings are neither awaited nor false.
"""
import csv
import datetime
import hashlib
import json
import re
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "check"))
from reading import QUOTED, Catalog  # noqa: E402

HERE = Path(__file__).resolve().parent
GOLDEN_TODAY = datetime.date(2024, 6, 30)
REGION = "230103"  # no other person of the county is registered there
SURNAMES, GIVEN = "郑冯褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华", "安邦承德恩方国海嘉康立明宁平庆荣尚文祥永"
ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"


def rows_of(path):
    with open(path, newline="", encoding="utf-8") as f:
        return list(csv.DictReader(f))


def number(text, below):
    return int.from_bytes(hashlib.sha256(text.encode()).digest()[:6], "big") % below


def identity(word):
    """A number of its own for the word; one that is a number already keeps birthday and sex."""
    is_number = re.fullmatch(r"\d{17}[\dX]", word.split("/")[-1])
    born = datetime.date(1955, 1, 1) + datetime.timedelta(number("born" + word, 365 * 38))
    birthday = word.split("/")[-1][6:14] if is_number else born.strftime("%Y%m%d")
    serial = number("serial" + word, 490) * 2 + (int(word[-2]) % 2 if is_number else number("sex" + word, 2))
    digits = f"{REGION}{birthday}{serial:03}"
    return digits + "10X98765432"[sum(int(c) * 2 ** (17 - i) for i, c in enumerate(digits)) % 11]


def name_of(word):
    return "".join(of[number(f"{i}{word}", len(of))] for i, of in enumerate((SURNAMES, GIVEN, GIVEN)))


def credit_code(word):
    kind = word[:2] if word[:2] in ("11", "12", "51", "92", "93", "54") else "91"
    organisation = f"{number('org' + word, 10 ** 8):08}"
    check = -sum(int(c) * w for c, w in zip(organisation, [3, 7, 9, 10, 5, 8, 4, 2])) % 11
    text = kind + REGION + organisation + ("X" if check == 10 else str(check))
    weights = [1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28]
    return text + ALPHABET[-sum(ALPHABET.index(c) * w for c, w in zip(text, weights)) % 31]


class Words:
    """Of the vocabularies: what an office writes for a code; and which fields name a person beside them."""

    def __init__(self, folder):
        self.of, self.names, self.named, self.titles, self.units = {}, {}, set(), {}, {}
        for path in (folder / "vocab").glob("*.decl"):
            lines = [x.split(" alias ")[0] for x in path.read_text().splitlines() if x.strip().startswith("code ")]
            self.of[path.stem] = {x.split()[1]: QUOTED.findall(x)[0] for x in lines}
        for path in (folder / "datasets").glob("*.decl"):
            for line in path.read_text().splitlines():
                if not line.strip().startswith("field "):
                    continue
                head = line.split('"')[0]
                beside = re.search(r"\bperson (\w+)", head)
                key = (path.stem, line.split()[1])
                self.titles[key] = QUOTED.findall(line)[0]
                self.units[key] = 10000 if "unit 万元" in head else 1
                if beside:
                    self.names[(path.stem, beside.group(1))] = key[1]
                    self.named.add(key)


class Planter:
    def __init__(self, catalog, words, rule, how):
        self.catalog, self.words, self.rule = catalog, words, rule
        self.shift, self.kept = int(how.get("shift_days") or 0), (how.get("keep") or "").split()
        self.skipped = set((how.get("skip") or "").split())
        self.dropped = set((how.get("drop") or "").split())
        self.count, self.keys, self.called, self.filled = 0, {}, {}, {}

    def own(self, text, length=None):
        tail = "-" + self.rule
        return (text[:length - len(tail)] if length else text) + tail

    def day(self, text):
        if not self.shift:
            return text
        m = re.fullmatch(r"(\d{4})-?(\d\d)-?(\d\d)(.*)", text)
        return (datetime.date(*map(int, m.groups()[:3])) + datetime.timedelta(self.shift)).isoformat() + m.group(4)

    def who(self, row, dataset, field_id):
        """The author's number of the person that a field names."""
        is_named = (dataset, field_id) in self.words.named
        number_of = row.get(field_id + ".person") or (row.get("person") if is_named else "") or ""
        return "" if number_of == "0" else number_of

    def meet(self, dataset, rows):
        """Learns how the author writes each person: birthday and sex are in some numbers, others stand for a head of a household."""
        for row in rows:
            for field in self.catalog.fields[dataset]:
                who, cell = self.who(row, dataset, field.id), (row.get(field.id) or "").strip()
                if who and cell:
                    self.called[cell] = who
                    if re.fullmatch(r"\d{17}[\dX]", cell):
                        self.keys[who] = f"{self.rule}/{who}/{cell}"

    def person(self, row, field):
        """Who stands in the field: a word that is his alone, or nothing."""
        cell = (row.get(field.id) or "").strip()
        who = self.who(row, self.dataset, field.id) or self.called.get(cell, cell)
        return self.keys.get(who, f"{self.rule}/{who}") if who else ""

    def convert(self, row, field, cell):
        kind = field.kind
        if kind == "citizen" or (kind == "party" and (row.get(field.id + ".person") or re.fullmatch(r"\d{17}[\dX]", cell))):
            who = self.person(row, field)
            return identity(who) if who else ""
        if (self.dataset, field.id) in self.words.names:
            who = self.person(row, self.field(self.words.names[(self.dataset, field.id)]))
            return name_of(who) if who else cell
        if not cell:
            return ""
        if kind in ("uscc", "party", "account", "division", "text"):
            return cell if field.id in self.kept else self.thing(field, cell)
        if kind == "bool":
            return {"1": "是", "0": "否"}.get(cell, cell)
        if kind == "code":
            return self.words.of[field.vocab].get(cell, cell)
        if kind in ("date", "datetime"):
            return self.day(cell)
        if kind == "money":
            unit = self.words.units[(self.dataset, field.id)]
            return cell if unit == 1 else f"{float(cell) / unit:.6f}"
        return cell

    def thing(self, field, word):
        if field.kind in ("uscc", "party"):
            return credit_code(self.own(word))
        if field.kind == "account":
            return f"62{number(self.own(word), 10 ** 12):012}00000"
        if field.kind == "division":
            return word if re.fullmatch(r"\d{6}|\d{9}|\d{12}", word) else f"231282{number(self.own(word), 10 ** 6):06}"
        return self.own(word, field.length)

    def field(self, field_id):
        return next(f for f in self.catalog.fields[self.dataset] if f.id == field_id)

    def fill(self, row, field):
        """`DATE + N` counts from another field of the row."""
        value = self.filled.get((self.dataset, field.id), "")
        m = re.fullmatch(r"(\w+) \+ (\d+)(.*)", value)
        if not m:
            return value
        day = self.day(row.get(m.group(1)) or "") if row.get(m.group(1)) else ""
        return (datetime.date.fromisoformat(day) + datetime.timedelta(int(m.group(2)))).isoformat() + m.group(3) if day else ""

    def missing(self, field):
        """What a row must have and the author left out, for the rule does not look at it."""
        self.count += 1
        if field.kind == "citizen":
            return identity(f"{self.rule}/filler{self.count}")
        if (self.dataset, field.id) in self.words.names:
            return name_of(f"{self.rule}/filler{self.count}")
        if field.kind == "code":
            return next(iter(self.words.of[field.vocab].values()))
        is_key = field.id in self.catalog.keys[self.dataset]
        return {"text": f"{self.rule}-{self.count}" if is_key else "无", "date": "2024-01-02", "month": "2024-01", "bool": "否",
                "uscc": credit_code(f"{self.rule}-{self.count}"), "party": credit_code(f"{self.rule}-{self.count}"),
                "account": f"62{self.count:017}", "division": "231282100200", "datetime": "2024-01-02 09:00"}.get(field.kind, "1")

    def table(self, dataset, rows):
        """(headers, {site: lines})"""
        self.dataset = dataset
        fields = self.catalog.fields[dataset]
        lines = {}
        for row in rows:
            tiers = [v for k, v in row.items() if k.endswith("tier") and v]
            if any(int(t) > 2 for t in tiers) or self.dropped & set(row.values()):
                continue  # what is not known for sure, or no edge would take, cannot be written into a file
            cells = [self.convert(row, f, (row.get(f.id) or "").strip()) for f in fields]
            cells = [c or self.fill(row, f) or (self.missing(f) if f.is_required else "") for f, c in zip(fields, cells)]
            lines.setdefault(row.get("site") or "", []).append(cells)
        return [self.words.titles[(dataset, f.id)] for f in fields], lines

    def subject(self, word, declaration):
        """What a rule calls whom this rule's author calls `word`: by the field that its findings are about."""
        dataset, field = place_of(declaration)
        if not re.search(r"^\s+subject \w+", declaration, re.M):
            return identity(self.keys.get(word, f"{self.rule}/{word}"))
        return self.thing(next(f for f in self.catalog.fields[dataset] if f.id == field), word)

    def all_subjects(self, tables, declaration):
        """Whoever, or whatever, the rows of this rule could be for another rule."""
        dataset, field = place_of(declaration)
        is_person = not re.search(r"^\s+subject \w+", declaration, re.M)
        if is_person:
            words = {self.who(row, d, f.id) for d, rows in tables.items() for row in rows for f in self.catalog.fields[d]}
        else:
            kind = next(f.kind for f in self.catalog.fields[dataset] if f.id == field)
            words = {(row.get(f.id) or "").strip() for d, rows in tables.items() for f in self.catalog.fields[d] if f.kind == kind for row in rows}
        return {self.subject(word, declaration) for word in words - {""}}


def place_of(declaration):
    """Dataset and field of whom the rule is about."""
    place = r"^\s+population (\w+) on (\w+)" if "population " in declaration else r"^\s+from (\w+) as \w+ on (\w+)"
    return re.search(place, declaration, re.M).groups()


def plant(p, tables, cases, county, declaration):
    """Files and truth of one rule: (site, name, dataset, headers, rows) each, and truth lines."""
    rule, written, truth, unsure = p.rule, [], [], set()
    for dataset, rows in tables.items():
        p.meet(dataset, rows)
    for dataset, rows in tables.items():
        unsure |= {r.get("person") for r in rows if any(k.endswith("tier") and v and int(v) > 2 for k, v in r.items())}
        headers, lines = p.table(dataset, rows)
        usual = next((f["site"] for f in county["files"] if f["dataset"] == dataset), sorted(county["sites"])[0])
        for site, cells in sorted(lines.items()):
            written.append((site if site in county["sites"] else usual, f"{headers[0]}_{rule}_{dataset}_{site or 'x'}.csv", dataset, headers, cells))
    for case in cases:
        word, claim = case["subject"], case["claim"]
        if word in unsure or word in p.dropped:
            continue
        kind = "aside" if word in p.skipped else "planted" if claim.startswith("hit") else "near_miss"
        truth.append({"rule": rule, "kind": kind, "subject": p.subject(word, declaration), "why": claim})
    return written, truth


def book(county, site, name, dataset, rows):
    counts = {"files": 1, "rows": rows, "rejected": 0, "good": rows}
    for total in (county["totals"], county["sites"][site]):
        of = total.setdefault(dataset, {"files": 0, "rows": 0, "rejected": 0, "good": 0})
        for key, n in counts.items():
            of[key] += n
    county["files"].append({"site": site, "name": name, "dataset": dataset, "note": "planted", "rows": rows, "rejected": 0})


def main():
    folder, golden, out = map(Path, sys.argv[1:4])
    catalog, words = Catalog(folder), Words(folder)
    how = {row["rule"]: row for row in rows_of(HERE / "how.csv")}
    fill = {(row["dataset"], row["field"]): row["value"] for row in rows_of(HERE / "fill.csv")}
    county = json.loads((out / "expected.json").read_text())
    truth, planters, declarations, rows = [], {}, {}, {}
    for path in sorted((folder / "rules").glob("*/*.decl")):
        rule, declaration = path.stem, path.read_text()
        is_live = re.search(r"^\s+status live", declaration, re.M) and rule not in county["rules"]
        declarations[rule] = declaration
        if not (rule in sys.argv[4:] if sys.argv[4:] else is_live) or not (golden / rule).exists():
            continue
        p = planters[rule] = Planter(catalog, words, rule, how.get(rule, {}))
        looked_at = re.sub(r"^\s+evidence .*$", "", declaration, flags=re.M)
        p.filled = {key: value for key, value in fill.items() if not re.search(rf"\b{key[1]}\b", looked_at)}
        rows[rule] = {x.stem: rows_of(x) for x in sorted((golden / rule).glob("*.csv")) if x.stem != "cases"}
        written, lines = plant(p, rows[rule], rows_of(golden / rule / "cases.csv"), county, declaration)
        for site, name, dataset, headers, cells in written:
            with open(out / "sites" / site / name, "x", newline="", encoding="utf-8") as f:
                csv.writer(f).writerows([headers, *cells])
            book(county, site, name, dataset, len(cells))
        truth += lines
    for also in rows_of(HERE / "also.csv"):
        for rule in planters.keys() & set(also["from"].split()):
            subjects = planters[rule].all_subjects(rows[rule], declarations[also["rule"]])
            truth += [{"rule": also["rule"], "kind": "aside", "subject": s, "why": f"{rule}: {also['why']}"} for s in sorted(subjects)]
    for rule in planters:
        county["rules"][rule] = {kind: sum(t["rule"] == rule and t["kind"] == kind for t in truth) for kind in ("planted", "near_miss")}
    with open(out / "truth.jsonl", "a", encoding="utf-8") as f:
        f.writelines(json.dumps(t, ensure_ascii=False, separators=(",", ":")) + "\n" for t in truth)
    (out / "expected.json").write_text(json.dumps(county, ensure_ascii=False))


if __name__ == "__main__":
    main()
