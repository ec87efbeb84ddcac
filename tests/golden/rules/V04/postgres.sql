-- findings
SELECT * FROM (
SELECT qq_thing(g.subject) AS subject, g.episode, g.tier, CASE WHEN 1 = 1 THEN 3 END AS level, g.amount, g.site, g.kept, g.clause, g.subject AS key, g.called, g.rule, g.changes, g.findings, g.units, g.changed_on
FROM (SELECT hit.subject AS subject, "a.object" AS episode, max(tier) FILTER (WHERE clause IS NULL) AS tier, CAST(NULL AS TEXT) AS called, 0 AS amount, min(site) FILTER (WHERE clause IS NULL) AS site, count(*) FILTER (WHERE clause IS NULL) AS kept, min(clause) AS clause, min("a.object") FILTER (WHERE clause IS NULL) AS rule, count(DISTINCT "a.rid") FILTER (WHERE clause IS NULL) AS changes, count(DISTINCT "e.finding_no") FILTER (WHERE clause IS NULL) AS findings, count(DISTINCT "e.unit_code") FILTER (WHERE clause IS NULL) AS units, max((("a.done_at") / 1000000)) FILTER (WHERE clause IS NULL) AS changed_on
FROM (SELECT a.login AS subject, 1 AS tier, coalesce(a.site, '') AS site, a.rid AS "a.rid", a.log AS "a.log", a.seq_no AS "a.seq_no", a.done_at AS "a.done_at", a.login AS "a.login", a.role AS "a.role", a.action AS "a.action", a.object AS "a.object", a.citizen_id AS "a.citizen_id", a.citizen_id_person AS "a.citizen_id_person", a.name AS "a.name", a.task_no AS "a.task_no", a.purpose AS "a.purpose", a.row_count AS "a.row_count", a.before_hash AS "a.before_hash", a.own_hash AS "a.own_hash", e.rid AS "e.rid", e.finding_no AS "e.finding_no", e.rule_id AS "e.rule_id", e.unit_code AS "e.unit_code", e.unit AS "e.unit", e.subject_id AS "e.subject_id", e.subject_id_person AS "e.subject_id_person", e.subject_name AS "e.subject_name", e.is_own AS "e.is_own", e.found_on AS "e.found_on", e.state AS "e.state", e.raised_by AS "e.raised_by", e.handled_by AS "e.handled_by", e.handler_id AS "e.handler_id", e.handler_id_person AS "e.handler_id_person", e.handler_name AS "e.handler_name", e.decided_on AS "e.decided_on", e.reason AS "e.reason", e.ended_on AS "e.ended_on", CASE WHEN e.decided_on <= e.ended_on THEN 1 WHEN e.state = 'withdrawn' THEN 2 END AS clause
FROM audit_entry AS a CROSS JOIN finding_entry AS e
WHERE a.login IS NOT NULL
  AND e.rule_id = a.object
  AND $1 > 0
  AND (a.action = 'threshold' AND e.unit_code IS NOT NULL)
  AND (abs(qq_days(((a.done_at) / 1000000)) - qq_days(e.ended_on)) <= 7)) AS hit
GROUP BY 1, 2) AS g) AS f
WHERE (f.kept > 0 AND f.level IS NOT NULL) OR f.clause IS NOT NULL
ORDER BY f.subject, f.episode COLLATE "C"

