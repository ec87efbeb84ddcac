-- findings
WITH said(subject, site, asset, missing_no, inverted_no, same_day, step_rid) AS (
WITH step AS (
                SELECT disposal_no, site, rid, step_no, asset_no, began_on, ended_on FROM disposal_step WHERE 1 = 1),
            disposal AS (
                SELECT disposal_no, max(site) AS site, max(asset_no) AS asset_no, min(coalesce(began_on, ended_on)) AS began_on,
                    max(CASE WHEN ended_on IS NOT NULL THEN step_no END) AS done, min(ended_on) AS first_on, max(ended_on) AS last_on
                FROM step GROUP BY disposal_no),
            due AS (
                SELECT d.disposal_no, r.step_no
                FROM disposal AS d JOIN disposal_rule AS r ON r.from_day <= d.began_on AND (r.to_day IS NULL OR r.to_day >= d.began_on)
                WHERE r.mandatory = 1),
            taken AS (
                SELECT d.disposal_no, d.step_no, max(CASE WHEN s.ended_on IS NOT NULL THEN s.rid END) AS rid, max(s.ended_on) AS ended_on, count(s.rid) AS n
                FROM due AS d LEFT JOIN step AS s ON s.disposal_no = d.disposal_no AND s.step_no = d.step_no
                GROUP BY d.disposal_no, d.step_no),
            beside AS (
                SELECT t.*, count(*) OVER (PARTITION BY disposal_no) AS due, count(ended_on) OVER (PARTITION BY disposal_no) AS ended,
                    max(ended_on) OVER (PARTITION BY disposal_no ORDER BY step_no ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) AS before,
                    min(ended_on) OVER (PARTITION BY disposal_no ORDER BY step_no ROWS BETWEEN 1 FOLLOWING AND UNBOUNDED FOLLOWING) AS behind
                FROM taken AS t)
            SELECT d.disposal_no, d.site, d.asset_no, t.step_no, CAST(NULL AS BIGINT), 0, s.rid
            FROM taken AS t JOIN disposal AS d ON d.disposal_no = t.disposal_no
                JOIN step AS s ON s.disposal_no = d.disposal_no AND s.step_no = d.done AND s.ended_on IS NOT NULL
            WHERE t.n = 0 AND t.step_no < d.done
            UNION ALL
            SELECT d.disposal_no, d.site, d.asset_no, NULL, CASE WHEN b.before > b.ended_on THEN b.step_no END, 0, b.rid
            FROM beside AS b JOIN disposal AS d ON d.disposal_no = b.disposal_no
            WHERE b.before > b.ended_on OR b.behind < b.ended_on
            UNION ALL
            SELECT d.disposal_no, d.site, d.asset_no, NULL, NULL, 1, b.rid
            FROM beside AS b JOIN disposal AS d ON d.disposal_no = b.disposal_no
            WHERE d.first_on = d.last_on AND b.due > 1 AND b.ended = b.due
)
SELECT * FROM (
SELECT qq_thing(g.subject) AS subject, g.episode, g.tier, CASE WHEN g.grave = 1 THEN 3 WHEN 1 = 1 THEN 2 END AS level, g.amount, g.site, g.kept, g.clause, g.subject AS key, g.called, g.asset, g.missing, g.first_missing, g.inverted, g.same_day, g.grave
FROM (SELECT hit.subject AS subject, 'steps' AS episode, max(tier) FILTER (WHERE clause IS NULL) AS tier, min("q.subject") AS called, 0 AS amount, min(site) FILTER (WHERE clause IS NULL) AS site, count(*) FILTER (WHERE clause IS NULL) AS kept, min(clause) AS clause, min("q.asset") FILTER (WHERE clause IS NULL) AS asset, count(DISTINCT "q.missing_no") FILTER (WHERE clause IS NULL) AS missing, min("q.missing_no") FILTER (WHERE clause IS NULL) AS first_missing, count(DISTINCT "q.inverted_no") FILTER (WHERE clause IS NULL) AS inverted, max(CASE WHEN "q.same_day" = 1 THEN 1 ELSE 0 END) FILTER (WHERE clause IS NULL) AS same_day, max(CASE WHEN "q.missing_no" >= 3 AND "q.missing_no" <= 5 THEN 1 ELSE 0 END) FILTER (WHERE clause IS NULL) AS grave
FROM (SELECT q.subject AS subject, 1 AS tier, coalesce(q.site, '') AS site, q.subject AS "q.subject", q.site AS "q.site", q.asset AS "q.asset", q.missing_no AS "q.missing_no", q.inverted_no AS "q.inverted_no", q.same_day AS "q.same_day", q.step_rid AS "q.step_rid", CAST(NULL AS INTEGER) AS clause
FROM said AS q
WHERE q.subject IS NOT NULL
  AND ?1 > 0) AS hit
GROUP BY 1, 2) AS g) AS f
WHERE (f.kept > 0 AND f.level IS NOT NULL) OR f.clause IS NOT NULL
ORDER BY f.subject, f.episode

