/* site_store.h — the sites of the register, what they last said of themselves, and who may log in.
 *
 * Owns:     nothing; texts live in the arena given.
 * Threads:  the loop thread of the role that opened the store.
 * Fails:    errors of db.h; site_store_get_user ERR_MISSING.
 * Limits:   none.
 * Promise:  a heartbeat changes what a site says, never what the hub counted. */
#ifndef QQ_STORE_SITE_STORE_H
#define QQ_STORE_SITE_STORE_H

#include "central/store/store.h"
#include "common/wire/message.h"

struct site_entry { /* of the register */
    struct str id, unit_code, name, kind;
};

struct site_row {
    struct str id, unit_code, name, kind, version;
    struct str stopped;     /* by its own word: why it stopped sending; empty: it did not */
    bool is_online;         /* by the broker's last word */
    int64_t boot, state_ms; /* state_ms 0: the broker never said anything of it */
    int64_t acked_ms;       /* when the newest batch of it was merged; 0: none */
    int64_t lag_ms;         /* of that batch, from its sealing (the site's clock) to its merge */
    int64_t heartbeat_ms, waiting_rows, files_waiting, rejected_now,
        disk_free;              /* by its last heartbeat */
    int64_t accepted, rejected; /* by its file ends */
    int64_t merged, duplicate, quarantined;
};

struct site_state { /* of the line, as the broker's retained message has it */
    struct str site, version, stopped;
    bool is_online;
    int64_t boot, at_ms;
};

MUST_USE enum err site_store_put(struct store *s, const struct site_entry *e);
MUST_USE enum err site_store_heartbeat(struct store *s, struct str site,
                                       const struct message_heartbeat *m, int64_t now_ms);
/* A site that is not in the register is passed over. */
MUST_USE enum err site_store_state(struct store *s, const struct site_state *state);
MUST_USE enum err site_store_list(struct store *s, struct arena *a, struct site_row **out_rows,
                                  size_t *out_count);

struct site_self_check {  /* a rule marked `edge` that ran at a site, by the site's word */
    struct str rule, why; /* why empty: it was computed */
    struct hash hash;     /* of the declaration that ran there */
    int64_t version, rows, hits, at_ms;
};
/* The newest run of each rule counts, whatever order they come in. */
MUST_USE enum err site_store_put_self_check(struct store *s, struct str site,
                                            const struct message_self_check *m);
MUST_USE enum err site_store_self_checks(struct store *s, struct arena *a, struct str site,
                                         struct site_self_check **out_rows, size_t *out_count);

/* `password` is the text of seal/password.h. */
MUST_USE enum err site_store_put_user(struct store *s, struct str name, struct str password,
                                      struct str role);
MUST_USE enum err site_store_get_user(struct store *s, struct arena *a, struct str name,
                                      struct str *out_password, struct str *out_role);

#endif
