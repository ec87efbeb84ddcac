-- findings
SELECT * FROM (
SELECT qq_thing(g.subject) AS subject, g.episode, g.tier, CASE WHEN 1 = 1 THEN 3 END AS level, g.amount, g.site, g.kept, g.clause, g.subject AS key, g.called, g.unit, g.item_code, g.accepted_on, g.closed_on, g.result
FROM (SELECT hit.subject AS subject, "a.unit_code" AS episode, max(tier) FILTER (WHERE clause IS NULL) AS tier, min("a.item") AS called, 0 AS amount, min(site) FILTER (WHERE clause IS NULL) AS site, count(*) FILTER (WHERE clause IS NULL) AS kept, min(clause) AS clause, min("a.unit_code") FILTER (WHERE clause IS NULL) AS unit, min("a.item_code") FILTER (WHERE clause IS NULL) AS item_code, min("a.accepted_on") FILTER (WHERE clause IS NULL) AS accepted_on, max("a.closed_on") FILTER (WHERE clause IS NULL) AS closed_on, min("a.result") FILTER (WHERE clause IS NULL) AS result
FROM (SELECT a.serial_no AS subject, 1 AS tier, coalesce(a.site, '') AS site, a.rid AS "a.rid", a.serial_no AS "a.serial_no", a.unit_code AS "a.unit_code", a.item_code AS "a.item_code", a.item AS "a.item", a.applicant_kind AS "a.applicant_kind", a.applicant AS "a.applicant", a.applicant_id_kind AS "a.applicant_id_kind", a.applicant_id AS "a.applicant_id", a.applicant_id_person AS "a.applicant_id_person", a.legal_rep AS "a.legal_rep", a.agent AS "a.agent", a.agency AS "a.agency", a.accepted_on AS "a.accepted_on", a.limit_days AS "a.limit_days", a.paused_days AS "a.paused_days", a.closed_on AS "a.closed_on", a.result AS "a.result", a.clerk AS "a.clerk", a.reviewer AS "a.reviewer", a.approver AS "a.approver", a.approver_id AS "a.approver_id", a.approver_id_person AS "a.approver_id_person", a.licence_no AS "a.licence_no", a.licence_from AS "a.licence_from", a.licence_to AS "a.licence_to", CASE WHEN EXISTS (SELECT 1 FROM power_item AS later WHERE later.item_code = a.item_code AND (later.unit_code = a.unit_code AND later.effective_from > a.closed_on)) THEN 1 END AS clause
FROM approval AS a
WHERE a.serial_no IS NOT NULL
  AND $1 > 0
  AND (a.result IN ('granted', 'denied'))
  AND (a.item_code IS NOT NULL)
  AND (EXISTS (SELECT 1 FROM power_item AS list WHERE list.unit_code = a.unit_code AND (list.effective_from <= a.accepted_on)))
  AND (NOT (EXISTS (SELECT 1 FROM power_item AS held WHERE held.item_code = a.item_code AND (held.unit_code = a.unit_code AND held.effective_from <= a.closed_on AND ((held.effective_to IS NULL OR held.effective_to >= a.accepted_on))))))) AS hit
GROUP BY 1, 2) AS g) AS f
WHERE (f.kept > 0 AND f.level IS NOT NULL) OR f.clause IS NOT NULL
ORDER BY f.subject, f.episode COLLATE "C"

