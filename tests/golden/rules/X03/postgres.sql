-- findings
WITH said(subject, site, first_problem, first_rid, again_rid, finding_rid, focus, first_on, again_on) AS (
WITH p AS (
                SELECT p.unit_code, p.site, p.rid, p.problem_no, p.focus, p.basis, p.facts, p.finding_no, r.entered_on, coalesce(r.left_on, r.entered_on) AS left_on
                FROM insp_problem AS p JOIN insp_round AS r ON r.round_no = p.round_no AND r.unit_code = p.unit_code
                WHERE 1 = 1 AND r.entered_on IS NOT NULL)
            SELECT a.unit_code, b.site, a.problem_no, a.rid, b.rid, CAST(NULL AS BIGINT), a.focus, a.entered_on, b.entered_on
            FROM p AS a JOIN p AS b ON b.unit_code = a.unit_code AND b.focus = a.focus AND b.entered_on > a.entered_on
            WHERE qq_months(qq_month_of(b.entered_on)) - qq_months(qq_month_of(a.entered_on)) <= 24
                AND (b.basis = a.basis OR qq_similar(a.facts, b.facts) >= 85)
            UNION ALL
            SELECT a.unit_code, a.site, a.problem_no, a.rid, NULL, e.rid, a.focus, a.entered_on, e.found_on
            FROM p AS a JOIN finding_entry AS f ON f.finding_no = a.finding_no
                JOIN finding_entry AS e ON e.unit_code = a.unit_code AND e.rule_id = f.rule_id AND e.finding_no <> f.finding_no
            WHERE e.state = 'confirmed' AND e.found_on > a.left_on
                AND qq_months(qq_month_of(e.found_on)) - qq_months(qq_month_of(a.entered_on)) <= 24
)
SELECT * FROM (
SELECT qq_thing(g.subject) AS subject, g.episode, g.tier, CASE WHEN 1 = 1 THEN 3 END AS level, g.amount, g.site, g.kept, g.clause, g.subject AS key, g.called, g.focus, g.first_on, g.again_on, g.inspections, g.findings
FROM (SELECT hit.subject AS subject, "q.first_problem" AS episode, max(tier) FILTER (WHERE clause IS NULL) AS tier, CAST(NULL AS TEXT) AS called, 0 AS amount, min(site) FILTER (WHERE clause IS NULL) AS site, count(*) FILTER (WHERE clause IS NULL) AS kept, min(clause) AS clause, min("q.focus") FILTER (WHERE clause IS NULL) AS focus, min("q.first_on") FILTER (WHERE clause IS NULL) AS first_on, max("q.again_on") FILTER (WHERE clause IS NULL) AS again_on, count(DISTINCT "q.again_rid") FILTER (WHERE clause IS NULL) AS inspections, count(DISTINCT "q.finding_rid") FILTER (WHERE clause IS NULL) AS findings
FROM (SELECT q.subject AS subject, 1 AS tier, coalesce(q.site, '') AS site, q.subject AS "q.subject", q.site AS "q.site", q.first_problem AS "q.first_problem", q.first_rid AS "q.first_rid", q.again_rid AS "q.again_rid", q.finding_rid AS "q.finding_rid", q.focus AS "q.focus", q.first_on AS "q.first_on", q.again_on AS "q.again_on", CAST(NULL AS INTEGER) AS clause
FROM said AS q
WHERE q.subject IS NOT NULL
  AND $1 > 0) AS hit
GROUP BY 1, 2) AS g) AS f
WHERE (f.kept > 0 AND f.level IS NOT NULL) OR f.clause IS NOT NULL
ORDER BY f.subject, f.episode COLLATE "C"

