#include "common/transport/topic.h"

#include "common/base/check.h"

#include <stdio.h>

static const char *const kinds[] = {
    [TOPIC_UP] = "up", [TOPIC_DOWN] = "down", [TOPIC_STATE] = "state", [TOPIC_HUB] = "hub"};

bool topic_is_name(struct str name)
{
    for (size_t i = 0; i < name.len; i++) {
        char c = name.ptr[i];
        if (!(c >= 'a' && c <= 'z') && !(c >= 'A' && c <= 'Z') && !(c >= '0' && c <= '9') &&
            c != '-' && c != '_' && c != '.')
            return false;
    }
    return name.len > 0 && name.len <= TOPIC_NAME_BYTES_MAX;
}

struct topic topic_make(struct str county, enum topic_kind kind, struct str site)
{
    struct topic t;
    ASSERT(topic_is_name(county));
    ASSERT(topic_is_name(site) || str_equal(site, STR("+")));
    int n = snprintf(t.text, sizeof t.text, "qq/1/" STR_FMT "/%s/" STR_FMT, STR_ARG(county),
                     kinds[kind], STR_ARG(site));
    ASSERT(n > 0 && (size_t)n < sizeof t.text);
    return t;
}

struct str topic_site(struct str topic, struct str county, enum topic_kind kind)
{
    bool is_ours = str_equal(str_cut(&topic, '/'), STR("qq")) &&
                   str_equal(str_cut(&topic, '/'), STR("1")) &&
                   str_equal(str_cut(&topic, '/'), county) &&
                   str_equal(str_cut(&topic, '/'), str_of(kinds[kind]));
    return is_ours && topic_is_name(topic) ? topic : STR_NONE;
}
