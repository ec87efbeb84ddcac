-- findings
SELECT * FROM (
SELECT qq_thing(g.subject) AS subject, g.episode, g.tier, CASE WHEN 1 = 1 THEN 1 END AS level, g.amount, g.site, g.kept, g.clause, g.subject AS key, g.called, g.met_on, g.spoke, g.present
FROM (SELECT hit.subject AS subject, "d.decision_no" AS episode, max(tier) FILTER (WHERE clause IS NULL) AS tier, CAST(NULL AS TEXT) AS called, coalesce(max("d.amount") FILTER (WHERE clause IS NULL), 0) AS amount, min(site) FILTER (WHERE clause IS NULL) AS site, count(*) FILTER (WHERE clause IS NULL) AS kept, min(clause) AS clause, max("d.met_on") FILTER (WHERE clause IS NULL) AS met_on, min("d.head_spoke") FILTER (WHERE clause IS NULL) AS spoke, max("d.present") FILTER (WHERE clause IS NULL) AS present
FROM (SELECT d.unit_code AS subject, 1 AS tier, coalesce(d.site, '') AS site, d.rid AS "d.rid", d.decision_no AS "d.decision_no", d.unit_code AS "d.unit_code", d.meeting AS "d.meeting", d.meeting_kind AS "d.meeting_kind", d.met_on AS "d.met_on", d.topic AS "d.topic", d.kind AS "d.kind", d.amount AS "d.amount", d.due AS "d.due", d.present AS "d.present", d.in_favour AS "d.in_favour", d.against AS "d.against", d.abstained AS "d.abstained", d.chair AS "d.chair", d.head_spoke AS "d.head_spoke", d.recused AS "d.recused", d.resolution AS "d.resolution", d.executor AS "d.executor", d.execute_by AS "d.execute_by", d.minutes_no AS "d.minutes_no", d.attachments AS "d.attachments", d.matter_no AS "d.matter_no", d.circulated_on AS "d.circulated_on", CAST(NULL AS INTEGER) AS clause
FROM decision AS d
WHERE d.unit_code IS NOT NULL
  AND ?1 > 0
  AND (d.head_spoke < d.present)) AS hit
GROUP BY 1, 2) AS g) AS f
WHERE (f.kept > 0 AND f.level IS NOT NULL) OR f.clause IS NOT NULL
ORDER BY f.subject, f.episode

-- findings of the dirty
SELECT * FROM (
SELECT qq_thing(g.subject) AS subject, g.episode, g.tier, CASE WHEN 1 = 1 THEN 1 END AS level, g.amount, g.site, g.kept, g.clause, g.subject AS key, g.called, g.met_on, g.spoke, g.present
FROM (SELECT hit.subject AS subject, "d.decision_no" AS episode, max(tier) FILTER (WHERE clause IS NULL) AS tier, CAST(NULL AS TEXT) AS called, coalesce(max("d.amount") FILTER (WHERE clause IS NULL), 0) AS amount, min(site) FILTER (WHERE clause IS NULL) AS site, count(*) FILTER (WHERE clause IS NULL) AS kept, min(clause) AS clause, max("d.met_on") FILTER (WHERE clause IS NULL) AS met_on, min("d.head_spoke") FILTER (WHERE clause IS NULL) AS spoke, max("d.present") FILTER (WHERE clause IS NULL) AS present
FROM (SELECT d.unit_code AS subject, 1 AS tier, coalesce(d.site, '') AS site, d.rid AS "d.rid", d.decision_no AS "d.decision_no", d.unit_code AS "d.unit_code", d.meeting AS "d.meeting", d.meeting_kind AS "d.meeting_kind", d.met_on AS "d.met_on", d.topic AS "d.topic", d.kind AS "d.kind", d.amount AS "d.amount", d.due AS "d.due", d.present AS "d.present", d.in_favour AS "d.in_favour", d.against AS "d.against", d.abstained AS "d.abstained", d.chair AS "d.chair", d.head_spoke AS "d.head_spoke", d.recused AS "d.recused", d.resolution AS "d.resolution", d.executor AS "d.executor", d.execute_by AS "d.execute_by", d.minutes_no AS "d.minutes_no", d.attachments AS "d.attachments", d.matter_no AS "d.matter_no", d.circulated_on AS "d.circulated_on", CAST(NULL AS INTEGER) AS clause
FROM dirty_subject AS s CROSS JOIN decision AS d
WHERE d.unit_code = s.key AND d.unit_code IS NOT NULL
  AND ?1 > 0
  AND (d.head_spoke < d.present)) AS hit
GROUP BY 1, 2) AS g) AS f
WHERE (f.kept > 0 AND f.level IS NOT NULL) OR f.clause IS NOT NULL
ORDER BY f.subject, f.episode

-- evidence
SELECT DISTINCT s.subject AS subject, d.decision_no AS episode, 0 AS source, d.rid AS rid, d.version AS version, d.row_hash AS row_hash
FROM hit_subject AS s CROSS JOIN decision AS d
WHERE d.unit_code = s.key AND d.unit_code IS NOT NULL
  AND ?1 > 0
  AND (d.head_spoke < d.present)
ORDER BY 1, 2, 3, 4

-- need
SELECT count(*) FROM (SELECT 1 FROM decision LIMIT 1) AS found
