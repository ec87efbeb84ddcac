-- findings
WITH said(subject, site, title, tier, year, member_rid, death_rid, paid, due, is_dead) AS (
WITH member AS (
                SELECT rid, site, org_no, member_id_person AS person, member_id_tier AS tier, shares, dividend, year, dividend * 10000 / shares AS each
                FROM rural_member WHERE 1 = 1 AND dividend > 0 AND shares > 0 AND year IS NOT NULL),
            heap AS (SELECT org_no, year, each, count(*) AS n FROM member GROUP BY org_no, year, each),
            total AS (SELECT org_no, year, count(*) AS n FROM member GROUP BY org_no, year),
            standard AS (
                SELECT h.org_no, h.year, h.each FROM heap AS h JOIN total AS t ON t.org_no = h.org_no AND t.year = h.year
                WHERE h.n * 2 > t.n AND t.n >= 5),
            dead AS (
                SELECT m.rid, min(d.rid) AS death_rid, max(CASE WHEN d.citizen_id_tier > m.tier THEN d.citizen_id_tier ELSE m.tier END) AS tier
                FROM member AS m JOIN death AS d ON d.citizen_id_person = m.person
                WHERE m.tier <= 2 AND d.citizen_id_tier <= 2
                GROUP BY m.rid, m.year HAVING max(d.died_on) / 10000 < m.year)
            SELECT m.org_no, m.site, coalesce(o.name, m.org_no), coalesce(x.tier, 1), CAST(m.year AS TEXT), m.rid, x.death_rid, m.dividend,
                CASE WHEN x.rid IS NULL THEN s.each * m.shares / 10000 ELSE 0 END, CASE WHEN x.rid IS NULL THEN 0 ELSE 1 END
            FROM member AS m LEFT JOIN standard AS s ON s.org_no = m.org_no AND s.year = m.year LEFT JOIN dead AS x ON x.rid = m.rid
                LEFT JOIN rural_org AS o ON o.org_no = m.org_no
            WHERE x.rid IS NOT NULL OR abs(m.dividend - s.each * m.shares / 10000) > 100
)
SELECT * FROM (
SELECT qq_thing(g.subject) AS subject, g.episode, g.tier, CASE WHEN 1 = 1 THEN 4 END AS level, g.amount, g.site, g.kept, g.clause, g.subject AS key, g.called, g.year, g.dead, g.members
FROM (SELECT hit.subject AS subject, "q.year" AS episode, max(tier) FILTER (WHERE clause IS NULL) AS tier, min("q.title") AS called, coalesce(sum(abs("q.paid" - "q.due")) FILTER (WHERE clause IS NULL), 0) AS amount, min(site) FILTER (WHERE clause IS NULL) AS site, count(*) FILTER (WHERE clause IS NULL) AS kept, min(clause) AS clause, min("q.year") FILTER (WHERE clause IS NULL) AS year, sum("q.is_dead") FILTER (WHERE clause IS NULL) AS dead, count(DISTINCT "q.member_rid") FILTER (WHERE clause IS NULL) AS members
FROM (SELECT q.subject AS subject, q.tier AS tier, coalesce(q.site, '') AS site, q.subject AS "q.subject", q.site AS "q.site", q.title AS "q.title", q.tier AS "q.tier", q.year AS "q.year", q.member_rid AS "q.member_rid", q.death_rid AS "q.death_rid", q.paid AS "q.paid", q.due AS "q.due", q.is_dead AS "q.is_dead", CAST(NULL AS INTEGER) AS clause
FROM said AS q
WHERE q.subject IS NOT NULL
  AND $1 > 0) AS hit
GROUP BY 1, 2) AS g) AS f
WHERE (f.kept > 0 AND f.level IS NOT NULL) OR f.clause IS NOT NULL
ORDER BY f.subject, f.episode COLLATE "C"

