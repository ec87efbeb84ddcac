-- findings
WITH said(subject, site, entry_rid, log, task_no, done_on, row_count, fence, n) AS (
WITH fence AS (
                SELECT log, count(*) AS n, 4 * qq_q3_x12(row_count) - 3 * qq_q1_x12(row_count) AS fence_x12
                FROM audit_entry WHERE action = 'export' AND row_count IS NOT NULL GROUP BY log HAVING count(*) >= 20)
            SELECT a.login, a.site, a.rid, a.log, a.task_no, a.done_at / 1000000, a.row_count, f.fence_x12 / 12, f.n
            FROM audit_entry AS a JOIN fence AS f ON f.log = a.log
            WHERE 1 = 1 AND a.action = 'export' AND a.row_count * 12 > f.fence_x12
)
SELECT * FROM (
SELECT qq_thing(g.subject) AS subject, g.episode, g.tier, CASE WHEN 1 = 1 THEN 3 END AS level, g.amount, g.site, g.kept, g.clause, g.subject AS key, g.called, g.exports_made, g.rows, g.fence, g.last_on
FROM (SELECT hit.subject AS subject, "q.log" AS episode, max(tier) FILTER (WHERE clause IS NULL) AS tier, CAST(NULL AS TEXT) AS called, 0 AS amount, min(site) FILTER (WHERE clause IS NULL) AS site, count(*) FILTER (WHERE clause IS NULL) AS kept, min(clause) AS clause, count(DISTINCT "q.entry_rid") FILTER (WHERE clause IS NULL) AS exports_made, sum("q.row_count") FILTER (WHERE clause IS NULL) AS rows, max("q.fence") FILTER (WHERE clause IS NULL) AS fence, max("q.done_on") FILTER (WHERE clause IS NULL) AS last_on
FROM (SELECT q.subject AS subject, 1 AS tier, coalesce(q.site, '') AS site, q.subject AS "q.subject", q.site AS "q.site", q.entry_rid AS "q.entry_rid", q.log AS "q.log", q.task_no AS "q.task_no", q.done_on AS "q.done_on", q.row_count AS "q.row_count", q.fence AS "q.fence", q.n AS "q.n", CASE WHEN q.task_no IS NOT NULL THEN 1 END AS clause
FROM said AS q
WHERE q.subject IS NOT NULL
  AND $1 > 0) AS hit
GROUP BY 1, 2) AS g) AS f
WHERE (f.kept > 0 AND f.level IS NOT NULL) OR f.clause IS NOT NULL
ORDER BY f.subject, f.episode COLLATE "C"

-- findings of the dirty
WITH said(subject, site, entry_rid, log, task_no, done_on, row_count, fence, n) AS (
WITH fence AS (
                SELECT log, count(*) AS n, 4 * qq_q3_x12(row_count) - 3 * qq_q1_x12(row_count) AS fence_x12
                FROM audit_entry WHERE action = 'export' AND row_count IS NOT NULL GROUP BY log HAVING count(*) >= 20)
            SELECT a.login, a.site, a.rid, a.log, a.task_no, a.done_at / 1000000, a.row_count, f.fence_x12 / 12, f.n
            FROM audit_entry AS a JOIN fence AS f ON f.log = a.log
            WHERE a.login IN (SELECT key FROM dirty_subject) AND a.action = 'export' AND a.row_count * 12 > f.fence_x12
)
SELECT * FROM (
SELECT qq_thing(g.subject) AS subject, g.episode, g.tier, CASE WHEN 1 = 1 THEN 3 END AS level, g.amount, g.site, g.kept, g.clause, g.subject AS key, g.called, g.exports_made, g.rows, g.fence, g.last_on
FROM (SELECT hit.subject AS subject, "q.log" AS episode, max(tier) FILTER (WHERE clause IS NULL) AS tier, CAST(NULL AS TEXT) AS called, 0 AS amount, min(site) FILTER (WHERE clause IS NULL) AS site, count(*) FILTER (WHERE clause IS NULL) AS kept, min(clause) AS clause, count(DISTINCT "q.entry_rid") FILTER (WHERE clause IS NULL) AS exports_made, sum("q.row_count") FILTER (WHERE clause IS NULL) AS rows, max("q.fence") FILTER (WHERE clause IS NULL) AS fence, max("q.done_on") FILTER (WHERE clause IS NULL) AS last_on
FROM (SELECT q.subject AS subject, 1 AS tier, coalesce(q.site, '') AS site, q.subject AS "q.subject", q.site AS "q.site", q.entry_rid AS "q.entry_rid", q.log AS "q.log", q.task_no AS "q.task_no", q.done_on AS "q.done_on", q.row_count AS "q.row_count", q.fence AS "q.fence", q.n AS "q.n", CASE WHEN q.task_no IS NOT NULL THEN 1 END AS clause
FROM dirty_subject AS s CROSS JOIN said AS q
WHERE q.subject = s.key AND q.subject IS NOT NULL
  AND $1 > 0) AS hit
GROUP BY 1, 2) AS g) AS f
WHERE (f.kept > 0 AND f.level IS NOT NULL) OR f.clause IS NOT NULL
ORDER BY f.subject, f.episode COLLATE "C"

-- evidence
WITH said(subject, site, entry_rid, log, task_no, done_on, row_count, fence, n) AS (
WITH fence AS (
                SELECT log, count(*) AS n, 4 * qq_q3_x12(row_count) - 3 * qq_q1_x12(row_count) AS fence_x12
                FROM audit_entry WHERE action = 'export' AND row_count IS NOT NULL GROUP BY log HAVING count(*) >= 20)
            SELECT a.login, a.site, a.rid, a.log, a.task_no, a.done_at / 1000000, a.row_count, f.fence_x12 / 12, f.n
            FROM audit_entry AS a JOIN fence AS f ON f.log = a.log
            WHERE a.login IN (SELECT key FROM hit_subject) AND a.action = 'export' AND a.row_count * 12 > f.fence_x12
)
SELECT DISTINCT s.subject AS subject, q.log AS episode, 1 AS source, a.rid AS rid, a.version AS version, a.row_hash AS row_hash
FROM hit_subject AS s CROSS JOIN said AS q CROSS JOIN audit_entry AS a
WHERE q.subject = s.key AND q.subject IS NOT NULL
  AND a.rid = q.entry_rid
  AND $1 > 0
  AND NOT coalesce((q.task_no IS NOT NULL), FALSE)
ORDER BY 1, 2, 3, 4

-- need
SELECT count(*) FROM (SELECT 1 FROM audit_entry LIMIT 1) AS found
