#include "tests/county/rows.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "tests/county/world/calendar.h"
#include "tests/county/world/places.h"

static char *room(struct row *r)
{
    return r->texts[r->text_count++];
}

static void identity(struct row *r, struct mention m)
{
    char *old = room(r);

    people_old_id(m.who, old);
    row_text(r, m.old ? old : m.who->id);
}

static const char *name_of(struct mention m)
{
    return m.alias ? m.alias : m.who->name;
}

static const struct place_village *village_of(const struct town *t, const struct person *who)
{
    const struct place *p = &places[t->office->town];

    return &p->villages[who->village % p->village_count];
}

/* Each township has one clerk. */
static void handler(struct row *r, const struct town *t)
{
    struct dice d = dice_for(dice_hash(t->office->unit_code), "clerk", 0);
    char *name = room(r);

    names_make(&d, false, 1985, "王", name);
    row_text(r, name);
}

void rows_unit(const struct office *o, struct row *r)
{
    row_begin(r);
    row_text(r, o->unit_code);
    row_text(r, o->name);
    row_text(r, o->uscc);
    row_number(r, o->role == OFFICE_TOWN ? 0 : 1);
    row_number(r, o->is_key);
    row_text(r, o->division);
    row_text(r, NULL);
    row_text(r, o->chosen ? o->site : NULL);
}

void rows_official(const struct official *o, unsigned revision, struct row *r)
{
    const struct place *p = &places[o->who->town];
    uint64_t hash = dice_hash(o->who->id) + revision;
    char *phone, *address;

    row_begin(r);
    phone = room(r);
    address = room(r);
    (void)snprintf(phone, 128, "13%09u", (unsigned)(hash % 1000000000u));
    (void)snprintf(address, 128, "黑龙江省肇东市%s%s", p->name, p->villages[o->who->village].name);
    row_text(r, o->who->id);
    row_text(r, o->who->name);
    row_number(r, o->political);
    row_date(r, o->joined);
    row_number(r, o->kind);
    row_text(r, o->office->name);
    row_text(r, o->office->unit_code);
    row_text(r, o->post);
    row_text(r, o->rank);
    row_date(r, o->from);
    row_date(r, o->to);
    row_text(r, o->kind == VILLAGE_CADRE ? "乡镇管理" : "市管");
    row_number(r, o->kind == VILLAGE_CADRE);
    row_text(r, phone);
    row_text(r, address);
}

void rows_enrol(const struct town *t, const struct enrol *e, struct row *r)
{
    row_begin(r);
    row_number(r, e->programme);
    row_text(r, e->head->id);
    identity(r, e->member);
    row_text(r, name_of(e->member));
    row_number(r, e->relation);
    row_text(r, village_of(t, e->head)->code);
    row_number(r, e->insured);
    row_number(r, e->fen);
    row_date(r, e->approved_on);
    row_date(r, e->stopped_on);
    row_text(r, e->why);
    row_date(r, calendar_add(e->approved_on, -14));
    row_date(r, calendar_add(e->approved_on, -4));
    handler(r, t);
}

static uint64_t account_hash(const struct person *who, unsigned revision)
{
    return dice_hash(who->id) + revision * 7919u;
}

void rows_account(const struct person *who, unsigned revision, char out[32])
{
    (void)snprintf(out, 32, "622848%013" PRIu64,
                   account_hash(who, revision) % UINT64_C(10000000000000));
}

const char *rows_bank(const struct person *who, unsigned revision)
{
    static const char *const banks[] = {"肇东市农村信用合作联社", "中国农业银行肇东市支行",
                                        "中国邮政储蓄银行肇东市支行"};

    return banks[account_hash(who, revision) % 3];
}

void rows_pay(const struct town *t, const struct pay *p, unsigned revision, struct row *r)
{
    static const char *const letters[PROGRAMMES] = {"DB", "TK", "JM", "GL", "CB", "GE",
                                                    "WG", "LB", "DL", "TG", "NJ", "SZ"};
    int32_t rate = p->programme == LIANGBU ? 58 : p->programme == DILI ? 71 : 0;
    char *batch, *account;

    row_begin(r);
    batch = room(r);
    account = room(r);
    (void)snprintf(batch, 128, "%s-%06d-%s-%02u", t->office->unit_code, calendar_ym(p->month),
                   letters[p->programme], (unsigned)p->batch);
    rows_account(p->payee.who, revision, account);
    row_text(r, batch);
    row_number(r, p->programme);
    identity(r, p->payee);
    row_number(r, calendar_ym(p->month));
    row_text(r, name_of(p->payee));
    row_number(r, p->fen);
    row_number(r, rate ? p->fen / rate : SHEET_NONE);
    row_number(r, rate ? rate * 100 : SHEET_NONE);
    row_text(r, rows_bank(p->payee.who, revision));
    row_text(r, account);
    row_text(r, name_of(p->payee));
    row_date(r, calendar_in_month(p->month, 10 + (int32_t)((t->office->town + p->programme) % 11)));
    row_text(r, t->office->unit_code);
    row_text(r, village_of(t, p->payee.who)->code);
    handler(r, t);
}

void rows_death(const struct death *d, enum death_source source, struct row *r)
{
    row_begin(r);
    identity(r, d->party);
    row_text(r, name_of(d->party));
    row_date(r, d->died_on[source]);
    row_number(r, source);
    row_date(r, d->registered_on[source]);
}

void rows_penalty(const struct penalty *p, struct row *r)
{
    row_begin(r);
    row_text(r, p->no);
    row_text(r, p->office->name);
    row_text(r, p->office->uscc);
    row_text(r, p->kind == PERSON ? name_of(p->party) : p->company);
    row_number(r, p->kind);
    row_text(r, p->kind == PERSON ? "居民身份证" : "营业执照");
    identity(r, p->party);
    if (p->kind != PERSON)
        r->cells[r->count - 1].text = NULL;
    row_text(r, p->kind == PERSON ? NULL : p->uscc);
    row_text(r, p->kind == PERSON ? NULL : p->party.who->name);
    row_number(r, p->offence);
    row_date(r, p->offence_on);
    row_number(r, p->category);
    row_number(r, p->fine_fen ? p->fine_fen : SHEET_NONE);
    row_date(r, p->decided_on);
    row_date(r, p->performed_on);
    row_number(r, p->kind == PERSON ? (int64_t)p->political : SHEET_NONE);
    row_number(r, p->status);
}

void rows_judgment(const struct judgment *j, struct row *r)
{
    row_begin(r);
    row_text(r, j->no);
    row_text(r, "肇东市人民法院");
    row_text(r, name_of(j->party));
    identity(r, j->party);
    row_text(r, j->crime);
    row_number(r, j->intentional);
    row_number(r, j->sentence);
    row_number(r, j->term ? j->term : SHEET_NONE);
    row_number(r, j->probation ? j->probation : SHEET_NONE);
    row_date(r, j->judged_on);
    row_date(r, j->effective_on);
    row_number(r, j->political);
}

void rows_discipline(const struct discipline *c, struct row *r)
{
    row_begin(r);
    row_text(r, c->no);
    row_text(r, name_of(c->party));
    identity(r, c->party);
    row_text(r, c->official->office->name);
    row_text(r, c->official->post);
    row_date(r, c->opened_on);
    row_text(r, c->facts);
    row_number(r, c->form);
    row_number(r, c->party_sanction);
    row_number(r, c->public_sanction);
    row_date(r, c->decided_on);
    row_number(r, c->amount_fen ? c->amount_fen : SHEET_NONE);
    row_text(r, c->linked[0] ? c->linked : NULL);
    row_date(r, c->decided_on);
}
