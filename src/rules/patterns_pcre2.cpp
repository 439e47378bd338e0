// The PatternPort on PCRE2: XPath patterns with bounded cost. Part rules (shell); see base/ports.hpp.
// (1) Thread rule: safe from any thread; compiled patterns are shared through a small cache behind a mutex.
// (2) Cost is bounded: every place where matching can go back is a callout that is charged for the text it stands
//     behind, and the match is given up past a budget. PCRE2's own limits (matches, depth, heap) stand behind that.
#include "aesop/rules/patterns.hpp"

#define PCRE2_CODE_UNIT_WIDTH 8
#include "rules/xpath_pattern.hpp"

#include "aesop/base/text.hpp"

#include <list>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <pcre2.h>

namespace aesop {
inline namespace v0 {
namespace {

constexpr std::size_t max_subject = 64 * 1024;
constexpr std::size_t max_output = 256 * 1024;
constexpr std::uint32_t match_limit = 5'000'000;
constexpr std::uint32_t depth_limit = 5'000;
constexpr std::uint32_t heap_limit_kib = 2'048;
constexpr std::size_t cached_patterns = 64;

// Charges a match may take: enough for what goes back a few times over the whole text, about a millisecond for a short
// one and twenty for 64 KiB.
std::int64_t match_budget(std::string_view input) {
  return 20'000 + 16 * static_cast<std::int64_t>(input.size());
}

struct CodeFree {
  void operator()(pcre2_code* code) const { pcre2_code_free(code); }
};
struct MatchDataFree {
  void operator()(pcre2_match_data* data) const { pcre2_match_data_free(data); }
};
struct ContextFree {
  void operator()(pcre2_match_context* context) const { pcre2_match_context_free(context); }
};

struct Compiled {
  std::unique_ptr<pcre2_code, CodeFree> code;
  int groups = 0;
  bool literal = false;
};

int charge(pcre2_callout_block* block, void* budget) {
  auto& left = *static_cast<std::int64_t*>(budget);
  left -= 1 + static_cast<std::int64_t>(block->current_position - block->start_match) / 16;
  return left < 0 ? PCRE2_ERROR_CALLOUT : 0;
}

Error too_dear() { return {ErrorCode::evaluation_limit, "matching the pattern costs too much", {}, {}, {}}; }

// One subject being matched again and again from where the last match ended.
class Matcher {
 public:
  Matcher(const Compiled& compiled, std::string_view input)
      : compiled_(compiled),
        input_(input),
        data_(pcre2_match_data_create_from_pattern(compiled.code.get(), nullptr)),
        context_(pcre2_match_context_create(nullptr)),
        budget_(match_budget(input)) {
    if (!data_ || !context_) return;
    pcre2_set_match_limit(context_.get(), match_limit);
    pcre2_set_depth_limit(context_.get(), depth_limit);
    pcre2_set_heap_limit(context_.get(), heap_limit_kib);
    pcre2_set_callout(context_.get(), charge, &budget_);
  }

  // Whether there is a match at or after byte `from`.
  Result<bool> find(std::size_t from) {
    if (!data_ || !context_)
      return Error{ErrorCode::out_of_memory, "no memory to match a pattern", {}, {}, {}};
    const int count = pcre2_match(compiled_.code.get(), reinterpret_cast<PCRE2_SPTR>(input_.data()),
                                  input_.size(), from, PCRE2_NO_UTF_CHECK, data_.get(), context_.get());
    if (count == PCRE2_ERROR_NOMATCH) return false;
    if (count < 0) return too_dear();
    return true;
  }

  // Group `number` of the last match; empty when it took no part.
  std::string_view group(std::size_t number) const {
    const PCRE2_SIZE* offsets = pcre2_get_ovector_pointer(data_.get());
    if (number >= pcre2_get_ovector_count(data_.get()) || offsets[2 * number] == PCRE2_UNSET) return {};
    return input_.substr(offsets[2 * number], offsets[2 * number + 1] - offsets[2 * number]);
  }
  std::size_t begin() const { return pcre2_get_ovector_pointer(data_.get())[0]; }
  std::size_t end() const { return pcre2_get_ovector_pointer(data_.get())[1]; }

 private:
  const Compiled& compiled_;
  std::string_view input_;
  std::unique_ptr<pcre2_match_data, MatchDataFree> data_;
  std::unique_ptr<pcre2_match_context, ContextFree> context_;
  std::int64_t budget_;
};

class Pcre2Patterns final : public PatternPort {
 public:
  Result<bool> matches(std::string_view input, std::string_view pattern,
                       std::string_view flags) const override {
    auto compiled = prepare(input, pattern, flags);
    if (!compiled) return compiled.take_error();
    return Matcher(**compiled, input).find(0);
  }

  Result<std::string> replace(std::string_view input, std::string_view pattern, std::string_view replacement,
                              std::string_view flags) const override {
    auto compiled = prepare(input, pattern, flags);
    if (!compiled) return compiled.take_error();
    std::vector<Piece> pieces;
    if (auto status = read_replacement(replacement, **compiled, pieces); !status) return status.take_error();
    Matcher matcher(**compiled, input);
    if (auto status = refuse_empty_match(**compiled); !status) return status.take_error();
    std::string out;
    std::size_t from = 0;
    while (from <= input.size()) {
      auto found = matcher.find(from);
      if (!found) return found.take_error();
      if (!*found) break;
      out += input.substr(from, matcher.begin() - from);
      for (const Piece& piece : pieces) {
        out += piece.group < 0 ? std::string_view(piece.text)
                               : matcher.group(static_cast<std::size_t>(piece.group));
        if (out.size() > max_output) return too_dear();
      }
      from = matcher.end() > from || matcher.end() > matcher.begin() ? matcher.end() : matcher.end() + 1;
    }
    if (from < input.size()) out += input.substr(from);
    return out;
  }

  Result<std::vector<std::string>> split(std::string_view input, std::string_view pattern) const override {
    auto compiled = prepare(input, pattern, {});
    if (!compiled) return compiled.take_error();
    if (auto status = refuse_empty_match(**compiled); !status) return status.take_error();
    Matcher matcher(**compiled, input);
    std::vector<std::string> out;
    std::size_t from = 0;
    std::size_t search = 0;
    while (search <= input.size()) {
      auto found = matcher.find(search);
      if (!found) return found.take_error();
      if (!*found) break;
      if (matcher.end() == matcher.begin()) {
        search = matcher.end() + 1;
        continue;
      }
      out.emplace_back(input.substr(from, matcher.begin() - from));
      from = search = matcher.end();
    }
    out.emplace_back(input.substr(from));
    return out;
  }

 private:
  struct Piece {
    std::string text;
    int group = -1;
  };
  using Shared = std::shared_ptr<const Compiled>;

  Result<Shared> prepare(std::string_view input, std::string_view pattern, std::string_view flags) const {
    if (input.size() > max_subject)
      return Error{
          ErrorCode::limit_exceeded, cat("the text is longer than ", max_subject, " bytes"), {}, {}, {}};
    if (!is_utf8(input) || !is_utf8(pattern))
      return Error{ErrorCode::bad_utf8, "the text is not valid UTF-8", {}, {}, {}};
    std::string key = cat(flags, '/', pattern);
    {
      const std::lock_guard lock(mutex_);
      for (auto it = cache_.begin(); it != cache_.end(); ++it) {
        if (it->first != key) continue;
        cache_.splice(cache_.begin(), cache_, it);
        return it->second;
      }
    }
    auto made = compile(pattern, flags);
    if (!made) return made.take_error();
    const std::lock_guard lock(mutex_);
    cache_.emplace_front(std::move(key), *made);
    if (cache_.size() > cached_patterns) cache_.pop_back();
    return made;
  }

  static Result<Shared> compile(std::string_view pattern, std::string_view flags) {
    auto translated = detail::translate_xpath_pattern(pattern, flags);
    if (!translated) return translated.take_error();
    std::uint32_t options = PCRE2_UTF | PCRE2_NO_UTF_CHECK | PCRE2_DOLLAR_ENDONLY | PCRE2_NEVER_BACKSLASH_C;
    if (translated->ignore_case) options |= PCRE2_CASELESS;
    std::unique_ptr<pcre2_compile_context, decltype(&pcre2_compile_context_free)> context(
        pcre2_compile_context_create(nullptr), pcre2_compile_context_free);
    if (context) pcre2_set_newline(context.get(), PCRE2_NEWLINE_LF);
    int problem = 0;
    PCRE2_SIZE offset = 0;
    auto compiled = std::make_shared<Compiled>();
    compiled->code.reset(pcre2_compile(reinterpret_cast<PCRE2_SPTR>(translated->text.data()),
                                       translated->text.size(), options, &problem, &offset, context.get()));
    if (!compiled->code)
      return Error{ErrorCode::bad_expression, "the pattern is not valid or too large", {}, {}, {}};
    compiled->groups = translated->groups;
    compiled->literal = translated->literal;
    return Shared(std::move(compiled));
  }

  // XPath: replacing or splitting by a pattern that matches nothing at all is an error (FORX0003).
  static Status refuse_empty_match(const Compiled& compiled) {
    auto found = Matcher(compiled, {}).find(0);
    if (!found) return found.take_error();
    if (*found) return Error{ErrorCode::bad_expression, "the pattern matches the empty text", {}, {}, {}};
    return {};
  }

  static Status read_replacement(std::string_view text, const Compiled& compiled, std::vector<Piece>& out) {
    const Error bad{ErrorCode::bad_expression,
                    "in a replacement $ is followed by a group's number, or written \\$",
                    {},
                    {},
                    {}};
    std::string plain;
    for (std::size_t i = 0; i < text.size(); ++i) {
      if (compiled.literal || (text[i] != '$' && text[i] != '\\')) {
        plain += text[i];
        continue;
      }
      if (text[i] == '\\') {
        if (i + 1 >= text.size() || (text[i + 1] != '$' && text[i + 1] != '\\')) return bad;
        plain += text[++i];
        continue;
      }
      if (i + 1 >= text.size() || !is_digit(text[i + 1])) return bad;
      int group = text[++i] - '0';
      while (i + 1 < text.size() && is_digit(text[i + 1]) &&
             group * 10 + (text[i + 1] - '0') <= compiled.groups)
        group = group * 10 + (text[++i] - '0');
      if (!plain.empty()) out.push_back({std::exchange(plain, {}), -1});
      if (group <= compiled.groups) out.push_back({{}, group});
    }
    if (!plain.empty()) out.push_back({std::move(plain), -1});
    return {};
  }

  mutable std::mutex mutex_;
  mutable std::list<std::pair<std::string, Shared>> cache_;
};

}  // namespace

const PatternPort& pcre2_patterns() {
  static const Pcre2Patterns patterns;
  return patterns;
}

}  // namespace v0
}  // namespace aesop
