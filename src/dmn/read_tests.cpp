// Test files of the conformance suite: read_dmn_tests. Part dmn.
#include "dmn/xml.hpp"

#include "aesop/base/civil_text.hpp"
#include "aesop/base/text.hpp"
#include "aesop/dmn/read.hpp"

namespace aesop {
inline namespace v0 {
namespace dmn {
namespace {

class TestReader {
 public:
  explicit TestReader(const Xml& xml) : xml_(xml) {}

  Result<TestFile> file() {
    TestFile out;
    out.model = trim(xml_.text(Xml::child(xml_.root(), "modelName")).text);
    for (const pugi::xml_node node : xml_.root().children())
      if (Xml::is(node, "testCase")) out.cases.push_back(test(node));
    if (error_) return std::move(*error_);
    return out;
  }

 private:
  void fail(std::string message, pugi::xml_node at) {
    if (!error_)
      error_ = Error{ErrorCode::schema_error, std::move(message), {}, xml_.where(at), xml_.source().name};
  }

  TestCase test(pugi::xml_node node) {
    TestCase out;
    out.id = xml_.attribute(node, "id");
    out.type = xml_.attribute(node, "type");
    out.invocable = xml_.name(node, "invocableName");
    out.description = xml_.text(Xml::child(node, "description")).text;
    for (const pugi::xml_node one : node.children()) {
      if (Xml::is(one, "inputNode")) {
        out.inputs.push_back({xml_.name(one), value(one), xml_.attribute(one, "namespace")});
      } else if (Xml::is(one, "resultNode")) {
        TestResult result{xml_.name(one), xml_.attribute(one, "namespace"), {}, false};
        result.is_error = xml_.attribute(one, "errorResult") == "true";
        if (const pugi::xml_node expected = Xml::child(one, "expected")) result.expected = value(expected);
        out.results.push_back(std::move(result));
      }
    }
    return out;
  }

  bool is_nil(pugi::xml_node node) const {
    for (const pugi::xml_attribute one : node.attributes())
      if (Xml::local(one.name()) == "nil")
        return std::string_view(one.value()) == "true" || std::string_view(one.value()) == "1";
    return false;
  }

  // What an inputNode, expected, component or item holds: a value, components, or a list.
  Value value(pugi::xml_node node) {
    if (is_nil(node)) return Value();
    std::vector<Entry> entries;
    bool is_context = false;
    for (const pugi::xml_node one : node.children()) {
      if (Xml::is(one, "value")) return is_nil(one) ? Value() : simple(one);
      if (Xml::is(one, "list")) {
        if (is_nil(one)) return Value();
        std::vector<Value> items;
        for (const pugi::xml_node item : one.children())
          if (Xml::is(item, "item")) items.push_back(value(item));
        return Value::list(std::move(items));
      }
      if (Xml::is(one, "component")) {
        is_context = true;
        if (one.attribute("name"))
          entries.emplace_back(xml_.name(one), value(one));  // none: the empty context
      }
    }
    return is_context ? Value::context(std::move(entries)) : Value();
  }

  Value simple(pugi::xml_node node) {
    std::string type;
    for (const pugi::xml_attribute one : node.attributes())
      if (Xml::local(one.name()) == "type") type = Xml::local(one.value());
    const std::string text = xml_.text(node).text;
    const std::string_view word = trim(text);
    if (type.empty() || type == "string") return Value::string(text);
    const auto made = [&](const auto& parsed, auto make) {
      if (parsed) return make(*parsed);
      fail(cat("\"", printable(word, 60), "\" is no ", type), node);
      return Value();
    };
    if (type == "boolean") return Value::boolean(word == "true" || word == "1");
    if (type == "decimal" || type == "double" || type == "float" || type == "integer" || type == "int" ||
        type == "long" || type == "short")
      return made(Decimal::parse(word), [](const Decimal& v) { return Value::number(v); });
    if (type == "date") return made(parse_date(word), [](const Date& v) { return Value::date(v); });
    if (type == "time") return made(parse_time(word), [](const Time& v) { return Value::time(v); });
    if (type == "dateTime")
      return made(parse_date_time(word), [](const DateTime& v) { return Value::date_time(v); });
    if (type == "duration" || type == "dayTimeDuration" || type == "yearMonthDuration") {
      if (const auto months = parse_months_duration(word)) return Value::months_duration(*months);
      return made(parse_days_duration(word), [](const DaysDuration& v) { return Value::days_duration(v); });
    }
    fail(cat("\"", printable(type, 60), "\" is no type of a value"), node);
    return Value();
  }

  const Xml& xml_;
  std::optional<Error> error_;
};

}  // namespace
}  // namespace dmn

Result<dmn::TestFile> read_dmn_tests(const SourceText& source) {
  pugi::xml_document document;
  if (auto parsed = dmn::Xml::parse(source, document); !parsed) return parsed.take_error();
  const dmn::Xml xml(source, document.document_element());
  if (!dmn::Xml::is(xml.root(), "testCases"))
    return Error{
        ErrorCode::schema_error, "the root element is not testCases", {}, xml.where(xml.root()), source.name};
  return dmn::TestReader(xml).file();
}

}  // namespace v0
}  // namespace aesop
