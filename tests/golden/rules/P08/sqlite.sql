-- findings
SELECT * FROM (
SELECT qq_thing(g.subject) AS subject, g.episode, g.tier, CASE WHEN 1 = 1 THEN 2 END AS level, g.amount, g.site, g.kept, g.clause, g.subject AS key, g.called, g.decided_on, g.performed_on
FROM (SELECT hit.subject AS subject, 'fine' AS episode, max(tier) FILTER (WHERE clause IS NULL) AS tier, min("p.decision_no") AS called, coalesce(max(coalesce("p.fine", 0)) FILTER (WHERE clause IS NULL) + max(coalesce("p.confiscated", 0)) FILTER (WHERE clause IS NULL), 0) AS amount, min(site) FILTER (WHERE clause IS NULL) AS site, count(*) FILTER (WHERE clause IS NULL) AS kept, min(clause) AS clause, max("p.decided_on") FILTER (WHERE clause IS NULL) AS decided_on, max("p.performed_on") FILTER (WHERE clause IS NULL) AS performed_on
FROM (SELECT p.decision_no AS subject, 1 AS tier, coalesce(p.site, '') AS site, p.rid AS "p.rid", p.decision_no AS "p.decision_no", p.agency AS "p.agency", p.agency_uscc AS "p.agency_uscc", p.party AS "p.party", p.party_kind AS "p.party_kind", p.id_kind AS "p.id_kind", p.citizen_id AS "p.citizen_id", p.citizen_id_person AS "p.citizen_id_person", p.uscc AS "p.uscc", p.legal_rep AS "p.legal_rep", p.offence AS "p.offence", p.facts AS "p.facts", p.offence_on AS "p.offence_on", p.basis AS "p.basis", p.category AS "p.category", p.fine AS "p.fine", p.confiscated AS "p.confiscated", p.licence AS "p.licence", p.decided_on AS "p.decided_on", p.performed_on AS "p.performed_on", p.payment_no AS "p.payment_no", p.political AS "p.political", p.occupation AS "p.occupation", p.handler AS "p.handler", p.status AS "p.status", CASE WHEN NOT (EXISTS (SELECT 1 FROM penalty AS other WHERE other.agency = p.agency AND (other.payment_no IS NOT NULL))) THEN 1 END AS clause
FROM penalty AS p
WHERE p.decision_no IS NOT NULL
  AND ?1 > 0
  AND (p.status = 'valid')
  AND ((p.fine > 0 OR p.confiscated > 0))
  AND (p.payment_no IS NULL)
  AND (qq_days(coalesce(p.performed_on, p.decided_on)) + 15 + 15 < qq_days(?1))) AS hit
GROUP BY 1, 2) AS g) AS f
WHERE (f.kept > 0 AND f.level IS NOT NULL) OR f.clause IS NOT NULL
ORDER BY f.subject, f.episode

-- findings of the dirty
SELECT * FROM (
SELECT qq_thing(g.subject) AS subject, g.episode, g.tier, CASE WHEN 1 = 1 THEN 2 END AS level, g.amount, g.site, g.kept, g.clause, g.subject AS key, g.called, g.decided_on, g.performed_on
FROM (SELECT hit.subject AS subject, 'fine' AS episode, max(tier) FILTER (WHERE clause IS NULL) AS tier, min("p.decision_no") AS called, coalesce(max(coalesce("p.fine", 0)) FILTER (WHERE clause IS NULL) + max(coalesce("p.confiscated", 0)) FILTER (WHERE clause IS NULL), 0) AS amount, min(site) FILTER (WHERE clause IS NULL) AS site, count(*) FILTER (WHERE clause IS NULL) AS kept, min(clause) AS clause, max("p.decided_on") FILTER (WHERE clause IS NULL) AS decided_on, max("p.performed_on") FILTER (WHERE clause IS NULL) AS performed_on
FROM (SELECT p.decision_no AS subject, 1 AS tier, coalesce(p.site, '') AS site, p.rid AS "p.rid", p.decision_no AS "p.decision_no", p.agency AS "p.agency", p.agency_uscc AS "p.agency_uscc", p.party AS "p.party", p.party_kind AS "p.party_kind", p.id_kind AS "p.id_kind", p.citizen_id AS "p.citizen_id", p.citizen_id_person AS "p.citizen_id_person", p.uscc AS "p.uscc", p.legal_rep AS "p.legal_rep", p.offence AS "p.offence", p.facts AS "p.facts", p.offence_on AS "p.offence_on", p.basis AS "p.basis", p.category AS "p.category", p.fine AS "p.fine", p.confiscated AS "p.confiscated", p.licence AS "p.licence", p.decided_on AS "p.decided_on", p.performed_on AS "p.performed_on", p.payment_no AS "p.payment_no", p.political AS "p.political", p.occupation AS "p.occupation", p.handler AS "p.handler", p.status AS "p.status", CASE WHEN NOT (EXISTS (SELECT 1 FROM penalty AS other WHERE other.agency = p.agency AND (other.payment_no IS NOT NULL))) THEN 1 END AS clause
FROM dirty_subject AS s CROSS JOIN penalty AS p
WHERE p.decision_no = s.key AND p.decision_no IS NOT NULL
  AND ?1 > 0
  AND (p.status = 'valid')
  AND ((p.fine > 0 OR p.confiscated > 0))
  AND (p.payment_no IS NULL)
  AND (qq_days(coalesce(p.performed_on, p.decided_on)) + 15 + 15 < qq_days(?1))) AS hit
GROUP BY 1, 2) AS g) AS f
WHERE (f.kept > 0 AND f.level IS NOT NULL) OR f.clause IS NOT NULL
ORDER BY f.subject, f.episode

-- evidence
SELECT DISTINCT s.subject AS subject, 'fine' AS episode, 0 AS source, p.rid AS rid, p.version AS version, p.row_hash AS row_hash
FROM hit_subject AS s CROSS JOIN penalty AS p
WHERE p.decision_no = s.key AND p.decision_no IS NOT NULL
  AND ?1 > 0
  AND (p.status = 'valid')
  AND ((p.fine > 0 OR p.confiscated > 0))
  AND (p.payment_no IS NULL)
  AND (qq_days(coalesce(p.performed_on, p.decided_on)) + 15 + 15 < qq_days(?1))
  AND NOT coalesce((NOT (EXISTS (SELECT 1 FROM penalty AS other WHERE other.agency = p.agency AND (other.payment_no IS NOT NULL)))), 0)
ORDER BY 1, 2, 3, 4

-- wake keys
SELECT p.decision_no FROM penalty AS p WHERE p.decision_no IS NOT NULL AND qq_ymd(qq_days(coalesce(p.performed_on, p.decided_on)) + 15 + 15 + 1) > ?1 AND qq_ymd(qq_days(coalesce(p.performed_on, p.decided_on)) + 15 + 15 + 1) <= ?2

-- touches
SELECT p.decision_no FROM dirty_key AS changed CROSS JOIN penalty AS p
WHERE p.agency = changed.key

-- need
SELECT count(*) FROM (SELECT 1 FROM penalty LIMIT 1) AS found
