/* The columns of library 2, as the exchange, the buyers and the treasury export them. */
#include "tests/county/trading/trading.h"

static const struct label methods[] = {
    {{"open", "公开招标", "公开"}},    {{"invited", "邀请招标", "邀请"}},
    {{"talks", "竞争性谈判", "竞谈"}}, {{"consult", "竞争性磋商", "磋商"}},
    {{"quote", "询价", "询价采购"}},   {{"single", "单一来源", "单一来源采购"}}};
static const struct label kinds[] = {
    {{"works", "工程", "工程类"}}, {{"goods", "货物", "货物类"}}, {{"services", "服务", "服务类"}}};
static const struct label evaluations[] = {{{"score", "综合评分法", "综合评估法", "综合评分"}},
                                           {{"lowest", "最低评标价法", "最低价法"}}};
static const struct label tender_states[] = {{{"active", "进行中", "招标中"}},
                                             {{"complete", "完成", "已完成", "已定标"}},
                                             {{"cancelled", "取消", "终止"}},
                                             {{"unsuccessful", "流标", "废标"}}};
static const struct label bid_states[] = {{{"valid", "有效"}},
                                          {{"disqualified", "否决", "废标", "无效"}},
                                          {{"withdrawn", "撤回", "已撤回"}},
                                          {{"pending", "待评"}}};
static const struct label results[] = {{{"pass", "合格", "通过", "验收合格"}},
                                       {{"mend", "整改后合格", "限期整改"}}};
static const struct label natures[] = {{{"fiscal", "财政资金", "财政"}},
                                       {{"special", "专项资金", "专项"}},
                                       {{"own", "自有资金", "自筹", "自有"}}};

static const struct label company_states[] = {
    {{"open", "存续", "在营", "开业"}}, {{"revoked", "吊销"}}, {{"closed", "注销", "已注销"}}};
static const struct label parts[] = {{{"holder", "股东", "投资人", "出资人"}},
                                     {{"manager", "高管", "董事", "总经理"}},
                                     {{"supervisor", "监事"}}};

