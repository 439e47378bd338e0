// The names an expression may use: Scope. Part rules.
// (1) The index of a name is its slot: Expr::evaluate takes the values in that order.
// (2) A nested scope counts on from its parent, whose names it sees and may hide. The parent outlives it and gets no
//     further names.
// Not to be changed while an expression is compiled against it; reading is safe from any thread.
#pragma once

#include "aesop/rules/names.hpp"
#include "aesop/value/type.hpp"

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace aesop {
inline namespace v0 {

class Scope {
 public:
  Scope() = default;
  /// A scope inside another.
  static Scope inside(const Scope& parent) {
    Scope scope;
    scope.parent_ = &parent;
    scope.base_ = parent.size();
    return scope;
  }

  /// Adds a name and gives its slot. A name already here gets the new type and keeps its slot.
  std::uint32_t add(std::string name, Type type) {
    if (const auto known = index_.find(name); known != index_.end()) {
      entries_[known->second].type = std::move(type);
      return base_ + known->second;
    }
    const auto at = static_cast<std::uint32_t>(entries_.size());
    if (!rules::is_plain_name(name)) compound_.push_back({rules::SplitName(name), base_ + at});
    index_.emplace(name, at);
    entries_.push_back({std::move(name), std::move(type)});
    return base_ + at;
  }

  /// The slot of a name, here or in a parent.
  std::optional<std::uint32_t> find(std::string_view name) const {
    if (const auto known = index_.find(name); known != index_.end()) return base_ + known->second;
    return parent_ ? parent_->find(name) : std::nullopt;
  }

  /// How many slots there are, those of the parents included.
  std::uint32_t size() const { return base_ + static_cast<std::uint32_t>(entries_.size()); }
  const std::string& name(std::uint32_t slot) const {
    return slot < base_ ? parent_->name(slot) : entries_[slot - base_].name;
  }
  const Type& type(std::uint32_t slot) const {
    return slot < base_ ? parent_->type(slot) : entries_[slot - base_].type;
  }

  /// Names of more than one token, for the parser: here, then in the parents.
  struct Compound {
    rules::SplitName name;
    std::uint32_t slot;
  };
  const std::vector<Compound>& compound_names() const { return compound_; }
  const Scope* parent() const { return parent_; }

  /// All names in order of their slots; for "did you mean".
  std::vector<std::string_view> names() const {
    std::vector<std::string_view> out;
    for (std::uint32_t slot = 0; slot < size(); ++slot) out.emplace_back(name(slot));
    return out;
  }

 private:
  struct Entry {
    std::string name;
    Type type;
  };
  const Scope* parent_ = nullptr;
  std::uint32_t base_ = 0;
  std::vector<Entry> entries_;
  std::map<std::string, std::uint32_t, std::less<>> index_;
  std::vector<Compound> compound_;
};

}  // namespace v0
}  // namespace aesop