-- findings of the dirty
WITH said(subject, site, asset, missing_no, inverted_no, same_day, step_rid) AS (
WITH step AS (
                SELECT disposal_no, site, rid, step_no, asset_no, began_on, ended_on FROM disposal_step WHERE disposal_no IN (SELECT key FROM dirty_subject)),
            disposal AS (
                SELECT disposal_no, max(site) AS site, max(asset_no) AS asset_no, min(coalesce(began_on, ended_on)) AS began_on,
                    max(CASE WHEN ended_on IS NOT NULL THEN step_no END) AS done, min(ended_on) AS first_on, max(ended_on) AS last_on
                FROM step GROUP BY disposal_no),
            due AS (
                SELECT d.disposal_no, r.step_no
                FROM disposal AS d JOIN disposal_rule AS r ON r.from_day <= d.began_on AND (r.to_day IS NULL OR r.to_day >= d.began_on)
                WHERE r.mandatory = 1),
            taken AS (
                SELECT d.disposal_no, d.step_no, max(CASE WHEN s.ended_on IS NOT NULL THEN s.rid END) AS rid, max(s.ended_on) AS ended_on, count(s.rid) AS n
                FROM due AS d LEFT JOIN step AS s ON s.disposal_no = d.disposal_no AND s.step_no = d.step_no
                GROUP BY d.disposal_no, d.step_no),
            beside AS (
                SELECT t.*, count(*) OVER (PARTITION BY disposal_no) AS due, count(ended_on) OVER (PARTITION BY disposal_no) AS ended,
                    max(ended_on) OVER (PARTITION BY disposal_no ORDER BY step_no ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) AS before,
                    min(ended_on) OVER (PARTITION BY disposal_no ORDER BY step_no ROWS BETWEEN 1 FOLLOWING AND UNBOUNDED FOLLOWING) AS behind
                FROM taken AS t)
            SELECT d.disposal_no, d.site, d.asset_no, t.step_no, CAST(NULL AS BIGINT), 0, s.rid
            FROM taken AS t JOIN disposal AS d ON d.disposal_no = t.disposal_no
                JOIN step AS s ON s.disposal_no = d.disposal_no AND s.step_no = d.done AND s.ended_on IS NOT NULL
            WHERE t.n = 0 AND t.step_no < d.done
            UNION ALL
            SELECT d.disposal_no, d.site, d.asset_no, NULL, CASE WHEN b.before > b.ended_on THEN b.step_no END, 0, b.rid
            FROM beside AS b JOIN disposal AS d ON d.disposal_no = b.disposal_no
            WHERE b.before > b.ended_on OR b.behind < b.ended_on
            UNION ALL
            SELECT d.disposal_no, d.site, d.asset_no, NULL, NULL, 1, b.rid
            FROM beside AS b JOIN disposal AS d ON d.disposal_no = b.disposal_no
            WHERE d.first_on = d.last_on AND b.due > 1 AND b.ended = b.due
)
SELECT * FROM (
SELECT qq_thing(g.subject) AS subject, g.episode, g.tier, CASE WHEN g.grave = 1 THEN 3 WHEN 1 = 1 THEN 2 END AS level, g.amount, g.site, g.kept, g.clause, g.subject AS key, g.called, g.asset, g.missing, g.first_missing, g.inverted, g.same_day, g.grave
FROM (SELECT hit.subject AS subject, 'steps' AS episode, max(tier) FILTER (WHERE clause IS NULL) AS tier, min("q.subject") AS called, 0 AS amount, min(site) FILTER (WHERE clause IS NULL) AS site, count(*) FILTER (WHERE clause IS NULL) AS kept, min(clause) AS clause, min("q.asset") FILTER (WHERE clause IS NULL) AS asset, count(DISTINCT "q.missing_no") FILTER (WHERE clause IS NULL) AS missing, min("q.missing_no") FILTER (WHERE clause IS NULL) AS first_missing, count(DISTINCT "q.inverted_no") FILTER (WHERE clause IS NULL) AS inverted, max(CASE WHEN "q.same_day" = 1 THEN 1 ELSE 0 END) FILTER (WHERE clause IS NULL) AS same_day, max(CASE WHEN "q.missing_no" >= 3 AND "q.missing_no" <= 5 THEN 1 ELSE 0 END) FILTER (WHERE clause IS NULL) AS grave
FROM (SELECT q.subject AS subject, 1 AS tier, coalesce(q.site, '') AS site, q.subject AS "q.subject", q.site AS "q.site", q.asset AS "q.asset", q.missing_no AS "q.missing_no", q.inverted_no AS "q.inverted_no", q.same_day AS "q.same_day", q.step_rid AS "q.step_rid", CAST(NULL AS INTEGER) AS clause
FROM dirty_subject AS s CROSS JOIN said AS q
WHERE q.subject = s.key AND q.subject IS NOT NULL
  AND ?1 > 0) AS hit
GROUP BY 1, 2) AS g) AS f
WHERE (f.kept > 0 AND f.level IS NOT NULL) OR f.clause IS NOT NULL
ORDER BY f.subject, f.episode

