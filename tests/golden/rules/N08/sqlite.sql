-- findings
WITH said(subject, site, title, month, month_key, line_rid, spent, usual, last_year) AS (
WITH line AS (
                SELECT rid, site, org_no, credit, qq_months(qq_month_of(booked_on)) AS m, qq_month_of(booked_on) AS month FROM rural_ledger
                WHERE 1 = 1 AND credit > 0 AND subject LIKE '10%'),
            total AS (SELECT org_no, m, month, CAST(sum(credit) AS BIGINT) AS spent FROM line GROUP BY org_no, m, month),
            past AS (
                SELECT t.org_no, t.m, p.spent, p.m AS of_m, row_number() OVER (PARTITION BY t.org_no, t.m ORDER BY p.spent, p.m) AS i
                FROM total AS t JOIN total AS p ON p.org_no = t.org_no AND p.m < t.m AND p.m >= t.m - 12),
            middle AS (
                SELECT org_no, m, CAST(sum(CASE WHEN i IN (6, 7) THEN spent ELSE 0 END) AS BIGINT) AS mid,
                    max(CASE WHEN of_m = m - 12 THEN spent END) AS last_year
                FROM past GROUP BY org_no, m HAVING count(*) = 12),
            off AS (
                SELECT p.org_no, p.m, abs(2 * p.spent - d.mid) AS off,
                    row_number() OVER (PARTITION BY p.org_no, p.m ORDER BY abs(2 * p.spent - d.mid)) AS i
                FROM past AS p JOIN middle AS d ON d.org_no = p.org_no AND d.m = p.m),
            spread AS (
                SELECT org_no, m, CAST(sum(CASE WHEN i IN (6, 7) THEN off ELSE 0 END) AS BIGINT) AS mad FROM off GROUP BY org_no, m)
            SELECT t.org_no, l.site, coalesce(o.name, t.org_no), t.month, CAST(t.month AS TEXT), l.rid, t.spent, d.mid / 2, d.last_year
            FROM total AS t JOIN middle AS d ON d.org_no = t.org_no AND d.m = t.m JOIN spread AS s ON s.org_no = t.org_no AND s.m = t.m
                JOIN line AS l ON l.org_no = t.org_no AND l.m = t.m LEFT JOIN rural_org AS o ON o.org_no = t.org_no
            WHERE s.mad > 0 AND 1349 * abs(2 * t.spent - d.mid) >= 1000 * 4 * s.mad AND abs(2 * t.spent - d.mid) >= 2 * 500000
                AND t.m < (SELECT max(m) FROM total AS newest WHERE newest.org_no = t.org_no)
)
SELECT * FROM (
SELECT qq_thing(g.subject) AS subject, g.episode, g.tier, CASE WHEN 1 = 1 THEN 1 END AS level, g.amount, g.site, g.kept, g.clause, g.subject AS key, g.called, g.month, g.spent, g.usual, g.lines
FROM (SELECT hit.subject AS subject, "q.month_key" AS episode, max(tier) FILTER (WHERE clause IS NULL) AS tier, min("q.title") AS called, coalesce(max(abs("q.spent" - "q.usual")) FILTER (WHERE clause IS NULL), 0) AS amount, min(site) FILTER (WHERE clause IS NULL) AS site, count(*) FILTER (WHERE clause IS NULL) AS kept, min(clause) AS clause, min("q.month") FILTER (WHERE clause IS NULL) AS month, max("q.spent") FILTER (WHERE clause IS NULL) AS spent, max("q.usual") FILTER (WHERE clause IS NULL) AS usual, count(DISTINCT "q.line_rid") FILTER (WHERE clause IS NULL) AS lines
FROM (SELECT q.subject AS subject, 1 AS tier, coalesce(q.site, '') AS site, q.subject AS "q.subject", q.site AS "q.site", q.title AS "q.title", q.month AS "q.month", q.month_key AS "q.month_key", q.line_rid AS "q.line_rid", q.spent AS "q.spent", q.usual AS "q.usual", q.last_year AS "q.last_year", CASE WHEN abs(q.spent - q.last_year) * 2 <= abs(q.spent - q.usual) THEN 1 END AS clause
FROM said AS q
WHERE q.subject IS NOT NULL
  AND ?1 > 0) AS hit
GROUP BY 1, 2) AS g) AS f
WHERE (f.kept > 0 AND f.level IS NOT NULL) OR f.clause IS NOT NULL
ORDER BY f.subject, f.episode

