-- findings
SELECT * FROM (
SELECT qq_thing(g.subject) AS subject, g.episode, g.tier, CASE WHEN 1 = 1 THEN 4 END AS level, g.amount, g.site, g.kept, g.clause, g.subject AS key, g.called, g.rule, g.accepted_on, g.found_on, g.ended_on
FROM (SELECT hit.subject AS subject, "e.finding_no" AS episode, max(tier) FILTER (WHERE clause IS NULL) AS tier, min("r.measure") AS called, 0 AS amount, min(site) FILTER (WHERE clause IS NULL) AS site, count(*) FILTER (WHERE clause IS NULL) AS kept, min(clause) AS clause, min("e.rule_id") FILTER (WHERE clause IS NULL) AS rule, max("r.accepted_on") FILTER (WHERE clause IS NULL) AS accepted_on, min("e.found_on") FILTER (WHERE clause IS NULL) AS found_on, max("e.ended_on") FILTER (WHERE clause IS NULL) AS ended_on
FROM (SELECT p.problem_no AS subject, 1 AS tier, coalesce(p.site, '') AS site, p.rid AS "p.rid", p.problem_no AS "p.problem_no", p.round_no AS "p.round_no", p.unit_code AS "p.unit_code", p.focus AS "p.focus", p.facts AS "p.facts", p.responsible AS "p.responsible", p.basis AS "p.basis", p.papers_no AS "p.papers_no", p.amount AS "p.amount", p.is_clue AS "p.is_clue", p.finding_no AS "p.finding_no", r.rid AS "r.rid", r.problem_no AS "r.problem_no", r.measure_no AS "r.measure_no", r.measure AS "r.measure", r.unit AS "r.unit", r.responsible AS "r.responsible", r.from_day AS "r.from_day", r.due_on AS "r.due_on", r.progress AS "r.progress", r.state AS "r.state", r.evidence AS "r.evidence", r.accepted_by AS "r.accepted_by", r.accepted_on AS "r.accepted_on", r.extended AS "r.extended", e.rid AS "e.rid", e.finding_no AS "e.finding_no", e.rule_id AS "e.rule_id", e.unit_code AS "e.unit_code", e.unit AS "e.unit", e.subject_id AS "e.subject_id", e.subject_id_person AS "e.subject_id_person", e.subject_name AS "e.subject_name", e.is_own AS "e.is_own", e.found_on AS "e.found_on", e.state AS "e.state", e.raised_by AS "e.raised_by", e.handled_by AS "e.handled_by", e.handler_id AS "e.handler_id", e.handler_id_person AS "e.handler_id_person", e.handler_name AS "e.handler_name", e.decided_on AS "e.decided_on", e.reason AS "e.reason", e.ended_on AS "e.ended_on", CASE WHEN e.state IN ('refuted', 'withdrawn') THEN 1 END AS clause
FROM insp_problem AS p CROSS JOIN rectify AS r CROSS JOIN finding_entry AS e
WHERE p.problem_no IS NOT NULL
  AND r.problem_no = p.problem_no
  AND e.finding_no = p.finding_no
  AND $1 > 0
  AND (r.state = 'closed')
  AND (NOT (EXISTS (SELECT 1 FROM rectify AS o WHERE o.problem_no = p.problem_no AND ((o.state <> 'closed' OR o.accepted_on IS NULL OR qq_days(o.accepted_on) + 62 >= qq_days($1) OR qq_days(o.accepted_on) + 62 >= qq_days(e.ended_on))))))) AS hit
GROUP BY 1, 2) AS g) AS f
WHERE (f.kept > 0 AND f.level IS NOT NULL) OR f.clause IS NOT NULL
ORDER BY f.subject, f.episode COLLATE "C"

-- findings of the dirty
SELECT * FROM (
SELECT qq_thing(g.subject) AS subject, g.episode, g.tier, CASE WHEN 1 = 1 THEN 4 END AS level, g.amount, g.site, g.kept, g.clause, g.subject AS key, g.called, g.rule, g.accepted_on, g.found_on, g.ended_on
FROM (SELECT hit.subject AS subject, "e.finding_no" AS episode, max(tier) FILTER (WHERE clause IS NULL) AS tier, min("r.measure") AS called, 0 AS amount, min(site) FILTER (WHERE clause IS NULL) AS site, count(*) FILTER (WHERE clause IS NULL) AS kept, min(clause) AS clause, min("e.rule_id") FILTER (WHERE clause IS NULL) AS rule, max("r.accepted_on") FILTER (WHERE clause IS NULL) AS accepted_on, min("e.found_on") FILTER (WHERE clause IS NULL) AS found_on, max("e.ended_on") FILTER (WHERE clause IS NULL) AS ended_on
FROM (SELECT p.problem_no AS subject, 1 AS tier, coalesce(p.site, '') AS site, p.rid AS "p.rid", p.problem_no AS "p.problem_no", p.round_no AS "p.round_no", p.unit_code AS "p.unit_code", p.focus AS "p.focus", p.facts AS "p.facts", p.responsible AS "p.responsible", p.basis AS "p.basis", p.papers_no AS "p.papers_no", p.amount AS "p.amount", p.is_clue AS "p.is_clue", p.finding_no AS "p.finding_no", r.rid AS "r.rid", r.problem_no AS "r.problem_no", r.measure_no AS "r.measure_no", r.measure AS "r.measure", r.unit AS "r.unit", r.responsible AS "r.responsible", r.from_day AS "r.from_day", r.due_on AS "r.due_on", r.progress AS "r.progress", r.state AS "r.state", r.evidence AS "r.evidence", r.accepted_by AS "r.accepted_by", r.accepted_on AS "r.accepted_on", r.extended AS "r.extended", e.rid AS "e.rid", e.finding_no AS "e.finding_no", e.rule_id AS "e.rule_id", e.unit_code AS "e.unit_code", e.unit AS "e.unit", e.subject_id AS "e.subject_id", e.subject_id_person AS "e.subject_id_person", e.subject_name AS "e.subject_name", e.is_own AS "e.is_own", e.found_on AS "e.found_on", e.state AS "e.state", e.raised_by AS "e.raised_by", e.handled_by AS "e.handled_by", e.handler_id AS "e.handler_id", e.handler_id_person AS "e.handler_id_person", e.handler_name AS "e.handler_name", e.decided_on AS "e.decided_on", e.reason AS "e.reason", e.ended_on AS "e.ended_on", CASE WHEN e.state IN ('refuted', 'withdrawn') THEN 1 END AS clause
FROM dirty_subject AS s CROSS JOIN insp_problem AS p CROSS JOIN rectify AS r CROSS JOIN finding_entry AS e
WHERE p.problem_no = s.key AND p.problem_no IS NOT NULL
  AND r.problem_no = p.problem_no
  AND e.finding_no = p.finding_no
  AND $1 > 0
  AND (r.state = 'closed')
  AND (NOT (EXISTS (SELECT 1 FROM rectify AS o WHERE o.problem_no = p.problem_no AND ((o.state <> 'closed' OR o.accepted_on IS NULL OR qq_days(o.accepted_on) + 62 >= qq_days($1) OR qq_days(o.accepted_on) + 62 >= qq_days(e.ended_on))))))) AS hit
GROUP BY 1, 2) AS g) AS f
WHERE (f.kept > 0 AND f.level IS NOT NULL) OR f.clause IS NOT NULL
ORDER BY f.subject, f.episode COLLATE "C"

