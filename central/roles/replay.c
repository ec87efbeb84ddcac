#include "central/roles/roles.h"

#include "central/evidence/replay.h"
#include "central/store/change_store.h"
#include "common/base/arena.h"
#include "common/base/hex.h"
#include "common/json/json.h"

#include <stdio.h>

static void put_hash(struct json *o, const char *key, struct arena *a, const struct hash *h)
{
    json_set_str(o, key, hex_encode(a, hash_str(h)));
}

static void put_replay(struct json *o, struct arena *a, const struct replay *r)
{
    const struct result *then = &r->then;
    struct str zh;
    struct str en;
    bool is_found = r->verdict == REPLAY_EQUAL || r->verdict == REPLAY_DIFFERS;
    replay_explain(r->verdict, &zh, &en);
    json_set_str(o, "verdict", str_of(replay_word(r->verdict)));
    json_set_str(o, "verdict_zh", zh);
    json_set_str(o, "verdict_en", en);
    json_set_int(o, "at_ms", then->when.at_ms);
    json_set_int(o, "today", then->when.today);
    json_set_int(o, "batch", then->when.mark.batch);
    json_set_int(o, "rule_version", then->rule_version);
    put_hash(o, "rule_hash", a, &then->rule_hash);
    json_set_bool(o, "is_other_catalog", r->is_other_catalog);
    json_set_int(o, "rows_of_other_persons_since", r->moved);
    json_set_int(o, "level", then->level);
    json_set_int(o, "tier", then->tier);
    json_set_int(o, "amount_fen", then->amount_fen);
    put_hash(o, "result", a, &then->hash);
    if (!is_found)
        return;
    struct json *now = json_set_object(o, "replayed");
    json_set_int(now, "level", r->now.hit.level);
    json_set_int(now, "tier", r->now.hit.tier);
    json_set_int(now, "amount_fen", r->now.hit.amount_fen);
    put_hash(now, "result", a, &r->now.hit.result);
}

enum err roles_replay(struct hub *h, struct arena *a, const struct options_words *words)
{
    const struct rule **every;
    struct replay_rules rules;
    struct replay *replays;
    size_t count;
    size_t equal = 0;
    int64_t finding;
    if (words->count != 2 || !str_to_i64(words->at[1], &finding))
        return fail(ERR_USAGE, "replay FINDING");
    TRY(library_every(&h->library, a, &every, &rules.count));
    rules.at = every;
    TRY(change_store_prepare(h->store, NULL, 0));
    TRY(replay_finding(h->store, a, &rules, finding, &replays, &count));
    struct json *root = json_new_object();
    json_set_int(root, "finding", finding);
    struct json *list = json_set_array(root, "results");
    for (size_t i = 0; i < count; i++) {
        put_replay(json_add_object(list), a, &replays[i]);
        equal += replays[i].verdict == REPLAY_EQUAL;
    }
    struct str text = json_write_lines(root, a);
    json_free(root);
    printf(STR_FMT "\n", STR_ARG(text));
    if (count == 0)
        return fail(ERR_MISSING, "the finding is from before watermarks were noted");
    return equal == count ? OK
                          : fail(ERR_INVALID, "%zu of %zu results are not found again as they were",
                                 count - equal, count);
}
