// Control records of events about exceptions and emergencies. Part run; rules in event.hpp.
#pragma once

#include "aesop/run/types.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace aesop {
inline namespace v0 {

/// How many approvers must agree.
enum class Quorum : std::uint8_t { any_of, all_of, at_least, in_order };
template <>
struct EnumNames<Quorum> {
  static constexpr std::string_view names[] = {"any_of", "all_of", "at_least", "in_order"};
};

/// Somebody asked to deviate. data: {reason, documents: [{name, uri}]}.
struct ExceptionRequested {
  static constexpr std::string_view name = "exception_requested";
  static constexpr std::uint16_t version = 1;
  std::string id = {};  ///< x1, x2, ...
  std::string policy = {};
  std::string allows = {};  ///< skip, extend
  std::string step = {};
  InstanceId instance = 0;
  std::string by = {};
  Quorum quorum = Quorum::any_of;
  std::uint32_t count = 1;
  std::vector<std::string> approvers = {};  ///< roles
  std::vector<std::string> people = {};     ///< who is asked
  std::vector<std::string> documents = {};  ///< sha256 of each
  std::optional<Instant> until = {};        ///< extend: the due time asked for
  std::vector<ArmedClock> clocks = {};      ///< decide_within
  friend bool operator==(const ExceptionRequested&, const ExceptionRequested&) = default;
  template <class S, class F>
  static void fields(S& s, F&& f) {
    f("id", s.id);
    f("policy", s.policy);
    f("allows", s.allows);
    f("step", s.step);
    f("instance", s.instance);
    f("by", s.by);
    f("quorum", s.quorum);
    f("count", s.count);
    f("approvers", s.approvers);
    f("people", s.people);
    f("documents", s.documents);
    f("until", s.until);
    f("clocks", s.clocks);
  }
};

/// One voice. data: {note}.
struct ExceptionDecided {
  static constexpr std::string_view name = "exception_decided";
  static constexpr std::uint16_t version = 1;
  std::string id = {};
  std::string role = {};
  bool approve = false;
  friend bool operator==(const ExceptionDecided&, const ExceptionDecided&) = default;
  template <class S, class F>
  static void fields(S& s, F&& f) {
    f("id", s.id);
    f("role", s.role);
    f("approve", s.approve);
  }
};

struct ExceptionApproved {
  static constexpr std::string_view name = "exception_approved";
  static constexpr std::uint16_t version = 1;
  std::string id = {};
  std::vector<ArmedClock> clocks = {};  ///< valid_for
  friend bool operator==(const ExceptionApproved&, const ExceptionApproved&) = default;
  template <class S, class F>
  static void fields(S& s, F&& f) {
    f("id", s.id);
    f("clocks", s.clocks);
  }
};

struct ExceptionDenied {
  static constexpr std::string_view name = "exception_denied";
  static constexpr std::uint16_t version = 1;
  std::string id = {};
  bool timed_out = false;  ///< nobody decided in time
  friend bool operator==(const ExceptionDenied&, const ExceptionDenied&) = default;
  template <class S, class F>
  static void fields(S& s, F&& f) {
    f("id", s.id);
    f("timed_out", s.timed_out);
  }
};

/// Nobody decided in time: the next role is asked instead.
struct ExceptionPassedOn {
  static constexpr std::string_view name = "exception_passed_on";
  static constexpr std::uint16_t version = 1;
  std::string id = {};
  std::vector<std::string> approvers = {};
  std::vector<std::string> people = {};
  std::vector<ArmedClock> clocks = {};
  friend bool operator==(const ExceptionPassedOn&, const ExceptionPassedOn&) = default;
  template <class S, class F>
  static void fields(S& s, F&& f) {
    f("id", s.id);
    f("approvers", s.approvers);
    f("people", s.people);
    f("clocks", s.clocks);
  }
};

/// The deviation was made use of.
struct ExceptionUsed {
  static constexpr std::string_view name = "exception_used";
  static constexpr std::uint16_t version = 1;
  std::string id = {};
  std::string action = {};  ///< skip, extend, complete
  TokenId token = 0;
  friend bool operator==(const ExceptionUsed&, const ExceptionUsed&) = default;
  template <class S, class F>
  static void fields(S& s, F&& f) {
    f("id", s.id);
    f("action", s.action);
    f("token", s.token);
  }
};

/// The approval was not used in time.
struct ExceptionExpired {
  static constexpr std::string_view name = "exception_expired";
  static constexpr std::uint16_t version = 1;
  std::string id = {};
  friend bool operator==(const ExceptionExpired&, const ExceptionExpired&) = default;
  template <class S, class F>
  static void fields(S& s, F&& f) {
    f("id", s.id);
  }
};

/// A named role acted first; a review is owed. data: {reason, documents}.
struct EmergencyInvoked {
  static constexpr std::string_view name = "emergency_invoked";
  static constexpr std::uint16_t version = 1;
  std::string id = {};
  std::string policy = {};
  std::string allows = {};
  std::string step = {};
  InstanceId instance = 0;
  std::string by = {};
  std::string role = {};
  std::vector<std::string> reviewers = {};  ///< roles
  std::vector<std::string> people = {};
  std::vector<std::string> documents = {};
  std::vector<ArmedClock> clocks = {};  ///< review_within and its ladder
  friend bool operator==(const EmergencyInvoked&, const EmergencyInvoked&) = default;
  template <class S, class F>
  static void fields(S& s, F&& f) {
    f("id", s.id);
    f("policy", s.policy);
    f("allows", s.allows);
    f("step", s.step);
    f("instance", s.instance);
    f("by", s.by);
    f("role", s.role);
    f("reviewers", s.reviewers);
    f("people", s.people);
    f("documents", s.documents);
    f("clocks", s.clocks);
  }
};

/// data: {note}.
struct EmergencyReviewed {
  static constexpr std::string_view name = "emergency_reviewed";
  static constexpr std::uint16_t version = 1;
  std::string id = {};
  bool justified = false;
  friend bool operator==(const EmergencyReviewed&, const EmergencyReviewed&) = default;
  template <class S, class F>
  static void fields(S& s, F&& f) {
    f("id", s.id);
    f("justified", s.justified);
  }
};

/// Nobody reviewed it in time.
struct EmergencyReviewOverdue {
  static constexpr std::string_view name = "emergency_review_overdue";
  static constexpr std::uint16_t version = 1;
  std::string id = {};
  std::vector<std::string> people = {};
  friend bool operator==(const EmergencyReviewOverdue&, const EmergencyReviewOverdue&) = default;
  template <class S, class F>
  static void fields(S& s, F&& f) {
    f("id", s.id);
    f("people", s.people);
  }
};

}  // namespace v0
}  // namespace aesop
