"""Checks the calendars of a built site with programs that are not Handbill's.

Each file must be in the form that RFC 5545 asks for, be read without complaint by icalendar, vobject and ical.js, and
say to each of them what Handbill itself says of every event.

    handbill list event --occurrences --from 2026-01-01 --to 2027-12-31 --json > occurrences.json
    node .ci/ical.mjs public 2026-01-01 2028-01-01 > ical-js.json
    python3 .ci/calendars.py public occurrences.json ical-js.json 2026-01-01 2028-01-01
"""

import io
import json
import sys
import warnings
from collections import defaultdict
from datetime import date, datetime, time, timedelta, timezone
from pathlib import Path

import icalendar
import recurring_ical_events
import vobject
from dateutil.tz import tzical

UTC = timezone.utc
STATUS = {
    "scheduled": "CONFIRMED",
    "rescheduled": "CONFIRMED",
    "moved-online": "CONFIRMED",
    "tentative": "TENTATIVE",
    "cancelled": "CANCELLED",
    "postponed": "CANCELLED",
}
# A change may move an occurrence into the time that is looked at from this long after it.
BEYOND = timedelta(days=400)
SHOWN = 5


def moment(value):
    """A date, or a time in UTC."""
    if isinstance(value, datetime):
        if value.tzinfo is None:
            raise ValueError(f"{value} is in no zone")
        return value.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    return value.isoformat()


def ours(rows, begins, ends):
    """What Handbill says: by UID, the occurrences that begin in the time looked at."""
    events = defaultdict(set)
    for row in rows:
        if row["all_day"]:
            start = row["start"]
            end = (date.fromisoformat(row["end"] or start) + timedelta(days=1)).isoformat()
        else:
            start, end = row["start_utc"], row["end_utc"] or row["start_utc"]
        if begins <= start < ends:
            events[row["uid"]].add((start, end, STATUS[row["status"]]))
    return events


def form_faults(data):
    """What the form of a file lacks (RFC 5545 sections 3.1 and 3.6)."""
    if not data.endswith(b"END:VCALENDAR\r\n") or data.replace(b"\r\n", b"").count(b"\n"):
        yield "its lines do not end with CRLF"
    lines = data.split(b"\r\n")
    if any(len(line) > 75 for line in lines):
        yield "a line is longer than 75 octets"
    for line in lines:
        try:
            line.decode()
        except UnicodeDecodeError:
            yield "a line is folded within a character"
    names = [line.split(b":")[0].split(b";")[0] for line in lines]
    if b"METHOD" in names:
        yield "it has a METHOD"
    if b"BEGIN" not in names[1:]:
        yield "it has no component"
    for name in (b"VERSION", b"PRODID"):
        if names.count(name) != 1:
            yield f"it has not one {name.decode()}"


def by_icalendar(data, begins, ends):
    calendar = icalendar.Calendar.from_ical(data)
    for component in calendar.walk():
        if component.errors:
            raise ValueError(f"icalendar complains: {component.errors}")
    events = defaultdict(set)
    repeated = ("RRULE", "RDATE", "RECURRENCE-ID")
    # What does not repeat says itself when it is; expanding it would count its length by the clock.
    found = [event for event in calendar.walk("VEVENT") if not any(name in event for name in repeated)]
    once = {event["UID"] for event in found}
    # Days are those of each event's own zone.
    margin = timedelta(days=2)
    window = (date.fromisoformat(begins) - margin, date.fromisoformat(ends) + margin)
    found += [event for event in recurring_ical_events.of(calendar).between(*window) if event["UID"] not in once]
    for event in found:
        start = event["DTSTART"].dt
        end = event["DTEND"].dt if "DTEND" in event else start
        if begins <= moment(start) < ends:
            events[str(event["UID"])].add((moment(start), moment(end), str(event["STATUS"])))
    return events


def learn_zones(data):
    """Has vobject read the zones of a file as the file describes them, and not as its own tables do."""
    text = data.decode().replace("\r\n ", "")
    pieces = [piece.split("END:VTIMEZONE")[0] for piece in text.split("BEGIN:VTIMEZONE")[1:]]
    if pieces:
        described = "".join(f"BEGIN:VTIMEZONE{piece}END:VTIMEZONE\r\n" for piece in pieces)
        known = tzical(io.StringIO(described))
        for name in known.keys():
            vobject.icalendar.registerTzid(name, known.get(name))


