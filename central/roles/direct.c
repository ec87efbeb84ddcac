#include "central/roles/direct.h"

#include "central/intake/intake.h"
#include "central/roles/open_data.h"
#include "central/store/person_store.h"
#include "central/store/site_store.h"
#include "common/base/arena.h"
#include "common/base/log.h"
#include "common/json/json.h"
#include "common/ocds/package.h"
#include "common/os/clock.h"
#include "common/os/file.h"
#include "common/os/random.h"
#include "common/transport/topic.h"
#include "edge-agent/intake/carry_file.h"
#include "edge-agent/intake/chunk.h"
#include "edge-agent/intake/import.h"

#include <stdio.h>

#define PROBLEMS_TOLD_MAX 50
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

static struct drop_file file_at(struct arena *a, const char *folder, struct str name)
{
    struct file_info info = {0};
    const char *path = str_copy_z(a, str_format(a, "%s/" STR_FMT, folder, STR_ARG(name)));
    if (file_stat(path, &info) != OK)
        info.size_bytes = 0; /* the import will say that it is gone */
    return (struct drop_file){name, path, info.size_bytes, info.modified_ns, info.inode};
}

static enum err import_table(struct direct *d, struct import *import, struct arena *a,
                             const struct drop_file *file)
{
    TRY(import_file(import, file));
    tell(a, d->ledger, import_current(import));
    return OK;
}

static void tell_problems(struct arena *a, const struct problem_list *problems)
{
    for (size_t i = 0; i < problems->items.count; i++) {
        struct str text = problem_format(a, &problems->items.at[i]);
        fprintf(stderr, STR_FMT "\n", STR_ARG(text));
    }
}

/* Open contracting data is several tables in one file: each is imported as a file of its own. */
static enum err import_open_data(struct hub *h, struct direct *d, struct import *import,
                                 struct arena *a, const char *folder, struct str name,
                                 struct str text)
{
    struct open_data_file files[OPEN_DATA_FILES_MAX];
    struct problem_list problems;
    size_t count = 0;
    problem_list_init(&problems, a, PROBLEMS_TOLD_MAX);
    enum err e = open_data_tables(h->store, a, text, &problems, files, &count);
    tell_problems(a, &problems);
    for (size_t i = 0; i < count && e == OK; i++) {
        struct str table =
            str_format(a, STR_FMT "." STR_FMT ".csv", STR_ARG(name), STR_ARG(files[i].dataset));
        e = file_replace(str_copy_z(a, str_format(a, "%s/" STR_FMT, folder, STR_ARG(table))),
                         files[i].bytes, 0600);
        struct drop_file file = file_at(a, folder, table);
        if (e == OK)
            e = import_table(d, import, a, &file);
    }
    return e;
}

static struct str name_of(struct str path)
{
    size_t slash = path.len;
    while (slash > 0 && path.ptr[slash - 1] != '/')
        slash--;
    return str_skip(path, slash);
}

static enum err import_path(struct hub *h, struct direct *d, struct import *import, struct arena *a,
                            const char *folder, struct str path)
{
    struct drop_file file = {0};
    struct file_info info;
    struct str text;
    const char *from = str_copy_z(a, path);
    TRY(file_stat(from, &info));
    if (info.size_bytes <= (int64_t)OPEN_DATA_BYTES_MAX) {
        TRY(file_read(from, OPEN_DATA_BYTES_MAX, d->arena, &text));
        if (package_looks_so(text))
            return import_open_data(h, d, import, a, folder, name_of(path),
                                    str_copy(a, text)); /* d->arena is emptied by each item */
    }
    TRY(carry_file(from, folder, a, &file));
    return import_table(d, import, a, &file);
}

static enum err read_file(struct hub *h, struct direct *d, struct arena *a, struct str path)
{
    const char *folder = str_copy_z(a, str_format(a, "%s/import", h->settings.data));
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
        e = import_path(h, d, import, a, folder, path);
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
