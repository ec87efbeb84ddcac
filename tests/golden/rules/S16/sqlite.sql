-- findings
WITH said(subject, site, title, quarter, ended_on, shown_on, org_rid, disclosure_rid) AS (
WITH back AS (SELECT 1 AS n UNION ALL SELECT 2 UNION ALL SELECT 3 UNION ALL SELECT 4),
            number AS (SELECT ?1 / 10000 * 4 + (?1 / 100 % 100 - 1) / 3 - n AS k FROM back),
            quarter AS (
                SELECT CAST(k / 4 AS TEXT) AS year, CAST(k % 4 + 1 AS TEXT) AS no, substr('一二三四', CAST(k % 4 + 1 AS INTEGER), 1) AS word,
                    k / 4 * 10000 + (k % 4 * 3 + 1) * 100 + 1 AS began_on,
                    k / 4 * 10000 + CASE k % 4 WHEN 0 THEN 331 WHEN 1 THEN 630 WHEN 2 THEN 930 ELSE 1231 END AS ended_on
                FROM number),
            due AS (
                SELECT o.org_no, o.site, o.name, o.rid, q.*
                FROM rural_org AS o CROSS JOIN quarter AS q
                WHERE 1 = 1 AND qq_days(q.ended_on) + 10 < qq_days(?1) AND coalesce(o.registered_on, 0) <= q.began_on),
            shown AS (
                SELECT d.org_no, d.ended_on, min(coalesce(s.shown_on, 0)) AS shown_on, min(s.rid) AS rid
                FROM due AS d JOIN rural_disclosure AS s ON s.org_no = d.org_no
                    AND (s.quarter LIKE d.year || '%' || d.no OR s.quarter LIKE d.year || '%' || d.no || '季%' OR s.quarter LIKE d.year || '%' || d.word || '季%')
                GROUP BY d.org_no, d.ended_on)
            SELECT d.org_no, d.site, d.name, d.year || 'Q' || d.no, d.ended_on, s.shown_on, d.rid, s.rid
            FROM due AS d LEFT JOIN shown AS s ON s.org_no = d.org_no AND s.ended_on = d.ended_on
            WHERE s.rid IS NULL OR (s.shown_on > 0 AND qq_days(s.shown_on) > qq_days(d.ended_on) + 10)
)
SELECT * FROM (
SELECT qq_thing(g.subject) AS subject, g.episode, g.tier, CASE WHEN 1 = 1 THEN 1 END AS level, g.amount, g.site, g.kept, g.clause, g.subject AS key, g.called, g.quarter, g.ended_on, g.shown_on
FROM (SELECT hit.subject AS subject, "q.quarter" AS episode, max(tier) FILTER (WHERE clause IS NULL) AS tier, min("q.title") AS called, 0 AS amount, min(site) FILTER (WHERE clause IS NULL) AS site, count(*) FILTER (WHERE clause IS NULL) AS kept, min(clause) AS clause, min("q.quarter") FILTER (WHERE clause IS NULL) AS quarter, min("q.ended_on") FILTER (WHERE clause IS NULL) AS ended_on, max("q.shown_on") FILTER (WHERE clause IS NULL) AS shown_on
FROM (SELECT q.subject AS subject, 1 AS tier, coalesce(q.site, '') AS site, q.subject AS "q.subject", q.site AS "q.site", q.title AS "q.title", q.quarter AS "q.quarter", q.ended_on AS "q.ended_on", q.shown_on AS "q.shown_on", q.org_rid AS "q.org_rid", q.disclosure_rid AS "q.disclosure_rid", CAST(NULL AS INTEGER) AS clause
FROM said AS q
WHERE q.subject IS NOT NULL
  AND ?1 > 0) AS hit
GROUP BY 1, 2) AS g) AS f
WHERE (f.kept > 0 AND f.level IS NOT NULL) OR f.clause IS NOT NULL
ORDER BY f.subject, f.episode

