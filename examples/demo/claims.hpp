// The claims of the demo and what fate has in store for each: rejections, denials by service line, a silent payer, a
// patient who does not come. Made from the seed alone. Money is in cents here and decimal in the engine.
#pragma once

#include "world.hpp"

#include "aesop/base/civil.hpp"

#include <cstdint>
#include <string>
#include <vector>

namespace demo {

struct Line {
  std::string code;
  int cents;
};

/// One denied line and how it goes on.
struct Denial {
  int line;  ///< from 1
  std::string carc, rarc, group;
  std::string root_cause;  ///< what triage will find
  std::string action;      ///< what triage will decide
  int upheld;              ///< so often the payer says no again
  bool wins;               ///< after that it pays
};

struct Claim {
  std::string number;  ///< "BOS-1007": the subject and key of its run
  const Clinic* clinic;
  std::string payer;
  std::vector<Line> lines;
  bool other_payer_first = false;
  aesop::Instant booked, visit;

  enum class Comes : std::uint8_t { yes, cancels, broken };
  Comes comes = Comes::yes;
  bool lapsed_cover = false;            ///< the first eligibility answer is "inactive"
  bool self_pay = false;                ///< and there is no other insurance
  bool urgent = false;                  ///< treated before the payer could answer: exception or emergency
  bool emergency = false;               ///< and in pain: the dentist acts first
  bool coverage_changes = false;        ///< between eligibility and release
  int rejections = 0;                   ///< so often the claim comes back before it is taken
  std::vector<std::string> categories;  ///< of the rejections
  bool lost = false;                    ///< the first sending is never heard of
  bool silent = false;                  ///< accepted, and then nothing
  bool forgets_attachment = false;
  bool hard_to_post = false;  ///< the ERA does not match by machine
  int payer_days = 14;
  std::vector<Denial> denials;
  int patient_cents = 0;  ///< the patient's share
  bool paid_at_visit = true;
  int patient_days = 10;  ///< pays so long after the statement; 0: never

  int amount() const;
  /// What the payer wants to see. The office knows it too; whether it is there is the gate's to say.
  std::vector<std::string> documents() const;
};

/// `count` claims booked over `days`, in order of booking.
/// `ports` gives the zones.
std::vector<Claim> make_claims(const World& world, int count, int days, std::uint64_t seed,
                               const aesop::Ports& ports);

/// An instant in the life of a clinic or, for a null clinic, of the central office.
aesop::Instant local_instant(const Clinic* clinic, int day, int hour, int minute, const aesop::Ports& ports);

}  // namespace demo
