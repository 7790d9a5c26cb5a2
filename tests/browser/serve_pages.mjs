// What an editor sees in a browser while `handbill serve` runs: each test saves files and looks at open pages.
//
//   node serve_pages.mjs BINARY [--screenshots DIR]

import { spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, realpathSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { parseArgs } from "node:util";

const PATIENCE = 15_000;
const STANDARDS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"];
const FLAGS = ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"];

const { values: options, positionals } = parseArgs({
  allowPositionals: true,
  options: { screenshots: { type: "string" } },
});
const binary = realpathSync(positionals[0] ?? "target/debug/handbill");
const tools = createRequire(join(process.env.HANDBILL_BROWSER_TOOLS ?? import.meta.dirname, "package.json"));
const { chromium } = tools("playwright-core");
const axe = readFileSync(tools.resolve("axe-core/axe.min.js"), "utf8");
if (options.screenshots) mkdirSync(options.screenshots, { recursive: true });

const LINES = Array.from({ length: 150 }, (_, at) => `<p>Line ${at}</p>`).join("\n");
const FORM = `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>Form</title><link rel="stylesheet" href="/own.css"></head>
<body><h1>A form</h1><p id="words">Old words</p>
<form><input name="name"><textarea name="text">Given</textarea><select name="when"><option>a<option>b</select>
<input type="checkbox" name="yes"></form><details><summary>More</summary><p>Unfolded</p></details>
${LINES}
<img src="/picture.svg" alt=""></body></html>
`;

/** A small campaign in a folder of its own, and its server. */
class Site {
  constructor() {
    this.root = mkdtempSync(join(tmpdir(), "handbill-serve-"));
    this.write("handbill.toml", 'title = "Lido"\nbase_url = "https://lido.example/"\n[languages.de]\ntitle = "Freibad"\n');
    this.write("content/about.md", '+++\ntitle = "About"\n+++\nOld words.\n');
    this.write("content/news/first.md", '+++\ntitle = "First"\ndate = 2026-01-01\nexpires = 2099-01-01\n+++\nOld news.\n');
    this.write("content/news/draft.md", '+++\ntitle = "Unfinished"\ndraft = true\n+++\nNot yet.\n');
    this.write("content/news/later.md", '+++\ntitle = "Later"\npublish_from = 2098-01-01T09:00:00\n+++\nThen.\n');
    for (let at = 0; at < 30; at += 1) this.write(`content/news/n${at}.md`, `+++\ntitle = "News ${at}"\ndate = 2025-01-01\n+++\nText.\n`);
    this.write("static/form.html", FORM);
    this.write("static/own.css", "#words { color: rgb(200, 0, 0) }");
    this.write("static/picture.svg", '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>');
  }

  write(path, text) {
    mkdirSync(dirname(join(this.root, path)), { recursive: true });
    writeFileSync(join(this.root, path), text);
  }

  replace(path, from, to) {
    const text = readFileSync(join(this.root, path), "utf8");
    if (!text.includes(from)) throw new Error(`${path} has no ${from}`);
    this.write(path, text.replaceAll(from, to));
  }

  async start(...args) {
    this.child = spawn(binary, ["serve", "--root", this.root, "--color", "never", "--port", String(this.port ?? 0), ...args], {
      stdio: ["ignore", "ignore", "pipe"],
    });
    this.said = "";
    await new Promise((resolve, reject) => {
      this.child.once("exit", () => reject(new Error(`the server ended:\n${this.said}`)));
      this.child.stderr.on("data", (data) => {
        this.said += data;
        const found = /the site +(http:\/\/127\.0\.0\.1:(\d+))\//.exec(this.said);
        if (found) {
          [, this.origin, this.port] = found;
          resolve();
        }
      });
    });
    return this;
  }

  async stop() {
    this.child.removeAllListeners("exit");
    if (this.child.exitCode !== null) return;
    const ended = new Promise((resolve) => { this.child.once("exit", resolve); });
    this.child.kill("SIGTERM");
    const code = await ended;
    if (code !== 0) throw new Error(`the server ended with ${code}:\n${this.said}`);
  }

  remove() {
    rmSync(this.root, { recursive: true, force: true });
  }
}

const see = (page, selector, text) => page.locator(selector, { hasText: text }).first().waitFor({ timeout: PATIENCE });
const gone = (page, selector) => page.locator(selector).waitFor({ state: "detached", timeout: PATIENCE });
const listening = (page) => page.waitForResponse((response) => response.url().includes("/_handbill/events"), { timeout: PATIENCE });
async function open(page, url) {
  await Promise.all([listening(page), page.goto(url)]);
}
const claim = (isTrue, words) => { if (!isTrue) throw new Error(words); };

async function accessible(page, what, root) {
  await page.evaluate(axe);
  const { violations } = await page.evaluate(
    ([standards, root]) => globalThis.axe.run(root ?? document, { runOnly: { type: "tag", values: standards } }),
    [STANDARDS, root],
  );
  const told = violations.map(({ id, help, nodes }) => `${id}: ${help}: ${nodes.map((node) => node.target).join(", ")}`);
  claim(told.length === 0, `${what}: ${told.join("; ")}`);
}

async function shot(page, name) {
  if (options.screenshots) await page.screenshot({ path: join(options.screenshots, `${name}.png`) });
}

const TESTS = {
  async "what is saved is seen"(site, newPage) {
    const page = await newPage();
    await open(page, `${site.origin}/about/`);
    site.replace("content/about.md", "Old words", "New words");
    await see(page, "main", "New words");
  },

  async "scroll, forms and what is unfolded stay"(site, newPage) {
    const page = await newPage();
    await open(page, `${site.origin}/form.html`);
    await page.fill("[name=name]", "Ada");
    await page.fill("[name=text]", "Written");
    await page.selectOption("[name=when]", "b");
    await page.check("[name=yes]");
    await page.evaluate(() => { document.querySelector("details").open = true; scrollTo(0, 900); });
    site.replace("static/form.html", "Old words", "New words");
    await see(page, "#words", "New words");
    await page.waitForFunction(() => scrollY === 900, null, { timeout: PATIENCE });
    const kept = await page.evaluate(() => [
      ...["name", "text", "when"].map((name) => document.querySelector(`[name=${name}]`).value),
      document.querySelector("[name=yes]").checked,
      document.querySelector("details").open,
    ]);
    claim(JSON.stringify(kept) === '["Ada","Written","b",true,true]', `kept ${JSON.stringify(kept)}`);
    site.replace("static/form.html", "Given", "Given anew");
    await page.waitForFunction(() => document.querySelector("[name=text]").defaultValue === "Given anew", null, { timeout: PATIENCE });
    claim((await page.inputValue("[name=text]")) === "Written", "what was written is gone");
  },

  async "a mistake shows a panel over the last good page, until it is mended"(site, newPage) {
    const page = await newPage();
    await open(page, `${site.origin}/about/`);
    await page.evaluate(() => { globalThis.mark = 1; });
    site.replace("content/about.md", "+++\nOld", "draft = maybe\n+++\nOld");
    await see(page, ".panel pre.error", "content/about.md:3:");
    const told = await page.locator(".panel pre.error").first().innerText();
    claim(told.includes("^") && told.includes("draft = maybe") && told.includes("help"), `the panel says ${told}`);
    claim((await page.locator("main").innerText()).includes("Old words"), "the last good page is gone");
    claim(await page.evaluate(() => globalThis.mark === 1), "the page was loaded anew though it is the same");
    await accessible(page, "the panel", "handbill-notes");
    await shot(page, "panel");
    await page.locator(".panel button").click();
    await gone(page, ".panel");
    await see(page, ".badge .count", "1 mistake");
    site.replace("content/about.md", "draft = maybe\n+++\nOld", "+++\nMended");
    await see(page, "main", "Mended words");
    await gone(page, ".panel");
    await gone(page, ".badge .count");
  },

  async "a page that was never good appears when it is mended"(site, newPage) {
    site.write("content/bad.md", '+++\ntitle = "Bad\n+++\n');
    const page = await newPage();
    await open(page, `${site.origin}/bad/`);
    await see(page, "pre.error", "content/bad.md:2:");
    await accessible(page, "the page that stands in");
    await shot(page, "stand-in");
    site.write("content/bad.md", '+++\ntitle = "Good"\n+++\nMended.\n');
    await see(page, "main", "Mended.");
  },

  async "broken templates and configurations are told on any page, and mended"(site, newPage) {
    const page = await newPage();
    await open(page, `${site.origin}/about/`);
    for (const [path, good, bad] of [
      ["templates/post.html", "{{ page.title }}", "{{ page.nothing.at.all }}"],
      ["templates/page.html", "{% extends \"base.html\" %}", "{% if %}"],
      ["handbill.toml", 'title = "Lido"\nbase_url = "https://lido.example/"\n', "title = "],
    ]) {
      const before = path === "handbill.toml" ? readFileSync(join(site.root, path), "utf8") : good;
      site.write(path, bad);
      await see(page, ".panel pre.error", path);
      site.write(path, before);
      await gone(page, ".panel");
    }
  },

  async "style sheets are swapped without loading the page"(site, newPage) {
    const page = await newPage();
    const colour = (wanted) =>
      page.waitForFunction((wanted) => getComputedStyle(document.querySelector("#words") ?? document.body).color === wanted, wanted, { timeout: PATIENCE });
    await open(page, `${site.origin}/form.html`);
    await page.evaluate(() => { globalThis.mark = 1; });
    for (const red of [1, 2, 3]) {
      site.write("static/own.css", `#words { color: rgb(${red}, 0, 0) }`);
      await colour(`rgb(${red}, 0, 0)`);
    }
    claim(await page.evaluate(() => globalThis.mark === 1), "the page was loaded anew");
    await page.waitForFunction(() => document.querySelectorAll("link").length === 1, null, { timeout: PATIENCE });
    // One with a hash of its content in its address.
    site.write("templates/page.html", '<!doctype html><html lang="en"><head><title>x</title><link rel="stylesheet" href="{{ asset(path="own.css") }}"></head><body><p id="words">x</p></body></html>');
    await page.waitForTimeout(500);
    await open(page, `${site.origin}/about/`);
    await page.waitForSelector("#words", { timeout: PATIENCE });
    await page.evaluate(() => { globalThis.mark = 1; });
    for (const red of [4, 5]) {
      site.write("static/own.css", `#words { color: rgb(${red}, 0, 0) }`);
      await colour(`rgb(${red}, 0, 0)`);
    }
    claim(await page.evaluate(() => globalThis.mark === 1), "the page with a hash was loaded anew");
  },

  async "a changed picture is seen"(site, newPage) {
    const page = await newPage();
    await open(page, `${site.origin}/form.html`);
    site.write("static/picture.svg", '<svg xmlns="http://www.w3.org/2000/svg" width="31" height="9"/>');
    await page.waitForFunction(() => document.images[0].naturalWidth === 31, null, { timeout: PATIENCE });
  },

  async "the open page follows the editor when asked to"(site, newPage) {
    const page = await newPage();
    await open(page, `${site.origin}/about/`);
    site.replace("content/news/first.md", "Old news", "New news");
    await page.waitForURL("**/news/first/", { timeout: PATIENCE });
    await see(page, "main", "New news");
  },

  async "a tab outlives its server"(site, newPage) {
    const page = await newPage();
    await open(page, `${site.origin}/about/`);
    await site.stop();
    site.replace("content/about.md", "Old words", "Words of tomorrow");
    await site.start();
    await see(page, "main", "Words of tomorrow");
  },

  async "a tab that finds no room comes again, more and more rarely"(site, newPage) {
    const page = await newPage();
    let asked = 0;
    await page.route("**/_handbill/events*", (route) => {
      asked += 1;
      return route.fulfill({ status: 503, headers: { "retry-after": "10" }, body: "Too many pages are open." });
    });
    await page.goto(`${site.origin}/about/`);
    await page.waitForTimeout(7_000);
    claim(asked > 1 && asked < 8, `asked ${asked} times in seven seconds`);
    site.replace("content/about.md", "Old words", "New words");
    await page.unroute("**/_handbill/events*");
    await see(page, "main", "New words");
  },

  async "an open page moves with the site"(site, newPage) {
    const page = await newPage();
    await open(page, `${site.origin}/about/#main`);
    site.replace("handbill.toml", "https://lido.example/", "https://lido.example/pool/");
    await page.waitForURL("**/pool/about/#main", { timeout: PATIENCE });
    await see(page, "main", "Old words");
    site.replace("handbill.toml", "https://lido.example/pool/", "https://lido.example/");
    await page.waitForURL((url) => url.pathname === "/about/", { timeout: PATIENCE });
  },

  async "pages stay while their folder is away"(site, newPage) {
    const page = await newPage();
    await open(page, `${site.origin}/about/`);
    renameSync(join(site.root, "content"), join(site.root, "away"));
    await see(page, ".panel pre.error", "the folder content/ is gone");
    claim((await page.locator("main").innerText()).includes("Old words"), "the last good page is gone");
    claim((await page.evaluate(() => document.querySelector("handbill-notes").lang)) === "en", "the panel has no language");
    await page.goto(`${site.origin}/news/first/`);
    await see(page, "main", "Old news.");
    renameSync(join(site.root, "away"), join(site.root, "content"));
    await gone(page, ".panel");
  },

  async "many open tabs leave room for one more"(site, newPage) {
    const pages = [];
    for (let at = 0; at < 9; at += 1) {
      const page = await newPage();
      await page.goto(`${site.origin}/news/n${at}/`, { timeout: PATIENCE });
      pages.push(page);
    }
    site.replace("content/news/n0.md", "Text.", "First of many.");
    await pages[0].bringToFront();
    await see(pages[0], "main", "First of many.");
    site.replace("content/news/n8.md", "Text.", "Last of many.");
    await see(pages[8], "main", "Last of many.");
  },

  async "each page says which file it comes from"(site, newPage) {
    const page = await newPage();
    await open(page, `${site.origin}/news/first/`);
    const link = page.locator(".badge a");
    claim((await link.innerText()) === "content/news/first.md", "another file");
    await accessible(page, "the badge", "handbill-notes");
    await shot(page, "badge");
    await link.click();
    await page.waitForURL("**/_handbill/?q=*", { timeout: PATIENCE });
    await see(page, "td", "First");
  },

  async "the page for editors is complete, and fits phones and desks"(site, newPage, newContext) {
    site.write("content/bad.md", '+++\ntitle = "Bad\n+++\n');
    for (const colorScheme of ["light", "dark"]) {
      const context = await newContext({ colorScheme });
      const page = await context.newPage();
      const asked = [];
      page.on("request", (request) => { if (!request.url().startsWith(`${site.origin}/`)) asked.push(request.url()); });
      for (const width of [360, 1280]) {
        await page.setViewportSize({ width, height: 900 });
        await open(page, `${site.origin}/_handbill/`);
        for (const text of ["Unfinished", "1 January 2098, 09:00", "until 1 January 2099", "content/bad.md:2:", "not in de"]) {
          await see(page, "main", text);
        }
        const over = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
        claim(over <= 0, `hangs over by ${over} px at ${width} px`);
        await accessible(page, `${colorScheme} at ${width} px`);
        await shot(page, `start-${colorScheme}-${width}`);
      }
      await page.locator("a.phone").first().click();
      await page.waitForFunction(() => frames[0].location.pathname !== "/", null, { timeout: PATIENCE });
      const frame = await page.evaluate(() => [frames[0].innerWidth, frames[0].document.querySelector("h1") !== null]);
      claim(frame[0] === 360 && frame[1], `the phone shows ${frame}`);
      const others = asked.filter((url) => !/^(data|about|blob):/.test(url));
      claim(others.length === 0, `asks other hosts: ${others}`);
      await context.close();
    }
  },
};

const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium", headless: true, args: FLAGS });
let bad = 0;
try {
  for (const [name, test] of Object.entries(TESTS)) {
    const site = new Site();
    const contexts = [];
    const faults = [];
    try {
      await site.start(...(name.includes("follows the editor") ? ["--navigate"] : []));
      const newContext = async (options) => {
        const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, ...options });
        contexts.push(context);
        return context;
      };
      const context = await newContext({});
      const newPage = async () => {
        const page = await context.newPage();
        page.on("pageerror", (error) => faults.push(`script: ${error.message}`));
        return page;
      };
      await test(site, newPage, newContext);
    } catch (error) {
      faults.push(String(error.message).split("\n").slice(0, 6).join("\n    "));
    } finally {
      for (const context of contexts) await context.close();
      try { await site.stop(); } catch (error) { faults.push(String(error.message)); }
      site.remove();
    }
    console.log(`${faults.length ? "FAILED" : "fine  "} ${name}`);
    for (const fault of faults) console.log(`    ${fault}`);
    bad += faults.length ? 1 : 0;
  }
} finally {
  await browser.close();
}
process.exitCode = bad === 0 ? 0 : 1;
