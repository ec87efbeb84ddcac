-- findings
SELECT * FROM (
SELECT g.subject AS subject, g.episode, g.tier, CASE WHEN 1 = 1 THEN 1 END AS level, g.amount, g.site, g.kept, g.clause, CAST(NULL AS TEXT) AS key, g.called, g.born_on, g.division
FROM (SELECT hit.subject AS subject, 'allowance' AS episode, max(tier) FILTER (WHERE clause IS NULL) AS tier, CAST(NULL AS TEXT) AS called, 0 AS amount, min(site) FILTER (WHERE clause IS NULL) AS site, count(*) FILTER (WHERE clause IS NULL) AS kept, min(clause) AS clause, min(qq_born("home.citizen_id")) FILTER (WHERE clause IS NULL) AS born_on, min("home.division") FILTER (WHERE clause IS NULL) AS division
FROM (SELECT home.citizen_id_person AS subject, home.citizen_id_tier AS tier, coalesce(home.site, '') AS site, home.rid AS "home.rid", home.citizen_id AS "home.citizen_id", home.citizen_id_person AS "home.citizen_id_person", home.name AS "home.name", home.household_no AS "home.household_no", home.relation AS "home.relation", home.address AS "home.address", home.division AS "home.division", home.moved_in AS "home.moved_in", home.cancelled_on AS "home.cancelled_on", home.source_unit AS "home.source_unit", home.as_of AS "home.as_of", CASE WHEN EXISTS (SELECT 1 FROM benefit_pay AS got WHERE got.citizen_id_person = home.citizen_id_person AND got.citizen_id_tier <= 2 AND (got.programme IN ('gaoling', 'tekun'))) THEN 1 WHEN EXISTS (SELECT 1 FROM benefit_enrol AS e WHERE e.member_id_person = home.citizen_id_person AND e.member_id_tier <= 2 AND (e.programme IN ('gaoling', 'tekun') AND e.stopped_on IS NULL)) THEN 2 WHEN EXISTS (SELECT 1 FROM death AS d WHERE d.citizen_id_person = home.citizen_id_person AND d.citizen_id_tier <= 2 AND (d.died_on IS NOT NULL)) THEN 3 END AS clause
FROM household AS home
WHERE home.citizen_id_person IS NOT NULL AND home.citizen_id_tier <= 2
  AND $1 > 0
  AND (home.cancelled_on IS NULL)
  AND (qq_days($1) > qq_days(qq_born(home.citizen_id)) + 29220 + 92)) AS hit
GROUP BY 1, 2) AS g) AS f
WHERE (f.kept > 0 AND f.level IS NOT NULL) OR f.clause IS NOT NULL
ORDER BY f.subject, f.episode COLLATE "C"

-- findings of the dirty
SELECT * FROM (
SELECT g.subject AS subject, g.episode, g.tier, CASE WHEN 1 = 1 THEN 1 END AS level, g.amount, g.site, g.kept, g.clause, CAST(NULL AS TEXT) AS key, g.called, g.born_on, g.division
FROM (SELECT hit.subject AS subject, 'allowance' AS episode, max(tier) FILTER (WHERE clause IS NULL) AS tier, CAST(NULL AS TEXT) AS called, 0 AS amount, min(site) FILTER (WHERE clause IS NULL) AS site, count(*) FILTER (WHERE clause IS NULL) AS kept, min(clause) AS clause, min(qq_born("home.citizen_id")) FILTER (WHERE clause IS NULL) AS born_on, min("home.division") FILTER (WHERE clause IS NULL) AS division
FROM (SELECT home.citizen_id_person AS subject, home.citizen_id_tier AS tier, coalesce(home.site, '') AS site, home.rid AS "home.rid", home.citizen_id AS "home.citizen_id", home.citizen_id_person AS "home.citizen_id_person", home.name AS "home.name", home.household_no AS "home.household_no", home.relation AS "home.relation", home.address AS "home.address", home.division AS "home.division", home.moved_in AS "home.moved_in", home.cancelled_on AS "home.cancelled_on", home.source_unit AS "home.source_unit", home.as_of AS "home.as_of", CASE WHEN EXISTS (SELECT 1 FROM benefit_pay AS got WHERE got.citizen_id_person = home.citizen_id_person AND got.citizen_id_tier <= 2 AND (got.programme IN ('gaoling', 'tekun'))) THEN 1 WHEN EXISTS (SELECT 1 FROM benefit_enrol AS e WHERE e.member_id_person = home.citizen_id_person AND e.member_id_tier <= 2 AND (e.programme IN ('gaoling', 'tekun') AND e.stopped_on IS NULL)) THEN 2 WHEN EXISTS (SELECT 1 FROM death AS d WHERE d.citizen_id_person = home.citizen_id_person AND d.citizen_id_tier <= 2 AND (d.died_on IS NOT NULL)) THEN 3 END AS clause
FROM dirty_subject AS s CROSS JOIN household AS home
WHERE home.citizen_id_person = s.subject AND home.citizen_id_person IS NOT NULL AND home.citizen_id_tier <= 2
  AND $1 > 0
  AND (home.cancelled_on IS NULL)
  AND (qq_days($1) > qq_days(qq_born(home.citizen_id)) + 29220 + 92)) AS hit
GROUP BY 1, 2) AS g) AS f
WHERE (f.kept > 0 AND f.level IS NOT NULL) OR f.clause IS NOT NULL
ORDER BY f.subject, f.episode COLLATE "C"

-- evidence
SELECT DISTINCT s.subject AS subject, 'allowance' AS episode, 0 AS source, home.rid AS rid, home.version AS version, home.row_hash AS row_hash
FROM hit_subject AS s CROSS JOIN household AS home
WHERE home.citizen_id_person = s.subject AND home.citizen_id_person IS NOT NULL AND home.citizen_id_tier <= 2
  AND $1 > 0
  AND (home.cancelled_on IS NULL)
  AND (qq_days($1) > qq_days(qq_born(home.citizen_id)) + 29220 + 92)
  AND NOT coalesce((EXISTS (SELECT 1 FROM benefit_pay AS got WHERE got.citizen_id_person = home.citizen_id_person AND got.citizen_id_tier <= 2 AND (got.programme IN ('gaoling', 'tekun')))), FALSE)
  AND NOT coalesce((EXISTS (SELECT 1 FROM benefit_enrol AS e WHERE e.member_id_person = home.citizen_id_person AND e.member_id_tier <= 2 AND (e.programme IN ('gaoling', 'tekun') AND e.stopped_on IS NULL))), FALSE)
  AND NOT coalesce((EXISTS (SELECT 1 FROM death AS d WHERE d.citizen_id_person = home.citizen_id_person AND d.citizen_id_tier <= 2 AND (d.died_on IS NOT NULL))), FALSE)
ORDER BY 1, 2, 3, 4

-- wake persons
SELECT home.citizen_id_person FROM household AS home WHERE home.citizen_id_person IS NOT NULL AND qq_ymd(qq_days(qq_born(home.citizen_id)) + 29220 + 92 + 1) > $1 AND qq_ymd(qq_days(qq_born(home.citizen_id)) + 29220 + 92 + 1) <= $2

-- need
SELECT count(*) FROM (SELECT 1 FROM household LIMIT 1) AS found

-- need
SELECT count(*) FROM (SELECT 1 FROM benefit_pay LIMIT 1) AS found
