#include "common/wire/entropy.h"

#include "common/base/buf.h"

/* G. N. N. Martin, "Range encoding: an algorithm for removing redundancy from a digitised message"
 * (1979), with carry held back in `held`. */

#define QUICK 4
#define SLOW 7
#define RANGE_MIN (UINT32_C(1) << 24)
#define FLUSH_BYTES 5

void entropy_model_init(struct entropy_model *models, size_t count)
{
    for (size_t i = 0; i < count; i++)
        models[i] = (struct entropy_model){1u << 15, 1u << 15};
}

/* The share of the range that belongs to a 0; never empty, never all of it. */
static uint32_t zero_share(const struct entropy_model *m, uint32_t range)
{
    return (range >> 16) * (((uint32_t)m->quick + m->slow) >> 1);
}

static void learn(struct entropy_model *m, unsigned bit)
{
    if (bit) {
        m->quick = (uint16_t)(m->quick - (m->quick >> QUICK));
        m->slow = (uint16_t)(m->slow - (m->slow >> SLOW));
    } else {
        m->quick = (uint16_t)(m->quick + ((65536u - m->quick) >> QUICK));
        m->slow = (uint16_t)(m->slow + ((65536u - m->slow) >> SLOW));
    }
}

void entropy_out_init(struct entropy_out *o, struct buf *bytes)
{
    *o = (struct entropy_out){.bytes = bytes, .range = UINT32_MAX, .held_count = 1};
}

static void shift_low(struct entropy_out *o)
{
    if (o->low < 0xFF000000u || o->low > UINT32_MAX) {
        uint8_t carry = (uint8_t)(o->low >> 32);
        for (uint8_t byte = o->held; o->held_count > 0; o->held_count--, byte = 0xFF)
            buf_put_char(o->bytes, (char)(uint8_t)(byte + carry));
        o->held = (uint8_t)(o->low >> 24);
    }
    o->held_count++;
    o->low = (o->low << 8) & UINT32_MAX;
}

static void put_bit(struct entropy_out *o, struct entropy_model *m, unsigned bit)
{
    uint32_t share = zero_share(m, o->range);
    if (bit) {
        o->low += share;
        o->range -= share;
    } else {
        o->range = share;
    }
    learn(m, bit);
    for (; o->range < RANGE_MIN; o->range <<= 8)
        shift_low(o);
}

void entropy_put(struct entropy_out *o, struct entropy_model *tree, unsigned bits, unsigned symbol)
{
    unsigned node = 1;
    while (bits-- > 0) {
        unsigned bit = symbol >> bits & 1;
        put_bit(o, &tree[node], bit);
        node = node << 1 | bit;
    }
}

void entropy_out_done(struct entropy_out *o)
{
    for (int i = 0; i < FLUSH_BYTES; i++)
        shift_low(o);
}

static uint32_t take_byte(struct entropy_in *in)
{
    if (in->rest.len == 0) {
        in->is_short = true;
        return 0;
    }
    uint32_t byte = (unsigned char)*in->rest.ptr;
    in->rest.ptr++;
    in->rest.len--;
    return byte;
}

void entropy_in_init(struct entropy_in *in, struct str bytes)
{
    *in = (struct entropy_in){.rest = bytes, .range = UINT32_MAX};
    for (int i = 0; i < FLUSH_BYTES; i++)
        in->code = in->code << 8 | take_byte(in);
}

static unsigned take_bit(struct entropy_in *in, struct entropy_model *m)
{
    uint32_t share = zero_share(m, in->range);
    unsigned bit = in->code >= share;
    if (bit) {
        in->code -= share;
        in->range -= share;
    } else {
        in->range = share;
    }
    learn(m, bit);
    for (; in->range < RANGE_MIN; in->range <<= 8)
        in->code = in->code << 8 | take_byte(in);
    return bit;
}

unsigned entropy_take(struct entropy_in *in, struct entropy_model *tree, unsigned bits)
{
    unsigned node = 1;
    for (unsigned i = 0; i < bits; i++)
        node = node << 1 | take_bit(in, &tree[node]);
    return node - (1u << bits);
}

bool entropy_in_is_done(const struct entropy_in *in)
{
    return !in->is_short && in->rest.len == 0;
}
