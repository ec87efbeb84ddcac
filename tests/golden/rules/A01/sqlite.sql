-- findings
SELECT * FROM (
SELECT qq_thing(g.subject) AS subject, g.episode, g.tier, CASE WHEN (g.ended_on > g.double_on OR (g.ended_on IS NULL AND ?1 > g.double_on)) THEN 2 WHEN 1 = 1 THEN 1 END AS level, g.amount, g.site, g.kept, g.clause, g.subject AS key, g.called, g.unit, g.accepted_on, g.promised, g.paused, g.due_on, g.double_on, g.ended_on
FROM (SELECT hit.subject AS subject, "a.unit_code" AS episode, max(tier) FILTER (WHERE clause IS NULL) AS tier, min("a.item") AS called, 0 AS amount, min(site) FILTER (WHERE clause IS NULL) AS site, count(*) FILTER (WHERE clause IS NULL) AS kept, min(clause) AS clause, min("a.unit_code") FILTER (WHERE clause IS NULL) AS unit, min("a.accepted_on") FILTER (WHERE clause IS NULL) AS accepted_on, max("a.limit_days") FILTER (WHERE clause IS NULL) AS promised, max(coalesce("a.paused_days", 0)) FILTER (WHERE clause IS NULL) AS paused, min(qq_workday_add("a.accepted_on", "a.limit_days" + coalesce("a.paused_days", 0))) FILTER (WHERE clause IS NULL) AS due_on, min(qq_workday_add("a.accepted_on", "a.limit_days" * 2 + coalesce("a.paused_days", 0))) FILTER (WHERE clause IS NULL) AS double_on, max("a.closed_on") FILTER (WHERE clause IS NULL) AS ended_on
FROM (SELECT a.serial_no AS subject, 1 AS tier, coalesce(a.site, '') AS site, a.rid AS "a.rid", a.serial_no AS "a.serial_no", a.unit_code AS "a.unit_code", a.item_code AS "a.item_code", a.item AS "a.item", a.applicant_kind AS "a.applicant_kind", a.applicant AS "a.applicant", a.applicant_id_kind AS "a.applicant_id_kind", a.applicant_id AS "a.applicant_id", a.applicant_id_person AS "a.applicant_id_person", a.legal_rep AS "a.legal_rep", a.agent AS "a.agent", a.agency AS "a.agency", a.accepted_on AS "a.accepted_on", a.limit_days AS "a.limit_days", a.paused_days AS "a.paused_days", a.closed_on AS "a.closed_on", a.result AS "a.result", a.clerk AS "a.clerk", a.reviewer AS "a.reviewer", a.approver AS "a.approver", a.approver_id AS "a.approver_id", a.approver_id_person AS "a.approver_id_person", a.licence_no AS "a.licence_no", a.licence_from AS "a.licence_from", a.licence_to AS "a.licence_to", CASE WHEN (coalesce(a.paused_days, 0) = 0 AND EXISTS (SELECT 1 FROM approval_step AS step WHERE step.serial_no = a.serial_no AND (coalesce(step.unit_code, '') = a.unit_code AND (((qq_contains(step.opinion, '补正') = 1) OR (qq_contains(step.opinion, '听证') = 1) OR (qq_contains(step.opinion, '检验') = 1) OR (qq_contains(step.opinion, '鉴定') = 1) OR (qq_contains(step.opinion, '评审') = 1) OR (qq_contains(step.opinion, '特别程序') = 1) OR (qq_contains(step.name, '特别程序') = 1)))))) THEN 1 END AS clause
FROM approval AS a
WHERE a.serial_no IS NOT NULL
  AND ?1 > 0
  AND (a.limit_days > 0)
  AND (((a.closed_on IS NULL OR qq_days(a.closed_on) - qq_days(a.accepted_on) > a.limit_days + coalesce(a.paused_days, 0))))
  AND (((a.closed_on > qq_workday_add(a.accepted_on, a.limit_days + coalesce(a.paused_days, 0)) OR (a.closed_on IS NULL AND ?1 > qq_workday_add(a.accepted_on, a.limit_days + coalesce(a.paused_days, 0))))))) AS hit
GROUP BY 1, 2) AS g) AS f
WHERE (f.kept > 0 AND f.level IS NOT NULL) OR f.clause IS NOT NULL
ORDER BY f.subject, f.episode

