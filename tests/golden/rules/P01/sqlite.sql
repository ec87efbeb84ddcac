-- findings
SELECT * FROM (
SELECT g.subject AS subject, g.episode, g.tier, CASE WHEN g.grave = 1 THEN 5 WHEN g.detained = 1 THEN 4 WHEN g.fine >= 100000 THEN 3 END AS level, g.amount, g.site, g.kept, g.clause, CAST(NULL AS TEXT) AS key, g.called, g.offence, g.decided_on, g.grave, g.detained, g.fine
FROM (SELECT hit.subject AS subject, "penalty.decision_no" AS episode, max(tier) FILTER (WHERE clause IS NULL) AS tier, CAST(NULL AS TEXT) AS called, coalesce(max(coalesce("penalty.fine", "penalty.confiscated")) FILTER (WHERE clause IS NULL), 0) AS amount, min(site) FILTER (WHERE clause IS NULL) AS site, count(*) FILTER (WHERE clause IS NULL) AS kept, min(clause) AS clause, min("penalty.offence") FILTER (WHERE clause IS NULL) AS offence, max("penalty.decided_on") FILTER (WHERE clause IS NULL) AS decided_on, max(CASE WHEN "penalty.offence" IN ('prostitution', 'drugs', 'gambling', 'drunk') THEN 1 ELSE 0 END) FILTER (WHERE clause IS NULL) AS grave, max(CASE WHEN "penalty.category" = 'detention' THEN 1 ELSE 0 END) FILTER (WHERE clause IS NULL) AS detained, max("penalty.fine") FILTER (WHERE clause IS NULL) AS fine
FROM (SELECT penalty.citizen_id_person AS subject, max(penalty.citizen_id_tier, official.citizen_id_tier) AS tier, coalesce(official.site, '') AS site, penalty.rid AS "penalty.rid", penalty.decision_no AS "penalty.decision_no", penalty.agency AS "penalty.agency", penalty.agency_uscc AS "penalty.agency_uscc", penalty.party AS "penalty.party", penalty.party_kind AS "penalty.party_kind", penalty.id_kind AS "penalty.id_kind", penalty.citizen_id AS "penalty.citizen_id", penalty.citizen_id_person AS "penalty.citizen_id_person", penalty.uscc AS "penalty.uscc", penalty.legal_rep AS "penalty.legal_rep", penalty.offence AS "penalty.offence", penalty.facts AS "penalty.facts", penalty.offence_on AS "penalty.offence_on", penalty.basis AS "penalty.basis", penalty.category AS "penalty.category", penalty.fine AS "penalty.fine", penalty.confiscated AS "penalty.confiscated", penalty.licence AS "penalty.licence", penalty.decided_on AS "penalty.decided_on", penalty.performed_on AS "penalty.performed_on", penalty.payment_no AS "penalty.payment_no", penalty.political AS "penalty.political", penalty.occupation AS "penalty.occupation", penalty.handler AS "penalty.handler", penalty.status AS "penalty.status", official.rid AS "official.rid", official.citizen_id AS "official.citizen_id", official.citizen_id_person AS "official.citizen_id_person", official.name AS "official.name", official.political AS "official.political", official.joined_on AS "official.joined_on", official.category AS "official.category", official.employer AS "official.employer", official.unit_code AS "official.unit_code", official.post AS "official.post", official.rank AS "official.rank", official.post_from AS "official.post_from", official.post_to AS "official.post_to", official.authority AS "official.authority", official.village_cadre AS "official.village_cadre", official.phone AS "official.phone", official.address AS "official.address", CASE WHEN official.post_to < coalesce(penalty.offence_on, penalty.decided_on) THEN 1 WHEN penalty.offence IN ('traffic') THEN 2 WHEN EXISTS (SELECT 1 FROM discipline_case AS c WHERE c.citizen_id_person = penalty.citizen_id_person AND c.citizen_id_tier <= 2 AND ((c.linked_no = penalty.decision_no OR (coalesce(c.decided_on, c.opened_on) >= coalesce(penalty.offence_on, penalty.decided_on) AND coalesce(c.decided_on, c.opened_on) <= ?1)))) THEN 3 END AS clause
FROM penalty AS penalty CROSS JOIN official AS official
WHERE penalty.citizen_id_person IS NOT NULL AND penalty.citizen_id_tier <= 2
  AND official.citizen_id_person = penalty.citizen_id_person AND official.citizen_id_tier <= 2
  AND ?1 > 0
  AND (penalty.status = 'valid')
  AND (penalty.party_kind = 'person')
  AND (qq_days(penalty.decided_on) + 60 <= qq_days(?1))
  AND (official.post_from <= coalesce(penalty.offence_on, penalty.decided_on))) AS hit
GROUP BY 1, 2) AS g) AS f
WHERE (f.kept > 0 AND f.level IS NOT NULL) OR f.clause IS NOT NULL
ORDER BY f.subject, f.episode

