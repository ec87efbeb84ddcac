-- findings
WITH said(subject, site, title, step_year, year, line_rid, step, amount, round_lines, lines, peer_percent) AS (
WITH step(size) AS (VALUES (100000), (1000000)),
            line AS (
                SELECT l.rid, l.site, l.org_no, l.booked_on / 10000 AS year, l.credit, s.size, CASE WHEN l.credit % s.size = 0 THEN 1 ELSE 0 END AS is_round
                FROM rural_ledger AS l JOIN step AS s ON l.credit >= s.size WHERE l.subject LIKE '10%'),
            own AS (
                SELECT org_no, year, size, CAST(sum(is_round) AS BIGINT) AS round_lines, count(*) AS lines FROM line GROUP BY org_no, year, size),
            whole AS (
                SELECT year, size, CAST(sum(round_lines) AS BIGINT) AS round_lines, CAST(sum(lines) AS BIGINT) AS lines FROM own GROUP BY year, size),
            peer AS (
                SELECT o.org_no, o.year, o.size, o.round_lines AS k, o.lines AS n, w.round_lines - o.round_lines AS peer_round, w.lines - o.lines AS peer_lines
                FROM own AS o JOIN whole AS w ON w.year = o.year AND w.size = o.size)
            SELECT l.org_no, l.site, coalesce(r.name, l.org_no), CAST(l.year AS TEXT) || '/' || CAST(l.size / 100 AS TEXT), CAST(l.year AS TEXT), l.rid, l.size,
                l.credit, p.k, p.n, p.peer_round * 100 / p.peer_lines
            FROM peer AS p JOIN line AS l ON l.org_no = p.org_no AND l.year = p.year AND l.size = p.size LEFT JOIN rural_org AS r ON r.org_no = p.org_no
            WHERE 1 = 1 AND l.is_round = 1 AND p.peer_lines >= 20 AND p.peer_round > 0
                AND p.k * p.peer_lines >= 2 * p.peer_round * p.n AND qq_binomial_p(p.k, p.n, 1.0 * p.peer_round / p.peer_lines) < 0.001
)
SELECT * FROM (
SELECT qq_thing(g.subject) AS subject, g.episode, g.tier, CASE WHEN 1 = 1 THEN 1 END AS level, g.amount, g.site, g.kept, g.clause, g.subject AS key, g.called, g.year, g.step, g.round_lines, g.lines, g.peer_percent
FROM (SELECT hit.subject AS subject, "q.step_year" AS episode, max(tier) FILTER (WHERE clause IS NULL) AS tier, min("q.title") AS called, coalesce(max("q.amount") FILTER (WHERE clause IS NULL), 0) AS amount, min(site) FILTER (WHERE clause IS NULL) AS site, count(*) FILTER (WHERE clause IS NULL) AS kept, min(clause) AS clause, min("q.year") FILTER (WHERE clause IS NULL) AS year, max("q.step") FILTER (WHERE clause IS NULL) AS step, max("q.round_lines") FILTER (WHERE clause IS NULL) AS round_lines, max("q.lines") FILTER (WHERE clause IS NULL) AS lines, max("q.peer_percent") FILTER (WHERE clause IS NULL) AS peer_percent
FROM (SELECT q.subject AS subject, 1 AS tier, coalesce(q.site, '') AS site, q.subject AS "q.subject", q.site AS "q.site", q.title AS "q.title", q.step_year AS "q.step_year", q.year AS "q.year", q.line_rid AS "q.line_rid", q.step AS "q.step", q.amount AS "q.amount", q.round_lines AS "q.round_lines", q.lines AS "q.lines", q.peer_percent AS "q.peer_percent", CAST(NULL AS INTEGER) AS clause
FROM said AS q
WHERE q.subject IS NOT NULL
  AND $1 > 0) AS hit
GROUP BY 1, 2) AS g) AS f
WHERE (f.kept > 0 AND f.level IS NOT NULL) OR f.clause IS NOT NULL
ORDER BY f.subject, f.episode COLLATE "C"

