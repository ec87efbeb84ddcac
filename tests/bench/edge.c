/* B1 and B2, the project's side: one file through the import of the agent into a durable outbox,
 * then, for the bytes, sealed by the link and taken by a hub that only counts. Prints one JSON
 * object.
 *
 *     bench_edge FOLDER FILE        the file is taken away */
#include "tests/bench/bench.h"

struct counting {
    struct link_applier applier; /* first member */
    uint64_t batches;
};

static enum err count(struct link_applier *self, struct arena *a, const struct link_batch *batch)
{
    (void)a;
    ((struct counting *)self)->batches += batch->item_count > 0;
    return OK;
}

/* Of this program alone: what getrusage says begins with the parent's. */
static long peak_kib(void)
{
    char line[128];
    long kib = 0;
    FILE *status = fopen("/proc/self/status", "r");
    while (status && fgets(line, sizeof line, status))
        if (sscanf(line, "VmHWM: %ld", &kib) == 1)
            break;
    if (status)
        fclose(status);
    return kib;
}

/* Until the hub has acknowledged everything. */
static int64_t send_all(struct bench *b, struct link *site)
{
    struct db *db;
    struct counting counting = {{count}, 0};
    struct link_applier nothing = {0};
    struct link_status status;
    DO(db_open(STR("sqlite::memory:"), 1000, &db));
    struct link *hub = bench_link(b, db, STR("hub"));
    int64_t begun_us = clock_monotonic_us();
    do {
        int64_t sleep_ms;
        size_t taken;
        DO(link_send_turn(site, &sleep_ms));
        DO(link_receive_turn(hub, &counting.applier, 64, &taken));
        DO(link_send_turn(hub, &sleep_ms));
        DO(link_receive_turn(site, &nothing, 64, &taken));
        DO(link_status(site, STR("hub"), b->a, &status));
    } while (status.waiting_items > 0);
    int64_t took_us = clock_monotonic_us() - begun_us;
    link_close(hub);
    db_close(db);
    return took_us;
}

int main(int argc, char **argv)
{
    struct bench b;
    struct ledger *ledger;
    if (argc != 3) {
        fprintf(stderr, "usage: bench_edge FOLDER FILE\n");
        return 2;
    }
    bench_open(&b);
    bench_add_site(&b, STR("t01"));
    const char *drop = str_copy_z(b.a, str_format(b.a, "%s/drop", argv[1]));
    DO(file_make_folder(drop, 0700));
    DO(file_move(argv[2], str_copy_z(b.a, str_format(b.a, "%s/pay.csv", drop))));
    struct db *db = bench_db(&b, argv[1], "agent.db");
    struct link *site = bench_link(&b, db, STR("t01"));
    DO(ledger_open(db, &ledger));
    struct import *import = bench_import(&b, db, ledger, site, drop);
    long before_kib = peak_kib();

    int64_t begun_us = clock_monotonic_us();
    const struct import_entry *entry = bench_import_file(&b, import, drop, STR("pay.csv"));
    int64_t import_us = clock_monotonic_us() - begun_us;
    long import_kib = peak_kib();
    int64_t send_us = send_all(&b, site);

    printf("{\"rows\":%" PRIu64 ",\"accepted\":%" PRIu64 ",\"file_bytes\":%" PRId64
           ",\"import_us\":%" PRId64 ",\"before_kib\":%ld,\"peak_kib\":%ld"
           ",\"outbox_bytes\":%" PRId64 ",\"send_us\":%" PRId64 ",\"envelopes\":%" PRId64
           ",\"envelope_bytes\":%" PRId64 "}\n",
           entry->rows, entry->accepted, entry->size_bytes, import_us, before_kib, import_kib,
           bench_number(db, "SELECT sum(length(body)) FROM spool_item WHERE peer = 'hub'"), send_us,
           bench_number(db, "SELECT count(*) FROM spool_sealed WHERE peer = 'hub'"),
           bench_number(db, "SELECT sum(length(bytes)) FROM spool_sealed WHERE peer = 'hub'"));
    import_free(import);
    ledger_close(ledger);
    link_close(site);
    db_close(db);
    bench_close(&b);
    return 0;
}
