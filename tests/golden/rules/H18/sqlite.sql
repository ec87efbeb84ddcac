-- findings
SELECT * FROM (
SELECT qq_thing(g.subject) AS subject, g.episode, g.tier, CASE WHEN 1 = 1 THEN 1 END AS level, g.amount, g.site, g.kept, g.clause, g.subject AS key, g.called, g.programme, g.enrolments, g.due, g.first_on, g.last_on
FROM (SELECT hit.subject AS subject, "e.programme" AS episode, max(tier) FILTER (WHERE clause IS NULL) AS tier, min("e.division") AS called, 0 AS amount, min(site) FILTER (WHERE clause IS NULL) AS site, count(*) FILTER (WHERE clause IS NULL) AS kept, min(clause) AS clause, min("e.programme") FILTER (WHERE clause IS NULL) AS programme, count(DISTINCT "e.rid") FILTER (WHERE clause IS NULL) AS enrolments, max((CASE WHEN "e.programme" = 'liangbu' THEN 3 WHEN "e.programme" = 'dili' THEN 3 WHEN "e.programme" = 'tuigeng' THEN 3 WHEN "e.programme" = 'nongji' THEN 3 ELSE 7 END)) FILTER (WHERE clause IS NULL) AS due, min("e.approved_on") FILTER (WHERE clause IS NULL) AS first_on, max("e.approved_on") FILTER (WHERE clause IS NULL) AS last_on
FROM (SELECT e.division AS subject, 1 AS tier, coalesce(e.site, '') AS site, e.rid AS "e.rid", e.programme AS "e.programme", e.head_id AS "e.head_id", e.member_id AS "e.member_id", e.member_id_person AS "e.member_id_person", e.name AS "e.name", e.relation AS "e.relation", e.division AS "e.division", e.grade AS "e.grade", e.insured AS "e.insured", e.monthly AS "e.monthly", e.approved_on AS "e.approved_on", e.stopped_on AS "e.stopped_on", e.stop_reason AS "e.stop_reason", e.village_cadre AS "e.village_cadre", e.kin_registered AS "e.kin_registered", e.notice_from AS "e.notice_from", e.notice_to AS "e.notice_to", e.handler AS "e.handler", e.approver AS "e.approver", CAST(NULL AS INTEGER) AS clause
FROM benefit_enrol AS e
WHERE e.division IS NOT NULL
  AND ?1 > 0
  AND (e.programme IN ('dibao', 'liangbu', 'dili', 'tuigeng', 'nongji'))
  AND ((((e.notice_from IS NULL AND e.notice_to IS NULL) OR qq_days(e.notice_to) - qq_days(e.notice_from) + 1 < (CASE WHEN e.programme = 'liangbu' THEN 3 WHEN e.programme = 'dili' THEN 3 WHEN e.programme = 'tuigeng' THEN 3 WHEN e.programme = 'nongji' THEN 3 ELSE 7 END))))) AS hit
GROUP BY 1, 2) AS g) AS f
WHERE (f.kept > 0 AND f.level IS NOT NULL) OR f.clause IS NOT NULL
ORDER BY f.subject, f.episode

-- findings of the dirty
SELECT * FROM (
SELECT qq_thing(g.subject) AS subject, g.episode, g.tier, CASE WHEN 1 = 1 THEN 1 END AS level, g.amount, g.site, g.kept, g.clause, g.subject AS key, g.called, g.programme, g.enrolments, g.due, g.first_on, g.last_on
FROM (SELECT hit.subject AS subject, "e.programme" AS episode, max(tier) FILTER (WHERE clause IS NULL) AS tier, min("e.division") AS called, 0 AS amount, min(site) FILTER (WHERE clause IS NULL) AS site, count(*) FILTER (WHERE clause IS NULL) AS kept, min(clause) AS clause, min("e.programme") FILTER (WHERE clause IS NULL) AS programme, count(DISTINCT "e.rid") FILTER (WHERE clause IS NULL) AS enrolments, max((CASE WHEN "e.programme" = 'liangbu' THEN 3 WHEN "e.programme" = 'dili' THEN 3 WHEN "e.programme" = 'tuigeng' THEN 3 WHEN "e.programme" = 'nongji' THEN 3 ELSE 7 END)) FILTER (WHERE clause IS NULL) AS due, min("e.approved_on") FILTER (WHERE clause IS NULL) AS first_on, max("e.approved_on") FILTER (WHERE clause IS NULL) AS last_on
FROM (SELECT e.division AS subject, 1 AS tier, coalesce(e.site, '') AS site, e.rid AS "e.rid", e.programme AS "e.programme", e.head_id AS "e.head_id", e.member_id AS "e.member_id", e.member_id_person AS "e.member_id_person", e.name AS "e.name", e.relation AS "e.relation", e.division AS "e.division", e.grade AS "e.grade", e.insured AS "e.insured", e.monthly AS "e.monthly", e.approved_on AS "e.approved_on", e.stopped_on AS "e.stopped_on", e.stop_reason AS "e.stop_reason", e.village_cadre AS "e.village_cadre", e.kin_registered AS "e.kin_registered", e.notice_from AS "e.notice_from", e.notice_to AS "e.notice_to", e.handler AS "e.handler", e.approver AS "e.approver", CAST(NULL AS INTEGER) AS clause
FROM dirty_subject AS s CROSS JOIN benefit_enrol AS e
WHERE e.division = s.key AND e.division IS NOT NULL
  AND ?1 > 0
  AND (e.programme IN ('dibao', 'liangbu', 'dili', 'tuigeng', 'nongji'))
  AND ((((e.notice_from IS NULL AND e.notice_to IS NULL) OR qq_days(e.notice_to) - qq_days(e.notice_from) + 1 < (CASE WHEN e.programme = 'liangbu' THEN 3 WHEN e.programme = 'dili' THEN 3 WHEN e.programme = 'tuigeng' THEN 3 WHEN e.programme = 'nongji' THEN 3 ELSE 7 END))))) AS hit
GROUP BY 1, 2) AS g) AS f
WHERE (f.kept > 0 AND f.level IS NOT NULL) OR f.clause IS NOT NULL
ORDER BY f.subject, f.episode

-- evidence
SELECT DISTINCT s.subject AS subject, e.programme AS episode, 0 AS source, e.rid AS rid, e.version AS version, e.row_hash AS row_hash
FROM hit_subject AS s CROSS JOIN benefit_enrol AS e
WHERE e.division = s.key AND e.division IS NOT NULL
  AND ?1 > 0
  AND (e.programme IN ('dibao', 'liangbu', 'dili', 'tuigeng', 'nongji'))
  AND ((((e.notice_from IS NULL AND e.notice_to IS NULL) OR qq_days(e.notice_to) - qq_days(e.notice_from) + 1 < (CASE WHEN e.programme = 'liangbu' THEN 3 WHEN e.programme = 'dili' THEN 3 WHEN e.programme = 'tuigeng' THEN 3 WHEN e.programme = 'nongji' THEN 3 ELSE 7 END))))
ORDER BY 1, 2, 3, 4

-- need
SELECT count(*) FROM (SELECT 1 FROM benefit_enrol LIMIT 1) AS found
