/* The columns of library 3, as the townships' accounting stations export them. */
#include "tests/county/rural/rural.h"

static const struct label asset_kinds[] = {{{"business", "经营性", "经营性资产"}},
                                           {{"public", "非经营性", "非经营性资产", "公益性"}},
                                           {{"resource", "资源性", "资源性资产"}}};
static const struct label asset_sorts[] = {{{"house", "房屋", "房屋建筑物"}},
                                           {{"machine", "机械", "机械设备", "农机"}},
                                           {{"field", "耕地"}},
                                           {{"forest", "林地"}},
                                           {{"water", "水面", "坑塘水面"}},
                                           {{"reserve", "机动地"}}};
static const struct label units[] = {
    {{"mu", "亩"}}, {{"metre", "平方米", "㎡"}}, {{"piece", "台", "台套"}}};
static const struct label asset_uses[] = {
    {{"own", "自用"}}, {{"let", "出租", "租赁"}}, {{"contracted", "发包", "承包"}}};
static const struct label deals[] = {{{"contract", "承包"}}, {{"lease", "租赁", "出租"}}};
static const struct label vouchers[] = {{{"invoice", "发票", "增值税发票"}},
                                        {{"receipt", "收据", "收款收据"}},
                                        {{"payroll", "花名册", "发放表"}}};
static const struct label ways[] = {
    {{"transfer", "转账", "银行转账"}}, {{"card", "村务卡"}}, {{"cash", "现金"}}};
static const struct label debts[] = {{{"claim", "债权", "应收"}}, {{"debt", "债务", "应付"}}};

static const struct column org_columns[] = {
    {{"组织编码", "组织编号"}, CELL_TEXT, true, false, NULL},
    {{"名称", "组织名称"}, CELL_TEXT, true, false, NULL},
    {{"统一社会信用代码", "信用代码"}, CELL_ID, false, false, NULL},
    {{"区划代码", "村编码"}, CELL_TEXT, false, false, NULL},
    {{"负责人", "理事长", "法定代表人"}, CELL_NAME, false, false, NULL},
    {{"证件", "负责人证件", "负责人身份证号"}, CELL_ID, false, false, NULL},
    {{"登记日期", "成立日期"}, CELL_DATE, false, true, NULL},
    {{"成员数", "成员人数"}, CELL_INT, false, false, NULL},
    {{"股份总数", "总股数"}, CELL_AREA, false, false, NULL},
};
static const struct column asset_columns[] = {
    {{"资产编号", "资产编码"}, CELL_TEXT, true, false, NULL},
    {{"组织编码", "组织编号"}, CELL_TEXT, true, false, NULL},
    {{"资产名称"}, CELL_TEXT, true, false, NULL},
    {{"类别", "资产类别"}, CELL_CODE, true, false, asset_kinds},
    {{"子类", "资产子类"}, CELL_CODE, false, false, asset_sorts},
    {{"数量", "面积/数量"}, CELL_AREA, false, false, NULL},
    {{"计量单位"}, CELL_CODE, false, false, units},
    {{"原值", "原值(元)", "账面原值"}, CELL_YUAN, false, false, NULL},
    {{"净值", "净值(元)", "账面净值"}, CELL_YUAN, false, false, NULL},
    {{"坐落", "坐落位置"}, CELL_TEXT, false, true, NULL},
    {{"四至"}, CELL_TEXT, false, true, NULL},
    {{"图斑号"}, CELL_TEXT, false, true, NULL},
    {{"取得日期", "购建日期"}, CELL_DATE, false, false, NULL},
    {{"使用状态", "使用情况"}, CELL_CODE, true, false, asset_uses},
    {{"保管人"}, CELL_NAME, false, true, NULL},
};
static const struct column contract_columns[] = {
    {{"合同编号", "合同号"}, CELL_TEXT, true, false, NULL},
    {{"组织编码", "组织编号"}, CELL_TEXT, true, false, NULL},
    {{"资产编号", "资产编码"}, CELL_TEXT, false, false, NULL},
    {{"合同类型", "合同类别"}, CELL_CODE, true, false, deals},
    {{"乙方名称", "乙方", "承包方", "承租方"}, CELL_NAME, true, false, NULL},
    {{"乙方证件/信用代码", "乙方证件", "乙方证件号码"}, CELL_ID, false, false, NULL},
    {{"标的数量", "面积"}, CELL_AREA, false, false, NULL},
    {{"单价", "单价(元)"}, CELL_YUAN, false, false, NULL},
    {{"总价", "总价(元)", "合同金额"}, CELL_YUAN, true, false, NULL},
    {{"签订日期", "签订时间"}, CELL_DATE, true, false, NULL},
    {{"起始", "起始日期", "合同起"}, CELL_DATE, false, false, NULL},
    {{"终止", "终止日期", "合同止"}, CELL_DATE, false, false, NULL},
    {{"付款约定", "付款方式"}, CELL_TEXT, false, true, NULL},
    {{"已收款", "已收款(元)"}, CELL_YUAN, false, false, NULL},
    {{"交易编号", "产权交易编号"}, CELL_TEXT, false, false, NULL},
    {{"民主议定日期", "议定日期"}, CELL_DATE, false, true, NULL},
    {{"备案日期"}, CELL_DATE, false, true, NULL},
};
static const struct column step_columns[] = {
    {{"处置编号", "处置事项编号"}, CELL_TEXT, true, false, NULL},
    {{"组织编码", "组织编号"}, CELL_TEXT, false, false, NULL},
    {{"资产编号", "资产编码"}, CELL_TEXT, false, false, NULL},
    {{"步骤序号", "步骤", "序号"}, CELL_INT, true, false, NULL},
    {{"步骤名称", "环节名称"}, CELL_TEXT, true, false, NULL},
    {{"开始日期", "开始时间"}, CELL_DATE, false, false, NULL},
    {{"完成日期", "完成时间"}, CELL_DATE, false, false, NULL},
    {{"经办人"}, CELL_NAME, false, true, NULL},
    {{"审核人"}, CELL_NAME, false, true, NULL},
    {{"文件名", "佐证文件"}, CELL_TEXT, false, false, NULL},
    {{"文件哈希", "文件校验码"}, CELL_TEXT, false, true, NULL},
    {{"参会人数", "到会人数"}, CELL_INT, false, false, NULL},
    {{"同意人数", "同意"}, CELL_INT, false, false, NULL},
};
static const struct column ledger_columns[] = {
    {{"凭证号", "记账凭证号"}, CELL_TEXT, true, false, NULL},
    {{"分录号", "行号"}, CELL_INT, true, false, NULL},
    {{"组织编码", "组织编号"}, CELL_TEXT, true, false, NULL},
    {{"日期", "记账日期"}, CELL_DATE, true, false, NULL},
    {{"摘要"}, CELL_TEXT, false, false, NULL},
    {{"科目代码", "科目编码"}, CELL_TEXT, true, false, NULL},
    {{"借方", "借方金额"}, CELL_BALANCE, false, false, NULL},
    {{"贷方", "贷方金额"}, CELL_BALANCE, false, false, NULL},
    {{"对方户名", "对方单位"}, CELL_NAME, false, false, NULL},
    {{"对方账号", "对方银行账号"}, CELL_TEXT, false, true, NULL},
    {{"票据类型", "票据种类"}, CELL_CODE, false, false, vouchers},
    {{"支付方式", "结算方式"}, CELL_CODE, false, false, ways},
    {{"经手人", "经办人"}, CELL_NAME, false, true, NULL},
    {{"审批人"}, CELL_NAME, false, true, NULL},
    {{"余额", "结余"}, CELL_BALANCE, false, true, NULL},
};
#define DEBT_COLUMNS                                                                               \
    {{"债权债务编号"}, CELL_TEXT, true, false, NULL},                                              \
        {{"组织编码", "组织编号"}, CELL_TEXT, true, false, NULL},                                  \
        {{"类别", "性质"}, CELL_CODE, true, false, debts},                                         \
        {{"对方名称", "债务人/债权人", "对方单位"}, CELL_NAME, true, false, NULL},                 \
        {{"对方证件", "对方证件号码"}, CELL_ID, false, false, NULL},                               \
        {{"本金", "本金(元)"}, CELL_YUAN, true, false, NULL},                                      \
        {{"期末余额", "余额"}, CELL_YUAN, false, false, NULL},                                     \
        {{"形成日期", "发生日期"}, CELL_DATE, false, false, NULL},                                 \
        {{"到期日期", "约定还款日期"}, CELL_DATE, false, false, NULL},                             \
    {                                                                                              \
        {"形成原因", "原因"}, CELL_TEXT, false, false, NULL                                        \
    }

