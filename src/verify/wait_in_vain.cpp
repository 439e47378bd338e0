#include "verify/checks.hpp"
#include "verify/steady.hpp"

#include "aesop/model/plan_names.hpp"
#include "aesop/rules/builtins/standard.hpp"

#include <set>
#include <string_view>

namespace aesop {
inline namespace v0 {
namespace verifying {

namespace {

// Words of FEEL's functions: what "date and time" consists of.
const std::set<std::string_view>& function_words() {
  static const std::set<std::string_view> words = [] {
    std::set<std::string_view> all;
    for (const FunctionTable::Row& row : standard_functions().rows())
      for (const std::string_view word : detail::identifiers(row.function.name)) all.insert(word);
    return all;
  }();
  return words;
}

struct Looked {
  bool stays = true;     // nothing it names can change, but for the time
  bool by_time = false;  // it names the time
};

// What the text depends on. Rules are looked through; what is not known here may change.
void look(const Definition& file, const std::set<std::string_view>& steady, std::string_view text, int depth,
          Looked& out) {
  for (const std::string_view word : detail::identifiers(text)) {
    if (detail::is_feel_word(word) || steady.count(word)) continue;
    const RuleDefinition* rule = nullptr;
    for (const RuleDefinition& one : file.rules)
      if (one.name.text == word && !one.feel.empty()) rule = &one;
    if (rule != nullptr && depth > 0)
      look(file, steady, rule->feel.text, depth - 1, out);
    else if (word == "now" || word == "today")
      out.by_time = true;
    else if (rule != nullptr || !function_words().count(word))
      out.stays = false;
  }
}

}  // namespace

// A wait for a condition whose data nothing sets is over at once or never; with the time in it, when something else happens
// to change data, for the machine looks at waits then and at no other time.
void wait_in_vain(const Context& context, Findings& findings) {
  const std::set<std::string_view> steady = steady_names(context.file);
  each_step(context.file.steps, [&](const StepDefinition& step) {
    for (const WaitDefinition& wait : step.waits) {
      if (!wait.event.empty() || wait.after || wait.condition.kind != ConditionText::Kind::feel) continue;
      Looked looked;
      look(context.file, steady, wait.condition.text, 8, looked);
      if (!looked.stays) continue;
      if (looked.by_time)
        findings.warning(
            "wait-in-vain",
            cat(name_of(step), " waits for a time by a condition, and time alone is not noticed"),
            wait.condition.where, "write \"after\": it fires when the time has come");
      else
        findings.warning("wait-in-vain", cat(name_of(step), " waits for a condition that nothing changes"),
                         wait.condition.where, "let an event or a step set what it looks at");
    }
  });
}

}  // namespace verifying
}  // namespace v0
}  // namespace aesop
