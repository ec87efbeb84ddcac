#include "provisioning/register.h"

#include "common/base/arena.h"
#include "common/base/buf.h"
#include "common/base/check.h"
#include "common/format/format.h"
#include "common/model/uscc.h"
#include "common/os/file.h"

#include <string.h>

/* One column: its header in the county's list and in the register, and where it stands in the
 * struct. */
struct column {
    struct str header_zh, header;
    size_t offset;
    bool is_required;
};

#define AT(member) offsetof(struct register_site, member)
static const struct column columns[] = {
    {STR_INIT("节点编号"), STR_INIT("site"), AT(id), true},
    {STR_INIT("单位编码"), STR_INIT("unit_code"), AT(unit_code), true},
    {STR_INIT("单位名称"), STR_INIT("name"), AT(name), true},
    {STR_INIT("类别"), STR_INIT("kind"), AT(kind), false},
    {STR_INIT("区划代码"), STR_INIT("division"), AT(division), false},
    {STR_INIT("统一社会信用代码"), STR_INIT("uscc"), AT(uscc), false},
};
#define COLUMNS COUNT_OF(columns)
#define REVOKED STR("revoked")

static struct str *cell_of(struct register_site *site, size_t column)
{
    return (struct str *)(void *)((char *)site + columns[column].offset);
}

/* Where each column stands in the file; SIZE_MAX: not there. */
struct places {
    size_t column[COLUMNS], revoked;
};

static bool find_places(const struct format_row *row, struct places *out_places)
{
    struct places p = {.revoked = SIZE_MAX};
    for (size_t c = 0; c < COLUMNS; c++) {
        p.column[c] = SIZE_MAX;
        for (size_t i = 0; i < row->count; i++) {
            struct str cell = str_trim(row->cells[i]);
            if (str_equal(cell, columns[c].header_zh) || str_equal(cell, columns[c].header))
                p.column[c] = i;
        }
    }
    for (size_t i = 0; i < row->count; i++)
        if (str_equal(str_trim(row->cells[i]), REVOKED))
            p.revoked = i;
    *out_places = p;
    return p.column[0] != SIZE_MAX;
}

static struct register_site site_of_row(const struct county *c, const struct format_row *row,
                                        const struct places *p)
{
    struct register_site site = {0};
    for (size_t i = 0; i < COLUMNS; i++)
        if (p->column[i] < row->count)
            *cell_of(&site, i) = str_copy(c->arena, str_trim(row->cells[p->column[i]]));
    if (p->revoked < row->count)
        site.is_revoked = str_equal(str_trim(row->cells[p->revoked]), STR("1"));
    return site;
}

struct register_site *register_find(const struct register_list *list, struct str id)
{
    for (size_t i = 0; i < list->sites.count; i++)
        if (str_equal(list->sites.at[i].id, id))
            return &list->sites.at[i];
    return NULL;
}

static bool is_id(struct str id)
{
    for (size_t i = 0; i < id.len; i++) {
        char c = id.ptr[i];
        if (!(c >= 'a' && c <= 'z') && !(c >= 'A' && c <= 'Z') && !(c >= '0' && c <= '9') &&
            c != '-' && c != '_')
            return false;
    }
    return id.len > 0 && id.len <= REGISTER_ID_BYTES_MAX && !str_equal(id, STR("hub")) &&
           !str_starts(id, STR("hub-"));
}

static bool is_division(struct str s)
{
    for (size_t i = 0; i < s.len; i++)
        if (s.ptr[i] < '0' || s.ptr[i] > '9')
            return false;
    return s.len == 0 || s.len == 6 || s.len == 9 || s.len == 12;
}

static bool refuse(struct problem_list *problems, uint32_t row, size_t column, struct str value,
                   const char *zh, const char *en)
{
    problem_add(problems, (struct problem){.severity = PROBLEM_ERROR,
                                           .code = STR("site"),
                                           .line = row,
                                           .column = (uint32_t)column + 1,
                                           .header = columns[column].header_zh,
                                           .value = value,
                                           .zh = str_of(zh),
                                           .en = str_of(en)});
    return false;
}

static bool check_site(struct register_site *site, uint32_t row, struct problem_list *problems)
{
    for (size_t i = 0; i < COLUMNS; i++) {
        struct str cell = *cell_of(site, i);
        if (columns[i].is_required && cell.len == 0)
            return refuse(problems, row, i, cell, "此列为空,请填写。", "is empty: fill it in");
        for (size_t j = 0; j < cell.len; j++)
            if ((unsigned char)cell.ptr[j] < ' ')
                return refuse(problems, row, i, STR_NONE, "含有换行或控制字符,请删除。",
                              "holds a line break or control character: remove it");
    }
    if (!is_id(site->id))
        return refuse(problems, row, 0, site->id,
                      "只能用 1 至 32 个英文字母、数字、短横线或下划线,且不能以 hub 命名。",
                      "must be 1 to 32 letters, digits, dashes or underscores, and not hub");
    if (!is_division(site->division))
        return refuse(problems, row, 4, site->division, "应为 6、9 或 12 位数字。",
                      "must have 6, 9 or 12 digits");
    if (site->uscc.len && uscc_check(site->uscc) >= USCC_BAD_LENGTH)
        return refuse(problems, row, 5, site->uscc, "不是有效的统一社会信用代码,请核对或留空。",
                      "is no valid social credit code: check it or leave it empty");
    return true;
}

