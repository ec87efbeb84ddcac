#include "tests/county/world/names.h"

#include <stdio.h>
#include <string.h>

static const char *const surnames[] = {
    "王", "李", "张", "刘", "陈", "杨", "赵", "孙", "周", "吴", "徐",   "于",   "马", "高",
    "朱", "郭", "林", "何", "胡", "宋", "姜", "郑", "韩", "冯", "曹",   "邓",   "许", "傅",
    "沈", "曾", "彭", "吕", "苏", "卢", "蒋", "蔡", "贾", "丁", "魏",   "薛",   "叶", "阎",
    "余", "潘", "杜", "戴", "夏", "钟", "汪", "田", "任", "范", "方",   "石",   "姚", "谭",
    "廖", "邹", "熊", "金", "陆", "郝", "孔", "白", "崔", "康", "毛",   "邱",   "秦", "江",
    "史", "顾", "侯", "邵", "孟", "龙", "万", "段", "雷", "钱", "欧阳", "司徒",
};
static const uint16_t surname_weights[] = {
    950, 880, 820, 700, 330, 320, 420, 390, 190, 180, 200, 260, 190, 190, 140, 150, 80,
    80,  90,  150, 140, 110, 120, 80,  90,  50,  90,  50,  50,  30,  40,  90,  70,  60,
    60,  50,  70,  70,  90,  60,  40,  40,  40,  40,  70,  40,  50,  30,  30,  70,  60,
    50,  40,  50,  50,  30,  20,  30,  20,  60,  30,  40,  30,  40,  70,  20,  20,  40,
    40,  20,  40,  30,  30,  30,  40,  20,  30,  30,  20,  20,  4,   2,
};

/* Older names first: the second half comes with the births after 1980. */
static const char *const male_given[] = {
    "国", "建", "志", "德", "文", "永", "福", "春", "金", "玉", "树", "长", "振", "军", "明",
    "海", "学", "成", "山", "林", "贵", "生", "才", "义", "和", "庆", "忠", "宝", "凤", "有",
    "殿", "喜", "伟", "强", "磊", "洋", "勇", "杰", "涛", "超", "鹏", "宇", "浩", "博", "晨",
    "旭", "泽", "航", "子", "俊", "峰", "健", "斌", "凯", "辉", "东", "龙", "刚",
};
static const char *const female_given[] = {
    "秀", "桂", "玉", "淑", "凤", "英", "兰", "芝", "珍", "华", "梅", "芳", "荣",
    "琴", "香", "云", "霞", "清", "素", "艳", "红", "丽", "敏", "静", "娟", "莉",
    "燕", "杰", "波", "玲", "晶", "婷", "雪", "颖", "佳", "欣", "怡", "梦", "琪",
    "涵", "雨", "诗", "思", "慧", "洁", "丹", "莹", "蕾", "楠", "爽",
};

static const char *const with_dot[] = {"孟和·巴特尔", "乌云·其木格", "斯琴·高娃",
                                       "巴图·孟克",   "萨仁·图雅",   "那顺·乌力吉"};

#define COUNT(a) (sizeof(a) / sizeof *(a))
_Static_assert(COUNT(surnames) == COUNT(surname_weights), "a weight for each surname");

static size_t step(const char *p)
{
    unsigned char c = (unsigned char)*p;

    return c < 0x80 ? 1 : c < 0xe0 ? 2 : c < 0xf0 ? 3 : 4;
}

size_t names_characters(const char *name)
{
    size_t n = 0;

    for (; *name; name += step(name))
        n++;
    return n;
}

static const char *given(struct dice *d, bool male, int32_t birth_year)
{
    const char *const *table = male ? male_given : female_given;
    uint32_t count = (uint32_t)(male ? COUNT(male_given) : COUNT(female_given));
    uint32_t old = count * 4 / 7;

    return birth_year < 1980 ? table[dice_below(d, old)]
                             : table[count - 1 - dice_below(d, count - old / 2)];
}

void names_make(struct dice *d, bool male, int32_t birth_year, const char *relative,
                char out[NAMES_BYTES])
{
    char surname[8];
    size_t n;

    if (!relative && dice_chance(d, 3)) {
        (void)snprintf(out, NAMES_BYTES, "%s", with_dot[dice_below(d, (uint32_t)COUNT(with_dot))]);
        return;
    }
    if (relative && !strstr(relative, "·")) {
        n = step(relative);
        n += strncmp(relative, "欧阳", 6) == 0 || strncmp(relative, "司徒", 6) == 0
                 ? step(relative + n)
                 : 0;
        (void)snprintf(surname, sizeof surname, "%.*s", (int)n, relative);
    } else {
        (void)snprintf(surname, sizeof surname, "%s",
                       surnames[dice_weighted(d, surname_weights, COUNT(surnames))]);
    }
    const char *first = given(d, male, birth_year);
    const char *second =
        dice_chance(d, birth_year < 1970 ? 800 : 650) ? given(d, male, birth_year) : "";
    (void)snprintf(out, NAMES_BYTES, "%s%s%s", surname, first, second);
}

static bool share(const char *a, const char *b)
{
    for (; *a; a += step(a))
        for (const char *p = b; *p; p += step(p))
            if (step(a) == step(p) && strncmp(a, p, step(a)) == 0)
                return true;
    return false;
}

void names_other(struct dice *d, bool male, const char *name, char out[NAMES_BYTES])
{
    do
        names_make(d, male, 1965, NULL, out);
    while (share(name, out));
}

static bool exchange(const char *name, const char *const (*pairs)[2], size_t count, size_t from,
                     char *out)
{
    size_t at = 0;

    for (const char *p = name; *p; p += step(p), at++) {
        for (size_t i = 0; at >= from && i < count; i++) {
            if (strncmp(p, pairs[i][0], strlen(pairs[i][0])) != 0)
                continue;
            (void)snprintf(out, NAMES_BYTES, "%.*s%s%s", (int)(p - name), name, pairs[i][1],
                           p + step(p));
            return true;
        }
    }
    return false;
}

bool names_misspell(const char *name, char out[NAMES_BYTES])
{
    static const char *const alike[][2] = {
        {"建", "健"}, {"志", "治"}, {"明", "铭"}, {"秀", "绣"}, {"伟", "玮"}, {"丽", "莉"},
        {"英", "瑛"}, {"华", "桦"}, {"国", "囯"}, {"玉", "钰"}, {"文", "雯"}, {"永", "咏"},
    };
    return names_characters(name) == 3 && exchange(name, alike, COUNT(alike), 1, out);
}

bool names_traditional(const char *name, char out[NAMES_BYTES])
{
    static const char *const old[][2] = {
        {"张", "張"}, {"刘", "劉"}, {"陈", "陳"}, {"赵", "趙"},
        {"孙", "孫"}, {"马", "馬"}, {"杨", "楊"}, {"吴", "吳"},
    };
    return exchange(name, old, COUNT(old), 0, out);
}
