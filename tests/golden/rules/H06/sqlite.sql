-- findings
WITH said(subject, tier, site, estate_rid, enrol_rid, month, homes, resettled, area, heads, a_head, monthly) AS (
WITH home AS (
                SELECT h.member_id_person AS head, h.rid AS enrol_rid, h.site, h.monthly, h.insured, m.member_id_person AS member,
                    CASE WHEN h.member_id_tier > m.member_id_tier THEN h.member_id_tier ELSE m.member_id_tier END AS tier
                FROM benefit_enrol AS h JOIN benefit_enrol AS m ON m.head_id = h.head_id AND m.programme = 'dibao'
                WHERE 1 = 1 AND h.member_id_tier <= 2 AND h.programme = 'dibao' AND h.member_id = h.head_id AND m.member_id_tier <= 2),
            last AS (
                SELECT h.head, max(p.month) AS month
                FROM home AS h JOIN benefit_pay AS p ON p.citizen_id_person = h.member AND p.programme = 'dibao' AND p.citizen_id_tier <= 2
                GROUP BY h.head),
            heads AS (
                SELECT head, CASE WHEN max(coalesce(insured, 0)) > count(DISTINCT member) THEN max(insured) ELSE count(DISTINCT member) END AS heads
                FROM home GROUP BY head),
            flat AS (
                SELECT h.head, r.estate_no, min(r.rid) AS rid, max(r.area) AS area, max(CASE WHEN r.way = 'resettle' THEN 1 ELSE 0 END) AS resettled,
                    CASE WHEN sum(coalesce(r.share, 10000)) > 10000 THEN 10000 ELSE CAST(sum(coalesce(r.share, 10000)) AS BIGINT) END AS share,
                    max(CASE WHEN r.owner_id_tier > h.tier THEN r.owner_id_tier ELSE h.tier END) AS tier
                FROM home AS h JOIN last AS l ON l.head = h.head JOIN real_estate AS r ON r.owner_id_person = h.member
                WHERE r.owner_id_tier <= 2 AND r.use = 'home' AND (r.share IS NULL OR r.share > 0) AND (r.way IS NULL OR r.way NOT IN ('inherit', 'build'))
                    AND (r.registered_on IS NULL OR r.registered_on < l.month * 100 + 1)
                    AND (r.cancelled_on IS NULL OR r.cancelled_on > l.month * 100 + 31)
                GROUP BY h.head, r.estate_no),
            held AS (
                SELECT head, count(*) AS homes, max(resettled) AS resettled, CAST(sum(area * share / 10000) AS BIGINT) AS area, max(tier) AS tier
                FROM flat GROUP BY head)
            SELECT f.head, d.tier, h.site, f.rid, h.enrol_rid, l.month, d.homes, d.resettled, d.area / 10000, n.heads, d.area / 10000 / n.heads, h.monthly
            FROM held AS d JOIN flat AS f ON f.head = d.head JOIN last AS l ON l.head = d.head JOIN heads AS n ON n.head = d.head
                JOIN (SELECT DISTINCT head, enrol_rid, site, monthly FROM home) AS h ON h.head = d.head
            WHERE d.homes >= 2 AND d.area > 2 * 15 * n.heads * 10000
)
SELECT * FROM (
SELECT g.subject AS subject, g.episode, g.tier, CASE WHEN 1 = 1 THEN 3 END AS level, g.amount, g.site, g.kept, g.clause, CAST(NULL AS TEXT) AS key, g.called, g.month, g.homes, g.area, g.heads, g.a_head
FROM (SELECT hit.subject AS subject, 'homes' AS episode, max(tier) FILTER (WHERE clause IS NULL) AS tier, CAST(NULL AS TEXT) AS called, coalesce(max("q.monthly") FILTER (WHERE clause IS NULL), 0) AS amount, min(site) FILTER (WHERE clause IS NULL) AS site, count(*) FILTER (WHERE clause IS NULL) AS kept, min(clause) AS clause, max("q.month") FILTER (WHERE clause IS NULL) AS month, max("q.homes") FILTER (WHERE clause IS NULL) AS homes, max("q.area") FILTER (WHERE clause IS NULL) AS area, max("q.heads") FILTER (WHERE clause IS NULL) AS heads, max("q.a_head") FILTER (WHERE clause IS NULL) AS a_head
FROM (SELECT q.subject AS subject, q.tier AS tier, coalesce(q.site, '') AS site, q.subject AS "q.subject", q.tier AS "q.tier", q.site AS "q.site", q.estate_rid AS "q.estate_rid", q.enrol_rid AS "q.enrol_rid", q.month AS "q.month", q.homes AS "q.homes", q.resettled AS "q.resettled", q.area AS "q.area", q.heads AS "q.heads", q.a_head AS "q.a_head", q.monthly AS "q.monthly", CASE WHEN (q.resettled = 1 AND ((q.homes < 3 OR q.area <= 4 * 15 * q.heads))) THEN 1 END AS clause
FROM said AS q
WHERE q.subject IS NOT NULL
  AND ?1 > 0) AS hit
GROUP BY 1, 2) AS g) AS f
WHERE (f.kept > 0 AND f.level IS NOT NULL) OR f.clause IS NOT NULL
ORDER BY f.subject, f.episode

