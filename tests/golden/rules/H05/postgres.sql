-- findings
SELECT * FROM (
SELECT g.subject AS subject, g.episode, g.tier, CASE WHEN 1 = 1 THEN 3 END AS level, g.amount, g.site, g.kept, g.clause, CAST(NULL AS TEXT) AS key, g.called, g.model, g.registered_on, g.price, g.first_month, g.last_month, g.months_paid
FROM (SELECT hit.subject AS subject, "car.plate" AS episode, max(tier) FILTER (WHERE clause IS NULL) AS tier, CAST(NULL AS TEXT) AS called, coalesce(sum("pay.amount") FILTER (WHERE clause IS NULL), 0) AS amount, min(site) FILTER (WHERE clause IS NULL) AS site, count(*) FILTER (WHERE clause IS NULL) AS kept, min(clause) AS clause, min("car.model") FILTER (WHERE clause IS NULL) AS model, min("car.registered_on") FILTER (WHERE clause IS NULL) AS registered_on, max("car.price") FILTER (WHERE clause IS NULL) AS price, min("pay.month") FILTER (WHERE clause IS NULL) AS first_month, max("pay.month") FILTER (WHERE clause IS NULL) AS last_month, count(DISTINCT "pay.month") FILTER (WHERE clause IS NULL) AS months_paid
FROM (SELECT car.owner_id_person AS subject, greatest(car.owner_id_tier, own.member_id_tier, pay.citizen_id_tier) AS tier, coalesce(pay.site, '') AS site, car.rid AS "car.rid", car.plate AS "car.plate", car.owner AS "car.owner", car.owner_id AS "car.owner_id", car.owner_id_person AS "car.owner_id_person", car.model AS "car.model", car.use AS "car.use", car.registered_on AS "car.registered_on", car.left_on AS "car.left_on", car.price AS "car.price", car.source_unit AS "car.source_unit", car.as_of AS "car.as_of", own.rid AS "own.rid", own.programme AS "own.programme", own.head_id AS "own.head_id", own.member_id AS "own.member_id", own.member_id_person AS "own.member_id_person", own.name AS "own.name", own.relation AS "own.relation", own.division AS "own.division", own.grade AS "own.grade", own.insured AS "own.insured", own.monthly AS "own.monthly", own.approved_on AS "own.approved_on", own.stopped_on AS "own.stopped_on", own.stop_reason AS "own.stop_reason", own.village_cadre AS "own.village_cadre", own.kin_registered AS "own.kin_registered", own.notice_from AS "own.notice_from", own.notice_to AS "own.notice_to", own.handler AS "own.handler", own.approver AS "own.approver", home.rid AS "home.rid", home.programme AS "home.programme", home.head_id AS "home.head_id", home.member_id AS "home.member_id", home.member_id_person AS "home.member_id_person", home.name AS "home.name", home.relation AS "home.relation", home.division AS "home.division", home.grade AS "home.grade", home.insured AS "home.insured", home.monthly AS "home.monthly", home.approved_on AS "home.approved_on", home.stopped_on AS "home.stopped_on", home.stop_reason AS "home.stop_reason", home.village_cadre AS "home.village_cadre", home.kin_registered AS "home.kin_registered", home.notice_from AS "home.notice_from", home.notice_to AS "home.notice_to", home.handler AS "home.handler", home.approver AS "home.approver", pay.rid AS "pay.rid", pay.batch_no AS "pay.batch_no", pay.programme AS "pay.programme", pay.citizen_id AS "pay.citizen_id", pay.citizen_id_person AS "pay.citizen_id_person", pay.month AS "pay.month", pay.name AS "pay.name", pay.amount AS "pay.amount", pay.area AS "pay.area", pay.rate AS "pay.rate", pay.bank AS "pay.bank", pay.account AS "pay.account", pay.account_name AS "pay.account_name", pay.collector_id AS "pay.collector_id", pay.paid_on AS "pay.paid_on", pay.township AS "pay.township", pay.village AS "pay.village", pay.parcel AS "pay.parcel", pay.handler AS "pay.handler", CASE WHEN car.use = 'business' THEN 1 WHEN EXISTS (SELECT 1 FROM benefit_enrol AS aid WHERE aid.member_id_person = car.owner_id_person AND aid.member_id_tier <= 2 AND (aid.programme = 'canbu' AND qq_months(qq_month_of(aid.approved_on)) <= qq_months(pay.month))) THEN 2 END AS clause
FROM vehicle AS car CROSS JOIN benefit_enrol AS own CROSS JOIN benefit_enrol AS home CROSS JOIN benefit_pay AS pay
WHERE car.owner_id_person IS NOT NULL AND car.owner_id_tier <= 2
  AND own.member_id_person = car.owner_id_person AND own.member_id_tier <= 2
  AND home.head_id = own.head_id
  AND pay.citizen_id_person = home.member_id_person AND pay.citizen_id_tier <= 2 AND home.member_id_tier <= 2
  AND $1 > 0
  AND (car.model IN ('小型轿车', '小型普通客车', '小型越野客车', '微型轿车', '微型普通客车', '微型越野客车'))
  AND (own.programme = 'dibao')
  AND (home.programme = 'dibao')
  AND (pay.programme = 'dibao')
  AND (qq_months(pay.month) - qq_months(qq_month_of(car.registered_on)) > 1)
  AND (((car.left_on IS NULL OR qq_months(pay.month) < qq_months(qq_month_of(car.left_on)))))
  AND (qq_months(qq_month_of(own.approved_on)) <= qq_months(pay.month))
  AND (((own.stopped_on IS NULL OR qq_months(pay.month) < qq_months(qq_month_of(own.stopped_on)))))
  AND (NOT (EXISTS (SELECT 1 FROM vehicle AS later WHERE later.owner_id_person = car.owner_id_person AND later.owner_id_tier <= 2 AND (later.plate = car.plate AND later.registered_on > car.registered_on AND qq_months(pay.month) - qq_months(qq_month_of(later.registered_on)) > 1))))) AS hit
GROUP BY 1, 2) AS g) AS f
WHERE (f.kept > 0 AND f.level IS NOT NULL) OR f.clause IS NOT NULL
ORDER BY f.subject, f.episode COLLATE "C"

