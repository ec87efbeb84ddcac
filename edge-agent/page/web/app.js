'use strict';
// The officer's page. No framework: four views drawn from the JSON API, one language table.

const words = {
  inbox: ['收件', 'Inbox'], data: ['数据', 'Data'], sync: ['同步', 'Sync'], skip: ['跳到正文', 'Skip to content'],
  english: ['English', '中文'],
  blue: ['○ 蓝', '○ blue'], yellow: ['△ 黄', '△ yellow'], orange: ['◇ 橙', '◇ orange'], red: ['□ 红', '□ red'],
  due: ['期限', 'due'], overdue: ['已逾期', 'overdue by'], days: ['天', 'days'], left: ['还剩', 'left:'], today: ['今天到期', 'due today'],
  unread: ['未读', 'unread'], read: ['已读', 'read'], signed: ['已签收', 'signed'], answered: ['已答复', 'answered'],
  withdrawn: ['已撤回', 'withdrawn'], received: ['已收到', 'received'],
  noDocuments: ['没有待办的文件。上级下发的核实、提示会自动出现在这里。', 'Nothing to do. What the hub sends appears here by itself.'],
  choose: ['从左边选一份文件', 'Choose a document on the left'],
  facts: ['事实和来源', 'Facts and their source'], fact: ['项目', 'Item'], value: ['内容', 'Value'],
  yourName: ['经办人姓名', 'Your name'], sign: ['签收', 'Sign for it'], send: ['提交答复', 'Send the answer'],
  signFirst: ['签收后即可答复。', 'Sign for it, then answer.'], answer: ['答复', 'Answer'], required: ['必填', 'required'],
  noForm: ['本机程序还不认识这类文件，请联系工程师升级。', 'This program does not know this type yet; ask the engineer to update it.'],
  show: ['显示', 'Show'], answeredBy: ['答复人', 'Answered by'],
  waitsToSend: ['已保存，联网后自动送达。', 'Saved; it is sent by itself when there is a connection.'],
  dropHere: ['把表格文件（XLSX 或 CSV）拖到这里，或', 'Drag a table (XLSX or CSV) here, or'], pick: ['选择文件', 'choose a file'],
  dropFolder: ['也可以直接放进文件夹：', 'or put it into the folder: '], tooBig: ['超过 1 MB 的文件请直接放进投放文件夹。', 'Files over 1 MB go straight into the drop folder.'],
  putIn: ['已放入，等待读取：', 'Put in, waiting to be read: '],
  file: ['文件', 'File'], kind: ['数据', 'Dataset'], rows: ['行数', 'Rows'], accepted: ['接收', 'Accepted'], rejected: ['退回', 'Refused'],
  sum: ['金额合计（元）', 'Sum (yuan)'], hub: ['中心回执', 'Hub receipt'], state: ['状态', 'State'], time: ['时间', 'Time'],
  reading: ['正在读取', 'being read'], imported: ['已读完', 'read'], archived: ['已完成', 'done'], refused: ['整份退回', 'refused whole'], abandoned: ['中途被替换', 'replaced meanwhile'],
  printReceipt: ['打印回执', 'Print the receipt'], receipt: ['中心回执', 'Receipt of the hub'], fileHash: ['文件校验码（SHA-256）', 'File hash (SHA-256)'], hubTime: ['中心时间', 'Time at the hub'],
  receiptNote: ['本回执由中心签发，经本机验签后保存；与文件校验码一起核对。', 'Signed by the hub and verified here; compare it together with the file hash.'],
  noHub: ['未收到', 'not yet'], equal: ['核对一致', 'totals agree'], unequal: ['核对不一致', 'totals differ'],
  merged: ['合并', 'merged'], duplicate: ['重复', 'duplicate'], quarantined: ['隔离', 'quarantined'],
  noImports: ['还没有导入过文件。', 'No file was imported yet.'], reasons: ['退回和提醒', 'Refusals and warnings'], report: ['下载退回表', 'Download the report'],
  row: ['行', 'Row'], column: ['栏目', 'Column'], was: ['原值', 'Value'], why: ['原因和改法', 'Reason and cure'], result: ['结果', 'Result'],
  refusedRow: ['退回', 'refused'], warned: ['提醒', 'warning'], noReasons: ['没有退回的行。', 'No row was refused.'], hubRefused: ['中心退回', 'Refused by the hub'], close: ['收起', 'Close'],
  nothing: ['本期无数据', 'Nothing this period'], nothingWhy: ['某种数据在一段时间里确实没有发生，在这里报一次，中心就不再催报。', 'When nothing of a dataset happened in a period, say so once here; the hub then stops asking.'],
  templates: ['样表', 'Sheets to fill in'], templatesWhy: ['每种数据都有样表：表头带说明，代码项有下拉列表，填好直接放进来即可。', 'Every dataset has a sheet: notes on its headers, lists to choose from; fill it in and drop it here.'], getTemplate: ['下载样表', 'Download the sheet'],
  firstDay: ['起', 'First day'], lastDay: ['止', 'Last day'], say: ['报送', 'Send'], period: ['期间', 'Period'],
  more: ['再列 200 条', '200 more'], skipped: ['跳过', 'skipped'],
  self: ['自查', 'Self-check'], selfTitle: ['本单位自查', 'Self-check of this unit'],
  selfWhy: ['本单位报送的数据，先由本机按规则核对一遍，供本单位自行补正。这里列出的都不是结论，不说明任何人有问题；提醒留在本机，中心只收到规则的版本、核对的行数和提醒的条数；数据送达后，中心按同样的规则另行核对。请看原件：漏录的补录，录错的更正，再投一次文件即可。',
    'What this unit reports is looked at here first, by rules, so that the unit can mend it. None of it is a conclusion or says that anybody did wrong; the reminders stay on this machine: the hub is told the version of each rule, how many rows were looked at and how many reminders there are, and runs the same rules itself over the rows it receives. Look at the papers: fill in what was left out, correct what is wrong, and drop the file again.'],
  selfScope: ['只看本机读过的数据；以下各项在读完文件后和每天各核对一次。', 'Only what this machine has read is looked at, after each file and once a day.'],
  selfNone: ['还没有核对过。投入文件后自动进行。', 'Nothing was looked at yet; it begins by itself with the first file.'],
  selfFine: ['没有需要补正的', 'nothing to mend'], selfHits: ['条提醒', 'reminders'], selfOver: ['核对', 'looked at'], byHand: ['怎么核实', 'How to verify'], more50: ['只列前 50 条，补正后再列其余。', 'The first 50; the others follow when these are mended.'],
  selfRows: ['没有这类数据', 'no such data here'], selfRoom: ['本机保存的行数已满，这一项由中心核对', 'too many rows to keep here; the hub looks at this'],
  selfBudget: ['数据太多，本机算不完，这一项由中心核对', 'too much to compute here; the hub looks at this'], selfFailed: ['本机不能核对这一项，由中心核对', 'this cannot be computed here; the hub looks at it'],
  connected: ['已联网', 'connected'], notConnected: ['未联网', 'offline'], offline: ['未联网，数据保存在本机，联网后自动上传', 'offline; everything is kept here and sent later'],
  waiting: ['待上传', 'waiting'], allSent: ['全部已送达', 'all delivered'], rowsUnit: ['行', 'rows'], messages: ['条消息', 'messages'],
  lastContact: ['最近一次收到中心消息', 'Last heard from the hub'], never: ['从未', 'never'], oldest: ['最早一条已等待', 'The oldest has waited'],
  whyWaiting: ['等待原因', 'Why it waits'], underWay: ['已发出、待确认', 'Sent, not acknowledged yet'], batches: ['批', 'batches'], stalledLong: ['有数据超过一小时没有送达', 'Something has waited for more than an hour'],
  delivered: ['中心已确认', 'Acknowledged by the hub'], filesWaiting: ['投放文件夹里待读文件', 'Files waiting in the drop folder'],
  disk: ['磁盘剩余', 'Free disk'], version: ['程序版本', 'Program version'], catalog: ['数据目录版本', 'Catalog'], epoch: ['流水期次', 'Epoch'], unreadable: ['看不懂的消息（已保留）', 'Messages not understood (kept)'],
  diverged: ['本机记录与中心不一致，已停止上传，数据没有丢失。请联系工程师执行 new-epoch。', 'This site and the hub disagree; sending has stopped and nothing is lost. Ask the engineer to run new-epoch.'],
  noAgent: ['本机程序没有响应，请稍候；如持续出现请重启清渠程序。', 'The program does not answer; wait, or restart it.'],
};
let language = localStorage.getItem('language') === '1' ? 1 : 0;
const t = key => words[key][language];
const either = (object, key) => object[key + (language ? '_en' : '_zh')] || object[key + '_zh'] || '';

