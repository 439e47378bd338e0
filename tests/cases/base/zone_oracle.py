#!/usr/bin/env python3
"""Python's zoneinfo as the judge of the zones.

    zone_oracle.py zones   prints the names of all zones
    zone_oracle.py check   reads lines "offset ZONE UTC_SECONDS OFFSET" and "local ZONE LOCAL_SECONDS UTC_SECONDS",
                           tab-separated; prints the first twenty that are wrong, how many were right, and exits 1 if any
                           was wrong

A local time that does not exist moves forward by the gap, one that comes twice is the first of the two: both are what
zoneinfo says with fold=0.
"""
import datetime
import functools
import sys
import zoneinfo

EPOCH = datetime.datetime(1970, 1, 1)
UTC_EPOCH = EPOCH.replace(tzinfo=datetime.timezone.utc)
zone = functools.lru_cache(None)(zoneinfo.ZoneInfo)


def seconds(span):
    return span.days * 86400 + span.seconds


def answer(kind, name, at):
    if kind == "offset":
        return seconds((UTC_EPOCH + datetime.timedelta(seconds=at)).astimezone(zone(name)).utcoffset())
    return at - seconds((EPOCH + datetime.timedelta(seconds=at)).replace(tzinfo=zone(name)).utcoffset())


def main():
    if sys.argv[1:] == ["zones"]:
        print("\n".join(sorted(zoneinfo.available_timezones())))
        return 0
    right = wrong = 0
    for line in sys.stdin:
        kind, name, at, given = line.rstrip("\n").split("\t")
        expected = answer(kind, name, int(at))
        if str(expected) == given:
            right += 1
        else:
            wrong += 1
            if wrong <= 20:
                when = EPOCH + datetime.timedelta(seconds=int(at))
                print(f"{kind} {name} {when}: {given}, and it is {expected}")
    print(f"{right} right, {wrong} wrong")
    return 1 if wrong or not right else 0


sys.exit(main())
