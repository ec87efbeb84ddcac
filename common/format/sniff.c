#include "common/format/sniff.h"

#include "common/base/check.h"

#include <string.h>

#define LINES_MAX 30
#define COUNT_MAX 64

static const struct sniff_foreign foreigners[] = {
    {STR_INIT("PK\x03\x04"),
     "这是 Excel 工作簿（.xlsx）或压缩包，此处只能读文字表格。请另存为“CSV "
     "UTF-8（逗号分隔）”后再放入",
     "this is a workbook (.xlsx) or a zip archive, and only tables of text are read here; save it "
     "as "
     "CSV UTF-8"},
    {STR_INIT("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1"),
     "这是旧版 Excel/Word 文件（.xls/.doc），不是 CSV。请在表格软件中打开，另存为“CSV "
     "UTF-8（逗号分隔）”后再放入",
     "this is an old Excel or Word file (.xls, .doc), not CSV; open it and save it as CSV UTF-8"},
    {STR_INIT("%PDF"), "这是 PDF 文件，里面没有可读的表格。请向制表人索取 CSV 或表格原件",
     "this is a PDF; ask whoever made it for the table as CSV"},
    {STR_INIT("\x1F\x8B"), "这是 gzip 压缩文件。请先解压，再把里面的 CSV 放入",
     "this is a gzip archive; unpack it first"},
    {STR_INIT("Rar!"), "这是 RAR 压缩包。请先解压，再把里面的 CSV 放入",
     "this is a RAR archive; unpack it first"},
    {STR_INIT("7z\xBC\xAF\x27\x1C"), "这是 7z 压缩包。请先解压，再把里面的 CSV 放入",
     "this is a 7z archive; unpack it first"},
    {STR_INIT("\x89PNG"), "这是图片（PNG），不是表格。请提供 CSV 文件",
     "this is a picture (PNG), not a table"},
    {STR_INIT("\xFF\xD8\xFF"), "这是图片（JPEG），不是表格。请提供 CSV 文件",
     "this is a picture (JPEG), not a table"},
    {STR_INIT("SQLite format 3"), "这是 SQLite 数据库文件，不是 CSV。请导出为 CSV 后再放入",
     "this is an SQLite database; export the table as CSV"},
    {STR_INIT("{\\rtf"), "这是 RTF 文档，不是 CSV。请把表格另存为 CSV 后再放入",
     "this is an RTF document; save the table as CSV"},
    {STR_INIT("<!DOCTYPE"),
     "这是网页（HTML），常见于系统导出的假 .xls。请用表格软件打开，另存为 CSV 后再放入",
     "this is a web page (HTML), as some systems export for .xls; open it in a spreadsheet program "
     "and save it as CSV"},
    {STR_INIT("<html"),
     "这是网页（HTML），常见于系统导出的假 .xls。请用表格软件打开，另存为 CSV 后再放入",
     "this is a web page (HTML), as some systems export for .xls; open it in a spreadsheet program "
     "and save it as CSV"},
    {STR_INIT("<table"), "这是网页（HTML）表格，不是 CSV。请用表格软件打开，另存为 CSV 后再放入",
     "this is an HTML table; open it in a spreadsheet program and save it as CSV"},
    {STR_INIT("<?xml"), "这是 XML 文件，不是 CSV。请用表格软件打开，另存为 CSV 后再放入",
     "this is XML; open it in a spreadsheet program and save it as CSV"},
    {STR_INIT("{\""), "这是 JSON 文件，不是 CSV。请导出为 CSV 后再放入",
     "this is JSON; export the table as CSV"},
    {STR_INIT("[{"), "这是 JSON 文件，不是 CSV。请导出为 CSV 后再放入",
     "this is JSON; export the table as CSV"},
    {STR_INIT("\x7F"
              "ELF"),
     "这是程序文件，不是 CSV", "this is a program, not a table"},
    {STR_INIT("MZ\x90"), "这是程序文件，不是 CSV", "this is a program, not a table"},
};

const struct sniff_foreign *sniff_foreign(struct str head)
{
    if (str_starts(head, STR("\xEF\xBB\xBF")))
        head = str_skip(head, 3);
    struct str text = str_trim(head); /* pages and JSON often begin with empty lines */
    for (size_t i = 0; i < COUNT_OF(foreigners); i++) {
        struct str want = foreigners[i].head;
        if (str_starts(head, want) || str_equal_fold(str_slice(text, 0, want.len), want))
            return &foreigners[i];
    }
    return NULL;
}

static const char candidates[] = {',', '\t', ';'};

struct tally {
    size_t in_line[sizeof candidates];
    /* how many lines have exactly so many of a candidate */
    size_t lines[sizeof candidates][COUNT_MAX + 1];
};

static void end_line(struct tally *t)
{
    for (size_t c = 0; c < sizeof candidates; c++) {
        size_t n = t->in_line[c] < COUNT_MAX ? t->in_line[c] : COUNT_MAX;
        t->lines[c][n]++;
        t->in_line[c] = 0;
    }
}

static void count_lines(struct tally *t, struct str head)
{
    bool in_quotes = false;
    size_t lines = 0;
    for (size_t i = 0; i < head.len && lines < LINES_MAX; i++) {
        char byte = head.ptr[i];
        if (byte == '"')
            in_quotes = !in_quotes;
        if (in_quotes)
            continue;
        if (byte == '\n' || byte == '\r') {
            end_line(t);
            lines++;
        }
        for (size_t c = 0; c < sizeof candidates; c++)
            t->in_line[c] += byte == candidates[c];
    }
    if (lines < LINES_MAX)
        end_line(t);
}

char sniff_delimiter(struct str head, size_t *out_skip)
{
    *out_skip = 0;
    if (head.len > 5 && str_equal_fold(str_slice(head, 0, 4), STR("sep=")) &&
        memchr(",;\t|", head.ptr[4], 4) && (head.ptr[5] == '\n' || head.ptr[5] == '\r')) {
        *out_skip = head.ptr[5] == '\r' && head.len > 6 && head.ptr[6] == '\n' ? 7 : 6;
        return head.ptr[4];
    }
    struct tally t = {0};
    count_lines(&t, head);
    size_t best = 0, best_weight = 0;
    for (size_t c = 0; c < sizeof candidates; c++)
        for (size_t n = 1; n <= COUNT_MAX; n++) {
            size_t weight =
                t.lines[c][n] * t.lines[c][n] * n; /* agreement between lines counts most */
            if (weight > best_weight) {
                best_weight = weight;
                best = c;
            }
        }
    return candidates[best];
}
