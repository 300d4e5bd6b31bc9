"use strict";
// The review page: what the dossier says, what a person decides, and the
// corrections.xml that carries the decisions. Text of the pages only ever
// becomes text nodes and values, never markup.
const $ = (id) => document.getElementById(id);
const data = JSON.parse($("dossier").textContent);
const KEY = "jianbao-review " + data.key;
const NS = "urn:jianbao:corrections";

// ---- fields ----------------------------------------------------------------
const MEASURES = { "level": "水平", "increase-by": "增加了", "increase-to": "增加到",
  "decrease-by": "减少了", "decrease-to": "减少到", "from-to": "由…到…", "target": "目标", "rank": "位次" };
const FIRST = [["value", "数值"], ["unit", "单位"], ["indicator", "指标"], ["region", "地区"],
  ["subject", "主体"], ["period", "时期"], ["measure", "含义"], ["qualifier", "限定"]];
const MORE = [["low", "下限"], ["high", "上限"], ["from", "原为"], ["base", "比较"], ["canon", "统一名"],
  ["cumulative", "累计"], ["distributes", "分属"], ["printed", "印作"], ["doubt", "存疑"]];
const NAMES = Object.fromEntries([...FIRST, ...MORE]);
const DECIMAL = /^-?\d+(\.\d+)?$/;
const DAY = "\\d{4}(-\\d\\d(-\\d\\d)?)?";
const PERIOD = new RegExp("^((" + DAY + ")?/)?" + DAY + "$|^\\.\\./" + DAY + "$|^" + DAY + "/\\.\\.$");
function fault(name, value) {
  if (!value) return "";
  if (["value", "low", "high", "from"].includes(name) && !DECIMAL.test(value))
    return "要写成数，如 42700 或 96.5";
  if (name === "period" && !PERIOD.test(value)) return "如 2025-12、2025-01/2025-12、../2025-11";
  return "";
}

// ---- state -----------------------------------------------------------------
// figures: id → {action, was, fields}; adds: [{id, block, …fields}];
// articles: id → {use, title, topic}; order: ids or null; kept: elements of an
// earlier file that belong to nothing seen here.
let state = { figures: {}, adds: [], articles: {}, order: null, kept: [], who: "", when: "" };
const past = [];
const figures = data.figures;
const byId = new Map(figures.map((f, i) => [f.id, i]));
const articles = data.pages.flatMap((p) => p.articles);
const articleOf = new Map(articles.map((a) => [a.id, a]));
let current = -1, tab = "figures", chosen = null;

function keep() {
  try { localStorage.setItem(KEY, JSON.stringify(state)); } catch (e) { say("浏览器不让保存，请及时导出"); }
}
function remember() {
  past.push({ state: JSON.stringify(state), at: current });
  if (past.length > 200) past.shift();
}
function restore() {
  let old = null;
  try { old = JSON.parse(localStorage.getItem(KEY) || "null"); } catch (e) { old = null; }
  if (old && old.figures && old.adds && old.articles) Object.assign(state, old);
  for (const [id, d] of Object.entries(state.figures)) {
    const i = byId.get(id);
    if (i === undefined || (d.was && d.was !== figures[i].printed)) delete state.figures[id];
  }
  return old !== null;
}
const decision = (i) => state.figures[figures[i].id];
const settled = (i) => figures[i].added || decision(i) || figures[i].state === "confirmed";
const doubtful = (i) => !!(figures[i].doubt || findingsOf(i).length);
const related = new Map();
for (const f of data.findings)
  for (const i of f.figures) related.set(i, [...(related.get(i) || []), f]);
function findingsOf(i) { return related.get(i) || []; }
function field(i, name) {
  const d = decision(i);
  return d && d.fields && name in d.fields ? d.fields[name] : figures[i][name] || "";
}
function klass(i) {
  const d = decision(i);
  if (d && d.action === "drop") return "gone";
  if (settled(i)) return "done";
  return doubtful(i) ? "doubt" : "todo";
}
const SIGN = { gone: "×", done: "✓", doubt: "？", todo: "○" };
const WORD = { gone: "已删去", done: "已核", doubt: "存疑，待核", todo: "待核" };