function el(tag, attributes, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes || {})) {
    if (name.startsWith('on')) node.addEventListener(name.slice(2), value);
    else if (value === true) node.setAttribute(name, '');
    else if (value !== false && value !== null && value !== undefined) node.setAttribute(name, value);
  }
  node.append(...children.flat(Infinity).filter(child => child !== null && child !== undefined && child !== false));
  return node;
}
const byId = id => document.getElementById(id);

async function api(path, options) {
  const reply = await fetch('/api/v1' + path, options);
  const body = await reply.json();
  if (!reply.ok) throw Object.assign(new Error(either(body, 'detail') || (language && body.title_en) || body.title || reply.status), { body, status: reply.status });
  return body;
}
const post = (path, value) => api(path, { method: 'POST', headers: { 'Content-Type': 'application/json', 'X-Qingqu': '1' }, body: JSON.stringify(value) });

const pad = n => String(n).padStart(2, '0');
function time(ms) {
  if (!ms) return '';
  const d = new Date(ms);
  return `${d.getFullYear()}-${pad(d.getMonth() + 1)}-${pad(d.getDate())} ${pad(d.getHours())}:${pad(d.getMinutes())}`;
}
const date = ymd => `${Math.floor(ymd / 10000)}-${pad(Math.floor(ymd / 100) % 100)}-${pad(ymd % 100)}`;
const count = n => n.toLocaleString('en-US');
const yuan = fen => (fen / 100).toLocaleString('en-US', { minimumFractionDigits: 2, maximumFractionDigits: 2 });
function daysLeft(ymd) {
  const now = new Date();
  const due = Date.UTC(Math.floor(ymd / 10000), Math.floor(ymd / 100) % 100 - 1, ymd % 100);
  return Math.round((due - Date.UTC(now.getFullYear(), now.getMonth(), now.getDate())) / 86400000);
}
function span(ms) {
  const minutes = Math.floor(ms / 60000);
  if (minutes < 60) return language ? `${minutes} min` : `${minutes} 分钟`;
  if (minutes < 2880) return language ? `${Math.floor(minutes / 60)} h` : `${Math.floor(minutes / 60)} 小时`;
  return language ? `${Math.floor(minutes / 1440)} days` : `${Math.floor(minutes / 1440)} 天`;
}

