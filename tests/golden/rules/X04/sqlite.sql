-- findings
WITH said(subject, site, problem_rid, clue_rid, fault, since, has_answer) AS (
SELECT p.problem_no, p.site, p.rid, CAST(NULL AS BIGINT), 'kept', r.left_on, 1 = 0
            FROM insp_problem AS p JOIN insp_round AS r ON r.round_no = p.round_no AND r.unit_code = p.unit_code
            WHERE 1 = 1 AND p.is_clue = 1 AND qq_workdays(r.left_on, ?1) > 5
                AND NOT EXISTS (SELECT 1 FROM insp_clue AS k WHERE k.problem_no = p.problem_no)
                AND NOT EXISTS (SELECT 1 FROM insp_clue AS k WHERE k.problem_no IS NULL AND k.handed_on >= coalesce(r.entered_on, 0))
            UNION ALL
            SELECT coalesce(k.problem_no, k.clue_no), k.site, NULL, k.rid, 'idle', k.handed_on, k.way IS NOT NULL OR k.result IS NOT NULL
            FROM insp_clue AS k
            WHERE 1 = 1 AND qq_days(k.handed_on) + 30 < qq_days(?1)
                AND k.proposed_on IS NULL AND k.closed_on IS NULL
)
SELECT * FROM (
SELECT qq_thing(g.subject) AS subject, g.episode, g.tier, CASE WHEN 1 = 1 THEN 3 END AS level, g.amount, g.site, g.kept, g.clause, g.subject AS key, g.called, g.since, g.fault
FROM (SELECT hit.subject AS subject, "q.fault" AS episode, max(tier) FILTER (WHERE clause IS NULL) AS tier, CAST(NULL AS TEXT) AS called, 0 AS amount, min(site) FILTER (WHERE clause IS NULL) AS site, count(*) FILTER (WHERE clause IS NULL) AS kept, min(clause) AS clause, min("q.since") FILTER (WHERE clause IS NULL) AS since, min("q.fault") FILTER (WHERE clause IS NULL) AS fault
FROM (SELECT q.subject AS subject, 1 AS tier, coalesce(q.site, '') AS site, q.subject AS "q.subject", q.site AS "q.site", q.problem_rid AS "q.problem_rid", q.clue_rid AS "q.clue_rid", q.fault AS "q.fault", q.since AS "q.since", q.has_answer AS "q.has_answer", CASE WHEN q.has_answer THEN 1 END AS clause
FROM said AS q
WHERE q.subject IS NOT NULL
  AND ?1 > 0) AS hit
GROUP BY 1, 2) AS g) AS f
WHERE (f.kept > 0 AND f.level IS NOT NULL) OR f.clause IS NOT NULL
ORDER BY f.subject, f.episode

