#include "tests/sim/world_state.h"

#include "common/base/check.h"
#include "common/seal/keyring.h"
#include "tests/support/suite_plain.h"

#include <inttypes.h>
#include <stdarg.h>

#define PEACE_MS ((int64_t)24 * 3600 * 1000)
#define PEACE_STEPS_MAX 20000

struct world_keys {
    struct arena *arena;
    struct keyring *of[WORLD_ENDS_MAX];
};

static struct str name_of(int index)
{
    static const struct str names[WORLD_ENDS_MAX] = {STR_INIT("hub"), STR_INIT("site-1"),
                                                     STR_INIT("site-2"), STR_INIT("site-3")};
    return names[index];
}

struct world_keys *world_keys_new(void)
{
    struct arena *a = arena_new((size_t)1024 * 1024);
    struct world_keys *keys = NEW(a, struct world_keys);
    struct seeded_random random;
    keys->arena = a;
    seeded_random_init(&random, 1);
    for (int i = 0; i < WORLD_ENDS_MAX; i++) {
        keys->of[i] = keyring_new();
        keyring_add_suite(keys->of[i], &suite_plain);
    }
    for (int i = 0; i < WORLD_ENDS_MAX; i++) {
        for (int use = KEY_SIGN; use <= KEY_OPEN; use++) {
            struct str secret, public;
            enum err e = suite_generate(&suite_plain, &random.random, a, &secret, &public);
            ASSERT(e == OK);
            e = keyring_add_own(keys->of[i], (enum key_use)use, secret);
            ASSERT(e == OK);
            for (int peer = 0; peer < WORLD_ENDS_MAX; peer++) {
                if (peer == i)
                    continue;
                e = keyring_add_peer(keys->of[peer], name_of(i), (enum key_use)use, public);
                ASSERT(e == OK);
            }
        }
    }
    return keys;
}

void world_keys_free(struct world_keys *keys)
{
    for (int i = 0; i < WORLD_ENDS_MAX; i++)
        keyring_free(keys->of[i]);
    arena_free(keys->arena);
}

struct keyring *world_keys_of(const struct world_keys *keys, int index)
{
    return keys->of[index];
}

/* Zero one time in two, so that each fault is also met without the others. */
static uint64_t draw(struct random *r, uint64_t max)
{
    return random_below(r, 2) ? 1 + random_below(r, max) : 0;
}

struct world_options world_options_draw(uint64_t seed)
{
    struct seeded_random seeded;
    seeded_random_init(&seeded, seed ^ 0x5eed);
    struct random *r = &seeded.random;
    struct world_options o = {
        .sites = 1 + random_below(r, WORLD_SITES_MAX),
        .steps = 20 + random_below(r, 60),
        .step_max_ms = random_below(r, 3) ? 200 + random_below(r, 2000) : 20,
        .loss = draw(r, 300),
        .duplicate = draw(r, 200),
        .reorder = draw(r, 300),
        .flip = draw(r, 50),
        .delay_max_ms = draw(r, 3000),
        .put = 50 + random_below(r, 500),
        .abandon = draw(r, 200),
        .reply = draw(r, 500),
        .refuse = draw(r, 200),
        .crash = draw(r, 100),
        .down = draw(r, 800),
        .full = draw(r, 60),
        .cut = draw(r, 60),
        .forget = draw(r, 20),
        .jump = draw(r, 20),
        .restart_all = random_below(r, 2),
    };
    if (random_below(r, 3) == 0) {
        o.backup = 30 + random_below(r, 100);
        o.restore = 10 + random_below(r, 30);
    }
    if (random_below(r, 4) == 0)
        o.epoch = 1 + random_below(r, 20);
    o.room = draw(r, 20);
    o.tight = draw(r, 60);
    o.pause = draw(r, 60);
    return o;
}

void world_options_print(FILE *out, const struct world_options *options)
{
#define X(name) fprintf(out, " " #name "=%" PRIu64, options->name);
    WORLD_OPTIONS(X)
#undef X
    fprintf(out, "\n");
}

bool world_chance(struct world *w, uint64_t permille)
{
    return permille > 0 && random_below(&w->random.random, 1000) < permille;
}

void world_say(struct world *w, const char *format, ...)
{
    if (!w->is_verbose)
        return;
    va_list args;
    va_start(args, format);
    printf("%10" PRId64 " ms  ", w->clock.now_ms);
    vprintf(format, args);
    printf("\n");
    va_end(args);
}

