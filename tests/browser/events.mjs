// What the script does on pages with events: it narrows lists, hides what has passed, moves the mark of the next date,
// marks today, and leaves everything in sight where no script runs.

import { faultsOfTrials, pageWith } from "./trials.mjs";

const shown = (page, query) => page.locator(`${query}:visible`).count();

/** Every choice of the form shows the rows that have it and no others, and the address brings it back. */
async function filter(page, url, faults) {
  await page.goto(url);
  const rows = await page.locator("[data-filtered] .event").count();
  if (rows !== (await shown(page, "[data-filtered] .event"))) faults.push("hides rows before anything is chosen");
  await page.evaluate(() => { document.querySelector("[data-filter] details").open = true; });
  const names = await page.locator("[data-filter] input").evaluateAll((boxes) => boxes.map((box) => box.name));
  for (const name of names) {
    await page.locator(`[data-filter] input[name="${name}"]`).check();
    const wanted = name === "online" ? '.event:not([data-attendance="offline"])' : `.event[data-access~="${name}"]`;
    const fits = await page.locator(`[data-filtered] ${wanted}`).count();
    const left = await shown(page, "[data-filtered] .event");
    if (left !== fits) faults.push(`"${name}" leaves ${left} rows, though ${fits} fit`);
    const others = await shown(page, `[data-filtered] .event:not(${wanted})`);
    if (others) faults.push(`"${name}" leaves ${others} rows that do not fit`);
    const said = await page.locator("[data-count]").innerText();
    if (!said.includes(String(fits))) faults.push(`says "${said}", not ${fits}`);
    const unknown = await page.locator(`[data-filtered] .event[data-unknown~="${name}"]`).count();
    if (unknown && !said.includes(String(unknown))) faults.push(`"${said}" does not say that ${unknown} are not known`);
    const empty = await page.locator(".month:visible").evaluateAll(
      (months) => months.filter((month) => ![...month.querySelectorAll(".event")].some((row) => row.offsetParent)).length,
    );
    if (empty) faults.push(`"${name}" leaves ${empty} empty months`);
    if (!page.url().endsWith(`#${name}`)) faults.push(`the address does not keep "${name}": ${page.url()}`);
    await page.reload();
    if ((await shown(page, "[data-filtered] .event")) !== fits) faults.push(`the address does not bring back "${name}"`);
    await page.locator("[data-filter] [type=reset]").click();
    await page.waitForFunction(() => !location.hash);
    if ((await shown(page, "[data-filtered] .event")) !== rows) faults.push("does not show all again");
    await page.evaluate(() => { document.querySelector("[data-filter] details").open = true; });
  }
  const select = page.locator("[data-filter] select");
  if (await select.count()) {
    const value = await select.locator("optgroup option").first().getAttribute("value");
    await select.selectOption(value);
    const left = await shown(page, "[data-filtered] .event");
    if (left === 0 || left > rows) faults.push(`"${value}" leaves ${left} rows of ${rows}`);
    await page.reload();
    if ((await shown(page, "[data-filtered] .event")) !== left) faults.push(`the address does not bring back "${value}"`);
  }
  // What the tables of days lead to is in sight.
  const lost = await page.evaluate(() => [...document.querySelectorAll("[data-filtered] a.cal-number[href]")]
    .filter((link) => link.offsetParent && !document.querySelector(link.hash)?.offsetParent).length);
  if (lost) faults.push(`${lost} days lead to a row that is not in sight`);
}

/** After a coming event has ended it is gone from lists of what is coming, and nothing else is. */
async function hiding(page, url, faults) {
  await page.goto(url);
  const ends = await page.locator("[data-upcoming] [data-ends]").evaluateAll((rows) => rows.map((row) => row.dataset.ends));
  const now = Date.parse(ends[0]) + 60_000;
  await page.clock.setFixedTime(now);
  await page.goto(url);
  const over = ends.filter((end) => Date.parse(end) < now).length;
  const left = await shown(page, "[data-upcoming] [data-ends]");
  if (left !== ends.length - over) faults.push(`shows ${left} of ${ends.length} events when ${over} are over`);
  // Years later nothing is coming, and that is said.
  await page.clock.setFixedTime("2100-01-01T00:00:00Z");
  await page.goto(url);
  if (await shown(page, "[data-upcoming] [data-ends]")) faults.push("shows events as coming in the year 2100");
  if (!(await shown(page, "[data-none-left]"))) faults.push("does not say that nothing is coming");
}