-- findings of the dirty
WITH said(subject, site, title, tier, year, member_rid, death_rid, paid, due, is_dead) AS (
WITH member AS (
                SELECT rid, site, org_no, member_id_person AS person, member_id_tier AS tier, shares, dividend, year, dividend * 10000 / shares AS each
                FROM rural_member WHERE org_no IN (SELECT key FROM dirty_subject) AND dividend > 0 AND shares > 0 AND year IS NOT NULL),
            heap AS (SELECT org_no, year, each, count(*) AS n FROM member GROUP BY org_no, year, each),
            total AS (SELECT org_no, year, count(*) AS n FROM member GROUP BY org_no, year),
            standard AS (
                SELECT h.org_no, h.year, h.each FROM heap AS h JOIN total AS t ON t.org_no = h.org_no AND t.year = h.year
                WHERE h.n * 2 > t.n AND t.n >= 5),
            dead AS (
                SELECT m.rid, min(d.rid) AS death_rid, max(CASE WHEN d.citizen_id_tier > m.tier THEN d.citizen_id_tier ELSE m.tier END) AS tier
                FROM member AS m JOIN death AS d ON d.citizen_id_person = m.person
                WHERE m.tier <= 2 AND d.citizen_id_tier <= 2
                GROUP BY m.rid, m.year HAVING max(d.died_on) / 10000 < m.year)
            SELECT m.org_no, m.site, coalesce(o.name, m.org_no), coalesce(x.tier, 1), CAST(m.year AS TEXT), m.rid, x.death_rid, m.dividend,
                CASE WHEN x.rid IS NULL THEN s.each * m.shares / 10000 ELSE 0 END, CASE WHEN x.rid IS NULL THEN 0 ELSE 1 END
            FROM member AS m LEFT JOIN standard AS s ON s.org_no = m.org_no AND s.year = m.year LEFT JOIN dead AS x ON x.rid = m.rid
                LEFT JOIN rural_org AS o ON o.org_no = m.org_no
            WHERE x.rid IS NOT NULL OR abs(m.dividend - s.each * m.shares / 10000) > 100
)
SELECT * FROM (
SELECT qq_thing(g.subject) AS subject, g.episode, g.tier, CASE WHEN 1 = 1 THEN 4 END AS level, g.amount, g.site, g.kept, g.clause, g.subject AS key, g.called, g.year, g.dead, g.members
FROM (SELECT hit.subject AS subject, "q.year" AS episode, max(tier) FILTER (WHERE clause IS NULL) AS tier, min("q.title") AS called, coalesce(sum(abs("q.paid" - "q.due")) FILTER (WHERE clause IS NULL), 0) AS amount, min(site) FILTER (WHERE clause IS NULL) AS site, count(*) FILTER (WHERE clause IS NULL) AS kept, min(clause) AS clause, min("q.year") FILTER (WHERE clause IS NULL) AS year, sum("q.is_dead") FILTER (WHERE clause IS NULL) AS dead, count(DISTINCT "q.member_rid") FILTER (WHERE clause IS NULL) AS members
FROM (SELECT q.subject AS subject, q.tier AS tier, coalesce(q.site, '') AS site, q.subject AS "q.subject", q.site AS "q.site", q.title AS "q.title", q.tier AS "q.tier", q.year AS "q.year", q.member_rid AS "q.member_rid", q.death_rid AS "q.death_rid", q.paid AS "q.paid", q.due AS "q.due", q.is_dead AS "q.is_dead", CAST(NULL AS INTEGER) AS clause
FROM dirty_subject AS s CROSS JOIN said AS q
WHERE q.subject = s.key AND q.subject IS NOT NULL
  AND $1 > 0) AS hit
GROUP BY 1, 2) AS g) AS f
WHERE (f.kept > 0 AND f.level IS NOT NULL) OR f.clause IS NOT NULL
ORDER BY f.subject, f.episode COLLATE "C"

-- evidence
WITH said(subject, site, title, tier, year, member_rid, death_rid, paid, due, is_dead) AS (
WITH member AS (
                SELECT rid, site, org_no, member_id_person AS person, member_id_tier AS tier, shares, dividend, year, dividend * 10000 / shares AS each
                FROM rural_member WHERE org_no IN (SELECT key FROM hit_subject) AND dividend > 0 AND shares > 0 AND year IS NOT NULL),
            heap AS (SELECT org_no, year, each, count(*) AS n FROM member GROUP BY org_no, year, each),
            total AS (SELECT org_no, year, count(*) AS n FROM member GROUP BY org_no, year),
            standard AS (
                SELECT h.org_no, h.year, h.each FROM heap AS h JOIN total AS t ON t.org_no = h.org_no AND t.year = h.year
                WHERE h.n * 2 > t.n AND t.n >= 5),
            dead AS (
                SELECT m.rid, min(d.rid) AS death_rid, max(CASE WHEN d.citizen_id_tier > m.tier THEN d.citizen_id_tier ELSE m.tier END) AS tier
                FROM member AS m JOIN death AS d ON d.citizen_id_person = m.person
                WHERE m.tier <= 2 AND d.citizen_id_tier <= 2
                GROUP BY m.rid, m.year HAVING max(d.died_on) / 10000 < m.year)
            SELECT m.org_no, m.site, coalesce(o.name, m.org_no), coalesce(x.tier, 1), CAST(m.year AS TEXT), m.rid, x.death_rid, m.dividend,
                CASE WHEN x.rid IS NULL THEN s.each * m.shares / 10000 ELSE 0 END, CASE WHEN x.rid IS NULL THEN 0 ELSE 1 END
            FROM member AS m LEFT JOIN standard AS s ON s.org_no = m.org_no AND s.year = m.year LEFT JOIN dead AS x ON x.rid = m.rid
                LEFT JOIN rural_org AS o ON o.org_no = m.org_no
            WHERE x.rid IS NOT NULL OR abs(m.dividend - s.each * m.shares / 10000) > 100
)
SELECT DISTINCT s.subject AS subject, q.year AS episode, 1 AS source, m.rid AS rid, m.version AS version, m.row_hash AS row_hash
FROM hit_subject AS s CROSS JOIN said AS q CROSS JOIN rural_member AS m
WHERE q.subject = s.key AND q.subject IS NOT NULL
  AND m.rid = q.member_rid
  AND $1 > 0
UNION ALL
SELECT DISTINCT s.subject AS subject, q.year AS episode, 2 AS source, d.rid AS rid, d.version AS version, d.row_hash AS row_hash
FROM hit_subject AS s CROSS JOIN said AS q CROSS JOIN death AS d
WHERE q.subject = s.key AND q.subject IS NOT NULL
  AND d.rid = q.death_rid
  AND $1 > 0
ORDER BY 1, 2, 3, 4

-- touches
SELECT org_no FROM rural_member WHERE member_id_person IN (SELECT person FROM dirty_person)

-- need
SELECT count(*) FROM (SELECT 1 FROM rural_member LIMIT 1) AS found
