#include "common/model/loader.h"

#include "common/base/arena.h"
#include "common/base/date.h"
#include "common/base/vec.h"
#include "common/model/reading.h"

#include <stdlib.h>

struct days {
    VEC(int32_t) off, worked;
};

static int by_date(const void *a, const void *b)
{
    int32_t left = *(const int32_t *)a;
    int32_t right = *(const int32_t *)b;
    return (left > right) - (left < right);
}

/* Only what the week does not say by itself may stand here: a weekday off, a weekend worked. */
static void read_dates(struct reading *r, struct days *days, bool is_off)
{
    static const struct workdays week = {0};
    do {
        const struct decl_token *t = reading_peek(r);
        if (!t || t->kind != DECL_DATE) {
            reading_fault(r, "workdays.date", STR("此处应为日期,如 2026-10-01"),
                          STR("a date like 2026-10-01 is expected here"));
            return;
        }
        int32_t date = (int32_t)t->number;
        if (workday_is(&week, date) != is_off)
            reading_fault(r, "workdays.week",
                          is_off ? STR("周末本来就休息,不必列出") : STR("平日本来就上班,不必列出"),
                          is_off ? STR("a weekend is off by itself")
                                 : STR("a weekday is worked by itself"));
        if (is_off)
            VEC_PUSH(&days->off, r->arena, date);
        else
            VEC_PUSH(&days->worked, r->arena, date);
        r->at++;
    } while (reading_take_punct(r, ","));
    reading_end(r);
}

static void read_year(struct reading *r, struct days *days, struct workdays *out)
{
    int64_t year;
    struct str notice;
    if (!reading_int(r, &year) || year < 1900 || year > 9999) {
        r->at = 1;
        reading_fault(r, "workdays.year", STR("year 之后应为年份"),
                      STR("a year is expected behind year"));
        return;
    }
    if (out->first_year == 0 || year < out->first_year)
        out->first_year = (int32_t)year;
    if (year > out->last_year)
        out->last_year = (int32_t)year;
    for (size_t i = 0; i < r->node->child_count; i++) {
        struct reading line = reading_of(r->arena, r->file, &r->node->children[i], r->problems);
        struct str word = decl_keyword(line.node);
        if (str_equal(word, STR("off")) || str_equal(word, STR("worked"))) {
            read_dates(&line, days, str_equal(word, STR("off")));
        } else if (str_equal(word, STR("notice"))) {
            if (reading_string(&line, &notice))
                reading_end(&line);
        } else {
            line.at = 0;
            reading_fault(&line, "decl.keyword", STR("年份中只有 notice、off 和 worked"),
                          STR("a year has notice, off and worked"));
        }
    }
}

void loader_workdays(struct arena *a, const struct decl_file *file, const struct decl_node *node,
                     struct problem_list *problems, struct workdays *out)
{
    struct reading head = reading_of(a, file, node, problems);
    struct days days = {0};
    struct str id, zh, en;
    int64_t version;
    *out = (struct workdays){0};
    if (reading_name(&head, &id) && reading_texts(&head, &zh, &en))
        reading_end(&head);
    for (size_t i = 0; i < node->child_count; i++) {
        struct reading r = reading_of(a, file, &node->children[i], problems);
        if (str_equal(decl_keyword(r.node), STR("year"))) {
            read_year(&r, &days, out);
        } else if (str_equal(decl_keyword(r.node), STR("version"))) {
            if (reading_int(&r, &version))
                reading_end(&r);
        } else {
            r.at = 0;
            reading_fault(&r, "decl.keyword", STR("工作日表中只有 version 和 year"),
                          STR("working days have version and year"));
        }
    }
    if (days.off.count)
        qsort(days.off.at, days.off.count, sizeof *days.off.at, by_date);
    if (days.worked.count)
        qsort(days.worked.at, days.worked.count, sizeof *days.worked.at, by_date);
    out->off = days.off.at;
    out->off_count = days.off.count;
    out->worked = days.worked.at;
    out->worked_count = days.worked.count;
}
