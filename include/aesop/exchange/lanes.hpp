// Swim lanes of an SOP: who does what in which order, laid out and drawn as SVG. Part exchange.
//
// A block (the top level, or the steps of an `each`) is one diagram. Lanes are columns, one for each responsible role;
// time goes down. What nobody does (decisions, joins, ends) stands in the lane of the step before it.
//
// (1) Each step has a box; no two boxes overlap, and each lies in its lane.
// (2) Each way from step to step is there: as an arrow where its end is near, else as a jump, a line under the box that
//     names the step it leads to. What leads back is a jump.
// (3) The same definition gives the same drawing, byte for byte.
#pragma once

#include "aesop/model/definition.hpp"

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace aesop {
inline namespace v0 {

struct LaneBox {
  int x = 0, y = 0, width = 0, height = 0;  ///< of the box, without its jumps
};

struct LaneStep {
  std::string id = {};
  std::string number = {};  ///< "4", "28.2"
  std::string title = {};
  std::string system = {};  ///< where it is done; of a service: the operation
  std::string entry = {};   ///< for a step that a time limit begins: which one
  StepKind kind = StepKind::task;
  std::size_t lane = 0;
  std::size_t row = 0;
  LaneBox box = {};
  std::vector<std::string> lines = {};  ///< the title, broken
};

struct LanePoint {
  int x = 0, y = 0;
};

/// One way from step to step.
struct LaneWay {
  std::size_t from = 0, to = 0;      ///< places in LaneDiagram::steps
  std::string label = {};            ///< in words; empty: always
  bool jump = false;                 ///< a line under the box in place of an arrow
  bool aside = false;                ///< begins beside, when something is late
  std::vector<LanePoint> path = {};  ///< of an arrow: right angles, from box to box
  LanePoint label_at = {};           ///< where the label begins; of a jump: its line
};

struct LaneDiagram {
  std::string id = {};     ///< of the `each`; empty: the top level
  std::string title = {};  ///< of the block
  int width = 0, height = 0, lane_width = 0, head_height = 0;
  std::vector<std::string> lanes = {};  ///< titles of the roles, from the left
  std::vector<LaneStep> steps = {};     ///< in the order of the file
  std::vector<LaneWay> ways = {};
};

/// The diagrams of an SOP: the top level, then each `each` in the order of the file. Works on any Definition; ways to
/// steps that do not exist are left out.
std::vector<LaneDiagram> lane_diagrams(const Definition& definition);

/// The drawing as an <svg> element with title and description. Colours come from the CSS of page_style(); `prefix` makes ids
/// of one page differ.
std::string lanes_svg(const LaneDiagram& diagram, std::string_view prefix);

/// The same drawing for paper, cut between rows into pieces that fit on a page each.
std::string lanes_slices(const LaneDiagram& diagram, std::string_view prefix);

}  // namespace v0
}  // namespace aesop
