// Makes the workbooks of this folder that exceljs and SheetJS write: npm install exceljs@4.4.0 xlsx@0.18.5, then node make.mjs
import { writeFileSync } from 'node:fs'
import ExcelJS from 'exceljs'
import * as XLSX from 'xlsx'

const head = ['证件号码', '姓名', '死亡日期', '数据来源', '登记日期']
const day = (y, m, d) => new Date(Date.UTC(y, m - 1, d))

const book = new ExcelJS.Workbook()
const sheet = book.addWorksheet('死亡')
sheet.addRow(head)
sheet.addRow(['11010519491231002X', { richText: [{ text: '王' }, { font: { bold: true }, text: '芳' }] }, day(2024, 1, 10), '公安', null])
sheet.addRow(['440524188001010014', '李明', { formula: 'DATE(2024,2,29)', result: day(2024, 2, 29) }, '公安', null])
sheet.getColumn(3).numFmt = 'yyyy"年"m"月"d"日"'
await book.xlsx.writeFile('exceljs.xlsx')

const rows = [head, ['11010519491231002X', '王芳', day(2024, 1, 10), '公安', ''], ['440524188001010014', '李明', day(2024, 2, 29), '公安', true]]
const plain = XLSX.utils.aoa_to_sheet(rows, { UTC: true })
const wb = XLSX.utils.book_new()
XLSX.utils.book_append_sheet(wb, plain, '死亡')
writeFileSync('sheetjs.xlsx', XLSX.write(wb, { type: 'buffer', bookType: 'xlsx', bookSST: true }))
