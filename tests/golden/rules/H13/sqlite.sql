-- findings
SELECT * FROM (
SELECT g.subject AS subject, g.episode, g.tier, CASE WHEN 1 = 1 THEN 3 END AS level, g.amount, g.site, g.kept, g.clause, CAST(NULL AS TEXT) AS key, g.called, g.programme, g.born_on, g.first_month, g.last_month, g.months_paid
FROM (SELECT hit.subject AS subject, "pay.programme" AS episode, max(tier) FILTER (WHERE clause IS NULL) AS tier, CAST(NULL AS TEXT) AS called, coalesce(sum("pay.amount") FILTER (WHERE clause IS NULL), 0) AS amount, min(site) FILTER (WHERE clause IS NULL) AS site, count(*) FILTER (WHERE clause IS NULL) AS kept, min(clause) AS clause, min("pay.programme") FILTER (WHERE clause IS NULL) AS programme, min(qq_born("pay.citizen_id")) FILTER (WHERE clause IS NULL) AS born_on, min("pay.month") FILTER (WHERE clause IS NULL) AS first_month, max("pay.month") FILTER (WHERE clause IS NULL) AS last_month, count(DISTINCT "pay.month") FILTER (WHERE clause IS NULL) AS months_paid
FROM (SELECT pay.citizen_id_person AS subject, pay.citizen_id_tier AS tier, coalesce(pay.site, '') AS site, pay.rid AS "pay.rid", pay.batch_no AS "pay.batch_no", pay.programme AS "pay.programme", pay.citizen_id AS "pay.citizen_id", pay.citizen_id_person AS "pay.citizen_id_person", pay.month AS "pay.month", pay.name AS "pay.name", pay.amount AS "pay.amount", pay.area AS "pay.area", pay.rate AS "pay.rate", pay.bank AS "pay.bank", pay.account AS "pay.account", pay.account_name AS "pay.account_name", pay.collector_id AS "pay.collector_id", pay.paid_on AS "pay.paid_on", pay.township AS "pay.township", pay.village AS "pay.village", pay.parcel AS "pay.parcel", pay.handler AS "pay.handler", CASE WHEN EXISTS (SELECT 1 FROM household AS h WHERE h.citizen_id_person = pay.citizen_id_person AND h.citizen_id_tier <= 2 AND (qq_born(h.citizen_id) <> qq_born(pay.citizen_id))) THEN 1 END AS clause
FROM benefit_pay AS pay
WHERE pay.citizen_id_person IS NOT NULL AND pay.citizen_id_tier <= 2
  AND ?1 > 0
  AND ((((pay.programme IN ('jumin', 'gaoling') AND qq_months(pay.month) - qq_months(qq_month_of(qq_born(pay.citizen_id))) < (CASE WHEN pay.programme = 'jumin' THEN 60 WHEN pay.programme = 'gaoling' THEN 80 ELSE 0 END) * 12) OR (pay.programme = 'guer' AND qq_months(pay.month) - qq_months(qq_month_of(qq_born(pay.citizen_id))) > 18 * 12))))) AS hit
GROUP BY 1, 2) AS g) AS f
WHERE (f.kept > 0 AND f.level IS NOT NULL) OR f.clause IS NOT NULL
ORDER BY f.subject, f.episode

