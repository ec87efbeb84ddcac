/* column.h — the values of one field of a chunk, in the shortest of a handful of forms.
 *
 * Owns:     nothing; texts parsed are views into the bytes given or the arena.
 * Threads:  any.
 * Fails:    ERR_MALFORMED.
 * Limits:   COLUMNS_ROWS_MAX values; what a column expands to is bounded by its bytes.
 * Promise:  column_parse(column_put(x)) = x for any values of one kind, with nulls between. */
#ifndef QQ_WIRE_COLUMN_H
#define QQ_WIRE_COLUMN_H

#include "common/base/err.h"
#include "common/model/dataset.h"
#include "common/wire/columns.h"
#include "common/wire/entropy.h"

struct buf;

/* The first byte of a column's values says which form follows. */
enum column_form {
    COLUMN_INT_SAME = 1,     /* one number for all */
    COLUMN_INT_LIST = 2,     /* up to COLUMN_LIST_MAX different numbers, then one byte each */
    COLUMN_INT_STEPS = 3,    /* the difference to the one before */
    COLUMN_INT_PLANES = 4,   /* above the least, byte by byte, range coded */
    COLUMN_TEXT_SAME = 5,    /* one text for all */
    COLUMN_TEXT_LIST = 6,    /* up to COLUMN_LIST_MAX different texts, then one byte each */
    COLUMN_TEXT_DIGITS = 7,  /* lengths, then digits in pairs, range coded */
    COLUMN_TEXT_CITIZEN = 8, /* the same without the last character of 18, which the others give
                                (GB 11643) */
    COLUMN_TEXT_CHARS = 9,   /* lengths, the characters used, then their places, range coded */
    COLUMN_TEXT_PLAIN = 10,  /* lengths, bytes */
    COLUMN_TEXT_TWIN = 11,  /* mostly what another field of the row says: account holder and name */
    COLUMN_TEXT_AGAIN = 12, /* mostly what the last row of the same other field said: a person's
                               name and account, month after month */
};

#define COLUMN_LIST_MAX 256
#define COLUMN_CHARS_MAX (1 << ENTROPY_BITS_MAX)

/* Working memory of one chunk, taken once. */
struct column_work {
    int64_t numbers[COLUMNS_ROWS_MAX];
    struct str texts[COLUMNS_ROWS_MAX];
    int64_t lengths[COLUMNS_ROWS_MAX];
    uint8_t places[COLUMNS_ROWS_MAX];
    uint16_t slots[4 * COLUMN_LIST_MAX]; /* of a hash table: place + 1, 0 empty */
    uint16_t firsts[COLUMN_LIST_MAX];    /* the row in which each different value stands first */
    uint8_t present[(COLUMNS_ROWS_MAX + 7) / 8];
    struct entropy_model models[4 * COLUMN_CHARS_MAX];
    bool is_rich[DATASET_FIELDS_MAX]; /* fields written so far whose texts are many */
    bool is_hit[COLUMNS_ROWS_MAX];
    size_t key_field;                  /* whose rows are linked in `before`, + 1; 0 none yet */
    uint16_t before[COLUMNS_ROWS_MAX]; /* the last row with the same text, + 1 */
    uint16_t row_slots[4 * 4096];      /* of a hash table: row + 1 */
};

/* One field of a chunk's cells. */
struct column_place {
    struct value *cells; /* row-major, all fields */
    size_t field, field_count, row_count;
};

static inline struct value *column_cell(const struct column_place *p, size_t field, size_t row)
{
    return &p->cells[row * p->field_count + field];
}

static inline bool column_is_present(const struct column_work *w, size_t row)
{
    return w->present[row / 8] >> row % 8 & 1;
}

void column_work_init(struct column_work *w);

void column_put_numbers(struct buf *out, struct column_work *w, const int64_t *numbers,
                        size_t count);
MUST_USE enum err column_read_numbers(struct str *in, struct column_work *w, size_t count,
                                      int64_t *out_numbers);
void column_put_texts(struct buf *out, struct column_work *w, const struct str *texts,
                      size_t count);
MUST_USE enum err column_read_texts(struct arena *a, struct str *in, struct column_work *w,
                                    size_t count, struct str *out_texts);

/* Whether the texts are too many for a list. */
bool column_is_rich(struct column_work *w, const struct str *texts, size_t count);
/* COLUMN_TEXT_TWIN or _AGAIN, when that helps; w->texts and w->present hold the field's texts. */
bool column_put_again(struct buf *out, struct column_work *w, const struct column_place *p,
                      size_t found);
/* Behind the form; fills the cells that are present. */
MUST_USE enum err column_read_again(struct arena *a, struct str *in, struct column_work *w,
                                    const struct column_place *p, uint64_t form);

/* Fields before this one must have been written or parsed with the same work. */
void column_put(struct buf *out, struct column_work *w, const struct column_place *p);
MUST_USE enum err column_parse(struct arena *a, struct str *in, struct column_work *w,
                               const struct column_place *p);

#endif
