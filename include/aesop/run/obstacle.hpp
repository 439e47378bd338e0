// One thing in the way of a step: Obstacle. Part run.
#pragma once

#include "aesop/run/types.hpp"

#include <string>

namespace aesop {
inline namespace v0 {

struct Obstacle {
  TokenId token = 0;
  std::string step = {};
  std::string kind =
      {};  ///< item, evidence, reading, form, gate, claim, work, review, approval, event, time, service,
           ///< incident, join, instances, suspended
  std::string what = {};  ///< id of the item, field, check, role, event, ...
  std::string text = {};  ///< one sentence for people
};

}  // namespace v0
}  // namespace aesop
