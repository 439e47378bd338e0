// Reading DMN files and the conformance suite's test files: read_dmn, dmn_texts, read_dmn_tests. Part dmn; compiled (src/dmn, pugixml).
// Hostile files end in an error: a document type (and with it entities) is refused, size and nesting are bounded.
#pragma once

#include "aesop/base/result.hpp"
#include "aesop/base/source.hpp"
#include "aesop/dmn/model.hpp"
#include "aesop/dmn/options.hpp"
#include "aesop/dmn/test_case.hpp"

#include <cstddef>
#include <memory>
#include <string>
#include <utility>
#include <vector>

namespace aesop {
inline namespace v0 {

/// Bytes of a file, and how deep its elements may nest.
inline constexpr std::size_t max_dmn_bytes = std::size_t{8} << 20;
inline constexpr std::size_t max_dmn_nesting = 200;
/// How deep boxed expressions may nest.
inline constexpr std::size_t max_boxed_nesting = 40;

/// The model in a .dmn file of version 1.1 to 1.5. parse_error (no XML; a document type), bad_utf8, schema_error (XML, but
/// not a model: the element is named), unsupported_version, limit_exceeded; each with its place in the text.
Result<dmn::Model> read_dmn(std::shared_ptr<const SourceText> source);
inline Result<dmn::Model> read_dmn(SourceText source) {
  return read_dmn(std::make_shared<const SourceText>(std::move(source)));
}

/// Reads a model's namespace and nothing else, to find an imported one among several files. Errors as read_dmn.
Result<std::string> read_dmn_namespace(const SourceText& source);

/// A loader (DmnOptions::loader) over models given as texts, each with a name: an import is the one of its namespace; of several,
/// and where none has it, the one whose name is that of the file in its locationURI.
dmn::Loader dmn_texts(std::vector<std::pair<std::string, std::string>> texts);

/// The cases of a test file of the conformance suite. Errors as read_dmn.
Result<dmn::TestFile> read_dmn_tests(const SourceText& source);

}  // namespace v0
}  // namespace aesop