-- findings of the dirty
WITH said(subject, site, title, month, month_key, line_rid, spent, usual, last_year) AS (
WITH line AS (
                SELECT rid, site, org_no, credit, qq_months(qq_month_of(booked_on)) AS m, qq_month_of(booked_on) AS month FROM rural_ledger
                WHERE org_no IN (SELECT key FROM dirty_subject) AND credit > 0 AND subject LIKE '10%'),
            total AS (SELECT org_no, m, month, CAST(sum(credit) AS BIGINT) AS spent FROM line GROUP BY org_no, m, month),
            past AS (
                SELECT t.org_no, t.m, p.spent, p.m AS of_m, row_number() OVER (PARTITION BY t.org_no, t.m ORDER BY p.spent, p.m) AS i
                FROM total AS t JOIN total AS p ON p.org_no = t.org_no AND p.m < t.m AND p.m >= t.m - 12),
            middle AS (
                SELECT org_no, m, CAST(sum(CASE WHEN i IN (6, 7) THEN spent ELSE 0 END) AS BIGINT) AS mid,
                    max(CASE WHEN of_m = m - 12 THEN spent END) AS last_year
                FROM past GROUP BY org_no, m HAVING count(*) = 12),
            off AS (
                SELECT p.org_no, p.m, abs(2 * p.spent - d.mid) AS off,
                    row_number() OVER (PARTITION BY p.org_no, p.m ORDER BY abs(2 * p.spent - d.mid)) AS i
                FROM past AS p JOIN middle AS d ON d.org_no = p.org_no AND d.m = p.m),
            spread AS (
                SELECT org_no, m, CAST(sum(CASE WHEN i IN (6, 7) THEN off ELSE 0 END) AS BIGINT) AS mad FROM off GROUP BY org_no, m)
            SELECT t.org_no, l.site, coalesce(o.name, t.org_no), t.month, CAST(t.month AS TEXT), l.rid, t.spent, d.mid / 2, d.last_year
            FROM total AS t JOIN middle AS d ON d.org_no = t.org_no AND d.m = t.m JOIN spread AS s ON s.org_no = t.org_no AND s.m = t.m
                JOIN line AS l ON l.org_no = t.org_no AND l.m = t.m LEFT JOIN rural_org AS o ON o.org_no = t.org_no
            WHERE s.mad > 0 AND 1349 * abs(2 * t.spent - d.mid) >= 1000 * 4 * s.mad AND abs(2 * t.spent - d.mid) >= 2 * 500000
                AND t.m < (SELECT max(m) FROM total AS newest WHERE newest.org_no = t.org_no)
)
SELECT * FROM (
SELECT qq_thing(g.subject) AS subject, g.episode, g.tier, CASE WHEN 1 = 1 THEN 1 END AS level, g.amount, g.site, g.kept, g.clause, g.subject AS key, g.called, g.month, g.spent, g.usual, g.lines
FROM (SELECT hit.subject AS subject, "q.month_key" AS episode, max(tier) FILTER (WHERE clause IS NULL) AS tier, min("q.title") AS called, coalesce(max(abs("q.spent" - "q.usual")) FILTER (WHERE clause IS NULL), 0) AS amount, min(site) FILTER (WHERE clause IS NULL) AS site, count(*) FILTER (WHERE clause IS NULL) AS kept, min(clause) AS clause, min("q.month") FILTER (WHERE clause IS NULL) AS month, max("q.spent") FILTER (WHERE clause IS NULL) AS spent, max("q.usual") FILTER (WHERE clause IS NULL) AS usual, count(DISTINCT "q.line_rid") FILTER (WHERE clause IS NULL) AS lines
FROM (SELECT q.subject AS subject, 1 AS tier, coalesce(q.site, '') AS site, q.subject AS "q.subject", q.site AS "q.site", q.title AS "q.title", q.month AS "q.month", q.month_key AS "q.month_key", q.line_rid AS "q.line_rid", q.spent AS "q.spent", q.usual AS "q.usual", q.last_year AS "q.last_year", CASE WHEN abs(q.spent - q.last_year) * 2 <= abs(q.spent - q.usual) THEN 1 END AS clause
FROM dirty_subject AS s CROSS JOIN said AS q
WHERE q.subject = s.key AND q.subject IS NOT NULL
  AND ?1 > 0) AS hit
GROUP BY 1, 2) AS g) AS f
WHERE (f.kept > 0 AND f.level IS NOT NULL) OR f.clause IS NOT NULL
ORDER BY f.subject, f.episode

