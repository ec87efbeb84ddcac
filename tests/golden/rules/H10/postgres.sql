-- findings
SELECT * FROM (
SELECT g.subject, g.episode, g.tier, CASE WHEN 1 = 1 THEN 3 END AS level, g.amount, g.site, g.months_paid, g.first_month, g.last_month, g.programme_a, g.programme_b, g.townships
FROM (SELECT a.citizen_id_person AS subject, 'double' AS episode, max(greatest(a.citizen_id_tier, b.citizen_id_tier)) AS tier, coalesce(sum(least(a.amount, b.amount)), 0) AS amount, min(b.site) AS site, count(DISTINCT a.month) AS months_paid, min(a.month) AS first_month, max(a.month) AS last_month, min(a.programme) AS programme_a, max(b.programme) AS programme_b, count(DISTINCT b.township) AS townships
FROM benefit_pay AS a CROSS JOIN benefit_pay AS b
WHERE a.citizen_id_person IS NOT NULL AND a.citizen_id_tier <= 2
  AND b.citizen_id_person = a.citizen_id_person AND b.citizen_id_tier <= 2
  AND $1 > 0
  AND (a.month = b.month)
  AND ((((a.programme = b.programme AND a.township < b.township) OR (a.programme = 'dibao' AND b.programme = 'tekun') OR (a.programme = 'tekun' AND b.programme IN ('guer', 'gaoling')))))
  AND (NOT (EXISTS (SELECT 1 FROM benefit_pay AS lower WHERE lower.citizen_id_person = a.citizen_id_person AND lower.citizen_id_tier <= 2 AND (a.programme = b.programme AND lower.programme = a.programme AND lower.month = a.month AND lower.township < a.township))))
  AND NOT coalesce((EXISTS (SELECT 1 FROM benefit_enrol AS e WHERE e.member_id_person = a.citizen_id_person AND e.member_id_tier <= 2 AND (((e.programme = a.programme OR e.programme = b.programme)) AND qq_months(qq_month_of(e.stopped_on)) = qq_months(a.month)))), FALSE)
GROUP BY 1, 2) AS g) AS f
WHERE f.level IS NOT NULL
ORDER BY f.subject, f.episode COLLATE "C"

-- findings of the dirty
SELECT * FROM (
SELECT g.subject, g.episode, g.tier, CASE WHEN 1 = 1 THEN 3 END AS level, g.amount, g.site, g.months_paid, g.first_month, g.last_month, g.programme_a, g.programme_b, g.townships
FROM (SELECT a.citizen_id_person AS subject, 'double' AS episode, max(greatest(a.citizen_id_tier, b.citizen_id_tier)) AS tier, coalesce(sum(least(a.amount, b.amount)), 0) AS amount, min(b.site) AS site, count(DISTINCT a.month) AS months_paid, min(a.month) AS first_month, max(a.month) AS last_month, min(a.programme) AS programme_a, max(b.programme) AS programme_b, count(DISTINCT b.township) AS townships
FROM dirty_subject AS s CROSS JOIN benefit_pay AS a CROSS JOIN benefit_pay AS b
WHERE a.citizen_id_person = s.subject AND a.citizen_id_person IS NOT NULL AND a.citizen_id_tier <= 2
  AND b.citizen_id_person = a.citizen_id_person AND b.citizen_id_tier <= 2
  AND $1 > 0
  AND (a.month = b.month)
  AND ((((a.programme = b.programme AND a.township < b.township) OR (a.programme = 'dibao' AND b.programme = 'tekun') OR (a.programme = 'tekun' AND b.programme IN ('guer', 'gaoling')))))
  AND (NOT (EXISTS (SELECT 1 FROM benefit_pay AS lower WHERE lower.citizen_id_person = a.citizen_id_person AND lower.citizen_id_tier <= 2 AND (a.programme = b.programme AND lower.programme = a.programme AND lower.month = a.month AND lower.township < a.township))))
  AND NOT coalesce((EXISTS (SELECT 1 FROM benefit_enrol AS e WHERE e.member_id_person = a.citizen_id_person AND e.member_id_tier <= 2 AND (((e.programme = a.programme OR e.programme = b.programme)) AND qq_months(qq_month_of(e.stopped_on)) = qq_months(a.month)))), FALSE)
GROUP BY 1, 2) AS g) AS f
WHERE f.level IS NOT NULL
ORDER BY f.subject, f.episode COLLATE "C"

-- evidence
SELECT DISTINCT a.citizen_id_person AS subject, 'double' AS episode, 0 AS source, a.rid AS rid, a.version AS version, a.row_hash AS row_hash
FROM hit_subject AS s CROSS JOIN benefit_pay AS a CROSS JOIN benefit_pay AS b
WHERE a.citizen_id_person = s.subject AND a.citizen_id_person IS NOT NULL AND a.citizen_id_tier <= 2
  AND b.citizen_id_person = a.citizen_id_person AND b.citizen_id_tier <= 2
  AND $1 > 0
  AND (a.month = b.month)
  AND ((((a.programme = b.programme AND a.township < b.township) OR (a.programme = 'dibao' AND b.programme = 'tekun') OR (a.programme = 'tekun' AND b.programme IN ('guer', 'gaoling')))))
  AND (NOT (EXISTS (SELECT 1 FROM benefit_pay AS lower WHERE lower.citizen_id_person = a.citizen_id_person AND lower.citizen_id_tier <= 2 AND (a.programme = b.programme AND lower.programme = a.programme AND lower.month = a.month AND lower.township < a.township))))
  AND NOT coalesce((EXISTS (SELECT 1 FROM benefit_enrol AS e WHERE e.member_id_person = a.citizen_id_person AND e.member_id_tier <= 2 AND (((e.programme = a.programme OR e.programme = b.programme)) AND qq_months(qq_month_of(e.stopped_on)) = qq_months(a.month)))), FALSE)
UNION ALL
SELECT DISTINCT a.citizen_id_person AS subject, 'double' AS episode, 1 AS source, b.rid AS rid, b.version AS version, b.row_hash AS row_hash
FROM hit_subject AS s CROSS JOIN benefit_pay AS a CROSS JOIN benefit_pay AS b
WHERE a.citizen_id_person = s.subject AND a.citizen_id_person IS NOT NULL AND a.citizen_id_tier <= 2
  AND b.citizen_id_person = a.citizen_id_person AND b.citizen_id_tier <= 2
  AND $1 > 0
  AND (a.month = b.month)
  AND ((((a.programme = b.programme AND a.township < b.township) OR (a.programme = 'dibao' AND b.programme = 'tekun') OR (a.programme = 'tekun' AND b.programme IN ('guer', 'gaoling')))))
  AND (NOT (EXISTS (SELECT 1 FROM benefit_pay AS lower WHERE lower.citizen_id_person = a.citizen_id_person AND lower.citizen_id_tier <= 2 AND (a.programme = b.programme AND lower.programme = a.programme AND lower.month = a.month AND lower.township < a.township))))
  AND NOT coalesce((EXISTS (SELECT 1 FROM benefit_enrol AS e WHERE e.member_id_person = a.citizen_id_person AND e.member_id_tier <= 2 AND (((e.programme = a.programme OR e.programme = b.programme)) AND qq_months(qq_month_of(e.stopped_on)) = qq_months(a.month)))), FALSE)
ORDER BY 1, 2, 3, 4

-- need
SELECT count(*) FROM (SELECT 1 FROM benefit_pay LIMIT 1) AS found
