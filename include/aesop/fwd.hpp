// Names of the core without their definitions, for headers that only mention them.
#pragma once

#include <cstdint>

namespace aesop {
inline namespace v0 {

// base
enum class ErrorCode : std::int32_t;
enum class Severity : std::uint8_t;
struct Error;
template <class T>
class Result;
struct SourceRange;
class SourceText;
struct Finding;
class Findings;
struct Instant;
struct Date;
struct LocalTime;
struct Time;
struct DateTime;
struct ZoneRef;
struct DaysDuration;
struct MonthsDuration;
struct Ports;
class ZonePort;
class PatternPort;
class LetterPort;
class HashPort;

// value
class Decimal;
class Value;
enum class ValueKind : std::uint8_t;
class Type;
class JsonNode;
struct JsonLimits;

// calendar
class Calendar;
struct Span;

// rules
class Scope;
class Expr;
class Diagnostics;
class FunctionTable;
struct Budget;
struct CompileOptions;
struct Diagnostic;
struct Evaluation;

// table
class Table;
struct TableModel;
struct TableTrace;

}  // namespace v0
}  // namespace aesop
