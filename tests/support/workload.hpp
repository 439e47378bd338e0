// A stream of commands over the refund SOP: command i is the same whenever it is asked for, so that another process,
// or another life after a power cut, goes on where the last one was.
#pragma once

#include "support/refund.hpp"

#include <cstdint>
#include <string>

namespace aesop::testing {

/// The i-th command of a stream. `name` keeps streams of one store apart.
inline Value nth_command(const std::string& name, std::uint64_t i) {
  constexpr std::uint64_t steps = 9;
  const std::uint64_t run_number = i / steps;
  const std::string run = cat(name, "_", run_number);
  const std::string id = cat(name, "-", i);
  const Instant at = day_one + static_cast<std::int64_t>(i) * 20 * minute;
  const bool large = run_number % 3 == 1;
  const auto send = [&](std::string text, const char* person = "ann", const char* role = "agent") {
    return command(std::move(text), id, at, person, role);
  };
  switch (i % steps) {
    case 0:
      return send(cat("{'do':'start','sop':'refund','subject':'", run, "','run':'", run, "'}"));
    case 1:
      return send(cat("{'do':'claim','run':'", run, "','step':'check'}"));
    case 2:
      return send(cat("{'do':'tick','run':'", run, "','step':'check','item':'number','note':'seen'}"));
    case 3:
      return send(cat("{'do':'complete','run':'", run, "','step':'check','form':{'amount':", large ? 500 : 20,
                      ",'note':'a note about ", run, "'}}"));
    case 4:
      return large ? send(cat("{'do':'decide_approval','run':'", run,
                              "','step':'approve','decision':'approve'}"),
                          "lea", "lead")
                   : send(cat("{'do':'record_event','run':'", run,
                              "','event':'letter.received','payload':{'about':'where is it'}}"));
    case 5:
      return send(cat("{'do':'complete_service','run':'", run, "','step':'pay','result':{'reference':'ref ",
                      run, "'}}"),
                  "fin", "finance");
    case 6:
      return send(
          cat("{'do':'ingest','feed':'post_", name, "','after':'", i < steps ? std::string() : cat(i - steps),
              "','cursor':'", i, "','events':[{'event':'parcel.returned','subject':'", run,
              "','payload':{'weight':2.5}},{'event':'letter.received','subject':'nobody','payload':{}}]}"));
    case 7:  // refused: the step is not active, or the person may not
      return send(cat("{'do':'complete','run':'", run, "','step':'check','form':{'amount':1}}"), "ben");
    default:
      return send(cat("{'do':'advance','to':'", to_string(at + day), "','limit':50}"), "ops", "lead");
  }
}

/// Whether an answer says that the outcome is not known, and the command is to be repeated.
inline bool is_error(const Value& answer) { return answer.find("error") != nullptr; }

}  // namespace aesop::testing
