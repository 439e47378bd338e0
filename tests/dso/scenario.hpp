// Plays a scenario: lines of JSON, each a command of `aesop exec` with what its answer must hold, or one of the words below.
//
//   {"note": TEXT}                         what this is about
//   {"people": {NAME: ACTOR, ...}}         who may stand in "by"
//   {"name": R, "of": FILTER}              R shall mean the one run that `runs` finds with FILTER
//   {"publish": FILE}                      an SOP, by its path from the root of the tree
//   {"play": FILE}                         another scenario first
//   {"do": VERB, ..., "by": NAME, "expect": ANSWER}
//        a command; "by" becomes its actor, a command_id is given. ANSWER is a part of the answer; without it any "ok" will
//        do. Of a list that is expected, each element must be found somewhere in the list that came.
//   {"finish": STEP, "run": R, "by": NAME, "review": NAME, "at": T, "form": F, "instance": N, "expect": ANSWER}
//        does what a person does at a task: looks at what is missing (why), attaches and ticks it, completes the form, and
//        the reviewer accepts. "expect" is of the completion; a refused one is not reviewed.
//   {"variables": {NAME: VALUE, ...}, "run": R}
//        these run variables have exactly these values; of a list exactly these elements, in any order
//   {"count": TYPE, "run": R, "where": PART, "is": N}
//        so many events of this type are in the run, with PART found in them
//
// A step is addressed by its id; where several instances are open, "instance" is the number of the line's instance.
#pragma once

#include "aesop/aesop.hpp"

#include <map>
#include <string>
#include <string_view>

namespace dso_test {

class Scenario {
 public:
  /// An engine in memory with the billing SOP and the take-over published.
  Scenario();

  /// Plays tests/dso/scenarios/FILE; every expectation is a CHECK with the line in its message.
  void play(const std::string& file);

  /// Plays one line that stands in no file.
  void say(std::string_view row);

  /// From now on after each line every run must be what its events make of it, replayed from the first.
  void watch() { watched_ = true; }

  aesop::Engine& engine() { return engine_; }
  /// One command, with actor and id given; the answer.
  aesop::Value send(aesop::Value command);

 private:
  void line(const std::string& file, std::size_t number, const aesop::Value& line);
  void publish(std::string_view file);
  void finish(const std::string& place, const aesop::Value& line);
  void count(const std::string& place, const aesop::Value& line);
  void variables(const std::string& place, const aesop::Value& line);
  aesop::Value actor(std::string_view name) const;

  aesop::Engine engine_;
  std::map<std::string, aesop::Value, std::less<>> people_;
  std::map<std::string, std::string, std::less<>> runs_;
  int ids_ = 0;
  bool watched_ = false;
};

/// Whether `part` is found in `whole`; see above.
bool holds(const aesop::Value& whole, const aesop::Value& part);

/// The text of a file under the root of the tree.
std::string source_file(std::string_view name);

}  // namespace dso_test