// ---- making elements -------------------------------------------------------
function el(name, props, ...kids) {
  const e = document.createElement(name);
  for (const [k, v] of Object.entries(props || {})) {
    if (k === "on") for (const [t, fn] of Object.entries(v)) e.addEventListener(t, fn);
    else if (k in e && k !== "list" && k !== "form") e[k] = v;
    else e.setAttribute(k, v);
  }
  e.append(...kids.filter((k) => k !== null && k !== undefined));
  return e;
}
function say(text) {
  const box = $("said");
  box.textContent = text;
  box.classList.add("show");
  clearTimeout(say.timer);
  say.timer = setTimeout(() => box.classList.remove("show"), 2200);
}

// ---- the text --------------------------------------------------------------
let marks = [], rows = [];
function drawParts(into, parts) {
  for (const part of parts) {
    if (typeof part === "string") into.append(part);
    else if (part.gap) into.append(el("span", { className: "gap", title: "此处报纸页丢字" }, "缺字"));
    else {
      const m = el("mark", { role: "button" }, part.text);
      m.dataset.figures = part.figures.join(" ");
      for (const i of part.figures) marks[i] = m;
      into.append(m);
    }
  }
}
const TAGS = { kicker: "p", title: "h3", subtitle: "p", byline: "p", heading: "h4", para: "p" };
function drawBlock(b) {
  if (b.kind === "dateline") return null;
  const e = el(TAGS[b.kind], { className: b.kind });
  if (b.id) e.dataset.block = b.id;
  if (b.role) e.append(b.role + " ");
  drawParts(e, b.parts);
  return e;
}
function drawText() {
  const box = $("text");
  marks = [];
  box.replaceChildren();
  for (const p of data.pages) {
    const page = el("div", { className: "page" },
      el("h2", {}, [p.publication, p.date, p.file].filter(Boolean).join("　")));
    for (const f of p.flags)
      page.append(el("p", { className: "flag" }, (f.line ? "第" + f.line + "行　" : "") + f.text));
    for (const a of p.articles) {
      const sheet = el("article", { className: "sheet", id: "sheet-" + a.id });
      sheet.append(...a.blocks.map(drawBlock).filter(Boolean));
      page.append(sheet);
    }
    box.append(page);
  }
  figures.forEach((f, i) => { if (f.added) markAdded(i); });
}
// A figure that a person adds is marked where its words stand in the block.
function markAdded(i) {
  const block = document.querySelector('[data-block="' + CSS.escape(figures[i].block) + '"]');
  if (!block || marks[i]) return;
  for (const node of block.childNodes) {
    const at = node.nodeType === 3 ? node.data.indexOf(figures[i].printed) : -1;
    if (at < 0) continue;
    const rest = node.splitText(at);
    rest.splitText(figures[i].printed.length);
    const m = el("mark", { role: "button" }, rest.data);
    m.dataset.figures = String(i);
    rest.replaceWith(m);
    marks[i] = m;
    return;
  }
}
function drawMark(i) {
  const m = marks[i];
  if (!m) return;
  const all = m.dataset.figures.split(" ").map(Number);
  const worst = ["doubt", "todo", "done", "gone"].find((k) => all.some((j) => klass(j) === k));
  m.className = worst + (all.includes(current) ? " now" : "");
  m.setAttribute("aria-label", m.textContent + "，" + WORD[worst]);
  m.dataset.n = all.map((j) => j + 1).join(",");
}

