/* message.h — everything that is said between a site and the hub, in one place: the items of a
 * batch and their fields.
 *
 * Owns:     nothing; decoded texts are views into the bytes given.
 * Threads:  any.
 * Fails:    ERR_MALFORMED.
 * Limits:   MESSAGE_ITEMS_MAX items a batch, MESSAGE_LIST_MAX entries of a list inside one.
 * Promise:  unknown kinds and unknown fields at the end of a message are skipped: an older end can
 * read a newer one. */
#ifndef QQ_WIRE_MESSAGE_H
#define QQ_WIRE_MESSAGE_H

#include "common/base/err.h"
#include "common/base/sha256.h"

#define MESSAGE_ITEMS_MAX 5000
#define MESSAGE_LIST_MAX 5000 /* rows of a nack, fields of an answer */

struct arena;
struct buf;

enum message_kind {
    MESSAGE_RECORDS = 1,      /* up: wire/columns.h */
    MESSAGE_FILE_END = 2,     /* up: control totals of one imported file */
    MESSAGE_FILE_RECEIPT = 3, /* down: what the hub has of that file */
    MESSAGE_NACK = 4,         /* down: a batch or rows of it went to quarantine, and why */
    MESSAGE_DOCUMENT = 5,     /* down: a prompt or task */
    MESSAGE_RECEIPT = 6,      /* up: a document was delivered, read, signed */
    MESSAGE_ANSWER = 7,       /* up: the answer to a document */
    MESSAGE_HEARTBEAT = 8,    /* up: counts, versions, disk room */
    MESSAGE_WITHDRAW = 9,     /* down: a document is taken back */
    MESSAGE_NOTHING = 10,     /* up: the unit has nothing to send of a dataset for a period */
    MESSAGE_QUALITY = 11,     /* up: what was noticed about a file as a whole */
    MESSAGE_SELF_CHECK = 12,  /* up: a rule marked `edge` ran at the site, from which declaration */
    /* control, in envelopes of seq 0 */
    MESSAGE_ACK = 32,
    MESSAGE_RESEND = 33,
    MESSAGE_DIVERGED = 34,
    MESSAGE_BUSY = 36, /* send nothing for a while */
    /* first in the first envelope of a later epoch, as a message_resend: where the receiver must
     * stand, or it would miss what this epoch no longer offers */
    MESSAGE_CONTINUES = 35,
};

struct message_item {
    uint64_t kind; /* enum message_kind, or one this program does not know */
    struct str body;
};

/* A batch in plain: items one behind the other. */
void message_put_item(struct buf *out, enum message_kind kind, struct str body);
enum err message_parse_batch(struct arena *a, struct str plain, struct message_item **out_items,
                             size_t *out_count);

struct message_file_end {
    struct str import_id; /* of the edge, unique there */
    struct str file_name;
    struct hash file_hash;
    struct str dataset;
    uint64_t rows, accepted, rejected;
    int64_t sum_fen; /* of all money fields of accepted rows */
    int64_t imported_ms;
};
struct message_file_receipt {
    struct str import_id;
    uint64_t merged, duplicate,
        quarantined; /* rows; their sum is `accepted` of the file end when all is well */
    int64_t sum_fen;
    bool is_equal; /* the hub's totals equal the site's */
    int64_t hub_ms;
};
struct message_nack {
    uint64_t epoch, seq;
    struct str import_id, dataset, code, sentence_zh, sentence_en;
    const uint64_t *rows; /* of the source file; empty: the whole batch */
    size_t row_count;
};
struct message_document {
    struct str document_id; /* unique at the hub */
    struct str type;        /* of the catalog */
    struct str title_zh, title_en, body_zh, body_en;
    struct str colour; /* "blue", "yellow", "orange", "red" */
    int32_t due;       /* YYYYMMDD */
    int64_t created_ms;
    struct str facts_json; /* array of {"label_zh","label_en","value"}; source rows as the site may
                              see them */
};
enum message_receipt_state { RECEIPT_DELIVERED = 1, RECEIPT_READ = 2, RECEIPT_SIGNED = 3 };
struct message_receipt {
    struct str document_id;
    uint64_t state; /* enum message_receipt_state */
    int64_t at_ms;
    struct str by; /* the officer who signed; empty for delivered */
};
struct message_answer_field {
    struct str id, text;
};
struct message_answer {
    struct str document_id, by;
    int64_t at_ms;
    const struct message_answer_field *fields;
    size_t field_count;
};
struct message_heartbeat {
    struct str program_version;
    struct hash catalog;
    int64_t at_ms;
    uint64_t waiting_items, waiting_rows, files_waiting, rejected_rows, disk_free_bytes;
};
struct message_withdraw {
    struct str document_id, reason_zh, reason_en;
};
struct message_nothing {
    struct str dataset;
    int32_t first, last; /* YYYYMMDD, both included */
    struct str by;       /* the officer who said so */
    int64_t at_ms;
};
struct message_quality {
    struct str import_id, dataset;
    const struct message_answer_field *facts; /* a word and a number */
    size_t fact_count;
};
struct message_self_check { /* no word of what it said */
    struct str rule;
    struct hash hash; /* of the declaration that ran: the hub compares it with its own */
    uint64_t version, rows, hits;
    struct str why; /* empty: computed; else "rows", "room", "budget", "failed" */
    int64_t at_ms;
};
struct message_ack {
    uint64_t epoch, up_to_seq, credit; /* credit: envelopes that may be in flight */
    int64_t hub_time_ms;
    struct hash last; /* hash of envelope up_to_seq as the receiver has it: the sender compares */
};
struct message_resend {
    uint64_t epoch, from_seq;
};
struct message_busy {
    int64_t delay_ms;
};
struct message_diverged {
    uint64_t epoch, up_to_seq;
    struct str reason; /* "behind", "fork", "old-epoch" */
};

/* For each of the above: message_X_put(buf, &x) writes the body, message_X_parse(arena, body, &x)
 * reads it. */
#define MESSAGE_LIST(X)                                                                            \
    X(file_end)                                                                                    \
    X(file_receipt)                                                                                \
    X(nack)                                                                                        \
    X(document)                                                                                    \
    X(receipt)                                                                                     \
    X(answer)                                                                                      \
    X(heartbeat)                                                                                   \
    X(withdraw) X(nothing) X(quality) X(self_check) X(ack) X(resend) X(busy) X(diverged)
#define X(name)                                                                                    \
    void message_##name##_put(struct buf *out, const struct message_##name *m);                    \
    enum err message_##name##_parse(struct arena *a, struct str body, struct message_##name *out_m);
MESSAGE_LIST(X)
#undef X

#endif
