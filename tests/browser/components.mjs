// What the script does for components in a text: a page of another site comes only when it is asked for, by mouse or by
// keyboard, and an address is copied. Where no script runs, links do the same.

import { faultsOfTrials, pageWith } from "./trials.mjs";

/** Nothing is asked of another host until the button is pressed; then the frame stands in its place, and has the focus. */
async function frame(page, url, faults) {
  const asked = [];
  page.on("request", (request) => asked.push(request.url()));
  await page.goto(url);
  const figure = page.locator("figure.embed").first();
  const button = figure.locator("button[data-frame]");
  const [address, title] = [await button.getAttribute("data-frame"), await button.getAttribute("data-title")];
  const link = figure.locator("a.embed-open");
  const host = (text) => new URL(text).host;
  if (!(await button.isVisible())) faults.push("does not show the button that loads a frame");
  if (!(await link.isVisible())) faults.push("has no link beside what a frame would show");
  if (!(await button.innerText()).includes(title)) faults.push("the button does not say what it loads");
  const early = asked.filter((request) => host(request) !== host(url));
  if (early.length) faults.push(`asks ${early[0]} before a click`);
  await button.focus();
  await page.keyboard.press("Enter");
  const shown = figure.locator("iframe");
  if ((await shown.getAttribute("src")) !== address) faults.push(`loads ${await shown.getAttribute("src")}, not ${address}`);
  if ((await shown.getAttribute("title")) !== title) faults.push("the frame has no title");
  if (!(await shown.evaluate((element) => element === document.activeElement))) faults.push("the frame does not have the focus");
  if (!asked.some((request) => host(request) === host(address))) faults.push(`does not ask ${host(address)} after a click`);
  if (!(await link.isVisible())) faults.push("loses the link when the frame is there");
}

/** The address is copied, and the button says so for a while. */
async function copy(page, url, faults) {
  await page.goto(url);
  const button = page.locator('button[data-copy^="http"]').first();
  const [address, done] = [await button.getAttribute("data-copy"), await button.getAttribute("data-done")];
  await button.focus();
  await page.keyboard.press("Enter");
  await page.waitForFunction((words) => [...document.querySelectorAll("[data-copy]")].some((found) => found.textContent === words), done);
  const copied = await page.evaluate(() => navigator.clipboard.readText());
  if (copied !== address) faults.push(`copies "${copied}", not ${address}`);
}

async function withoutScript(page, url, faults) {
  await page.goto(url);
  for (const query of ["button[data-frame]", "button[data-copy]"]) {
    if (await page.locator(`${query}:visible`).count()) faults.push(`shows ${query} though no script runs`);
  }
  const links = page.locator("a.embed-open");
  if ((await links.count()) !== (await page.locator("a.embed-open:visible").count())) faults.push("hides a link though no script runs");
}

/** Tries all of it on the pages of a site that have it, each in a context of its own. */
export async function faultsOfComponents(newContext, origin, prefix, root, paths) {
  return faultsOfTrials(newContext, origin + prefix.slice(0, -1), [
    [frame, pageWith(root, paths, "data-frame=")],
    [copy, pageWith(root, paths, 'data-copy="http'), { permissions: ["clipboard-read", "clipboard-write"] }],
    [withoutScript, pageWith(root, paths, "data-frame="), { javaScriptEnabled: false }],
    [withoutScript, pageWith(root, paths, "data-copy="), { javaScriptEnabled: false }],
  ]);
}
