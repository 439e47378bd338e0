// Who asks: the host's assertion about the person behind one command. Part run; depends on base.
// Aesop authenticates nobody. A host says who acts and in which roles; what they may do is decided from that.
#pragma once

#include "aesop/base/id.hpp"

#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

namespace aesop {
inline namespace v0 {

/// A person or system acting. Rules that separate duties compare `id`, never roles or logins.
struct Actor {
  std::string id = {};                  ///< stable person id; empty is the engine itself (timers)
  std::string name = {};                ///< printed name; personal data, never recorded in control fields
  std::vector<std::string> roles = {};  ///< the roles in which the person acts now
  std::string scope = {};               ///< where those roles hold; empty is everywhere

  bool has_role(std::string_view role) const {
    return std::find(roles.begin(), roles.end(), role) != roles.end();
  }
  /// Whether the actor's scope holds `run_scope`: equal or an ancestor on whole segments.
  bool reaches(std::string_view run_scope) const { return scope_contains(scope, run_scope); }

  static constexpr bool lean = true;  ///< JSON may leave texts out: only the id is demanded, by decide()
  template <class S, class F>
  static void fields(S& s, F&& f) {
    f("id", s.id);
    f("name", s.name);
    f("roles", s.roles);
    f("scope", s.scope);
  }
};

}  // namespace v0
}  // namespace aesop