-- findings of the dirty
SELECT * FROM (
SELECT qq_thing(g.subject) AS subject, g.episode, g.tier, CASE WHEN (g.ended_on > g.double_on OR (g.ended_on IS NULL AND ?1 > g.double_on)) THEN 2 WHEN 1 = 1 THEN 1 END AS level, g.amount, g.site, g.kept, g.clause, g.subject AS key, g.called, g.unit, g.accepted_on, g.promised, g.paused, g.due_on, g.double_on, g.ended_on
FROM (SELECT hit.subject AS subject, "a.unit_code" AS episode, max(tier) FILTER (WHERE clause IS NULL) AS tier, min("a.item") AS called, 0 AS amount, min(site) FILTER (WHERE clause IS NULL) AS site, count(*) FILTER (WHERE clause IS NULL) AS kept, min(clause) AS clause, min("a.unit_code") FILTER (WHERE clause IS NULL) AS unit, min("a.accepted_on") FILTER (WHERE clause IS NULL) AS accepted_on, max("a.limit_days") FILTER (WHERE clause IS NULL) AS promised, max(coalesce("a.paused_days", 0)) FILTER (WHERE clause IS NULL) AS paused, min(qq_workday_add("a.accepted_on", "a.limit_days" + coalesce("a.paused_days", 0))) FILTER (WHERE clause IS NULL) AS due_on, min(qq_workday_add("a.accepted_on", "a.limit_days" * 2 + coalesce("a.paused_days", 0))) FILTER (WHERE clause IS NULL) AS double_on, max("a.closed_on") FILTER (WHERE clause IS NULL) AS ended_on
FROM (SELECT a.serial_no AS subject, 1 AS tier, coalesce(a.site, '') AS site, a.rid AS "a.rid", a.serial_no AS "a.serial_no", a.unit_code AS "a.unit_code", a.item_code AS "a.item_code", a.item AS "a.item", a.applicant_kind AS "a.applicant_kind", a.applicant AS "a.applicant", a.applicant_id_kind AS "a.applicant_id_kind", a.applicant_id AS "a.applicant_id", a.applicant_id_person AS "a.applicant_id_person", a.legal_rep AS "a.legal_rep", a.agent AS "a.agent", a.agency AS "a.agency", a.accepted_on AS "a.accepted_on", a.limit_days AS "a.limit_days", a.paused_days AS "a.paused_days", a.closed_on AS "a.closed_on", a.result AS "a.result", a.clerk AS "a.clerk", a.reviewer AS "a.reviewer", a.approver AS "a.approver", a.approver_id AS "a.approver_id", a.approver_id_person AS "a.approver_id_person", a.licence_no AS "a.licence_no", a.licence_from AS "a.licence_from", a.licence_to AS "a.licence_to", CASE WHEN (coalesce(a.paused_days, 0) = 0 AND EXISTS (SELECT 1 FROM approval_step AS step WHERE step.serial_no = a.serial_no AND (coalesce(step.unit_code, '') = a.unit_code AND (((qq_contains(step.opinion, '补正') = 1) OR (qq_contains(step.opinion, '听证') = 1) OR (qq_contains(step.opinion, '检验') = 1) OR (qq_contains(step.opinion, '鉴定') = 1) OR (qq_contains(step.opinion, '评审') = 1) OR (qq_contains(step.opinion, '特别程序') = 1) OR (qq_contains(step.name, '特别程序') = 1)))))) THEN 1 END AS clause
FROM dirty_subject AS s CROSS JOIN approval AS a
WHERE a.serial_no = s.key AND a.serial_no IS NOT NULL
  AND ?1 > 0
  AND (a.limit_days > 0)
  AND (((a.closed_on IS NULL OR qq_days(a.closed_on) - qq_days(a.accepted_on) > a.limit_days + coalesce(a.paused_days, 0))))
  AND (((a.closed_on > qq_workday_add(a.accepted_on, a.limit_days + coalesce(a.paused_days, 0)) OR (a.closed_on IS NULL AND ?1 > qq_workday_add(a.accepted_on, a.limit_days + coalesce(a.paused_days, 0))))))) AS hit
GROUP BY 1, 2) AS g) AS f
WHERE (f.kept > 0 AND f.level IS NOT NULL) OR f.clause IS NOT NULL
ORDER BY f.subject, f.episode

-- evidence
SELECT DISTINCT s.subject AS subject, a.unit_code AS episode, 0 AS source, a.rid AS rid, a.version AS version, a.row_hash AS row_hash
FROM hit_subject AS s CROSS JOIN approval AS a
WHERE a.serial_no = s.key AND a.serial_no IS NOT NULL
  AND ?1 > 0
  AND (a.limit_days > 0)
  AND (((a.closed_on IS NULL OR qq_days(a.closed_on) - qq_days(a.accepted_on) > a.limit_days + coalesce(a.paused_days, 0))))
  AND (((a.closed_on > qq_workday_add(a.accepted_on, a.limit_days + coalesce(a.paused_days, 0)) OR (a.closed_on IS NULL AND ?1 > qq_workday_add(a.accepted_on, a.limit_days + coalesce(a.paused_days, 0))))))
  AND NOT coalesce(((coalesce(a.paused_days, 0) = 0 AND EXISTS (SELECT 1 FROM approval_step AS step WHERE step.serial_no = a.serial_no AND (coalesce(step.unit_code, '') = a.unit_code AND (((qq_contains(step.opinion, '补正') = 1) OR (qq_contains(step.opinion, '听证') = 1) OR (qq_contains(step.opinion, '检验') = 1) OR (qq_contains(step.opinion, '鉴定') = 1) OR (qq_contains(step.opinion, '评审') = 1) OR (qq_contains(step.opinion, '特别程序') = 1) OR (qq_contains(step.name, '特别程序') = 1))))))), 0)
ORDER BY 1, 2, 3, 4

-- wake keys
SELECT a.serial_no FROM approval AS a WHERE a.serial_no IS NOT NULL AND qq_ymd(qq_days(qq_workday_add(a.accepted_on, a.limit_days + coalesce(a.paused_days, 0))) + 1) > ?1 AND qq_ymd(qq_days(qq_workday_add(a.accepted_on, a.limit_days + coalesce(a.paused_days, 0))) + 1) <= ?2
UNION SELECT a.serial_no FROM approval AS a WHERE a.serial_no IS NOT NULL AND qq_ymd(qq_days(qq_workday_add(a.accepted_on, a.limit_days * 2 + coalesce(a.paused_days, 0))) + 1) > ?1 AND qq_ymd(qq_days(qq_workday_add(a.accepted_on, a.limit_days * 2 + coalesce(a.paused_days, 0))) + 1) <= ?2

-- need
SELECT count(*) FROM (SELECT 1 FROM approval LIMIT 1) AS found
