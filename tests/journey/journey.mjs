// One walk through the running county, as its people walk it: an analyst finds, an officer signs and answers, the analyst decides.
//   node journey.mjs ADDRESSES.json     (console, user, password, officers {site: url}, screens: folder, hub: the program, hub_key: its public key)
// Everything that a person would see is asserted on the page; every page is looked at by axe in both languages.
import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { chromium } from 'playwright-core'
import { Report } from './report.mjs'

const addresses = JSON.parse(readFileSync(process.argv[2] ?? 'addresses.json', 'utf8'))
const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
const report = new Report()
const FLAGS = ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking',
  '--disable-component-update', '--disable-sync']

// ---- the browser

mkdirSync(addresses.screens, { recursive: true })
const profile = mkdtempSync(join(tmpdir(), 'qingqu-journey-'))
const browser = await chromium.launchPersistentContext(profile, {
  executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', headless: true, args: FLAGS, viewport: { width: 1366, height: 768 },
  locale: 'zh-CN', timezoneId: 'Asia/Shanghai'
})
browser.setDefaultTimeout(20000)

/** Replies that the journey provokes on purpose: "401 /api/v1/session". All others are faults, as is anything on the console. */
const provoked = new Set()
function watch(page) {
  const faults = []
  page.on('console', (m) => {
    const wanted = [...provoked].some((p) => m.location().url.endsWith(p.split(' ')[1]) && m.text().includes(p.split(' ')[0]))
    if ((m.type() === 'error' || m.type() === 'warning') && !wanted) faults.push(`${m.text()} (${m.location().url})`)
  })
  page.on('pageerror', (e) => faults.push(e.message))
  page.on('requestfailed', (r) => { if (r.failure()?.errorText !== 'net::ERR_ABORTED') faults.push(`${r.url()}: ${r.failure()?.errorText}`) })
  page.on('request', (r) => { if (new URL(r.url()).hostname !== '127.0.0.1' && !/^(data|blob):/.test(r.url())) faults.push(`foreign host: ${r.url()}`) })
  return faults
}

async function look(page, name) {
  await page.waitForTimeout(400) // transitions end
  await page.screenshot({ path: join(addresses.screens, `${name}.png`), fullPage: true })
  await page.evaluate(axe)
  const found = await page.evaluate(() => window.axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] }))
  const bad = found.violations.filter((v) => ['serious', 'critical'].includes(v.impact))
  report.check(`${name}: no serious or critical violation of WCAG`, bad.length === 0,
    bad.map((v) => `${v.id}: ${v.nodes.slice(0, 3).map((n) => `${n.target} ${n.any[0]?.message ?? ''}`).join(' | ')}`).join('\n      '))
  const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)
  report.check(`${name}: fits the width of the screen`, wide <= 0, `${wide} px too wide`)
}

const text = async (where) => (await where.innerText()).trim()
const textAt = (selector) => text(console_.locator(selector))
const until = async (what, is, seconds = 30) => {
  for (const end = Date.now() + seconds * 1000; ;) {
    if (await is()) return report.check(what, true)
    if (Date.now() > end) return report.check(what, false, `not within ${seconds} s`)
    await new Promise((done) => setTimeout(done, 500))
  }
}
const MASKED = /^\d{4}\*{10}\d{3}[\dX]$/
const NUMBER = /\b\d{17}[\dX]\b/
const MOMENT = /\d{4}-\d\d-\d\d \d\d:\d\d/

// ---- the analyst comes in

const console_ = await browser.newPage()
const faultsOfConsole = watch(console_)
const at = (path) => addresses.console + path
const link = (name) => console_.locator('header').getByRole('link', { name, exact: true })

async function enter(password, user = addresses.user) {
  await console_.fill('#user', user)
  await console_.fill('#password', password)
  await console_.click('[data-test=enter]')
}

