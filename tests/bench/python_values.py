#!/usr/bin/env python3
"""What it costs to take a value into the engine and to bring it out again, beside json.dumps and json.loads of the same.

    PYTHONPATH=build/release/python python3 tests/bench/python_values.py

The last part of `./dev bench`, which prints such tables. Forms, numbers and texts are compared with json.loads(json.dumps(x)).
JSON has no decimals and no times: there the yardstick is what a program over JSON has to do, json.dumps(x, default=str) and
Decimal or datetime.fromisoformat of each text. Each figure is the best of several repeats, taken in turns, so that a busy
machine disturbs both alike; the garbage collector is off for both, as timeit has it.
"""
import datetime
import decimal
import json
import timeit

from aesop import _aesop

UTC = datetime.timezone.utc


def claim(n):
    """A form as hosts send them: texts, numbers, a list of lines."""
    return {
        "order": f"order_{n}", "customer": f"customer/{n * 7919}", "shop": "org/west/shop1", "status": "open", "priority": n % 9,
        "paid": n % 2 == 0, "amount": n * 100, "note": None, "currency": "USD",
        "lines": [{"line": k, "article": f"A{k:05}", "pieces": k + 1, "price": 1999, "taxed": True} for k in range(8)],
    }


DATA = {
    "one form": claim(1),
    "1,000 forms": [claim(n) for n in range(1000)],
    "2,000 numbers": list(range(2000)),
    "2,000 texts": [f"text number {n}" for n in range(2000)],
}
# What JSON has no type for: with what makes it again of its text, as a program over JSON has to.
NATIVE = {
    "1,000 decimals": ([decimal.Decimal(n) / 100 for n in range(1000)], decimal.Decimal),
    "1,000 times": ([datetime.datetime(2026, 1, 5, 9, tzinfo=UTC) + datetime.timedelta(minutes=n) for n in range(1000)],
                    datetime.datetime.fromisoformat),
}


def best(work, other, seconds=0.4, repeats=7):
    timers = [timeit.Timer(work), timeit.Timer(other)]
    counts = [max(1, int(seconds / repeats / timer.timeit(1))) for timer in timers]
    figures = [[], []]
    for _ in range(repeats):
        for timer, count, out in zip(timers, counts, figures):
            out.append(timer.timeit(count) / count)
    return min(figures[0]), min(figures[1])


def figure(seconds):
    micros = seconds * 1e6
    return f"{micros:.2f} us" if micros < 10 else f"{micros:.1f} us" if micros < 100 else f"{micros:,.0f} us"


def show(name, data, yardstick):
    mine, other = best(lambda: _aesop.round_trip(data), yardstick)
    ratio = mine / other
    reached = "yes" if ratio <= 0.5 else "**no**"
    print(f"| {name}, in and out | {figure(mine)} | json {figure(other)}, ratio {ratio:.2f} | <= 0.5 x json | {reached} |", flush=True)


def main():
    print("\n### Python values\n\n| what | measured | beside it | goal | reached |\n|---|--:|--:|--:|---|")
    for name, data in DATA.items():
        show(name, data, lambda: json.loads(json.dumps(data)))
    for name, (data, again) in NATIVE.items():
        show(name, data, lambda: [again(text) for text in json.loads(json.dumps(data, default=str))])


if __name__ == "__main__":
    main()
