-- findings
SELECT * FROM (
SELECT qq_thing(g.subject) AS subject, g.episode, g.tier, CASE WHEN qq_days(g.due_on) < qq_days(?1) THEN 3 WHEN qq_days(g.due_on) - qq_days(?1) <= 10 THEN 2 WHEN 1 = 1 THEN 1 END AS level, g.amount, g.site, g.kept, g.clause, g.subject AS key, g.called, g.due_on, g.state
FROM (SELECT hit.subject AS subject, CAST("r.measure_no" AS TEXT) AS episode, max(tier) FILTER (WHERE clause IS NULL) AS tier, min("r.measure") AS called, 0 AS amount, min(site) FILTER (WHERE clause IS NULL) AS site, count(*) FILTER (WHERE clause IS NULL) AS kept, min(clause) AS clause, max("r.due_on") FILTER (WHERE clause IS NULL) AS due_on, min("r.state") FILTER (WHERE clause IS NULL) AS state
FROM (SELECT r.problem_no AS subject, 1 AS tier, coalesce(r.site, '') AS site, r.rid AS "r.rid", r.problem_no AS "r.problem_no", r.measure_no AS "r.measure_no", r.measure AS "r.measure", r.unit AS "r.unit", r.responsible AS "r.responsible", r.from_day AS "r.from_day", r.due_on AS "r.due_on", r.progress AS "r.progress", r.state AS "r.state", r.evidence AS "r.evidence", r.accepted_by AS "r.accepted_by", r.accepted_on AS "r.accepted_on", r.extended AS "r.extended", CASE WHEN r.state = 'review' THEN 1 WHEN r.extended IS NOT NULL THEN 2 END AS clause
FROM rectify AS r
WHERE r.problem_no IS NOT NULL
  AND ?1 > 0
  AND (NOT (r.state IN ('done', 'closed')))
  AND (qq_days(r.due_on) - qq_days(?1) <= 20)) AS hit
GROUP BY 1, 2) AS g) AS f
WHERE (f.kept > 0 AND f.level IS NOT NULL) OR f.clause IS NOT NULL
ORDER BY f.subject, f.episode

-- findings of the dirty
SELECT * FROM (
SELECT qq_thing(g.subject) AS subject, g.episode, g.tier, CASE WHEN qq_days(g.due_on) < qq_days(?1) THEN 3 WHEN qq_days(g.due_on) - qq_days(?1) <= 10 THEN 2 WHEN 1 = 1 THEN 1 END AS level, g.amount, g.site, g.kept, g.clause, g.subject AS key, g.called, g.due_on, g.state
FROM (SELECT hit.subject AS subject, CAST("r.measure_no" AS TEXT) AS episode, max(tier) FILTER (WHERE clause IS NULL) AS tier, min("r.measure") AS called, 0 AS amount, min(site) FILTER (WHERE clause IS NULL) AS site, count(*) FILTER (WHERE clause IS NULL) AS kept, min(clause) AS clause, max("r.due_on") FILTER (WHERE clause IS NULL) AS due_on, min("r.state") FILTER (WHERE clause IS NULL) AS state
FROM (SELECT r.problem_no AS subject, 1 AS tier, coalesce(r.site, '') AS site, r.rid AS "r.rid", r.problem_no AS "r.problem_no", r.measure_no AS "r.measure_no", r.measure AS "r.measure", r.unit AS "r.unit", r.responsible AS "r.responsible", r.from_day AS "r.from_day", r.due_on AS "r.due_on", r.progress AS "r.progress", r.state AS "r.state", r.evidence AS "r.evidence", r.accepted_by AS "r.accepted_by", r.accepted_on AS "r.accepted_on", r.extended AS "r.extended", CASE WHEN r.state = 'review' THEN 1 WHEN r.extended IS NOT NULL THEN 2 END AS clause
FROM dirty_subject AS s CROSS JOIN rectify AS r
WHERE r.problem_no = s.key AND r.problem_no IS NOT NULL
  AND ?1 > 0
  AND (NOT (r.state IN ('done', 'closed')))
  AND (qq_days(r.due_on) - qq_days(?1) <= 20)) AS hit
GROUP BY 1, 2) AS g) AS f
WHERE (f.kept > 0 AND f.level IS NOT NULL) OR f.clause IS NOT NULL
ORDER BY f.subject, f.episode

-- evidence
SELECT DISTINCT s.subject AS subject, CAST(r.measure_no AS TEXT) AS episode, 0 AS source, r.rid AS rid, r.version AS version, r.row_hash AS row_hash
FROM hit_subject AS s CROSS JOIN rectify AS r
WHERE r.problem_no = s.key AND r.problem_no IS NOT NULL
  AND ?1 > 0
  AND (NOT (r.state IN ('done', 'closed')))
  AND (qq_days(r.due_on) - qq_days(?1) <= 20)
  AND NOT coalesce((r.state = 'review'), 0)
  AND NOT coalesce((r.extended IS NOT NULL), 0)
ORDER BY 1, 2, 3, 4

-- wake keys
SELECT r.problem_no FROM rectify AS r WHERE r.problem_no IS NOT NULL AND qq_ymd(qq_days(r.due_on) - 20) > ?1 AND qq_ymd(qq_days(r.due_on) - 20) <= ?2
UNION SELECT r.problem_no FROM rectify AS r WHERE r.problem_no IS NOT NULL AND qq_ymd(qq_days(r.due_on) - 10) > ?1 AND qq_ymd(qq_days(r.due_on) - 10) <= ?2
UNION SELECT r.problem_no FROM rectify AS r WHERE r.problem_no IS NOT NULL AND qq_ymd(qq_days(r.due_on) + 1) > ?1 AND qq_ymd(qq_days(r.due_on) + 1) <= ?2

-- need
SELECT count(*) FROM (SELECT 1 FROM rectify LIMIT 1) AS found
