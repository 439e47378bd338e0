// Text tools: UTF-8, spelling, printable, splitting; ids and scopes; bytes.
#include "aesop/base/text.hpp"

#include "catch.hpp"

#include "aesop/base/bytes.hpp"
#include "aesop/base/id.hpp"
#include "aesop/base/letters.hpp"

#include <array>
#include <string>

using namespace aesop;

TEST_CASE("text: cat joins strings, characters and integers", "[base]") {
  CHECK(cat("line ", 12, ':', std::string("x"), std::string_view("y"), -3,
            std::uint64_t{18446744073709551615u}) == "line 12:xy-318446744073709551615");
  CHECK(join(std::array{"a", "b"}, ", ") == "a, b");
  CHECK(split("a,,b", ',').size() == 3);
  CHECK(split("", ',').size() == 1);
  CHECK(trim(" \t a b\n") == "a b");
  CHECK(parse_integer<int>("-12") == -12);
  CHECK_FALSE(parse_integer<int>("12x").has_value());
  CHECK_FALSE(parse_integer<std::int8_t>("200").has_value());
  CHECK_FALSE(parse_integer<int>("").has_value());
}

TEST_CASE("text: UTF-8 is the shortest form of real characters and nothing else", "[base]") {
  CHECK(is_utf8("plain, h\xC3\xA9, \xE2\x82\xAC, \xF0\x9F\xA6\xB7"));
  for (const std::string_view bad :
       {"\x80", "\xC0\x80", "\xC1\xBF", "\xE0\x80\x80", "\xED\xA0\x80", "\xF0\x80\x80\x80",
        "\xF4\x90\x80\x80", "\xF5", "\xC3", "\xE2\x82", "\xC3\x28", "\xFF", "\xFE"})
    CHECK_FALSE(is_utf8(bad));
  CHECK(find_bad_utf8("ab\xC3(") == 2);
  CHECK(count_code_points("h\xC3\xA9\xF0\x9F\xA6\xB7") == 3);
  for (const char32_t point : {U'a', U'\u00e9', U'\u20ac', U'\U0001F9B7', U'\U0010FFFF'}) {
    std::string out;
    append_utf8(out, point);
    CHECK(decode_utf8(out, 0).code_point == point);
    CHECK(decode_utf8(out, 0).size == out.size());
  }
  std::string replaced;
  append_utf8(replaced, char32_t{0xD800});
  CHECK(replaced == "\xEF\xBF\xBD");
}

TEST_CASE("text: what others wrote is made safe for a terminal", "[base]") {
  CHECK(printable("a\nb\x1b[31m\x07") == "a\\nb\\x1b[31m\\x07");
  CHECK(printable("x\xE2\x80\xAEy") == "x\\u202ey");
  CHECK(printable("\xC3(") == "\\xc3(");
  CHECK(printable(std::string(300, 'a')) == std::string(200, 'a') + "...");
  CHECK(printable("h\xC3\xA9") == "h\xC3\xA9");
}

TEST_CASE("text: a slip of the pen is recognised, another word is not", "[base]") {
  const std::array<std::string_view, 4> words = {"eligibility", "posting", "denials", "appeal"};
  CHECK(did_you_mean("elegibility", words) == "eligibility");
  CHECK(did_you_mean("apeal", words) == "appeal");
  CHECK(did_you_mean("dneials", words) == "denials");
  CHECK(did_you_mean("Posting", words) == "posting");
  CHECK_FALSE(did_you_mean("invoice", words).has_value());
  CHECK_FALSE(did_you_mean("x", words).has_value());
  CHECK(edit_distance("abcd", "acbd") == 1);
  CHECK(edit_distance("", "abc") == 3);
  CHECK(edit_distance(std::string(100, 'a'), std::string(100, 'a')) == 0);
}

TEST_CASE("ids: small letters, digits and underscores, no hyphens", "[base]") {
  CHECK(is_id("eligibility"));
  CHECK(is_id("a1_b"));
  for (const char* bad : {"", "A", "1a", "a-b", "_a", "a b", "a.b"}) CHECK_FALSE(is_id(bad));
  CHECK_FALSE(is_id(std::string(129, 'a')));
  CHECK(is_dotted_id("claim.submitted"));
  CHECK(is_dotted_id("claim"));
  for (const char* bad : {".", "a.", ".a", "a..b", "a.B"}) CHECK_FALSE(is_dotted_id(bad));
}

TEST_CASE("scopes: an ancestor holds its scopes on whole segments", "[base]") {
  CHECK(is_scope("org/north/clinic-3"));
  CHECK(is_scope(""));
  CHECK(is_scope("/"));
  for (const char* bad : {"a/", "/a", "a//b", "..", "a/../b", "a b"}) CHECK_FALSE(is_scope(bad));
  CHECK(scope_contains("org/north", "org/north"));
  CHECK(scope_contains("org/north", "org/north/c1"));
  CHECK_FALSE(scope_contains("org/north", "org/northeast"));
  CHECK_FALSE(scope_contains("org/north/c1", "org/north"));
  CHECK(scope_contains("", "org"));
  CHECK(scope_contains("/", "org"));
  CHECK(scope_parent("org/north/c1") == "org/north");
  CHECK(scope_parent("org").empty());
}

