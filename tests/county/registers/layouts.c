/* The columns of the reference sources. */
#include "tests/county/registers/registers.h"

static const struct label relations[] = {{{"01", "本人", "户主"}}, {{"10", "配偶", "妻子"}},
                                         {{"20", "子", "儿子"}},   {{"30", "女", "女儿"}},
                                         {{"40", "孙子女"}},       {{"50", "父母"}}};
static const struct label vehicle_uses[] = {{{"private", "非营运", "家庭自用", "非营业"}},
                                            {{"business", "营运", "营业"}}};
static const struct label estate_uses[] = {
    {{"home", "住宅", "成套住宅"}}, {{"shop", "商业", "商业服务", "商服"}}, {{"other", "其他"}}};
static const struct label estate_ways[] = {
    {{"purchase", "购买", "买卖"}}, {{"inherit", "继承"}}, {{"build", "自建"}}};
static const struct label insurances[] = {
    {{"pension", "企业职工养老", "职工养老", "城镇职工基本养老保险"}},
    {{"medical", "医疗", "职工医疗"}}};
static const struct label prisons[] = {{{"prison", "监狱服刑", "监狱"}},
                                       {{"detention", "看守所服刑", "看守所"}},
                                       {{"community", "社区矫正", "社区服刑"}}};
static const struct label bans[] = {{{"dishonest", "失信被执行人", "失信"}},
                                    {{"market", "市场禁入", "禁入"}},
                                    {{"bidding", "招投标禁入", "政府采购严重违法失信"}},
                                    {{"tax", "重大税收违法"}}};

#define SOURCE                                                                                     \
    {{"来源单位", "数据来源单位"}, CELL_TEXT, false, true, NULL},                                  \
    {                                                                                              \
        {"截至日期", "数据截至日期"}, CELL_DATE, false, true, NULL                                 \
    }

