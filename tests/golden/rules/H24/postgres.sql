-- findings
WITH said(subject, tier, site, title, doubt, pay_rid, before_rid, enrol_rid, person, paid_on, counted, payees, amount) AS (
WITH pay AS (
                SELECT batch_no, programme, citizen_id_person AS person, citizen_id_tier AS tier, rid, site, handler, paid_on, account, amount
                FROM benefit_pay WHERE 1 = 1 AND citizen_id_tier <= 2 AND paid_on IS NOT NULL),
            size AS (SELECT batch_no, site, count(DISTINCT person) AS payees FROM pay GROUP BY batch_no, site),
            added AS (
                SELECT p.batch_no, p.site, p.person, p.rid, e.rid AS enrol_rid, e.handler, CASE WHEN e.member_id_tier > p.tier THEN e.member_id_tier ELSE p.tier END AS tier
                FROM pay AS p CROSS JOIN benefit_enrol AS e
                WHERE e.member_id_person = p.person AND e.programme = p.programme AND e.member_id_tier <= 2 AND e.handler IS NOT NULL
                    AND e.approved_on < p.paid_on AND qq_is_workday(e.approved_on) = 1
                    AND qq_workdays(e.approved_on, qq_ymd(qq_days(p.paid_on) - 1)) = 0),
            before AS (
                SELECT p.rid, b.rid AS before_rid, b.account, b.citizen_id_tier AS tier,
                    row_number() OVER (PARTITION BY p.rid ORDER BY b.paid_on DESC, b.rid DESC) AS place
                FROM pay AS p CROSS JOIN benefit_pay AS b
                WHERE b.citizen_id_person = p.person AND b.citizen_id_tier <= 2 AND b.programme = p.programme AND b.paid_on < p.paid_on),
            edited AS (
                SELECT p.batch_no, p.site, p.person, p.rid, b.before_rid, p.handler, CASE WHEN b.tier > p.tier THEN b.tier ELSE p.tier END AS tier
                FROM pay AS p JOIN before AS b ON b.rid = p.rid AND b.place = 1 WHERE b.account <> p.account AND p.handler IS NOT NULL),
            many AS (
                SELECT batch_no, site, handler, 'added' AS doubt, count(DISTINCT person) AS counted FROM added
                GROUP BY batch_no, site, handler HAVING count(DISTINCT person) >= 20
                UNION ALL
                SELECT batch_no, site, handler, 'edited', count(DISTINCT person) FROM edited
                GROUP BY batch_no, site, handler HAVING count(DISTINCT person) >= 5),
            odd AS (
                SELECT m.batch_no, m.site, m.doubt, m.counted, a.rid, CAST(NULL AS BIGINT) AS before_rid, a.enrol_rid, a.tier
                FROM many AS m JOIN added AS a ON a.batch_no = m.batch_no AND a.site = m.site AND a.handler = m.handler WHERE m.doubt = 'added'
                UNION ALL
                SELECT m.batch_no, m.site, m.doubt, m.counted, e.rid, e.before_rid, NULL, e.tier
                FROM many AS m JOIN edited AS e ON e.batch_no = m.batch_no AND e.site = m.site AND e.handler = m.handler WHERE m.doubt = 'edited')
            SELECT o.batch_no, o.tier, o.site, o.batch_no, o.doubt, o.rid, o.before_rid, o.enrol_rid, p.person, p.paid_on, o.counted, s.payees, p.amount
            FROM odd AS o JOIN pay AS p ON p.rid = o.rid JOIN size AS s ON s.batch_no = o.batch_no AND s.site = o.site
)
SELECT * FROM (
SELECT qq_thing(g.subject) AS subject, g.episode, g.tier, CASE WHEN 1 = 1 THEN 2 END AS level, g.amount, g.site, g.kept, g.clause, g.subject AS key, g.called, g.doubt, g.paid_on, g.persons, g.payees
FROM (SELECT hit.subject AS subject, "q.doubt" AS episode, max(tier) FILTER (WHERE clause IS NULL) AS tier, min("q.title") AS called, coalesce(sum("q.amount") FILTER (WHERE clause IS NULL), 0) AS amount, min(site) FILTER (WHERE clause IS NULL) AS site, count(*) FILTER (WHERE clause IS NULL) AS kept, min(clause) AS clause, min("q.doubt") FILTER (WHERE clause IS NULL) AS doubt, min("q.paid_on") FILTER (WHERE clause IS NULL) AS paid_on, count(DISTINCT "q.person") FILTER (WHERE clause IS NULL) AS persons, max("q.payees") FILTER (WHERE clause IS NULL) AS payees
FROM (SELECT q.subject AS subject, q.tier AS tier, coalesce(q.site, '') AS site, q.subject AS "q.subject", q.tier AS "q.tier", q.site AS "q.site", q.title AS "q.title", q.doubt AS "q.doubt", q.pay_rid AS "q.pay_rid", q.before_rid AS "q.before_rid", q.enrol_rid AS "q.enrol_rid", q.person AS "q.person", q.paid_on AS "q.paid_on", q.counted AS "q.counted", q.payees AS "q.payees", q.amount AS "q.amount", CASE WHEN q.counted * 100 > q.payees * 50 THEN 1 END AS clause
FROM said AS q
WHERE q.subject IS NOT NULL
  AND $1 > 0) AS hit
GROUP BY 1, 2) AS g) AS f
WHERE (f.kept > 0 AND f.level IS NOT NULL) OR f.clause IS NOT NULL
ORDER BY f.subject, f.episode COLLATE "C"

