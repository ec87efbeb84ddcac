-- findings
SELECT * FROM (
SELECT qq_thing(g.subject) AS subject, g.episode, g.tier, CASE WHEN 1 = 1 THEN 2 END AS level, g.amount, g.site, g.kept, g.clause, g.subject AS key, g.called, g.started_on, g.received, g.paid, g.share
FROM (SELECT hit.subject AS subject, 'idle' AS episode, max(tier) FILTER (WHERE clause IS NULL) AS tier, min("p.name") AS called, coalesce(max("p.received") FILTER (WHERE clause IS NULL) - max("p.paid") FILTER (WHERE clause IS NULL), 0) AS amount, min(site) FILTER (WHERE clause IS NULL) AS site, count(*) FILTER (WHERE clause IS NULL) AS kept, min(clause) AS clause, min("p.started_on") FILTER (WHERE clause IS NULL) AS started_on, max("p.received") FILTER (WHERE clause IS NULL) AS received, max("p.paid") FILTER (WHERE clause IS NULL) AS paid, ((max("p.received") FILTER (WHERE clause IS NULL) - max("p.paid") FILTER (WHERE clause IS NULL)) * 100 / nullif(max("p.received") FILTER (WHERE clause IS NULL), 0)) AS share
FROM (SELECT p.project_no AS subject, 1 AS tier, coalesce(p.site, '') AS site, p.rid AS "p.rid", p.project_no AS "p.project_no", p.name AS "p.name", p.owner_unit AS "p.owner_unit", p.builder AS "p.builder", p.division AS "p.division", p.fund_source AS "p.fund_source", p.approval_no AS "p.approval_no", p.approved_amount AS "p.approved_amount", p.received AS "p.received", p.paid AS "p.paid", p.started_on AS "p.started_on", p.planned_end AS "p.planned_end", p.ended_on AS "p.ended_on", p.households AS "p.households", p.leader_uscc AS "p.leader_uscc", p.dividend AS "p.dividend", p.state AS "p.state", p.applied_on AS "p.applied_on", CAST(NULL AS INTEGER) AS clause
FROM project AS p
WHERE p.project_no IS NOT NULL
  AND $1 > 0
  AND (qq_days(p.started_on) + 366 <= qq_days($1))
  AND ((p.received - p.paid) * 100 > p.received * 30)) AS hit
GROUP BY 1, 2) AS g) AS f
WHERE (f.kept > 0 AND f.level IS NOT NULL) OR f.clause IS NOT NULL
ORDER BY f.subject, f.episode COLLATE "C"

-- findings of the dirty
SELECT * FROM (
SELECT qq_thing(g.subject) AS subject, g.episode, g.tier, CASE WHEN 1 = 1 THEN 2 END AS level, g.amount, g.site, g.kept, g.clause, g.subject AS key, g.called, g.started_on, g.received, g.paid, g.share
FROM (SELECT hit.subject AS subject, 'idle' AS episode, max(tier) FILTER (WHERE clause IS NULL) AS tier, min("p.name") AS called, coalesce(max("p.received") FILTER (WHERE clause IS NULL) - max("p.paid") FILTER (WHERE clause IS NULL), 0) AS amount, min(site) FILTER (WHERE clause IS NULL) AS site, count(*) FILTER (WHERE clause IS NULL) AS kept, min(clause) AS clause, min("p.started_on") FILTER (WHERE clause IS NULL) AS started_on, max("p.received") FILTER (WHERE clause IS NULL) AS received, max("p.paid") FILTER (WHERE clause IS NULL) AS paid, ((max("p.received") FILTER (WHERE clause IS NULL) - max("p.paid") FILTER (WHERE clause IS NULL)) * 100 / nullif(max("p.received") FILTER (WHERE clause IS NULL), 0)) AS share
FROM (SELECT p.project_no AS subject, 1 AS tier, coalesce(p.site, '') AS site, p.rid AS "p.rid", p.project_no AS "p.project_no", p.name AS "p.name", p.owner_unit AS "p.owner_unit", p.builder AS "p.builder", p.division AS "p.division", p.fund_source AS "p.fund_source", p.approval_no AS "p.approval_no", p.approved_amount AS "p.approved_amount", p.received AS "p.received", p.paid AS "p.paid", p.started_on AS "p.started_on", p.planned_end AS "p.planned_end", p.ended_on AS "p.ended_on", p.households AS "p.households", p.leader_uscc AS "p.leader_uscc", p.dividend AS "p.dividend", p.state AS "p.state", p.applied_on AS "p.applied_on", CAST(NULL AS INTEGER) AS clause
FROM dirty_subject AS s CROSS JOIN project AS p
WHERE p.project_no = s.key AND p.project_no IS NOT NULL
  AND $1 > 0
  AND (qq_days(p.started_on) + 366 <= qq_days($1))
  AND ((p.received - p.paid) * 100 > p.received * 30)) AS hit
GROUP BY 1, 2) AS g) AS f
WHERE (f.kept > 0 AND f.level IS NOT NULL) OR f.clause IS NOT NULL
ORDER BY f.subject, f.episode COLLATE "C"

-- evidence
SELECT DISTINCT s.subject AS subject, 'idle' AS episode, 0 AS source, p.rid AS rid, p.version AS version, p.row_hash AS row_hash
FROM hit_subject AS s CROSS JOIN project AS p
WHERE p.project_no = s.key AND p.project_no IS NOT NULL
  AND $1 > 0
  AND (qq_days(p.started_on) + 366 <= qq_days($1))
  AND ((p.received - p.paid) * 100 > p.received * 30)
ORDER BY 1, 2, 3, 4

-- wake keys
SELECT p.project_no FROM project AS p WHERE p.project_no IS NOT NULL AND qq_ymd(qq_days(p.started_on) + 366) > $1 AND qq_ymd(qq_days(p.started_on) + 366) <= $2

-- need
SELECT count(*) FROM (SELECT 1 FROM project LIMIT 1) AS found
