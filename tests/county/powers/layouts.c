/* The columns of library 1 besides people, judgments and benefits. */
#include "tests/county/powers/powers.h"

static const struct label kinds[] = {
    {{"permit", "行政许可", "许可"}},  {{"penalty", "行政处罚", "处罚"}},
    {{"benefit", "行政给付", "给付"}}, {{"confirm", "行政确认", "确认"}},
    {{"check", "行政检查", "检查"}},   {{"other", "其他权力", "其他"}}};
static const struct label risks[] = {
    {{"high", "高", "高风险"}}, {{"middle", "中", "中风险"}}, {{"low", "低", "低风险"}}};
static const struct label applicants[] = {{{"person", "自然人", "个人"}},
                                          {{"legal", "法人", "企业法人"}}};
static const struct label documents[] = {{{"citizen", "身份证", "居民身份证"}},
                                         {{"uscc", "统一社会信用代码", "信用代码"}}};
static const struct label results[] = {{{"granted", "准予", "准予许可", "通过"}},
                                       {{"denied", "不予", "不予许可"}},
                                       {{"withdrawn", "撤回", "申请人撤回"}}};
static const struct label meetings[] = {{{"party", "党委会", "党委会议"}},
                                        {{"group", "党组会", "党组会议"}},
                                        {{"office", "局务会", "局长办公会"}}};
static const struct label decisions[] = {{{"major", "重大决策"}},
                                         {{"cadre", "重要干部", "重要干部任免"}},
                                         {{"project", "重大项目", "重大项目安排"}},
                                         {{"funds", "大额资金", "大额资金使用"}}};
static const struct label sources[] = {{{"central", "中央", "中央资金"}},
                                       {{"province", "省", "省级"}},
                                       {{"city", "市", "市级"}},
                                       {{"county", "县", "县级"}}};
static const struct label states[] = {{{"building", "在建", "建设中"}},
                                      {{"done", "已完工", "完工"}},
                                      {{"accepted", "已验收", "验收"}}};
static const struct label categories[] = {{{"people", "人员"}},
                                          {{"decision", "决策分析", "决策"}},
                                          {{"approval", "审批服务", "审批"}},
                                          {{"verdict", "裁决判决", "裁决"}},
                                          {{"project", "产业项目", "产业"}},
                                          {{"benefit", "惠民资金", "惠民"}}};
static const struct label cycles[] = {{{"month", "月", "每月", "月报"}},
                                      {{"quarter", "季", "季度", "季报"}},
                                      {{"year", "年", "年度", "年报"}}};