async function logIn() {
  provoked.add('401 /api/v1/session')
  const reply = await console_.goto(at('/findings'))
  const policy = reply.headers()['content-security-policy'] ?? ''
  report.check('the page comes with a strict policy', policy.includes("default-src 'none'") && !/script-src[^;]*unsafe/.test(policy), policy)
  await console_.waitForURL(/\/login\?next=/)
  report.check('Chinese comes first', (await console_.getAttribute('html', 'lang')) === 'zh-CN' && (await text(console_.locator('h1'))) === '登录')
  await look(console_, '01-login-zh')
  await enter('wrong ' + addresses.password)
  await console_.getByRole('alert').waitFor()
  report.check('a wrong password is refused', (await text(console_.getByRole('alert'))).includes('用户名或口令不对'))
  report.check('a wrong password leads nowhere', console_.url().includes('/login'))
  await enter(addresses.password)
  await console_.waitForURL(at('/findings'))
  report.check('the right password leads to the page that was asked for', true)
}

async function start() {
  await link('驾驶舱').click()
  await console_.locator('.card').first().waitFor()
  const connected = await text(console_.locator('.card').first().locator('b'))
  report.check('the start page counts the sites', connected.replace(/\s/g, '') === `${Object.keys(addresses.officers).length}/${Object.keys(addresses.officers).length}`, connected)
  report.check('the start page counts findings by rule', (await console_.locator('.el-table__row').count()) >= 4)
  await look(console_, '02-start-zh')
}

// Four values for each rule: together they are its population, and each check that spoke for somebody is named.
async function rules() {
  await link('规则').click()
  const rows = console_.locator('[data-test=rules] .el-table__row')
  await rows.first().waitFor()
  const cells = await rows.evaluateAll((all) => all.map((r) => [...r.querySelectorAll('td')].map((c) => c.innerText.trim())))
  const number = (cell) => Number(cell.split('\n')[0].replaceAll(',', ''))
  report.check('each rule says for whom it gave what', cells.length >= 4 &&
    cells.filter((c) => number(c[2]) > 0).length >= 4 && cells.every((c) => number(c[3]) + number(c[4]) + number(c[6]) === number(c[2])), JSON.stringify(cells.map((c) => c.slice(2, 7))))
  report.check('the checks in favour are named and counted', cells.some((c) => /[\u4e00-\u9fff] \d/.test(c[5])))
  const timed = (c) => MOMENT.test(c[8]) || c[8].includes('从未到达') || c[1].includes('不可算') // what was never computed has none
  report.check('each source of a rule has its time', cells.some((c) => MOMENT.test(c[8])) && cells.every(timed), JSON.stringify(cells.filter((c) => !timed(c))))
  await look(console_, '20-rules-zh')
}

/** Whoever is logged in leaves, the other comes in at the same place. */
async function change(user, password) {
  const here = console_.url()
  await console_.click('[data-test=leave]')
  await console_.waitForURL(/\/login/)
  await enter(password, user)
  await console_.waitForURL((url) => !url.pathname.startsWith('/login'))
  await console_.goto(here)
}