// The hub's colour, or a worse one when the deadline is near.
const colours = ['blue', 'yellow', 'orange', 'red'];
function colourOf(d) {
  const left = daysLeft(d.due);
  const byDate = left < 0 ? 3 : left <= 2 ? 2 : left <= 5 ? 1 : 0;
  return colours[Math.max(byDate, colours.indexOf(d.colour), 0)];
}
function deadline(d) {
  const left = daysLeft(d.due);
  const rest = left < 0 ? `${t('overdue')} ${-left} ${t('days')}` : left === 0 ? t('today') : `${t('left')} ${left} ${t('days')}`;
  return `${t('due')} ${date(d.due)} · ${rest}`;
}
const isOver = d => d.answered_ms > 0 || d.withdrawn_ms > 0;
const stateOf = d => d.withdrawn_ms ? t('withdrawn') : d.answered_ms ? t('answered') : d.signed_ms ? t('signed') : d.read_ms ? t('read') : t('unread');

// ---- inbox
async function showInbox(id) {
  const chosen = id ? await api('/documents/' + encodeURIComponent(id)) : null; // first: this marks it as read
  const { items } = await api('/documents');
  items.sort((a, b) => isOver(a) - isOver(b) || (isOver(a) ? 0 : colours.indexOf(colourOf(b)) - colours.indexOf(colourOf(a)) || a.due - b.due));
  const list = el('ul', { class: 'list' }, items.map(d => el('li', {},
    el('a', { href: '#inbox/' + encodeURIComponent(d.id), class: `${isOver(d) ? 'over' : colourOf(d)} ${d.read_ms ? '' : 'unread'}`, 'aria-current': d.id === id ? 'true' : null },
      isOver(d) ? '' : el('span', { class: 'mark ' + colourOf(d) }, t(colourOf(d)) + ' '), either(d, 'title'),
      el('p', {}, stateOf(d) + (isOver(d) ? ` ${time(d.answered_ms || d.withdrawn_ms)}` : ' · ' + deadline(d)))))));
  const detail = el('section', { class: 'card', 'aria-live': 'polite' }, el('p', { class: 'soft' }, items.length ? t('choose') : t('noDocuments')));
  draw(items.length ? el('div', { class: 'split' }, list, detail) : detail);
  if (chosen) drawDocument(detail, chosen);
}

