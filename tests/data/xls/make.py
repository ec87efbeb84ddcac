"""Old workbooks as xlwt (python3-xlwt) writes them: BIFF 8. Run once beside this file."""
import datetime
import xlwt

DAY = xlwt.easyxf(num_format_str="YYYY-MM-DD")
book = xlwt.Workbook(encoding="utf-8")
one = book.add_sheet("一月")
one.write_merge(0, 0, 0, 4, "肇东市死亡登记表")
for column, name in enumerate(["公民身份号码", "姓名", "死亡日期", "来源", "登记日期"]):
    one.write(1, column, name)
ROWS = [("11010519491231002X", "王芳", datetime.date(2026, 1, 2), "公安", datetime.date(2026, 1, 5)),
        ("440524188001010014", "李明", "2026.1.3", "民政殡葬", None),
        (440524188001010014, "张三", datetime.date(2026, 1, 3), "公安", None),  # digits are lost
        None,
        ("110105194912310038", "赵四", datetime.date(2026, 2, 30 - 2), "卫健", None)]
for at, row in enumerate(ROWS):
    for column, value in enumerate(row or ()):
        if value is not None:
            one.write(2 + at, column, value, DAY if isinstance(value, datetime.date) else xlwt.Style.default_style)
two = book.add_sheet("二月")
for column, name in enumerate(["姓名", "来源", "死亡日期", "公民身份号码"]):
    two.write(0, column, name)
for column, value in enumerate(["钱五", "公安", datetime.date(2026, 2, 3), "110105194912310054"]):
    two.write(1, column, value, DAY if column == 2 else xlwt.Style.default_style)
book.save("deaths.xls")

pay = xlwt.Workbook(encoding="utf-8")
sheet = pay.add_sheet("合同")
for column, name in enumerate(["合同编号", "签订日期", "合同金额", "合同相对方"]):
    sheet.write(0, column, name)
for at, row in enumerate([("H1", datetime.date(2026, 9, 1), 1000.5, "甲公司"), ("H2", datetime.date(2026, 9, 2), 2000, "乙公司")]):
    for column, value in enumerate(row):
        sheet.write(1 + at, column, value, DAY if column == 1 else xlwt.Style.default_style)
sheet.write(3, 0, "合计")
sheet.write(3, 2, 3000.5)
pay.save("contracts.xls")
