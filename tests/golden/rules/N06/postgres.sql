-- findings
WITH said(subject, site, title, what, line_rid, before_rid, year, missing, amounts, chi2, pair) AS (
WITH line AS (
                SELECT rid, site, org_no, booked_on / 10000 AS year, coalesce(nullif(debit, 0), credit) AS amount, rtrim(voucher_no, '0123456789') AS series,
                    substr(voucher_no, length(rtrim(voucher_no, '0123456789')) + 1) AS digits
                FROM rural_ledger WHERE 1 = 1),
            number AS (
                SELECT org_no, year, series, CASE WHEN length(digits) BETWEEN 1 AND 9 THEN CAST(digits AS BIGINT) END AS no, min(rid) AS rid
                FROM line WHERE length(digits) BETWEEN 1 AND 9 GROUP BY 1, 2, 3, 4),
            run AS (
                SELECT org_no, year, series, min(no) AS low, max(no) AS high, count(*) AS n FROM number GROUP BY org_no, year, series
                HAVING count(*) >= 20 AND count(*) * 100 >= 90 * (max(no) - min(no) + 1) AND count(*) < max(no) - min(no) + 1),
            step AS (
                SELECT n.org_no, n.year, n.series, n.rid, n.no, lag(n.no) OVER w AS before_no, lag(n.rid) OVER w AS before_rid
                FROM number AS n JOIN run AS r ON r.org_no = n.org_no AND r.year = n.year AND r.series = n.series
                WINDOW w AS (PARTITION BY n.org_no, n.year, n.series ORDER BY n.no)),
            fen AS (
                SELECT org_no, year, amount, abs(amount) % 100 AS pair, min(rid) AS rid FROM line WHERE amount % 100 <> 0 GROUP BY 1, 2, 3, 4),
            pairs AS (SELECT org_no, year, pair, count(*) AS o FROM fen GROUP BY org_no, year, pair),
            spread AS (
                SELECT org_no, year, CAST(sum(o) AS BIGINT) AS n, CAST(sum(o * o) AS BIGINT) AS squares, max(o) AS most
                FROM pairs GROUP BY org_no, year),
            far AS (
                SELECT s.*, min(p.pair) AS pair FROM spread AS s JOIN pairs AS p ON p.org_no = s.org_no AND p.year = s.year AND p.o = s.most
                WHERE s.n >= 300 AND 99 * s.squares >= (s.n + 149) * s.n GROUP BY s.org_no, s.year, s.n, s.squares, s.most),
            found AS (
                SELECT org_no, year, 'series ' || series AS what, rid, before_rid, no - before_no - 1 AS missing, CAST(NULL AS BIGINT) AS n,
                    CAST(NULL AS BIGINT) AS chi2, CAST(NULL AS BIGINT) AS pair
                FROM step WHERE no > before_no + 1
                UNION ALL
                SELECT f.org_no, f.year, 'digits', e.rid, NULL, NULL, f.n, 99 * f.squares / f.n - f.n, f.pair
                FROM far AS f JOIN fen AS e ON e.org_no = f.org_no AND e.year = f.year AND e.pair = f.pair)
            SELECT x.org_no, l.site, coalesce(r.name, x.org_no), x.what || ' ' || CAST(x.year AS TEXT), x.rid, x.before_rid, CAST(x.year AS TEXT), x.missing, x.n,
                x.chi2, CAST(x.pair AS TEXT)
            FROM found AS x JOIN rural_ledger AS l ON l.rid = x.rid LEFT JOIN rural_org AS r ON r.org_no = x.org_no
)
SELECT * FROM (
SELECT qq_thing(g.subject) AS subject, g.episode, g.tier, CASE WHEN 1 = 1 THEN 1 END AS level, g.amount, g.site, g.kept, g.clause, g.subject AS key, g.called, g.year, g.missing, g.places, g.amounts, g.chi2, g.pair
FROM (SELECT hit.subject AS subject, "q.what" AS episode, max(tier) FILTER (WHERE clause IS NULL) AS tier, min("q.title") AS called, 0 AS amount, min(site) FILTER (WHERE clause IS NULL) AS site, count(*) FILTER (WHERE clause IS NULL) AS kept, min(clause) AS clause, min("q.year") FILTER (WHERE clause IS NULL) AS year, sum("q.missing") FILTER (WHERE clause IS NULL) AS missing, count(DISTINCT "q.before_rid") FILTER (WHERE clause IS NULL) AS places, max("q.amounts") FILTER (WHERE clause IS NULL) AS amounts, max("q.chi2") FILTER (WHERE clause IS NULL) AS chi2, min("q.pair") FILTER (WHERE clause IS NULL) AS pair
FROM (SELECT q.subject AS subject, 1 AS tier, coalesce(q.site, '') AS site, q.subject AS "q.subject", q.site AS "q.site", q.title AS "q.title", q.what AS "q.what", q.line_rid AS "q.line_rid", q.before_rid AS "q.before_rid", q.year AS "q.year", q.missing AS "q.missing", q.amounts AS "q.amounts", q.chi2 AS "q.chi2", q.pair AS "q.pair", CAST(NULL AS INTEGER) AS clause
FROM said AS q
WHERE q.subject IS NOT NULL
  AND $1 > 0) AS hit
GROUP BY 1, 2) AS g) AS f
WHERE (f.kept > 0 AND f.level IS NOT NULL) OR f.clause IS NOT NULL
ORDER BY f.subject, f.episode COLLATE "C"

