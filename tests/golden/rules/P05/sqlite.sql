-- findings
WITH said(subject, site, tier, episode, status, on_day, entries, others, penalty_rid, judgment_rid) AS (
WITH act AS (
                SELECT p.citizen_id_person AS person, p.site, p.citizen_id_tier AS tier, p.decision_no AS episode,
                    coalesce(p.offence_on, p.decided_on) AS on_day, p.agency AS body, p.political, p.occupation, p.rid AS penalty_rid,
                    CAST(NULL AS BIGINT) AS judgment_rid
                FROM penalty AS p
                WHERE 1 = 1 AND p.citizen_id_tier <= 2 AND p.status = 'valid' AND p.party_kind = 'person'
                UNION ALL
                SELECT j.citizen_id_person, j.site, j.citizen_id_tier, j.case_no, j.judged_on, j.court, j.political, j.occupation, NULL, j.rid
                FROM judgment AS j
                WHERE 1 = 1 AND j.citizen_id_tier <= 2),
            entry AS (
                SELECT agency AS body, political, occupation FROM penalty WHERE party_kind = 'person' AND agency IN (SELECT body FROM act)
                UNION ALL
                SELECT court, political, occupation FROM judgment WHERE court IN (SELECT body FROM act)),
            habit AS (
                SELECT body, count(political) AS political, count(CASE WHEN political IN ('01', '02') THEN 1 END) AS member, count(occupation) AS occupation,
                    count(CASE WHEN occupation NOT IN ('无业', '无职业', '待业', '农民', '务农') THEN 1 END) AS employed
                FROM entry GROUP BY body)
            SELECT a.person, a.site, a.tier, a.episode, 'party', a.on_day, h.political, h.member, a.penalty_rid, a.judgment_rid
            FROM act AS a JOIN habit AS h ON h.body = a.body WHERE a.political IN ('12', '13')
            UNION ALL
            SELECT a.person, a.site, a.tier, a.episode, 'post', a.on_day, h.occupation, h.employed, a.penalty_rid, a.judgment_rid
            FROM act AS a JOIN habit AS h ON h.body = a.body WHERE a.occupation IN ('无业', '无职业', '待业', '农民', '务农')
)
SELECT * FROM (
SELECT g.subject AS subject, g.episode, g.tier, CASE WHEN 1 = 1 THEN 3 END AS level, g.amount, g.site, g.kept, g.clause, CAST(NULL AS TEXT) AS key, g.called, g.on_day, g.status, g.entries
FROM (SELECT hit.subject AS subject, "q.episode" AS episode, max(tier) FILTER (WHERE clause IS NULL) AS tier, CAST(NULL AS TEXT) AS called, 0 AS amount, min(site) FILTER (WHERE clause IS NULL) AS site, count(*) FILTER (WHERE clause IS NULL) AS kept, min(clause) AS clause, min("q.on_day") FILTER (WHERE clause IS NULL) AS on_day, min("q.status") FILTER (WHERE clause IS NULL) AS status, count(DISTINCT "q.status") FILTER (WHERE clause IS NULL) AS entries
FROM (SELECT q.subject AS subject, max(q.tier, official.citizen_id_tier) AS tier, coalesce(q.site, '') AS site, q.subject AS "q.subject", q.site AS "q.site", q.tier AS "q.tier", q.episode AS "q.episode", q.status AS "q.status", q.on_day AS "q.on_day", q.entries AS "q.entries", q.others AS "q.others", q.penalty_rid AS "q.penalty_rid", q.judgment_rid AS "q.judgment_rid", official.rid AS "official.rid", official.citizen_id AS "official.citizen_id", official.citizen_id_person AS "official.citizen_id_person", official.name AS "official.name", official.political AS "official.political", official.joined_on AS "official.joined_on", official.category AS "official.category", official.employer AS "official.employer", official.unit_code AS "official.unit_code", official.post AS "official.post", official.rank AS "official.rank", official.post_from AS "official.post_from", official.post_to AS "official.post_to", official.authority AS "official.authority", official.village_cadre AS "official.village_cadre", official.phone AS "official.phone", official.address AS "official.address", CASE WHEN official.post_to < q.on_day THEN 1 WHEN (q.others = 0 OR q.entries < 20) THEN 2 END AS clause
FROM said AS q CROSS JOIN official AS official
WHERE q.subject IS NOT NULL
  AND official.citizen_id_person = q.subject AND official.citizen_id_tier <= 2
  AND ?1 > 0
  AND (official.post_from <= q.on_day)
  AND ((((q.status = 'party' AND official.political IN ('01', '02') AND official.joined_on <= q.on_day) OR (q.status = 'post' AND official.category IN ('civil', 'reference', 'institution', 'enterprise')))))) AS hit
GROUP BY 1, 2) AS g) AS f
WHERE (f.kept > 0 AND f.level IS NOT NULL) OR f.clause IS NOT NULL
ORDER BY f.subject, f.episode