/* The first fault is the one that counts. */
void world_blame(struct world *w, const char *format, ...)
{
    char text[512];
    va_list args;
    va_start(args, format);
    vsnprintf(text, sizeof text, format, args);
    va_end(args);
    if (w->fault.len == 0)
        w->fault = str_copy(w->keep, str_of(text));
    world_say(w, "FAULT %s", text);
}

static bool setup_end(struct world *w, int index)
{
    struct world_end *n = &w->ends[index];
    *n = (struct world_end){.world = w, .index = index, .name = name_of(index)};
    crank_clock_init(&n->clock, w->clock.now_ms);
    if (db_open(STR("sqlite::memory:"), 0, &n->db) != OK) {
        world_blame(w, "no database: %s", err_note());
        return false;
    }
    struct str fault = checker_setup(n->db);
    if (fault.len > 0) {
        world_blame(w, STR_FMT, STR_ARG(fault));
        return false;
    }
    return world_end_start(n) && world_end_setup_backup(n);
}

struct world *world_new(uint64_t seed, const struct world_options *options,
                        const struct world_keys *keys, bool is_verbose)
{
    struct arena *keep = arena_new((size_t)16 * 1024 * 1024);
    struct world *w = NEW(keep, struct world);
    w->seed = seed;
    w->o = *options;
    w->keys = keys;
    w->is_verbose = is_verbose;
    w->keep = keep;
    w->scratch = arena_new((size_t)16 * 1024 * 1024);
    seeded_random_init(&w->random, seed);
    crank_clock_init(&w->clock, 1000);
    w->net = memory_net_new(&w->random.random, &w->clock.clock);
    w->end_count = (int)options->sites + 1;
    for (int i = 0; i < w->end_count && w->fault.len == 0; i++)
        setup_end(w, i);
    return w;
}

void world_free(struct world *w)
{
    for (int i = 0; i < w->end_count; i++) {
        if (w->ends[i].link)
            world_end_stop(&w->ends[i]);
        db_close(w->ends[i].db);
    }
    memory_net_free(w->net);
    arena_free(w->scratch);
    arena_free(w->keep);
}

struct str world_fault(const struct world *w)
{
    return w->fault;
}

uint64_t world_item_count(const struct world *w)
{
    return w->puts.count;
}

static void pass_time(struct world *w, int64_t ms)
{
    w->clock.now_ms += ms;
    for (int i = 0; i < w->end_count; i++)
        w->ends[i].clock.now_ms = w->clock.now_ms;
}

static void strike_end(struct world *w, struct world_end *n)
{
    if (world_chance(w, w->o.crash))
        n->writes_left = 1 + random_below(&w->random.random, 40);
    if (world_chance(w, w->o.full) || (n->is_full && world_chance(w, 200)))
        n->is_full = !n->is_full;
    if (n->index != WORLD_HUB && world_chance(w, w->o.cut)) {
        n->is_cut = !n->is_cut;
        memory_net_cut(w->net, n->name, n->is_cut);
    }
    if (world_chance(w, w->o.tight))
        n->is_tight = !n->is_tight;
    if (n->link)
        link_set_full(n->link, n->is_tight);
    if (n->link && world_chance(w, w->o.pause))
        link_pause(n->link, (int64_t)random_below(&w->random.random, 60000));
    if (world_chance(w, w->o.forget))
        memory_net_forget(w->net);
    if (world_chance(w, w->o.jump))
        n->clock.skew_ms = (int64_t)random_below(&w->random.random, 1u << 31) - (1 << 30);
    if (world_chance(w, w->o.backup))
        world_end_backup(n);
    else if (n->has_backup && world_chance(w, w->o.restore))
        world_end_restore(n);
}

static void step_end(struct world *w, struct world_end *n, int64_t *out_sleep_ms)
{
    if (!w->is_peace)
        strike_end(w, n);
    if (!n->link && (w->is_peace || !world_chance(w, w->o.down)))
        world_end_start(n);
    if (n->link && !w->is_peace && world_chance(w, w->o.put))
        world_end_put(n);
    if (n->link)
        world_end_turn(n, out_sleep_ms);
    if (n->link && world_chance(w, 200))
        world_end_watch(n);
}

static int64_t step(struct world *w)
{
    int64_t sleep_ms = INT64_MAX;
    int first = (int)random_below(&w->random.random, (uint64_t)w->end_count);
    for (int i = 0; i < w->end_count; i++)
        step_end(w, &w->ends[(first + i) % w->end_count], &sleep_ms);
    return sleep_ms;
}