static const struct column debt_columns[] = {DEBT_COLUMNS};
static const struct column settled_columns[] = {
    DEBT_COLUMNS,
    {{"操作"}, CELL_TEXT, true, false, NULL},
    {{"删除说明", "删除原因"}, CELL_TEXT, false, false, NULL},
};
static const struct column member_columns[] = {
    {{"组织编码", "组织编号"}, CELL_TEXT, true, false, NULL},
    {{"成员证件", "成员身份证号", "身份证号"}, CELL_ID, true, false, NULL},
    {{"姓名", "成员姓名"}, CELL_NAME, true, false, NULL},
    {{"股数", "持股数"}, CELL_AREA, false, false, NULL},
    {{"分红", "分红(元)"}, CELL_YUAN, false, false, NULL},
    {{"分红年度", "年度"}, CELL_INT, false, false, NULL},
};
static const struct column disclosure_columns[] = {
    {{"组织编码", "组织编号"}, CELL_TEXT, true, false, NULL},
    {{"季度", "公开季度"}, CELL_TEXT, true, false, NULL},
    {{"公示日期", "公开日期"}, CELL_DATE, false, false, NULL},
    {{"公开内容", "公开事项"}, CELL_TEXT, false, false, NULL},
    {{"照片哈希", "照片校验码"}, CELL_TEXT, false, true, NULL},
};

const struct layout rural_layouts[RURAL_DATASETS] = {
    LAYOUT("rural_org", "农村集体经济组织名录", org_columns, -1, 60),
    LAYOUT("rural_asset", "集体资产台账", asset_columns, -1, 80),
    LAYOUT("rural_contract", "集体资产合同台账", contract_columns, 8, 60),
    LAYOUT("disposal_step", "资产处置七步台账", step_columns, -1, 80),
    LAYOUT("rural_ledger", "村级收支明细账", ledger_columns, -1, 120),
    LAYOUT("rural_debt", "村级债权债务台账", debt_columns, 5, 60),
    LAYOUT("rural_member", "集体经济组织成员名册", member_columns, -1, 100),
    LAYOUT("rural_disclosure", "村务公开登记表", disclosure_columns, -1, 80),
};

const struct layout rural_settled_layout =
    LAYOUT("rural_debt", "村级债权债务销账表", settled_columns, -1, 0);
