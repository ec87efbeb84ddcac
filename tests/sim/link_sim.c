/* Runs seeds of the simulated world and prints those that fail, with all their options. */
#include "common/base/arena.h"
#include "common/base/log.h"
#include "tests/sim/world.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

static void print_line(enum log_level level, struct str line)
{
    (void)level;
    printf("              " STR_FMT "\n", STR_ARG(line));
}

static void print_nothing(enum log_level level, struct str line)
{
    (void)level;
    (void)line;
}

static bool run_seed(uint64_t seed, const struct world_keys *keys, bool is_verbose,
                     uint64_t *out_items)
{
    struct world_options options = world_options_draw(seed);
    struct world *w = world_new(seed, &options, keys, is_verbose);
    bool is_fine = world_fault(w).len == 0 && world_run(w);
    *out_items += world_item_count(w);
    if (!is_fine || is_verbose) {
        struct str fault = world_fault(w);
        printf("seed %" PRIu64 ": " STR_FMT "\n  options:", seed,
               STR_ARG(is_fine ? STR("fine") : fault));
        world_options_print(stdout, &options);
        fflush(stdout);
    }
    world_free(w);
    return is_fine;
}

static uint64_t run_range(uint64_t from, uint64_t to, const struct world_keys *keys,
                          bool is_verbose, uint64_t *out_items)
{
    uint64_t failed = 0;
    for (uint64_t seed = from; seed <= to; seed++)
        failed += !run_seed(seed, keys, is_verbose, out_items);
    return failed;
}

/* One number a line; what stands behind it says which fault it once found. */
static bool run_file(const char *path, const struct world_keys *keys, uint64_t *out_failed,
                     uint64_t *out_items)
{
    char line[256];
    FILE *f = fopen(path, "r");
    if (!f)
        return false;
    while (fgets(line, sizeof line, f)) {
        char *end;
        uint64_t seed = strtoull(line, &end, 10);
        if (end != line)
            *out_failed += run_range(seed, seed, keys, false, out_items);
    }
    fclose(f);
    return true;
}

int main(int argc, char **argv)
{
    uint64_t from = 1, to = 0, failed = 0, items = 0;
    const char *file = NULL;
    bool is_verbose = false;
    for (int i = 1; i < argc; i++) {
        char *end = NULL;
        if (strcmp(argv[i], "--verbose") == 0) {
            is_verbose = true;
        } else if (strcmp(argv[i], "--seed") == 0 && i + 1 < argc) {
            from = to = strtoull(argv[++i], NULL, 10);
        } else if (strcmp(argv[i], "--seeds") == 0 && i + 1 < argc) {
            from = strtoull(argv[++i], &end, 10);
            to = *end == '-' ? strtoull(end + 1, NULL, 10) : from;
        } else if (strcmp(argv[i], "--file") == 0 && i + 1 < argc) {
            file = argv[++i];
        } else {
            fprintf(stderr, "usage: link_sim [--seeds FROM-TO] [--seed N] [--file SEEDS] "
                            "[--verbose]\n");
            return 2;
        }
    }
    log_setup("sim", is_verbose ? LOG_INFO : LOG_ERROR, is_verbose ? print_line : print_nothing);
    struct world_keys *keys = world_keys_new();
    if (file && !run_file(file, keys, &failed, &items)) {
        fprintf(stderr, "link_sim: cannot read %s\n", file);
        failed++;
    }
    failed += run_range(from, to, keys, is_verbose, &items);
    world_keys_free(keys);
    printf("%" PRIu64 " seeds failed; %" PRIu64 " items put\n", failed, items);
    return failed ? 1 : 0;
}
