// Events of a run in sentences. Private to exchange.
#pragma once

#include "aesop/exchange/report.hpp"
#include "aesop/model/definition.hpp"

namespace aesop {
inline namespace v0 {
namespace detail {

/// Events as the command `events` gives them, in order; those of one moment and actor together.
std::vector<ReportMoment> timeline(const std::vector<Value>& events, const Definition& definition);

}  // namespace detail
}  // namespace v0
}  // namespace aesop
