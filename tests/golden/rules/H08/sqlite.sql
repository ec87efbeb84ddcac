-- findings
WITH said(subject, tier, site, social_rid, fund_rid, enrol_rid, month, base, line, heads, employed) AS (
WITH own AS (
                SELECT member_id_person AS person, member_id_tier AS tier, rid, site, head_id, insured, approved_on, stopped_on
                FROM benefit_enrol WHERE 1 = 1 AND member_id_tier <= 2 AND programme = 'dibao'),
            base AS (
                SELECT o.rid AS enrol_rid, i.month, i.base, i.rid AS social_rid, CAST(NULL AS BIGINT) AS fund_rid, i.citizen_id_tier AS tier,
                    CASE WHEN i.employer_uscc IS NULL THEN 0 ELSE 1 END AS employed
                FROM own AS o JOIN social_insurance AS i ON i.citizen_id_person = o.person WHERE i.citizen_id_tier <= 2 AND i.kind <> 'resident'
                UNION ALL
                SELECT o.rid, f.month, f.base, NULL, f.rid, f.citizen_id_tier, 1
                FROM own AS o JOIN housing_fund AS f ON f.citizen_id_person = o.person WHERE f.citizen_id_tier <= 2),
            best AS (
                SELECT b.*, row_number() OVER (PARTITION BY b.enrol_rid, b.month ORDER BY b.employed DESC, b.base DESC, b.fund_rid, b.social_rid) AS place
                FROM base AS b WHERE b.base > 0),
            heads AS (
                SELECT o.rid AS enrol_rid,
                    CASE WHEN max(coalesce(o.insured, 0)) > count(DISTINCT m.member_id_person) THEN max(o.insured) ELSE count(DISTINCT m.member_id_person) END AS heads
                FROM own AS o JOIN benefit_enrol AS m ON m.head_id = o.head_id AND m.programme = 'dibao'
                GROUP BY o.rid),
            line AS (
                SELECT b.month, max(r.amount) AS line
                FROM (SELECT DISTINCT month FROM best) AS b JOIN rate AS r ON r.programme = 'dibao'
                    AND r.from_day <= b.month * 100 + 31 AND (r.to_day IS NULL OR r.to_day >= b.month * 100 + 1)
                GROUP BY b.month)
            SELECT o.person, CASE WHEN b.tier > o.tier THEN b.tier ELSE o.tier END, o.site, b.social_rid, b.fund_rid, o.rid, b.month, b.base, l.line, n.heads, b.employed
            FROM own AS o JOIN best AS b ON b.enrol_rid = o.rid AND b.place = 1 JOIN line AS l ON l.month = b.month JOIN heads AS n ON n.enrol_rid = o.rid
            WHERE b.base > l.line * n.heads AND o.approved_on < b.month * 100 + 1 AND (o.stopped_on IS NULL OR o.stopped_on > b.month * 100 + 31)
                AND EXISTS (
                    SELECT 1 FROM benefit_enrol AS m JOIN benefit_pay AS p ON p.citizen_id_person = m.member_id_person
                    WHERE m.head_id = o.head_id AND m.programme = 'dibao' AND m.member_id_tier <= 2
                        AND p.programme = 'dibao' AND p.month = b.month AND p.citizen_id_tier <= 2)
)
SELECT * FROM (
SELECT g.subject AS subject, g.episode, g.tier, CASE WHEN g.months_paid >= 3 THEN 2 END AS level, g.amount, g.site, g.kept, g.clause, CAST(NULL AS TEXT) AS key, g.called, g.months_paid, g.first_month, g.last_month, g.least_base, g.line, g.heads
FROM (SELECT hit.subject AS subject, 'wage' AS episode, max(tier) FILTER (WHERE clause IS NULL) AS tier, CAST(NULL AS TEXT) AS called, 0 AS amount, min(site) FILTER (WHERE clause IS NULL) AS site, count(*) FILTER (WHERE clause IS NULL) AS kept, min(clause) AS clause, count(DISTINCT "q.month") FILTER (WHERE clause IS NULL) AS months_paid, min("q.month") FILTER (WHERE clause IS NULL) AS first_month, max("q.month") FILTER (WHERE clause IS NULL) AS last_month, min("q.base") FILTER (WHERE clause IS NULL) AS least_base, max("q.line") FILTER (WHERE clause IS NULL) AS line, max("q.heads") FILTER (WHERE clause IS NULL) AS heads
FROM (SELECT q.subject AS subject, q.tier AS tier, coalesce(q.site, '') AS site, q.subject AS "q.subject", q.tier AS "q.tier", q.site AS "q.site", q.social_rid AS "q.social_rid", q.fund_rid AS "q.fund_rid", q.enrol_rid AS "q.enrol_rid", q.month AS "q.month", q.base AS "q.base", q.line AS "q.line", q.heads AS "q.heads", q.employed AS "q.employed", CASE WHEN q.employed = 0 THEN 1 END AS clause
FROM said AS q
WHERE q.subject IS NOT NULL
  AND ?1 > 0) AS hit
GROUP BY 1, 2) AS g) AS f
WHERE (f.kept > 0 AND f.level IS NOT NULL) OR f.clause IS NOT NULL
ORDER BY f.subject, f.episode

