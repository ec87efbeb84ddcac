-- findings
SELECT * FROM (
SELECT g.subject AS subject, g.episode, g.tier, CASE WHEN 1 = 1 THEN 1 END AS level, g.amount, g.site, g.kept, g.clause, CAST(NULL AS TEXT) AS key, g.called, g.programme, g.first_month, g.last_month
FROM (SELECT hit.subject AS subject, "a.programme" AS episode, max(tier) FILTER (WHERE clause IS NULL) AS tier, CAST(NULL AS TEXT) AS called, 0 AS amount, min(site) FILTER (WHERE clause IS NULL) AS site, count(*) FILTER (WHERE clause IS NULL) AS kept, min(clause) AS clause, min("a.programme") FILTER (WHERE clause IS NULL) AS programme, min("a.month") FILTER (WHERE clause IS NULL) AS first_month, max("b.month") FILTER (WHERE clause IS NULL) AS last_month
FROM (SELECT a.citizen_id_person AS subject, greatest(a.citizen_id_tier, b.citizen_id_tier) AS tier, coalesce(b.site, '') AS site, a.rid AS "a.rid", a.batch_no AS "a.batch_no", a.programme AS "a.programme", a.citizen_id AS "a.citizen_id", a.citizen_id_person AS "a.citizen_id_person", a.month AS "a.month", a.name AS "a.name", a.amount AS "a.amount", a.area AS "a.area", a.rate AS "a.rate", a.bank AS "a.bank", a.account AS "a.account", a.account_name AS "a.account_name", a.collector_id AS "a.collector_id", a.paid_on AS "a.paid_on", a.township AS "a.township", a.village AS "a.village", a.parcel AS "a.parcel", a.handler AS "a.handler", b.rid AS "b.rid", b.batch_no AS "b.batch_no", b.programme AS "b.programme", b.citizen_id AS "b.citizen_id", b.citizen_id_person AS "b.citizen_id_person", b.month AS "b.month", b.name AS "b.name", b.amount AS "b.amount", b.area AS "b.area", b.rate AS "b.rate", b.bank AS "b.bank", b.account AS "b.account", b.account_name AS "b.account_name", b.collector_id AS "b.collector_id", b.paid_on AS "b.paid_on", b.township AS "b.township", b.village AS "b.village", b.parcel AS "b.parcel", b.handler AS "b.handler", CASE WHEN NOT (EXISTS (SELECT 1 FROM benefit_pay AS back WHERE back.citizen_id_person = a.citizen_id_person AND back.citizen_id_tier <= 2 AND (back.programme = a.programme AND back.account = a.account AND back.month >= b.month AND qq_months(back.month) - qq_months(a.month) < 12))) THEN 1 END AS clause
FROM benefit_pay AS a CROSS JOIN benefit_pay AS b
WHERE a.citizen_id_person IS NOT NULL AND a.citizen_id_tier <= 2
  AND b.citizen_id_person = a.citizen_id_person AND b.citizen_id_tier <= 2
  AND $1 > 0
  AND (a.programme = b.programme)
  AND (a.account <> b.account)
  AND (a.month <= b.month)
  AND (qq_months(b.month) - qq_months(a.month) < 12)) AS hit
GROUP BY 1, 2) AS g) AS f
WHERE (f.kept > 0 AND f.level IS NOT NULL) OR f.clause IS NOT NULL
ORDER BY f.subject, f.episode COLLATE "C"

