-- findings
SELECT * FROM (
SELECT g.subject AS subject, g.episode, g.tier, CASE WHEN 1 = 1 THEN 5 END AS level, g.amount, g.site, g.kept, g.clause, CAST(NULL AS TEXT) AS key, g.called, g.crime, g.sentence, g.effective_on, g.term_months
FROM (SELECT hit.subject AS subject, "judgment.case_no" AS episode, max(tier) FILTER (WHERE clause IS NULL) AS tier, CAST(NULL AS TEXT) AS called, 0 AS amount, min(site) FILTER (WHERE clause IS NULL) AS site, count(*) FILTER (WHERE clause IS NULL) AS kept, min(clause) AS clause, min("judgment.crime") FILTER (WHERE clause IS NULL) AS crime, min("judgment.sentence") FILTER (WHERE clause IS NULL) AS sentence, max("judgment.effective_on") FILTER (WHERE clause IS NULL) AS effective_on, max("judgment.term_months") FILTER (WHERE clause IS NULL) AS term_months
FROM (SELECT judgment.citizen_id_person AS subject, max(judgment.citizen_id_tier, official.citizen_id_tier) AS tier, coalesce(official.site, '') AS site, judgment.rid AS "judgment.rid", judgment.case_no AS "judgment.case_no", judgment.court AS "judgment.court", judgment.defendant AS "judgment.defendant", judgment.citizen_id AS "judgment.citizen_id", judgment.citizen_id_person AS "judgment.citizen_id_person", judgment.crime AS "judgment.crime", judgment.intent AS "judgment.intent", judgment.sentence AS "judgment.sentence", judgment.term_months AS "judgment.term_months", judgment.probation_months AS "judgment.probation_months", judgment.extra AS "judgment.extra", judgment.judged_on AS "judgment.judged_on", judgment.effective_on AS "judgment.effective_on", judgment.political AS "judgment.political", judgment.occupation AS "judgment.occupation", official.rid AS "official.rid", official.citizen_id AS "official.citizen_id", official.citizen_id_person AS "official.citizen_id_person", official.name AS "official.name", official.political AS "official.political", official.joined_on AS "official.joined_on", official.category AS "official.category", official.employer AS "official.employer", official.unit_code AS "official.unit_code", official.post AS "official.post", official.rank AS "official.rank", official.post_from AS "official.post_from", official.post_to AS "official.post_to", official.authority AS "official.authority", official.village_cadre AS "official.village_cadre", official.phone AS "official.phone", official.address AS "official.address", CASE WHEN official.post_to < judgment.judged_on THEN 1 WHEN EXISTS (SELECT 1 FROM discipline_case AS c WHERE c.citizen_id_person = judgment.citizen_id_person AND c.citizen_id_tier <= 2 AND (((c.party_sanction = 'expulsion' OR c.public_sanction = 'dismissal')) AND ((c.linked_no = judgment.case_no OR qq_days(c.decided_on) >= qq_days(judgment.judged_on) - 365)))) THEN 2 END AS clause
FROM judgment AS judgment CROSS JOIN official AS official
WHERE judgment.citizen_id_person IS NOT NULL AND judgment.citizen_id_tier <= 2
  AND official.citizen_id_person = judgment.citizen_id_person AND official.citizen_id_tier <= 2
  AND ?1 > 0
  AND (qq_days(judgment.effective_on) + 90 <= qq_days(?1))
  AND (official.post_from <= judgment.judged_on)
  AND ((((judgment.intent = 'intent' AND judgment.sentence IN ('control', 'detention', 'fixed', 'life', 'death')) OR (judgment.intent = 'negligence' AND judgment.term_months > 36))))) AS hit
GROUP BY 1, 2) AS g) AS f
WHERE (f.kept > 0 AND f.level IS NOT NULL) OR f.clause IS NOT NULL
ORDER BY f.subject, f.episode

