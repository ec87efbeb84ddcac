/* gather.h — an evidence pack of a finding, out of the store.
 *
 * Owns:     nothing.
 * Threads:  the loop thread of the role that opened the store.
 * Fails:    ERR_MISSING no such finding; ERR_INVALID it is not found again as it was, its rule of
 * then is not known, or it is older than watermarks; errors of db.h.
 * Limits:   pack.h.
 * Promise:  rows, persons and values are those of the watermark, read in one state of the database,
 * and the pack was checked before it is handed on. */
#ifndef QQ_EVIDENCE_GATHER_H
#define QQ_EVIDENCE_GATHER_H

#include "central/evidence/replay.h"

struct gather_for { /* where and for whom */
    struct str county, program, by;
    int64_t now_ms;
};

/* What is to be signed. change_store_prepare must have been called. */
MUST_USE enum err gather_pack(struct store *s, struct arena *a, const struct replay_rules *rules,
                              int64_t finding, const struct gather_for *whom, struct str *out_text);

#endif
