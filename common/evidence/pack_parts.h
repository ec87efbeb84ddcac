/* pack_parts.h — the members of a pack that are plain texts, numbers and hashes: named once, for
 * the writer and the reader.
 *
 * Owns:     nothing.
 * Threads:  any.
 * Fails:    pack_part_read: false for a hash that is none; a text or number of another kind is read
 * as empty, which writes other bytes than were read.
 * Limits:   none.
 * Promise:  members stand in the order of their table. */
#ifndef QQ_EVIDENCE_PACK_PARTS_H
#define QQ_EVIDENCE_PACK_PARTS_H

#include "common/evidence/pack.h"
#include "common/json/json.h"

enum pack_part_kind { PACK_TEXT, PACK_NUMBER, PACK_HASH };

struct pack_part {
    const char *key; /* NULL: the end */
    enum pack_part_kind kind;
    size_t offset;
};

extern const struct pack_part pack_head_parts[], pack_finding_parts[], pack_result_parts[],
    pack_row_parts[], pack_batch_parts[], pack_source_parts[];

void pack_part_write(struct arena *a, struct json *o, const struct pack_part *parts,
                     const void *base);
bool pack_part_read(const struct json *o, const struct pack_part *parts, struct arena *a,
                    void *out_base);
void pack_rule_write(struct arena *a, struct json *o, const struct rule *r);

#endif
