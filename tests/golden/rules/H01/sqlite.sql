-- findings
SELECT * FROM (
SELECT g.subject AS subject, g.episode, g.tier, CASE WHEN (g.months_paid >= 12 OR g.amount >= 500000) THEN 4 WHEN g.months_paid >= 3 THEN 3 WHEN 1 = 1 THEN 1 END AS level, g.amount, g.site, g.kept, g.clause, CAST(NULL AS TEXT) AS key, g.called, g.died_on, g.first_month, g.last_month, g.months_paid, g.payments
FROM (SELECT hit.subject AS subject, 'death' AS episode, max(tier) FILTER (WHERE clause IS NULL) AS tier, CAST(NULL AS TEXT) AS called, coalesce(sum("pay.amount") FILTER (WHERE clause IS NULL), 0) AS amount, min(site) FILTER (WHERE clause IS NULL) AS site, count(*) FILTER (WHERE clause IS NULL) AS kept, min(clause) AS clause, min("death.died_on") FILTER (WHERE clause IS NULL) AS died_on, min("pay.month") FILTER (WHERE clause IS NULL) AS first_month, max("pay.month") FILTER (WHERE clause IS NULL) AS last_month, count(DISTINCT "pay.month") FILTER (WHERE clause IS NULL) AS months_paid, count(DISTINCT "pay.rid") FILTER (WHERE clause IS NULL) AS payments
FROM (SELECT death.citizen_id_person AS subject, max(death.citizen_id_tier, pay.citizen_id_tier) AS tier, coalesce(pay.site, '') AS site, death.rid AS "death.rid", death.citizen_id AS "death.citizen_id", death.citizen_id_person AS "death.citizen_id_person", death.name AS "death.name", death.died_on AS "death.died_on", death.source AS "death.source", death.registered_on AS "death.registered_on", death.source_unit AS "death.source_unit", death.as_of AS "death.as_of", pay.rid AS "pay.rid", pay.batch_no AS "pay.batch_no", pay.programme AS "pay.programme", pay.citizen_id AS "pay.citizen_id", pay.citizen_id_person AS "pay.citizen_id_person", pay.month AS "pay.month", pay.name AS "pay.name", pay.amount AS "pay.amount", pay.area AS "pay.area", pay.rate AS "pay.rate", pay.bank AS "pay.bank", pay.account AS "pay.account", pay.account_name AS "pay.account_name", pay.collector_id AS "pay.collector_id", pay.paid_on AS "pay.paid_on", pay.township AS "pay.township", pay.village AS "pay.village", pay.parcel AS "pay.parcel", pay.handler AS "pay.handler", CASE WHEN pay.programme IN ('sangzang') THEN 1 END AS clause
FROM death AS death CROSS JOIN benefit_pay AS pay
WHERE death.citizen_id_person IS NOT NULL AND death.citizen_id_tier <= 2
  AND pay.citizen_id_person = death.citizen_id_person AND pay.citizen_id_tier <= 2
  AND ?1 > 0
  AND NOT EXISTS (SELECT 1 FROM death AS earlier WHERE earlier.citizen_id_person = death.citizen_id_person AND earlier.citizen_id_tier <= 2 AND (earlier.died_on, earlier.rid) < (death.died_on, death.rid))
  AND (qq_months(pay.month) - qq_months(qq_month_of(death.died_on)) > 1)) AS hit
GROUP BY 1, 2) AS g) AS f
WHERE (f.kept > 0 AND f.level IS NOT NULL) OR f.clause IS NOT NULL
ORDER BY f.subject, f.episode

