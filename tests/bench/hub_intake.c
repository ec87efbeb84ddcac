/* B3: verify, open, dedupe, look again, merge, identify and acknowledge 223,206 benefit payments,
 * against a plain upsert of the same rows into one table with the same durability. Prints one JSON
 * object.
 *
 *     bench_hub_intake FOLDER [ROWS]        FOLDER gets two databases */
#include "tests/bench/bench.h"

#include "central/intake/intake.h"
#include "common/base/buf.h"
#include "common/model/citizen.h"
#include "common/wire/columns.h"

#define ROWS_A_PERSON 20

static size_t persons = 1; /* a county ten times as large has ten times as many */

/* Row `i`: person by person within a month, as an office's list goes. */
static void make_row(struct bench *b, size_t i, struct value *v)
{
    static const char *const names[] = {"王芳", "李明", "张伟", "刘洋", "陈静", "赵铁柱", "孙丽"};
    struct arena *a = b->a;
    const struct dataset *d = catalog_dataset(b->catalog, STR("benefit_pay"));
    size_t person = i % persons;
    size_t month = i / persons;
    struct str first17 = str_format(a, "231282%04zu%02zu%02zu%03zu", 1930 + person % 60,
                                    1 + person / 60 % 12, 1 + person / 720 % 28, person % 1000);
    char check = citizen_check_character(first17);
    for (size_t f = 0; f < d->field_count; f++)
        v[f] = value_null();
    v[dataset_field(d, STR("batch_no"))] = value_text(str_format(a, "P2024%02zu", month));
    v[dataset_field(d, STR("programme"))] = value_text(STR("jumin"));
    v[dataset_field(d, STR("citizen_id"))] =
        value_text(str_format(a, STR_FMT "%c", STR_ARG(first17), check));
    v[dataset_field(d, STR("month"))] =
        value_int((int64_t)(202200 + month / 12 * 100 + 1 + month % 12));
    v[dataset_field(d, STR("name"))] =
        value_text(str_format(a, "%s%zu", names[person % COUNT_OF(names)], person / 7000));
    v[dataset_field(d, STR("amount"))] = value_int(10300 + (int64_t)(person % 9) * 1000);
    v[dataset_field(d, STR("bank"))] = value_text(STR("农村商业银行"));
    v[dataset_field(d, STR("account"))] =
        value_text(str_format(a, "62101500%011zu", person * 7919));
    v[dataset_field(d, STR("paid_on"))] =
        value_int((int64_t)(20220020 + month / 12 * 10000 + (1 + month % 12) * 100));
    v[dataset_field(d, STR("township"))] = value_text(STR("231282101"));
}

static struct str make_chunk(struct bench *b, size_t first, size_t count)
{
    const struct dataset *d = catalog_dataset(b->catalog, STR("benefit_pay"));
    struct columns_chunk c = {.dataset = d->id,
                              .dataset_version = (uint64_t)d->version,
                              .import_id = STR("bench"),
                              .op = COLUMNS_PUT,
                              .recorded_ms = 1,
                              .row_count = count,
                              .field_count = d->field_count};
    c.field_ids = NEW_ARRAY(b->a, struct str, d->field_count);
    c.rows = NEW_ARRAY(b->a, uint64_t, count);
    c.doubts = NEW_ARRAY(b->a, uint64_t, count);
    c.cells = NEW_ARRAY(b->a, struct value, count * d->field_count);
    for (size_t i = 0; i < d->field_count; i++)
        c.field_ids[i] = d->fields[i].id;
    for (size_t i = 0; i < count; i++) {
        c.rows[i] = first + i + 2;
        make_row(b, first + i, &c.cells[i * d->field_count]);
    }
    struct buf out;
    buf_init(&out, b->a);
    columns_put(&out, &c);
    return buf_str(&out);
}

