/* The 80 major matters, and what the key units reported of them. */
#include <stdio.h>
#include <string.h>

#include "tests/county/powers/powers.h"
#include "tests/county/world/calendar.h"

#define MATTERS 80
#define MONTHS 3
#define TITLE_BYTES 128

enum category { PEOPLE, DECIDED, APPROVED, JUDGED, BUILT, BENEFITED, CATEGORIES };
enum cycle { MONTH, QUARTER, YEAR };

/* `owner` NULL: all key units. */
struct family {
    enum category category;
    const char *materials;
    struct {
        const char *name, *owner;
        enum cycle cycle;
    } matters[16];
};

static const struct family families[CATEGORIES] = {
    {PEOPLE,
     "任免文件、会议纪要",
     {{"领导班子成员变动", NULL, MONTH},
      {"中层干部选拔任用", NULL, QUARTER},
      {"公务员招录和调任", "中共肇东市委组织部", QUARTER},
      {"干部人事档案审核", "中共肇东市委组织部", YEAR},
      {"领导干部个人有关事项报告", "中共肇东市委组织部", YEAR},
      {"重点岗位轮岗交流", NULL, YEAR},
      {"村两委成员变动", "肇东市农业农村局", QUARTER},
      {"编外人员聘用", NULL, YEAR},
      {"因公因私出国境审批", "中共肇东市委组织部", QUARTER},
      {"干部家属经商办企业", "中共肇东市委组织部", YEAR},
      {"退休干部兼职", "中共肇东市委组织部", YEAR},
      {"教师招聘和调动", "肇东市教育局", YEAR},
      {"社会保险经办人员管理", "肇东市人力资源和社会保障局", YEAR}}},
    {DECIDED,
     "会议纪要、表决记录",
     {{"重大决策事项", NULL, MONTH},
      {"大额资金使用", NULL, MONTH},
      {"年度预算调整", "肇东市财政局", QUARTER},
      {"政府性债务举借和偿还", "肇东市财政局", QUARTER},
      {"国有资产重大处置", "肇东市财政局", QUARTER},
      {"重大行政决策程序", "肇东市人民政府办公室", QUARTER},
      {"招商引资优惠政策", "肇东市人民政府办公室", YEAR},
      {"土地出让方案", "肇东市自然资源局", QUARTER},
      {"国土空间规划调整", "肇东市自然资源局", YEAR},
      {"重大项目立项", "肇东市发展和改革局", QUARTER},
      {"粮食收储安排", "肇东市发展和改革局", YEAR},
      {"涉法涉诉重大案件", "中共肇东市委政法委员会", QUARTER},
      {"司法救助资金", "中共肇东市委政法委员会", YEAR}}},
    {APPROVED,
     "审批台账、审核意见",
     {{"食品药品经营许可", "肇东市市场监督管理局", MONTH},
      {"企业登记异常名录", "肇东市市场监督管理局", QUARTER},
      {"建筑施工许可", "肇东市住房和城乡建设局", MONTH},
      {"商品房预售和资金监管", "肇东市住房和城乡建设局", QUARTER},
      {"道路运输经营许可", "肇东市交通运输局", QUARTER},
      {"排污许可", "绥化市肇东生态环境局", QUARTER},
      {"医疗机构设置审批", "肇东市卫生健康局", QUARTER},
      {"民办学校设立审批", "肇东市教育局", YEAR},
      {"不动产登记", "肇东市自然资源局", MONTH},
      {"采矿权登记", "肇东市自然资源局", YEAR},
      {"特种行业许可", "肇东市公安局", QUARTER},
      {"户籍办理", "肇东市公安局", QUARTER},
      {"建筑垃圾处置核准", "肇东市城市管理综合执法局", QUARTER},
      {"医保定点机构确定", "肇东市医疗保障局", YEAR}}},
    {JUDGED,
     "文书清单、移送回执",
     {{"行政处罚决定", "肇东市公安局、肇东市市场监督管理局、肇东市城市管理综合执法局", MONTH},
      {"党员公职人员违法情况通报", "肇东市公安局", MONTH},
      {"刑事判决生效", "肇东市人民法院", MONTH},
      {"失信被执行人名单", "肇东市人民法院", QUARTER},
      {"不起诉决定", "肇东市人民检察院", QUARTER},
      {"检察建议", "肇东市人民检察院", QUARTER},
      {"执行款物管理", "肇东市人民法院", QUARTER},
      {"涉案财物处置", "肇东市公安局、肇东市人民检察院", QUARTER},
      {"环境违法案件", "绥化市肇东生态环境局", QUARTER},
      {"交通执法案件", "肇东市交通运输局", QUARTER},
      {"城管执法案件", "肇东市城市管理综合执法局", QUARTER},
      {"农资打假案件", "肇东市农业农村局", QUARTER},
      {"党纪政务处分执行", "中共肇东市纪律检查委员会监察委员会", MONTH}}},
    {BUILT,
     "项目批复、进度报告、支付凭证",
     {{"高标准农田建设", "肇东市农业农村局", QUARTER},
      {"乡村产业项目", "肇东市乡村振兴局", MONTH},
      {"农村公路建设", "肇东市交通运输局", QUARTER},
      {"学校新建和维修", "肇东市教育局", QUARTER},
      {"医疗设备购置", "肇东市卫生健康局", QUARTER},
      {"老旧小区改造", "肇东市住房和城乡建设局", QUARTER},
      {"保障性住房建设和分配", "肇东市住房和城乡建设局", QUARTER},
      {"黑土地保护", "肇东市农业农村局", YEAR},
      {"污水和垃圾处理设施", "绥化市肇东生态环境局", QUARTER},
      {"政府采购项目", "肇东市财政局", MONTH},
      {"中央预算内投资项目", "肇东市发展和改革局", QUARTER},
      {"专项债券项目", "肇东市发展和改革局", QUARTER},
      {"村集体经济项目", "肇东市乡村振兴局", QUARTER}}},
    {BENEFITED,
     "发放清册、公示照片、银行回单",
     {{"最低生活保障", "肇东市民政局", MONTH},
      {"特困人员供养", "肇东市民政局", MONTH},
      {"临时救助", "肇东市民政局", QUARTER},
      {"残疾人两项补贴", "肇东市民政局", QUARTER},
      {"城乡居民养老保险待遇", "肇东市人力资源和社会保障局", MONTH},
      {"失业保险待遇", "肇东市人力资源和社会保障局", QUARTER},
      {"公益性岗位补贴", "肇东市人力资源和社会保障局", QUARTER},
      {"耕地地力保护补贴", "肇东市农业农村局、肇东市财政局", YEAR},
      {"农机购置补贴", "肇东市农业农村局", QUARTER},
      {"学生资助", "肇东市教育局", QUARTER},
      {"医疗救助", "肇东市医疗保障局", MONTH},
      {"医保基金支付", "肇东市医疗保障局", MONTH},
      {"农村危房改造", "肇东市住房和城乡建设局", YEAR},
      {"防止返贫监测帮扶", "肇东市乡村振兴局", MONTH}}}};