-- findings of the dirty
WITH said(subject, tier, site, title, doubt, pay_rid, before_rid, enrol_rid, person, paid_on, counted, payees, amount) AS (
WITH pay AS (
                SELECT batch_no, programme, citizen_id_person AS person, citizen_id_tier AS tier, rid, site, handler, paid_on, account, amount
                FROM benefit_pay WHERE batch_no IN (SELECT key FROM dirty_subject) AND citizen_id_tier <= 2 AND paid_on IS NOT NULL),
            size AS (SELECT batch_no, site, count(DISTINCT person) AS payees FROM pay GROUP BY batch_no, site),
            added AS (
                SELECT p.batch_no, p.site, p.person, p.rid, e.rid AS enrol_rid, e.handler, CASE WHEN e.member_id_tier > p.tier THEN e.member_id_tier ELSE p.tier END AS tier
                FROM pay AS p CROSS JOIN benefit_enrol AS e
                WHERE e.member_id_person = p.person AND e.programme = p.programme AND e.member_id_tier <= 2 AND e.handler IS NOT NULL
                    AND e.approved_on < p.paid_on AND qq_is_workday(e.approved_on) = 1
                    AND qq_workdays(e.approved_on, qq_ymd(qq_days(p.paid_on) - 1)) = 0),
            before AS (
                SELECT p.rid, b.rid AS before_rid, b.account, b.citizen_id_tier AS tier,
                    row_number() OVER (PARTITION BY p.rid ORDER BY b.paid_on DESC, b.rid DESC) AS place
                FROM pay AS p CROSS JOIN benefit_pay AS b
                WHERE b.citizen_id_person = p.person AND b.citizen_id_tier <= 2 AND b.programme = p.programme AND b.paid_on < p.paid_on),
            edited AS (
                SELECT p.batch_no, p.site, p.person, p.rid, b.before_rid, p.handler, CASE WHEN b.tier > p.tier THEN b.tier ELSE p.tier END AS tier
                FROM pay AS p JOIN before AS b ON b.rid = p.rid AND b.place = 1 WHERE b.account <> p.account AND p.handler IS NOT NULL),
            many AS (
                SELECT batch_no, site, handler, 'added' AS doubt, count(DISTINCT person) AS counted FROM added
                GROUP BY batch_no, site, handler HAVING count(DISTINCT person) >= 20
                UNION ALL
                SELECT batch_no, site, handler, 'edited', count(DISTINCT person) FROM edited
                GROUP BY batch_no, site, handler HAVING count(DISTINCT person) >= 5),
            odd AS (
                SELECT m.batch_no, m.site, m.doubt, m.counted, a.rid, CAST(NULL AS BIGINT) AS before_rid, a.enrol_rid, a.tier
                FROM many AS m JOIN added AS a ON a.batch_no = m.batch_no AND a.site = m.site AND a.handler = m.handler WHERE m.doubt = 'added'
                UNION ALL
                SELECT m.batch_no, m.site, m.doubt, m.counted, e.rid, e.before_rid, NULL, e.tier
                FROM many AS m JOIN edited AS e ON e.batch_no = m.batch_no AND e.site = m.site AND e.handler = m.handler WHERE m.doubt = 'edited')
            SELECT o.batch_no, o.tier, o.site, o.batch_no, o.doubt, o.rid, o.before_rid, o.enrol_rid, p.person, p.paid_on, o.counted, s.payees, p.amount
            FROM odd AS o JOIN pay AS p ON p.rid = o.rid JOIN size AS s ON s.batch_no = o.batch_no AND s.site = o.site
)
SELECT * FROM (
SELECT qq_thing(g.subject) AS subject, g.episode, g.tier, CASE WHEN 1 = 1 THEN 2 END AS level, g.amount, g.site, g.kept, g.clause, g.subject AS key, g.called, g.doubt, g.paid_on, g.persons, g.payees
FROM (SELECT hit.subject AS subject, "q.doubt" AS episode, max(tier) FILTER (WHERE clause IS NULL) AS tier, min("q.title") AS called, coalesce(sum("q.amount") FILTER (WHERE clause IS NULL), 0) AS amount, min(site) FILTER (WHERE clause IS NULL) AS site, count(*) FILTER (WHERE clause IS NULL) AS kept, min(clause) AS clause, min("q.doubt") FILTER (WHERE clause IS NULL) AS doubt, min("q.paid_on") FILTER (WHERE clause IS NULL) AS paid_on, count(DISTINCT "q.person") FILTER (WHERE clause IS NULL) AS persons, max("q.payees") FILTER (WHERE clause IS NULL) AS payees
FROM (SELECT q.subject AS subject, q.tier AS tier, coalesce(q.site, '') AS site, q.subject AS "q.subject", q.tier AS "q.tier", q.site AS "q.site", q.title AS "q.title", q.doubt AS "q.doubt", q.pay_rid AS "q.pay_rid", q.before_rid AS "q.before_rid", q.enrol_rid AS "q.enrol_rid", q.person AS "q.person", q.paid_on AS "q.paid_on", q.counted AS "q.counted", q.payees AS "q.payees", q.amount AS "q.amount", CASE WHEN q.counted * 100 > q.payees * 50 THEN 1 END AS clause
FROM dirty_subject AS s CROSS JOIN said AS q
WHERE q.subject = s.key AND q.subject IS NOT NULL
  AND $1 > 0) AS hit
GROUP BY 1, 2) AS g) AS f
WHERE (f.kept > 0 AND f.level IS NOT NULL) OR f.clause IS NOT NULL
ORDER BY f.subject, f.episode COLLATE "C"

