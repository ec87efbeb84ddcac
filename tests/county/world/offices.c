#include "tests/county/world/offices.h"

#include <stdio.h>
#include <string.h>

#include "tests/county/world/places.h"

#define PUBLIC_ORDER 0x0ff /* prostitution … traffic: the first eight offences */
#define MARKET 0x100
#define ENVIRONMENT 0x200
#define BUILDING 0x400
#define OTHER 0x800

struct department {
    const char *name;
    uint16_t weight;
    bool is_key;
    enum office_role role;
    const char *prefix;
    uint16_t offence_mix;
};

static const struct department departments[OFFICES_COUNT - OFFICES_TOWNS] = {
    {"中共肇东市纪律检查委员会监察委员会", 70, true, OFFICE_COMMISSION, NULL, 0},
    {"中共肇东市委组织部", 34, true, OFFICE_PERSONNEL, NULL, 0},
    {"中共肇东市委办公室", 40, false, OFFICE_PLAIN, NULL, 0},
    {"肇东市人民政府办公室", 52, true, OFFICE_PLAIN, NULL, 0},
    {"中共肇东市委宣传部", 28, false, OFFICE_PLAIN, NULL, 0},
    {"中共肇东市委统战部", 16, false, OFFICE_PLAIN, NULL, 0},
    {"中共肇东市委政法委员会", 24, true, OFFICE_PLAIN, NULL, 0},
    {"中共肇东市委机构编制委员会办公室", 14, false, OFFICE_PLAIN, NULL, 0},
    {"中共肇东市直属机关工作委员会", 10, false, OFFICE_PLAIN, NULL, 0},
    {"中共肇东市委巡察工作领导小组办公室", 18, false, OFFICE_PLAIN, NULL, 0},
    {"中共肇东市委党校", 22, false, OFFICE_PLAIN, NULL, 0},
    {"肇东市人民代表大会常务委员会办公室", 26, false, OFFICE_PLAIN, NULL, 0},
    {"政协肇东市委员会办公室", 24, false, OFFICE_PLAIN, NULL, 0},
    {"肇东市人民法院", 110, true, OFFICE_COURT, NULL, 0},
    {"肇东市人民检察院", 78, true, OFFICE_PLAIN, NULL, 0},
    {"肇东市公安局", 640, true, OFFICE_POLICE, "肇公行罚决字", PUBLIC_ORDER | OTHER},
    {"肇东市司法局", 64, false, OFFICE_PLAIN, NULL, 0},
    {"肇东市民政局", 46, true, OFFICE_CIVIL, NULL, 0},
    {"肇东市财政局", 96, true, OFFICE_PLAIN, NULL, 0},
    {"肇东市人力资源和社会保障局", 88, true, OFFICE_PLAIN, NULL, 0},
    {"肇东市自然资源局", 140, true, OFFICE_ENFORCER, "肇自然资罚字", BUILDING | OTHER},
    {"绥化市肇东生态环境局", 44, true, OFFICE_ENFORCER, "肇环罚字", ENVIRONMENT},
    {"肇东市住房和城乡建设局", 120, true, OFFICE_ENFORCER, "肇住建罚字", BUILDING},
    {"肇东市交通运输局", 98, true, OFFICE_ENFORCER, "肇交执罚字", OTHER},
    {"肇东市水务局", 86, false, OFFICE_ENFORCER, "肇水罚字", ENVIRONMENT | OTHER},
    {"肇东市农业农村局", 150, true, OFFICE_ENFORCER, "肇农罚字", MARKET | OTHER},
    {"肇东市商务局", 24, false, OFFICE_PLAIN, NULL, 0},
    {"肇东市文体广电和旅游局", 58, false, OFFICE_ENFORCER, "肇文旅罚字", MARKET | OTHER},
    {"肇东市卫生健康局", 76, true, OFFICE_HEALTH, "肇卫罚字", MARKET | OTHER},
    {"肇东市退役军人事务局", 26, false, OFFICE_PLAIN, NULL, 0},
    {"肇东市应急管理局", 48, false, OFFICE_ENFORCER, "肇应急罚字", OTHER},
    {"肇东市审计局", 30, false, OFFICE_PLAIN, NULL, 0},
    {"肇东市市场监督管理局", 230, true, OFFICE_ENFORCER, "肇市监处罚字", MARKET},
    {"肇东市统计局", 22, false, OFFICE_PLAIN, NULL, 0},
    {"肇东市医疗保障局", 34, true, OFFICE_PLAIN, NULL, 0},
    {"肇东市教育局", 560, true, OFFICE_PLAIN, NULL, 0},
    {"肇东市发展和改革局", 52, true, OFFICE_PLAIN, NULL, 0},
    {"肇东市工业信息科技局", 40, false, OFFICE_PLAIN, NULL, 0},
    {"肇东市城市管理综合执法局", 160, true, OFFICE_ENFORCER, "肇城执罚字", BUILDING | OTHER},
    {"肇东市林业和草原局", 74, false, OFFICE_ENFORCER, "肇林草罚字", ENVIRONMENT | OTHER},
    {"肇东市乡村振兴局", 24, true, OFFICE_PLAIN, NULL, 0},
    {"肇东市营商环境建设监督局", 36, false, OFFICE_PLAIN, NULL, 0},
    {"肇东市信访局", 16, false, OFFICE_PLAIN, NULL, 0},
    {"国家税务总局肇东市税务局", 170, false, OFFICE_PLAIN, NULL, 0},
    {"肇东市总工会", 14, false, OFFICE_PLAIN, NULL, 0},
    {"共青团肇东市委员会", 8, false, OFFICE_PLAIN, NULL, 0},
    {"肇东市妇女联合会", 8, false, OFFICE_PLAIN, NULL, 0},
    {"肇东市科学技术协会", 7, false, OFFICE_PLAIN, NULL, 0},
    {"肇东市残疾人联合会", 14, false, OFFICE_PLAIN, NULL, 0},
    {"肇东市工商业联合会", 7, false, OFFICE_PLAIN, NULL, 0},
    {"肇东市红十字会", 6, false, OFFICE_PLAIN, NULL, 0},
    {"肇东市文学艺术界联合会", 7, false, OFFICE_PLAIN, NULL, 0},
    {"肇东市档案馆", 14, false, OFFICE_PLAIN, NULL, 0},
    {"肇东市融媒体中心", 60, false, OFFICE_PLAIN, NULL, 0},
    {"肇东市供销合作社联合社", 18, false, OFFICE_PLAIN, NULL, 0},
    {"肇东市机关事务服务中心", 30, false, OFFICE_PLAIN, NULL, 0},
    {"绥化市住房公积金管理中心肇东办事处", 16, false, OFFICE_PLAIN, NULL, 0},
    {"肇东市投资促进服务中心", 16, false, OFFICE_PLAIN, NULL, 0},
    {"肇东经济开发区管理委员会", 58, false, OFFICE_PLAIN, NULL, 0},
    {"肇东市粮食和物资储备服务中心", 28, false, OFFICE_PLAIN, NULL, 0},
    {"肇东市畜牧兽医服务中心", 90, false, OFFICE_PLAIN, NULL, 0},
    {"肇东市农业机械化服务中心", 34, false, OFFICE_PLAIN, NULL, 0},
    {"肇东市公路事业发展中心", 76, false, OFFICE_PLAIN, NULL, 0},
    {"肇东市人民医院", 310, false, OFFICE_PLAIN, NULL, 0},
    {"肇东市中医医院", 120, false, OFFICE_PLAIN, NULL, 0},
    {"肇东市疾病预防控制中心", 56, false, OFFICE_PLAIN, NULL, 0},
    {"肇东市第一中学", 150, false, OFFICE_PLAIN, NULL, 0},
    {"肇东市城市建设投资集团有限公司", 72, false, OFFICE_PLAIN, NULL, 0},
};