-- findings of the dirty
WITH said(subject, tier, site, social_rid, fund_rid, enrol_rid, month, base, line, heads, employed) AS (
WITH own AS (
                SELECT member_id_person AS person, member_id_tier AS tier, rid, site, head_id, insured, approved_on, stopped_on
                FROM benefit_enrol WHERE member_id_person IN (SELECT subject FROM dirty_subject) AND member_id_tier <= 2 AND programme = 'dibao'),
            base AS (
                SELECT o.rid AS enrol_rid, i.month, i.base, i.rid AS social_rid, CAST(NULL AS BIGINT) AS fund_rid, i.citizen_id_tier AS tier,
                    CASE WHEN i.employer_uscc IS NULL THEN 0 ELSE 1 END AS employed
                FROM own AS o JOIN social_insurance AS i ON i.citizen_id_person = o.person WHERE i.citizen_id_tier <= 2 AND i.kind <> 'resident'
                UNION ALL
                SELECT o.rid, f.month, f.base, NULL, f.rid, f.citizen_id_tier, 1
                FROM own AS o JOIN housing_fund AS f ON f.citizen_id_person = o.person WHERE f.citizen_id_tier <= 2),
            best AS (
                SELECT b.*, row_number() OVER (PARTITION BY b.enrol_rid, b.month ORDER BY b.employed DESC, b.base DESC, b.fund_rid, b.social_rid) AS place
                FROM base AS b WHERE b.base > 0),
            heads AS (
                SELECT o.rid AS enrol_rid,
                    CASE WHEN max(coalesce(o.insured, 0)) > count(DISTINCT m.member_id_person) THEN max(o.insured) ELSE count(DISTINCT m.member_id_person) END AS heads
                FROM own AS o JOIN benefit_enrol AS m ON m.head_id = o.head_id AND m.programme = 'dibao'
                GROUP BY o.rid),
            line AS (
                SELECT b.month, max(r.amount) AS line
                FROM (SELECT DISTINCT month FROM best) AS b JOIN rate AS r ON r.programme = 'dibao'
                    AND r.from_day <= b.month * 100 + 31 AND (r.to_day IS NULL OR r.to_day >= b.month * 100 + 1)
                GROUP BY b.month)
            SELECT o.person, CASE WHEN b.tier > o.tier THEN b.tier ELSE o.tier END, o.site, b.social_rid, b.fund_rid, o.rid, b.month, b.base, l.line, n.heads, b.employed
            FROM own AS o JOIN best AS b ON b.enrol_rid = o.rid AND b.place = 1 JOIN line AS l ON l.month = b.month JOIN heads AS n ON n.enrol_rid = o.rid
            WHERE b.base > l.line * n.heads AND o.approved_on < b.month * 100 + 1 AND (o.stopped_on IS NULL OR o.stopped_on > b.month * 100 + 31)
                AND EXISTS (
                    SELECT 1 FROM benefit_enrol AS m JOIN benefit_pay AS p ON p.citizen_id_person = m.member_id_person
                    WHERE m.head_id = o.head_id AND m.programme = 'dibao' AND m.member_id_tier <= 2
                        AND p.programme = 'dibao' AND p.month = b.month AND p.citizen_id_tier <= 2)
)
SELECT * FROM (
SELECT g.subject AS subject, g.episode, g.tier, CASE WHEN g.months_paid >= 3 THEN 2 END AS level, g.amount, g.site, g.kept, g.clause, CAST(NULL AS TEXT) AS key, g.called, g.months_paid, g.first_month, g.last_month, g.least_base, g.line, g.heads
FROM (SELECT hit.subject AS subject, 'wage' AS episode, max(tier) FILTER (WHERE clause IS NULL) AS tier, CAST(NULL AS TEXT) AS called, 0 AS amount, min(site) FILTER (WHERE clause IS NULL) AS site, count(*) FILTER (WHERE clause IS NULL) AS kept, min(clause) AS clause, count(DISTINCT "q.month") FILTER (WHERE clause IS NULL) AS months_paid, min("q.month") FILTER (WHERE clause IS NULL) AS first_month, max("q.month") FILTER (WHERE clause IS NULL) AS last_month, min("q.base") FILTER (WHERE clause IS NULL) AS least_base, max("q.line") FILTER (WHERE clause IS NULL) AS line, max("q.heads") FILTER (WHERE clause IS NULL) AS heads
FROM (SELECT q.subject AS subject, q.tier AS tier, coalesce(q.site, '') AS site, q.subject AS "q.subject", q.tier AS "q.tier", q.site AS "q.site", q.social_rid AS "q.social_rid", q.fund_rid AS "q.fund_rid", q.enrol_rid AS "q.enrol_rid", q.month AS "q.month", q.base AS "q.base", q.line AS "q.line", q.heads AS "q.heads", q.employed AS "q.employed", CASE WHEN q.employed = 0 THEN 1 END AS clause
FROM dirty_subject AS s CROSS JOIN said AS q
WHERE q.subject = s.subject AND q.subject IS NOT NULL
  AND ?1 > 0) AS hit
GROUP BY 1, 2) AS g) AS f
WHERE (f.kept > 0 AND f.level IS NOT NULL) OR f.clause IS NOT NULL
ORDER BY f.subject, f.episode

