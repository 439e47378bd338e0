// One command, one transaction: beginning, appending to the log, committing, and what a failure leaves.
#include "engine/impl.hpp"

#include "aesop/run/codec.hpp"

namespace aesop {
inline namespace v0 {
namespace detail {

EngineImpl::EngineImpl(std::unique_ptr<Store> store, const EngineOptions& options)
    : store_(std::move(store)), options_(options) {}

namespace {

Error broken_batch(std::string_view by) {
  return {ErrorCode::io_error,
          cat("the command ", by.empty() ? std::string("without an id") : cat('"', by, '"'),
              " of the batch failed half-way and the whole batch was undone"),
          "mend or leave out that command, and repeat the others with the same ids"};
}

}  // namespace

/// Finds out whether others have written since the head was last known (impl.hpp (1)).
Status EngineImpl::sync() {
  if (head_known_ && store_->sole_writer()) return {};
  auto head = store_->head();
  if (!head) return head.take_error();
  if (!head_known_ || *head != head_) ++epoch_;
  head_ = *head;
  head_known_ = true;
  return {};
}

Status EngineImpl::begin() {
  if (in_batch_) {
    if (broken_) return broken_batch(broken_by_);
    wrote_ = false;
    return {};
  }
  if (looking_)
    return Error{ErrorCode::invalid_argument, "a command that writes was given while one moment is read",
                 "write before at_one_moment, or after it"};
  if (auto begun = store_->begin(); !begun) return begun;
  ++transaction_;
  in_transaction_ = true;
  wrote_ = false;
  Unless known([this] { rollback(); });
  if (auto synced = sync(); !synced) return synced;
  known.dismiss();
  return {};
}

Status EngineImpl::commit() {
  if (in_batch_) return {};
  if (!wrote_) {  // nothing to keep: a repeated command id, or nothing due
    rollback();
    return {};
  }
  if (auto done = store_->commit(); !done) {
    rollback();
    return done;
  }
  in_transaction_ = false;
  return {};
}

/// Also run while an exception passes by: allocates nothing, and lets nothing out.
void EngineImpl::rollback() noexcept {
  if (in_batch_) {
    // A command that failed before it wrote leaves the batch as it was. After that the batch cannot be told apart
    // from it, so all of it is undone, and says so.
    if (!wrote_) return;
    rollback_batch();
    in_batch_ = true;
    broken_ = true;
    broken_by_ = std::move(asking_);
    return;
  }
  try {
    [[maybe_unused]] const Status undone = store_->rollback();  // what it says, the next call says too
  } catch (...) {                                               // no memory for words; the same
  }
  in_transaction_ = false;
  if (wrote_) forget();
}

void EngineImpl::forget() noexcept {
  for (auto run = runs_.begin(); run != runs_.end();) {
    const auto at = run++;
    if (at->second->transaction == transaction_) drop(at->first);
  }
  head_known_ = false;
  administration_.reset();
  administration_epoch_ = 0;
  plans_.clear();  // a published version may have gone with the transaction
  facts_.clear();
  facts_kept_ = 0;
}

Status EngineImpl::begin_batch() {
  if (in_batch_) return Error{ErrorCode::invalid_argument, "a batch is open already"};
  if (auto begun = begin(); !begun) return begun;
  in_batch_ = true;
  in_transaction_ = false;
  broken_ = false;
  return {};
}

Status EngineImpl::commit_batch() {
  if (auto fine = store_->usable(); !fine) return fine;
  if (!in_batch_) return Error{ErrorCode::invalid_argument, "no batch is open"};
  in_batch_ = false;
  if (broken_) {
    broken_ = false;
    return broken_batch(broken_by_);
  }
  wrote_ = true;
  return commit();
}

void EngineImpl::rollback_batch() noexcept {
  if (!in_batch_) return;
  in_batch_ = false;
  broken_ = false;
  wrote_ = true;
  rollback();
}

/// Appends record_, filled but for its place in the log.
Status EngineImpl::append_record(RunNumber run, std::string_view body) {
  wrote_ = true;
  record_.log_id = store_->info().log_id;
  record_.seq = head_.seq + 1;
  record_.previous = head_.leaf;
  std::string salt;
  if (body.empty()) {
    record_.commitment = no_commitment;
  } else {
    salt = random_.take(salt_size);
    record_.commitment = payload_commitment(salt, body);
  }
  encode_record(record_, header_);
  const Hash leaf = leaf_hash(header_.bytes());
  if (auto done = store_->append({record_.seq, run, record_.run_seq, header_.bytes(), leaf, salt, body});
      !done)
    return done;
  head_.seq = record_.seq;
  head_.leaf = leaf;
  return {};
}

Status EngineImpl::append_event(const Event& event, const CachedRun& run, std::uint64_t run_seq) {
  record_.at = event.at.us;
  record_.recorded = event.recorded.us;
  record_.occurred_at.reset();
  if (event.occurred_at) record_.occurred_at = event.occurred_at->us;
  record_.kind = RecordKind::event;
  record_.type = event.name();
  record_.type_version = event.version();
  record_.run = run.state.id;
  record_.run_seq = run_seq;
  record_.command_id = event.command_id;
  record_.actor = event.actor;
  record_.roles = event.roles;
  record_.scope = event.scope;
  record_.control = encode_control(event);
  if (event.data.is_null()) return append_record(run.number, {});
  return append_record(run.number, encode_data(event.data));
}

Status EngineImpl::append(const EntryControl& control, const Request& request, const EntryAbout& about) {
  record_.at = request.at.us;
  record_.recorded = request.at.us;
  record_.occurred_at.reset();
  if (request.occurred_at) record_.occurred_at = request.occurred_at->us;
  control.visit([&](const auto& one) {
    record_.kind = one.kind;
    record_.type = about.reason.empty() ? one.name : about.reason;
    record_.type_version = one.version;
  });
  record_.run = about.run;
  record_.run_seq = 0;
  record_.command_id = request.command_id;
  record_.actor = request.actor.id;
  record_.roles = request.actor.roles;
  record_.scope = request.actor.scope;
  record_.control = encode_entry(control);
  return append_record(about.number, about.body);
}

}  // namespace detail
}  // namespace v0
}  // namespace aesop
