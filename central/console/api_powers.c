#include "central/console/api.h"

#include "central/store/power_store.h"
#include "common/base/date.h"
#include "common/model/catalog.h"

static struct str state_word(enum power_state state)
{
    static const struct str words[] = {
        [POWER_COMING] = STR_INIT("coming"),
        [POWER_IN_FORCE] = STR_INIT("in_force"),
        [POWER_REPLACED] = STR_INIT("replaced"),
        [POWER_ENDED] = STR_INIT("ended"),
    };
    return words[state];
}

/* A code in both languages, as the vocabulary has it; empty when there is none. */
static void put_code(struct json *o, const char *key, const struct vocab *v, struct str code)
{
    struct json *both = json_set_object(o, key);
    for (size_t i = 0; v && i < v->code_count; i++)
        if (str_equal(v->codes[i].code, code)) {
            json_set_str(both, "zh", v->codes[i].zh);
            json_set_str(both, "en", v->codes[i].en);
        }
}

/* One unit: how many powers it holds, and how many editions are not in force. Returns where the
 * next unit begins. */
static size_t put_unit(struct json *o, const struct power_edition *editions, size_t count,
                       size_t at)
{
    size_t first = at;
    int64_t by_state[POWER_ENDED + 1] = {0};
    int64_t high = 0;
    int64_t newest = 0;
    int32_t since = 0;
    for (; at < count && str_equal(editions[at].unit, editions[first].unit); at++) {
        const struct power_edition *e = &editions[at];
        by_state[e->state]++;
        if (e->state != POWER_IN_FORCE)
            continue;
        high += str_equal(e->risk, STR("high"));
        newest = e->edition > newest ? e->edition : newest;
        since = e->from > since ? e->from : since;
    }
    json_set_str(o, "code", editions[first].unit);
    json_set_str(o, "name", editions[first].unit_name);
    json_set_int(o, "in_force", by_state[POWER_IN_FORCE]);
    json_set_int(o, "high", high);
    json_set_int(o, "edition", newest);
    json_set_int(o, "since", since);
    json_set_int(o, "coming", by_state[POWER_COMING]);
    json_set_int(o, "past", by_state[POWER_REPLACED] + by_state[POWER_ENDED]);
    return at;
}

/* The editions as they stood on the day asked for, or stand today; answers itself when it cannot.
 */
static bool read(struct console *c, const struct http_request *r, struct http_response *response,
                 struct str unit, struct power_edition **out_editions, size_t *out_count,
                 int32_t *out_day)
{
    int64_t asked = api_query_int(r, "day");
    if (asked && (asked < 0 || asked > 99991231 || !date_is_valid((int32_t)asked))) {
        http_problem(r, response, 400, "day", "日期应写作 20261124", "a day is written 20261124");
        return false;
    }
    *out_day = asked ? (int32_t)asked : api_today(c);
    enum err e = power_store_list(c->options.store, r->arena, unit, out_editions, out_count);
    if (e != OK) {
        api_fail(r, response, e);
        return false;
    }
    power_judge(*out_editions, *out_count, *out_day);
    return true;
}

void api_powers(struct http_app *app, const struct http_request *r, struct http_response *response)
{
    struct power_edition *editions;
    size_t count;
    int32_t day;
    if (!read(api_console(app), r, response, STR_NONE, &editions, &count, &day))
        return;
    struct json *root = json_new_object();
    json_set_int(root, "day", day);
    struct json *units = json_set_array(root, "units");
    for (size_t at = 0; at < count;)
        at = put_unit(json_add_object(units), editions, count, at);
    api_answer(r, response, root);
}

/* The list of one unit, every edition of it, so that an old decision can be held against the one
 * that was in force then. */
void api_unit_powers(struct http_app *app, const struct http_request *r,
                     struct http_response *response)
{
    struct console *c = api_console(app);
    const struct catalog *catalog = c->options.store->catalog;
    struct power_edition *editions;
    size_t count;
    int32_t day;
    if (!read(c, r, response, r->params[0], &editions, &count, &day))
        return;
    if (count == 0) {
        api_fail(r, response, fail(ERR_MISSING, "a unit without a power list"));
        return;
    }
    struct json *root = json_new_object();
    json_set_int(root, "day", day);
    put_unit(root, editions, count, 0);
    struct json *items = json_set_array(root, "items");
    for (size_t i = 0; i < count; i++) {
        const struct power_edition *e = &editions[i];
        struct json *o = json_add_object(items);
        json_set_str(o, "item", e->item);
        json_set_str(o, "name", e->name);
        put_code(o, "kind", catalog_vocab(catalog, STR("power_kind")), e->kind);
        put_code(o, "risk", catalog_vocab(catalog, STR("risk_level")), e->risk);
        json_set_str(o, "post", e->post);
        json_set_int(o, "limit_days", e->limit_days);
        json_set_int(o, "edition", e->edition);
        json_set_int(o, "from", e->from);
        json_set_int(o, "to", e->to);
        json_set_str(o, "state", state_word(e->state));
    }
    api_answer(r, response, root);
}
