// What a name means at a place of an expression: local bindings, fields of a filter's item, slots. Part rules.
// Function literals are compiled as lambdas with frames of their own; what they use from outside is captured.
#pragma once

#include "aesop/rules/builder.hpp"
#include "aesop/rules/builtins/standard.hpp"
#include "aesop/rules/scope.hpp"

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace aesop {
inline namespace v0 {
namespace rules {

struct Binding {
  enum class Kind : std::uint8_t { local, self, partial, item };
  Kind kind = Kind::local;
  bool used = false;
  SplitName name;
  Type type;
  std::uint32_t local = 0;
  std::uint32_t level = 0;
};

/// The best reading of a row of tokens as a name.
struct Found {
  enum class Kind : std::uint8_t { nothing, binding, field, slot, function };
  Kind kind = Kind::nothing;
  std::size_t tokens = 0;
  std::size_t binding = 0;                       // binding, field
  std::string field;                             // field
  std::uint32_t slot = 0;                        // slot
  const FunctionTable::Row* function = nullptr;  // function
};

class Environment {
 public:
  Environment(Builder& builder, const Scope& scope, const FunctionTable* extra, std::string_view text,
              const std::vector<Token>& tokens)
      : builder_(builder), scope_(scope), extra_(extra), text_(text), tokens_(tokens) {
    levels_.emplace_back();
  }

  // --- bindings -----------------------------------------------------------------------------------------
  std::uint32_t new_local() { return levels_.back().locals++; }
  std::uint32_t locals() const { return levels_.back().locals; }

  std::uint32_t push(std::string_view name, Type type, Binding::Kind kind = Binding::Kind::local) {
    const std::uint32_t local = new_local();
    bind({kind, false, SplitName(name), std::move(type), local, level()});
    if (!bindings_.back().name.is_plain()) learn(name);
    return local;
  }
  /// The entries of a filter's item, which is in a local.
  void push_item(std::uint32_t local, Type type) {
    bind({Binding::Kind::item, false, SplitName(), std::move(type), local, level()});
  }
  /// The name of the function being defined, for recursion; only seen inside it.
  void push_self(std::string_view name) {
    bind({Binding::Kind::self, false, SplitName(name), TypeKind::function, 0, level()});
  }
  std::size_t count() const { return bindings_.size(); }
  void pop_to(std::size_t count) {
    while (bindings_.size() > count) {
      const Binding& last = bindings_.back();
      (last.name.is_plain() ? plain_[last.name.name()] : other_).pop_back();
      bindings_.pop_back();
    }
  }
  /// Back to the first bindings, outside of all lambdas: after an attempt that failed.
  void reset(std::size_t count) {
    pop_to(count);
    levels_.resize(1);
  }

  void enter_lambda() { levels_.emplace_back(); }
  /// The captures of the lambda that ends here, and how many locals it has.
  std::pair<std::vector<Lambda::Capture>, std::uint32_t> leave_lambda() {
    auto out = std::pair(std::move(levels_.back().captures), levels_.back().locals);
    levels_.pop_back();
    return out;
  }

  /// Remembers a name of several tokens that a later path may use: {a b: 1}.a b
  void learn(std::string_view name) {
    SplitName split(name);
    if (split.size() > 1) compound_.push_back(std::move(split));
  }
  /// How many tokens from `at` on are the longest such name; 1 when none is.
  std::size_t longest_known(std::size_t at) {
    learn_scope();
    std::size_t best = 1;
    for (const SplitName& name : compound_) best = std::max(best, name.match(text_, tokens_, at));
    return best;
  }

  // --- lookup -------------------------------------------------------------------------------------------
  Found find(std::size_t at) const {
    Found best;
    for (std::size_t o = other_.size(); o-- > 0;) {
      const std::size_t i = other_[o];
      const Binding& binding = bindings_[i];
      for (std::size_t f = 0; f < binding.type.field_count() && binding.kind == Binding::Kind::item; ++f) {
        const std::string& field = binding.type.field_name(f);
        const std::size_t tokens = match_name(field, text_, tokens_, at);
        if (tokens > best.tokens) best = {Found::Kind::field, tokens, i, field, 0, nullptr};
      }
      const std::size_t tokens = binding.name.match(text_, tokens_, at);
      if (tokens > best.tokens) best = {Found::Kind::binding, tokens, i, {}, 0, nullptr};
    }
    // A name of one token is looked up; of two that fit, the inner one counts.
    if (const auto plain = plain_.find(word(at)); plain != plain_.end() && !plain->second.empty()) {
      const std::size_t i = plain->second.back();
      if (best.tokens == 0 || (best.tokens == 1 && i > best.binding))
        best = {Found::Kind::binding, 1, i, {}, 0, nullptr};
    }
    for (const Scope* scope = &scope_; scope != nullptr; scope = scope->parent())
      for (const Scope::Compound& compound : scope->compound_names()) {
        const std::size_t tokens = compound.name.match(text_, tokens_, at);
        if (tokens > best.tokens) best = {Found::Kind::slot, tokens, 0, {}, compound.slot, nullptr};
      }
    if (best.tokens == 0)
      if (const auto slot = scope_.find(word(at))) best = {Found::Kind::slot, 1, 0, {}, *slot, nullptr};
    for (const FunctionTable* table : {extra_, &standard_functions()}) {
      if (table == nullptr) continue;
      table->starting_with(word(at), [&](const FunctionTable::Row& row) {
        const std::size_t tokens = row.name.match(text_, tokens_, at);
        if (tokens > best.tokens) best = {Found::Kind::function, tokens, 0, {}, 0, &row};
      });
    }
    return best;
  }

  std::string_view word(std::size_t at) const {
    return text_.substr(tokens_[at].where.begin, tokens_[at].where.end - tokens_[at].where.begin);
  }

  /// Everything that could have been meant, for "did you mean".
  std::vector<std::string> candidates() const {
    std::vector<std::string> out;
    for (const Binding& binding : bindings_) {
      out.push_back(binding.name.name());
      for (std::size_t f = 0; f < binding.type.field_count() && binding.kind == Binding::Kind::item; ++f)
        out.push_back(binding.type.field_name(f));
    }
    for (const std::string_view name : scope_.names()) out.emplace_back(name);
    for (const FunctionTable* table : {extra_, &standard_functions()})
      if (table != nullptr)
        for (const FunctionTable::Row& row : table->rows()) out.emplace_back(row.function.name);
    return out;
  }

  // --- references ---------------------------------------------------------------------------------------
  NodeId reference(std::size_t binding, SourceRange where) {
    bindings_[binding].used = true;
    return make(static_cast<std::uint32_t>(binding), level(), where);
  }
  NodeId reference_slot(std::uint32_t slot, SourceRange where) {
    return make(slot | slot_key, level(), where);
  }

  /// A name inside filters whose items have unknown fields: what it means outside (`outer`, or none), unless the item
  /// has an entry of that name. Filters opened before binding `above` do not count. `outer` when there is none such.
  NodeId through_items(std::string_view name, NodeId outer, std::size_t above, SourceRange where) {
    for (std::size_t i = above; i < bindings_.size(); ++i) {
      if (bindings_[i].kind != Binding::Kind::item || !is_open(bindings_[i].type)) continue;
      outer = entry_of(i, name, outer, TypeKind::any, where);
    }
    return outer;
  }
  NodeId entry_of(std::size_t binding, std::string_view name, NodeId outer, Type type, SourceRange where) {
    const NodeId item = reference(binding, where);
    return builder_.add_over(
        {.op = Op::item_entry, .a = item, .b = builder_.name(name), .c = outer, .where = where},
        std::move(type), {item, outer});
  }
  bool in_open_item() const {
    for (const Binding& binding : bindings_)
      if (binding.kind == Binding::Kind::item && is_open(binding.type)) return true;
    return false;
  }
  const Binding& binding(std::size_t i) const { return bindings_[i]; }
  void clear_used(std::size_t i) { bindings_[i].used = false; }
  const std::vector<std::uint32_t>& reads() const { return reads_; }

 private:
  void bind(Binding binding) {
    const auto index = static_cast<std::uint32_t>(bindings_.size());
    (binding.name.is_plain() ? plain_[binding.name.name()] : other_).push_back(index);
    bindings_.push_back(std::move(binding));
  }

  static constexpr std::uint32_t slot_key = 1u << 31;
  struct Level {
    std::uint32_t locals = 0;
    std::vector<Lambda::Capture> captures;
  };

  std::uint32_t level() const { return static_cast<std::uint32_t>(levels_.size() - 1); }
  static bool is_open(const Type& type) {
    return type.is_any() || (type.is(TypeKind::context) && type.field_count() == 0);
  }

  NodeId make(std::uint32_t key, std::uint32_t at_level, SourceRange where) {
    const bool is_slot = (key & slot_key) != 0;
    const std::uint32_t home = is_slot ? 0 : bindings_[key].level;
    const Type type = is_slot ? scope_.type(key & ~slot_key) : bindings_[key].type;
    if (at_level == home) {
      if (is_slot) {
        const std::uint32_t slot = key & ~slot_key;
        add_slot(reads_, slot);
        return builder_.add({.op = Op::slot, .a = slot, .where = where}, type);
      }
      const Binding& binding = bindings_[key];
      const Op op = binding.kind == Binding::Kind::self      ? Op::self
                    : binding.kind == Binding::Kind::partial ? Op::partial
                                                             : Op::local;  // an item is a local, too
      return builder_.add({.op = op, .a = binding.local, .where = where}, type);
    }
    for (const Lambda::Capture& known : levels_[at_level].captures)
      if (known.key == key) return builder_.add({.op = Op::local, .a = known.local, .where = where}, type);
    const NodeId from = make(key, at_level - 1, where);
    Level& level = levels_[at_level];
    const std::uint32_t local = level.locals++;
    level.captures.push_back({local, from, key});
    return builder_.add({.op = Op::local, .a = local, .where = where}, type);
  }

  // Names of several tokens among the fields of what the scope holds; looked through once, when first needed.
  void learn_scope() {
    if (learnt_) return;
    learnt_ = true;
    for (std::uint32_t slot = 0; slot < scope_.size(); ++slot) learn_fields(scope_.type(slot), 0);
    for (const std::string_view name : {"time offset", "start included", "end included"}) learn(name);
  }
  void learn_fields(const Type& type, int depth) {
    if (depth > 16) return;
    if (type.is(TypeKind::list)) learn_fields(type.element(), depth + 1);
    for (std::size_t i = 0; i < type.field_count(); ++i) {
      if (!is_plain_name(type.field_name(i))) learn(type.field_name(i));
      learn_fields(type.field_type(i), depth + 1);
    }
  }

  Builder& builder_;
  const Scope& scope_;
  const FunctionTable* extra_;
  std::string_view text_;
  const std::vector<Token>& tokens_;
  std::vector<Binding> bindings_;
  std::map<std::string, std::vector<std::uint32_t>, std::less<>>
      plain_;                         // bindings of one token, innermost last
  std::vector<std::uint32_t> other_;  // all others
  std::vector<Level> levels_;
  std::vector<SplitName> compound_;
  std::vector<std::uint32_t> reads_;
  bool learnt_ = false;
};

}  // namespace rules
}  // namespace v0
}  // namespace aesop
