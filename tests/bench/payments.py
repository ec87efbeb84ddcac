"""One long CSV of benefit payments out of a generated county: what its townships drop, behind one header of 17 columns."""
import csv
import io
import re
import unicodedata
from pathlib import Path


def columns_of(declaration):
    """The header of each field with the headers that mean the same, as the dataset declares them."""
    columns = []
    for line in Path(declaration).read_text(encoding="utf-8").splitlines():
        if line.strip().startswith("field "):
            before, _, alias = line.partition(" alias ")
            names = [re.findall(r'"([^"]*)"', before)[0], *re.findall(r'"([^"]*)"', alias)]
            columns.append(names)
    return columns


def plain(name):
    """As a header counts: full-width forms and blanks do not matter."""
    return "".join(unicodedata.normalize("NFKC", name).split())


def rows_of(path, place, width):
    raw = path.read_bytes()
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = raw.decode("gb18030", errors="replace")
    delimiter = max(",\t;", key=text[:4000].count)
    order = None
    for row in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter):
        cells = [c.strip() for c in row]
        if order is None:
            cells = [plain(c) for c in cells]
            known = [place[c] for c in cells if c in place]
            if len(known) >= 5 and len(known) == sum(1 for c in cells if c):
                order = [place.get(c) for c in cells]
            continue
        if sum(1 for c in cells if c) < 5:
            continue  # blank, or a line of totals
        out = [""] * width
        for at, cell in zip(order, cells):
            if at is not None:
                out[at] = cell
        yield out


def collect(county, declaration):
    """Header and rows of every file whose header is one of payments."""
    columns = columns_of(declaration)
    place = {plain(name): i for i, names in enumerate(columns) for name in names}
    rows = []
    for path in sorted(Path(county, "sites").glob("*/*发放*.csv")):
        rows.extend(rows_of(path, place, len(columns)))
    return [names[0] for names in columns], rows


def write(path, header, rows, count, encoding):
    """`count` rows; when there are not so many, the same once more in another batch. Commas, quoted where needed."""
    with open(path, "w", encoding=encoding, newline="") as out:
        writer = csv.writer(out)
        writer.writerow(header)
        for i in range(count):
            row = rows[i % len(rows)]
            again = i // len(rows)
            writer.writerow([f"{row[0]}-{again}", *row[1:]] if again else row)


def write_workbook(path, header, rows, count, _):
    """The same as an office's program saves it: every text in the table of shared strings, amounts as numbers."""
    import xlsxwriter  # of ./dev bench alone

    amounts = {i for i, name in enumerate(header) if name.endswith("(元)")}
    book = xlsxwriter.Workbook(str(path), {"strings_to_numbers": False})
    sheet = book.add_worksheet("发放")
    sheet.write_row(0, 0, header)
    for i in range(count):
        row = rows[i % len(rows)]
        for column, cell in enumerate(row):
            if column in amounts and plain_number(cell):
                sheet.write_number(i + 1, column, float(cell))
            elif cell:
                sheet.write_string(i + 1, column, cell)
    book.close()


def plain_number(cell):
    return re.fullmatch(r"[0-9]{1,9}(\.[0-9]{1,2})?", cell) is not None