static char check_character(const char *text, const int *weights, int count)
{
    static const char alphabet[] = "0123456789ABCDEFGHJKLMNPQRTUWXY";
    int sum = 0;

    for (int i = 0; i < count; i++)
        sum += (int)(strchr(alphabet, text[i]) - alphabet) * weights[i];
    return alphabet[(31 - sum % 31) % 31];
}

void offices_uscc(const char *class_code, uint32_t serial, char out[19])
{
    static const int outer[17] = {1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28};
    static const int inner[8] = {3, 7, 9, 10, 5, 8, 4, 2};
    char organisation[24];
    int sum = 0;

    (void)snprintf(organisation, sizeof organisation, "%08u", (unsigned)(serial % 100000000u));
    for (int i = 0; i < 8; i++)
        sum += (organisation[i] - '0') * inner[i];
    sum = (11 - sum % 11) % 11;
    organisation[8] = sum == 10 ? 'X' : (char)('0' + sum);
    organisation[9] = '\0';
    (void)snprintf(out, 19, "%.2s231282%.9s", class_code, organisation);
    out[17] = check_character(out, outer, 17);
    out[18] = '\0';
}

/* Record keepers first, then two townships for each department (those that punish before the
 * others). */
static void choose(struct office out[OFFICES_COUNT], size_t wanted)
{
    size_t town = 0, turn = 0;

    for (size_t i = OFFICES_TOWNS; i < OFFICES_COUNT; i++) {
        enum office_role role = out[i].role;
        if (role != OFFICE_PLAIN && role != OFFICE_ENFORCER)
            out[i].chosen = true, wanted--;
    }
    while (wanted > 0) {
        struct office *next = NULL;
        for (size_t i = OFFICES_TOWNS; i < OFFICES_COUNT && turn % 3 == 2; i++)
            if (!out[i].chosen && (!next || (out[i].prefix && !next->prefix)))
                next = &out[i];
        if (!next && town < OFFICES_TOWNS)
            next = &out[town++];
        turn++;
        if (next)
            next->chosen = true, wanted--;
    }
}

