-- findings
SELECT * FROM (
SELECT g.subject AS subject, g.episode, g.tier, CASE WHEN 1 = 1 THEN 3 END AS level, g.amount, g.site, g.kept, g.clause, CAST(NULL AS TEXT) AS key, g.called, g.cancelled_on, g.first_month, g.last_month, g.months_paid, g.payments
FROM (SELECT hit.subject AS subject, 'left' AS episode, max(tier) FILTER (WHERE clause IS NULL) AS tier, CAST(NULL AS TEXT) AS called, coalesce(sum("pay.amount") FILTER (WHERE clause IS NULL), 0) AS amount, min(site) FILTER (WHERE clause IS NULL) AS site, count(*) FILTER (WHERE clause IS NULL) AS kept, min(clause) AS clause, max("home.cancelled_on") FILTER (WHERE clause IS NULL) AS cancelled_on, min("pay.month") FILTER (WHERE clause IS NULL) AS first_month, max("pay.month") FILTER (WHERE clause IS NULL) AS last_month, count(DISTINCT "pay.month") FILTER (WHERE clause IS NULL) AS months_paid, count(DISTINCT "pay.rid") FILTER (WHERE clause IS NULL) AS payments
FROM (SELECT home.citizen_id_person AS subject, max(home.citizen_id_tier, pay.citizen_id_tier) AS tier, coalesce(pay.site, '') AS site, home.rid AS "home.rid", home.citizen_id AS "home.citizen_id", home.citizen_id_person AS "home.citizen_id_person", home.name AS "home.name", home.household_no AS "home.household_no", home.relation AS "home.relation", home.address AS "home.address", home.division AS "home.division", home.moved_in AS "home.moved_in", home.cancelled_on AS "home.cancelled_on", home.source_unit AS "home.source_unit", home.as_of AS "home.as_of", pay.rid AS "pay.rid", pay.batch_no AS "pay.batch_no", pay.programme AS "pay.programme", pay.citizen_id AS "pay.citizen_id", pay.citizen_id_person AS "pay.citizen_id_person", pay.month AS "pay.month", pay.name AS "pay.name", pay.amount AS "pay.amount", pay.area AS "pay.area", pay.rate AS "pay.rate", pay.bank AS "pay.bank", pay.account AS "pay.account", pay.account_name AS "pay.account_name", pay.collector_id AS "pay.collector_id", pay.paid_on AS "pay.paid_on", pay.township AS "pay.township", pay.village AS "pay.village", pay.parcel AS "pay.parcel", pay.handler AS "pay.handler", CASE WHEN EXISTS (SELECT 1 FROM household AS again WHERE again.citizen_id_person = home.citizen_id_person AND again.citizen_id_tier <= 2 AND ((again.cancelled_on IS NULL OR qq_months(pay.month) - qq_months(qq_month_of(again.cancelled_on)) <= 2))) THEN 1 WHEN EXISTS (SELECT 1 FROM death AS d WHERE d.citizen_id_person = home.citizen_id_person AND d.citizen_id_tier <= 2 AND ((d.died_on <= pay.paid_on OR qq_months(qq_month_of(d.died_on)) <= qq_months(pay.month)))) THEN 2 END AS clause
FROM household AS home CROSS JOIN benefit_pay AS pay
WHERE home.citizen_id_person IS NOT NULL AND home.citizen_id_tier <= 2
  AND pay.citizen_id_person = home.citizen_id_person AND pay.citizen_id_tier <= 2
  AND ?1 > 0
  AND (pay.programme IN ('dibao', 'tekun', 'gaoling', 'canbu', 'guer'))
  AND (qq_months(pay.month) - qq_months(qq_month_of(home.cancelled_on)) > 2)
  AND (NOT (EXISTS (SELECT 1 FROM household AS other WHERE other.household_no = home.household_no AND ((other.cancelled_on IS NULL OR qq_months(pay.month) - qq_months(qq_month_of(other.cancelled_on)) <= 2)))))
  AND (NOT (EXISTS (SELECT 1 FROM household AS later WHERE later.citizen_id_person = home.citizen_id_person AND later.citizen_id_tier <= 2 AND ((later.cancelled_on > home.cancelled_on OR (later.cancelled_on = home.cancelled_on AND later.rid < home.rid))))))) AS hit
GROUP BY 1, 2) AS g) AS f
WHERE (f.kept > 0 AND f.level IS NOT NULL) OR f.clause IS NOT NULL
ORDER BY f.subject, f.episode