-- findings of the dirty
SELECT * FROM (
SELECT g.subject AS subject, g.episode, g.tier, CASE WHEN 1 = 1 THEN 3 END AS level, g.amount, g.site, g.kept, g.clause, CAST(NULL AS TEXT) AS key, g.called, g.model, g.registered_on, g.price, g.first_month, g.last_month, g.months_paid
FROM (SELECT hit.subject AS subject, "car.plate" AS episode, max(tier) FILTER (WHERE clause IS NULL) AS tier, CAST(NULL AS TEXT) AS called, coalesce(sum("pay.amount") FILTER (WHERE clause IS NULL), 0) AS amount, min(site) FILTER (WHERE clause IS NULL) AS site, count(*) FILTER (WHERE clause IS NULL) AS kept, min(clause) AS clause, min("car.model") FILTER (WHERE clause IS NULL) AS model, min("car.registered_on") FILTER (WHERE clause IS NULL) AS registered_on, max("car.price") FILTER (WHERE clause IS NULL) AS price, min("pay.month") FILTER (WHERE clause IS NULL) AS first_month, max("pay.month") FILTER (WHERE clause IS NULL) AS last_month, count(DISTINCT "pay.month") FILTER (WHERE clause IS NULL) AS months_paid
FROM (SELECT car.owner_id_person AS subject, greatest(car.owner_id_tier, own.member_id_tier, pay.citizen_id_tier) AS tier, coalesce(pay.site, '') AS site, car.rid AS "car.rid", car.plate AS "car.plate", car.owner AS "car.owner", car.owner_id AS "car.owner_id", car.owner_id_person AS "car.owner_id_person", car.model AS "car.model", car.use AS "car.use", car.registered_on AS "car.registered_on", car.left_on AS "car.left_on", car.price AS "car.price", car.source_unit AS "car.source_unit", car.as_of AS "car.as_of", own.rid AS "own.rid", own.programme AS "own.programme", own.head_id AS "own.head_id", own.member_id AS "own.member_id", own.member_id_person AS "own.member_id_person", own.name AS "own.name", own.relation AS "own.relation", own.division AS "own.division", own.grade AS "own.grade", own.insured AS "own.insured", own.monthly AS "own.monthly", own.approved_on AS "own.approved_on", own.stopped_on AS "own.stopped_on", own.stop_reason AS "own.stop_reason", own.village_cadre AS "own.village_cadre", own.kin_registered AS "own.kin_registered", own.notice_from AS "own.notice_from", own.notice_to AS "own.notice_to", own.handler AS "own.handler", own.approver AS "own.approver", home.rid AS "home.rid", home.programme AS "home.programme", home.head_id AS "home.head_id", home.member_id AS "home.member_id", home.member_id_person AS "home.member_id_person", home.name AS "home.name", home.relation AS "home.relation", home.division AS "home.division", home.grade AS "home.grade", home.insured AS "home.insured", home.monthly AS "home.monthly", home.approved_on AS "home.approved_on", home.stopped_on AS "home.stopped_on", home.stop_reason AS "home.stop_reason", home.village_cadre AS "home.village_cadre", home.kin_registered AS "home.kin_registered", home.notice_from AS "home.notice_from", home.notice_to AS "home.notice_to", home.handler AS "home.handler", home.approver AS "home.approver", pay.rid AS "pay.rid", pay.batch_no AS "pay.batch_no", pay.programme AS "pay.programme", pay.citizen_id AS "pay.citizen_id", pay.citizen_id_person AS "pay.citizen_id_person", pay.month AS "pay.month", pay.name AS "pay.name", pay.amount AS "pay.amount", pay.area AS "pay.area", pay.rate AS "pay.rate", pay.bank AS "pay.bank", pay.account AS "pay.account", pay.account_name AS "pay.account_name", pay.collector_id AS "pay.collector_id", pay.paid_on AS "pay.paid_on", pay.township AS "pay.township", pay.village AS "pay.village", pay.parcel AS "pay.parcel", pay.handler AS "pay.handler", CASE WHEN car.use = 'business' THEN 1 WHEN EXISTS (SELECT 1 FROM benefit_enrol AS aid WHERE aid.member_id_person = car.owner_id_person AND aid.member_id_tier <= 2 AND (aid.programme = 'canbu' AND qq_months(qq_month_of(aid.approved_on)) <= qq_months(pay.month))) THEN 2 END AS clause
FROM dirty_subject AS s CROSS JOIN vehicle AS car CROSS JOIN benefit_enrol AS own CROSS JOIN benefit_enrol AS home CROSS JOIN benefit_pay AS pay
WHERE car.owner_id_person = s.subject AND car.owner_id_person IS NOT NULL AND car.owner_id_tier <= 2
  AND own.member_id_person = car.owner_id_person AND own.member_id_tier <= 2
  AND home.head_id = own.head_id
  AND pay.citizen_id_person = home.member_id_person AND pay.citizen_id_tier <= 2 AND home.member_id_tier <= 2
  AND $1 > 0
  AND (car.model IN ('小型轿车', '小型普通客车', '小型越野客车', '微型轿车', '微型普通客车', '微型越野客车'))
  AND (own.programme = 'dibao')
  AND (home.programme = 'dibao')
  AND (pay.programme = 'dibao')
  AND (qq_months(pay.month) - qq_months(qq_month_of(car.registered_on)) > 1)
  AND (((car.left_on IS NULL OR qq_months(pay.month) < qq_months(qq_month_of(car.left_on)))))
  AND (qq_months(qq_month_of(own.approved_on)) <= qq_months(pay.month))
  AND (((own.stopped_on IS NULL OR qq_months(pay.month) < qq_months(qq_month_of(own.stopped_on)))))
  AND (NOT (EXISTS (SELECT 1 FROM vehicle AS later WHERE later.owner_id_person = car.owner_id_person AND later.owner_id_tier <= 2 AND (later.plate = car.plate AND later.registered_on > car.registered_on AND qq_months(pay.month) - qq_months(qq_month_of(later.registered_on)) > 1))))) AS hit
GROUP BY 1, 2) AS g) AS f
WHERE (f.kept > 0 AND f.level IS NOT NULL) OR f.clause IS NOT NULL
ORDER BY f.subject, f.episode COLLATE "C"

