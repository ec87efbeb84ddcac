-- findings
SELECT * FROM (
SELECT g.subject AS subject, g.episode, g.tier, CASE WHEN g.months_paid >= 12 THEN 4 WHEN 1 = 1 THEN 3 END AS level, g.amount, g.site, g.kept, g.clause, CAST(NULL AS TEXT) AS key, g.called, g.began_on, g.first_month, g.last_month, g.months_paid, g.payments
FROM (SELECT hit.subject AS subject, 'prison' AS episode, max(tier) FILTER (WHERE clause IS NULL) AS tier, CAST(NULL AS TEXT) AS called, coalesce(sum("pay.amount") FILTER (WHERE clause IS NULL), 0) AS amount, min(site) FILTER (WHERE clause IS NULL) AS site, count(*) FILTER (WHERE clause IS NULL) AS kept, min(clause) AS clause, min("term.began_on") FILTER (WHERE clause IS NULL) AS began_on, min("pay.month") FILTER (WHERE clause IS NULL) AS first_month, max("pay.month") FILTER (WHERE clause IS NULL) AS last_month, count(DISTINCT "pay.month") FILTER (WHERE clause IS NULL) AS months_paid, count(DISTINCT "pay.rid") FILTER (WHERE clause IS NULL) AS payments
FROM (SELECT term.citizen_id_person AS subject, max(term.citizen_id_tier, pay.citizen_id_tier) AS tier, coalesce(pay.site, '') AS site, term.rid AS "term.rid", term.citizen_id AS "term.citizen_id", term.citizen_id_person AS "term.citizen_id_person", term.name AS "term.name", term.began_on AS "term.began_on", term.ended_on AS "term.ended_on", term.kind AS "term.kind", term.source_unit AS "term.source_unit", term.as_of AS "term.as_of", pay.rid AS "pay.rid", pay.batch_no AS "pay.batch_no", pay.programme AS "pay.programme", pay.citizen_id AS "pay.citizen_id", pay.citizen_id_person AS "pay.citizen_id_person", pay.month AS "pay.month", pay.name AS "pay.name", pay.amount AS "pay.amount", pay.area AS "pay.area", pay.rate AS "pay.rate", pay.bank AS "pay.bank", pay.account AS "pay.account", pay.account_name AS "pay.account_name", pay.collector_id AS "pay.collector_id", pay.paid_on AS "pay.paid_on", pay.township AS "pay.township", pay.village AS "pay.village", pay.parcel AS "pay.parcel", pay.handler AS "pay.handler", CASE WHEN term.kind IN ('community', 'parole', 'outside') THEN 1 WHEN pay.programme IN ('liangbu', 'dili', 'tuigeng', 'nongji', 'weigai', 'sangzang') THEN 2 END AS clause
FROM prison_term AS term CROSS JOIN benefit_pay AS pay
WHERE term.citizen_id_person IS NOT NULL AND term.citizen_id_tier <= 2
  AND pay.citizen_id_person = term.citizen_id_person AND pay.citizen_id_tier <= 2
  AND ?1 > 0
  AND (qq_months(pay.month) > qq_months(qq_month_of(term.began_on)))
  AND (((term.ended_on IS NULL OR qq_months(pay.month) < qq_months(qq_month_of(term.ended_on)))))
  AND (NOT (EXISTS (SELECT 1 FROM prison_term AS other WHERE other.citizen_id_person = term.citizen_id_person AND other.citizen_id_tier <= 2 AND (other.rid < term.rid AND other.kind IN ('prison', 'detention') AND qq_months(pay.month) > qq_months(qq_month_of(other.began_on)) AND ((other.ended_on IS NULL OR qq_months(pay.month) < qq_months(qq_month_of(other.ended_on))))))))) AS hit
GROUP BY 1, 2) AS g) AS f
WHERE (f.kept > 0 AND f.level IS NOT NULL) OR f.clause IS NOT NULL
ORDER BY f.subject, f.episode

