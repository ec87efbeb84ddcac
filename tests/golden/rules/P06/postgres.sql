-- findings
SELECT * FROM (
SELECT g.subject AS subject, g.episode, g.tier, CASE WHEN 1 = 1 THEN 3 END AS level, g.amount, g.site, g.kept, g.clause, CAST(NULL AS TEXT) AS key, g.called, g.offence, g.penalties, g.first_on, g.last_on
FROM (SELECT hit.subject AS subject, "a.offence" AS episode, max(tier) FILTER (WHERE clause IS NULL) AS tier, CAST(NULL AS TEXT) AS called, 0 AS amount, min(site) FILTER (WHERE clause IS NULL) AS site, count(*) FILTER (WHERE clause IS NULL) AS kept, min(clause) AS clause, min("a.offence") FILTER (WHERE clause IS NULL) AS offence, count(DISTINCT "a.rid") FILTER (WHERE clause IS NULL) AS penalties, min(coalesce("a.offence_on", "a.decided_on")) FILTER (WHERE clause IS NULL) AS first_on, max(coalesce("a.offence_on", "a.decided_on")) FILTER (WHERE clause IS NULL) AS last_on
FROM (SELECT a.citizen_id_person AS subject, greatest(a.citizen_id_tier, b.citizen_id_tier, official.citizen_id_tier) AS tier, coalesce(official.site, '') AS site, a.rid AS "a.rid", a.decision_no AS "a.decision_no", a.agency AS "a.agency", a.agency_uscc AS "a.agency_uscc", a.party AS "a.party", a.party_kind AS "a.party_kind", a.id_kind AS "a.id_kind", a.citizen_id AS "a.citizen_id", a.citizen_id_person AS "a.citizen_id_person", a.uscc AS "a.uscc", a.legal_rep AS "a.legal_rep", a.offence AS "a.offence", a.facts AS "a.facts", a.offence_on AS "a.offence_on", a.basis AS "a.basis", a.category AS "a.category", a.fine AS "a.fine", a.confiscated AS "a.confiscated", a.licence AS "a.licence", a.decided_on AS "a.decided_on", a.performed_on AS "a.performed_on", a.payment_no AS "a.payment_no", a.political AS "a.political", a.occupation AS "a.occupation", a.handler AS "a.handler", a.status AS "a.status", b.rid AS "b.rid", b.decision_no AS "b.decision_no", b.agency AS "b.agency", b.agency_uscc AS "b.agency_uscc", b.party AS "b.party", b.party_kind AS "b.party_kind", b.id_kind AS "b.id_kind", b.citizen_id AS "b.citizen_id", b.citizen_id_person AS "b.citizen_id_person", b.uscc AS "b.uscc", b.legal_rep AS "b.legal_rep", b.offence AS "b.offence", b.facts AS "b.facts", b.offence_on AS "b.offence_on", b.basis AS "b.basis", b.category AS "b.category", b.fine AS "b.fine", b.confiscated AS "b.confiscated", b.licence AS "b.licence", b.decided_on AS "b.decided_on", b.performed_on AS "b.performed_on", b.payment_no AS "b.payment_no", b.political AS "b.political", b.occupation AS "b.occupation", b.handler AS "b.handler", b.status AS "b.status", official.rid AS "official.rid", official.citizen_id AS "official.citizen_id", official.citizen_id_person AS "official.citizen_id_person", official.name AS "official.name", official.political AS "official.political", official.joined_on AS "official.joined_on", official.category AS "official.category", official.employer AS "official.employer", official.unit_code AS "official.unit_code", official.post AS "official.post", official.rank AS "official.rank", official.post_from AS "official.post_from", official.post_to AS "official.post_to", official.authority AS "official.authority", official.village_cadre AS "official.village_cadre", official.phone AS "official.phone", official.address AS "official.address", CASE WHEN official.post_to < greatest(coalesce(a.offence_on, a.decided_on), coalesce(b.offence_on, b.decided_on)) THEN 1 WHEN (a.offence_on = b.offence_on OR a.decided_on = b.decided_on) THEN 2 END AS clause
FROM penalty AS a CROSS JOIN penalty AS b CROSS JOIN official AS official
WHERE a.citizen_id_person IS NOT NULL AND a.citizen_id_tier <= 2
  AND b.citizen_id_person = a.citizen_id_person AND b.citizen_id_tier <= 2
  AND official.citizen_id_person = a.citizen_id_person AND official.citizen_id_tier <= 2
  AND $1 > 0
  AND (a.offence = b.offence AND NOT (a.offence IN ('traffic', 'other')))
  AND (a.decision_no <> b.decision_no)
  AND (a.status = 'valid' AND b.status = 'valid')
  AND (a.party_kind = 'person' AND b.party_kind = 'person')
  AND (abs(qq_months(qq_month_of(coalesce(a.offence_on, a.decided_on))) - qq_months(qq_month_of(coalesce(b.offence_on, b.decided_on)))) < 24)
  AND (official.post_from <= least(coalesce(a.offence_on, a.decided_on), coalesce(b.offence_on, b.decided_on)))) AS hit
GROUP BY 1, 2) AS g) AS f
WHERE (f.kept > 0 AND f.level IS NOT NULL) OR f.clause IS NOT NULL
ORDER BY f.subject, f.episode COLLATE "C"

