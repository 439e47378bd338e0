// XML as the readers of DMN need it: elements by local name, texts decoded by us with their places, namespaces. Part dmn.
#pragma once

#include "aesop/base/result.hpp"
#include "aesop/base/source.hpp"
#include "aesop/dmn/expression.hpp"

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include <pugixml.hpp>

namespace aesop {
inline namespace v0 {
namespace dmn {

/// A document over a text that outlives it. References are not decoded by the parser, so that offsets stay true.
class Xml {
 public:
  /// parse_error, bad_utf8, limit_exceeded.
  static Status parse(const SourceText& source, pugi::xml_document& into);

  Xml(const SourceText& source, pugi::xml_node root) : source_(source), root_(root) {}

  pugi::xml_node root() const { return root_; }
  /// The name without its prefix.
  static std::string_view local(std::string_view name) {
    const std::size_t colon = name.rfind(':');
    return colon == std::string_view::npos ? name : name.substr(colon + 1);
  }
  static std::string_view local(pugi::xml_node node) { return local(node.name()); }
  static bool is(pugi::xml_node node, std::string_view name) {
    return node.type() == pugi::node_element && local(node) == name;
  }
  /// The first child of a local name; an empty node when there is none.
  static pugi::xml_node child(pugi::xml_node node, std::string_view name) {
    for (const pugi::xml_node one : node.children())
      if (is(one, name)) return one;
    return {};
  }
  /// The namespace of an element or of a prefix there.
  std::string space(pugi::xml_node node) const;
  std::string space_of_prefix(pugi::xml_node node, std::string_view prefix) const;

  /// An attribute's value, decoded; empty when there is none. By local name unless `name` has a prefix.
  std::string attribute(pugi::xml_node node, std::string_view name) const;
  /// An attribute that is a name: blanks at its ends cut, those inside made one.
  std::string name(pugi::xml_node node, std::string_view attribute = "name") const;
  /// The text of an element, decoded, with its raw place. Comments between are skipped.
  Text text(pugi::xml_node node) const;
  /// Where an element begins.
  SourceRange where(pugi::xml_node node) const;

  const SourceText& source() const { return source_; }

 private:
  const SourceText& source_;
  pugi::xml_node root_;
};

/// Raw text of a document with its references and line ends decoded. Unknown references stay as they are: parse() has
/// refused them.
std::string decode_xml(std::string_view raw);
/// Blanks at the ends cut, those inside made one.
std::string one_line(std::string_view text);

}  // namespace dmn
}  // namespace v0
}  // namespace aesop
