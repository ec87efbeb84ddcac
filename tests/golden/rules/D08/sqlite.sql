-- findings
WITH said(subject, site, unit, item_rid, item_no, twice) AS (
WITH now AS (SELECT qq_months(qq_month_of(qq_ymd(qq_days(?1) - 15))) AS month),
            period AS (
                SELECT 'month' AS cycle, month - 1 AS first, 1 AS long FROM now
                UNION ALL SELECT 'quarter', (month / 3 - 1) * 3, 3 FROM now
                UNION ALL SELECT 'year', (month / 12 - 1) * 12, 12 FROM now),
            item AS (
                SELECT i.rid, i.item_no, CASE WHEN coalesce(i.cycle, 'day') IN ('day', 'week') THEN 'month' ELSE i.cycle END AS cycle,
                    coalesce(qq_months(qq_month_of(qq_ymd(qq_days(i.from_day) - 1))), -1) AS before, i.to_day,
                    '、' || replace(replace(replace(replace(i.owner, '，', '、'), '；', '、'), ',', '、'), ' ', '') || '、' AS owner
                FROM major_item AS i),
            named AS (
                SELECT i.rid, u.unit_code, i.owner LIKE '%、' || u.name || '、%' OR i.owner LIKE '%、' || u.unit_code || '、%' AS is_whole
                FROM item AS i JOIN unit AS u ON i.owner LIKE '%' || u.name || '%' OR i.owner LIKE '%' || u.unit_code || '%'),
            begun AS (
                SELECT unit_code, min(month) AS month FROM (
                    SELECT u.unit_code, qq_months(qq_month_of(qq_ymd(qq_days(d.from_day) - 1))) + 1 AS month
                    FROM unit AS u JOIN duty AS d ON d.site_id = u.edge_id AND d.dataset_id = 'major_report'
                    UNION ALL
                    SELECT unit_code, qq_months(month) FROM major_report) AS either
                GROUP BY unit_code),
            owed AS (
                SELECT u.unit_code, u.name, u.edge_id, i.rid, i.item_no, p.first, p.long,
                    b.month <= p.first - p.long AND i.before < p.first - p.long
                        AND NOT EXISTS (SELECT 1 FROM major_report AS r WHERE r.unit_code = u.unit_code AND r.item_no = i.item_no
                            AND qq_months(r.month) >= p.first - p.long AND qq_months(r.month) < p.first) AS twice
                FROM unit AS u JOIN begun AS b ON b.unit_code = u.unit_code CROSS JOIN item AS i JOIN period AS p ON p.cycle = i.cycle
                WHERE 1 = 1 AND u.is_key = 1 AND b.month <= p.first AND i.before < p.first
                    AND (i.to_day IS NULL OR qq_months(qq_month_of(i.to_day)) >= p.first + p.long)
                    AND NOT EXISTS (SELECT 1 FROM duty AS d WHERE d.site_id = u.edge_id AND d.dataset_id = 'major_report'
                        AND qq_months(qq_month_of(d.to_day)) < p.first + p.long)
                    AND (NOT EXISTS (SELECT 1 FROM named AS n WHERE n.rid = i.rid)
                        OR EXISTS (SELECT 1 FROM named AS n WHERE n.rid = i.rid AND n.unit_code = u.unit_code AND n.is_whole)))
            SELECT o.unit_code, o.edge_id, o.name, o.rid, o.item_no, o.twice
            FROM owed AS o
            WHERE NOT EXISTS (SELECT 1 FROM major_report AS r WHERE r.unit_code = o.unit_code AND r.item_no = o.item_no
                AND qq_months(r.month) >= o.first AND qq_months(r.month) < o.first + o.long)
)
SELECT * FROM (
SELECT qq_thing(g.subject) AS subject, g.episode, g.tier, CASE WHEN 1 = 1 THEN 1 END AS level, g.amount, g.site, g.kept, g.clause, g.subject AS key, g.called, g.items, g.twice
FROM (SELECT hit.subject AS subject, 'items' AS episode, max(tier) FILTER (WHERE clause IS NULL) AS tier, min("q.unit") AS called, 0 AS amount, min(site) FILTER (WHERE clause IS NULL) AS site, count(*) FILTER (WHERE clause IS NULL) AS kept, min(clause) AS clause, count(DISTINCT "q.item_no") FILTER (WHERE clause IS NULL) AS items, max(CASE WHEN "q.twice" THEN 1 ELSE 0 END) FILTER (WHERE clause IS NULL) AS twice
FROM (SELECT q.subject AS subject, 1 AS tier, coalesce(q.site, '') AS site, q.subject AS "q.subject", q.site AS "q.site", q.unit AS "q.unit", q.item_rid AS "q.item_rid", q.item_no AS "q.item_no", q.twice AS "q.twice", CAST(NULL AS INTEGER) AS clause
FROM said AS q
WHERE q.subject IS NOT NULL
  AND ?1 > 0) AS hit
GROUP BY 1, 2) AS g) AS f
WHERE (f.kept > 0 AND f.level IS NOT NULL) OR f.clause IS NOT NULL
ORDER BY f.subject, f.episode

