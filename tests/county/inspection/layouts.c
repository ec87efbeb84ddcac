/* The columns of library 4. */
#include "tests/county/inspection/inspection.h"

static const struct label kinds[] = {{{"regular", "常规", "常规巡察"}},
                                     {{"special", "专项", "专项巡察"}},
                                     {{"mobile", "机动", "机动巡察"}},
                                     {{"return", "回头看", "巡察回头看"}}};
static const struct label focuses[] = {{{"politics", "聚焦政治", "贯彻落实党的路线方针政策"}},
                                       {{"people", "聚焦群众", "群众身边腐败和不正之风"}},
                                       {{"party", "聚焦组织", "基层党组织建设", "领导班子"}}};
static const struct label ways[] = {{{"talk", "谈话函询", "函询"}},
                                    {{"check", "初步核实", "初核"}},
                                    {{"wait", "暂存待查", "暂存"}},
                                    {{"close", "予以了结", "了结"}}};
static const struct label states[] = {
    {{"running", "整改中", "正在整改"}}, {{"review", "待验收"}}, {{"closed", "销号", "已销号"}}};
static const struct label uses[] = {{{"cadre", "干部任免"}},
                                    {{"rating", "考核", "年度考核"}},
                                    {{"account", "问责"}},
                                    {{"system", "制度", "建章立制", "完善制度"}}};

static const struct column round_columns[] = {
    {{"轮次", "巡察轮次"}, CELL_TEXT, true, false, NULL},
    {{"类型", "巡察类型"}, CELL_CODE, true, false, kinds},
    {{"组名", "巡察组"}, CELL_TEXT, false, false, NULL},
    {{"组长"}, CELL_NAME, false, false, NULL},
    {{"进驻日期", "进驻时间"}, CELL_DATE, false, false, NULL},
    {{"撤离日期", "撤离时间"}, CELL_DATE, false, false, NULL},
    {{"被巡察单位", "被巡察单位编码", "单位编码"}, CELL_TEXT, true, false, NULL},
};
static const struct column problem_columns[] = {
    {{"问题编号", "问题序号"}, CELL_TEXT, true, false, NULL},
    {{"轮次", "巡察轮次"}, CELL_TEXT, false, false, NULL},
    {{"单位编码", "单位代码"}, CELL_TEXT, true, false, NULL},
    {{"问题类别", "问题类型"}, CELL_CODE, true, false, focuses},
    {{"问题描述", "问题表现", "存在问题"}, CELL_TEXT, true, false, NULL},
    {{"责任人"}, CELL_NAME, false, false, NULL},
    {{"依据", "违反规定"}, CELL_TEXT, false, true, NULL},
    {{"底稿号", "底稿编号"}, CELL_TEXT, false, true, NULL},
    {{"涉及金额", "涉及金额(元)"}, CELL_YUAN, false, false, NULL},
    {{"是否线索", "是否移交线索"}, CELL_BOOL, false, false, NULL},
};
static const struct column clue_columns[] = {
    {{"线索编号", "线索序号"}, CELL_TEXT, true, false, NULL},
    {{"问题编号", "关联问题编号"}, CELL_TEXT, false, false, NULL},
    {{"移交日期", "移交时间"}, CELL_DATE, true, false, NULL},
    {{"承办部门", "承办单位"}, CELL_TEXT, false, false, NULL},
    {{"处置方式"}, CELL_CODE, false, false, ways},
    {{"提出日期", "提出处置意见日期"}, CELL_DATE, false, false, NULL},
    {{"结果", "处置结果"}, CELL_TEXT, false, true, NULL},
    {{"了结日期", "办结日期"}, CELL_DATE, false, false, NULL},
};
static const struct column rectify_columns[] = {
    {{"问题编号", "问题序号"}, CELL_TEXT, true, false, NULL},
    {{"措施序号", "序号"}, CELL_INT, true, false, NULL},
    {{"整改措施", "措施"}, CELL_TEXT, true, false, NULL},
    {{"责任单位"}, CELL_TEXT, false, false, NULL},
    {{"责任人"}, CELL_NAME, false, false, NULL},
    {{"起始日期", "开始日期"}, CELL_DATE, false, false, NULL},
    {{"到期日期", "整改时限", "完成时限"}, CELL_DATE, true, false, NULL},
    {{"进度(%)", "进度", "整改进度"}, CELL_INT, false, false, NULL},
    {{"状态", "整改状态"}, CELL_CODE, true, false, states},
    {{"佐证文件", "佐证材料"}, CELL_TEXT, false, false, NULL},
    {{"验收人"}, CELL_NAME, false, false, NULL},
    {{"验收日期"}, CELL_DATE, false, false, NULL},
    {{"延期批准", "延期审批"}, CELL_TEXT, false, true, NULL},
};
static const struct column use_columns[] = {
    {{"运用编号"}, CELL_TEXT, true, false, NULL},
    {{"问题编号", "关联问题编号"}, CELL_TEXT, false, false, NULL},
    {{"去向", "运用去向"}, CELL_CODE, true, false, uses},
    {{"文号", "文件文号"}, CELL_TEXT, false, false, NULL},
    {{"日期", "运用日期"}, CELL_DATE, true, false, NULL},
};

const struct layout inspection_layouts[INSPECTION_DATASETS] = {
    LAYOUT("insp_round", "巡察轮次安排表", round_columns, -1, 60),
    LAYOUT("insp_problem", "巡察发现问题清单", problem_columns, -1, 60),
    LAYOUT("insp_clue", "巡察移交线索台账", clue_columns, -1, 60),
    LAYOUT("rectify", "巡察整改台账", rectify_columns, -1, 60),
    LAYOUT("insp_result_use", "巡察成果运用台账", use_columns, -1, 60),
};
