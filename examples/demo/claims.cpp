// Making the claims of the demo.
#include "claims.hpp"

#include "random.hpp"

#include "aesop/base/ports.hpp"
#include "aesop/base/text.hpp"

#include <algorithm>
#include <array>

namespace demo {
namespace {

using aesop::Instant;

struct Priced {
  const char* code;
  int cents;
  int weight;
};
// Numbers without descriptors; prices invented.
constexpr Priced price_list[] = {{"D0120", 5'200, 20},  {"D0274", 6'800, 14},  {"D1110", 9'800, 22},
                                 {"D2391", 18'400, 16}, {"D2740", 124'000, 7}, {"D2750", 118'500, 3},
                                 {"D3330", 131'000, 3}, {"D4341", 28'800, 6},  {"D4910", 15'600, 5},
                                 {"D6010", 209'000, 1}, {"D7140", 21'300, 5}};

struct DenialKind {
  const char *carc, *rarc, *group, *root_cause, *action;
  int weight;
};
constexpr DenialKind denial_kinds[] = {
    {"16", "N290", "CO", "registration", "correct_and_resubmit", 7},
    {"4", "", "CO", "coding", "correct_and_resubmit", 3},
    {"29", "", "CO", "rejection_missed", "appeal", 2},
    {"50", "", "CO", "narrative", "appeal", 5},
    {"97", "", "CO", "coding", "appeal", 3},
    {"119", "", "PR", "frequency_not_checked", "bill_patient", 4},
    {"22", "", "OA", "cob_not_updated", "reroute", 2},
    {"252", "N706", "CO", "attachment_missing", "await_info", 5},
    {"18", "", "CO", "duplicate", "write_off", 2},
    {"27", "", "PR", "eligibility_not_checked", "bill_patient", 2},
    {"197", "", "CO", "preauth_missed", "appeal", 1},
    {"45", "", "CO", "fee_schedule", "", 2},  // no denial at all: the SOP sorts it out
};

template <std::size_t N, class T>
const T& pick(Random& random, const T (&items)[N]) {
  int total = 0;
  for (const T& item : items) total += item.weight;
  int at = random.between(1, total);
  for (const T& item : items)
    if ((at -= item.weight) <= 0) return item;
  return items[N - 1];
}

bool in_range(const std::string& code, std::string_view low, std::string_view high) {
  return code >= low && code <= high;
}

Denial make_denial(Random& random, const Claim& claim) {
  const DenialKind& kind = pick(random, denial_kinds);
  Denial denial{random.between(1, static_cast<int>(claim.lines.size())),
                kind.carc,
                kind.rarc,
                kind.group,
                kind.root_cause,
                kind.action,
                random.chance(30) ? 1 : 0,
                random.chance(75)};
  return denial;
}

void make_fate(Claim& claim, Random& random, bool early, int number) {
  const int visit = random.between(1, 100);
  if (visit <= 3) claim.comes = Claim::Comes::cancels;
  if (visit > 3 && visit <= 6) claim.comes = Claim::Comes::broken;
  claim.lapsed_cover = random.chance(5);
  claim.self_pay = claim.lapsed_cover && random.chance(40);
  claim.urgent = random.chance(35);
  claim.emergency = claim.urgent && random.chance(30);
  claim.coverage_changes = random.chance(2);
  constexpr const char* categories[] = {"A3", "A6", "A7", "A7", "A8", "999"};
  claim.rejections = random.chance(8) ? (random.chance(25) ? 2 : 1) : 0;
  claim.lost = random.chance(2);
  claim.silent = early && random.chance(5);
  claim.forgets_attachment = random.chance(15);
  claim.hard_to_post = random.chance(9);
  claim.payer_days = random.between(8, 21);
  if (random.chance(10)) claim.denials.push_back(make_denial(random, claim));
  if (!claim.denials.empty() && claim.lines.size() > 1 && random.chance(25)) {
    claim.denials.push_back(make_denial(random, claim));
    claim.denials.back().line = claim.denials.front().line % static_cast<int>(claim.lines.size()) + 1;
  }
  // Whatever the size of the demo, the first claims show the rare cases.
  const auto quiet = [&] {
    claim.comes = Claim::Comes::yes, claim.lapsed_cover = claim.self_pay = claim.lost = false;
  };
  if (number == 1) quiet(), claim.silent = true, claim.denials.clear(), claim.rejections = 0;
  if (number == 3) {  // denied, appealed, refused, appealed again: unresolved at day 30 and day 45
    quiet(), claim.silent = false, claim.rejections = 0, claim.payer_days = 9;
    claim.denials = {{1, "50", "", "CO", "narrative", "appeal", 2, true}};
  }
  if (number == 5) {  // comes back again and again
    quiet(), claim.silent = false, claim.rejections = 2,
             claim.denials = {{1, "16", "N290", "CO", "registration", "correct_and_resubmit", 2, false}};
  }
  if (number == 7) {
    quiet(), claim.silent = false, claim.denials = {{1, "18", "", "CO", "duplicate", "write_off", 0, false}};
  }
  if (number == 9 ||
      number == 13) {  // treated before the payer can answer: an emergency, and one that was asked for
    quiet(), claim.urgent = true, claim.emergency = number == 9;
    claim.lines = {{"D6010", 209'000}};
    claim.denials.clear();
  }
  for (int i = 0; i < claim.rejections; ++i) claim.categories.push_back(categories[random.between(0, 5)]);
  if (!claim.denials.empty()) claim.silent = false;
  claim.patient_cents = random.chance(60) ? claim.amount() / 10 : 0;
  claim.paid_at_visit = random.chance(75);
  claim.patient_days = random.chance(12) ? 0 : random.between(3, 25);
}

}  // namespace

int Claim::amount() const {
  int cents = 0;
  for (const Line& line : lines) cents += line.cents;
  return cents;
}

std::vector<std::string> Claim::documents() const {
  std::vector<std::string> out;
  const auto any = [&](std::string_view low, std::string_view high) {
    return std::any_of(lines.begin(), lines.end(),
                       [&](const Line& line) { return in_range(line.code, low, high); });
  };
  const bool crown = any("D2710", "D2794"), implant = any("D6010", "D6199");
  if (crown || implant || (payer == "statecare" && any("D3310", "D3353"))) out.emplace_back("radiograph");
  if (implant || (crown && (payer == "bluepeak" || payer == "statecare"))) out.emplace_back("narrative");
  if (any("D4210", "D4381")) out.emplace_back("perio_chart");
  if (other_payer_first) out.emplace_back("primary_eob");
  return out;
}

Instant local_instant(const Clinic* clinic, int day, int hour, int minute, const aesop::Ports& ports) {
  const auto date = aesop::add_days(first_day, day).value_or(first_day);
  const aesop::DateTime local{
      date, aesop::LocalTime::of(hour, minute),
      aesop::ZoneRef::named(clinic != nullptr ? std::string_view(clinic->zone) : central_zone)};
  const auto instant = aesop::to_instant(local, ports.zones);
  return instant ? *instant : Instant{};
}

std::vector<Claim> make_claims(const World& world, int count, int days, std::uint64_t seed,
                               const aesop::Ports& ports) {
  Random random(seed);
  std::vector<Claim> claims;
  const int last_booking = std::max(3, days - 4);
  for (int i = 0; i < count; ++i) {
    Claim claim;
    const int share = random.between(1, 100);
    claim.clinic = &world.clinics[share <= 42 ? 0 : share <= 76 ? 1 : 2];
    const int payer = random.between(1, 100);
    claim.payer = payer <= 40 ? "evergreen" : payer <= 65 ? "bluepeak" : payer <= 85 ? "unitas" : "statecare";
    claim.other_payer_first = random.chance(4);
    const int lines = random.between(1, 3);
    while (static_cast<int>(claim.lines.size()) < lines) {
      const Priced& priced = pick(random, price_list);
      const bool there = std::any_of(claim.lines.begin(), claim.lines.end(),
                                     [&](const Line& line) { return line.code == priced.code; });
      if (!there) claim.lines.push_back({priced.code, priced.cents});
    }
    // Booked on a working day, a little more in the first weeks; the visit follows on another working day.
    int day = random.between(0, last_booking);
    if (random.chance(25)) day /= 2;
    const auto open = [&](int on) {
      return claim.clinic->works(aesop::weekday(*aesop::add_days(first_day, on)));
    };
    if (i < 5) day = i / 2;  // the rare cases among the first get time to come to day 45
    while (!open(day)) ++day;
    int visit = day + (i < 5 || random.chance(20) ? 1 : random.between(2, 8));
    while (!open(visit)) ++visit;
    // One draw a statement: compilers differ in which argument they evaluate first.
    const int booked_hour = random.between(claim.clinic->opens, claim.clinic->closes - 1);
    const int booked_minute = random.between(0, 59);
    const int visit_hour = random.between(claim.clinic->opens, claim.clinic->closes - 5);
    const int visit_minute = random.between(0, 1) * 30;
    claim.booked = local_instant(claim.clinic, day, booked_hour, booked_minute, ports);
    claim.visit = local_instant(claim.clinic, visit, visit_hour, visit_minute, ports);
    claims.push_back(std::move(claim));
  }
  std::stable_sort(claims.begin(), claims.end(),
                   [](const Claim& a, const Claim& b) { return a.booked < b.booked; });
  for (std::size_t i = 0; i < claims.size(); ++i) {
    Claim& claim = claims[i];
    std::string letters = claim.clinic->id.substr(0, 3);
    for (char& letter : letters) letter = static_cast<char>(letter - 'a' + 'A');
    claim.number = aesop::cat(letters, '-', 1001 + i);
    Random own = random_for(seed, claim.number);
    make_fate(claim, own, i < claims.size() / 3, static_cast<int>(i) + 1);
  }
  return claims;
}

}  // namespace demo