-- findings of the dirty
WITH said(subject, site, first_problem, first_rid, again_rid, finding_rid, focus, first_on, again_on) AS (
WITH p AS (
                SELECT p.unit_code, p.site, p.rid, p.problem_no, p.focus, p.basis, p.facts, p.finding_no, r.entered_on, coalesce(r.left_on, r.entered_on) AS left_on
                FROM insp_problem AS p JOIN insp_round AS r ON r.round_no = p.round_no AND r.unit_code = p.unit_code
                WHERE p.unit_code IN (SELECT key FROM dirty_subject) AND r.entered_on IS NOT NULL)
            SELECT a.unit_code, b.site, a.problem_no, a.rid, b.rid, CAST(NULL AS BIGINT), a.focus, a.entered_on, b.entered_on
            FROM p AS a JOIN p AS b ON b.unit_code = a.unit_code AND b.focus = a.focus AND b.entered_on > a.entered_on
            WHERE qq_months(qq_month_of(b.entered_on)) - qq_months(qq_month_of(a.entered_on)) <= 24
                AND (b.basis = a.basis OR qq_similar(a.facts, b.facts) >= 85)
            UNION ALL
            SELECT a.unit_code, a.site, a.problem_no, a.rid, NULL, e.rid, a.focus, a.entered_on, e.found_on
            FROM p AS a JOIN finding_entry AS f ON f.finding_no = a.finding_no
                JOIN finding_entry AS e ON e.unit_code = a.unit_code AND e.rule_id = f.rule_id AND e.finding_no <> f.finding_no
            WHERE e.state = 'confirmed' AND e.found_on > a.left_on
                AND qq_months(qq_month_of(e.found_on)) - qq_months(qq_month_of(a.entered_on)) <= 24
)
SELECT * FROM (
SELECT qq_thing(g.subject) AS subject, g.episode, g.tier, CASE WHEN 1 = 1 THEN 3 END AS level, g.amount, g.site, g.kept, g.clause, g.subject AS key, g.called, g.focus, g.first_on, g.again_on, g.inspections, g.findings
FROM (SELECT hit.subject AS subject, "q.first_problem" AS episode, max(tier) FILTER (WHERE clause IS NULL) AS tier, CAST(NULL AS TEXT) AS called, 0 AS amount, min(site) FILTER (WHERE clause IS NULL) AS site, count(*) FILTER (WHERE clause IS NULL) AS kept, min(clause) AS clause, min("q.focus") FILTER (WHERE clause IS NULL) AS focus, min("q.first_on") FILTER (WHERE clause IS NULL) AS first_on, max("q.again_on") FILTER (WHERE clause IS NULL) AS again_on, count(DISTINCT "q.again_rid") FILTER (WHERE clause IS NULL) AS inspections, count(DISTINCT "q.finding_rid") FILTER (WHERE clause IS NULL) AS findings
FROM (SELECT q.subject AS subject, 1 AS tier, coalesce(q.site, '') AS site, q.subject AS "q.subject", q.site AS "q.site", q.first_problem AS "q.first_problem", q.first_rid AS "q.first_rid", q.again_rid AS "q.again_rid", q.finding_rid AS "q.finding_rid", q.focus AS "q.focus", q.first_on AS "q.first_on", q.again_on AS "q.again_on", CAST(NULL AS INTEGER) AS clause
FROM dirty_subject AS s CROSS JOIN said AS q
WHERE q.subject = s.key AND q.subject IS NOT NULL
  AND $1 > 0) AS hit
GROUP BY 1, 2) AS g) AS f
WHERE (f.kept > 0 AND f.level IS NOT NULL) OR f.clause IS NOT NULL
ORDER BY f.subject, f.episode COLLATE "C"

-- evidence
WITH said(subject, site, first_problem, first_rid, again_rid, finding_rid, focus, first_on, again_on) AS (
WITH p AS (
                SELECT p.unit_code, p.site, p.rid, p.problem_no, p.focus, p.basis, p.facts, p.finding_no, r.entered_on, coalesce(r.left_on, r.entered_on) AS left_on
                FROM insp_problem AS p JOIN insp_round AS r ON r.round_no = p.round_no AND r.unit_code = p.unit_code
                WHERE p.unit_code IN (SELECT key FROM hit_subject) AND r.entered_on IS NOT NULL)
            SELECT a.unit_code, b.site, a.problem_no, a.rid, b.rid, CAST(NULL AS BIGINT), a.focus, a.entered_on, b.entered_on
            FROM p AS a JOIN p AS b ON b.unit_code = a.unit_code AND b.focus = a.focus AND b.entered_on > a.entered_on
            WHERE qq_months(qq_month_of(b.entered_on)) - qq_months(qq_month_of(a.entered_on)) <= 24
                AND (b.basis = a.basis OR qq_similar(a.facts, b.facts) >= 85)
            UNION ALL
            SELECT a.unit_code, a.site, a.problem_no, a.rid, NULL, e.rid, a.focus, a.entered_on, e.found_on
            FROM p AS a JOIN finding_entry AS f ON f.finding_no = a.finding_no
                JOIN finding_entry AS e ON e.unit_code = a.unit_code AND e.rule_id = f.rule_id AND e.finding_no <> f.finding_no
            WHERE e.state = 'confirmed' AND e.found_on > a.left_on
                AND qq_months(qq_month_of(e.found_on)) - qq_months(qq_month_of(a.entered_on)) <= 24
)
SELECT DISTINCT s.subject AS subject, q.first_problem AS episode, 1 AS source, a.rid AS rid, a.version AS version, a.row_hash AS row_hash
FROM hit_subject AS s CROSS JOIN said AS q CROSS JOIN insp_problem AS a
WHERE q.subject = s.key AND q.subject IS NOT NULL
  AND a.rid = q.first_rid
  AND $1 > 0
UNION ALL
SELECT DISTINCT s.subject AS subject, q.first_problem AS episode, 2 AS source, b.rid AS rid, b.version AS version, b.row_hash AS row_hash
FROM hit_subject AS s CROSS JOIN said AS q CROSS JOIN insp_problem AS b
WHERE q.subject = s.key AND q.subject IS NOT NULL
  AND b.rid = q.again_rid
  AND $1 > 0
UNION ALL
SELECT DISTINCT s.subject AS subject, q.first_problem AS episode, 3 AS source, e.rid AS rid, e.version AS version, e.row_hash AS row_hash
FROM hit_subject AS s CROSS JOIN said AS q CROSS JOIN finding_entry AS e
WHERE q.subject = s.key AND q.subject IS NOT NULL
  AND e.rid = q.finding_rid
  AND $1 > 0
ORDER BY 1, 2, 3, 4

-- touches
SELECT unit_code FROM insp_problem WHERE round_no IN (SELECT key FROM dirty_key) OR finding_no IN (SELECT key FROM dirty_key)

-- need
SELECT count(*) FROM (SELECT 1 FROM insp_problem LIMIT 1) AS found

-- need
SELECT count(*) FROM (SELECT 1 FROM insp_round LIMIT 1) AS found
