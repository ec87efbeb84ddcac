#include "common/model/describe.h"

#include "common/base/buf.h"
#include "common/model/type.h"

static void put_rule(struct buf *out, struct arena *a, const struct dataset *d, size_t index)
{
    const struct field *f = &d->fields[index];
    for (size_t i = 0; i < d->key_count; i++)
        if (d->key[i] == index)
            buf_put_z(out, "★ 主键 ");
    if (f->is_required)
        buf_put_z(out, "必填 ");
    if (f->is_secret)
        buf_put_z(out, "敏感 ");
    if (f->length_max)
        buf_format(out, "≤ %u 字 ", f->length_max);
    if (f->has_range) {
        struct value least = value_int(f->least);
        struct value most = value_int(f->most);
        struct str from = type_format(a, f, &least);
        struct str to = type_format(a, f, &most);
        buf_format(out, STR_FMT " – " STR_FMT " ", STR_ARG(from), STR_ARG(to));
    }
    if (f->vocab)
        buf_format(out, "词表 " STR_FMT " ", STR_ARG(f->vocab->zh));
}

struct str describe_dataset(struct arena *a, const struct dataset *d)
{
    struct buf out;
    buf_init(&out, a);
    buf_format(&out, "# " STR_FMT " `" STR_FMT "`\n\n" STR_FMT ". Version %lld.\n\n",
               STR_ARG(d->zh), STR_ARG(d->id), STR_ARG(d->en), (long long)d->version);
    buf_put_z(&out,
              "| 表头 | column | 类型 | 要求 | 也可写作 |\n| --- | --- | --- | --- | --- |\n");
    for (size_t i = 0; i < d->field_count; i++) {
        const struct field *f = &d->fields[i];
        buf_format(&out, "| " STR_FMT " | `" STR_FMT "` | %s | ", STR_ARG(f->zh), STR_ARG(f->id),
                   type_of(f->kind)->zh);
        put_rule(&out, a, d, i);
        buf_put_z(&out, "| ");
        for (size_t k = 0; k < f->alias_count; k++)
            buf_format(&out, "%s" STR_FMT, k ? "、" : "", STR_ARG(f->aliases[k]));
        buf_put_z(&out, " |\n");
    }
    if (d->is_whole)
        buf_put_z(&out, "\n每个文件都是全量:上次有、这次没有的行会被追问。 (Each file is the whole "
                        "list: rows that are missing are asked about.)\n");
    if (d->period_field >= 0)
        buf_format(&out, "\n所属期间按“" STR_FMT "”计。 (A row's period is its " STR_FMT ".)\n",
                   STR_ARG(d->fields[d->period_field].zh), STR_ARG(d->fields[d->period_field].en));
    if (d->check_count)
        buf_put_z(&out, "\n不合下列要求的行会被退回:\n\n");
    for (size_t i = 0; i < d->check_count; i++)
        buf_format(&out, "- " STR_FMT " (" STR_FMT ")\n", STR_ARG(d->checks[i].zh),
                   STR_ARG(d->checks[i].en));
    return buf_str(&out);
}

struct str describe_document(struct arena *a, const struct document_type *t)
{
    struct buf out;
    buf_init(&out, a);
    buf_format(&out,
               "# " STR_FMT " `" STR_FMT "`\n\n" STR_FMT
               "\n\n期限 %lld 天。\n\n| 答复 | field | 要求 |\n| --- | --- | --- |\n",
               STR_ARG(t->zh), STR_ARG(t->id), STR_ARG(t->instructions_zh), (long long)t->due_days);
    for (size_t i = 0; i < t->answer_count; i++) {
        const struct answer_field *f = &t->answers[i];
        buf_format(&out, "| " STR_FMT " | `" STR_FMT "` | %s", STR_ARG(f->zh), STR_ARG(f->id),
                   f->is_required ? "必填 " : "");
        for (size_t k = 0; k < f->choice_count; k++)
            buf_format(&out, "%s" STR_FMT, k ? " / " : "", STR_ARG(f->choices[k].zh));
        buf_put_z(&out, " |\n");
    }
    return buf_str(&out);
}