-- findings of the dirty
WITH said(subject, tier, site, estate_rid, enrol_rid, month, homes, resettled, area, heads, a_head, monthly) AS (
WITH home AS (
                SELECT h.member_id_person AS head, h.rid AS enrol_rid, h.site, h.monthly, h.insured, m.member_id_person AS member,
                    CASE WHEN h.member_id_tier > m.member_id_tier THEN h.member_id_tier ELSE m.member_id_tier END AS tier
                FROM benefit_enrol AS h JOIN benefit_enrol AS m ON m.head_id = h.head_id AND m.programme = 'dibao'
                WHERE h.member_id_person IN (SELECT subject FROM dirty_subject) AND h.member_id_tier <= 2 AND h.programme = 'dibao' AND h.member_id = h.head_id AND m.member_id_tier <= 2),
            last AS (
                SELECT h.head, max(p.month) AS month
                FROM home AS h JOIN benefit_pay AS p ON p.citizen_id_person = h.member AND p.programme = 'dibao' AND p.citizen_id_tier <= 2
                GROUP BY h.head),
            heads AS (
                SELECT head, CASE WHEN max(coalesce(insured, 0)) > count(DISTINCT member) THEN max(insured) ELSE count(DISTINCT member) END AS heads
                FROM home GROUP BY head),
            flat AS (
                SELECT h.head, r.estate_no, min(r.rid) AS rid, max(r.area) AS area, max(CASE WHEN r.way = 'resettle' THEN 1 ELSE 0 END) AS resettled,
                    CASE WHEN sum(coalesce(r.share, 10000)) > 10000 THEN 10000 ELSE CAST(sum(coalesce(r.share, 10000)) AS BIGINT) END AS share,
                    max(CASE WHEN r.owner_id_tier > h.tier THEN r.owner_id_tier ELSE h.tier END) AS tier
                FROM home AS h JOIN last AS l ON l.head = h.head JOIN real_estate AS r ON r.owner_id_person = h.member
                WHERE r.owner_id_tier <= 2 AND r.use = 'home' AND (r.share IS NULL OR r.share > 0) AND (r.way IS NULL OR r.way NOT IN ('inherit', 'build'))
                    AND (r.registered_on IS NULL OR r.registered_on < l.month * 100 + 1)
                    AND (r.cancelled_on IS NULL OR r.cancelled_on > l.month * 100 + 31)
                GROUP BY h.head, r.estate_no),
            held AS (
                SELECT head, count(*) AS homes, max(resettled) AS resettled, CAST(sum(area * share / 10000) AS BIGINT) AS area, max(tier) AS tier
                FROM flat GROUP BY head)
            SELECT f.head, d.tier, h.site, f.rid, h.enrol_rid, l.month, d.homes, d.resettled, d.area / 10000, n.heads, d.area / 10000 / n.heads, h.monthly
            FROM held AS d JOIN flat AS f ON f.head = d.head JOIN last AS l ON l.head = d.head JOIN heads AS n ON n.head = d.head
                JOIN (SELECT DISTINCT head, enrol_rid, site, monthly FROM home) AS h ON h.head = d.head
            WHERE d.homes >= 2 AND d.area > 2 * 15 * n.heads * 10000
)
SELECT * FROM (
SELECT g.subject AS subject, g.episode, g.tier, CASE WHEN 1 = 1 THEN 3 END AS level, g.amount, g.site, g.kept, g.clause, CAST(NULL AS TEXT) AS key, g.called, g.month, g.homes, g.area, g.heads, g.a_head
FROM (SELECT hit.subject AS subject, 'homes' AS episode, max(tier) FILTER (WHERE clause IS NULL) AS tier, CAST(NULL AS TEXT) AS called, coalesce(max("q.monthly") FILTER (WHERE clause IS NULL), 0) AS amount, min(site) FILTER (WHERE clause IS NULL) AS site, count(*) FILTER (WHERE clause IS NULL) AS kept, min(clause) AS clause, max("q.month") FILTER (WHERE clause IS NULL) AS month, max("q.homes") FILTER (WHERE clause IS NULL) AS homes, max("q.area") FILTER (WHERE clause IS NULL) AS area, max("q.heads") FILTER (WHERE clause IS NULL) AS heads, max("q.a_head") FILTER (WHERE clause IS NULL) AS a_head
FROM (SELECT q.subject AS subject, q.tier AS tier, coalesce(q.site, '') AS site, q.subject AS "q.subject", q.tier AS "q.tier", q.site AS "q.site", q.estate_rid AS "q.estate_rid", q.enrol_rid AS "q.enrol_rid", q.month AS "q.month", q.homes AS "q.homes", q.resettled AS "q.resettled", q.area AS "q.area", q.heads AS "q.heads", q.a_head AS "q.a_head", q.monthly AS "q.monthly", CASE WHEN (q.resettled = 1 AND ((q.homes < 3 OR q.area <= 4 * 15 * q.heads))) THEN 1 END AS clause
FROM dirty_subject AS s CROSS JOIN said AS q
WHERE q.subject = s.subject AND q.subject IS NOT NULL
  AND ?1 > 0) AS hit
GROUP BY 1, 2) AS g) AS f
WHERE (f.kept > 0 AND f.level IS NOT NULL) OR f.clause IS NOT NULL
ORDER BY f.subject, f.episode

