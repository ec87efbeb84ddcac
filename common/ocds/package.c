#include "common/ocds/package.h"

#include "common/base/arena.h"
#include "common/base/check.h"

static void say(struct problem_list *l, const char *code, size_t line, struct str zh, struct str en)
{
    problem_add(l, (struct problem){.severity = PROBLEM_ERROR,
                                    .code = str_of(code),
                                    .line = (uint32_t)line,
                                    .zh = zh,
                                    .en = en});
}

bool package_looks_so(struct str head)
{
    static const struct str words[] = {STR_INIT("\"ocid\""), STR_INIT("\"releases\""),
                                       STR_INIT("\"records\"")};
    struct str text = str_trim(str_starts(head, STR("\xEF\xBB\xBF")) ? str_skip(head, 3) : head);
    if (!str_starts(text, STR("{")) && !str_starts(text, STR("[")))
        return false;
    for (size_t i = 0; i < COUNT_OF(words); i++)
        if (str_contains(text, words[i]))
            return true;
    return false;
}

static void take_release(struct package *p, const struct json *release, size_t line,
                         struct problem_list *problems)
{
    struct str ocid = json_get_str(release, "ocid");
    if (ocid.len == 0) {
        say(problems, "ocds.ocid", line,
            STR("有一条发布没有 ocid，无法知道属于哪个合同过程，未读取"),
            STR("a release without an ocid; it was not read"));
        return;
    }
    if (p->releases.count == PACKAGE_RELEASES_MAX)
        return;
    struct package_release r = {ocid, release, line};
    VEC_PUSH(&p->releases, p->arena, r);
}

/* A link instead of a release (records may list them so) is nothing that can be read here. */
static bool is_release(const struct json *j)
{
    bool is_link = json_get(j, "url") && !json_get(j, "ocid");
    return json_kind(j) == JSON_KIND_OBJECT && !is_link &&
           (json_get(j, "tag") || json_get(j, "tender") || json_get(j, "awards") ||
            json_get(j, "contracts") || json_get(j, "planning") || json_get(j, "bids"));
}

static void take_record(struct package *p, const struct json *record, size_t line,
                        struct problem_list *problems)
{
    const struct json *releases = json_get(record, "releases");
    size_t taken = 0;
    for (size_t i = 0; i < json_count(releases); i++)
        if (is_release(json_at(releases, i))) {
            take_release(p, json_at(releases, i), line, problems);
            taken++;
        }
    const struct json *compiled = json_get(record, "compiledRelease");
    if (taken == 0 && json_kind(compiled) == JSON_KIND_OBJECT)
        take_release(p, compiled, line, problems);
}

static bool take_list(struct package *p, const struct json *root, const char *key, size_t line,
                      struct problem_list *problems,
                      void (*take)(struct package *, const struct json *, size_t,
                                   struct problem_list *))
{
    const struct json *list = json_get(root, key);
    if (json_kind(list) != JSON_KIND_ARRAY)
        return false;
    for (size_t i = 0; i < json_count(list); i++)
        take(p, json_at(list, i), line, problems);
    return true;
}

static bool take_root(struct package *p, const struct json *root, size_t line,
                      struct problem_list *problems)
{
    if (json_kind(root) == JSON_KIND_ARRAY) {
        bool is_any = false;
        for (size_t i = 0; i < json_count(root); i++)
            is_any = take_root(p, json_at(root, i), line, problems) || is_any;
        return is_any;
    }
    if (json_kind(root) != JSON_KIND_OBJECT)
        return false;
    if (take_list(p, root, "records", line, problems, take_record) ||
        (!json_get(root, "ocid") && take_list(p, root, "releases", line, problems, take_release)))
        return true;
    if (json_get(root, "compiledRelease") || json_get(root, "releases")) {
        take_record(p, root, line, problems);
        return true;
    }
    if (!is_release(root))
        return false;
    take_release(p, root, line, problems);
    return true;
}

static bool take_line(struct package *p, struct str text, size_t line,
                      struct problem_list *problems)
{
    struct json *root;
    if (json_parse(text, &root) != OK) {
        say(problems, "ocds.json", line, STR("这一行不是完好的 JSON，未读取；请向发布方核对"),
            STR("this line is no sound JSON and was not read"));
        return false;
    }
    VEC_PUSH(&p->roots, p->arena, root);
    return take_root(p, root, line, problems);
}

enum err package_read(struct arena *a, struct str text, struct problem_list *problems,
                      struct package *out)
{
    struct json *root;
    *out = (struct package){.arena = a};
    if (str_starts(text, STR("\xEF\xBB\xBF")))
        text = str_skip(text, 3);
    bool is_any = false;
    if (json_parse(text, &root) == OK) {
        VEC_PUSH(&out->roots, a, root);
        is_any = take_root(out, root, 0, problems);
    } else {
        struct str rest = text;
        for (size_t line = 1; rest.len; line++) {
            struct str one = str_trim(str_cut(&rest, '\n'));
            if (one.len)
                is_any = take_line(out, one, line, problems) || is_any;
        }
    }
    if (is_any)
        return OK;
    package_free(out);
    say(problems, "ocds.foreign", 0,
        STR("不是开放合同数据：应为发布、发布包或记录包（JSON），或每行一个"),
        STR("not open contracting data: a release, a release package or a record package is "
            "expected, or one a line"));
    return fail(ERR_MALFORMED, "not open contracting data");
}

void package_free(struct package *p)
{
    for (size_t i = 0; i < p->roots.count; i++)
        json_free(p->roots.at[i]);
    p->roots.count = 0;
}