// ---- the list --------------------------------------------------------------
function rowText(i) {
  const unit = field(i, "printed") || field(i, "value") + field(i, "unit");
  return [el("span", { className: "sign", "aria-hidden": "true" }, SIGN[klass(i)]),
    el("span", { className: "what" }, el("b", {}, unit), el("small", {},
      [field(i, "indicator"), place(i)].filter(Boolean).join(" · ") || "（没有指标）"),
    el("span", { className: "unseen" }, WORD[klass(i)]))];
}
const place = (i) => field(i, "subject") || field(i, "region").split("/").pop();
function drawRow(i) {
  const li = rows[i];
  if (!li) return;
  li.className = klass(i);
  const b = li.firstChild;
  b.replaceChildren(...rowText(i));
  if (i === current) b.setAttribute("aria-current", "true"); else b.removeAttribute("aria-current");
}
let order = []; // of the figures, as listed
function groups() {
  const first = [], then = [], last = [];
  figures.forEach((f, i) => {
    if (doubtful(i)) first.push(i);
    else if (f.state === "confirmed" && !f.added) last.push(i);
    else then.push(i);
  });
  return [["先看：存疑与矛盾", first, "alarm"], ["其余数字", then, ""], ["先前已核", last, ""]];
}
function drawList() {
  const box = $("list");
  box.replaceChildren();
  box.setAttribute("aria-labelledby", "tab-" + tab);
  if (tab === "articles") { drawArticles(box); return; }
  rows = []; order = [];
  for (const [name, list, alarm] of groups()) {
    if (!list.length) continue;
    box.append(el("h2", { className: alarm }, name + "（" + list.length + "）"));
    const ol = el("ol");
    for (const i of list) {
      rows[i] = el("li", {}, el("button", { className: "row", on: { click: () => choose(i, true) } }));
      drawRow(i);
      ol.append(rows[i]);
      order.push(i);
    }
    box.append(ol);
  }
  if (!order.length) box.append(el("p", { className: "empty" }, "这份卷宗里没有数字。"));
}
function drawCount() {
  const n = { gone: 0, done: 0, doubt: 0, todo: 0 };
  figures.forEach((f, i) => n[klass(i)]++);
  const open = n.doubt + n.todo;
  $("counted").replaceChildren("待核 ", el("b", {}, String(open)), n.doubt ? "（存疑 " + n.doubt + "）" : "",
    "　已核 ", el("b", {}, String(n.done)), n.gone ? "　删去 " + n.gone : "", "　共 " + figures.length);
  document.querySelector("#bar i").style.width = figures.length ? 100 * (1 - open / figures.length) + "%" : "100%";
}

// ---- articles --------------------------------------------------------------
function article(a, name) {
  const d = state.articles[a.id];
  return d && name in d ? d[name] : a[name] || "";
}
function ordered() {
  if (!state.order) return articles.slice();
  const at = new Map(state.order.map((id, k) => [id, k]));
  return articles.slice().sort((x, y) => (at.get(x.id) ?? 1e9) - (at.get(y.id) ?? 1e9));
}
// What an article without a title is called: its kind and its first words.
const KINDS = { caption: "图说", slogan: "标语", notice: "启事", masthead: "报头", contents: "要目", continuation: "转版" };
function nameOf(a) {
  const own = article(a, "title");
  if (own) return own;
  const first = a.blocks.find((b) => b.kind === "para" || b.kind === "kicker" || b.kind === "heading");
  const words = first ? blockWords(first).slice(0, 18) + "…" : "（无题）";
  return KINDS[a.kind] ? "〔" + KINDS[a.kind] + "〕" + words : words;
}
function drawArticles(box) {
  const ol = el("ol");
  const all = ordered();
  all.forEach((a, k) => {
    const out = article(a, "use") === "no";
    const name = nameOf(a);
    const row = el("button", { className: "row", on: { click: () => chooseArticle(a.id, true) } },
      el("span", { className: "sign", "aria-hidden": "true" }, out ? "×" : String(k + 1)),
      el("span", { className: "what" }, name, el("small", {}, article(a, "topic") || "未分类"),
        el("span", { className: "unseen" }, out ? "不用" : "")));
    if (chosen === a.id) row.setAttribute("aria-current", "true");
    ol.append(el("li", { className: "article" + (out ? " out" : "") }, row,
      mover(a.id, k, -1, all.length, "上移：" + name), mover(a.id, k, 1, all.length, "下移：" + name)));
  });
  box.append(el("h2", {}, "篇目（" + all.length + "）"), ol);
}
function mover(id, k, by, n, label) {
  return el("button", { className: "move quiet", disabled: k + by < 0 || k + by >= n, "aria-label": label,
    on: { click: () => move(id, by) } }, by < 0 ? "↑" : "↓");
}
function move(id, by) {
  remember();
  const ids = ordered().map((a) => a.id);
  const k = ids.indexOf(id);
  [ids[k], ids[k + by]] = [ids[k + by], ids[k]];
  state.order = ids;
  keep();
  drawList();
  const again = document.querySelectorAll("#list .article")[k + by].querySelectorAll(".move")[by < 0 ? 0 : 1];
  if (!again.disabled) again.focus();
  say("移到第 " + (k + by + 1) + " 篇");
}
function setArticle(a, name, value) {
  remember();
  const d = (state.articles[a.id] ||= {});
  if (value === (a[name] || "")) delete d[name]; else d[name] = value;
  if (!Object.keys(d).length) delete state.articles[a.id];
  keep();
  drawList();
  $("sheet-" + a.id).classList.toggle("out", article(a, "use") === "no");
}
function chooseArticle(id, scroll) {
  chosen = id;
  const a = articleOf.get(id), form = $("form");
  const input = (name, label) => {
    const box = el("input", { id: "a-" + name, value: article(a, name) });
    box.addEventListener("change", () => setArticle(a, name, box.value.trim()));
    return el("div", { className: "field" }, el("label", { htmlFor: box.id }, label), box);
  };
  const digest = el("textarea", { id: "a-digest", rows: 4, value: article(a, "digest") });
  digest.addEventListener("change", () => setArticle(a, "digest", digest.value.trim()));
  const use = el("button", { id: "a-use", on: { click: () => {
    setArticle(a, "use", article(a, "use") === "no" ? "yes" : "no");
    chooseArticle(id, false); $("a-use").focus(); } } }, article(a, "use") === "no" ? "仍用这一篇" : "不用这一篇");
  form.replaceChildren(el("h2", {}, nameOf(a)),
    el("p", { className: "state" }, article(a, "use") === "no" ? "简报里不用" : "简报里用"),
    input("title", "标题"), input("topic", "分类"),
    el("div", { className: "field" }, el("label", { htmlFor: "a-digest" }, "摘要"), digest),
    el("div", { className: "acts" }, use));
  if (scroll) { drawList(); $("sheet-" + id).scrollIntoView({ block: "start" }); }
}

