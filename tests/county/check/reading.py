"""Reads what offices export, by the catalogue's own words: the second opinion on every file that the county makes."""
import copy
import csv
import datetime
import io
import re
import unicodedata
import zipfile
from decimal import Decimal, InvalidOperation
from xml.etree import ElementTree

MAY_COME = {"planned_on", "planned_end", "due_on", "execute_by", "licence_to", "to_day", "files_to", "reply_due"}  # days that plans name before they come
SPACE = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
QUOTED = re.compile(r'"([^"]*)"')
TOTALS = {"合计", "总计", "小计"}


class Refused(Exception):
    """The row cannot be a record; the text says why."""


def fold(text):
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", text))


class Field:
    def __init__(self, line):
        words = line.split()
        head, aliases = (line.split(" alias ") + [""])[:2]
        self.id, self.kind = words[1], words[2]
        self.is_required = bool(re.search(r"\brequired\b", head.split('"')[0]))
        self.headers = {fold(QUOTED.findall(head)[0]), *(fold(a) for a in QUOTED.findall(aliases))}
        self.vocab = words[3] if self.kind == "code" else None
        limits = re.search(r"between (\S+) and (\S+)", head)
        self.limits = tuple(Decimal(x.replace("_", "")) for x in limits.groups()) if limits else None
        length = re.search(r"\bmax (\d+)", head)
        self.length = int(length.group(1)) if length else None
        self.factor = 1000000 if "unit 万元" in head else 10000 if self.kind == "area" else 100


OF_ANY_ROW = [Field('field to_do text "操作"'), Field('field why text "删除说明" alias "删除原因"')]


class Catalog:
    def __init__(self, folder):
        self.fields, self.keys, self.codes = {}, {}, {}
        for path in sorted((folder / "datasets").glob("*.decl")):
            name, text = path.stem, path.read_text()
            self.fields[name] = [Field(x.strip()) for x in text.splitlines() if x.strip().startswith("field ")]
            self.keys[name] = [k.strip() for k in re.search(r"^\s*key (.*)$", text, re.M).group(1).split(",")]
        for path in (folder / "vocab").glob("*.decl"):
            words = {}
            for line in path.read_text().splitlines():
                if line.strip().startswith("code "):
                    code = line.split()[1]
                    head, aliases = (line.split(" alias ") + [""])[:2]
                    for word in [code, QUOTED.findall(head)[0], *QUOTED.findall(aliases)]:
                        words[fold(word)] = code
            self.codes[path.stem] = words


def citizen(text):
    text = text.upper()
    if re.fullmatch(r"\d{15}", text):
        return text
    if not re.fullmatch(r"\d{17}[\dX]", text):
        raise Refused("shape of the number")
    if sum((int(c) if c != "X" else 10) * 2 ** (17 - i) for i, c in enumerate(text)) % 11 != 1:
        raise Refused("check digit")
    try:
        datetime.date(int(text[6:10]), int(text[10:12]), int(text[12:14]))
    except ValueError:
        raise Refused("birthday in the number") from None
    return text


def upgrade(number):
    if len(number) == 18:
        return number
    digits = number[:6] + "19" + number[6:]
    rest = sum(int(c) * 2 ** (17 - i) for i, c in enumerate(digits)) % 11
    return digits + "10X98765432"[rest]


def uscc(text):
    text = text.upper()
    alphabet = "0123456789ABCDEFGHJKLMNPQRTUWXY"
    weights = [1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28]
    if len(text) != 18 or any(c not in alphabet for c in text):
        raise Refused("shape of the credit code")
    if alphabet[-sum(alphabet.index(c) * w for c, w in zip(text, weights)) % 31] != text[17]:
        raise Refused("check character of the credit code")
    inner = text[8:17]
    check = -sum(int(c) * w for c, w in zip(inner, [3, 7, 9, 10, 5, 8, 4, 2])) % 11
    if inner[8] != ("X" if check == 10 else str(check)):
        raise Refused("check character of the organisation")
    return text


def date(text):
    m = re.fullmatch(r"(\d{4})[-./年]?(\d{1,2})[-./月]?(\d{1,2})日?", text)
    try:
        return int(datetime.date(*map(int, m.groups())).strftime("%Y%m%d"))
    except (AttributeError, ValueError):
        raise Refused("not a day") from None


def moment(text):
    m = re.fullmatch(r"(.*?)(\d{1,2}):(\d{2})(?::\d{2})?", text)
    if not m or int(m.group(2)) > 23 or int(m.group(3)) > 59:
        raise Refused("not a time of day")
    return date(m.group(1)) * 10000 + int(m.group(2)) * 100 + int(m.group(3))


def month(text):
    m = re.fullmatch(r"(\d{4})[-.年]?(\d{1,2})月?", text)
    if not m or not 1 <= int(m.group(2)) <= 12:
        raise Refused("not a month")
    return int(m.group(1)) * 100 + int(m.group(2))


def amount(text, factor):
    scale = 10000 if text.endswith("万") else 1
    try:
        value = Decimal(text.rstrip("万").replace(",", "")) * factor * scale
    except InvalidOperation:
        raise Refused("not an amount") from None
    if value != int(value):
        raise Refused("parts of a fen")
    return int(value)