static const struct column approval_columns[] = {
    {{"招标项目编号", "项目编号"}, CELL_TEXT, true, false, NULL},
    {{"项目名称"}, CELL_TEXT, true, false, NULL},
    {{"立项文号", "批复文号"}, CELL_TEXT, false, false, NULL},
    {{"审批部门"}, CELL_TEXT, false, true, NULL},
    {{"招标方式核准", "核准招标方式"}, CELL_CODE, false, false, methods},
    {{"概算(元)", "概算"}, CELL_YUAN, false, false, NULL},
    {{"批复日期", "立项日期"}, CELL_DATE, false, false, NULL},
};
static const struct column tender_columns[] = {
    {{"招标项目编号", "项目编号"}, CELL_TEXT, true, false, NULL},
    {{"标段编号", "标段(包)编号", "标包编号"}, CELL_TEXT, true, false, NULL},
    {{"标段名称", "项目名称"}, CELL_TEXT, false, false, NULL},
    {{"招标人", "采购人"}, CELL_TEXT, true, false, NULL},
    {{"招标人信用代码", "采购人信用代码"}, CELL_ID, false, false, NULL},
    {{"招标代理机构", "代理机构"}, CELL_TEXT, false, false, NULL},
    {{"代理信用代码", "代理机构信用代码"}, CELL_ID, false, true, NULL},
    {{"采购方式", "招标方式"}, CELL_CODE, true, false, methods},
    {{"项目类别", "采购类别"}, CELL_CODE, true, false, kinds},
    {{"品目代码", "采购品目"}, CELL_TEXT, false, false, NULL},
    {{"控制价(元)", "控制价", "最高限价"}, CELL_YUAN, false, false, NULL},
    {{"公告日期", "招标公告日期"}, CELL_DATE, true, false, NULL},
    {{"文件发售起", "文件获取开始"}, CELL_DATE, false, true, NULL},
    {{"文件发售止", "文件获取截止"}, CELL_DATE, false, true, NULL},
    {{"投标截止时间", "递交截止时间"}, CELL_MOMENT, false, false, NULL},
    {{"开标时间"}, CELL_MOMENT, false, false, NULL},
    {{"评标办法", "评标方法"}, CELL_CODE, false, false, evaluations},
    {{"公告媒体", "发布媒介"}, CELL_TEXT, false, false, NULL},
    {{"状态", "招标状态"}, CELL_CODE, true, false, tender_states},
};
static const struct column bid_columns[] = {
    {{"标段编号", "标段(包)编号"}, CELL_TEXT, true, false, NULL},
    {{"投标人信用代码", "投标人统一社会信用代码"}, CELL_ID, true, false, NULL},
    {{"投标人名称", "投标人", "投标单位"}, CELL_TEXT, true, false, NULL},
    {{"报价(元)", "报价", "投标报价"}, CELL_YUAN, false, false, NULL},
    {{"递交时间", "投标文件递交时间"}, CELL_MOMENT, false, false, NULL},
    {{"状态", "投标状态"}, CELL_CODE, true, false, bid_states},
    {{"否决原因", "否决理由"}, CELL_TEXT, false, false, NULL},
    {{"授权代表", "授权委托人"}, CELL_NAME, false, false, NULL},
    {{"代表证件", "授权代表身份证号"}, CELL_ID, false, false, NULL},
    {{"联系电话", "电话"}, CELL_TEXT, false, false, NULL},
    {{"邮箱", "电子邮箱"}, CELL_TEXT, false, true, NULL},
    {{"保证金账户", "保证金账号"}, CELL_TEXT, false, false, NULL},
    {{"IP", "IP地址", "上传IP"}, CELL_TEXT, false, false, NULL},
    {{"MAC", "MAC地址", "网卡地址"}, CELL_TEXT, false, false, NULL},
    {{"文件制作机器码", "机器码", "CPU序列号"}, CELL_TEXT, false, true, NULL},
    {{"得分", "总得分"}, CELL_AREA, false, false, NULL},
    {{"排名", "名次"}, CELL_INT, false, false, NULL},
};
static const struct column expert_columns[] = {
    {{"专家编号", "专家编码"}, CELL_TEXT, true, false, NULL},
    {{"标段编号", "标段(包)编号"}, CELL_TEXT, true, false, NULL},
    {{"姓名", "专家姓名"}, CELL_NAME, true, false, NULL},
    {{"证件", "证件号码", "身份证号"}, CELL_ID, false, false, NULL},
    {{"单位", "工作单位"}, CELL_TEXT, false, false, NULL},
    {{"专业", "评标专业"}, CELL_TEXT, false, true, NULL},
    {{"抽取时间"}, CELL_MOMENT, false, true, NULL},
    {{"回避申请", "是否申请回避"}, CELL_BOOL, false, false, NULL},
    {{"是否招标人代表", "招标人代表"}, CELL_BOOL, false, false, NULL},
};
static const struct column score_columns[] = {
    {{"标段编号", "标段(包)编号"}, CELL_TEXT, true, false, NULL},
    {{"专家编号", "专家编码"}, CELL_TEXT, true, false, NULL},
    {{"投标人信用代码", "投标人统一社会信用代码"}, CELL_ID, true, false, NULL},
    {{"技术分"}, CELL_AREA, false, false, NULL},
    {{"商务分"}, CELL_AREA, false, false, NULL},
    {{"价格分", "报价得分"}, CELL_AREA, false, false, NULL},
    {{"总分", "合计得分"}, CELL_AREA, true, false, NULL},
};
static const struct column award_columns[] = {
    {{"标段编号", "标段(包)编号"}, CELL_TEXT, true, false, NULL},
    {{"中标人信用代码", "中标人统一社会信用代码"}, CELL_ID, true, false, NULL},
    {{"中标人名称", "中标人", "成交供应商"}, CELL_TEXT, false, false, NULL},
    {{"中标价", "中标金额", "中标价(元)"}, CELL_YUAN, true, false, NULL},
    {{"中标通知日期", "中标通知书日期"}, CELL_DATE, false, false, NULL},
    {{"公示起", "中标公示开始"}, CELL_DATE, false, false, NULL},
    {{"公示止", "中标公示结束"}, CELL_DATE, false, true, NULL},
};
static const struct column contract_columns[] = {
    {{"合同编号", "合同号"}, CELL_TEXT, true, false, NULL},
    {{"标段编号", "标段(包)编号"}, CELL_TEXT, false, false, NULL},
    {{"合同名称"}, CELL_TEXT, false, false, NULL},
    {{"签订日期", "合同签订日期"}, CELL_DATE, true, false, NULL},
    {{"合同金额", "合同金额(元)"}, CELL_YUAN, true, false, NULL},
    {{"工期", "工期(天)"}, CELL_INT, false, true, NULL},
    {{"甲方", "采购人"}, CELL_TEXT, false, false, NULL},
    {{"合同相对方", "乙方", "供应商"}, CELL_TEXT, true, false, NULL},
    {{"相对方信用代码", "乙方信用代码"}, CELL_ID, false, false, NULL},
};
static const struct column change_columns[] = {
    {{"合同编号", "合同号"}, CELL_TEXT, true, false, NULL},
    {{"变更序号", "序号"}, CELL_INT, true, false, NULL},
    {{"变更日期", "日期"}, CELL_DATE, true, false, NULL},
    {{"变更金额", "变更金额(元)"}, CELL_BALANCE, true, false, NULL},
    {{"变更原因", "原因"}, CELL_TEXT, false, false, NULL},
    {{"审批文号", "批准文号"}, CELL_TEXT, false, false, NULL},
};
static const struct column milestone_columns[] = {
    {{"合同编号", "合同号"}, CELL_TEXT, true, false, NULL},
    {{"节点", "节点名称"}, CELL_TEXT, true, false, NULL},
    {{"计划日期"}, CELL_DATE, false, false, NULL},
    {{"实际日期", "完成日期"}, CELL_DATE, false, false, NULL},
};
static const struct column acceptance_columns[] = {
    {{"合同编号", "合同号"}, CELL_TEXT, true, false, NULL},
    {{"验收日期"}, CELL_DATE, true, false, NULL},
    {{"验收人", "验收人员"}, CELL_NAME, false, false, NULL},
    {{"结论", "验收结论"}, CELL_CODE, true, false, results},
    {{"监理单位"}, CELL_TEXT, false, true, NULL},
    {{"监理信用代码"}, CELL_ID, false, true, NULL},
};
static const struct column subcontract_columns[] = {
    {{"合同编号", "合同号"}, CELL_TEXT, true, false, NULL},
    {{"分包单位信用代码", "分包商信用代码"}, CELL_ID, true, false, NULL},
    {{"分包单位", "分包单位名称"}, CELL_TEXT, false, false, NULL},
    {{"分包金额", "分包金额(元)"}, CELL_YUAN, true, false, NULL},
    {{"分包日期", "分包合同日期"}, CELL_DATE, false, false, NULL},
};
static const struct column payment_columns[] = {
    {{"合同编号", "合同号"}, CELL_TEXT, true, false, NULL},
    {{"支付序号", "序号"}, CELL_INT, true, false, NULL},
    {{"支付日期", "付款日期"}, CELL_DATE, true, false, NULL},
    {{"金额", "支付金额", "金额(元)"}, CELL_BALANCE, true, false, NULL},
    {{"收款人户名", "收款单位"}, CELL_TEXT, true, false, NULL},
    {{"收款账号", "收款人账号"}, CELL_TEXT, false, false, NULL},
    {{"资金性质"}, CELL_CODE, false, true, natures},
    {{"申请人"}, CELL_NAME, false, true, NULL},
    {{"审批人"}, CELL_NAME, false, true, NULL},
    {{"凭证号", "记账凭证号"}, CELL_TEXT, false, false, NULL},
};

