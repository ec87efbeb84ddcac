/* sniff.h — what a file is by its first bytes, and what separates its cells.
 *
 * Owns:     nothing.
 * Threads:  any.
 * Fails:    never.
 * Limits:   looks at the head it is given.
 * Promise:  a file that is recognised as something else is named, with the way to make a table of
 * it. */
#ifndef QQ_FORMAT_SNIFF_H
#define QQ_FORMAT_SNIFF_H

#include "common/base/str.h"

struct sniff_foreign {
    struct str head;
    const char *zh, *en; /* what it is and how to mend it */
};

/* NULL: nothing known, it may be a table. */
const struct sniff_foreign *sniff_foreign(struct str head);
/* From the decoded head. *out_skip: bytes of an Excel "sep=;" line to skip. */
char sniff_delimiter(struct str head, size_t *out_skip);

#endif
