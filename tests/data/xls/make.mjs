// The same contracts as SheetJS writes them: BIFF 8. Run once beside this file: npm install xlsx && node make.mjs
// The sheet of notes is there for its length: like an office's own files these are too long for the container's small streams.
import XLSX from "xlsx";
const rows = [["合同编号", "签订日期", "合同金额", "合同相对方"], ["H1", "2026-09-01", 1000.5, "甲公司"], ["H2", "2026-09-02", 2000, "乙公司"], ["合计", null, 3000.5]];
const notes = Array.from({ length: 120 }, (_, i) => [`第 ${i + 1} 条说明：请按合同原件填写，金额以元为单位。`]);
const book = XLSX.utils.book_new();
XLSX.utils.book_append_sheet(book, XLSX.utils.aoa_to_sheet(rows), "合同");
XLSX.utils.book_append_sheet(book, XLSX.utils.aoa_to_sheet(notes), "填表说明");
XLSX.writeFile(book, "contracts-sheetjs.xls", { bookType: "biff8" });
