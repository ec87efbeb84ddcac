-- findings
WITH said(subject, tier, site, place, withdrawal_rid, pay_rid, person, day, paid_on, amount) AS (
WITH taken AS (
                SELECT w.terminal, w.account, w.rid, w.place, w.amount, w.withdrawn_at / 1000000 AS day,
                    (w.withdrawn_at / 10000) % 100 * 3600 + (w.withdrawn_at / 100) % 100 * 60 + w.withdrawn_at % 100 AS seconds,
                    p.rid AS pay_rid, p.paid_on, p.site, p.citizen_id_person AS person, p.citizen_id_tier AS tier,
                    row_number() OVER (PARTITION BY w.rid ORDER BY p.paid_on DESC, p.rid) AS place_no
                FROM withdrawal AS w CROSS JOIN benefit_pay AS p
                WHERE 1 = 1 AND p.account = w.account AND p.citizen_id_tier <= 2 AND p.collector_id IS NULL
                    AND p.paid_on <= w.withdrawn_at / 1000000 AND p.paid_on >= qq_ymd(qq_days(w.withdrawn_at / 1000000) - 3)),
            cash AS (SELECT * FROM taken WHERE place_no = 1),
            pair AS (
                SELECT a.terminal, a.person AS one, b.person AS other
                FROM cash AS a JOIN cash AS b ON b.terminal = a.terminal AND b.day = a.day AND b.person <> a.person
                WHERE abs(b.seconds - a.seconds) <= 10 * 30
                GROUP BY a.terminal, a.person, b.person HAVING count(DISTINCT a.paid_on) >= 3),
            middle AS (SELECT terminal, one FROM pair GROUP BY terminal, one HAVING count(*) >= 5 - 1),
            hand AS (
                SELECT terminal, one AS person FROM middle
                UNION
                SELECT p.terminal, p.other FROM pair AS p JOIN middle AS m ON m.terminal = p.terminal AND m.one = p.one),
            met AS (
                SELECT DISTINCT c.rid FROM cash AS c JOIN hand AS h ON h.terminal = c.terminal AND h.person = c.person
                    JOIN cash AS d ON d.terminal = c.terminal AND d.day = c.day AND d.person <> c.person
                    JOIN hand AS g ON g.terminal = d.terminal AND g.person = d.person
                WHERE abs(d.seconds - c.seconds) <= 10 * 60)
            SELECT c.terminal, c.tier, c.site, c.place, c.rid, c.pay_rid, c.person, c.day, c.paid_on, c.amount FROM met AS m JOIN cash AS c ON c.rid = m.rid
)
SELECT * FROM (
SELECT qq_thing(g.subject) AS subject, g.episode, g.tier, CASE WHEN 1 = 1 THEN 3 END AS level, g.amount, g.site, g.kept, g.clause, g.subject AS key, g.called, g.persons, g.days_met, g.first_on, g.last_on, g.withdrawals
FROM (SELECT hit.subject AS subject, 'one hand' AS episode, max(tier) FILTER (WHERE clause IS NULL) AS tier, min("q.subject") AS called, coalesce(sum("q.amount") FILTER (WHERE clause IS NULL), 0) AS amount, min(site) FILTER (WHERE clause IS NULL) AS site, count(*) FILTER (WHERE clause IS NULL) AS kept, min(clause) AS clause, count(DISTINCT "q.person") FILTER (WHERE clause IS NULL) AS persons, count(DISTINCT "q.paid_on") FILTER (WHERE clause IS NULL) AS days_met, min("q.day") FILTER (WHERE clause IS NULL) AS first_on, max("q.day") FILTER (WHERE clause IS NULL) AS last_on, count(DISTINCT "q.withdrawal_rid") FILTER (WHERE clause IS NULL) AS withdrawals
FROM (SELECT q.subject AS subject, q.tier AS tier, coalesce(q.site, '') AS site, q.subject AS "q.subject", q.tier AS "q.tier", q.site AS "q.site", q.place AS "q.place", q.withdrawal_rid AS "q.withdrawal_rid", q.pay_rid AS "q.pay_rid", q.person AS "q.person", q.day AS "q.day", q.paid_on AS "q.paid_on", q.amount AS "q.amount", CAST(NULL AS INTEGER) AS clause
FROM said AS q
WHERE q.subject IS NOT NULL
  AND $1 > 0) AS hit
GROUP BY 1, 2) AS g) AS f
WHERE (f.kept > 0 AND f.level IS NOT NULL) OR f.clause IS NOT NULL
ORDER BY f.subject, f.episode COLLATE "C"

