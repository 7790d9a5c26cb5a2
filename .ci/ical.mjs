// Reads every calendar of a built site with ical.js and prints what it understands, as JSON: for each file the
// occurrences that begin between two dates.
//
//     NODE_PATH=node_modules node .ci/ical.mjs public 2026-01-01 2028-01-01

import { readdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";

const ICAL = createRequire(import.meta.url)("ical.js");
const [folder, from, to] = process.argv.slice(2);
// A change may move an occurrence into the time that is looked at from this long after it.
const DAYS_BEYOND = 400;
const end = new Date(new Date(to).getTime() + DAYS_BEYOND * 86400e3);

const shown = (time) => (time.isDate ? time.toString() : time.toJSDate().toISOString().replace(".000Z", "Z"));

function occurrences(component) {
  const events = component.getAllSubcomponents("vevent").map((vevent) => new ICAL.Event(vevent, { exceptions: [] }));
  const found = [];
  const add = (item, start, end) => {
    const at = shown(start);
    if (at >= from && at < to) {
      found.push({ uid: item.uid, start: at, end: shown(end), status: item.component.getFirstPropertyValue("status") });
    }
  };
  for (const event of events.filter((event) => !event.isRecurrenceException())) {
    if (!event.isRecurring()) {
      add(event, event.startDate, event.endDate);
      continue;
    }
    for (const other of events) {
      if (other.isRecurrenceException() && other.uid === event.uid) event.relateException(other);
    }
    const iterator = event.iterator();
    for (let next = iterator.next(); next && next.toJSDate() < end; next = iterator.next()) {
      const { item, startDate, endDate } = event.getOccurrenceDetails(next);
      add(item, startDate, endDate);
    }
  }
  return found;
}

const read = {};
for (const name of readdirSync(folder, { recursive: true }).filter((name) => name.endsWith(".ics")).sort()) {
  ICAL.TimezoneService.reset();
  const component = new ICAL.Component(ICAL.parse(readFileSync(join(folder, name), "utf8")));
  component.getAllSubcomponents("vtimezone").forEach((zone) => ICAL.TimezoneService.register(zone));
  read[name] = occurrences(component);
}
console.log(JSON.stringify(read));
