// The world of the demo: an organization of three clinics and a central billing office, its people, and the payers.
// All invented. Each clinic has its own zone, working hours and holidays, which the engine gets as calendars.
#pragma once

#include "aesop/base/civil.hpp"
#include "aesop/value/value.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace demo {

struct Clinic {
  std::string id;        ///< "boston"
  std::string name;      ///< "Harbor Boston"
  std::string scope;     ///< "harbor/east/boston"
  std::string zone;      ///< IANA
  std::string calendar;  ///< JSON of its working hours
  std::string cut_off;   ///< its parameter claim_cut_off; empty: the SOP's default
  int opens, closes;     ///< local hours in which its people work
  bool works(aesop::Weekday day) const;
  bool saturday, friday;
};

/// Days counted from the first day of the simulation.
struct Absence {
  int from, until;
};

struct Person {
  std::string id, name, role, scope;
  const Clinic* clinic;  ///< null: central office, in New York
  std::vector<Absence> away;
};

struct World {
  std::vector<Clinic> clinics;
  std::vector<Person> people;

  const Clinic* clinic_of(std::string_view scope) const;
  const Person* person(std::string_view id) const;
};

/// The first day of the simulation, Monday 5 October 2026: the 60 days hold the end of daylight-saving time and
/// Thanksgiving.
inline constexpr aesop::Date first_day{2026, 10, 5};
/// Where the central office is.
inline constexpr std::string_view central_zone = "America/New_York";
inline constexpr std::string_view organization = "harbor";

World make_world();

}  // namespace demo
