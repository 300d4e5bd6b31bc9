// The review page in a browser, with real clicks and keys: what a person
// decides there is what the next run prints; what a page says stays text.
import { Browser, needed } from "./driver.mjs";
import { execFileSync } from "node:child_process";
import { copyFileSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import assert from "node:assert/strict";

needed();
const jianbao = process.env.JIANBAO;
const here = dirname(fileURLToPath(import.meta.url));
const work = mkdtempSync(join(tmpdir(), "jianbao-review-"));
const html = join(work, "review.html"), dossier = join(work, "dossier.xml"), corrections = join(work, "corrections.xml");
copyFileSync(join(here, "review/dossier.xml"), dossier);
const tool = (...args) => execFileSync(jianbao, args, { encoding: "utf8", stdio: ["ignore", "pipe", "inherit"] });
const figure = (xml, id) => new RegExp(`<figure id="${id}"[^>]*>`).exec(xml)?.[0] ?? "";

let passed = 0;
async function test(name, body) {
  await body();
  passed++;
  console.log("ok", name);
}
// A key may reach the page later than the call that sent it returns.
async function settles(ask, want) {
  for (let i = 0; i < 40 && (await ask()) !== want; i++) await new Promise((r) => setTimeout(r, 50));
  assert.equal(await ask(), want);
}
const b = await Browser.open();
const current = () => b.run("return document.querySelector('#list [aria-current] b').textContent");
const klass = (words) => b.run("return [...document.querySelectorAll('mark')].find(m => m.textContent === arguments[0])?.className", words);

try {
  tool("review", dossier, "-o", html);
  await b.go("file://" + html);

  await test("opens on the first doubt, every figure marked", async () => {
    assert.equal(await current(), "6.2个百分点");
    assert.equal(await b.run("return document.querySelectorAll('mark').length"), 11);
    assert.match(await b.text("#form"), /数字前丢字/);
    assert.equal(await b.run("return document.querySelectorAll('.gap').length"), 2);
  });

  await test("what a page says stays text", async () => {
    assert.equal(await b.run("return window.hacked"), null);
    assert.match(await b.text("#sheet-p1a1"), /<script>window\.hacked=1<\/script>缺什么/);
    assert.match(await b.text("#sheet-p1a2"), /<img src=x/);
    assert.equal(await b.run("return document.querySelectorAll('main img, main script').length"), 0);
    assert.deepEqual((await b.log()).filter((m) => m.level === "SEVERE"), []);
    // Even markup that got in would not run, nor fetch.
    await b.run("const d = document.createElement('div'); d.innerHTML = '<img src=\"http://127.0.0.1:9/x\" onerror=\"window.hacked=4\">'; document.body.append(d);"
      + "const s = document.createElement('script'); s.textContent = 'window.hacked=5'; document.body.append(s); d.remove(); s.remove();");
    assert.equal(await b.run("return window.hacked"), null);
  });

  await test("keys confirm, drop, undo and move", async () => {
    await b.click("#text");
    await b.keys("c");
    assert.equal(await klass("6.2个百分点"), "done");
    assert.equal(await current(), "320");
    await b.keys("d");
    assert.equal(await klass("320"), "gone");
    await b.keys("u");
    assert.match(await klass("320"), /doubt/);
    await b.keys("d");
    assert.equal(await current(), "26座");
    await b.keys("j");
    assert.equal(await current(), "318座");
    await b.keys("k");
    assert.equal(await current(), "26座");
  });

  await test("a click on a mark, a new value, Enter", async () => {
    await b.run("[...document.querySelectorAll('mark')].find(m => m.textContent === '93.5%').click()");
    assert.equal(await current(), "93.5%");
    await b.type("#f-value", "九成");
    await b.click("#do-confirm");
    assert.match(await b.text("#form .fault"), /要写成数/);
    await b.type("#f-value", "93.8");
    await b.keys("\uE007");
    assert.equal(await klass("93.5%"), "done");
  });

  await test("a figure is added from the words that are marked", async () => {
    await settles(() => b.run(`const p = document.querySelector('[data-block="p1a2t1"]'), r = document.createRange();
      const s = getSelection();
      if (s.toString() === '860余次') return 'marked';
      const t = [...p.childNodes].find(n => n.nodeType === 3 && n.data.includes('860余次'));
      r.setStart(t, t.data.indexOf('860')); r.setEnd(t, t.data.indexOf('860') + 5);
      s.removeAllRanges(); s.addRange(r);
      return 'marking';`), "marked");
    await b.keys("a");
    await settles(() => b.run("return document.querySelector('#f-value')?.value"), "860");
    assert.equal(await b.run("return document.querySelector('#f-quote').value"), "解答咨询860余次");
    await b.type("#f-indicator", "解答咨询");
    await b.type("#f-unit", "次");
    await b.click("#do-add-save");
    assert.match(await klass("860余次"), /done/);
  });

  await test("articles are left out, moved and given another title", async () => {
    await b.click("#tab-articles");
    await b.click("#list .article:nth-child(2) .row");
    await b.type("#a-title", "律师到车间");
    await b.click("#a-use");
    await b.click("#list .article:nth-child(2) .move");
  });

  await test("work in progress is there after a reload", async () => {
    await b.type("#who", "李明\uE004");
    await b.run("const w = document.querySelector('#when'); w.value = '2025-12-31'; w.dispatchEvent(new Event('change'))");
    await b.go("file://" + html);
    assert.equal(await klass("93.5%"), "done");
    assert.match(await klass("860余次"), /done/);
    assert.equal(await b.run("return document.querySelector('#who').value"), "李明");
  });

  await test("the export is what the next run applies", async () => {
    await b.click("#save");
    copyFileSync(await b.downloaded("corrections.xml"), corrections);
    const xml = tool("extract", "-c", corrections, dossier);
    assert.match(figure(xml, "f-04"), / value="93\.8" .* state="confirmed"/);
    assert.match(figure(xml, "f-05"), / state="confirmed" doubt=""/);
    assert.equal(figure(xml, "f-08"), "");
    assert.match(xml, /quote="解答咨询860余次" printed="860余次" value="860"/);
    assert.match(xml, /rule="[^"]*李明 2025-12-31"/);
    assert.match(xml, /<article id="p1a2" kind="news" topic="权益维护" use="no" continues="" order="1"/);
    assert.match(xml, /<title id="p1a2h">律师到车间<\/title>/);
    // What was applied once is applied again without a word.
    writeFileSync(join(work, "applied.xml"), xml);
    assert.equal(tool("extract", "-c", corrections, join(work, "applied.xml")).match(/860余次" value/g).length, 1);
  });

  await test("the briefing that is set with it has changed", async () => {
    const layout = join(here, "review/layout.xml"), pdf = join(work, "out.pdf");
    const printed = (...given) => {
      tool("build", layout, dossier, "-o", pdf, ...given);
      return execFileSync("pdftotext", ["-layout", pdf, "-"], { encoding: "utf8" });
    };
    const before = printed(), after = printed("-c", corrections);
    assert.match(before, /93\.5\s*%/);
    assert.doesNotMatch(before, /6\.2/); // in doubt: not printed
    assert.match(after, /93\.8\s*%/);
    assert.match(after, /6\.2/);
    assert.match(after, /860/);
    assert.doesNotMatch(after, /93\.5/);
  });

  await test("a later page goes on from those decisions", async () => {
    tool("review", dossier, "-c", corrections, "-o", html);
    await b.run("localStorage.clear()");
    await b.go("file://" + html);
    assert.equal(await klass("93.5%"), "done");
    assert.equal(await klass("320"), "gone");
    rmSync(join(b.home, "corrections.xml"));
    await b.click("#save");
    const when = await b.run("return document.querySelector('#when').value");
    assert.equal(readFileSync(await b.downloaded("corrections.xml"), "utf8"),
      readFileSync(corrections, "utf8").replace('date="2025-12-31"', `date="${when}"`));
  });

  await test("the keyboard alone leads everywhere", async () => {
    await b.go("file://" + html);
    await b.run("document.activeElement.blur(); window.scrollTo(0, 0)");
    const wanted = ["skip", "who", "when", "load", "save", "tab-figures"];
    const seen = []; // round the page once, from wherever the focus was
    for (let i = 0; i < 80 && !wanted.every((id) => seen.includes(id)); i++) {
      await b.keys("\uE004");
      seen.push(await b.run(`const e = document.activeElement, s = getComputedStyle(e);
        return (e.id || e.className || e.tagName) + (s.outlineStyle !== "none" || s.boxShadow !== "none" || e === document.body || e.className === "skip" || e.type === "date" ? "" : " UNSEEN")`));
    }
    // A headless Firefox draws no focus, as if its window were behind another.
    if (process.env.BROWSER === "firefox") seen.forEach((s, i) => (seen[i] = s.replace(" UNSEEN", "")));
    for (const id of wanted) assert.ok(seen.includes(id), `${id} in ${seen}`);
    assert.deepEqual(seen.filter((s) => s.endsWith("UNSEEN")), []);
    await b.run("document.querySelector('#tab-figures').focus()");
    await b.keys("\uE014"); // right
    assert.equal(await b.run("return document.activeElement.id + ' ' + document.activeElement.getAttribute('aria-selected')"), "tab-articles true");
    await b.keys("\uE012");
    assert.equal(await b.run("return document.activeElement.id"), "tab-figures");
    await b.run("document.querySelector('.skip').focus()");
    await b.keys("\uE007");
    assert.ok(await b.run("return document.querySelector('#form').contains(document.activeElement)"));
  });

  await test("a screen reader hears names, parts and what was done", async () => {
    const nameless = await b.run(`return [...document.querySelectorAll("button, a, input, select, textarea, [role=button]")].filter((e) =>
      !(e.getAttribute("aria-label") || e.textContent.trim() || e.labels?.length || e.getAttribute("aria-labelledby"))).map((e) => e.outerHTML)`);
    assert.deepEqual(nameless, []);
    const parts = await b.run(`return ["header", "main", "nav[aria-label]", "aside[aria-label]", "section[aria-label]", "[role=status][aria-live=polite]", "h1"].filter((s) =>
      document.querySelectorAll(s).length !== 1)`);
    assert.deepEqual(parts, []);
    assert.equal(await b.run("return document.documentElement.lang"), "zh-CN");
    // A mark says its state in words, not by its colour.
    assert.match(await b.run("return [...document.querySelectorAll('mark')].find(m => m.textContent === '93.5%').getAttribute('aria-label')"), /已核|已改/);
    await b.click("#text");
    await b.keys("u");
    assert.notEqual(await b.run("return document.querySelector('#said').textContent"), "");
    if (process.env.BROWSER !== "firefox") {
      const { nodes } = await b.call("POST", "/goog/cdp/execute", { cmd: "Accessibility.getFullAXTree", params: {} });
      const wants = new Set(["button", "textbox", "combobox", "link", "tab", "Date", "searchbox"]);
      const bad = nodes.filter((n) => !n.ignored && wants.has(n.role?.value) && !n.name?.value);
      assert.deepEqual(bad.map((n) => n.role.value), []);
      for (const role of ["banner", "main", "navigation", "complementary", "status", "tablist", "tabpanel"])
        assert.ok(nodes.some((n) => n.role?.value === role), role);
    }
  });

  await test("it prints the text and a list of the figures", async () => {
    assert.ok((await b.print()).length > 20000);
    assert.equal(await b.run("return document.querySelectorAll('#printed tbody tr').length"), 12);
  });

  await test("500 figures open within a second, below 2 MB", async () => {
    const one = readFileSync(dossier, "utf8").replace(/^[^]*?(<page)/, "$1").replace(/<\/dossier>\s*$/, "");
    const many = Array.from({ length: 46 }, (_, i) => one.replace(/"(p1|f-)/g, `"n${i}$1`)).join("");
    writeFileSync(dossier, `<dossier xmlns="urn:jianbao:dossier" version="1" period="2025-12" state="draft">${many}</dossier>`);
    tool("review", dossier, "-o", html);
    const size = statSync(html).size;
    let best = Infinity, n = 0;
    for (let i = 0; i < 5; i++) {
      await b.go("file://" + html);
      n = await b.run("return document.querySelectorAll('mark').length");
      best = Math.min(best, await b.run("return performance.getEntriesByType('navigation')[0].loadEventEnd"));
    }
    console.log(`   ${n} figures, ${size} bytes, open in ${Math.round(best)} ms (best of 5)`);
    assert.ok(n >= 500 && size < 2e6 && best <= 1000);
  });
} finally {
  await b.close();
  rmSync(work, { recursive: true, force: true });
}
console.log(`${passed} passed, 0 failed`);
