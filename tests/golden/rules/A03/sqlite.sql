-- findings
WITH said(subject, site, item, unit, approval_rid, step_rid, fault, late) AS (
WITH step AS (
                SELECT s.serial_no, s.unit_code, s.step_no, s.clerk, s.rid, s.began_at, s.recorded_hub / 86400000 - qq_days(s.began_at / 1000000) AS late,
                    (s.began_at / 10000) % 100 * 3600 + (s.began_at / 100) % 100 * 60 + s.began_at % 100 AS seconds,
                    lag(s.began_at) OVER w AS before_at, lag(s.step_no) OVER w AS before_no, lag(s.clerk) OVER w AS before_clerk,
                    row_number() OVER (PARTITION BY s.serial_no, s.unit_code ORDER BY s.step_no DESC, s.rid DESC) AS from_end
                FROM approval_step AS s
                WHERE s.unit_code IN (SELECT DISTINCT o.unit_code FROM approval_step AS o WHERE 1 = 1)
                WINDOW w AS (PARTITION BY s.serial_no, s.unit_code ORDER BY s.step_no, s.rid)),
            hurried AS (
                SELECT t.*, t.began_at / 1000000 AS day
                FROM step AS t
                WHERE t.began_at / 1000000 = t.before_at / 1000000 AND t.clerk <> t.before_clerk AND t.seconds > 0 AND t.before_at % 1000000 > 0
                    AND t.seconds - ((t.before_at / 10000) % 100 * 3600 + (t.before_at / 100) % 100 * 60 + t.before_at % 100) BETWEEN 0 AND 60 - 1),
            bulk AS (
                SELECT unit_code, day FROM hurried GROUP BY unit_code, day HAVING count(DISTINCT serial_no) >= 10),
            wrong AS (
                SELECT serial_no, unit_code, rid, late, 'order' AS fault FROM step
                WHERE began_at < before_at AND (began_at / 1000000 < before_at / 1000000 OR seconds > 0)
                UNION ALL
                SELECT t.serial_no, t.unit_code, t.rid, t.late, 'missing' FROM step AS t
                WHERE t.step_no > t.before_no + 1 AND EXISTS (
                    SELECT 1 FROM step AS o WHERE o.unit_code = t.unit_code AND o.step_no = t.before_no + 1)
                UNION ALL
                SELECT s.serial_no, s.unit_code, s.rid, s.late, 'early'
                FROM step AS s JOIN approval AS a ON a.serial_no = s.serial_no AND coalesce(a.unit_code, '') = s.unit_code
                WHERE s.from_end = 1 AND s.began_at / 1000000 < a.accepted_on
                UNION ALL
                SELECT h.serial_no, h.unit_code, h.rid, h.late, 'bulk'
                FROM bulk AS b JOIN hurried AS h ON h.unit_code = b.unit_code AND h.day = b.day)
            SELECT w.serial_no, a.site, a.item, w.unit_code, a.rid, w.rid, w.fault, w.late
            FROM wrong AS w JOIN approval AS a ON a.serial_no = w.serial_no AND coalesce(a.unit_code, '') = w.unit_code
            WHERE 1 = 1
)
SELECT * FROM (
SELECT qq_thing(g.subject) AS subject, g.episode, g.tier, CASE WHEN g.in_order = 1 THEN 2 WHEN 1 = 1 THEN 1 END AS level, g.amount, g.site, g.kept, g.clause, g.subject AS key, g.called, g.unit, g.steps, g.faults, g.fault, g.in_order
FROM (SELECT hit.subject AS subject, "q.unit" AS episode, max(tier) FILTER (WHERE clause IS NULL) AS tier, min("q.item") AS called, 0 AS amount, min(site) FILTER (WHERE clause IS NULL) AS site, count(*) FILTER (WHERE clause IS NULL) AS kept, min(clause) AS clause, min("q.unit") FILTER (WHERE clause IS NULL) AS unit, count(DISTINCT "q.step_rid") FILTER (WHERE clause IS NULL) AS steps, count(DISTINCT "q.fault") FILTER (WHERE clause IS NULL) AS faults, min("q.fault") FILTER (WHERE clause IS NULL) AS fault, max(CASE WHEN "q.fault" IN ('order', 'missing', 'early') THEN 1 ELSE 0 END) FILTER (WHERE clause IS NULL) AS in_order
FROM (SELECT q.subject AS subject, 1 AS tier, coalesce(q.site, '') AS site, q.subject AS "q.subject", q.site AS "q.site", q.item AS "q.item", q.unit AS "q.unit", q.approval_rid AS "q.approval_rid", q.step_rid AS "q.step_rid", q.fault AS "q.fault", q.late AS "q.late", CASE WHEN q.late > 92 THEN 1 END AS clause
FROM said AS q
WHERE q.subject IS NOT NULL
  AND ?1 > 0) AS hit
GROUP BY 1, 2) AS g) AS f
WHERE (f.kept > 0 AND f.level IS NOT NULL) OR f.clause IS NOT NULL
ORDER BY f.subject, f.episode