static double run_intake(struct bench *b, const char *folder, size_t rows, double *out_receive)
{
    struct db *site_db;
    struct store *store;
    struct intake intake;
    size_t applied = 0;
    int64_t hub_us = 0;
    int64_t receive_us = 0;
    struct db *hub_db = bench_db(b, folder, "intake.db");
    DO(db_open(STR("sqlite::memory:"), 1000, &site_db));
    struct link *hub = bench_link(b, hub_db, STR("hub"));
    struct link *site = bench_link(b, site_db, STR("t01"));
    DO(store_open(hub_db, b->catalog, &store));
    intake_init(&intake, store, hub, clock_real(), BENCH_TODAY);
    for (size_t first = 0; first < rows; first += BENCH_CHUNK) {
        size_t count = rows - first < BENCH_CHUNK ? rows - first : BENCH_CHUNK;
        DO(db_begin(site_db));
        DO(link_put(site, STR("hub"), MESSAGE_RECORDS, make_chunk(b, first, count), count));
        DO(db_commit(site_db));
    }
    struct link_applier nothing = {0};
    while (applied < rows) {
        int64_t sleep_ms;
        size_t taken;
        DO(link_send_turn(site, &sleep_ms));
        int64_t begun = clock_monotonic_us();
        DO(intake_turn(&intake, &taken));
        receive_us += clock_monotonic_us() - begun;
        DO(link_send_turn(hub, &sleep_ms)); /* the acknowledgements */
        hub_us += clock_monotonic_us() - begun;
        DO(link_receive_turn(site, &nothing, 64, &taken));
        applied = intake.rows;
    }
    *out_receive = (double)rows * 1e6 / (double)receive_us;
    link_close(site);
    link_close(hub);
    store_close(store);
    db_close(site_db);
    db_close(hub_db);
    return (double)rows * 1e6 / (double)hub_us;
}

static struct str upsert_sql(struct bench *b)
{
    struct buf out;
    buf_init(&out, b->a);
    buf_put_z(&out, "INSERT INTO pay VALUES (");
    for (size_t i = 0; i < catalog_dataset(b->catalog, STR("benefit_pay"))->field_count; i++)
        buf_format(&out, "%s?%zu", i ? ", " : "", i + 1);
    buf_put_z(&out, ") ON CONFLICT(batch_no, programme, citizen_id, month) DO UPDATE SET amount = "
                    "excluded.amount");
    return buf_str(&out);
}

static double run_plain(struct bench *b, const char *folder, size_t rows)
{
    const struct dataset *d = catalog_dataset(b->catalog, STR("benefit_pay"));
    struct db *db = bench_db(b, folder, "plain.db");
    struct buf create;
    struct str upsert = upsert_sql(b);
    int64_t took_us = 0;
    buf_init(&create, b->a);
    buf_put_z(&create, "CREATE TABLE pay(");
    for (size_t i = 0; i < d->field_count; i++)
        buf_format(&create, STR_FMT ", ", STR_ARG(d->fields[i].id));
    buf_put_z(&create, "PRIMARY KEY (batch_no, programme, citizen_id, month))");
    DO(db_exec(db, buf_str(&create)));
    struct value *values = NEW_ARRAY(b->a, struct value, BENCH_CHUNK * d->field_count);
    for (size_t first = 0; first < rows; first += BENCH_CHUNK) {
        size_t count = rows - first < BENCH_CHUNK ? rows - first : BENCH_CHUNK;
        for (size_t i = 0; i < count; i++)
            make_row(b, first + i, &values[i * d->field_count]);
        int64_t begun = clock_monotonic_us();
        DO(db_begin(db));
        for (size_t i = 0; i < count; i++) {
            struct db_stmt *stmt;
            DO(db_prepare(db, upsert, &stmt));
            for (size_t f = 0; f < d->field_count; f++) {
                const struct value *v = &values[i * d->field_count + f];
                if (v->kind == VALUE_INT)
                    db_bind_int(stmt, (int)f + 1, v->number);
                else if (v->kind == VALUE_TEXT)
                    db_bind_text(stmt, (int)f + 1, v->text);
            }
            DO(db_run(stmt));
        }
        DO(db_commit(db));
        took_us += clock_monotonic_us() - begun;
    }
    db_close(db);
    return (double)rows * 1e6 / (double)took_us;
}

int main(int argc, char **argv)
{
    struct bench b;
    size_t rows = argc > 2 ? (size_t)atoll(argv[2]) : 223206;
    double receive;
    if (argc < 2) {
        fprintf(stderr, "usage: bench_hub_intake FOLDER [ROWS]\n");
        return 2;
    }
    persons = rows / ROWS_A_PERSON + 1;
    bench_open(&b);
    bench_add_site(&b, STR("t01"));
    double plain = run_plain(&b, argv[1], rows);
    double intake = run_intake(&b, argv[1], rows, &receive);
    printf("{\"rows\":%zu,\"intake_rows_per_second\":%.0f,\"receive_rows_per_second\":%.0f,"
           "\"plain_rows_per_second\":%.0f,\"ratio\":%.3f}\n",
           rows, intake, receive, plain, intake / plain);
    bench_close(&b);
    return 0;
}