function drawDocument(place, d) {
  const step = (label, ms, by) => el('li', { class: ms ? 'done' : '' }, `${ms ? '✓' : '·'} ${label} ${time(ms)} ${by || ''}`);
  const facts = Array.isArray(d.facts) ? d.facts : [];
  place.replaceChildren(
    el('h2', {}, either(d, 'title')),
    isOver(d) ? '' : el('p', { class: 'mark ' + colourOf(d) }, `${t(colourOf(d))} · ${deadline(d)}`),
    el('ul', { class: 'steps' }, step(t('received'), d.received_ms), step(t('read'), d.read_ms), step(t('signed'), d.signed_ms, d.signed_by), step(t('answered'), d.answered_ms, d.answered_by)),
    el('p', { class: 'text' }, either(d, 'body')),
    facts.length ? el('h3', {}, t('facts')) : '',
    facts.length ? el('table', { class: 'facts' }, el('tbody', {}, facts.map(f => el('tr', {}, el('th', { scope: 'row' }, either(f, 'label')), el('td', {}, factOf(f.value)))))) : '',
    d.withdrawn_ms ? el('p', { class: 'text' }, `${t('withdrawn')} ${time(d.withdrawn_ms)} ${either(d, 'withdrawn')}`)
      : d.answered_ms ? answerOf(d) : d.signed_ms ? answerForm(d) : signForm(d));
}

// Whoever looks over the officer's shoulder sees no identity number; the officer shows it with one click.
function factOf(value) {
  const text = String(value === undefined ? '' : value);
  if (!/^\d{17}[\dX]$/.test(text)) return text;
  const number = el('span', {}, text.slice(0, 4) + '*'.repeat(10) + text.slice(14));
  const button = el('button', { type: 'button', class: 'quiet tiny', onclick: () => { number.textContent = text; button.remove(); } }, t('show'));
  return [number, ' ', button];
}

function nameInput() {
  return el('input', { type: 'text', id: 'by', maxlength: 20, autocomplete: 'name', required: true, value: localStorage.getItem('officer') || '' });
}
function keepName(by) {
  localStorage.setItem('officer', by);
  return by;
}

function signForm(d) {
  const by = nameInput(), wrong = el('p', { class: 'wrong', role: 'alert' });
  const form = el('form', { onsubmit: async event => {
    event.preventDefault();
    try {
      await post(`/documents/${encodeURIComponent(d.id)}/sign`, { by: keepName(by.value.trim()) });
      await showInbox(d.id);
      focusFirst();
    } catch (fault) { wrong.textContent = fault.message; }
  } }, el('h3', {}, t('sign')), el('p', { class: 'soft small' }, t('signFirst')),
    el('div', { class: 'row' }, el('div', {}, el('label', { class: 'name', for: 'by' }, t('yourName')), by), el('button', {}, t('sign'))), wrong);
  return form;
}

function fieldOf(f, kept) {
  const label = `${(language ? f.en : f.zh) || f.zh}${f.required ? ` (${t('required')})` : ''}`;
  const wrong = el('p', { class: 'wrong', role: 'alert', 'data-wrong': f.id });
  if (f.kind === 'choice')
    return el('fieldset', {}, el('legend', {}, label), f.choices.map(c => el('label', { class: 'choice' },
      el('input', { type: 'radio', name: f.id, value: c.code, checked: kept === c.code }), (language ? c.en : c.zh) || c.zh)), wrong);
  const attributes = { name: f.id, id: 'f-' + f.id };
  const input = f.kind === 'text' ? el('textarea', { ...attributes, maxlength: f.length_max || null })
    : el('input', { ...attributes, type: f.kind === 'date' ? 'date' : 'text', inputmode: f.kind === 'money' ? 'decimal' : null,
      value: f.kind === 'date' && f.required ? time(Date.now()).slice(0, 10) : null });
  return el('fieldset', {}, el('label', { class: 'name', for: 'f-' + f.id }, label), input, wrong);
}

