/* opened.h — a dropped file as a source of bytes for the reader of tables; an old workbook (XLS) by
 * way of a copy in the new form.
 *
 * Owns:     the descriptor, from opened_open to opened_close.
 * Threads:  the loop thread.
 * Fails:    ERR_BUSY the file has gone, ERR_DENIED, ERR_IO; ERR_MALFORMED with a problem: an old
 * workbook that cannot be read.
 * Limits:   as sheet/xls.h.
 * Promise:  the copy has no name as soon as it is open: nothing is left, however this ends. */
#ifndef QQ_EDGE_AGENT_INTAKE_OPENED_H
#define QQ_EDGE_AGENT_INTAKE_OPENED_H

#include "common/format/format.h"

struct drop_file;

struct opened {
    struct format_source source; /* first member */
    int descriptor;
    bool is_xls;
};

/* `folder`: where a copy may be written. */
MUST_USE enum err opened_open(struct opened *o, const struct drop_file *file, const char *folder,
                              struct arena *a, struct problem_list *problems);
void opened_close(struct opened *o);

#endif
