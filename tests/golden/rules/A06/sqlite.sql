-- findings
WITH said(subject, site, agency, item, year, approval_rid, cases, of_all, share, peers) AS (
WITH handled AS (
                SELECT a.item_code, a.accepted_on / 10000 AS year, a.agency, count(*) AS cases
                FROM approval AS a
                WHERE a.agency IS NOT NULL AND a.result = 'granted'
                    AND a.item_code IN (SELECT o.item_code FROM approval AS o WHERE 1 = 1 AND o.agency IS NOT NULL)
                GROUP BY a.item_code, a.accepted_on / 10000, a.agency),
            whole AS (
                SELECT item_code, year, CAST(sum(cases) AS BIGINT) AS cases, count(*) AS agencies FROM handled
                GROUP BY item_code, year HAVING count(*) >= 2 AND sum(cases) >= 20),
            large AS (
                SELECT h.item_code, h.year, h.agency, h.cases, w.cases AS of_all, w.agencies - 1 AS peers
                FROM handled AS h JOIN whole AS w ON w.item_code = h.item_code AND w.year = h.year
                WHERE h.cases * 100 >= 60 * w.cases),
            found AS (
                SELECT l.item_code, l.year, l.agency, l.cases, l.of_all, l.peers
                FROM large AS l JOIN handled AS p ON p.item_code = l.item_code AND p.year = l.year AND p.agency <> l.agency
                GROUP BY l.item_code, l.year, l.agency, l.cases, l.of_all, l.peers HAVING l.cases >= 3 * qq_median(p.cases))
            SELECT f.agency, a.site, f.agency, a.item, f.year, a.rid, f.cases, f.of_all, f.cases * 100 / f.of_all, f.peers
            FROM found AS f JOIN approval AS a ON a.item_code = f.item_code AND a.agency = f.agency AND a.accepted_on / 10000 = f.year AND a.result = 'granted'
            WHERE 1 = 1
)
SELECT * FROM (
SELECT qq_thing(g.subject) AS subject, g.episode, g.tier, CASE WHEN 1 = 1 THEN 1 END AS level, g.amount, g.site, g.kept, g.clause, g.subject AS key, g.called, g.year, g.item, g.cases, g.of_all, g.share, g.peers
FROM (SELECT hit.subject AS subject, CAST("q.year" AS TEXT) AS episode, max(tier) FILTER (WHERE clause IS NULL) AS tier, min("q.agency") AS called, 0 AS amount, min(site) FILTER (WHERE clause IS NULL) AS site, count(*) FILTER (WHERE clause IS NULL) AS kept, min(clause) AS clause, min("q.year") FILTER (WHERE clause IS NULL) AS year, min("q.item") FILTER (WHERE clause IS NULL) AS item, max("q.cases") FILTER (WHERE clause IS NULL) AS cases, max("q.of_all") FILTER (WHERE clause IS NULL) AS of_all, max("q.share") FILTER (WHERE clause IS NULL) AS share, max("q.peers") FILTER (WHERE clause IS NULL) AS peers
FROM (SELECT q.subject AS subject, 1 AS tier, coalesce(q.site, '') AS site, q.subject AS "q.subject", q.site AS "q.site", q.agency AS "q.agency", q.item AS "q.item", q.year AS "q.year", q.approval_rid AS "q.approval_rid", q.cases AS "q.cases", q.of_all AS "q.of_all", q.share AS "q.share", q.peers AS "q.peers", CAST(NULL AS INTEGER) AS clause
FROM said AS q
WHERE q.subject IS NOT NULL
  AND ?1 > 0) AS hit
GROUP BY 1, 2) AS g) AS f
WHERE (f.kept > 0 AND f.level IS NOT NULL) OR f.clause IS NOT NULL
ORDER BY f.subject, f.episode

