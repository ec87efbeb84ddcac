#include "central/roles/roles.h"

#include "central/store/company_store.h"
#include "central/store/identity_store.h"
#include "common/base/arena.h"
#include "common/base/check.h"
#include "common/json/json.h"
#include "common/os/clock.h"

#include <stdio.h>

#define USAGE                                                                                      \
    "identity list [all] | explain PAIR | decide PAIR same|different|unclear BY REASON | split "   \
    "PAIR WAY BY REASON | undo DECISION BY REASON | companies | "                                  \
    "look-again"

static void print(struct arena *a, struct json *root)
{
    struct str text = json_write(root, a);
    fwrite(text.ptr, 1, text.len, stdout);
    fputc('\n', stdout);
    json_free(root);
}

static void put_pair(struct json *o, const struct identity_pair *p)
{
    json_set_int(o, "pair", p->id);
    json_set_str(o, "kind", p->kind);
    json_set_int(o, "tier", p->tier);
    json_set_int(o, "score", p->score);
    json_set_str(o, "explanation", p->explanation);
    json_set_int(o, "person", p->cluster);
    json_set_str(o, "number", p->number);
    json_set_str(o, "name", p->name);
    json_set_int(o, "other", p->other_cluster);
    json_set_str(o, "other_number", p->other_number);
    json_set_str(o, "other_name", p->other_name);
    json_set_int(o, "opened_ms", p->opened_ms);
    json_set_str(o, "decision", p->decision);
    json_set_str(o, "decided_by", p->decided_by);
    json_set_str(o, "reason", p->reason);
}

static enum err list(struct hub *h, struct arena *a, const struct options_words *words)
{
    struct identity_filter filter = {.is_open =
                                         words->count < 3 || !str_equal(words->at[2], STR("all"))};
    struct json *root = json_new_array();
    enum err e = OK;
    do {
        struct identity_pair *pairs;
        size_t count = 0;
        int64_t total;
        e = identity_store_list(h->store, a, &filter, &pairs, &count, &total, &filter.after);
        for (size_t i = 0; i < count && e == OK; i++)
            put_pair(json_add_object(root), &pairs[i]);
    } while (e == OK && filter.after);
    print(a, root);
    return e;
}

/* Rows that name a company without its code, and the code that stands beside that name elsewhere.
 */
static enum err companies(struct hub *h, struct arena *a)
{
    struct company_proposal *rows;
    size_t count;
    TRY(company_store_proposals(h->store, a, &rows, &count));
    struct json *root = json_new_array();
    for (size_t i = 0; i < count; i++) {
        struct json *o = json_add_object(root);
        json_set_str(o, "dataset", rows[i].dataset);
        json_set_str(o, "field", rows[i].field);
        json_set_str(o, "name", rows[i].name);
        json_set_int(o, "rows", rows[i].rows);
        json_set_str(o, "uscc", rows[i].uscc);
        json_set_str(o, "uscc_name", rows[i].uscc_name);
        json_set_int(o, "codes", rows[i].codes);
        json_set_bool(o, "is_branch", rows[i].is_branch);
    }
    print(a, root);
    return OK;
}

static enum err look_again(struct hub *h)
{
    int64_t rows;
    int64_t moved;
    TRY(identity_store_look_again(h->store, clock_wall_ms(clock_real()), &rows, &moved));
    printf("{\"rows\":%lld,\"moved\":%lld}\n", (long long)rows, (long long)moved);
    return OK;
}

static enum err put_cluster(struct hub *h, struct arena *a, int64_t cluster, struct json *o)
{
    struct identity_way *ways;
    struct identity_rows *rows;
    size_t way_count;
    size_t row_count;
    TRY(identity_store_ways(h->store, a, cluster, &ways, &way_count));
    TRY(identity_store_rows(h->store, a, cluster, &rows, &row_count));
    json_set_int(o, "person", cluster);
    struct json *way_list = json_set_array(o, "ways");
    for (size_t i = 0; i < way_count; i++) {
        struct json *x = json_add_object(way_list);
        json_set_int(x, "way", (int64_t)i);
        json_set_str(x, "number", ways[i].number);
        json_set_str(x, "name", ways[i].name);
        json_set_int(x, "tier", ways[i].tier);
        json_set_str(x, "explanation", ways[i].explanation);
        json_set_str(x, "decided_by", ways[i].decided_by);
        json_set_int(x, "at_ms", ways[i].at_ms);
    }
    struct json *row_list = json_set_array(o, "rows");
    for (size_t i = 0; i < row_count; i++) {
        struct json *x = json_add_object(row_list);
        json_set_str(x, "dataset", rows[i].dataset);
        json_set_str(x, "site", rows[i].site);
        json_set_int(x, "rows", rows[i].rows);
    }
    return OK;
}