-- findings of the dirty
SELECT * FROM (
SELECT g.subject AS subject, g.episode, g.tier, CASE WHEN 1 = 1 THEN 3 END AS level, g.amount, g.site, g.kept, g.clause, CAST(NULL AS TEXT) AS key, g.called, g.offence, g.penalties, g.first_on, g.last_on
FROM (SELECT hit.subject AS subject, "a.offence" AS episode, max(tier) FILTER (WHERE clause IS NULL) AS tier, CAST(NULL AS TEXT) AS called, 0 AS amount, min(site) FILTER (WHERE clause IS NULL) AS site, count(*) FILTER (WHERE clause IS NULL) AS kept, min(clause) AS clause, min("a.offence") FILTER (WHERE clause IS NULL) AS offence, count(DISTINCT "a.rid") FILTER (WHERE clause IS NULL) AS penalties, min(coalesce("a.offence_on", "a.decided_on")) FILTER (WHERE clause IS NULL) AS first_on, max(coalesce("a.offence_on", "a.decided_on")) FILTER (WHERE clause IS NULL) AS last_on
FROM (SELECT a.citizen_id_person AS subject, greatest(a.citizen_id_tier, b.citizen_id_tier, official.citizen_id_tier) AS tier, coalesce(official.site, '') AS site, a.rid AS "a.rid", a.decision_no AS "a.decision_no", a.agency AS "a.agency", a.agency_uscc AS "a.agency_uscc", a.party AS "a.party", a.party_kind AS "a.party_kind", a.id_kind AS "a.id_kind", a.citizen_id AS "a.citizen_id", a.citizen_id_person AS "a.citizen_id_person", a.uscc AS "a.uscc", a.legal_rep AS "a.legal_rep", a.offence AS "a.offence", a.facts AS "a.facts", a.offence_on AS "a.offence_on", a.basis AS "a.basis", a.category AS "a.category", a.fine AS "a.fine", a.confiscated AS "a.confiscated", a.licence AS "a.licence", a.decided_on AS "a.decided_on", a.performed_on AS "a.performed_on", a.payment_no AS "a.payment_no", a.political AS "a.political", a.occupation AS "a.occupation", a.handler AS "a.handler", a.status AS "a.status", b.rid AS "b.rid", b.decision_no AS "b.decision_no", b.agency AS "b.agency", b.agency_uscc AS "b.agency_uscc", b.party AS "b.party", b.party_kind AS "b.party_kind", b.id_kind AS "b.id_kind", b.citizen_id AS "b.citizen_id", b.citizen_id_person AS "b.citizen_id_person", b.uscc AS "b.uscc", b.legal_rep AS "b.legal_rep", b.offence AS "b.offence", b.facts AS "b.facts", b.offence_on AS "b.offence_on", b.basis AS "b.basis", b.category AS "b.category", b.fine AS "b.fine", b.confiscated AS "b.confiscated", b.licence AS "b.licence", b.decided_on AS "b.decided_on", b.performed_on AS "b.performed_on", b.payment_no AS "b.payment_no", b.political AS "b.political", b.occupation AS "b.occupation", b.handler AS "b.handler", b.status AS "b.status", official.rid AS "official.rid", official.citizen_id AS "official.citizen_id", official.citizen_id_person AS "official.citizen_id_person", official.name AS "official.name", official.political AS "official.political", official.joined_on AS "official.joined_on", official.category AS "official.category", official.employer AS "official.employer", official.unit_code AS "official.unit_code", official.post AS "official.post", official.rank AS "official.rank", official.post_from AS "official.post_from", official.post_to AS "official.post_to", official.authority AS "official.authority", official.village_cadre AS "official.village_cadre", official.phone AS "official.phone", official.address AS "official.address", CASE WHEN official.post_to < greatest(coalesce(a.offence_on, a.decided_on), coalesce(b.offence_on, b.decided_on)) THEN 1 WHEN (a.offence_on = b.offence_on OR a.decided_on = b.decided_on) THEN 2 END AS clause
FROM dirty_subject AS s CROSS JOIN penalty AS a CROSS JOIN penalty AS b CROSS JOIN official AS official
WHERE a.citizen_id_person = s.subject AND a.citizen_id_person IS NOT NULL AND a.citizen_id_tier <= 2
  AND b.citizen_id_person = a.citizen_id_person AND b.citizen_id_tier <= 2
  AND official.citizen_id_person = a.citizen_id_person AND official.citizen_id_tier <= 2
  AND $1 > 0
  AND (a.offence = b.offence AND NOT (a.offence IN ('traffic', 'other')))
  AND (a.decision_no <> b.decision_no)
  AND (a.status = 'valid' AND b.status = 'valid')
  AND (a.party_kind = 'person' AND b.party_kind = 'person')
  AND (abs(qq_months(qq_month_of(coalesce(a.offence_on, a.decided_on))) - qq_months(qq_month_of(coalesce(b.offence_on, b.decided_on)))) < 24)
  AND (official.post_from <= least(coalesce(a.offence_on, a.decided_on), coalesce(b.offence_on, b.decided_on)))) AS hit
GROUP BY 1, 2) AS g) AS f
WHERE (f.kept > 0 AND f.level IS NOT NULL) OR f.clause IS NOT NULL
ORDER BY f.subject, f.episode COLLATE "C"

