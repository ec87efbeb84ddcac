-- findings
WITH said(subject, site, title, year, step_rid, serial_no, ended_on, odd, steps, usual) AS (
WITH step AS (
                SELECT rid, site, unit_code, serial_no, ended_at / 1000000 AS ended_on, ended_at / 10000000000 AS year,
                    CASE WHEN coalesce(qq_is_workday(ended_at / 1000000), 1) = 0 OR qq_hour(ended_at) >= 22 OR qq_hour(ended_at) < 6
                        THEN 1 ELSE 0 END AS is_odd
                FROM approval_step WHERE ended_at % 1000000 > 0),
            counts AS (
                SELECT unit_code, year, CAST(sum(is_odd) AS BIGINT) AS odd, count(*) AS steps FROM step GROUP BY unit_code, year),
            middle AS (
                SELECT year, qq_median(odd) AS odd, qq_median(odd * 1000000 / steps) AS share,
                    CAST(sum(odd) AS BIGINT) AS all_odd, CAST(sum(steps) AS BIGINT) AS all_steps
                FROM counts GROUP BY year)
            SELECT s.unit_code, s.site, coalesce(u.name, s.unit_code), CAST(s.year AS TEXT), s.rid, s.serial_no, s.ended_on, c.odd, c.steps, CAST(round(CAST(m.odd AS NUMERIC)) AS BIGINT)
            FROM counts AS c JOIN middle AS m ON m.year = c.year JOIN step AS s ON s.unit_code = c.unit_code AND s.year = c.year
                LEFT JOIN unit AS u ON u.unit_code = c.unit_code
            WHERE 1 = 1 AND s.is_odd = 1 AND c.odd >= 5
                AND c.odd >= 3 * m.odd AND c.odd * 1000000 / c.steps >= 3 * m.share
                AND c.odd * 1000000 / c.steps >= 3 * ((m.all_odd - c.odd) * 1000000 / nullif(m.all_steps - c.steps, 0))
)
SELECT * FROM (
SELECT qq_thing(g.subject) AS subject, g.episode, g.tier, CASE WHEN 1 = 1 THEN 1 END AS level, g.amount, g.site, g.kept, g.clause, g.subject AS key, g.called, g.year, g.odd, g.steps, g.matters, g.usual, g.last_on
FROM (SELECT hit.subject AS subject, "q.year" AS episode, max(tier) FILTER (WHERE clause IS NULL) AS tier, min("q.title") AS called, 0 AS amount, min(site) FILTER (WHERE clause IS NULL) AS site, count(*) FILTER (WHERE clause IS NULL) AS kept, min(clause) AS clause, min("q.year") FILTER (WHERE clause IS NULL) AS year, max("q.odd") FILTER (WHERE clause IS NULL) AS odd, max("q.steps") FILTER (WHERE clause IS NULL) AS steps, count(DISTINCT "q.serial_no") FILTER (WHERE clause IS NULL) AS matters, max("q.usual") FILTER (WHERE clause IS NULL) AS usual, max("q.ended_on") FILTER (WHERE clause IS NULL) AS last_on
FROM (SELECT q.subject AS subject, 1 AS tier, coalesce(q.site, '') AS site, q.subject AS "q.subject", q.site AS "q.site", q.title AS "q.title", q.year AS "q.year", q.step_rid AS "q.step_rid", q.serial_no AS "q.serial_no", q.ended_on AS "q.ended_on", q.odd AS "q.odd", q.steps AS "q.steps", q.usual AS "q.usual", CAST(NULL AS INTEGER) AS clause
FROM said AS q
WHERE q.subject IS NOT NULL
  AND $1 > 0) AS hit
GROUP BY 1, 2) AS g) AS f
WHERE (f.kept > 0 AND f.level IS NOT NULL) OR f.clause IS NOT NULL
ORDER BY f.subject, f.episode COLLATE "C"

