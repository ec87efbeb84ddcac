-- findings
WITH said(subject, site, title, episode, contract_rid, contractor, total, signed_on, is_split) AS (
WITH work AS (
                SELECT org_no, site, rid, contract_no, coalesce(party_id, party) AS contractor, total, signed_on, qq_days(signed_on) AS day,
                    signed_on / 10000 AS year
                FROM rural_contract WHERE 1 = 1 AND kind = 'works' AND deal_no IS NULL),
            small AS (SELECT * FROM work WHERE total < 5000000),
            start AS (
                SELECT a.rid, a.org_no, a.day FROM small AS a JOIN small AS b ON b.org_no = a.org_no AND b.day >= a.day AND b.day < a.day + 90
                GROUP BY a.rid, a.org_no, a.day HAVING count(*) >= 2 AND sum(b.total) >= 5000000),
            often AS (
                SELECT org_no, contractor, year, min(contract_no) AS first_no FROM work GROUP BY org_no, contractor, year HAVING count(*) >= 3),
            hit AS (
                SELECT DISTINCT s.rid, 'split' AS episode, 1 AS is_split
                FROM start AS b JOIN small AS s ON s.org_no = b.org_no AND s.day >= b.day AND s.day < b.day + 90
                UNION ALL
                SELECT w.rid, 'same ' || o.year || ' ' || o.first_no, 0
                FROM often AS o JOIN work AS w ON w.org_no = o.org_no AND w.contractor = o.contractor AND w.year = o.year)
            SELECT w.org_no, w.site, coalesce(o.name, w.org_no), h.episode, w.rid, w.contractor, w.total, w.signed_on, h.is_split
            FROM hit AS h JOIN work AS w ON w.rid = h.rid LEFT JOIN rural_org AS o ON o.org_no = w.org_no
)
SELECT * FROM (
SELECT qq_thing(g.subject) AS subject, g.episode, g.tier, CASE WHEN 1 = 1 THEN 3 END AS level, g.amount, g.site, g.kept, g.clause, g.subject AS key, g.called, g.works, g.contractors, g.first_on, g.last_on, g.split
FROM (SELECT hit.subject AS subject, "q.episode" AS episode, max(tier) FILTER (WHERE clause IS NULL) AS tier, min("q.title") AS called, coalesce(sum("q.total") FILTER (WHERE clause IS NULL), 0) AS amount, min(site) FILTER (WHERE clause IS NULL) AS site, count(*) FILTER (WHERE clause IS NULL) AS kept, min(clause) AS clause, count(DISTINCT "q.contract_rid") FILTER (WHERE clause IS NULL) AS works, count(DISTINCT "q.contractor") FILTER (WHERE clause IS NULL) AS contractors, min("q.signed_on") FILTER (WHERE clause IS NULL) AS first_on, max("q.signed_on") FILTER (WHERE clause IS NULL) AS last_on, max(CASE WHEN "q.is_split" = 1 THEN 1 ELSE 0 END) FILTER (WHERE clause IS NULL) AS split
FROM (SELECT q.subject AS subject, 1 AS tier, coalesce(q.site, '') AS site, q.subject AS "q.subject", q.site AS "q.site", q.title AS "q.title", q.episode AS "q.episode", q.contract_rid AS "q.contract_rid", q.contractor AS "q.contractor", q.total AS "q.total", q.signed_on AS "q.signed_on", q.is_split AS "q.is_split", CAST(NULL AS INTEGER) AS clause
FROM said AS q
WHERE q.subject IS NOT NULL
  AND $1 > 0) AS hit
GROUP BY 1, 2) AS g) AS f
WHERE (f.kept > 0 AND f.level IS NOT NULL) OR f.clause IS NOT NULL
ORDER BY f.subject, f.episode COLLATE "C"