-- evidence
SELECT DISTINCT s.subject AS subject, car.plate AS episode, 0 AS source, car.rid AS rid, car.version AS version, car.row_hash AS row_hash
FROM hit_subject AS s CROSS JOIN vehicle AS car CROSS JOIN benefit_enrol AS own CROSS JOIN benefit_enrol AS home CROSS JOIN benefit_pay AS pay
WHERE car.owner_id_person = s.subject AND car.owner_id_person IS NOT NULL AND car.owner_id_tier <= 2
  AND own.member_id_person = car.owner_id_person AND own.member_id_tier <= 2
  AND home.head_id = own.head_id
  AND pay.citizen_id_person = home.member_id_person AND pay.citizen_id_tier <= 2 AND home.member_id_tier <= 2
  AND $1 > 0
  AND (car.model IN ('小型轿车', '小型普通客车', '小型越野客车', '微型轿车', '微型普通客车', '微型越野客车'))
  AND (own.programme = 'dibao')
  AND (home.programme = 'dibao')
  AND (pay.programme = 'dibao')
  AND (qq_months(pay.month) - qq_months(qq_month_of(car.registered_on)) > 1)
  AND (((car.left_on IS NULL OR qq_months(pay.month) < qq_months(qq_month_of(car.left_on)))))
  AND (qq_months(qq_month_of(own.approved_on)) <= qq_months(pay.month))
  AND (((own.stopped_on IS NULL OR qq_months(pay.month) < qq_months(qq_month_of(own.stopped_on)))))
  AND (NOT (EXISTS (SELECT 1 FROM vehicle AS later WHERE later.owner_id_person = car.owner_id_person AND later.owner_id_tier <= 2 AND (later.plate = car.plate AND later.registered_on > car.registered_on AND qq_months(pay.month) - qq_months(qq_month_of(later.registered_on)) > 1))))
  AND NOT coalesce((car.use = 'business'), FALSE)
  AND NOT coalesce((EXISTS (SELECT 1 FROM benefit_enrol AS aid WHERE aid.member_id_person = car.owner_id_person AND aid.member_id_tier <= 2 AND (aid.programme = 'canbu' AND qq_months(qq_month_of(aid.approved_on)) <= qq_months(pay.month)))), FALSE)
