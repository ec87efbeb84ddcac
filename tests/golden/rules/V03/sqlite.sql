-- findings
SELECT * FROM (
SELECT qq_thing(g.subject) AS subject, g.episode, g.tier, CASE WHEN 1 = 1 THEN 3 END AS level, g.amount, g.site, g.kept, g.clause, g.subject AS key, g.called, g.leads, g.oldest_on
FROM (SELECT hit.subject AS subject, 'idle' AS episode, max(tier) FILTER (WHERE clause IS NULL) AS tier, min("c.office") AS called, 0 AS amount, min(site) FILTER (WHERE clause IS NULL) AS site, count(*) FILTER (WHERE clause IS NULL) AS kept, min(clause) AS clause, count(DISTINCT "c.clue_no") FILTER (WHERE clause IS NULL) AS leads, min("c.handed_on") FILTER (WHERE clause IS NULL) AS oldest_on
FROM (SELECT c.office AS subject, 1 AS tier, coalesce(c.site, '') AS site, c.rid AS "c.rid", c.clue_no AS "c.clue_no", c.problem_no AS "c.problem_no", c.handed_on AS "c.handed_on", c.office AS "c.office", c.way AS "c.way", c.proposed_on AS "c.proposed_on", c.result AS "c.result", c.closed_on AS "c.closed_on", CASE WHEN (c.way IS NOT NULL OR c.result IS NOT NULL) THEN 1 END AS clause
FROM insp_clue AS c
WHERE c.office IS NOT NULL
  AND ?1 > 0
  AND (qq_days(c.handed_on) + 30 < qq_days(?1))
  AND (c.proposed_on IS NULL AND c.closed_on IS NULL)) AS hit
GROUP BY 1, 2) AS g) AS f
WHERE (f.kept > 0 AND f.level IS NOT NULL) OR f.clause IS NOT NULL
ORDER BY f.subject, f.episode

-- findings of the dirty
SELECT * FROM (
SELECT qq_thing(g.subject) AS subject, g.episode, g.tier, CASE WHEN 1 = 1 THEN 3 END AS level, g.amount, g.site, g.kept, g.clause, g.subject AS key, g.called, g.leads, g.oldest_on
FROM (SELECT hit.subject AS subject, 'idle' AS episode, max(tier) FILTER (WHERE clause IS NULL) AS tier, min("c.office") AS called, 0 AS amount, min(site) FILTER (WHERE clause IS NULL) AS site, count(*) FILTER (WHERE clause IS NULL) AS kept, min(clause) AS clause, count(DISTINCT "c.clue_no") FILTER (WHERE clause IS NULL) AS leads, min("c.handed_on") FILTER (WHERE clause IS NULL) AS oldest_on
FROM (SELECT c.office AS subject, 1 AS tier, coalesce(c.site, '') AS site, c.rid AS "c.rid", c.clue_no AS "c.clue_no", c.problem_no AS "c.problem_no", c.handed_on AS "c.handed_on", c.office AS "c.office", c.way AS "c.way", c.proposed_on AS "c.proposed_on", c.result AS "c.result", c.closed_on AS "c.closed_on", CASE WHEN (c.way IS NOT NULL OR c.result IS NOT NULL) THEN 1 END AS clause
FROM dirty_subject AS s CROSS JOIN insp_clue AS c
WHERE c.office = s.key AND c.office IS NOT NULL
  AND ?1 > 0
  AND (qq_days(c.handed_on) + 30 < qq_days(?1))
  AND (c.proposed_on IS NULL AND c.closed_on IS NULL)) AS hit
GROUP BY 1, 2) AS g) AS f
WHERE (f.kept > 0 AND f.level IS NOT NULL) OR f.clause IS NOT NULL
ORDER BY f.subject, f.episode

-- evidence
SELECT DISTINCT s.subject AS subject, 'idle' AS episode, 0 AS source, c.rid AS rid, c.version AS version, c.row_hash AS row_hash
FROM hit_subject AS s CROSS JOIN insp_clue AS c
WHERE c.office = s.key AND c.office IS NOT NULL
  AND ?1 > 0
  AND (qq_days(c.handed_on) + 30 < qq_days(?1))
  AND (c.proposed_on IS NULL AND c.closed_on IS NULL)
  AND NOT coalesce(((c.way IS NOT NULL OR c.result IS NOT NULL)), 0)
ORDER BY 1, 2, 3, 4

-- wake keys
SELECT c.office FROM insp_clue AS c WHERE c.office IS NOT NULL AND qq_ymd(qq_days(c.handed_on) + 30 + 1) > ?1 AND qq_ymd(qq_days(c.handed_on) + 30 + 1) <= ?2

-- need
SELECT count(*) FROM (SELECT 1 FROM insp_clue LIMIT 1) AS found