-- findings of the dirty
WITH said(subject, site, title, quarter, ended_on, shown_on, org_rid, disclosure_rid) AS (
WITH back AS (SELECT 1 AS n UNION ALL SELECT 2 UNION ALL SELECT 3 UNION ALL SELECT 4),
            number AS (SELECT ?1 / 10000 * 4 + (?1 / 100 % 100 - 1) / 3 - n AS k FROM back),
            quarter AS (
                SELECT CAST(k / 4 AS TEXT) AS year, CAST(k % 4 + 1 AS TEXT) AS no, substr('一二三四', CAST(k % 4 + 1 AS INTEGER), 1) AS word,
                    k / 4 * 10000 + (k % 4 * 3 + 1) * 100 + 1 AS began_on,
                    k / 4 * 10000 + CASE k % 4 WHEN 0 THEN 331 WHEN 1 THEN 630 WHEN 2 THEN 930 ELSE 1231 END AS ended_on
                FROM number),
            due AS (
                SELECT o.org_no, o.site, o.name, o.rid, q.*
                FROM rural_org AS o CROSS JOIN quarter AS q
                WHERE o.org_no IN (SELECT key FROM dirty_subject) AND qq_days(q.ended_on) + 10 < qq_days(?1) AND coalesce(o.registered_on, 0) <= q.began_on),
            shown AS (
                SELECT d.org_no, d.ended_on, min(coalesce(s.shown_on, 0)) AS shown_on, min(s.rid) AS rid
                FROM due AS d JOIN rural_disclosure AS s ON s.org_no = d.org_no
                    AND (s.quarter LIKE d.year || '%' || d.no OR s.quarter LIKE d.year || '%' || d.no || '季%' OR s.quarter LIKE d.year || '%' || d.word || '季%')
                GROUP BY d.org_no, d.ended_on)
            SELECT d.org_no, d.site, d.name, d.year || 'Q' || d.no, d.ended_on, s.shown_on, d.rid, s.rid
            FROM due AS d LEFT JOIN shown AS s ON s.org_no = d.org_no AND s.ended_on = d.ended_on
            WHERE s.rid IS NULL OR (s.shown_on > 0 AND qq_days(s.shown_on) > qq_days(d.ended_on) + 10)
)
SELECT * FROM (
SELECT qq_thing(g.subject) AS subject, g.episode, g.tier, CASE WHEN 1 = 1 THEN 1 END AS level, g.amount, g.site, g.kept, g.clause, g.subject AS key, g.called, g.quarter, g.ended_on, g.shown_on
FROM (SELECT hit.subject AS subject, "q.quarter" AS episode, max(tier) FILTER (WHERE clause IS NULL) AS tier, min("q.title") AS called, 0 AS amount, min(site) FILTER (WHERE clause IS NULL) AS site, count(*) FILTER (WHERE clause IS NULL) AS kept, min(clause) AS clause, min("q.quarter") FILTER (WHERE clause IS NULL) AS quarter, min("q.ended_on") FILTER (WHERE clause IS NULL) AS ended_on, max("q.shown_on") FILTER (WHERE clause IS NULL) AS shown_on
FROM (SELECT q.subject AS subject, 1 AS tier, coalesce(q.site, '') AS site, q.subject AS "q.subject", q.site AS "q.site", q.title AS "q.title", q.quarter AS "q.quarter", q.ended_on AS "q.ended_on", q.shown_on AS "q.shown_on", q.org_rid AS "q.org_rid", q.disclosure_rid AS "q.disclosure_rid", CAST(NULL AS INTEGER) AS clause
FROM dirty_subject AS s CROSS JOIN said AS q
WHERE q.subject = s.key AND q.subject IS NOT NULL
  AND ?1 > 0) AS hit
GROUP BY 1, 2) AS g) AS f
WHERE (f.kept > 0 AND f.level IS NOT NULL) OR f.clause IS NOT NULL
ORDER BY f.subject, f.episode

-- evidence
WITH said(subject, site, title, quarter, ended_on, shown_on, org_rid, disclosure_rid) AS (
WITH back AS (SELECT 1 AS n UNION ALL SELECT 2 UNION ALL SELECT 3 UNION ALL SELECT 4),
            number AS (SELECT ?1 / 10000 * 4 + (?1 / 100 % 100 - 1) / 3 - n AS k FROM back),
            quarter AS (
                SELECT CAST(k / 4 AS TEXT) AS year, CAST(k % 4 + 1 AS TEXT) AS no, substr('一二三四', CAST(k % 4 + 1 AS INTEGER), 1) AS word,
                    k / 4 * 10000 + (k % 4 * 3 + 1) * 100 + 1 AS began_on,
                    k / 4 * 10000 + CASE k % 4 WHEN 0 THEN 331 WHEN 1 THEN 630 WHEN 2 THEN 930 ELSE 1231 END AS ended_on
                FROM number),
            due AS (
                SELECT o.org_no, o.site, o.name, o.rid, q.*
                FROM rural_org AS o CROSS JOIN quarter AS q
                WHERE o.org_no IN (SELECT key FROM hit_subject) AND qq_days(q.ended_on) + 10 < qq_days(?1) AND coalesce(o.registered_on, 0) <= q.began_on),
            shown AS (
                SELECT d.org_no, d.ended_on, min(coalesce(s.shown_on, 0)) AS shown_on, min(s.rid) AS rid
                FROM due AS d JOIN rural_disclosure AS s ON s.org_no = d.org_no
                    AND (s.quarter LIKE d.year || '%' || d.no OR s.quarter LIKE d.year || '%' || d.no || '季%' OR s.quarter LIKE d.year || '%' || d.word || '季%')
                GROUP BY d.org_no, d.ended_on)
            SELECT d.org_no, d.site, d.name, d.year || 'Q' || d.no, d.ended_on, s.shown_on, d.rid, s.rid
            FROM due AS d LEFT JOIN shown AS s ON s.org_no = d.org_no AND s.ended_on = d.ended_on
            WHERE s.rid IS NULL OR (s.shown_on > 0 AND qq_days(s.shown_on) > qq_days(d.ended_on) + 10)
)
SELECT DISTINCT s.subject AS subject, q.quarter AS episode, 1 AS source, o.rid AS rid, o.version AS version, o.row_hash AS row_hash
FROM hit_subject AS s CROSS JOIN said AS q CROSS JOIN rural_org AS o
WHERE q.subject = s.key AND q.subject IS NOT NULL
  AND o.rid = q.org_rid
  AND ?1 > 0
UNION ALL
SELECT DISTINCT s.subject AS subject, q.quarter AS episode, 2 AS source, d.rid AS rid, d.version AS version, d.row_hash AS row_hash
FROM hit_subject AS s CROSS JOIN said AS q CROSS JOIN rural_disclosure AS d
WHERE q.subject = s.key AND q.subject IS NOT NULL
  AND d.rid = q.disclosure_rid
  AND ?1 > 0
ORDER BY 1, 2, 3, 4

-- need
SELECT count(*) FROM (SELECT 1 FROM rural_org LIMIT 1) AS found

-- need
SELECT count(*) FROM (SELECT 1 FROM rural_disclosure LIMIT 1) AS found
