-- findings
SELECT * FROM (
SELECT g.subject, g.episode, g.tier, CASE WHEN 1 = 1 THEN 5 END AS level, g.amount, g.site, g.crime, g.sentence, g.effective_on, g.term_months
FROM (SELECT judgment.citizen_id_person AS subject, judgment.case_no AS episode, max(max(judgment.citizen_id_tier, official.citizen_id_tier)) AS tier, 0 AS amount, min(official.site) AS site, min(judgment.crime) AS crime, min(judgment.sentence) AS sentence, max(judgment.effective_on) AS effective_on, max(judgment.term_months) AS term_months
FROM judgment AS judgment CROSS JOIN official AS official
WHERE judgment.citizen_id_person IS NOT NULL AND judgment.citizen_id_tier <= 2
  AND official.citizen_id_person = judgment.citizen_id_person AND official.citizen_id_tier <= 2
  AND ?1 > 0
  AND (qq_days(judgment.effective_on) + 90 <= qq_days(?1))
  AND (official.post_from <= judgment.judged_on)
  AND ((((judgment.intent = 'intent' AND judgment.sentence IN ('control', 'detention', 'fixed', 'life', 'death')) OR (judgment.intent = 'negligence' AND judgment.term_months > 36))))
  AND NOT coalesce((official.post_to < judgment.judged_on), 0)
  AND NOT coalesce((EXISTS (SELECT 1 FROM discipline_case AS c WHERE c.citizen_id_person = judgment.citizen_id_person AND c.citizen_id_tier <= 2 AND (((c.party_sanction = 'expulsion' OR c.public_sanction = 'dismissal')) AND ((c.linked_no = judgment.case_no OR qq_days(c.decided_on) >= qq_days(judgment.judged_on) - 365))))), 0)
GROUP BY 1, 2) AS g) AS f
WHERE f.level IS NOT NULL
ORDER BY f.subject, f.episode

-- findings of the dirty
SELECT * FROM (
SELECT g.subject, g.episode, g.tier, CASE WHEN 1 = 1 THEN 5 END AS level, g.amount, g.site, g.crime, g.sentence, g.effective_on, g.term_months
FROM (SELECT judgment.citizen_id_person AS subject, judgment.case_no AS episode, max(max(judgment.citizen_id_tier, official.citizen_id_tier)) AS tier, 0 AS amount, min(official.site) AS site, min(judgment.crime) AS crime, min(judgment.sentence) AS sentence, max(judgment.effective_on) AS effective_on, max(judgment.term_months) AS term_months
FROM dirty_subject AS s CROSS JOIN judgment AS judgment CROSS JOIN official AS official
WHERE judgment.citizen_id_person = s.subject AND judgment.citizen_id_person IS NOT NULL AND judgment.citizen_id_tier <= 2
  AND official.citizen_id_person = judgment.citizen_id_person AND official.citizen_id_tier <= 2
  AND ?1 > 0
  AND (qq_days(judgment.effective_on) + 90 <= qq_days(?1))
  AND (official.post_from <= judgment.judged_on)
  AND ((((judgment.intent = 'intent' AND judgment.sentence IN ('control', 'detention', 'fixed', 'life', 'death')) OR (judgment.intent = 'negligence' AND judgment.term_months > 36))))
  AND NOT coalesce((official.post_to < judgment.judged_on), 0)
  AND NOT coalesce((EXISTS (SELECT 1 FROM discipline_case AS c WHERE c.citizen_id_person = judgment.citizen_id_person AND c.citizen_id_tier <= 2 AND (((c.party_sanction = 'expulsion' OR c.public_sanction = 'dismissal')) AND ((c.linked_no = judgment.case_no OR qq_days(c.decided_on) >= qq_days(judgment.judged_on) - 365))))), 0)
GROUP BY 1, 2) AS g) AS f
WHERE f.level IS NOT NULL
ORDER BY f.subject, f.episode

-- evidence
SELECT DISTINCT judgment.citizen_id_person AS subject, judgment.case_no AS episode, 0 AS source, judgment.rid AS rid, judgment.version AS version, judgment.row_hash AS row_hash
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
SELECT DISTINCT judgment.citizen_id_person AS subject, judgment.case_no AS episode, 1 AS source, official.rid AS rid, official.version AS version, official.row_hash AS row_hash
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

-- wake
SELECT judgment.citizen_id_person FROM judgment AS judgment WHERE judgment.citizen_id_person IS NOT NULL AND qq_ymd(qq_days(judgment.effective_on) + 90) > ?1 AND qq_ymd(qq_days(judgment.effective_on) + 90) <= ?2

-- need
SELECT count(*) FROM (SELECT 1 FROM judgment LIMIT 1) AS found

-- need
SELECT count(*) FROM (SELECT 1 FROM official LIMIT 1) AS found

-- need
SELECT count(*) FROM (SELECT 1 FROM discipline_case LIMIT 1) AS found