TEST_CASE("bytes: what is written is read back", "[base]") {
  ByteWriter out;
  out.u8(7);
  out.u16(0x1234);
  out.u32(0x12345678);
  out.u64(0x123456789ABCDEF0u);
  out.i64(-2);
  out.boolean(true);
  for (const std::uint64_t n : {std::uint64_t{0}, std::uint64_t{127}, std::uint64_t{128}, UINT64_MAX})
    out.varint(n);
  for (const std::int64_t n : {std::int64_t{0}, std::int64_t{-1}, INT64_MIN, INT64_MAX}) out.signed_varint(n);
  out.text("h\xC3\xA9");
  CHECK(to_hex(std::string_view(out.bytes()).substr(1, 2)) == "1234");
  ByteReader in(out.bytes());
  CHECK(in.u8() == 7);
  CHECK(in.u16() == 0x1234);
  CHECK(in.u32() == 0x12345678);
  CHECK(in.u64() == 0x123456789ABCDEF0u);
  CHECK(in.i64() == -2);
  CHECK(in.boolean());
  for (const std::uint64_t n : {std::uint64_t{0}, std::uint64_t{127}, std::uint64_t{128}, UINT64_MAX})
    CHECK(in.varint() == n);
  for (const std::int64_t n : {std::int64_t{0}, std::int64_t{-1}, INT64_MIN, INT64_MAX})
    CHECK(in.signed_varint() == n);
  CHECK(in.text() == "h\xC3\xA9");
  CHECK(in.done());
}

TEST_CASE("bytes: a reader never passes the end and stays failed", "[base]") {
  const std::string whole = [] {
    ByteWriter out;
    out.u32(5);
    out.text("hello");
    out.varint(300);
    return out.take();
  }();
  for (std::size_t size = 0; size < whole.size(); ++size) {
    ByteReader in(std::string_view(whole).substr(0, size));
    static_cast<void>(in.u32());
    static_cast<void>(in.text());
    static_cast<void>(in.varint());
    CHECK(in.failed());
    CHECK_FALSE(in.done());
    CHECK(in.u8() == 0);
  }
  ByteReader overlong(std::string_view("\x80\x00", 2));
  CHECK(overlong.varint() == 0);
  CHECK(overlong.failed());
  ByteReader beyond(std::string_view("\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\x02", 10));
  CHECK(beyond.varint() == 0);
  CHECK(beyond.failed());
  ByteReader counts(std::string_view("\xFF\x01", 2));
  CHECK(counts.count() == 0);
  CHECK(counts.failed());
  ByteReader boolean(std::string_view("\x02", 1));
  CHECK_FALSE(boolean.boolean());
  CHECK(boolean.failed());
}

TEST_CASE("bytes: hexadecimal and base64 as the RFCs have them", "[base]") {
  CHECK(to_hex(std::string_view("\x00\xFFz", 3)) == "00ff7a");
  CHECK(from_hex("00FF7a") == std::string("\x00\xFFz", 3));
  CHECK_FALSE(from_hex("0").has_value());
  CHECK_FALSE(from_hex("0g").has_value());
  // RFC 4648, section 10.
  const std::pair<const char*, const char*> vectors[] = {{"", ""},
                                                         {"f", "Zg=="},
                                                         {"fo", "Zm8="},
                                                         {"foo", "Zm9v"},
                                                         {"foob", "Zm9vYg=="},
                                                         {"fooba", "Zm9vYmE="},
                                                         {"foobar", "Zm9vYmFy"}};
  for (const auto& [plain, coded] : vectors) {
    CHECK(to_base64(plain) == coded);
    CHECK(from_base64(coded) == plain);
  }
  for (const char* bad : {"Zg=", "Zg", "Zh==", "Zm9=", "====", "Z===", "Zm9v\n"})
    CHECK_FALSE(from_base64(bad).has_value());
}

TEST_CASE("letters: case of the alphabets people's names are written in", "[base]") {
  CHECK(simple_letters().upper("stra\xC3\x9F"
                               "e \xC3\xA9\xCE\xB1\xD1\x8F") == "STRASSE \xC3\x89\xCE\x91\xD0\xAF");
  CHECK(simple_letters().lower("\xC3\x89\xCE\x91\xD0\xAF ABC") == "\xC3\xA9\xCE\xB1\xD1\x8F abc");
  CHECK(simple_letters().upper("\xC3(") == "\xC3(");
  for (char32_t c = 0x80; c < 0x250; ++c)
    if (lower_letter(c) != c && upper_letter(lower_letter(c)) != c) CHECK((c == 0x130 || c == 0x1E9E));
}