-- findings of the dirty
WITH said(subject, site, agency, item, year, approval_rid, cases, of_all, share, peers) AS (
WITH handled AS (
                SELECT a.item_code, a.accepted_on / 10000 AS year, a.agency, count(*) AS cases
                FROM approval AS a
                WHERE a.agency IS NOT NULL AND a.result = 'granted'
                    AND a.item_code IN (SELECT o.item_code FROM approval AS o WHERE o.agency IN (SELECT key FROM dirty_subject) AND o.agency IS NOT NULL)
                GROUP BY a.item_code, a.accepted_on / 10000, a.agency),
            whole AS (
                SELECT item_code, year, CAST(sum(cases) AS BIGINT) AS cases, count(*) AS agencies FROM handled
                GROUP BY item_code, year HAVING count(*) >= 2 AND sum(cases) >= 20),
            large AS (
                SELECT h.item_code, h.year, h.agency, h.cases, w.cases AS of_all, w.agencies - 1 AS peers
                FROM handled AS h JOIN whole AS w ON w.item_code = h.item_code AND w.year = h.year
                WHERE h.cases * 100 >= 60 * w.cases),
            found AS (
                SELECT l.item_code, l.year, l.agency, l.cases, l.of_all, l.peers
                FROM large AS l JOIN handled AS p ON p.item_code = l.item_code AND p.year = l.year AND p.agency <> l.agency
                GROUP BY l.item_code, l.year, l.agency, l.cases, l.of_all, l.peers HAVING l.cases >= 3 * qq_median(p.cases))
            SELECT f.agency, a.site, f.agency, a.item, f.year, a.rid, f.cases, f.of_all, f.cases * 100 / f.of_all, f.peers
            FROM found AS f JOIN approval AS a ON a.item_code = f.item_code AND a.agency = f.agency AND a.accepted_on / 10000 = f.year AND a.result = 'granted'
            WHERE f.agency IN (SELECT key FROM dirty_subject)
)
SELECT * FROM (
SELECT qq_thing(g.subject) AS subject, g.episode, g.tier, CASE WHEN 1 = 1 THEN 1 END AS level, g.amount, g.site, g.kept, g.clause, g.subject AS key, g.called, g.year, g.item, g.cases, g.of_all, g.share, g.peers
FROM (SELECT hit.subject AS subject, CAST("q.year" AS TEXT) AS episode, max(tier) FILTER (WHERE clause IS NULL) AS tier, min("q.agency") AS called, 0 AS amount, min(site) FILTER (WHERE clause IS NULL) AS site, count(*) FILTER (WHERE clause IS NULL) AS kept, min(clause) AS clause, min("q.year") FILTER (WHERE clause IS NULL) AS year, min("q.item") FILTER (WHERE clause IS NULL) AS item, max("q.cases") FILTER (WHERE clause IS NULL) AS cases, max("q.of_all") FILTER (WHERE clause IS NULL) AS of_all, max("q.share") FILTER (WHERE clause IS NULL) AS share, max("q.peers") FILTER (WHERE clause IS NULL) AS peers
FROM (SELECT q.subject AS subject, 1 AS tier, coalesce(q.site, '') AS site, q.subject AS "q.subject", q.site AS "q.site", q.agency AS "q.agency", q.item AS "q.item", q.year AS "q.year", q.approval_rid AS "q.approval_rid", q.cases AS "q.cases", q.of_all AS "q.of_all", q.share AS "q.share", q.peers AS "q.peers", CAST(NULL AS INTEGER) AS clause
FROM dirty_subject AS s CROSS JOIN said AS q
WHERE q.subject = s.key AND q.subject IS NOT NULL
  AND ?1 > 0) AS hit
GROUP BY 1, 2) AS g) AS f
WHERE (f.kept > 0 AND f.level IS NOT NULL) OR f.clause IS NOT NULL
ORDER BY f.subject, f.episode

-- evidence
WITH said(subject, site, agency, item, year, approval_rid, cases, of_all, share, peers) AS (
WITH handled AS (
                SELECT a.item_code, a.accepted_on / 10000 AS year, a.agency, count(*) AS cases
                FROM approval AS a
                WHERE a.agency IS NOT NULL AND a.result = 'granted'
                    AND a.item_code IN (SELECT o.item_code FROM approval AS o WHERE o.agency IN (SELECT key FROM hit_subject) AND o.agency IS NOT NULL)
                GROUP BY a.item_code, a.accepted_on / 10000, a.agency),
            whole AS (
                SELECT item_code, year, CAST(sum(cases) AS BIGINT) AS cases, count(*) AS agencies FROM handled
                GROUP BY item_code, year HAVING count(*) >= 2 AND sum(cases) >= 20),
            large AS (
                SELECT h.item_code, h.year, h.agency, h.cases, w.cases AS of_all, w.agencies - 1 AS peers
                FROM handled AS h JOIN whole AS w ON w.item_code = h.item_code AND w.year = h.year
                WHERE h.cases * 100 >= 60 * w.cases),
            found AS (
                SELECT l.item_code, l.year, l.agency, l.cases, l.of_all, l.peers
                FROM large AS l JOIN handled AS p ON p.item_code = l.item_code AND p.year = l.year AND p.agency <> l.agency
                GROUP BY l.item_code, l.year, l.agency, l.cases, l.of_all, l.peers HAVING l.cases >= 3 * qq_median(p.cases))
            SELECT f.agency, a.site, f.agency, a.item, f.year, a.rid, f.cases, f.of_all, f.cases * 100 / f.of_all, f.peers
            FROM found AS f JOIN approval AS a ON a.item_code = f.item_code AND a.agency = f.agency AND a.accepted_on / 10000 = f.year AND a.result = 'granted'
            WHERE f.agency IN (SELECT key FROM hit_subject)
)
SELECT DISTINCT s.subject AS subject, CAST(q.year AS TEXT) AS episode, 1 AS source, a.rid AS rid, a.version AS version, a.row_hash AS row_hash
FROM hit_subject AS s CROSS JOIN said AS q CROSS JOIN approval AS a
WHERE q.subject = s.key AND q.subject IS NOT NULL
  AND a.rid = q.approval_rid
  AND ?1 > 0
ORDER BY 1, 2, 3, 4

-- touches
SELECT o.agency FROM approval AS a JOIN approval AS o ON o.item_code = a.item_code WHERE a.agency IN (SELECT key FROM dirty_key)
            UNION
            SELECT agency FROM approval WHERE item_code IN (SELECT key FROM dirty_key)

-- need
SELECT count(*) FROM (SELECT 1 FROM approval LIMIT 20) AS found
