"""What must hold between the rows of different datasets when nothing is wrong in the county: asked of the files, not of their maker."""
import collections
import datetime

ALL = """tr_approval tender bid expert expert_score award contract contract_change milestone acceptance subcontract tr_payment rural_org
rural_asset rural_contract disposal_step rural_ledger rural_debt rural_member rural_disclosure insp_round insp_problem insp_clue rectify
insp_result_use household vehicle real_estate land_right social_insurance housing_fund fiscal_pay prison_term blacklist
approval approval_step decision project power_item major_item major_report division duty rate disposal_rule company company_role account kin""".split()
TOWNSHIPS, LOTS = 22, 15  # of a county large enough for everything to occur
OPEN_FROM = {"works": 400000000, "goods": 200000000, "services": 100000000}  # fen, above which a lot is put out openly


def days(ymd):
    return datetime.date(ymd // 10000, ymd // 100 % 100, ymd % 100).toordinal()


def grouped(rows, *fields):
    groups = collections.defaultdict(list)
    for row in rows.values():
        groups[tuple(row[f] for f in fields) if len(fields) > 1 else row[fields[0]]].append(row)
    return groups


def bids(rows, claim):
    lots = {t["lot_no"]: t for t in rows["tender"].values()}
    by_lot = grouped(rows["bid"], "lot_no")
    claim(by_lot.keys() <= lots.keys(), "a bid for no lot")
    claim({t["project_no"] for t in lots.values()} == {a["project_no"] for a in rows["tr_approval"].values()}, "a lot that nobody approved")
    for lot, offers in by_lot.items():
        prices = [b["price"] for b in offers if b["price"]]
        claim(len(set(prices)) == len(prices), f"{lot}: two bids at one price")
        claim(all(b["submitted_at"] < lots[lot]["bids_until"] for b in offers), f"{lot}: a bid after the deadline")
    for field in ("phone", "deposit_account", "ip", "mac", "machine", "delegate_id"):
        users = collections.defaultdict(set)
        for b in rows["bid"].values():
            if b[field]:
                users[b[field]].add(b["bidder_uscc"])
        claim(all(len(u) == 1 for u in users.values()), f"bidders share their {field}")
    for a in rows["award"].values():
        tender, offers = lots[a["lot_no"]], by_lot[a["lot_no"]]
        sound = [b for b in offers if b["state"] == "valid"]
        won = [b for b in sound if b["bidder_uscc"] == a["winner_uscc"]]
        claim(len(won) == 1 and won[0]["price"] == a["price"] and won[0]["rank"] == 1, f"{a['lot_no']}: not awarded to the first")
        claim(len(sound) >= 3 or tender["method"] == "single", f"{a['lot_no']}: awarded among {len(sound)}")
        claim(a["price"] <= tender["ceiling"] * 98 // 100, f"{a['lot_no']}: at the ceiling")
        claim(tender["method"] == "open" or tender["ceiling"] < OPEN_FROM[tender["kind"]], f"{a['lot_no']}: should have been open")
    panels = grouped(rows["expert"], "lot_no")
    claim(all(len(p) >= 5 for p in panels.values()), "a panel of fewer than five")
    claim({(s["lot_no"], s["expert_no"]) for s in rows["expert_score"].values()} <=
          {(e["lot_no"], e["expert_no"]) for e in rows["expert"].values()}, "a score by nobody of the panel")
    claim({(s["lot_no"], s["bidder_uscc"]) for s in rows["expert_score"].values()} <=
          {(b["lot_no"], b["bidder_uscc"]) for b in rows["bid"].values()}, "a score for nobody's bid")
    firms = {c["uscc"]: c for c in rows["company"].values()}
    claim({b["bidder_uscc"] for b in rows["bid"].values()} <= firms.keys(), "a bidder that is no company")
    claim(all(days(firms[a["winner_uscc"]]["founded_on"]) < days(a["notified_on"]) - 180 for a in rows["award"].values()), "a new winner")
    people = collections.defaultdict(set)
    for r in rows["company_role"].values():
        people[r["citizen_id"]].add(r["uscc"])
    claim(all(len(u) == 1 for u in people.values()), "two firms share a person")
    officials = {o["citizen_id"] for o in rows["official"].values()}
    claim(not officials & people.keys(), "an official holds a part of a firm")
    claim(not officials & {e["citizen_id"] for e in rows["expert"].values()}, "an official judges bids")
    claim(not officials & {b["delegate_id"] for b in rows["bid"].values()}, "an official bids")


def contracts(rows, today, claim):
    awards = {a["lot_no"]: a for a in rows["award"].values()}
    paid, accepted = grouped(rows["tr_payment"], "contract_no"), grouped(rows["acceptance"], "contract_no")
    known = {c["contract_no"]: c for c in rows["contract"].values()}
    losers = {(b["lot_no"], b["bidder_uscc"]) for b in rows["bid"].values()}
    for dataset in ("tr_payment", "acceptance", "milestone", "contract_change", "subcontract"):
        claim({r["contract_no"] for r in rows[dataset].values()} <= known.keys(), f"{dataset} of no contract")
    for no, c in known.items():
        if c["lot_no"]:
            a = awards.get(c["lot_no"])
            claim(a and a["price"] == c["amount"] and a["winner_uscc"] == c["supplier_uscc"], f"{no}: another contract than the award")
            claim(a and 0 < days(c["signed_on"]) - days(a["notified_on"]) <= 30, f"{no}: signed late")
        else:
            claim(c["amount"] < OPEN_FROM["services"], f"{no}: should have been tendered")
        done = min((a["accepted_on"] for a in accepted[no]), default=99999999)
        sums = [sum(p["amount"] for p in paid[no]), sum(p["amount"] for p in paid[no] if p["paid_on"] < done)]
        claim(sums[0] <= c["amount"] and sums[1] * 100 <= c["amount"] * 30, f"{no}: paid too much or too early")
        claim(all(p["payee"] == c["supplier"] and p["paid_on"] <= today for p in paid[no]), f"{no}: paid to another")
    changes = collections.Counter()
    for k in rows["contract_change"].values():
        changes[k["contract_no"]] += k["amount"]
    claim(all(changes[no] * 10 <= known[no]["amount"] for no in changes), "changes of more than a tenth")
    for s in rows["subcontract"].values():
        claim((known[s["contract_no"]]["lot_no"], s["sub_uscc"]) not in losers, f"{s['contract_no']}: a loser does the work")


def villages(rows, today, claim):
    orgs = {o["org_no"]: o for o in rows["rural_org"].values()}
    assets = {(a["asset_no"], a["org_no"]): a for a in rows["rural_asset"].values()}
    for dataset in ("rural_asset", "rural_contract", "disposal_step", "rural_ledger", "rural_debt", "rural_member", "rural_disclosure"):
        claim({r["org_no"] for r in rows[dataset].values()} == orgs.keys(), f"{dataset}: not every village, or another")
    steps = grouped(rows["disposal_step"], "asset_no", "org_no")
    receipts = collections.Counter(row["debit"] for row in rows["rural_ledger"].values() if row["debit"])
    for c in rows["rural_contract"].values():
        of = (c["asset_no"], c["org_no"])
        seven = sorted(steps[of], key=lambda s: s["step_no"])
        claim(of in assets and assets[of]["use"] in ("let", "contracted"), f"{c['contract_no']}: of no asset that is let")
        claim([s["step_no"] for s in seven] == list(range(1, 8)) and
              all(a["ended_on"] < b["began_on"] for a, b in zip(seven, seven[1:])), f"{c['contract_no']}: steps out of order")
        claim(c["to_day"] > today and (c["agreed_on"] or 0) < c["signed_on"], f"{c['contract_no']}: run out, or not agreed before")
        rent = c["unit_price"] * c["quantity"] // 10000
        claim(c["received"] and c["received"] % rent == 0 and receipts[rent], f"{c['contract_no']}: its rent is not on the books")
    for no, lines in grouped(rows["rural_ledger"], "org_no", "voucher_no").items():
        claim(sum(x["debit"] or 0 for x in lines) == sum(x["credit"] or 0 for x in lines), f"voucher {no} does not balance")
    for m in rows["rural_member"].values():
        claim(m["dividend"] == m["shares"] * 8500 // 10000, f"{m['org_no']}: a dividend that is not the shares'")
    members = grouped(rows["rural_member"], "org_no")
    for no, org in orgs.items():
        claim(org["members"] == len(members[no]) and org["shares"] == sum(m["shares"] for m in members[no]), f"{no}: members or shares")
    land = collections.Counter()
    for right in rows["land_right"].values():
        land[right["division"]] += right["area"]
    own = collections.Counter()
    for a in rows["rural_asset"].values():
        own[a["org_no"]] += a["quantity"] if a["kind"] == "resource" else 0
    claim(all(own[no] >= land[org["division"]] for no, org in orgs.items()), "a village holds less land than its households")
    died = {d["citizen_id"] for d in rows["death"].values()}
    claim(not died & {m["member_id"] for m in rows["rural_member"].values()}, "a dividend for the dead")


def inspections(rows, today, claim):
    problems = {p["problem_no"]: p for p in rows["insp_problem"].values()}
    visited = {(r["round_no"], r["unit_code"]) for r in rows["insp_round"].values()}
    claim(len({unit for _, unit in visited}) == len(visited), "a unit inspected twice")
    claim({(p["round_no"], p["unit_code"]) for p in problems.values()} <= visited, "a problem of no inspection")
    for dataset in ("rectify", "insp_clue", "insp_result_use"):
        claim({r["problem_no"] for r in rows[dataset].values()} <= problems.keys(), f"{dataset} of no problem")
    claim(problems.keys() == {r["problem_no"] for r in rows["rectify"].values()}, "a problem without a measure")
    for r in rows["rectify"].values():
        if r["state"] == "closed":
            claim(r["accepted_on"] and r["accepted_by"] and r["evidence"], f"{r['problem_no']}: closed without proof")
        else:
            claim(r["due_on"] > today, f"{r['problem_no']}: overdue")
    for c in rows["insp_clue"].values():
        claim(days(c["proposed_on"] or today) - days(c["handed_on"]) <= 30, f"{c['clue_no']}: idle")


def registers(rows, claim):
    number = {h["citizen_id"]: h["household_no"] for h in rows["household"].values()}
    poor = {number.get(e["member_id"]) for e in rows["benefit_enrol"].values() if e["programme"] in ("dibao", "tekun")} - {None}
    homes = collections.Counter(number.get(r["owner_id"]) for r in rows["real_estate"].values())
    claim(not poor & {number.get(v["owner_id"]) for v in rows["vehicle"].values()}, "a household on support has a vehicle")
    claim(all(homes[h] <= 1 for h in poor), "a household on support has two homes")
    claim(not poor & {number.get(s["citizen_id"]) for s in rows["social_insurance"].values()}, "a household on support has wages")
    shares = collections.Counter()
    for r in rows["real_estate"].values():
        shares[r["estate_no"]] += r["share"]
    claim(all(s == 1000000 for s in shares.values()), "shares of a home that are not the whole")
    plates = collections.Counter(v["plate"] for v in rows["vehicle"].values())
    claim(max(plates.values()) == 1, "one plate on two vehicles")
    right = {r["holder_id"]: r["area"] for r in rows["land_right"].values()}
    for p in rows["benefit_pay"].values():
        if p["area"] and p["citizen_id"] in right:
            claim(p["area"] <= right[p["citizen_id"]], "paid for more land than there is")
    served = grouped(rows["prison_term"], "citizen_id")
    for p in rows["benefit_pay"].values():
        claim(p["citizen_id"] not in served, "paid to somebody who serves a sentence")
    gone = collections.defaultdict(lambda: 999999)
    for c in rows["discipline_case"].values():
        if c["decided_on"] and (c["public_sanction"] == "dismissal" or c["party_sanction"] == "expulsion"):
            gone[c["citizen_id"]] = min(gone[c["citizen_id"]], c["decided_on"] // 100)
    claim(all(p["month"] <= gone[p["citizen_id"]] for p in rows["fiscal_pay"].values()), "paid after dismissal")
    banned = {b["party_id"] for b in rows["blacklist"].values()}
    busy = {a["winner_uscc"] for a in rows["award"].values()} | {c["party_id"] for c in rows["rural_contract"].values()} | \
        {o["citizen_id"] for o in rows["official"].values()}
    claim(not banned & busy, "somebody banned who is in business or in office")


def powers(rows, today, claim):
    held = {(p["unit_code"], p["item_code"]) for p in rows["power_item"].values()}
    officials = {o["citizen_id"] for o in rows["official"].values()}
    firms = {c["uscc"]: c for c in rows["company"].values()}
    known = {(a["serial_no"], a["unit_code"]): a for a in rows["approval"].values()}
    steps = grouped(rows["approval_step"], "serial_no", "unit_code")
    claim(steps.keys() == known.keys(), "steps of no application, or an application without any")
    for no, a in known.items():
        claim((a["unit_code"], a["item_code"]) in held, f"{no[0]}: decided without the power")
        claim(a["applicant_id"] not in officials, f"{no[0]}: an official applies")
        claim(len(a["applicant_id"]) == 15 or a["applicant_kind"] == "person" or firms[a["applicant_id"]]["state"] == "open",
              f"{no[0]}: a firm that is shut applies")
        claim(not a["closed_on"] or days(a["closed_on"]) - days(a["accepted_on"]) <= a["limit_days"] * 7 // 5 + 40, f"{no[0]}: late")
        claim(len({a["clerk"], a["reviewer"], a["approver"] or "-"}) == 3, f"{no[0]}: one person does two steps")
        in_order = sorted(steps[no], key=lambda s: s["step_no"])
        claim(all(x["ended_at"] <= y["began_at"] for x, y in zip(in_order, in_order[1:])), f"{no[0]}: steps out of order")
    for d in rows["decision"].values():
        claim(d["present"] * 3 >= d["due"] * 2 and d["in_favour"] * 2 > d["due"], f"{d['decision_no']}: not carried")
        claim(d["in_favour"] + d["against"] + d["abstained"] == d["present"] == d["head_spoke"], f"{d['decision_no']}: votes or the head's turn")
    for p in rows["project"].values():
        claim(p["paid"] <= p["received"] <= p["approved_amount"] and firms[p["leader_uscc"]]["state"] == "open", f"{p['project_no']}: money or firm")
    claim(sorted(m["item_no"] for m in rows["major_item"].values()) == list(range(1, 81)), "not the 80 matters")
    keys = {u["unit_code"] for u in rows["unit"].values() if u["is_key"]}
    claim({r["unit_code"] for r in rows["major_report"].values()} <= keys, "a report of a unit that is not a key unit")


def masters(rows, claim):
    officials = {o["citizen_id"] for o in rows["official"].values()}
    relatives = {k["kin_id"] for k in rows["kin"].values()}
    firms = {c["uscc"] for c in rows["company"].values()}
    divisions = {d["code"] for d in rows["division"].values()}
    claim({k["official_id"] for k in rows["kin"].values()} <= officials, "relatives of nobody in office")
    claim(not relatives & (officials | {r["citizen_id"] for r in rows["company_role"].values()}), "a relative in office or in a firm")
    claim({r["uscc"] for r in rows["company_role"].values()} == firms, "a part of no firm, or a firm without any")
    shares = collections.Counter()
    for r in rows["company_role"].values():
        shares[r["uscc"]] += r["share"] or 0
    claim(set(shares.values()) == {1000000}, "shares of a firm that are not the whole")
    holders = {a["account_no"]: a["holder_id"] for a in rows["account"].values()}
    for p in rows["benefit_pay"].values():
        claim(len(p["citizen_id"]) == 15 or holders.get(p["account"], p["citizen_id"]) == p["citizen_id"], "paid to another's account")
    claim({h for h in holders.values() if h[:1] == "9"} <= firms, "an account of no firm")
    claim(all(not d["parent"] or d["parent"] in divisions for d in rows["division"].values()), "a division below none")
    claim({u["division"] for u in rows["unit"].values()} <= divisions, "a unit in no division")
    claim({d["site_id"] for d in rows["duty"].values()} <= {u["edge_id"] for u in rows["unit"].values()}, "a duty of no site")


def check(where, rows, today, claim):
    """Everything; `claim(is_true, words)` notes what does not hold."""
    def here(is_true, words):
        claim(is_true, f"{where}: {words}")

    if len(rows["rural_org"]) >= TOWNSHIPS and len(rows["tender"]) >= LOTS:
        here(all(rows[name] for name in ALL), f"no rows of {[name for name in ALL if not rows[name]]}")
    bids(rows, here)
    contracts(rows, today, here)
    villages(rows, today, here)
    inspections(rows, today, here)
    registers(rows, here)
    powers(rows, today, here)
    masters(rows, here)
