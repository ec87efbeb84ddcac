-- findings
SELECT * FROM (
SELECT qq_thing(g.subject) AS subject, g.episode, g.tier, CASE WHEN 1 = 1 THEN 3 END AS level, g.amount, g.site, g.kept, g.clause, g.subject AS key, g.called, g.without_reason, g.same_login, g.found_on, g.decided_on
FROM (SELECT hit.subject AS subject, 'dismissed' AS episode, max(tier) FILTER (WHERE clause IS NULL) AS tier, CAST(NULL AS TEXT) AS called, 0 AS amount, min(site) FILTER (WHERE clause IS NULL) AS site, count(*) FILTER (WHERE clause IS NULL) AS kept, min(clause) AS clause, max(CASE WHEN "e.reason" IS NULL THEN 1 ELSE 0 END) FILTER (WHERE clause IS NULL) AS without_reason, max(CASE WHEN "e.raised_by" = "e.handled_by" THEN 1 ELSE 0 END) FILTER (WHERE clause IS NULL) AS same_login, min("e.found_on") FILTER (WHERE clause IS NULL) AS found_on, max("e.decided_on") FILTER (WHERE clause IS NULL) AS decided_on
FROM (SELECT e.finding_no AS subject, 1 AS tier, coalesce(e.site, '') AS site, e.rid AS "e.rid", e.finding_no AS "e.finding_no", e.rule_id AS "e.rule_id", e.unit_code AS "e.unit_code", e.unit AS "e.unit", e.subject_id AS "e.subject_id", e.subject_id_person AS "e.subject_id_person", e.subject_name AS "e.subject_name", e.is_own AS "e.is_own", e.found_on AS "e.found_on", e.state AS "e.state", e.raised_by AS "e.raised_by", e.handled_by AS "e.handled_by", e.handler_id AS "e.handler_id", e.handler_id_person AS "e.handler_id_person", e.handler_name AS "e.handler_name", e.decided_on AS "e.decided_on", e.reason AS "e.reason", e.ended_on AS "e.ended_on", CAST(NULL AS INTEGER) AS clause
FROM finding_entry AS e
WHERE e.finding_no IS NOT NULL
  AND $1 > 0
  AND (e.state IN ('refuted', 'withdrawn'))
  AND ((e.reason IS NULL OR e.raised_by = e.handled_by))) AS hit
GROUP BY 1, 2) AS g) AS f
WHERE (f.kept > 0 AND f.level IS NOT NULL) OR f.clause IS NOT NULL
ORDER BY f.subject, f.episode COLLATE "C"

-- findings of the dirty
SELECT * FROM (
SELECT qq_thing(g.subject) AS subject, g.episode, g.tier, CASE WHEN 1 = 1 THEN 3 END AS level, g.amount, g.site, g.kept, g.clause, g.subject AS key, g.called, g.without_reason, g.same_login, g.found_on, g.decided_on
FROM (SELECT hit.subject AS subject, 'dismissed' AS episode, max(tier) FILTER (WHERE clause IS NULL) AS tier, CAST(NULL AS TEXT) AS called, 0 AS amount, min(site) FILTER (WHERE clause IS NULL) AS site, count(*) FILTER (WHERE clause IS NULL) AS kept, min(clause) AS clause, max(CASE WHEN "e.reason" IS NULL THEN 1 ELSE 0 END) FILTER (WHERE clause IS NULL) AS without_reason, max(CASE WHEN "e.raised_by" = "e.handled_by" THEN 1 ELSE 0 END) FILTER (WHERE clause IS NULL) AS same_login, min("e.found_on") FILTER (WHERE clause IS NULL) AS found_on, max("e.decided_on") FILTER (WHERE clause IS NULL) AS decided_on
FROM (SELECT e.finding_no AS subject, 1 AS tier, coalesce(e.site, '') AS site, e.rid AS "e.rid", e.finding_no AS "e.finding_no", e.rule_id AS "e.rule_id", e.unit_code AS "e.unit_code", e.unit AS "e.unit", e.subject_id AS "e.subject_id", e.subject_id_person AS "e.subject_id_person", e.subject_name AS "e.subject_name", e.is_own AS "e.is_own", e.found_on AS "e.found_on", e.state AS "e.state", e.raised_by AS "e.raised_by", e.handled_by AS "e.handled_by", e.handler_id AS "e.handler_id", e.handler_id_person AS "e.handler_id_person", e.handler_name AS "e.handler_name", e.decided_on AS "e.decided_on", e.reason AS "e.reason", e.ended_on AS "e.ended_on", CAST(NULL AS INTEGER) AS clause
FROM dirty_subject AS s CROSS JOIN finding_entry AS e
WHERE e.finding_no = s.key AND e.finding_no IS NOT NULL
  AND $1 > 0
  AND (e.state IN ('refuted', 'withdrawn'))
  AND ((e.reason IS NULL OR e.raised_by = e.handled_by))) AS hit
GROUP BY 1, 2) AS g) AS f
WHERE (f.kept > 0 AND f.level IS NOT NULL) OR f.clause IS NOT NULL
ORDER BY f.subject, f.episode COLLATE "C"

-- evidence
SELECT DISTINCT s.subject AS subject, 'dismissed' AS episode, 0 AS source, e.rid AS rid, e.version AS version, e.row_hash AS row_hash
FROM hit_subject AS s CROSS JOIN finding_entry AS e
WHERE e.finding_no = s.key AND e.finding_no IS NOT NULL
  AND $1 > 0
  AND (e.state IN ('refuted', 'withdrawn'))
  AND ((e.reason IS NULL OR e.raised_by = e.handled_by))
ORDER BY 1, 2, 3, 4

-- need
SELECT count(*) FROM (SELECT 1 FROM finding_entry LIMIT 1) AS found