-- findings of the dirty
WITH said(subject, site, tier, episode, status, on_day, entries, others, penalty_rid, judgment_rid) AS (
WITH act AS (
                SELECT p.citizen_id_person AS person, p.site, p.citizen_id_tier AS tier, p.decision_no AS episode,
                    coalesce(p.offence_on, p.decided_on) AS on_day, p.agency AS body, p.political, p.occupation, p.rid AS penalty_rid,
                    CAST(NULL AS BIGINT) AS judgment_rid
                FROM penalty AS p
                WHERE p.citizen_id_person IN (SELECT subject FROM dirty_subject) AND p.citizen_id_tier <= 2 AND p.status = 'valid' AND p.party_kind = 'person'
                UNION ALL
                SELECT j.citizen_id_person, j.site, j.citizen_id_tier, j.case_no, j.judged_on, j.court, j.political, j.occupation, NULL, j.rid
                FROM judgment AS j
                WHERE j.citizen_id_person IN (SELECT subject FROM dirty_subject) AND j.citizen_id_tier <= 2),
            entry AS (
                SELECT agency AS body, political, occupation FROM penalty WHERE party_kind = 'person' AND agency IN (SELECT body FROM act)
                UNION ALL
                SELECT court, political, occupation FROM judgment WHERE court IN (SELECT body FROM act)),
            habit AS (
                SELECT body, count(political) AS political, count(CASE WHEN political IN ('01', '02') THEN 1 END) AS member, count(occupation) AS occupation,
                    count(CASE WHEN occupation NOT IN ('无业', '无职业', '待业', '农民', '务农') THEN 1 END) AS employed
                FROM entry GROUP BY body)
            SELECT a.person, a.site, a.tier, a.episode, 'party', a.on_day, h.political, h.member, a.penalty_rid, a.judgment_rid
            FROM act AS a JOIN habit AS h ON h.body = a.body WHERE a.political IN ('12', '13')
            UNION ALL
            SELECT a.person, a.site, a.tier, a.episode, 'post', a.on_day, h.occupation, h.employed, a.penalty_rid, a.judgment_rid
            FROM act AS a JOIN habit AS h ON h.body = a.body WHERE a.occupation IN ('无业', '无职业', '待业', '农民', '务农')
)
SELECT * FROM (
SELECT g.subject AS subject, g.episode, g.tier, CASE WHEN 1 = 1 THEN 3 END AS level, g.amount, g.site, g.kept, g.clause, CAST(NULL AS TEXT) AS key, g.called, g.on_day, g.status, g.entries
FROM (SELECT hit.subject AS subject, "q.episode" AS episode, max(tier) FILTER (WHERE clause IS NULL) AS tier, CAST(NULL AS TEXT) AS called, 0 AS amount, min(site) FILTER (WHERE clause IS NULL) AS site, count(*) FILTER (WHERE clause IS NULL) AS kept, min(clause) AS clause, min("q.on_day") FILTER (WHERE clause IS NULL) AS on_day, min("q.status") FILTER (WHERE clause IS NULL) AS status, count(DISTINCT "q.status") FILTER (WHERE clause IS NULL) AS entries
FROM (SELECT q.subject AS subject, max(q.tier, official.citizen_id_tier) AS tier, coalesce(q.site, '') AS site, q.subject AS "q.subject", q.site AS "q.site", q.tier AS "q.tier", q.episode AS "q.episode", q.status AS "q.status", q.on_day AS "q.on_day", q.entries AS "q.entries", q.others AS "q.others", q.penalty_rid AS "q.penalty_rid", q.judgment_rid AS "q.judgment_rid", official.rid AS "official.rid", official.citizen_id AS "official.citizen_id", official.citizen_id_person AS "official.citizen_id_person", official.name AS "official.name", official.political AS "official.political", official.joined_on AS "official.joined_on", official.category AS "official.category", official.employer AS "official.employer", official.unit_code AS "official.unit_code", official.post AS "official.post", official.rank AS "official.rank", official.post_from AS "official.post_from", official.post_to AS "official.post_to", official.authority AS "official.authority", official.village_cadre AS "official.village_cadre", official.phone AS "official.phone", official.address AS "official.address", CASE WHEN official.post_to < q.on_day THEN 1 WHEN (q.others = 0 OR q.entries < 20) THEN 2 END AS clause
FROM dirty_subject AS s CROSS JOIN said AS q CROSS JOIN official AS official
WHERE q.subject = s.subject AND q.subject IS NOT NULL
  AND official.citizen_id_person = q.subject AND official.citizen_id_tier <= 2
  AND ?1 > 0
  AND (official.post_from <= q.on_day)
  AND ((((q.status = 'party' AND official.political IN ('01', '02') AND official.joined_on <= q.on_day) OR (q.status = 'post' AND official.category IN ('civil', 'reference', 'institution', 'enterprise')))))) AS hit
GROUP BY 1, 2) AS g) AS f
WHERE (f.kept > 0 AND f.level IS NOT NULL) OR f.clause IS NOT NULL
ORDER BY f.subject, f.episode