static const struct column household_columns[] = {
    {{"证件号码", "证件", "身份证号"}, CELL_ID, true, false, NULL},
    {{"姓名"}, CELL_NAME, true, false, NULL},
    {{"户号", "户籍户号"}, CELL_TEXT, true, false, NULL},
    {{"与户主关系"}, CELL_CODE, false, false, relations},
    {{"地址", "户籍地址", "住址"}, CELL_TEXT, false, true, NULL},
    {{"区划代码", "村编码"}, CELL_TEXT, false, false, NULL},
    {{"迁入日期", "迁入"}, CELL_DATE, false, false, NULL},
    {{"注销日期", "注销"}, CELL_DATE, false, false, NULL},
    SOURCE,
};
static const struct column vehicle_columns[] = {
    {{"车牌", "车牌号", "号牌号码"}, CELL_TEXT, true, false, NULL},
    {{"所有人", "车主", "机动车所有人"}, CELL_NAME, false, false, NULL},
    {{"所有人证件", "车主证件", "所有人证件号码"}, CELL_ID, false, false, NULL},
    {{"车型", "品牌型号"}, CELL_TEXT, false, false, NULL},
    {{"使用性质"}, CELL_CODE, false, false, vehicle_uses},
    {{"注册日期", "注册", "初次登记日期"}, CELL_DATE, true, false, NULL},
    {{"转移/报废日期", "转移日期", "注销日期"}, CELL_DATE, false, false, NULL},
    {{"购置价", "购置价(元)", "购置价格"}, CELL_YUAN, false, false, NULL},
    SOURCE,
};
static const struct column estate_columns[] = {
    {{"不动产单元号", "不动产单元编号"}, CELL_TEXT, true, false, NULL},
    {{"权利人", "权利人名称"}, CELL_NAME, false, false, NULL},
    {{"权利人证件", "权利人证件号码"}, CELL_ID, true, false, NULL},
    {{"共有比例", "共有份额", "份额"}, CELL_AREA, false, false, NULL},
    {{"用途", "规划用途"}, CELL_CODE, false, false, estate_uses},
    {{"面积(平方米)", "建筑面积(平方米)", "建筑面积", "面积"}, CELL_AREA, false, false, NULL},
    {{"登记日期", "登记", "登簿日期"}, CELL_DATE, false, false, NULL},
    {{"注销日期", "注销"}, CELL_DATE, false, false, NULL},
    {{"取得方式"}, CELL_CODE, false, true, estate_ways},
    SOURCE,
};
static const struct column land_columns[] = {
    {{"地块编码", "地块编号"}, CELL_TEXT, true, false, NULL},
    {{"承包方", "承包方姓名", "承包方代表"}, CELL_NAME, false, false, NULL},
    {{"承包方证件", "承包方证件号码"}, CELL_ID, true, false, NULL},
    {{"面积", "面积(亩)", "实测面积"}, CELL_AREA, true, false, NULL},
    {{"村编码", "区划代码"}, CELL_TEXT, false, false, NULL},
    SOURCE,
};
static const struct column insurance_columns[] = {
    {{"证件号码", "证件", "身份证号"}, CELL_ID, true, false, NULL},
    {{"姓名"}, CELL_NAME, true, false, NULL},
    {{"单位", "缴费单位", "参保单位"}, CELL_TEXT, true, false, NULL},
    {{"单位信用代码", "参保单位信用代码"}, CELL_ID, false, true, NULL},
    {{"险种", "险种类型"}, CELL_CODE, true, false, insurances},
    {{"月份", "缴费月份", "所属月份"}, CELL_MONTH, true, false, NULL},
    {{"基数", "缴费基数"}, CELL_YUAN, false, false, NULL},
    SOURCE,
};
static const struct column housing_columns[] = {
    {{"证件号码", "证件", "身份证号"}, CELL_ID, true, false, NULL},
    {{"姓名"}, CELL_NAME, true, false, NULL},
    {{"单位", "缴存单位"}, CELL_TEXT, true, false, NULL},
    {{"月份", "缴存月份"}, CELL_MONTH, true, false, NULL},
    {{"基数", "缴存基数"}, CELL_YUAN, false, false, NULL},
    {{"缴存额", "月缴存额"}, CELL_YUAN, false, false, NULL},
    SOURCE,
};
static const struct column payroll_columns[] = {
    {{"证件号码", "证件", "身份证号"}, CELL_ID, true, false, NULL},
    {{"姓名"}, CELL_NAME, true, false, NULL},
    {{"单位编码", "单位", "单位代码"}, CELL_TEXT, true, false, NULL},
    {{"月份", "工资月份", "发放月份"}, CELL_MONTH, true, false, NULL},
    {{"项目", "工资项目", "发放项目"}, CELL_TEXT, true, false, NULL},
    {{"应发", "应发金额", "应发(元)"}, CELL_BALANCE, true, false, NULL},
    SOURCE,
};
static const struct column prison_columns[] = {
    {{"证件号码", "证件", "身份证号"}, CELL_ID, true, false, NULL},
    {{"姓名"}, CELL_NAME, true, false, NULL},
    {{"收监日期", "收监"}, CELL_DATE, true, false, NULL},
    {{"释放日期", "释放"}, CELL_DATE, false, false, NULL},
    {{"类型", "服刑类型"}, CELL_CODE, true, false, prisons},
    SOURCE,
};
static const struct column ban_columns[] = {
    {{"名称", "姓名/名称", "主体名称"}, CELL_NAME, true, false, NULL},
    {{"代码", "证件号码/信用代码", "证件号码", "统一社会信用代码"}, CELL_ID, true, false, NULL},
    {{"名单类型", "类型"}, CELL_CODE, true, false, bans},
    {{"起", "起始日期", "列入日期"}, CELL_DATE, true, false, NULL},
    {{"止", "终止日期", "移出日期"}, CELL_DATE, false, false, NULL},
    {{"案号/文号", "依据文号"}, CELL_TEXT, false, false, NULL},
    SOURCE,
};

const struct layout registers_layouts[REGISTERS] = {
    LAYOUT("household", "户籍人口登记表", household_columns, -1, 250),
    LAYOUT("vehicle", "机动车登记表", vehicle_columns, -1, 250),
    LAYOUT("real_estate", "不动产登记表", estate_columns, -1, 250),
    LAYOUT("land_right", "农村土地承包经营权确权登记表", land_columns, 3, 250),
    LAYOUT("social_insurance", "社会保险缴费明细", insurance_columns, -1, 250),
    LAYOUT("housing_fund", "住房公积金缴存明细", housing_columns, 5, 250),
    LAYOUT("fiscal_pay", "财政供养人员工资表", payroll_columns, 5, 250),
    LAYOUT("prison_term", "服刑人员登记表", prison_columns, -1, 60),
    LAYOUT("blacklist", "失信和禁入名单", ban_columns, -1, 60),
};