-- findings of the dirty
SELECT * FROM (
SELECT g.subject AS subject, g.episode, g.tier, CASE WHEN g.grave = 1 THEN 5 WHEN g.detained = 1 THEN 4 WHEN g.fine >= 100000 THEN 3 END AS level, g.amount, g.site, g.kept, g.clause, CAST(NULL AS TEXT) AS key, g.called, g.offence, g.decided_on, g.grave, g.detained, g.fine
FROM (SELECT hit.subject AS subject, "penalty.decision_no" AS episode, max(tier) FILTER (WHERE clause IS NULL) AS tier, CAST(NULL AS TEXT) AS called, coalesce(max(coalesce("penalty.fine", "penalty.confiscated")) FILTER (WHERE clause IS NULL), 0) AS amount, min(site) FILTER (WHERE clause IS NULL) AS site, count(*) FILTER (WHERE clause IS NULL) AS kept, min(clause) AS clause, min("penalty.offence") FILTER (WHERE clause IS NULL) AS offence, max("penalty.decided_on") FILTER (WHERE clause IS NULL) AS decided_on, max(CASE WHEN "penalty.offence" IN ('prostitution', 'drugs', 'gambling', 'drunk') THEN 1 ELSE 0 END) FILTER (WHERE clause IS NULL) AS grave, max(CASE WHEN "penalty.category" = 'detention' THEN 1 ELSE 0 END) FILTER (WHERE clause IS NULL) AS detained, max("penalty.fine") FILTER (WHERE clause IS NULL) AS fine
FROM (SELECT penalty.citizen_id_person AS subject, max(penalty.citizen_id_tier, official.citizen_id_tier) AS tier, coalesce(official.site, '') AS site, penalty.rid AS "penalty.rid", penalty.decision_no AS "penalty.decision_no", penalty.agency AS "penalty.agency", penalty.agency_uscc AS "penalty.agency_uscc", penalty.party AS "penalty.party", penalty.party_kind AS "penalty.party_kind", penalty.id_kind AS "penalty.id_kind", penalty.citizen_id AS "penalty.citizen_id", penalty.citizen_id_person AS "penalty.citizen_id_person", penalty.uscc AS "penalty.uscc", penalty.legal_rep AS "penalty.legal_rep", penalty.offence AS "penalty.offence", penalty.facts AS "penalty.facts", penalty.offence_on AS "penalty.offence_on", penalty.basis AS "penalty.basis", penalty.category AS "penalty.category", penalty.fine AS "penalty.fine", penalty.confiscated AS "penalty.confiscated", penalty.licence AS "penalty.licence", penalty.decided_on AS "penalty.decided_on", penalty.performed_on AS "penalty.performed_on", penalty.payment_no AS "penalty.payment_no", penalty.political AS "penalty.political", penalty.occupation AS "penalty.occupation", penalty.handler AS "penalty.handler", penalty.status AS "penalty.status", official.rid AS "official.rid", official.citizen_id AS "official.citizen_id", official.citizen_id_person AS "official.citizen_id_person", official.name AS "official.name", official.political AS "official.political", official.joined_on AS "official.joined_on", official.category AS "official.category", official.employer AS "official.employer", official.unit_code AS "official.unit_code", official.post AS "official.post", official.rank AS "official.rank", official.post_from AS "official.post_from", official.post_to AS "official.post_to", official.authority AS "official.authority", official.village_cadre AS "official.village_cadre", official.phone AS "official.phone", official.address AS "official.address", CASE WHEN official.post_to < coalesce(penalty.offence_on, penalty.decided_on) THEN 1 WHEN penalty.offence IN ('traffic') THEN 2 WHEN EXISTS (SELECT 1 FROM discipline_case AS c WHERE c.citizen_id_person = penalty.citizen_id_person AND c.citizen_id_tier <= 2 AND ((c.linked_no = penalty.decision_no OR (coalesce(c.decided_on, c.opened_on) >= coalesce(penalty.offence_on, penalty.decided_on) AND coalesce(c.decided_on, c.opened_on) <= ?1)))) THEN 3 END AS clause
FROM dirty_subject AS s CROSS JOIN penalty AS penalty CROSS JOIN official AS official
WHERE penalty.citizen_id_person = s.subject AND penalty.citizen_id_person IS NOT NULL AND penalty.citizen_id_tier <= 2
  AND official.citizen_id_person = penalty.citizen_id_person AND official.citizen_id_tier <= 2
  AND ?1 > 0
  AND (penalty.status = 'valid')
  AND (penalty.party_kind = 'person')
  AND (qq_days(penalty.decided_on) + 60 <= qq_days(?1))
  AND (official.post_from <= coalesce(penalty.offence_on, penalty.decided_on))) AS hit
GROUP BY 1, 2) AS g) AS f
WHERE (f.kept > 0 AND f.level IS NOT NULL) OR f.clause IS NOT NULL
ORDER BY f.subject, f.episode

