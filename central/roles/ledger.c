#include "central/roles/roles.h"

#include "central/store/edge_store.h"
#include "central/store/record_store.h"
#include "common/base/arena.h"
#include "common/json/json.h"

#include <stdio.h>

/* What the sites said at the end of their files against what is here. */
static enum err put_said(struct hub *h, struct arena *a, struct json *root, bool *is_equal)
{
    struct record_ledger_row *rows;
    size_t count;
    struct json *list = json_set_array(root, "rows");
    enum err e = record_store_ledger(h->store, a, &rows, &count);
    for (size_t i = 0; i < count && e == OK; i++) {
        const struct record_ledger_row *r = &rows[i];
        bool is_row_equal = r->accepted == r->merged + r->duplicate + r->quarantined &&
                            r->site_sum_fen == r->hub_sum_fen;
        *is_equal = *is_equal && is_row_equal;
        struct json *o = json_add_object(list);
        json_set_str(o, "site", r->site);
        json_set_str(o, "dataset", r->dataset);
        json_set_int(o, "files", r->files);
        json_set_int(o, "rows", r->rows);
        json_set_int(o, "accepted", r->accepted);
        json_set_int(o, "rejected", r->rejected);
        json_set_int(o, "merged", r->merged);
        json_set_int(o, "duplicate", r->duplicate);
        json_set_int(o, "quarantined", r->quarantined);
        json_set_int(o, "conflict", r->conflict);
        json_set_bool(o, "is_equal", is_row_equal);
        if (!h->settings.is_json)
            printf("%-6.*s %-18.*s accepted %8lld = merged %8lld + duplicate %6lld + quarantined "
                   "%6lld  %s\n",
                   STR_ARG(r->site), STR_ARG(r->dataset), (long long)r->accepted,
                   (long long)r->merged, (long long)r->duplicate, (long long)r->quarantined,
                   is_row_equal ? "equal" : "DIFFERS");
    }
    return e;
}

static void put_import(const struct hub *h, const struct edge_import *m, struct json *list)
{
    struct json *o = json_add_object(list);
    json_set_str(o, "import", m->import_id);
    json_set_str(o, "dataset", m->dataset);
    json_set_str(o, "state", m->state);
    json_set_int(o, "accepted", m->accepted);
    json_set_int(o, "merged", m->merged);
    json_set_int(o, "duplicate", m->duplicate);
    json_set_int(o, "quarantined", m->quarantined);
    if (!h->settings.is_json)
        printf("  import " STR_FMT " " STR_FMT " (" STR_FMT "): accepted %lld, here %lld\n",
               STR_ARG(m->import_id), STR_ARG(m->dataset), STR_ARG(m->state),
               (long long)m->accepted, (long long)(m->merged + m->duplicate + m->quarantined));
}

/* What an agent's own database says against what is here, import by import. */
static enum err put_edge(struct hub *h, struct arena *a, const char *path, struct json *edges,
                         bool *is_equal)
{
    struct edge_import *imports;
    size_t count;
    int64_t accepted = 0;
    int64_t here = 0;
    TRY(edge_store_compare(h->store, path, a, &imports, &count));
    struct json *o = json_add_object(edges);
    struct json *differing = json_set_array(o, "differing");
    for (size_t i = 0; i < count; i++) {
        const struct edge_import *m = &imports[i];
        int64_t rows = m->merged + m->duplicate + m->quarantined;
        accepted += m->accepted;
        here += rows;
        if (rows != m->accepted || m->sum_fen != m->hub_fen) {
            put_import(h, m, differing);
            *is_equal = false;
        }
    }
    json_set_str(o, "path", str_of(path));
    json_set_int(o, "imports", (int64_t)count);
    json_set_int(o, "accepted", accepted);
    json_set_int(o, "here", here);
    if (!h->settings.is_json)
        printf("%s: %zu imports, accepted %lld, here %lld\n", path, count, (long long)accepted,
               (long long)here);
    return OK;
}

enum err roles_ledger(struct hub *h, struct arena *a, const struct options_words *words)
{
    bool is_equal = true;
    struct json *root = json_new_object();
    struct json *edges = json_set_array(root, "edges");
    enum err e = put_said(h, a, root, &is_equal);
    if (e == OK && h->settings.against[0])
        e = put_edge(h, a, h->settings.against, edges, &is_equal);
    for (size_t i = 1; i < words->count && e == OK; i++)
        e = put_edge(h, a, str_copy_z(a, words->at[i]), edges, &is_equal);
    json_set_bool(root, "is_equal", is_equal);
    if (e == OK && h->settings.is_json)
        printf(STR_FMT "\n", STR_ARG(json_write(root, a)));
    json_free(root);
    return e != OK ? e : is_equal ? OK : fail(ERR_INVALID, "the ledger is not equal");
}
