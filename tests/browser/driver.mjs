// A browser driven over WebDriver: chromedriver as a child, plain HTTP to it.
import { spawn, spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

export const SKIP = 77;
const find = (names) => names.map((n) =>
  spawnSync("sh", ["-c", `command -v ${n}`], { encoding: "utf8" }).stdout.trim()).find(Boolean);

// The browser and its driver, or the notice and exit code of a skipped test.
export function needed() {
  const driver = find(["chromedriver"]), browser = find(["chromium", "chromium-browser", "google-chrome"]);
  if (driver && browser) return { driver, browser };
  console.log("skipped: no chromium with chromedriver on this machine");
  process.exit(SKIP);
}

const sleep = (ms) => new Promise((done) => setTimeout(done, ms));

export class Browser {
  static async open() {
    const { driver, browser } = needed();
    const b = new Browser();
    b.home = mkdtempSync(join(tmpdir(), "jianbao-browser-"));
    b.child = spawn(driver, ["--port=0"], { stdio: ["ignore", "pipe", "ignore"], env: { ...process.env, HOME: b.home } });
    const port = await new Promise((found, lost) => {
      let said = "";
      b.child.stdout.on("data", (d) => {
        said += d;
        const m = /successfully on port (\d+)/.exec(said);
        if (m) found(m[1]);
      });
      b.child.on("exit", () => lost(new Error("chromedriver ended: " + said)));
    });
    b.base = `http://127.0.0.1:${port}`;
    const options = { binary: browser, args: ["--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage",
      "--lang=zh-CN", "--window-size=1440,900", `--user-data-dir=${b.home}/profile`] };
    const made = await b.call("POST", "/session", { capabilities: { alwaysMatch: { browserName: "chrome", "goog:chromeOptions": options,
      "goog:loggingPrefs": { browser: "ALL" } } } });
    b.base += `/session/${made.sessionId}`;
    await b.call("POST", "/goog/cdp/execute", { cmd: "Browser.setDownloadBehavior", params: { behavior: "allow", downloadPath: b.home } });
    return b;
  }
  async call(method, path, body) {
    const r = await fetch(this.base + path, { method, body: body === undefined ? undefined : JSON.stringify(body) });
    const { value } = await r.json();
    if (value && value.error) throw new Error(`${path}: ${value.error}: ${value.message}`);
    return value;
  }
  go(url) { return this.call("POST", "/url", { url }); }
  run(script, ...args) { return this.call("POST", "/execute/sync", { script, args }); }
  async find(css) { return Object.values(await this.call("POST", "/element", { using: "css selector", value: css }))[0]; }
  async click(css) { return this.call("POST", `/element/${await this.find(css)}/click`, {}); }
  async text(css) { return this.call("GET", `/element/${await this.find(css)}/text`); }
  async type(css, text) {
    const e = await this.find(css);
    await this.call("POST", `/element/${e}/clear`, {});
    return this.call("POST", `/element/${e}/value`, { text });
  }
  // Keys to whatever has the focus.
  async keys(text) {
    const actions = [...text].flatMap((value) => [{ type: "keyDown", value }, { type: "keyUp", value }]);
    await this.call("POST", "/actions", { actions: [{ type: "key", id: "keyboard", actions }] });
  }
  async shot() { return Buffer.from(await this.call("GET", "/screenshot"), "base64"); }
  async print() { return Buffer.from(await this.call("POST", "/print", {}), "base64"); }
  log() { return this.call("POST", "/se/log", { type: "browser" }); }
  async downloaded(name) {
    const path = join(this.home, name);
    for (let i = 0; i < 100 && !existsSync(path); i++) await sleep(50);
    await sleep(50);
    return path;
  }
  async close() {
    try { await this.call("DELETE", ""); } catch { /* gone already */ }
    this.child.kill();
    await sleep(100);
    rmSync(this.home, { recursive: true, force: true, maxRetries: 5 });
  }
}