-- findings of the dirty
SELECT * FROM (
SELECT g.subject AS subject, g.episode, g.tier, CASE WHEN 1 = 1 THEN 3 END AS level, g.amount, g.site, g.kept, g.clause, CAST(NULL AS TEXT) AS key, g.called, g.programme, g.born_on, g.first_month, g.last_month, g.months_paid
FROM (SELECT hit.subject AS subject, "pay.programme" AS episode, max(tier) FILTER (WHERE clause IS NULL) AS tier, CAST(NULL AS TEXT) AS called, coalesce(sum("pay.amount") FILTER (WHERE clause IS NULL), 0) AS amount, min(site) FILTER (WHERE clause IS NULL) AS site, count(*) FILTER (WHERE clause IS NULL) AS kept, min(clause) AS clause, min("pay.programme") FILTER (WHERE clause IS NULL) AS programme, min(qq_born("pay.citizen_id")) FILTER (WHERE clause IS NULL) AS born_on, min("pay.month") FILTER (WHERE clause IS NULL) AS first_month, max("pay.month") FILTER (WHERE clause IS NULL) AS last_month, count(DISTINCT "pay.month") FILTER (WHERE clause IS NULL) AS months_paid
FROM (SELECT pay.citizen_id_person AS subject, pay.citizen_id_tier AS tier, coalesce(pay.site, '') AS site, pay.rid AS "pay.rid", pay.batch_no AS "pay.batch_no", pay.programme AS "pay.programme", pay.citizen_id AS "pay.citizen_id", pay.citizen_id_person AS "pay.citizen_id_person", pay.month AS "pay.month", pay.name AS "pay.name", pay.amount AS "pay.amount", pay.area AS "pay.area", pay.rate AS "pay.rate", pay.bank AS "pay.bank", pay.account AS "pay.account", pay.account_name AS "pay.account_name", pay.collector_id AS "pay.collector_id", pay.paid_on AS "pay.paid_on", pay.township AS "pay.township", pay.village AS "pay.village", pay.parcel AS "pay.parcel", pay.handler AS "pay.handler", CASE WHEN EXISTS (SELECT 1 FROM household AS h WHERE h.citizen_id_person = pay.citizen_id_person AND h.citizen_id_tier <= 2 AND (qq_born(h.citizen_id) <> qq_born(pay.citizen_id))) THEN 1 END AS clause
FROM dirty_subject AS s CROSS JOIN benefit_pay AS pay
WHERE pay.citizen_id_person = s.subject AND pay.citizen_id_person IS NOT NULL AND pay.citizen_id_tier <= 2
  AND ?1 > 0
  AND ((((pay.programme IN ('jumin', 'gaoling') AND qq_months(pay.month) - qq_months(qq_month_of(qq_born(pay.citizen_id))) < (CASE WHEN pay.programme = 'jumin' THEN 60 WHEN pay.programme = 'gaoling' THEN 80 ELSE 0 END) * 12) OR (pay.programme = 'guer' AND qq_months(pay.month) - qq_months(qq_month_of(qq_born(pay.citizen_id))) > 18 * 12))))) AS hit
GROUP BY 1, 2) AS g) AS f
WHERE (f.kept > 0 AND f.level IS NOT NULL) OR f.clause IS NOT NULL
ORDER BY f.subject, f.episode

-- evidence
SELECT DISTINCT s.subject AS subject, pay.programme AS episode, 0 AS source, pay.rid AS rid, pay.version AS version, pay.row_hash AS row_hash
FROM hit_subject AS s CROSS JOIN benefit_pay AS pay
WHERE pay.citizen_id_person = s.subject AND pay.citizen_id_person IS NOT NULL AND pay.citizen_id_tier <= 2
  AND ?1 > 0
  AND ((((pay.programme IN ('jumin', 'gaoling') AND qq_months(pay.month) - qq_months(qq_month_of(qq_born(pay.citizen_id))) < (CASE WHEN pay.programme = 'jumin' THEN 60 WHEN pay.programme = 'gaoling' THEN 80 ELSE 0 END) * 12) OR (pay.programme = 'guer' AND qq_months(pay.month) - qq_months(qq_month_of(qq_born(pay.citizen_id))) > 18 * 12))))
  AND NOT coalesce((EXISTS (SELECT 1 FROM household AS h WHERE h.citizen_id_person = pay.citizen_id_person AND h.citizen_id_tier <= 2 AND (qq_born(h.citizen_id) <> qq_born(pay.citizen_id)))), 0)
ORDER BY 1, 2, 3, 4

-- need
SELECT count(*) FROM (SELECT 1 FROM benefit_pay LIMIT 1) AS found
