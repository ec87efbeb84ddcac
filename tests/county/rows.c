#include "tests/county/rows.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "tests/county/world/calendar.h"
#include "tests/county/world/places.h"

static void begin(struct row *r)
{
    r->count = r->text_count = 0;
}

/* NULL text: an empty cell. */
static void text(struct row *r, const char *value)
{
    r->cells[r->count++] = (struct cell){value, SHEET_NONE};
}

static void number(struct row *r, int64_t value)
{
    r->cells[r->count++] = (struct cell){NULL, value};
}

static void date(struct row *r, int32_t ymd)
{
    number(r, ymd ? ymd : SHEET_NONE);
}

static char *room(struct row *r)
{
    return r->texts[r->text_count++];
}

static void identity(struct row *r, struct mention m)
{
    char *old = room(r);

    people_old_id(m.who, old);
    text(r, m.old ? old : m.who->id);
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
    text(r, name);
}

void rows_unit(const struct office *o, struct row *r)
{
    begin(r);
    text(r, o->unit_code);
    text(r, o->name);
    text(r, o->uscc);
    number(r, o->role == OFFICE_TOWN ? 0 : 1);
    number(r, o->is_key);
    text(r, o->division);
    text(r, NULL);
    text(r, o->chosen ? o->site : NULL);
}

void rows_official(const struct official *o, unsigned revision, struct row *r)
{
    const struct place *p = &places[o->who->town];
    uint64_t hash = dice_hash(o->who->id) + revision;
    char *phone, *address;

    begin(r);
    phone = room(r);
    address = room(r);
    (void)snprintf(phone, 128, "13%09u", (unsigned)(hash % 1000000000u));
    (void)snprintf(address, 128, "黑龙江省肇东市%s%s", p->name, p->villages[o->who->village].name);
    text(r, o->who->id);
    text(r, o->who->name);
    number(r, o->political);
    date(r, o->joined);
    number(r, o->kind);
    text(r, o->office->name);
    text(r, o->office->unit_code);
    text(r, o->post);
    text(r, o->rank);
    date(r, o->from);
    date(r, o->to);
    text(r, o->kind == VILLAGE_CADRE ? "乡镇管理" : "市管");
    number(r, o->kind == VILLAGE_CADRE);
    text(r, phone);
    text(r, address);
}

void rows_enrol(const struct town *t, const struct enrol *e, struct row *r)
{
    begin(r);
    number(r, e->programme);
    text(r, e->head->id);
    identity(r, e->member);
    text(r, name_of(e->member));
    number(r, e->relation);
    text(r, village_of(t, e->head)->code);
    number(r, e->insured);
    number(r, e->fen);
    date(r, e->approved_on);
    date(r, e->stopped_on);
    text(r, e->why);
    date(r, calendar_add(e->approved_on, -14));
    date(r, calendar_add(e->approved_on, -4));
    handler(r, t);
}

void rows_pay(const struct town *t, const struct pay *p, unsigned revision, struct row *r)
{
    static const char *const letters[PROGRAMMES] = {"DB", "TK", "JM", "GL", "CB", "GE",
                                                    "WG", "LB", "DL", "TG", "NJ", "SZ"};
    static const char *const banks[] = {"肇东市农村信用合作联社", "中国农业银行肇东市支行",
                                        "中国邮政储蓄银行肇东市支行"};
    uint64_t hash = dice_hash(p->payee.who->id) + revision * 7919u;
    int32_t rate = p->programme == LIANGBU ? 58 : p->programme == DILI ? 71 : 0;
    char *batch, *account;

    begin(r);
    batch = room(r);
    account = room(r);
    (void)snprintf(batch, 128, "%s-%06d-%s-%02u", t->office->unit_code, calendar_ym(p->month),
                   letters[p->programme], (unsigned)p->batch);
    (void)snprintf(account, 128, "622848%013" PRIu64, hash % UINT64_C(10000000000000));
    text(r, batch);
    number(r, p->programme);
    identity(r, p->payee);
    number(r, calendar_ym(p->month));
    text(r, name_of(p->payee));
    number(r, p->fen);
    number(r, rate ? p->fen / rate : SHEET_NONE);
    number(r, rate ? rate * 100 : SHEET_NONE);
    text(r, banks[hash % 3]);
    text(r, account);
    text(r, name_of(p->payee));
    date(r, calendar_in_month(p->month, 10 + (int32_t)((t->office->town + p->programme) % 11)));
    text(r, t->office->unit_code);
    text(r, village_of(t, p->payee.who)->code);
    handler(r, t);
}

void rows_death(const struct death *d, enum death_source source, struct row *r)
{
    begin(r);
    identity(r, d->party);
    text(r, name_of(d->party));
    date(r, d->died_on[source]);
    number(r, source);
    date(r, d->registered_on[source]);
}

void rows_penalty(const struct penalty *p, struct row *r)
{
    begin(r);
    text(r, p->no);
    text(r, p->office->name);
    text(r, p->office->uscc);
    text(r, p->kind == PERSON ? name_of(p->party) : p->company);
    number(r, p->kind);
    text(r, p->kind == PERSON ? "居民身份证" : "营业执照");
    identity(r, p->party);
    if (p->kind != PERSON)
        r->cells[r->count - 1].text = NULL;
    text(r, p->kind == PERSON ? NULL : p->uscc);
    text(r, p->kind == PERSON ? NULL : p->party.who->name);
    number(r, p->offence);
    date(r, p->offence_on);
    number(r, p->category);
    number(r, p->fine_fen ? p->fine_fen : SHEET_NONE);
    date(r, p->decided_on);
    date(r, p->performed_on);
    number(r, p->kind == PERSON ? (int64_t)p->political : SHEET_NONE);
    number(r, p->status);
}

void rows_judgment(const struct judgment *j, struct row *r)
{
    begin(r);
    text(r, j->no);
    text(r, "肇东市人民法院");
    text(r, name_of(j->party));
    identity(r, j->party);
    text(r, j->crime);
    number(r, j->intentional);
    number(r, j->sentence);
    number(r, j->term ? j->term : SHEET_NONE);
    number(r, j->probation ? j->probation : SHEET_NONE);
    date(r, j->judged_on);
    date(r, j->effective_on);
    number(r, j->political);
}

void rows_discipline(const struct discipline *c, struct row *r)
{
    begin(r);
    text(r, c->no);
    text(r, name_of(c->party));
    identity(r, c->party);
    text(r, c->official->office->name);
    text(r, c->official->post);
    date(r, c->opened_on);
    text(r, c->facts);
    number(r, c->form);
    number(r, c->party_sanction);
    number(r, c->public_sanction);
    date(r, c->decided_on);
    number(r, c->amount_fen ? c->amount_fen : SHEET_NONE);
    text(r, c->linked[0] ? c->linked : NULL);
    date(r, c->decided_on);
}