-- evidence
WITH said(subject, tier, site, social_rid, fund_rid, enrol_rid, month, base, line, heads, employed) AS (
WITH own AS (
                SELECT member_id_person AS person, member_id_tier AS tier, rid, site, head_id, insured, approved_on, stopped_on
                FROM benefit_enrol WHERE member_id_person IN (SELECT subject FROM hit_subject) AND member_id_tier <= 2 AND programme = 'dibao'),
            base AS (
                SELECT o.rid AS enrol_rid, i.month, i.base, i.rid AS social_rid, CAST(NULL AS BIGINT) AS fund_rid, i.citizen_id_tier AS tier,
                    CASE WHEN i.employer_uscc IS NULL THEN 0 ELSE 1 END AS employed
                FROM own AS o JOIN social_insurance AS i ON i.citizen_id_person = o.person WHERE i.citizen_id_tier <= 2 AND i.kind <> 'resident'
                UNION ALL
                SELECT o.rid, f.month, f.base, NULL, f.rid, f.citizen_id_tier, 1
                FROM own AS o JOIN housing_fund AS f ON f.citizen_id_person = o.person WHERE f.citizen_id_tier <= 2),
            best AS (
                SELECT b.*, row_number() OVER (PARTITION BY b.enrol_rid, b.month ORDER BY b.employed DESC, b.base DESC, b.fund_rid, b.social_rid) AS place
                FROM base AS b WHERE b.base > 0),
            heads AS (
                SELECT o.rid AS enrol_rid,
                    CASE WHEN max(coalesce(o.insured, 0)) > count(DISTINCT m.member_id_person) THEN max(o.insured) ELSE count(DISTINCT m.member_id_person) END AS heads
                FROM own AS o JOIN benefit_enrol AS m ON m.head_id = o.head_id AND m.programme = 'dibao'
                GROUP BY o.rid),
            line AS (
                SELECT b.month, max(r.amount) AS line
                FROM (SELECT DISTINCT month FROM best) AS b JOIN rate AS r ON r.programme = 'dibao'
                    AND r.from_day <= b.month * 100 + 31 AND (r.to_day IS NULL OR r.to_day >= b.month * 100 + 1)
                GROUP BY b.month)
            SELECT o.person, CASE WHEN b.tier > o.tier THEN b.tier ELSE o.tier END, o.site, b.social_rid, b.fund_rid, o.rid, b.month, b.base, l.line, n.heads, b.employed
            FROM own AS o JOIN best AS b ON b.enrol_rid = o.rid AND b.place = 1 JOIN line AS l ON l.month = b.month JOIN heads AS n ON n.enrol_rid = o.rid
            WHERE b.base > l.line * n.heads AND o.approved_on < b.month * 100 + 1 AND (o.stopped_on IS NULL OR o.stopped_on > b.month * 100 + 31)
                AND EXISTS (
                    SELECT 1 FROM benefit_enrol AS m JOIN benefit_pay AS p ON p.citizen_id_person = m.member_id_person
                    WHERE m.head_id = o.head_id AND m.programme = 'dibao' AND m.member_id_tier <= 2
                        AND p.programme = 'dibao' AND p.month = b.month AND p.citizen_id_tier <= 2)
)
SELECT DISTINCT s.subject AS subject, 'wage' AS episode, 1 AS source, social.rid AS rid, social.version AS version, social.row_hash AS row_hash
FROM hit_subject AS s CROSS JOIN said AS q CROSS JOIN social_insurance AS social
WHERE q.subject = s.subject AND q.subject IS NOT NULL
  AND social.rid = q.social_rid
  AND ?1 > 0
  AND NOT coalesce((q.employed = 0), 0)
