/* B7: a county taken in by real edges and a real hub, evaluated as a whole, then again and again
 * after one more batch of payments for persons spread over the county. Prints one JSON object.
 *
 *     bench_evaluate FOLDER SITES [TURNS]   SITES/<site>/ are drop folders; their files are taken
 */
#include "tests/bench/bench.h"

#include "central/analysis/analysis.h"
#include "central/intake/intake.h"
#include "central/store/change_store.h"
#include "common/base/buf.h"
#include "common/wire/columns.h"

#define BATCH_ROWS 500
#define TURNS_MAX 100

struct hub {
    struct bench b;
    struct db *db;
    struct link *link;
    struct store *store;
    struct intake intake;
    struct analysis analysis;
};

static void open_hub(struct hub *h, const char *folder)
{
    struct problem_list problems;
    const struct rule **rules;
    size_t count;
    bench_open(&h->b);
    h->db = bench_db(&h->b, folder, "hub.db");
    h->link = bench_link(&h->b, h->db, STR("hub"));
    DO(store_open(h->db, h->b.catalog, &h->store));
    intake_init(&h->intake, h->store, h->link, clock_real(), BENCH_TODAY);
    problem_list_init(&problems, h->b.a, 10);
    if (!rule_load_all(h->b.a, h->b.catalog, &problems, &rules, &count))
        exit(1);
    h->analysis = (struct analysis){.store = h->store,
                                    .link = h->link,
                                    .clock = clock_real(),
                                    .rules = rules,
                                    .rule_count = count,
                                    .today_fixed = BENCH_TODAY};
    DO(change_store_prepare(h->store, rules, count));
}

static void close_hub(struct hub *h)
{
    link_close(h->link);
    store_close(h->store);
    db_close(h->db);
    bench_close(&h->b);
}

/* What the hub says to a site is taken and forgotten. */
static enum err forget(struct link_applier *self, struct arena *a, const struct link_batch *batch)
{
    (void)self;
    (void)a;
    (void)batch;
    return OK;
}

/* Everything that waits at the site is on the hub and acknowledged. */
static void carry(struct hub *h, struct link *site)
{
    struct link_applier nothing = {forget};
    struct link_status status;
    struct arena *a = arena_new((size_t)1 << 20);
    do {
        int64_t sleep_ms;
        size_t taken;
        DO(link_send_turn(site, &sleep_ms));
        DO(intake_turn(&h->intake, &taken));
        DO(link_send_turn(h->link, &sleep_ms));
        DO(link_receive_turn(site, &nothing, 64, &taken));
        arena_reset(a);
        DO(link_status(site, STR("hub"), a, &status));
        ASSERT(status.state == LINK_FINE); /* a database of an earlier run */
    } while (status.waiting_items > 0);
    arena_free(a);
}

static uint64_t load_site(struct hub *h, const char *sites, struct str name)
{
    struct db *db;
    struct ledger *ledger;
    struct file_info *files;
    size_t count;
    uint64_t accepted = 0;
    struct arena *a = h->b.a;
    const char *drop = str_copy_z(a, str_format(a, "%s/" STR_FMT, sites, STR_ARG(name)));
    bench_add_site(&h->b, name);
    DO(db_open(STR("sqlite::memory:"), 1000, &db));
    DO(ledger_open(db, &ledger));
    struct link *link = bench_link(&h->b, db, name);
    struct import *import = bench_import(&h->b, db, ledger, link, drop);
    DO(file_list(drop, a, &files, &count));
    for (size_t i = 0; i < count; i++) {
        accepted += bench_import_file(&h->b, import, drop, files[i].name)->accepted;
        carry(h, link);
    }
    import_free(import);
    ledger_close(ledger);
    link_close(link);
    db_close(db);
    return accepted;
}

static uint64_t load(struct hub *h, const char *sites)
{
    struct file_info *items;
    size_t count;
    uint64_t accepted = 0;
    DO(file_list(sites, h->b.a, &items, &count));
    for (size_t i = 0; i < count; i++)
        if (items[i].is_folder)
            accepted += load_site(h, sites, items[i].name);
    return accepted;
}

/* A payment like one that the county made, in a batch of its own. */
static void read_payment(struct hub *h, const struct dataset *d, struct db_stmt *stmt, int turn,
                         struct value *v)
{
    for (size_t f = 0; f < d->field_count; f++) {
        int column = (int)f;
        v[f] = db_column_is_null(stmt, column)   ? value_null()
               : db_column_is_text(stmt, column) ? value_text(db_column_copy(stmt, column, h->b.a))
                                                 : value_int(db_column_int(stmt, column));
    }
    v[dataset_field(d, STR("batch_no"))] = value_text(str_format(h->b.a, "B7-%d", turn));
}