// ---- the form --------------------------------------------------------------
function fieldRow(name, label, value, original, changed) {
  const id = "f-" + name;
  const box = name === "measure" ? el("select", { id }, ...Object.entries(MEASURES).map(([k, v]) =>
    el("option", { value: k, selected: k === value }, v))) : el("input", { id, value, spellcheck: false });
  box.name = name;
  if (value !== original) box.classList.add("edited");
  const row = el("div", { className: "field" }, el("label", { htmlFor: id }, label), box);
  box.addEventListener("input", () => {
    box.classList.toggle("edited", box.value.trim() !== original);
    check(box);
    changed();
  });
  return row;
}
function check(box) {
  const wrong = fault(box.name, box.value.trim());
  const row = box.parentNode;
  row.querySelector(".fault")?.remove();
  box.classList.toggle("bad", !!wrong);
  box.setAttribute("aria-invalid", wrong ? "true" : "false");
  if (wrong) {
    row.append(el("span", { className: "fault", id: box.id + "-fault" }, wrong));
    box.setAttribute("aria-describedby", box.id + "-fault");
  } else box.removeAttribute("aria-describedby");
  return !wrong;
}
const inputs = () => [...document.querySelectorAll("#form [name]")];
function formValues() {
  const bad = inputs().find((b) => !check(b));
  if (bad) { bad.focus(); say(fault(bad.name, bad.value.trim())); return null; }
  return Object.fromEntries(inputs().map((b) => [b.name, b.value.trim()]));
}
function quoteNode(f) {
  const at = f.quote ? f.quote.indexOf(f.printed) : -1;
  if (at < 0) return el("blockquote", {}, f.quote || f.printed);
  return el("blockquote", {}, f.quote.slice(0, at), el("strong", {}, f.printed), f.quote.slice(at + f.printed.length));
}
function whyNodes(i) {
  const out = [];
  if (figures[i].doubt) out.push(el("p", { className: "why" }, "存疑：" + figures[i].doubt));
  for (const f of findingsOf(i)) {
    const box = el("p", { className: "why" }, f.text);
    for (const j of f.figures)
      if (j !== i) box.append(el("button", { className: "quiet", on: { click: () => choose(j, true) } },
        "→ 看另一处：" + figures[j].printed + "（" + (articleTitle(j) || "另一篇") + "）"));
    out.push(box);
  }
  return out;
}
const articleTitle = (i) => articleOf.get(figures[i].article)?.title || "";
const KEYS = [["C", "确认"], ["E", "改"], ["D", "删"], ["A", "加"], ["U", "撤销"], ["J K", "下一个、上一个"], ["N", "下一个待核"]];
function keysNode() {
  const p = el("p", { className: "keys" });
  for (const [k, v] of KEYS) p.append(el("kbd", {}, k), " " + v + "　");
  p.append(el("br"), "在栏目里按 ", el("kbd", {}, "Enter"), " 存下，按 ", el("kbd", {}, "Esc"), " 离开。");
  return p;
}
function drawForm() {
  const form = $("form"), i = current, f = figures[i];
  if (!f) { form.replaceChildren(el("p", { className: "state" }, "没有数字可看。"), keysNode()); return; }
  const d = decision(i), again = () => { yes.textContent = changes() ? "存下改动" : "确认"; };
  const row = ([name, label]) => fieldRow(name, label, field(i, name), f[name] || "", again);
  const yes = el("button", { id: "do-confirm", className: "main", on: { click: confirm } }, "确认");
  form.replaceChildren(...[el("h2", {}, f.printed), el("p", { className: "state" }, stateWords(i)), ...whyNodes(i),
    quoteNode(f), ...FIRST.map(row), el("details", {}, el("summary", {}, "其他栏目"), ...MORE.map(row)),
    el("div", { className: "acts" }, yes,
      el("button", { id: "do-drop", on: { click: drop } }, d && d.action === "drop" ? "仍要这个数" : "不是数字，删去"),
      el("button", { id: "do-undo", className: "quiet", disabled: !past.length, on: { click: undo } }, "撤销"),
      el("button", { id: "do-add", className: "quiet", on: { click: startAdd } }, "加一个数字")),
    el("p", { className: "state" }, "规则 " + (f.rule || "—") + "　编号 " + f.id), keysNode()]);
  again();
}
function stateWords(i) {
  const d = decision(i), f = figures[i];
  if (f.added) return "人工所加";
  if (d) return { confirm: "已确认", change: "已改：" + Object.keys(d.fields || {}).map((k) => NAMES[k]).join("、"), drop: "已删去" }[d.action];
  return f.state === "confirmed" ? "先前已核" : WORD[klass(i)];
}
function changes() {
  const f = figures[current], out = {};
  for (const b of inputs()) if (b.value.trim() !== (f[b.name] || "")) out[b.name] = b.value.trim();
  return Object.keys(out).length ? out : null;
}

