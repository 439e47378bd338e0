// XML as the readers of DMN need it. Part dmn; the only file, with its header, that knows pugixml's parser.
#include "dmn/xml.hpp"

#include "aesop/base/text.hpp"
#include "aesop/dmn/place.hpp"
#include "aesop/dmn/read.hpp"

#include <algorithm>
#include <cstring>

namespace aesop {
inline namespace v0 {
namespace dmn {
namespace {

struct Reference {
  std::size_t size = 0;  // 0: none that is known
  std::uint32_t code = 0;
};

Reference reference(std::string_view raw) {
  const std::size_t end = raw.substr(0, 16).find(';');
  if (end == std::string_view::npos) return {};
  const std::string_view name = raw.substr(1, end - 1);
  constexpr std::pair<std::string_view, char> known[] = {
      {"lt", '<'}, {"gt", '>'}, {"amp", '&'}, {"quot", '"'}, {"apos", '\''}};
  for (const auto& [word, letter] : known)
    if (word == name) return {end + 1, static_cast<std::uint32_t>(letter)};
  if (name.size() < 2 || name[0] != '#') return {};
  const bool hex = name[1] == 'x';
  const std::string_view digits = name.substr(hex ? 2 : 1);
  std::uint32_t code = 0;
  if (digits.empty()) return {};
  for (const char c : digits) {
    const char low = static_cast<char>(c | 32);
    if (is_digit(c))
      code = code * (hex ? 16 : 10) + static_cast<std::uint32_t>(c - '0');
    else if (hex && low >= 'a' && low <= 'f')
      code = code * 16 + static_cast<std::uint32_t>(low - 'a' + 10);
    else
      return {};
    if (code > 0x10FFFF) return {};
  }
  const bool control = code < 0x20 && code != 9 && code != 10 && code != 13;
  if (control || (code >= 0xD800 && code < 0xE000)) return {};
  return {end + 1, code};
}

Error at(const SourceText& source, ErrorCode code, std::string message, std::size_t offset,
         std::string help = {}) {
  const auto begin = static_cast<std::uint32_t>(std::min(offset, source.text.size()));
  return {code, std::move(message), std::move(help), {begin, begin + 1}, source.name};
}

// What the parser does not judge: references, how deep elements nest, what stands where.
Status check(const SourceText& source, pugi::xml_node root) {
  std::size_t depth = 0;
  for (pugi::xml_node node = root.first_child(); node;) {
    if (node.type() == pugi::node_element && depth + 1 > max_dmn_nesting)
      return at(source, ErrorCode::limit_exceeded,
                cat("elements are nested more than ", max_dmn_nesting, " deep"),
                static_cast<std::size_t>(std::max<std::ptrdiff_t>(node.offset_debug(), 0)));
    if (node.first_child()) {
      node = node.first_child();
      ++depth;
      continue;
    }
    while (node && !node.next_sibling()) {
      node = node.parent();
      if (depth == 0 || node == root) return {};
      --depth;
    }
    if (node) node = node.next_sibling();
  }
  return {};
}

// Control characters, references outside comments and CDATA, and "<!DOCTYPE".
Status check_text(const SourceText& source) {
  const std::string_view text = source.text;
  for (std::size_t i = 0; i < text.size(); ++i)
    if (static_cast<unsigned char>(text[i]) < 0x20 && !is_space(text[i]))
      return at(source, ErrorCode::parse_error, "a control character that XML does not allow", i);
  for (std::size_t i = text.find_first_of("&<"); i != std::string_view::npos;
       i = text.find_first_of("&<", i)) {
    const std::string_view rest = text.substr(i);
    if (rest[0] == '&') {
      const Reference one = reference(rest);
      if (one.size == 0)
        return at(
            source, ErrorCode::parse_error, "an entity that is not one of XML's own", i,
            "&lt; &gt; &amp; &quot; &apos; and &#number; are read, entities of a document type are not");
      i += one.size;
      continue;
    }
    const auto skip = [&](std::string_view open, std::string_view close) {
      if (!rest.starts_with(open)) return false;
      const std::size_t end = text.find(close, i + open.size());
      i = end == std::string_view::npos ? text.size() : end + close.size();
      return true;
    };
    if (skip("<!--", "-->") || skip("<![CDATA[", "]]>") || skip("<?", "?>")) continue;
    if (rest.starts_with("<!"))
      return at(source, ErrorCode::parse_error, "a document type is not read", i,
                "a DMN file needs none; remove the <!DOCTYPE ...>");
    ++i;
  }
  return {};
}

}  // namespace

Status Xml::parse(const SourceText& source, pugi::xml_document& into) {
  if (source.text.size() > max_dmn_bytes)
    return at(source, ErrorCode::limit_exceeded, cat("the file has more than ", max_dmn_bytes >> 20, " MiB"),
              0);
  if (const auto bad = find_bad_utf8(source.text))
    return at(source, ErrorCode::bad_utf8, "the text is not valid UTF-8", *bad);
  if (auto good = check_text(source); !good) return good;
  const unsigned flags = pugi::parse_minimal | pugi::parse_cdata | pugi::parse_ws_pcdata_single;
  const pugi::xml_parse_result result =
      into.load_buffer(source.text.data(), source.text.size(), flags, pugi::encoding_utf8);
  if (!result) {
    const std::string what = result.description();
    return at(source, ErrorCode::parse_error, cat("the XML is not well formed: ", what),
              static_cast<std::size_t>(std::max<std::ptrdiff_t>(result.offset, 0)));
  }
  return check(source, into);
}

std::string Xml::space_of_prefix(pugi::xml_node node, std::string_view prefix) const {
  const std::string wanted = prefix.empty() ? std::string("xmlns") : cat("xmlns:", prefix);
  for (; node; node = node.parent())
    if (const pugi::xml_attribute one = node.attribute(wanted.c_str())) return decode_xml(one.value());
  return {};
}

std::string Xml::space(pugi::xml_node node) const {
  const std::string_view name = node.name();
  const std::size_t colon = name.rfind(':');
  return space_of_prefix(node, colon == std::string_view::npos ? std::string_view() : name.substr(0, colon));
}

std::string Xml::attribute(pugi::xml_node node, std::string_view name) const {
  if (name.find(':') != std::string_view::npos) {
    for (const pugi::xml_attribute one : node.attributes())
      if (name == one.name()) return decode_xml(one.value());
    return {};
  }
  for (const pugi::xml_attribute one : node.attributes())
    if (name == one.name()) return decode_xml(one.value());
  return {};
}

std::string Xml::name(pugi::xml_node node, std::string_view attribute) const {
  return one_line(this->attribute(node, attribute));
}

Text Xml::text(pugi::xml_node node) const {
  Text out;
  bool first = true;
  for (const pugi::xml_node one : node.children()) {
    if (one.type() != pugi::node_pcdata && one.type() != pugi::node_cdata) continue;
    const std::ptrdiff_t offset = one.offset_debug();
    const std::size_t size = std::strlen(one.value());
    out.text += one.type() == pugi::node_cdata ? std::string(one.value()) : decode_xml(one.value());
    if (offset < 0) continue;
    const auto begin = static_cast<std::uint32_t>(offset);
    if (std::exchange(first, false)) out.where.begin = begin;
    out.where.end = begin + static_cast<std::uint32_t>(size);
  }
  if (first) out.where = where(node);
  return out;
}

SourceRange Xml::where(pugi::xml_node node) const {
  const std::ptrdiff_t offset = node.offset_debug();
  if (offset < 0) return {};
  const auto begin = static_cast<std::uint32_t>(offset);
  return {begin, begin + static_cast<std::uint32_t>(std::strlen(node.name()))};
}

std::string decode_xml(std::string_view raw) {
  std::string out;
  out.reserve(raw.size());
  for (std::size_t i = 0; i < raw.size();) {
    if (raw[i] == '\r') {
      out += '\n';
      i += raw.substr(i).starts_with("\r\n") ? 2 : 1;
      continue;
    }
    if (raw[i] == '&') {
      const Reference one = reference(raw.substr(i));
      if (one.size > 0) {
        append_utf8(out, static_cast<char32_t>(one.code));
        i += one.size;
        continue;
      }
    }
    out += raw[i++];
  }
  return out;
}

std::string one_line(std::string_view text) {
  std::string out;
  for (const char c : trim(text)) {
    if (!is_space(c))
      out += c;
    else if (!out.empty() && out.back() != ' ')
      out += ' ';
  }
  return out;
}

}  // namespace dmn
}  // namespace v0
}  // namespace aesop