static bool each_stream(struct world *w, bool is_judging, bool must_be_complete)
{
    for (int i = 1; i < w->end_count; i++) {
        for (int k = 0; k < 2; k++) {
            int from = k ? i : WORLD_HUB, to = k ? WORLD_HUB : i;
            struct checker_stream s = {.from = from,
                                       .to = to,
                                       .from_name = w->ends[from].name,
                                       .to_name = w->ends[to].name,
                                       .from_db = w->ends[from].db,
                                       .to_db = w->ends[to].db,
                                       .is_broken = w->is_broken[from][to],
                                       .is_rewound = w->was_restored[to]};
            arena_reset(w->scratch);
            if (!is_judging && !checker_is_complete(&s, w->scratch))
                return false;
            if (!is_judging)
                continue;
            struct str fault =
                checker_judge(&s, w->puts.at, w->puts.count, must_be_complete, w->scratch);
            if (fault.len > 0)
                world_blame(w, STR_FMT, STR_ARG(fault));
        }
    }
    return w->fault.len == 0;
}

static void make_peace(struct world *w)
{
    w->is_peace = true;
    memory_net_set_faults(w->net, (struct memory_faults){0});
    for (int i = 0; i < w->end_count; i++) {
        struct world_end *n = &w->ends[i];
        n->is_full = n->is_cut = n->is_tight = false;
        if (n->link)
            link_set_full(n->link, false);
        n->writes_left = 0;
        memory_net_cut(w->net, n->name, false);
        if (w->o.restart_all && n->link)
            world_end_stop(n);
    }
    world_say(w, "peace");
}

static void say_status(struct world *w)
{
    for (int i = 0; i < w->end_count && w->is_verbose; i++) {
        for (int peer = 0; peer < w->end_count && w->ends[i].link; peer++) {
            struct link_status s;
            if ((i == WORLD_HUB) != (peer == WORLD_HUB) &&
                link_status(w->ends[i].link, w->ends[peer].name, w->scratch, &s) == OK)
                world_say(w,
                          STR_FMT " to " STR_FMT ": epoch %" PRIu64 ", acknowledged %" PRIu64
                                  ", next %" PRIu64 ", waiting %" PRIu64 ", in %" PRIu64
                                  ", duplicates %" PRIu64 ", gaps %" PRIu64,
                          STR_ARG(w->ends[i].name), STR_ARG(w->ends[peer].name), s.epoch,
                          s.acked_seq, s.next_seq, s.waiting_items, s.in_up_to_seq, s.duplicates,
                          s.gaps);
        }
    }
}

/* Nothing waits any more: acknowledged, too, and not only applied. */
static bool is_settled(struct world *w)
{
    if (!each_stream(w, false, true))
        return false;
    for (int i = 0; i < w->end_count; i++) {
        for (int peer = 0; peer < w->end_count; peer++) {
            struct link_status status;
            arena_reset(w->scratch);
            if ((i == WORLD_HUB) == (peer == WORLD_HUB))
                continue;
            if (!w->ends[i].link ||
                link_status(w->ends[i].link, w->ends[peer].name, w->scratch, &status) != OK ||
                status.waiting_items > 0 || status.waiting_rows > 0 || status.state != LINK_FINE)
                return false;
        }
    }
    return true;
}

bool world_run(struct world *w)
{
    if (w->o.room)
        memory_net_set_room(w->net, w->o.room);
    memory_net_set_faults(w->net,
                          (struct memory_faults){.loss = (unsigned)w->o.loss,
                                                 .duplicate = (unsigned)w->o.duplicate,
                                                 .reorder = (unsigned)w->o.reorder,
                                                 .flip = (unsigned)w->o.flip,
                                                 .delay_max_ms = (int64_t)w->o.delay_max_ms});
    for (uint64_t i = 0; i < w->o.steps && w->fault.len == 0; i++) {
        step(w);
        pass_time(w, 1 + (int64_t)random_below(&w->random.random, w->o.step_max_ms));
    }
    if (!each_stream(w, true, false))
        return false;
    make_peace(w);
    int64_t until = w->clock.now_ms + PEACE_MS;
    bool is_done = false;
    for (int i = 0; i < PEACE_STEPS_MAX && w->clock.now_ms < until && w->fault.len == 0; i++) {
        int64_t sleep_ms = step(w);
        if ((is_done = is_settled(w)))
            break;
        if (sleep_ms < 10 || !memory_net_is_idle(w->net))
            sleep_ms = 10;
        else if (i > 1000) /* late is legal, and an hour of silence takes long otherwise */
            sleep_ms = 60000;
        pass_time(w, sleep_ms < 60000 ? sleep_ms : 60000);
    }
    each_stream(w, true, true);
    say_status(w);
    if (!is_done)
        world_blame(w, "after a day of peace something still waits");
    return w->fault.len == 0;
}
