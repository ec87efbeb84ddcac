-- findings
SELECT * FROM (
SELECT qq_thing(g.subject) AS subject, g.episode, g.tier, CASE WHEN 1 = 1 THEN 3 END AS level, g.amount, g.site, g.kept, g.clause, g.subject AS key, g.called, g.accesses, g.purposes, g.first_on, g.last_on
FROM (SELECT hit.subject AS subject, "a.log" AS episode, max(tier) FILTER (WHERE clause IS NULL) AS tier, CAST(NULL AS TEXT) AS called, 0 AS amount, min(site) FILTER (WHERE clause IS NULL) AS site, count(*) FILTER (WHERE clause IS NULL) AS kept, min(clause) AS clause, count(DISTINCT "a.rid") FILTER (WHERE clause IS NULL) AS accesses, count(DISTINCT "a.purpose") FILTER (WHERE clause IS NULL) AS purposes, min((("a.done_at") / 1000000)) FILTER (WHERE clause IS NULL) AS first_on, max((("a.done_at") / 1000000)) FILTER (WHERE clause IS NULL) AS last_on
FROM (SELECT a.login AS subject, 1 AS tier, coalesce(a.site, '') AS site, a.rid AS "a.rid", a.log AS "a.log", a.seq_no AS "a.seq_no", a.done_at AS "a.done_at", a.login AS "a.login", a.role AS "a.role", a.action AS "a.action", a.object AS "a.object", a.citizen_id AS "a.citizen_id", a.citizen_id_person AS "a.citizen_id_person", a.name AS "a.name", a.task_no AS "a.task_no", a.purpose AS "a.purpose", a.row_count AS "a.row_count", a.before_hash AS "a.before_hash", a.own_hash AS "a.own_hash", CASE WHEN EXISTS (SELECT 1 FROM purpose_grant AS p WHERE p.login = a.login AND (((p.purpose = a.purpose OR p.purpose = a.task_no)) AND p.from_day <= ((a.done_at) / 1000000) AND ((p.to_day IS NULL OR p.to_day >= ((a.done_at) / 1000000))))) THEN 1 END AS clause
FROM audit_entry AS a
WHERE a.login IS NOT NULL
  AND $1 > 0
  AND (a.action IN ('view', 'search', 'export') AND ((a.purpose IS NOT NULL OR a.task_no IS NOT NULL)))) AS hit
GROUP BY 1, 2) AS g) AS f
WHERE (f.kept > 0 AND f.level IS NOT NULL) OR f.clause IS NOT NULL
ORDER BY f.subject, f.episode COLLATE "C"

-- findings of the dirty
SELECT * FROM (
SELECT qq_thing(g.subject) AS subject, g.episode, g.tier, CASE WHEN 1 = 1 THEN 3 END AS level, g.amount, g.site, g.kept, g.clause, g.subject AS key, g.called, g.accesses, g.purposes, g.first_on, g.last_on
FROM (SELECT hit.subject AS subject, "a.log" AS episode, max(tier) FILTER (WHERE clause IS NULL) AS tier, CAST(NULL AS TEXT) AS called, 0 AS amount, min(site) FILTER (WHERE clause IS NULL) AS site, count(*) FILTER (WHERE clause IS NULL) AS kept, min(clause) AS clause, count(DISTINCT "a.rid") FILTER (WHERE clause IS NULL) AS accesses, count(DISTINCT "a.purpose") FILTER (WHERE clause IS NULL) AS purposes, min((("a.done_at") / 1000000)) FILTER (WHERE clause IS NULL) AS first_on, max((("a.done_at") / 1000000)) FILTER (WHERE clause IS NULL) AS last_on
FROM (SELECT a.login AS subject, 1 AS tier, coalesce(a.site, '') AS site, a.rid AS "a.rid", a.log AS "a.log", a.seq_no AS "a.seq_no", a.done_at AS "a.done_at", a.login AS "a.login", a.role AS "a.role", a.action AS "a.action", a.object AS "a.object", a.citizen_id AS "a.citizen_id", a.citizen_id_person AS "a.citizen_id_person", a.name AS "a.name", a.task_no AS "a.task_no", a.purpose AS "a.purpose", a.row_count AS "a.row_count", a.before_hash AS "a.before_hash", a.own_hash AS "a.own_hash", CASE WHEN EXISTS (SELECT 1 FROM purpose_grant AS p WHERE p.login = a.login AND (((p.purpose = a.purpose OR p.purpose = a.task_no)) AND p.from_day <= ((a.done_at) / 1000000) AND ((p.to_day IS NULL OR p.to_day >= ((a.done_at) / 1000000))))) THEN 1 END AS clause
FROM dirty_subject AS s CROSS JOIN audit_entry AS a
WHERE a.login = s.key AND a.login IS NOT NULL
  AND $1 > 0
  AND (a.action IN ('view', 'search', 'export') AND ((a.purpose IS NOT NULL OR a.task_no IS NOT NULL)))) AS hit
GROUP BY 1, 2) AS g) AS f
WHERE (f.kept > 0 AND f.level IS NOT NULL) OR f.clause IS NOT NULL
ORDER BY f.subject, f.episode COLLATE "C"

-- evidence
SELECT DISTINCT s.subject AS subject, a.log AS episode, 0 AS source, a.rid AS rid, a.version AS version, a.row_hash AS row_hash
FROM hit_subject AS s CROSS JOIN audit_entry AS a
WHERE a.login = s.key AND a.login IS NOT NULL
  AND $1 > 0
  AND (a.action IN ('view', 'search', 'export') AND ((a.purpose IS NOT NULL OR a.task_no IS NOT NULL)))
  AND NOT coalesce((EXISTS (SELECT 1 FROM purpose_grant AS p WHERE p.login = a.login AND (((p.purpose = a.purpose OR p.purpose = a.task_no)) AND p.from_day <= ((a.done_at) / 1000000) AND ((p.to_day IS NULL OR p.to_day >= ((a.done_at) / 1000000)))))), FALSE)
ORDER BY 1, 2, 3, 4

-- touches
SELECT a.login FROM dirty_key AS changed CROSS JOIN audit_entry AS a
WHERE a.login = changed.key

-- need
SELECT count(*) FROM (SELECT 1 FROM audit_entry LIMIT 1) AS found

-- need
SELECT count(*) FROM (SELECT 1 FROM purpose_grant LIMIT 1) AS found
