// Files as they come: versions, positions, and texts that mean harm.
#include "catch.hpp"
#include "dmn/models.hpp"

using namespace models;

TEST_CASE("read: the namespaces of DMN 1.1 to 1.5 are read, others are refused by name") {
  const std::pair<const char*, const char*> versions[] = {
      {"http://www.omg.org/spec/DMN/20151101/dmn.xsd", "1.1"},
      {"http://www.omg.org/spec/DMN/20180521/MODEL/", "1.2"},
      {"https://www.omg.org/spec/DMN/20191111/MODEL/", "1.3"},
      {"https://www.omg.org/spec/DMN/20211108/MODEL/", "1.4"},
      {"https://www.omg.org/spec/DMN/20230324/MODEL/", "1.5"}};
  for (const auto& [space, number] : versions) {
    auto model = read_dmn(SourceText("m", document(decision("a", literal("1 + 1")), "urn:test", space)));
    REQUIRE(model);
    CHECK(model->dmn == number);
    CHECK(model->space == "urn:test");
    REQUIRE(model->decisions.size() == 1);
    CHECK(model->decisions[0].expression.text.text == "1 + 1");
  }
  auto model = read_dmn(SourceText("m", document("", "urn:test", "urn:other")));
  REQUIRE(!model);
  CHECK(model.error().code == ErrorCode::unsupported_version);
}

TEST_CASE("read: prefixes of elements and of types do not matter") {
  const std::string text =
      "<d:definitions xmlns:d=\"https://www.omg.org/spec/DMN/20230324/MODEL/\" xmlns:feel=\"urn:feel\" "
      "name=\"p\" "
      "namespace=\"urn:p\"><d:decision id=\"a\" name=\"a\"><d:variable name=\"a\" typeRef=\"feel:string\"/>"
      "<d:literalExpression><d:text>\"x\"</d:text></d:literalExpression></d:decision></d:definitions>";
  const Made made(text);
  CHECK(made.value("a") == "\"x\"");
  CHECK(made.dmn->decisions()[0].type.is(TypeKind::string));
}

TEST_CASE("read: a place in a text with entities, CDATA or CRLF is the place in the file") {
  const std::string file = "<text>a &lt; b &amp;&#x26; cc</text>";
  const SourceRange raw{6, static_cast<std::uint32_t>(file.size() - 7)};
  const SourceRange in = dmn::place(file, raw, {9, 11});  // of "a < b && cc"
  CHECK(file.substr(in.begin, in.end - in.begin) == "cc");
  const std::string plain = "<![CDATA[a & b]]>";
  const SourceRange cdata = dmn::place(plain, {9, 14}, {4, 5});
  CHECK(plain.substr(cdata.begin, 1) == "b");
  const std::string lines = "x\r\n+ y";
  CHECK(dmn::place(lines, {0, 6}, {4, 5}).begin == 5);
}

TEST_CASE("read: a problem of an expression has its place in the file") {
  const std::string text = document(decision("a", literal("1 &lt; \n  nobody")));
  const Made made(text, false);
  REQUIRE(made.has("unknown-name"));
  const SourceRange where = made.findings[0].where;
  CHECK(text.substr(where.begin, where.end - where.begin) == "nobody");
}

TEST_CASE("read: a document type is refused, so that no entity is ever expanded") {
  std::string laughs = "<!DOCTYPE d [<!ENTITY a \"aaaaaaaaaa\">";
  for (char c = 'b'; c < 'k'; ++c) {
    append(laughs, "<!ENTITY ", c, " \"");
    for (int i = 0; i < 10; ++i) append(laughs, '&', static_cast<char>(c - 1), ';');
    laughs += "\">";
  }
  laughs += "]>";
  for (const std::string& front : {laughs, std::string("<!DOCTYPE d SYSTEM \"file:///etc/passwd\">"),
                                   std::string("<!DOCTYPE d [<!ENTITY x SYSTEM \"http://localhost/\">]>")}) {
    auto model = read_dmn(SourceText("m", front + document(decision("a", literal("&amp;")))));
    REQUIRE(!model);
    CHECK(model.error().code == ErrorCode::parse_error);
  }
  auto unknown = read_dmn(SourceText("m", document(decision("a", literal("&unknown;")))));
  REQUIRE(!unknown);
  CHECK(unknown.error().code == ErrorCode::parse_error);
}