-- findings of the dirty
WITH said(subject, tier, site, place, withdrawal_rid, pay_rid, person, day, paid_on, amount) AS (
WITH taken AS (
                SELECT w.terminal, w.account, w.rid, w.place, w.amount, w.withdrawn_at / 1000000 AS day,
                    (w.withdrawn_at / 10000) % 100 * 3600 + (w.withdrawn_at / 100) % 100 * 60 + w.withdrawn_at % 100 AS seconds,
                    p.rid AS pay_rid, p.paid_on, p.site, p.citizen_id_person AS person, p.citizen_id_tier AS tier,
                    row_number() OVER (PARTITION BY w.rid ORDER BY p.paid_on DESC, p.rid) AS place_no
                FROM withdrawal AS w CROSS JOIN benefit_pay AS p
                WHERE w.terminal IN (SELECT key FROM dirty_subject) AND p.account = w.account AND p.citizen_id_tier <= 2 AND p.collector_id IS NULL
                    AND p.paid_on <= w.withdrawn_at / 1000000 AND p.paid_on >= qq_ymd(qq_days(w.withdrawn_at / 1000000) - 3)),
            cash AS (SELECT * FROM taken WHERE place_no = 1),
            pair AS (
                SELECT a.terminal, a.person AS one, b.person AS other
                FROM cash AS a JOIN cash AS b ON b.terminal = a.terminal AND b.day = a.day AND b.person <> a.person
                WHERE abs(b.seconds - a.seconds) <= 10 * 30
                GROUP BY a.terminal, a.person, b.person HAVING count(DISTINCT a.paid_on) >= 3),
            middle AS (SELECT terminal, one FROM pair GROUP BY terminal, one HAVING count(*) >= 5 - 1),
            hand AS (
                SELECT terminal, one AS person FROM middle
                UNION
                SELECT p.terminal, p.other FROM pair AS p JOIN middle AS m ON m.terminal = p.terminal AND m.one = p.one),
            met AS (
                SELECT DISTINCT c.rid FROM cash AS c JOIN hand AS h ON h.terminal = c.terminal AND h.person = c.person
                    JOIN cash AS d ON d.terminal = c.terminal AND d.day = c.day AND d.person <> c.person
                    JOIN hand AS g ON g.terminal = d.terminal AND g.person = d.person
                WHERE abs(d.seconds - c.seconds) <= 10 * 60)
            SELECT c.terminal, c.tier, c.site, c.place, c.rid, c.pay_rid, c.person, c.day, c.paid_on, c.amount FROM met AS m JOIN cash AS c ON c.rid = m.rid
)
SELECT * FROM (
SELECT qq_thing(g.subject) AS subject, g.episode, g.tier, CASE WHEN 1 = 1 THEN 3 END AS level, g.amount, g.site, g.kept, g.clause, g.subject AS key, g.called, g.persons, g.days_met, g.first_on, g.last_on, g.withdrawals
FROM (SELECT hit.subject AS subject, 'one hand' AS episode, max(tier) FILTER (WHERE clause IS NULL) AS tier, min("q.subject") AS called, coalesce(sum("q.amount") FILTER (WHERE clause IS NULL), 0) AS amount, min(site) FILTER (WHERE clause IS NULL) AS site, count(*) FILTER (WHERE clause IS NULL) AS kept, min(clause) AS clause, count(DISTINCT "q.person") FILTER (WHERE clause IS NULL) AS persons, count(DISTINCT "q.paid_on") FILTER (WHERE clause IS NULL) AS days_met, min("q.day") FILTER (WHERE clause IS NULL) AS first_on, max("q.day") FILTER (WHERE clause IS NULL) AS last_on, count(DISTINCT "q.withdrawal_rid") FILTER (WHERE clause IS NULL) AS withdrawals
FROM (SELECT q.subject AS subject, q.tier AS tier, coalesce(q.site, '') AS site, q.subject AS "q.subject", q.tier AS "q.tier", q.site AS "q.site", q.place AS "q.place", q.withdrawal_rid AS "q.withdrawal_rid", q.pay_rid AS "q.pay_rid", q.person AS "q.person", q.day AS "q.day", q.paid_on AS "q.paid_on", q.amount AS "q.amount", CAST(NULL AS INTEGER) AS clause
FROM dirty_subject AS s CROSS JOIN said AS q
WHERE q.subject = s.key AND q.subject IS NOT NULL
  AND $1 > 0) AS hit
GROUP BY 1, 2) AS g) AS f
WHERE (f.kept > 0 AND f.level IS NOT NULL) OR f.clause IS NOT NULL
ORDER BY f.subject, f.episode COLLATE "C"