-- evidence
SELECT DISTINCT s.subject AS subject, e.finding_no AS episode, 0 AS source, p.rid AS rid, p.version AS version, p.row_hash AS row_hash
FROM hit_subject AS s CROSS JOIN insp_problem AS p CROSS JOIN rectify AS r CROSS JOIN finding_entry AS e
WHERE p.problem_no = s.key AND p.problem_no IS NOT NULL
  AND r.problem_no = p.problem_no
  AND e.finding_no = p.finding_no
  AND $1 > 0
  AND (r.state = 'closed')
  AND (NOT (EXISTS (SELECT 1 FROM rectify AS o WHERE o.problem_no = p.problem_no AND ((o.state <> 'closed' OR o.accepted_on IS NULL OR qq_days(o.accepted_on) + 62 >= qq_days($1) OR qq_days(o.accepted_on) + 62 >= qq_days(e.ended_on))))))
  AND NOT coalesce((e.state IN ('refuted', 'withdrawn')), FALSE)
UNION ALL
SELECT DISTINCT s.subject AS subject, e.finding_no AS episode, 1 AS source, r.rid AS rid, r.version AS version, r.row_hash AS row_hash
FROM hit_subject AS s CROSS JOIN insp_problem AS p CROSS JOIN rectify AS r CROSS JOIN finding_entry AS e
WHERE p.problem_no = s.key AND p.problem_no IS NOT NULL
  AND r.problem_no = p.problem_no
  AND e.finding_no = p.finding_no
  AND $1 > 0
  AND (r.state = 'closed')
  AND (NOT (EXISTS (SELECT 1 FROM rectify AS o WHERE o.problem_no = p.problem_no AND ((o.state <> 'closed' OR o.accepted_on IS NULL OR qq_days(o.accepted_on) + 62 >= qq_days($1) OR qq_days(o.accepted_on) + 62 >= qq_days(e.ended_on))))))
  AND NOT coalesce((e.state IN ('refuted', 'withdrawn')), FALSE)
UNION ALL
SELECT DISTINCT s.subject AS subject, e.finding_no AS episode, 2 AS source, e.rid AS rid, e.version AS version, e.row_hash AS row_hash
FROM hit_subject AS s CROSS JOIN insp_problem AS p CROSS JOIN rectify AS r CROSS JOIN finding_entry AS e
WHERE p.problem_no = s.key AND p.problem_no IS NOT NULL
  AND r.problem_no = p.problem_no
  AND e.finding_no = p.finding_no
  AND $1 > 0
  AND (r.state = 'closed')
  AND (NOT (EXISTS (SELECT 1 FROM rectify AS o WHERE o.problem_no = p.problem_no AND ((o.state <> 'closed' OR o.accepted_on IS NULL OR qq_days(o.accepted_on) + 62 >= qq_days($1) OR qq_days(o.accepted_on) + 62 >= qq_days(e.ended_on))))))
  AND NOT coalesce((e.state IN ('refuted', 'withdrawn')), FALSE)
ORDER BY 1, 2, 3, 4

-- wake keys
SELECT r.problem_no FROM rectify AS r WHERE r.problem_no IS NOT NULL AND qq_ymd(qq_days(r.accepted_on) + 62 + 1) > $1 AND qq_ymd(qq_days(r.accepted_on) + 62 + 1) <= $2

-- touches
SELECT p.problem_no FROM dirty_key AS changed CROSS JOIN insp_problem AS p
WHERE p.finding_no = changed.key

-- need
SELECT count(*) FROM (SELECT 1 FROM insp_problem LIMIT 1) AS found

-- need
SELECT count(*) FROM (SELECT 1 FROM rectify LIMIT 1) AS found

-- need
SELECT count(*) FROM (SELECT 1 FROM finding_entry LIMIT 1) AS found
