-- findings
WITH said(subject, site, entry_rid, before_rid, done_on, missing, broken, went_back) AS (
WITH step AS (
                SELECT log, site, rid, seq_no, done_at, before_hash, lag(rid) OVER w AS before_rid, lag(seq_no) OVER w AS before_no,
                    lag(done_at) OVER w AS before_at, lag(own_hash) OVER w AS hash_before
                FROM audit_entry WHERE 1 = 1 WINDOW w AS (PARTITION BY log ORDER BY seq_no, rid)),
            judged AS (
                SELECT step.*, seq_no - before_no - 1 AS missing, coalesce(seq_no = before_no + 1 AND before_hash <> hash_before, 1 = 0) AS broken,
                    done_at / 100 < before_at / 100 AS went_back
                FROM step WHERE before_rid IS NOT NULL)
            SELECT log, site, rid, before_rid, done_at / 1000000, missing, broken, went_back FROM judged WHERE missing > 0 OR broken OR went_back
)
SELECT * FROM (
SELECT qq_thing(g.subject) AS subject, g.episode, g.tier, CASE WHEN 1 = 1 THEN 3 END AS level, g.amount, g.site, g.kept, g.clause, g.subject AS key, g.called, g.places, g.missing, g.broken, g.went_back, g.first_on, g.last_on
FROM (SELECT hit.subject AS subject, 'chain' AS episode, max(tier) FILTER (WHERE clause IS NULL) AS tier, CAST(NULL AS TEXT) AS called, 0 AS amount, min(site) FILTER (WHERE clause IS NULL) AS site, count(*) FILTER (WHERE clause IS NULL) AS kept, min(clause) AS clause, count(DISTINCT "q.entry_rid") FILTER (WHERE clause IS NULL) AS places, sum("q.missing") FILTER (WHERE clause IS NULL) AS missing, max(CASE WHEN "q.broken" THEN 1 ELSE 0 END) FILTER (WHERE clause IS NULL) AS broken, max(CASE WHEN "q.went_back" THEN 1 ELSE 0 END) FILTER (WHERE clause IS NULL) AS went_back, min("q.done_on") FILTER (WHERE clause IS NULL) AS first_on, max("q.done_on") FILTER (WHERE clause IS NULL) AS last_on
FROM (SELECT q.subject AS subject, 1 AS tier, coalesce(q.site, '') AS site, q.subject AS "q.subject", q.site AS "q.site", q.entry_rid AS "q.entry_rid", q.before_rid AS "q.before_rid", q.done_on AS "q.done_on", q.missing AS "q.missing", q.broken AS "q.broken", q.went_back AS "q.went_back", CAST(NULL AS INTEGER) AS clause
FROM said AS q
WHERE q.subject IS NOT NULL
  AND ?1 > 0) AS hit
GROUP BY 1, 2) AS g) AS f
WHERE (f.kept > 0 AND f.level IS NOT NULL) OR f.clause IS NOT NULL
ORDER BY f.subject, f.episode

