#include "common/wire/column.h"

#include "common/base/buf.h"
#include "common/base/check.h"
#include "common/wire/wire.h"

#include <string.h>

/* The different numbers in order of appearance, and each one's place among them; 0: too many. */
static size_t list_numbers(struct column_work *w, const int64_t *numbers, size_t count)
{
    size_t listed = 0;
    memset(w->slots, 0, sizeof w->slots);
    for (size_t i = 0; i < count; i++) {
        uint64_t hash = (uint64_t)numbers[i] * 0x9E3779B97F4A7C15u;
        size_t slot = (size_t)(hash >> 32) % COUNT_OF(w->slots);
        while (w->slots[slot] && numbers[w->firsts[w->slots[slot] - 1]] != numbers[i])
            slot = (slot + 1) % COUNT_OF(w->slots);
        if (!w->slots[slot]) {
            if (listed == COLUMN_LIST_MAX)
                return 0;
            w->firsts[listed] = (uint16_t)i;
            w->slots[slot] = (uint16_t)++listed;
        }
        w->places[i] = (uint8_t)(w->slots[slot] - 1);
    }
    return listed;
}

static size_t steps_bytes(const int64_t *numbers, size_t count)
{
    size_t bytes = 0;
    uint64_t last = 0;
    for (size_t i = 0; i < count; last = (uint64_t)numbers[i], i++) {
        int64_t step = (int64_t)((uint64_t)numbers[i] - last);
        uint64_t zigzag = ((uint64_t)step << 1) ^ (step < 0 ? UINT64_MAX : 0);
        do
            bytes++;
        while (zigzag >>= 7);
    }
    return bytes;
}

static bool is_even_steps(const int64_t *numbers, size_t count)
{
    for (size_t i = 2; i < count; i++)
        if ((uint64_t)numbers[i] - (uint64_t)numbers[i - 1] !=
            (uint64_t)numbers[1] - (uint64_t)numbers[0])
            return false;
    return true;
}

static void put_steps(struct buf *out, const int64_t *numbers, size_t count)
{
    uint64_t last = 0;
    wire_put_u64(out, COLUMN_INT_STEPS);
    for (size_t i = 0; i < count; last = (uint64_t)numbers[i], i++)
        wire_put_i64(out, (int64_t)((uint64_t)numbers[i] - last));
}

static void put_list(struct buf *out, const struct column_work *w, const int64_t *numbers,
                     size_t listed, size_t count)
{
    wire_put_u64(out, COLUMN_INT_LIST);
    wire_put_u64(out, listed);
    for (size_t i = 0; i < listed; i++)
        wire_put_i64(out, numbers[w->firsts[i]]);
    buf_put_bytes(out, w->places, count);
}

static void find_bounds(const int64_t *numbers, size_t count, int64_t *least, uint64_t *span)
{
    int64_t most = numbers[0];
    *least = numbers[0];
    for (size_t i = 1; i < count; i++) {
        if (numbers[i] < *least)
            *least = numbers[i];
        if (numbers[i] > most)
            most = numbers[i];
    }
    *span = (uint64_t)most - (uint64_t)*least;
}

static unsigned width_of(uint64_t span)
{
    unsigned width = 1;
    while (width < 8 && span >> (8 * width))
        width++;
    return width;
}

static void put_planes(struct buf *out, struct column_work *w, const int64_t *numbers, size_t count)
{
    int64_t least;
    uint64_t span;
    find_bounds(numbers, count, &least, &span);
    unsigned width = width_of(span);
    wire_put_u64(out, COLUMN_INT_PLANES);
    wire_put_i64(out, least);
    wire_put_u64(out, width);
    struct buf bytes;
    struct entropy_out o;
    buf_init(&bytes, out->arena);
    entropy_out_init(&o, &bytes);
    for (unsigned plane = width; plane-- > 0;) {
        entropy_model_init(w->models, 256);
        for (size_t i = 0; i < count; i++) {
            uint64_t above = (uint64_t)numbers[i] - (uint64_t)least;
            entropy_put(&o, w->models, 8, above >> (8 * plane) & 0xff);
        }
    }
    entropy_out_done(&o);
    wire_put_text(out, buf_str(&bytes));
}

