/* The accounts that benefits are paid to, and those of firms. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tests/county/masters/masters.h"
#include "tests/county/rows.h"
#include "tests/county/world/calendar.h"

#define FIRM_ACCOUNT_SERIAL 52000000u

static int by_number(const void *a, const void *b)
{
    const struct person *const *x = a, *const *y = b;
    return strcmp((*x)->id, (*y)->id);
}

static void write_account(struct book *b, const struct person *who, struct slot *s)
{
    uint64_t hash = dice_hash(who->id);
    char account[32];
    struct row r;

    rows_account(who, 0, account);
    row_begin(&r);
    row_text(&r, rows_bank(who, 0));
    row_format(&r, "%s", account);
    row_text(&r, who->name);
    row_text(&r, who->id);
    row_number(&r, 0);
    row_date(&r, calendar_add(20190301, (int32_t)(hash / 32 % 1200)));
    row_date(&r, 0);
    files_row(b, s, &r);
}

void masters_accounts(struct book *b, const struct town *t)
{
    const struct person **all = calloc(t->pays.count + 1, sizeof *all);
    char name[FILES_NAME_BYTES];
    struct slot s;
    size_t count = 0;

    if (!all) {
        fputs("county: out of memory\n", stderr);
        exit(1);
    }
    (void)snprintf(name, sizeof name, "一卡通账户_%s.csv", t->office->name);
    s = files_slot(offices_named(b->world->offices, "肇东市财政局"),
                   &masters_layouts[MASTER_ACCOUNT], name);
    for (size_t i = 0; i < t->pays.count; i++) {
        const struct person *who = t->pays.at[i].payee.who;
        /* Who moved has his account where he lives. */
        if (who->town == t->office->town)
            all[count++] = who;
    }
    qsort(all, count, sizeof *all, by_number);
    for (size_t i = 0; i < count; i++)
        if (i == 0 || strcmp(all[i]->id, all[i - 1]->id) != 0)
            write_account(b, all[i], &s);
    files_end(b, &s);
    free(all);
}

void masters_firm_accounts(struct book *b)
{
    const struct world *w = b->world;
    struct slot s = files_slot(offices_named(w->offices, "肇东市财政局"),
                               &masters_layouts[MASTER_ACCOUNT], "单位账户登记.csv");
    char uscc[19], name[64];
    struct row r;

    for (uint32_t i = 0, n = (uint32_t)masters_firms(w); i < n; i++) {
        masters_firm(i, uscc, name);
        row_begin(&r);
        row_text(&r, "肇东市农村信用合作联社");
        row_format(&r, "2306%011u", FIRM_ACCOUNT_SERIAL + i * 13u);
        row_format(&r, "%s", name);
        row_format(&r, "%s", uscc);
        row_number(&r, 1);
        row_date(&r, 0);
        row_date(&r, 0);
        files_row(b, &s, &r);
    }
    files_end(b, &s);
}
