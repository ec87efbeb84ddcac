-- findings
WITH said(subject, site, name, contract_rid, payment_rid, allowed, paid, early, third, wages) AS (
WITH c AS (
                SELECT c.contract_no, c.site, c.rid, c.name, c.amount, c.supplier_uscc, replace(replace(replace(c.supplier, ' ', ''), '（', '('), '）', ')') AS supplier,
                    c.amount + coalesce((SELECT CAST(sum(x.amount) AS BIGINT) FROM contract_change AS x
                        WHERE x.contract_no = c.contract_no AND x.approval_no IS NOT NULL), 0) AS allowed,
                    (SELECT min(a.accepted_on) FROM acceptance AS a WHERE a.contract_no = c.contract_no AND a.result <> 'fail') AS accepted_on,
                    (SELECT min(m.reached_on) FROM milestone AS m WHERE m.contract_no = c.contract_no) AS reached_on,
                    coalesce((SELECT min(t.kind) FROM tender AS t WHERE t.lot_no = c.lot_no), 'works') AS kind
                FROM contract AS c WHERE 1 = 1),
            p AS (
                SELECT c.contract_no, c.site, c.name, c.rid, p.rid AS payment_rid, c.allowed, c.allowed * CASE WHEN c.kind = 'works' THEN 80 ELSE 30 END / 100 AS before_due,
                    CAST(sum(p.amount) OVER (PARTITION BY c.rid) AS BIGINT) AS paid,
                    coalesce(CAST(sum(CASE WHEN p.paid_on < c.accepted_on AND (c.reached_on IS NULL OR p.paid_on < c.reached_on)
                        THEN p.amount END) OVER (PARTITION BY c.rid) AS BIGINT), 0) AS early,
                    CASE WHEN p.amount > 0 AND (replace(replace(replace(p.payee, ' ', ''), '（', '('), '）', ')') <> c.supplier
                        OR EXISTS (SELECT 1 FROM account AS a WHERE a.account_no = p.payee_account AND a.holder_id <> c.supplier_uscc
                            AND replace(replace(replace(a.holder, ' ', ''), '（', '('), '）', ')') <> c.supplier
                            AND coalesce(a.opened_on, 0) <= p.paid_on AND (a.closed_on IS NULL OR a.closed_on >= p.paid_on)))
                        THEN 1 ELSE 0 END AS third,
                    CASE WHEN p.payee LIKE '%农民工工资%' THEN 1 ELSE 0 END AS wages
                FROM c JOIN tr_payment AS p ON p.contract_no = c.contract_no)
            SELECT contract_no, site, name, rid, payment_rid, allowed, paid, CASE WHEN early > before_due THEN early ELSE 0 END, third = 1, wages = 1
            FROM p WHERE paid > allowed OR early > before_due OR third = 1
)
SELECT * FROM (
SELECT qq_thing(g.subject) AS subject, g.episode, g.tier, CASE WHEN g.paid > g.allowed THEN 4 WHEN 1 = 1 THEN 3 END AS level, g.amount, g.site, g.kept, g.clause, g.subject AS key, g.called, g.allowed, g.paid, g.early, g.third
FROM (SELECT hit.subject AS subject, 'paid' AS episode, max(tier) FILTER (WHERE clause IS NULL) AS tier, min("q.name") AS called, coalesce(max("q.paid") FILTER (WHERE clause IS NULL), 0) AS amount, min(site) FILTER (WHERE clause IS NULL) AS site, count(*) FILTER (WHERE clause IS NULL) AS kept, min(clause) AS clause, max("q.allowed") FILTER (WHERE clause IS NULL) AS allowed, max("q.paid") FILTER (WHERE clause IS NULL) AS paid, max("q.early") FILTER (WHERE clause IS NULL) AS early, max(CASE WHEN "q.third" AND NOT ("q.wages") THEN 1 ELSE 0 END) FILTER (WHERE clause IS NULL) AS third
FROM (SELECT q.subject AS subject, 1 AS tier, coalesce(q.site, '') AS site, q.subject AS "q.subject", q.site AS "q.site", q.name AS "q.name", q.contract_rid AS "q.contract_rid", q.payment_rid AS "q.payment_rid", q.allowed AS "q.allowed", q.paid AS "q.paid", q.early AS "q.early", q.third AS "q.third", q.wages AS "q.wages", CASE WHEN q.wages AND q.paid <= q.allowed AND q.early = 0 THEN 1 END AS clause
FROM said AS q
WHERE q.subject IS NOT NULL
  AND $1 > 0) AS hit
GROUP BY 1, 2) AS g) AS f
WHERE (f.kept > 0 AND f.level IS NOT NULL) OR f.clause IS NOT NULL
ORDER BY f.subject, f.episode COLLATE "C"

