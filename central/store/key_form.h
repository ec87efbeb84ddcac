/* key_form.h — keys of stored rows that an earlier program hashed otherwise are hashed anew, once.
 *
 * Owns:     nothing.
 * Threads:  the loop thread of the role that opens the store.
 * Fails:    errors of db.h; then nothing has changed.
 * Limits:   memory of KEY_FORM_PAGE rows however many there are.
 * Promise:  after it every key_hash is what record_key_hash makes of its row, so that a row which
 * comes again is known again; done in one transaction with the note that says so. */
#ifndef QQ_STORE_KEY_FORM_H
#define QQ_STORE_KEY_FORM_H

#include "central/store/store.h"

#define KEY_FORM_PAGE 1000

MUST_USE enum err key_form_update(struct store *s);

#endif