-- findings of the dirty
WITH said(subject, site, title, what, line_rid, before_rid, year, missing, amounts, chi2, pair) AS (
WITH line AS (
                SELECT rid, site, org_no, booked_on / 10000 AS year, coalesce(nullif(debit, 0), credit) AS amount, rtrim(voucher_no, '0123456789') AS series,
                    substr(voucher_no, length(rtrim(voucher_no, '0123456789')) + 1) AS digits
                FROM rural_ledger WHERE org_no IN (SELECT key FROM dirty_subject)),
            number AS (
                SELECT org_no, year, series, CASE WHEN length(digits) BETWEEN 1 AND 9 THEN CAST(digits AS BIGINT) END AS no, min(rid) AS rid
                FROM line WHERE length(digits) BETWEEN 1 AND 9 GROUP BY 1, 2, 3, 4),
            run AS (
                SELECT org_no, year, series, min(no) AS low, max(no) AS high, count(*) AS n FROM number GROUP BY org_no, year, series
                HAVING count(*) >= 20 AND count(*) * 100 >= 90 * (max(no) - min(no) + 1) AND count(*) < max(no) - min(no) + 1),
            step AS (
                SELECT n.org_no, n.year, n.series, n.rid, n.no, lag(n.no) OVER w AS before_no, lag(n.rid) OVER w AS before_rid
                FROM number AS n JOIN run AS r ON r.org_no = n.org_no AND r.year = n.year AND r.series = n.series
                WINDOW w AS (PARTITION BY n.org_no, n.year, n.series ORDER BY n.no)),
            fen AS (
                SELECT org_no, year, amount, abs(amount) % 100 AS pair, min(rid) AS rid FROM line WHERE amount % 100 <> 0 GROUP BY 1, 2, 3, 4),
            pairs AS (SELECT org_no, year, pair, count(*) AS o FROM fen GROUP BY org_no, year, pair),
            spread AS (
                SELECT org_no, year, CAST(sum(o) AS BIGINT) AS n, CAST(sum(o * o) AS BIGINT) AS squares, max(o) AS most
                FROM pairs GROUP BY org_no, year),
            far AS (
                SELECT s.*, min(p.pair) AS pair FROM spread AS s JOIN pairs AS p ON p.org_no = s.org_no AND p.year = s.year AND p.o = s.most
                WHERE s.n >= 300 AND 99 * s.squares >= (s.n + 149) * s.n GROUP BY s.org_no, s.year, s.n, s.squares, s.most),
            found AS (
                SELECT org_no, year, 'series ' || series AS what, rid, before_rid, no - before_no - 1 AS missing, CAST(NULL AS BIGINT) AS n,
                    CAST(NULL AS BIGINT) AS chi2, CAST(NULL AS BIGINT) AS pair
                FROM step WHERE no > before_no + 1
                UNION ALL
                SELECT f.org_no, f.year, 'digits', e.rid, NULL, NULL, f.n, 99 * f.squares / f.n - f.n, f.pair
                FROM far AS f JOIN fen AS e ON e.org_no = f.org_no AND e.year = f.year AND e.pair = f.pair)
            SELECT x.org_no, l.site, coalesce(r.name, x.org_no), x.what || ' ' || CAST(x.year AS TEXT), x.rid, x.before_rid, CAST(x.year AS TEXT), x.missing, x.n,
                x.chi2, CAST(x.pair AS TEXT)
            FROM found AS x JOIN rural_ledger AS l ON l.rid = x.rid LEFT JOIN rural_org AS r ON r.org_no = x.org_no
)
SELECT * FROM (
SELECT qq_thing(g.subject) AS subject, g.episode, g.tier, CASE WHEN 1 = 1 THEN 1 END AS level, g.amount, g.site, g.kept, g.clause, g.subject AS key, g.called, g.year, g.missing, g.places, g.amounts, g.chi2, g.pair
FROM (SELECT hit.subject AS subject, "q.what" AS episode, max(tier) FILTER (WHERE clause IS NULL) AS tier, min("q.title") AS called, 0 AS amount, min(site) FILTER (WHERE clause IS NULL) AS site, count(*) FILTER (WHERE clause IS NULL) AS kept, min(clause) AS clause, min("q.year") FILTER (WHERE clause IS NULL) AS year, sum("q.missing") FILTER (WHERE clause IS NULL) AS missing, count(DISTINCT "q.before_rid") FILTER (WHERE clause IS NULL) AS places, max("q.amounts") FILTER (WHERE clause IS NULL) AS amounts, max("q.chi2") FILTER (WHERE clause IS NULL) AS chi2, min("q.pair") FILTER (WHERE clause IS NULL) AS pair
FROM (SELECT q.subject AS subject, 1 AS tier, coalesce(q.site, '') AS site, q.subject AS "q.subject", q.site AS "q.site", q.title AS "q.title", q.what AS "q.what", q.line_rid AS "q.line_rid", q.before_rid AS "q.before_rid", q.year AS "q.year", q.missing AS "q.missing", q.amounts AS "q.amounts", q.chi2 AS "q.chi2", q.pair AS "q.pair", CAST(NULL AS INTEGER) AS clause
FROM dirty_subject AS s CROSS JOIN said AS q
WHERE q.subject = s.key AND q.subject IS NOT NULL
  AND $1 > 0) AS hit
GROUP BY 1, 2) AS g) AS f
WHERE (f.kept > 0 AND f.level IS NOT NULL) OR f.clause IS NOT NULL
ORDER BY f.subject, f.episode COLLATE "C"

