#include "tests/county/officials.h"

#include "tests/county/world/calendar.h"

static const char *const civil_posts[] = {"局长",   "副局长", "科员",     "股长",
                                          "副股长", "主任",   "一级科员", "四级主任科员"};
static const char *const town_posts[] = {"镇长",         "副镇长",   "党委委员", "科员",
                                         "农业中心主任", "民政助理", "财政所长", "站长"};
static const char *const institution_posts[] = {"专业技术人员", "管理岗八级", "中级职称",
                                                "副高级职称",   "科室主任",   "护士长"};
static const char *const village_posts[] = {"村党支部书记", "村委会主任", "村会计",
                                            "村妇联主席",   "村民兵连长", "村委委员"};
static const char *const enterprise_posts[] = {"部门经理", "总经理助理", "职员"};
static const char *const ranks[] = {"乡科级正职", "乡科级副职", "一级科员", "二级科员",
                                    "四级主任科员"};

#define PICK(d, table) ((table)[dice_below(d, (uint32_t)(sizeof(table) / sizeof *(table)))])

static void give_post(struct dice *d, struct official *o)
{
    static const uint16_t town_kinds[] = {26, 6, 24, 0, 42, 2},
                          plain_kinds[] = {48, 18, 30, 0, 0, 4};
    static const uint16_t service_kinds[] = {2, 6, 88, 0, 0, 4},
                          company_kinds[] = {0, 0, 4, 94, 0, 2};
    const struct office *office = o->office;
    const uint16_t *kinds = office->role == OFFICE_TOWN ? town_kinds : plain_kinds;

    if (office->role != OFFICE_TOWN && office->uscc[1] == '2')
        kinds = office->site[1] == '6' && office->site[2] == '8' ? company_kinds : service_kinds;
    o->kind = (enum official_kind)dice_weighted(d, kinds, 6);
    switch (o->kind) {
    case CIVIL_SERVANT:
    case REFERENCE:
        o->post = office->role == OFFICE_TOWN ? PICK(d, town_posts) : PICK(d, civil_posts);
        o->rank = PICK(d, ranks);
        break;
    case INSTITUTION:
    case OTHER_OFFICIAL:
        o->post = PICK(d, institution_posts);
        break;
    case ENTERPRISE:
        o->post = PICK(d, enterprise_posts);
        break;
    case VILLAGE_CADRE:
        o->post = PICK(d, village_posts);
        break;
    }
}

struct official *officials_add(struct world *w, const struct office *office, int32_t ages[2],
                               int32_t from, int32_t to)
{
    static const uint16_t politics[] = {700, 20, 30, 250};
    struct official *o = WORLD_ADD(w->officials);
    size_t town = office->role == OFFICE_TOWN ? office->town : world_any_place(w);
    int32_t age;

    o->who = people_make(&w->people, &w->pool, &w->dice, ages[0], ages[1], town, NULL);
    o->office = office;
    o->from = from;
    o->to = to;
    age = people_age(o->who, w->today);
    o->political = (enum political)dice_weighted(&w->dice, politics, 4);
    if (o->political == LEAGUE && age > 28)
        o->political = CITIZEN;
    if (o->political <= PROBATIONARY)
        o->joined = o->who->born / 10000 * 10000 + 200000 + 701;
    give_post(&w->dice, o);
    return o;
}

void officials_fill(struct world *w)
{
    uint16_t weights[OFFICES_COUNT];
    size_t total = world_scaled(w, 8402, 1), have[OFFICES_COUNT] = {0};

    for (size_t i = 0; i < OFFICES_COUNT; i++)
        weights[i] = w->offices[i].weight;
    for (size_t i = 0; i < w->officials.count; i++)
        have[w->officials.at[i].office - w->offices]++;
    for (size_t i = 0; i < OFFICES_COUNT; i++) {
        size_t wanted = w->offices[i].chosen ? world_share(total, weights, OFFICES_COUNT, i) : 0;
        for (; have[i] < wanted; have[i]++) {
            int32_t from = calendar_add(w->today, -dice_range(&w->dice, 400, 5000));
            int32_t to = dice_chance(&w->dice, 60)
                             ? calendar_add(w->today, -dice_range(&w->dice, 1, 390))
                             : 0;
            (void)officials_add(w, &w->offices[i], (int32_t[]){34, 61}, from, to);
        }
    }
}

const struct official *officials_any(struct world *w)
{
    const struct official *o;

    do
        o = &w->officials.at[dice_below(&w->dice, (uint32_t)w->officials.count)];
    while (o->reserved);
    return o;
}
