#!/usr/bin/env python3
"""Python's decimal as the judge of aesop's: precision 34, half-even, decimal128's range.

    decimal_oracle.py make N SEED   prints N cases "op a b result", tab-separated (how decimal.txt was made)
    decimal_oracle.py check         reads such lines and exits 1 when one is wrong

A result is a number or "none". In lines to check it is written as aesop writes numbers: without trailing zeros, in
plain digits between 10^-40 and 10^40, else as 1.5E+50; so printing is checked with every operation.
"""
import decimal
import random
import sys
from decimal import Decimal

CONTEXT = decimal.Context(prec=34, rounding=decimal.ROUND_HALF_EVEN, Emin=-6143, Emax=6144, capitals=1, clamp=0,
                          traps=[decimal.InvalidOperation, decimal.DivisionByZero, decimal.Overflow])
WIDE = decimal.Context(prec=14000, Emin=-999999, Emax=999999, traps=[decimal.InvalidOperation])
EXACT = decimal.Context(prec=120, Emin=-999999999, Emax=999999999, traps=[decimal.InvalidOperation, decimal.Overflow])

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


# quantize() refuses results of more digits than its precision; these have room.
ROUNDING = {mode: decimal.Context(prec=14000, Emin=-999999, Emax=999999, rounding=how) for mode, how in MODES.items()}


def rounded(a, places, mode):
    if not -6111 <= places <= 6176:  # beyond the places of decimal128
        raise decimal.InvalidOperation
    wide = ROUNDING[mode]
    return CONTEXT.plus(a.quantize(Decimal(1).scaleb(-places, context=WIDE), context=wide)
                        if a.as_tuple().exponent < -places else a)


def answer(op, a, b):
    try:
        x = CONTEXT.create_decimal(a)
        if op == "parse":
            return x
        if op.startswith("round_"):
            return rounded(x, int(b), op[len("round_"):])
        if op == "sqrt":
            return CONTEXT.sqrt(x)
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


def written(value):
    """As aesop prints it."""
    if value is None:
        return "none"
    if value == 0:
        return "0"
    sign, digits, exponent = value.as_tuple()
    text = "".join(map(str, digits))
    kept = text.rstrip("0")
    exponent += len(text) - len(kept)
    top = len(kept) - 1 + exponent
    if not -40 <= top <= 40:
        out = kept[0] + ("." + kept[1:] if len(kept) > 1 else "") + f"E{top:+d}"
    elif exponent >= 0:
        out = kept + "0" * exponent
    elif len(kept) > -exponent:
        out = kept[:exponent] + "." + kept[exponent:]
    else:
        out = "0." + "0" * (-exponent - len(kept)) + kept
    return "-" + out if sign else out


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
    count = wrong = 0
    for line in sys.stdin:
        op, a, b, got = line.rstrip("\n").split("\t")
        wanted = written(answer(op, a, b))
        count += 1
        if got != wanted:
            wrong += 1
            if wrong <= 20:
                print(f"line {count}: {op} {a} {b}: got {got}, Python says {wanted}", file=sys.stderr)
    if wrong:
        print(f"{wrong} of {count} operations differ from Python's decimal", file=sys.stderr)
        return 1
    print(f"{count} operations agree with Python's decimal")
    return 0


if __name__ == "__main__":
    sys.exit(main())
