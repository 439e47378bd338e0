// Versions of events: what Since promises.
#include "catch.hpp"

#include "aesop/run/codec.hpp"
#include "aesop/run/event.hpp"

#include <algorithm>
#include <string>

using namespace aesop;

namespace {

// The newest version in which a member of T, or of what T holds, came.
template <class T>
std::uint16_t newest();

struct Newest {
  std::uint16_t& most;
  template <class T>
  void operator()(std::string_view, T&, Since since = {}) {
    most = std::max({most, since.version, newest<std::remove_const_t<T>>()});
  }
};

template <class T>
std::uint16_t newest() {
  if constexpr (detail::is_optional<T> || detail::is_vector<T>) {
    return newest<typename T::value_type>();
  } else if constexpr (Described<T>) {
    std::uint16_t most = 1;
    T one = {};
    T::fields(one, Newest{most});
    return most;
  } else {
    return 1;
  }
}

template <std::size_t... I>
void each_event(std::index_sequence<I...>) {
  (
      [] {
        using C = Control::Alternative<I>;
        INFO(C::name);
        CHECK(newest<C>() == C::version);
        CHECK(C::version <= last_event_version);
        // A name stands for one struct.
        CHECK(event_type(C::name) == static_cast<EventType>(I));
      }(),
      ...);
}

struct Inner {
  int a = 1;
  int b = 7;
  template <class S, class F>
  static void fields(S& s, F&& f) {
    f("a", s.a);
    f("b", s.b, Since{3});
  }
};
struct Outer {
  std::vector<Inner> list = {};
  std::string tail = "none";
  template <class S, class F>
  static void fields(S& s, F&& f) {
    f("list", s.list);
    f("tail", s.tail, Since{3});
  }
};
struct OldInner {
  int a = 1;
  template <class S, class F>
  static void fields(S& s, F&& f) {
    f("a", s.a);
  }
};
struct OldOuter {
  std::vector<OldInner> list = {};
  template <class S, class F>
  static void fields(S& s, F&& f) {
    f("list", s.list);
  }
};

}  // namespace

TEST_CASE("versions: an event carries the version in which the newest of its members came", "[run]") {
  each_event(std::make_index_sequence<event_type_count>());
}

TEST_CASE("versions: members that came later, within lists as well, are at their default in older bytes",
          "[run]") {
  ByteWriter out;
  detail::write_field(out, OldOuter{{{5}, {6}}});
  const std::string bytes = out.take();
  ByteReader in(bytes);
  Outer read;
  detail::read_field(in, read, 2);
  REQUIRE(in.done());
  REQUIRE(read.list.size() == 2);
  CHECK(read.list[1].a == 6);
  CHECK(read.list[1].b == 7);
  CHECK(read.tail == "none");
}

TEST_CASE("versions: an event of a later version than this library's is refused, not guessed at", "[run]") {
  const std::uint16_t later = last_event_version + 1;
  CHECK(decode_event("run_started", later, "").error().code == ErrorCode::unsupported_version);
}

TEST_CASE("codec: what is set to a function, or nested too deep, is null in the event and so in every state",
          "[run]") {
  Value deep = Value::number(1);
  for (int i = 0; i < 200; ++i) deep = Value::list({deep});
  CHECK_FALSE(detail::is_storable(deep));
  CHECK(detail::is_storable(detail::storable(deep)));
  CHECK(decode_data(encode_data(detail::storable(deep))).value() == detail::storable(deep));
}