function answerForm(d) {
  if (!d.form) return el('p', { class: 'soft' }, t('noForm'));
  const by = nameInput(), wrong = el('p', { class: 'wrong', role: 'alert' });
  by.value = by.value || d.signed_by;
  const form = el('form', { onsubmit: async event => {
    event.preventDefault();
    const answers = {};
    for (const [name, value] of new FormData(form)) answers[name] = value;
    for (const node of form.querySelectorAll('.wrong')) node.textContent = '';
    try {
      await post(`/documents/${encodeURIComponent(d.id)}/answer`, { by: keepName(by.value.trim()), answers });
      await showInbox(d.id);
      refreshStatus();
    } catch (fault) {
      wrong.textContent = fault.message;
      for (const problem of (fault.body && fault.body.problems) || []) {
        const node = form.querySelector(`[data-wrong="${CSS.escape(problem.field)}"]`);
        if (node) node.textContent = language ? problem.en : problem.zh;
      }
    }
  } }, el('h3', {}, t('answer')), either(d.form, 'instructions') ? el('p', { class: 'soft small' }, either(d.form, 'instructions')) : '',
    d.form.answers.map(f => fieldOf(f)),
    el('div', { class: 'row' }, el('div', {}, el('label', { class: 'name', for: 'by' }, t('yourName')), by), el('button', {}, t('send'))), wrong);
  return form;
}

function answerOf(d) {
  const answers = d.answer || {};
  const fields = d.form ? d.form.answers : Object.keys(answers).map(id => ({ id, zh: id, en: id, choices: [] }));
  const shown = f => {
    const choice = f.choices.find(c => c.code === answers[f.id]);
    return choice ? (language ? choice.en : choice.zh) || choice.zh : answers[f.id];
  };
  return el('div', {}, el('h3', {}, t('answer')), el('table', { class: 'facts' }, el('tbody', {},
    fields.filter(f => answers[f.id]).map(f => el('tr', {}, el('th', { scope: 'row' }, (language ? f.en : f.zh) || f.zh), el('td', { class: 'text' }, shown(f)))),
    el('tr', {}, el('th', { scope: 'row' }, t('answeredBy')), el('td', {}, `${d.answered_by} ${time(d.answered_ms)}`)))),
    el('p', { class: 'soft small' }, t('waitsToSend')));
}

function focusFirst() {
  const first = byId('main').querySelector('form input, form textarea');
  if (first) first.focus();
}

// ---- data
async function showData(id) {
  const { items } = await api('/imports');
  const said = el('p', { class: 'small', role: 'status' });
  const input = el('input', { type: 'file', accept: '.csv,.txt,.tsv,.xlsx', multiple: true, hidden: true, onchange: () => upload(input.files, said) });
  const box = el('section', { class: 'card drop',
    ondragover: event => { event.preventDefault(); box.classList.add('over'); },
    ondragleave: () => box.classList.remove('over'),
    ondrop: event => { event.preventDefault(); box.classList.remove('over'); upload(event.dataTransfer.files, said); } },
    el('p', {}, t('dropHere') + ' ', el('button', { type: 'button', onclick: () => input.click() }, t('pick'))), input,
    el('p', { class: 'soft small' }, t('dropFolder'), el('code', {}, status ? status.drop_folder : '')), said);
  const detail = el('section', { class: 'card', hidden: !id });
  const nothing = el('section', { class: 'card nothing' }), templates = el('section', { class: 'card templates' });
  const row = e => el('tr', {},
    el('td', {}, el('a', { href: '#data/' + e.id }, e.name), either(e, 'note') ? el('div', { class: 'soft small' }, either(e, 'note')) : ''),
    el('td', {}, either(e, 'dataset') || e.dataset, el('div', { class: 'soft small' }, e.encoding)),
    el('td', { class: 'number' }, count(e.rows)), el('td', { class: 'number' }, count(e.accepted)),
    el('td', { class: 'number' }, e.rejected ? el('a', { href: '#data/' + e.id, class: 'mark red' }, count(e.rejected)) : '0'),
    el('td', { class: 'number' }, e.sum_fen ? yuan(e.sum_fen) : ''),
    el('td', {}, hubReceipt(e)), el('td', { class: 'nowrap' }, el('span', { class: 'mark ' + (e.state === 'refused' ? 'red' : e.state === 'archived' ? 'green' : 'yellow') }, t(e.state)),
      el('div', { class: 'soft small' }, time(e.finished_ms || e.started_ms))));
  const head = ['file', 'kind', 'rows', 'accepted', 'rejected', 'sum', 'hub', 'state'];
  draw(box, detail, items.length ? el('table', {}, el('thead', {}, el('tr', {}, head.map(h => el('th', { scope: 'col', class: ['rows', 'accepted', 'rejected', 'sum'].includes(h) ? 'number' : '' }, t(h))))), el('tbody', {}, items.map(row)))
    : el('p', { class: 'soft' }, t('noImports')), templates, nothing);
  await drawTemplates(templates);
  await drawNothing(nothing);
  const entry = items.find(e => e.id === id);
  if (entry) drawReasons(detail, entry);
}