// A rule in trial, so that no site is asked anew: edited, faulty first, weighed on the county's rows, proposed, let in by another.
async function ruleVersion() {
  await console_.click('[data-test=change-A01]')
  const source = console_.locator('[data-test=text]')
  await until('a new version begins with the text in force', async () => (await source.inputValue()).includes('version 2'), 10)
  const sound = await source.inputValue()
  await source.fill(sound.replace(/status observe/, 'staus observe'))
  await console_.click('[data-test=check]')
  await console_.locator('[data-test=faults] li').first().waitFor()
  report.check('a fault stands by its line', (await textAt('[data-test=faults]')).includes('4:5'), await textAt('[data-test=faults]'))
  report.check('what has faults cannot be proposed', await console_.locator('[data-test=propose]').isDisabled())
  await look(console_, '25-rule-faults-zh')
  await source.fill(sound.replace(/by_hand "/, 'by_hand "先看受理方式；'))
  await console_.click('[data-test=check]')
  await console_.locator('[data-test=effect]').waitFor()
  report.check('wording changes no hit', (await textAt('[data-test=appear]')) === '0' && (await textAt('[data-test=disappear]')) === '0' && (await textAt('[data-test=change]')) === '0')
  await look(console_, '26-rule-draft-zh')
  await console_.click('[data-test=propose]')
  await console_.waitForURL(/\/rules\/versions\/\d+$/)
  await console_.locator('[data-test=approve]').waitFor()
  report.check('what it changes stands line by line', (await textAt('.line-gone >> nth=0')).includes('version 1') && (await textAt('.line-new >> nth=0')).includes('version 2'))
  report.check('who proposed it cannot let it in', await console_.locator('[data-test=approve]').isDisabled())
  await look(console_, '27-rule-version-zh')
  await change(addresses.approver, addresses.approver_password)
  await console_.locator('[data-test=approve]').click()
  await until('another person lets it in', async () => (await textAt('[data-test=status]')).includes('施行中'), 10)
  await link('规则').click()
  const row = console_.locator('[data-test=rules] .el-table__row', { hasText: 'A01' })
  await until('it is in force without a restart', async () => /版本 2/.test(await text(row)), 30)
  await look(console_, '28-rule-versions-zh')
  await change(addresses.user, addresses.password)
}

// ---- a finding

async function findings() {
  await link('疑点').click()
  const rows = console_.locator('.el-table__body tr')
  await rows.first().waitFor()
  const all = await rows.count()
  await look(console_, '03-findings-zh')
  report.check('no list shows an identity number', !NUMBER.test(await text(console_.locator('main'))))
  // The rule with a prompt that can be answered; its findings are fewer than all.
  await console_.locator('[data-test=rule] select').selectOption('H01')
  await console_.waitForURL(/rule=H01/)
  await until('the filter stands in the URL and holds for every row', async () =>
    (await rows.count()) > 0 && (await rows.locator('td:nth-child(2)').allInnerTexts()).every((t) => t.startsWith('H01')), 10)
  const some = await rows.count()
  report.check('the filter leaves fewer than all', some < all, `${some} of ${all}`)
  await console_.reload()
  await rows.first().waitFor()
  report.check('the list is the same after a reload', (await rows.count()) === some)
  await console_.locator('[data-test=decided] select').selectOption('to_verify')
  await console_.waitForURL(/decision=to_verify/)
  await console_.locator('h1').click()
  await until('the first row is marked', async () => (await rows.nth(0).getAttribute('class')).includes('current-row'), 5)
  await console_.keyboard.press('j')
  await until('j moves down', async () => (await rows.nth(1).getAttribute('class')).includes('current-row'), 5)
  await console_.keyboard.press('k')
  await until('k moves up', async () => (await rows.nth(0).getAttribute('class')).includes('current-row'), 5)
  await look(console_, '04-findings-filtered-zh')
  await console_.keyboard.press('Enter')
  await console_.waitForURL(/\/findings\/\d+$/)
  report.check('Enter opens the marked finding', true)
}

async function finding() {
  await console_.locator('[data-test=evidence] tbody tr').first().waitFor()
  report.check('the finding says what it is', (await text(console_.locator('.say'))).includes('死亡'))
  report.check('the number is masked', MASKED.test(await text(console_.locator('[data-test=subject]'))))
  report.check('no number stands anywhere on the page', !NUMBER.test(await text(console_.locator('main'))))
  const datasets = await console_.locator('[data-test=evidence] h3').allInnerTexts()
  report.check('rows of both sources are side by side', datasets.length === 2, datasets.join(', '))
  report.check('each row names its site and hash', (await console_.locator('[data-test=evidence] td.from').allInnerTexts()).every((t) => /#\d+.*[0-9a-f]{8}/s.test(t)))
  report.check('it is a clue, not a conclusion', (await text(console_.locator('main'))).includes('本条为线索提示，不是结论'))
  await until('the prompt was delivered', async () => MOMENT.test(await text(console_.locator('[data-test=delivered]'))))
  report.check('nobody has signed yet', (await text(console_.locator('[data-test=signed]'))) === '—')
  await look(console_, '05-finding-zh')
  const id = Number(console_.url().split('/').pop())
  // The document that the prompt of this finding became.
  const prompts = await console_.evaluate(async () => {
    const items = []
    for (let cursor = ''; ;) {
      const page = await (await fetch('/api/v1/prompts?limit=200&cursor=' + cursor)).json()
      items.push(...page.items)
      if (!(cursor = page.next)) return items
    }
  })
  const prompt = prompts.find((p) => p.finding === id && p.state !== 'withdrawn')
  report.check('the finding has a prompt, and its site an officer', Boolean(prompt && addresses.officers[prompt.site]), JSON.stringify(prompt))
  return prompt
}

// ---- the officer of the site

async function officer(prompt) {
  const page = await browser.newPage()
  const faults = watch(page)
  await page.goto(addresses.officers[prompt.site])
  const open = page.locator(`.list a[href="#inbox/${prompt.id}"]`)
  await open.waitFor()
  report.check('the prompt lies unread in the inbox', (await text(open)).includes('未读'))
  await look(page, '06-officer-inbox-zh')
  await open.click()
  const detail = page.locator('section.card')
  await detail.getByRole('heading', { name: '事实和来源' }).waitFor()
  report.check('the officer reads the facts', (await text(detail)).includes('死亡日期'))
  report.check('the number is masked for the officer too', !NUMBER.test(await text(detail)))
  await detail.getByRole('button', { name: '显示' }).click()
  report.check('and shown with one click', NUMBER.test(await text(detail)))
  report.check('nothing can be answered before it is signed for', (await detail.getByRole('button', { name: '提交答复' }).count()) === 0)
  await look(page, '07-officer-prompt-zh')
  await detail.getByLabel('经办人姓名').fill('王核实')
  await detail.getByRole('button', { name: '签收' }).click()
  await detail.getByRole('button', { name: '提交答复' }).waitFor()
  report.check('it is signed for', /✓ 已签收 .*王核实/.test(await text(detail.locator('.steps'))), await text(detail.locator('.steps')))
  await look(page, '08-officer-answer-zh')
  await wrongAnswer(page, detail, prompt)
  await detail.getByLabel('属实').check()
  await detail.getByLabel('已追回金额').fill('1200.50')
  await detail.getByLabel('情况说明').fill('已入户核实,家属代领')
  await detail.getByRole('button', { name: '提交答复' }).click()
  await detail.getByText('已保存,联网后自动送达').or(detail.getByText('已保存，联网后自动送达')).waitFor()
  report.check('the answer is kept and shown', (await text(detail)).includes('已入户核实,家属代领') && (await text(detail)).includes('属实'))
  await look(page, '09-officer-answered-zh')
  await officerRest(page)
  report.check('the officer\'s page has no fault', faults.length === 0, faults.join('\n      '))
  await page.close()
}

async function wrongAnswer(page, detail, prompt) {
  provoked.add(`422 /api/v1/documents/${prompt.id}/answer`)
  await detail.getByLabel('已追回金额').fill('很多')
  await detail.getByRole('button', { name: '提交答复' }).click()
  await until('a wrong answer is refused beside its field', async () =>
    (await text(detail.locator('[data-wrong=repaid]'))).length > 0 && (await text(detail.locator('[data-wrong=verdict]'))).length > 0, 10)
  report.check('a refused answer can still be mended', await detail.getByRole('button', { name: '提交答复' }).isVisible())
  await look(page, '08-officer-refused-zh')
}

/** The receipt of a file that the hub has: with the file's hash, so that it can be printed and compared. */
async function receipt(page) {
  await page.getByRole('navigation').getByRole('link', { name: '数据' }).click()
  await page.locator('main table tbody a').first().click()
  const receipt = page.locator('.receipt')
  await receipt.waitFor()
  const words = await text(receipt)
  report.check('a file has its receipt of the hub', /[0-9a-f]{64}/.test(words) && words.includes('核对一致') && words.includes('打印回执'), words)
  await look(page, '19-officer-receipt-zh')
}

/** A month in which nothing happened is said once, so that the hub stops asking. */
async function nothing(page) {
  // A page drawn anew replaces the form: wait for the page without a chosen file.
  await page.getByRole('navigation').getByRole('link', { name: '数据' }).click()
  await page.locator('.receipt').waitFor({ state: 'detached' })
  provoked.add('422 /api/v1/nothing')
  const card = page.locator('.nothing')
  await card.locator('select').selectOption('penalty')
  await card.getByLabel('起').fill('2026-02-01')
  await card.getByLabel('止').fill('2026-01-01')
  await card.getByRole('button', { name: '报送' }).click()
  await card.getByText('止不早于起').waitFor()
  await card.getByLabel('止').fill('2026-02-28')
  await card.getByRole('button', { name: '报送' }).click()
  await card.locator('#nothing').waitFor()
  const said = await text(card.locator('#nothing'))
  report.check('a period without data is said once', said.includes('2026-02-01 – 2026-02-28') && said.includes('行政处罚'), said)
  await look(page, '21-officer-nothing-zh')
}

/** What the unit's own rules say of its own rows: looked at before the hub did, and no conclusion. */
async function selfCheck(page) {
  await page.getByRole('navigation').getByRole('link', { name: '自查' }).click()
  await page.getByRole('heading', { name: '本单位自查' }).waitFor()
  const said = await text(page.locator('main'))
  report.check('the unit\'s own rules have run, and none of it is a conclusion', said.includes('都不是结论') && /D02 · 核对 [\d,]+ 行|没有这类数据/.test(said), said)
  await look(page, '30-officer-self-zh')
}

async function officerRest(page) {
  await receipt(page)
  await nothing(page)
  await selfCheck(page)
  for (const [name, tab] of [['10-officer-data', '数据'], ['11-officer-sync', '同步']]) {
    await page.getByRole('navigation').getByRole('link', { name: tab }).click()
    await page.locator('main .card').first().waitFor()
    await look(page, name + '-zh')
  }
  await page.click('#language')
  for (const [name, tab] of [['11-officer-sync', 'Sync'], ['10-officer-data', 'Data'], ['30-officer-self', 'Self-check'], ['09-officer-answered', 'Inbox']]) {
    await page.getByRole('navigation').getByRole('link', { name: tab }).click()
    await page.locator('main .card').first().waitFor()
    if (tab === 'Inbox') {
      await page.locator('.list a').last().click()
      await page.locator('section.card h2').waitFor()
    }
    await look(page, name + '-en')
    report.check(`${name}: no Chinese in the frame of the English page`, !/[\u4e00-\u9fff]/.test((await text(page.getByRole('navigation'))) + (await text(page.locator('#pulse')))))
  }
}

// ---- the answer comes back, the analyst decides

/** What is taken on the page is verified by the program alone, with the key that every site was given. */
async function takePack() {
  const [download] = await Promise.all([console_.waitForEvent('download'), console_.click('[data-test=pack]')])
  report.check('the pack is called after its finding', /^evidence-H01-\d+\.json$/.test(download.suggestedFilename()), download.suggestedFilename())
  const said = execFileSync(addresses.hub, ['evidence', 'verify', await download.path(), '--key', addresses.hub_key], { encoding: 'utf8' })
  report.check('the evidence pack verifies, and its rule runs again over its rows',
    said.includes('签名有效') && said.includes('与所给公钥一致') && said.includes('得到同一结果哈希') && !said.includes('WRONG'), said)
  await until('the timeline says who took it', async () => (await text(console_.locator('[data-test=timeline]'))).includes('导出证据包'))
}

async function decide() {
  await until('the console shows when it was signed', async () => MOMENT.test(await text(console_.locator('[data-test=signed]'))))
  await until('the console shows when it was answered', async () => MOMENT.test(await text(console_.locator('[data-test=answered]'))))
  const answer = await text(console_.locator('[data-test=answer]'))
  report.check('the console shows the answer', answer.includes('属实') && answer.includes('已入户核实,家属代领') && answer.includes('1200.50'), answer)
  report.check('the site\'s word has moved the finding', (await text(console_.locator('[data-test=decision]'))) === '站点已答复')
  report.check('nothing is chosen, nothing can be submitted', await console_.locator('[data-test=save]').isDisabled())
  await console_.locator('h1').click()
  await console_.keyboard.press('c')
  report.check('c chooses confirmed', await console_.locator('input[value=confirmed]').isChecked())
  await console_.locator('[data-test=reason]').selectOption('verified_on_site')
  await console_.locator('[data-test=note]').fill('站点已入户核实')
  await console_.click('[data-test=save]')
  await until('the finding is confirmed', async () => (await text(console_.locator('[data-test=decision]'))) === '查实')
  const timeline = await text(console_.locator('[data-test=timeline]'))
  report.check('the timeline tells it all', ['发现', '已下发核实提示', '站点已答复', '查实', '现场核实', '站点已入户核实', addresses.user].every((t) => timeline.includes(t)), timeline)
  await takePack()
  await look(console_, '12-finding-decided-zh')
  await console_.getByRole('link', { name: '返回列表' }).click()
  await console_.waitForURL(/rule=H01.*decision=to_verify/)
  report.check('the way back leads to the list with its filters', true)
}

async function prompts(prompt) {
  await link('任务与提示').click()
  await console_.locator('.el-table__row').first().waitFor()
  await look(console_, '13-prompts-zh')
  await console_.locator('[data-test=state] select').selectOption('answered')
  await console_.waitForURL(/state=answered/)
  const row = console_.locator('.el-table__row', { has: console_.locator(`a[href="/findings/${prompt.finding}"]`) })
  await row.waitFor()
  report.check('the board of prompts has all five times', ((await text(row)).match(new RegExp(MOMENT, 'g')) ?? []).length === 5, await text(row))
}

async function sites() {
  await link('站点').click()
  const rows = console_.locator('.el-table__body tr')
  await rows.first().waitFor()
  report.check('every site is listed', (await rows.count()) === Object.keys(addresses.officers).length)
  report.check('every site is connected and agrees with the hub', (await rows.allInnerTexts()).every((t) => t.includes('已连接') && t.includes('一致')))
  report.check('and its line is online', (await rows.allInnerTexts()).every((t) => t.includes('在线')))
  await look(console_, '14-sites-zh')
  await rows.first().getByRole('link').click()
  await console_.waitForURL(/\/sites\/\w+$/)
  await rows.first().waitFor()
  report.check('a site shows how old each of its datasets is', MOMENT.test(await text(rows.first())))
  await look(console_, '17-site-zh')
}

async function datasets() {
  await link('数据').click()
  const rows = console_.locator('.el-table__body tr')
  await rows.first().waitFor()
  const deaths = console_.locator('.el-table__row', { has: console_.locator('a[href="/datasets/death"]') })
  report.check('a dataset shows when it was last supplied', MOMENT.test(await text(deaths)), await text(deaths))
  await look(console_, '15-datasets-zh')
  await deaths.getByRole('link').click()
  await console_.waitForURL(at('/datasets/death'))
  await rows.first().waitFor()
  report.check('a dataset names its fields and their headers', (await text(console_.locator('main'))).includes('死亡日期'))
  await look(console_, '16-dataset-zh')
}

async function calendar() {
  await link('数据日历').click()
  await console_.locator('main .el-empty, .el-table__body tr').first().waitFor()
  await look(console_, '18-calendar-zh')
}

/** Two persons made one by the analyst's word, and two again: the county writes some numbers with two names. */
async function identity() {
  await link('身份核实').click()
  await console_.locator('.el-table__row').first().waitFor()
  await look(console_, '22-identities-zh')
  await console_.locator('[data-test^=pair-]').first().click()
  await console_.locator('[data-test=side-1] .el-table__row').first().waitFor()
  report.check('no number is shown whole', !/\d{15}/.test(await text(console_.locator('main'))))
  await look(console_, '23-identity-zh')
  await console_.check('[data-test=same]')
  await console_.selectOption('[data-test=reason]', 'verified_on_site')
  await console_.click('[data-test=save]')
  await console_.locator('[data-test^=undo-]').waitFor()
  report.check('one person has both ways of writing', (await console_.locator('[data-test=side-0] .el-table').first().locator('.el-table__row').count()) === 2 && (await console_.locator('[data-test=side-1]').count()) === 0)
  await look(console_, '24-identity-one-zh')
  await console_.selectOption('[data-test=reason]', 'data_error')
  await console_.click('[data-test^=undo-]')
  await console_.locator('[data-test=side-1] .el-table__row').first().waitFor()
  report.check('taken back, they are two again', (await text(console_.locator('[data-test=timeline]'))).includes('已撤销'))
}

async function english(prompt) {
  await console_.click('[data-test=language]')
  const pages = [['15-datasets', 'Data', '/datasets'], ['14-sites', 'Sites', '/sites'], ['13-prompts', 'Prompts', '/prompts'], ['03-findings', 'Findings', '/findings'], ['20-rules', 'Rules', '/rules'], ['22-identities', 'Who is who', '/identity'], ['02-start', 'Cockpit', '/']]
  for (const [name, word, path] of pages) {
    await link(word).click()
    await console_.waitForURL(at(path))
    await console_.locator('.el-table__row').first().waitFor()
    report.check(`${name}: headed in English`, (await text(console_.locator('h1'))).startsWith(word) && (await console_.getAttribute('html', 'lang')) === 'en')
    const heads = (await console_.locator('th, .card, .filters label').allInnerTexts()).join(' ')
    report.check(`${name}: no Chinese in heads, cards and filters`, !/[\u4e00-\u9fff]/.test(heads), heads)
    await look(console_, name + '-en')
  }
  await console_.goto(at('/findings/' + prompt.finding))
  await console_.locator('[data-test=evidence] tbody tr').first().waitFor()
  report.check('the finding is told in English', (await text(console_.locator('.say'))).startsWith('Died on'))
  report.check('the answer is told in English', (await text(console_.locator('[data-test=answer]'))).includes('Confirmed'))
  await look(console_, '12-finding-decided-en')
  await console_.setViewportSize({ width: 1920, height: 1080 })
  await look(console_, '12-finding-decided-1920-en')
}

async function leave() {
  await console_.click('[data-test=language]')
  await console_.goto(at('/findings'))
  await console_.locator('.el-table__row').first().waitFor()
  await look(console_, '03-findings-1920-zh')
  const ask = () => console_.evaluate(async () => (await fetch('/api/v1/findings')).status)
  report.check('the API answers while logged in', (await ask()) === 200)
  await console_.click('[data-test=leave]')
  await console_.waitForURL(/\/login/)
  provoked.add('401 /api/v1/findings')
  report.check('the API refuses after the log-out', (await ask()) === 401)
  await console_.goto(at('/'))
  await console_.waitForURL(/\/login/)
  report.check('the pages lead to the log-in after the log-out', true)
  await console_.click('[data-test=language]')
  await look(console_, '01-login-en')
}

try {
  await logIn()
  await start()
  await rules()
  await ruleVersion()
  await findings()
  const prompt = await finding()
  await officer(prompt)
  await decide()
  await prompts(prompt)
  await sites()
  await datasets()
  await calendar()
  await identity()
  await english(prompt)
  await leave()
  report.check('the console has no fault', faultsOfConsole.length === 0, faultsOfConsole.join('\n      '))
} catch (e) {
  report.check('the journey reaches its end', false, e.stack)
  await console_.screenshot({ path: join(addresses.screens, 'failed.png') }).catch(() => {})
  if (faultsOfConsole.length) console.error(faultsOfConsole.join('\n'))
} finally {
  await browser.close()
  rmSync(profile, { recursive: true, force: true })
}
process.exit(report.close())
