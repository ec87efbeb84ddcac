-- findings
SELECT * FROM (
SELECT qq_thing(g.subject) AS subject, g.episode, g.tier, CASE WHEN 1 = 1 THEN 2 END AS level, g.amount, g.site, g.kept, g.clause, g.subject AS key, g.called, g.unit, g.closed_on, g.result
FROM (SELECT hit.subject AS subject, "a.unit_code" AS episode, max(tier) FILTER (WHERE clause IS NULL) AS tier, min("a.item") AS called, 0 AS amount, min(site) FILTER (WHERE clause IS NULL) AS site, count(*) FILTER (WHERE clause IS NULL) AS kept, min(clause) AS clause, min("a.unit_code") FILTER (WHERE clause IS NULL) AS unit, max("a.closed_on") FILTER (WHERE clause IS NULL) AS closed_on, min("a.result") FILTER (WHERE clause IS NULL) AS result
FROM (SELECT a.serial_no AS subject, 1 AS tier, coalesce(a.site, '') AS site, a.rid AS "a.rid", a.serial_no AS "a.serial_no", a.unit_code AS "a.unit_code", a.item_code AS "a.item_code", a.item AS "a.item", a.applicant_kind AS "a.applicant_kind", a.applicant AS "a.applicant", a.applicant_id_kind AS "a.applicant_id_kind", a.applicant_id AS "a.applicant_id", a.applicant_id_person AS "a.applicant_id_person", a.legal_rep AS "a.legal_rep", a.agent AS "a.agent", a.agency AS "a.agency", a.accepted_on AS "a.accepted_on", a.limit_days AS "a.limit_days", a.paused_days AS "a.paused_days", a.closed_on AS "a.closed_on", a.result AS "a.result", a.clerk AS "a.clerk", a.reviewer AS "a.reviewer", a.approver AS "a.approver", a.approver_id AS "a.approver_id", a.approver_id_person AS "a.approver_id_person", a.licence_no AS "a.licence_no", a.licence_from AS "a.licence_from", a.licence_to AS "a.licence_to", CAST(NULL AS INTEGER) AS clause
FROM approval AS a
WHERE a.serial_no IS NOT NULL
  AND $1 > 0
  AND (a.result IN ('granted', 'denied'))
  AND (a.clerk = a.reviewer)
  AND (a.reviewer = a.approver)
  AND (EXISTS (SELECT 1 FROM power_item AS flow WHERE flow.item_code = a.item_code AND (flow.unit_code = a.unit_code AND flow.effective_from <= a.closed_on AND ((flow.effective_to IS NULL OR flow.effective_to >= a.closed_on)) AND (((qq_contains(flow.steps, '审核') = 1) OR (qq_contains(flow.steps, '审查') = 1))))))) AS hit
GROUP BY 1, 2) AS g) AS f
WHERE (f.kept > 0 AND f.level IS NOT NULL) OR f.clause IS NOT NULL
ORDER BY f.subject, f.episode COLLATE "C"

-- findings of the dirty
SELECT * FROM (
SELECT qq_thing(g.subject) AS subject, g.episode, g.tier, CASE WHEN 1 = 1 THEN 2 END AS level, g.amount, g.site, g.kept, g.clause, g.subject AS key, g.called, g.unit, g.closed_on, g.result
FROM (SELECT hit.subject AS subject, "a.unit_code" AS episode, max(tier) FILTER (WHERE clause IS NULL) AS tier, min("a.item") AS called, 0 AS amount, min(site) FILTER (WHERE clause IS NULL) AS site, count(*) FILTER (WHERE clause IS NULL) AS kept, min(clause) AS clause, min("a.unit_code") FILTER (WHERE clause IS NULL) AS unit, max("a.closed_on") FILTER (WHERE clause IS NULL) AS closed_on, min("a.result") FILTER (WHERE clause IS NULL) AS result
FROM (SELECT a.serial_no AS subject, 1 AS tier, coalesce(a.site, '') AS site, a.rid AS "a.rid", a.serial_no AS "a.serial_no", a.unit_code AS "a.unit_code", a.item_code AS "a.item_code", a.item AS "a.item", a.applicant_kind AS "a.applicant_kind", a.applicant AS "a.applicant", a.applicant_id_kind AS "a.applicant_id_kind", a.applicant_id AS "a.applicant_id", a.applicant_id_person AS "a.applicant_id_person", a.legal_rep AS "a.legal_rep", a.agent AS "a.agent", a.agency AS "a.agency", a.accepted_on AS "a.accepted_on", a.limit_days AS "a.limit_days", a.paused_days AS "a.paused_days", a.closed_on AS "a.closed_on", a.result AS "a.result", a.clerk AS "a.clerk", a.reviewer AS "a.reviewer", a.approver AS "a.approver", a.approver_id AS "a.approver_id", a.approver_id_person AS "a.approver_id_person", a.licence_no AS "a.licence_no", a.licence_from AS "a.licence_from", a.licence_to AS "a.licence_to", CAST(NULL AS INTEGER) AS clause
FROM dirty_subject AS s CROSS JOIN approval AS a
WHERE a.serial_no = s.key AND a.serial_no IS NOT NULL
  AND $1 > 0
  AND (a.result IN ('granted', 'denied'))
  AND (a.clerk = a.reviewer)
  AND (a.reviewer = a.approver)
  AND (EXISTS (SELECT 1 FROM power_item AS flow WHERE flow.item_code = a.item_code AND (flow.unit_code = a.unit_code AND flow.effective_from <= a.closed_on AND ((flow.effective_to IS NULL OR flow.effective_to >= a.closed_on)) AND (((qq_contains(flow.steps, '审核') = 1) OR (qq_contains(flow.steps, '审查') = 1))))))) AS hit
GROUP BY 1, 2) AS g) AS f
WHERE (f.kept > 0 AND f.level IS NOT NULL) OR f.clause IS NOT NULL
ORDER BY f.subject, f.episode COLLATE "C"

-- evidence
SELECT DISTINCT s.subject AS subject, a.unit_code AS episode, 0 AS source, a.rid AS rid, a.version AS version, a.row_hash AS row_hash
FROM hit_subject AS s CROSS JOIN approval AS a
WHERE a.serial_no = s.key AND a.serial_no IS NOT NULL
  AND $1 > 0
  AND (a.result IN ('granted', 'denied'))
  AND (a.clerk = a.reviewer)
  AND (a.reviewer = a.approver)
  AND (EXISTS (SELECT 1 FROM power_item AS flow WHERE flow.item_code = a.item_code AND (flow.unit_code = a.unit_code AND flow.effective_from <= a.closed_on AND ((flow.effective_to IS NULL OR flow.effective_to >= a.closed_on)) AND (((qq_contains(flow.steps, '审核') = 1) OR (qq_contains(flow.steps, '审查') = 1))))))
ORDER BY 1, 2, 3, 4

-- touches
SELECT a.serial_no FROM dirty_key AS changed CROSS JOIN approval AS a
WHERE a.item_code = changed.key

-- need
SELECT count(*) FROM (SELECT 1 FROM approval LIMIT 1) AS found

-- need
SELECT count(*) FROM (SELECT 1 FROM power_item LIMIT 1) AS found
