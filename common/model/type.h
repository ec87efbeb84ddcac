/* type.h — the field types: one row of a table each, from the word in a declaration to the text of
 * a page.
 *
 * Owns:     nothing.
 * Threads:  any.
 * Fails:    type_parse tells a bad cell from a doubtful one; both come with a code and words in two
 * languages. Limits:   as each type says. Promise:  a cell is taken as an office writes it
 * (full-width digits, separators, 万, five shapes of a date), and what cannot be taken without
 * guessing is refused with the way to mend it. */
#ifndef QQ_MODEL_TYPE_H
#define QQ_MODEL_TYPE_H

#include "common/model/dataset.h"

enum type_verdict { TYPE_FINE, TYPE_DOUBT, TYPE_BAD };

struct type_fault {
    const char *code; /* "date.shape" */
    struct str zh, en;
};

struct type {
    const char *word; /* in declarations */
    enum field_kind kind;
    enum value_kind value;
    const char *sql_sqlite, *sql_postgres;
    const char *zh, *en; /* what is expected, for messages and the reference page */
    enum type_verdict (*parse)(struct arena *a, const struct field *f, struct str cell,
                               struct value *out, struct type_fault *out_fault);
    struct str (*format)(struct arena *a, const struct field *f,
                         const struct value *v); /* as a person reads it */
};

const struct type *type_of(enum field_kind kind);
const struct type *type_named(struct str word); /* NULL: no such type */

/* A trimmed, width-folded, non-empty cell. Also checks range and length of the field. */
enum type_verdict type_parse(struct arena *a, const struct field *f, struct str cell,
                             struct value *out, struct type_fault *out_fault);
struct str type_format(struct arena *a, const struct field *f, const struct value *v);

#endif