/* 500 rows that lie evenly among all payments, other ones each turn. */
static struct str make_batch(struct hub *h, int turn)
{
    const struct dataset *d = catalog_dataset(h->b.catalog, STR("benefit_pay"));
    struct arena *a = h->b.a;
    struct buf sql;
    struct buf body;
    struct db_stmt *stmt;
    bool has_row;
    struct columns_chunk c = {.dataset = d->id,
                              .dataset_version = (uint64_t)d->version,
                              .import_id = str_format(a, "b7-%d", turn),
                              .op = COLUMNS_PUT,
                              .recorded_ms = 1,
                              .field_count = d->field_count};
    c.field_ids = NEW_ARRAY(a, struct str, d->field_count);
    c.rows = NEW_ARRAY(a, uint64_t, BATCH_ROWS);
    c.doubts = NEW_ARRAY(a, uint64_t, BATCH_ROWS);
    c.cells = NEW_ARRAY(a, struct value, BATCH_ROWS * d->field_count);
    int64_t step = bench_number(h->db, "SELECT max(rid) FROM rec_benefit_pay") / BATCH_ROWS;
    buf_init(&sql, a);
    buf_put_z(&sql, "SELECT ");
    for (size_t i = 0; i < d->field_count; i++) {
        c.field_ids[i] = d->fields[i].id;
        buf_format(&sql, "%s" STR_FMT, i ? ", " : "", STR_ARG(d->fields[i].id));
    }
    buf_put_z(&sql, " FROM rec_benefit_pay WHERE rid % ?1 = ?2 LIMIT 500");
    DO(db_prepare(h->db, buf_str(&sql), &stmt));
    db_bind_int(stmt, 1, step);
    db_bind_int(stmt, 2, turn % step);
    DO(db_step(stmt, &has_row));
    while (has_row) {
        c.rows[c.row_count] = c.row_count + 2;
        read_payment(h, d, stmt, turn, &c.cells[c.row_count++ * d->field_count]);
        DO(db_step(stmt, &has_row));
    }
    db_done(stmt);
    buf_init(&body, a);
    columns_put(&body, &c);
    return buf_str(&body);
}

static int64_t full_ms(struct hub *h)
{
    size_t persons;
    int64_t begun_us = clock_monotonic_us();
    DO(analysis_turn(&h->analysis, true, &persons));
    return (clock_monotonic_us() - begun_us) / 1000;
}

static void print_turns(struct hub *h, struct link *site, struct db *db, int turns)
{
    printf(",\"turns\":[");
    for (int turn = 0; turn < turns; turn++) {
        size_t persons;
        struct str body = make_batch(h, turn);
        DO(db_begin(db));
        DO(link_put(site, STR("hub"), MESSAGE_RECORDS, body, BATCH_ROWS));
        DO(db_commit(db));
        int64_t begun_us = clock_monotonic_us();
        carry(h, site);
        int64_t carried_us = clock_monotonic_us();
        DO(analysis_turn(&h->analysis, false, &persons));
        printf("%s{\"persons\":%zu,\"merge_us\":%" PRId64 ",\"evaluate_us\":%" PRId64 "}",
               turn ? "," : "", persons, carried_us - begun_us, clock_monotonic_us() - carried_us);
    }
    printf("]");
}

int main(int argc, char **argv)
{
    struct hub h;
    struct db *db;
    int turns = argc > 3 ? atoi(argv[3]) : 5;
    if (argc < 3 || turns < 1 || turns > TURNS_MAX) {
        fprintf(stderr, "usage: bench_evaluate FOLDER SITES [TURNS]\n");
        return 2;
    }
    open_hub(&h, argv[1]);
    int64_t begun_us = clock_monotonic_us();
    uint64_t accepted = load(&h, argv[2]);
    int64_t load_us = clock_monotonic_us() - begun_us;
    printf("{\"accepted\":%" PRIu64 ",\"load_us\":%" PRId64, accepted, load_us);
    printf(",\"first_full_ms\":%" PRId64, full_ms(&h)); /* stores every finding */
    printf(",\"full_ms\":%" PRId64, full_ms(&h));       /* finds the same again */
    bench_add_site(&h.b, STR("bench"));
    DO(db_open(STR("sqlite::memory:"), 1000, &db));
    struct link *site = bench_link(&h.b, db, STR("bench"));
    print_turns(&h, site, db, turns);
    printf(",\"findings\":%" PRId64 "}\n", bench_number(h.db, "SELECT count(*) FROM finding"));
    link_close(site);
    db_close(db);
    close_hub(&h);
    return 0;
}
