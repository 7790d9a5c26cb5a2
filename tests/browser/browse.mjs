// Opens every page of a built site at the width of a phone and of a desk, and says what is wrong with it.
//
//   node browse.mjs FOLDER [--limit N] [--prefix /path/] [--screenshots DIR]
//
// A page passes when nothing hangs over its side, it has exactly one h1 and a language, every image of it loads, it writes
// no error to the console, asks no other host for anything, stores nothing in the browser, and axe finds nothing against
// WCAG 2.2 A and AA. The headers of `_headers` are sent with each, so a policy that stops something of a page is seen in the
// console. What the script does for events (events.mjs) and components (components.mjs) is tried besides, and that
// the policy stops what is planted (policy.mjs, with --policy).

import { mkdirSync, readFileSync, readdirSync } from "node:fs";
import { createRequire } from "node:module";
import { join, relative, sep } from "node:path";
import { parseArgs } from "node:util";
import { faultsOfComponents } from "./components.mjs";
import { faultsOfEvents } from "./events.mjs";
import { faultsOfPolicy } from "./policy.mjs";
import { serve } from "./serve.mjs";

const WIDTHS = [360, 1280];
const STANDARDS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"];
const FLAGS = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

const { values: options, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    limit: { type: "string", default: "200" },
    policy: { type: "boolean", default: false },
    prefix: { type: "string", default: "/" },
    screenshots: { type: "string" },
  },
});
const folder = positionals[0] ?? "public";
const tools = createRequire(join(process.env.HANDBILL_BROWSER_TOOLS ?? import.meta.dirname, "package.json"));
const { chromium } = tools("playwright-core");
const axe = readFileSync(tools.resolve("axe-core/axe.min.js"), "utf8");

/** The paths of all pages, as a visitor's browser asks for them; redirects left out. */
function pagesOf(root) {
  const files = readdirSync(root, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith(".html"))
    .map((entry) => join(entry.parentPath ?? entry.path, entry.name))
    .filter((file) => !/http-equiv=["']?refresh/i.test(readFileSync(file, "utf8")));
  const paths = files.map((file) => `/${relative(root, file).split(sep).join("/")}`.replace(/\/index\.html$/, "/"));
  // Shallow pages first, so that a limit keeps one of each kind rather than many of one.
  return paths.sort((a, b) => a.split("/").length - b.split("/").length || (a < b ? -1 : 1));
}

/** What is wrong with the page that `page` shows. Runs in the browser. */
function faultsOfDocument() {
  const faults = [];
  const root = document.documentElement;
  if (root.scrollWidth > root.clientWidth) {
    const wide = [...document.body.querySelectorAll("*")].find(
      (element) => element.getBoundingClientRect().right > root.clientWidth + 1,
    );
    const which = wide ? ` (first: <${wide.tagName.toLowerCase()} class="${wide.className}">)` : "";
    faults.push(`hangs over the side: ${root.scrollWidth} px wide in ${root.clientWidth} px${which}`);
  }
  const headings = document.querySelectorAll("h1").length;
  if (headings !== 1) faults.push(`has ${headings} h1, not one`);
  if (!root.lang) faults.push("has no lang");
  for (const image of document.images) {
    if (image.complete && image.naturalWidth === 0) faults.push(`the image ${image.src} does not load`);
  }
  if (document.cookie) faults.push(`sets the cookie ${document.cookie}`);
  if (localStorage.length + sessionStorage.length > 0) faults.push("stores something in the browser");
  return faults;
}

async function visit(page, origin, path, width) {
  const faults = [];
  const onConsole = (message) => {
    if (message.type() === "error") faults.push(`console: ${message.text()}`);
  };
  const onError = (error) => faults.push(`script: ${error.message}`);
  const onRequest = (request) => {
    const url = request.url();
    if (!url.startsWith(`${origin}/`) && !/^(data|blob|about):/.test(url)) faults.push(`asks another host: ${url}`);
  };
  page.on("console", onConsole).on("pageerror", onError).on("request", onRequest);
  try {
    await page.setViewportSize({ width, height: 800 });
    const response = await page.goto(origin + path, { waitUntil: "load", timeout: 15_000 });
    if (!response?.ok()) faults.push(`answers ${response?.status()}`);
    faults.push(...(await page.evaluate(faultsOfDocument)));
    const { violations } = await page.evaluate(
      (standards) => globalThis.axe.run({ runOnly: { type: "tag", values: standards } }),
      STANDARDS,
    );
    for (const violation of violations) {
      faults.push(`${violation.id}: ${violation.help}: ${violation.nodes.map((node) => node.target).join(", ")}`);
    }
    if (options.screenshots) {
      const name = `${path.replaceAll("/", "_")}${width}.png`;
      await page.screenshot({ path: join(options.screenshots, name), fullPage: true });
    }
  } catch (error) {
    faults.push(String(error.message).split("\n")[0]);
  } finally {
    page.off("console", onConsole).off("pageerror", onError).off("request", onRequest);
  }
  return faults;
}

const all = pagesOf(folder);
const paths = all.slice(0, Number(options.limit));
if (paths.length === 0) {
  console.error(`There is no page in ${folder}: build the site first.`);
  process.exit(1);
}
if (options.screenshots) mkdirSync(options.screenshots, { recursive: true });
const server = await serve(folder, options.prefix);
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
  headless: true,
  args: FLAGS,
});
let bad = 0;
try {
  const newContext = async (options) => {
    const context = await browser.newContext({ serviceWorkers: "block", ...options });
    await context.route("**/*", (route) =>
      route.request().url().startsWith(`${server.origin}/`) ? route.continue() : route.abort(),
    );
    return context;
  };
  for (const fault of await faultsOfEvents(newContext, server.origin, options.prefix, folder, all)) {
    console.log(fault);
    bad += 1;
  }
  const first = options.prefix.slice(0, -1) + paths[0];
  for (const fault of options.policy ? await faultsOfPolicy(newContext, server, first) : []) {
    console.log(fault);
    bad += 1;
  }
  for (const fault of await faultsOfComponents(newContext, server.origin, options.prefix, folder, all)) {
    console.log(fault);
    bad += 1;
  }
  const context = await newContext({});
  // Before the page's own scripts, and whatever its content security policy says.
  await context.addInitScript(axe);
  const page = await context.newPage();
  for (const path of paths) {
    for (const width of WIDTHS) {
      const faults = await visit(page, server.origin, options.prefix.slice(0, -1) + path, width);
      for (const fault of new Set(faults)) {
        console.log(`${path} at ${width} px: ${fault}`);
        bad += 1;
      }
    }
  }
} finally {
  await browser.close();
  await server.close();
}
const seen = `${paths.length} of ${all.length} pages at ${WIDTHS.join(" and ")} px`;
console.log(bad === 0 ? `${seen}: all in order` : `${seen}: ${bad} faults`);
process.exitCode = bad === 0 ? 0 : 1;
