-- findings
SELECT * FROM (
SELECT qq_thing(g.subject) AS subject, g.episode, g.tier, CASE WHEN 1 = 1 THEN 2 END AS level, g.amount, g.site, g.kept, g.clause, g.subject AS key, g.called, g.met_on, g.due, g.present, g.few, g.late, g.no_minutes, g.no_votes
FROM (SELECT hit.subject AS subject, "d.decision_no" AS episode, max(tier) FILTER (WHERE clause IS NULL) AS tier, CAST(NULL AS TEXT) AS called, coalesce(max("d.amount") FILTER (WHERE clause IS NULL), 0) AS amount, min(site) FILTER (WHERE clause IS NULL) AS site, count(*) FILTER (WHERE clause IS NULL) AS kept, min(clause) AS clause, max("d.met_on") FILTER (WHERE clause IS NULL) AS met_on, max("d.due") FILTER (WHERE clause IS NULL) AS due, max("d.present") FILTER (WHERE clause IS NULL) AS present, max(CASE WHEN (("d.present") * 100 / nullif("d.due", 0)) < (CASE WHEN "d.kind" = 'cadre' THEN 50 ELSE 66 END) THEN 1 ELSE 0 END) FILTER (WHERE clause IS NULL) AS few, max(CASE WHEN qq_days("d.met_on") - qq_days("d.circulated_on") < 1 THEN 1 ELSE 0 END) FILTER (WHERE clause IS NULL) AS late, max(CASE WHEN "d.minutes_no" IS NULL THEN 1 ELSE 0 END) FILTER (WHERE clause IS NULL) AS no_minutes, max(CASE WHEN "d.in_favour" IS NULL AND "d.against" IS NULL AND "d.abstained" IS NULL THEN 1 ELSE 0 END) FILTER (WHERE clause IS NULL) AS no_votes
FROM (SELECT d.unit_code AS subject, 1 AS tier, coalesce(d.site, '') AS site, d.rid AS "d.rid", d.decision_no AS "d.decision_no", d.unit_code AS "d.unit_code", d.meeting AS "d.meeting", d.meeting_kind AS "d.meeting_kind", d.met_on AS "d.met_on", d.topic AS "d.topic", d.kind AS "d.kind", d.amount AS "d.amount", d.due AS "d.due", d.present AS "d.present", d.in_favour AS "d.in_favour", d.against AS "d.against", d.abstained AS "d.abstained", d.chair AS "d.chair", d.head_spoke AS "d.head_spoke", d.recused AS "d.recused", d.resolution AS "d.resolution", d.executor AS "d.executor", d.execute_by AS "d.execute_by", d.minutes_no AS "d.minutes_no", d.attachments AS "d.attachments", d.matter_no AS "d.matter_no", d.circulated_on AS "d.circulated_on", CAST(NULL AS INTEGER) AS clause
FROM decision AS d
WHERE d.unit_code IS NOT NULL
  AND ?1 > 0
  AND (((((d.present) * 100 / nullif(d.due, 0)) < (CASE WHEN d.kind = 'cadre' THEN 50 ELSE 66 END) OR (d.minutes_no IS NULL AND qq_days(d.met_on) + 30 <= qq_days(?1)) OR qq_days(d.met_on) - qq_days(d.circulated_on) < 1 OR (d.in_favour IS NULL AND d.against IS NULL AND d.abstained IS NULL))))) AS hit
GROUP BY 1, 2) AS g) AS f
WHERE (f.kept > 0 AND f.level IS NOT NULL) OR f.clause IS NOT NULL
ORDER BY f.subject, f.episode

