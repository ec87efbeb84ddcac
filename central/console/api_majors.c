#include "central/console/api.h"

#include "central/store/major_store.h"
#include "common/base/arena.h"

static struct str state_word(enum major_state state)
{
    static const struct str words[] = {
        [MAJOR_NOT_OWED] = STR_INIT("not_owed"),     [MAJOR_MISSING] = STR_INIT("missing"),
        [MAJOR_INCOMPLETE] = STR_INIT("incomplete"), [MAJOR_NOTHING] = STR_INIT("nothing"),
        [MAJOR_REPORTED] = STR_INIT("reported"),
    };
    return words[state];
}

static void put_count(struct json *o, const struct major_count *n)
{
    json_set_int(o, "owed", n->owed);
    json_set_int(o, "reported", n->reported);
    json_set_int(o, "nothing", n->nothing);
    json_set_int(o, "incomplete", n->incomplete);
    json_set_int(o, "missing", n->missing);
}

/* A unit with the items that it still owes; what is in order needs no line. */
static void put_unit(struct arena *a, struct json *o, const struct major_book *book,
                     const struct major_unit *unit, const struct major_cell *cells, int32_t month)
{
    struct major_count count = {0};
    json_set_str(o, "code", unit->code);
    json_set_str(o, "name", unit->name);
    struct json *gaps = json_set_array(o, "gaps");
    for (size_t i = 0; i < book->item_count; i++) {
        const struct major_item *item = &book->items[i];
        major_add(&count, &cells[i]);
        if (cells[i].state != MAJOR_MISSING && cells[i].state != MAJOR_INCOMPLETE)
            continue;
        struct json *gap = json_add_object(gaps);
        json_set_int(gap, "no", item->no);
        json_set_str(gap, "name", item->name);
        json_set_str(gap, "period", period_name(a, item->cycle, major_period(item, month)));
        json_set_str(gap, "state", state_word(cells[i].state));
        json_set_str(gap, "lacking", cells[i].lacking);
    }
    put_count(o, &count);
}

static int64_t count_listed(const struct major_book *book, int32_t month)
{
    int64_t listed = 0;
    for (size_t i = 0; i < book->item_count; i++)
        listed += major_is_listed(&book->items[i], month);
    return listed;
}

/* How many of the items are in order everywhere: the "80/80". */
static int64_t count_complete(const struct major_book *book, const struct major_cell *cells)
{
    int64_t complete = 0;
    for (size_t i = 0; i < book->item_count; i++) {
        struct major_count count = {0};
        for (size_t u = 0; u < book->unit_count; u++)
            major_add(&count, &cells[u * book->item_count + i]);
        complete += major_is_complete(&count);
    }
    return complete;
}

void api_majors(struct http_app *app, const struct http_request *r, struct http_response *response)
{
    struct console *c = api_console(app);
    struct major_book book;
    struct major_cell *cells;
    int64_t asked = api_query_int(r, "month");
    int32_t month = asked ? (int32_t)asked : api_today(c) / 100;
    if (asked && (asked < 190001 || asked > 999912 || asked % 100 < 1 || asked % 100 > 12)) {
        http_problem(r, response, 400, "month", "月份应写作 202611", "a month is written 202611");
        return;
    }
    enum err e = major_store_read(c->options.store, r->arena, month, &book);
    if (e != OK) {
        api_fail(r, response, e);
        return;
    }
    major_judge(r->arena, book.items, book.item_count, book.units, book.unit_count, book.reports,
                book.report_count, month, &cells);
    struct json *root = json_new_object();
    json_set_int(root, "month", month);
    json_set_int(root, "items", count_listed(&book, month));
    json_set_int(root, "complete", count_complete(&book, cells));
    struct json *units = json_set_array(root, "units");
    for (size_t u = 0; u < book.unit_count; u++)
        put_unit(r->arena, json_add_object(units), &book, &book.units[u],
                 &cells[u * book.item_count], month);
    api_answer(r, response, root);
}
