// Bytes and JSON of entries that are no events, made from their descriptions.
#include "aesop/engine/entry.hpp"

#include "aesop/run/fields_codec.hpp"

#include <utility>

namespace aesop {
inline namespace v0 {

namespace {

/// Reads the control bytes as an I, when that is what kind, type and version say; true when they do.
template <class T>
bool read_entry(RecordKind kind, std::string_view type, std::uint16_t version, ByteReader& in,
                EntryControl& out) {
  if (kind != T::kind || version == 0 || version > T::version) return false;
  if (kind != RecordKind::refusal && type != T::name) return false;
  T control;
  detail::read_field(in, control, version);
  out = std::move(control);
  return true;
}

template <std::size_t... I>
bool read_any(RecordKind kind, std::string_view type, std::uint16_t version, ByteReader& in,
              EntryControl& out, std::index_sequence<I...>) {
  return (read_entry<EntryControl::Alternative<I>>(kind, type, version, in, out) || ...);
}

}  // namespace

std::string encode_entry(const EntryControl& control) {
  ByteWriter out;
  control.visit([&](const auto& one) { detail::write_field(out, one); });
  return out.take();
}

Result<EntryControl> decode_entry(RecordKind kind, std::string_view type, std::uint16_t version,
                                  std::string_view control) {
  ByteReader in(control);
  EntryControl out;
  if (!read_any(kind, type, version, in, out, std::make_index_sequence<EntryControl::size>()))
    return Error{ErrorCode::unsupported_version,
                 cat("an entry of kind ", to_string(kind), ", type ", printable(type, 60), ", version ",
                     version, " is not known"),
                 "it was written by a newer version of the library"};
  if (!in.done())
    return Error{ErrorCode::corrupt_event,
                 cat("the control fields of a ", printable(type, 60), " cannot be read")};
  return out;
}

Value entry_to_value(const EntryControl& control) {
  return control.visit([](const auto& one) { return detail::field_to_value(one); });
}

}  // namespace v0
}  // namespace aesop
