/* The columns: the template's header first, then what offices call it; then the words for each
 * code. */
#include "tests/county/rows.h"

static const struct label unit_kinds[] = {{{"township", "乡镇"}},
                                          {{"department", "部门", "市直部门"}}};
static const struct label politics[] = {{{"01", "中共党员", "党员", "中国共产党党员"}},
                                        {{"02", "中共预备党员", "预备党员"}},
                                        {{"03", "共青团员", "团员"}},
                                        {{"13", "群众"}}};
static const struct label official_kinds[] = {{{"civil", "公务员"}},
                                              {{"reference", "参公", "参公人员"}},
                                              {{"institution", "事业", "事业编制", "事业人员"}},
                                              {{"enterprise", "国企"}},
                                              {{"village", "村两委", "村干部"}},
                                              {{"other", "其他监察对象", "其他"}}};
static const struct label programmes[PROGRAMMES] = {
    {{"dibao", "低保", "最低生活保障", "农村低保"}},
    {{"tekun", "特困", "五保", "特困供养"}},
    {{"jumin", "居民养老", "城乡居民养老", "居民养老保险"}},
    {{"gaoling", "高龄", "高龄津贴"}},
    {{"canbu", "残补", "残疾人两项补贴"}},
    {{"guer", "孤儿", "孤儿基本生活费"}},
    {{"weigai", "危改", "危房改造"}},
    {{"liangbu", "粮补", "粮食直补"}},
    {{"dili", "地力", "耕地地力保护补贴"}},
    {{"tuigeng", "退耕", "退耕还林"}},
    {{"nongji", "农机", "农机购置补贴"}},
    {{"sangzang", "丧葬", "丧葬补助", "丧葬费"}}};
static const struct label relations[] = {{{"01", "本人", "户主"}}, {{"10", "配偶"}},
                                         {{"20", "子", "儿子"}},   {{"30", "女", "女儿"}},
                                         {{"40", "孙子女"}},       {{"50", "父母"}}};
static const struct label death_sources[] = {{{"police", "公安", "公安注销"}},
                                             {{"civil", "民政殡葬", "殡葬火化"}},
                                             {{"health", "卫健", "卫生健康"}}};
static const struct label party_kinds[] = {{{"person", "自然人", "个人"}},
                                           {{"legal", "法人及非法人组织", "法人", "企业"}},
                                           {{"trader", "个体工商户", "个体户"}}};
static const struct label offences[OFFENCES] = {{{"prostitution", "嫖娼"}},
                                                {{"drugs", "吸毒", "吸食毒品"}},
                                                {{"gambling", "赌博", "参与赌博"}},
                                                {{"drunk", "酒驾", "饮酒驾驶", "酒后驾驶机动车"}},
                                                {{"assault", "殴打他人"}},
                                                {{"theft", "盗窃"}},
                                                {{"disorder", "扰乱秩序", "扰乱公共秩序"}},
                                                {{"traffic", "交通违法", "超速", "违停"}},
                                                {{"market", "市场监管违法", "无照经营"}},
                                                {{"environment", "环境违法"}},
                                                {{"construction", "违法建设"}},
                                                {{"other", "其他", "其他违法"}}};
static const struct label penalty_kinds[] = {
    {{"warning", "警告"}},      {{"fine", "罚款"}},
    {{"confiscation", "没收"}}, {{"suspension", "暂扣", "暂扣许可证"}},
    {{"revocation", "吊销"}},   {{"detention", "拘留", "行政拘留", "治安拘留"}}};
static const struct label penalty_states[] = {
    {{"valid", "有效"}}, {{"revoked", "撤销", "已撤销"}}, {{"changed", "变更", "已变更"}}};
static const struct label intents[] = {{{"negligence", "过失", "过失犯罪"}},
                                       {{"intent", "故意", "故意犯罪"}}};
