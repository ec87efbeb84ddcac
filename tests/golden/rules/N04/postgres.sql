-- findings
WITH said(subject, site, title, account_year, chart, year, line_rid, spent, each, fence, is_far, n) AS (
WITH line AS (
                SELECT l.rid, l.site, l.org_no, substr(l.subject, 1, 3) AS chart, l.booked_on / 10000 AS year, l.debit, o.name, o.members
                FROM rural_ledger AS l JOIN rural_org AS o ON o.org_no = l.org_no
                WHERE l.debit > 0 AND substr(l.subject, 1, 1) IN ('4', '5') AND o.members > 0),
            total AS (
                SELECT org_no, chart, year, CAST(sum(debit) AS BIGINT) AS spent, CAST(sum(debit) AS BIGINT) / members AS each
                FROM line GROUP BY org_no, chart, year, members),
            fence AS (
                SELECT chart, year, count(*) AS n, qq_q1_x12(each) AS q1, qq_q3_x12(each) AS q3 FROM total GROUP BY chart, year HAVING count(*) >= 20)
            SELECT l.org_no, l.site, l.name, l.chart || '/' || CAST(l.year AS TEXT), l.chart, CAST(l.year AS TEXT), l.rid, t.spent, t.each,
                (5 * f.q3 - 3 * f.q1) / 24, t.each * 12 > 4 * f.q3 - 3 * f.q1, f.n
            FROM total AS t JOIN fence AS f ON f.chart = t.chart AND f.year = t.year
                JOIN line AS l ON l.org_no = t.org_no AND l.chart = t.chart AND l.year = t.year
            WHERE 1 = 1 AND t.each * 24 > 5 * f.q3 - 3 * f.q1
)
SELECT * FROM (
SELECT qq_thing(g.subject) AS subject, g.episode, g.tier, CASE WHEN 1 = 1 THEN 1 END AS level, g.amount, g.site, g.kept, g.clause, g.subject AS key, g.called, g.chart, g.year, g.spent, g.each, g.fence, g.is_far, g.collectives
FROM (SELECT hit.subject AS subject, "q.account_year" AS episode, max(tier) FILTER (WHERE clause IS NULL) AS tier, min("q.title") AS called, coalesce(max("q.spent") FILTER (WHERE clause IS NULL), 0) AS amount, min(site) FILTER (WHERE clause IS NULL) AS site, count(*) FILTER (WHERE clause IS NULL) AS kept, min(clause) AS clause, min("q.chart") FILTER (WHERE clause IS NULL) AS chart, max("q.year") FILTER (WHERE clause IS NULL) AS year, max("q.spent") FILTER (WHERE clause IS NULL) AS spent, max("q.each") FILTER (WHERE clause IS NULL) AS each, min("q.fence") FILTER (WHERE clause IS NULL) AS fence, max(CASE WHEN "q.is_far" THEN 1 ELSE 0 END) FILTER (WHERE clause IS NULL) AS is_far, max("q.n") FILTER (WHERE clause IS NULL) AS collectives
FROM (SELECT q.subject AS subject, 1 AS tier, coalesce(q.site, '') AS site, q.subject AS "q.subject", q.site AS "q.site", q.title AS "q.title", q.account_year AS "q.account_year", q.chart AS "q.chart", q.year AS "q.year", q.line_rid AS "q.line_rid", q.spent AS "q.spent", q.each AS "q.each", q.fence AS "q.fence", q.is_far AS "q.is_far", q.n AS "q.n", CAST(NULL AS INTEGER) AS clause
FROM said AS q
WHERE q.subject IS NOT NULL
  AND $1 > 0) AS hit
GROUP BY 1, 2) AS g) AS f
WHERE (f.kept > 0 AND f.level IS NOT NULL) OR f.clause IS NOT NULL
ORDER BY f.subject, f.episode COLLATE "C"

