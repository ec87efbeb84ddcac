/* company.h — names of companies as they are compared: the same firm is written in many ways by
 * those who have no code beside it.
 *
 * Owns:     nothing; texts live in the arena, or in the name given.
 * Threads:  any.
 * Fails:    never.
 * Limits:   as chinese.h.
 * Promise:  company_normalise of its own result changes nothing. An equal name is a proposal, never
 * a link: two counties have two firms of one name. */
#ifndef QQ_IDENTITY_COMPANY_H
#define QQ_IDENTITY_COMPANY_H

#include "common/base/str.h"

struct arena;

/* Width folded, traditional forms, blanks and brackets dropped, 有限责任公司 as 有限公司. */
struct str company_normalise(struct arena *a, struct str name);
/* Of a branch, the company it belongs to: what stands before "…分公司", "…营业部" and their like;
 * empty when it is none. */
struct str company_head(struct str normalised);

#endif