static const struct column company_columns[] = {
    {{"统一社会信用代码", "信用代码", "注册号"}, CELL_ID, true, false, NULL},
    {{"名称", "企业名称"}, CELL_TEXT, true, false, NULL},
    {{"类型", "企业类型"}, CELL_TEXT, false, true, NULL},
    {{"法定代表人", "法人代表", "法人"}, CELL_NAME, false, false, NULL},
    {{"法定代表人证件", "法定代表人身份证号", "法人证件号码"}, CELL_ID, false, false, NULL},
    {{"成立日期", "注册日期"}, CELL_DATE, false, false, NULL},
    {{"状态", "登记状态", "经营状态"}, CELL_CODE, true, false, company_states},
    {{"注册资本(万元)", "注册资本"}, CELL_WAN, false, false, NULL},
    {{"住所", "注册地址"}, CELL_TEXT, false, true, NULL},
    {{"经营范围"}, CELL_TEXT, false, true, NULL},
    {{"参保人数"}, CELL_INT, false, false, NULL},
};
static const struct column role_columns[] = {
    {{"信用代码", "统一社会信用代码", "企业信用代码"}, CELL_ID, true, false, NULL},
    {{"企业名称"}, CELL_TEXT, false, true, NULL},
    {{"姓名"}, CELL_NAME, true, false, NULL},
    {{"证件", "证件号码", "身份证号"}, CELL_ID, true, false, NULL},
    {{"角色", "任职角色"}, CELL_CODE, true, false, parts},
    {{"持股比例", "出资比例"}, CELL_AREA, false, false, NULL},
    {{"起", "任职起", "起始日期"}, CELL_DATE, true, false, NULL},
    {{"止", "任职止", "终止日期"}, CELL_DATE, false, false, NULL},
};

const struct layout trading_layouts[TRADING_DATASETS] = {
    LAYOUT("tr_approval", "交易项目审批台账", approval_columns, -1, 60),
    LAYOUT("tender", "招标公告登记表", tender_columns, -1, 60),
    LAYOUT("bid", "投标登记表", bid_columns, -1, 60),
    LAYOUT("expert", "评标专家抽取登记表", expert_columns, -1, 60),
    LAYOUT("expert_score", "评标专家打分表", score_columns, -1, 150),
    LAYOUT("award", "中标公示台账", award_columns, 3, 60),
    LAYOUT("contract", "合同台账", contract_columns, 4, 60),
    LAYOUT("contract_change", "合同变更台账", change_columns, -1, 40),
    LAYOUT("milestone", "合同实施节点台账", milestone_columns, -1, 80),
    LAYOUT("acceptance", "验收台账", acceptance_columns, -1, 60),
    LAYOUT("subcontract", "分包台账", subcontract_columns, -1, 40),
    LAYOUT("tr_payment", "合同资金支付明细", payment_columns, 3, 150),
    LAYOUT("company", "交易主体登记信息", company_columns, -1, 80),
    LAYOUT("company_role", "交易主体任职持股信息", role_columns, -1, 80),
};
