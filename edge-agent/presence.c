#include "edge-agent/presence.h"

#include "common/base/log.h"
#include "common/json/json.h"

static int64_t spread_ms(const struct presence *p, int64_t seconds)
{
    int64_t most = seconds > 0 ? seconds * 1000 : 0;
    if (most > PRESENCE_SPREAD_MAX_MS)
        most = PRESENCE_SPREAD_MAX_MS;
    return (int64_t)random_below(p->random, (uint64_t)most + 1);
}

/* Of the hub's roles only those that receive matter to what a site sends. */
static void note(struct transport_watch *self, struct str who, struct str text)
{
    struct presence *p = (struct presence *)self;
    struct json *state;
    if (!str_starts(who, STR("hub-intake")) || json_parse(text, &state) != OK)
        return;
    bool is_away = !json_get_bool(state, "online");
    int64_t seconds = json_get_int(state, "spread_s");
    json_free(state);
    if (is_away != p->is_away)
        LOG(INFO, is_away ? "hub.away" : "hub.back", KV_I64("spread_s", seconds));
    if (is_away)
        link_pause(p->link, PRESENCE_AWAY_MS);
    else if (p->is_away)
        link_pause(p->link, spread_ms(p, seconds));
    p->is_away = is_away;
}

void presence_init(struct presence *p, struct random *random)
{
    *p = (struct presence){.watch = {note}, .random = random};
}
