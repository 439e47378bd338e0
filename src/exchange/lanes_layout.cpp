// Where the boxes and arrows of swim lanes go: rows by the longest way from the start (Boost.Graph finds what leads back),
// one box a cell, arrows at right angles on tracks of their own between the rows.
#include "exchange/lanes_graph.hpp"

#include <algorithm>
#include <map>
#include <set>
#include <utility>

#include <boost/graph/adjacency_list.hpp>
#include <boost/graph/depth_first_search.hpp>

namespace aesop {
inline namespace v0 {
namespace detail {

namespace {

constexpr int lane_width = 196;
constexpr int box_width = 160;
constexpr int head_height = 46;
constexpr int line_height = 15;
constexpr int jump_height = 14;
constexpr int track_height = 16;
constexpr int gap_above = 19;    // of the first track of a gap: its label stands there
constexpr int gap_below = 13;    // of the last one: the tip of an arrow
constexpr std::size_t near = 4;  // rows that an arrow spans; what is farther is a jump
constexpr std::size_t line_chars = 21;

using Graph = boost::adjacency_list<boost::vecS, boost::vecS, boost::directedS, boost::no_property,
                                    boost::property<boost::edge_index_t, std::size_t>>;

/// Marks the ways that close a circle.
struct Backward : boost::dfs_visitor<> {
  std::vector<bool>* back;
  explicit Backward(std::vector<bool>& marks) : back(&marks) {}
  template <class Edge>
  void back_edge(Edge edge, const Graph& graph) {
    (*back)[boost::get(boost::edge_index, graph, edge)] = true;
  }
};

std::vector<std::string> broken(std::string_view text, std::size_t width, std::size_t most) {
  std::vector<std::string> lines;
  for (const std::string_view word : split(text, ' ')) {
    if (!lines.empty() && count_code_points(lines.back()) + 1 + count_code_points(word) <= width)
      append(lines.back(), ' ', word);
    else
      lines.emplace_back(word);
  }
  if (lines.empty()) lines.emplace_back();
  if (lines.size() > most) {
    lines.resize(most);
    append(lines.back(), "\u2026");
  }
  return lines;
}

class Layout {
 public:
  explicit Layout(LaneDiagram& diagram) : d_(diagram) {}

  void run() {
    if (d_.lanes.empty()) d_.lanes.emplace_back("Automatic");
    break_circles();
    order();
    rows();
    jumps();
    tracks();
    heights();
    paths();
    d_.lane_width = lane_width;
    d_.head_height = head_height;
    d_.width = static_cast<int>(d_.lanes.size()) * lane_width;
    for (const LaneWay& way : d_.ways)  // the last lane is wider where a label would be cut
      if (!way.jump && !way.label.empty())
        d_.width = std::max(
            d_.width, way.label_at.x +
                          static_cast<int>(std::min<std::size_t>(count_code_points(way.label), 29)) * 6 + 4);
  }

 private:
  std::size_t size() const { return d_.steps.size(); }

  void break_circles() {
    Graph graph(size());
    for (std::size_t i = 0; i < d_.ways.size(); ++i)
      boost::add_edge(d_.ways[i].from, d_.ways[i].to, i, graph);
    back_.assign(d_.ways.size(), false);
    if (size() > 0) boost::depth_first_search(graph, boost::visitor(Backward(back_)).root_vertex(0));
  }

  // Topological, as near to the order of the file as it can be.
  void order() {
    std::vector<std::size_t> waits(size(), 0);
    for (std::size_t i = 0; i < d_.ways.size(); ++i)
      if (!back_[i]) ++waits[d_.ways[i].to];
    std::set<std::size_t> ready;
    for (std::size_t i = 0; i < size(); ++i)
      if (waits[i] == 0) ready.insert(i);
    while (!ready.empty()) {
      const std::size_t next = *ready.begin();
      ready.erase(ready.begin());
      order_.push_back(next);
      for (std::size_t i = 0; i < d_.ways.size(); ++i)
        if (!back_[i] && d_.ways[i].from == next && --waits[d_.ways[i].to] == 0) ready.insert(d_.ways[i].to);
    }
  }

  void rows() {
    std::size_t lowest = 0;
    for (std::size_t place = 0; place < order_.size(); ++place) {
      LaneStep& step = d_.steps[order_[place]];
      std::size_t row = 0;
      bool entered = false;
      const LaneStep* before = nullptr;
      for (std::size_t i = 0; i < d_.ways.size(); ++i) {
        if (back_[i] || d_.ways[i].to != order_[place]) continue;
        const LaneStep& from = d_.steps[d_.ways[i].from];
        entered = true;
        if (from.row + 1 >= row) before = &from;
        row = std::max(row, from.row + 1);
      }
      if (!entered && place > 0) row = lowest + 1;  // begun by a time limit: not at the top
      if (step.lane == no_lane) step.lane = before != nullptr ? before->lane : 0;
      while (!cells_.emplace(std::pair(row, step.lane), order_[place]).second) ++row;
      step.row = row;
      lowest = std::max(lowest, entered || place == 0 ? row : lowest);
      row_count_ = std::max(row_count_, row + 1);
    }
  }

  bool free_between(std::size_t lane, std::size_t after, std::size_t before) const {
    for (std::size_t row = after + 1; row < before; ++row)
      if (cells_.count({row, lane}) != 0) return false;
    return true;
  }

  // An arrow goes down in the gap under its box, along a track, and down the column of its end, which must be free.
  void jumps() {
    for (std::size_t i = 0; i < d_.ways.size(); ++i) {
      LaneWay& way = d_.ways[i];
      const LaneStep &from = d_.steps[way.from], &to = d_.steps[way.to];
      way.jump = back_[i] || to.row <= from.row || to.row - from.row > near ||
                 !free_between(to.lane, from.row, to.row);
    }
  }

  struct Track {
    std::size_t row;
    int left, right;
    std::size_t track;
  };

  int centre(std::size_t lane) const { return static_cast<int>(lane) * lane_width + lane_width / 2; }

  // In each gap, arrows whose lines or labels would meet have tracks of their own. Short ones come first, so that long ones pass
  // below them.
  void tracks() {
    gaps_.assign(row_count_, 0);
    track_of_.assign(d_.ways.size(), 0);
    std::vector<std::size_t> arrows;
    for (std::size_t i = 0; i < d_.ways.size(); ++i)
      if (!d_.ways[i].jump) arrows.push_back(i);
    const auto reach = [&](std::size_t i) {
      const std::size_t a = d_.steps[d_.ways[i].from].lane, b = d_.steps[d_.ways[i].to].lane;
      return a > b ? a - b : b - a;
    };
    std::stable_sort(arrows.begin(), arrows.end(),
                     [&](std::size_t a, std::size_t b) { return reach(a) < reach(b); });
    std::vector<Track> taken;
    for (const std::size_t i : arrows) {
      const LaneWay& way = d_.ways[i];
      const LaneStep &from = d_.steps[way.from], &to = d_.steps[way.to];
      if (from.lane == to.lane && way.label.empty()) continue;  // straight down
      // A label is written to the right of where the arrow leaves, or before it when the arrow goes left.
      int left = std::min(centre(from.lane), centre(to.lane)),
          right = std::max(centre(from.lane), centre(to.lane));
      if (from.lane == to.lane) right = left + lane_width / 2 + box_width / 2;
      std::size_t track = 0;
      const auto meets = [&](const Track& other) {
        return other.row == from.row && other.track == track && other.left < right + 4 &&
               left < other.right + 4;
      };
      while (std::any_of(taken.begin(), taken.end(), meets)) ++track;
      taken.push_back({from.row, left, right, track});
      track_of_[i] = track;
      gaps_[from.row] = std::max(gaps_[from.row], track + 1);
    }
  }

  void heights() {
    std::vector<int> row_heights(row_count_, 0), entries(row_count_, 0);
    std::vector<std::size_t> jumps_of(size(), 0);
    for (const LaneWay& way : d_.ways) jumps_of[way.from] += way.jump;
    for (std::size_t i = 0; i < size(); ++i) {
      LaneStep& step = d_.steps[i];
      const bool pill = step.kind == StepKind::end;
      step.lines = broken(cat(step.number, ' ', step.title), line_chars, 4);
      step.box.width = box_width;
      step.box.height = static_cast<int>(step.lines.size()) * line_height + (pill ? 10 : 14) +
                        (step.system.empty() ? 0 : line_height - 2);
      const int all =
          step.box.height + static_cast<int>(jumps_of[i]) * jump_height + (jumps_of[i] > 0 ? 4 : 0);
      row_heights[step.row] = std::max(row_heights[step.row], all);
      if (!step.entry.empty()) entries[step.row] = 2 * jump_height;
    }
    int y = head_height + gap_below;
    bottoms_.assign(row_count_, 0);
    for (std::size_t row = 0; row < row_count_; ++row) {
      y += entries[row];
      for (LaneStep& step : d_.steps) {
        if (step.row != row) continue;
        step.box.x = centre(step.lane) - box_width / 2;
        step.box.y = y;
      }
      y += row_heights[row];
      bottoms_[row] = y;
      y += gap_above + gap_below + static_cast<int>(gaps_[row] > 0 ? gaps_[row] - 1 : 0) * track_height;
    }
    d_.height = y;
    std::vector<int> next(size(), 0);
    for (LaneWay& way : d_.ways) {
      if (!way.jump) continue;
      const LaneBox& box = d_.steps[way.from].box;
      way.label_at = {box.x + 4, box.y + box.height + 2 + (++next[way.from]) * jump_height};
    }
  }

  void paths() {
    for (std::size_t i = 0; i < d_.ways.size(); ++i) {
      LaneWay& way = d_.ways[i];
      if (way.jump) continue;
      const LaneStep &from = d_.steps[way.from], &to = d_.steps[way.to];
      const int x = centre(from.lane), end = centre(to.lane);
      // Jumps are written from the left of the box: the arrow leaves at its right when there are some.
      const bool has_jumps = std::any_of(d_.ways.begin(), d_.ways.end(), [&](const LaneWay& other) {
        return other.jump && other.from == way.from;
      });
      const int y = bottoms_[from.row] + gap_above + static_cast<int>(track_of_[i]) * track_height;
      const int leave = has_jumps ? from.box.x + box_width - 8 : x;
      const int start = from.box.y + from.box.height;
      if (leave == end)
        way.path = {{leave, start}, {end, to.box.y}};
      else
        way.path = {{leave, start}, {leave, y}, {end, y}, {end, to.box.y}};
      if (from.lane <= to.lane)
        way.label_at = {std::min(leave, end) + 6, y - 4};
      else
        way.label_at = {end + 6, y - 4};
    }
  }

  LaneDiagram& d_;
  std::vector<bool> back_;
  std::vector<std::size_t> order_;
  std::map<std::pair<std::size_t, std::size_t>, std::size_t> cells_;
  std::size_t row_count_ = 0;
  std::vector<std::size_t> gaps_, track_of_;
  std::vector<int> bottoms_;
};

}  // namespace

void lay_out(LaneDiagram& diagram) { Layout(diagram).run(); }

}  // namespace detail
}  // namespace v0
}  // namespace aesop
