/* bench.h — what the measuring programs share: the project's catalog, two ends with real keys over
 * the memory transport, and a file on its way through an edge.
 *
 * Owns:     everything in struct bench, until bench_close.
 * Threads:  one.
 * Fails:    ends the program with the note of the error.
 * Limits:   BENCH_ARENA_BYTES; BENCH_CHUNK rows a transaction, as the agent and the link have it.
 * Promise:  real seal, real link, real database files; nothing but the network is missing. */
#ifndef QQ_TESTS_BENCH_BENCH_H
#define QQ_TESTS_BENCH_BENCH_H

#include "common/base/arena.h"
#include "common/base/check.h"
#include "common/base/log.h"
#include "common/config/catalog_load.h"
#include "common/model/catalog.h"
#include "common/os/clock.h"
#include "common/os/file.h"
#include "common/seal/suite.h"
#include "common/spool/link.h"
#include "common/transport/memory.h"
#include "edge-agent/intake/import.h"
#include "edge-agent/intake/outbox_sink.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

#define BENCH_ARENA_BYTES ((size_t)4 << 30)
#define BENCH_CHUNK 5000
#define BENCH_TODAY 20261124
#define DO(expression)                                                                             \
    do {                                                                                           \
        if ((expression) != OK) {                                                                  \
            fprintf(stderr, "%s: %s\n", #expression, err_note());                                  \
            exit(1);                                                                               \
        }                                                                                          \
    } while (0)

struct bench {
    struct arena *a;
    struct catalog *catalog;
    struct seeded_random random;
    struct memory_net *net;
    struct keyring *hub_keys, *site_keys;
    struct str site_sign, site_open; /* public keys: the same pair serves every site */
};

static inline void bench_open(struct bench *b)
{
    struct str secret;
    struct str public;
    *b = (struct bench){
        .a = arena_new(BENCH_ARENA_BYTES), .hub_keys = keyring_new(), .site_keys = keyring_new()};
    log_setup("bench", LOG_WARN, NULL);
    seeded_random_init(&b->random, 1);
    b->net = memory_net_new(&b->random.random, clock_real());
    DO(catalog_load(SOURCE_DIR "/common/catalog", (size_t)64 << 20, &b->catalog));
    for (int use = KEY_SIGN; use <= KEY_OPEN; use++) {
        DO(keyring_generate(1, &b->random.random, b->a, &secret, &public));
        DO(keyring_add_own(b->hub_keys, (enum key_use)use, secret));
        DO(keyring_add_peer(b->site_keys, STR("hub"), (enum key_use)use, public));
        DO(keyring_generate(1, &b->random.random, b->a, &secret, &public));
        DO(keyring_add_own(b->site_keys, (enum key_use)use, secret));
        *(use == KEY_SIGN ? &b->site_sign : &b->site_open) = public;
    }
}

static inline void bench_close(struct bench *b)
{
    catalog_free(b->catalog);
    memory_net_free(b->net);
    keyring_free(b->hub_keys);
    keyring_free(b->site_keys);
    arena_free(b->a);
}

static inline void bench_add_site(struct bench *b, struct str site)
{
    DO(keyring_add_peer(b->hub_keys, site, KEY_SIGN, b->site_sign));
    DO(keyring_add_peer(b->hub_keys, site, KEY_OPEN, b->site_open));
}

static inline struct db *bench_db(struct bench *b, const char *folder, const char *name)
{
    struct db *db;
    DO(db_open(str_format(b->a, "sqlite:%s/%s", folder, name), 1000, &db));
    return db;
}

static inline struct link *bench_link(struct bench *b, struct db *db, struct str self)
{
    struct link *link;
    bool is_hub = str_equal(self, STR("hub"));
    DO(link_open(&(struct link_options){.db = db,
                                        .self = self,
                                        .county = STR("231282"),
                                        .keys = is_hub ? b->hub_keys : b->site_keys,
                                        .transport = memory_open(b->net, self),
                                        .clock = clock_real(),
                                        .random = &b->random.random},
                 &link));
    return link;
}

static inline struct import *bench_import(struct bench *b, struct db *db, struct ledger *ledger,
                                          struct link *link, const char *drop)
{
    struct outbox_sink *sink = NEW(b->a, struct outbox_sink);
    outbox_sink_init(sink, link);
    return import_new(&(struct import_options){.db = db,
                                               .ledger = ledger,
                                               .sink = &sink->sink,
                                               .catalog = b->catalog,
                                               .clock = clock_real(),
                                               .random = &b->random.random,
                                               .drop_folder = drop});
}

/* The file is moved away by the import, as in the drop folder of an agent. */
static inline const struct import_entry *bench_import_file(struct bench *b, struct import *im,
                                                           const char *drop, struct str name)
{
    struct file_info info;
    const char *path = str_copy_z(b->a, str_format(b->a, "%s/" STR_FMT, drop, STR_ARG(name)));
    DO(file_stat(path, &info));
    DO(import_file(im, &(struct drop_file){.name = name,
                                           .path = path,
                                           .size_bytes = info.size_bytes,
                                           .modified_ns = info.modified_ns,
                                           .inode = info.inode}));
    return import_current(im);
}

static inline int64_t bench_number(struct db *db, const char *sql)
{
    struct db_stmt *stmt;
    bool has_row;
    DO(db_prepare(db, str_of(sql), &stmt));
    DO(db_step(stmt, &has_row));
    int64_t number = has_row ? db_column_int(stmt, 0) : 0;
    db_done(stmt);
    return number;
}

#endif