-- findings of the dirty
WITH said(subject, site, item, unit, approval_rid, step_rid, fault, late) AS (
WITH step AS (
                SELECT s.serial_no, s.unit_code, s.step_no, s.clerk, s.rid, s.began_at, s.recorded_hub / 86400000 - qq_days(s.began_at / 1000000) AS late,
                    (s.began_at / 10000) % 100 * 3600 + (s.began_at / 100) % 100 * 60 + s.began_at % 100 AS seconds,
                    lag(s.began_at) OVER w AS before_at, lag(s.step_no) OVER w AS before_no, lag(s.clerk) OVER w AS before_clerk,
                    row_number() OVER (PARTITION BY s.serial_no, s.unit_code ORDER BY s.step_no DESC, s.rid DESC) AS from_end
                FROM approval_step AS s
                WHERE s.unit_code IN (SELECT DISTINCT o.unit_code FROM approval_step AS o WHERE o.serial_no IN (SELECT key FROM dirty_subject))
                WINDOW w AS (PARTITION BY s.serial_no, s.unit_code ORDER BY s.step_no, s.rid)),
            hurried AS (
                SELECT t.*, t.began_at / 1000000 AS day
                FROM step AS t
                WHERE t.began_at / 1000000 = t.before_at / 1000000 AND t.clerk <> t.before_clerk AND t.seconds > 0 AND t.before_at % 1000000 > 0
                    AND t.seconds - ((t.before_at / 10000) % 100 * 3600 + (t.before_at / 100) % 100 * 60 + t.before_at % 100) BETWEEN 0 AND 60 - 1),
            bulk AS (
                SELECT unit_code, day FROM hurried GROUP BY unit_code, day HAVING count(DISTINCT serial_no) >= 10),
            wrong AS (
                SELECT serial_no, unit_code, rid, late, 'order' AS fault FROM step
                WHERE began_at < before_at AND (began_at / 1000000 < before_at / 1000000 OR seconds > 0)
                UNION ALL
                SELECT t.serial_no, t.unit_code, t.rid, t.late, 'missing' FROM step AS t
                WHERE t.step_no > t.before_no + 1 AND EXISTS (
                    SELECT 1 FROM step AS o WHERE o.unit_code = t.unit_code AND o.step_no = t.before_no + 1)
                UNION ALL
                SELECT s.serial_no, s.unit_code, s.rid, s.late, 'early'
                FROM step AS s JOIN approval AS a ON a.serial_no = s.serial_no AND coalesce(a.unit_code, '') = s.unit_code
                WHERE s.from_end = 1 AND s.began_at / 1000000 < a.accepted_on
                UNION ALL
                SELECT h.serial_no, h.unit_code, h.rid, h.late, 'bulk'
                FROM bulk AS b JOIN hurried AS h ON h.unit_code = b.unit_code AND h.day = b.day)
            SELECT w.serial_no, a.site, a.item, w.unit_code, a.rid, w.rid, w.fault, w.late
            FROM wrong AS w JOIN approval AS a ON a.serial_no = w.serial_no AND coalesce(a.unit_code, '') = w.unit_code
            WHERE w.serial_no IN (SELECT key FROM dirty_subject)
)
SELECT * FROM (
SELECT qq_thing(g.subject) AS subject, g.episode, g.tier, CASE WHEN g.in_order = 1 THEN 2 WHEN 1 = 1 THEN 1 END AS level, g.amount, g.site, g.kept, g.clause, g.subject AS key, g.called, g.unit, g.steps, g.faults, g.fault, g.in_order
FROM (SELECT hit.subject AS subject, "q.unit" AS episode, max(tier) FILTER (WHERE clause IS NULL) AS tier, min("q.item") AS called, 0 AS amount, min(site) FILTER (WHERE clause IS NULL) AS site, count(*) FILTER (WHERE clause IS NULL) AS kept, min(clause) AS clause, min("q.unit") FILTER (WHERE clause IS NULL) AS unit, count(DISTINCT "q.step_rid") FILTER (WHERE clause IS NULL) AS steps, count(DISTINCT "q.fault") FILTER (WHERE clause IS NULL) AS faults, min("q.fault") FILTER (WHERE clause IS NULL) AS fault, max(CASE WHEN "q.fault" IN ('order', 'missing', 'early') THEN 1 ELSE 0 END) FILTER (WHERE clause IS NULL) AS in_order
FROM (SELECT q.subject AS subject, 1 AS tier, coalesce(q.site, '') AS site, q.subject AS "q.subject", q.site AS "q.site", q.item AS "q.item", q.unit AS "q.unit", q.approval_rid AS "q.approval_rid", q.step_rid AS "q.step_rid", q.fault AS "q.fault", q.late AS "q.late", CASE WHEN q.late > 92 THEN 1 END AS clause
FROM dirty_subject AS s CROSS JOIN said AS q
WHERE q.subject = s.key AND q.subject IS NOT NULL
  AND ?1 > 0) AS hit
GROUP BY 1, 2) AS g) AS f
WHERE (f.kept > 0 AND f.level IS NOT NULL) OR f.clause IS NOT NULL
ORDER BY f.subject, f.episode

