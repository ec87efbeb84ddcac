#include "edge-agent/intake/rejects.h"

#include "common/base/arena.h"
#include "common/base/buf.h"
#include "common/format/format.h"
#include "common/os/file.h"

#define PAGE_LINES 500
#define LINE_BYTES_GUESS 320
#define REPORT_BYTES_MAX ((size_t)32 << 20)

static bool is_long_number(struct str s)
{
    size_t digits = 0;
    for (size_t i = 0; i < s.len; i++)
        digits += s.ptr[i] >= '0' && s.ptr[i] <= '9';
    return s.len >= 12 && digits + 1 >= s.len;
}

static void put_quoted(struct buf *out, struct str s)
{
    buf_put_char(out, '"');
    for (size_t i = 0; i < s.len; i++) {
        if (s.ptr[i] == '"')
            buf_put_char(out, '"');
        buf_put_char(out, s.ptr[i] == '\r' || s.ptr[i] == '\n' ? ' ' : s.ptr[i]);
    }
    buf_put_char(out, '"');
}

static void put_value(struct buf *out, struct str s)
{
    if (is_long_number(s)) { /* ="…" keeps a spreadsheet program from rounding it */
        buf_put_z(out, "\"=\"\"");
        buf_put(out, s);
        buf_put_z(out, "\"\"\"");
        return;
    }
    if (s.len && (s.ptr[0] == '=' || s.ptr[0] == '+' || s.ptr[0] == '-' || s.ptr[0] == '@')) {
        struct buf safe;
        buf_init(&safe, out->arena);
        buf_put_char(&safe, '\'');
        buf_put(&safe, s);
        s = buf_str(&safe);
    }
    put_quoted(out, s);
}

static void put_number(struct buf *out, uint32_t n)
{
    if (n)
        buf_format(out, "%u", n);
    buf_put_char(out, ',');
}

/* Of a further sheet: "2!15" is row 15 of the second one. */
static void put_row(struct buf *out, uint32_t line)
{
    if (line >= FORMAT_SHEET_ROWS)
        buf_format(out, "%u!", line / FORMAT_SHEET_ROWS + 1);
    put_number(out, line % FORMAT_SHEET_ROWS);
}

static void put_problem(struct buf *out, const struct problem *p)
{
    buf_put_z(out, p->severity == PROBLEM_ERROR ? "退回," : "提醒,");
    put_row(out, p->line);
    put_number(out, p->column);
    put_quoted(out, p->header);
    buf_put_char(out, ',');
    put_value(out, p->value);
    buf_put_char(out, ',');
    put_quoted(out, p->zh);
    buf_put_char(out, ',');
    put_quoted(out, p->en);
    buf_format(out, "," STR_FMT "\r\n", STR_ARG(p->code));
}

enum err rejects_format(struct ledger *l, const struct import_entry *entry, struct buf *out)
{
    struct arena *page = arena_new((size_t)4 << 20);
    enum err e = OK;
    buf_put_z(out, "\xEF\xBB\xBF结果,行号,列号,栏目,原值,原因和改法,English,代码\r\n");
    for (uint64_t line = 0; line < entry->listed && e == OK; line += PAGE_LINES) {
        struct problem_list list;
        arena_reset(page);
        problem_list_init(&list, page, PAGE_LINES);
        e = ledger_problems(l, entry->id, line, PAGE_LINES, &list);
        for (size_t i = 0; i < list.items.count && e == OK; i++)
            put_problem(out, &list.items.at[i]);
    }
    if (e == OK && entry->listed == LEDGER_PROBLEMS_MAX)
        buf_format(
            out,
            "提醒,,,\"\",\"\",\"只列出前 %d 条。本文件共退回 %llu 行，请先改正以上问题再导入\","
            "\"only the first %d are listed; %llu rows were refused in all\",report.cut\r\n",
            LEDGER_PROBLEMS_MAX, (unsigned long long)entry->rejected, LEDGER_PROBLEMS_MAX,
            (unsigned long long)entry->rejected);
    arena_free(page);
    return e;
}

enum err rejects_write(struct ledger *l, const struct import_entry *entry, const char *path)
{
    if (entry->listed == 0)
        return OK;
    struct arena *a = arena_new(REPORT_BYTES_MAX);
    struct buf text;
    buf_init(&text, a);
    buf_reserve(&text, (entry->listed + 2) * LINE_BYTES_GUESS);
    enum err e = rejects_format(l, entry, &text);
    if (e == OK)
        e = file_replace(path, buf_str(&text), 0640);
    arena_free(a);
    return wrap(e, "write the report");
}