static const struct column item_columns[] = {
    {{"单位编码", "单位代码"}, CELL_TEXT, true, false, NULL},
    {{"事项编码", "权力事项编码"}, CELL_TEXT, true, false, NULL},
    {{"事项名称", "权力事项名称"}, CELL_TEXT, true, false, NULL},
    {{"权力类别", "权力类型"}, CELL_CODE, true, false, kinds},
    {{"法律依据", "设定依据"}, CELL_TEXT, false, true, NULL},
    {{"办理环节", "流程环节"}, CELL_TEXT, false, true, NULL},
    {{"承诺时限(工作日)", "承诺时限", "承诺办结时限"}, CELL_INT, false, false, NULL},
    {{"廉政风险等级", "风险等级"}, CELL_CODE, false, false, risks},
    {{"责任岗位", "岗位"}, CELL_TEXT, false, false, NULL},
    {{"版本", "版本号"}, CELL_INT, true, false, NULL},
    {{"生效日期", "启用日期"}, CELL_DATE, true, false, NULL},
    {{"失效日期", "停用日期"}, CELL_DATE, false, false, NULL},
};
static const struct column approval_columns[] = {
    {{"业务流水号", "流水号", "办件编号"}, CELL_TEXT, true, false, NULL},
    {{"单位编码", "单位代码"}, CELL_TEXT, true, false, NULL},
    {{"事项编码"}, CELL_TEXT, false, false, NULL},
    {{"事项名称"}, CELL_TEXT, true, false, NULL},
    {{"申请人类型"}, CELL_CODE, true, false, applicants},
    {{"申请人名称", "申请人", "申请人姓名"}, CELL_NAME, true, false, NULL},
    {{"申请人证件类型"}, CELL_CODE, false, false, documents},
    {{"申请人证件号码"}, CELL_ID, false, false, NULL},
    {{"代理人"}, CELL_NAME, false, true, NULL},
    {{"受理日期", "受理时间"}, CELL_DATE, true, false, NULL},
    {{"承诺时限", "承诺时限(工作日)"}, CELL_INT, false, false, NULL},
    {{"暂停天数", "特别程序天数"}, CELL_INT, false, false, NULL},
    {{"办结日期", "办结时间"}, CELL_DATE, false, false, NULL},
    {{"办理结果"}, CELL_CODE, false, false, results},
    {{"受理人"}, CELL_NAME, false, false, NULL},
    {{"审核人"}, CELL_NAME, false, false, NULL},
    {{"审批人"}, CELL_NAME, false, false, NULL},
    {{"许可文号", "证照编号"}, CELL_TEXT, false, false, NULL},
    {{"有效期起"}, CELL_DATE, false, false, NULL},
    {{"有效期止"}, CELL_DATE, false, false, NULL},
};
static const struct column step_columns[] = {
    {{"流水号", "业务流水号", "办件编号"}, CELL_TEXT, true, false, NULL},
    {{"单位编码", "单位代码"}, CELL_TEXT, true, false, NULL},
    {{"环节序号", "序号"}, CELL_INT, true, false, NULL},
    {{"环节名称"}, CELL_TEXT, true, false, NULL},
    {{"经办人"}, CELL_NAME, false, false, NULL},
    {{"开始时间"}, CELL_MOMENT, true, false, NULL},
    {{"结束时间"}, CELL_MOMENT, false, false, NULL},
    {{"意见", "办理意见"}, CELL_TEXT, false, true, NULL},
};
static const struct column decision_columns[] = {
    {{"决策编号", "议题编号"}, CELL_TEXT, true, false, NULL},
    {{"单位编码", "单位代码"}, CELL_TEXT, true, false, NULL},
    {{"会议名称"}, CELL_TEXT, true, false, NULL},
    {{"会议类型"}, CELL_CODE, true, false, meetings},
    {{"会议日期", "召开日期"}, CELL_DATE, true, false, NULL},
    {{"议题名称", "议题"}, CELL_TEXT, true, false, NULL},
    {{"事项类别", "三重一大类别"}, CELL_CODE, true, false, decisions},
    {{"涉及金额(元)", "涉及金额"}, CELL_YUAN, false, false, NULL},
    {{"应到", "应到人数"}, CELL_INT, false, false, NULL},
    {{"实到", "实到人数"}, CELL_INT, false, false, NULL},
    {{"同意", "同意人数"}, CELL_INT, false, false, NULL},
    {{"反对", "反对人数"}, CELL_INT, false, false, NULL},
    {{"弃权", "弃权人数"}, CELL_INT, false, false, NULL},
    {{"主持人"}, CELL_NAME, false, false, NULL},
    {{"主要负责人发言顺序", "一把手发言顺序"}, CELL_INT, false, false, NULL},
    {{"决议内容", "决议"}, CELL_TEXT, false, true, NULL},
    {{"执行责任人"}, CELL_NAME, false, false, NULL},
    {{"完成时限"}, CELL_DATE, false, false, NULL},
    {{"纪要文号", "会议纪要文号"}, CELL_TEXT, false, false, NULL},
    {{"附件清单", "附件"}, CELL_TEXT, false, true, NULL},
};
static const struct column project_columns[] = {
    {{"项目编码", "项目编号"}, CELL_TEXT, true, false, NULL},
    {{"项目名称"}, CELL_TEXT, true, false, NULL},
    {{"主管单位", "主管部门"}, CELL_TEXT, true, false, NULL},
    {{"实施单位"}, CELL_TEXT, false, false, NULL},
    {{"建设地点区划", "建设地点区划代码"}, CELL_TEXT, false, false, NULL},
    {{"资金来源"}, CELL_CODE, false, false, sources},
    {{"批复文号"}, CELL_TEXT, false, false, NULL},
    {{"批复投资(元)", "批复投资"}, CELL_YUAN, false, false, NULL},
    {{"到位资金", "到位资金(元)"}, CELL_YUAN, false, false, NULL},
    {{"已支付", "已支付(元)"}, CELL_YUAN, false, false, NULL},
    {{"开工日期"}, CELL_DATE, false, false, NULL},
    {{"计划竣工", "计划竣工日期"}, CELL_DATE, false, false, NULL},
    {{"实际竣工", "实际竣工日期"}, CELL_DATE, false, false, NULL},
    {{"受益户数"}, CELL_INT, false, false, NULL},
    {{"带动主体信用代码"}, CELL_ID, false, false, NULL},
    {{"分红约定"}, CELL_TEXT, false, true, NULL},
    {{"状态", "项目状态"}, CELL_CODE, true, false, states},
};
static const struct column matter_columns[] = {
    {{"大项编码", "大项编号", "序号"}, CELL_INT, true, false, NULL},
    {{"名称", "大项名称"}, CELL_TEXT, true, false, NULL},
    {{"类别", "大项类别"}, CELL_CODE, true, false, categories},
    {{"责任单位", "牵头单位"}, CELL_TEXT, false, false, NULL},
    {{"报送周期", "周期"}, CELL_CODE, false, false, cycles},
    {{"必备材料", "佐证材料"}, CELL_TEXT, false, false, NULL},
    {{"金额起点", "金额起点(元)"}, CELL_YUAN, false, false, NULL},
};
static const struct column report_columns[] = {
    {{"单位编码", "单位代码"}, CELL_TEXT, true, false, NULL},
    {{"大项编码", "大项编号"}, CELL_INT, true, false, NULL},
    {{"所属月份", "所属期间"}, CELL_MONTH, true, false, NULL},
    {{"事项标题", "标题"}, CELL_TEXT, true, false, NULL},
    {{"涉及金额(元)", "涉及金额"}, CELL_YUAN, false, false, NULL},
    {{"本期无", "本期无此事项"}, CELL_BOOL, false, false, NULL},
    {{"材料清单", "佐证材料"}, CELL_TEXT, false, false, NULL},
    {{"报送日期", "上报日期"}, CELL_DATE, false, false, NULL},
};

const struct layout powers_layouts[POWER_DATASETS] = {
    LAYOUT("power_item", "权力清单和廉政风险点", item_columns, -1, 120),
    LAYOUT("approval", "审批服务台账", approval_columns, -1, 120),
    LAYOUT("approval_step", "审批环节明细", step_columns, -1, 250),
    LAYOUT("decision", "三重一大决策事项登记表", decision_columns, -1, 60),
    LAYOUT("project", "产业项目台账", project_columns, 7, 60),
    LAYOUT("major_item", "大事大项目录", matter_columns, -1, 0),
    LAYOUT("major_report", "大事大项报送表", report_columns, -1, 60),
};