-- findings of the dirty
WITH said(subject, site, entry_rid, before_rid, done_on, missing, broken, went_back) AS (
WITH step AS (
                SELECT log, site, rid, seq_no, done_at, before_hash, lag(rid) OVER w AS before_rid, lag(seq_no) OVER w AS before_no,
                    lag(done_at) OVER w AS before_at, lag(own_hash) OVER w AS hash_before
                FROM audit_entry WHERE log IN (SELECT key FROM dirty_subject) WINDOW w AS (PARTITION BY log ORDER BY seq_no, rid)),
            judged AS (
                SELECT step.*, seq_no - before_no - 1 AS missing, coalesce(seq_no = before_no + 1 AND before_hash <> hash_before, 1 = 0) AS broken,
                    done_at / 100 < before_at / 100 AS went_back
                FROM step WHERE before_rid IS NOT NULL)
            SELECT log, site, rid, before_rid, done_at / 1000000, missing, broken, went_back FROM judged WHERE missing > 0 OR broken OR went_back
)
SELECT * FROM (
SELECT qq_thing(g.subject) AS subject, g.episode, g.tier, CASE WHEN 1 = 1 THEN 3 END AS level, g.amount, g.site, g.kept, g.clause, g.subject AS key, g.called, g.places, g.missing, g.broken, g.went_back, g.first_on, g.last_on
FROM (SELECT hit.subject AS subject, 'chain' AS episode, max(tier) FILTER (WHERE clause IS NULL) AS tier, CAST(NULL AS TEXT) AS called, 0 AS amount, min(site) FILTER (WHERE clause IS NULL) AS site, count(*) FILTER (WHERE clause IS NULL) AS kept, min(clause) AS clause, count(DISTINCT "q.entry_rid") FILTER (WHERE clause IS NULL) AS places, sum("q.missing") FILTER (WHERE clause IS NULL) AS missing, max(CASE WHEN "q.broken" THEN 1 ELSE 0 END) FILTER (WHERE clause IS NULL) AS broken, max(CASE WHEN "q.went_back" THEN 1 ELSE 0 END) FILTER (WHERE clause IS NULL) AS went_back, min("q.done_on") FILTER (WHERE clause IS NULL) AS first_on, max("q.done_on") FILTER (WHERE clause IS NULL) AS last_on
FROM (SELECT q.subject AS subject, 1 AS tier, coalesce(q.site, '') AS site, q.subject AS "q.subject", q.site AS "q.site", q.entry_rid AS "q.entry_rid", q.before_rid AS "q.before_rid", q.done_on AS "q.done_on", q.missing AS "q.missing", q.broken AS "q.broken", q.went_back AS "q.went_back", CAST(NULL AS INTEGER) AS clause
FROM dirty_subject AS s CROSS JOIN said AS q
WHERE q.subject = s.key AND q.subject IS NOT NULL
  AND ?1 > 0) AS hit
GROUP BY 1, 2) AS g) AS f
WHERE (f.kept > 0 AND f.level IS NOT NULL) OR f.clause IS NOT NULL
ORDER BY f.subject, f.episode

-- evidence
WITH said(subject, site, entry_rid, before_rid, done_on, missing, broken, went_back) AS (
WITH step AS (
                SELECT log, site, rid, seq_no, done_at, before_hash, lag(rid) OVER w AS before_rid, lag(seq_no) OVER w AS before_no,
                    lag(done_at) OVER w AS before_at, lag(own_hash) OVER w AS hash_before
                FROM audit_entry WHERE log IN (SELECT key FROM hit_subject) WINDOW w AS (PARTITION BY log ORDER BY seq_no, rid)),
            judged AS (
                SELECT step.*, seq_no - before_no - 1 AS missing, coalesce(seq_no = before_no + 1 AND before_hash <> hash_before, 1 = 0) AS broken,
                    done_at / 100 < before_at / 100 AS went_back
                FROM step WHERE before_rid IS NOT NULL)
            SELECT log, site, rid, before_rid, done_at / 1000000, missing, broken, went_back FROM judged WHERE missing > 0 OR broken OR went_back
)
SELECT DISTINCT s.subject AS subject, 'chain' AS episode, 1 AS source, b.rid AS rid, b.version AS version, b.row_hash AS row_hash
FROM hit_subject AS s CROSS JOIN said AS q CROSS JOIN audit_entry AS b
WHERE q.subject = s.key AND q.subject IS NOT NULL
  AND b.rid = q.before_rid
  AND ?1 > 0
UNION ALL
SELECT DISTINCT s.subject AS subject, 'chain' AS episode, 2 AS source, a.rid AS rid, a.version AS version, a.row_hash AS row_hash
FROM hit_subject AS s CROSS JOIN said AS q CROSS JOIN audit_entry AS a
WHERE q.subject = s.key AND q.subject IS NOT NULL
  AND a.rid = q.entry_rid
  AND ?1 > 0
ORDER BY 1, 2, 3, 4

-- need
SELECT count(*) FROM (SELECT 1 FROM audit_entry LIMIT 1) AS found
