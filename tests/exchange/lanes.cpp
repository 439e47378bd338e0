// Swim lanes: nothing overlaps, nothing is left out.
#include "aesop/exchange/lanes.hpp"

#include "catch.hpp"

#include "aesop/model/load.hpp"

#include <algorithm>
#include <fstream>
#include <sstream>

using namespace aesop;

namespace {

std::shared_ptr<const Definition> definition(const std::string& text) {
  Findings findings;
  auto made = load(text, "sop", findings);
  REQUIRE(made);
  return made.take();
}

std::shared_ptr<const Definition> example(const std::string& name) {
  std::ifstream file(std::string(AESOP_SOURCE_DIR) + "/examples/" + name);
  std::stringstream text;
  text << file.rdbuf();
  return definition(text.str());
}

bool overlap(const LaneBox& a, const LaneBox& b) {
  return a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;
}

/// Whether an upright or level line runs through a box, and not only along its edge.
bool crosses(LanePoint a, LanePoint b, const LaneBox& box) {
  return std::max(a.x, b.x) > box.x && std::min(a.x, b.x) < box.x + box.width && std::max(a.y, b.y) > box.y &&
         std::min(a.y, b.y) < box.y + box.height;
}

const LaneWay* way(const LaneDiagram& diagram, std::string_view from, std::string_view to) {
  for (const LaneWay& one : diagram.ways)
    if (diagram.steps[one.from].id == from && diagram.steps[one.to].id == to) return &one;
  return nullptr;
}

constexpr const char* small = R"({
  "aesop": 1, "sop": "post", "version": "1.0.0", "title": "Post <b>", "purpose": "p", "scope": "s",
  "roles": {"clerk": {"title": "Clerk & Co"}, "head": {}},
  "events": {"reply.came": {"fields": {}}},
  "steps": [
    {"id": "read", "title": "Read \"it\" <script>alert(1)</script>", "raci": {"responsible": "clerk", "accountable": "head"},
     "form": {"clear": "boolean"}, "due": "1 day", "escalate": [{"at": "due", "also": "remind"}],
     "next": [{"when": {"clear": true}, "go": "sort"}, {"else": "ask"}]},
    {"id": "ask", "title": "Ask", "raci": {"responsible": "head", "accountable": "head"}, "next": "answer"},
    {"id": "answer", "kind": "wait", "title": "Wait", "raci": {"responsible": "head", "accountable": "head"},
     "for": [{"event": "reply.came", "go": "read"}, {"after": "3 days", "go": "done"}]},
    {"id": "sort", "kind": "decision", "title": "Which?", "next": [{"if": "count([1]) = 1", "go": "done"}, {"else": "read"}]},
    {"id": "remind", "title": "Remind", "raci": {"responsible": "head", "accountable": "head"}, "next": "noted"},
    {"id": "noted", "kind": "end", "closes": false},
    {"id": "done", "kind": "end", "outcome": "done"}
  ]
})";

}  // namespace

TEST_CASE("R9: lanes: of every example no two boxes overlap, and each lies in its lane", "[exchange]") {
  for (const char* name : {"dso/billing_claims.sop.json", "dso/claim_appeals.sop.json",
                           "laptop_return.sop.json", "refund.sop.json"}) {
    CAPTURE(name);
    const auto sop = example(name);
    std::size_t steps = 0;
    for (const LaneDiagram& diagram : lane_diagrams(*sop)) {
      steps += diagram.steps.size();
      for (std::size_t i = 0; i < diagram.steps.size(); ++i) {
        const LaneStep& step = diagram.steps[i];
        CAPTURE(step.id);
        REQUIRE(step.lane < diagram.lanes.size());
        CHECK(step.box.x >= static_cast<int>(step.lane) * diagram.lane_width);
        CHECK(step.box.x + step.box.width <= static_cast<int>(step.lane + 1) * diagram.lane_width);
        CHECK(step.box.y >= diagram.head_height);
        CHECK(step.box.y + step.box.height <= diagram.height);
        for (std::size_t j = i + 1; j < diagram.steps.size(); ++j)
          CHECK_FALSE(overlap(step.box, diagram.steps[j].box));
      }
    }
    CHECK(steps > 4);
  }
}