-- evidence
WITH said(subject, tier, site, estate_rid, enrol_rid, month, homes, resettled, area, heads, a_head, monthly) AS (
WITH home AS (
                SELECT h.member_id_person AS head, h.rid AS enrol_rid, h.site, h.monthly, h.insured, m.member_id_person AS member,
                    CASE WHEN h.member_id_tier > m.member_id_tier THEN h.member_id_tier ELSE m.member_id_tier END AS tier
                FROM benefit_enrol AS h JOIN benefit_enrol AS m ON m.head_id = h.head_id AND m.programme = 'dibao'
                WHERE h.member_id_person IN (SELECT subject FROM hit_subject) AND h.member_id_tier <= 2 AND h.programme = 'dibao' AND h.member_id = h.head_id AND m.member_id_tier <= 2),
            last AS (
                SELECT h.head, max(p.month) AS month
                FROM home AS h JOIN benefit_pay AS p ON p.citizen_id_person = h.member AND p.programme = 'dibao' AND p.citizen_id_tier <= 2
                GROUP BY h.head),
            heads AS (
                SELECT head, CASE WHEN max(coalesce(insured, 0)) > count(DISTINCT member) THEN max(insured) ELSE count(DISTINCT member) END AS heads
                FROM home GROUP BY head),
            flat AS (
                SELECT h.head, r.estate_no, min(r.rid) AS rid, max(r.area) AS area, max(CASE WHEN r.way = 'resettle' THEN 1 ELSE 0 END) AS resettled,
                    CASE WHEN sum(coalesce(r.share, 10000)) > 10000 THEN 10000 ELSE CAST(sum(coalesce(r.share, 10000)) AS BIGINT) END AS share,
                    max(CASE WHEN r.owner_id_tier > h.tier THEN r.owner_id_tier ELSE h.tier END) AS tier
                FROM home AS h JOIN last AS l ON l.head = h.head JOIN real_estate AS r ON r.owner_id_person = h.member
                WHERE r.owner_id_tier <= 2 AND r.use = 'home' AND (r.share IS NULL OR r.share > 0) AND (r.way IS NULL OR r.way NOT IN ('inherit', 'build'))
                    AND (r.registered_on IS NULL OR r.registered_on < l.month * 100 + 1)
                    AND (r.cancelled_on IS NULL OR r.cancelled_on > l.month * 100 + 31)
                GROUP BY h.head, r.estate_no),
            held AS (
                SELECT head, count(*) AS homes, max(resettled) AS resettled, CAST(sum(area * share / 10000) AS BIGINT) AS area, max(tier) AS tier
                FROM flat GROUP BY head)
            SELECT f.head, d.tier, h.site, f.rid, h.enrol_rid, l.month, d.homes, d.resettled, d.area / 10000, n.heads, d.area / 10000 / n.heads, h.monthly
            FROM held AS d JOIN flat AS f ON f.head = d.head JOIN last AS l ON l.head = d.head JOIN heads AS n ON n.head = d.head
                JOIN (SELECT DISTINCT head, enrol_rid, site, monthly FROM home) AS h ON h.head = d.head
            WHERE d.homes >= 2 AND d.area > 2 * 15 * n.heads * 10000
)
SELECT DISTINCT s.subject AS subject, 'homes' AS episode, 1 AS source, estate.rid AS rid, estate.version AS version, estate.row_hash AS row_hash
FROM hit_subject AS s CROSS JOIN said AS q CROSS JOIN real_estate AS estate
WHERE q.subject = s.subject AND q.subject IS NOT NULL
  AND estate.rid = q.estate_rid
  AND ?1 > 0
  AND NOT coalesce(((q.resettled = 1 AND ((q.homes < 3 OR q.area <= 4 * 15 * q.heads)))), 0)
