/* envelope.h — the outer form of everything that leaves a house (protocol.md 3): header,
 * ciphertext, tag, signature.
 *
 * Owns:     nothing; decoded views point into the bytes given.
 * Threads:  any.
 * Fails:    ERR_MALFORMED for bytes that do not parse, ERR_TOO_LARGE for lengths over the limits,
 * before any memory is taken. Limits:   ENVELOPE_PLAIN_BYTES_MAX before compression,
 * ENVELOPE_BYTES_MAX whole. Promise:  every multi-byte number is big-endian; the layout is frozen
 * by tests/golden/wire. */
#ifndef QQ_WIRE_ENVELOPE_H
#define QQ_WIRE_ENVELOPE_H

#include "common/base/err.h"
#include "common/base/sha256.h"

#define ENVELOPE_PLAIN_BYTES_MAX ((uint32_t)16 * 1024 * 1024)
#define ENVELOPE_BYTES_MAX ((size_t)2 * 1024 * 1024)
#define ENVELOPE_KEY_ID_BYTES 8
#define ENVELOPE_POINT_BYTES 65
#define ENVELOPE_TAG_BYTES 16
#define ENVELOPE_SIGNATURE_BYTES 64

enum envelope_flag {
    ENVELOPE_COMPRESSED = 1,
    ENVELOPE_CARRIER = 2,
};

struct envelope_header {
    uint8_t suite;
    uint16_t flags;
    struct str county, from, to; /* at most 255 bytes each */
    uint64_t epoch;
    uint64_t seq; /* from 1; 0: a control envelope, outside the stream (ack, resend, …), never
                     acknowledged */
    struct hash
        prev; /* of the whole previous envelope of the stream; zeros at seq 1 and at seq 0 */
    int64_t created_ms;
    struct hash catalog;
    uint8_t recipient_key[ENVELOPE_KEY_ID_BYTES];
    uint8_t sender_key[ENVELOPE_KEY_ID_BYTES];
    uint8_t ephemeral[ENVELOPE_POINT_BYTES];
    uint32_t plain_len;
    uint32_t cipher_len;
};

struct envelope_parts {
    struct str header; /* its bytes: the additional data of the cipher */
    struct str cipher; /* cipher_len bytes */
    struct str tag;
    struct str signed_part; /* everything before the signature */
    struct str signature;
};

struct buf;

void envelope_put_header(struct buf *out, const struct envelope_header *h);
enum err envelope_parse(struct str bytes, struct envelope_header *out_header,
                        struct envelope_parts *out_parts);

#endif
