/* chinese.h — Chinese text as one writer would write it and as it sounds, by Unicode's own tables
 * (NFKC; ICU's Traditional-Simplified and Han-Latin).
 *
 * Owns:     two converters per thread, made at the first call, until the process ends.
 * Threads:  any.
 * Fails:    never: what the tables do not know stays as it is.
 * Limits:   texts over CHINESE_CHARS_MAX units of UTF-16 stay as they are.
 * Promise:  chinese_usual of its own result changes nothing. */
#ifndef QQ_IDENTITY_CHINESE_H
#define QQ_IDENTITY_CHINESE_H

#include "common/base/str.h"

#define CHINESE_CHARS_MAX 200

struct arena;

/* Full width, compatibility and traditional forms to the usual ones. */
struct str chinese_usual(struct arena *a, struct str text);
/* Pinyin without tones and blanks: "zhangwei". One reading of each character, so that equal sounds
 * are evidence and different ones are none. */
struct str chinese_sound(struct arena *a, struct str text);

#endif
