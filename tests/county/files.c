#include "tests/county/files.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tests/county/world/calendar.h"

#define WORKBOOK_SCALE 10
#define WORKBOOK_LAYOUT 80 /* rows between two broken ones: long lists have more */
#define REPEATED_EVERY 60  /* of a later day: one in so many files comes again */

size_t *files_shuffled(const struct world *w, const char *purpose, size_t n)
{
    struct dice d = dice_for(w->seed, purpose, 7);
    size_t *order = calloc(n + 1, sizeof *order);

    if (!order) {
        fputs("county: out of memory\n", stderr);
        exit(1);
    }
    for (size_t i = 0; i < n; i++) {
        size_t j = dice_below(&d, (uint32_t)i + 1);
        order[i] = order[j];
        order[j] = i;
    }
    return order;
}

static bool is_repeated(const struct book *b, uint64_t style)
{
    struct dice d = dice_for(style, "again", b->day);

    return dice_below(&d, REPEATED_EVERY) == 0;
}

/* Short lists come as workbooks now and then; above this scale a list may be longer than a sheet.
 */
static bool is_workbook(const struct world *w, const struct layout *layout, uint64_t style)
{
    struct dice d = dice_for(style, "workbook", 0);

    return w->scale <= WORKBOOK_SCALE && layout->broken_every <= WORKBOOK_LAYOUT &&
           dice_chance(&d, 220);
}

struct slot files_slot(const struct office *office, const struct layout *layout, const char *name)
{
    struct slot s = {office, layout, NOTE_FIRST, "", NULL, false};

    (void)snprintf(s.name, sizeof s.name, "%s", name);
    return s;
}

void files_row(struct book *b, struct slot *s, const struct row *row)
{
    const struct world *w = b->world;
    char path[768], identity[128];
    uint64_t style;

    if (s->is_skipped)
        return;
    if (!s->sheet) {
        (void)snprintf(identity, sizeof identity, "%s/%s", s->office->site, s->name);
        style = w->seed ^ dice_hash(identity);
        if (b->day > 0 && s->note == NOTE_FIRST) {
            s->is_skipped = !is_repeated(b, style);
            s->note = NOTE_DUPLICATE;
            if (s->is_skipped)
                return;
        }
        if (s->note <= NOTE_DUPLICATE && is_workbook(w, s->layout, style))
            (void)strcpy(strrchr(s->name, '.'), ".xlsx");
        (void)snprintf(path, sizeof path, "%s/sites/%s/%s", b->folder, s->office->site, s->name);
        s->sheet = sheet_open(path, s->office->name, s->layout, style, w->today);
    }
    sheet_row(s->sheet, row->cells);
}

void files_cut(struct slot *s, const struct row *row)
{
    if (s->sheet)
        sheet_cut(s->sheet, row->cells);
}

void files_end(struct book *b, struct slot *s)
{
    struct entry *e;

    if (!s->sheet)
        return;
    e = WORLD_ADD(b->entries);
    e->office = s->office;
    e->layout = s->layout;
    e->note = s->note;
    (void)snprintf(e->name, sizeof e->name, "%s", s->name);
    e->count = sheet_close(s->sheet);
    s->sheet = NULL;
}

enum town_file {
    FILE_LAND,
    FILE_PENSION,
    FILE_SUPPORT,
    FILE_ENROL_LAND = FILE_SUPPORT + 4,
    FILE_ENROL_PEOPLE,
    TOWN_FILES
};

static enum town_file pay_file(const struct world *w, const struct pay *p)
{
    if (p->programme >= WEIGAI && p->programme != SANGZANG)
        return FILE_LAND;
    if (p->programme == JUMIN)
        return FILE_PENSION;
    return FILE_SUPPORT + (enum town_file)((p->month - w->last_month + 11) / 3);
}

static void name_town_files(const struct world *w, const struct town *t,
                            struct slot slots[TOWN_FILES])
{
    int32_t last = w->last_month, year = w->today / 10000;

    memset(slots, 0, TOWN_FILES * sizeof *slots);
    for (size_t i = 0; i < TOWN_FILES; i++) {
        slots[i].office = t->office;
        slots[i].layout = &rows_layouts[i < FILE_ENROL_LAND ? BENEFIT_PAY : BENEFIT_ENROL];
    }
    (void)snprintf(slots[FILE_LAND].name, FILES_NAME_BYTES, "惠农补贴发放_%d年.csv", year);
    (void)snprintf(slots[FILE_PENSION].name, FILES_NAME_BYTES, "居民养老发放_%06d-%06d.csv",
                   calendar_ym(last - 1), calendar_ym(last));
    for (int32_t q = 0; q < 4; q++)
        (void)snprintf(slots[FILE_SUPPORT + q].name, FILES_NAME_BYTES, "社会救助发放_%06d-%06d.csv",
                       calendar_ym(last - 11 + 3 * q), calendar_ym(last - 9 + 3 * q));
    (void)snprintf(slots[FILE_ENROL_LAND].name, FILES_NAME_BYTES, "享受资格_惠农.csv");
    (void)snprintf(slots[FILE_ENROL_PEOPLE].name, FILES_NAME_BYTES, "享受资格_民生.csv");
}