-- evidence
SELECT DISTINCT s.subject AS subject, penalty.decision_no AS episode, 0 AS source, penalty.rid AS rid, penalty.version AS version, penalty.row_hash AS row_hash
FROM hit_subject AS s CROSS JOIN penalty AS penalty CROSS JOIN official AS official
WHERE penalty.citizen_id_person = s.subject AND penalty.citizen_id_person IS NOT NULL AND penalty.citizen_id_tier <= 2
  AND official.citizen_id_person = penalty.citizen_id_person AND official.citizen_id_tier <= 2
  AND ?1 > 0
  AND (penalty.status = 'valid')
  AND (penalty.party_kind = 'person')
  AND (qq_days(penalty.decided_on) + 60 <= qq_days(?1))
  AND (official.post_from <= coalesce(penalty.offence_on, penalty.decided_on))
  AND NOT coalesce((official.post_to < coalesce(penalty.offence_on, penalty.decided_on)), 0)
  AND NOT coalesce((penalty.offence IN ('traffic')), 0)
  AND NOT coalesce((EXISTS (SELECT 1 FROM discipline_case AS c WHERE c.citizen_id_person = penalty.citizen_id_person AND c.citizen_id_tier <= 2 AND ((c.linked_no = penalty.decision_no OR (coalesce(c.decided_on, c.opened_on) >= coalesce(penalty.offence_on, penalty.decided_on) AND coalesce(c.decided_on, c.opened_on) <= ?1))))), 0)
UNION ALL
SELECT DISTINCT s.subject AS subject, penalty.decision_no AS episode, 1 AS source, official.rid AS rid, official.version AS version, official.row_hash AS row_hash
FROM hit_subject AS s CROSS JOIN penalty AS penalty CROSS JOIN official AS official
WHERE penalty.citizen_id_person = s.subject AND penalty.citizen_id_person IS NOT NULL AND penalty.citizen_id_tier <= 2
  AND official.citizen_id_person = penalty.citizen_id_person AND official.citizen_id_tier <= 2
  AND ?1 > 0
  AND (penalty.status = 'valid')
  AND (penalty.party_kind = 'person')
  AND (qq_days(penalty.decided_on) + 60 <= qq_days(?1))
  AND (official.post_from <= coalesce(penalty.offence_on, penalty.decided_on))
  AND NOT coalesce((official.post_to < coalesce(penalty.offence_on, penalty.decided_on)), 0)
  AND NOT coalesce((penalty.offence IN ('traffic')), 0)
  AND NOT coalesce((EXISTS (SELECT 1 FROM discipline_case AS c WHERE c.citizen_id_person = penalty.citizen_id_person AND c.citizen_id_tier <= 2 AND ((c.linked_no = penalty.decision_no OR (coalesce(c.decided_on, c.opened_on) >= coalesce(penalty.offence_on, penalty.decided_on) AND coalesce(c.decided_on, c.opened_on) <= ?1))))), 0)
ORDER BY 1, 2, 3, 4

-- wake persons
SELECT penalty.citizen_id_person FROM penalty AS penalty WHERE penalty.citizen_id_person IS NOT NULL AND qq_ymd(qq_days(penalty.decided_on) + 60) > ?1 AND qq_ymd(qq_days(penalty.decided_on) + 60) <= ?2
UNION SELECT later.citizen_id_person FROM discipline_case AS later WHERE later.citizen_id_person IS NOT NULL AND coalesce(later.decided_on, later.opened_on) > ?1 AND coalesce(later.decided_on, later.opened_on) <= ?2

-- need
SELECT count(*) FROM (SELECT 1 FROM penalty LIMIT 1) AS found

-- need
SELECT count(*) FROM (SELECT 1 FROM official LIMIT 1) AS found

-- need
SELECT count(*) FROM (SELECT 1 FROM discipline_case LIMIT 1) AS found