// ---- decisions -------------------------------------------------------------
function redraw(i) { drawRow(i); drawMark(i); drawCount(); }
function put(i, d) {
  remember();
  if (figures[i].added) {
    Object.assign(figures[i], d.fields);
    state.adds = state.adds.map((x) => (x.id === figures[i].id ? { ...x, ...d.fields } : x));
    if (d.action === "drop") { state.adds = state.adds.filter((x) => x.id !== figures[i].id); rebuild(); keep(); return; }
  } else if (d) state.figures[figures[i].id] = { was: figures[i].printed, ...d };
  else delete state.figures[figures[i].id];
  keep();
  redraw(i);
}
function confirm() {
  if (current < 0 || !formValues()) return;
  const fields = changes();
  put(current, fields ? { action: "change", fields } : { action: "confirm" });
  step(true, (fields ? "已改 " : "已确认 ") + figures[current].printed);
}
function drop() {
  if (current < 0) return;
  const d = decision(current), was = figures[current].printed;
  if (d && d.action === "drop") { put(current, null); drawForm(); say("仍要 " + was); return; }
  put(current, { action: "drop" });
  step(true, "已删去 " + was);
}
// To the next figure that is still open, or stays.
function step(open, done) {
  const at = order.indexOf(current);
  const later = [...order.slice(at + 1), ...order.slice(0, Math.max(at, 0))];
  const next = open ? later.find((i) => !settled(i)) : later[0];
  const left = figures.filter((f, i) => !settled(i)).length;
  if (next === undefined) drawForm(); else choose(next, true);
  if (done) say(done + (left ? "，还有 " + left + " 个待核" : "，全部核完，可以导出"));
}
function undo() {
  if (!past.length) { say("没有可撤销的"); return; }
  const before = past.pop();
  state = JSON.parse(before.state);
  keep();
  rebuild();
  if (tab === "figures" && figures[before.at]) choose(before.at, true);
  say("已撤销");
}
function choose(i, scroll) {
  const before = current;
  current = i;
  if (tab !== "figures") setTab("figures");
  if (before >= 0) { drawRow(before); drawMark(before); }
  drawRow(i); drawMark(i); drawForm();
  if (!scroll) return;
  (marks[i] || $("sheet-" + figures[i].article))?.scrollIntoView({ block: "center" });
  rows[i]?.scrollIntoView({ block: "nearest" });
}

