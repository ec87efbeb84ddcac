#include "tests/county/cells.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

static void write_date(uint8_t shape, int64_t ymd, char *out)
{
    static const char *const shapes[] = {"%d-%d-%d", "%d.%02d.%02d", "%d%02d%02d", "%d年%d月%d日",
                                         "%d/%d/%d"};

    (void)snprintf(out, CELL_BYTES, shapes[shape], (int)(ymd / 10000), (int)(ymd / 100 % 100),
                   (int)(ymd % 100));
}

static void write_moment(uint8_t shape, int64_t moment, char *out)
{
    size_t len;

    write_date(shape, moment / 10000, out);
    len = strlen(out);
    (void)snprintf(out + len, CELL_BYTES - len, " %02d:%02d", (int)(moment / 100 % 100),
                   (int)(moment % 100));
}

static void write_month(uint8_t shape, int64_t ym, char *out)
{
    static const char *const shapes[] = {"%d%02d", "%d-%02d", "%d年%d月"};

    (void)snprintf(out, CELL_BYTES, shapes[shape], (int)(ym / 100), (int)(ym % 100));
}

/* Decimal places of a number scaled by 10^places, without the zeros at the end. */
static void write_decimal(int64_t number, int places, char *out)
{
    int64_t scale = 1;
    size_t len;

    for (int i = 0; i < places; i++)
        scale *= 10;
    (void)snprintf(out, CELL_BYTES, "%" PRId64 ".%0*" PRId64, number / scale, places,
                   number % scale);
    for (len = strlen(out); out[len - 1] == '0'; len--)
        out[len - 1] = '\0';
    if (out[len - 1] == '.')
        out[len - 1] = '\0';
}

static void write_yuan(uint8_t shape, int64_t fen, char *out)
{
    int64_t yuan = fen / 100;

    if (shape == 3 && fen >= 1000000 && fen % 10000 == 0) {
        write_decimal(fen / 10000, 2, out);
        strcat(out, "万");
    } else if (shape == 1 && yuan >= 1000) {
        char *at = out;
        if (yuan >= 1000000)
            at += sprintf(at, "%" PRId64 ",%03" PRId64, yuan / 1000000, yuan / 1000 % 1000);
        else
            at += sprintf(at, "%" PRId64, yuan / 1000);
        (void)sprintf(at, ",%03" PRId64 ".%02" PRId64, yuan % 1000, fen % 100);
    } else if (shape == 2) {
        write_decimal(fen, 2, out);
    } else {
        (void)snprintf(out, CELL_BYTES, "%" PRId64 ".%02" PRId64, yuan, fen % 100);
    }
}

static void widen_digits(char *text)
{
    char wide[CELL_BYTES];
    size_t n = 0;

    for (const char *p = text; *p && n + 4 < CELL_BYTES; p++) {
        if (*p < '0' || *p > '9') {
            wide[n++] = *p;
            continue;
        }
        wide[n++] = '\xef';
        wide[n++] = '\xbc';
        wide[n++] = (char)(0x90 + (*p - '0'));
    }
    wide[n] = '\0';
    memcpy(text, wide, n + 1);
}

/* Clerks make two-character names as wide as the others, and keyboards know two middle dots. */
static void write_name(struct dice *d, const char *name, char *out)
{
    const char *dot = strstr(name, "·");

    if (strlen(name) == 6 && dice_chance(d, 12))
        (void)snprintf(out, CELL_BYTES, "%.3s%s%s", name, dice_chance(d, 500) ? " " : "　",
                       name + 3);
    else if (dot && dice_chance(d, 300))
        (void)snprintf(out, CELL_BYTES, "%.*s•%s", (int)(dot - name), name, dot + strlen("·"));
    else
        (void)snprintf(out, CELL_BYTES, "%s", name);
}

static void write_code(struct dice *d, uint8_t shape, const struct label *label, char *out)
{
    uint32_t aliases = 0;

    while (aliases < 3 && label->words[2 + aliases])
        aliases++;
    size_t at = shape == 2 && aliases ? 2 + dice_below(d, aliases) : shape == 0 ? 0 : 1;
    (void)snprintf(out, CELL_BYTES, "%s", label->words[at]);
}

static void write_plain(struct dice *d, const struct cell_style *style, const struct column *column,
                        struct cell cell, char *out)
{
    bool is_odd = dice_chance(d, 20);

