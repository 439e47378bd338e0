"""Values keep their type and every digit in both directions; what has no meaning is refused, with its place."""
import datetime
import decimal
import zoneinfo

import hypothesis
import pytest
from hypothesis import strategies as st

import aesop
from aesop import _aesop

UTC = datetime.timezone.utc
digits = 34
integers = st.integers(-(10**digits) + 1, 10**digits - 1)
decimals = st.builds(
    lambda sign, coefficient, exponent: decimal.Decimal((sign, tuple(map(int, str(coefficient))), exponent)),
    st.integers(0, 1), st.integers(0, 10**digits - 1), st.integers(-100, 100))
offsets = st.integers(-17 * 3600, 17 * 3600).map(lambda s: datetime.timezone(datetime.timedelta(seconds=s)))
zones = st.sampled_from(["Europe/Paris", "America/New_York", "Asia/Kolkata"]).map(zoneinfo.ZoneInfo)
texts = st.text(st.characters(blacklist_categories=("Cs",)))
scalars = st.one_of(
    st.none(), st.booleans(), integers, decimals, texts, st.dates(), st.times(), st.times(timezones=offsets),
    st.datetimes(timezones=st.one_of(st.just(UTC), offsets)), st.datetimes(timezones=zones),
    st.timedeltas(), st.integers(-(2**40), 2**40).map(aesop.MonthsDuration), st.just(aesop.ERASED),
    st.builds(aesop.Range, integers, integers, st.booleans(), st.booleans()))
values = st.recursive(scalars, lambda inner: st.lists(inner) | st.dictionaries(texts, inner), max_leaves=20)


def same(a, b):
    """Equal, and of the same class; a whole Decimal comes back as an int."""
    if isinstance(a, dict):
        return type(b) is dict and list(a) == list(b) and all(same(a[k], b[k]) for k in a)
    if isinstance(a, list):
        return type(b) is list and len(a) == len(b) and all(map(same, a, b))
    if isinstance(a, decimal.Decimal):
        return type(b) in (int, decimal.Decimal) and a == b
    if isinstance(a, datetime.datetime) and isinstance(a.tzinfo, zoneinfo.ZoneInfo) and not a.fold:
        return a == b and b.tzinfo is a.tzinfo
    if isinstance(a, datetime.datetime):
        return type(b) is datetime.datetime and a.utcoffset() == b.utcoffset() and a.replace(tzinfo=None, fold=0) == b.replace(tzinfo=None)
    if isinstance(a, datetime.time):
        return type(b) is datetime.time and a.replace(fold=0) == b and a.utcoffset() == b.utcoffset()
    return type(a) is type(b) and a == b


@hypothesis.given(values)
@hypothesis.settings(max_examples=600)
def test_every_value_comes_back_as_it_went_in(value):
    assert same(value, _aesop.round_trip(value))


@hypothesis.given(integers | decimals)
def test_numbers_never_become_floats(value):
    assert type(_aesop.round_trip(value)) is not float


@pytest.mark.parametrize("given, comes", [
    (decimal.Decimal("120.50"), decimal.Decimal("120.5")), (decimal.Decimal("3.00"), 3), (10**33, 10**33), (True, True),
    (decimal.Decimal("-0"), 0), ((1, 2), [1, 2]), (decimal.Decimal("1E+3"), 1000),
])
def test_a_whole_number_is_an_int_and_a_tuple_a_list(given, comes):
    out = _aesop.round_trip(given)
    assert out == comes and type(out) is type(comes)


@pytest.mark.parametrize("value, code, part", [
    (0.1, "type-mismatch", "float"),
    ({"a": [1, {"b": 0.5}]}, "type-mismatch", "a[1].b: a float"),
    (datetime.datetime(2026, 1, 5), "type-mismatch", "time zone"),
    ({1: 2}, "type-mismatch", "no str"),
    (object(), "type-mismatch", "class object"),
    ({1, 2}, "type-mismatch", "class set"),
    (b"x", "type-mismatch", "class bytes"),
    (10**34 + 1, "limit-exceeded", "34 digits"),
    (decimal.Decimal("NaN"), "limit-exceeded", "NaN"),
    (decimal.Decimal("Infinity"), "limit-exceeded", "Infinity"),
    (decimal.Decimal("1E+7000"), "limit-exceeded", "1E+7000"),
    ("\ud800", "bad-utf8", "surrogate"),
])
def test_what_has_no_meaning_is_refused_with_its_place_and_help(value, code, part):
    with pytest.raises(aesop.Error) as caught:
        _aesop.round_trip(value)
    assert caught.value.code == code
    assert part in str(caught.value)


