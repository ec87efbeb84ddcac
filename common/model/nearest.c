#include "common/model/nearest.h"

#include "common/base/utf8.h"

static bool read(struct str s, uint32_t *out, size_t *out_count)
{
    size_t n = 0;
    while (s.len) {
        if (n == NEAREST_CHARS_MAX)
            return false;
        out[n++] = utf8_next(&s);
    }
    *out_count = n;
    return true;
}

size_t nearest_distance(struct str a, struct str b)
{
    uint32_t x[NEAREST_CHARS_MAX];
    uint32_t y[NEAREST_CHARS_MAX];
    size_t n;
    size_t m;
    if (!read(a, x, &n) || !read(b, y, &m))
        return SIZE_MAX;
    size_t row[NEAREST_CHARS_MAX + 1];
    for (size_t j = 0; j <= m; j++)
        row[j] = j;
    for (size_t i = 1; i <= n; i++) {
        size_t diagonal = row[0];
        row[0] = i;
        for (size_t j = 1; j <= m; j++) {
            size_t above = row[j];
            size_t best = diagonal + (x[i - 1] != y[j - 1]);
            if (above + 1 < best)
                best = above + 1;
            if (row[j - 1] + 1 < best)
                best = row[j - 1] + 1;
            row[j] = best;
            diagonal = above;
        }
    }
    return row[m];
}

void nearest_init(struct nearest *n, struct str wanted)
{
    *n = (struct nearest){.wanted = wanted, .distance = SIZE_MAX};
}

void nearest_offer(struct nearest *n, struct str candidate)
{
    size_t d = nearest_distance(n->wanted, candidate);
    if (d < n->distance) {
        n->distance = d;
        n->best = candidate;
    }
}

struct str nearest_best(const struct nearest *n)
{
    size_t chars = utf8_count(n->wanted);
    size_t allowed = chars <= 2 ? 1 : chars <= 5 ? 2 : 3;
    return n->distance <= allowed && n->distance < chars ? n->best : STR_NONE;
}