-- findings of the dirty
WITH said(subject, site, title, episode, contract_rid, contractor, total, signed_on, is_split) AS (
WITH work AS (
                SELECT org_no, site, rid, contract_no, coalesce(party_id, party) AS contractor, total, signed_on, qq_days(signed_on) AS day,
                    signed_on / 10000 AS year
                FROM rural_contract WHERE org_no IN (SELECT key FROM dirty_subject) AND kind = 'works' AND deal_no IS NULL),
            small AS (SELECT * FROM work WHERE total < 5000000),
            start AS (
                SELECT a.rid, a.org_no, a.day FROM small AS a JOIN small AS b ON b.org_no = a.org_no AND b.day >= a.day AND b.day < a.day + 90
                GROUP BY a.rid, a.org_no, a.day HAVING count(*) >= 2 AND sum(b.total) >= 5000000),
            often AS (
                SELECT org_no, contractor, year, min(contract_no) AS first_no FROM work GROUP BY org_no, contractor, year HAVING count(*) >= 3),
            hit AS (
                SELECT DISTINCT s.rid, 'split' AS episode, 1 AS is_split
                FROM start AS b JOIN small AS s ON s.org_no = b.org_no AND s.day >= b.day AND s.day < b.day + 90
                UNION ALL
                SELECT w.rid, 'same ' || o.year || ' ' || o.first_no, 0
                FROM often AS o JOIN work AS w ON w.org_no = o.org_no AND w.contractor = o.contractor AND w.year = o.year)
            SELECT w.org_no, w.site, coalesce(o.name, w.org_no), h.episode, w.rid, w.contractor, w.total, w.signed_on, h.is_split
            FROM hit AS h JOIN work AS w ON w.rid = h.rid LEFT JOIN rural_org AS o ON o.org_no = w.org_no
)
SELECT * FROM (
SELECT qq_thing(g.subject) AS subject, g.episode, g.tier, CASE WHEN 1 = 1 THEN 3 END AS level, g.amount, g.site, g.kept, g.clause, g.subject AS key, g.called, g.works, g.contractors, g.first_on, g.last_on, g.split
FROM (SELECT hit.subject AS subject, "q.episode" AS episode, max(tier) FILTER (WHERE clause IS NULL) AS tier, min("q.title") AS called, coalesce(sum("q.total") FILTER (WHERE clause IS NULL), 0) AS amount, min(site) FILTER (WHERE clause IS NULL) AS site, count(*) FILTER (WHERE clause IS NULL) AS kept, min(clause) AS clause, count(DISTINCT "q.contract_rid") FILTER (WHERE clause IS NULL) AS works, count(DISTINCT "q.contractor") FILTER (WHERE clause IS NULL) AS contractors, min("q.signed_on") FILTER (WHERE clause IS NULL) AS first_on, max("q.signed_on") FILTER (WHERE clause IS NULL) AS last_on, max(CASE WHEN "q.is_split" = 1 THEN 1 ELSE 0 END) FILTER (WHERE clause IS NULL) AS split
FROM (SELECT q.subject AS subject, 1 AS tier, coalesce(q.site, '') AS site, q.subject AS "q.subject", q.site AS "q.site", q.title AS "q.title", q.episode AS "q.episode", q.contract_rid AS "q.contract_rid", q.contractor AS "q.contractor", q.total AS "q.total", q.signed_on AS "q.signed_on", q.is_split AS "q.is_split", CAST(NULL AS INTEGER) AS clause
FROM dirty_subject AS s CROSS JOIN said AS q
WHERE q.subject = s.key AND q.subject IS NOT NULL
  AND $1 > 0) AS hit
GROUP BY 1, 2) AS g) AS f
WHERE (f.kept > 0 AND f.level IS NOT NULL) OR f.clause IS NOT NULL
ORDER BY f.subject, f.episode COLLATE "C"

-- evidence
WITH said(subject, site, title, episode, contract_rid, contractor, total, signed_on, is_split) AS (
WITH work AS (
                SELECT org_no, site, rid, contract_no, coalesce(party_id, party) AS contractor, total, signed_on, qq_days(signed_on) AS day,
                    signed_on / 10000 AS year
                FROM rural_contract WHERE org_no IN (SELECT key FROM hit_subject) AND kind = 'works' AND deal_no IS NULL),
            small AS (SELECT * FROM work WHERE total < 5000000),
            start AS (
                SELECT a.rid, a.org_no, a.day FROM small AS a JOIN small AS b ON b.org_no = a.org_no AND b.day >= a.day AND b.day < a.day + 90
                GROUP BY a.rid, a.org_no, a.day HAVING count(*) >= 2 AND sum(b.total) >= 5000000),
            often AS (
                SELECT org_no, contractor, year, min(contract_no) AS first_no FROM work GROUP BY org_no, contractor, year HAVING count(*) >= 3),
            hit AS (
                SELECT DISTINCT s.rid, 'split' AS episode, 1 AS is_split
                FROM start AS b JOIN small AS s ON s.org_no = b.org_no AND s.day >= b.day AND s.day < b.day + 90
                UNION ALL
                SELECT w.rid, 'same ' || o.year || ' ' || o.first_no, 0
                FROM often AS o JOIN work AS w ON w.org_no = o.org_no AND w.contractor = o.contractor AND w.year = o.year)
            SELECT w.org_no, w.site, coalesce(o.name, w.org_no), h.episode, w.rid, w.contractor, w.total, w.signed_on, h.is_split
            FROM hit AS h JOIN work AS w ON w.rid = h.rid LEFT JOIN rural_org AS o ON o.org_no = w.org_no
)
SELECT DISTINCT s.subject AS subject, q.episode AS episode, 1 AS source, c.rid AS rid, c.version AS version, c.row_hash AS row_hash
FROM hit_subject AS s CROSS JOIN said AS q CROSS JOIN rural_contract AS c
WHERE q.subject = s.key AND q.subject IS NOT NULL
  AND c.rid = q.contract_rid
  AND $1 > 0
ORDER BY 1, 2, 3, 4

-- need
SELECT count(*) FROM (SELECT 1 FROM rural_contract LIMIT 1) AS found