TEST_CASE("read: nesting, size, broken XML and broken UTF-8 are errors with a code") {
  std::string deep;
  for (int i = 0; i < 100'000; ++i) deep += "<list>";
  CHECK(read_dmn(SourceText("m", document(deep))).error().code == ErrorCode::parse_error);
  for (int i = 0; i < 100'000; ++i) deep += "</list>";
  CHECK(read_dmn(SourceText("m", document(deep))).error().code == ErrorCode::limit_exceeded);
  std::string boxed = literal("1");
  for (int i = 0; i < 60; ++i) boxed = cat("<list>", boxed, "</list>");
  CHECK(read_dmn(SourceText("m", document(decision("a", boxed)))).error().code == ErrorCode::limit_exceeded);
  CHECK(read_dmn(SourceText("m", std::string(max_dmn_bytes + 1, ' '))).error().code ==
        ErrorCode::limit_exceeded);
  CHECK(read_dmn(SourceText("m", "")).error().code == ErrorCode::parse_error);
  CHECK(read_dmn(SourceText("m", "<a>")).error().code == ErrorCode::parse_error);
  CHECK(read_dmn(SourceText("m", document("<decision name=\"\x01\"/>"))).error().code == ErrorCode::parse_error);
  CHECK(read_dmn(SourceText("m", document(std::string(1, '\0')))).error().code == ErrorCode::parse_error);
  CHECK(read_dmn(SourceText("m", document("\xff"))).error().code == ErrorCode::bad_utf8);
  CHECK(read_dmn(SourceText("m", "<a/>")).error().code == ErrorCode::schema_error);
  CHECK(read_dmn(SourceText("m", document("<decision id=\"x\"/>"))).error().code == ErrorCode::schema_error);
  CHECK(read_dmn(SourceText("m", document(decision("a", "<filter/>")))).error().code ==
        ErrorCode::schema_error);
}

TEST_CASE("read: a test file gives typed values, and a value of a wrong form is an error") {
  const std::string head =
      "<testCases xmlns=\"http://www.omg.org/spec/DMN/20160719/testcase\" "
      "xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\"><modelName>m.dmn</modelName><testCase "
      "id=\"1\">";
  const std::string tail = "</testCase></testCases>";
  auto file = read_dmn_tests(SourceText(
      "t", head +
               "<inputNode name=\"a  b\"><list><item><value xsi:type=\"xsd:decimal\">1.5</value></item>"
               "<item><value xsi:nil=\"true\"/></item></list></inputNode>"
               "<inputNode name=\"c\"><component name=\"d\"><value "
               "xsi:type=\"xsd:date\">2026-01-31</value></component>"
               "<component name=\"e\"><value xsi:type=\"xsd:string\"> </value></component></inputNode>"
               "<resultNode name=\"r\" errorResult=\"true\"><expected><value "
               "xsi:nil=\"true\"/></expected></resultNode>" +
               tail));
  REQUIRE(file);
  CHECK(file->model == "m.dmn");
  const dmn::TestCase& one = file->cases.at(0);
  CHECK(one.inputs.at(0).name == "a b");
  CHECK(to_literal(one.inputs[0].value) == "[1.5, null]");
  CHECK(to_literal(one.inputs[1].value) == "{d: @\"2026-01-31\", e: \" \"}");
  CHECK(one.results.at(0).is_error);
  CHECK(one.results[0].expected.is_null());
  auto bad = read_dmn_tests(SourceText(
      "t", head + "<inputNode name=\"a\"><value xsi:type=\"xsd:date\">soon</value></inputNode>" + tail));
  REQUIRE(!bad);
  CHECK(bad.error().code == ErrorCode::schema_error);
}

TEST_CASE("read: numbers are compared within 1e-8, and kinds must be the same") {
  using dmn::as_expected;
  CHECK(as_expected(feel("1.000000001"), feel("1")));
  CHECK_FALSE(as_expected(feel("1.0000001"), feel("1")));
  CHECK(as_expected(feel("[1, {a: 2}]"), feel("[1.000000001, {a: 2}]")));
  CHECK_FALSE(as_expected(feel("\"1\""), feel("1")));
  CHECK_FALSE(as_expected(feel("[1]"), feel("1")));
  CHECK_FALSE(as_expected(feel("{a: 1, b: 2}"), feel("{a: 1}")));
  CHECK_FALSE(as_expected(feel("null"), feel("false")));
}