-- findings of the dirty
SELECT * FROM (
SELECT qq_thing(g.subject) AS subject, g.episode, g.tier, CASE WHEN 1 = 1 THEN 3 END AS level, g.amount, g.site, g.kept, g.clause, g.subject AS key, g.called, g.rule, g.changes, g.findings, g.units, g.changed_on
FROM (SELECT hit.subject AS subject, "a.object" AS episode, max(tier) FILTER (WHERE clause IS NULL) AS tier, CAST(NULL AS TEXT) AS called, 0 AS amount, min(site) FILTER (WHERE clause IS NULL) AS site, count(*) FILTER (WHERE clause IS NULL) AS kept, min(clause) AS clause, min("a.object") FILTER (WHERE clause IS NULL) AS rule, count(DISTINCT "a.rid") FILTER (WHERE clause IS NULL) AS changes, count(DISTINCT "e.finding_no") FILTER (WHERE clause IS NULL) AS findings, count(DISTINCT "e.unit_code") FILTER (WHERE clause IS NULL) AS units, max((("a.done_at") / 1000000)) FILTER (WHERE clause IS NULL) AS changed_on
FROM (SELECT a.login AS subject, 1 AS tier, coalesce(a.site, '') AS site, a.rid AS "a.rid", a.log AS "a.log", a.seq_no AS "a.seq_no", a.done_at AS "a.done_at", a.login AS "a.login", a.role AS "a.role", a.action AS "a.action", a.object AS "a.object", a.citizen_id AS "a.citizen_id", a.citizen_id_person AS "a.citizen_id_person", a.name AS "a.name", a.task_no AS "a.task_no", a.purpose AS "a.purpose", a.row_count AS "a.row_count", a.before_hash AS "a.before_hash", a.own_hash AS "a.own_hash", e.rid AS "e.rid", e.finding_no AS "e.finding_no", e.rule_id AS "e.rule_id", e.unit_code AS "e.unit_code", e.unit AS "e.unit", e.subject_id AS "e.subject_id", e.subject_id_person AS "e.subject_id_person", e.subject_name AS "e.subject_name", e.is_own AS "e.is_own", e.found_on AS "e.found_on", e.state AS "e.state", e.raised_by AS "e.raised_by", e.handled_by AS "e.handled_by", e.handler_id AS "e.handler_id", e.handler_id_person AS "e.handler_id_person", e.handler_name AS "e.handler_name", e.decided_on AS "e.decided_on", e.reason AS "e.reason", e.ended_on AS "e.ended_on", CASE WHEN e.decided_on <= e.ended_on THEN 1 WHEN e.state = 'withdrawn' THEN 2 END AS clause
FROM dirty_subject AS s CROSS JOIN audit_entry AS a CROSS JOIN finding_entry AS e
WHERE a.login = s.key AND a.login IS NOT NULL
  AND e.rule_id = a.object
  AND $1 > 0
  AND (a.action = 'threshold' AND e.unit_code IS NOT NULL)
  AND (abs(qq_days(((a.done_at) / 1000000)) - qq_days(e.ended_on)) <= 7)) AS hit
GROUP BY 1, 2) AS g) AS f
WHERE (f.kept > 0 AND f.level IS NOT NULL) OR f.clause IS NOT NULL
ORDER BY f.subject, f.episode COLLATE "C"

-- evidence
SELECT DISTINCT s.subject AS subject, a.object AS episode, 0 AS source, a.rid AS rid, a.version AS version, a.row_hash AS row_hash
FROM hit_subject AS s CROSS JOIN audit_entry AS a CROSS JOIN finding_entry AS e
WHERE a.login = s.key AND a.login IS NOT NULL
  AND e.rule_id = a.object
  AND $1 > 0
  AND (a.action = 'threshold' AND e.unit_code IS NOT NULL)
  AND (abs(qq_days(((a.done_at) / 1000000)) - qq_days(e.ended_on)) <= 7)
  AND NOT coalesce((e.decided_on <= e.ended_on), FALSE)
  AND NOT coalesce((e.state = 'withdrawn'), FALSE)
UNION ALL
SELECT DISTINCT s.subject AS subject, a.object AS episode, 1 AS source, e.rid AS rid, e.version AS version, e.row_hash AS row_hash
FROM hit_subject AS s CROSS JOIN audit_entry AS a CROSS JOIN finding_entry AS e
WHERE a.login = s.key AND a.login IS NOT NULL
  AND e.rule_id = a.object
  AND $1 > 0
  AND (a.action = 'threshold' AND e.unit_code IS NOT NULL)
  AND (abs(qq_days(((a.done_at) / 1000000)) - qq_days(e.ended_on)) <= 7)
  AND NOT coalesce((e.decided_on <= e.ended_on), FALSE)
  AND NOT coalesce((e.state = 'withdrawn'), FALSE)
ORDER BY 1, 2, 3, 4

-- touches
SELECT a.login FROM dirty_key AS changed CROSS JOIN audit_entry AS a
WHERE a.object = changed.key

-- need
SELECT count(*) FROM (SELECT 1 FROM audit_entry LIMIT 1) AS found

-- need
SELECT count(*) FROM (SELECT 1 FROM finding_entry LIMIT 1) AS found
