// A browser driven by a test: Chromium over WebDriver (chromedriver as a child,
// plain HTTP to it), or Firefox over its own Marionette, which takes the same
// commands under other names.
import { spawn, spawnSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";

export const SKIP = 77;
const find = (names) => names.map((n) =>
  spawnSync("sh", ["-c", `command -v ${n}`], { encoding: "utf8" }).stdout.trim()).find(Boolean);

// The browser and its driver, or the notice and exit code of a skipped test.
export function needed() {
  if (process.env.BROWSER === "firefox") {
    const firefox = find(["firefox-esr", "firefox"]);
    if (firefox) return { firefox };
    console.log("skipped: no Firefox on this machine");
    process.exit(SKIP);
  }
  const driver = find(["chromedriver"]), browser = find(["chromium", "chromium-browser", "google-chrome"]);
  if (driver && browser) return { driver, browser };
  console.log("skipped: no chromium with chromedriver on this machine");
  process.exit(SKIP);
}

const sleep = (ms) => new Promise((done) => setTimeout(done, ms));

export class Browser {
  static async open() {
    const { driver, browser, firefox } = needed();
    if (firefox) return Firefox.start(firefox);
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
    await sleep(60); // Firefox answers before the page has heard it
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

const PREFS = {
  "browser.download.folderList": 2, "browser.download.useDownloadDir": true, "browser.download.always_ask_before_handling_new_types": false,
  "browser.helperApps.neverAsk.saveToDisk": "application/xml,text/xml", "browser.shell.checkDefaultBrowser": false,
  "datareporting.policy.dataSubmissionEnabled": false, "app.update.enabled": false, "intl.accept_languages": "zh-CN",
  "browser.startup.homepage": "about:blank", "marionette.port": 0,
};

// [length]:[type, id, name or error, parameters or result], over one socket.
class Firefox extends Browser {
  static async start(firefox) {
    const b = new Firefox();
    b.home = mkdtempSync(join(tmpdir(), "jianbao-browser-"));
    const profile = join(b.home, "profile");
    mkdirSync(profile);
    const prefs = { ...PREFS, "browser.download.dir": b.home };
    writeFileSync(join(profile, "user.js"), Object.entries(prefs).map(([k, v]) => `user_pref(${JSON.stringify(k)}, ${JSON.stringify(v)});\n`).join(""));
    b.child = spawn(firefox, ["--headless", "--marionette", "--no-remote", "--profile", profile],
      { stdio: "ignore", env: { ...process.env, HOME: b.home, MOZ_HEADLESS_WIDTH: "1440", MOZ_HEADLESS_HEIGHT: "900" } });
    const said = join(profile, "MarionetteActivePort");
    for (let i = 0; i < 600 && !existsSync(said); i++) await sleep(50);
    await sleep(100);
    await b.connect(Number(readFileSync(said, "utf8")));
    await b.send("WebDriver:NewSession", { capabilities: { alwaysMatch: {} } });
    return b;
  }
  connect(port) {
    this.waiting = new Map();
    this.last = 0;
    let rest = Buffer.alloc(0);
    return new Promise((ready, lost) => {
      this.socket = connect(port, "127.0.0.1");
      this.socket.on("error", lost);
      this.socket.on("data", (data) => {
        rest = Buffer.concat([rest, data]);
        for (let colon; (colon = rest.indexOf(":")) > 0;) {
          const end = colon + 1 + Number(rest.subarray(0, colon));
          if (rest.length < end) return;
          const message = JSON.parse(rest.subarray(colon + 1, end));
          rest = rest.subarray(end);
          if (Array.isArray(message)) this.answered(message); else ready();
        }
      });
    });
  }
  answered([, id, error, result]) {
    const { done, failed } = this.waiting.get(id);
    this.waiting.delete(id);
    if (error) failed(new Error(`${error.error}: ${error.message}`)); else done(result);
  }
  send(name, parameters) {
    const id = ++this.last, text = JSON.stringify([0, id, name, parameters]);
    this.socket.write(`${Buffer.byteLength(text)}:${text}`);
    return new Promise((done, failed) => this.waiting.set(id, { done, failed }));
  }
  async call(method, path, body) {
    const [, thing, id, verb] = path.split("/");
    if (thing === "element" && !id) return (await this.send("WebDriver:FindElement", body)).value;
    if (thing === "element") {
      const name = { click: "ElementClick", text: "GetElementText", clear: "ElementClear", value: "ElementSendKeys" }[verb];
      return (await this.send("WebDriver:" + name, { ...body, id })).value;
    }
    const name = { url: "Navigate", execute: "ExecuteScript", actions: "PerformActions", screenshot: "TakeScreenshot", print: "Print", "": "DeleteSession" }[thing ?? ""];
    const answer = await this.send("WebDriver:" + name, body ?? {});
    return answer && "value" in answer ? answer.value : answer;
  }
  async log() { return []; } // Marionette has none
  async close() {
    this.child.kill();
    this.socket?.destroy();
    await sleep(500);
    rmSync(this.home, { recursive: true, force: true, maxRetries: 10, retryDelay: 200 });
  }
}