UNION ALL
SELECT DISTINCT s.subject AS subject, car.plate AS episode, 1 AS source, own.rid AS rid, own.version AS version, own.row_hash AS row_hash
FROM hit_subject AS s CROSS JOIN vehicle AS car CROSS JOIN benefit_enrol AS own CROSS JOIN benefit_enrol AS home CROSS JOIN benefit_pay AS pay
WHERE car.owner_id_person = s.subject AND car.owner_id_person IS NOT NULL AND car.owner_id_tier <= 2
  AND own.member_id_person = car.owner_id_person AND own.member_id_tier <= 2
  AND home.head_id = own.head_id
  AND pay.citizen_id_person = home.member_id_person AND pay.citizen_id_tier <= 2 AND home.member_id_tier <= 2
  AND $1 > 0
  AND (car.model IN ('小型轿车', '小型普通客车', '小型越野客车', '微型轿车', '微型普通客车', '微型越野客车'))
  AND (own.programme = 'dibao')
  AND (home.programme = 'dibao')
  AND (pay.programme = 'dibao')
  AND (qq_months(pay.month) - qq_months(qq_month_of(car.registered_on)) > 1)
  AND (((car.left_on IS NULL OR qq_months(pay.month) < qq_months(qq_month_of(car.left_on)))))
  AND (qq_months(qq_month_of(own.approved_on)) <= qq_months(pay.month))
  AND (((own.stopped_on IS NULL OR qq_months(pay.month) < qq_months(qq_month_of(own.stopped_on)))))
  AND (NOT (EXISTS (SELECT 1 FROM vehicle AS later WHERE later.owner_id_person = car.owner_id_person AND later.owner_id_tier <= 2 AND (later.plate = car.plate AND later.registered_on > car.registered_on AND qq_months(pay.month) - qq_months(qq_month_of(later.registered_on)) > 1))))
  AND NOT coalesce((car.use = 'business'), FALSE)
  AND NOT coalesce((EXISTS (SELECT 1 FROM benefit_enrol AS aid WHERE aid.member_id_person = car.owner_id_person AND aid.member_id_tier <= 2 AND (aid.programme = 'canbu' AND qq_months(qq_month_of(aid.approved_on)) <= qq_months(pay.month)))), FALSE)
