#include "common/evidence/pack_parts.h"

#include "common/base/arena.h"
#include "common/base/hex.h"

#define TEXT(type, name)                                                                           \
    {                                                                                              \
#name, PACK_TEXT, offsetof(struct type, name)                                              \
    }
#define NUMBER(type, name)                                                                         \
    {                                                                                              \
#name, PACK_NUMBER, offsetof(struct type, name)                                            \
    }
#define HASH(type, name)                                                                           \
    {                                                                                              \
#name, PACK_HASH, offsetof(struct type, name)                                              \
    }
#define END                                                                                        \
    {                                                                                              \
        NULL, PACK_TEXT, 0                                                                         \
    }

const struct pack_part pack_head_parts[] = {TEXT(pack, disclaimer_zh),
                                            TEXT(pack, disclaimer_en),
                                            TEXT(pack, program),
                                            TEXT(pack, county),
                                            TEXT(pack, by),
                                            NUMBER(pack, made_ms),
                                            HASH(pack, catalog_hash),
                                            END};

const struct pack_part pack_finding_parts[] = {
    NUMBER(pack_finding, id),       TEXT(pack_finding, kind),
    NUMBER(pack_finding, subject),  TEXT(pack_finding, key),
    TEXT(pack_finding, called),     TEXT(pack_finding, episode),
    TEXT(pack_finding, life),       TEXT(pack_finding, decision),
    TEXT(pack_finding, status),     TEXT(pack_finding, site),
    NUMBER(pack_finding, first_ms), NUMBER(pack_finding, last_ms),
    NUMBER(pack_finding, points),   END};

const struct pack_part pack_result_parts[] = {
    NUMBER(pack_result, batch),      NUMBER(pack_result, move),  NUMBER(pack_result, today),
    NUMBER(pack_result, at_ms),      NUMBER(pack_result, level), NUMBER(pack_result, tier),
    NUMBER(pack_result, amount_fen), TEXT(pack_result, say_zh),  TEXT(pack_result, say_en),
    HASH(pack_result, rule_hash),    HASH(pack_result, hash),    END};

const struct pack_part pack_row_parts[] = {NUMBER(pack_row, source),
                                           TEXT(pack_row, role),
                                           NUMBER(pack_row, rid),
                                           NUMBER(pack_row, version),
                                           TEXT(pack_row, op),
                                           TEXT(pack_row, site),
                                           NUMBER(pack_row, row_no),
                                           NUMBER(pack_row, valid_from),
                                           NUMBER(pack_row, recorded_edge_ms),
                                           NUMBER(pack_row, recorded_hub_ms),
                                           HASH(pack_row, key_hash),
                                           HASH(pack_row, row_hash),
                                           END};

const struct pack_part pack_batch_parts[] = {
    NUMBER(pack_batch, id),         TEXT(pack_batch, site),
    NUMBER(pack_batch, epoch),      NUMBER(pack_batch, seq),
    NUMBER(pack_batch, created_ms), NUMBER(pack_batch, received_ms),
    HASH(pack_batch, catalog),      END};

const struct pack_part pack_source_parts[] = {TEXT(pack_source, dataset),
                                              NUMBER(pack_source, at_ms), END};

void pack_part_write(struct arena *a, struct json *o, const struct pack_part *parts,
                     const void *base)
{
    for (; parts->key; parts++) {
        const void *at = (const char *)base + parts->offset;
        switch (parts->kind) {
        case PACK_TEXT:
            json_set_str(o, parts->key, *(const struct str *)at);
            break;
        case PACK_NUMBER:
            json_set_int(o, parts->key, *(const int64_t *)at);
            break;
        case PACK_HASH:
            json_set_str(o, parts->key, hex_encode(a, hash_str(at)));
            break;
        }
    }
}

bool pack_part_read(const struct json *o, const struct pack_part *parts, struct arena *a,
                    void *out_base)
{
    bool is_read = true;
    for (; parts->key; parts++) {
        void *at = (char *)out_base + parts->offset;
        switch (parts->kind) {
        case PACK_TEXT:
            *(struct str *)at = str_copy(a, json_get_str(o, parts->key));
            break;
        case PACK_NUMBER:
            *(int64_t *)at = json_get_int(o, parts->key);
            break;
        case PACK_HASH:
            is_read = is_read && hex_decode(json_get_str(o, parts->key), ((struct hash *)at)->bytes,
                                            SHA256_BYTES);
            break;
        }
    }
    return is_read;
}