void files_town(struct book *b, const struct town *t)
{
    struct slot slots[TOWN_FILES];
    struct row row;
    size_t *order = files_shuffled(b->world, t->office->site, t->pays.count);

    name_town_files(b->world, t, slots);
    for (size_t i = 0; i < t->pays.count; i++) {
        const struct pay *p = &t->pays.at[order[i]];
        rows_pay(t, p, 0, &row);
        files_row(b, &slots[pay_file(b->world, p)], &row);
    }
    free(order);
    order = files_shuffled(b->world, t->office->site, t->enrols.count);
    for (size_t i = 0; i < t->enrols.count; i++) {
        const struct enrol *e = &t->enrols.at[order[i]];
        rows_enrol(t, e, &row);
        files_row(b, &slots[e->programme >= WEIGAI ? FILE_ENROL_LAND : FILE_ENROL_PEOPLE], &row);
    }
    free(order);
    for (size_t i = 0; i < TOWN_FILES; i++)
        files_end(b, &slots[i]);
}

static void drop_officials(struct book *b)
{
    const struct world *w = b->world;
    size_t *order = files_shuffled(w, "officials", w->officials.count);
    char name[FILES_NAME_BYTES];
    struct row row;

    (void)snprintf(name, sizeof name, "干部名册_%08d.csv", w->today);
    for (size_t i = 0; i < OFFICES_COUNT; i++) {
        struct slot s = files_slot(&w->offices[i], &rows_layouts[OFFICIAL], name);
        for (size_t n = 0; n < w->officials.count; n++) {
            if (w->officials.at[order[n]].office != s.office)
                continue;
            rows_official(&w->officials.at[order[n]], 0, &row);
            files_row(b, &s, &row);
        }
        files_end(b, &s);
    }
    free(order);
}

static void drop_penalties(struct book *b)
{
    const struct world *w = b->world;
    size_t *order = files_shuffled(w, "penalties", w->penalties.count);
    char name[FILES_NAME_BYTES];
    struct row row;

    for (size_t i = 0; i < OFFICES_COUNT; i++) {
        for (int32_t year = w->today / 10000 - 4; w->offices[i].prefix && year <= w->today / 10000;
             year++) {
            (void)snprintf(name, sizeof name, "行政处罚_%d年.csv", year);
            struct slot s = files_slot(&w->offices[i], &rows_layouts[PENALTY], name);
            for (size_t n = 0; n < w->penalties.count; n++) {
                const struct penalty *p = &w->penalties.at[order[n]];
                if (p->office != s.office || p->decided_on / 10000 != year)
                    continue;
                rows_penalty(p, &row);
                files_row(b, &s, &row);
            }
            files_end(b, &s);
        }
    }
    free(order);
}

static void drop_deaths(struct book *b)
{
    static const enum office_role roles[DEATH_SOURCES] = {OFFICE_POLICE, OFFICE_CIVIL,
                                                          OFFICE_HEALTH};
    static const char *const names[DEATH_SOURCES] = {"死亡户口注销登记.csv", "殡葬火化登记.csv",
                                                     "死亡医学证明登记.csv"};
    const struct world *w = b->world;
    struct row row;

    for (int source = 0; source < DEATH_SOURCES; source++) {
        struct slot s = files_slot(offices_with(w->offices, roles[source]), &rows_layouts[DEATHS],
                                   names[source]);
        size_t *order = files_shuffled(w, names[source], w->deaths.count);
        for (size_t n = 0; n < w->deaths.count; n++) {
            if (!w->deaths.at[order[n]].died_on[source])
                continue;
            rows_death(&w->deaths.at[order[n]], (enum death_source)source, &row);
            files_row(b, &s, &row);
        }
        free(order);
        files_end(b, &s);
    }
}

void files_county(struct book *b)
{
    const struct world *w = b->world;
    struct slot units =
        files_slot(offices_with(w->offices, OFFICE_PERSONNEL), &rows_layouts[UNIT], "单位名录.csv");
    struct slot judgments = files_slot(offices_with(w->offices, OFFICE_COURT),
                                       &rows_layouts[JUDGMENT], "刑事判决登记.csv");
    struct slot cases = files_slot(offices_with(w->offices, OFFICE_COMMISSION),
                                   &rows_layouts[DISCIPLINE_CASE], "四种形态案件台账.csv");
    size_t *order;
    struct row row;

    for (size_t i = 0; i < OFFICES_COUNT; i++) {
        rows_unit(&w->offices[i], &row);
        files_row(b, &units, &row);
    }
    files_end(b, &units);
    order = files_shuffled(w, "judgments", w->judgments.count);
    for (size_t i = 0; i < w->judgments.count; i++) {
        rows_judgment(&w->judgments.at[order[i]], &row);
        files_row(b, &judgments, &row);
    }
    free(order);
    files_end(b, &judgments);
    order = files_shuffled(w, "cases", w->disciplines.count);
    for (size_t i = 0; i < w->disciplines.count; i++) {
        rows_discipline(&w->disciplines.at[order[i]], &row);
        files_row(b, &cases, &row);
    }
    free(order);
    files_end(b, &cases);
    drop_officials(b);
    drop_penalties(b);
    drop_deaths(b);
}
