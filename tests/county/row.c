#include "tests/county/row.h"

#include <stdarg.h>
#include <stdio.h>

void row_begin(struct row *r)
{
    r->count = r->text_count = 0;
}

void row_text(struct row *r, const char *value)
{
    r->cells[r->count++] = (struct cell){value && *value ? value : NULL, SHEET_NONE};
}

void row_number(struct row *r, int64_t value)
{
    r->cells[r->count++] = (struct cell){NULL, value};
}

void row_date(struct row *r, int32_t ymd)
{
    row_number(r, ymd ? ymd : SHEET_NONE);
}

void row_amount(struct row *r, int64_t fen)
{
    row_number(r, fen ? fen : SHEET_NONE);
}

void row_moment(struct row *r, int32_t ymd, int32_t minutes)
{
    row_number(r, ymd ? (int64_t)ymd * 10000 + minutes / 60 * 100 + minutes % 60 : SHEET_NONE);
}

void row_format(struct row *r, const char *format, ...)
{
    char *text = r->texts[r->text_count++];
    va_list args;

    va_start(args, format);
    (void)vsnprintf(text, ROW_TEXT_BYTES, format, args);
    va_end(args);
    row_text(r, text);
}
