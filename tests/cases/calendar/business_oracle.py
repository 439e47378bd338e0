#!/usr/bin/env python3
"""Makes business.json: business time reckoned minute by minute with Python's zoneinfo, for aesop's calendar to agree.

    business_oracle.py > business.json

Every UTC minute is open when its wall-clock minute is. No opening hour begins or ends inside an hour that comes twice:
those cases are written by hand in tests/calendar.
"""
import json
import random
from datetime import date, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

UTC = timezone.utc
CALENDARS = {
    "clinic": {"zone": "America/New_York",
               "week": {"mon-fri": ["08:00-12:00", "13:00-17:00"], "sat": ["09:00-12:00"]},
               "holidays": ["2026-12-24", {"name": "New Year", "month": 1, "day": 1, "observed": True},
                            {"name": "Memorial Day", "month": 5, "weekday": "mon", "nth": -1},
                            {"name": "Independence Day", "month": 7, "day": 4, "observed": True},
                            {"name": "Thanksgiving", "month": 11, "weekday": "thu", "nth": 4},
                            {"name": "Christmas", "month": 12, "day": 25, "observed": True}],
               "open": {"2026-12-27": ["10:00-14:00"], "2026-07-03": ["08:00-10:30"]}},
    "london": {"zone": "Europe/London", "week": {"mon-fri": ["09:00-17:30"]},
               "holidays": [{"name": "Good Friday", "easter": -2}, {"name": "Easter Monday", "easter": 1},
                            {"month": 12, "day": 25, "observed": "monday"}, {"month": 8, "weekday": "mon", "nth": -1}]},
    "night": {"zone": "America/New_York", "week": {"mon,wed,fri": ["20:00-24:00"], "tue,thu,sat": ["00:00-06:00"]}},
    "island": {"zone": "Australia/Lord_Howe", "week": {"sun": ["00:00-06:00"], "tue": ["07:15-07:45", "20:00-24:00"]}},
}
DAYS = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]


def easter(year):
    """Gauss's reckoning, another one than the library's."""
    a, b, c = year % 19, year % 4, year % 7
    k = year // 100
    p, q = (13 + 8 * k) // 25, k // 4
    m, n = (15 - p + k - q) % 30, (4 + k - q) % 7
    d = (19 * a + m) % 30
    e = (2 * b + 4 * c + 6 * d + n) % 7
    if d == 29 and e == 6:
        return date(year, 4, 19)
    if d == 28 and e == 6 and (11 * m + 11) % 30 < 19:
        return date(year, 4, 18)
    return date(year, 3, 22) + timedelta(d + e)


def holidays(calendar, year):
    out = set()
    for rule in calendar.get("holidays", []):
        if isinstance(rule, str):
            out.add(date.fromisoformat(rule))
        elif "easter" in rule:
            out.add(easter(year) + timedelta(rule["easter"]))
        elif "day" in rule:
            day = date(year, rule["month"], rule["day"])
            out.add(day)
            shift = {True: {5: -1, 6: 1}, "monday": {5: 2, 6: 1}, None: {}}[rule.get("observed")]
            out.add(day + timedelta(shift.get(day.weekday(), 0)))
        else:
            of = [date(year, rule["month"], 1) + timedelta(i) for i in range(31)]
            of = [d for d in of if d.month == rule["month"] and DAYS[d.weekday()] == rule["weekday"]]
            out.add(of[rule["nth"] - 1 if rule["nth"] > 0 else rule["nth"]])
    return out