-- evidence
WITH said(subject, site, item, unit, approval_rid, step_rid, fault, late) AS (
WITH step AS (
                SELECT s.serial_no, s.unit_code, s.step_no, s.clerk, s.rid, s.began_at, s.recorded_hub / 86400000 - qq_days(s.began_at / 1000000) AS late,
                    (s.began_at / 10000) % 100 * 3600 + (s.began_at / 100) % 100 * 60 + s.began_at % 100 AS seconds,
                    lag(s.began_at) OVER w AS before_at, lag(s.step_no) OVER w AS before_no, lag(s.clerk) OVER w AS before_clerk,
                    row_number() OVER (PARTITION BY s.serial_no, s.unit_code ORDER BY s.step_no DESC, s.rid DESC) AS from_end
                FROM approval_step AS s
                WHERE s.unit_code IN (SELECT DISTINCT o.unit_code FROM approval_step AS o WHERE o.serial_no IN (SELECT key FROM hit_subject))
                WINDOW w AS (PARTITION BY s.serial_no, s.unit_code ORDER BY s.step_no, s.rid)),
            hurried AS (
                SELECT t.*, t.began_at / 1000000 AS day
                FROM step AS t
                WHERE t.began_at / 1000000 = t.before_at / 1000000 AND t.clerk <> t.before_clerk AND t.seconds > 0 AND t.before_at % 1000000 > 0
                    AND t.seconds - ((t.before_at / 10000) % 100 * 3600 + (t.before_at / 100) % 100 * 60 + t.before_at % 100) BETWEEN 0 AND 60 - 1),
            bulk AS (
                SELECT unit_code, day FROM hurried GROUP BY unit_code, day HAVING count(DISTINCT serial_no) >= 10),
            wrong AS (
                SELECT serial_no, unit_code, rid, late, 'order' AS fault FROM step
                WHERE began_at < before_at AND (began_at / 1000000 < before_at / 1000000 OR seconds > 0)
                UNION ALL
                SELECT t.serial_no, t.unit_code, t.rid, t.late, 'missing' FROM step AS t
                WHERE t.step_no > t.before_no + 1 AND EXISTS (
                    SELECT 1 FROM step AS o WHERE o.unit_code = t.unit_code AND o.step_no = t.before_no + 1)
                UNION ALL
                SELECT s.serial_no, s.unit_code, s.rid, s.late, 'early'
                FROM step AS s JOIN approval AS a ON a.serial_no = s.serial_no AND coalesce(a.unit_code, '') = s.unit_code
                WHERE s.from_end = 1 AND s.began_at / 1000000 < a.accepted_on
                UNION ALL
                SELECT h.serial_no, h.unit_code, h.rid, h.late, 'bulk'
                FROM bulk AS b JOIN hurried AS h ON h.unit_code = b.unit_code AND h.day = b.day)
            SELECT w.serial_no, a.site, a.item, w.unit_code, a.rid, w.rid, w.fault, w.late
            FROM wrong AS w JOIN approval AS a ON a.serial_no = w.serial_no AND coalesce(a.unit_code, '') = w.unit_code
            WHERE w.serial_no IN (SELECT key FROM hit_subject)
)
SELECT DISTINCT s.subject AS subject, q.unit AS episode, 1 AS source, a.rid AS rid, a.version AS version, a.row_hash AS row_hash
FROM hit_subject AS s CROSS JOIN said AS q CROSS JOIN approval AS a
WHERE q.subject = s.key AND q.subject IS NOT NULL
  AND a.rid = q.approval_rid
  AND ?1 > 0
  AND NOT coalesce((q.late > 92), 0)
UNION ALL
SELECT DISTINCT s.subject AS subject, q.unit AS episode, 2 AS source, step.rid AS rid, step.version AS version, step.row_hash AS row_hash
FROM hit_subject AS s CROSS JOIN said AS q CROSS JOIN approval_step AS step
WHERE q.subject = s.key AND q.subject IS NOT NULL
  AND step.rid = q.step_rid
  AND ?1 > 0
  AND NOT coalesce((q.late > 92), 0)
ORDER BY 1, 2, 3, 4

-- touches
SELECT serial_no FROM approval_step WHERE unit_code IN (SELECT key FROM dirty_key)
            UNION
            SELECT o.serial_no FROM approval_step AS s JOIN approval_step AS o ON o.unit_code = s.unit_code WHERE s.serial_no IN (SELECT key FROM dirty_key)

-- need
SELECT count(*) FROM (SELECT 1 FROM approval LIMIT 1) AS found

-- need
SELECT count(*) FROM (SELECT 1 FROM approval_step LIMIT 1) AS found
