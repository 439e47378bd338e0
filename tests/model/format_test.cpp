// The one layout: comments stay, the value stays, formatting twice changes nothing.
#include "aesop/model/format.hpp"

#include "catch.hpp"

#include <cstdint>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>

using namespace aesop;

namespace {

std::string formatted(std::string_view text) {
  auto out = format(text);
  INFO(text);
  REQUIRE(out.ok());
  return out.take();
}

std::string canonical(std::string_view text) {
  auto value = read_json(text, definition_limits(), JsonStyle::commented);
  REQUIRE(value.ok());
  auto out = write_json(*value);
  REQUIRE(out.ok());
  return out.take();
}

std::size_t count(std::string_view text, std::string_view part) {
  std::size_t n = 0;
  for (std::size_t at = text.find(part); at != std::string_view::npos; at = text.find(part, at + 1)) ++n;
  return n;
}

// A JSON text with white space and comments anywhere, from random bits.
struct Writer {
  std::uint64_t bits;
  std::string out = {};
  int comments = 0;

  std::uint64_t next(std::uint64_t below) {
    bits = bits * 6364136223846793005u + 1442695040888963407u;
    return (bits >> 33) % below;
  }
  void gap() {
    switch (next(9)) {
      case 0:
        out += '\n';
        break;
      case 1:
        out += "\n\n\n  ";
        break;
      case 2:
        append(out, " // note ", ++comments, " \n");
        break;
      case 3:
        append(out, "/* block ", ++comments, " */");
        break;
      case 4:
        append(out, "\n/* long ", ++comments, "\n   block */\n");
        break;
      default:
        out += ' ';
        break;
    }
  }
  void value(int depth) {
    gap();
    const std::uint64_t kind = next(depth > 4 ? 3 : 6);
    if (kind == 0) {
      append(out, next(1'000'000));
    } else if (kind == 1) {
      append(out, "\"text // no comment ", next(1000), " \\\" /* nor this */ \xC3\xA9\"");
    } else if (kind == 2) {
      out += next(2) == 0 ? "true" : "null";
    } else {
      const bool object = kind < 5;
      out += object ? '{' : '[';
      const std::uint64_t size = next(6);
      for (std::uint64_t i = 0; i < size; ++i) {
        if (i > 0) out += ',';
        if (object) {
          gap();
          append(out, "\"key_", i, "\"");
          gap();
          out += ':';
        }
        value(depth + 1);
        gap();
      }
      if (size > 0 && next(3) == 0) out += ',';
      gap();
      out += object ? '}' : ']';
    }
    gap();
  }
};

}  // namespace

TEST_CASE("format: short things stand on one line, long ones on several", "[model]") {
  CHECK(formatted("{\"a\":1,\n\"b\":[1,2]}") == "{\n  \"a\": 1,\n  \"b\": [1, 2]\n}\n");
  const std::string word(60, 'x');
  CHECK(formatted("{\"a\": {\"b\": \"" + word + "\", \"c\": \"" + word + "\"}}") ==
        "{\n  \"a\": {\n    \"b\": \"" + word + "\",\n    \"c\": \"" + word + "\"\n  }\n}\n");
}

TEST_CASE("format: rows of a table are aligned", "[model]") {
  const std::string rows = formatted("{\"r\": [[1, 2],[\"four\", 3], //\n [5, 6]]}");
  CHECK(rows.find("[1,      2],\n") != std::string::npos);
  CHECK(rows.find("[\"four\", 3], //\n") != std::string::npos);
}

TEST_CASE("format: comments stay where they were", "[model]") {
  CHECK(formatted("// top\n{ // open\n\"a\": 1, // behind\n\n\n/* before */ \"b\": 2\n// last\n}\n// end") ==
        "// top\n{\n  // open\n  \"a\": 1, // behind\n\n  /* before */\n  \"b\": 2\n  // last\n}\n// end\n");
}

TEST_CASE("format: a text that is no JSON is an error with its place", "[model]") {
  const auto out = format("{\"a\": }");
  REQUIRE_FALSE(out.ok());
  CHECK(out.error().code == ErrorCode::parse_error);
  CHECK(out.error().where.begin == 6);
}

TEST_CASE("format: formatting twice changes nothing, no comment is lost, the value stays", "[model]") {
  for (std::uint64_t seed = 1; seed <= 2000; ++seed) {
    Writer writer{seed * 0x9E3779B97F4A7C15u};
    writer.value(0);
    INFO(writer.out);
    const std::string once = formatted(writer.out);
    INFO(once);
    REQUIRE(formatted(once) == once);
    REQUIRE(canonical(once) == canonical(writer.out));
    for (int i = 1; i <= writer.comments; ++i)
      REQUIRE(count(once, cat(' ', i, ' ')) + count(once, cat(' ', i, '\n')) >= 1);
  }
}

TEST_CASE("format: the SOPs of the tests and examples keep their value", "[model]") {
  for (const char* folder : {"tests/cases/model/good", "examples"}) {
    for (const auto& entry :
         std::filesystem::recursive_directory_iterator(std::filesystem::path(AESOP_SOURCE_DIR) / folder)) {
      if (!entry.path().string().ends_with(".sop.json")) continue;
      std::ifstream file(entry.path(), std::ios::binary);
      std::ostringstream text;
      text << file.rdbuf();
      const std::string once = formatted(text.str());
      INFO(entry.path().string());
      CHECK(formatted(once) == once);
      CHECK(canonical(once) == canonical(text.str()));
    }
  }
}
