#include "common/format/xlsx_merge.h"

#include "common/base/arena.h"
#include "common/base/vec.h"

#include <stdlib.h>
#include <string.h>

#define TAG "<mergeCell "
#define TAG_BYTES_MAX 128 /* of one such element */

struct span {
    uint64_t first, last; /* rows */
    size_t column;
    struct str carried;
};

struct xlsx_merge {
    struct arena *arena;
    VEC(struct span) spans; /* by first row */
    size_t next;            /* the first that has not begun */
    VEC(size_t) open;
};

static bool read_corner(struct str *s, size_t *out_column, uint64_t *out_row)
{
    size_t column = 0;
    uint64_t row = 0;
    size_t i = 0;
    while (i < s->len && i < 4 && s->ptr[i] >= 'A' && s->ptr[i] <= 'Z')
        column = column * 26 + (size_t)(s->ptr[i++] - 'A' + 1);
    size_t digits = i;
    while (i < s->len && i - digits < 8 && s->ptr[i] >= '0' && s->ptr[i] <= '9')
        row = row * 10 + (uint64_t)(s->ptr[i++] - '0');
    *s = str_skip(*s, i);
    *out_column = column - 1;
    *out_row = row;
    return column > 0 && row > 0;
}

/* `tag` begins behind "<mergeCell ". */
static void add(struct xlsx_merge *m, struct str tag)
{
    const char *ref = tag.len >= 5 ? memmem(tag.ptr, tag.len, "ref=\"", 5) : NULL;
    struct span s = {0};
    size_t last_column;
    if (!ref || m->spans.count >= XLSX_MERGES_MAX)
        return;
    struct str rest = str_skip(tag, (size_t)(ref - tag.ptr) + 5);
    if (!read_corner(&rest, &s.column, &s.first) || !str_starts(rest, STR(":")))
        return;
    rest = str_skip(rest, 1);
    if (!read_corner(&rest, &last_column, &s.last) || s.last <= s.first ||
        s.column >= FORMAT_COLUMNS_MAX)
        return;
    VEC_PUSH(&m->spans, m->arena, s);
}

static int by_row(const void *a, const void *b)
{
    const struct span *x = a;
    const struct span *y = b;
    return x->first != y->first ? (x->first < y->first ? -1 : 1)
                                : (x->column > y->column) - (x->column < y->column);
}

/* Looks for the elements as bytes: parsing every cell twice would cost as much as reading them. */
static size_t scan(struct xlsx_merge *m, struct str bytes, bool is_last)
{
    size_t at = 0;
    for (;;) {
        const char *tag = memmem(bytes.ptr + at, bytes.len - at, TAG, sizeof TAG - 1);
        if (!tag)
            break;
        size_t from = (size_t)(tag - bytes.ptr) + sizeof TAG - 1;
        if (!is_last && bytes.len - from < TAG_BYTES_MAX)
            return (size_t)(tag - bytes.ptr);
        add(m, str_slice(bytes, from,
                         from + TAG_BYTES_MAX < bytes.len ? from + TAG_BYTES_MAX : bytes.len));
        at = from;
    }
    size_t kept = sizeof TAG - 2; /* the beginning of one may stand at the end */
    return bytes.len - at > kept ? bytes.len - kept : at;
}

enum err xlsx_merge_read(struct zip_part *zip, struct arena *a, struct xlsx_merge **out_merges)
{
    struct xlsx_merge *m = NEW(a, struct xlsx_merge);
    char *window = arena_take_raw(a, 2 * FORMAT_BLOCK_BYTES);
    size_t have = 0;
    size_t got = 1;
    m->arena = a;
    while (got > 0) {
        TRY(zip_part_read(zip, window + have, FORMAT_BLOCK_BYTES, &got));
        have += got;
        size_t used = scan(m, str_make(window, have), got == 0);
        memmove(window, window + used, have - used);
        have -= used;
    }
    if (m->spans.count)
        qsort(m->spans.at, m->spans.count, sizeof *m->spans.at, by_row);
    *out_merges = m;
    return OK;
}

static void begin_spans(struct xlsx_merge *m, uint64_t row, const struct str *cells, size_t count)
{
    for (; m->next < m->spans.count && m->spans.at[m->next].first <= row; m->next++) {
        struct span *s = &m->spans.at[m->next];
        if (s->first == row && s->column < count && cells[s->column].len > 0 &&
            cells[s->column].len <= XLSX_CARRIED_BYTES_MAX) {
            s->carried = str_copy(m->arena, cells[s->column]);
            VEC_PUSH(&m->open, m->arena, m->next);
        }
    }
}

size_t xlsx_merge_fill(struct xlsx_merge *m, uint64_t row, struct str *cells, size_t count)
{
    size_t kept = 0;
    for (size_t i = 0; i < m->open.count; i++) {
        const struct span *s = &m->spans.at[m->open.at[i]];
        if (s->last < row)
            continue;
        m->open.at[kept++] = m->open.at[i];
        while (count <= s->column)
            cells[count++] = STR_NONE;
        if (cells[s->column].len == 0)
            cells[s->column] = s->carried;
    }
    m->open.count = kept;
    begin_spans(m, row, cells, count);
    return count;
}