UNION ALL
SELECT DISTINCT s.subject AS subject, 'wage' AS episode, 2 AS source, fund.rid AS rid, fund.version AS version, fund.row_hash AS row_hash
FROM hit_subject AS s CROSS JOIN said AS q CROSS JOIN housing_fund AS fund
WHERE q.subject = s.subject AND q.subject IS NOT NULL
  AND fund.rid = q.fund_rid
  AND ?1 > 0
  AND NOT coalesce((q.employed = 0), 0)
UNION ALL
SELECT DISTINCT s.subject AS subject, 'wage' AS episode, 3 AS source, enrol.rid AS rid, enrol.version AS version, enrol.row_hash AS row_hash
FROM hit_subject AS s CROSS JOIN said AS q CROSS JOIN benefit_enrol AS enrol
WHERE q.subject = s.subject AND q.subject IS NOT NULL
  AND enrol.rid = q.enrol_rid
  AND ?1 > 0
  AND NOT coalesce((q.employed = 0), 0)
ORDER BY 1, 2, 3, 4

-- touches
SELECT e.member_id_person FROM benefit_enrol AS m JOIN benefit_enrol AS e ON e.head_id = m.head_id
            WHERE m.member_id_person IN (SELECT person FROM dirty_person)
            UNION
            SELECT e.member_id_person FROM benefit_enrol AS e WHERE e.head_id IN (SELECT key FROM dirty_key)

-- need
SELECT count(*) FROM (SELECT 1 FROM benefit_enrol LIMIT 1) AS found

-- need
SELECT count(*) FROM (SELECT 1 FROM benefit_pay LIMIT 1) AS found

-- need
SELECT count(*) FROM (SELECT 1 FROM rate LIMIT 1) AS found
