// Both languages in one table, Chinese first. A word that the hub declares (rules, datasets, fields) comes from the hub in both.
import { ref } from 'vue'

export type Language = 'zh' | 'en'
const KEY = 'qingqu.language'
export const language = ref<Language>(localStorage.getItem(KEY) === 'en' ? 'en' : 'zh')

export function setLanguage(to: Language) {
  language.value = to
  localStorage.setItem(KEY, to)
}

const words: Record<string, [string, string]> = {
  title: ['清渠 · 监督数据应用中心', 'Qingqu · supervision data centre'],
  start: ['驾驶舱', 'Cockpit'], sites: ['站点', 'Sites'], findings: ['疑点', 'Findings'], prompts: ['任务与提示', 'Prompts'],
  calendar: ['数据日历', 'Data calendar'], cycle: ['周期', 'Cycle'], period: ['期', 'Period'], newestPeriods: ['最近各期(新在前)', 'Newest periods first'], periodsOverdue: ['逾期期数', 'Overdue'], lateDays: ['逾期天数', 'Days late'],
  day: ['日', 'day'], week: ['周', 'week'], month: ['月', 'month'], quarter: ['季', 'quarter'], year: ['年', 'year'], inTime: ['按时', 'in time'], lateCame: ['迟到', 'came late'], open_: ['待报', 'open'], nothingSaid: ['无数据', 'nothing'], onlyOverdue: ['只看逾期', 'Overdue only'],
  noDuties: ['还没有供数责任。把《供数责任清单》作为文件投放即可。', 'No duties yet. Drop the list of duties (dataset duty) like any other file.'], nothingOverdue: ['没有逾期。', 'Nothing is overdue.'], workdaysAllowed: ['期后工作日', 'Working days'],
  dataQuality: ['数据质量', 'Data quality'], onlyFaults: ['只看有问题的', 'With faults only'], refusedShare: ['退回率', 'Refused'], totalsWrong: ['合计不符', 'Totals differ'], goneSilently: ['无说明消失', 'Gone unsaid'], deletedRows: ['已删除', 'Deleted'], unexplained: ['无原因', 'unexplained'],
  filledLater: ['补录(90 天以前)', 'Filled in later'], unequalFiles: ['对账不符', 'Not equal'], noFaults: ['没有发现问题。', 'No fault was found.'], idNumber: ['证件号码', 'Identity number'], otherName: ['另一姓名', 'Other name'], otherNumber: ['另一号码', 'Other number'],
  sameNumber: ['同号异名', 'One number, several names'], sameNumberWhy: ['同一号码写了差别较大的姓名，多半是录错了一处；请报送单位核对原件。这不是对任何人的疑点。', 'One number was written with names too different for one person; most likely one was mistyped. The units are asked; nobody is suspected.'],
  sameBirth: ['同名同生日异号', 'One name and birthday, several numbers'], sameBirthWhy: ['姓名、出生日期和户籍县都相同而号码不同：可能是两个人，也可能号码录错。', 'Name, birthday and county agree and the numbers do not: two people, or one number mistyped.'],
  identities: ['身份核实', 'Who is who'], identitiesWhy: ['这里是可能为同一人的两方，由人核实后决定；不是对任何人的疑点。决定可以撤销。', 'Two who may be one person: somebody looks and decides, and can take it back. Nobody is suspected.'], question: ['问题', 'Question'],
  pair_same_number: ['同号异名', 'One number, several names'], pair_same_birth: ['同名同生日异号', 'One name and birthday, several numbers'], pair_written: ['无号码，可能是同一人', 'No number, perhaps the same person'], pair_split: ['拆分', 'Separated'],
  pair_is_same: ['同一人', 'The same person'], pair_is_different: ['不同人', 'Different persons'], pair_is_unclear: ['无法查清', 'Cannot be clarified'], pair_is_split: ['拆分出一种写法', 'One way of writing separated'], toDecide: ['待核实', 'To be decided'], identityDecision: ['核实结果', 'Decision'],
  withDecided: ['含已核实', 'Decided ones too'], personName: ['姓名', 'Name'], otherPerson: ['另一方', 'The other'], noNumber: ['无号码', 'no number'], forAndAgainst: ['异同', 'For and against'], score: ['得分', 'Score'], opened: ['提出', 'Opened'],
  noIdentities: ['没有需要核实的身份。', 'Nobody is to be checked.'], writtenAs: ['写法', 'Written as'], standsIn: ['出现在', 'Stands in'], separate: ['拆出', 'Separate'], undo: ['撤销', 'Undo'], undone: ['已撤销', 'Undone'], undoHow: ['撤销或拆出前，请先选择理由码。', 'Choose a reason code before undoing or separating.'],
  unit: ['单位', 'Unit'], majors: ['大事大项', 'Major matters'], owed: ['应报', 'Owed'], reported: ['已报', 'Reported'], incomplete: ['材料不全', 'Evidence lacking'], missing: ['未报', 'Missing'], item: ['事项', 'Matter'], lacking: ['缺少材料', 'Evidence not named'], nothingThisPeriod: ['本期无', 'Nothing this period'],
  itemsInOrder: ['项齐全', 'items in order'], onlyGaps: ['只看未齐', 'With gaps only'], noGaps: ['本期已齐全。', 'All in order for this period.'], ofMonth: ['所属月份', 'Month'],
  noMajors: ['还没有大事大项目录或重点部门。把《大事大项目录》和《单位》作为文件投放即可。', 'No catalogue of major matters or no key departments yet. Drop the datasets major_item and unit like any other file.'],
  powers: ['权力清单', 'Power lists'], in_force: ['现行', 'In force'], comingPower: ['未生效', 'Not yet in force'], replacedPower: ['已被新版替代', 'Replaced'], endedPower: ['已失效', 'Ended'], pastEditions: ['旧版', 'Past editions'],
  highRisk: ['高风险', 'High risk'], risk: ['廉政风险', 'Integrity risk'], powerKind: ['权力类别', 'Kind of power'], post: ['责任岗位', 'Post'], limitDays: ['承诺时限(工作日)', 'Promised working days'], edition: ['版本', 'Edition'],
  validFrom: ['生效', 'From'], validTo: ['失效', 'Until'], onDay: ['查看日期', 'On'], onlyInForce: ['只看现行', 'In force only'], lastChange: ['最近一次生效', 'Last change'],
  noPowers: ['还没有权力清单。把《权力清单》作为文件投放即可。', 'No power lists yet. Drop the dataset power_item like any other file.'], noneInForce: ['这一天没有现行的事项。', 'No power was in force on this day.'],
  datasets: ['数据', 'Data'], dataset: ['数据集', 'Dataset'], library: ['库', 'Library'], files: ['文件', 'Files'], newest: ['最近到达', 'Newest'], quality: ['合格率', 'Accepted'],
  library0: ['公共主数据', 'Masters'], library1: ['大事大项', 'Major matters'], library2: ['公共资源交易', 'Public resource trading'], library3: ['农村集体资产', 'Rural collective assets'],
  library4: ['政治巡察', 'Inspection'], library5: ['参照数据', 'Reference sources'], suppliers: ['供数单位', 'Suppliers'], fields: ['字段', 'Fields'], header: ['表头', 'Header'],
  aliases: ['也可写作', 'Also written'], expected: ['应填', 'Expected'], required: ['必填', 'required'], key: ['主键', 'key'], secret: ['敏感', 'sensitive'], neverCame: ['从未到达', 'never came'], noSuppliers: ['还没有单位报送。', 'No unit has sent any yet.'],
  logIn: ['登录', 'Log in'], logOut: ['退出', 'Log out'], user: ['用户名', 'User'], password: ['口令', 'Password'],
  retry: ['重试', 'Try again'], loading: ['正在读取', 'Loading'], all: ['全部', 'All'], more: ['下一页', 'Next page'],
  first: ['首页', 'First page'], back: ['返回列表', 'Back to the list'], rows: ['行', 'rows'], none: ['无', 'none'],
  noFindings: ['没有符合条件的疑点。放宽筛选条件，或等待下一批数据。', 'No finding matches. Widen the filter, or wait for the next batch.'],
  noPrompts: ['还没有下发的提示。', 'No prompt has been sent yet.'], noSites: ['还没有站点。先用 qingqu-provision 登记。', 'No sites yet. Enrol them with qingqu-provision.'],
  selfChecks: ['本单位自查', "The unit's self-check"], selfChecksWhy: ['标有 edge 的规则先在单位自己的数据上运行，供单位自行补正；单位只告诉中心运行的是哪一版、核对了多少行、有几条提醒，提醒的内容不上报，疑点由中心按收到的数据另行计算。', "Rules marked edge run first over the unit's own rows, for the unit to mend; the site tells which declaration ran, over how many rows and how many reminders came of it, not what they say; findings are computed here, from the rows received."],
  declaration: ['规则版本', 'Declaration'], declaration_same: ['与中心同一版本', 'same version'], declaration_other: ['与中心不是同一版本', 'another version'], declaration_none: ['中心没有这条规则', 'no such rule here'],
  selfRan: ['运行时间', 'Ran'], selfRows: ['核对行数', 'Rows'], selfHits: ['提醒', 'Reminders'], selfWhy_rows: ['没有这类数据', 'no such data'], selfWhy_room: ['行数过多，未核对', 'too many rows'], selfWhy_budget: ['算不完，未核对', 'too much to compute'], selfWhy_failed: ['不能计算', 'not computable'],
  lag: ['延迟', 'lag'], line: ['线路', 'Line'], online: ['在线', 'online'], offline: ['离线', 'offline'], lastMerged: ['最近入库', 'Newest merged'], since: ['自', 'since'], starts: ['启动次数', 'Starts'], agent: ['代理程序', 'Agent'], noSupply: ['该站点还没有报送过数据。', 'This site has sent nothing yet.'],
  site: ['站点', 'Site'], name: ['名称', 'Name'], state: ['状态', 'State'], contact: ['最近联系', 'Last contact'],
  never: ['从未', 'never'], waiting: ['待传', 'Waiting'], accepted: ['已接收', 'Accepted'], rejected: ['已退回', 'Rejected'],
  merged: ['已入库', 'Merged'], duplicate: ['重复', 'Duplicates'], quarantined: ['隔离', 'Quarantined'],
  connected: ['已连接', 'connected'], silent: ['失联', 'silent'], late: ['迟到', 'late'],
  oldestDataset: ['最久未更新的数据', 'Oldest dataset'], stream: ['上行数据流', 'Stream from the site'], epoch: ['纪元', 'epoch'], batch: ['批次', 'batch'], refusedChain: ['被拒收的另一条', 'The other one, refused'], toSite: ['发往站点', 'To the site'], oldestWaits: ['最早一条已等待', 'the oldest for'],
  trouble_twin: ['两台机器同用一把密钥', 'two machines, one key'], trouble_twin_do: ['一条数据流仍在入库，另一条已拒收（见下）。请先吊销该站点（qingqu-provision site revoke），查明后重新发放密钥。', 'One stream goes on, the other is refused (both below). Revoke the site (qingqu-provision site revoke) and hand out new keys once it is clear which is the right one.'],
  trouble_refused: ['数据接不上，已拒收', 'refused: does not continue'], trouble_refused_do: ['该站点发来的批次接不上已入库的数据，已拒收，原数据没有丢失。机器若刚从备份恢复，请在站点执行 qingqu-agent new-epoch；若没有恢复过，可能有人复制了密钥，请吊销。', 'Batches of this site do not continue what was merged; nothing is lost. If the machine was restored from a backup, run qingqu-agent new-epoch there; if it was not, its key may have been copied: revoke it.'],
  trouble_halted: ['站点已停止上传', 'the site has stopped sending'], trouble_halted_do: ['站点发现自己的记录落后于已发送的内容，多半是机器从备份恢复过，已停止上传，数据没有丢失。请在站点执行 qingqu-agent new-epoch。', 'The site found its own records behind what it had sent; most likely the machine was restored from a backup. It has stopped and nothing is lost. Run qingqu-agent new-epoch there.'],
  trouble_stopped: ['下行已停止', 'the stream to it has stopped'], trouble_stopped_do: ['站点收到的比中心记得的多，多半是中心从旧备份恢复过。请在中心执行 qingqu-hub new-epoch 站点编号，未确认的提示会重新下发。', 'The site has more than the hub remembers; most likely the hub was restored from a backup. Run qingqu-hub new-epoch SITE; what was not acknowledged is offered again.'],
  trouble_forged: ['有伪造或损坏的数据包', 'envelopes that do not verify'], trouble_forged_do: ['最近一天收到过以该站点名义发来、但验签不通过的数据包，均未入库。站点若已吊销，请让其停止；否则请检查密钥与线路。', 'Within a day envelopes came in the name of this site that do not verify; none was merged. If the site was revoked, have it stopped; if not, look into its keys and its line.'],
  trouble_stalled: ['下行久未确认', 'does not acknowledge'], trouble_stalled_do: ['发往该站点的内容超过一天没有得到确认。请看线路与代理程序的状态。', 'For more than a day the site has not acknowledged what was sent to it. See the line and the agent.'],
  programVersion: ['程序版本', 'Program'], ledger: ['账目核对', 'Ledger'], agrees: ['一致', 'agrees'], underWay: ['在途', 'under way'],
  rule: ['规则', 'Rule'], subject: ['对象', 'Subject'], level: ['级别', 'Level'], points: ['风险分', 'Risk points'],
  amount: ['涉及金额(元)', 'Amount (yuan)'], found: ['首次发现', 'First found'], decision: ['核实状态', 'Decision'],
  life: ['存续', 'Life'], facts: ['事实', 'Facts'], evidence: ['证据', 'Evidence'], evidencePack: ['证据包', 'Evidence pack'], packing: ['正在签名…', 'Being signed …'],
  packLate: ['中心的签发程序没有应答，请稍后重试', 'the hub does not sign; try again later'],
  packHint: ['含完整证件号码，下载记入时间线', 'Holds whole numbers; the download is noted in the timeline'], source: ['来源', 'Source'],
  version: ['版本', 'version'], row: ['行', 'row'], tried: ['已自动排除的情形', 'Checks already tried'], byHand: ['需人工核实', 'To be checked by hand'],
  tier: ['身份比对', 'Identity'], T1: ['18 位号码一致', '18-digit number equal'], T2: ['15 位升 18 位后一致', '15 digits upgraded, equal'], freshness: ['数据截至', 'Data as of'], timeline: ['经过', 'Timeline'], basis: ['依据', 'Basis'],
  disclaimer: ['本条为线索提示，不是结论。', 'This is a clue, not a conclusion.'],
  decide: ['作出判断', 'Decide'], reason: ['理由', 'Reason'], note: ['说明', 'Note'], save: ['提交', 'Submit'],
  confirmed: ['查实', 'Confirmed'], refuted: ['查否', 'Refuted'], unclear: ['无法查清', 'Cannot be clarified'],
  to_verify: ['待核事实', 'To be verified'], site_answered: ['站点已答复', 'Site answered'], explained: ['申辩中', 'Being explained'],
  new: ['新发现', 'new'], continuing: ['持续', 'continuing'], ended: ['已消失', 'ended'], superseded: ['规则已改', 'superseded'], withdrawn: ['已撤回', 'withdrawn'],
  received: ['收到', 'Received'], due: ['期限', 'Due'], overdue: ['已逾期', 'overdue'], sent: ['发出', 'Sent'], delivered: ['送达', 'Delivered'], read: ['已读', 'Read'], signed: ['签收', 'Signed'],
  answered: ['答复', 'Answered'], answeredBy: ['答复人', 'Answered by'], noPrompt: ['尚未下发核实提示。', 'No prompt was sent yet.'], by: ['签收人', 'Signed by'], answer: ['答复内容', 'Answer'], prompt: ['提示', 'Prompt'],
  byRule: ['按规则', 'By rule'], flagged: ['命中', 'Flagged'], clear: ['未命中', 'Clear'], excused: ['其中因下列情形排除', 'Of these, cleared by'],
  rules: ['规则', 'Rules'], population: ['对象', 'Population'], notComputable: ['不可算', 'Not computable'], notRenewed: ['未更新', 'not renewed'], notRenewedWhy: ['来源不足，本条未更新', 'Not renewed: the sources do not suffice'],
  precision: ['查实率', 'Precision'], ofDecided: ['查实/已判断', 'confirmed / decided'], thisSite: ['该站点', 'this site'], noDecision: ['尚无判断', 'nothing decided yet'], release: ['放行', 'Release'], releasedBy: ['上次放行', 'Last released'], trialWhen: ['转入试运行', 'Into trial'],
  flaggedShare: ['命中', 'flagged'], noRules: ['还没有计算过规则。', 'No rule was computed yet.'], inTrial: ['试运行：不下发提示', 'In trial: no prompt is sent'],
  computable: ['已计算', 'Computed'], not_computable: ['不可算', 'Not computable'], observe: ['试运行', 'In trial'],
  ruleVersions: ['规则版本', 'Versions of rules'], writeRule: ['编写规则', 'Write a rule'], changeRule: ['修改', 'Change'], proposed: ['提出', 'Proposed'], decidedOn: ['决定', 'Decided'], validDays: ['施行', 'In force'],
  version_draft: ['待批', 'Waits'], version_refused: ['未批', 'Refused'], version_published: ['施行中', 'In force'], version_retired: ['已退出', 'Taken out'],
  effect: ['对现有数据的影响', 'What it changes on the rows here'], hits: ['命中', 'Hits'], appear: ['新增', 'Appear'], disappear: ['消失', 'Disappear'], change: ['变化', 'Change'], stay: ['不变', 'Stay'], besideNow: ['与现行版本相比', 'beside the version in force'],
  olderDead: ['现行版本在现有数据上算不出，按没有现行版本比较。', 'The version in force cannot be computed on the rows that are here: compared as if there was none.'],
  noEffect: ['没有命中会变化。', 'No hit would change.'], firstOnes: ['先列出 50 条', 'the first 50'], whenProposed: ['提出时', 'when proposed'],
  checkRule: ['检查并试算', 'Check and weigh'], propose: ['提出', 'Propose'], faults: ['错误', 'Faults'], ruleText: ['规则原文', 'Text of the rule'],
  approveRule: ['批准施行', 'Let it in'], refuseRule: ['不批准', 'Refuse'], retireRule: ['退出施行', 'Take out'], secondPerson: ['由提出人以外的人批准；批准后立即施行，不需重启。', 'Another person than the one who proposed lets it in; it is in force at once.'],
  mayNotWrite: ['您的角色不能修改规则。', 'Your role may not change rules.'], episode: ['情形', 'Episode'], draftHow: ['在现行文本上修改，检查无误后提出，由另一人批准。写法见规则语言说明（common/rules/LANGUAGE.md）。', 'Change the text in force, check it, propose it; another person lets it in. The language: common/rules/LANGUAGE.md.'],
  keys: ['按键:j/k 上下,Enter 打开', 'Keys: j/k to move, Enter to open'], decideKeys: ['按键:c 查实,r 查否,u 无法查清', 'Keys: c confirm, r refute, u unclear'],
  choose: ['请选择', 'Choose'], mayNot: ['您的角色不能作出判断。', 'Your role may not decide.'], pages: ['页面', 'Pages'], filters: ['筛选', 'Filters'],
  reasonCodes: ['理由码', 'Reason code'], countOf: ['条', 'in all'],
  verified_on_site: ['现场核实', 'Verified on site'], data_error: ['数据有误', 'Data error'], lawful_exception: ['合规例外', 'Lawful exception'],
  same_name: ['同名异人', 'Another person'], no_material: ['缺少材料', 'No material'],
  L1: ['提示', 'Notice'], L2: ['一般', 'Ordinary'], L3: ['较重', 'Serious'], L4: ['严重', 'Grave'], L5: ['线索', 'Lead']
}

