#include "central/identity/linkage.h"

#include "central/identity/name.h"
#include "common/base/arena.h"
#include "common/base/buf.h"
#include "common/base/check.h"
#include "common/base/utf8.h"
#include "common/model/nearest.h"

#define DATE_DIGITS 8

static bool is_near_text(struct str a, struct str b)
{
    size_t n = utf8_count(a);
    size_t m = utf8_count(b);
    size_t distance = nearest_distance(a, b);
    return distance != SIZE_MAX && distance * 4 <= (n > m ? n : m);
}

/* Whether one becomes the other by exchanging two neighbours. */
static bool are_neighbours_exchanged(struct str a, struct str b)
{
    size_t i = 0;
    if (a.len != b.len)
        return false;
    while (i < a.len && a.ptr[i] == b.ptr[i])
        i++;
    return i + 1 < a.len && a.ptr[i] == b.ptr[i + 1] && a.ptr[i + 1] == b.ptr[i] &&
           str_equal(str_skip(a, i + 2), str_skip(b, i + 2));
}

static bool is_near_digits(struct str a, struct str b)
{
    return nearest_distance(a, b) == 1 || are_neighbours_exchanged(a, b);
}

static bool are_day_and_month_exchanged(struct str a, struct str b)
{
    return a.len == DATE_DIGITS && b.len == DATE_DIGITS &&
           str_equal(str_slice(a, 0, 4), str_slice(b, 0, 4)) &&
           str_equal(str_slice(a, 4, 6), str_slice(b, 6, 8)) &&
           str_equal(str_slice(a, 6, 8), str_slice(b, 4, 6));
}

static bool is_near(enum linkage_way way, struct str a, struct str b)
{
    switch (way) {
    case LINKAGE_TEXT:
        return is_near_text(a, b);
    case LINKAGE_NAME:
        return is_near_text(a, b) || name_compare(a, b) == NAME_NEAR;
    case LINKAGE_DIGITS:
        return is_near_digits(a, b);
    case LINKAGE_DATE:
        return is_near_digits(a, b) || are_day_and_month_exchanged(a, b);
    }
    return false;
}

static enum linkage_level level_of(enum linkage_way way, struct str a, struct str b)
{
    if (a.len == 0 || b.len == 0)
        return LINKAGE_MISSING;
    if (str_equal(a, b))
        return LINKAGE_AGREE;
    return is_near(way, a, b) ? LINKAGE_NEAR : LINKAGE_DIFFER;
}

static void count(const struct linkage *l, struct linkage_score *s)
{
    s->points = 0;
    for (size_t i = 0; i < l->field_count; i++)
        s->points += l->fields[i].points[s->levels[i]];
    s->verdict = s->points >= l->link     ? LINKAGE_LINK
                 : s->points >= l->review ? LINKAGE_REVIEW
                                          : LINKAGE_APART;
}

struct linkage_score linkage_compare(const struct linkage *l, const struct str *a,
                                     const struct str *b)
{
    struct linkage_score plain = {0};
    for (size_t i = 0; i < l->field_count; i++)
        plain.levels[i] = level_of(l->fields[i].way, a[i], b[i]);
    count(l, &plain);
    size_t x = l->swap[0];
    size_t y = l->swap[1];
    if (x == y)
        return plain;
    struct linkage_score swapped = plain;
    swapped.is_swapped = true;
    swapped.levels[x] = level_of(l->fields[x].way, a[x], b[y]);
    swapped.levels[y] = level_of(l->fields[y].way, a[y], b[x]);
    /* Fields exchanged are a mistake of their own: agreeing so is worth what being near is. */
    for (size_t i = 0; i < 2; i++)
        if (swapped.levels[l->swap[i]] == LINKAGE_AGREE)
            swapped.levels[l->swap[i]] = LINKAGE_NEAR;
    count(l, &swapped);
    return swapped.points > plain.points ? swapped : plain;
}

struct str linkage_block_key(const struct linkage *l, size_t block, const struct str *values,
                             struct arena *a)
{
    const struct linkage_block *b = &l->blocks[block];
    struct buf key;
    buf_init(&key, a);
    buf_format(&key, "%zu", block);
    for (size_t i = 0; i < b->count; i++) {
        if (values[b->fields[i]].len == 0)
            return STR_NONE;
        buf_put_char(&key, '|');
        buf_put(&key, values[b->fields[i]]);
    }
    return buf_str(&key);
}

struct str linkage_explain(const struct linkage *l, const struct linkage_score *s, struct arena *a)
{
    static const char *const words[] = {"missing", "differ", "near", "agree"};
    struct buf out;
    buf_init(&out, a);
    for (size_t i = 0; i < l->field_count; i++)
        buf_format(&out, "%s" STR_FMT " %s %+d", i ? "; " : "", STR_ARG(l->fields[i].id),
                   words[s->levels[i]], l->fields[i].points[s->levels[i]]);
    if (s->is_swapped)
        buf_format(&out, "; " STR_FMT " and " STR_FMT " exchanged",
                   STR_ARG(l->fields[l->swap[0]].id), STR_ARG(l->fields[l->swap[1]].id));
    return buf_str(&out);
}

int linkage_field(const struct linkage *l, struct str id)
{
    for (size_t i = 0; i < l->field_count; i++)
        if (str_equal(l->fields[i].id, id))
            return (int)i;
    return -1;
}
