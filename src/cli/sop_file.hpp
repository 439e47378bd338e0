// An SOP file as the verbs see it: read, loaded, planned and verified, with everything that was found. Part cli.
#pragma once

#include "aesop/base/finding.hpp"
#include "aesop/base/result.hpp"
#include "aesop/model/definition.hpp"
#include "aesop/model/plan.hpp"
#include "aesop/value/value.hpp"

#include <memory>
#include <optional>
#include <string>

namespace aesop::cli {

struct SopFile {
  std::string path;
  std::optional<Error> error;                    ///< the file could not be read
  bool readable = false;                         ///< it could be read and its text is well formed
  std::shared_ptr<const SourceText> source;      ///< when it could be read
  std::shared_ptr<const Definition> definition;  ///< when the text is well formed
  std::shared_ptr<const Plan> plan;              ///< when it may run
  Findings findings;

  /// May it be published?
  bool sound() const { return plan != nullptr && !findings.has_errors(); }
  std::size_t warnings() const;
  /// Everything that is wrong, as base/source.hpp renders it.
  std::string render() const;
  /// {"file", "ok", "sop", "version", "hash", "errors", "warnings", "findings": [...]} or {"file", "ok", "error"}.
  Value to_value() const;
};

/// Reads, loads, plans and verifies.
SopFile load_sop_file(const std::string& path);

}  // namespace aesop::cli
