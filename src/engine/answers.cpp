// What commands were answered: kept by their ids, with what tells the same request from another.
#include "engine/impl.hpp"
#include "engine/own_json.hpp"

namespace aesop {
inline namespace v0 {
namespace detail {

// Whoever repeats a request after a crash says what is now then: the time it was told first stays.
Result<std::string> request_text(const Value& command) {
  return write_json(command.without("command_id").without("at"));
}

Result<Answer> read_answer(const StoredCommand& stored) {
  auto value = read_own_json(stored.answer, "an answer");
  if (!value) return value.take_error();
  Answer answer;
  answer.accepted = value->find("ok") != nullptr;
  answer.value = value->get(answer.accepted ? "ok" : "rejected");
  return answer;
}

Result<std::optional<Answer>> stored_answer(Store& store, std::string_view command_id,
                                            std::string_view request) {
  auto stored = store.find_command(command_id);
  if (!stored) return stored.take_error();
  if (!*stored) return std::optional<Answer>();
  const StoredCommand& command = **stored;
  // What an erased command asked for is not known any more: its id alone says that it is the same.
  if (!command.erased() && hmac_sha256(command.salt, request) != command.request)
    return Error{ErrorCode::command_id_reused, "the command id was used before with another request",
                 "give every new request a new id; repeat one only exactly as it was"};
  auto answer = read_answer(command);
  if (!answer) return answer.take_error();
  return std::optional(answer.take());
}

Status EngineImpl::store_answer(std::string_view command_id, std::string_view request, std::uint64_t first,
                                std::uint64_t last, const Answer& answer) {
  auto text = write_json(answer_value(answer));
  if (!text) return text.take_error();
  StoredCommand command;
  command.salt = random_.take(command_salt_size);
  command.request = hmac_sha256(command.salt, request);
  command.first_seq = first;
  command.last_seq = last;
  command.answer = text.take();
  return store_->put_command(command_id, command);
}

}  // namespace detail
}  // namespace v0
}  // namespace aesop
