/* Relatives of those in public office: from the personal reports, the household register, or what
 * they said. */
#include "tests/county/masters/masters.h"
#include "tests/county/world/calendar.h"

enum { KIN_SPOUSE, KIN_SON, KIN_DAUGHTER, KIN_PARENT, KIN_SIBLING };

/* Who of the family, between which ages if the official's is known, and for how many of a thousand.
 */
struct branch {
    int relation;
    int32_t younger, older; /* than the official: the years from … to */
    uint32_t per_mille;
};

static const struct branch family[] = {
    {KIN_SPOUSE, 4, 4, 930},    {KIN_SON, 28, -22, 520},    {KIN_DAUGHTER, 28, -22, 480},
    {KIN_SON, 26, -20, 160},    {KIN_PARENT, -22, 30, 900}, {KIN_PARENT, -22, 30, 900},
    {KIN_PARENT, -20, 32, 820}, {KIN_PARENT, -20, 32, 820}, {KIN_SIBLING, 7, 7, 760},
    {KIN_SIBLING, 9, 9, 420},   {KIN_SIBLING, 5, 8, 300},
};

static void write_relative(struct book *b, const struct official *o, const struct branch *of,
                           const struct person *who, struct slot *s)
{
    static const uint16_t sources[] = {60, 30, 10};
    struct dice d = dice_for(b->world->seed, who->id, 3);
    struct row r;

    row_begin(&r);
    row_text(&r, o->who->id);
    row_text(&r, o->who->name);
    row_text(&r, who->id);
    row_text(&r, who->name);
    row_number(&r, of->relation == KIN_SON || of->relation == KIN_DAUGHTER
                       ? (who->male ? KIN_SON : KIN_DAUGHTER)
                       : of->relation);
    row_number(&r, (int64_t)dice_weighted(&d, sources, 3));
    row_date(&r, 0);
    files_row(b, s, &r);
}

void masters_kin(struct book *b, struct world *w)
{
    struct slot s = files_slot(offices_named(w->offices, "中共肇东市委组织部"),
                               &masters_layouts[MASTER_KIN], "公职人员亲属关系.csv");

    for (size_t i = 0; i < w->officials.count; i++) {
        const struct official *o = &w->officials.at[i];
        struct dice d = dice_for(w->seed, o->who->id, 9);
        int32_t age = people_age(o->who, w->today);
        struct people_pool pool = {0};
        for (size_t n = 0; !o->reserved && n < sizeof family / sizeof *family; n++) {
            const struct branch *of = &family[n];
            int32_t from = age - of->younger, to = age + of->older;
            bool is_blood = of->relation != KIN_SPOUSE;
            if (!dice_chance(&d, of->per_mille) || to < 1)
                continue;
            from = from < 1 ? 1 : from;
            to = to > 96 ? 96 : to;
            if (from > to)
                continue;
            write_relative(b, o, of,
                           people_make(&w->people, &pool, &d, from, to, o->who->town,
                                       is_blood ? o->who->name : NULL),
                           &s);
        }
        people_forget(&pool);
    }
    files_end(b, &s);
}
