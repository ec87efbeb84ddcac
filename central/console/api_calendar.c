#include "central/console/api.h"

#include "central/store/duty_store.h"
#include "common/base/arena.h"
#include "common/base/check.h"
#include "common/base/workday.h"
#include "common/model/catalog.h"

#define PERIODS_SHOWN 12

static void put_state(struct arena *a, struct json *o, const struct duty *d,
                      const struct duty_state *s)
{
    json_set_str(o, "period", period_name(a, d->cycle, s->period));
    json_set_int(o, "due", s->due);
    json_set_int(o, "filled", s->filled);
    json_set_int(o, "rows", s->rows);
    json_set_bool(o, "nothing", s->is_nothing);
    json_set_int(o, "late_days", s->late_days);
}

static void put_duty(struct console *c, struct arena *a, struct json *items,
                     const struct duty_row *row, const struct duty_arrival *arrivals, size_t count)
{
    const struct catalog *catalog = c->options.store->catalog;
    const struct dataset *d = catalog_dataset(catalog, row->dataset);
    struct duty_state *states;
    size_t n;
    int64_t overdue = 0;
    int64_t worst = 0;
    duty_judge(a, &row->duty, catalog->workdays, arrivals, count, api_today(c), &states, &n);
    for (size_t i = 0; i < n; i++)
        if (!states[i].filled && states[i].late_days) {
            overdue++;
            worst = states[i].late_days > worst ? states[i].late_days : worst;
        }
    struct json *o = json_add_object(items);
    json_set_str(o, "site", row->site);
    json_set_str(o, "name", row->site_name);
    json_set_str(o, "dataset", row->dataset);
    json_set_str(o, "zh", d ? d->zh : row->dataset);
    json_set_str(o, "en", d ? d->en : row->dataset);
    json_set_str(o, "cycle", period_cycle_word(row->duty.cycle));
    json_set_int(o, "due_days", row->duty.due_days);
    json_set_int(o, "overdue", overdue);
    json_set_int(o, "late_days", worst);
    struct json *periods = json_set_array(o, "periods"); /* newest first */
    for (size_t i = n; i > 0 && n - i < PERIODS_SHOWN; i--)
        put_state(a, json_add_object(periods), &row->duty, &states[i - 1]);
}

static bool is_of(const struct duty_came *c, const struct duty_row *row)
{
    return str_equal(c->site, row->site) && str_equal(c->dataset, row->dataset);
}

/* Duties and arrivals come in the same order: one walk over both. */
void api_calendar(struct http_app *app, const struct http_request *r,
                  struct http_response *response)
{
    struct console *c = api_console(app);
    struct duty_row *rows;
    struct duty_came *came;
    size_t row_count;
    size_t came_count;
    size_t at = 0;
    enum err e = duty_store_list(c->options.store, r->arena, &rows, &row_count);
    if (e == OK)
        e = duty_store_arrivals(c->options.store, r->arena, &came, &came_count);
    if (e != OK) {
        api_fail(r, response, e);
        return;
    }
    struct json *root = json_new_object();
    struct json *items = json_set_array(root, "items");
    for (size_t i = 0; i < row_count; i++) {
        size_t first = at;
        while (at < came_count && is_of(&came[at], &rows[i]))
            at++;
        struct duty_arrival *arrivals = NEW_ARRAY(r->arena, struct duty_arrival, at - first);
        for (size_t k = first; k < at; k++)
            arrivals[k - first] = came[k].arrival;
        put_duty(c, r->arena, items, &rows[i], arrivals, at - first);
    }
    api_answer(r, response, root);
}
