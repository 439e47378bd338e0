#!/usr/bin/env python3
"""Python's decimal as the judge of aesop's: precision 34, half-even, decimal128's range.

    decimal_oracle.py make N SEED   prints N cases "op a b result", tab-separated (how decimal.txt was made)
    decimal_oracle.py check         reads such lines and exits 1 at the first that is wrong

A result is a number or "none". Results are compared by value, not by how they are written.
"""
import decimal
import random
import sys
from decimal import Decimal
from fractions import Fraction

CONTEXT = decimal.Context(prec=34, rounding=decimal.ROUND_HALF_EVEN, Emin=-6143, Emax=6144, capitals=1, clamp=0,
                          traps=[decimal.InvalidOperation, decimal.DivisionByZero, decimal.Overflow])
WIDE = decimal.Context(prec=14000, Emin=-999999, Emax=999999, traps=[decimal.InvalidOperation])
EXACT = decimal.Context(prec=120, Emin=-999999999, Emax=999999999, traps=[decimal.InvalidOperation])

MODES = {"half_even": decimal.ROUND_HALF_EVEN, "half_up": decimal.ROUND_HALF_UP, "half_down": decimal.ROUND_HALF_DOWN,
         "up": decimal.ROUND_UP, "down": decimal.ROUND_DOWN, "floor": decimal.ROUND_FLOOR,
         "ceiling": decimal.ROUND_CEILING}


def modulo(a, b):
    """a - b * floor(a / b), exact and rounded once (FEEL)."""
    if b == 0:
        raise decimal.DivisionByZero
    rest = WIDE.remainder(a, b)
    rest = CONTEXT.plus(rest)
    if rest != 0 and (rest < 0) != (b < 0):
        rest = CONTEXT.add(rest, b)
    return rest


def power(a, b):
    if a == 0 and b < 0:
        raise decimal.InvalidOperation
    if b == 0:
        return Decimal(1)
    return CONTEXT.plus(EXACT.power(a, b))


def rounded(a, places, mode):
    # quantize() refuses results of more digits than its precision; the wide one has room.
    wide = decimal.Context(prec=14000, Emin=-999999, Emax=999999, rounding=MODES[mode])
    return CONTEXT.plus(a.quantize(Decimal(1).scaleb(-places, context=WIDE), context=wide)
                        if a.as_tuple().exponent < -places else a)


def answer(op, a, b):
    try:
        x = CONTEXT.create_decimal(a)
        if op == "parse":
            return x
        if op.startswith("round_"):
            return rounded(x, int(b), op[len("round_"):])
        y = CONTEXT.create_decimal(b)
        if op == "compare":
            return Decimal((x > y) - (x < y))
        if op == "power":
            return power(x, y)
        if op == "modulo":
            return modulo(x, y)
        return getattr(CONTEXT, {"add": "add", "subtract": "subtract", "multiply": "multiply", "divide": "divide"}[op])(x, y)
    except (decimal.InvalidOperation, decimal.DivisionByZero, decimal.Overflow):
        return None


def number(rng):
    kind = rng.randrange(10)
    digits = rng.choice([1, 2, 3, 5, 9, 15, 17, 18, 19, 20, 25, 33, 34, 34])
    coefficient = rng.randrange(10 ** digits)
    if kind == 0:
        coefficient = 10 ** rng.randrange(34) - rng.choice([0, 1])
    elif kind == 1:
        coefficient = rng.choice([2 ** 63 - 1, 2 ** 63, 2 ** 63 + 1, 2 ** 64 - 1, 2 ** 64, 2 ** 31, 5 * 10 ** 33, 10 ** 34 - 1])
    elif kind == 2:
        coefficient = rng.randrange(10 ** 6) * 10 ** rng.randrange(20)
    exponent = rng.choice([0, 0, 0, -2, -2, -2, -4, rng.randrange(-12, 12), rng.randrange(-40, 40),
                           rng.randrange(-6176, 6112) if rng.random() < 0.3 else rng.randrange(-3, 3),
                           rng.choice([-6176, -6170, 6111, 6100]) if rng.random() < 0.3 else 1])
    return f"{rng.choice(['', '-'])}{coefficient}E{exponent}"


def near(rng, a):
    """A number that makes cancellation and ties with a likely."""
    sign, digits, exponent = CONTEXT.create_decimal(a).as_tuple()
    shift = rng.choice([-36, -35, -34, -33, -1, 0, 1, 33, 34, 35, 36])
    coefficient = rng.choice([1, 5, 50, 49, 51, 10 ** 33 * 5, int("".join(map(str, digits))), rng.randrange(1, 10 ** 34)])
    exponent = max(-6176, min(6111, exponent + shift))
    return f"{rng.choice(['', '-'])}{coefficient}E{exponent}"


def long_text(rng):
    text = "".join(rng.choice("0123456789") for _ in range(rng.randrange(1, 70)))
    if rng.random() < 0.3:
        text = text[:20] + "5" + "0" * rng.randrange(40) + rng.choice(["", "1"])
    if rng.random() < 0.6:
        at = rng.randrange(len(text) + 1)
        text = text[:at] + "." + text[at:] if at < len(text) else text
    if rng.random() < 0.3:
        text += rng.choice(["e", "E"]) + rng.choice(["", "+", "-"]) + str(rng.choice([0, 3, 40, 6000, 6150, 6190, 99999]))
    return rng.choice(["", "-"]) + text


OPS = ["add", "subtract", "multiply", "divide", "add", "divide", "modulo", "compare", "power", "parse", "round"]


def case(rng):
    op = rng.choice(OPS)
    if op == "parse":
        return op, long_text(rng), "-"
    a = number(rng)
    if op == "round":
        return "round_" + rng.choice(list(MODES)), a, str(rng.choice([0, 0, 2, 2, -2, rng.randrange(-40, 41)]))
    if op == "power":
        return op, a if rng.random() < 0.5 else f"{rng.randrange(-2000, 2000)}E-{rng.randrange(4)}", \
            str(rng.choice([0, 1, 2, 2, 3, 5, 10, 12, 60, 360, -1, -2, -7, rng.randrange(-3000, 3000)]))
    return op, a, near(rng, a) if rng.random() < 0.4 else number(rng)


def main():
    if sys.argv[1:2] == ["make"]:
        rng = random.Random(int(sys.argv[3]))
        for _ in range(int(sys.argv[2])):
            op, a, b = case(rng)
            result = answer(op, a, b)
            print(op, a, b, "none" if result is None else str(result), sep="\t")
        return 0
    count = 0
    for line in sys.stdin:
        op, a, b, result = line.rstrip("\n").split("\t")
        wanted = answer(op, a, b)
        got = None if result == "none" else Decimal(result)
        count += 1
        if (wanted is None) != (got is None) or (wanted is not None and wanted != got):
            print(f"line {count}: {op} {a} {b}: got {got}, Python says {wanted}", file=sys.stderr)
            return 1
    print(f"{count} operations agree with Python's decimal")
    return 0


if __name__ == "__main__":
    sys.exit(main())
