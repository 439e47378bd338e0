// Spans: phrases and ISO text, kinds that never mix.
#include "aesop/calendar/span.hpp"

#include "catch.hpp"

#include <string>

using namespace aesop;

TEST_CASE("span: the phrases people write", "[calendar]") {
  const std::pair<const char*, Span> cases[] = {
      {"48 hours", Span::elapsed(48 * us_per_hour)},
      {"1 hour", Span::elapsed(us_per_hour)},
      {"30 days", Span::elapsed(30 * us_per_day)},
      {"90 minutes", Span::elapsed(90 * us_per_minute)},
      {"45 seconds", Span::elapsed(45 * us_per_second)},
      {"2 weeks", Span::elapsed(14 * us_per_day)},
      {"1.5 hours", Span::elapsed(90 * us_per_minute)},
      {"0.000001 seconds", Span::elapsed(1)},
      {"1 day 12 hours", Span::elapsed(36 * us_per_hour)},
      {"3 business days", Span::business_days(3)},
      {"1 business day", Span::business_days(1)},
      {"2 business hours", Span::business_time(2 * us_per_hour)},
      {"2.5 business hours", Span::business_time(150 * us_per_minute)},
      {"30 business minutes", Span::business_time(30 * us_per_minute)},
      {"3 months", Span::months(3)},
      {"1 year", Span::months(12)},
      {"1 quarter", Span::months(3)},
      {"1 year 6 months", Span::months(18)},
      {"  2   days ", Span::elapsed(2 * us_per_day)},
      {"0 days", Span::elapsed(0)},
      {"PT48H", Span::elapsed(48 * us_per_hour)},
      {"P30D", Span::elapsed(30 * us_per_day)},
      {"-PT4H", Span::elapsed(-4 * us_per_hour)},
      {"P1Y2M", Span::months(14)}};
  for (const auto& [text, span] : cases) {
    CAPTURE(text);
    const auto parsed = parse_span(text);
    REQUIRE(parsed.ok());
    CHECK(*parsed == span);
    if (span.amount >= 0) CHECK(parse_span(to_string(span)).value() == span);
  }
}

TEST_CASE("span: elapsed time and business time never mix", "[calendar]") {
  CHECK(parse_span("1 day 2 business hours").error().message ==
        "\"1 day 2 business hours\" mixes elapsed and business time");
  CHECK(parse_span("1 business day 2 business hours").error().message.find("mixes units") !=
        std::string::npos);
  CHECK(parse_span("1 month 2 days").error().message.find("mixes units") != std::string::npos);
  // One day is 24 hours and never eight business hours.
  CHECK(parse_span("P1D").value() == parse_span("24 hours").value());
  CHECK_FALSE(parse_span("P1D").value().is_business());
  CHECK(parse_span("1 business day").value().is_business());
}

TEST_CASE("span: what is no duration is refused with help", "[calendar]") {
  for (const char* text : {"",
                           " ",
                           "soon",
                           "hours",
                           "2",
                           "2 h",
                           "two days",
                           "-2 days",
                           "2 business",
                           "2 business weeks",
                           "1.5 months",
                           "1.5 business days",
                           "1e3 days",
                           "1.0000001 seconds",
                           "1. days",
                           ".5 days",
                           "9999999999999999999 days",
                           "9223372036854775807 hours",
                           "P1W",
                           "P",
                           "PT",
                           "P1Y2D",
                           "2 days,",
                           "0.001 business hours",
                           "2 hourss"}) {
    CAPTURE(text);
    const auto parsed = parse_span(text);
    REQUIRE_FALSE(parsed.ok());
    CHECK(parsed.error().code == ErrorCode::parse_error);
    CHECK_FALSE(parsed.error().help.empty());
  }
}

TEST_CASE("span: printed in the largest unit that fits whole", "[calendar]") {
  CHECK(to_string(Span::elapsed(48 * us_per_hour)) == "2 days");
  CHECK(to_string(Span::elapsed(36 * us_per_hour)) == "36 hours");
  CHECK(to_string(Span::elapsed(us_per_minute)) == "1 minute");
  CHECK(to_string(Span::elapsed(1)) == "PT0.000001S");
  CHECK(to_string(Span::elapsed(0)) == "0 hours");
  CHECK(to_string(Span::business_time(150 * us_per_minute)) == "150 business minutes");
  CHECK(to_string(Span::business_time(us_per_hour)) == "1 business hour");
  CHECK(to_string(Span::months(24)) == "2 years");
  CHECK(to_string(Span::elapsed(-2 * us_per_day)) == "-2 days");
  CHECK(Span::elapsed(INT64_MIN).negated() == Span::elapsed(INT64_MAX));
}

TEST_CASE("span: what is written in another way is told as it would be read", "[calendar]") {
  for (const auto& [written, meant] : {std::pair("24h", "24 hours"),
                                       {"1 hr", "1 hour"},
                                       {"1 working day", "1 business day"},
                                       {"3 working days", "3 business days"},
                                       {"90min", "90 minutes"}})
    CHECK(parse_span(written).error().help == cat("did you mean \"", meant, "\"?"));
  CHECK(parse_span("soon").error().help.find("48 hours") != std::string::npos);
}
