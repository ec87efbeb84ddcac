#!/usr/bin/env python3
"""Makes the workbooks of this folder that openpyxl writes; python3-openpyxl of Debian. Run once: python3 make.py"""
import datetime
from pathlib import Path

from openpyxl import Workbook
from openpyxl.styles import Font

HERE = Path(__file__).resolve().parent
HEAD = ["证件号码", "姓名", "死亡日期", "数据来源", "登记日期"]


def save(book, name):
    book.properties.created = book.properties.modified = datetime.datetime(2026, 11, 24)
    book.save(HERE / name)


def pitfalls():
    book = Workbook()
    sheet = book.active
    sheet.title = "死亡"
    sheet.merge_cells("A1:E1")
    sheet["A1"] = "肇东市死亡人员登记表"
    sheet["A1"].font = Font(bold=True)
    sheet.append(["填报单位：公安局", None, None, None, "2026年11月"])
    sheet.append(HEAD)
    rows = [["11010519491231002X", "王芳", datetime.date(2024, 1, 10), "公安", datetime.datetime(2024, 1, 12, 0, 0)],
            [440524188001010014, "李明", datetime.date(2024, 2, 29), "公安", "2024年3月1日"],   # a number: its digits are lost
            [231282600101001, "张甲", "2024.3.1", "民政殡葬", None],                             # 15 digits are exact
            ["231282197001010106", "张乙", 45352, "卫健", None],                                # a serial day without a format
            ["231282197001030123", "张丙", "=DATE(2024,1,1)", "公安", None],                    # a formula nobody computed
            [None, None, None, None, None],
            ["合计", "5", None, None, None]]
    for row in rows:
        sheet.append(row)
    for cell, shape in (("C4", 'yyyy"年"m"月"d"日"'), ("C5", "yyyy/m/d"), ("E4", "yyyy-mm-dd hh:mm")):
        sheet[cell].number_format = shape
    sheet.row_dimensions[5].hidden = True
    notes = book.create_sheet("说明")
    notes["A1"] = "本表按月报送"
    more = book.create_sheet("续表")
    more.append(["姓名", "身份证号", "死亡日期", "来源"])
    more.append(["赵丁", "23128219700102011X", datetime.date(2024, 5, 6), "公安"])
    secret = book.create_sheet("草稿")
    secret.sheet_state = "hidden"
    secret.append(HEAD)
    save(book, "pitfalls.xlsx")


def merged():
    book = Workbook()
    sheet = book.active
    sheet.append(["组织编码", "季度", "公示日期", "公开内容"])
    for quarter, days in (("2026Q1", (5, 6)), ("2026Q2", (7, 8, 9))):
        first = sheet.max_row + 1
        for day in days:
            sheet.append(["N01", quarter if sheet.max_row + 1 == first else None, datetime.date(2026, 4, day), f"第{day}项"])
        sheet.merge_cells(start_row=first, end_row=sheet.max_row, start_column=2, end_column=2)
    save(book, "merged.xlsx")


def epoch_1904():
    book = Workbook()
    book.epoch = datetime.datetime(1904, 1, 1)
    book.active.append(["日期", "比例", "金额"])
    book.active.append([datetime.date(2024, 1, 10), 0.125, 0.1 + 0.2])
    book.active["A2"].number_format = "yyyy-mm-dd"
    book.active["B2"].number_format = "0.00%"
    save(book, "epoch-1904.xlsx")


pitfalls()
merged()
epoch_1904()