-- findings of the dirty
SELECT * FROM (
SELECT g.subject AS subject, g.episode, g.tier, CASE WHEN 1 = 1 THEN 3 END AS level, g.amount, g.site, g.kept, g.clause, CAST(NULL AS TEXT) AS key, g.called, g.cancelled_on, g.first_month, g.last_month, g.months_paid, g.payments
FROM (SELECT hit.subject AS subject, 'left' AS episode, max(tier) FILTER (WHERE clause IS NULL) AS tier, CAST(NULL AS TEXT) AS called, coalesce(sum("pay.amount") FILTER (WHERE clause IS NULL), 0) AS amount, min(site) FILTER (WHERE clause IS NULL) AS site, count(*) FILTER (WHERE clause IS NULL) AS kept, min(clause) AS clause, max("home.cancelled_on") FILTER (WHERE clause IS NULL) AS cancelled_on, min("pay.month") FILTER (WHERE clause IS NULL) AS first_month, max("pay.month") FILTER (WHERE clause IS NULL) AS last_month, count(DISTINCT "pay.month") FILTER (WHERE clause IS NULL) AS months_paid, count(DISTINCT "pay.rid") FILTER (WHERE clause IS NULL) AS payments
FROM (SELECT home.citizen_id_person AS subject, max(home.citizen_id_tier, pay.citizen_id_tier) AS tier, coalesce(pay.site, '') AS site, home.rid AS "home.rid", home.citizen_id AS "home.citizen_id", home.citizen_id_person AS "home.citizen_id_person", home.name AS "home.name", home.household_no AS "home.household_no", home.relation AS "home.relation", home.address AS "home.address", home.division AS "home.division", home.moved_in AS "home.moved_in", home.cancelled_on AS "home.cancelled_on", home.source_unit AS "home.source_unit", home.as_of AS "home.as_of", pay.rid AS "pay.rid", pay.batch_no AS "pay.batch_no", pay.programme AS "pay.programme", pay.citizen_id AS "pay.citizen_id", pay.citizen_id_person AS "pay.citizen_id_person", pay.month AS "pay.month", pay.name AS "pay.name", pay.amount AS "pay.amount", pay.area AS "pay.area", pay.rate AS "pay.rate", pay.bank AS "pay.bank", pay.account AS "pay.account", pay.account_name AS "pay.account_name", pay.collector_id AS "pay.collector_id", pay.paid_on AS "pay.paid_on", pay.township AS "pay.township", pay.village AS "pay.village", pay.parcel AS "pay.parcel", pay.handler AS "pay.handler", CASE WHEN EXISTS (SELECT 1 FROM household AS again WHERE again.citizen_id_person = home.citizen_id_person AND again.citizen_id_tier <= 2 AND ((again.cancelled_on IS NULL OR qq_months(pay.month) - qq_months(qq_month_of(again.cancelled_on)) <= 2))) THEN 1 WHEN EXISTS (SELECT 1 FROM death AS d WHERE d.citizen_id_person = home.citizen_id_person AND d.citizen_id_tier <= 2 AND ((d.died_on <= pay.paid_on OR qq_months(qq_month_of(d.died_on)) <= qq_months(pay.month)))) THEN 2 END AS clause
FROM dirty_subject AS s CROSS JOIN household AS home CROSS JOIN benefit_pay AS pay
WHERE home.citizen_id_person = s.subject AND home.citizen_id_person IS NOT NULL AND home.citizen_id_tier <= 2
  AND pay.citizen_id_person = home.citizen_id_person AND pay.citizen_id_tier <= 2
  AND ?1 > 0
  AND (pay.programme IN ('dibao', 'tekun', 'gaoling', 'canbu', 'guer'))
  AND (qq_months(pay.month) - qq_months(qq_month_of(home.cancelled_on)) > 2)
  AND (NOT (EXISTS (SELECT 1 FROM household AS other WHERE other.household_no = home.household_no AND ((other.cancelled_on IS NULL OR qq_months(pay.month) - qq_months(qq_month_of(other.cancelled_on)) <= 2)))))
  AND (NOT (EXISTS (SELECT 1 FROM household AS later WHERE later.citizen_id_person = home.citizen_id_person AND later.citizen_id_tier <= 2 AND ((later.cancelled_on > home.cancelled_on OR (later.cancelled_on = home.cancelled_on AND later.rid < home.rid))))))) AS hit
GROUP BY 1, 2) AS g) AS f
WHERE (f.kept > 0 AND f.level IS NOT NULL) OR f.clause IS NOT NULL
ORDER BY f.subject, f.episode