static const struct label sentences[] = {{{"control", "管制"}},
                                         {{"detention", "拘役"}},
                                         {{"fixed", "有期徒刑", "有期"}},
                                         {{"life", "无期徒刑", "无期"}},
                                         {{"death", "死刑"}},
                                         {{"fine_only", "单处罚金", "罚金"}},
                                         {{"exempt", "免予刑事处罚", "免刑"}}};
static const struct label party_sanctions[] = {{{"none", "无"}},
                                               {{"warning", "党内警告"}},
                                               {{"serious", "党内严重警告", "严重警告"}},
                                               {{"removal", "撤销党内职务"}},
                                               {{"probation", "留党察看"}},
                                               {{"expulsion", "开除党籍"}}};
static const struct label public_sanctions[] = {{{"none", "无"}},
                                                {{"warning", "警告", "政务警告"}},
                                                {{"demerit", "记过", "政务记过"}},
                                                {{"grave", "记大过"}},
                                                {{"demotion", "降级"}},
                                                {{"removal", "撤职", "政务撤职"}},
                                                {{"dismissal", "开除", "开除公职"}}};

static const struct column unit_columns[] = {
    {{"单位编码", "单位代码", "机构编码"}, CELL_TEXT, true, false, NULL},
    {{"单位名称", "名称", "机构名称"}, CELL_TEXT, true, false, NULL},
    {{"统一社会信用代码", "信用代码"}, CELL_TEXT, false, false, NULL},
    {{"类别", "单位类别"}, CELL_CODE, true, false, unit_kinds},
    {{"是否重点部门", "重点部门"}, CELL_BOOL, false, false, NULL},
    {{"区划代码", "行政区划代码"}, CELL_TEXT, false, false, NULL},
    {{"上级单位"}, CELL_TEXT, false, true, NULL},
    {{"边缘节点编号", "节点编号"}, CELL_TEXT, false, false, NULL},
};
static const struct column official_columns[] = {
    {{"公民身份号码", "身份证号", "身份证号码", "证件号码", "身份证"}, CELL_ID, true, false, NULL},
    {{"姓名", "姓 名"}, CELL_NAME, true, false, NULL},
    {{"政治面貌"}, CELL_CODE, false, false, politics},
    {{"入党时间", "入党日期"}, CELL_DATE, false, true, NULL},
    {{"人员类别", "人员类型", "身份类别"}, CELL_CODE, true, false, official_kinds},
    {{"工作单位", "单位名称"}, CELL_TEXT, false, false, NULL},
    {{"单位编码", "单位代码"}, CELL_TEXT, true, false, NULL},
    {{"职务"}, CELL_TEXT, false, false, NULL},
    {{"职级"}, CELL_TEXT, false, true, NULL},
    {{"任职起", "任职时间", "任职起始"}, CELL_DATE, true, false, NULL},
    {{"任职止", "免职日期", "离任日期"}, CELL_DATE, false, false, NULL},
    {{"管理权限"}, CELL_TEXT, false, true, NULL},
    {{"是否村干部", "村干部"}, CELL_BOOL, false, true, NULL},
    {{"电话", "联系电话", "手机号"}, CELL_TEXT, false, true, NULL},
    {{"家庭住址", "住址"}, CELL_TEXT, false, true, NULL},
};
static const struct column enrol_columns[] = {
    {{"项目编码", "项目", "惠民项目", "补贴项目"}, CELL_CODE, true, false, programmes},
    {{"户主证件", "户主身份证号", "户主证件号码"}, CELL_ID, true, false, NULL},
    {{"成员证件", "成员身份证号", "证件号码", "身份证号"}, CELL_ID, true, false, NULL},
    {{"姓名", "成员姓名"}, CELL_NAME, true, false, NULL},
    {{"与户主关系"}, CELL_CODE, false, false, relations},
    {{"区划代码", "村编码"}, CELL_TEXT, false, true, NULL},
    {{"保障人数"}, CELL_INT, false, true, NULL},
    {{"月标准", "月标准(元)", "月保障标准"}, CELL_YUAN, false, false, NULL},
    {{"批准日期", "审批日期"}, CELL_DATE, true, false, NULL},
    {{"停发日期"}, CELL_DATE, false, false, NULL},
    {{"停发原因"}, CELL_TEXT, false, true, NULL},
    {{"公示起", "公示开始"}, CELL_DATE, false, true, NULL},
    {{"公示止", "公示结束"}, CELL_DATE, false, true, NULL},
    {{"经办人"}, CELL_NAME, false, true, NULL},
};
static const struct column pay_columns[] = {
    {{"发放批次", "批次号"}, CELL_TEXT, true, false, NULL},
    {{"项目编码", "项目", "补贴项目", "惠民项目"}, CELL_CODE, true, false, programmes},
    {{"证件号码", "身份证号", "身份证号码", "公民身份号码", "身份证"}, CELL_ID, true, false, NULL},
    {{"所属月份", "发放月份", "月份", "所属期"}, CELL_MONTH, true, false, NULL},
    {{"姓名", "姓　名"}, CELL_NAME, true, false, NULL},
    {{"金额(元)", "金额", "发放金额", "发放金额(元)", "金额（元）"}, CELL_YUAN, true, false, NULL},
    {{"面积(亩)", "面积", "面积（亩）"}, CELL_AREA, false, true, NULL},
    {{"标准(元)", "补贴标准"}, CELL_YUAN, false, true, NULL},
    {{"开户行", "开户银行"}, CELL_TEXT, false, true, NULL},
    {{"账号", "银行账号", "银行卡号"}, CELL_TEXT, false, true, NULL},
    {{"账户户名", "户名"}, CELL_NAME, false, true, NULL},
    {{"发放日期", "发放时间", "打卡日期"}, CELL_DATE, false, true, NULL},
    {{"乡镇编码", "乡镇代码"}, CELL_TEXT, true, false, NULL},
    {{"村编码", "村代码"}, CELL_TEXT, false, true, NULL},
    {{"经办人"}, CELL_NAME, false, true, NULL},
};
static const struct column death_columns[] = {
    {{"证件号码", "身份证号", "公民身份号码", "死者身份证号"}, CELL_ID, true, false, NULL},
    {{"姓名", "死者姓名"}, CELL_NAME, true, false, NULL},
    {{"死亡日期", "死亡时间"}, CELL_DATE, true, false, NULL},
    {{"来源", "数据来源"}, CELL_CODE, true, false, death_sources},
    {{"登记日期", "注销日期"}, CELL_DATE, false, true, NULL},
};
static const struct column penalty_columns[] = {
    {{"行政处罚决定书文号", "处罚决定书文号", "决定书文号", "文号"}, CELL_TEXT, true, false, NULL},
    {{"处罚机关"}, CELL_TEXT, true, false, NULL},
    {{"机关信用代码"}, CELL_TEXT, false, true, NULL},
    {{"行政相对人名称", "相对人名称", "当事人", "当事人姓名"}, CELL_NAME, true, false, NULL},
    {{"相对人类别", "行政相对人类别"}, CELL_CODE, true, false, party_kinds},
    {{"证件类型"}, CELL_TEXT, false, true, NULL},
    {{"证件号码", "身份证号", "当事人证件号码"}, CELL_ID, false, false, NULL},
    {{"统一社会信用代码", "信用代码"}, CELL_TEXT, false, true, NULL},
    {{"法定代表人"}, CELL_NAME, false, true, NULL},
    {{"违法行为类型", "案由", "违法类型"}, CELL_CODE, true, false, offences},
    {{"违法日期", "违法行为日期"}, CELL_DATE, false, false, NULL},
    {{"处罚类别", "处罚种类"}, CELL_CODE, true, false, penalty_kinds},
    {{"罚款金额(万元)", "罚款金额", "罚款金额（万元）", "罚款金额(元)"},
     CELL_WAN,
     false,
     false,
     NULL},
    {{"处罚决定日期", "处罚日期", "决定日期"}, CELL_DATE, true, false, NULL},
    {{"履行日期"}, CELL_DATE, false, true, NULL},
    {{"政治面貌(登记)", "政治面貌"}, CELL_CODE, false, true, politics},
    {{"状态", "处罚状态"}, CELL_CODE, true, false, penalty_states},
};
static const struct column judgment_columns[] = {
    {{"案号"}, CELL_TEXT, true, false, NULL},
    {{"法院", "审理法院"}, CELL_TEXT, true, false, NULL},
    {{"被告姓名", "被告人", "被告人姓名"}, CELL_NAME, true, false, NULL},
    {{"证件号码", "身份证号", "被告人证件号码"}, CELL_ID, true, false, NULL},
    {{"罪名"}, CELL_TEXT, true, false, NULL},
    {{"故意或过失", "主观方面"}, CELL_CODE, true, false, intents},
    {{"主刑"}, CELL_CODE, true, false, sentences},
    {{"刑期(月)", "刑期", "刑期（月）"}, CELL_INT, false, false, NULL},
    {{"缓刑(月)", "缓刑"}, CELL_INT, false, false, NULL},
    {{"判决日期"}, CELL_DATE, true, false, NULL},
    {{"生效日期"}, CELL_DATE, false, false, NULL},
    {{"政治面貌"}, CELL_CODE, false, true, politics},
};
static const struct column discipline_columns[] = {
    {{"案件编号"}, CELL_TEXT, true, false, NULL},
    {{"被审查调查人", "被调查人", "姓名"}, CELL_NAME, true, false, NULL},
    {{"证件号码", "身份证号", "公民身份号码"}, CELL_ID, true, false, NULL},
    {{"单位", "工作单位"}, CELL_TEXT, false, true, NULL},
    {{"职务"}, CELL_TEXT, false, true, NULL},
    {{"立案日期"}, CELL_DATE, false, false, NULL},
    {{"主要事实"}, CELL_TEXT, false, true, NULL},
    {{"形态", "四种形态"}, CELL_INT, true, false, NULL},
    {{"党纪处分"}, CELL_CODE, false, false, party_sanctions},
    {{"政务处分"}, CELL_CODE, false, false, public_sanctions},
    {{"决定日期", "处分决定日期"}, CELL_DATE, false, false, NULL},
    {{"涉案金额", "涉案金额(元)"}, CELL_YUAN, false, true, NULL},
    {{"关联处罚文号/案号", "关联处罚文号", "关联文号"}, CELL_TEXT, false, false, NULL},
    {{"审结日期"}, CELL_DATE, false, true, NULL},
};

#define LAYOUT(name, title, columns, total, broken_every)                                          \
    {                                                                                              \
        name, title, columns, sizeof columns / sizeof *columns, total, broken_every                \
    }

const struct layout rows_layouts[DATASETS] = {
    [UNIT] = LAYOUT("unit", "单位名录", unit_columns, -1, 0),
    [OFFICIAL] = LAYOUT("official", "干部名册", official_columns, -1, 120),
    [BENEFIT_ENROL] = LAYOUT("benefit_enrol", "惠民资金享受资格名单", enrol_columns, -1, 250),
    [BENEFIT_PAY] = LAYOUT("benefit_pay", "惠民补贴发放明细表", pay_columns, 5, 250),
    [DEATHS] = LAYOUT("death", "死亡登记表", death_columns, -1, 150),
    [PENALTY] = LAYOUT("penalty", "行政处罚案件台账", penalty_columns, 12, 40),
    [JUDGMENT] = LAYOUT("judgment", "刑事判决登记表", judgment_columns, -1, 40),
    [DISCIPLINE_CASE] = LAYOUT("discipline_case", "四种形态案件台账", discipline_columns, -1, 40),
};
