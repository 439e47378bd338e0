// Damaged SOPs: whatever stands in the file, check ends with findings and never with anything worse.
#include "support.hpp"

#include "aesop/model/format.hpp"
#include "aesop/model/plan.hpp"
#include "aesop/model/show.hpp"

#include <cstdint>

using namespace aesop;
using namespace aesop_test;

namespace {

struct Random {
  std::uint64_t bits;
  std::size_t operator()(std::size_t below) {
    bits = bits * 6364136223846793005u + 1442695040888963407u;
    return static_cast<std::size_t>((bits >> 33) % below);
  }
};

// One damage that mostly leaves JSON: a word replaced by another of the file, a line twice, a line gone, a byte changed.
void damage(std::string& text, Random& random) {
  const auto word_at = [&](std::size_t at) {
    std::size_t begin = text.rfind('"', at);
    if (begin == std::string::npos) begin = 0;
    const std::size_t end = text.find('"', begin + 1);
    return std::pair(begin, end == std::string::npos ? text.size() : end + 1);
  };
  const auto line_at = [&](std::size_t at) {
    const std::size_t begin = text.rfind('\n', at);
    const std::size_t end = text.find('\n', at);
    return std::pair(begin == std::string::npos ? 0 : begin, end == std::string::npos ? text.size() : end);
  };
  const std::size_t at = random(text.size());
  switch (random(5)) {
    case 0:
    case 1: {
      const auto [from, from_end] = word_at(random(text.size()));
      const std::string word = text.substr(from, from_end - from);
      const auto [to, to_end] = word_at(at);
      text.replace(to, to_end - to, word);
      break;
    }
    case 2: {
      const auto [begin, end] = line_at(at);
      text.insert(end, text.substr(begin, end - begin));
      break;
    }
    case 3: {
      const auto [begin, end] = line_at(at);
      text.erase(begin, end - begin);
      break;
    }
    default:
      text[at] = "{}[]\",:=0a"[random(10)];
  }
}

}  // namespace

TEST_CASE("check: damaged SOPs end in findings", "[verify]") {
  Random random{42};
  std::size_t planned = 0, loaded = 0;
  for (const auto& path : files(cases_dir() / "good", ".sop.json")) {
    const std::string whole = read(path);
    for (int i = 0; i < 100; ++i) {
      std::string text = whole;
      const std::size_t times = 1 + random(3);
      for (std::size_t k = 0; k < times; ++k) damage(text, random);
      const Checked checked = check(text, "damaged.sop.json", default_ports());
      INFO(text);
      for (const Finding& finding : checked.findings) {
        REQUIRE(finding.where.begin <= text.size());
        REQUIRE(finding.where.end <= text.size() + 1);
        REQUIRE_FALSE(finding.message.empty());
      }
      REQUIRE(checked.render().size() < 1'000'000);
      REQUIRE((checked.plan == nullptr) <= checked.findings.has_errors());
      if (checked.definition) REQUIRE_FALSE(show(*checked.definition).empty());
      (void)format(text);
      loaded += checked.definition != nullptr;
      planned += checked.plan != nullptr;
    }
  }
  // The damage is neither too weak nor too strong to say something.
  CHECK(loaded > 40);
  CHECK(planned > 5);
  CHECK(planned < 250);
}
