// From a path to Definition: load_file. Part model (shell: src/model/load_file.cpp).
#pragma once

#include "aesop/base/finding.hpp"
#include "aesop/base/result.hpp"
#include "aesop/model/definition.hpp"

#include <memory>
#include <string>

namespace aesop {
inline namespace v0 {

/// The whole text of a regular file of at most `limit` bytes. not_found, io_error, or limit_exceeded, naming the file.
Result<std::string> read_text_file(const std::string& path, std::size_t limit = 1024 * 1024);

/// read_text_file, then load() of load.hpp under the path's name: its errors and findings, and those of reading.
Result<std::shared_ptr<Definition>> load_file(const std::string& path, Findings& findings);

}  // namespace v0
}  // namespace aesop