async function drawTemplates(place) {
  const { items } = await api('/templates');
  const link = el('a', { class: 'button', hidden: true }, t('getTemplate'));
  const choice = el('select', { id: 'template', onchange: () => {
    const d = items.find(i => i.dataset === choice.value);
    link.hidden = !d;
    if (d) { link.href = '/api/v1/templates/' + d.dataset; link.download = d.file; }
  } }, el('option', { value: '' }, ''), items.map(d => el('option', { value: d.dataset }, either(d, 'dataset'))));
  place.replaceChildren(el('h2', {}, t('templates')), el('p', { class: 'soft small' }, t('templatesWhy')),
    el('div', { class: 'row' }, el('div', {}, el('label', { class: 'name', for: 'template' }, t('kind')), choice), link));
}

async function drawNothing(place) {
  const { items, datasets } = await api('/nothing');
  const by = nameInput(), wrong = el('p', { class: 'wrong', role: 'alert' });
  const field = (label, id, input) => el('div', {}, el('label', { class: 'name', for: id }, label), input);
  const form = el('form', { onsubmit: async event => {
    event.preventDefault();
    const said = Object.fromEntries(new FormData(form));
    try {
      await post('/nothing', { ...said, by: keepName(by.value.trim()) });
      await drawNothing(place);
      refreshStatus();
    } catch (fault) { wrong.textContent = fault.message; }
  } }, el('div', { class: 'row' },
    field(t('kind'), 'n-dataset', el('select', { id: 'n-dataset', name: 'dataset', required: true }, el('option', { value: '' }, ''), datasets.map(d => el('option', { value: d.dataset }, either(d, 'dataset'))))),
    ...['first', 'last'].map(name => field(t(name + 'Day'), 'n-' + name, el('input', { type: 'date', id: 'n-' + name, name, required: true }))),
    field(t('yourName'), 'by', by), el('button', {}, t('say'))), wrong);
  place.replaceChildren(el('h2', {}, t('nothing')), el('p', { class: 'soft small' }, t('nothingWhy')), form,
    items.length ? el('table', { id: 'nothing' }, el('thead', {}, el('tr', {}, ['kind', 'period', 'yourName', 'time'].map(h => el('th', { scope: 'col' }, t(h))))),
      el('tbody', {}, items.map(n => el('tr', {}, el('td', {}, either(n, 'dataset')), el('td', {}, `${date(n.first)} – ${date(n.last)}`), el('td', {}, n.by), el('td', {}, time(n.at_ms)))))) : '');
}

function hubReceipt(e) {
  if (!e.hub) return el('span', { class: 'soft' }, e.state === 'refused' ? '—' : t('noHub'));
  return el('span', {}, el('span', { class: 'mark ' + (e.hub.equal ? 'green' : 'red') }, t(e.hub.equal ? 'equal' : 'unequal')),
    el('div', { class: 'soft small' }, `${t('merged')} ${count(e.hub.merged)} · ${t('duplicate')} ${count(e.hub.duplicate)} · ${t('quarantined')} ${count(e.hub.quarantined)}`));
}

/** Of a further sheet of a workbook: "2!15" is row 15 of the second one. */
const rowOf = n => n < 10000000 ? String(n) : `${Math.floor(n / 10000000) + 1}!${n % 10000000}`;

