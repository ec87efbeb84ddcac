#include "tests/county/trading/parties.h"

#include <stdio.h>
#include <stdlib.h>

#define SUPPLIERS 270
#define LABOUR 12
#define EXPERTS 160
#define BIDS_BEFORE_REFUSAL 3
#define TRIES 200
#define FIRST_SERIAL 10100000u /* of credit codes; those of the punished begin at 30,000,000 */

static const char *const places_of[] = {"肇东市", "绥化市",   "哈尔滨",
                                        "大庆市", "黑龙江省", "安达市"};
static const char *const words[] = {"鸿运", "中达", "龙兴", "恒信", "天诚", "建安", "佳禾", "远大",
                                    "北辰", "隆泰", "华宇", "金桥", "新元", "东方", "松江", "广厦"};
static const char *const endings[] = {"", "实业", "工贸", "联合", "发展", "集团", "科技", "股份"};
static const char *const trades[LOT_KINDS][4] = {{"建筑工程", "市政工程", "水利工程", "公路工程"},
                                                 {"办公设备", "医疗器械", "信息科技", "农机"},
                                                 {"物业服务", "勘察设计", "咨询服务", "环境卫生"}};

static struct person *adult(struct world *w, int32_t from, int32_t to)
{
    return people_make(&w->people, &w->pool, &w->dice, from, to, world_any_place(w), NULL);
}

static void found(struct world *w, struct supplier *s, uint32_t number, const char *trade)
{
    s->number = number;
    s->delegate = adult(w, 24, 58);
    offices_uscc("91", FIRST_SERIAL + number * 17u, s->uscc);
    /* Two words and a place name some hundred firms, the ending tells the thousands apart. */
    (void)snprintf(s->name, sizeof s->name, "%s%s%s%s%s有限公司", places_of[number % 6],
                   words[number / 6 % 16], number / 96 % 9 ? words[number / 96 % 9 + 3] : "", trade,
                   endings[number / 864 % 8]);
}

void parties_open(struct parties *p, struct world *w)
{
    static const char *const employers[] = {"黑龙江省建筑设计研究院", "哈尔滨工业大学",
                                            "东北农业大学",           "绥化市水利勘测设计院",
                                            "大庆市工程咨询中心",     "绥化市政府采购中心",
                                            "黑龙江省招标投标协会",   "哈尔滨市审计事务所"};
    static const char *const fields[] = {"建筑工程", "市政工程", "水利工程", "医疗设备",
                                         "计算机",   "农业机械", "物业管理", "工程造价"};
    uint32_t number = 0;

    *p = (struct parties){0};
    for (size_t i = 0, n = world_scaled(w, SUPPLIERS, 36); i < n; i++) {
        enum lot_kind kind = (enum lot_kind)(i % LOT_KINDS);
        struct supplier *s = WORLD_ADD(p->suppliers[kind]);
        found(w, s, number++, trades[kind][i / LOT_KINDS % 4]);
    }
    for (size_t i = 0, n = world_scaled(w, LABOUR, 3); i < n; i++) {
        struct supplier *s = WORLD_ADD(p->labour);
        found(w, s, number++, "建筑劳务");
    }
    for (size_t i = 0, n = world_scaled(w, EXPERTS, 24); i < n; i++) {
        struct expert *e = WORLD_ADD(p->experts);
        e->who = adult(w, 34, 64);
        (void)snprintf(e->no, sizeof e->no, "HLJ%07u", (unsigned)(1200 + i * 13));
        e->employer = employers[i % 8];
        e->field = fields[i / 8 % 8];
    }
}

void parties_close(struct parties *p)
{
    for (int kind = 0; kind < LOT_KINDS; kind++)
        free(p->suppliers[kind].at);
    free(p->labour.at);
    free(p->experts.at);
}

/* The first `count` of `order` become different numbers below n; n ≥ count. */
static void draw(struct dice *d, uint32_t n, size_t count, uint32_t order[])
{
    for (size_t i = 0; i < count; i++) {
        bool is_new;
        do {
            is_new = true;
            order[i] = dice_below(d, n);
            for (size_t k = 0; k < i; k++)
                is_new &= order[k] != order[i];
        } while (!is_new);
    }
}

/* Bids that should have won by now, at about one in five. */
static int32_t behind(const struct supplier *s)
{
    return (int32_t)s->bids - 5 * (int32_t)s->wins;
}

void parties_bidders(struct parties *p, struct dice *d, enum lot_kind kind, size_t count,
                     struct supplier *out[])
{
    uint32_t order[16];
    size_t best = 0;
    struct supplier *first;

    draw(d, (uint32_t)p->suppliers[kind].count, count, order);
    for (size_t i = 0; i < count; i++) {
        out[i] = &p->suppliers[kind].at[order[i]];
        best = behind(out[i]) > behind(out[best]) ? i : best;
    }
    first = out[best];
    out[best] = out[0];
    out[0] = first;
}

struct supplier *parties_seasoned(struct parties *p, struct dice *d, enum lot_kind kind,
                                  size_t count, struct supplier *const others[])
{
    size_t n = p->suppliers[kind].count, from = dice_below(d, (uint32_t)n);

    for (size_t i = 0; i < n; i++) {
        struct supplier *s = &p->suppliers[kind].at[(from + i) % n];
        bool is_free = s->bids >= BIDS_BEFORE_REFUSAL && s->refusals == 0;
        for (size_t k = 0; k < count; k++)
            is_free &= others[k] != s;
        if (is_free)
            return s;
    }
    return NULL;
}

static bool is_familiar(const struct expert *e, uint32_t agency)
{
    return e->sessions >= 4 && e->with[agency % PARTIES_AGENCIES] * 3 >= e->sessions;
}

void parties_panel(struct parties *p, struct dice *d, uint32_t agency, size_t count,
                   const struct expert *out[])
{
    uint32_t n = (uint32_t)p->experts.count, tries = 0;

    for (size_t i = 0; i < count;) {
        struct expert *e = &p->experts.at[dice_below(d, n)];
        bool is_new = true;
        for (size_t k = 0; k < i; k++)
            is_new &= out[k] != e;
        if (!is_new || (is_familiar(e, agency) && ++tries < TRIES))
            continue;
        e->sessions++;
        e->with[agency % PARTIES_AGENCIES]++;
        out[i++] = e;
    }
}

const char *parties_agency(uint32_t turn, char uscc[19])
{
    static const char *const names[PARTIES_AGENCIES] = {
        "黑龙江中采招标代理有限公司",   "哈尔滨国信工程咨询有限公司",
        "绥化市正通招标代理有限公司",   "黑龙江华联项目管理有限公司",
        "大庆市公诚招标代理有限公司",   "肇东市信达招标代理有限公司",
        "黑龙江龙采工程咨询有限公司",   "哈尔滨天平招标代理有限公司",
        "绥化市诚达项目管理有限公司",   "黑龙江建审工程造价咨询有限公司",
        "哈尔滨中正招标代理有限公司",   "大庆市宏图工程咨询有限公司",
        "黑龙江省兴业招标代理有限公司", "肇东市公正项目管理有限公司"};

    offices_uscc("91", 9100000u + turn % PARTIES_AGENCIES * 29u, uscc);
    return names[turn % PARTIES_AGENCIES];
}

void parties_account(const struct supplier *s, struct row *r)
{
    row_format(r, "2305%011u", 31000000u + s->number * 7919u);
}