struct matter {
    const struct family *of;
    const char *name, *owner;
    enum cycle cycle;
    int32_t number;
};

static bool owes(const struct matter *m, const struct office *o)
{
    return o->chosen && o->is_key && (!m->owner || strstr(m->owner, o->name));
}

static void write_matter(struct book *b, const struct matter *m, struct slot *s)
{
    struct row r;

    row_begin(&r);
    row_number(&r, m->number);
    row_text(&r, m->name);
    row_number(&r, m->of->category);
    row_text(&r, m->owner ? m->owner : "各重点部门");
    row_number(&r, m->cycle);
    row_text(&r, m->of->materials);
    row_amount(&r, m->of->category == BUILT ? 10000000 : 0);
    files_row(b, s, &r);
}

/* Of the last month one unit forgot two, and one named half of its evidence. */
static void write_report(struct book *b, const struct matter *m, const struct office *o,
                         int32_t month, struct slot *s)
{
    const struct world *w = b->world;
    uint64_t chance = dice_hash(o->unit_code) ^ dice_hash(m->name) ^ (uint64_t)month * 977u;
    bool is_nothing = chance % 7 == 0, is_last = month == w->last_month;
    bool is_health = strcmp(o->name, "肇东市卫生健康局") == 0;
    int32_t on = powers_office_day(calendar_in_month(month + 1, 2 + (int32_t)(chance / 7 % 3)));
    struct row r;

    if (is_last && is_health && m->cycle == MONTH && m->of->category == DECIDED)
        return;
    is_nothing &= !(is_last && o->role == OFFICE_COURT);
    row_begin(&r);
    row_text(&r, o->unit_code);
    row_number(&r, m->number);
    row_number(&r, calendar_ym(month));
    row_format(&r, "%d年%d月%s", month / 12, month % 12 + 1, m->name);
    row_amount(&r, !is_nothing && m->of->category >= BUILT
                       ? 100 * (int64_t)(20000 + chance / 64 % 4000000)
                       : 0);
    row_number(&r, is_nothing);
    row_text(&r, is_nothing ? NULL
                 : is_last && o->role == OFFICE_COURT && m->of->category == JUDGED
                     ? "文书清单"
                     : m->of->materials);
    row_date(&r, on <= w->today ? on : w->today);
    files_row(b, s, &r);
}

static void report(struct book *b, const struct matter *m, const struct office *o, struct slot *s)
{
    int32_t last = b->world->last_month;
    int32_t step = m->cycle == MONTH ? 1 : 3;

    /* What is owed for a longer time is reported in its last month, a year's with its last quarter.
     */
    for (int32_t month = last - MONTHS + 1; month <= last; month += 1)
        if ((month + 1) % step == 0 || (m->cycle != MONTH && month == last))
            write_report(b, m, o, month, s);
}

static size_t number_matters(struct matter out[MATTERS])
{
    size_t count = 0;

    for (size_t f = 0; f < CATEGORIES; f++)
        for (size_t i = 0; i < 16 && families[f].matters[i].name; i++, count++)
            out[count] = (struct matter){&families[f], families[f].matters[i].name,
                                         families[f].matters[i].owner, families[f].matters[i].cycle,
                                         (int32_t)count + 1};
    return count;
}

void powers_matters(struct book *b)
{
    const struct world *w = b->world;
    struct matter matters[MATTERS];
    size_t count = number_matters(matters);
    struct slot list = files_slot(offices_named(w->offices, "肇东市人民政府办公室"),
                                  &powers_layouts[POWER_MATTER], "大事大项目录.csv");

    for (size_t i = 0; i < count; i++)
        write_matter(b, &matters[i], &list);
    files_end(b, &list);
    for (size_t o = 0; o < OFFICES_COUNT; o++) {
        struct slot s =
            files_slot(&w->offices[o], &powers_layouts[POWER_REPORT], "大事大项报送.csv");
        for (size_t i = 0; i < count; i++)
            if (owes(&matters[i], &w->offices[o]))
                report(b, &matters[i], &w->offices[o], &s);
        files_end(b, &s);
    }
}
