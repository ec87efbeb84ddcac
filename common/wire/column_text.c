#include "common/wire/column.h"

#include "common/base/arena.h"
#include "common/base/buf.h"
#include "common/base/check.h"
#include "common/base/utf8.h"
#include "common/model/citizen.h"
#include "common/wire/wire.h"

#include <string.h>

#define DIGITS_MAX 32 /* the longest text of digits */
#define DIGIT_BITS 4
#define DIGIT_X 10
#define CHARS_AVERAGE_MAX 4 /* longer texts have words that zlib finds */
#define CHAR_PLACES 4       /* surname, given names: each has its own frequencies */
#define SURROGATE_FIRST 0xD800u
#define SURROGATE_LAST 0xDFFFu
#define CODE_POINT_LAST 0x10FFFFu

/* Pairs of places: the second digit of a pair depends on the first (months, days, years). */
static struct entropy_model *digit_tree(struct column_work *w, size_t place, unsigned before)
{
    size_t pair = place / 2 * 17;
    size_t tree = place % 2 ? pair + 1 + before : pair;
    return &w->models[tree << DIGIT_BITS];
}
_Static_assert(DIGITS_MAX / 2 * 17 << DIGIT_BITS <= 4 * COLUMN_CHARS_MAX, "models suffice");

/* The different texts in order of appearance, and each one's place among them; 0: too many. */
static size_t list_texts(struct column_work *w, const struct str *texts, size_t count)
{
    size_t listed = 0;
    memset(w->slots, 0, sizeof w->slots);
    for (size_t i = 0; i < count; i++) {
        size_t slot = (size_t)str_hash(texts[i]) % COUNT_OF(w->slots);
        while (w->slots[slot] && !str_equal(texts[w->firsts[w->slots[slot] - 1]], texts[i]))
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

static void put_list(struct buf *out, const struct column_work *w, const struct str *texts,
                     size_t listed, size_t count)
{
    wire_put_u64(out, COLUMN_TEXT_LIST);
    wire_put_u64(out, listed);
    for (size_t i = 0; i < listed; i++)
        wire_put_text(out, texts[w->firsts[i]]);
    buf_put_bytes(out, w->places, count);
}

static bool is_digits(struct str s)
{
    if (s.len > DIGITS_MAX)
        return false;
    for (size_t i = 0; i < s.len; i++)
        if ((s.ptr[i] < '0' || s.ptr[i] > '9') && (s.ptr[i] != 'X' || i + 1 < s.len))
            return false;
    return true;
}

/* COLUMN_TEXT_DIGITS, COLUMN_TEXT_CITIZEN, or 0 when a text is no number. */
static uint64_t digits_form(const struct str *texts, size_t count)
{
    bool is_citizen = true;
    for (size_t i = 0; i < count; i++) {
        if (!is_digits(texts[i]))
            return 0;
        if (texts[i].len == CITIZEN_LENGTH &&
            texts[i].ptr[CITIZEN_LENGTH - 1] !=
                citizen_check_character(str_slice(texts[i], 0, CITIZEN_LENGTH - 1)))
            is_citizen = false;
    }
    return is_citizen ? COLUMN_TEXT_CITIZEN : COLUMN_TEXT_DIGITS;
}

/* How many characters of the text are written. */
static size_t digits_written(uint64_t form, size_t len)
{
    return len - (form == COLUMN_TEXT_CITIZEN && len == CITIZEN_LENGTH);
}

static void put_digits(struct buf *out, struct column_work *w, const struct str *texts,
                       size_t count, uint64_t form)
{
    struct buf bytes;
    struct entropy_out o;
    wire_put_u64(out, form);
    for (size_t i = 0; i < count; i++)
        w->lengths[i] = (int64_t)texts[i].len;
    column_put_numbers(out, w, w->lengths, count);
    buf_init(&bytes, out->arena);
    entropy_out_init(&o, &bytes);
    entropy_model_init(w->models, COUNT_OF(w->models));
    for (size_t i = 0; i < count; i++) {
        unsigned before = 0;
        for (size_t place = 0; place < digits_written(form, texts[i].len); place++) {
            char c = texts[i].ptr[place];
            unsigned digit = c == 'X' ? DIGIT_X : (unsigned)(c - '0');
            entropy_put(&o, digit_tree(w, place, before), DIGIT_BITS, digit);
            before = digit;
        }
    }
    entropy_out_done(&o);
    wire_put_text(out, buf_str(&bytes));
}

/* The characters used, ascending. */
struct alphabet {
    uint32_t chars[COLUMN_CHARS_MAX];
    size_t count;
};

static size_t alphabet_find(const struct alphabet *al, uint32_t c)
{
    size_t from = 0, to = al->count;
    while (from < to) {
        size_t middle = (from + to) / 2;
        if (al->chars[middle] < c)
            from = middle + 1;
        else
            to = middle;
    }
    return from;
}

static bool alphabet_add(struct alphabet *al, uint32_t c)
{
    size_t at = alphabet_find(al, c);
    if (at < al->count && al->chars[at] == c)
        return true;
    if (al->count == COLUMN_CHARS_MAX)
        return false;
    memmove(&al->chars[at + 1], &al->chars[at], (al->count - at) * sizeof *al->chars);
    al->chars[at] = c;
    al->count++;
    return true;
}

static unsigned alphabet_bits(size_t count)
{
    unsigned bits = 0;
    while ((size_t)1 << bits < count)
        bits++;
    return bits;
}

static struct entropy_model *char_tree(struct column_work *w, size_t place)
{
    return &w->models[(place < CHAR_PLACES ? place : CHAR_PLACES - 1) * COLUMN_CHARS_MAX];
}

/* Fills alphabet and w->lengths; false when the texts are not short ones of few characters. */
static bool learn_chars(struct alphabet *al, struct column_work *w, const struct str *texts,
                        size_t count)
{
    size_t total = 0;
    al->count = 0;
    for (size_t i = 0; i < count; i++) {
        size_t len = 0;
        for (struct str rest = texts[i]; rest.len > 0; len++) {
            uint32_t c = utf8_next(&rest);
            if (c == UTF8_BAD || ++total > count * CHARS_AVERAGE_MAX || !alphabet_add(al, c))
                return false;
        }
        w->lengths[i] = (int64_t)len;
    }
    return total > 0;
}

static void put_chars(struct buf *out, struct column_work *w, const struct alphabet *al,
                      const struct str *texts, size_t count)
{
    struct buf bytes;
    struct entropy_out o;
    unsigned bits = alphabet_bits(al->count);
    wire_put_u64(out, COLUMN_TEXT_CHARS);
    column_put_numbers(out, w, w->lengths, count);
    wire_put_u64(out, al->count);
    for (size_t i = 0; i < al->count; i++)
        wire_put_u64(out, al->chars[i] - (i ? al->chars[i - 1] + 1 : 0));
    buf_init(&bytes, out->arena);
    entropy_out_init(&o, &bytes);
    entropy_model_init(w->models, COUNT_OF(w->models));
    for (size_t i = 0; i < count; i++) {
        size_t place = 0;
        for (struct str rest = texts[i]; rest.len > 0; place++) {
            unsigned symbol = (unsigned)alphabet_find(al, utf8_next(&rest));
            entropy_put(&o, char_tree(w, place), bits, symbol);
        }
    }
    entropy_out_done(&o);
    wire_put_text(out, buf_str(&bytes));
}

static void put_plain(struct buf *out, struct column_work *w, const struct str *texts, size_t count)
{
    wire_put_u64(out, COLUMN_TEXT_PLAIN);
    for (size_t i = 0; i < count; i++)
        w->lengths[i] = (int64_t)texts[i].len;
    column_put_numbers(out, w, w->lengths, count);
    for (size_t i = 0; i < count; i++)
        buf_put(out, texts[i]);
}

bool column_is_rich(struct column_work *w, const struct str *texts, size_t count)
{
    size_t listed = list_texts(w, texts, count);
    return listed == 0 || (listed > 1 && listed * 2 > count);
}

void column_put_texts(struct buf *out, struct column_work *w, const struct str *texts, size_t count)
{
    ASSERT(count > 0 && count <= COLUMNS_ROWS_MAX);
    struct alphabet al;
    uint64_t form;
    size_t listed = list_texts(w, texts, count);
    if (listed == 1) {
        wire_put_u64(out, COLUMN_TEXT_SAME);
        wire_put_text(out, texts[0]);
    } else if (listed && listed * 2 <= count) {
        put_list(out, w, texts, listed, count);
    } else if ((form = digits_form(texts, count)) != 0) {
        put_digits(out, w, texts, count, form);
    } else if (learn_chars(&al, w, texts, count)) {
        put_chars(out, w, &al, texts, count);
    } else {
        put_plain(out, w, texts, count);
    }
}

static enum err read_list(struct str *in, size_t count, struct str *out_texts)
{
    uint64_t listed = 0;
    struct str list[COLUMN_LIST_MAX], places;
    TRY(wire_read_u64(in, &listed));
    if (listed < 2 || listed > COLUMN_LIST_MAX)
        return fail(ERR_MALFORMED, "a list of %llu texts", (unsigned long long)listed);
    for (size_t i = 0; i < listed; i++)
        TRY(wire_read_text(in, &list[i]));
    TRY(wire_read_bytes(in, count, &places));
    for (size_t i = 0; i < count; i++) {
        unsigned place = (unsigned char)places.ptr[i];
        if (place >= listed)
            return fail(ERR_MALFORMED, "a place behind the list");
        out_texts[i] = list[place];
    }
    return OK;
}

/* Lengths of the texts; none over `each_max`, together not over `total_max`. */
static enum err read_lengths(struct str *in, struct column_work *w, size_t count, size_t each_max,
                             size_t total_max)
{
    size_t total = 0;
    TRY(column_read_numbers(in, w, count, w->lengths));
    for (size_t i = 0; i < count; i++) {
        if (w->lengths[i] < 0 || (uint64_t)w->lengths[i] > each_max ||
            (uint64_t)w->lengths[i] > total_max - total)
            return fail(ERR_MALFORMED, "a text of an impossible length");
        total += (size_t)w->lengths[i];
    }
    return OK;
}

static enum err read_digits(struct arena *a, struct str *in, struct column_work *w, size_t count,
                            uint64_t form, struct str *out_texts)
{
    static const char chars[] = "0123456789X";
    struct str bytes;
    struct entropy_in e;
    TRY(read_lengths(in, w, count, DIGITS_MAX, count * DIGITS_MAX));
    TRY(wire_read_text(in, &bytes));
    entropy_in_init(&e, bytes);
    entropy_model_init(w->models, COUNT_OF(w->models));
    char *text = arena_take_raw(a, count * DIGITS_MAX);
    for (size_t i = 0; i < count; i++) {
        size_t len = (size_t)w->lengths[i], written = digits_written(form, len);
        unsigned digit = 0;
        for (size_t place = 0; place < written; place++) {
            digit = entropy_take(&e, digit_tree(w, place, digit), DIGIT_BITS);
            if (digit > DIGIT_X || (digit == DIGIT_X && place + 1 < len))
                return fail(ERR_MALFORMED, "not a digit");
            text[place] = chars[digit];
        }
        if (written < len)
            text[written] = citizen_check_character(str_make(text, CITIZEN_LENGTH - 1));
        out_texts[i] = str_make(text, len);
        text += len;
    }
    return entropy_in_is_done(&e) ? OK : fail(ERR_MALFORMED, "not as many digits as promised");
}

static enum err read_alphabet(struct str *in, struct alphabet *out_al)
{
    uint64_t next = 0;
    TRY(wire_read_count(in, &out_al->count));
    if (out_al->count == 0 || out_al->count > COLUMN_CHARS_MAX)
        return fail(ERR_MALFORMED, "an alphabet of %zu characters", out_al->count);
    for (size_t i = 0; i < out_al->count; i++) {
        uint64_t step = 0;
        TRY(wire_read_u64(in, &step));
        if (step > CODE_POINT_LAST || next + step > CODE_POINT_LAST ||
            (next + step >= SURROGATE_FIRST && next + step <= SURROGATE_LAST))
            return fail(ERR_MALFORMED, "not a character");
        out_al->chars[i] = (uint32_t)(next + step);
        next += step + 1;
    }
    return OK;
}

static enum err read_chars(struct arena *a, struct str *in, struct column_work *w, size_t count,
                           struct str *out_texts)
{
    struct alphabet al;
    struct str bytes;
    struct entropy_in e;
    struct buf text;
    TRY(read_lengths(in, w, count, count * CHARS_AVERAGE_MAX, count * CHARS_AVERAGE_MAX));
    TRY(read_alphabet(in, &al));
    TRY(wire_read_text(in, &bytes));
    entropy_in_init(&e, bytes);
    entropy_model_init(w->models, COUNT_OF(w->models));
    unsigned bits = alphabet_bits(al.count);
    buf_init(&text, a);
    buf_reserve(&text, count * CHARS_AVERAGE_MAX * 4); /* 4 bytes a character: it never moves */
    for (size_t i = 0; i < count; i++) {
        size_t from = text.len;
        for (size_t place = 0; place < (size_t)w->lengths[i]; place++) {
            unsigned symbol = entropy_take(&e, char_tree(w, place), bits);
            if (symbol >= al.count)
                return fail(ERR_MALFORMED, "a character outside the alphabet");
            utf8_put(&text, al.chars[symbol]);
        }
        out_texts[i] = str_make(text.ptr + from, text.len - from);
    }
    return entropy_in_is_done(&e) ? OK : fail(ERR_MALFORMED, "not as many characters as promised");
}

static enum err read_plain(struct str *in, struct column_work *w, size_t count,
                           struct str *out_texts)
{
    TRY(read_lengths(in, w, count, in->len, in->len));
    for (size_t i = 0; i < count; i++)
        TRY(wire_read_bytes(in, (size_t)w->lengths[i], &out_texts[i]));
    return OK;
}

enum err column_read_texts(struct arena *a, struct str *in, struct column_work *w, size_t count,
                           struct str *out_texts)
{
    uint64_t form = 0;
    struct str same = STR_NONE;
    TRY(wire_read_u64(in, &form));
    if (form == COLUMN_TEXT_LIST)
        return read_list(in, count, out_texts);
    if (form == COLUMN_TEXT_DIGITS || form == COLUMN_TEXT_CITIZEN)
        return read_digits(a, in, w, count, form, out_texts);
    if (form == COLUMN_TEXT_CHARS)
        return read_chars(a, in, w, count, out_texts);
    if (form == COLUMN_TEXT_PLAIN)
        return read_plain(in, w, count, out_texts);
    if (form != COLUMN_TEXT_SAME)
        return fail(ERR_MALFORMED, "no such form of texts");
    TRY(wire_read_text(in, &same));
    for (size_t i = 0; i < count; i++)
        out_texts[i] = same;
    return OK;
}