-- findings of the dirty
WITH said(subject, site, title, account_year, chart, year, line_rid, spent, each, fence, is_far, n) AS (
WITH line AS (
                SELECT l.rid, l.site, l.org_no, substr(l.subject, 1, 3) AS chart, l.booked_on / 10000 AS year, l.debit, o.name, o.members
                FROM rural_ledger AS l JOIN rural_org AS o ON o.org_no = l.org_no
                WHERE l.debit > 0 AND substr(l.subject, 1, 1) IN ('4', '5') AND o.members > 0),
            total AS (
                SELECT org_no, chart, year, CAST(sum(debit) AS BIGINT) AS spent, CAST(sum(debit) AS BIGINT) / members AS each
                FROM line GROUP BY org_no, chart, year, members),
            fence AS (
                SELECT chart, year, count(*) AS n, qq_q1_x12(each) AS q1, qq_q3_x12(each) AS q3 FROM total GROUP BY chart, year HAVING count(*) >= 20)
            SELECT l.org_no, l.site, l.name, l.chart || '/' || CAST(l.year AS TEXT), l.chart, CAST(l.year AS TEXT), l.rid, t.spent, t.each,
                (5 * f.q3 - 3 * f.q1) / 24, t.each * 12 > 4 * f.q3 - 3 * f.q1, f.n
            FROM total AS t JOIN fence AS f ON f.chart = t.chart AND f.year = t.year
                JOIN line AS l ON l.org_no = t.org_no AND l.chart = t.chart AND l.year = t.year
            WHERE t.org_no IN (SELECT key FROM dirty_subject) AND t.each * 24 > 5 * f.q3 - 3 * f.q1
)
SELECT * FROM (
SELECT qq_thing(g.subject) AS subject, g.episode, g.tier, CASE WHEN 1 = 1 THEN 1 END AS level, g.amount, g.site, g.kept, g.clause, g.subject AS key, g.called, g.chart, g.year, g.spent, g.each, g.fence, g.is_far, g.collectives
FROM (SELECT hit.subject AS subject, "q.account_year" AS episode, max(tier) FILTER (WHERE clause IS NULL) AS tier, min("q.title") AS called, coalesce(max("q.spent") FILTER (WHERE clause IS NULL), 0) AS amount, min(site) FILTER (WHERE clause IS NULL) AS site, count(*) FILTER (WHERE clause IS NULL) AS kept, min(clause) AS clause, min("q.chart") FILTER (WHERE clause IS NULL) AS chart, max("q.year") FILTER (WHERE clause IS NULL) AS year, max("q.spent") FILTER (WHERE clause IS NULL) AS spent, max("q.each") FILTER (WHERE clause IS NULL) AS each, min("q.fence") FILTER (WHERE clause IS NULL) AS fence, max(CASE WHEN "q.is_far" THEN 1 ELSE 0 END) FILTER (WHERE clause IS NULL) AS is_far, max("q.n") FILTER (WHERE clause IS NULL) AS collectives
FROM (SELECT q.subject AS subject, 1 AS tier, coalesce(q.site, '') AS site, q.subject AS "q.subject", q.site AS "q.site", q.title AS "q.title", q.account_year AS "q.account_year", q.chart AS "q.chart", q.year AS "q.year", q.line_rid AS "q.line_rid", q.spent AS "q.spent", q.each AS "q.each", q.fence AS "q.fence", q.is_far AS "q.is_far", q.n AS "q.n", CAST(NULL AS INTEGER) AS clause
FROM dirty_subject AS s CROSS JOIN said AS q
WHERE q.subject = s.key AND q.subject IS NOT NULL
  AND $1 > 0) AS hit
GROUP BY 1, 2) AS g) AS f
WHERE (f.kept > 0 AND f.level IS NOT NULL) OR f.clause IS NOT NULL
ORDER BY f.subject, f.episode COLLATE "C"

-- evidence
WITH said(subject, site, title, account_year, chart, year, line_rid, spent, each, fence, is_far, n) AS (
WITH line AS (
                SELECT l.rid, l.site, l.org_no, substr(l.subject, 1, 3) AS chart, l.booked_on / 10000 AS year, l.debit, o.name, o.members
                FROM rural_ledger AS l JOIN rural_org AS o ON o.org_no = l.org_no
                WHERE l.debit > 0 AND substr(l.subject, 1, 1) IN ('4', '5') AND o.members > 0),
            total AS (
                SELECT org_no, chart, year, CAST(sum(debit) AS BIGINT) AS spent, CAST(sum(debit) AS BIGINT) / members AS each
                FROM line GROUP BY org_no, chart, year, members),
            fence AS (
                SELECT chart, year, count(*) AS n, qq_q1_x12(each) AS q1, qq_q3_x12(each) AS q3 FROM total GROUP BY chart, year HAVING count(*) >= 20)
            SELECT l.org_no, l.site, l.name, l.chart || '/' || CAST(l.year AS TEXT), l.chart, CAST(l.year AS TEXT), l.rid, t.spent, t.each,
                (5 * f.q3 - 3 * f.q1) / 24, t.each * 12 > 4 * f.q3 - 3 * f.q1, f.n
            FROM total AS t JOIN fence AS f ON f.chart = t.chart AND f.year = t.year
                JOIN line AS l ON l.org_no = t.org_no AND l.chart = t.chart AND l.year = t.year
            WHERE t.org_no IN (SELECT key FROM hit_subject) AND t.each * 24 > 5 * f.q3 - 3 * f.q1
)
SELECT DISTINCT s.subject AS subject, q.account_year AS episode, 1 AS source, l.rid AS rid, l.version AS version, l.row_hash AS row_hash
FROM hit_subject AS s CROSS JOIN said AS q CROSS JOIN rural_ledger AS l
WHERE q.subject = s.key AND q.subject IS NOT NULL
  AND l.rid = q.line_rid
  AND $1 > 0
ORDER BY 1, 2, 3, 4

-- need
SELECT count(*) FROM (SELECT 1 FROM rural_ledger LIMIT 1) AS found

-- need
SELECT count(*) FROM (SELECT 1 FROM rural_org LIMIT 1) AS found
