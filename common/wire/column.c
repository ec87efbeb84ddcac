#include "common/wire/column.h"

#include "common/base/arena.h"
#include "common/base/buf.h"
#include "common/base/check.h"
#include "common/wire/wire.h"

#include <string.h>

/* Which cells are there at all. */
enum presence { ALL = 0, NONE = 1, SOME = 2 };
/* What they are. */
enum nature { NUMBERS = 0, TEXTS = 1 };

void column_work_init(struct column_work *w)
{
    memset(w->is_rich, 0, sizeof w->is_rich);
    w->key_field = 0;
}

/* Gathers what is there into w->numbers or w->texts. */
static size_t gather(struct column_work *w, const struct column_place *p, enum nature *out_nature)
{
    size_t found = 0;
    enum value_kind kind = VALUE_NULL;
    memset(w->present, 0, sizeof w->present);
    for (size_t row = 0; row < p->row_count; row++) {
        const struct value *v = column_cell(p, p->field, row);
        if (v->kind == VALUE_NULL)
            continue;
        ASSERT(kind == VALUE_NULL || kind == v->kind);
        kind = v->kind;
        w->present[row / 8] = (uint8_t)(w->present[row / 8] | 1u << row % 8);
        if (kind == VALUE_INT)
            w->numbers[found++] = v->number;
        else
            w->texts[found++] = v->text;
    }
    *out_nature = kind == VALUE_TEXT ? TEXTS : NUMBERS;
    return found;
}

void column_put(struct buf *out, struct column_work *w, const struct column_place *p)
{
    enum nature nature;
    size_t found = gather(w, p, &nature);
    enum presence presence = found == 0 ? NONE : found == p->row_count ? ALL : SOME;
    wire_put_u64(out, (uint64_t)presence | (uint64_t)nature << 2);
    if (presence == NONE)
        return;
    if (presence == SOME)
        buf_put_bytes(out, w->present, (p->row_count + 7) / 8);
    if (nature == NUMBERS) {
        column_put_numbers(out, w, w->numbers, found);
        return;
    }
    w->is_rich[p->field] = column_is_rich(w, w->texts, found);
    if (!w->is_rich[p->field] || !column_put_again(out, w, p, found))
        column_put_texts(out, w, w->texts, found);
}

static enum err read_presence(struct str *in, struct column_work *w, enum presence presence,
                              size_t count, size_t *out_found)
{
    size_t len = (count + 7) / 8, found = 0;
    struct str bits;
    if (presence == ALL) {
        memset(w->present, 0xff, len);
        *out_found = count;
        return OK;
    }
    TRY(wire_read_bytes(in, len, &bits));
    memcpy(w->present, bits.ptr, len);
    for (size_t row = 0; row < len * 8; row++)
        if (column_is_present(w, row) && ++found && row >= count)
            return fail(ERR_MALFORMED, "a row behind the last");
    if (found == 0 || found == count)
        return fail(ERR_MALFORMED, "presence in a longer form than it need be");
    *out_found = found;
    return OK;
}

static void fill_nulls(const struct column_place *p)
{
    for (size_t row = 0; row < p->row_count; row++)
        *column_cell(p, p->field, row) = value_null();
}

static enum err parse_numbers(struct str *in, struct column_work *w, const struct column_place *p,
                              size_t found)
{
    size_t next = 0;
    TRY(column_read_numbers(in, w, found, w->numbers));
    for (size_t row = 0; row < p->row_count; row++)
        if (column_is_present(w, row))
            *column_cell(p, p->field, row) = value_int(w->numbers[next++]);
    return OK;
}

static enum err parse_texts(struct arena *a, struct str *in, struct column_work *w,
                            const struct column_place *p, size_t found)
{
    struct str rest = *in;
    uint64_t form = 0;
    size_t next = 0;
    TRY(wire_read_u64(&rest, &form));
    if (form == COLUMN_TEXT_TWIN || form == COLUMN_TEXT_AGAIN) {
        *in = rest;
        return column_read_again(a, in, w, p, form);
    }
    TRY(column_read_texts(a, in, w, found, w->texts));
    for (size_t row = 0; row < p->row_count; row++)
        if (column_is_present(w, row))
            *column_cell(p, p->field, row) = value_text(w->texts[next++]);
    return OK;
}

enum err column_parse(struct arena *a, struct str *in, struct column_work *w,
                      const struct column_place *p)
{
    uint64_t head = 0;
    size_t found = 0;
    TRY(wire_read_u64(in, &head));
    if (head > ((uint64_t)SOME | (uint64_t)TEXTS << 2) || (head & 3) > SOME)
        return fail(ERR_MALFORMED, "unknown head of a column");
    fill_nulls(p);
    if ((head & 3) == NONE)
        return head >> 2 ? fail(ERR_MALFORMED, "an empty column of texts") : OK;
    TRY(read_presence(in, w, (enum presence)(head & 3), p->row_count, &found));
    return head >> 2 == NUMBERS ? parse_numbers(in, w, p, found) : parse_texts(a, in, w, p, found);
}
