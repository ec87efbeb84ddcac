/* format_inside.h — what each reader of this folder gives to format.c.
 *
 * Owns:     nothing.
 * Threads:  as format.h.
 * Fails:    as format.h.
 * Limits:   as format.h.
 * Promise:  a new kind of file is one reader and one line in format.c. */
#ifndef QQ_FORMAT_FORMAT_INSIDE_H
#define QQ_FORMAT_FORMAT_INSIDE_H

#include "common/format/format.h"

struct format_ops {
    enum err (*next_row)(struct format *f, struct problem_list *problems,
                         struct format_row *out_row);
    void (*close)(struct format *f);
    struct str (*name)(const struct format *f, char *room, size_t room_len);
    uint32_t (*sheet_count)(const struct format *f);
};

struct format { /* first member of each reader's own struct */
    const struct format_ops *ops;
};

MUST_USE enum err csv_open(struct format_source *source, struct arena *a,
                           struct problem_list *problems, struct format **out_format);
MUST_USE enum err xlsx_open(struct format_source *source, struct arena *a,
                            struct problem_list *problems, struct format **out_format);
void format_fault(struct problem_list *l, enum problem_severity severity, const char *code,
                  uint64_t row, size_t column, struct str zh, struct str en);

#endif
