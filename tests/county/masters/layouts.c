/* The columns of the masters. */
#include "tests/county/masters/masters.h"

static const struct label levels[] = {{{"1", "省级"}},
                                      {{"2", "地市级"}},
                                      {{"3", "县级", "区县级"}},
                                      {{"4", "乡级", "乡镇级"}},
                                      {{"5", "村级"}}};
static const struct label cycles[] = {{{"month", "月", "每月", "按月"}},
                                      {{"quarter", "季", "季度", "按季"}},
                                      {{"year", "年", "年度", "按年"}}};
static const struct label programmes[] = {{{"liangbu", "粮补", "粮食直补", "种粮补贴"}},
                                          {{"dili", "地力", "地力保护补贴"}}};
static const struct label classes[] = {{{"all", "不分", "统一"}}};
static const struct label account_kinds[] = {{{"person", "个人账户", "个人", "储蓄"}},
                                             {{"basic", "基本存款账户", "基本户"}}};
static const struct label relations[] = {{{"10", "配偶"}},
                                         {{"20", "子", "儿子"}},
                                         {{"30", "女", "女儿"}},
                                         {{"50", "父母"}},
                                         {{"70", "兄弟姐妹"}}};
static const struct label sources[] = {
    {{"report", "个人事项", "个人有关事项报告"}}, {{"household", "户籍"}}, {{"self", "自报"}}};

static const struct column division_columns[] = {
    {{"区划代码", "行政区划代码"}, CELL_TEXT, true, false, NULL},
    {{"名称", "区划名称"}, CELL_TEXT, true, false, NULL},
    {{"上级代码", "上级区划代码"}, CELL_TEXT, false, false, NULL},
    {{"层级", "区划层级"}, CELL_CODE, true, false, levels},
    {{"启用年份"}, CELL_INT, false, false, NULL},
    {{"停用年份"}, CELL_INT, false, false, NULL},
    {{"曾用名", "原名称"}, CELL_TEXT, false, true, NULL},
};
static const struct column duty_columns[] = {
    {{"站点编号", "节点编号", "站点"}, CELL_TEXT, true, false, NULL},
    {{"数据集编号", "数据集"}, CELL_TEXT, true, false, NULL},
    {{"报送周期", "周期"}, CELL_CODE, true, false, cycles},
    {{"截止工作日", "期后工作日"}, CELL_INT, true, false, NULL},
    {{"责任起", "起始日期"}, CELL_DATE, true, false, NULL},
    {{"使用目的", "共享目的"}, CELL_TEXT, false, true, NULL},
};
static const struct column rate_columns[] = {
    {{"项目编码", "项目", "补贴项目"}, CELL_CODE, true, false, programmes},
    {{"标准类别"}, CELL_CODE, true, false, classes},
    {{"档次", "等级"}, CELL_TEXT, true, false, NULL},
    {{"计算单位", "计发单位"}, CELL_TEXT, true, false, NULL},
    {{"标准金额(元)", "标准金额", "标准(元)"}, CELL_YUAN, true, false, NULL},
    {{"执行日期", "启用日期"}, CELL_DATE, true, false, NULL},
    {{"截止日期", "停用日期"}, CELL_DATE, false, false, NULL},
    {{"发文字号", "文号"}, CELL_TEXT, false, true, NULL},
};
static const struct column disposal_columns[] = {
    {{"步骤序号", "步骤", "序号"}, CELL_INT, true, false, NULL},
    {{"步骤名称", "环节名称"}, CELL_TEXT, true, false, NULL},
    {{"是否必经", "必经环节"}, CELL_BOOL, true, false, NULL},
    {{"必备文件", "必备材料"}, CELL_TEXT, false, true, NULL},
    {{"最长天数"}, CELL_INT, false, true, NULL},
    {{"启用日期", "执行日期"}, CELL_DATE, true, false, NULL},
    {{"停用日期"}, CELL_DATE, false, false, NULL},
};
static const struct column account_columns[] = {
    {{"开户行", "开户银行"}, CELL_TEXT, true, false, NULL},
    {{"账号", "银行账号", "账户号码"}, CELL_TEXT, true, false, NULL},
    {{"户名", "账户户名"}, CELL_NAME, true, false, NULL},
    {{"证件", "证件号码", "开户证件"}, CELL_ID, false, false, NULL},
    {{"账户类别", "账户类型"}, CELL_CODE, false, false, account_kinds},
    {{"启用", "开户日期"}, CELL_DATE, false, false, NULL},
    {{"停用", "销户日期"}, CELL_DATE, false, false, NULL},
};
static const struct column kin_columns[] = {
    {{"干部证件", "干部身份证号", "干部证件号码"}, CELL_ID, true, false, NULL},
    {{"干部姓名"}, CELL_NAME, false, false, NULL},
    {{"亲属证件", "亲属身份证号", "亲属证件号码"}, CELL_ID, true, false, NULL},
    {{"亲属姓名"}, CELL_NAME, true, false, NULL},
    {{"称谓", "与干部关系", "关系"}, CELL_CODE, true, false, relations},
    {{"来源", "数据来源"}, CELL_CODE, false, false, sources},
    {{"起", "关系起"}, CELL_DATE, false, false, NULL},
};

const struct layout masters_layouts[MASTERS] = {
    LAYOUT("division", "行政区划代码表", division_columns, -1, 0),
    LAYOUT("duty", "供数责任清单", duty_columns, -1, 0),
    LAYOUT("rate", "惠民补助标准", rate_columns, -1, 0),
    LAYOUT("disposal_rule", "农村集体资产处置程序", disposal_columns, -1, 0),
    LAYOUT("account", "账户登记表", account_columns, -1, 250),
    LAYOUT("kin", "公职人员亲属关系登记表", kin_columns, -1, 250),
};
