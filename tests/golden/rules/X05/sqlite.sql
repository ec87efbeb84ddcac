-- findings
SELECT * FROM (
SELECT qq_thing(g.subject) AS subject, g.episode, g.tier, CASE WHEN 1 = 1 THEN 1 END AS level, g.amount, g.site, g.kept, g.clause, g.subject AS key, g.called, g.no_person, g.no_evidence, g.no_date
FROM (SELECT hit.subject AS subject, CAST("r.measure_no" AS TEXT) AS episode, max(tier) FILTER (WHERE clause IS NULL) AS tier, min("r.measure") AS called, 0 AS amount, min(site) FILTER (WHERE clause IS NULL) AS site, count(*) FILTER (WHERE clause IS NULL) AS kept, min(clause) AS clause, max(CASE WHEN "r.accepted_by" IS NULL THEN 1 ELSE 0 END) FILTER (WHERE clause IS NULL) AS no_person, max(CASE WHEN "r.evidence" IS NULL THEN 1 ELSE 0 END) FILTER (WHERE clause IS NULL) AS no_evidence, max(CASE WHEN "r.accepted_on" IS NULL THEN 1 ELSE 0 END) FILTER (WHERE clause IS NULL) AS no_date
FROM (SELECT r.problem_no AS subject, 1 AS tier, coalesce(r.site, '') AS site, r.rid AS "r.rid", r.problem_no AS "r.problem_no", r.measure_no AS "r.measure_no", r.measure AS "r.measure", r.unit AS "r.unit", r.responsible AS "r.responsible", r.from_day AS "r.from_day", r.due_on AS "r.due_on", r.progress AS "r.progress", r.state AS "r.state", r.evidence AS "r.evidence", r.accepted_by AS "r.accepted_by", r.accepted_on AS "r.accepted_on", r.extended AS "r.extended", CAST(NULL AS INTEGER) AS clause
FROM rectify AS r
WHERE r.problem_no IS NOT NULL
  AND ?1 > 0
  AND (r.state = 'closed')
  AND ((r.accepted_by IS NULL OR r.evidence IS NULL OR r.accepted_on IS NULL))) AS hit
GROUP BY 1, 2) AS g) AS f
WHERE (f.kept > 0 AND f.level IS NOT NULL) OR f.clause IS NOT NULL
ORDER BY f.subject, f.episode

-- findings of the dirty
SELECT * FROM (
SELECT qq_thing(g.subject) AS subject, g.episode, g.tier, CASE WHEN 1 = 1 THEN 1 END AS level, g.amount, g.site, g.kept, g.clause, g.subject AS key, g.called, g.no_person, g.no_evidence, g.no_date
FROM (SELECT hit.subject AS subject, CAST("r.measure_no" AS TEXT) AS episode, max(tier) FILTER (WHERE clause IS NULL) AS tier, min("r.measure") AS called, 0 AS amount, min(site) FILTER (WHERE clause IS NULL) AS site, count(*) FILTER (WHERE clause IS NULL) AS kept, min(clause) AS clause, max(CASE WHEN "r.accepted_by" IS NULL THEN 1 ELSE 0 END) FILTER (WHERE clause IS NULL) AS no_person, max(CASE WHEN "r.evidence" IS NULL THEN 1 ELSE 0 END) FILTER (WHERE clause IS NULL) AS no_evidence, max(CASE WHEN "r.accepted_on" IS NULL THEN 1 ELSE 0 END) FILTER (WHERE clause IS NULL) AS no_date
FROM (SELECT r.problem_no AS subject, 1 AS tier, coalesce(r.site, '') AS site, r.rid AS "r.rid", r.problem_no AS "r.problem_no", r.measure_no AS "r.measure_no", r.measure AS "r.measure", r.unit AS "r.unit", r.responsible AS "r.responsible", r.from_day AS "r.from_day", r.due_on AS "r.due_on", r.progress AS "r.progress", r.state AS "r.state", r.evidence AS "r.evidence", r.accepted_by AS "r.accepted_by", r.accepted_on AS "r.accepted_on", r.extended AS "r.extended", CAST(NULL AS INTEGER) AS clause
FROM dirty_subject AS s CROSS JOIN rectify AS r
WHERE r.problem_no = s.key AND r.problem_no IS NOT NULL
  AND ?1 > 0
  AND (r.state = 'closed')
  AND ((r.accepted_by IS NULL OR r.evidence IS NULL OR r.accepted_on IS NULL))) AS hit
GROUP BY 1, 2) AS g) AS f
WHERE (f.kept > 0 AND f.level IS NOT NULL) OR f.clause IS NOT NULL
ORDER BY f.subject, f.episode

-- evidence
SELECT DISTINCT s.subject AS subject, CAST(r.measure_no AS TEXT) AS episode, 0 AS source, r.rid AS rid, r.version AS version, r.row_hash AS row_hash
FROM hit_subject AS s CROSS JOIN rectify AS r
WHERE r.problem_no = s.key AND r.problem_no IS NOT NULL
  AND ?1 > 0
  AND (r.state = 'closed')
  AND ((r.accepted_by IS NULL OR r.evidence IS NULL OR r.accepted_on IS NULL))
ORDER BY 1, 2, 3, 4

-- need
SELECT count(*) FROM (SELECT 1 FROM rectify LIMIT 1) AS found