    switch (column->kind) {
    case CELL_TEXT:
    case CELL_ID:
        (void)snprintf(out, CELL_BYTES, "%s", cell.text);
        break;
    case CELL_NAME:
        write_name(d, cell.text, out);
        break;
    case CELL_DATE:
        write_date(is_odd ? (uint8_t)dice_below(d, 5) : style->date_shape, cell.number, out);
        break;
    case CELL_MONTH:
        write_month(is_odd ? (uint8_t)dice_below(d, 3) : style->month_shape, cell.number, out);
        break;
    case CELL_MOMENT:
        write_moment(style->date_shape, cell.number, out);
        break;
    case CELL_YUAN:
    case CELL_BALANCE:
        write_yuan(style->amount_shape, cell.number, out);
        break;
    case CELL_WAN:
        write_decimal(cell.number, 6, out);
        break;
    case CELL_AREA:
        write_decimal(cell.number, 2, out);
        break;
    case CELL_INT:
        (void)snprintf(out, CELL_BYTES, "%" PRId64, cell.number);
        break;
    case CELL_BOOL:
        (void)snprintf(out, CELL_BYTES, "%s", cell.number ? "是" : "否");
        break;
    case CELL_CODE:
        write_code(d, is_odd ? 1 : style->code_shape, &column->labels[cell.number], out);
        break;
    }
}

void cells_write(struct dice *d, const struct cell_style *style, const struct column *column,
                 struct cell cell, char out[CELL_BYTES])
{
    enum cell_kind kind = column->kind;

    out[0] = '\0';
    if (!cell.text && cell.number == SHEET_NONE)
        return;
    write_plain(d, style, column, cell, out);
    if (kind == CELL_ID && out[0] && out[strlen(out) - 1] == 'X' && dice_chance(d, 200))
        out[strlen(out) - 1] = 'x';
    if ((kind == CELL_ID || kind == CELL_YUAN || kind == CELL_INT) && dice_chance(d, 3))
        widen_digits(out);
    if (out[0] && dice_chance(d, 10))
        strcat(out, dice_chance(d, 700) ? " " : "  ");
}

enum fault {
    FAULT_CHECKSUM,
    FAULT_SCIENTIFIC,
    FAULT_SHORT,
    FAULT_BLANK,
    FAULT_DATE,
    FAULT_NEGATIVE,
    FAULT_CODE,
    FAULTS
};

static bool suits(enum fault fault, const struct column *c, struct cell cell)
{
    bool has_number = cell.number != SHEET_NONE;

    switch (fault) {
    case FAULT_CHECKSUM:
        return c->kind == CELL_ID && !c->droppable && cell.text && strlen(cell.text) == 18 &&
               strchr("0123456789X", cell.text[17]);
    case FAULT_SCIENTIFIC:
    case FAULT_SHORT:
        return c->kind == CELL_ID && !c->droppable && cell.text;
    case FAULT_BLANK:
        return c->required;
    case FAULT_DATE:
        return (c->kind == CELL_DATE || c->kind == CELL_MONTH) && c->required;
    case FAULT_NEGATIVE:
        return (c->kind == CELL_YUAN || c->kind == CELL_WAN) && !c->droppable && has_number &&
               cell.number > 0;
    case FAULT_CODE:
        return c->kind == CELL_CODE && c->required;
    case FAULTS:
        break;
    }
    return false;
}

static void spoil(struct dice *d, enum fault fault, const struct column *c, struct cell cell,
                  char *out)
{
    static const char turns[] = "0123456789X0";
    static const char *const dates[] = {"2026-02-30", "20261301", "2025年4月31日", "0000-00-00"};

    out[0] = '\0';
    switch (fault) {
    case FAULT_CHECKSUM:
        (void)snprintf(out, CELL_BYTES, "%s", cell.text);
        out[17] = strchr(turns, out[17])[1];
        break;
    case FAULT_SCIENTIFIC:
        (void)snprintf(out, CELL_BYTES, "%.1s.%.5sE+%d", cell.text, cell.text + 1,
                       (int)strlen(cell.text) - 1);
        break;
    case FAULT_SHORT:
        (void)snprintf(out, CELL_BYTES, "%.*s", (int)strlen(cell.text) - 1, cell.text);
        break;
    case FAULT_DATE:
        (void)snprintf(out, CELL_BYTES, "%s",
                       c->kind == CELL_MONTH ? "202613" : dates[dice_below(d, 4)]);
        break;
    case FAULT_NEGATIVE:
        out[0] = '-';
        write_decimal(cell.number, c->kind == CELL_WAN ? 6 : 2, out + 1);
        break;
    case FAULT_CODE:
        (void)snprintf(out, CELL_BYTES, "不详");
        break;
    case FAULT_BLANK:
    case FAULTS:
        break;
    }
}

size_t cells_break(struct dice *d, const struct layout *layout, const struct cell *cells,
                   char out[CELL_BYTES])
{
    for (;;) {
        enum fault fault = (enum fault)dice_below(d, FAULTS);
        size_t column = dice_below(d, (uint32_t)layout->count);
        if (!suits(fault, &layout->columns[column], cells[column]))
            continue;
        spoil(d, fault, &layout->columns[column], cells[column], out);
        return column;
    }
}
