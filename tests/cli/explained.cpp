// Every code that the program can show is explained: errors, reasons of refusal, findings of the checks.
#include "catch.hpp"
#include "program.hpp"

#include "aesop/base/errors.hpp"
#include "aesop/rules/diagnostic.hpp"
#include "aesop/run/reasons.hpp"
#include "aesop/verify/verify.hpp"

#include <algorithm>

using namespace aesop_test;

TEST_CASE("explain: every error code, reason of refusal and check has an entry", "[cli]") {
  if (!have_program()) return;
  const Folder folder;
  const std::string list = "\n" + folder.sh("aesop explain").out;
  const auto listed = [&](std::string_view code) {
    return list.find("\n" + std::string(code) + " ") != std::string::npos;
  };
  for (const aesop::ErrorInfo& row : aesop::detail::error_table) {
    CAPTURE(row.slug_text);
    CHECK(listed(row.slug_text));
  }
  for (const aesop::RejectionInfo& row : aesop::rejection_table) {
    CAPTURE(row.reason);
    CHECK(listed(row.reason));
  }
  for (int code = 0; code <= static_cast<int>(aesop::DiagnosticCode::no_rule); ++code) {
    const std::string_view slug = aesop::slug(static_cast<aesop::DiagnosticCode>(code));
    CAPTURE(slug);
    CHECK(listed(slug));
  }
  for (const aesop::CheckInfo& check : aesop::verify_checks()) {
    CAPTURE(check.id);
    CHECK(listed(check.id));
  }
}

TEST_CASE("explain: a code may be written with hyphens, underscores, capitals, or as its number", "[cli]") {
  if (!have_program()) return;
  const Folder folder;
  const std::string text = folder.sh("aesop explain unknown-run").out;
  CHECK(text.find("There is no such run") != std::string::npos);
  for (const std::string code : {"unknown_run", "Unknown-Run", "4002"})
    CHECK(folder.sh("aesop explain " + code).out == text);
  CHECK(folder.sh("aesop explain conflct").err.find("did you mean \"conflict\"?") != std::string::npos);
  CHECK(folder.sh("aesop explain not-active").out.find("somebody or a deadline was faster") !=
        std::string::npos);
}

TEST_CASE("explain: codes kept for later parts are explained, and say that they do not occur yet", "[cli]") {
  if (!have_program()) return;
  const Folder folder;
  for (const std::string code : {"chain-broken", "permission-denied", "unverified"}) {
    CAPTURE(code);
    const Outcome outcome = folder.sh("aesop explain " + code);
    CHECK(outcome.code == 0);
    CHECK(outcome.out.find("Do:") != std::string::npos);
    std::string words = outcome.out;
    std::replace(words.begin(), words.end(), '\n', ' ');
    CHECK(words.find("not occur in this version") != std::string::npos);
  }
}
