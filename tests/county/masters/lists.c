/* Divisions, what sites owe, what is paid per unit, and how assets of villages are disposed of. */
#include <stdio.h>
#include <string.h>

#include "tests/county/masters/masters.h"
#include "tests/county/world/calendar.h"
#include "tests/county/world/places.h"

enum level { PROVINCE, PREFECTURE, COUNTY_LEVEL, TOWNSHIP, VILLAGE };
enum cycle { MONTH, QUARTER, YEAR };

struct area {
    const char *code, *name, *parent, *old;
    enum level level;
    int32_t from, to; /* years; 0: not said */
};

static void write_division(struct book *b, const struct area *a, struct slot *s)
{
    struct row r;

    row_begin(&r);
    row_text(&r, a->code);
    row_text(&r, a->name);
    row_text(&r, a->parent);
    row_number(&r, a->level);
    row_number(&r, a->from ? a->from : SHEET_NONE);
    row_number(&r, a->to ? a->to : SHEET_NONE);
    row_text(&r, a->old);
    files_row(b, s, &r);
}

/* The codes that stand in identity numbers of four generations are the county's own. */
static void drop_divisions(struct book *b)
{
    static const struct area above[] = {
        {"230000", "黑龙江省", NULL, NULL, PROVINCE, 1954, 0},
        {"231200", "绥化市", "230000", "绥化地区", PREFECTURE, 1999, 0},
        {"232300", "绥化地区", "230000", NULL, PREFECTURE, 1965, 1999},
        {"231282", "肇东市", "231200", "肇东县", COUNTY_LEVEL, 1999, 0},
        {"232303", "肇东市", "232300", "肇东县", COUNTY_LEVEL, 1986, 1999},
        {"232322", "肇东县", "232300", NULL, COUNTY_LEVEL, 1982, 1986},
        {"232122", "肇东县", "232300", NULL, COUNTY_LEVEL, 1965, 1982}};
    const struct world *w = b->world;
    struct slot s = files_slot(offices_with(w->offices, OFFICE_CIVIL),
                               &masters_layouts[MASTER_DIVISION], "行政区划代码.csv");

    for (size_t i = 0; i < sizeof above / sizeof *above; i++)
        write_division(b, &above[i], &s);
    for (size_t i = 0; i < PLACES_COUNT; i++) {
        const struct place *p = &places[i];
        write_division(b, &(struct area){p->code, p->name, "231282", NULL, TOWNSHIP, 0, 0}, &s);
        for (size_t v = 0; v < p->village_count; v++)
            write_division(b,
                           &(struct area){p->villages[v].code, p->villages[v].name, p->code, NULL,
                                          VILLAGE, 0, 0},
                           &s);
    }
    files_end(b, &s);
}

struct debt {
    const char *dataset;
    enum cycle cycle;
    int32_t days;
    const char *unit; /* "": all; NULL: townships */
};

