#include "central/analysis/prompt.h"

#include "central/store/matter_store.h"
#include "central/store/record_store.h"
#include "common/base/arena.h"
#include "common/base/buf.h"
#include "common/base/date.h"
#include "common/model/type.h"

/* Facts are a small JSON array of labels and values; text needs no more than these escapes. */
static void put_text(struct buf *out, struct str text)
{
    buf_put_char(out, '"');
    for (size_t i = 0; i < text.len; i++) {
        unsigned char c = (unsigned char)text.ptr[i];
        if (c == '"' || c == '\\')
            buf_format(out, "\\%c", c);
        else if (c < 0x20)
            buf_format(out, "\\u%04x", c);
        else
            buf_put_char(out, (char)c);
    }
    buf_put_char(out, '"');
}

static void put_fact(struct buf *out, struct str zh, struct str en, struct str value)
{
    buf_put_z(out, out->len > 1 ? ",{\"label_zh\":" : "{\"label_zh\":");
    put_text(out, zh);
    buf_put_z(out, ",\"label_en\":");
    put_text(out, en);
    buf_put_z(out, ",\"value\":");
    put_text(out, value);
    buf_put_char(out, '}');
}

/* One source row as "列 值；列 值". */
static enum err put_row(struct store *s, struct arena *a, const struct rule_source *source,
                        const struct finding_evidence_row *row, struct str site, struct buf *out)
{
    struct value values[DATASET_FIELDS_MAX];
    struct str owner;
    struct buf text;
    TRY(record_store_read(s, source->dataset, row->rid, a, values, &owner));
    bool is_register =
        source->dataset->library == 5; /* reference sources: the fact that makes the finding */
    if (!str_equal(owner, site) && !is_register)
        return OK;
    buf_init(&text, a);
    for (size_t i = 0; i < source->shown_count; i++) {
        int f = dataset_field(source->dataset, source->shown[i]->id);
        if (values[f].kind == VALUE_NULL)
            continue;
        struct str shown = type_format(a, source->shown[i], &values[f]);
        buf_format(&text, "%s" STR_FMT " " STR_FMT, text.len ? "；" : "",
                   STR_ARG(source->shown[i]->zh), STR_ARG(shown));
    }
    put_fact(out, source->dataset->zh, source->dataset->en, buf_str(&text));
    return OK;
}

static const char *colour_of(int level)
{
    static const char *const colours[] = {"blue", "blue", "blue", "yellow", "orange", "red"};
    return colours[level];
}

static void put_subject(struct buf *facts, const struct rule *r, const struct finding_row *f)
{
    if (rule_is_of_persons(r)) {
        put_fact(facts, STR("姓名"), STR("Name"), f->name);
        put_fact(facts, STR("证件号码"), STR("Identity number"), f->id18);
        return;
    }
    put_fact(facts, r->subject.zh, r->subject.en, f->key);
    if (f->called.len)
        put_fact(facts, STR("名称"), STR("Name"), f->called);
}

enum err prompt_open(struct store *s, struct link *l, struct arena *a, const struct rule *r,
                     const struct finding_row *f, const struct finding_evidence_row *rows,
                     size_t count, const struct prompt_time *time)
{
    struct buf facts;
    struct str who = finding_store_name(f);
    buf_init(&facts, a);
    buf_put_char(&facts, '[');
    put_subject(&facts, r, f);
    for (size_t i = 0; i < count && i < PROMPT_FACTS_MAX; i++)
        TRY(put_row(s, a, &r->sources[rows[i].source], &rows[i], f->site, &facts));
    buf_put_char(&facts, ']');
    struct message_document d = {
        .document_id = str_format(a, "F%lld-%lld", (long long)f->id, (long long)time->now_ms),
        .type = r->asks->id,
        /* the name tells one prompt from the next in the officer's list */
        .title_zh = str_format(a, STR_FMT "：" STR_FMT "（" STR_FMT "）", STR_ARG(r->asks->zh),
                               STR_ARG(r->zh), STR_ARG(who)),
        .title_en = str_format(a, STR_FMT ": " STR_FMT " (" STR_FMT ")", STR_ARG(r->asks->en),
                               STR_ARG(r->en), STR_ARG(who)),
        .body_zh = str_format(a, STR_FMT "\n需核实：" STR_FMT "\n" STR_FMT, STR_ARG(f->say_zh),
                              STR_ARG(r->check_zh), STR_ARG(r->asks->instructions_zh)),
        .body_en = str_format(a, STR_FMT "\nTo check: " STR_FMT "\n" STR_FMT, STR_ARG(f->say_en),
                              STR_ARG(r->check_en), STR_ARG(r->asks->instructions_en)),
        .colour = str_of(colour_of((int)f->level)),
        .due = date_add_days(time->today, r->asks->due_days),
        .created_ms = time->now_ms,
        .facts_json = buf_str(&facts),
    };
    struct buf body;
    buf_init(&body, a);
    message_document_put(&body, &d);
    TRY(matter_store_open(s, &d, f->id, f->site, time->now_ms));
    TRY(finding_store_event(s, f->id, time->now_ms, "prompt", STR_NONE, f->site));
    return link_put(l, f->site, MESSAGE_DOCUMENT, buf_str(&body), 0);
}

enum err prompt_withdraw(struct store *s, struct link *l, struct arena *a, int64_t finding,
                         enum prompt_reason reason, int64_t now_ms)
{
    static const struct str words[][2] = {
        [PROMPT_GONE] = {STR_INIT("数据更正后该情况已不存在，提示撤回"),
                         STR_INIT("the data were corrected and the facts are gone")},
        [PROMPT_CHANGED] = {STR_INIT("情况有新的变化，本提示撤回，以新提示为准"),
                            STR_INIT("the facts have changed; a new prompt takes its place")},
    };
    struct matter_row m;
    struct buf body;
    enum err e = matter_store_of_finding(s, a, finding, &m);
    if (e == ERR_MISSING || (e == OK && str_equal(m.state, STR("answered"))))
        return OK;
    TRY(e);
    struct message_withdraw w = {m.document_id, words[reason][0], words[reason][1]};
    buf_init(&body, a);
    message_withdraw_put(&body, &w);
    TRY(matter_store_withdraw(s, m.id, now_ms));
    TRY(finding_store_event(s, finding, now_ms, "withdrawn", STR_NONE, m.site));
    return link_put(l, m.site, MESSAGE_WITHDRAW, buf_str(&body), 0);
}