-- findings of the dirty
WITH said(subject, site, title, year, step_rid, serial_no, ended_on, odd, steps, usual) AS (
WITH step AS (
                SELECT rid, site, unit_code, serial_no, ended_at / 1000000 AS ended_on, ended_at / 10000000000 AS year,
                    CASE WHEN coalesce(qq_is_workday(ended_at / 1000000), 1) = 0 OR qq_hour(ended_at) >= 22 OR qq_hour(ended_at) < 6
                        THEN 1 ELSE 0 END AS is_odd
                FROM approval_step WHERE ended_at % 1000000 > 0),
            counts AS (
                SELECT unit_code, year, CAST(sum(is_odd) AS BIGINT) AS odd, count(*) AS steps FROM step GROUP BY unit_code, year),
            middle AS (
                SELECT year, qq_median(odd) AS odd, qq_median(odd * 1000000 / steps) AS share,
                    CAST(sum(odd) AS BIGINT) AS all_odd, CAST(sum(steps) AS BIGINT) AS all_steps
                FROM counts GROUP BY year)
            SELECT s.unit_code, s.site, coalesce(u.name, s.unit_code), CAST(s.year AS TEXT), s.rid, s.serial_no, s.ended_on, c.odd, c.steps, CAST(round(CAST(m.odd AS NUMERIC)) AS BIGINT)
            FROM counts AS c JOIN middle AS m ON m.year = c.year JOIN step AS s ON s.unit_code = c.unit_code AND s.year = c.year
                LEFT JOIN unit AS u ON u.unit_code = c.unit_code
            WHERE c.unit_code IN (SELECT key FROM dirty_subject) AND s.is_odd = 1 AND c.odd >= 5
                AND c.odd >= 3 * m.odd AND c.odd * 1000000 / c.steps >= 3 * m.share
                AND c.odd * 1000000 / c.steps >= 3 * ((m.all_odd - c.odd) * 1000000 / nullif(m.all_steps - c.steps, 0))
)
SELECT * FROM (
SELECT qq_thing(g.subject) AS subject, g.episode, g.tier, CASE WHEN 1 = 1 THEN 1 END AS level, g.amount, g.site, g.kept, g.clause, g.subject AS key, g.called, g.year, g.odd, g.steps, g.matters, g.usual, g.last_on
FROM (SELECT hit.subject AS subject, "q.year" AS episode, max(tier) FILTER (WHERE clause IS NULL) AS tier, min("q.title") AS called, 0 AS amount, min(site) FILTER (WHERE clause IS NULL) AS site, count(*) FILTER (WHERE clause IS NULL) AS kept, min(clause) AS clause, min("q.year") FILTER (WHERE clause IS NULL) AS year, max("q.odd") FILTER (WHERE clause IS NULL) AS odd, max("q.steps") FILTER (WHERE clause IS NULL) AS steps, count(DISTINCT "q.serial_no") FILTER (WHERE clause IS NULL) AS matters, max("q.usual") FILTER (WHERE clause IS NULL) AS usual, max("q.ended_on") FILTER (WHERE clause IS NULL) AS last_on
FROM (SELECT q.subject AS subject, 1 AS tier, coalesce(q.site, '') AS site, q.subject AS "q.subject", q.site AS "q.site", q.title AS "q.title", q.year AS "q.year", q.step_rid AS "q.step_rid", q.serial_no AS "q.serial_no", q.ended_on AS "q.ended_on", q.odd AS "q.odd", q.steps AS "q.steps", q.usual AS "q.usual", CAST(NULL AS INTEGER) AS clause
FROM dirty_subject AS s CROSS JOIN said AS q
WHERE q.subject = s.key AND q.subject IS NOT NULL
  AND $1 > 0) AS hit
GROUP BY 1, 2) AS g) AS f
WHERE (f.kept > 0 AND f.level IS NOT NULL) OR f.clause IS NOT NULL
ORDER BY f.subject, f.episode COLLATE "C"

-- evidence
WITH said(subject, site, title, year, step_rid, serial_no, ended_on, odd, steps, usual) AS (
WITH step AS (
                SELECT rid, site, unit_code, serial_no, ended_at / 1000000 AS ended_on, ended_at / 10000000000 AS year,
                    CASE WHEN coalesce(qq_is_workday(ended_at / 1000000), 1) = 0 OR qq_hour(ended_at) >= 22 OR qq_hour(ended_at) < 6
                        THEN 1 ELSE 0 END AS is_odd
                FROM approval_step WHERE ended_at % 1000000 > 0),
            counts AS (
                SELECT unit_code, year, CAST(sum(is_odd) AS BIGINT) AS odd, count(*) AS steps FROM step GROUP BY unit_code, year),
            middle AS (
                SELECT year, qq_median(odd) AS odd, qq_median(odd * 1000000 / steps) AS share,
                    CAST(sum(odd) AS BIGINT) AS all_odd, CAST(sum(steps) AS BIGINT) AS all_steps
                FROM counts GROUP BY year)
            SELECT s.unit_code, s.site, coalesce(u.name, s.unit_code), CAST(s.year AS TEXT), s.rid, s.serial_no, s.ended_on, c.odd, c.steps, CAST(round(CAST(m.odd AS NUMERIC)) AS BIGINT)
            FROM counts AS c JOIN middle AS m ON m.year = c.year JOIN step AS s ON s.unit_code = c.unit_code AND s.year = c.year
                LEFT JOIN unit AS u ON u.unit_code = c.unit_code
            WHERE c.unit_code IN (SELECT key FROM hit_subject) AND s.is_odd = 1 AND c.odd >= 5
                AND c.odd >= 3 * m.odd AND c.odd * 1000000 / c.steps >= 3 * m.share
                AND c.odd * 1000000 / c.steps >= 3 * ((m.all_odd - c.odd) * 1000000 / nullif(m.all_steps - c.steps, 0))
)
SELECT DISTINCT s.subject AS subject, q.year AS episode, 1 AS source, a.rid AS rid, a.version AS version, a.row_hash AS row_hash
FROM hit_subject AS s CROSS JOIN said AS q CROSS JOIN approval_step AS a
WHERE q.subject = s.key AND q.subject IS NOT NULL
  AND a.rid = q.step_rid
  AND $1 > 0
ORDER BY 1, 2, 3, 4

-- need
SELECT count(*) FROM (SELECT 1 FROM approval_step LIMIT 1) AS found
