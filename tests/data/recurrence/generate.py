"""Writes dateutil.json: random recurrence rules with the first times that python-dateutil gives for each.

Run it beside the data: `python3 generate.py > dateutil.json` (python-dateutil 2.9.0). The seed is fixed.

Left out are rules that RFC 5545 forbids, and four on which python-dateutil departs from it: BYWEEKNO without BYDAY
(the weekday comes from the start), the first and last weeks of a year where the week does not start on Monday or they
are counted from the far end, numbered and plain weekdays in one BYDAY (either may match), and BYSETPOS in a weekly rule that starts within a week
(the set is the whole week's).
"""
import itertools
import json
import random
import signal
from datetime import datetime, timedelta

from dateutil.rrule import rrulestr

DAYS = ["MO", "TU", "WE", "TH", "FR", "SA", "SU"]
TIMES = 8
rng = random.Random(5545)


def some(values, most=3):
    chosen = rng.sample(list(values), rng.randint(1, most))
    return ",".join(str(value) for value in chosen)


def signed(top, most=3):
    return some([n for n in range(-top, top + 1) if n != 0], most)


def rule(start):
    freq = rng.choice(["YEARLY"] * 4 + ["MONTHLY"] * 4 + ["WEEKLY"] * 3 + ["DAILY"] * 2 + ["HOURLY", "MINUTELY", "SECONDLY"])
    parts = [f"FREQ={freq}"]
    chance = lambda p: rng.random() < p
    limits = {"YEARLY": 4, "MONTHLY": 7, "WEEKLY": 5, "DAILY": 40, "HOURLY": 60, "MINUTELY": 5000, "SECONDLY": 100000}
    if chance(0.5):
        parts.append(f"INTERVAL={rng.randint(2, limits[freq])}")
    wkst = 0
    if chance(0.3):
        wkst = rng.randrange(7)
        parts.append(f"WKST={DAYS[wkst]}")
    filters = 0
    if chance(0.35):
        parts.append("BYMONTH=" + some(range(1, 13), 4))
        filters += 1
    weeks = freq == "YEARLY" and chance(0.2)
    if weeks:
        parts.append("BYWEEKNO=" + some([n for n in range(-51, 52) if abs(n) > 1]))
        filters += 1
    elif freq == "YEARLY" and chance(0.2):
        parts.append("BYYEARDAY=" + signed(366, 5))
        filters += 1
    elif freq != "WEEKLY" and chance(0.3):
        parts.append("BYMONTHDAY=" + signed(31, 4))
        filters += 1
    if weeks or chance(0.5):
        days = rng.sample(DAYS, rng.randint(1, 4))
        if freq in ("MONTHLY", "YEARLY") and not weeks and chance(0.6):
            top = 5 if freq == "MONTHLY" or any(part.startswith("BYMONTH=") for part in parts) else 53
            days = [f"{rng.choice([n for n in range(-top, top + 1) if n])}{day}" for day in days]
        parts.append("BYDAY=" + ",".join(days))
        filters += 1
    if chance(0.2):
        parts.append("BYHOUR=" + some(range(24)))
        filters += 1
    if chance(0.15):
        parts.append("BYMINUTE=" + some(range(60)))
        filters += 1
    if chance(0.1):
        parts.append("BYSECOND=" + some(range(60)))
        filters += 1
    if filters and chance(0.3) and (freq != "WEEKLY" or start.weekday() == wkst):
        parts.append("BYSETPOS=" + signed(6))
    ending = rng.random()
    if ending < 0.2:
        parts.append(f"COUNT={rng.randint(1, TIMES - 1)}")
    elif ending < 0.4:
        until = start + timedelta(days=rng.randint(1, 2000), seconds=rng.randint(0, 86399))
        parts.append(f"UNTIL={until:%Y%m%dT%H%M%S}")
    return ";".join(parts)


def times(start, text):
    def give_up(*_):
        raise TimeoutError

    signal.signal(signal.SIGALRM, give_up)
    signal.alarm(2)
    try:
        return list(itertools.islice(rrulestr(text, dtstart=start), TIMES))
    finally:
        signal.alarm(0)


def main():
    rows = []
    while len(rows) < 400:
        start = datetime(1997, 1, 1) + timedelta(days=rng.randrange(12000), seconds=rng.randrange(0, 86400, 300))
        text = rule(start)
        try:
            found = times(start, text)
        except (TimeoutError, ValueError):
            continue
        # Rules that never match say little; a few stay in.
        if not found and rng.random() < 0.8:
            continue
        rows.append([f"{start:%Y%m%dT%H%M%S}", text, " ".join(f"{at:%Y%m%dT%H%M%S}" for at in found)])
    print("[\n" + ",\n".join(json.dumps(row) for row in rows) + "\n]")


main()