-- findings of the dirty
SELECT * FROM (
SELECT qq_thing(g.subject) AS subject, g.episode, g.tier, CASE WHEN 1 = 1 THEN 3 END AS level, g.amount, g.site, g.kept, g.clause, g.subject AS key, g.called, g.unit, g.item_code, g.accepted_on, g.closed_on, g.result
FROM (SELECT hit.subject AS subject, "a.unit_code" AS episode, max(tier) FILTER (WHERE clause IS NULL) AS tier, min("a.item") AS called, 0 AS amount, min(site) FILTER (WHERE clause IS NULL) AS site, count(*) FILTER (WHERE clause IS NULL) AS kept, min(clause) AS clause, min("a.unit_code") FILTER (WHERE clause IS NULL) AS unit, min("a.item_code") FILTER (WHERE clause IS NULL) AS item_code, min("a.accepted_on") FILTER (WHERE clause IS NULL) AS accepted_on, max("a.closed_on") FILTER (WHERE clause IS NULL) AS closed_on, min("a.result") FILTER (WHERE clause IS NULL) AS result
FROM (SELECT a.serial_no AS subject, 1 AS tier, coalesce(a.site, '') AS site, a.rid AS "a.rid", a.serial_no AS "a.serial_no", a.unit_code AS "a.unit_code", a.item_code AS "a.item_code", a.item AS "a.item", a.applicant_kind AS "a.applicant_kind", a.applicant AS "a.applicant", a.applicant_id_kind AS "a.applicant_id_kind", a.applicant_id AS "a.applicant_id", a.applicant_id_person AS "a.applicant_id_person", a.legal_rep AS "a.legal_rep", a.agent AS "a.agent", a.agency AS "a.agency", a.accepted_on AS "a.accepted_on", a.limit_days AS "a.limit_days", a.paused_days AS "a.paused_days", a.closed_on AS "a.closed_on", a.result AS "a.result", a.clerk AS "a.clerk", a.reviewer AS "a.reviewer", a.approver AS "a.approver", a.approver_id AS "a.approver_id", a.approver_id_person AS "a.approver_id_person", a.licence_no AS "a.licence_no", a.licence_from AS "a.licence_from", a.licence_to AS "a.licence_to", CASE WHEN EXISTS (SELECT 1 FROM power_item AS later WHERE later.item_code = a.item_code AND (later.unit_code = a.unit_code AND later.effective_from > a.closed_on)) THEN 1 END AS clause
FROM dirty_subject AS s CROSS JOIN approval AS a
WHERE a.serial_no = s.key AND a.serial_no IS NOT NULL
  AND $1 > 0
  AND (a.result IN ('granted', 'denied'))
  AND (a.item_code IS NOT NULL)
  AND (EXISTS (SELECT 1 FROM power_item AS list WHERE list.unit_code = a.unit_code AND (list.effective_from <= a.accepted_on)))
  AND (NOT (EXISTS (SELECT 1 FROM power_item AS held WHERE held.item_code = a.item_code AND (held.unit_code = a.unit_code AND held.effective_from <= a.closed_on AND ((held.effective_to IS NULL OR held.effective_to >= a.accepted_on))))))) AS hit
GROUP BY 1, 2) AS g) AS f
WHERE (f.kept > 0 AND f.level IS NOT NULL) OR f.clause IS NOT NULL
ORDER BY f.subject, f.episode COLLATE "C"

-- evidence
SELECT DISTINCT s.subject AS subject, a.unit_code AS episode, 0 AS source, a.rid AS rid, a.version AS version, a.row_hash AS row_hash
FROM hit_subject AS s CROSS JOIN approval AS a
WHERE a.serial_no = s.key AND a.serial_no IS NOT NULL
  AND $1 > 0
  AND (a.result IN ('granted', 'denied'))
  AND (a.item_code IS NOT NULL)
  AND (EXISTS (SELECT 1 FROM power_item AS list WHERE list.unit_code = a.unit_code AND (list.effective_from <= a.accepted_on)))
  AND (NOT (EXISTS (SELECT 1 FROM power_item AS held WHERE held.item_code = a.item_code AND (held.unit_code = a.unit_code AND held.effective_from <= a.closed_on AND ((held.effective_to IS NULL OR held.effective_to >= a.accepted_on))))))
  AND NOT coalesce((EXISTS (SELECT 1 FROM power_item AS later WHERE later.item_code = a.item_code AND (later.unit_code = a.unit_code AND later.effective_from > a.closed_on))), FALSE)
ORDER BY 1, 2, 3, 4

-- touches
SELECT a.serial_no FROM dirty_key AS changed CROSS JOIN approval AS a
WHERE a.unit_code = changed.key
UNION SELECT a.serial_no FROM dirty_key AS changed CROSS JOIN approval AS a
WHERE a.item_code = changed.key
UNION SELECT a.serial_no FROM dirty_key AS changed CROSS JOIN approval AS a
WHERE a.item_code = changed.key

-- need
SELECT count(*) FROM (SELECT 1 FROM approval LIMIT 1) AS found

-- need
SELECT count(*) FROM (SELECT 1 FROM power_item LIMIT 1) AS found