-- findings of the dirty
WITH said(subject, site, unit, item_rid, item_no, twice) AS (
WITH now AS (SELECT qq_months(qq_month_of(qq_ymd(qq_days(?1) - 15))) AS month),
            period AS (
                SELECT 'month' AS cycle, month - 1 AS first, 1 AS long FROM now
                UNION ALL SELECT 'quarter', (month / 3 - 1) * 3, 3 FROM now
                UNION ALL SELECT 'year', (month / 12 - 1) * 12, 12 FROM now),
            item AS (
                SELECT i.rid, i.item_no, CASE WHEN coalesce(i.cycle, 'day') IN ('day', 'week') THEN 'month' ELSE i.cycle END AS cycle,
                    coalesce(qq_months(qq_month_of(qq_ymd(qq_days(i.from_day) - 1))), -1) AS before, i.to_day,
                    '、' || replace(replace(replace(replace(i.owner, '，', '、'), '；', '、'), ',', '、'), ' ', '') || '、' AS owner
                FROM major_item AS i),
            named AS (
                SELECT i.rid, u.unit_code, i.owner LIKE '%、' || u.name || '、%' OR i.owner LIKE '%、' || u.unit_code || '、%' AS is_whole
                FROM item AS i JOIN unit AS u ON i.owner LIKE '%' || u.name || '%' OR i.owner LIKE '%' || u.unit_code || '%'),
            begun AS (
                SELECT unit_code, min(month) AS month FROM (
                    SELECT u.unit_code, qq_months(qq_month_of(qq_ymd(qq_days(d.from_day) - 1))) + 1 AS month
                    FROM unit AS u JOIN duty AS d ON d.site_id = u.edge_id AND d.dataset_id = 'major_report'
                    UNION ALL
                    SELECT unit_code, qq_months(month) FROM major_report) AS either
                GROUP BY unit_code),
            owed AS (
                SELECT u.unit_code, u.name, u.edge_id, i.rid, i.item_no, p.first, p.long,
                    b.month <= p.first - p.long AND i.before < p.first - p.long
                        AND NOT EXISTS (SELECT 1 FROM major_report AS r WHERE r.unit_code = u.unit_code AND r.item_no = i.item_no
                            AND qq_months(r.month) >= p.first - p.long AND qq_months(r.month) < p.first) AS twice
                FROM unit AS u JOIN begun AS b ON b.unit_code = u.unit_code CROSS JOIN item AS i JOIN period AS p ON p.cycle = i.cycle
                WHERE u.unit_code IN (SELECT key FROM dirty_subject) AND u.is_key = 1 AND b.month <= p.first AND i.before < p.first
                    AND (i.to_day IS NULL OR qq_months(qq_month_of(i.to_day)) >= p.first + p.long)
                    AND NOT EXISTS (SELECT 1 FROM duty AS d WHERE d.site_id = u.edge_id AND d.dataset_id = 'major_report'
                        AND qq_months(qq_month_of(d.to_day)) < p.first + p.long)
                    AND (NOT EXISTS (SELECT 1 FROM named AS n WHERE n.rid = i.rid)
                        OR EXISTS (SELECT 1 FROM named AS n WHERE n.rid = i.rid AND n.unit_code = u.unit_code AND n.is_whole)))
            SELECT o.unit_code, o.edge_id, o.name, o.rid, o.item_no, o.twice
            FROM owed AS o
            WHERE NOT EXISTS (SELECT 1 FROM major_report AS r WHERE r.unit_code = o.unit_code AND r.item_no = o.item_no
                AND qq_months(r.month) >= o.first AND qq_months(r.month) < o.first + o.long)
)
SELECT * FROM (
SELECT qq_thing(g.subject) AS subject, g.episode, g.tier, CASE WHEN 1 = 1 THEN 1 END AS level, g.amount, g.site, g.kept, g.clause, g.subject AS key, g.called, g.items, g.twice
FROM (SELECT hit.subject AS subject, 'items' AS episode, max(tier) FILTER (WHERE clause IS NULL) AS tier, min("q.unit") AS called, 0 AS amount, min(site) FILTER (WHERE clause IS NULL) AS site, count(*) FILTER (WHERE clause IS NULL) AS kept, min(clause) AS clause, count(DISTINCT "q.item_no") FILTER (WHERE clause IS NULL) AS items, max(CASE WHEN "q.twice" THEN 1 ELSE 0 END) FILTER (WHERE clause IS NULL) AS twice
FROM (SELECT q.subject AS subject, 1 AS tier, coalesce(q.site, '') AS site, q.subject AS "q.subject", q.site AS "q.site", q.unit AS "q.unit", q.item_rid AS "q.item_rid", q.item_no AS "q.item_no", q.twice AS "q.twice", CAST(NULL AS INTEGER) AS clause
FROM dirty_subject AS s CROSS JOIN said AS q
WHERE q.subject = s.key AND q.subject IS NOT NULL
  AND ?1 > 0) AS hit
GROUP BY 1, 2) AS g) AS f
WHERE (f.kept > 0 AND f.level IS NOT NULL) OR f.clause IS NOT NULL
ORDER BY f.subject, f.episode

