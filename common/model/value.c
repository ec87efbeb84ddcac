#include "common/model/value.h"

bool value_equal(const struct value *a, const struct value *b)
{
    if (a->kind != b->kind)
        return false;
    switch (a->kind) {
    case VALUE_NULL:
        return true;
    case VALUE_INT:
        return a->number == b->number;
    case VALUE_TEXT:
        return str_equal(a->text, b->text);
    }
    return false;
}