-- findings of the dirty
WITH said(subject, site, name, contract_rid, payment_rid, allowed, paid, early, third, wages) AS (
WITH c AS (
                SELECT c.contract_no, c.site, c.rid, c.name, c.amount, c.supplier_uscc, replace(replace(replace(c.supplier, ' ', ''), '（', '('), '）', ')') AS supplier,
                    c.amount + coalesce((SELECT CAST(sum(x.amount) AS BIGINT) FROM contract_change AS x
                        WHERE x.contract_no = c.contract_no AND x.approval_no IS NOT NULL), 0) AS allowed,
                    (SELECT min(a.accepted_on) FROM acceptance AS a WHERE a.contract_no = c.contract_no AND a.result <> 'fail') AS accepted_on,
                    (SELECT min(m.reached_on) FROM milestone AS m WHERE m.contract_no = c.contract_no) AS reached_on,
                    coalesce((SELECT min(t.kind) FROM tender AS t WHERE t.lot_no = c.lot_no), 'works') AS kind
                FROM contract AS c WHERE c.contract_no IN (SELECT key FROM dirty_subject)),
            p AS (
                SELECT c.contract_no, c.site, c.name, c.rid, p.rid AS payment_rid, c.allowed, c.allowed * CASE WHEN c.kind = 'works' THEN 80 ELSE 30 END / 100 AS before_due,
                    CAST(sum(p.amount) OVER (PARTITION BY c.rid) AS BIGINT) AS paid,
                    coalesce(CAST(sum(CASE WHEN p.paid_on < c.accepted_on AND (c.reached_on IS NULL OR p.paid_on < c.reached_on)
                        THEN p.amount END) OVER (PARTITION BY c.rid) AS BIGINT), 0) AS early,
                    CASE WHEN p.amount > 0 AND (replace(replace(replace(p.payee, ' ', ''), '（', '('), '）', ')') <> c.supplier
                        OR EXISTS (SELECT 1 FROM account AS a WHERE a.account_no = p.payee_account AND a.holder_id <> c.supplier_uscc
                            AND replace(replace(replace(a.holder, ' ', ''), '（', '('), '）', ')') <> c.supplier
                            AND coalesce(a.opened_on, 0) <= p.paid_on AND (a.closed_on IS NULL OR a.closed_on >= p.paid_on)))
                        THEN 1 ELSE 0 END AS third,
                    CASE WHEN p.payee LIKE '%农民工工资%' THEN 1 ELSE 0 END AS wages
                FROM c JOIN tr_payment AS p ON p.contract_no = c.contract_no)
            SELECT contract_no, site, name, rid, payment_rid, allowed, paid, CASE WHEN early > before_due THEN early ELSE 0 END, third = 1, wages = 1
            FROM p WHERE paid > allowed OR early > before_due OR third = 1
)
SELECT * FROM (
SELECT qq_thing(g.subject) AS subject, g.episode, g.tier, CASE WHEN g.paid > g.allowed THEN 4 WHEN 1 = 1 THEN 3 END AS level, g.amount, g.site, g.kept, g.clause, g.subject AS key, g.called, g.allowed, g.paid, g.early, g.third
FROM (SELECT hit.subject AS subject, 'paid' AS episode, max(tier) FILTER (WHERE clause IS NULL) AS tier, min("q.name") AS called, coalesce(max("q.paid") FILTER (WHERE clause IS NULL), 0) AS amount, min(site) FILTER (WHERE clause IS NULL) AS site, count(*) FILTER (WHERE clause IS NULL) AS kept, min(clause) AS clause, max("q.allowed") FILTER (WHERE clause IS NULL) AS allowed, max("q.paid") FILTER (WHERE clause IS NULL) AS paid, max("q.early") FILTER (WHERE clause IS NULL) AS early, max(CASE WHEN "q.third" AND NOT ("q.wages") THEN 1 ELSE 0 END) FILTER (WHERE clause IS NULL) AS third
FROM (SELECT q.subject AS subject, 1 AS tier, coalesce(q.site, '') AS site, q.subject AS "q.subject", q.site AS "q.site", q.name AS "q.name", q.contract_rid AS "q.contract_rid", q.payment_rid AS "q.payment_rid", q.allowed AS "q.allowed", q.paid AS "q.paid", q.early AS "q.early", q.third AS "q.third", q.wages AS "q.wages", CASE WHEN q.wages AND q.paid <= q.allowed AND q.early = 0 THEN 1 END AS clause
FROM dirty_subject AS s CROSS JOIN said AS q
WHERE q.subject = s.key AND q.subject IS NOT NULL
  AND $1 > 0) AS hit
GROUP BY 1, 2) AS g) AS f
WHERE (f.kept > 0 AND f.level IS NOT NULL) OR f.clause IS NOT NULL
ORDER BY f.subject, f.episode COLLATE "C"