-- evidence
WITH said(subject, site, unit, item_rid, item_no, twice) AS (
WITH now AS (SELECT qq_months(qq_month_of(qq_ymd(qq_days(?1) - 15))) AS month),
            period AS (
                SELECT 'month' AS cycle, month - 1 AS first, 1 AS long FROM now
                UNION ALL SELECT 'quarter', (month / 3 - 1) * 3, 3 FROM now
                UNION ALL SELECT 'year', (month / 12 - 1) * 12, 12 FROM now),
            item AS (
                SELECT i.rid, i.item_no, CASE WHEN coalesce(i.cycle, 'day') IN ('day', 'week') THEN 'month' ELSE i.cycle END AS cycle,
                    coalesce(qq_months(qq_month_of(qq_ymd(qq_days(i.from_day) - 1))), -1) AS before, i.to_day,
                    '、' || replace(replace(replace(replace(i.owner, '，', '、'), '；', '、'), ',', '、'), ' ', '') || '、' AS owner
                FROM major_item AS i),
            named AS (
                SELECT i.rid, u.unit_code, i.owner LIKE '%、' || u.name || '、%' OR i.owner LIKE '%、' || u.unit_code || '、%' AS is_whole
                FROM item AS i JOIN unit AS u ON i.owner LIKE '%' || u.name || '%' OR i.owner LIKE '%' || u.unit_code || '%'),
            begun AS (
                SELECT unit_code, min(month) AS month FROM (
                    SELECT u.unit_code, qq_months(qq_month_of(qq_ymd(qq_days(d.from_day) - 1))) + 1 AS month
                    FROM unit AS u JOIN duty AS d ON d.site_id = u.edge_id AND d.dataset_id = 'major_report'
                    UNION ALL
                    SELECT unit_code, qq_months(month) FROM major_report) AS either
                GROUP BY unit_code),
            owed AS (
                SELECT u.unit_code, u.name, u.edge_id, i.rid, i.item_no, p.first, p.long,
                    b.month <= p.first - p.long AND i.before < p.first - p.long
                        AND NOT EXISTS (SELECT 1 FROM major_report AS r WHERE r.unit_code = u.unit_code AND r.item_no = i.item_no
                            AND qq_months(r.month) >= p.first - p.long AND qq_months(r.month) < p.first) AS twice
                FROM unit AS u JOIN begun AS b ON b.unit_code = u.unit_code CROSS JOIN item AS i JOIN period AS p ON p.cycle = i.cycle
                WHERE u.unit_code IN (SELECT key FROM hit_subject) AND u.is_key = 1 AND b.month <= p.first AND i.before < p.first
                    AND (i.to_day IS NULL OR qq_months(qq_month_of(i.to_day)) >= p.first + p.long)
                    AND NOT EXISTS (SELECT 1 FROM duty AS d WHERE d.site_id = u.edge_id AND d.dataset_id = 'major_report'
                        AND qq_months(qq_month_of(d.to_day)) < p.first + p.long)
                    AND (NOT EXISTS (SELECT 1 FROM named AS n WHERE n.rid = i.rid)
                        OR EXISTS (SELECT 1 FROM named AS n WHERE n.rid = i.rid AND n.unit_code = u.unit_code AND n.is_whole)))
            SELECT o.unit_code, o.edge_id, o.name, o.rid, o.item_no, o.twice
            FROM owed AS o
            WHERE NOT EXISTS (SELECT 1 FROM major_report AS r WHERE r.unit_code = o.unit_code AND r.item_no = o.item_no
                AND qq_months(r.month) >= o.first AND qq_months(r.month) < o.first + o.long)
)
SELECT DISTINCT s.subject AS subject, 'items' AS episode, 1 AS source, i.rid AS rid, i.version AS version, i.row_hash AS row_hash
FROM hit_subject AS s CROSS JOIN said AS q CROSS JOIN major_item AS i
WHERE q.subject = s.key AND q.subject IS NOT NULL
  AND i.rid = q.item_rid
  AND ?1 > 0
ORDER BY 1, 2, 3, 4

-- need
SELECT count(*) FROM (SELECT 1 FROM major_item LIMIT 1) AS found

-- need
SELECT count(*) FROM (SELECT 1 FROM unit LIMIT 1) AS found

-- need
SELECT count(*) FROM (SELECT 1 FROM major_report LIMIT 1) AS found