UNION ALL
SELECT DISTINCT s.subject AS subject, 'homes' AS episode, 2 AS source, enrol.rid AS rid, enrol.version AS version, enrol.row_hash AS row_hash
FROM hit_subject AS s CROSS JOIN said AS q CROSS JOIN benefit_enrol AS enrol
WHERE q.subject = s.subject AND q.subject IS NOT NULL
  AND enrol.rid = q.enrol_rid
  AND ?1 > 0
  AND NOT coalesce(((q.resettled = 1 AND ((q.homes < 3 OR q.area <= 4 * 15 * q.heads)))), 0)
ORDER BY 1, 2, 3, 4

-- touches
SELECT e.member_id_person FROM benefit_enrol AS m JOIN benefit_enrol AS e ON e.head_id = m.head_id
            WHERE m.member_id_person IN (SELECT person FROM dirty_person)
            UNION
            SELECT e.member_id_person FROM benefit_enrol AS e WHERE e.head_id IN (SELECT key FROM dirty_key)

-- need
SELECT count(*) FROM (SELECT 1 FROM real_estate LIMIT 1) AS found

-- need
SELECT count(*) FROM (SELECT 1 FROM benefit_enrol LIMIT 1) AS found

-- need
SELECT count(*) FROM (SELECT 1 FROM benefit_pay LIMIT 1) AS found
