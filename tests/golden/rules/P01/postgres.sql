-- findings
SELECT * FROM (
SELECT g.subject, g.episode, g.tier, CASE WHEN g.grave = 1 THEN 5 WHEN g.detained = 1 THEN 4 WHEN g.fine >= 100000 THEN 3 END AS level, g.amount, g.site, g.offence, g.decided_on, g.grave, g.detained, g.fine
FROM (SELECT penalty.citizen_id_person AS subject, penalty.decision_no AS episode, max(greatest(penalty.citizen_id_tier, official.citizen_id_tier)) AS tier, coalesce(max(coalesce(penalty.fine, penalty.confiscated)), 0) AS amount, min(official.site) AS site, min(penalty.offence) AS offence, max(penalty.decided_on) AS decided_on, max(CASE WHEN penalty.offence IN ('prostitution', 'drugs', 'gambling', 'drunk') THEN 1 ELSE 0 END) AS grave, max(CASE WHEN penalty.category = 'detention' THEN 1 ELSE 0 END) AS detained, max(penalty.fine) AS fine
FROM penalty AS penalty CROSS JOIN official AS official
WHERE penalty.citizen_id_person IS NOT NULL AND penalty.citizen_id_tier <= 2
  AND official.citizen_id_person = penalty.citizen_id_person AND official.citizen_id_tier <= 2
  AND $1 > 0
  AND (penalty.status = 'valid')
  AND (penalty.party_kind = 'person')
  AND (qq_days(penalty.decided_on) + 60 <= qq_days($1))
  AND (official.post_from <= coalesce(penalty.offence_on, penalty.decided_on))
  AND NOT coalesce((official.post_to < coalesce(penalty.offence_on, penalty.decided_on)), FALSE)
  AND NOT coalesce((penalty.offence IN ('traffic')), FALSE)
  AND NOT coalesce((EXISTS (SELECT 1 FROM discipline_case AS c WHERE c.citizen_id_person = penalty.citizen_id_person AND c.citizen_id_tier <= 2 AND ((c.linked_no = penalty.decision_no OR (coalesce(c.decided_on, c.opened_on) >= coalesce(penalty.offence_on, penalty.decided_on) AND coalesce(c.decided_on, c.opened_on) <= $1))))), FALSE)
GROUP BY 1, 2) AS g) AS f
WHERE f.level IS NOT NULL
ORDER BY f.subject, f.episode COLLATE "C"

-- findings of the dirty
SELECT * FROM (
SELECT g.subject, g.episode, g.tier, CASE WHEN g.grave = 1 THEN 5 WHEN g.detained = 1 THEN 4 WHEN g.fine >= 100000 THEN 3 END AS level, g.amount, g.site, g.offence, g.decided_on, g.grave, g.detained, g.fine
FROM (SELECT penalty.citizen_id_person AS subject, penalty.decision_no AS episode, max(greatest(penalty.citizen_id_tier, official.citizen_id_tier)) AS tier, coalesce(max(coalesce(penalty.fine, penalty.confiscated)), 0) AS amount, min(official.site) AS site, min(penalty.offence) AS offence, max(penalty.decided_on) AS decided_on, max(CASE WHEN penalty.offence IN ('prostitution', 'drugs', 'gambling', 'drunk') THEN 1 ELSE 0 END) AS grave, max(CASE WHEN penalty.category = 'detention' THEN 1 ELSE 0 END) AS detained, max(penalty.fine) AS fine
FROM dirty_subject AS s CROSS JOIN penalty AS penalty CROSS JOIN official AS official
WHERE penalty.citizen_id_person = s.subject AND penalty.citizen_id_person IS NOT NULL AND penalty.citizen_id_tier <= 2
  AND official.citizen_id_person = penalty.citizen_id_person AND official.citizen_id_tier <= 2
  AND $1 > 0
  AND (penalty.status = 'valid')
  AND (penalty.party_kind = 'person')
  AND (qq_days(penalty.decided_on) + 60 <= qq_days($1))
  AND (official.post_from <= coalesce(penalty.offence_on, penalty.decided_on))
  AND NOT coalesce((official.post_to < coalesce(penalty.offence_on, penalty.decided_on)), FALSE)
  AND NOT coalesce((penalty.offence IN ('traffic')), FALSE)
  AND NOT coalesce((EXISTS (SELECT 1 FROM discipline_case AS c WHERE c.citizen_id_person = penalty.citizen_id_person AND c.citizen_id_tier <= 2 AND ((c.linked_no = penalty.decision_no OR (coalesce(c.decided_on, c.opened_on) >= coalesce(penalty.offence_on, penalty.decided_on) AND coalesce(c.decided_on, c.opened_on) <= $1))))), FALSE)
GROUP BY 1, 2) AS g) AS f
WHERE f.level IS NOT NULL
ORDER BY f.subject, f.episode COLLATE "C"

