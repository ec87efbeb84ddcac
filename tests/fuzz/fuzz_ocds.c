/* Any bytes as a file of open contracting data: refused, or merged both ways, made into tables
 * whose every line has the cells of its header, and laid out for indicators. What was merged once
 * merges to itself. */
#include "common/base/arena.h"
#include "common/base/buf.h"
#include "common/base/check.h"
#include "common/ocds/indicator.h"
#include "common/ocds/merge.h"
#include "common/ocds/package.h"
#include "common/ocds/tables.h"
#include "tests/support/fixture.h"

#define RELEASES_MAX 64

static struct ocds ocds;
static struct indicators indicators;

static void prepare(void)
{
    static struct arena *a;
    struct problem_list problems;
    if (a)
        return;
    a = arena_new((size_t)64 << 20);
    problem_list_init(&problems, a, 10);
    struct catalog *c = fixture_catalog(a);
    ASSERT(ocds_load(a, c, c->ocds_file, &c->ocds_file->nodes[0], &problems, &ocds));
    ASSERT(indicator_load_all(a, c, &problems, &indicators));
}

/* A cell is of a kind that its column has. */
static enum err take_row(void *context, const struct layout_table *t,
                         const struct layout_cell *cells)
{
    (void)context;
    for (size_t i = 0; i < t->column_count; i++) {
        enum layout_kind kind = t->columns[i].kind;
        bool is_int = kind == LAYOUT_TIME || kind == LAYOUT_POSITION;
        ASSERT(cells[i].kind != LAYOUT_CELL_INT || is_int);
        ASSERT(cells[i].kind != LAYOUT_CELL_REAL || kind == LAYOUT_NUMBER);
        ASSERT(cells[i].kind != LAYOUT_CELL_NONE || kind != LAYOUT_POSITION);
    }
    return OK;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    prepare();
    struct arena *a = arena_new((size_t)256 << 20);
    struct problem_list problems;
    struct package p;
    const struct json *releases[RELEASES_MAX];
    size_t n = 0;
    problem_list_init(&problems, a, 20);
    if (package_read(a, str_make(data, size), &problems, &p) == OK) {
        for (; n < p.releases.count && n < RELEASES_MAX; n++)
            releases[n] = p.releases.at[n].release;
        struct json *compiled = ocds_merge_compiled(&ocds, releases, n, a);
        const struct json *once[] = {compiled};
        struct json *twice = ocds_merge_compiled(&ocds, once, 1, a);
        ASSERT(json_count(twice) >= json_count(compiled) - (n ? 0 : 1));
        json_free(ocds_merge_versioned(&ocds, releases, n, a));
        struct buf out;
        buf_init(&out, a);
        ASSERT(layout_walk(&indicators.layout, compiled, a, take_row, NULL) == OK);
        for (size_t i = 0; i < ocds.table_count; i++)
            tables_put_rows(&ocds.tables[i], compiled, a, &out, &problems);
        json_free(twice);
        json_free(compiled);
        package_free(&p);
    }
    arena_free(a);
    return 0;
}
