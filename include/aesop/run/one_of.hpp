// OneOf: one value of a closed list of types, shared and immutable unless edited. Part run; std only.
// What std::variant gives, for lists of fifty records: std::variant instantiates copying, moving and visiting of every
// alternative in every translation unit (five seconds of compile time here), and is as large as the largest record.
// OneOf is a counted pointer: copying it costs a count, and a type is instantiated where it is made or visited.
//
// (1) The value behind a OneOf is never changed while more than one OneOf holds it; edit() and emplace() see to that.
// (2) A default-made OneOf holds the first type, value-initialized.
#pragma once

#include <array>
#include <atomic>
#include <cstddef>
#include <cstdint>
#include <tuple>
#include <type_traits>
#include <utility>

namespace aesop {
inline namespace v0 {

namespace detail {

struct OneOfNode {
  std::atomic<std::uint32_t> references{1};
  OneOfNode() = default;
  OneOfNode(const OneOfNode&) = delete;
  OneOfNode& operator=(const OneOfNode&) = delete;
  virtual ~OneOfNode() = default;
};

template <class T>
struct OneOfHolder final : OneOfNode {
  T value;
  explicit OneOfHolder(T given) : value(std::move(given)) {}
};

template <class T, class... Types>
constexpr std::size_t one_of_index() {
  std::size_t at = 0, found = sizeof...(Types);
  ((found = std::is_same_v<T, Types> && found == sizeof...(Types) ? at : found, ++at), ...);
  return found;
}

}  // namespace detail

template <class... Types>
class OneOf {
 public:
  static constexpr std::size_t size = sizeof...(Types);
  template <std::size_t I>
  using Alternative = std::tuple_element_t<I, std::tuple<Types...>>;
  template <class T>
  static constexpr std::size_t index_of = detail::one_of_index<T, Types...>();

  OneOf() noexcept = default;
  template <class T>
  requires(detail::one_of_index<T, Types...>() < sizeof...(Types))
      OneOf(T value)  // NOLINT(google-explicit-constructor): as with std::variant, a record is one of them
      : node_(new detail::OneOfHolder<T>(std::move(value))), index_(index_of<T>) {}
  OneOf(const OneOf& other) noexcept : node_(other.node_), index_(other.index_) {
    if (node_) node_->references.fetch_add(1, std::memory_order_relaxed);
  }
  OneOf(OneOf&& other) noexcept
      : node_(std::exchange(other.node_, nullptr)), index_(std::exchange(other.index_, 0)) {}
  OneOf& operator=(OneOf other) noexcept {
    std::swap(node_, other.node_);
    std::swap(index_, other.index_);
    return *this;
  }
  ~OneOf() {
    if (node_ && node_->references.fetch_sub(1, std::memory_order_acq_rel) == 1) delete node_;
  }

  /// Which type it holds, from 0 in the order of the list.
  std::size_t index() const noexcept { return index_; }

  /// The value, when it is a T; else nullptr. Lives as long as any copy of this.
  template <class T>
  const T* get_if() const noexcept {
    static_assert(index_of<T> < size, "not in the list");
    if (index_ != index_of<T>) return nullptr;
    if (node_ == nullptr) return &none<T>();
    return &static_cast<const detail::OneOfHolder<T>*>(node_)->value;
  }

  /// The value to be changed, when it is a T; else nullptr. Copies it first when it is shared.
  template <class T>
  T* edit() {
    const T* held = get_if<T>();
    if (held == nullptr) return nullptr;
    if (node_ == nullptr || node_->references.load(std::memory_order_acquire) != 1) *this = OneOf(T(*held));
    return &static_cast<detail::OneOfHolder<T>*>(node_)->value;
  }

  /// Calls `f` with the value, as a const reference.
  template <class F>
  decltype(auto) visit(F&& f) const {
    using Result = std::invoke_result_t<F&, const Alternative<0>&>;
    using Call = Result (*)(F&, const OneOf&);
    static constexpr std::array<Call, size> calls = {
        +[](F& call, const OneOf& self) -> Result { return call(*self.template get_if<Types>()); }...};
    return calls[index_](f, *this);
  }

  /// The same type with an equal value.
  friend bool operator==(const OneOf& a, const OneOf& b) {
    return a.index_ == b.index_ && a.visit([&](const auto& value) {
      return value == *b.template get_if<std::decay_t<decltype(value)>>();
    });
  }

 private:
  template <class T>
  static const T& none() {
    static const T value{};
    return value;
  }

  detail::OneOfNode* node_ = nullptr;
  std::size_t index_ = 0;
};

}  // namespace v0
}  // namespace aesop