-- evidence
WITH said(subject, tier, site, place, withdrawal_rid, pay_rid, person, day, paid_on, amount) AS (
WITH taken AS (
                SELECT w.terminal, w.account, w.rid, w.place, w.amount, w.withdrawn_at / 1000000 AS day,
                    (w.withdrawn_at / 10000) % 100 * 3600 + (w.withdrawn_at / 100) % 100 * 60 + w.withdrawn_at % 100 AS seconds,
                    p.rid AS pay_rid, p.paid_on, p.site, p.citizen_id_person AS person, p.citizen_id_tier AS tier,
                    row_number() OVER (PARTITION BY w.rid ORDER BY p.paid_on DESC, p.rid) AS place_no
                FROM withdrawal AS w CROSS JOIN benefit_pay AS p
                WHERE w.terminal IN (SELECT key FROM hit_subject) AND p.account = w.account AND p.citizen_id_tier <= 2 AND p.collector_id IS NULL
                    AND p.paid_on <= w.withdrawn_at / 1000000 AND p.paid_on >= qq_ymd(qq_days(w.withdrawn_at / 1000000) - 3)),
            cash AS (SELECT * FROM taken WHERE place_no = 1),
            pair AS (
                SELECT a.terminal, a.person AS one, b.person AS other
                FROM cash AS a JOIN cash AS b ON b.terminal = a.terminal AND b.day = a.day AND b.person <> a.person
                WHERE abs(b.seconds - a.seconds) <= 10 * 30
                GROUP BY a.terminal, a.person, b.person HAVING count(DISTINCT a.paid_on) >= 3),
            middle AS (SELECT terminal, one FROM pair GROUP BY terminal, one HAVING count(*) >= 5 - 1),
            hand AS (
                SELECT terminal, one AS person FROM middle
                UNION
                SELECT p.terminal, p.other FROM pair AS p JOIN middle AS m ON m.terminal = p.terminal AND m.one = p.one),
            met AS (
                SELECT DISTINCT c.rid FROM cash AS c JOIN hand AS h ON h.terminal = c.terminal AND h.person = c.person
                    JOIN cash AS d ON d.terminal = c.terminal AND d.day = c.day AND d.person <> c.person
                    JOIN hand AS g ON g.terminal = d.terminal AND g.person = d.person
                WHERE abs(d.seconds - c.seconds) <= 10 * 60)
            SELECT c.terminal, c.tier, c.site, c.place, c.rid, c.pay_rid, c.person, c.day, c.paid_on, c.amount FROM met AS m JOIN cash AS c ON c.rid = m.rid
)
SELECT DISTINCT s.subject AS subject, 'one hand' AS episode, 1 AS source, cash.rid AS rid, cash.version AS version, cash.row_hash AS row_hash
FROM hit_subject AS s CROSS JOIN said AS q CROSS JOIN withdrawal AS cash
WHERE q.subject = s.key AND q.subject IS NOT NULL
  AND cash.rid = q.withdrawal_rid
  AND $1 > 0
UNION ALL
SELECT DISTINCT s.subject AS subject, 'one hand' AS episode, 2 AS source, pay.rid AS rid, pay.version AS version, pay.row_hash AS row_hash
FROM hit_subject AS s CROSS JOIN said AS q CROSS JOIN benefit_pay AS pay
WHERE q.subject = s.key AND q.subject IS NOT NULL
  AND pay.rid = q.pay_rid
  AND $1 > 0
ORDER BY 1, 2, 3, 4

-- touches
SELECT terminal FROM withdrawal WHERE account IN (SELECT key FROM dirty_key)
            UNION
            SELECT w.terminal FROM benefit_pay AS p JOIN withdrawal AS w ON w.account = p.account WHERE p.citizen_id_person IN (SELECT person FROM dirty_person)

-- need
SELECT count(*) FROM (SELECT 1 FROM withdrawal LIMIT 1) AS found

-- need
SELECT count(*) FROM (SELECT 1 FROM benefit_pay LIMIT 1) AS found
