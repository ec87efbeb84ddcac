/* entropy.h — a binary range coder with adaptive models: what digits and names need, which have no
 * repeats for zlib to find (benchmark B2).
 *
 * Owns:     nothing; models and bytes are the caller's.
 * Threads:  one at a time.
 * Fails:    never: reading behind the end gives zeros, and entropy_in_is_done says so.
 * Limits:   symbols of at most ENTROPY_BITS_MAX bits.
 * Promise:  reading with models of the same start gives what was written; exactly the bytes written
 * are read. */
#ifndef QQ_WIRE_ENTROPY_H
#define QQ_WIRE_ENTROPY_H

#include "common/base/str.h"

#define ENTROPY_BITS_MAX 12

struct buf;

/* How likely a 0 is, learnt at two speeds. */
struct entropy_model {
    uint16_t quick, slow;
};

struct entropy_out {
    struct buf *bytes;
    uint64_t low, held_count;
    uint32_t range;
    uint8_t held;
};

struct entropy_in {
    struct str rest;
    uint32_t range, code;
    bool is_short;
};

void entropy_model_init(struct entropy_model *models, size_t count);

/* A symbol of `bits` bits; `tree` has 1 << bits models. */
void entropy_out_init(struct entropy_out *o, struct buf *bytes);
void entropy_put(struct entropy_out *o, struct entropy_model *tree, unsigned bits, unsigned symbol);
void entropy_out_done(struct entropy_out *o);

void entropy_in_init(struct entropy_in *in, struct str bytes);
unsigned entropy_take(struct entropy_in *in, struct entropy_model *tree, unsigned bits);
bool entropy_in_is_done(const struct entropy_in *in);

#endif