def by_vobject(data, begins, ends):
    learn_zones(data)
    calendar = vobject.readOne(data.decode())
    calendar.validate(raiseException=True)
    last = datetime.combine(date.fromisoformat(ends) + BEYOND, time.min)
    events, others, series = defaultdict(set), defaultdict(dict), []

    def later(start, length):
        return (start.astimezone(UTC) if isinstance(start, datetime) else start) + length

    def add(event, start, end):
        if begins <= moment(start) < ends:
            events[event.uid.value].add((moment(start), moment(end), event.status.value))

    def end_of(event, start, first):
        """When the occurrence at a start ends, by the first one of its component."""
        if "duration" in event.contents:
            length = event.duration.value
            # Days are those of the clock, hours are exact (RFC 5545 section 3.3.6).
            return start + length if length.seconds == 0 else later(start, length)
        if "dtend" not in event.contents:
            return start
        return later(start, later(event.dtend.value, timedelta(0)) - later(first, timedelta(0)))

    for event in calendar.contents.get("vevent", []):
        if "recurrence-id" in event.contents:
            original = event.contents["recurrence-id"][0]
            others[event.uid.value][moment(original.value)] = event
        else:
            series.append(event)
    for event in series:
        first = event.dtstart.value
        if not any(name in event.contents for name in ("rrule", "rdate")):
            add(event, first, end_of(event, first, first))
            continue
        for found in event.getrruleset(addRDate=True):
            if found.replace(tzinfo=None) > last:
                break
            start = found if isinstance(first, datetime) else found.date()
            other = others[event.uid.value].get(moment(start))
            if other is None:
                add(event, start, end_of(event, start, first))
            else:
                moved = other.dtstart.value
                add(other, moved, end_of(other, moved, moved))
    return events


def by_ical_js(read):
    events = defaultdict(set)
    for row in read:
        if (row["start"], row["end"], row["status"]) in events[row["uid"]]:
            raise ValueError(f"{row['start']} of {row['uid']} comes twice")
        events[row["uid"]].add((row["start"], row["end"], row["status"]))
    return events


def differences(uids, expected, found):
    for uid in sorted(uids | set(found)):
        missing, extra = expected[uid] - found[uid], found[uid] - expected[uid]
        for what, of in (("does not see", missing), ("sees", extra)):
            for occurrence in sorted(of)[:SHOWN]:
                yield f"{what} {' '.join(occurrence)} of {uid}"


def main():
    root, begins, ends = Path(sys.argv[1]), sys.argv[4], sys.argv[5]
    expected = ours(json.loads(Path(sys.argv[2]).read_text()), begins, ends)
    read_by_js = json.loads(Path(sys.argv[3]).read_text())
    warnings.simplefilter("error")
    faults, files, events, compared = [], 0, set(), 0
    for path in sorted(root.rglob("*.ics")):
        name, data = path.relative_to(root).as_posix(), path.read_bytes()
        files += 1
        faults.extend(f"{name}: {fault}" for fault in form_faults(data))
        uids = {str(event["UID"]) for event in icalendar.Calendar.from_ical(data).walk("VEVENT")}
        events |= uids
        readers = {
            "icalendar": lambda: by_icalendar(data, begins, ends),
            "vobject": lambda: by_vobject(data, begins, ends),
            "ical.js": lambda: by_ical_js(read_by_js[name]),
        }
        for reader, read in readers.items():
            try:
                found = read()
            except Exception as error:
                faults.append(f"{name}: {reader} does not read it: {type(error).__name__}: {error}")
                continue
            compared += sum(map(len, found.values()))
            faults.extend(f"{name}: {reader} {fault}" for fault in differences(uids, expected, found))
    faults.extend(f"no calendar has the event {uid}" for uid in sorted(set(expected) - events))
    if not files or not compared:
        faults.append("there is nothing to compare")
    for fault in faults:
        print(fault)
    if faults:
        sys.exit(f"{len(faults)} faults in calendars")
    print(f"{files} calendars, {len(events)} events, {compared} occurrences read as Handbill means them")


main()