def test_a_float_is_a_type_error_that_says_what_to_give():
    with pytest.raises(TypeError, match="Decimal"):
        _aesop.round_trip({"amount": 120.5})


def test_an_int_that_python_does_not_print_is_refused_too():
    with pytest.raises(aesop.LimitExceeded, match="digits"):
        _aesop.round_trip(10**5000)


def test_what_holds_itself_or_is_nested_too_deep_is_an_error():
    loop = []
    loop.append(loop)
    with pytest.raises(aesop.LimitExceeded, match="nested deeper"):
        _aesop.round_trip(loop)
    deep = None
    for _ in range(100):
        deep = [deep]
    assert _aesop.round_trip(deep) == deep


def test_subclasses_are_taken_for_what_they_are():
    class Name(str):
        pass

    class Row(dict):
        pass

    class Count:
        def __index__(self):
            return 7

    assert _aesop.round_trip(Row({Name("a"): Name("b"), "n": Count()})) == {"a": "b", "n": 7}


def test_the_second_of_an_hour_that_comes_twice_stays_the_second():
    paris = zoneinfo.ZoneInfo("Europe/Paris")
    second = datetime.datetime(2026, 10, 25, 2, 30, tzinfo=paris, fold=1)
    out = _aesop.round_trip(second)
    assert out.utcoffset() == second.utcoffset() == datetime.timedelta(hours=1)


def test_a_dict_changed_by_its_own_tzinfo_does_no_harm():
    given = {}

    class Nasty(datetime.tzinfo):
        def utcoffset(self, of):
            given.clear()
            return datetime.timedelta(0)

    given.update(a=datetime.datetime(2026, 1, 5, tzinfo=Nasty()), b="x" * 100)
    assert _aesop.round_trip(given)["a"].year == 2026


@pytest.mark.parametrize("feel, value", [
    ('date("2026-02-28")', datetime.date(2026, 2, 28)),
    ('time("08:30:00")', datetime.time(8, 30)),
    ('date and time("2026-01-05T09:00:00")', datetime.datetime(2026, 1, 5, 9)),
    ('date and time("2026-01-05T09:00:00Z")', datetime.datetime(2026, 1, 5, 9, tzinfo=UTC)),
    ('duration("P1DT2H")', datetime.timedelta(days=1, hours=2)),
    ('duration("P1Y2M")', aesop.MonthsDuration(14)),
    ("0.1 + 0.2", decimal.Decimal("0.3")),
    ("10 / 4", decimal.Decimal("2.5")),
    ("[1..10)", aesop.Range(1, 10, high_closed=False)),
    ('{a: [1, "x", null, true]}', {"a": [1, "x", None, True]}),
])
def test_what_feel_gives_is_native(feel, value):
    out = aesop.evaluate(feel)
    assert out == value and type(out) is type(value)


@pytest.mark.parametrize("feel, part", [
    ('date("-0044-03-15")', "year"), ("function(x) x", "function"),
    ('time("08:30:00.000000001")', "microseconds"), ('duration("P9999999999D")', "timedelta"),
])
def test_what_python_cannot_hold_is_an_error_and_never_another_value(feel, part):
    with pytest.raises(aesop.Error, match=part):
        aesop.evaluate(feel)


def test_months_and_ranges_read_as_feel_writes_them():
    assert [str(aesop.MonthsDuration(n)) for n in (14, -3, 0, 24)] == ["P1Y2M", "-P3M", "P0M", "P2Y"]
    assert str(aesop.Range(1, 10, high_closed=False)) == "[1..10)"
    assert 1 in aesop.Range(1, 10) and 10 not in aesop.Range(1, 10, high_closed=False) and 5 in aesop.Range(None, 9)
    assert not aesop.ERASED and repr(aesop.ERASED) == "aesop.ERASED"