-- findings of the dirty
SELECT * FROM (
SELECT g.subject AS subject, g.episode, g.tier, CASE WHEN 1 = 1 THEN 1 END AS level, g.amount, g.site, g.kept, g.clause, CAST(NULL AS TEXT) AS key, g.called, g.programme, g.first_month, g.last_month
FROM (SELECT hit.subject AS subject, "a.programme" AS episode, max(tier) FILTER (WHERE clause IS NULL) AS tier, CAST(NULL AS TEXT) AS called, 0 AS amount, min(site) FILTER (WHERE clause IS NULL) AS site, count(*) FILTER (WHERE clause IS NULL) AS kept, min(clause) AS clause, min("a.programme") FILTER (WHERE clause IS NULL) AS programme, min("a.month") FILTER (WHERE clause IS NULL) AS first_month, max("b.month") FILTER (WHERE clause IS NULL) AS last_month
FROM (SELECT a.citizen_id_person AS subject, greatest(a.citizen_id_tier, b.citizen_id_tier) AS tier, coalesce(b.site, '') AS site, a.rid AS "a.rid", a.batch_no AS "a.batch_no", a.programme AS "a.programme", a.citizen_id AS "a.citizen_id", a.citizen_id_person AS "a.citizen_id_person", a.month AS "a.month", a.name AS "a.name", a.amount AS "a.amount", a.area AS "a.area", a.rate AS "a.rate", a.bank AS "a.bank", a.account AS "a.account", a.account_name AS "a.account_name", a.collector_id AS "a.collector_id", a.paid_on AS "a.paid_on", a.township AS "a.township", a.village AS "a.village", a.parcel AS "a.parcel", a.handler AS "a.handler", b.rid AS "b.rid", b.batch_no AS "b.batch_no", b.programme AS "b.programme", b.citizen_id AS "b.citizen_id", b.citizen_id_person AS "b.citizen_id_person", b.month AS "b.month", b.name AS "b.name", b.amount AS "b.amount", b.area AS "b.area", b.rate AS "b.rate", b.bank AS "b.bank", b.account AS "b.account", b.account_name AS "b.account_name", b.collector_id AS "b.collector_id", b.paid_on AS "b.paid_on", b.township AS "b.township", b.village AS "b.village", b.parcel AS "b.parcel", b.handler AS "b.handler", CASE WHEN NOT (EXISTS (SELECT 1 FROM benefit_pay AS back WHERE back.citizen_id_person = a.citizen_id_person AND back.citizen_id_tier <= 2 AND (back.programme = a.programme AND back.account = a.account AND back.month >= b.month AND qq_months(back.month) - qq_months(a.month) < 12))) THEN 1 END AS clause
FROM dirty_subject AS s CROSS JOIN benefit_pay AS a CROSS JOIN benefit_pay AS b
WHERE a.citizen_id_person = s.subject AND a.citizen_id_person IS NOT NULL AND a.citizen_id_tier <= 2
  AND b.citizen_id_person = a.citizen_id_person AND b.citizen_id_tier <= 2
  AND $1 > 0
  AND (a.programme = b.programme)
  AND (a.account <> b.account)
  AND (a.month <= b.month)
  AND (qq_months(b.month) - qq_months(a.month) < 12)) AS hit
GROUP BY 1, 2) AS g) AS f
WHERE (f.kept > 0 AND f.level IS NOT NULL) OR f.clause IS NOT NULL
ORDER BY f.subject, f.episode COLLATE "C"

-- evidence
SELECT DISTINCT s.subject AS subject, a.programme AS episode, 0 AS source, a.rid AS rid, a.version AS version, a.row_hash AS row_hash
FROM hit_subject AS s CROSS JOIN benefit_pay AS a CROSS JOIN benefit_pay AS b
WHERE a.citizen_id_person = s.subject AND a.citizen_id_person IS NOT NULL AND a.citizen_id_tier <= 2
  AND b.citizen_id_person = a.citizen_id_person AND b.citizen_id_tier <= 2
  AND $1 > 0
  AND (a.programme = b.programme)
  AND (a.account <> b.account)
  AND (a.month <= b.month)
  AND (qq_months(b.month) - qq_months(a.month) < 12)
  AND NOT coalesce((NOT (EXISTS (SELECT 1 FROM benefit_pay AS back WHERE back.citizen_id_person = a.citizen_id_person AND back.citizen_id_tier <= 2 AND (back.programme = a.programme AND back.account = a.account AND back.month >= b.month AND qq_months(back.month) - qq_months(a.month) < 12)))), FALSE)
UNION ALL
SELECT DISTINCT s.subject AS subject, a.programme AS episode, 1 AS source, b.rid AS rid, b.version AS version, b.row_hash AS row_hash
FROM hit_subject AS s CROSS JOIN benefit_pay AS a CROSS JOIN benefit_pay AS b
WHERE a.citizen_id_person = s.subject AND a.citizen_id_person IS NOT NULL AND a.citizen_id_tier <= 2
  AND b.citizen_id_person = a.citizen_id_person AND b.citizen_id_tier <= 2
  AND $1 > 0
  AND (a.programme = b.programme)
  AND (a.account <> b.account)
  AND (a.month <= b.month)
  AND (qq_months(b.month) - qq_months(a.month) < 12)
  AND NOT coalesce((NOT (EXISTS (SELECT 1 FROM benefit_pay AS back WHERE back.citizen_id_person = a.citizen_id_person AND back.citizen_id_tier <= 2 AND (back.programme = a.programme AND back.account = a.account AND back.month >= b.month AND qq_months(back.month) - qq_months(a.month) < 12)))), FALSE)
ORDER BY 1, 2, 3, 4

-- need
SELECT count(*) FROM (SELECT 1 FROM benefit_pay LIMIT 1) AS found