// ---- adding ----------------------------------------------------------------
function clauseAround(text, at, len) {
  const ends = /[，。；！？,;!?]/;
  let from = at, to = at + len;
  while (from > 0 && !ends.test(text[from - 1])) from--;
  while (to < text.length && !ends.test(text[to])) to++;
  return text.slice(from, to).trim();
}
const SCALES = { "万": 4, "亿": 8, "千": 3, "百": 2 };
function readNumber(printed) {
  const m = /^\s*(-?[\d,，]+(?:\.\d+)?)\s*([百千万亿]?)(.*)$/.exec(printed.normalize("NFKC"));
  if (!m) return { value: "", unit: "" };
  let [whole, part = ""] = m[1].replace(/[,，]/g, "").split(".");
  const shift = SCALES[m[2]] || 0;
  part = part.padEnd(shift, "0");
  whole = (whole + part.slice(0, shift)).replace(/^(-?)0+(?=\d)/, "$1");
  part = part.slice(shift).replace(/0+$/, "");
  return { value: part ? whole + "." + part : whole, unit: m[3].trim() };
}
function blockWords(b) { return b.parts.map((p) => (typeof p === "string" ? p : p.text || "")).join(""); }
function blockText(id) {
  const b = articles.flatMap((a) => a.blocks).find((x) => x.id === id);
  return b ? blockWords(b) : "";
}
function selected() {
  const s = window.getSelection();
  const node = s.anchorNode && (s.anchorNode.nodeType === 1 ? s.anchorNode : s.anchorNode.parentElement);
  const block = node && node.closest("[data-block]");
  return { block: block ? block.dataset.block : current >= 0 ? figures[current].block : "",
    text: block ? s.toString().trim() : "" };
}
function startAdd() {
  const pick = selected(), text = blockText(pick.block), at = text.indexOf(pick.text);
  if (!text) { say("请先在正文里选中一个数字"); return; }
  const guess = { ...readNumber(pick.text), measure: "level",
    quote: pick.text && at >= 0 ? clauseAround(text, at, pick.text.length) : "" };
  const near = current >= 0 && figures[current].block === pick.block ? figures[current] : {};
  const start = { printed: pick.text, region: near.region || "", period: near.period || "", ...guess };
  const row = ([name, label]) => fieldRow(name, label, start[name] || "", start[name] || "", () => {});
  $("form").replaceChildren(el("h2", {}, "加一个数字"),
    el("blockquote", {}, text.slice(Math.max(0, at - 60), Math.max(0, at) + 90)),
    ...[["printed", "印作"], ["quote", "引句"], ...FIRST].map(row),
    el("div", { className: "acts" },
      el("button", { className: "main", id: "do-add-save", on: { click: () => saveAdd(pick.block, text) } }, "加上"),
      el("button", { on: { click: drawForm } }, "不加了")));
  $("f-printed").focus();
}
function saveAdd(block, text) {
  const v = formValues();
  if (!v) return;
  if (!v.printed || !text.includes(v.printed)) { $("f-printed").focus(); say("这一段里没有“" + v.printed + "”"); return; }
  if (!v.indicator) { $("f-indicator").focus(); say("请写明指标"); return; }
  if (!v.quote) v.quote = clauseAround(text, text.indexOf(v.printed), v.printed.length);
  remember();
  let h = 2166136261;
  for (const c of block + "\n" + v.quote + "\n" + v.printed) h = Math.imul(h ^ c.codePointAt(0), 16777619) >>> 0;
  let id = "m-" + h.toString(16);
  while (byId.has(id)) id += "x";
  state.adds.push({ id, block, ...v });
  keep();
  rebuild();
  choose(byId.get(id), true);
  say("已加 " + v.printed);
}
// The figures of the dossier, and those that a person adds.
function rebuild() {
  const at = current >= 0 && figures[current] ? figures[current].id : null;
  figures.length = data.own;
  byId.clear();
  figures.forEach((f, i) => byId.set(f.id, i));
  state.adds = state.adds.filter((x) => !byId.has(x.id));
  for (const x of state.adds) {
    const home = articles.find((a) => a.blocks.some((b) => b.id === x.block));
    if (!home) continue;
    byId.set(x.id, figures.length);
    figures.push({ ...x, article: home.id, state: "confirmed", added: true });
  }
  drawText();
  drawList();
  current = at !== null && byId.has(at) ? byId.get(at) : order.length ? order[0] : -1;
  figures.forEach((f, i) => drawMark(i));
  for (const a of articles) $("sheet-" + a.id).classList.toggle("out", article(a, "use") === "no");
  if (current >= 0) drawRow(current);
  drawCount();
  if (tab === "figures") drawForm(); else if (chosen) chooseArticle(chosen, false);
}

