/* Makes libxlsxwriter.xlsx of this folder: cc make.c -lxlsxwriter && ./a.out
 * Constant-memory mode writes inline strings and no shared ones. */
#include <xlsxwriter.h>

int main(void)
{
    static const char *const head[] = {"证件号码", "姓名", "死亡日期", "数据来源", "登记日期"};
    lxw_workbook_options options = {.constant_memory = LXW_TRUE};
    lxw_workbook *book = workbook_new_opt("libxlsxwriter.xlsx", &options);
    lxw_worksheet *sheet = workbook_add_worksheet(book, "死亡");
    lxw_format *date = workbook_add_format(book);
    lxw_datetime day = {2024, 1, 10, 0, 0, 0};
    format_set_num_format(date, "yyyy-mm-dd");
    for (uint16_t i = 0; i < 5; i++)
        worksheet_write_string(sheet, 0, i, head[i], NULL);
    worksheet_write_string(sheet, 1, 0, "11010519491231002X", NULL);
    worksheet_write_string(sheet, 1, 1, "王芳", NULL);
    worksheet_write_datetime(sheet, 1, 2, &day, date);
    worksheet_write_string(sheet, 1, 3, "公安", NULL);
    return (int)workbook_close(book);
}