void column_put_numbers(struct buf *out, struct column_work *w, const int64_t *numbers,
                        size_t count)
{
    ASSERT(count > 0 && count <= COLUMNS_ROWS_MAX);
    size_t listed = list_numbers(w, numbers, count);
    if (listed == 1) {
        wire_put_u64(out, COLUMN_INT_SAME);
        wire_put_i64(out, numbers[0]);
        return;
    }
    size_t steps = steps_bytes(numbers, count);
    /* Numbers that count up compress to nothing as steps; few different ones as a list. */
    if (is_even_steps(numbers, count) || (!listed && steps <= count + count / 8))
        put_steps(out, numbers, count);
    else if (listed && listed * 4 <= count)
        put_list(out, w, numbers, listed, count);
    else if (steps <= 2 * count)
        put_steps(out, numbers, count);
    else
        put_planes(out, w, numbers, count);
}

static enum err read_list(struct str *in, size_t count, int64_t *out_numbers)
{
    uint64_t listed = 0;
    int64_t list[COLUMN_LIST_MAX];
    struct str places;
    TRY(wire_read_u64(in, &listed));
    if (listed < 2 || listed > COLUMN_LIST_MAX)
        return fail(ERR_MALFORMED, "a list of %llu numbers", (unsigned long long)listed);
    for (size_t i = 0; i < listed; i++)
        TRY(wire_read_i64(in, &list[i]));
    TRY(wire_read_bytes(in, count, &places));
    for (size_t i = 0; i < count; i++) {
        unsigned place = (unsigned char)places.ptr[i];
        if (place >= listed)
            return fail(ERR_MALFORMED, "a place behind the list");
        out_numbers[i] = list[place];
    }
    return OK;
}

static enum err read_steps(struct str *in, size_t count, int64_t *out_numbers)
{
    uint64_t last = 0;
    for (size_t i = 0; i < count; i++) {
        int64_t step = 0;
        TRY(wire_read_i64(in, &step));
        last += (uint64_t)step;
        out_numbers[i] = (int64_t)last;
    }
    return OK;
}

static enum err read_planes(struct str *in, struct column_work *w, size_t count,
                            int64_t *out_numbers)
{
    int64_t least = 0;
    uint64_t width = 0;
    struct str bytes = STR_NONE;
    struct entropy_in e;
    TRY(wire_read_i64(in, &least));
    TRY(wire_read_u64(in, &width));
    TRY(wire_read_text(in, &bytes));
    if (width < 1 || width > 8)
        return fail(ERR_MALFORMED, "numbers of %llu bytes", (unsigned long long)width);
    memset(out_numbers, 0, count * sizeof *out_numbers);
    entropy_in_init(&e, bytes);
    for (size_t plane = 0; plane < width; plane++) {
        entropy_model_init(w->models, 256);
        for (size_t i = 0; i < count; i++)
            out_numbers[i] =
                (int64_t)((uint64_t)out_numbers[i] << 8 | entropy_take(&e, w->models, 8));
    }
    for (size_t i = 0; i < count; i++)
        out_numbers[i] = (int64_t)((uint64_t)out_numbers[i] + (uint64_t)least);
    return entropy_in_is_done(&e) ? OK : fail(ERR_MALFORMED, "not as many numbers as promised");
}

enum err column_read_numbers(struct str *in, struct column_work *w, size_t count,
                             int64_t *out_numbers)
{
    uint64_t form = 0;
    int64_t same = 0;
    TRY(wire_read_u64(in, &form));
    if (form == COLUMN_INT_LIST)
        return read_list(in, count, out_numbers);
    if (form == COLUMN_INT_STEPS)
        return read_steps(in, count, out_numbers);
    if (form == COLUMN_INT_PLANES)
        return read_planes(in, w, count, out_numbers);
    if (form != COLUMN_INT_SAME)
        return fail(ERR_MALFORMED, "no such form of numbers");
    TRY(wire_read_i64(in, &same));
    for (size_t i = 0; i < count; i++)
        out_numbers[i] = same;
    return OK;
}
