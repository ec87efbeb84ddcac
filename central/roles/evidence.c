#include "central/roles/roles.h"

#include "central/evidence/gather.h"
#include "central/evidence/rerun.h"
#include "central/store/change_store.h"
#include "central/store/evidence_store.h"
#include "common/base/arena.h"
#include "common/json/json.h"
#include "common/os/clock.h"
#include "common/os/file.h"
#include "common/os/random.h"

#include <stdio.h>

#define USAGE "evidence export FINDING BY [--out FILE] | evidence verify FILE [--key FILE]"
#define KEY_BYTES_MAX ((size_t)64 * 1024)
#define VERIFY_BYTES_MAX ((size_t)2 << 30)

/* Noted as asked for and signed, like one that was asked for on the page. */
static enum err note(struct hub *h, struct evidence_pack *pack)
{
    int64_t id;
    TRY(evidence_store_ask(h->store, pack, &id));
    return evidence_store_sign(h->store, id, &pack->signature, pack->asked_ms);
}

static enum err export(struct hub *h, struct arena *a, int64_t finding, struct str by) {
    const struct rule **every; struct replay_rules rules;
    struct gather_for whom = {str_of(h->settings.county), STR(QQ_VERSION), by,
                              clock_wall_ms(clock_real())};
    struct evidence_pack pack = {.finding = finding, .by = by, .asked_ms = whom.now_ms};
    struct str pem;
    TRY(library_every(&h->library, a, &every, &rules.count));
    rules.at = every;
    TRY(change_store_prepare(h->store, NULL, 0));
    TRY(gather_pack(h->store, a, &rules, finding, &whom, &pack.body));
    TRY(wrap(file_read(h->settings.dispatch_sign_key_file, KEY_BYTES_MAX, a, &pem),
             "dispatch_sign_key_file"));
    TRY(keyring_add_own(h->keys, KEY_SIGN, pem));
    signature_make(h->keys, random_real(), a, STR(PACK_FORMAT), pack.body, &pack.signature);
    TRY(db_begin(h->db));
    TRY(db_end(h->db, note(h, &pack)));
    struct str file = pack_file(a, pack.body, &pack.signature);
    if (h->settings.out[0]) return file_replace(h->settings.out, file, 0600);
    fwrite(file.ptr, 1, file.len, stdout);
    return OK;
}

enum err roles_evidence(struct hub *h, struct arena *a, const struct options_words *words)
{
    int64_t finding;
    if (words->count != 4 || !str_equal(words->at[1], STR("export")) ||
        !str_to_i64(words->at[2], &finding))
        return fail(ERR_USAGE, USAGE);
    return export(h, a, finding, words->at[3]);
}

static const struct {
    const char *word, *shown;
} states[] = {[CHECK_WRONG] = {"wrong", "[错误 WRONG]"},
              [CHECK_RIGHT] = {"right", "[正确 right]"},
              [CHECK_NOTE] = {"note", "[说明 note]"}};

static void print_parts(const struct check *c)
{
    for (size_t i = 0; i < c->parts.count; i++) {
        const struct check_part *p = &c->parts.at[i];
        printf("%s " STR_FMT " / " STR_FMT "\n", states[p->state].shown, STR_ARG(p->zh),
               STR_ARG(p->en));
    }
}

static void print_json(struct arena *a, const struct check *c)
{
    struct json *root = json_new_object();
    json_set_bool(root, "is_right", c->is_right);
    struct json *list = json_set_array(root, "parts");
    for (size_t i = 0; i < c->parts.count; i++) {
        struct json *o = json_add_object(list);
        json_set_str(o, "part", c->parts.at[i].part);
        json_set_str(o, "state", str_of(states[c->parts.at[i].state].word));
        json_set_str(o, "zh", c->parts.at[i].zh);
        json_set_str(o, "en", c->parts.at[i].en);
    }
    struct str text = json_write_lines(root, a);
    json_free(root);
    printf(STR_FMT "\n", STR_ARG(text));
}

static enum err verify(const struct settings *settings, struct arena *a, struct str path)
{
    struct str file;
    struct str key = STR_NONE;
    struct check c;
    TRY(file_read(str_copy_z(a, path), PACK_BYTES_MAX, a, &file));
    if (settings->key[0])
        TRY(wrap(file_read(settings->key, KEY_BYTES_MAX, a, &key), "key"));
    check_pack(a, file, key, &c);
    if (c.is_right)
        rerun_pack(&c);
    if (settings->is_json)
        print_json(a, &c);
    else
        print_parts(&c);
    bool is_right = c.is_right;
    check_done(&c);
    return is_right ? OK : fail(ERR_INVALID, "the evidence pack is not as it was made");
}

enum err roles_verify(const struct settings *settings, const struct options_words *words)
{
    if (words->count != 3)
        return fail(ERR_USAGE, USAGE);
    struct arena *a = arena_new(VERIFY_BYTES_MAX);
    enum err e = verify(settings, a, words->at[2]);
    arena_free(a);
    return e;
}
