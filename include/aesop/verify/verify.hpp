// Looking for loopholes before anything runs: verify, and check, which does everything from text on. Part verify.
// Each check is one file of src/verify and gives findings of one id, explained in docs/findings.md.
// Stateless; safe from any thread.
#pragma once

#include "aesop/base/finding.hpp"
#include "aesop/base/ports.hpp"
#include "aesop/base/result.hpp"
#include "aesop/model/definition.hpp"

#include <memory>
#include <span>
#include <string>
#include <string_view>

namespace aesop {
inline namespace v0 {

class Plan;

/// One check of verify.
struct CheckInfo {
  std::string_view id;       ///< of its findings
  Severity severity;         ///< of most of them
  std::string_view summary;  ///< one sentence
};

/// All checks, in the order they run.
std::span<const CheckInfo> verify_checks();

/// What verify finds. The plan is needed only to know what is used of what is declared: nullptr leaves that check out.
/// Ids that name nothing are not reported again: plan() did.
Findings verify(const Definition& definition, const Plan* plan = nullptr);

/// All that can be known of a text: load, plan and verify.
struct Checked {
  std::shared_ptr<const SourceText> source = {};
  Findings findings = Findings();
  std::shared_ptr<const Definition> definition = {};  ///< null after a syntax error
  std::shared_ptr<const Plan> plan = {};  ///< null when findings has errors of loading or planning

  /// Whether it may be published: no finding of severity error.
  bool clean() const { return plan != nullptr && !findings.has_errors(); }
  std::string render() const { return findings.render(*source); }
};

Checked check(std::string_view text, std::string name, const Ports& ports = {});

}  // namespace v0
}  // namespace aesop
