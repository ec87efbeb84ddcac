/* The folder of a run and its three books: sites.csv, truth.jsonl, expected.json. */
#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "tests/county/files.h"

static void make_folder(const char *path, bool must_be_new)
{
    if (mkdir(path, 0777) == 0 || (errno == EEXIST && !must_be_new))
        return;
    (void)fprintf(stderr, "county: %s: %s%s\n", path, strerror(errno),
                  errno == EEXIST ? "; remove it or choose another --out" : "");
    exit(1);
}

void files_open(struct book *b, const struct world *w, const char *out, unsigned day)
{
    char path[600];

    memset(b, 0, sizeof *b);
    b->world = w;
    b->day = day;
    make_folder(out, false);
    if (day > 0) {
        (void)snprintf(b->folder, sizeof b->folder, "%s/day-%u", out, day);
        make_folder(b->folder, true);
    } else {
        (void)snprintf(b->folder, sizeof b->folder, "%s", out);
    }
    (void)snprintf(path, sizeof path, "%s/sites", b->folder);
    make_folder(path, true);
    for (size_t i = 0; i < OFFICES_COUNT; i++) {
        (void)snprintf(path, sizeof path, "%s/sites/%s", b->folder, w->offices[i].site);
        if (w->offices[i].chosen)
            make_folder(path, true);
    }
}

static FILE *start(const struct book *b, const char *name)
{
    char path[600];
    FILE *f;

    (void)snprintf(path, sizeof path, "%s/%s", b->folder, name);
    f = fopen(path, "w");
    if (!f) {
        (void)fprintf(stderr, "county: %s: %s\n", path, strerror(errno));
        exit(1);
    }
    return f;
}

static void finish(FILE *f)
{
    if (ferror(f) || fclose(f) != 0) {
        (void)fprintf(stderr, "county: %s\n", strerror(errno));
        exit(1);
    }
}

static void write_sites(const struct book *b)
{
    FILE *f = start(b, "sites.csv");

    (void)fputs("节点编号,单位编码,单位名称,类别,区划代码,统一社会信用代码\n", f);
    for (size_t i = 0; i < OFFICES_COUNT; i++) {
        const struct office *o = &b->world->offices[i];
        if (o->chosen)
            (void)fprintf(f, "%s,%s,%s,%s,%s,%s\n", o->site, o->unit_code, o->name,
                          o->role == OFFICE_TOWN ? "乡镇" : "部门", o->division, o->uscc);
    }
    finish(f);
}

static void write_truth(const struct book *b)
{
    FILE *f = start(b, "truth.jsonl");

    for (size_t i = 0; i < b->world->truths.count; i++) {
        const struct truth *t = &b->world->truths.at[i];
        (void)fprintf(f, "{\"rule\":\"%s\",\"kind\":\"%s\",\"subject\":\"%s\",", t->rule,
                      t->planted ? "planted" : "near_miss", t->subject);
        if (t->planted)
            (void)fprintf(
                f, "\"episode\":\"%s\",\"amount_fen\":%" PRId64 ",\"months\":%d,\"level\":%d,",
                t->episode, t->amount_fen, t->months, t->level);
        (void)fprintf(f, "\"why\":\"%s\"}\n", t->why);
    }
    finish(f);
}

static void write_counts(FILE *f, size_t files, struct sheet_count count)
{
    (void)fprintf(f, "{\"files\":%zu,\"rows\":%zu,\"rejected\":%zu,\"good\":%zu}", files,
                  count.rows, count.broken, count.rows - count.broken);
}

/* Counts by dataset, of one office or (NULL) of all. */
static void write_datasets(FILE *f, const struct book *b, const struct office *o)
{
    const char *between = "";

    (void)fputc('{', f);
    for (size_t first = 0; first < b->entries.count; first++) {
        const struct layout *layout = b->entries.at[first].layout;
        struct sheet_count sum = {0, 0};
        size_t files = 0;
        for (size_t i = 0; i < b->entries.count; i++) {
            const struct entry *e = &b->entries.at[i];
            if (e->layout != layout || (o && e->office != o))
                continue;
            if (i < first) {
                files = 0;
                break;
            }
            files++;
            sum.rows += e->count.rows;
            sum.broken += e->count.broken;
        }
        if (files == 0)
            continue;
        (void)fprintf(f, "%s\"%s\":", between, layout->dataset);
        write_counts(f, files, sum);
        between = ",";
    }
    (void)fputc('}', f);
}

static void write_rules(FILE *f, const struct world *w)
{
    static const char *const rules[] = {"P01", "P02", "H01", "H10"};

    for (size_t i = 0; i < 4; i++) {
        size_t planted = 0, near = 0;
        for (size_t n = 0; n < w->truths.count; n++)
            if (strcmp(w->truths.at[n].rule, rules[i]) == 0)
                *(w->truths.at[n].planted ? &planted : &near) += 1;
        (void)fprintf(f, "%s\"%s\":{\"planted\":%zu,\"near_miss\":%zu}", i ? "," : "", rules[i],
                      planted, near);
    }
}

static void write_expected(const struct book *b)
{
    static const char *const notes[] = {"first", "duplicate", "correction",
                                        "late",  "cut",       "deletion"};
    const struct world *w = b->world;
    FILE *f = start(b, "expected.json");
    const char *between = "";

    (void)fprintf(f,
                  "{\"seed\":%" PRIu64
                  ",\"scale\":%.6g,\"today\":\"%04d-%02d-%02d\",\"day\":%u,\n\"rules\":{",
                  w->seed, w->scale, w->today / 10000, w->today / 100 % 100, w->today % 100,
                  b->day);
    write_rules(f, w);
    (void)fputs("},\n\"totals\":", f);
    write_datasets(f, b, NULL);
    (void)fputs(",\n\"sites\":{", f);
    for (size_t i = 0; i < OFFICES_COUNT; i++) {
        if (!w->offices[i].chosen)
            continue;
        (void)fprintf(f, "%s\n\"%s\":", between, w->offices[i].site);
        write_datasets(f, b, &w->offices[i]);
        between = ",";
    }
    (void)fputs("},\n\"files\":[", f);
    for (size_t i = 0; i < b->entries.count; i++) {
        const struct entry *e = &b->entries.at[i];
        (void)fprintf(f,
                      "%s\n{\"site\":\"%s\",\"name\":\"%s\",\"dataset\":\"%s\",\"note\":\"%s\","
                      "\"rows\":%zu,\"rejected\":%zu}",
                      i ? "," : "", e->office->site, e->name, e->layout->dataset, notes[e->note],
                      e->count.rows, e->count.broken);
    }
    (void)fputs("]}\n", f);
    finish(f);
}

void files_close(struct book *b)
{
    if (b->day == 0) {
        write_sites(b);
        write_truth(b);
    }
    write_expected(b);
    free(b->entries.at);
}
