// Timers and work items as the store keeps them: the keys of their rows, and what of a work item is not in its row's
// key, as bytes. Internal to engine.
// The worklist is derived: a store brought up by a later library may write it anew from the states.
#pragma once

#include "aesop/base/bytes.hpp"
#include "aesop/base/result.hpp"
#include "aesop/run/projection.hpp"
#include "aesop/store/rows.hpp"

#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

namespace aesop {
inline namespace v0 {
namespace detail {

/// What a timer's row keeps of its id: the rest is the run's.
inline std::string_view short_timer(const TimerRow& timer) {
  const std::size_t prefix = 3 + timer.run.size();  // "t/RUN/"
  return std::string_view(timer.id).substr(std::min(prefix, timer.id.size()));
}

/// What a task's row keeps of its id: what stands behind the run.
inline std::string_view short_task(const WorkItem& item) {
  return std::string_view(item.task).substr(std::min(item.run.size() + 1, item.task.size()));
}

inline StoredWork work_row(const WorkItem& item, const std::string& role, RunNumber run) {
  StoredWork row;
  row.role = role;
  row.scope = item.scope;
  row.run = run;
  row.task = short_task(item);
  return row;
}

/// The roles under which an item is listed; one that no role may do is listed under the empty one.
inline std::vector<std::string> listed_under(const WorkItem& item) {
  return item.roles.empty() ? std::vector<std::string>{""} : item.roles;
}

/// First byte of a work item; another layout is another number.
inline constexpr std::uint8_t work_format = 1;

inline std::string encode_work(const WorkItem& item) {
  ByteWriter out;
  out.reserve(160);
  const auto list = [&](const std::vector<std::string>& texts) {
    out.varint(texts.size());
    for (const std::string& text : texts) out.text(text);
  };
  out.u8(work_format);
  out.text(item.task);
  out.text(item.run);
  out.text(item.sop);
  out.text(item.subject);
  out.text(item.key);
  out.text(item.step);
  out.varint(item.instance);
  out.varint(item.index);
  out.varint(item.visit);
  out.text(item.kind);
  out.text(item.state);
  list(item.roles);
  list(item.candidates);
  list(item.excluded);
  out.i64(item.since.us);
  out.boolean(item.due.has_value());
  if (item.due) out.i64(item.due->us);
  out.signed_varint(item.priority);
  return out.take();
}

inline Result<WorkItem> decode_work(const StoredWork& row) {
  ByteReader in(row.body);
  const auto list = [&](std::vector<std::string>& texts) {
    const std::size_t count = in.count();
    for (std::size_t i = 0; i < count && !in.failed(); ++i) texts.push_back(in.string());
  };
  WorkItem item;
  const std::uint8_t format = in.u8();
  if (!in.failed() && format != work_format)
    return Error{ErrorCode::unsupported_version, "the worklist was written by another version of the library",
                 "aesop audit rebuild (Engine::rebuild) writes it anew from the log"};
  item.task = in.string();
  item.run = in.string();
  item.sop = in.string();
  item.subject = in.string();
  item.key = in.string();
  item.step = in.string();
  item.instance = static_cast<InstanceId>(in.varint());
  item.index = static_cast<std::uint32_t>(in.varint());
  item.visit = static_cast<std::uint32_t>(in.varint());
  item.kind = in.string();
  item.state = in.string();
  list(item.roles);
  list(item.candidates);
  list(item.excluded);
  item.since = {in.i64()};
  if (in.boolean()) item.due = Instant{in.i64()};
  item.priority = static_cast<std::int32_t>(in.signed_varint());
  item.owner = row.owner;
  item.scope = row.scope;
  if (!in.done())
    return Error{ErrorCode::corrupt, "a work item cannot be read",
                 "aesop audit rebuild (Engine::rebuild) writes the worklist anew from the log"};
  return item;
}

}  // namespace detail
}  // namespace v0
}  // namespace aesop
