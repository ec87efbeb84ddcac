-- findings
SELECT * FROM (
SELECT qq_thing(g.subject) AS subject, g.episode, g.tier, CASE WHEN 1 = 1 THEN 2 END AS level, g.amount, g.site, g.kept, g.clause, g.subject AS key, g.called, g.kind, g.signed_on, g.due_on
FROM (SELECT hit.subject AS subject, "l.letter_no" AS episode, max(tier) FILTER (WHERE clause IS NULL) AS tier, min("l.unit") AS called, 0 AS amount, min(site) FILTER (WHERE clause IS NULL) AS site, count(*) FILTER (WHERE clause IS NULL) AS kept, min(clause) AS clause, min("l.kind") FILTER (WHERE clause IS NULL) AS kind, min("l.signed_on") FILTER (WHERE clause IS NULL) AS signed_on, min(coalesce("l.reply_due", qq_ymd(qq_days(coalesce("l.received_on", "l.signed_on")) + 30))) FILTER (WHERE clause IS NULL) AS due_on
FROM (SELECT l.unit_code AS subject, 1 AS tier, coalesce(l.site, '') AS site, l.rid AS "l.rid", l.letter_no AS "l.letter_no", l.kind AS "l.kind", l.title AS "l.title", l.unit_code AS "l.unit_code", l.unit AS "l.unit", l.rule_id AS "l.rule_id", l.signed_on AS "l.signed_on", l.received_on AS "l.received_on", l.reply_due AS "l.reply_due", l.replied_on AS "l.replied_on", l.state AS "l.state", CASE WHEN l.state IN ('withdrawn', 'draft') THEN 1 WHEN l.state = 'replied' THEN 2 END AS clause
FROM letter_entry AS l
WHERE l.unit_code IS NOT NULL
  AND ?1 > 0
  AND (l.kind IN ('dispatch', 'notice', 'advice') AND l.replied_on IS NULL)
  AND (qq_days(coalesce(l.reply_due, qq_ymd(qq_days(coalesce(l.received_on, l.signed_on)) + 30))) < qq_days(?1))) AS hit
GROUP BY 1, 2) AS g) AS f
WHERE (f.kept > 0 AND f.level IS NOT NULL) OR f.clause IS NOT NULL
ORDER BY f.subject, f.episode

-- findings of the dirty
SELECT * FROM (
SELECT qq_thing(g.subject) AS subject, g.episode, g.tier, CASE WHEN 1 = 1 THEN 2 END AS level, g.amount, g.site, g.kept, g.clause, g.subject AS key, g.called, g.kind, g.signed_on, g.due_on
FROM (SELECT hit.subject AS subject, "l.letter_no" AS episode, max(tier) FILTER (WHERE clause IS NULL) AS tier, min("l.unit") AS called, 0 AS amount, min(site) FILTER (WHERE clause IS NULL) AS site, count(*) FILTER (WHERE clause IS NULL) AS kept, min(clause) AS clause, min("l.kind") FILTER (WHERE clause IS NULL) AS kind, min("l.signed_on") FILTER (WHERE clause IS NULL) AS signed_on, min(coalesce("l.reply_due", qq_ymd(qq_days(coalesce("l.received_on", "l.signed_on")) + 30))) FILTER (WHERE clause IS NULL) AS due_on
FROM (SELECT l.unit_code AS subject, 1 AS tier, coalesce(l.site, '') AS site, l.rid AS "l.rid", l.letter_no AS "l.letter_no", l.kind AS "l.kind", l.title AS "l.title", l.unit_code AS "l.unit_code", l.unit AS "l.unit", l.rule_id AS "l.rule_id", l.signed_on AS "l.signed_on", l.received_on AS "l.received_on", l.reply_due AS "l.reply_due", l.replied_on AS "l.replied_on", l.state AS "l.state", CASE WHEN l.state IN ('withdrawn', 'draft') THEN 1 WHEN l.state = 'replied' THEN 2 END AS clause
FROM dirty_subject AS s CROSS JOIN letter_entry AS l
WHERE l.unit_code = s.key AND l.unit_code IS NOT NULL
  AND ?1 > 0
  AND (l.kind IN ('dispatch', 'notice', 'advice') AND l.replied_on IS NULL)
  AND (qq_days(coalesce(l.reply_due, qq_ymd(qq_days(coalesce(l.received_on, l.signed_on)) + 30))) < qq_days(?1))) AS hit
GROUP BY 1, 2) AS g) AS f
WHERE (f.kept > 0 AND f.level IS NOT NULL) OR f.clause IS NOT NULL
ORDER BY f.subject, f.episode

-- evidence
SELECT DISTINCT s.subject AS subject, l.letter_no AS episode, 0 AS source, l.rid AS rid, l.version AS version, l.row_hash AS row_hash
FROM hit_subject AS s CROSS JOIN letter_entry AS l
WHERE l.unit_code = s.key AND l.unit_code IS NOT NULL
  AND ?1 > 0
  AND (l.kind IN ('dispatch', 'notice', 'advice') AND l.replied_on IS NULL)
  AND (qq_days(coalesce(l.reply_due, qq_ymd(qq_days(coalesce(l.received_on, l.signed_on)) + 30))) < qq_days(?1))
  AND NOT coalesce((l.state IN ('withdrawn', 'draft')), 0)
  AND NOT coalesce((l.state = 'replied'), 0)
ORDER BY 1, 2, 3, 4

-- wake keys
SELECT l.unit_code FROM letter_entry AS l WHERE l.unit_code IS NOT NULL AND qq_ymd(qq_days(coalesce(l.reply_due, qq_ymd(qq_days(coalesce(l.received_on, l.signed_on)) + 30))) + 1) > ?1 AND qq_ymd(qq_days(coalesce(l.reply_due, qq_ymd(qq_days(coalesce(l.received_on, l.signed_on)) + 30))) + 1) <= ?2

-- need
SELECT count(*) FROM (SELECT 1 FROM letter_entry LIMIT 1) AS found