export function w(key: string): string {
  const pair = words[key]
  return pair ? pair[language.value === 'zh' ? 0 : 1] : key
}

/** "理由码 说明" as the hub keeps it: the code in words. */
export function reasoned(note: string): string {
  const [code, ...rest] = note.split(' ')
  return code in words ? [w(code), ...rest].join(' ') : note
}

/** Of a value that the hub gives in both languages. */
export function both(of: { zh?: string; en?: string } | undefined): string {
  if (!of) return ''
  return (language.value === 'zh' ? of.zh : of.en) || of.zh || ''
}

export function number(n: number): string {
  return n.toLocaleString('en-US')
}

export function yuan(fen: number): string {
  const sign = fen < 0 ? '-' : ''
  const cents = Math.abs(fen)
  const whole = Math.floor(cents / 100).toString().replace(/\B(?=(\d{3})+(?!\d))/g, ',')
  return `${sign}${whole}.${(cents % 100).toString().padStart(2, '0')}`
}

/** A sum of money that a finding may not have. */
export function amount(fen: number): string {
  return fen ? yuan(fen) : '—'
}

const two = (n: number) => n.toString().padStart(2, '0')
export function time(ms: number | null | undefined): string {
  if (!ms) return ''
  const d = new Date(ms)
  return `${d.getFullYear()}-${two(d.getMonth() + 1)}-${two(d.getDate())} ${two(d.getHours())}:${two(d.getMinutes())}`
}

export function day(ymd: number | null | undefined): string {
  if (!ymd) return ''
  return `${Math.floor(ymd / 10000)}-${two(Math.floor(ymd / 100) % 100)}-${two(ymd % 100)}`
}
