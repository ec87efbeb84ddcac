-- findings
SELECT * FROM (
SELECT qq_thing(g.subject) AS subject, g.episode, g.tier, CASE WHEN g.findings >= 10 THEN 2 END AS level, g.amount, g.site, g.kept, g.clause, g.subject AS key, g.called, g.findings, g.rules, g.first_on, g.last_on
FROM (SELECT hit.subject AS subject, 'none of its own' AS episode, max(tier) FILTER (WHERE clause IS NULL) AS tier, min("e.unit") AS called, 0 AS amount, min(site) FILTER (WHERE clause IS NULL) AS site, count(*) FILTER (WHERE clause IS NULL) AS kept, min(clause) AS clause, count(DISTINCT "e.finding_no") FILTER (WHERE clause IS NULL) AS findings, count(DISTINCT "e.rule_id") FILTER (WHERE clause IS NULL) AS rules, min(coalesce("e.decided_on", "e.found_on")) FILTER (WHERE clause IS NULL) AS first_on, max(coalesce("e.decided_on", "e.found_on")) FILTER (WHERE clause IS NULL) AS last_on
FROM (SELECT e.unit_code AS subject, 1 AS tier, coalesce(e.site, '') AS site, e.rid AS "e.rid", e.finding_no AS "e.finding_no", e.rule_id AS "e.rule_id", e.unit_code AS "e.unit_code", e.unit AS "e.unit", e.subject_id AS "e.subject_id", e.subject_id_person AS "e.subject_id_person", e.subject_name AS "e.subject_name", e.is_own AS "e.is_own", e.found_on AS "e.found_on", e.state AS "e.state", e.raised_by AS "e.raised_by", e.handled_by AS "e.handled_by", e.handler_id AS "e.handler_id", e.handler_id_person AS "e.handler_id_person", e.handler_name AS "e.handler_name", e.decided_on AS "e.decided_on", e.reason AS "e.reason", e.ended_on AS "e.ended_on", CASE WHEN EXISTS (SELECT 1 FROM finding_entry AS own WHERE own.unit_code = e.unit_code AND ((own.is_own = 1) AND qq_days(own.found_on) + 365 > qq_days(?1))) THEN 1 END AS clause
FROM finding_entry AS e
WHERE e.unit_code IS NOT NULL
  AND ?1 > 0
  AND (e.state = 'confirmed' AND NOT ((e.is_own = 1)))
  AND (qq_days(coalesce(e.decided_on, e.found_on)) + 365 > qq_days(?1))) AS hit
GROUP BY 1, 2) AS g) AS f
WHERE (f.kept > 0 AND f.level IS NOT NULL) OR f.clause IS NOT NULL
ORDER BY f.subject, f.episode

-- findings of the dirty
SELECT * FROM (
SELECT qq_thing(g.subject) AS subject, g.episode, g.tier, CASE WHEN g.findings >= 10 THEN 2 END AS level, g.amount, g.site, g.kept, g.clause, g.subject AS key, g.called, g.findings, g.rules, g.first_on, g.last_on
FROM (SELECT hit.subject AS subject, 'none of its own' AS episode, max(tier) FILTER (WHERE clause IS NULL) AS tier, min("e.unit") AS called, 0 AS amount, min(site) FILTER (WHERE clause IS NULL) AS site, count(*) FILTER (WHERE clause IS NULL) AS kept, min(clause) AS clause, count(DISTINCT "e.finding_no") FILTER (WHERE clause IS NULL) AS findings, count(DISTINCT "e.rule_id") FILTER (WHERE clause IS NULL) AS rules, min(coalesce("e.decided_on", "e.found_on")) FILTER (WHERE clause IS NULL) AS first_on, max(coalesce("e.decided_on", "e.found_on")) FILTER (WHERE clause IS NULL) AS last_on
FROM (SELECT e.unit_code AS subject, 1 AS tier, coalesce(e.site, '') AS site, e.rid AS "e.rid", e.finding_no AS "e.finding_no", e.rule_id AS "e.rule_id", e.unit_code AS "e.unit_code", e.unit AS "e.unit", e.subject_id AS "e.subject_id", e.subject_id_person AS "e.subject_id_person", e.subject_name AS "e.subject_name", e.is_own AS "e.is_own", e.found_on AS "e.found_on", e.state AS "e.state", e.raised_by AS "e.raised_by", e.handled_by AS "e.handled_by", e.handler_id AS "e.handler_id", e.handler_id_person AS "e.handler_id_person", e.handler_name AS "e.handler_name", e.decided_on AS "e.decided_on", e.reason AS "e.reason", e.ended_on AS "e.ended_on", CASE WHEN EXISTS (SELECT 1 FROM finding_entry AS own WHERE own.unit_code = e.unit_code AND ((own.is_own = 1) AND qq_days(own.found_on) + 365 > qq_days(?1))) THEN 1 END AS clause
FROM dirty_subject AS s CROSS JOIN finding_entry AS e
WHERE e.unit_code = s.key AND e.unit_code IS NOT NULL
  AND ?1 > 0
  AND (e.state = 'confirmed' AND NOT ((e.is_own = 1)))
  AND (qq_days(coalesce(e.decided_on, e.found_on)) + 365 > qq_days(?1))) AS hit
GROUP BY 1, 2) AS g) AS f
WHERE (f.kept > 0 AND f.level IS NOT NULL) OR f.clause IS NOT NULL
ORDER BY f.subject, f.episode

-- evidence
SELECT DISTINCT s.subject AS subject, 'none of its own' AS episode, 0 AS source, e.rid AS rid, e.version AS version, e.row_hash AS row_hash
FROM hit_subject AS s CROSS JOIN finding_entry AS e
WHERE e.unit_code = s.key AND e.unit_code IS NOT NULL
  AND ?1 > 0
  AND (e.state = 'confirmed' AND NOT ((e.is_own = 1)))
  AND (qq_days(coalesce(e.decided_on, e.found_on)) + 365 > qq_days(?1))
  AND NOT coalesce((EXISTS (SELECT 1 FROM finding_entry AS own WHERE own.unit_code = e.unit_code AND ((own.is_own = 1) AND qq_days(own.found_on) + 365 > qq_days(?1)))), 0)
ORDER BY 1, 2, 3, 4

-- wake keys
SELECT e.unit_code FROM finding_entry AS e WHERE e.unit_code IS NOT NULL AND qq_ymd(qq_days(coalesce(e.decided_on, e.found_on)) + 365) > ?1 AND qq_ymd(qq_days(coalesce(e.decided_on, e.found_on)) + 365) <= ?2
UNION SELECT own.unit_code FROM finding_entry AS own WHERE own.unit_code IS NOT NULL AND qq_ymd(qq_days(own.found_on) + 365) > ?1 AND qq_ymd(qq_days(own.found_on) + 365) <= ?2

-- need
SELECT count(*) FROM (SELECT 1 FROM finding_entry LIMIT 1) AS found
