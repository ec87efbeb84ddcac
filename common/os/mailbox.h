/* mailbox.h — a bounded hand-over between threads; the only mutex of the tree.
 *
 * Owns:     copies of what is put, until they are taken.
 * Threads:  any may put; one takes.
 * Fails:    mailbox_put: false when full (counted).
 * Limits:   the number of messages given to mailbox_new, and of bytes given to mailbox_limit.
 * Promise:  the descriptor is readable while something is inside. */
#ifndef QQ_OS_MAILBOX_H
#define QQ_OS_MAILBOX_H

#include "common/base/err.h"
#include "common/base/str.h"

struct arena;
struct mailbox;

MUST_USE enum err mailbox_new(size_t messages_max, struct mailbox **out_mailbox);
void mailbox_free(struct mailbox *m);
/* Before anything is put: beside the number of messages so many bytes of them; at first without. */
void mailbox_limit(struct mailbox *m, size_t bytes_max);
bool mailbox_put(struct mailbox *m, struct str label, struct str bytes); /* copies both */
bool mailbox_take(struct mailbox *m, struct arena *a, struct str *out_label, struct str *out_bytes);
/* How full it is in thousandths, by number or by bytes, whichever is more. */
unsigned mailbox_load(struct mailbox *m);
int mailbox_descriptor(const struct mailbox *m);
uint64_t mailbox_dropped(struct mailbox *m);

#endif