-- evidence
WITH said(subject, site, title, month, month_key, line_rid, spent, usual, last_year) AS (
WITH line AS (
                SELECT rid, site, org_no, credit, qq_months(qq_month_of(booked_on)) AS m, qq_month_of(booked_on) AS month FROM rural_ledger
                WHERE org_no IN (SELECT key FROM hit_subject) AND credit > 0 AND subject LIKE '10%'),
            total AS (SELECT org_no, m, month, CAST(sum(credit) AS BIGINT) AS spent FROM line GROUP BY org_no, m, month),
            past AS (
                SELECT t.org_no, t.m, p.spent, p.m AS of_m, row_number() OVER (PARTITION BY t.org_no, t.m ORDER BY p.spent, p.m) AS i
                FROM total AS t JOIN total AS p ON p.org_no = t.org_no AND p.m < t.m AND p.m >= t.m - 12),
            middle AS (
                SELECT org_no, m, CAST(sum(CASE WHEN i IN (6, 7) THEN spent ELSE 0 END) AS BIGINT) AS mid,
                    max(CASE WHEN of_m = m - 12 THEN spent END) AS last_year
                FROM past GROUP BY org_no, m HAVING count(*) = 12),
            off AS (
                SELECT p.org_no, p.m, abs(2 * p.spent - d.mid) AS off,
                    row_number() OVER (PARTITION BY p.org_no, p.m ORDER BY abs(2 * p.spent - d.mid)) AS i
                FROM past AS p JOIN middle AS d ON d.org_no = p.org_no AND d.m = p.m),
            spread AS (
                SELECT org_no, m, CAST(sum(CASE WHEN i IN (6, 7) THEN off ELSE 0 END) AS BIGINT) AS mad FROM off GROUP BY org_no, m)
            SELECT t.org_no, l.site, coalesce(o.name, t.org_no), t.month, CAST(t.month AS TEXT), l.rid, t.spent, d.mid / 2, d.last_year
            FROM total AS t JOIN middle AS d ON d.org_no = t.org_no AND d.m = t.m JOIN spread AS s ON s.org_no = t.org_no AND s.m = t.m
                JOIN line AS l ON l.org_no = t.org_no AND l.m = t.m LEFT JOIN rural_org AS o ON o.org_no = t.org_no
            WHERE s.mad > 0 AND 1349 * abs(2 * t.spent - d.mid) >= 1000 * 4 * s.mad AND abs(2 * t.spent - d.mid) >= 2 * 500000
                AND t.m < (SELECT max(m) FROM total AS newest WHERE newest.org_no = t.org_no)
)
SELECT DISTINCT s.subject AS subject, q.month_key AS episode, 1 AS source, l.rid AS rid, l.version AS version, l.row_hash AS row_hash
FROM hit_subject AS s CROSS JOIN said AS q CROSS JOIN rural_ledger AS l
WHERE q.subject = s.key AND q.subject IS NOT NULL
  AND l.rid = q.line_rid
  AND ?1 > 0
  AND NOT coalesce((abs(q.spent - q.last_year) * 2 <= abs(q.spent - q.usual)), 0)
ORDER BY 1, 2, 3, 4

-- need
SELECT count(*) FROM (SELECT 1 FROM rural_ledger LIMIT 1) AS found
