/* value.h — one cell of a record.
 *
 * Owns:     nothing; text is a view into the arena of the unit of work.
 * Threads:  any.
 * Fails:    never.
 * Limits:   as the field type.
 * Promise:  what a number means (fen, YYYYMMDD, YYYYMM, 0/1) is said by the field's type, not by
 * the value. */
#ifndef QQ_MODEL_VALUE_H
#define QQ_MODEL_VALUE_H

#include "common/base/str.h"

enum value_kind { VALUE_NULL, VALUE_INT, VALUE_TEXT };

struct value {
    enum value_kind kind;
    int64_t number;
    struct str text;
};

static inline struct value value_null(void)
{
    return (struct value){VALUE_NULL, 0, {NULL, 0}};
}

static inline struct value value_int(int64_t number)
{
    return (struct value){VALUE_INT, number, {NULL, 0}};
}

static inline struct value value_text(struct str text)
{
    return (struct value){VALUE_TEXT, 0, text};
}

bool value_equal(const struct value *a, const struct value *b);

#endif
