#include "central/roles/direct.h"

#include "central/intake/intake.h"
#include "central/store/person_store.h"
#include "central/store/site_store.h"
#include "common/base/arena.h"
#include "common/base/log.h"
#include "common/http/json.h"
#include "common/os/clock.h"
#include "common/os/file.h"
#include "common/os/random.h"
#include "common/transport/topic.h"
#include "edge-agent/intake/carry_file.h"
#include "edge-agent/intake/chunk.h"
#include "edge-agent/intake/import.h"

#include <stdio.h>

#define ITEM_BYTES_MAX ((size_t)512 * 1024 * 1024)

struct direct {
    struct import_sink sink; /* first member */
    struct intake_reply reply;
    struct intake intake;
    struct ledger *ledger;
    struct arena *arena; /* of one item */
    struct str source;
};

static struct direct *of_reply(struct intake_reply *reply)
{
    return (struct direct *)(void *)((char *)reply - offsetof(struct direct, reply));
}

/* What the hub would have told a site is kept where the site would have kept it. */
static enum err keep_reply(struct intake_reply *self, struct str peer, enum message_kind kind,
                           struct str body)
{
    struct direct *d = of_reply(self);
    struct message_file_receipt receipt;
    struct message_nack nack;
    (void)peer;
    if (kind == MESSAGE_FILE_RECEIPT) {
        TRY(message_file_receipt_parse(d->arena, body, &receipt));
        return ledger_apply_receipt(d->ledger, &receipt);
    }
    TRY(message_nack_parse(d->arena, body, &nack));
    return ledger_apply_nack(d->ledger, &nack, clock_wall_ms(clock_real()));
}

static enum err merge_item(struct import_sink *self, enum message_kind kind, struct str body,
                           uint64_t rows)
{
    struct direct *d = (struct direct *)self;
    (void)rows;
    arena_reset(d->arena);
    enum err e = intake_apply_direct(&d->intake, d->arena, d->source, kind, body);
    if (e != OK)
        person_store_forget(d->intake.store);
    return e;
}

/* A source is a site that has no agent; one that is registered keeps its name. */
static enum err register_source(struct hub *h, struct str source)
{
    for (size_t i = 0; i < h->site_count; i++)
        if (str_equal(h->sites[i].id, source))
            return OK;
    return site_store_put(h->store, &(struct site_entry){source, STR_NONE, source, STR("source")});
}

static void tell(struct arena *a, struct ledger *ledger, const struct import_entry *done)
{
    struct import_entry e = *done;
    struct json *root = json_new_object();
    if (ledger_find(ledger, done->id, a, &e) != OK)
        e = *done; /* refused before it had rows */
    json_set_str(root, "state", str_of(ledger_state_name(e.state)));
    json_set_str(root, "dataset", e.dataset);
    json_set_str(root, "encoding", e.encoding);
    json_set_int(root, "rows", (int64_t)e.rows);
    json_set_int(root, "accepted", (int64_t)e.accepted);
    json_set_int(root, "rejected", (int64_t)e.rejected);
    json_set_int(root, "skipped", (int64_t)e.skipped);
    json_set_int(root, "merged", (int64_t)e.hub_merged);
    json_set_int(root, "duplicate", (int64_t)e.hub_duplicate);
    json_set_int(root, "quarantined", (int64_t)e.hub_quarantined);
    json_set_bool(root, "equal", e.is_hub_equal);
    json_set_str(root, "archive", e.archive);
    json_set_str(root, "note_zh", e.note_zh);
    json_set_str(root, "note_en", e.note_en);
    struct str text = json_write(root, a);
    json_free(root);
    fwrite(text.ptr, 1, text.len, stdout);
    fputc('\n', stdout);
}

/* What a command left that did not come to its end is gone on with first. */
static enum err finish_earlier(struct import *import, const char *folder, struct arena *a)
{
    struct file_info *files;
    size_t count;
    TRY(import_recover(import));
    TRY(file_list(folder, a, &files, &count));
    for (size_t i = 0; i < count; i++) {
        struct drop_file file = {
            .name = files[i].name,
            .path = str_copy_z(a, str_format(a, "%s/" STR_FMT, folder, STR_ARG(files[i].name))),
            .size_bytes = files[i].size_bytes,
            .modified_ns = files[i].modified_ns,
            .inode = files[i].inode};
        if (!files[i].is_folder && !drop_is_unfinished_name(file.name))
            TRY(import_file(import, &file));
    }
    return OK;
}

static enum err read_file(struct hub *h, struct direct *d, struct arena *a, struct str path)
{
    const char *folder = str_copy_z(a, str_format(a, "%s/import", h->settings.data));
    struct drop_file file = {0};
    TRY(file_make_folder(folder, 0700));
    struct import *import = import_new(&(struct import_options){.db = h->db,
                                                                .ledger = d->ledger,
                                                                .sink = &d->sink,
                                                                .catalog = h->catalog,
                                                                .clock = clock_real(),
                                                                .random = random_real(),
                                                                .drop_folder = folder});
    enum err e = finish_earlier(import, folder, a);
    if (e == OK)
        e = carry_file(str_copy_z(a, path), folder, a, &file);
    if (e == OK)
        e = import_file(import, &file);
    if (e == OK)
        tell(a, d->ledger, import_current(import));
    import_free(import);
    return e;
}

enum err direct_import(struct hub *h, struct arena *a, struct str path, struct str source)
{
    struct direct d = {.sink = {merge_item}, .reply = {keep_reply}, .source = source};
    if (!topic_is_name(source))
        return fail(ERR_USAGE, "a source is named by letters, digits, - and _");
    TRY(register_source(h, source));
    TRY(ledger_open(h->db, &d.ledger));
    d.arena = arena_new(ITEM_BYTES_MAX);
    intake_init(&d.intake, h->store, h->link, clock_real(), h->today);
    d.intake.reply = &d.reply;
    enum err e = read_file(h, &d, a, path);
    arena_free(d.arena);
    ledger_close(d.ledger);
    return e;
}