-- evidence
SELECT DISTINCT s.subject AS subject, a.offence AS episode, 0 AS source, a.rid AS rid, a.version AS version, a.row_hash AS row_hash
FROM hit_subject AS s CROSS JOIN penalty AS a CROSS JOIN penalty AS b CROSS JOIN official AS official
WHERE a.citizen_id_person = s.subject AND a.citizen_id_person IS NOT NULL AND a.citizen_id_tier <= 2
  AND b.citizen_id_person = a.citizen_id_person AND b.citizen_id_tier <= 2
  AND official.citizen_id_person = a.citizen_id_person AND official.citizen_id_tier <= 2
  AND $1 > 0
  AND (a.offence = b.offence AND NOT (a.offence IN ('traffic', 'other')))
  AND (a.decision_no <> b.decision_no)
  AND (a.status = 'valid' AND b.status = 'valid')
  AND (a.party_kind = 'person' AND b.party_kind = 'person')
  AND (abs(qq_months(qq_month_of(coalesce(a.offence_on, a.decided_on))) - qq_months(qq_month_of(coalesce(b.offence_on, b.decided_on)))) < 24)
  AND (official.post_from <= least(coalesce(a.offence_on, a.decided_on), coalesce(b.offence_on, b.decided_on)))
  AND NOT coalesce((official.post_to < greatest(coalesce(a.offence_on, a.decided_on), coalesce(b.offence_on, b.decided_on))), FALSE)
  AND NOT coalesce(((a.offence_on = b.offence_on OR a.decided_on = b.decided_on)), FALSE)
UNION ALL
SELECT DISTINCT s.subject AS subject, a.offence AS episode, 2 AS source, official.rid AS rid, official.version AS version, official.row_hash AS row_hash
FROM hit_subject AS s CROSS JOIN penalty AS a CROSS JOIN penalty AS b CROSS JOIN official AS official
WHERE a.citizen_id_person = s.subject AND a.citizen_id_person IS NOT NULL AND a.citizen_id_tier <= 2
  AND b.citizen_id_person = a.citizen_id_person AND b.citizen_id_tier <= 2
  AND official.citizen_id_person = a.citizen_id_person AND official.citizen_id_tier <= 2
  AND $1 > 0
  AND (a.offence = b.offence AND NOT (a.offence IN ('traffic', 'other')))
  AND (a.decision_no <> b.decision_no)
  AND (a.status = 'valid' AND b.status = 'valid')
  AND (a.party_kind = 'person' AND b.party_kind = 'person')
  AND (abs(qq_months(qq_month_of(coalesce(a.offence_on, a.decided_on))) - qq_months(qq_month_of(coalesce(b.offence_on, b.decided_on)))) < 24)
  AND (official.post_from <= least(coalesce(a.offence_on, a.decided_on), coalesce(b.offence_on, b.decided_on)))
  AND NOT coalesce((official.post_to < greatest(coalesce(a.offence_on, a.decided_on), coalesce(b.offence_on, b.decided_on))), FALSE)
  AND NOT coalesce(((a.offence_on = b.offence_on OR a.decided_on = b.decided_on)), FALSE)
ORDER BY 1, 2, 3, 4

-- need
SELECT count(*) FROM (SELECT 1 FROM penalty LIMIT 1) AS found

-- need
SELECT count(*) FROM (SELECT 1 FROM official LIMIT 1) AS found