async function drawReasons(place, entry) {
  const body = el('tbody'), more = el('button', { type: 'button', class: 'quiet' }, t('more'));
  let after = 0;
  const first = await api(`/imports/${entry.id}/rejects`);
  const add = page => {
    after += page.items.length;
    body.append(...page.items.map(p => el('tr', {},
      el('td', {}, el('span', { class: 'mark ' + (p.error ? 'red' : 'yellow') }, p.error ? t('refusedRow') : t('warned'))),
      el('td', { class: 'number' }, p.row ? rowOf(p.row) : ''), el('td', {}, p.header || (p.column ? String(p.column) : '')), el('td', {}, p.value), el('td', {}, language ? p.en : p.zh))));
    more.hidden = after >= first.listed;
  };
  more.addEventListener('click', async () => add(await api(`/imports/${entry.id}/rejects?after=${after}`)));
  add(first);
  place.replaceChildren(
    el('h2', {}, `${entry.name} · ${t('reasons')}`),
    el('p', { class: 'small' }, `${t('accepted')} ${count(entry.accepted)} · ${t('rejected')} ${count(entry.rejected)} · ${t('skipped')} ${count(entry.skipped)}`),
    entry.hub ? receiptOf(entry) : '',
    el('p', {}, first.listed ? el('a', { href: `/api/v1/imports/${entry.id}/report`, download: entry.name + '.退回.xlsx' }, t('report')) : t('noReasons'), ' ', el('a', { href: '#data' }, t('close'))),
    first.listed ? el('table', {}, el('thead', {}, el('tr', {}, ['result', 'row', 'column', 'was', 'why'].map(h => el('th', { scope: 'col' }, t(h))))), body) : '', more,
    first.hub.length ? el('h3', {}, t('hubRefused')) : '',
    ...first.hub.map(n => el('p', { class: 'text' }, `${language ? n.en : n.zh} ${n.rows ? `(${t('row')} ${n.rows})` : ''}`)));
}

function receiptOf(e) {
  const pairs = [[t('file'), e.name], [t('fileHash'), e.file_hash], [t('kind'), either(e, 'dataset') || e.dataset], [t('rows'), count(e.rows)], [t('accepted'), count(e.accepted)],
    [t('rejected'), count(e.rejected)], [t('sum'), yuan(e.sum_fen)], [t('merged'), count(e.hub.merged)], [t('duplicate'), count(e.hub.duplicate)], [t('quarantined'), count(e.hub.quarantined)],
    [t('sum') + ' · ' + t('hub'), yuan(e.hub.sum_fen)], [t('result'), t(e.hub.equal ? 'equal' : 'unequal')], [t('hubTime'), time(e.hub.at_ms)]];
  return el('section', { class: 'receipt' }, el('h3', {}, `${t('receipt')} · ${status ? status.site : ''}`),
    el('dl', {}, pairs.map(([name, value]) => [el('dt', {}, name), el('dd', {}, value)])), el('p', { class: 'soft small' }, t('receiptNote')),
    el('button', { type: 'button', class: 'quiet', onclick: () => window.print() }, t('printReceipt')));
}

async function upload(files, said) {
  for (const file of files) {
    if (file.size > 1000000) { said.textContent = t('tooBig'); continue; }
    try {
      await api('/files?name=' + encodeURIComponent(file.name), { method: 'POST', headers: { 'Content-Type': 'application/octet-stream', 'X-Qingqu': '1' }, body: file });
      said.textContent = t('putIn') + file.name;
      setTimeout(route, 3500);
    } catch (fault) { said.textContent = fault.message; }
  }
}

// ---- self-check: what this unit may mend before anybody asks
const notLooked = { rows: 'selfRows', room: 'selfRoom', budget: 'selfBudget', failed: 'selfFailed' };
async function showSelf() {
  const { rules } = await api('/selfcheck');
  const rowsOf = hit => hit.rows.map(r => el('li', {}, el('a', { href: '#data/' + encodeURIComponent(r.import) }, r.file || r.import), ` ${t('row')} ${rowOf(r.row)} `, el('span', { class: 'soft' }, either(r, 'shown'))));
  const card = rule => el('section', { class: 'card' }, el('h3', {}, either(rule, 'name'), ' ',
    el('span', { class: 'mark ' + (rule.hits ? 'yellow' : 'green') }, rule.hits ? `${count(rule.hits)} ${t('selfHits')}` : t('selfFine'))),
    rule.items.map(hit => el('div', { class: 'hit' }, el('p', { class: 'text' }, hit.subject ? el('strong', {}, hit.subject) : '', hit.subject ? (language ? ': ' : '：') : '', either(hit, 'say')), el('ul', { class: 'small' }, rowsOf(hit)))),
    rule.hits > rule.items.length ? el('p', { class: 'soft small' }, t('more50')) : '',
    rule.hits ? el('p', { class: 'small' }, `${t('byHand')}${language ? ': ' : '：'}${either(rule, 'check')}`) : '',
    el('p', { class: 'soft small' }, `${rule.rule} · ${t('selfOver')} ${count(rule.rows)} ${t('rowsUnit')} · ${time(rule.at_ms)}`));
  const looked = rules.filter(r => !r.why), others = rules.filter(r => r.why);
  looked.sort((a, b) => b.hits - a.hits);
  draw(el('section', { class: 'card' }, el('h2', {}, t('selfTitle')), el('p', { class: 'text' }, t('selfWhy')), el('p', { class: 'soft small' }, rules.length ? t('selfScope') : t('selfNone'))),
    ...looked.map(card),
    others.length ? el('section', { class: 'card' }, el('ul', { class: 'small' }, others.map(r => el('li', {}, either(r, 'name'), el('span', { class: 'soft' }, ` · ${t(notLooked[r.why] || 'selfFailed')}`))))) : '');
}

