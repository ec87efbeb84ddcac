/* Those who serve a sentence, and those whom courts and agencies keep off the market. */
#include <stdio.h>
#include <stdlib.h>

#include "tests/county/registers/rows.h"
#include "tests/county/world/calendar.h"

#define BANNED 900

enum prison { PRISON, DETENTION_HOUSE, COMMUNITY };

static void drop_prison_terms(struct book *b)
{
    const struct world *w = b->world;
    struct slot s = files_slot(offices_named(w->offices, "肇东市司法局"),
                               &registers_layouts[REGISTER_PRISON], "服刑人员.csv");
    size_t *order = files_shuffled(w, "prison", w->judgments.count);
    struct row r;

    for (size_t i = 0; i < w->judgments.count; i++) {
        const struct judgment *j = &w->judgments.at[order[i]];
        bool is_free = j->probation > 0;
        int32_t began, ended;
        if (!j->of_citizen || !j->effective_on || j->sentence > FIXED_TERM || j->term == 0)
            continue;
        began = calendar_add(j->effective_on, is_free ? 5 : 1);
        ended = calendar_add(began, (is_free ? j->probation : j->term) * 30);
        if (began > w->today)
            continue;
        row_begin(&r);
        row_text(&r, j->party.who->id);
        row_text(&r, j->party.who->name);
        row_date(&r, began);
        row_date(&r, ended <= w->today ? ended : 0);
        row_number(&r, is_free || j->sentence == CONTROL ? COMMUNITY
                       : j->term <= 4                    ? DETENTION_HOUSE
                                                         : PRISON);
        register_source(&r, b, "肇东市司法局");
        files_row(b, &s, &r);
    }
    free(order);
    files_end(b, &s);
}

/* People and firms that stand in no other register. */
static void drop_banned(struct book *b, struct world *w)
{
    static const char *const words[] = {"宏运", "利达", "金源", "广顺", "鼎盛", "百川", "富强"};
    static const uint16_t kinds[] = {78, 4, 8, 10};
    struct slot s = files_slot(offices_with(w->offices, OFFICE_COURT),
                               &registers_layouts[REGISTER_BAN], "失信和禁入名单.csv");
    struct dice d = dice_for(w->seed, "banned", 0);
    size_t count = world_scaled(w, BANNED, 4);
    char uscc[19];
    struct row r;

    for (size_t i = 0; i < count; i++) {
        size_t kind = dice_weighted(&d, kinds, 4);
        int32_t from = calendar_add(w->today, -dice_range(&d, 10, 1400));
        row_begin(&r);
        if (kind == 0 && dice_chance(&d, 800)) {
            const struct person *who =
                people_make(&w->people, &w->pool, &d, 24, 68, world_any_place(w), NULL);
            row_text(&r, who->name);
            row_text(&r, who->id);
        } else {
            offices_uscc("91", 12800000u + (uint32_t)i * 11u, uscc);
            row_format(&r, "肇东市%s%s有限公司", words[dice_below(&d, 7)],
                       dice_chance(&d, 500) ? "建筑安装" : "贸易");
            row_text(&r, uscc);
        }
        row_number(&r, (int64_t)kind);
        row_date(&r, from);
        row_date(&r, calendar_add(from, 365 * dice_range(&d, 1, 3)));
        row_format(&r, "（%d）黑1282执%u号", from / 10000, (unsigned)(i * 17 + 3));
        register_source(&r, b, "肇东市人民法院");
        files_row(b, &s, &r);
    }
    files_end(b, &s);
}

void registers_lists(struct book *b, struct world *w)
{
    drop_prison_terms(b);
    drop_banned(b, w);
}
