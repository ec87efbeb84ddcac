-- findings
SELECT * FROM (
SELECT qq_thing(g.subject) AS subject, g.episode, g.tier, CASE WHEN 1 = 1 THEN 3 END AS level, g.amount, g.site, g.kept, g.clause, g.subject AS key, g.called, g.payments, g.first_due, g.last_due, g.owed
FROM (SELECT hit.subject AS subject, 'unpaid' AS episode, max(tier) FILTER (WHERE clause IS NULL) AS tier, min("d.project") AS called, coalesce(sum("d.due" - coalesce("d.paid", 0)) FILTER (WHERE clause IS NULL), 0) AS amount, min(site) FILTER (WHERE clause IS NULL) AS site, count(*) FILTER (WHERE clause IS NULL) AS kept, min(clause) AS clause, count(DISTINCT "d.rid") FILTER (WHERE clause IS NULL) AS payments, min("d.due_on") FILTER (WHERE clause IS NULL) AS first_due, max("d.due_on") FILTER (WHERE clause IS NULL) AS last_due, sum("d.due") FILTER (WHERE clause IS NULL) AS owed
FROM (SELECT d.project_no AS subject, 1 AS tier, coalesce(d.site, '') AS site, d.rid AS "d.rid", d.project_no AS "d.project_no", d.project AS "d.project", d.citizen_id AS "d.citizen_id", d.citizen_id_person AS "d.citizen_id_person", d.name AS "d.name", d.due_on AS "d.due_on", d.due AS "d.due", d.paid AS "d.paid", d.paid_on AS "d.paid_on", CAST(NULL AS INTEGER) AS clause
FROM project_dividend AS d
WHERE d.project_no IS NOT NULL
  AND $1 > 0
  AND (qq_days(d.due_on) + 60 < qq_days($1))
  AND (coalesce(d.paid, 0) < d.due)) AS hit
GROUP BY 1, 2) AS g) AS f
WHERE (f.kept > 0 AND f.level IS NOT NULL) OR f.clause IS NOT NULL
ORDER BY f.subject, f.episode COLLATE "C"

-- findings of the dirty
SELECT * FROM (
SELECT qq_thing(g.subject) AS subject, g.episode, g.tier, CASE WHEN 1 = 1 THEN 3 END AS level, g.amount, g.site, g.kept, g.clause, g.subject AS key, g.called, g.payments, g.first_due, g.last_due, g.owed
FROM (SELECT hit.subject AS subject, 'unpaid' AS episode, max(tier) FILTER (WHERE clause IS NULL) AS tier, min("d.project") AS called, coalesce(sum("d.due" - coalesce("d.paid", 0)) FILTER (WHERE clause IS NULL), 0) AS amount, min(site) FILTER (WHERE clause IS NULL) AS site, count(*) FILTER (WHERE clause IS NULL) AS kept, min(clause) AS clause, count(DISTINCT "d.rid") FILTER (WHERE clause IS NULL) AS payments, min("d.due_on") FILTER (WHERE clause IS NULL) AS first_due, max("d.due_on") FILTER (WHERE clause IS NULL) AS last_due, sum("d.due") FILTER (WHERE clause IS NULL) AS owed
FROM (SELECT d.project_no AS subject, 1 AS tier, coalesce(d.site, '') AS site, d.rid AS "d.rid", d.project_no AS "d.project_no", d.project AS "d.project", d.citizen_id AS "d.citizen_id", d.citizen_id_person AS "d.citizen_id_person", d.name AS "d.name", d.due_on AS "d.due_on", d.due AS "d.due", d.paid AS "d.paid", d.paid_on AS "d.paid_on", CAST(NULL AS INTEGER) AS clause
FROM dirty_subject AS s CROSS JOIN project_dividend AS d
WHERE d.project_no = s.key AND d.project_no IS NOT NULL
  AND $1 > 0
  AND (qq_days(d.due_on) + 60 < qq_days($1))
  AND (coalesce(d.paid, 0) < d.due)) AS hit
GROUP BY 1, 2) AS g) AS f
WHERE (f.kept > 0 AND f.level IS NOT NULL) OR f.clause IS NOT NULL
ORDER BY f.subject, f.episode COLLATE "C"

-- evidence
SELECT DISTINCT s.subject AS subject, 'unpaid' AS episode, 0 AS source, d.rid AS rid, d.version AS version, d.row_hash AS row_hash
FROM hit_subject AS s CROSS JOIN project_dividend AS d
WHERE d.project_no = s.key AND d.project_no IS NOT NULL
  AND $1 > 0
  AND (qq_days(d.due_on) + 60 < qq_days($1))
  AND (coalesce(d.paid, 0) < d.due)
ORDER BY 1, 2, 3, 4

-- wake keys
SELECT d.project_no FROM project_dividend AS d WHERE d.project_no IS NOT NULL AND qq_ymd(qq_days(d.due_on) + 60 + 1) > $1 AND qq_ymd(qq_days(d.due_on) + 60 + 1) <= $2

-- need
SELECT count(*) FROM (SELECT 1 FROM project_dividend LIMIT 1) AS found