-- evidence
WITH said(subject, tier, site, title, doubt, pay_rid, before_rid, enrol_rid, person, paid_on, counted, payees, amount) AS (
WITH pay AS (
                SELECT batch_no, programme, citizen_id_person AS person, citizen_id_tier AS tier, rid, site, handler, paid_on, account, amount
                FROM benefit_pay WHERE batch_no IN (SELECT key FROM hit_subject) AND citizen_id_tier <= 2 AND paid_on IS NOT NULL),
            size AS (SELECT batch_no, site, count(DISTINCT person) AS payees FROM pay GROUP BY batch_no, site),
            added AS (
                SELECT p.batch_no, p.site, p.person, p.rid, e.rid AS enrol_rid, e.handler, CASE WHEN e.member_id_tier > p.tier THEN e.member_id_tier ELSE p.tier END AS tier
                FROM pay AS p CROSS JOIN benefit_enrol AS e
                WHERE e.member_id_person = p.person AND e.programme = p.programme AND e.member_id_tier <= 2 AND e.handler IS NOT NULL
                    AND e.approved_on < p.paid_on AND qq_is_workday(e.approved_on) = 1
                    AND qq_workdays(e.approved_on, qq_ymd(qq_days(p.paid_on) - 1)) = 0),
            before AS (
                SELECT p.rid, b.rid AS before_rid, b.account, b.citizen_id_tier AS tier,
                    row_number() OVER (PARTITION BY p.rid ORDER BY b.paid_on DESC, b.rid DESC) AS place
                FROM pay AS p CROSS JOIN benefit_pay AS b
                WHERE b.citizen_id_person = p.person AND b.citizen_id_tier <= 2 AND b.programme = p.programme AND b.paid_on < p.paid_on),
            edited AS (
                SELECT p.batch_no, p.site, p.person, p.rid, b.before_rid, p.handler, CASE WHEN b.tier > p.tier THEN b.tier ELSE p.tier END AS tier
                FROM pay AS p JOIN before AS b ON b.rid = p.rid AND b.place = 1 WHERE b.account <> p.account AND p.handler IS NOT NULL),
            many AS (
                SELECT batch_no, site, handler, 'added' AS doubt, count(DISTINCT person) AS counted FROM added
                GROUP BY batch_no, site, handler HAVING count(DISTINCT person) >= 20
                UNION ALL
                SELECT batch_no, site, handler, 'edited', count(DISTINCT person) FROM edited
                GROUP BY batch_no, site, handler HAVING count(DISTINCT person) >= 5),
            odd AS (
                SELECT m.batch_no, m.site, m.doubt, m.counted, a.rid, CAST(NULL AS BIGINT) AS before_rid, a.enrol_rid, a.tier
                FROM many AS m JOIN added AS a ON a.batch_no = m.batch_no AND a.site = m.site AND a.handler = m.handler WHERE m.doubt = 'added'
                UNION ALL
                SELECT m.batch_no, m.site, m.doubt, m.counted, e.rid, e.before_rid, NULL, e.tier
                FROM many AS m JOIN edited AS e ON e.batch_no = m.batch_no AND e.site = m.site AND e.handler = m.handler WHERE m.doubt = 'edited')
            SELECT o.batch_no, o.tier, o.site, o.batch_no, o.doubt, o.rid, o.before_rid, o.enrol_rid, p.person, p.paid_on, o.counted, s.payees, p.amount
            FROM odd AS o JOIN pay AS p ON p.rid = o.rid JOIN size AS s ON s.batch_no = o.batch_no AND s.site = o.site
)
SELECT DISTINCT s.subject AS subject, q.doubt AS episode, 1 AS source, pay.rid AS rid, pay.version AS version, pay.row_hash AS row_hash
FROM hit_subject AS s CROSS JOIN said AS q CROSS JOIN benefit_pay AS pay
WHERE q.subject = s.key AND q.subject IS NOT NULL
  AND pay.rid = q.pay_rid
  AND $1 > 0
  AND NOT coalesce((q.counted * 100 > q.payees * 50), FALSE)