// ---- corrections.xml -------------------------------------------------------
function attribute(s) {
  // eslint-disable-next-line no-control-regex
  return s.replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, "").replace(/[&<>"\t\n\r]/g,
    (c) => ({ "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" }[c] || "&#" + c.charCodeAt(0) + ";"));
}
function element(name, attrs, kids) {
  const list = Object.entries(attrs).map(([k, v]) => " " + k + '="' + attribute(v) + '"').join("");
  return "<" + name + list + (kids && kids.length ? ">" + kids.join("") + "</" + name + ">" : "/>");
}
function articleElements() {
  const at = state.order ? new Map(ordered().map((a, k) => [a.id, k + 1])) : null;
  return articles.filter((a) => at || state.articles[a.id]).map((a) =>
    element("article", { id: a.id, was: a.title || "", ...(at ? { order: String(at.get(a.id)) } : {}), ...state.articles[a.id] }));
}
function corrections() {
  const out = ['<?xml version="1.0" encoding="UTF-8"?>',
    "<corrections" + ' xmlns="' + NS + '"' + ' author="' + attribute(state.who) + '" date="' + attribute(state.when) + '">'];
  for (const k of state.kept) out.push("  " + element(k.name, k.attrs, (k.kids || []).map((c) => element(c.name, c.attrs))));
  figures.forEach((f, i) => {
    const d = decision(i);
    if (d) out.push("  " + element("figure", { id: f.id, was: f.printed, action: d.action, ...d.fields }));
  });
  for (const x of state.adds) {
    const given = Object.fromEntries(Object.entries(x).filter(([, v]) => v !== ""));
    out.push("  " + element("figure", { action: "add", ...given }));
  }
  out.push(...articleElements().map((x) => "  " + x), "</corrections>");
  return out.join("\n") + "\n";
}
function save() {
  const url = URL.createObjectURL(new Blob([corrections()], { type: "text/xml" }));
  const a = el("a", { href: url, download: "corrections.xml" });
  document.body.append(a);
  a.click();
  a.remove();
  setTimeout(() => URL.revokeObjectURL(url), 10000);
  say(state.who ? "已导出 corrections.xml" : "已导出；没有写核对人");
}
// Takes an earlier file's decisions; what belongs to nothing here is kept.
function takeElement(n) {
  const attrs = Object.fromEntries([...n.attributes].filter((a) => a.name !== "xmlns").map((a) => [a.name, a.value]));
  const { id, was, action, note, ...rest } = attrs;
  if (n.localName === "figure" && action !== "add" && byId.has(id) && (!was || was === figures[byId.get(id)].printed)) {
    state.figures[id] = { action, was: figures[byId.get(id)].printed, fields: note ? { ...rest, note } : rest };
    if (action !== "change") delete state.figures[id].fields;
  } else if (n.localName === "figure" && action === "add" && id && !byId.has(id) && blockText(rest.block)) {
    state.adds.push({ id, ...rest });
  } else if (n.localName === "article" && articleOf.has(id) && (!was || was === (articleOf.get(id).title || ""))) {
    const { order: place_, ...given } = rest;
    if (place_) taken.push([Number(place_), id]);
    if (Object.keys(given).length) state.articles[id] = given;
  } else {
    state.kept.push({ name: n.localName, attrs, kids: [...n.children].map((c) => ({ name: c.localName,
      attrs: Object.fromEntries([...c.attributes].filter((a) => a.name !== "xmlns").map((a) => [a.name, a.value])) })) });
  }
}
let taken = [];
function take(text) {
  const doc = new DOMParser().parseFromString(text, "text/xml");
  const root = doc.documentElement;
  if (doc.doctype || root.localName !== "corrections" || root.namespaceURI !== NS) { say("这不是校正文件"); return; }
  remember();
  Object.assign(state, { figures: {}, adds: [], articles: {}, order: null, kept: [] });
  taken = [];
  [...root.children].forEach(takeElement);
  if (taken.length) state.order = taken.sort((x, y) => x[0] - y[0]).map((x) => x[1]);
  state.who ||= root.getAttribute("author") || "";
  $("who").value = state.who;
  keep();
  rebuild();
  say("已载入校正");
}