-- findings of the dirty
SELECT * FROM (
SELECT g.subject AS subject, g.episode, g.tier, CASE WHEN g.months_paid >= 12 THEN 4 WHEN 1 = 1 THEN 3 END AS level, g.amount, g.site, g.kept, g.clause, CAST(NULL AS TEXT) AS key, g.called, g.began_on, g.first_month, g.last_month, g.months_paid, g.payments
FROM (SELECT hit.subject AS subject, 'prison' AS episode, max(tier) FILTER (WHERE clause IS NULL) AS tier, CAST(NULL AS TEXT) AS called, coalesce(sum("pay.amount") FILTER (WHERE clause IS NULL), 0) AS amount, min(site) FILTER (WHERE clause IS NULL) AS site, count(*) FILTER (WHERE clause IS NULL) AS kept, min(clause) AS clause, min("term.began_on") FILTER (WHERE clause IS NULL) AS began_on, min("pay.month") FILTER (WHERE clause IS NULL) AS first_month, max("pay.month") FILTER (WHERE clause IS NULL) AS last_month, count(DISTINCT "pay.month") FILTER (WHERE clause IS NULL) AS months_paid, count(DISTINCT "pay.rid") FILTER (WHERE clause IS NULL) AS payments
FROM (SELECT term.citizen_id_person AS subject, max(term.citizen_id_tier, pay.citizen_id_tier) AS tier, coalesce(pay.site, '') AS site, term.rid AS "term.rid", term.citizen_id AS "term.citizen_id", term.citizen_id_person AS "term.citizen_id_person", term.name AS "term.name", term.began_on AS "term.began_on", term.ended_on AS "term.ended_on", term.kind AS "term.kind", term.source_unit AS "term.source_unit", term.as_of AS "term.as_of", pay.rid AS "pay.rid", pay.batch_no AS "pay.batch_no", pay.programme AS "pay.programme", pay.citizen_id AS "pay.citizen_id", pay.citizen_id_person AS "pay.citizen_id_person", pay.month AS "pay.month", pay.name AS "pay.name", pay.amount AS "pay.amount", pay.area AS "pay.area", pay.rate AS "pay.rate", pay.bank AS "pay.bank", pay.account AS "pay.account", pay.account_name AS "pay.account_name", pay.collector_id AS "pay.collector_id", pay.paid_on AS "pay.paid_on", pay.township AS "pay.township", pay.village AS "pay.village", pay.parcel AS "pay.parcel", pay.handler AS "pay.handler", CASE WHEN term.kind IN ('community', 'parole', 'outside') THEN 1 WHEN pay.programme IN ('liangbu', 'dili', 'tuigeng', 'nongji', 'weigai', 'sangzang') THEN 2 END AS clause
FROM dirty_subject AS s CROSS JOIN prison_term AS term CROSS JOIN benefit_pay AS pay
WHERE term.citizen_id_person = s.subject AND term.citizen_id_person IS NOT NULL AND term.citizen_id_tier <= 2
  AND pay.citizen_id_person = term.citizen_id_person AND pay.citizen_id_tier <= 2
  AND ?1 > 0
  AND (qq_months(pay.month) > qq_months(qq_month_of(term.began_on)))
  AND (((term.ended_on IS NULL OR qq_months(pay.month) < qq_months(qq_month_of(term.ended_on)))))
  AND (NOT (EXISTS (SELECT 1 FROM prison_term AS other WHERE other.citizen_id_person = term.citizen_id_person AND other.citizen_id_tier <= 2 AND (other.rid < term.rid AND other.kind IN ('prison', 'detention') AND qq_months(pay.month) > qq_months(qq_month_of(other.began_on)) AND ((other.ended_on IS NULL OR qq_months(pay.month) < qq_months(qq_month_of(other.ended_on))))))))) AS hit
GROUP BY 1, 2) AS g) AS f
WHERE (f.kept > 0 AND f.level IS NOT NULL) OR f.clause IS NOT NULL
ORDER BY f.subject, f.episode

-- evidence
SELECT DISTINCT s.subject AS subject, 'prison' AS episode, 0 AS source, term.rid AS rid, term.version AS version, term.row_hash AS row_hash
FROM hit_subject AS s CROSS JOIN prison_term AS term CROSS JOIN benefit_pay AS pay
WHERE term.citizen_id_person = s.subject AND term.citizen_id_person IS NOT NULL AND term.citizen_id_tier <= 2
  AND pay.citizen_id_person = term.citizen_id_person AND pay.citizen_id_tier <= 2
  AND ?1 > 0
  AND (qq_months(pay.month) > qq_months(qq_month_of(term.began_on)))
  AND (((term.ended_on IS NULL OR qq_months(pay.month) < qq_months(qq_month_of(term.ended_on)))))
  AND (NOT (EXISTS (SELECT 1 FROM prison_term AS other WHERE other.citizen_id_person = term.citizen_id_person AND other.citizen_id_tier <= 2 AND (other.rid < term.rid AND other.kind IN ('prison', 'detention') AND qq_months(pay.month) > qq_months(qq_month_of(other.began_on)) AND ((other.ended_on IS NULL OR qq_months(pay.month) < qq_months(qq_month_of(other.ended_on))))))))
  AND NOT coalesce((term.kind IN ('community', 'parole', 'outside')), 0)
  AND NOT coalesce((pay.programme IN ('liangbu', 'dili', 'tuigeng', 'nongji', 'weigai', 'sangzang')), 0)
UNION ALL
SELECT DISTINCT s.subject AS subject, 'prison' AS episode, 1 AS source, pay.rid AS rid, pay.version AS version, pay.row_hash AS row_hash
FROM hit_subject AS s CROSS JOIN prison_term AS term CROSS JOIN benefit_pay AS pay
WHERE term.citizen_id_person = s.subject AND term.citizen_id_person IS NOT NULL AND term.citizen_id_tier <= 2
  AND pay.citizen_id_person = term.citizen_id_person AND pay.citizen_id_tier <= 2
  AND ?1 > 0
  AND (qq_months(pay.month) > qq_months(qq_month_of(term.began_on)))
  AND (((term.ended_on IS NULL OR qq_months(pay.month) < qq_months(qq_month_of(term.ended_on)))))
  AND (NOT (EXISTS (SELECT 1 FROM prison_term AS other WHERE other.citizen_id_person = term.citizen_id_person AND other.citizen_id_tier <= 2 AND (other.rid < term.rid AND other.kind IN ('prison', 'detention') AND qq_months(pay.month) > qq_months(qq_month_of(other.began_on)) AND ((other.ended_on IS NULL OR qq_months(pay.month) < qq_months(qq_month_of(other.ended_on))))))))
  AND NOT coalesce((term.kind IN ('community', 'parole', 'outside')), 0)
  AND NOT coalesce((pay.programme IN ('liangbu', 'dili', 'tuigeng', 'nongji', 'weigai', 'sangzang')), 0)
ORDER BY 1, 2, 3, 4

-- need
SELECT count(*) FROM (SELECT 1 FROM prison_term LIMIT 1) AS found

-- need
SELECT count(*) FROM (SELECT 1 FROM benefit_pay LIMIT 1) AS found