-- findings of the dirty
SELECT * FROM (
SELECT g.subject AS subject, g.episode, g.tier, CASE WHEN (g.months_paid >= 12 OR g.amount >= 500000) THEN 4 WHEN g.months_paid >= 3 THEN 3 WHEN 1 = 1 THEN 1 END AS level, g.amount, g.site, g.kept, g.clause, CAST(NULL AS TEXT) AS key, g.called, g.died_on, g.first_month, g.last_month, g.months_paid, g.payments
FROM (SELECT hit.subject AS subject, 'death' AS episode, max(tier) FILTER (WHERE clause IS NULL) AS tier, CAST(NULL AS TEXT) AS called, coalesce(sum("pay.amount") FILTER (WHERE clause IS NULL), 0) AS amount, min(site) FILTER (WHERE clause IS NULL) AS site, count(*) FILTER (WHERE clause IS NULL) AS kept, min(clause) AS clause, min("death.died_on") FILTER (WHERE clause IS NULL) AS died_on, min("pay.month") FILTER (WHERE clause IS NULL) AS first_month, max("pay.month") FILTER (WHERE clause IS NULL) AS last_month, count(DISTINCT "pay.month") FILTER (WHERE clause IS NULL) AS months_paid, count(DISTINCT "pay.rid") FILTER (WHERE clause IS NULL) AS payments
FROM (SELECT death.citizen_id_person AS subject, max(death.citizen_id_tier, pay.citizen_id_tier) AS tier, coalesce(pay.site, '') AS site, death.rid AS "death.rid", death.citizen_id AS "death.citizen_id", death.citizen_id_person AS "death.citizen_id_person", death.name AS "death.name", death.died_on AS "death.died_on", death.source AS "death.source", death.registered_on AS "death.registered_on", death.source_unit AS "death.source_unit", death.as_of AS "death.as_of", pay.rid AS "pay.rid", pay.batch_no AS "pay.batch_no", pay.programme AS "pay.programme", pay.citizen_id AS "pay.citizen_id", pay.citizen_id_person AS "pay.citizen_id_person", pay.month AS "pay.month", pay.name AS "pay.name", pay.amount AS "pay.amount", pay.area AS "pay.area", pay.rate AS "pay.rate", pay.bank AS "pay.bank", pay.account AS "pay.account", pay.account_name AS "pay.account_name", pay.collector_id AS "pay.collector_id", pay.paid_on AS "pay.paid_on", pay.township AS "pay.township", pay.village AS "pay.village", pay.parcel AS "pay.parcel", pay.handler AS "pay.handler", CASE WHEN pay.programme IN ('sangzang') THEN 1 END AS clause
FROM dirty_subject AS s CROSS JOIN death AS death CROSS JOIN benefit_pay AS pay
WHERE death.citizen_id_person = s.subject AND death.citizen_id_person IS NOT NULL AND death.citizen_id_tier <= 2
  AND pay.citizen_id_person = death.citizen_id_person AND pay.citizen_id_tier <= 2
  AND ?1 > 0
  AND NOT EXISTS (SELECT 1 FROM death AS earlier WHERE earlier.citizen_id_person = death.citizen_id_person AND earlier.citizen_id_tier <= 2 AND (earlier.died_on, earlier.rid) < (death.died_on, death.rid))
  AND (qq_months(pay.month) - qq_months(qq_month_of(death.died_on)) > 1)) AS hit
GROUP BY 1, 2) AS g) AS f
WHERE (f.kept > 0 AND f.level IS NOT NULL) OR f.clause IS NOT NULL
ORDER BY f.subject, f.episode

-- evidence
SELECT DISTINCT s.subject AS subject, 'death' AS episode, 0 AS source, death.rid AS rid, death.version AS version, death.row_hash AS row_hash
FROM hit_subject AS s CROSS JOIN death AS death CROSS JOIN benefit_pay AS pay
WHERE death.citizen_id_person = s.subject AND death.citizen_id_person IS NOT NULL AND death.citizen_id_tier <= 2
  AND pay.citizen_id_person = death.citizen_id_person AND pay.citizen_id_tier <= 2
  AND ?1 > 0
  AND (qq_months(pay.month) - qq_months(qq_month_of(death.died_on)) > 1)
  AND NOT coalesce((pay.programme IN ('sangzang')), 0)
UNION ALL
SELECT DISTINCT s.subject AS subject, 'death' AS episode, 1 AS source, pay.rid AS rid, pay.version AS version, pay.row_hash AS row_hash
FROM hit_subject AS s CROSS JOIN death AS death CROSS JOIN benefit_pay AS pay
WHERE death.citizen_id_person = s.subject AND death.citizen_id_person IS NOT NULL AND death.citizen_id_tier <= 2
  AND pay.citizen_id_person = death.citizen_id_person AND pay.citizen_id_tier <= 2
  AND ?1 > 0
  AND NOT EXISTS (SELECT 1 FROM death AS earlier WHERE earlier.citizen_id_person = death.citizen_id_person AND earlier.citizen_id_tier <= 2 AND (earlier.died_on, earlier.rid) < (death.died_on, death.rid))
  AND (qq_months(pay.month) - qq_months(qq_month_of(death.died_on)) > 1)
  AND NOT coalesce((pay.programme IN ('sangzang')), 0)
ORDER BY 1, 2, 3, 4

-- need
SELECT count(*) FROM (SELECT 1 FROM death LIMIT 1) AS found

-- need
SELECT count(*) FROM (SELECT 1 FROM benefit_pay LIMIT 1) AS found