-- evidence
SELECT DISTINCT s.subject AS subject, 'left' AS episode, 0 AS source, home.rid AS rid, home.version AS version, home.row_hash AS row_hash
FROM hit_subject AS s CROSS JOIN household AS home CROSS JOIN benefit_pay AS pay
WHERE home.citizen_id_person = s.subject AND home.citizen_id_person IS NOT NULL AND home.citizen_id_tier <= 2
  AND pay.citizen_id_person = home.citizen_id_person AND pay.citizen_id_tier <= 2
  AND ?1 > 0
  AND (pay.programme IN ('dibao', 'tekun', 'gaoling', 'canbu', 'guer'))
  AND (qq_months(pay.month) - qq_months(qq_month_of(home.cancelled_on)) > 2)
  AND (NOT (EXISTS (SELECT 1 FROM household AS other WHERE other.household_no = home.household_no AND ((other.cancelled_on IS NULL OR qq_months(pay.month) - qq_months(qq_month_of(other.cancelled_on)) <= 2)))))
  AND (NOT (EXISTS (SELECT 1 FROM household AS later WHERE later.citizen_id_person = home.citizen_id_person AND later.citizen_id_tier <= 2 AND ((later.cancelled_on > home.cancelled_on OR (later.cancelled_on = home.cancelled_on AND later.rid < home.rid))))))
  AND NOT coalesce((EXISTS (SELECT 1 FROM household AS again WHERE again.citizen_id_person = home.citizen_id_person AND again.citizen_id_tier <= 2 AND ((again.cancelled_on IS NULL OR qq_months(pay.month) - qq_months(qq_month_of(again.cancelled_on)) <= 2)))), 0)
  AND NOT coalesce((EXISTS (SELECT 1 FROM death AS d WHERE d.citizen_id_person = home.citizen_id_person AND d.citizen_id_tier <= 2 AND ((d.died_on <= pay.paid_on OR qq_months(qq_month_of(d.died_on)) <= qq_months(pay.month))))), 0)
UNION ALL
SELECT DISTINCT s.subject AS subject, 'left' AS episode, 1 AS source, pay.rid AS rid, pay.version AS version, pay.row_hash AS row_hash
FROM hit_subject AS s CROSS JOIN household AS home CROSS JOIN benefit_pay AS pay
WHERE home.citizen_id_person = s.subject AND home.citizen_id_person IS NOT NULL AND home.citizen_id_tier <= 2
  AND pay.citizen_id_person = home.citizen_id_person AND pay.citizen_id_tier <= 2
  AND ?1 > 0
  AND (pay.programme IN ('dibao', 'tekun', 'gaoling', 'canbu', 'guer'))
  AND (qq_months(pay.month) - qq_months(qq_month_of(home.cancelled_on)) > 2)
  AND (NOT (EXISTS (SELECT 1 FROM household AS other WHERE other.household_no = home.household_no AND ((other.cancelled_on IS NULL OR qq_months(pay.month) - qq_months(qq_month_of(other.cancelled_on)) <= 2)))))
  AND (NOT (EXISTS (SELECT 1 FROM household AS later WHERE later.citizen_id_person = home.citizen_id_person AND later.citizen_id_tier <= 2 AND ((later.cancelled_on > home.cancelled_on OR (later.cancelled_on = home.cancelled_on AND later.rid < home.rid))))))
  AND NOT coalesce((EXISTS (SELECT 1 FROM household AS again WHERE again.citizen_id_person = home.citizen_id_person AND again.citizen_id_tier <= 2 AND ((again.cancelled_on IS NULL OR qq_months(pay.month) - qq_months(qq_month_of(again.cancelled_on)) <= 2)))), 0)
  AND NOT coalesce((EXISTS (SELECT 1 FROM death AS d WHERE d.citizen_id_person = home.citizen_id_person AND d.citizen_id_tier <= 2 AND ((d.died_on <= pay.paid_on OR qq_months(qq_month_of(d.died_on)) <= qq_months(pay.month))))), 0)
ORDER BY 1, 2, 3, 4

-- touches
SELECT home.citizen_id_person FROM dirty_key AS changed CROSS JOIN household AS home
WHERE home.household_no = changed.key

-- need
SELECT count(*) FROM (SELECT 1 FROM household LIMIT 1) AS found

-- need
SELECT count(*) FROM (SELECT 1 FROM benefit_pay LIMIT 1) AS found
