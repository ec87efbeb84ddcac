#include "common/format/format_inside.h"

/* A zip archive is a workbook until it proves to be something else. */
static bool is_archive(struct format_source *source)
{
    char head[4];
    size_t len = 0;
    return source->read_at && source->read_at(source, 0, head, sizeof head, &len) == OK &&
           str_equal(str_make(head, len), STR("PK\x03\x04"));
}

enum err format_open(struct format_source *source, struct arena *a, struct problem_list *problems,
                     struct format **out_format)
{
    return is_archive(source) ? xlsx_open(source, a, problems, out_format)
                              : csv_open(source, a, problems, out_format);
}

void format_close(struct format *f)
{
    if (f)
        f->ops->close(f);
}

enum err format_next_row(struct format *f, struct problem_list *problems,
                         struct format_row *out_row)
{
    return f->ops->next_row(f, problems, out_row);
}

struct str format_name(const struct format *f, char *room, size_t room_len)
{
    return f->ops->name(f, room, room_len);
}

uint32_t format_sheet_count(const struct format *f)
{
    return f->ops->sheet_count(f);
}

void format_fault(struct problem_list *l, enum problem_severity severity, const char *code,
                  uint64_t row, size_t column, struct str zh, struct str en)
{
    problem_add(l, (struct problem){.severity = severity,
                                    .code = str_of(code),
                                    .line = (uint32_t)row,
                                    .column = (uint32_t)column,
                                    .zh = zh,
                                    .en = en});
}