-- findings of the dirty
WITH said(subject, site, problem_rid, clue_rid, fault, since, has_answer) AS (
SELECT p.problem_no, p.site, p.rid, CAST(NULL AS BIGINT), 'kept', r.left_on, 1 = 0
            FROM insp_problem AS p JOIN insp_round AS r ON r.round_no = p.round_no AND r.unit_code = p.unit_code
            WHERE p.problem_no IN (SELECT key FROM dirty_subject) AND p.is_clue = 1 AND qq_workdays(r.left_on, ?1) > 5
                AND NOT EXISTS (SELECT 1 FROM insp_clue AS k WHERE k.problem_no = p.problem_no)
                AND NOT EXISTS (SELECT 1 FROM insp_clue AS k WHERE k.problem_no IS NULL AND k.handed_on >= coalesce(r.entered_on, 0))
            UNION ALL
            SELECT coalesce(k.problem_no, k.clue_no), k.site, NULL, k.rid, 'idle', k.handed_on, k.way IS NOT NULL OR k.result IS NOT NULL
            FROM insp_clue AS k
            WHERE coalesce(k.problem_no, k.clue_no) IN (SELECT key FROM dirty_subject) AND qq_days(k.handed_on) + 30 < qq_days(?1)
                AND k.proposed_on IS NULL AND k.closed_on IS NULL
)
SELECT * FROM (
SELECT qq_thing(g.subject) AS subject, g.episode, g.tier, CASE WHEN 1 = 1 THEN 3 END AS level, g.amount, g.site, g.kept, g.clause, g.subject AS key, g.called, g.since, g.fault
FROM (SELECT hit.subject AS subject, "q.fault" AS episode, max(tier) FILTER (WHERE clause IS NULL) AS tier, CAST(NULL AS TEXT) AS called, 0 AS amount, min(site) FILTER (WHERE clause IS NULL) AS site, count(*) FILTER (WHERE clause IS NULL) AS kept, min(clause) AS clause, min("q.since") FILTER (WHERE clause IS NULL) AS since, min("q.fault") FILTER (WHERE clause IS NULL) AS fault
FROM (SELECT q.subject AS subject, 1 AS tier, coalesce(q.site, '') AS site, q.subject AS "q.subject", q.site AS "q.site", q.problem_rid AS "q.problem_rid", q.clue_rid AS "q.clue_rid", q.fault AS "q.fault", q.since AS "q.since", q.has_answer AS "q.has_answer", CASE WHEN q.has_answer THEN 1 END AS clause
FROM dirty_subject AS s CROSS JOIN said AS q
WHERE q.subject = s.key AND q.subject IS NOT NULL
  AND ?1 > 0) AS hit
GROUP BY 1, 2) AS g) AS f
WHERE (f.kept > 0 AND f.level IS NOT NULL) OR f.clause IS NOT NULL
ORDER BY f.subject, f.episode

-- evidence
WITH said(subject, site, problem_rid, clue_rid, fault, since, has_answer) AS (
SELECT p.problem_no, p.site, p.rid, CAST(NULL AS BIGINT), 'kept', r.left_on, 1 = 0
            FROM insp_problem AS p JOIN insp_round AS r ON r.round_no = p.round_no AND r.unit_code = p.unit_code
            WHERE p.problem_no IN (SELECT key FROM hit_subject) AND p.is_clue = 1 AND qq_workdays(r.left_on, ?1) > 5
                AND NOT EXISTS (SELECT 1 FROM insp_clue AS k WHERE k.problem_no = p.problem_no)
                AND NOT EXISTS (SELECT 1 FROM insp_clue AS k WHERE k.problem_no IS NULL AND k.handed_on >= coalesce(r.entered_on, 0))
            UNION ALL
            SELECT coalesce(k.problem_no, k.clue_no), k.site, NULL, k.rid, 'idle', k.handed_on, k.way IS NOT NULL OR k.result IS NOT NULL
            FROM insp_clue AS k
            WHERE coalesce(k.problem_no, k.clue_no) IN (SELECT key FROM hit_subject) AND qq_days(k.handed_on) + 30 < qq_days(?1)
                AND k.proposed_on IS NULL AND k.closed_on IS NULL
)
SELECT DISTINCT s.subject AS subject, q.fault AS episode, 1 AS source, p.rid AS rid, p.version AS version, p.row_hash AS row_hash
FROM hit_subject AS s CROSS JOIN said AS q CROSS JOIN insp_problem AS p
WHERE q.subject = s.key AND q.subject IS NOT NULL
  AND p.rid = q.problem_rid
  AND ?1 > 0
  AND NOT coalesce((q.has_answer), 0)
UNION ALL
SELECT DISTINCT s.subject AS subject, q.fault AS episode, 2 AS source, k.rid AS rid, k.version AS version, k.row_hash AS row_hash
FROM hit_subject AS s CROSS JOIN said AS q CROSS JOIN insp_clue AS k
WHERE q.subject = s.key AND q.subject IS NOT NULL
  AND k.rid = q.clue_rid
  AND ?1 > 0
  AND NOT coalesce((q.has_answer), 0)
ORDER BY 1, 2, 3, 4

-- need
SELECT count(*) FROM (SELECT 1 FROM insp_problem LIMIT 1) AS found

-- need
SELECT count(*) FROM (SELECT 1 FROM insp_clue LIMIT 1) AS found
