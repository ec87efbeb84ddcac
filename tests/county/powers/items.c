/* The powers of the county's units, and the lists of them. */
#include <stdio.h>
#include <string.h>

#include "tests/county/powers/powers.h"
#include "tests/county/world/calendar.h"

const struct power powers[] = {
    {"", "重要岗位人员任免和轮岗", "党政领导干部选拔任用工作条例", "主要负责人", OTHER_POWER,
     RISK_HIGH, 0, 0},
    {"", "大额资金审批拨付", "中华人民共和国预算法", "分管财务负责人", OTHER_POWER, RISK_HIGH, 0,
     0},
    {"", "货物、工程和服务采购", "中华人民共和国政府采购法", "采购岗位", OTHER_POWER, RISK_HIGH, 0,
     0},
    {"", "国有资产处置", "行政事业性国有资产管理条例", "资产管理岗位", OTHER_POWER, RISK_MIDDLE, 0,
     0},
    {"", "公务接待和公务用车", "党政机关厉行节约反对浪费条例", "办公室", OTHER_POWER, RISK_MIDDLE,
     0, 0},
    {"", "考核奖励和评先评优", "公务员考核规定", "人事岗位", OTHER_POWER, RISK_LOW, 0, 0},
    {"", "印章和档案管理", "机关档案管理规定", "办公室", OTHER_POWER, RISK_LOW, 0, 0},
    {NULL, "最低生活保障对象初审", "社会救助暂行办法", "民政助理", GRANT, RISK_HIGH, 20, 900},
    {NULL, "农村宅基地审批", "中华人民共和国土地管理法", "土地管理岗位", PERMIT, RISK_HIGH, 20,
     700},
    {NULL, "乡村建设规划许可", "中华人民共和国城乡规划法", "村镇建设岗位", PERMIT, RISK_MIDDLE, 15,
     450},
    {NULL, "临时救助对象确认", "社会救助暂行办法", "民政助理", GRANT, RISK_MIDDLE, 10, 500},
    {NULL, "农村承包地经营权流转备案", "农村土地经营权流转管理办法", "经管站", CONFIRM, RISK_MIDDLE,
     7, 350},
    {"肇东市公安局", "特种行业许可", "旅馆业治安管理办法", "治安管理大队", PERMIT, RISK_HIGH, 15,
     260},
    {"肇东市公安局", "户口迁移审批", "中华人民共和国户口登记条例", "户政科", PERMIT, RISK_MIDDLE,
     10, 1300},
    {"肇东市公安局", "治安管理处罚", "中华人民共和国治安管理处罚法", "法制大队", PENALTY_POWER,
     RISK_HIGH, 30, 0},
    {"肇东市民政局", "社会团体成立登记", "社会团体登记管理条例", "社会组织管理股", PERMIT,
     RISK_MIDDLE, 20, 60},
    {"肇东市民政局", "养老机构备案", "养老机构管理办法", "养老服务股", CONFIRM, RISK_MIDDLE, 10,
     40},
    {"肇东市卫生健康局", "公共场所卫生许可", "公共场所卫生管理条例", "行政审批股", PERMIT,
     RISK_MIDDLE, 10, 780},
    {"肇东市卫生健康局", "医疗机构执业登记", "医疗机构管理条例", "医政股", PERMIT, RISK_HIGH, 20,
     120},
    {"肇东市市场监督管理局", "食品经营许可", "中华人民共和国食品安全法", "行政审批股", PERMIT,
     RISK_HIGH, 10, 2600},
    {"肇东市市场监督管理局", "企业设立登记", "中华人民共和国市场主体登记管理条例", "登记注册股",
     CONFIRM, RISK_LOW, 3, 2400},
    {"肇东市市场监督管理局", "药品零售许可", "中华人民共和国药品管理法", "药械监管股", PERMIT,
     RISK_HIGH, 15, 160},
    {"肇东市自然资源局", "不动产登记", "不动产登记暂行条例", "不动产登记中心", CONFIRM, RISK_MIDDLE,
     5, 2200},
    {"肇东市自然资源局", "建设用地规划许可", "中华人民共和国城乡规划法", "用途管制股", PERMIT,
     RISK_HIGH, 20, 90},
    {"肇东市自然资源局", "采矿权登记", "矿产资源开采登记管理办法", "矿产管理股", PERMIT, RISK_HIGH,
     30, 12},
    {"肇东市住房和城乡建设局", "建筑工程施工许可", "中华人民共和国建筑法", "建筑管理股", PERMIT,
     RISK_HIGH, 7, 180},
    {"肇东市住房和城乡建设局", "商品房预售许可", "城市商品房预售管理办法", "房产管理股", PERMIT,
     RISK_HIGH, 10, 60},
    {"肇东市交通运输局", "道路货物运输经营许可", "中华人民共和国道路运输条例", "运输管理股", PERMIT,
     RISK_MIDDLE, 10, 640},
    {"肇东市水务局", "取水许可", "取水许可和水资源费征收管理条例", "水资源股", PERMIT, RISK_MIDDLE,
     30, 110},
    {"肇东市农业农村局", "种子生产经营许可", "中华人民共和国种子法", "种植业股", PERMIT,
     RISK_MIDDLE, 20, 90},
    {"肇东市农业农村局", "农机购置补贴审核", "农业机械化促进法", "农机化股", GRANT, RISK_HIGH, 15,
     420},
    {"肇东市林业和草原局", "林木采伐许可", "中华人民共和国森林法", "资源管理股", PERMIT, RISK_HIGH,
     15, 210},
    {"肇东市文体广电和旅游局", "娱乐场所经营许可", "娱乐场所管理条例", "市场管理股", PERMIT,
     RISK_HIGH, 20, 60},
    {"肇东市应急管理局", "危险化学品经营许可", "危险化学品安全管理条例", "危化监管股", PERMIT,
     RISK_HIGH, 30, 80},
    {"肇东市城市管理综合执法局", "城市建筑垃圾处置核准", "城市建筑垃圾管理规定", "行政审批股",
     PERMIT, RISK_MIDDLE, 10, 190},
    {"绥化市肇东生态环境局", "排污许可", "排污许可管理条例", "行政审批股", PERMIT, RISK_HIGH, 20,
     130},
    {"肇东市教育局", "民办学校设立审批", "中华人民共和国民办教育促进法", "职成教股", PERMIT,
     RISK_HIGH, 30, 50},
    {"肇东市人力资源和社会保障局", "劳务派遣经营许可", "劳务派遣行政许可实施办法", "劳动关系股",
     PERMIT, RISK_MIDDLE, 20, 40},
    {"肇东市财政局", "政府采购投诉处理", "政府采购质疑和投诉办法", "政府采购股", OTHER_POWER,
     RISK_HIGH, 30, 0},
    {"肇东市审计局", "领导干部经济责任审计", "中华人民共和国审计法", "经济责任审计股", CHECK,
     RISK_MIDDLE, 0, 0},
    {"肇东市发展和改革局", "政府投资项目审批", "政府投资条例", "投资股", PERMIT, RISK_HIGH, 15, 70},
};
const size_t powers_count = sizeof powers / sizeof *powers;

