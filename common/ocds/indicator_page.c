#include "common/ocds/indicator_page.h"

#include "common/base/buf.h"

static void put_value(struct buf *out, const struct knob *k)
{
    for (size_t i = 0; i < k->items.count; i++) {
        const struct knob_item *item = &k->items.at[i];
        buf_put_z(out, i ? ", " : "");
        if (item->word.len)
            buf_format(out, "`" STR_FMT "`", STR_ARG(item->word));
        if (k->kind == KNOB_TABLE)
            buf_put_char(out, ' ');
        if (k->kind == KNOB_TABLE || k->kind == KNOB_NUMBER)
            buf_format(out, "%.15g", item->number);
    }
    if (k->items.count == 0)
        buf_put_z(out, "—");
}

static void put_knobs(struct buf *out, const struct knobs *knobs)
{
    static const char *const kinds[] = {"数字 number", "文字 text", "选一 choice", "列表 list",
                                        "对照表 words with numbers"};
    buf_put_z(out, "| 选项 | 类型 | 现值 | 含义 |\n| --- | --- | --- | --- |\n");
    for (size_t i = 0; i < knobs->count; i++) {
        const struct knob *k = &knobs->at[i];
        buf_format(out, "| `" STR_FMT "` | %s | ", STR_ARG(k->id), kinds[k->kind]);
        put_value(out, k);
        for (size_t c = 0; c < k->choices.count; c++)
            buf_format(out, "%s`" STR_FMT "`", c ? " / " : " ← ", STR_ARG(k->choices.at[c]));
        buf_format(out, " | " STR_FMT " (" STR_FMT ") |\n", STR_ARG(k->zh), STR_ARG(k->en));
    }
}

struct str indicator_page(struct arena *a, const struct indicators *all, const struct indicator *i)
{
    struct buf out;
    buf_init(&out, a);
    buf_format(&out, "# " STR_FMT " `" STR_FMT "`\n\n" STR_FMT ".", STR_ARG(i->zh), STR_ARG(i->id),
               STR_ARG(i->en));
    if (i->maps.len)
        buf_format(&out, " 库 2 中同类规则 (asked of library 2 by): " STR_FMT ".",
                   STR_ARG(i->maps));
    buf_put_z(&out, i->knobs.count ? "\n\n" : "\n");
    if (i->knobs.count)
        put_knobs(&out, &i->knobs);
    buf_put_z(&out, "\n全部指标共用 (of all indicators):\n\n");
    put_knobs(&out, &all->layout.knobs);
    buf_format(&out, "\n```sql\n" STR_FMT "\n```\n", STR_ARG(str_trim(i->select)));
    return buf_str(&out);
}
