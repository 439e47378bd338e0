// The outside world of the demo: practice management system, clearinghouse, payers, patients. It reacts to what the
// billing office does and reports by events, as a real feed would: 837D out, 999 and 277CA back, 835 with a CARC for
// each denied line, what patients do. It knows nothing of Aesop.
#pragma once

#include "claims.hpp"

#include "aesop/base/ports.hpp"
#include "aesop/value/value.hpp"

#include <cstdint>
#include <map>
#include <optional>
#include <ostream>
#include <queue>
#include <string>
#include <string_view>
#include <vector>

namespace demo {

/// Something the feed reports.
struct FeedEvent {
  aesop::Instant at = {};
  std::uint64_t order = 0;  ///< of those at the same time
  std::string event = {};
  std::size_t claim = 0;  ///< index
  aesop::Value payload = {};
  int cents = 0;  ///< that it is about
};

/// What the feed has told so far, counted on this side: the books the report has to agree with.
struct Books {
  struct Charge {
    aesop::Instant at;
    int cents;
  };
  struct Denied {
    int lines = 0;
    int cents = 0;
    friend bool operator==(const Denied&, const Denied&) = default;
  };
  std::vector<Charge> charges = {};           ///< each claim once, when it was first sent
  int credits = 0;                            ///< cents paid, written off and moved to patients
  std::map<std::string, Denied> denied = {};  ///< by code
  int open() const;                           ///< cents
};

class Outside {
 public:
  Outside(const std::vector<Claim>& claims, std::uint64_t seed);

  /// What has happened up to `until`, in order; it is then forgotten here.
  std::vector<FeedEvent> take(aesop::Instant until);
  bool empty() const { return queue_.empty(); }
  const Books& books() const { return books_; }

  // --- what the office does; `now` is when ---
  /// The claim goes out; its control number.
  std::string send(std::size_t claim, aesop::Instant now);
  /// The ERA is in the books; false when a person has to look at it.
  bool post(std::size_t claim, aesop::Instant now, bool by_hand);
  /// A corrected line, an appeal, a document: the payer will answer.
  void ask_again(std::size_t claim, int line, aesop::Instant now);
  void write_off(std::size_t claim, int line, aesop::Instant now);
  void move_to_patient(std::size_t claim, int line, aesop::Instant now);
  void statement(std::size_t claim, aesop::Instant now);
  void ask_preauth(std::size_t claim, aesop::Instant now);
  void attach(std::size_t claim, std::string_view document, aesop::Instant now);
  void verify(std::size_t claim, aesop::Instant now);
  /// Somebody called the payer about a claim that stands still; perhaps it moves.
  void chase(std::size_t claim, aesop::Instant now);

  /// The fate of a denied line; nullptr for one that is not denied.
  const Denial* denial(std::size_t claim, int line) const;
  /// How often a claim was sent.
  int sends(std::size_t claim) const { return state_[claim].sends; }
  /// What the ledger says the payer owes.
  int insurance_cents(std::size_t claim) const { return state_[claim].insurance; }
  int patient_cents(std::size_t claim) const { return state_[claim].patient; }
  int line_cents(std::size_t claim, int line) const;

  /// What the practice management system itself knows of its claims, as its extract: a line of CSV a claim, with the
  /// times it has in its own books. An audit compares it with what the store says.
  void extract(std::ostream& out) const;

 private:
  struct Ledger {
    int sends = 0;
    std::optional<aesop::Instant> seen = {}, sent = {};  ///< the visit; the first sending
    int insurance = 0;
    int patient = 0;
    bool posted = false;
    bool charged = false;
    bool settled = false;
    bool statement_sent = false;
    bool chased = false;
    int pending_payment = 0;  ///< of overturned lines, in the next posting
    int remittances = 0;
    std::map<int, int> refused;  ///< by line: how often
    std::map<int, bool> closed;  ///< by line
  };
  struct Later {
    bool operator()(const FeedEvent& a, const FeedEvent& b) const {
      return a.at != b.at ? a.at > b.at : a.order > b.order;
    }
  };

  void book(const FeedEvent& event);
  void report(std::size_t claim, aesop::Instant at, std::string_view event,
              std::vector<aesop::Entry> payload = {}, int cents = 0);
  void adjudicate(std::size_t claim, aesop::Instant at);
  void settle(std::size_t claim, aesop::Instant at);
  void balance(std::size_t claim, aesop::Instant at, std::string_view event, std::string_view reason,
               int cents);

  const std::vector<Claim>& claims_;
  std::uint64_t seed_;
  std::uint64_t order_ = 0;
  std::vector<Ledger> state_;
  Books books_;
  std::priority_queue<FeedEvent, std::vector<FeedEvent>, Later> queue_;
};

/// Cents as a decimal of the engine.
aesop::Value money(int cents);

}  // namespace demo