TEST_CASE("lanes: every way is drawn, as an arrow from box to box or as a jump under its box", "[exchange]") {
  const auto sop = example("dso/billing_claims.sop.json");
  for (const LaneDiagram& diagram : lane_diagrams(*sop)) {
    const std::string svg = lanes_svg(diagram, "x");
    std::size_t arrows = 0, jumps = 0;
    std::vector<std::pair<int, int>> lines;
    for (const LaneWay& one : diagram.ways) {
      const LaneStep &from = diagram.steps[one.from], &to = diagram.steps[one.to];
      CAPTURE(from.id, to.id);
      if (one.jump) {
        ++jumps;
        CHECK(one.label_at.y > from.box.y + from.box.height);
        CHECK(std::find(lines.begin(), lines.end(), std::pair(one.label_at.x, one.label_at.y)) ==
              lines.end());
        lines.emplace_back(one.label_at.x, one.label_at.y);
        continue;
      }
      ++arrows;
      REQUIRE(one.path.size() >= 2);
      CHECK(one.path.front().y == from.box.y + from.box.height);
      CHECK(one.path.back().y == to.box.y);
      CHECK(one.path.back().x == to.box.x + to.box.width / 2);
      for (std::size_t i = 1; i < one.path.size(); ++i) {
        CHECK((one.path[i].x == one.path[i - 1].x || one.path[i].y == one.path[i - 1].y));
        for (const LaneStep& step : diagram.steps)
          CHECK_FALSE(crosses(one.path[i - 1], one.path[i], step.box));
      }
    }
    const auto count = [&](std::string_view what) {
      std::size_t n = 0;
      for (std::size_t at = svg.find(what); at != std::string::npos; at = svg.find(what, at + 1)) ++n;
      return n;
    };
    CHECK(count("<text class=\"jump\"") == jumps);
    CHECK(count("marker-end") >= arrows);
    CHECK(count("<g id=") == diagram.steps.size());
  }
}

TEST_CASE("lanes: branches carry their conditions, what leads back is a jump, what begins beside is dashed",
          "[exchange]") {
  const auto sop = definition(small);
  const auto diagrams = lane_diagrams(*sop);
  REQUIRE(diagrams.size() == 1);
  const LaneDiagram& d = diagrams[0];
  CHECK(d.lanes == std::vector<std::string>{"Clerk & Co", "head"});
  CHECK(way(d, "read", "sort")->label == "clear");
  CHECK(way(d, "read", "ask")->label == "otherwise");
  CHECK(way(d, "answer", "read")->jump);
  CHECK(way(d, "answer", "read")->label == "reply came");
  CHECK(way(d, "answer", "done")->label == "after 3 days");
  CHECK(way(d, "sort", "done")->label == "by rule");
  CHECK(way(d, "read", "remind")->aside);
  CHECK(way(d, "ask", "answer")->label.empty());
  CHECK(d.steps[3].lane == 0);  // nobody decides: in the lane before it
}

TEST_CASE("lanes: each `each` has a diagram of its own", "[exchange]") {
  const auto sop = example("dso/billing_claims.sop.json");
  const auto diagrams = lane_diagrams(*sop);
  REQUIRE(diagrams.size() == 3);
  CHECK(diagrams[0].id.empty());
  CHECK(diagrams[1].id == "remittances");
  CHECK(diagrams[2].steps.size() == 17);
}

TEST_CASE("lanes: texts of the SOP cannot become markup", "[exchange]") {
  const auto sop = definition(small);
  const std::string svg = lanes_svg(lane_diagrams(*sop)[0], "p");
  CHECK(svg.find("<script") == std::string::npos);
  CHECK(svg.find("&lt;script&gt;") != std::string::npos);
  CHECK(svg.find("<b>") == std::string::npos);
  CHECK(svg.find("Clerk &amp; Co") != std::string::npos);
}

TEST_CASE("lanes: an SOP without steps or roles still gives a drawing, the same each time", "[exchange]") {
  const auto sop = definition(
      R"({"aesop": 1, "sop": "s", "version": "1.0.0", "title": "S", "purpose": "p", "scope": "s", "roles": {}, "steps": []})");
  const auto diagrams = lane_diagrams(*sop);
  REQUIRE(diagrams.size() == 1);
  CHECK(lanes_svg(diagrams[0], "p").find("<svg") == 0);
  const auto big = example("dso/billing_claims.sop.json");
  CHECK(lanes_svg(lane_diagrams(*big)[0], "p") == lanes_svg(lane_diagrams(*big)[0], "p"));
}
