// The people and clinics of the demo.
#include "world.hpp"

#include <algorithm>

namespace demo {

using aesop::Weekday;

bool Clinic::works(Weekday day) const {
  if (day == Weekday::sunday) return false;
  if (day == Weekday::saturday) return saturday;
  return day != Weekday::friday || friday;
}

const Clinic* World::clinic_of(std::string_view scope) const {
  for (const Clinic& clinic : clinics)
    if (clinic.scope == scope) return &clinic;
  return nullptr;
}

const Person* World::person(std::string_view id) const {
  for (const Person& person : people)
    if (person.id == id) return &person;
  return nullptr;
}

World make_world() {
  World world;
  world.clinics = {
      {"boston", "Harbor Boston", "harbor/east/boston", "America/New_York",
       R"({"zone": "America/New_York", "week": {"mon-thu": ["08:00-17:00"], "fri": ["08:00-15:00"]},
           "holidays": ["2026-10-12", "2026-11-26"]})",
       "", 8, 17, false, true},
      {"chicago", "Harbor Chicago", "harbor/central/chicago", "America/Chicago",
       R"({"zone": "America/Chicago", "week": {"mon-fri": ["09:00-13:00", "14:00-18:00"], "sat": ["09:00-12:00"]},
           "holidays": ["2026-11-26", "2026-11-27"]})",
       "17:30", 9, 18, true, true},
      {"phoenix", "Harbor Phoenix", "harbor/west/phoenix", "America/Phoenix",  // no daylight-saving time
       R"({"zone": "America/Phoenix", "week": {"mon-thu": ["07:00-18:00"]}, "holidays": ["2026-11-26"]})",
       "17:00", 7, 18, false, false},
  };
  const auto central = [&](std::string id, std::string name, std::string role,
                           std::vector<Absence> away = {}) {
    world.people.push_back({std::move(id), std::move(name), std::move(role), std::string(organization),
                            nullptr, std::move(away)});
  };
  central("ana", "Ana Ruiz", "biller");
  central("ben", "Ben Okafor", "biller", {{20, 27}});
  central("chloe", "Chloe Martin", "biller");
  central("dev", "Dev Patel", "biller", {{8, 10}});
  central("ella", "Ella Novak", "biller");
  central("farid", "Farid Haddad", "payment_poster");
  central("grace", "Grace Lee", "payment_poster", {{33, 37}});
  central("hugo", "Hugo Silva", "insurance_coordinator");
  central("ines", "Ines Costa", "insurance_coordinator", {{14, 16}});
  central("jonas", "Jonas Berg", "insurance_coordinator");
  central("kira", "Kira Sato", "central_appeals");
  central("liam", "Liam Byrne", "central_appeals");
  central("mona", "Mona Fischer", "rcm_lead");
  central("nils", "Nils Dahl", "rcm_lead", {{40, 45}});
  central("olga", "Olga Petrova", "rcm_director", {{50, 52}});
  central("paul", "Paul Adeyemi", "compliance_officer", {{18, 21}});

  struct Local {
    const char* role;
    const char* names[3];
  };
  constexpr Local staff[] = {{"front_desk", {"Rosa Diaz", "Tom Brady", "Uma Reddy"}},
                             {"front_desk", {"Vera Lind", "Will Chen", "Xena Flores"}},
                             {"dentist", {"Dr Yusuf Amin", "Dr Zoe Park", "Dr Ada King"}},
                             {"dentist", {"Dr Bo Larsen", "Dr Cy Moore", "Dr Di Rossi"}},
                             {"office_manager", {"Eve Stone", "Finn Walsh", "Gina Lopez"}}};
  for (std::size_t c = 0; c < world.clinics.size(); ++c) {
    const Clinic& clinic = world.clinics[c];
    for (const Local& one : staff) {
      const std::string name = one.names[c];
      std::string id;  // the last word but the title, in small letters: "rosa", "yusuf"
      const std::size_t begin = name.starts_with("Dr ") ? 3 : 0;
      for (const char letter : name.substr(begin, name.find(' ', begin) - begin))
        id.push_back(static_cast<char>(letter >= 'A' && letter <= 'Z' ? letter - 'A' + 'a' : letter));
      world.people.push_back({id, name, one.role, clinic.scope, &clinic, {}});
    }
  }
  return world;
}

}  // namespace demo