async function nextDate(page, url, faults) {
  await page.goto(url);
  const dates = page.locator("[data-next] .date-list li:not(.is-off)");
  const ends = await dates.evaluateAll((rows) => rows.map((row) => row.dataset.ends));
  await page.clock.setFixedTime(Date.parse(ends[0]) + 60_000);
  await page.goto(url);
  if (!(await dates.nth(1).locator(".next-mark").count())) faults.push("does not mark the second date when the first is over");
  if (!(await page.locator(".banner[data-when-over]").isVisible())) faults.push("does not say that the date in its head is over");
}

/** Once it is too late to reply, the page says so and offers it no more. */
async function replies(page, url, faults) {
  await page.goto(url);
  const offer = page.locator(".facts-call > [data-before]");
  const closes = Date.parse(await offer.getAttribute("data-before"));
  for (const [minutes, open] of [[-1, true], [1, false]]) {
    await page.clock.setFixedTime(closes + minutes * 60_000);
    await page.goto(url);
    const note = page.locator(".facts-call > [data-when-over]");
    if ((await offer.isVisible()) !== open) faults.push(`${open ? "hides" : "shows"} the way to reply ${minutes} minutes after the deadline`);
    if ((await note.isVisible()) === open) faults.push(`does not say rightly whether replies are closed, ${minutes} minutes after the deadline`);
  }
}

async function today(page, url, faults) {
  await page.goto(url);
  const day = await page.locator(".cal [data-day]").nth(14).getAttribute("data-day");
  await page.clock.setFixedTime(`${day}T12:00:00Z`);
  await page.goto(url);
  const marked = await page.locator('.cal [aria-current="date"]').first().getAttribute("data-day");
  if (marked !== day) faults.push(`marks ${marked} as today, not ${day}`);
}

/** A link to a date brings it into sight and marks it. */
async function anchor(page, url, faults) {
  await page.goto(url);
  for (const id of await page.locator(".date-list li").evaluateAll((dates) => dates.map((date) => date.id))) {
    await page.goto("about:blank");
    await page.goto(`${url}#${id}`);
    const seen = await page.locator(`#${id}:target`).evaluate((date) => {
      const { top, bottom } = date.getBoundingClientRect();
      return top >= 0 && bottom <= innerHeight;
    });
    if (!seen) faults.push(`#${id} is not in sight`);
  }
}

/** Where no script runs, all is shown and no form that would do nothing. */
async function withoutScript(page, url, faults) {
  await page.goto(url);
  if (await page.locator("[data-filter]").isVisible()) faults.push("shows the form though no script runs");
  if ((await shown(page, ".event")) !== (await page.locator(".event").count())) faults.push("hides events though no script runs");
}

/** Tries all of it on the pages of a site that have it, each in a context of its own. */
export async function faultsOfEvents(newContext, origin, prefix, root, paths) {
  return faultsOfTrials(newContext, origin + prefix.slice(0, -1), [
    [filter, pageWith(root, paths, "data-filter ", "data-upcoming")],
    [filter, pageWith(root, paths, "data-filter ", "cal-full")],
    [hiding, pageWith(root, paths, "data-upcoming", "class=\"event ")],
    [nextDate, pageWith(root, paths, "data-next")],
    [replies, pageWith(root, paths, "<div data-before=")],
    [today, pageWith(root, paths, "cal-full")],
    [anchor, pageWith(root, paths, "data-next", "date-years-past"), { reducedMotion: "reduce" }],
    [withoutScript, pageWith(root, paths, "data-filter ", "data-upcoming"), { javaScriptEnabled: false }],
  ]);
}
