/* records.h — one row of each register, in the world's own terms.
 *
 * Owns:     nothing; persons and offices are borrowed from the world.
 * Threads:  any.
 * Fails:    never.
 * Limits:   as the arrays of the structs.
 * Promise:  the order of each enum is the order of its words in layouts.c. */
#ifndef COUNTY_RECORDS_H
#define COUNTY_RECORDS_H

#include "tests/county/world/offices.h"
#include "tests/county/world/people.h"

enum programme {
    DIBAO,
    TEKUN,
    JUMIN,
    GAOLING,
    CANBU,
    GUER,
    WEIGAI,
    LIANGBU,
    DILI,
    TUIGENG,
    NONGJI,
    SANGZANG,
    PROGRAMMES
};
enum offence {
    PROSTITUTION,
    DRUGS,
    GAMBLING,
    DRUNK,
    ASSAULT,
    THEFT,
    DISORDER,
    TRAFFIC,
    MARKET_RULES,
    ENVIRONMENT_HARM,
    BUILDING_RULES,
    OTHER_OFFENCE,
    OFFENCES
};
enum penalty_kind { WARNING, FINE, CONFISCATION, SUSPENSION, REVOCATION, DETENTION };
enum penalty_status { VALID, REVOKED, CHANGED };
enum party_kind { PERSON, LEGAL, TRADER };
enum sentence { CONTROL, SHORT_DETENTION, FIXED_TERM, LIFE, DEATH, FINE_ONLY, EXEMPT };
enum party_sanction {
    PARTY_NONE,
    PARTY_WARNING,
    PARTY_SERIOUS,
    PARTY_REMOVAL,
    PARTY_PROBATION,
    PARTY_EXPULSION
};
enum public_sanction {
    PUBLIC_NONE,
    PUBLIC_WARNING,
    PUBLIC_DEMERIT,
    PUBLIC_GRAVE,
    PUBLIC_DEMOTION,
    PUBLIC_REMOVAL,
    PUBLIC_DISMISSAL
};
enum official_kind {
    CIVIL_SERVANT,
    REFERENCE,
    INSTITUTION,
    ENTERPRISE,
    VILLAGE_CADRE,
    OTHER_OFFICIAL
};
enum political { MEMBER, PROBATIONARY, LEAGUE, CITIZEN };
enum relation { SELF, SPOUSE, SON, DAUGHTER, GRANDCHILD, PARENT };

/* How a row names its person: alias NULL is the person's own name, old the 15 digits. */
struct mention {
    const struct person *who;
    const char *alias;
    bool old;
};

struct official {
    struct person *who;
    const struct office *office;
    int32_t from, to, joined; /* to, joined: 0 is empty */
    enum political political;
    enum official_kind kind;
    const char *post, *rank;
    bool reserved; /* belongs to a planted case or near miss: chance keeps its hands off */
};

struct penalty {
    const struct office *office;
    struct mention party;
    char no[64], uscc[19], company[64];
    enum party_kind kind;
    enum offence offence;
    enum penalty_kind category;
    enum penalty_status status;
    int32_t offence_on, decided_on, performed_on;
    int64_t fine_fen;
    enum political political;
};

struct judgment {
    struct mention party;
    char no[64];
    const char *crime;
    bool intentional, of_citizen; /* of somebody in no public office, made by chance */
    enum sentence sentence;
    int32_t term, probation; /* months; 0 is empty */
    int32_t judged_on, effective_on;
    enum political political;
};

struct discipline {
    struct mention party;
    const struct official *official;
    char no[48], linked[64];
    int32_t opened_on, decided_on, form;
    enum party_sanction party_sanction;
    enum public_sanction public_sanction;
    const char *facts;
    int64_t amount_fen;
};

enum death_source { BY_POLICE, BY_CIVIL, BY_HEALTH, DEATH_SOURCES };

struct death {
    struct mention party;
    int32_t died_on[DEATH_SOURCES],
        registered_on[DEATH_SOURCES]; /* 0: this source does not know it */
};

struct pay {
    struct mention payee;
    enum programme programme;
    int32_t month; /* running */
    int32_t fen;
    uint8_t batch;
};

struct enrol {
    struct mention member;
    const struct person *head;
    enum programme programme;
    enum relation relation;
    int32_t fen, approved_on, stopped_on;
    const char *why;
    uint8_t insured;
};

/* Somebody of the household register. */
struct resident {
    const struct person *who;
    int32_t died_on; /* 0: lives */
    enum relation relation;
    bool is_supported; /* the household lives on what the poor get: it owns little */
    bool works;        /* for a firm */
};

struct truth {
    char rule[4], subject[19], episode[64];
    bool planted;
    int64_t amount_fen;
    int32_t months, level;
    const char *why;
};

#endif