-- evidence
SELECT DISTINCT penalty.citizen_id_person AS subject, penalty.decision_no AS episode, 0 AS source, penalty.rid AS rid, penalty.version AS version, penalty.row_hash AS row_hash
FROM hit_subject AS s CROSS JOIN penalty AS penalty CROSS JOIN official AS official
WHERE penalty.citizen_id_person = s.subject AND penalty.citizen_id_person IS NOT NULL AND penalty.citizen_id_tier <= 2
  AND official.citizen_id_person = penalty.citizen_id_person AND official.citizen_id_tier <= 2
  AND $1 > 0
  AND (penalty.status = 'valid')
  AND (penalty.party_kind = 'person')
  AND (qq_days(penalty.decided_on) + 60 <= qq_days($1))
  AND (official.post_from <= coalesce(penalty.offence_on, penalty.decided_on))
  AND NOT coalesce((official.post_to < coalesce(penalty.offence_on, penalty.decided_on)), FALSE)
  AND NOT coalesce((penalty.offence IN ('traffic')), FALSE)
  AND NOT coalesce((EXISTS (SELECT 1 FROM discipline_case AS c WHERE c.citizen_id_person = penalty.citizen_id_person AND c.citizen_id_tier <= 2 AND ((c.linked_no = penalty.decision_no OR (coalesce(c.decided_on, c.opened_on) >= coalesce(penalty.offence_on, penalty.decided_on) AND coalesce(c.decided_on, c.opened_on) <= $1))))), FALSE)
UNION ALL
SELECT DISTINCT penalty.citizen_id_person AS subject, penalty.decision_no AS episode, 1 AS source, official.rid AS rid, official.version AS version, official.row_hash AS row_hash
FROM hit_subject AS s CROSS JOIN penalty AS penalty CROSS JOIN official AS official
WHERE penalty.citizen_id_person = s.subject AND penalty.citizen_id_person IS NOT NULL AND penalty.citizen_id_tier <= 2
  AND official.citizen_id_person = penalty.citizen_id_person AND official.citizen_id_tier <= 2
  AND $1 > 0
  AND (penalty.status = 'valid')
  AND (penalty.party_kind = 'person')
  AND (qq_days(penalty.decided_on) + 60 <= qq_days($1))
  AND (official.post_from <= coalesce(penalty.offence_on, penalty.decided_on))
  AND NOT coalesce((official.post_to < coalesce(penalty.offence_on, penalty.decided_on)), FALSE)
  AND NOT coalesce((penalty.offence IN ('traffic')), FALSE)
  AND NOT coalesce((EXISTS (SELECT 1 FROM discipline_case AS c WHERE c.citizen_id_person = penalty.citizen_id_person AND c.citizen_id_tier <= 2 AND ((c.linked_no = penalty.decision_no OR (coalesce(c.decided_on, c.opened_on) >= coalesce(penalty.offence_on, penalty.decided_on) AND coalesce(c.decided_on, c.opened_on) <= $1))))), FALSE)
ORDER BY 1, 2, 3, 4

-- wake
SELECT penalty.citizen_id_person FROM penalty AS penalty WHERE penalty.citizen_id_person IS NOT NULL AND qq_ymd(qq_days(penalty.decided_on) + 60) > $1 AND qq_ymd(qq_days(penalty.decided_on) + 60) <= $2
UNION SELECT later.citizen_id_person FROM discipline_case AS later WHERE later.citizen_id_person IS NOT NULL AND coalesce(later.decided_on, later.opened_on) > $1 AND coalesce(later.decided_on, later.opened_on) <= $2

-- need
SELECT count(*) FROM (SELECT 1 FROM penalty LIMIT 1) AS found

-- need
SELECT count(*) FROM (SELECT 1 FROM official LIMIT 1) AS found

-- need
SELECT count(*) FROM (SELECT 1 FROM discipline_case LIMIT 1) AS found