// ---- sync, in words
function showSync() {
  if (!status) return;
  const s = status.sync, pairs = [
    [t('state'), s.connected ? t('connected') : t('offline')],
    [t('waiting'), s.waiting_rows ? `${count(s.waiting_rows)} ${t('rowsUnit')}` : s.waiting_items ? `${count(s.waiting_items)} ${t('messages')}` : t('allSent')],
    s.waiting_items ? [t('oldest'), span(s.oldest_waiting_ms)] : null,
    s.why ? [t('whyWaiting'), either(s, 'why')] : null,
    s.sent_batches ? [t('underWay'), `${count(s.sent_batches)} ${t('batches')}`] : null,
    [t('delivered'), `${count(s.acked_rows)} ${t('rowsUnit')}`],
    [t('lastContact'), time(s.last_contact_ms) || t('never')],
    [t('filesWaiting'), count(status.files.waiting)],
    [t('accepted'), `${count(status.files.accepted)} ${t('rowsUnit')}`], [t('rejected'), `${count(status.files.rejected)} ${t('rowsUnit')}`],
    [t('disk'), `${(status.disk_free_bytes / 1e9).toFixed(1)} GB`],
    [t('version'), status.version], [t('catalog'), status.catalog.slice(0, 12)], [t('epoch'), String(s.epoch)],
    status.unreadable ? [t('unreadable'), count(status.unreadable)] : null];
  draw(el('section', { class: 'card' }, el('dl', {}, pairs.filter(Boolean).map(([name, value]) => [el('dt', {}, name), el('dd', {}, value)]))));
}

// ---- frame
let status = null;
function draw(...nodes) { byId('main').replaceChildren(...nodes); }

function drawFrame() {
  const [view] = location.hash.slice(1).split('/');
  document.documentElement.lang = language ? 'en' : 'zh-CN';
  byId('skip').textContent = t('skip');
  byId('language').textContent = t('english');
  byId('tabs').replaceChildren(...['inbox', 'data', 'self', 'sync'].map(name => el('a', { href: '#' + name, 'aria-current': (view || 'inbox') === name ? 'page' : null }, t(name),
    name === 'inbox' && status && status.documents_open ? el('span', { class: 'count' }, String(status.documents_open)) : '',
    name === 'self' && status && status.reminders ? el('span', { class: 'soft' }, ` (${count(status.reminders)})`) : '')));
  if (!status) return;
  byId('site').textContent = status.site;
  byId('pulse').textContent = (status.sync.connected ? '● ' + t('connected') : '○ ' + t('notConnected')) + ' · ' +
    (status.sync.waiting_rows ? `${t('waiting')} ${count(status.sync.waiting_rows)} ${t('rowsUnit')}` : t('allSent'));
  const late = status.sync.oldest_waiting_ms > 3600000 ? t('stalledLong') + (status.sync.why ? (language ? ': ' : '：') + either(status.sync, 'why') : '') : '';
  alarm(status.sync.diverged ? t('diverged') : either(status.files, 'stalled') || late);
}
function alarm(text) {
  byId('alarm').textContent = text;
  byId('alarm').hidden = !text;
}

async function refreshStatus() {
  try {
    status = await api('/status');
    drawFrame();
    if (location.hash === '#sync') showSync();
  } catch (fault) { alarm(t('noAgent')); }
}

async function route() {
  const [view, id] = location.hash.slice(1).split('/').map(decodeURIComponent);
  drawFrame();
  try {
    if (view === 'data') await showData(id);
    else if (view === 'self') await showSelf();
    else if (view === 'sync') showSync();
    else await showInbox(id);
  } catch (fault) { alarm(fault.status ? fault.message : t('noAgent')); }
}

byId('language').addEventListener('click', () => {
  language = 1 - language;
  localStorage.setItem('language', String(language));
  route();
});
byId('skip').addEventListener('click', event => { event.preventDefault(); byId('main').focus(); });
window.addEventListener('hashchange', route);
refreshStatus().then(route);
setInterval(refreshStatus, 5000);