-- evidence
WITH said(subject, site, name, contract_rid, payment_rid, allowed, paid, early, third, wages) AS (
WITH c AS (
                SELECT c.contract_no, c.site, c.rid, c.name, c.amount, c.supplier_uscc, replace(replace(replace(c.supplier, ' ', ''), '（', '('), '）', ')') AS supplier,
                    c.amount + coalesce((SELECT CAST(sum(x.amount) AS BIGINT) FROM contract_change AS x
                        WHERE x.contract_no = c.contract_no AND x.approval_no IS NOT NULL), 0) AS allowed,
                    (SELECT min(a.accepted_on) FROM acceptance AS a WHERE a.contract_no = c.contract_no AND a.result <> 'fail') AS accepted_on,
                    (SELECT min(m.reached_on) FROM milestone AS m WHERE m.contract_no = c.contract_no) AS reached_on,
                    coalesce((SELECT min(t.kind) FROM tender AS t WHERE t.lot_no = c.lot_no), 'works') AS kind
                FROM contract AS c WHERE c.contract_no IN (SELECT key FROM hit_subject)),
            p AS (
                SELECT c.contract_no, c.site, c.name, c.rid, p.rid AS payment_rid, c.allowed, c.allowed * CASE WHEN c.kind = 'works' THEN 80 ELSE 30 END / 100 AS before_due,
                    CAST(sum(p.amount) OVER (PARTITION BY c.rid) AS BIGINT) AS paid,
                    coalesce(CAST(sum(CASE WHEN p.paid_on < c.accepted_on AND (c.reached_on IS NULL OR p.paid_on < c.reached_on)
                        THEN p.amount END) OVER (PARTITION BY c.rid) AS BIGINT), 0) AS early,
                    CASE WHEN p.amount > 0 AND (replace(replace(replace(p.payee, ' ', ''), '（', '('), '）', ')') <> c.supplier
                        OR EXISTS (SELECT 1 FROM account AS a WHERE a.account_no = p.payee_account AND a.holder_id <> c.supplier_uscc
                            AND replace(replace(replace(a.holder, ' ', ''), '（', '('), '）', ')') <> c.supplier
                            AND coalesce(a.opened_on, 0) <= p.paid_on AND (a.closed_on IS NULL OR a.closed_on >= p.paid_on)))
                        THEN 1 ELSE 0 END AS third,
                    CASE WHEN p.payee LIKE '%农民工工资%' THEN 1 ELSE 0 END AS wages
                FROM c JOIN tr_payment AS p ON p.contract_no = c.contract_no)
            SELECT contract_no, site, name, rid, payment_rid, allowed, paid, CASE WHEN early > before_due THEN early ELSE 0 END, third = 1, wages = 1
            FROM p WHERE paid > allowed OR early > before_due OR third = 1
)
SELECT DISTINCT s.subject AS subject, 'paid' AS episode, 1 AS source, c.rid AS rid, c.version AS version, c.row_hash AS row_hash
FROM hit_subject AS s CROSS JOIN said AS q CROSS JOIN contract AS c
WHERE q.subject = s.key AND q.subject IS NOT NULL
  AND c.rid = q.contract_rid
  AND $1 > 0
  AND NOT coalesce((q.wages AND q.paid <= q.allowed AND q.early = 0), FALSE)
UNION ALL
SELECT DISTINCT s.subject AS subject, 'paid' AS episode, 2 AS source, p.rid AS rid, p.version AS version, p.row_hash AS row_hash
FROM hit_subject AS s CROSS JOIN said AS q CROSS JOIN tr_payment AS p
WHERE q.subject = s.key AND q.subject IS NOT NULL
  AND p.rid = q.payment_rid
  AND $1 > 0
  AND NOT coalesce((q.wages AND q.paid <= q.allowed AND q.early = 0), FALSE)
ORDER BY 1, 2, 3, 4

-- touches
SELECT contract_no FROM contract WHERE lot_no IN (SELECT key FROM dirty_key)
            UNION
            SELECT contract_no FROM tr_payment WHERE payee_account IN (SELECT key FROM dirty_key)

-- need
SELECT count(*) FROM (SELECT 1 FROM contract LIMIT 1) AS found

-- need
SELECT count(*) FROM (SELECT 1 FROM tr_payment LIMIT 1) AS found

-- need
SELECT count(*) FROM (SELECT 1 FROM contract_change LIMIT 1) AS found