-- evidence
WITH said(subject, site, asset, missing_no, inverted_no, same_day, step_rid) AS (
WITH step AS (
                SELECT disposal_no, site, rid, step_no, asset_no, began_on, ended_on FROM disposal_step WHERE disposal_no IN (SELECT key FROM hit_subject)),
            disposal AS (
                SELECT disposal_no, max(site) AS site, max(asset_no) AS asset_no, min(coalesce(began_on, ended_on)) AS began_on,
                    max(CASE WHEN ended_on IS NOT NULL THEN step_no END) AS done, min(ended_on) AS first_on, max(ended_on) AS last_on
                FROM step GROUP BY disposal_no),
            due AS (
                SELECT d.disposal_no, r.step_no
                FROM disposal AS d JOIN disposal_rule AS r ON r.from_day <= d.began_on AND (r.to_day IS NULL OR r.to_day >= d.began_on)
                WHERE r.mandatory = 1),
            taken AS (
                SELECT d.disposal_no, d.step_no, max(CASE WHEN s.ended_on IS NOT NULL THEN s.rid END) AS rid, max(s.ended_on) AS ended_on, count(s.rid) AS n
                FROM due AS d LEFT JOIN step AS s ON s.disposal_no = d.disposal_no AND s.step_no = d.step_no
                GROUP BY d.disposal_no, d.step_no),
            beside AS (
                SELECT t.*, count(*) OVER (PARTITION BY disposal_no) AS due, count(ended_on) OVER (PARTITION BY disposal_no) AS ended,
                    max(ended_on) OVER (PARTITION BY disposal_no ORDER BY step_no ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) AS before,
                    min(ended_on) OVER (PARTITION BY disposal_no ORDER BY step_no ROWS BETWEEN 1 FOLLOWING AND UNBOUNDED FOLLOWING) AS behind
                FROM taken AS t)
            SELECT d.disposal_no, d.site, d.asset_no, t.step_no, CAST(NULL AS BIGINT), 0, s.rid
            FROM taken AS t JOIN disposal AS d ON d.disposal_no = t.disposal_no
                JOIN step AS s ON s.disposal_no = d.disposal_no AND s.step_no = d.done AND s.ended_on IS NOT NULL
            WHERE t.n = 0 AND t.step_no < d.done
            UNION ALL
            SELECT d.disposal_no, d.site, d.asset_no, NULL, CASE WHEN b.before > b.ended_on THEN b.step_no END, 0, b.rid
            FROM beside AS b JOIN disposal AS d ON d.disposal_no = b.disposal_no
            WHERE b.before > b.ended_on OR b.behind < b.ended_on
            UNION ALL
            SELECT d.disposal_no, d.site, d.asset_no, NULL, NULL, 1, b.rid
            FROM beside AS b JOIN disposal AS d ON d.disposal_no = b.disposal_no
            WHERE d.first_on = d.last_on AND b.due > 1 AND b.ended = b.due
)
SELECT DISTINCT s.subject AS subject, 'steps' AS episode, 1 AS source, shown.rid AS rid, shown.version AS version, shown.row_hash AS row_hash
FROM hit_subject AS s CROSS JOIN said AS q CROSS JOIN disposal_step AS shown
WHERE q.subject = s.key AND q.subject IS NOT NULL
  AND shown.rid = q.step_rid
  AND ?1 > 0
ORDER BY 1, 2, 3, 4

-- need
SELECT count(*) FROM (SELECT 1 FROM disposal_step LIMIT 1) AS found

-- need
SELECT count(*) FROM (SELECT 1 FROM disposal_rule LIMIT 1) AS found