#define EDITION_FROM 20230101 /* of the first edition; the second holds from the third year on */
#define EDITION_NEXT 20260101

bool powers_is_held(const struct power *p, const struct office *office)
{
    if (!p->unit)
        return office->role == OFFICE_TOWN;
    return !*p->unit || strcmp(p->unit, office->name) == 0;
}

void powers_code(const struct power *p, char out[16])
{
    (void)snprintf(out, 16, "2312%02u%05u", (unsigned)p->kind + 1,
                   (unsigned)(p - powers + 1) % 1000 * 37);
}

void powers_clerk(const struct office *office, const char *post, uint32_t turn,
                  char out[NAMES_BYTES])
{
    struct dice d = dice_for(dice_hash(office->unit_code), post, turn);

    names_make(&d, dice_chance(&d, 600), 1978, NULL, out);
}

int32_t powers_office_day(int32_t ymd)
{
    for (;; ymd = calendar_add(ymd, 1)) {
        int32_t day = ymd % 10000;
        int32_t week = calendar_days(ymd) % 7; /* 0 is a Wednesday */
        bool is_weekend = week == 3 || week == 4;
        if (!is_weekend && !(day >= 1001 && day <= 1008) && !(day >= 501 && day <= 505) &&
            !(day >= 101 && day <= 103) && !(day >= 128 && day <= 224))
            return ymd;
    }
}

uint16_t powers_limit(const struct power *p, int32_t on)
{
    return p->limit_days ? (uint16_t)(p->limit_days + (on < EDITION_NEXT ? 5 : 0)) : 0;
}

static void write_item(struct book *b, const struct office *o, const struct power *p,
                       unsigned edition, struct slot *s)
{
    bool is_old = edition == 1 && b->world->today >= EDITION_NEXT;
    struct row r;
    char code[16];

    powers_code(p, code);
    row_begin(&r);
    row_text(&r, o->unit_code);
    row_format(&r, "%s", code);
    row_text(&r, p->name);
    row_number(&r, p->kind);
    row_text(&r, p->basis);
    row_text(&r, p->limit_days ? "受理-审核-决定" : NULL);
    row_number(&r, p->limit_days ? powers_limit(p, edition == 1 ? EDITION_FROM : EDITION_NEXT)
                                 : SHEET_NONE);
    row_number(&r, p->risk);
    row_text(&r, p->post);
    row_number(&r, edition);
    row_date(&r, edition == 1 ? EDITION_FROM : EDITION_NEXT);
    row_date(&r, is_old ? calendar_add(EDITION_NEXT, -1) : 0);
    files_row(b, s, &r);
}

void powers_lists(struct book *b)
{
    const struct world *w = b->world;

    for (size_t i = 0; i < OFFICES_COUNT; i++) {
        struct slot s = files_slot(&w->offices[i], &powers_layouts[POWER_ITEM], "权力清单.csv");
        for (unsigned edition = 1; w->offices[i].chosen && edition <= 2; edition++)
            for (size_t n = 0; n < powers_count; n++)
                if (powers_is_held(&powers[n], &w->offices[i]))
                    write_item(b, &w->offices[i], &powers[n], edition, &s);
        files_end(b, &s);
    }
}