UNION ALL
SELECT DISTINCT s.subject AS subject, q.doubt AS episode, 2 AS source, before.rid AS rid, before.version AS version, before.row_hash AS row_hash
FROM hit_subject AS s CROSS JOIN said AS q CROSS JOIN benefit_pay AS before
WHERE q.subject = s.key AND q.subject IS NOT NULL
  AND before.rid = q.before_rid
  AND $1 > 0
  AND NOT coalesce((q.counted * 100 > q.payees * 50), FALSE)
UNION ALL
SELECT DISTINCT s.subject AS subject, q.doubt AS episode, 3 AS source, enrol.rid AS rid, enrol.version AS version, enrol.row_hash AS row_hash
FROM hit_subject AS s CROSS JOIN said AS q CROSS JOIN benefit_enrol AS enrol
WHERE q.subject = s.key AND q.subject IS NOT NULL
  AND enrol.rid = q.enrol_rid
  AND $1 > 0
  AND NOT coalesce((q.counted * 100 > q.payees * 50), FALSE)
ORDER BY 1, 2, 3, 4

-- touches
SELECT batch_no FROM benefit_pay WHERE citizen_id_person IN (SELECT person FROM dirty_person)

-- need
SELECT count(*) FROM (SELECT 1 FROM benefit_pay LIMIT 1) AS found
