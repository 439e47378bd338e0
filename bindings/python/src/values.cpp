// Values in both directions. Written against Python's C interface, not pybind11's casts: what a rule reads and what a
// command answers passes here, and costs less than json.dumps and json.loads (tests/bench/python_values.py).
//
// (1) Types are told by their exact class first; subclasses come after.
// (2) Keys of dicts are interned and kept in a table of fixed size: a key costs a comparison, and finding it in the
//     dict again compares addresses.
// (3) Nothing is rounded or cut in silence.
#include "values.hpp"

#include "errors.hpp"

#include <algorithm>
#include <cstring>
#include <optional>
#include <utility>
#include <vector>

#include <aesop/base/default_ports.hpp>
#include <datetime.h>

namespace aesop::python {

namespace {

/// What is looked up once, when the module is made: classes of the standard library and of the package. Never freed:
/// values may still be made while the interpreter goes down.
struct Classes {
  PyObject* decimal = nullptr;
  PyObject* make_decimal = nullptr;  // create_decimal of a context that rounds nothing
  PyObject* zone_info = nullptr;
  PyObject* months = nullptr;
  PyObject* range = nullptr;
  PyObject* erased = nullptr;
} classes;

py::object stolen(PyObject* made) {
  if (made == nullptr) throw py::error_already_set();
  return py::reinterpret_steal<py::object>(made);
}

// --- out ------------------------------------------------------------------------------------------------

constexpr std::size_t key_slots = 2048;
constexpr std::size_t longest_key = 64;

PyObject* text_out(std::string_view text) {
  std::uint64_t high = 0;
  std::size_t at = 0;
  for (; at + 8 <= text.size(); at += 8) {
    std::uint64_t eight = 0;
    std::memcpy(&eight, text.data() + at, 8);
    high |= eight;
  }
  for (; at < text.size(); ++at) high |= static_cast<std::uint64_t>(static_cast<unsigned char>(text[at]));
  // Python keeps one str for each single character.
  if (text.size() < 2 || (high & 0x8080808080808080U) != 0)
    return PyUnicode_DecodeUTF8(text.data(), static_cast<Py_ssize_t>(text.size()), "replace");
  PyObject* made = PyUnicode_New(static_cast<Py_ssize_t>(text.size()), 127);
  if (made != nullptr) std::memcpy(PyUnicode_1BYTE_DATA(made), text.data(), text.size());
  return made;
}

/// Of the length and both ends: keys that differ in the middle alone share a place, and take turns in it.
std::uint64_t hash_of(std::string_view key) {
  std::uint64_t head = 0, tail = 0;
  const std::size_t some = std::min<std::size_t>(key.size(), 8);
  std::memcpy(&head, key.data(), some);
  std::memcpy(&tail, key.data() + (key.size() - some), some);
  return ((head * 0x9E3779B97F4A7C15U) ^ (tail + key.size())) * 0xC2B2AE3D27D4EB4FU >> 40;
}

/// The str of a key, from the table when it was seen lately.
PyObject* key_of(std::string_view key) {
  static PyObject* table[key_slots] = {};
  if (key.size() > longest_key) return text_out(key);
  PyObject*& slot = table[hash_of(key) % key_slots];
  if (slot != nullptr && static_cast<std::size_t>(PyUnicode_GET_LENGTH(slot)) == key.size() &&
      std::memcmp(PyUnicode_1BYTE_DATA(slot), key.data(), key.size()) == 0) {
    Py_INCREF(slot);
    return slot;
  }
  PyObject* made = text_out(key);
  if (made == nullptr || !PyUnicode_IS_COMPACT_ASCII(made)) return made;
  PyUnicode_InternInPlace(&made);
  Py_INCREF(made);
  Py_XDECREF(std::exchange(slot, made));
  return made;
}

PyObject* number_out(const Decimal& number) {
  if (number.is_small() && number.scale() == 0) return PyLong_FromLongLong(number.small_coefficient());
  const std::string text = number.to_string();
  if (text.find_first_of(".E") != std::string::npos)
    return PyObject_CallOneArg(classes.make_decimal, stolen(text_out(text)).ptr());
  return PyLong_FromString(text.c_str(), nullptr, 10);
}

void demand_microseconds(std::int64_t nanos) {
  if (nanos % 1000 != 0)
    raise({ErrorCode::limit_exceeded,
           "Python's times and durations have microseconds, and this value is finer",
           "round it in the expression"});
}
void demand_year(std::int32_t year) {
  if (year < 1 || year > 9999)
    raise({ErrorCode::limit_exceeded, cat("the year ", year, " is none that Python's dates can hold"),
           "have the expression give its text: string(...)"});
}

/// The tzinfo of a zone; None without one.
py::object zone_out(const ZoneRef& zone) {
  if (zone.is_none()) return py::none();
  if (zone.kind == ZoneRef::Kind::named)
    return py::reinterpret_borrow<py::object>(classes.zone_info)(to_text(zone.name));
  if (zone.offset == 0) return py::reinterpret_borrow<py::object>(PyDateTime_TimeZone_UTC);
  const py::object offset = stolen(PyDelta_FromDSU(0, zone.offset, 0));
  return stolen(PyTimeZone_FromOffset(offset.ptr()));
}

PyObject* date_out(const Date& date) {
  demand_year(date.year);
  return PyDate_FromDate(date.year, date.month, date.day);
}

PyObject* time_out(const Time& time) {
  demand_microseconds(time.local.fraction());
  const py::object zone = zone_out(time.zone);
  return PyDateTimeAPI->Time_FromTime(time.local.hour(), time.local.minute(), time.local.second(),
                                      time.local.fraction() / 1000, zone.ptr(), PyDateTimeAPI->TimeType);
}

PyObject* date_time_out(const DateTime& value) {
  demand_year(value.date.year);
  demand_microseconds(value.local.fraction());
  const py::object zone = zone_out(value.zone);
  return PyDateTimeAPI->DateTime_FromDateAndTime(
      value.date.year, value.date.month, value.date.day, value.local.hour(), value.local.minute(),
      value.local.second(), value.local.fraction() / 1000, zone.ptr(), PyDateTimeAPI->DateTimeType);
}

PyObject* duration_out(const DaysDuration& value) {
  demand_microseconds(value.nanos);
  const std::int64_t days = detail::floor_div(value.seconds, seconds_per_day);
  if (days < -999'999'999 || days > 999'999'999)
    raise({ErrorCode::limit_exceeded, "the duration is longer than Python's timedelta can hold"});
  return PyDelta_FromDSU(static_cast<int>(days),
                         static_cast<int>(detail::floor_mod(value.seconds, seconds_per_day)),
                         value.nanos / 1000);
}

PyObject* out(const Value& value);

PyObject* list_out(const Value& value) {
  const auto items = value.items();
  py::object list = stolen(PyList_New(static_cast<Py_ssize_t>(items.size())));
  for (std::size_t i = 0; i < items.size(); ++i) {
    PyObject* item = out(items[i]);
    if (item == nullptr) return nullptr;
    PyList_SET_ITEM(list.ptr(), static_cast<Py_ssize_t>(i), item);
  }
  return list.release().ptr();
}

PyObject* context_out(const Value& value) {
  py::object dict = stolen(PyDict_New());
  for (const Entry& entry : value.entries()) {
    const py::object key = stolen(key_of(entry.first));
    const py::object item = stolen(out(entry.second));
    if (PyDict_SetItem(dict.ptr(), key.ptr(), item.ptr()) != 0) return nullptr;
  }
  return dict.release().ptr();
}

/// A new reference; nullptr with a Python error set, or py::error_already_set thrown.
PyObject* out(const Value& value) {
  switch (value.kind()) {
    case ValueKind::null:
      Py_RETURN_NONE;
    case ValueKind::boolean:
      return PyBool_FromLong(value.as_bool() ? 1 : 0);
    case ValueKind::number:
      return number_out(value.as_decimal());
    case ValueKind::string:
      return text_out(value.as_string());
    case ValueKind::date:
      return date_out(value.as_date());
    case ValueKind::time:
      return time_out(value.as_time());
    case ValueKind::date_time:
      return date_time_out(value.as_date_time());
    case ValueKind::days_duration:
      return duration_out(value.as_days_duration());
    case ValueKind::months_duration:
      return PyObject_CallFunction(classes.months, "L",
                                   static_cast<long long>(value.as_months_duration().months));
    case ValueKind::list:
      return list_out(value);
    case ValueKind::context:
      return context_out(value);
    case ValueKind::range: {
      const RangeValue& bounds = value.as_range();
      const py::object low = stolen(out(bounds.low));
      const py::object high = stolen(out(bounds.high));
      return PyObject_CallFunction(
          classes.range, "OOOOO", low.ptr(), high.ptr(), bounds.low_closed ? Py_True : Py_False,
          bounds.high_closed ? Py_True : Py_False, bounds.comparison ? Py_True : Py_False);
    }
    case ValueKind::function:
      raise({ErrorCode::type_mismatch, "a FEEL function is no value of Python", "call it in the expression"});
    case ValueKind::erased:
      Py_INCREF(classes.erased);
      return classes.erased;
  }
  Py_RETURN_NONE;
}

// --- in -------------------------------------------------------------------------------------------------

constexpr std::uint32_t deepest = max_json_depth;

/// Where in the object the conversion is: a list of links on the stack, read only when something is wrong.
struct Place {
  const Place* up = nullptr;
  PyObject* key = nullptr;  // of a dict; else the index
  Py_ssize_t index = 0;
  std::uint32_t depth = 0;
};

std::string path_of(const Place* place) {
  if (place == nullptr || place->up == nullptr) return {};
  const std::string before = path_of(place->up);
  if (place->key == nullptr) return cat(before, '[', place->index, ']');
  const std::string key = py::str(py::handle(place->key)).cast<std::string>();
  return before.empty() ? key : cat(before, '.', key);
}

[[noreturn]] void refuse(const Place& place, std::string_view what, std::string_view help,
                         ErrorCode code = ErrorCode::type_mismatch) {
  const std::string path = path_of(&place);
  raise({code, path.empty() ? std::string(what) : cat(path, ": ", what), std::string(help)});
}

std::string_view text_in(PyObject* object, const Place& place) {
  if (PyUnicode_IS_COMPACT_ASCII(object))
    return {reinterpret_cast<const char*>(PyUnicode_1BYTE_DATA(object)),
            static_cast<std::size_t>(PyUnicode_GET_LENGTH(object))};
  Py_ssize_t size = 0;
  const char* bytes = PyUnicode_AsUTF8AndSize(object, &size);
  if (bytes == nullptr) {
    PyErr_Clear();
    refuse(place, "a str holds a lone surrogate, which is no UTF-8", "decode the text as what it is",
           ErrorCode::bad_utf8);
  }
  return {bytes, static_cast<std::size_t>(size)};
}

/// Digits that count: without leading and trailing zeros.
std::size_t significant(std::string_view text) {
  std::size_t digits = 0, zeros = 0;
  for (const char c : text) {
    if (c == 'e' || c == 'E') break;
    if (c < '0' || c > '9') continue;
    if (c == '0') {
      zeros += digits > 0;
      continue;
    }
    digits += zeros + 1;
    zeros = 0;
  }
  return digits;
}

Value decimal_in(std::string_view text, const Place& place) {
  if (significant(text) > static_cast<std::size_t>(Decimal::max_digits))
    refuse(place, cat("a number has more than ", Decimal::max_digits, " digits"), "round it first",
           ErrorCode::limit_exceeded);
  const auto number = Decimal::parse(text);
  if (!number)
    refuse(place, cat("the number ", printable(text, 60), " is none that FEEL knows"),
           "numbers are finite, of 34 digits and up to 9.99E+6144", ErrorCode::limit_exceeded);
  return Value::number(*number);
}

Value integer_in(PyObject* object, const Place& place) {
  int overflow = 0;
  const long long number = PyLong_AsLongLongAndOverflow(object, &overflow);
  if (overflow == 0) {
    if (number == -1 && PyErr_Occurred()) throw py::error_already_set();
    return Value::number(std::int64_t{number});
  }
  // Python refuses to print an int of thousands of digits; so does FEEL.
  PyObject* printed = PyObject_Str(object);
  if (printed == nullptr) {
    PyErr_Clear();
    refuse(place, "an int has more digits than FEEL's numbers", "numbers have 34 digits",
           ErrorCode::limit_exceeded);
  }
  const py::object text = stolen(printed);
  return decimal_in(text_in(text.ptr(), place), place);
}

/// The zone of a time or datetime. `of` is asked for its offset.
ZoneRef zone_in(PyObject* tzinfo, PyObject* of, bool fold, const Place& place) {
  if (tzinfo == Py_None) return {};
  if (tzinfo == PyDateTime_TimeZone_UTC) return ZoneRef::utc();
  // In the hour that comes twice a FEEL zone means the first: the second is kept as its offset.
  if (!fold && PyObject_IsInstance(tzinfo, classes.zone_info) == 1) {
    const py::object key = py::handle(tzinfo).attr("key");
    if (!key.is_none()) return ZoneRef::named(text_in(key.ptr(), place));
  }
  const py::object offset = py::handle(of).attr("utcoffset")();
  if (offset.is_none()) return {};
  if (PyDateTime_DELTA_GET_MICROSECONDS(offset.ptr()) != 0)
    refuse(place, "an offset from UTC has a fraction of a second", "give an offset of whole seconds");
  return ZoneRef::at_offset(PyDateTime_DELTA_GET_DAYS(offset.ptr()) * 86400 +
                            PyDateTime_DELTA_GET_SECONDS(offset.ptr()));
}

DateTime date_time_in(PyObject* o, const Place& place) {
  const ZoneRef zone = zone_in(PyDateTime_DATE_GET_TZINFO(o), o, PyDateTime_DATE_GET_FOLD(o) != 0, place);
  if (zone.is_none())
    refuse(place, "a datetime has no time zone",
           "give it one: datetime(..., tzinfo=timezone.utc) or tzinfo=ZoneInfo(\"Europe/Paris\")");
  return {
      {PyDateTime_GET_YEAR(o), static_cast<std::uint8_t>(PyDateTime_GET_MONTH(o)),
       static_cast<std::uint8_t>(PyDateTime_GET_DAY(o))},
      LocalTime::of(PyDateTime_DATE_GET_HOUR(o), PyDateTime_DATE_GET_MINUTE(o), PyDateTime_DATE_GET_SECOND(o),
                    PyDateTime_DATE_GET_MICROSECOND(o) * std::int64_t{1000}),
      zone};
}

Value time_in(PyObject* o, const Place& place) {
  return Value::time(
      {LocalTime::of(PyDateTime_TIME_GET_HOUR(o), PyDateTime_TIME_GET_MINUTE(o),
                     PyDateTime_TIME_GET_SECOND(o), PyDateTime_TIME_GET_MICROSECOND(o) * std::int64_t{1000}),
       zone_in(PyDateTime_TIME_GET_TZINFO(o), o, PyDateTime_TIME_GET_FOLD(o) != 0, place)});
}

Value in(PyObject* object, const Place& place);

Value dict_in(PyObject* object, const Place& place) {
  std::vector<Entry> entries;
  entries.reserve(static_cast<std::size_t>(PyDict_GET_SIZE(object)));
  PyObject *key = nullptr, *item = nullptr;
  for (Py_ssize_t at = 0; PyDict_Next(object, &at, &key, &item);) {
    // A tzinfo of the caller's may run code that changes the dict: what is looked at is held.
    const auto held_key = py::reinterpret_borrow<py::object>(key);
    const auto held = py::reinterpret_borrow<py::object>(item);
    if (!PyUnicode_Check(key)) refuse(place, "a key of a dict is no str", "keys are names: use str");
    const Place inner{&place, key, 0, place.depth + 1};
    entries.emplace_back(std::string(text_in(key, inner)), in(item, inner));
  }
  return Value::context(std::move(entries));
}

Value sequence_in(PyObject* object, const Place& place) {
  std::vector<Value> items;
  items.reserve(static_cast<std::size_t>(PySequence_Fast_GET_SIZE(object)));
  for (Py_ssize_t i = 0; i < PySequence_Fast_GET_SIZE(object); ++i) {
    const auto held = py::reinterpret_borrow<py::object>(PySequence_Fast_GET_ITEM(object, i));
    items.push_back(in(held.ptr(), Place{&place, nullptr, i, place.depth + 1}));
  }
  return Value::list(std::move(items));
}

/// What is none of the exact classes.
Value other_in(PyObject* object, const Place& place) {
  if (PyDateTime_Check(object)) return Value::date_time(date_time_in(object, place));
  if (PyDate_Check(object))
    return Value::date({PyDateTime_GET_YEAR(object), static_cast<std::uint8_t>(PyDateTime_GET_MONTH(object)),
                        static_cast<std::uint8_t>(PyDateTime_GET_DAY(object))});
  if (PyTime_Check(object)) return time_in(object, place);
  if (PyDelta_Check(object))
    return Value::days_duration(
        {PyDateTime_DELTA_GET_DAYS(object) * seconds_per_day + PyDateTime_DELTA_GET_SECONDS(object),
         PyDateTime_DELTA_GET_MICROSECONDS(object) * 1000});
  const auto is_a = [&](PyObject* type) {
    const int answer = PyObject_IsInstance(object, type);
    if (answer < 0) throw py::error_already_set();
    return answer == 1;
  };
  const py::handle handle(object);
  if (is_a(classes.decimal)) return decimal_in(text_in(py::str(handle).ptr(), place), place);
  if (object == classes.erased) return Value::erased();
  if (is_a(classes.months)) return Value::months_duration({handle.attr("months").cast<std::int64_t>()});
  if (is_a(classes.range)) {
    const Place inner{&place, nullptr, 0, place.depth + 1};
    const py::object low = handle.attr("low"), high = handle.attr("high");
    return Value::range({in(low.ptr(), inner), in(high.ptr(), inner), handle.attr("low_closed").cast<bool>(),
                         handle.attr("high_closed").cast<bool>(), handle.attr("comparison").cast<bool>()});
  }
  if (PyUnicode_Check(object)) return Value::string(text_in(object, place));
  if (PyDict_Check(object)) return dict_in(object, place);
  if (PyList_Check(object) || PyTuple_Check(object)) return sequence_in(object, place);
  if (PyFloat_Check(object))
    refuse(place, "a float is no exact number",
           "give an int or Decimal(\"0.10\"); floats hold 0.1 only nearly");
  if (PyIndex_Check(object)) return integer_in(stolen(PyNumber_Index(object)).ptr(), place);
  refuse(place, cat("a value of the class ", Py_TYPE(object)->tp_name, " has no meaning in a rule"),
         "None, bool, int, Decimal, str, date, time, datetime, timedelta, MonthsDuration, Range, list and "
         "dict do");
}

Value in(PyObject* object, const Place& place) {
  if (place.depth > deepest)
    refuse(Place{}, cat("the value is nested deeper than ", deepest, " levels"),
           "a list or dict that holds itself is no value", ErrorCode::limit_exceeded);
  if (PyUnicode_CheckExact(object)) return Value::string(text_in(object, place));
  if (object == Py_None) return {};
  if (object == Py_True) return Value::boolean(true);
  if (object == Py_False) return Value::boolean(false);
  if (PyLong_CheckExact(object)) return integer_in(object, place);
  if (PyDict_CheckExact(object)) return dict_in(object, place);
  if (PyList_CheckExact(object)) return sequence_in(object, place);
  if (reinterpret_cast<PyObject*>(Py_TYPE(object)) == classes.decimal)
    return decimal_in(text_in(stolen(PyObject_Str(object)).ptr(), place), place);
  return other_in(object, place);
}

}  // namespace

py::object to_python(const Value& value) { return stolen(out(value)); }

Value to_value(py::handle object) { return in(object.ptr(), Place{}); }

Instant to_instant(py::handle object) {
  const Place place;
  if (!PyDateTime_Check(object.ptr()))
    refuse(place, cat("a time is a datetime, not of the class ", Py_TYPE(object.ptr())->tp_name),
           "such as datetime.now(timezone.utc)");
  return value_of(aesop::to_instant(date_time_in(object.ptr(), place), default_ports().zones));
}

py::str to_text(std::string_view text) {
  return py::reinterpret_steal<py::str>(
      stolen(PyUnicode_DecodeUTF8(text.data(), static_cast<Py_ssize_t>(text.size()), "replace")).release());
}

std::size_t code_points(std::string_view text, std::size_t bytes) {
  return count_code_points(text.substr(0, bytes));
}

void bind_values(py::module_& module) {
  PyDateTime_IMPORT;
  if (PyDateTimeAPI == nullptr) throw py::error_already_set();
  const auto get = [](const char* from, const char* name) {
    return py::object(py::module_::import(from).attr(name)).release().ptr();
  };
  const auto decimals = py::module_::import("decimal");
  py::list traps;
  traps.append(decimals.attr("Inexact"));
  traps.append(decimals.attr("InvalidOperation"));
  py::object exact = decimals.attr("Context")(
      py::arg("prec") = 64, py::arg("Emin") = decimals.attr("MIN_EMIN"),
      py::arg("Emax") = decimals.attr("MAX_EMAX"), py::arg("traps") = std::move(traps));
  // A method of the context takes its argument faster than the class does.
  PyObject* make_decimal = py::object(exact.attr("create_decimal")).release().ptr();
  classes = {get("decimal", "Decimal"),   make_decimal,
             get("zoneinfo", "ZoneInfo"), get("aesop.kinds", "MonthsDuration"),
             get("aesop.kinds", "Range"), get("aesop.kinds", "ERASED")};
  module.def(
      "round_trip", [](const py::object& value) { return to_python(to_value(value)); }, py::arg("value"),
      py::pos_only(), "The value as Aesop sees it: converted in, and out again.");
}

}  // namespace aesop::python