bool register_add(const struct county *c, struct register_list *list,
                  const struct register_site *site, uint32_t row, struct problem_list *problems)
{
    struct register_site checked = *site;
    if (!check_site(&checked, row, problems))
        return false;
    struct register_site *known = register_find(list, site->id);
    if (known) {
        checked.is_revoked = checked.is_revoked || known->is_revoked;
        *known = checked;
        return true;
    }
    if (list->sites.count == REGISTER_SITES_MAX)
        return refuse(problems, row, 0, site->id, "站点数量已达上限。", "is one site too many");
    VEC_PUSH(&list->sites, c->arena, checked);
    return true;
}

/* Ids that the file itself names twice are a fault: which row is meant nobody can know. */
static bool is_new_in_file(const struct register_list *seen, const struct register_site *site,
                           uint32_t row, struct problem_list *problems)
{
    return !register_find(seen, site->id) ||
           refuse(problems, row, 0, site->id, "在同一文件中重复,请删除其中一行。",
                  "stands in the file twice: remove one of the rows");
}

static enum err missing_headers(const struct places *p, struct str path)
{
    for (size_t i = 0; i < COLUMNS; i++)
        if (columns[i].is_required && p->column[i] == SIZE_MAX)
            return fail(ERR_MALFORMED,
                        STR_FMT ": no column '" STR_FMT "'; the first row must name 节点编号, "
                                "单位编码, 单位名称, 类别, 区划代码, 统一社会信用代码",
                        STR_ARG(path), STR_ARG(columns[i].header_zh));
    return OK;
}

enum err register_import(const struct county *c, struct register_list *list, struct str path,
                         struct problem_list *problems, size_t *out_rows)
{
    struct format_bytes source = {.source = {.read = format_read_bytes}};
    struct register_list seen = {0};
    struct format *format = NULL;
    struct format_row row;
    struct places places = {0};
    bool has_header = false;
    size_t rows = 0;
    enum err e;
    TRY(county_read(c, path, &source.rest));
    if ((e = format_open(&source.source, c->arena, problems, &format)) != OK)
        goto done;
    while ((e = format_next_row(format, problems, &row)) == OK) {
        if (row.is_empty || row.is_damaged)
            continue;
        if (!has_header) {
            has_header = find_places(&row, &places);
            if (has_header && (e = missing_headers(&places, path)) != OK)
                goto done;
            continue;
        }
        struct register_site site = site_of_row(c, &row, &places);
        uint32_t number = (uint32_t)row.number;
        if (is_new_in_file(&seen, &site, number, problems) &&
            register_add(c, list, &site, number, problems)) {
            VEC_PUSH(&seen.sites, c->arena, site);
            rows++;
        }
    }
    if (e == ERR_MISSING)
        e = has_header
                ? OK
                : fail(ERR_MALFORMED, STR_FMT ": no row of headers with 节点编号", STR_ARG(path));
    if (e == OK)
        *out_rows = rows;

done:
    format_close(format);
    return e;
}

enum err register_load(const struct county *c, struct register_list *out_list)
{
    struct register_list list = {0};
    struct problem_list problems;
    struct str path = county_path(c, "sites.csv");
    size_t rows;
    if (county_has(path, c->arena)) {
        problem_list_init(&problems, c->arena, 1);
        TRY(register_import(c, &list, path, &problems, &rows));
        if (problems.errors)
            return fail(ERR_MALFORMED, STR_FMT ", row %u: " STR_FMT, STR_ARG(path),
                        (unsigned)problems.items.at[0].line, STR_ARG(problems.items.at[0].en));
    }
    *out_list = list;
    return OK;
}

static void put_cell(struct buf *out, struct str cell)
{
    buf_put_char(out, '"');
    for (size_t i = 0; i < cell.len; i++) {
        if (cell.ptr[i] == '"')
            buf_put_char(out, '"');
        buf_put_char(out, cell.ptr[i]);
    }
    buf_put_z(out, "\",");
}

struct str register_format(const struct county *c, const struct register_list *list,
                           const char *sign_folder, const char *open_folder)
{
    struct buf out;
    buf_init(&out, c->arena);
    for (size_t i = 0; i < COLUMNS; i++)
        buf_format(&out, STR_FMT ",", STR_ARG(columns[i].header));
    buf_put_z(&out, "sign_pub,open_pub,revoked\n");
    for (size_t n = 0; n < list->sites.count; n++) {
        struct register_site *site = &list->sites.at[n];
        for (size_t i = 0; i < COLUMNS; i++)
            put_cell(&out, *cell_of(site, i));
        buf_format(&out, "%s/" STR_FMT ".sign.pub,%s/" STR_FMT ".open.pub,%d\n", sign_folder,
                   STR_ARG(site->id), open_folder, STR_ARG(site->id), site->is_revoked);
    }
    return buf_str(&out);
}

enum err register_save(const struct county *c, const struct register_list *list)
{
    return county_write(c, county_path(c, "sites.csv"), register_format(c, list, "sites", "sites"),
                        0644);
}