-- findings of the dirty
WITH said(subject, site, title, step_year, year, line_rid, step, amount, round_lines, lines, peer_percent) AS (
WITH step(size) AS (VALUES (100000), (1000000)),
            line AS (
                SELECT l.rid, l.site, l.org_no, l.booked_on / 10000 AS year, l.credit, s.size, CASE WHEN l.credit % s.size = 0 THEN 1 ELSE 0 END AS is_round
                FROM rural_ledger AS l JOIN step AS s ON l.credit >= s.size WHERE l.subject LIKE '10%'),
            own AS (
                SELECT org_no, year, size, CAST(sum(is_round) AS BIGINT) AS round_lines, count(*) AS lines FROM line GROUP BY org_no, year, size),
            whole AS (
                SELECT year, size, CAST(sum(round_lines) AS BIGINT) AS round_lines, CAST(sum(lines) AS BIGINT) AS lines FROM own GROUP BY year, size),
            peer AS (
                SELECT o.org_no, o.year, o.size, o.round_lines AS k, o.lines AS n, w.round_lines - o.round_lines AS peer_round, w.lines - o.lines AS peer_lines
                FROM own AS o JOIN whole AS w ON w.year = o.year AND w.size = o.size)
            SELECT l.org_no, l.site, coalesce(r.name, l.org_no), CAST(l.year AS TEXT) || '/' || CAST(l.size / 100 AS TEXT), CAST(l.year AS TEXT), l.rid, l.size,
                l.credit, p.k, p.n, p.peer_round * 100 / p.peer_lines
            FROM peer AS p JOIN line AS l ON l.org_no = p.org_no AND l.year = p.year AND l.size = p.size LEFT JOIN rural_org AS r ON r.org_no = p.org_no
            WHERE p.org_no IN (SELECT key FROM dirty_subject) AND l.is_round = 1 AND p.peer_lines >= 20 AND p.peer_round > 0
                AND p.k * p.peer_lines >= 2 * p.peer_round * p.n AND qq_binomial_p(p.k, p.n, 1.0 * p.peer_round / p.peer_lines) < 0.001
)
SELECT * FROM (
SELECT qq_thing(g.subject) AS subject, g.episode, g.tier, CASE WHEN 1 = 1 THEN 1 END AS level, g.amount, g.site, g.kept, g.clause, g.subject AS key, g.called, g.year, g.step, g.round_lines, g.lines, g.peer_percent
FROM (SELECT hit.subject AS subject, "q.step_year" AS episode, max(tier) FILTER (WHERE clause IS NULL) AS tier, min("q.title") AS called, coalesce(max("q.amount") FILTER (WHERE clause IS NULL), 0) AS amount, min(site) FILTER (WHERE clause IS NULL) AS site, count(*) FILTER (WHERE clause IS NULL) AS kept, min(clause) AS clause, min("q.year") FILTER (WHERE clause IS NULL) AS year, max("q.step") FILTER (WHERE clause IS NULL) AS step, max("q.round_lines") FILTER (WHERE clause IS NULL) AS round_lines, max("q.lines") FILTER (WHERE clause IS NULL) AS lines, max("q.peer_percent") FILTER (WHERE clause IS NULL) AS peer_percent
FROM (SELECT q.subject AS subject, 1 AS tier, coalesce(q.site, '') AS site, q.subject AS "q.subject", q.site AS "q.site", q.title AS "q.title", q.step_year AS "q.step_year", q.year AS "q.year", q.line_rid AS "q.line_rid", q.step AS "q.step", q.amount AS "q.amount", q.round_lines AS "q.round_lines", q.lines AS "q.lines", q.peer_percent AS "q.peer_percent", CAST(NULL AS INTEGER) AS clause
FROM dirty_subject AS s CROSS JOIN said AS q
WHERE q.subject = s.key AND q.subject IS NOT NULL
  AND $1 > 0) AS hit
GROUP BY 1, 2) AS g) AS f
WHERE (f.kept > 0 AND f.level IS NOT NULL) OR f.clause IS NOT NULL
ORDER BY f.subject, f.episode COLLATE "C"

-- evidence
WITH said(subject, site, title, step_year, year, line_rid, step, amount, round_lines, lines, peer_percent) AS (
WITH step(size) AS (VALUES (100000), (1000000)),
            line AS (
                SELECT l.rid, l.site, l.org_no, l.booked_on / 10000 AS year, l.credit, s.size, CASE WHEN l.credit % s.size = 0 THEN 1 ELSE 0 END AS is_round
                FROM rural_ledger AS l JOIN step AS s ON l.credit >= s.size WHERE l.subject LIKE '10%'),
            own AS (
                SELECT org_no, year, size, CAST(sum(is_round) AS BIGINT) AS round_lines, count(*) AS lines FROM line GROUP BY org_no, year, size),
            whole AS (
                SELECT year, size, CAST(sum(round_lines) AS BIGINT) AS round_lines, CAST(sum(lines) AS BIGINT) AS lines FROM own GROUP BY year, size),
            peer AS (
                SELECT o.org_no, o.year, o.size, o.round_lines AS k, o.lines AS n, w.round_lines - o.round_lines AS peer_round, w.lines - o.lines AS peer_lines
                FROM own AS o JOIN whole AS w ON w.year = o.year AND w.size = o.size)
            SELECT l.org_no, l.site, coalesce(r.name, l.org_no), CAST(l.year AS TEXT) || '/' || CAST(l.size / 100 AS TEXT), CAST(l.year AS TEXT), l.rid, l.size,
                l.credit, p.k, p.n, p.peer_round * 100 / p.peer_lines
            FROM peer AS p JOIN line AS l ON l.org_no = p.org_no AND l.year = p.year AND l.size = p.size LEFT JOIN rural_org AS r ON r.org_no = p.org_no
            WHERE p.org_no IN (SELECT key FROM hit_subject) AND l.is_round = 1 AND p.peer_lines >= 20 AND p.peer_round > 0
                AND p.k * p.peer_lines >= 2 * p.peer_round * p.n AND qq_binomial_p(p.k, p.n, 1.0 * p.peer_round / p.peer_lines) < 0.001
)
SELECT DISTINCT s.subject AS subject, q.step_year AS episode, 1 AS source, l.rid AS rid, l.version AS version, l.row_hash AS row_hash
FROM hit_subject AS s CROSS JOIN said AS q CROSS JOIN rural_ledger AS l
WHERE q.subject = s.key AND q.subject IS NOT NULL
  AND l.rid = q.line_rid
  AND $1 > 0
ORDER BY 1, 2, 3, 4

-- need
SELECT count(*) FROM (SELECT 1 FROM rural_ledger LIMIT 1) AS found
