#include "central/calendar/major.h"

#include "common/base/arena.h"
#include "common/base/buf.h"
#include "common/base/utf8.h"

struct period major_period(const struct major_item *item, int32_t month)
{
    bool is_shorter = item->cycle == PERIOD_DAY || item->cycle == PERIOD_WEEK;
    return period_of(is_shorter ? PERIOD_MONTH : item->cycle, month * 100 + 1);
}

bool major_is_listed(const struct major_item *item, int32_t month)
{
    struct period p = major_period(item, month);
    return item->from <= p.last && (!item->to || p.first <= item->to);
}

static bool is_separator(uint32_t c)
{
    return c == 0x3001 /* 、 */ || c == 0xFF0C /* ， */ || c == 0xFF1B /* ； */ || c == ',' ||
           c == ';' || c == '\n' || c == '/';
}

/* The next entry of a list as a person writes it; empty at the end. */
static struct str next_entry(struct str *rest)
{
    while (rest->len) {
        struct str start = *rest;
        size_t len = 0;
        while (rest->len) {
            struct str before = *rest;
            if (is_separator(utf8_next(rest)))
                break;
            len += before.len - rest->len;
        }
        struct str entry = str_trim(str_slice(start, 0, len));
        if (entry.len)
            return entry;
    }
    return STR_NONE;
}

static bool is_named(struct str owner, const struct major_unit *unit)
{
    for (struct str e = next_entry(&owner); e.len; e = next_entry(&owner))
        if (str_equal(e, unit->name) || str_equal(e, unit->code))
            return true;
    return false;
}

/* "各单位", a leader's office that is no unit here: then everybody owes it. */
static bool is_owed_by_all(const struct major_item *item, const struct major_unit *units,
                           size_t unit_count)
{
    for (size_t i = 0; i < unit_count; i++)
        if (is_named(item->owner, &units[i]))
            return false;
    return true;
}

static struct str lacking_of(struct arena *a, struct str required, struct str named)
{
    struct buf out;
    buf_init(&out, a);
    for (struct str e = next_entry(&required); e.len; e = next_entry(&required))
        if (!str_contains(named, e)) {
            if (out.len)
                buf_put_z(&out, "、");
            buf_put(&out, e);
        }
    return buf_str(&out);
}

/* Of several reports in one period the best counts: it is the matter that must be there. */
static void take(struct arena *a, struct major_cell *cell, const struct major_item *item,
                 const struct major_report *r)
{
    struct str lacking = r->is_nothing ? STR_NONE : lacking_of(a, item->materials, r->materials);
    enum major_state state = r->is_nothing ? MAJOR_NOTHING
                             : lacking.len ? MAJOR_INCOMPLETE
                                           : MAJOR_REPORTED;
    if (state > cell->state)
        *cell = (struct major_cell){state, lacking};
}

static size_t item_at(const struct major_item *items, size_t count, int64_t no)
{
    size_t i = 0;
    while (i < count && items[i].no != no)
        i++;
    return i;
}

static size_t unit_at(const struct major_unit *units, size_t count, struct str code)
{
    size_t i = 0;
    while (i < count && !str_equal(units[i].code, code))
        i++;
    return i;
}

void major_judge(struct arena *a, const struct major_item *items, size_t item_count,
                 const struct major_unit *units, size_t unit_count,
                 const struct major_report *reports, size_t report_count, int32_t month,
                 struct major_cell **out_cells)
{
    struct major_cell *cells = NEW_ARRAY(a, struct major_cell, unit_count * item_count + 1);
    for (size_t i = 0; i < item_count; i++) {
        if (!major_is_listed(&items[i], month))
            continue;
        bool is_of_all = is_owed_by_all(&items[i], units, unit_count);
        for (size_t u = 0; u < unit_count; u++)
            if (is_of_all || is_named(items[i].owner, &units[u]))
                cells[u * item_count + i].state = MAJOR_MISSING;
    }
    for (size_t r = 0; r < report_count; r++) {
        size_t i = item_at(items, item_count, reports[r].item);
        size_t u = unit_at(units, unit_count, reports[r].unit);
        if (i == item_count || u == unit_count)
            continue;
        struct period p = major_period(&items[i], month);
        struct major_cell *cell = &cells[u * item_count + i];
        int32_t day = reports[r].month * 100 + 1;
        if (cell->state != MAJOR_NOT_OWED && p.first <= day && day <= p.last)
            take(a, cell, &items[i], &reports[r]);
    }
    *out_cells = cells;
}

void major_add(struct major_count *count, const struct major_cell *cell)
{
    count->owed += cell->state != MAJOR_NOT_OWED;
    count->missing += cell->state == MAJOR_MISSING;
    count->incomplete += cell->state == MAJOR_INCOMPLETE;
    count->nothing += cell->state == MAJOR_NOTHING;
    count->reported += cell->state == MAJOR_REPORTED;
}

bool major_is_complete(const struct major_count *count)
{
    return count->owed > 0 && count->missing == 0 && count->incomplete == 0;
}