void offices_make(struct office out[OFFICES_COUNT], size_t wanted)
{
    memset(out, 0, OFFICES_COUNT * sizeof *out);
    for (size_t i = 0; i < OFFICES_TOWNS; i++) {
        struct office *o = &out[i];
        (void)snprintf(o->site, sizeof o->site, "t%02u", (unsigned)(i + 1) % 100);
        (void)snprintf(o->unit_code, sizeof o->unit_code, "%s", places[i].code);
        (void)snprintf(o->division, sizeof o->division, "%s", places[i].code);
        o->name = places[i].name;
        o->role = OFFICE_TOWN;
        o->weight = (uint16_t)(60 + 9 * places[i].village_count);
        o->town = i;
        offices_uscc("11", 1285000u + 37u * (uint32_t)i, o->uscc);
    }
    for (size_t i = OFFICES_TOWNS; i < OFFICES_COUNT; i++) {
        struct office *o = &out[i];
        const struct department *d = &departments[i - OFFICES_TOWNS];
        unsigned number = (unsigned)(i - OFFICES_TOWNS + 1) % 100;
        (void)snprintf(o->site, sizeof o->site, "d%02u", number);
        (void)snprintf(o->unit_code, sizeof o->unit_code, "231282D%02u", number);
        (void)snprintf(o->division, sizeof o->division, "231282");
        o->name = d->name;
        o->prefix = d->prefix;
        o->role = d->role;
        o->offence_mix = d->offence_mix;
        o->is_key = d->is_key;
        o->weight = d->weight;
        offices_uscc(number > 52 ? "12" : "11", 1286500u + 53u * number, o->uscc);
    }
    choose(out, wanted);
}

const struct office *offices_with(const struct office all[OFFICES_COUNT], enum office_role role)
{
    for (size_t i = 0; i < OFFICES_COUNT; i++)
        if (all[i].role == role && all[i].chosen)
            return &all[i];
    return NULL;
}

const struct office *offices_named(const struct office all[OFFICES_COUNT], const char *name)
{
    for (size_t i = 0; i < OFFICES_COUNT; i++)
        if (all[i].chosen && strcmp(all[i].name, name) == 0)
            return &all[i];
    return offices_with(all, OFFICE_COMMISSION);
}