class Calendar:
    def __init__(self, spec):
        self.zone = ZoneInfo(spec["zone"])
        self.week = {}
        for key, hours in spec["week"].items():
            for piece in key.split(","):
                first, _, last = piece.partition("-")
                for i in range(DAYS.index(first), DAYS.index(last or first) + 1):
                    self.week[i] = [self.interval(h) for h in hours]
        self.open = {date.fromisoformat(d): [self.interval(h) for h in hours] for d, hours in spec.get("open", {}).items()}
        self.closed = set().union(*(holidays(spec, year) for year in range(2024, 2030)))
        self.cache = {}

    @staticmethod
    def interval(text):
        return tuple(int(t[:2]) * 60 + int(t[3:]) for t in text.split("-"))

    def hours(self, day):
        if day not in self.cache:
            self.cache[day] = self.open.get(day, [] if day in self.closed else self.week.get(day.weekday(), []))
        return self.cache[day]

    def is_open(self, minute):
        local = minute.astimezone(self.zone)
        of_day = local.hour * 60 + local.minute
        return any(a <= of_day < b for a, b in self.hours(local.date()))

    def add(self, at, minutes):
        while minutes > 0:
            minutes -= self.is_open(at)
            at += timedelta(minutes=1)
        while minutes < 0:
            at -= timedelta(minutes=1)
            minutes += self.is_open(at)
        return at

    def between(self, a, b):
        if b < a:
            return -self.between(b, a)
        count = 0
        while a < b:
            count += self.is_open(a)
            a += timedelta(minutes=1)
        return count

    def instant(self, day, of_day):
        return (datetime(day.year, day.month, day.day, tzinfo=self.zone) + timedelta(minutes=of_day)).astimezone(UTC)

    def add_days(self, at, n):
        local = at.astimezone(self.zone)
        day, of_day = local.date(), local.hour * 60 + local.minute
        step = 1 if n > 0 else -1
        while n != 0:
            day += timedelta(step)
            if self.hours(day):
                n -= step
        for a, b in self.hours(day):
            if of_day <= b:
                return self.instant(day, max(a, of_day))
        return self.instant(day, self.hours(day)[-1][1])

    def end_of_business_day(self, at, cut_off):
        local = at.astimezone(self.zone)
        day, of_day = local.date(), local.hour * 60 + local.minute
        hours = self.hours(day)
        if hours and of_day < hours[-1][1] and (cut_off is None or of_day <= cut_off):
            return self.instant(day, hours[-1][1])
        while True:
            day += timedelta(1)
            if self.hours(day):
                return self.instant(day, self.hours(day)[-1][1])


def text(at):
    return at.strftime("%Y-%m-%dT%H:%M:%SZ")


def main():
    rng = random.Random(7)
    cases = []
    # Around the changes of the clocks, the turn of the year and holidays, and anywhere.
    anchors = [datetime(2026, 3, 7), datetime(2026, 3, 28), datetime(2026, 4, 3), datetime(2026, 7, 2), datetime(2026, 10, 3),
               datetime(2026, 10, 24), datetime(2026, 10, 31), datetime(2026, 11, 25), datetime(2026, 12, 23), datetime(2027, 12, 30)]
    for name, spec in CALENDARS.items():
        calendar = Calendar(spec)
        for i in range(60):
            anchor = rng.choice(anchors) if i % 3 else datetime(2026, 1, 1) + timedelta(rng.randrange(700))
            at = anchor.replace(tzinfo=UTC) + timedelta(minutes=rng.randrange(3 * 1440))
            n = rng.choice([1, 30, 60, 120, 240, 480, 481, 1000, 2400, rng.randrange(1, 4000)]) * rng.choice([1, 1, -1])
            cases.append([name, "add", text(at), n, text(calendar.add(at, n))])
            other = at + timedelta(minutes=rng.randrange(-20000, 20000))
            cases.append([name, "between", text(at), text(other), calendar.between(at, other)])
            if name != "night":  # closes at midnight of one day and opens on the next: its days are settled by hand
                n = rng.choice([1, 1, 2, 3, 5, 10, -1, -2, -7])
                cases.append([name, "add_days", text(at), n, text(calendar.add_days(at, n))])
                cut_off = rng.choice([None, None, 15 * 60, 16 * 60 + 30])
                cases.append([name, "end_of_business_day", text(at), cut_off, text(calendar.end_of_business_day(at, cut_off))])
    print(json.dumps({"calendars": CALENDARS}, indent=1)[:-2] + ",\n \"cases\": [")
    print(",\n".join("  " + json.dumps(case) for case in cases) + "\n]}")


if __name__ == "__main__":
    main()
