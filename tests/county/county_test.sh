#!/bin/sh
# county_test.sh COUNTY PYTHON CHECKER CATALOG: the same seed makes the same county, and all that it claims is true.
set -eu
county=$1 python=$2 checker=$3 catalog=$4
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

fail() {
    echo "county_test: $*" >&2
    exit 1
}

status_of() {
    "$@" >/dev/null 2>&1 && echo 0 || echo $?
}

for copy in one two; do
    "$county" --scale 0.05 --out "$work/$copy"
    "$county" --scale 0.05 --day 1 --out "$work/$copy"
done
diff -r "$work/one" "$work/two" >/dev/null || fail "two runs with one seed differ"
"$county" --scale 0.05 --seed 2 --out "$work/other"
if diff -r "$work/one/sites" "$work/other/sites" >/dev/null; then fail "the seed changes nothing"; fi

"$county" --scale 0.05 --day 2 --out "$work/one"
PYTHONDONTWRITEBYTECODE=1 "$python" "$checker" "$catalog" "$work/one"
PYTHONDONTWRITEBYTECODE=1 "$python" "$(dirname "$checker")/../plant/plant.py" "$catalog" "$(dirname "$0")/../golden/rules" "$work/two"
PYTHONDONTWRITEBYTECODE=1 "$python" "$(dirname "$checker")/planted_check.py" "$catalog" "$work/two"
"$county" --scale 0.02 --sites 8 --seed 3 --today 2028-02-29 --out "$work/small"
PYTHONDONTWRITEBYTECODE=1 "$python" "$checker" "$catalog" "$work/small"

"$county" --help | grep -q '^Usage: county ' || fail "--help does not say how it is used"
[ "$(status_of "$county" --scale 0 --out "$work/x")" = 2 ] || fail "scale 0 is not refused as wrong usage"
[ "$(status_of "$county" --sites 7 --out "$work/x")" = 2 ] || fail "7 sites are not refused as wrong usage"
[ "$(status_of "$county" --today 2026-02-30 --out "$work/x")" = 2 ] || fail "30 February is not refused"
[ "$(status_of "$county" --out "$work/one")" = 1 ] || fail "a county is written over another"
[ ! -e "$work/x" ] || fail "wrong usage leaves a folder"
