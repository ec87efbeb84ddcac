/* B1, what it is measured against: the same rows of the same file, already parsed and typed in
 * memory, inserted into one table without an index, in the same transactions with the same
 * durability. Prints one JSON object.
 *
 *     bench_plain_sqlite FOLDER FILE */
#include "tests/bench/bench.h"

#include "common/base/buf.h"
#include "common/format/format.h"
#include "common/model/value.h"

#include <fcntl.h>
#include <unistd.h>

struct file_source {
    struct format_source source; /* first member */
    int descriptor;
};

static enum err read_bytes(struct format_source *s, char *bytes, size_t room, size_t *out_len)
{
    ssize_t got = read(((struct file_source *)s)->descriptor, bytes, room);
    if (got < 0)
        return fail(ERR_IO, "read");
    *out_len = (size_t)got;
    return OK;
}

struct table {
    struct str *names;
    struct value *cells;
    size_t columns, rows, room;
};

static struct value typed(struct arena *a, struct str cell)
{
    int64_t number;
    if (cell.len == 0)
        return value_null();
    if (cell.len < 16 && str_to_i64(cell, &number))
        return value_int(number);
    return value_text(str_copy(a, cell));
}

static void take(struct bench *b, struct table *t, const struct format_row *row)
{
    if (t->columns == 0) {
        t->columns = row->count;
        t->names = NEW_ARRAY(b->a, struct str, row->count);
        for (size_t i = 0; i < row->count; i++)
            t->names[i] = str_copy(b->a, row->cells[i]);
        t->cells = NEW_ARRAY(b->a, struct value, t->room * t->columns);
        return;
    }
    ASSERT(t->rows < t->room);
    for (size_t i = 0; i < t->columns; i++)
        t->cells[t->rows * t->columns + i] =
            i < row->count ? typed(b->a, row->cells[i]) : value_null();
    t->rows++;
}

static void read_table(struct bench *b, const char *path, struct table *t)
{
    struct file_source file = {{.read = read_bytes}, open(path, O_RDONLY)};
    struct problem_list problems;
    struct format *format;
    struct format_row row;
    problem_list_init(&problems, b->a, 100);
    DO(format_open(&file.source, b->a, &problems, &format));
    while (format_next_row(format, &problems, &row) == OK)
        if (!row.is_empty)
            take(b, t, &row);
    format_close(format);
    close(file.descriptor);
}

static struct str create_sql(struct bench *b, const struct table *t, struct str *out_insert)
{
    struct buf create;
    struct buf insert;
    buf_init(&create, b->a);
    buf_init(&insert, b->a);
    buf_put_z(&create, "CREATE TABLE pay(");
    buf_put_z(&insert, "INSERT INTO pay VALUES (");
    for (size_t i = 0; i < t->columns; i++) {
        buf_format(&create, "%s\"" STR_FMT "\"", i ? ", " : "", STR_ARG(t->names[i]));
        buf_format(&insert, "%s?%zu", i ? ", " : "", i + 1);
    }
    buf_put_char(&create, ')');
    buf_put_char(&insert, ')');
    *out_insert = buf_str(&insert);
    return buf_str(&create);
}

static void insert_row(struct db *db, struct str sql, const struct value *row, size_t columns)
{
    struct db_stmt *stmt;
    DO(db_prepare(db, sql, &stmt));
    for (size_t i = 0; i < columns; i++)
        if (row[i].kind == VALUE_INT)
            db_bind_int(stmt, (int)i + 1, row[i].number);
        else if (row[i].kind == VALUE_TEXT)
            db_bind_text(stmt, (int)i + 1, row[i].text);
    DO(db_run(stmt));
}

int main(int argc, char **argv)
{
    struct bench b;
    struct table t = {.room = 300000};
    struct str insert;
    if (argc != 3) {
        fprintf(stderr, "usage: bench_plain_sqlite FOLDER FILE\n");
        return 2;
    }
    bench_open(&b);
    read_table(&b, argv[2], &t);
    struct db *db = bench_db(&b, argv[1], "plain.db");
    DO(db_exec(db, create_sql(&b, &t, &insert)));
    int64_t begun_us = clock_monotonic_us();
    for (size_t i = 0; i < t.rows; i++) {
        if (i % BENCH_CHUNK == 0)
            DO(db_begin(db));
        insert_row(db, insert, &t.cells[i * t.columns], t.columns);
        if (i % BENCH_CHUNK == BENCH_CHUNK - 1 || i == t.rows - 1)
            DO(db_commit(db));
    }
    printf("{\"rows\":%zu,\"columns\":%zu,\"insert_us\":%" PRId64 "}\n", t.rows, t.columns,
           clock_monotonic_us() - begun_us);
    db_close(db);
    bench_close(&b);
    return 0;
}