def column_of(words, header):
    """The field that a header means. A unit in the header wins over the template's."""
    header = fold(header)
    unit = re.search(r"\((元|万元|亩|平方米)\)$", header)
    field = words.get(header) or (words.get(header[:unit.start()]) if unit else None)
    if field and unit:
        field = copy.copy(field)
        field.factor = {"万元": 1000000, "元": 100, "平方米": 15, "亩": 10000}[unit.group(1)]
    return field


def convert(field, text, codes):
    kind = field.kind
    if kind == "citizen":
        return citizen(text)
    if kind == "uscc":
        return uscc(text)
    if kind == "party":
        try:
            return citizen(text)
        except Refused:
            return uscc(text)
    if kind == "date":
        return date(text)
    if kind == "datetime":
        return moment(text)
    if kind == "month":
        return month(text)
    if kind in ("money", "area", "quantity", "percent"):
        value = amount(text, field.factor if kind in ("money", "area") else 10000)
        factor = 10000 if kind == "area" else field.factor if kind == "money" else 10000
        if field.limits and not field.limits[0] * factor <= value <= field.limits[1] * factor:
            raise Refused("out of range")
        return value
    if kind == "int":
        if not re.fullmatch(r"\d+", text) or (field.limits and not field.limits[0] <= int(text) <= field.limits[1]):
            raise Refused("not such a number")
        return int(text)
    if kind == "bool":
        return {"是": 1, "否": 0}[text]
    if kind == "code":
        if text not in codes[field.vocab]:
            raise Refused("unknown code")
        return codes[field.vocab][text]
    if kind == "division" and not re.fullmatch(r"\d{6}|\d{9}|\d{12}", text):
        raise Refused("not a division")
    return text


ORDERED = {"benefit_enrol": [("approved_on", "stopped_on"), ("notice_from", "notice_to")], "death": [("died_on", "registered_on")],
           "judgment": [("judged_on", "effective_on")], "official": [("post_from", "post_to")],
           "penalty": [("offence_on", "decided_on")], "discipline_case": [("opened_on", "decided_on")]}


def record(catalog, dataset, columns, cells, today):
    row = {f.id: None for f in catalog.fields[dataset]}
    for field, cell in zip(columns, cells):
        is_name = field.kind == "text"
        text = unicodedata.normalize("NFKC", cell).strip() if is_name else fold(cell)
        if text:
            row[field.id] = convert(field, cell.strip() if is_name else text, catalog.codes)
            if field.length and len(text) > field.length:
                raise Refused("too long")
            if field.kind == "date" and row[field.id] > today and field.id not in MAY_COME:
                raise Refused("a day that has not come")
    for field in catalog.fields[dataset]:
        if field.is_required and row[field.id] is None:
            raise Refused(f"{field.id} is missing")
    for before, after in ORDERED.get(dataset, []):
        if row[before] and row[after] and row[before] > row[after]:
            raise Refused(f"{after} lies before {before}")
    if dataset == "penalty" and row["party_kind"] == "person" and not row["citizen_id"]:
        raise Refused("a person without a number")
    return row


def cells_of(row):
    """The texts of a row of a sheet; a number that is shown as a day becomes one."""
    cells = []
    for cell in row.iter(SPACE + "c"):
        column = ord(re.match("[A-Z]+", cell.get("r")).group()) - ord("A")
        cells += [""] * (column - len(cells))
        text = "".join(t.text or "" for t in cell.iter(SPACE + "t"))
        if cell.get("s") == "1":
            text = (datetime.date(1899, 12, 30) + datetime.timedelta(int(cell.find(SPACE + "v").text))).isoformat()
        cells.append(text)
    return cells


def workbook(path):
    with zipfile.ZipFile(path) as parts:
        assert parts.testzip() is None, f"{path}: a part that is spoiled"
        rows = [cells_of(row) for row in ElementTree.fromstring(parts.read("xl/worksheets/sheet1.xml")).iter(SPACE + "row")]
    width = max(map(len, rows))
    return [row + [""] * (width - len(row)) for row in rows]


def table(path):
    if path.suffix == ".xlsx":
        return workbook(path)
    data = path.read_bytes()
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = data.decode("gb18030")
    head = text[:2000]
    return list(csv.reader(io.StringIO(text, newline=""), delimiter="\t" if head.count("\t") > head.count(",") else ","))


def read(catalog, path, dataset, today):
    """Good records, and the reasons of the rows that are none."""
    lines = table(path)
    words = {h: f for f in [*catalog.fields[dataset], *OF_ANY_ROW] for h in f.headers}
    start = next(i for i, cells in enumerate(lines) if sum(column_of(words, c) is not None for c in cells) >= 3)
    columns = [column_of(words, c) for c in lines[start]]
    unknown = [c for c, f in zip(lines[start], columns) if f is None]
    assert not unknown, f"{path}: headers that the catalogue does not know: {unknown}"
    assert len({f.id for f in columns}) == len(columns), f"{path}: two columns for one field"
    good, refused = [], []
    for cells in lines[start + 1:]:
        if fold(cells[0]) in TOTALS:
            continue
        try:
            good.append(record(catalog, dataset, columns, cells, today))
        except Refused as reason:
            refused.append(str(reason))
    return good, refused
