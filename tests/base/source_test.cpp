// Places in a text, rendering, findings.
#include "aesop/base/source.hpp"

#include "catch.hpp"

#include "aesop/base/finding.hpp"

#include <string>

using namespace aesop;

TEST_CASE("source: positions count lines and code points from one", "[base]") {
  const SourceText source("f.json",
                          "ab\nc\xC3\xA9"
                          "d\r\n\nx");
  CHECK(source.position(0) == Position{1, 1});
  CHECK(source.position(2) == Position{1, 3});
  CHECK(source.position(3) == Position{2, 1});
  CHECK(source.position(6) == Position{2, 3});
  CHECK(source.position(10) == Position{4, 1});
  CHECK(source.position(9999) == Position{4, 2});
  CHECK(source.line_count() == 4);
  CHECK(source.line(2) ==
        "c\xC3\xA9"
        "d");
  CHECK(source.line(3).empty());
  CHECK(source.line(5).empty());
}

TEST_CASE("source: a problem is shown the way rustc does", "[base]") {
  std::string text;
  for (int i = 1; i < 12; ++i) text += "\n";
  text += "  \"go\": \"chekc\"\n";
  const SourceText source("claims.sop.json", text);
  const auto at = static_cast<std::uint32_t>(text.find("\"chekc\""));
  CHECK(source.render({at, at + 7}, "unknown-step", "error", "no step is called \"chekc\"",
                      "did you mean \"check\"?") ==
        "error[unknown-step]: no step is called \"chekc\"\n"
        "  --> claims.sop.json:12:9\n"
        "   |\n"
        "12 |   \"go\": \"chekc\"\n"
        "   |         ^^^^^^^\n"
        "   = help: did you mean \"check\"?\n");
}

TEST_CASE("source: the caret stands under its place behind wide letters and marks", "[base]") {
  const SourceText source("f", "\"会社\": e\xCC\x81 x");
  const auto at = static_cast<std::uint32_t>(source.text.find('x'));
  const std::string shown = source.render({at, at + 1}, "", "note", "m");
  CHECK(shown.find("| \"会社\": e\xCC\x81 x\n  | " + std::string(10, ' ') + "^\n") != std::string::npos);
  CHECK(count_columns("会社") == 4);
  CHECK(count_columns("e\xCC\x81") == 1);
  CHECK(count_columns("plain") == 5);
}

TEST_CASE("source: rendering survives any range in any text", "[base]") {
  for (const std::string& text : {std::string(), std::string("\n"), std::string("\xC3\xA9\xC3"),
                                  std::string(1000, 'a'), std::string(500, '\t'), std::string("a\x1b[0m")}) {
    const SourceText source("f", text);
    for (std::uint32_t begin = 0; begin <= text.size() + 2; ++begin)
      for (const std::uint32_t length : {0u, 1u, 5u, 2000u}) {
        const std::string shown = source.render({begin, begin + length}, "", "note", "m");
        CHECK(shown.find('^') != std::string::npos);
        CHECK(shown.find('\x1b') == std::string::npos);
        CHECK(shown.size() < 4000);
      }
  }
}

TEST_CASE("findings: in order of place, counted beyond the limit", "[base]") {
  Findings findings(3);
  findings.warning("b", "second", {5, 6});
  findings.error("a", "first", {1, 2});
  findings.error("c", "also second, but worse", {5, 6});
  CHECK(findings.size() == 3);
  CHECK(findings[0].message == "first");
  CHECK(findings[1].code == "c");
  CHECK(findings[2].code == "b");
  findings.error("d", "too many", {0, 1});
  CHECK(findings.size() == 3);
  CHECK(findings.dropped() == 1);
  CHECK(findings.error_count() == 3);
  Findings all;
  CHECK_FALSE(all.has_errors());
  all.append(findings);
  CHECK(all.size() == 3);
  CHECK(all.error_count() == 3);
  CHECK(all.dropped() == 1);
  const std::string shown = all.render(SourceText("f", "0123456789"));
  CHECK(shown.find("error[a]: first\n --> f:1:2\n") != std::string::npos);
  CHECK(shown.find("... and 1 more") != std::string::npos);
}