static void put_event(struct json *o, const struct identity_event *e)
{
    json_set_int(o, "decision", e->id);
    json_set_str(o, "kind", e->kind);
    json_set_int(o, "kept", e->kept);
    json_set_int(o, "moved", e->moved);
    json_set_str(o, "by", e->by);
    json_set_int(o, "at_ms", e->at_ms);
    json_set_str(o, "reason", e->reason);
    json_set_str(o, "undone_by", e->undone_by);
    json_set_str(o, "undone_reason", e->undone_reason);
}

static enum err explain(struct hub *h, struct arena *a, int64_t pair)
{
    struct identity_pair p;
    struct identity_event *events;
    size_t count;
    TRY(identity_store_get(h->store, a, pair, &p));
    TRY(identity_store_events(h->store, a, p.cluster, pair, &events, &count));
    struct json *root = json_new_object();
    put_pair(root, &p);
    json_set_str(root, "say_zh", p.say_zh);
    json_set_str(root, "say_en", p.say_en);
    struct json *clusters = json_set_array(root, "persons");
    enum err e = put_cluster(h, a, p.cluster, json_add_object(clusters));
    if (e == OK && p.other_cluster != p.cluster)
        e = put_cluster(h, a, p.other_cluster, json_add_object(clusters));
    struct json *history = json_set_array(root, "decisions");
    for (size_t i = 0; i < count; i++)
        put_event(json_add_object(history), &events[i]);
    print(a, root);
    return e;
}

/* With the names of those who decide: what a person is merged by has a person behind it. */
static enum err change(struct hub *h, struct arena *a, const struct options_words *words,
                       int64_t *out_event)
{
    struct identity_word word = {.now_ms = clock_wall_ms(clock_real())};
    struct str what = words->at[1];
    struct identity_pair p;
    int64_t id;
    int64_t way;
    bool is_undo = str_equal(what, STR("undo"));
    if (words->count != (is_undo ? 5 : 6) || !str_to_i64(words->at[2], &id))
        return fail(ERR_USAGE, USAGE);
    word.by = words->at[words->count - 2];
    word.reason = words->at[words->count - 1];
    *out_event = id;
    if (is_undo)
        return identity_store_undo(h->store, a, id, &word);
    if (str_equal(what, STR("decide")) &&
        (str_equal(words->at[3], STR("same")) || str_equal(words->at[3], STR("different")) ||
         str_equal(words->at[3], STR("unclear"))))
        return identity_store_decide(h->store, a, id, words->at[3], &word, out_event);
    if (!str_equal(what, STR("split")) || !str_to_i64(words->at[3], &way) || way < 0)
        return fail(ERR_USAGE, USAGE);
    TRY(identity_store_get(h->store, a, id, &p));
    return identity_store_split(h->store, a, p.cluster, (size_t)way, &word, out_event);
}

enum err roles_identity(struct hub *h, struct arena *a, const struct options_words *words)
{
    int64_t id;
    int64_t event = 0;
    if (words->count > 1 && str_equal(words->at[1], STR("list")))
        return list(h, a, words);
    if (words->count == 2 && str_equal(words->at[1], STR("companies")))
        return companies(h, a);
    if (words->count == 2 && str_equal(words->at[1], STR("look-again")))
        return look_again(h);
    if (words->count == 3 && str_equal(words->at[1], STR("explain")) &&
        str_to_i64(words->at[2], &id))
        return explain(h, a, id);
    if (words->count < 5)
        return fail(ERR_USAGE, USAGE);
    TRY(db_begin(h->db));
    TRY(db_end(h->db, change(h, a, words, &event)));
    printf("{\"decision\":%lld}\n", (long long)event);
    return OK;
}
