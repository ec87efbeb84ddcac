#include "central/evidence/gather.h"

#include "central/store/evidence_store.h"
#include "central/store/standing_store.h"
#include "common/base/arena.h"
#include "common/evidence/check.h"

/* The words of the page: required beside every finding (indicators.md 3.16). */
#define DISCLAIMER_ZH "本条为线索提示，不是结论。"
#define DISCLAIMER_EN "This is a clue, not a conclusion."

struct gathering {
    struct store *store;
    struct arena *arena;
    const struct finding_row *finding;
    struct replay replay; /* of the newest result */
    struct pack pack;
};

static enum err find_again(struct gathering *g, const struct replay_rules *rules)
{
    struct result *results;
    size_t count;
    TRY(result_store_of(g->store, g->arena, g->finding->id, &results, &count));
    if (count == 0)
        return fail(ERR_INVALID, "the finding is from before watermarks were noted");
    g->replay.then = results[count - 1];
    TRY(replay_result(g->store, g->arena, rules, g->finding, &g->replay));
    return g->replay.verdict == REPLAY_EQUAL
               ? OK
               : fail(ERR_INVALID, "the finding is not found again as it was: %s",
                      replay_word(g->replay.verdict));
}

static enum err gather_rows(struct gathering *g)
{
    struct finding_evidence_row *evidence;
    size_t count;
    TRY(finding_store_evidence_of(g->store, g->arena, g->finding->id, &evidence, &count));
    struct pack_row *rows = NEW_ARRAY(g->arena, struct pack_row, count + 1);
    for (size_t i = 0; i < count; i++) {
        const struct dataset *d = catalog_dataset(g->store->catalog, evidence[i].dataset);
        if (!d)
            return fail(ERR_INVALID, STR_FMT " is not declared", STR_ARG(evidence[i].dataset));
        rows[i].role = evidence[i].role;
        rows[i].source = evidence[i].source;
        TRY(evidence_store_row(g->store, g->arena, d, evidence[i].rid, &rows[i]));
    }
    g->pack.rows = rows;
    g->pack.row_count = count;
    return OK;
}

static enum err gather_rows_of_then(struct gathering *g)
{
    TRY(result_store_go_back(g->store, g->arena, &g->replay.then.when.mark));
    enum err e = gather_rows(g);
    enum err back = result_store_come_back(g->store, g->arena);
    return e == OK ? back : e;
}

static enum err gather_sources(struct gathering *g)
{
    struct standing_freshness *rows;
    size_t count;
    TRY(standing_store_freshness(g->store, g->arena, g->finding->rule, &rows, &count));
    struct pack_source *sources = NEW_ARRAY(g->arena, struct pack_source, count + 1);
    for (size_t i = 0; i < count; i++)
        sources[i] = (struct pack_source){rows[i].dataset, rows[i].at_ms};
    g->pack.sources = sources;
    g->pack.source_count = count;
    return OK;
}

static struct pack_finding finding_of(const struct finding_row *f)
{
    return (struct pack_finding){.id = f->id,
                                 .subject = f->subject,
                                 .first_ms = f->first_ms,
                                 .last_ms = f->last_ms,
                                 .points = f->points,
                                 .kind = f->kind,
                                 .key = f->key,
                                 .called = f->called,
                                 .episode = f->episode,
                                 .life = f->life,
                                 .decision = f->decision,
                                 .status = f->status,
                                 .site = f->site};
}

static struct pack_result result_of(const struct replay *r)
{
    const struct finding_found *f = &r->now;
    return (struct pack_result){.batch = r->then.when.mark.batch,
                                .move = r->then.when.mark.move,
                                .today = r->then.when.today,
                                .at_ms = r->then.when.at_ms,
                                .level = f->hit.level,
                                .tier = f->hit.tier,
                                .amount_fen = f->hit.amount_fen,
                                .values = f->values,
                                .say_zh = f->say_zh,
                                .say_en = f->say_en,
                                .rule_hash = r->then.rule_hash,
                                .hash = r->then.hash};
}

/* All but the signature, which is still to come. */
static enum err check_text(struct arena *a, struct str text)
{
    struct signature none = {.suite = STR_NONE};
    struct check c;
    enum err e = OK;
    check_pack(a, pack_file(a, text, &none), STR_NONE, &c);
    for (size_t i = 0; i < c.parts.count && e == OK; i++)
        if (c.parts.at[i].state == CHECK_WRONG && !str_equal(c.parts.at[i].part, STR("signature")))
            e = fail(ERR_INVALID, "the pack is wrong in its " STR_FMT, STR_ARG(c.parts.at[i].part));
    check_done(&c);
    return e;
}

static enum err gather(struct gathering *g, const struct replay_rules *rules,
                       const struct gather_for *whom)
{
    TRY(find_again(g, rules));
    g->pack = (struct pack){.disclaimer_zh = STR(DISCLAIMER_ZH),
                            .disclaimer_en = STR(DISCLAIMER_EN),
                            .county = whom->county,
                            .program = whom->program,
                            .by = whom->by,
                            .made_ms = whom->now_ms,
                            .catalog = g->store->catalog,
                            .catalog_hash = g->store->catalog->hash,
                            .rule = g->replay.rule,
                            .finding = finding_of(g->finding),
                            .result = result_of(&g->replay)};
    TRY(gather_rows_of_then(g));
    return gather_sources(g);
}

enum err gather_pack(struct store *s, struct arena *a, const struct replay_rules *rules,
                     int64_t finding, const struct gather_for *whom, struct str *out_text)
{
    struct finding_row f;
    struct gathering g = {.store = s, .arena = a, .finding = &f};
    TRY(finding_store_get(s, a, finding, &f));
    TRY(db_begin_read(s->db));
    TRY(db_end(s->db, gather(&g, rules, whom)));
    struct str text = pack_write(a, &g.pack);
    TRY(check_text(a, text));
    *out_text = text;
    return OK;
}