-- evidence
WITH said(subject, site, title, what, line_rid, before_rid, year, missing, amounts, chi2, pair) AS (
WITH line AS (
                SELECT rid, site, org_no, booked_on / 10000 AS year, coalesce(nullif(debit, 0), credit) AS amount, rtrim(voucher_no, '0123456789') AS series,
                    substr(voucher_no, length(rtrim(voucher_no, '0123456789')) + 1) AS digits
                FROM rural_ledger WHERE org_no IN (SELECT key FROM hit_subject)),
            number AS (
                SELECT org_no, year, series, CASE WHEN length(digits) BETWEEN 1 AND 9 THEN CAST(digits AS BIGINT) END AS no, min(rid) AS rid
                FROM line WHERE length(digits) BETWEEN 1 AND 9 GROUP BY 1, 2, 3, 4),
            run AS (
                SELECT org_no, year, series, min(no) AS low, max(no) AS high, count(*) AS n FROM number GROUP BY org_no, year, series
                HAVING count(*) >= 20 AND count(*) * 100 >= 90 * (max(no) - min(no) + 1) AND count(*) < max(no) - min(no) + 1),
            step AS (
                SELECT n.org_no, n.year, n.series, n.rid, n.no, lag(n.no) OVER w AS before_no, lag(n.rid) OVER w AS before_rid
                FROM number AS n JOIN run AS r ON r.org_no = n.org_no AND r.year = n.year AND r.series = n.series
                WINDOW w AS (PARTITION BY n.org_no, n.year, n.series ORDER BY n.no)),
            fen AS (
                SELECT org_no, year, amount, abs(amount) % 100 AS pair, min(rid) AS rid FROM line WHERE amount % 100 <> 0 GROUP BY 1, 2, 3, 4),
            pairs AS (SELECT org_no, year, pair, count(*) AS o FROM fen GROUP BY org_no, year, pair),
            spread AS (
                SELECT org_no, year, CAST(sum(o) AS BIGINT) AS n, CAST(sum(o * o) AS BIGINT) AS squares, max(o) AS most
                FROM pairs GROUP BY org_no, year),
            far AS (
                SELECT s.*, min(p.pair) AS pair FROM spread AS s JOIN pairs AS p ON p.org_no = s.org_no AND p.year = s.year AND p.o = s.most
                WHERE s.n >= 300 AND 99 * s.squares >= (s.n + 149) * s.n GROUP BY s.org_no, s.year, s.n, s.squares, s.most),
            found AS (
                SELECT org_no, year, 'series ' || series AS what, rid, before_rid, no - before_no - 1 AS missing, CAST(NULL AS BIGINT) AS n,
                    CAST(NULL AS BIGINT) AS chi2, CAST(NULL AS BIGINT) AS pair
                FROM step WHERE no > before_no + 1
                UNION ALL
                SELECT f.org_no, f.year, 'digits', e.rid, NULL, NULL, f.n, 99 * f.squares / f.n - f.n, f.pair
                FROM far AS f JOIN fen AS e ON e.org_no = f.org_no AND e.year = f.year AND e.pair = f.pair)
            SELECT x.org_no, l.site, coalesce(r.name, x.org_no), x.what || ' ' || CAST(x.year AS TEXT), x.rid, x.before_rid, CAST(x.year AS TEXT), x.missing, x.n,
                x.chi2, CAST(x.pair AS TEXT)
            FROM found AS x JOIN rural_ledger AS l ON l.rid = x.rid LEFT JOIN rural_org AS r ON r.org_no = x.org_no
)
SELECT DISTINCT s.subject AS subject, q.what AS episode, 1 AS source, b.rid AS rid, b.version AS version, b.row_hash AS row_hash
FROM hit_subject AS s CROSS JOIN said AS q CROSS JOIN rural_ledger AS b
WHERE q.subject = s.key AND q.subject IS NOT NULL
  AND b.rid = q.before_rid
  AND $1 > 0
UNION ALL
SELECT DISTINCT s.subject AS subject, q.what AS episode, 2 AS source, l.rid AS rid, l.version AS version, l.row_hash AS row_hash
FROM hit_subject AS s CROSS JOIN said AS q CROSS JOIN rural_ledger AS l
WHERE q.subject = s.key AND q.subject IS NOT NULL
  AND l.rid = q.line_rid
  AND $1 > 0
ORDER BY 1, 2, 3, 4

-- need
SELECT count(*) FROM (SELECT 1 FROM rural_ledger LIMIT 1) AS found