-- evidence
WITH said(subject, site, tier, episode, status, on_day, entries, others, penalty_rid, judgment_rid) AS (
WITH act AS (
                SELECT p.citizen_id_person AS person, p.site, p.citizen_id_tier AS tier, p.decision_no AS episode,
                    coalesce(p.offence_on, p.decided_on) AS on_day, p.agency AS body, p.political, p.occupation, p.rid AS penalty_rid,
                    CAST(NULL AS BIGINT) AS judgment_rid
                FROM penalty AS p
                WHERE p.citizen_id_person IN (SELECT subject FROM hit_subject) AND p.citizen_id_tier <= 2 AND p.status = 'valid' AND p.party_kind = 'person'
                UNION ALL
                SELECT j.citizen_id_person, j.site, j.citizen_id_tier, j.case_no, j.judged_on, j.court, j.political, j.occupation, NULL, j.rid
                FROM judgment AS j
                WHERE j.citizen_id_person IN (SELECT subject FROM hit_subject) AND j.citizen_id_tier <= 2),
            entry AS (
                SELECT agency AS body, political, occupation FROM penalty WHERE party_kind = 'person' AND agency IN (SELECT body FROM act)
                UNION ALL
                SELECT court, political, occupation FROM judgment WHERE court IN (SELECT body FROM act)),
            habit AS (
                SELECT body, count(political) AS political, count(CASE WHEN political IN ('01', '02') THEN 1 END) AS member, count(occupation) AS occupation,
                    count(CASE WHEN occupation NOT IN ('无业', '无职业', '待业', '农民', '务农') THEN 1 END) AS employed
                FROM entry GROUP BY body)
            SELECT a.person, a.site, a.tier, a.episode, 'party', a.on_day, h.political, h.member, a.penalty_rid, a.judgment_rid
            FROM act AS a JOIN habit AS h ON h.body = a.body WHERE a.political IN ('12', '13')
            UNION ALL
            SELECT a.person, a.site, a.tier, a.episode, 'post', a.on_day, h.occupation, h.employed, a.penalty_rid, a.judgment_rid
            FROM act AS a JOIN habit AS h ON h.body = a.body WHERE a.occupation IN ('无业', '无职业', '待业', '农民', '务农')
)
SELECT DISTINCT s.subject AS subject, q.episode AS episode, 1 AS source, official.rid AS rid, official.version AS version, official.row_hash AS row_hash
FROM hit_subject AS s CROSS JOIN said AS q CROSS JOIN official AS official
WHERE q.subject = s.subject AND q.subject IS NOT NULL
  AND official.citizen_id_person = q.subject AND official.citizen_id_tier <= 2
  AND ?1 > 0
  AND (official.post_from <= q.on_day)
  AND ((((q.status = 'party' AND official.political IN ('01', '02') AND official.joined_on <= q.on_day) OR (q.status = 'post' AND official.category IN ('civil', 'reference', 'institution', 'enterprise')))))
  AND NOT coalesce((official.post_to < q.on_day), 0)
  AND NOT coalesce(((q.others = 0 OR q.entries < 20)), 0)
UNION ALL
SELECT DISTINCT s.subject AS subject, q.episode AS episode, 2 AS source, p.rid AS rid, p.version AS version, p.row_hash AS row_hash
FROM hit_subject AS s CROSS JOIN said AS q CROSS JOIN official AS official CROSS JOIN penalty AS p
WHERE q.subject = s.subject AND q.subject IS NOT NULL
  AND official.citizen_id_person = q.subject AND official.citizen_id_tier <= 2
  AND p.rid = q.penalty_rid
  AND ?1 > 0
  AND (official.post_from <= q.on_day)
  AND ((((q.status = 'party' AND official.political IN ('01', '02') AND official.joined_on <= q.on_day) OR (q.status = 'post' AND official.category IN ('civil', 'reference', 'institution', 'enterprise')))))
  AND NOT coalesce((official.post_to < q.on_day), 0)
  AND NOT coalesce(((q.others = 0 OR q.entries < 20)), 0)
UNION ALL
SELECT DISTINCT s.subject AS subject, q.episode AS episode, 3 AS source, j.rid AS rid, j.version AS version, j.row_hash AS row_hash
FROM hit_subject AS s CROSS JOIN said AS q CROSS JOIN official AS official CROSS JOIN judgment AS j
WHERE q.subject = s.subject AND q.subject IS NOT NULL
  AND official.citizen_id_person = q.subject AND official.citizen_id_tier <= 2
  AND j.rid = q.judgment_rid
  AND ?1 > 0
  AND (official.post_from <= q.on_day)
  AND ((((q.status = 'party' AND official.political IN ('01', '02') AND official.joined_on <= q.on_day) OR (q.status = 'post' AND official.category IN ('civil', 'reference', 'institution', 'enterprise')))))
  AND NOT coalesce((official.post_to < q.on_day), 0)
  AND NOT coalesce(((q.others = 0 OR q.entries < 20)), 0)
ORDER BY 1, 2, 3, 4

-- touches
SELECT citizen_id_person FROM penalty WHERE agency IN (SELECT key FROM dirty_key)
            UNION
            SELECT citizen_id_person FROM judgment WHERE court IN (SELECT key FROM dirty_key)

-- need
SELECT count(*) FROM (SELECT 1 FROM official LIMIT 1) AS found
