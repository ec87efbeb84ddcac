/* pack.h — a finding with all that it rests on, as one text: written, and read again.
 *
 * Owns:     pack_read: a catalog made of the declarations inside, freed by pack_done. The rest is
 * the arena's or borrowed.
 * Threads:  any.
 * Fails:    pack_read: ERR_MALFORMED with the part that does not read.
 * Limits:   PACK_BYTES_MAX a file, PACK_ROWS_MAX rows.
 * Promise:  pack_write(pack_read(x)) = x for every text that pack_write gave. It holds numbers and
 * names: whoever hands it out notes to whom. */
#ifndef QQ_EVIDENCE_PACK_H
#define QQ_EVIDENCE_PACK_H

#include "common/finding/finding.h"
#include "common/rules/rule.h"
#include "common/seal/signature.h"

#define PACK_FORMAT "qingqu evidence pack 1"
#define PACK_BYTES_MAX ((size_t)64 << 20)
#define PACK_ROWS_MAX 100000

struct pack_batch { /* that brought a row: what the hub acknowledged to the site */
    int64_t id, epoch, seq, created_ms, received_ms;
    struct str site;
    struct hash catalog;
};

struct pack_person { /* whom a field names, as it stood at the watermark */
    int64_t person, tier;
    struct str how; /* why it is he: "equal", "upgraded" …; empty: somebody has decided since */
};

struct pack_row {
    struct str role, op, site;
    int64_t source; /* of the rule */
    const struct dataset *dataset;
    int64_t rid, version, row_no, valid_from, recorded_edge_ms, recorded_hub_ms;
    struct hash key_hash, row_hash;
    const struct value *values;        /* dataset->field_count of them */
    const struct pack_person *persons; /* likewise; person 0: none */
    struct pack_batch batch;
};

struct pack_source {
    struct str dataset;
    int64_t at_ms; /* newest row; 0: nothing ever came */
};

struct pack_finding {
    int64_t id, subject, first_ms, last_ms, points;
    struct str kind, key, called, episode, life, decision, status, site;
};

struct pack_result {
    int64_t batch, move; /* watermark */
    int64_t today, at_ms, level, tier, amount_fen;
    const struct value *values; /* of the rule's lets */
    struct str say_zh, say_en;
    struct hash rule_hash, hash;
};

struct pack {
    struct str disclaimer_zh, disclaimer_en;
    struct str county, program, by; /* program: the version that made it; by: for whom */
    int64_t made_ms;
    const struct catalog *catalog; /* of all that is declared here */
    struct hash catalog_hash;      /* of all that was declared at the hub */
    const struct rule *rule;
    struct pack_finding finding;
    struct pack_result result;
    const struct pack_source *sources;
    size_t source_count;
    const struct pack_row *rows;
    size_t row_count;
    struct catalog *read; /* by pack_read; else NULL */
};

/* What is signed. */
struct str pack_write(struct arena *a, const struct pack *p);
struct str pack_file(struct arena *a, struct str written, const struct signature *s);
struct str pack_signed_part(struct str file); /* as it stands there; empty: it is no pack */
MUST_USE enum err pack_read(struct arena *a, struct str file, struct pack *out_pack,
                            struct signature *out_signature);
void pack_done(struct pack *p);

/* The declarations that the rule needs: alone they make a catalog with this one rule in it, or with
 * whatever stands in the same files. */
void pack_declarations(struct arena *a, const struct catalog *c, const struct rule *r,
                       struct catalog_file **out_files, size_t *out_count);

#endif
