#include "common/wire/column.h"

#include "common/base/buf.h"
#include "common/base/check.h"
#include "common/wire/wire.h"

#include <string.h>

/* A field of many texts is often known from another: the account holder is the person, and a person
 * who was paid last month has the same name and account. So a text is foretold from a field before
 * it, a range-coded bit says whether that is right, and only the others are written. */

#define HELPFUL 8 /* worth it when one text of so many is foretold */

/* Links each row to the last one before it with the same text in `field`. */
static void link_rows(struct column_work *w, const struct column_place *p, size_t field)
{
    if (w->key_field == field + 1)
        return;
    w->key_field = field + 1;
    memset(w->row_slots, 0, sizeof w->row_slots);
    for (size_t row = 0; row < p->row_count; row++) {
        const struct value *v = column_cell(p, field, row);
        w->before[row] = 0;
        if (v->kind != VALUE_TEXT)
            continue;
        size_t slot = (size_t)str_hash(v->text) % COUNT_OF(w->row_slots);
        while (w->row_slots[slot] &&
               !str_equal(column_cell(p, field, w->row_slots[slot] - 1u)->text, v->text))
            slot = (slot + 1) % COUNT_OF(w->row_slots);
        w->before[row] = w->row_slots[slot];
        w->row_slots[slot] = (uint16_t)(row + 1);
    }
}
_Static_assert(4 * 4096 > 2 * COLUMNS_ROWS_MAX, "the table stays half empty");

/* The cell that foretells this one; NULL: none. It stands in an earlier row or field, so a reader
 * has it already. */
static const struct value *foretold(const struct column_work *w, const struct column_place *p,
                                    uint64_t form, size_t source, size_t row)
{
    const struct value *v = NULL;
    if (form == COLUMN_TEXT_TWIN)
        v = column_cell(p, source, row);
    else if (w->before[row])
        v = column_cell(p, p->field, w->before[row] - 1u);
    return v && v->kind == VALUE_TEXT ? v : NULL;
}

static size_t count_hits(const struct column_work *w, const struct column_place *p, uint64_t form,
                         size_t source)
{
    size_t hits = 0;
    for (size_t row = 0; row < p->row_count; row++) {
        const struct value *v =
            column_is_present(w, row) ? foretold(w, p, form, source, row) : NULL;
        hits += v && str_equal(v->text, column_cell(p, p->field, row)->text);
    }
    return hits;
}

struct choice {
    uint64_t form;
    size_t source, hits;
};

/* Twins among all fields of many texts; the key of AGAIN is the first of them: one table a chunk.
 */
static struct choice choose(struct column_work *w, const struct column_place *p)
{
    struct choice best = {0};
    bool has_key = false;
    for (size_t source = 0; source < p->field; source++) {
        if (!w->is_rich[source])
            continue;
        struct choice c = {COLUMN_TEXT_TWIN, source, count_hits(w, p, COLUMN_TEXT_TWIN, source)};
        if (c.hits > best.hits)
            best = c;
        if (has_key)
            continue;
        has_key = true;
        link_rows(w, p, source);
        c = (struct choice){COLUMN_TEXT_AGAIN, source, count_hits(w, p, COLUMN_TEXT_AGAIN, source)};
        if (c.hits > best.hits)
            best = c;
    }
    return best;
}

bool column_put_again(struct buf *out, struct column_work *w, const struct column_place *p,
                      size_t found)
{
    struct choice c = choose(w, p);
    struct buf bytes;
    struct entropy_out o;
    unsigned last = 0;
    size_t misses = 0;
    if (c.hits == 0 || c.hits * HELPFUL < found)
        return false;
    wire_put_u64(out, c.form);
    wire_put_u64(out, c.source);
    buf_init(&bytes, out->arena);
    entropy_out_init(&o, &bytes);
    entropy_model_init(w->models, 4);
    for (size_t row = 0; row < p->row_count; row++) {
        if (!column_is_present(w, row))
            continue;
        const struct value *v = foretold(w, p, c.form, c.source, row);
        struct str text = column_cell(p, p->field, row)->text;
        unsigned hit = v && str_equal(v->text, text);
        if (v) {
            entropy_put(&o, &w->models[2 * last], 1, hit);
            last = hit;
        }
        if (!hit)
            w->texts[misses++] = text;
    }
    entropy_out_done(&o);
    wire_put_text(out, buf_str(&bytes));
    if (misses)
        column_put_texts(out, w, w->texts, misses);
    return true;
}

/* Which texts are foretold rightly; whether one is foretold at all shows from presence alone. */
static enum err read_hits(struct str *in, struct column_work *w, const struct column_place *p,
                          uint64_t form, size_t source, size_t *out_misses)
{
    struct str bytes = STR_NONE;
    struct entropy_in e;
    unsigned last = 0;
    size_t misses = 0;
    TRY(wire_read_text(in, &bytes));
    entropy_in_init(&e, bytes);
    entropy_model_init(w->models, 4);
    for (size_t row = 0; row < p->row_count; row++) {
        w->is_hit[row] = false;
        if (!column_is_present(w, row))
            continue;
        bool is_foretold = form == COLUMN_TEXT_TWIN
                               ? column_cell(p, source, row)->kind == VALUE_TEXT
                               : w->before[row] && column_is_present(w, w->before[row] - 1u);
        if (is_foretold) {
            last = entropy_take(&e, &w->models[2 * last], 1);
            w->is_hit[row] = last == 1;
        }
        misses += !w->is_hit[row];
    }
    if (!entropy_in_is_done(&e))
        return fail(ERR_MALFORMED, "not as many bits as promised");
    *out_misses = misses;
    return OK;
}

enum err column_read_again(struct arena *a, struct str *in, struct column_work *w,
                           const struct column_place *p, uint64_t form)
{
    uint64_t source = 0;
    size_t misses = 0, next = 0;
    TRY(wire_read_u64(in, &source));
    if (source >= p->field)
        return fail(ERR_MALFORMED, "a text foretold by a later field");
    if (form == COLUMN_TEXT_AGAIN)
        link_rows(w, p, (size_t)source);
    TRY(read_hits(in, w, p, form, (size_t)source, &misses));
    if (misses)
        TRY(column_read_texts(a, in, w, misses, w->texts));
    for (size_t row = 0; row < p->row_count; row++) {
        if (!column_is_present(w, row))
            continue;
        struct value *cell = column_cell(p, p->field, row);
        *cell = w->is_hit[row] ? *foretold(w, p, form, (size_t)source, row)
                               : value_text(w->texts[next++]);
    }
    return OK;
}