-- findings of the dirty
SELECT * FROM (
SELECT qq_thing(g.subject) AS subject, g.episode, g.tier, CASE WHEN 1 = 1 THEN 2 END AS level, g.amount, g.site, g.kept, g.clause, g.subject AS key, g.called, g.met_on, g.due, g.present, g.few, g.late, g.no_minutes, g.no_votes
FROM (SELECT hit.subject AS subject, "d.decision_no" AS episode, max(tier) FILTER (WHERE clause IS NULL) AS tier, CAST(NULL AS TEXT) AS called, coalesce(max("d.amount") FILTER (WHERE clause IS NULL), 0) AS amount, min(site) FILTER (WHERE clause IS NULL) AS site, count(*) FILTER (WHERE clause IS NULL) AS kept, min(clause) AS clause, max("d.met_on") FILTER (WHERE clause IS NULL) AS met_on, max("d.due") FILTER (WHERE clause IS NULL) AS due, max("d.present") FILTER (WHERE clause IS NULL) AS present, max(CASE WHEN (("d.present") * 100 / nullif("d.due", 0)) < (CASE WHEN "d.kind" = 'cadre' THEN 50 ELSE 66 END) THEN 1 ELSE 0 END) FILTER (WHERE clause IS NULL) AS few, max(CASE WHEN qq_days("d.met_on") - qq_days("d.circulated_on") < 1 THEN 1 ELSE 0 END) FILTER (WHERE clause IS NULL) AS late, max(CASE WHEN "d.minutes_no" IS NULL THEN 1 ELSE 0 END) FILTER (WHERE clause IS NULL) AS no_minutes, max(CASE WHEN "d.in_favour" IS NULL AND "d.against" IS NULL AND "d.abstained" IS NULL THEN 1 ELSE 0 END) FILTER (WHERE clause IS NULL) AS no_votes
FROM (SELECT d.unit_code AS subject, 1 AS tier, coalesce(d.site, '') AS site, d.rid AS "d.rid", d.decision_no AS "d.decision_no", d.unit_code AS "d.unit_code", d.meeting AS "d.meeting", d.meeting_kind AS "d.meeting_kind", d.met_on AS "d.met_on", d.topic AS "d.topic", d.kind AS "d.kind", d.amount AS "d.amount", d.due AS "d.due", d.present AS "d.present", d.in_favour AS "d.in_favour", d.against AS "d.against", d.abstained AS "d.abstained", d.chair AS "d.chair", d.head_spoke AS "d.head_spoke", d.recused AS "d.recused", d.resolution AS "d.resolution", d.executor AS "d.executor", d.execute_by AS "d.execute_by", d.minutes_no AS "d.minutes_no", d.attachments AS "d.attachments", d.matter_no AS "d.matter_no", d.circulated_on AS "d.circulated_on", CAST(NULL AS INTEGER) AS clause
FROM dirty_subject AS s CROSS JOIN decision AS d
WHERE d.unit_code = s.key AND d.unit_code IS NOT NULL
  AND ?1 > 0
  AND (((((d.present) * 100 / nullif(d.due, 0)) < (CASE WHEN d.kind = 'cadre' THEN 50 ELSE 66 END) OR (d.minutes_no IS NULL AND qq_days(d.met_on) + 30 <= qq_days(?1)) OR qq_days(d.met_on) - qq_days(d.circulated_on) < 1 OR (d.in_favour IS NULL AND d.against IS NULL AND d.abstained IS NULL))))) AS hit
GROUP BY 1, 2) AS g) AS f
WHERE (f.kept > 0 AND f.level IS NOT NULL) OR f.clause IS NOT NULL
ORDER BY f.subject, f.episode

-- evidence
SELECT DISTINCT s.subject AS subject, d.decision_no AS episode, 0 AS source, d.rid AS rid, d.version AS version, d.row_hash AS row_hash
FROM hit_subject AS s CROSS JOIN decision AS d
WHERE d.unit_code = s.key AND d.unit_code IS NOT NULL
  AND ?1 > 0
  AND (((((d.present) * 100 / nullif(d.due, 0)) < (CASE WHEN d.kind = 'cadre' THEN 50 ELSE 66 END) OR (d.minutes_no IS NULL AND qq_days(d.met_on) + 30 <= qq_days(?1)) OR qq_days(d.met_on) - qq_days(d.circulated_on) < 1 OR (d.in_favour IS NULL AND d.against IS NULL AND d.abstained IS NULL))))
ORDER BY 1, 2, 3, 4

-- wake keys
SELECT d.unit_code FROM decision AS d WHERE d.unit_code IS NOT NULL AND qq_ymd(qq_days(d.met_on) + 30) > ?1 AND qq_ymd(qq_days(d.met_on) + 30) <= ?2

-- need
SELECT count(*) FROM (SELECT 1 FROM decision LIMIT 1) AS found
