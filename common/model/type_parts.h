/* type_parts.h — the parsers and formatters that type.c puts into its table; for type*.c alone.
 *
 * Owns:     nothing.
 * Threads:  any.
 * Fails:    as type.h.
 * Limits:   as type.h.
 * Promise:  each takes a trimmed, width-folded, non-empty cell. */
#ifndef QQ_MODEL_TYPE_PARTS_H
#define QQ_MODEL_TYPE_PARTS_H

#include "common/model/type.h"

/* Sets the fault and returns TYPE_BAD. */
enum type_verdict type_bad(struct type_fault *out_fault, const char *code, struct str zh,
                           struct str en);
enum type_verdict type_doubt(struct type_fault *out_fault, const char *code, struct str zh,
                             struct str en);

#define TYPE_PARSER(name)                                                                          \
    enum type_verdict type_parse_##name(struct arena *a, const struct field *f, struct str cell,   \
                                        struct value *out, struct type_fault *out_fault);
#define TYPE_FORMATTER(name)                                                                       \
    struct str type_format_##name(struct arena *a, const struct field *f, const struct value *v);

TYPE_PARSER(int)
TYPE_PARSER(money)
TYPE_PARSER(area)
TYPE_PARSER(date)
TYPE_PARSER(month)
TYPE_PARSER(datetime)
TYPE_PARSER(quantity)
TYPE_PARSER(percent)
TYPE_PARSER(party)
TYPE_FORMATTER(int)
TYPE_FORMATTER(money)
TYPE_FORMATTER(area)
TYPE_FORMATTER(date)
TYPE_FORMATTER(month)
TYPE_FORMATTER(datetime)

#endif