// ---- printing --------------------------------------------------------------
function drawPrinted() {
  const head = ["号", "印作", "数值", "指标", "地区、主体", "时期", "核对"];
  $("printed").replaceChildren(el("caption", {}, "数字一览"),
    el("thead", {}, el("tr", {}, ...head.map((h) => el("th", {}, h)))),
    el("tbody", {}, ...figures.map((f, i) => el("tr", {}, ...[String(i + 1), f.printed,
      (field(i, "value") || [field(i, "low"), field(i, "high")].filter(Boolean).join("～")) + field(i, "unit"),
      field(i, "indicator"), [field(i, "region"), field(i, "subject")].filter(Boolean).join(" "), field(i, "period"),
      stateWords(i) + (f.doubt && !settled(i) ? "：" + f.doubt : "")].map((t) => el("td", {}, t))))));
}

// ---- keys and start --------------------------------------------------------
function setTab(name) {
  tab = name;
  for (const t of ["figures", "articles"]) {
    $("tab-" + t).setAttribute("aria-selected", String(t === name));
    $("tab-" + t).tabIndex = t === name ? 0 : -1;
  }
  drawList();
  if (name === "articles" && articles.length) chooseArticle(chosen || ordered()[0].id, false);
  else if (name === "figures") drawForm();
}
const ACTS = {
  KeyC: confirm, KeyD: drop, KeyA: startAdd, KeyU: undo, KeyN: () => step(true),
  KeyJ: () => step(false), ArrowDown: () => step(false), KeyK: () => back(), ArrowUp: () => back(),
  KeyE: () => { $("f-value")?.focus(); $("f-value")?.select(); },
};
function back() {
  const at = order.indexOf(current);
  if (order.length) choose(order[(at + order.length - 1) % order.length], true);
}
function onKey(e) {
  if (e.isComposing || e.altKey || e.ctrlKey || e.metaKey) return;
  const typing = /^(INPUT|SELECT|TEXTAREA)$/.test(e.target.tagName);
  const inForm = typing && e.target.closest("#form");
  if (e.key === "Escape" && typing) { e.target.blur(); $("text").focus(); return; }
  if (e.key === "Enter" && inForm && tab === "figures" && e.target.tagName !== "TEXTAREA") {
    e.preventDefault();
    ($("do-add-save") || $("do-confirm")).click();
    $("text").focus({ preventScroll: true });
    return;
  }
  if (typing || e.target.closest('[role="tablist"]')) return;
  const act = tab === "figures" && ACTS[e.code];
  if (act) { e.preventDefault(); act(); }
}
function onTabKey(e) {
  if (e.key !== "ArrowRight" && e.key !== "ArrowLeft") return;
  setTab(tab === "figures" ? "articles" : "figures");
  $("tab-" + tab).focus();
}
function start() {
  data.own = figures.length;
  const had = restore();
  if (!had && data.corrections) take(data.corrections);
  state.when ||= new Date(Date.now() - new Date().getTimezoneOffset() * 60000).toISOString().slice(0, 10);
  $("where").textContent = data.period.replace(/^(\d{4})-0?(\d+)$/, "$1年$2月");
  document.title = "数字校核 " + data.period;
  for (const id of ["who", "when"]) {
    $(id).value = state[id];
    $(id).addEventListener("change", () => { state[id] = $(id).value.trim(); keep(); });
  }
  $("save").addEventListener("click", save);
  $("load").addEventListener("click", () => $("file").click());
  $("file").addEventListener("change", async () => { if ($("file").files[0]) take(await $("file").files[0].text()); $("file").value = ""; });
  for (const t of ["figures", "articles"]) $("tab-" + t).addEventListener("click", () => setTab(t));
  document.querySelector(".tabs").addEventListener("keydown", onTabKey);
  $("text").addEventListener("click", (e) => {
    const m = e.target.closest("mark");
    if (!m) return;
    const all = m.dataset.figures.split(" ").map(Number);
    choose(all[(all.indexOf(current) + 1) % all.length], false);
    rows[current]?.scrollIntoView({ block: "nearest" });
  });
  document.addEventListener("keydown", onKey);
  window.addEventListener("beforeprint", drawPrinted);
  rebuild();
  const open = order.find((i) => !settled(i));
  if (open !== undefined) choose(open, true);
  document.documentElement.dataset.ready = "yes";
}
start();
