/* mailbox.h — a bounded hand-over between threads; the only mutex of the tree.
 *
 * Owns:     copies of what is put, until they are taken.
 * Threads:  any may put; one takes.
 * Fails:    mailbox_put: false when full (counted).
 * Limits:   the number of messages given to mailbox_new.
 * Promise:  the descriptor is readable while something is inside. */
#ifndef QQ_OS_MAILBOX_H
#define QQ_OS_MAILBOX_H

#include "common/base/err.h"
#include "common/base/str.h"

struct arena;
struct mailbox;

MUST_USE enum err mailbox_new(size_t messages_max, struct mailbox **out_mailbox);
void mailbox_free(struct mailbox *m);
bool mailbox_put(struct mailbox *m, struct str label, struct str bytes); /* copies both */
bool mailbox_take(struct mailbox *m, struct arena *a, struct str *out_label, struct str *out_bytes);
size_t mailbox_count(struct mailbox *m);
int mailbox_descriptor(const struct mailbox *m);
uint64_t mailbox_dropped(struct mailbox *m);

#endif
