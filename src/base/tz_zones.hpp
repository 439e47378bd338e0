// The ZonePort on Howard Hinnant's `date` and the system's tz database. Part base (shell).
// (1) Safe from any thread: the database is loaded once and never changed.
#pragma once

#include "aesop/base/ports.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace aesop {
inline namespace v0 {

class TzZones final : public ZonePort {
 public:
  TzZones();
  std::optional<std::int32_t> offset_at(std::string_view zone, std::int64_t utc_seconds) const override;
  bool exists(std::string_view zone) const override;
  std::string data_version() const override { return version_; }

 private:
  std::string version_;
};

}  // namespace v0
}  // namespace aesop