-- findings of the dirty
SELECT * FROM (
SELECT g.subject AS subject, g.episode, g.tier, CASE WHEN 1 = 1 THEN 5 END AS level, g.amount, g.site, g.kept, g.clause, CAST(NULL AS TEXT) AS key, g.called, g.crime, g.sentence, g.effective_on, g.term_months
FROM (SELECT hit.subject AS subject, "judgment.case_no" AS episode, max(tier) FILTER (WHERE clause IS NULL) AS tier, CAST(NULL AS TEXT) AS called, 0 AS amount, min(site) FILTER (WHERE clause IS NULL) AS site, count(*) FILTER (WHERE clause IS NULL) AS kept, min(clause) AS clause, min("judgment.crime") FILTER (WHERE clause IS NULL) AS crime, min("judgment.sentence") FILTER (WHERE clause IS NULL) AS sentence, max("judgment.effective_on") FILTER (WHERE clause IS NULL) AS effective_on, max("judgment.term_months") FILTER (WHERE clause IS NULL) AS term_months
FROM (SELECT judgment.citizen_id_person AS subject, max(judgment.citizen_id_tier, official.citizen_id_tier) AS tier, coalesce(official.site, '') AS site, judgment.rid AS "judgment.rid", judgment.case_no AS "judgment.case_no", judgment.court AS "judgment.court", judgment.defendant AS "judgment.defendant", judgment.citizen_id AS "judgment.citizen_id", judgment.citizen_id_person AS "judgment.citizen_id_person", judgment.crime AS "judgment.crime", judgment.intent AS "judgment.intent", judgment.sentence AS "judgment.sentence", judgment.term_months AS "judgment.term_months", judgment.probation_months AS "judgment.probation_months", judgment.extra AS "judgment.extra", judgment.judged_on AS "judgment.judged_on", judgment.effective_on AS "judgment.effective_on", judgment.political AS "judgment.political", judgment.occupation AS "judgment.occupation", official.rid AS "official.rid", official.citizen_id AS "official.citizen_id", official.citizen_id_person AS "official.citizen_id_person", official.name AS "official.name", official.political AS "official.political", official.joined_on AS "official.joined_on", official.category AS "official.category", official.employer AS "official.employer", official.unit_code AS "official.unit_code", official.post AS "official.post", official.rank AS "official.rank", official.post_from AS "official.post_from", official.post_to AS "official.post_to", official.authority AS "official.authority", official.village_cadre AS "official.village_cadre", official.phone AS "official.phone", official.address AS "official.address", CASE WHEN official.post_to < judgment.judged_on THEN 1 WHEN EXISTS (SELECT 1 FROM discipline_case AS c WHERE c.citizen_id_person = judgment.citizen_id_person AND c.citizen_id_tier <= 2 AND (((c.party_sanction = 'expulsion' OR c.public_sanction = 'dismissal')) AND ((c.linked_no = judgment.case_no OR qq_days(c.decided_on) >= qq_days(judgment.judged_on) - 365)))) THEN 2 END AS clause
FROM dirty_subject AS s CROSS JOIN judgment AS judgment CROSS JOIN official AS official
WHERE judgment.citizen_id_person = s.subject AND judgment.citizen_id_person IS NOT NULL AND judgment.citizen_id_tier <= 2
  AND official.citizen_id_person = judgment.citizen_id_person AND official.citizen_id_tier <= 2
  AND ?1 > 0
  AND (qq_days(judgment.effective_on) + 90 <= qq_days(?1))
  AND (official.post_from <= judgment.judged_on)
  AND ((((judgment.intent = 'intent' AND judgment.sentence IN ('control', 'detention', 'fixed', 'life', 'death')) OR (judgment.intent = 'negligence' AND judgment.term_months > 36))))) AS hit
GROUP BY 1, 2) AS g) AS f
WHERE (f.kept > 0 AND f.level IS NOT NULL) OR f.clause IS NOT NULL
ORDER BY f.subject, f.episode

-- evidence
SELECT DISTINCT s.subject AS subject, judgment.case_no AS episode, 0 AS source, judgment.rid AS rid, judgment.version AS version, judgment.row_hash AS row_hash
FROM hit_subject AS s CROSS JOIN judgment AS judgment CROSS JOIN official AS official
WHERE judgment.citizen_id_person = s.subject AND judgment.citizen_id_person IS NOT NULL AND judgment.citizen_id_tier <= 2
  AND official.citizen_id_person = judgment.citizen_id_person AND official.citizen_id_tier <= 2
  AND ?1 > 0
  AND (qq_days(judgment.effective_on) + 90 <= qq_days(?1))
  AND (official.post_from <= judgment.judged_on)
  AND ((((judgment.intent = 'intent' AND judgment.sentence IN ('control', 'detention', 'fixed', 'life', 'death')) OR (judgment.intent = 'negligence' AND judgment.term_months > 36))))
  AND NOT coalesce((official.post_to < judgment.judged_on), 0)
  AND NOT coalesce((EXISTS (SELECT 1 FROM discipline_case AS c WHERE c.citizen_id_person = judgment.citizen_id_person AND c.citizen_id_tier <= 2 AND (((c.party_sanction = 'expulsion' OR c.public_sanction = 'dismissal')) AND ((c.linked_no = judgment.case_no OR qq_days(c.decided_on) >= qq_days(judgment.judged_on) - 365))))), 0)
UNION ALL
SELECT DISTINCT s.subject AS subject, judgment.case_no AS episode, 1 AS source, official.rid AS rid, official.version AS version, official.row_hash AS row_hash
FROM hit_subject AS s CROSS JOIN judgment AS judgment CROSS JOIN official AS official
WHERE judgment.citizen_id_person = s.subject AND judgment.citizen_id_person IS NOT NULL AND judgment.citizen_id_tier <= 2
  AND official.citizen_id_person = judgment.citizen_id_person AND official.citizen_id_tier <= 2
  AND ?1 > 0
  AND (qq_days(judgment.effective_on) + 90 <= qq_days(?1))
  AND (official.post_from <= judgment.judged_on)
  AND ((((judgment.intent = 'intent' AND judgment.sentence IN ('control', 'detention', 'fixed', 'life', 'death')) OR (judgment.intent = 'negligence' AND judgment.term_months > 36))))
  AND NOT coalesce((official.post_to < judgment.judged_on), 0)
  AND NOT coalesce((EXISTS (SELECT 1 FROM discipline_case AS c WHERE c.citizen_id_person = judgment.citizen_id_person AND c.citizen_id_tier <= 2 AND (((c.party_sanction = 'expulsion' OR c.public_sanction = 'dismissal')) AND ((c.linked_no = judgment.case_no OR qq_days(c.decided_on) >= qq_days(judgment.judged_on) - 365))))), 0)
ORDER BY 1, 2, 3, 4

-- wake persons
SELECT judgment.citizen_id_person FROM judgment AS judgment WHERE judgment.citizen_id_person IS NOT NULL AND qq_ymd(qq_days(judgment.effective_on) + 90) > ?1 AND qq_ymd(qq_days(judgment.effective_on) + 90) <= ?2

-- need
SELECT count(*) FROM (SELECT 1 FROM judgment LIMIT 1) AS found

-- need
SELECT count(*) FROM (SELECT 1 FROM official LIMIT 1) AS found

-- need
SELECT count(*) FROM (SELECT 1 FROM discipline_case LIMIT 1) AS found