static void drop_duties(struct book *b)
{
    static const struct debt debts[] = {
        {"official", QUARTER, 20, ""},
        {"decision", MONTH, 20, ""},
        {"contract", MONTH, 20, ""},
        {"power_item", YEAR, 60, ""},
        {"approval", MONTH, 20, NULL},
        {"benefit_pay", MONTH, 20, NULL},
        {"benefit_enrol", QUARTER, 20, NULL},
        {"rural_ledger", MONTH, 20, NULL},
        {"rural_contract", MONTH, 20, NULL},
        {"rural_disclosure", MONTH, 20, NULL},
        {"death", MONTH, 20, "肇东市公安局"},
        {"death", MONTH, 20, "肇东市民政局"},
        {"death", MONTH, 20, "肇东市卫生健康局"},
        {"penalty", MONTH, 20, "肇东市公安局"},
        {"penalty", MONTH, 20, "肇东市市场监督管理局"},
        {"judgment", MONTH, 20, "肇东市人民法院"},
        {"tender", MONTH, 20, "肇东市营商环境建设监督局"},
        {"tr_payment", MONTH, 20, "肇东市财政局"},
        {"fiscal_pay", MONTH, 20, "肇东市财政局"},
        {"social_insurance", MONTH, 20, "肇东市人力资源和社会保障局"},
        {"company", MONTH, 20, "肇东市市场监督管理局"},
        {"project", MONTH, 20, "肇东市乡村振兴局"},
    };
    const struct world *w = b->world;
    struct slot s = files_slot(offices_with(w->offices, OFFICE_COMMISSION),
                               &masters_layouts[MASTER_DUTY], "供数责任清单.csv");
    struct row r;

    for (size_t i = 0; i < OFFICES_COUNT; i++)
        for (size_t n = 0; w->offices[i].chosen && n < sizeof debts / sizeof *debts; n++) {
            const struct debt *owed = &debts[n];
            const struct office *o = &w->offices[i];
            bool is_owed = owed->unit ? !*owed->unit || strcmp(owed->unit, o->name) == 0
                                      : o->role == OFFICE_TOWN;
            if (!is_owed)
                continue;
            row_begin(&r);
            row_text(&r, o->site);
            row_text(&r, owed->dataset);
            row_number(&r, owed->cycle);
            row_number(&r, owed->days);
            row_date(&r, calendar_in_month(w->last_month, 1));
            row_text(&r, "依据监察法开展日常监督");
            files_row(b, &s, &r);
        }
    files_end(b, &s);
}

static void drop_rates(struct book *b)
{
    static const struct {
        int programme, fen, from, to;
        const char *document;
    } rates[] = {{0, 5100, 20210101, 20221231, "黑农规〔2021〕3号"},
                 {0, 5800, 20230101, 0, "黑农规〔2023〕2号"},
                 {1, 6700, 20210101, 20221231, "黑财农〔2021〕18号"},
                 {1, 7100, 20230101, 0, "黑财农〔2023〕11号"}};
    struct slot s = files_slot(offices_named(b->world->offices, "肇东市财政局"),
                               &masters_layouts[MASTER_RATE], "惠民补助标准.csv");
    struct row r;

    for (size_t i = 0; i < sizeof rates / sizeof *rates; i++) {
        row_begin(&r);
        row_number(&r, rates[i].programme);
        row_number(&r, 0);
        row_text(&r, "统一");
        row_text(&r, "亩/年");
        row_number(&r, rates[i].fen);
        row_date(&r, rates[i].from);
        row_date(&r, rates[i].to);
        row_text(&r, rates[i].document);
        files_row(b, &s, &r);
    }
    files_end(b, &s);
}

static void drop_procedure(struct book *b)
{
    static const struct {
        const char *name, *documents;
        int days;
    } steps[] = {{"申请立项", "处置申请", 15},         {"资产清查评估", "评估报告", 30},
                 {"民主议定", "村民代表会议记录", 15}, {"乡镇审核", "审核意见", 15},
                 {"公开交易", "成交确认书", 30},       {"合同签订与备案", "合同备案表", 15},
                 {"公示归档", "公示照片", 20}};
    struct slot s = files_slot(offices_named(b->world->offices, "肇东市农业农村局"),
                               &masters_layouts[MASTER_DISPOSAL], "资产处置程序.csv");
    struct row r;

    for (size_t i = 0; i < sizeof steps / sizeof *steps; i++) {
        row_begin(&r);
        row_number(&r, (int64_t)i + 1);
        row_text(&r, steps[i].name);
        row_number(&r, 1);
        row_text(&r, steps[i].documents);
        row_number(&r, steps[i].days);
        row_date(&r, 20190101);
        row_date(&r, 0);
        files_row(b, &s, &r);
    }
    files_end(b, &s);
}

void masters_lists(struct book *b)
{
    drop_divisions(b);
    drop_duties(b);
    drop_rates(b);
    drop_procedure(b);
}

void masters_drop(struct book *b, struct world *w)
{
    masters_lists(b);
    masters_companies(b, w);
    masters_firm_accounts(b);
    masters_kin(b, w);
}
