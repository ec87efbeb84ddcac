#include "central/roles/states.h"

#include "common/base/arena.h"
#include "common/json/json.h"

static void note(struct transport_watch *self, struct str who, struct str text)
{
    struct states *s = (struct states *)self;
    struct json *state;
    if (arena_used(s->arena) > STATES_BYTES_MAX / 2 || json_parse(text, &state) != OK)
        return;
    struct site_state one = {.site = str_copy(s->arena, who),
                             .version = str_copy(s->arena, json_get_str(state, "version")),
                             .stopped = str_copy(s->arena, json_get_str(state, "stopped")),
                             .is_online = json_get_bool(state, "online"),
                             .boot = json_get_int(state, "boot"),
                             .at_ms = clock_wall_ms(s->clock)};
    VEC_PUSH(&s->gathered, s->arena, one);
    json_free(state);
}

void states_init(struct states *s, struct store *store, struct clock *clock)
{
    *s = (struct states){
        .watch = {note}, .store = store, .clock = clock, .arena = arena_new(STATES_BYTES_MAX)};
}

void states_done(struct states *s)
{
    arena_free(s->arena);
}

enum err states_write(struct states *s)
{
    if (s->gathered.count == 0)
        return OK;
    TRY(db_begin(s->store->db));
    enum err e = OK;
    for (size_t i = 0; i < s->gathered.count && e == OK; i++)
        e = site_store_state(s->store, &s->gathered.at[i]);
    TRY(db_end(s->store->db, e));
    s->gathered.at = NULL;
    s->gathered.count = s->gathered.capacity = 0;
    arena_reset(s->arena);
    return OK;
}
