-- findings
SELECT * FROM (
SELECT qq_thing(g.subject) AS subject, g.episode, g.tier, CASE WHEN (g.many = 1 OR g.periods >= 2) THEN 2 WHEN 1 = 1 THEN 1 END AS level, g.amount, g.site, g.kept, g.clause, g.subject AS key, g.called, g.dataset, g.periods, g.days_late, g.missing, g.share, g.many
FROM (SELECT hit.subject AS subject, "e.dataset_id" AS episode, max(tier) FILTER (WHERE clause IS NULL) AS tier, min("e.unit") AS called, 0 AS amount, min(site) FILTER (WHERE clause IS NULL) AS site, count(*) FILTER (WHERE clause IS NULL) AS kept, min(clause) AS clause, min("e.dataset_id") FILTER (WHERE clause IS NULL) AS dataset, count(DISTINCT "e.period") FILTER (WHERE clause IS NULL) AS periods, max(qq_workdays("e.due_on", "e.arrived_on")) FILTER (WHERE clause IS NULL) AS days_late, max(CASE WHEN "e.arrived_on" IS NULL THEN 1 ELSE 0 END) FILTER (WHERE clause IS NULL) AS missing, max((("e.bad_rows") * 100 / nullif("e.row_count", 0))) FILTER (WHERE clause IS NULL) AS share, max(CASE WHEN "e.bad_rows" * 100 > "e.row_count" * 20 THEN 1 ELSE 0 END) FILTER (WHERE clause IS NULL) AS many
FROM (SELECT e.unit_code AS subject, 1 AS tier, coalesce(e.site, '') AS site, e.rid AS "e.rid", e.unit_code AS "e.unit_code", e.unit AS "e.unit", e.dataset_id AS "e.dataset_id", e.period AS "e.period", e.due_on AS "e.due_on", e.arrived_on AS "e.arrived_on", e.row_count AS "e.row_count", e.bad_rows AS "e.bad_rows", e.is_nothing AS "e.is_nothing", CASE WHEN (e.is_nothing = 1) THEN 1 END AS clause
FROM supply_entry AS e
WHERE e.unit_code IS NOT NULL
  AND $1 > 0
  AND (qq_days(e.due_on) + 365 > qq_days($1))
  AND (((qq_workdays(e.due_on, e.arrived_on) > 3 OR (e.arrived_on IS NULL AND qq_workdays(e.due_on, $1) > 3) OR e.bad_rows * 100 > e.row_count * 5)))) AS hit
GROUP BY 1, 2) AS g) AS f
WHERE (f.kept > 0 AND f.level IS NOT NULL) OR f.clause IS NOT NULL
ORDER BY f.subject, f.episode COLLATE "C"

-- findings of the dirty
SELECT * FROM (
SELECT qq_thing(g.subject) AS subject, g.episode, g.tier, CASE WHEN (g.many = 1 OR g.periods >= 2) THEN 2 WHEN 1 = 1 THEN 1 END AS level, g.amount, g.site, g.kept, g.clause, g.subject AS key, g.called, g.dataset, g.periods, g.days_late, g.missing, g.share, g.many
FROM (SELECT hit.subject AS subject, "e.dataset_id" AS episode, max(tier) FILTER (WHERE clause IS NULL) AS tier, min("e.unit") AS called, 0 AS amount, min(site) FILTER (WHERE clause IS NULL) AS site, count(*) FILTER (WHERE clause IS NULL) AS kept, min(clause) AS clause, min("e.dataset_id") FILTER (WHERE clause IS NULL) AS dataset, count(DISTINCT "e.period") FILTER (WHERE clause IS NULL) AS periods, max(qq_workdays("e.due_on", "e.arrived_on")) FILTER (WHERE clause IS NULL) AS days_late, max(CASE WHEN "e.arrived_on" IS NULL THEN 1 ELSE 0 END) FILTER (WHERE clause IS NULL) AS missing, max((("e.bad_rows") * 100 / nullif("e.row_count", 0))) FILTER (WHERE clause IS NULL) AS share, max(CASE WHEN "e.bad_rows" * 100 > "e.row_count" * 20 THEN 1 ELSE 0 END) FILTER (WHERE clause IS NULL) AS many
FROM (SELECT e.unit_code AS subject, 1 AS tier, coalesce(e.site, '') AS site, e.rid AS "e.rid", e.unit_code AS "e.unit_code", e.unit AS "e.unit", e.dataset_id AS "e.dataset_id", e.period AS "e.period", e.due_on AS "e.due_on", e.arrived_on AS "e.arrived_on", e.row_count AS "e.row_count", e.bad_rows AS "e.bad_rows", e.is_nothing AS "e.is_nothing", CASE WHEN (e.is_nothing = 1) THEN 1 END AS clause
FROM dirty_subject AS s CROSS JOIN supply_entry AS e
WHERE e.unit_code = s.key AND e.unit_code IS NOT NULL
  AND $1 > 0
  AND (qq_days(e.due_on) + 365 > qq_days($1))
  AND (((qq_workdays(e.due_on, e.arrived_on) > 3 OR (e.arrived_on IS NULL AND qq_workdays(e.due_on, $1) > 3) OR e.bad_rows * 100 > e.row_count * 5)))) AS hit
GROUP BY 1, 2) AS g) AS f
WHERE (f.kept > 0 AND f.level IS NOT NULL) OR f.clause IS NOT NULL
ORDER BY f.subject, f.episode COLLATE "C"

-- evidence
SELECT DISTINCT s.subject AS subject, e.dataset_id AS episode, 0 AS source, e.rid AS rid, e.version AS version, e.row_hash AS row_hash
FROM hit_subject AS s CROSS JOIN supply_entry AS e
WHERE e.unit_code = s.key AND e.unit_code IS NOT NULL
  AND $1 > 0
  AND (qq_days(e.due_on) + 365 > qq_days($1))
  AND (((qq_workdays(e.due_on, e.arrived_on) > 3 OR (e.arrived_on IS NULL AND qq_workdays(e.due_on, $1) > 3) OR e.bad_rows * 100 > e.row_count * 5)))
  AND NOT coalesce(((e.is_nothing = 1)), FALSE)
ORDER BY 1, 2, 3, 4

-- wake keys
SELECT e.unit_code FROM supply_entry AS e WHERE e.unit_code IS NOT NULL AND qq_workday_add(e.due_on, 3 + 1) > $1 AND qq_workday_add(e.due_on, 3 + 1) <= $2
UNION SELECT e.unit_code FROM supply_entry AS e WHERE e.unit_code IS NOT NULL AND qq_ymd(qq_days(e.due_on) + 365) > $1 AND qq_ymd(qq_days(e.due_on) + 365) <= $2

-- need
SELECT count(*) FROM (SELECT 1 FROM supply_entry LIMIT 1) AS found