UNION ALL
SELECT DISTINCT s.subject AS subject, car.plate AS episode, 3 AS source, pay.rid AS rid, pay.version AS version, pay.row_hash AS row_hash
FROM hit_subject AS s CROSS JOIN vehicle AS car CROSS JOIN benefit_enrol AS own CROSS JOIN benefit_enrol AS home CROSS JOIN benefit_pay AS pay
WHERE car.owner_id_person = s.subject AND car.owner_id_person IS NOT NULL AND car.owner_id_tier <= 2
  AND own.member_id_person = car.owner_id_person AND own.member_id_tier <= 2
  AND home.head_id = own.head_id
  AND pay.citizen_id_person = home.member_id_person AND pay.citizen_id_tier <= 2 AND home.member_id_tier <= 2
  AND $1 > 0
  AND (car.model IN ('小型轿车', '小型普通客车', '小型越野客车', '微型轿车', '微型普通客车', '微型越野客车'))
  AND (own.programme = 'dibao')
  AND (home.programme = 'dibao')
  AND (pay.programme = 'dibao')
  AND (qq_months(pay.month) - qq_months(qq_month_of(car.registered_on)) > 1)
  AND (((car.left_on IS NULL OR qq_months(pay.month) < qq_months(qq_month_of(car.left_on)))))
  AND (qq_months(qq_month_of(own.approved_on)) <= qq_months(pay.month))
  AND (((own.stopped_on IS NULL OR qq_months(pay.month) < qq_months(qq_month_of(own.stopped_on)))))
  AND (NOT (EXISTS (SELECT 1 FROM vehicle AS later WHERE later.owner_id_person = car.owner_id_person AND later.owner_id_tier <= 2 AND (later.plate = car.plate AND later.registered_on > car.registered_on AND qq_months(pay.month) - qq_months(qq_month_of(later.registered_on)) > 1))))
  AND NOT coalesce((car.use = 'business'), FALSE)
  AND NOT coalesce((EXISTS (SELECT 1 FROM benefit_enrol AS aid WHERE aid.member_id_person = car.owner_id_person AND aid.member_id_tier <= 2 AND (aid.programme = 'canbu' AND qq_months(qq_month_of(aid.approved_on)) <= qq_months(pay.month)))), FALSE)
ORDER BY 1, 2, 3, 4

-- touches
SELECT own.member_id_person FROM dirty_key AS changed CROSS JOIN benefit_enrol AS own
WHERE own.head_id = changed.key
UNION SELECT own.member_id_person FROM dirty_person AS changed CROSS JOIN benefit_enrol AS home CROSS JOIN benefit_enrol AS own
WHERE home.member_id_person = changed.person
  AND home.head_id = own.head_id

-- need
SELECT count(*) FROM (SELECT 1 FROM vehicle LIMIT 1) AS found

-- need
SELECT count(*) FROM (SELECT 1 FROM benefit_enrol LIMIT 1) AS found

-- need
SELECT count(*) FROM (SELECT 1 FROM benefit_pay LIMIT 1) AS found
