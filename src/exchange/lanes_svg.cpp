// Swim lanes as SVG.
#include "aesop/base/text.hpp"
#include "aesop/exchange/html.hpp"
#include "aesop/exchange/lanes.hpp"

#include <algorithm>
#include <vector>

namespace aesop {
inline namespace v0 {

namespace {

constexpr std::size_t jump_chars = 25;

std::string shape(const LaneStep& step) {
  const LaneBox& box = step.box;
  const std::string_view kind = to_string(step.kind);
  if (step.kind == StepKind::decision || step.kind == StepKind::parallel || step.kind == StepKind::join) {
    // A box with pointed sides: the engine decides here, nobody works.
    const int x = box.x, y = box.y, right = box.x + box.width, middle = box.y + box.height / 2;
    return cat("<polygon class=\"box ", kind, "\" points=\"", x, ',', middle, ' ', x + 9, ',', y, ' ',
               right - 9, ',', y, ' ', right, ',', middle, ' ', right - 9, ',', y + box.height, ' ', x + 9,
               ',', y + box.height, "\"/>");
  }
  const int round = step.kind == StepKind::end ? box.height / 2 : step.kind == StepKind::wait ? 14 : 5;
  return cat("<rect class=\"box ", kind, "\" x=\"", box.x, "\" y=\"", box.y, "\" width=\"", box.width,
             "\" height=\"", box.height, "\" rx=\"", round, "\"/>");
}

void draw_step(std::string& out, const LaneStep& step, std::string_view prefix) {
  const LaneBox& box = step.box;
  append(out, "<g id=\"", prefix, "-", escape_html(step.id), "\"><title>",
         escape_html(cat(step.number, ". ", step.title)), "</title>");
  if (!step.entry.empty()) {
    append(out, "<text class=\"entry\" x=\"", box.x + 4, "\" y=\"", box.y - 17, "\"><title>",
           escape_html(step.entry), "</title>", escape_html(cut_text(step.entry, 30)), "</text>");
    append(out, "<path class=\"way aside\" d=\"M", box.x + box.width / 2, ' ', box.y - 13, "V", box.y - 1,
           "\" marker-end=\"url(#", prefix, "-arrow)\"/>");
  }
  append(out, shape(step));
  const int middle = box.x + box.width / 2;
  int y = box.y + (step.kind == StepKind::end ? 16 : 18);
  for (std::size_t i = 0; i < step.lines.size(); ++i) {
    std::string_view line = step.lines[i];
    append(out, "<text class=\"name\" x=\"", middle, "\" y=\"", y, "\">");
    if (i == 0 && line.starts_with(step.number)) {
      append(out, "<tspan class=\"number\">", escape_html(step.number), "</tspan>");
      line.remove_prefix(step.number.size());
    }
    append(out, escape_html(line), "</text>");
    y += 15;
  }
  if (!step.system.empty())
    append(out, "<text class=\"system\" x=\"", middle, "\" y=\"", y - 1, "\">",
           escape_html(cut_text(step.system, 24)), "</text>");
  out += "</g>\n";
}

void draw_way(std::string& out, const LaneDiagram& diagram, const LaneWay& way, std::string_view prefix) {
  const LaneStep& to = diagram.steps[way.to];
  const std::string full = cat(way.label, way.label.empty() ? "" : ": ", "to ", to.number, ". ", to.title);
  if (way.jump) {
    const std::string_view sign = way.to <= way.from ? "\u21b0 " : "\u2192 ";
    const std::size_t rest = jump_chars - std::min(jump_chars - 4, to.number.size() + 3);
    append(out, "<a href=\"#", prefix, "-", escape_html(to.id), "\"><text class=\"jump\" x=\"",
           way.label_at.x, "\" y=\"", way.label_at.y, "\"><title>", escape_html(full),
           "</title><tspan class=\"number\">", sign, escape_html(to.number), "</tspan> ",
           escape_html(cut_text(way.label, rest)), "</text></a>\n");
    return;
  }
  append(out, "<path class=\"way", way.aside ? " aside" : "", "\" d=\"M", way.path.front().x, ' ',
         way.path.front().y);
  for (std::size_t i = 1; i < way.path.size(); ++i) {
    const LanePoint &here = way.path[i], &before = way.path[i - 1];
    const int back = i + 1 == way.path.size() ? 1 : 0;  // the arrow's tip touches the box
    if (here.x == before.x)
      append(out, "V", here.y - back);
    else
      append(out, "H", here.x);
  }
  append(out, "\" marker-end=\"url(#", prefix, "-arrow)\"><title>", escape_html(full), "</title></path>\n");
  if (way.label.empty()) return;
  append(out, "<text class=\"label\" x=\"", way.label_at.x, "\" y=\"", way.label_at.y, "\"><title>",
         escape_html(full), "</title>", escape_html(cut_text(way.label, 29)), "</text>\n");
}

}  // namespace

namespace {

void draw_lanes(std::string& out, const LaneDiagram& d) {
  for (std::size_t i = 0; i < d.lanes.size(); ++i) {
    const int x = static_cast<int>(i) * d.lane_width;
    append(out, "<rect class=\"lane", i % 2 == 0 ? "" : " odd", "\" x=\"", x, "\" y=\"0\" width=\"",
           i + 1 < d.lanes.size() ? d.lane_width : d.width - x, "\" height=\"", d.height, "\"/>\n");
  }
}

void draw_heads(std::string& out, const LaneDiagram& d, int y) {
  for (std::size_t i = 0; i < d.lanes.size(); ++i)
    append(out, "<text class=\"role\" x=\"", static_cast<int>(i) * d.lane_width + d.lane_width / 2, "\" y=\"",
           y + 27, "\"><title>", escape_html(d.lanes[i]), "</title>", escape_html(cut_text(d.lanes[i], 25)),
           "</text>\n");
  append(out, "<path class=\"rule\" d=\"M0 ", y + d.head_height - 4, "H", d.width, "\"/>\n");
}

std::string marker(std::string_view prefix) {
  return cat("<defs><marker id=\"", prefix,
             "-arrow\" viewBox=\"0 0 8 8\" refX=\"7\" refY=\"4\" markerWidth=\"7\" markerHeight=\"7\" "
             "orient=\"auto\"><path class=\"tip\" d=\"M0 0.5 8 4 0 7.5z\"/></marker></defs>\n");
}

void draw_flow(std::string& out, const LaneDiagram& d, std::string_view prefix) {
  for (const LaneWay& way : d.ways)
    if (!way.jump) draw_way(out, d, way, prefix);
  for (const LaneStep& step : d.steps) draw_step(out, step, prefix);
  for (const LaneWay& way : d.ways)
    if (way.jump) draw_way(out, d, way, prefix);
}

}  // namespace

std::string lanes_svg(const LaneDiagram& d, std::string_view prefix) {
  std::string out =
      cat("<svg class=\"lanes\" role=\"group\" aria-labelledby=\"", prefix, "-title\" viewBox=\"0 0 ",
          d.width, ' ', d.height, "\" width=\"", d.width, "\" height=\"", d.height, "\">\n<title id=\"",
          prefix, "-title\">", escape_html(d.title), "</title>\n", marker(prefix));
  draw_lanes(out, d);
  draw_heads(out, d, 0);
  draw_flow(out, d, prefix);
  return out += "</svg>\n";
}

std::string lanes_slices(const LaneDiagram& d, std::string_view prefix) {
  // A4 across leaves 277 x 165 mm beside margins and heading: 1047 x 623 pixels of CSS. Wider drawings are made smaller.
  constexpr int page_width = 1047, page_height = 623;
  const int most = std::max(d.width, page_width) * page_height / page_width;
  std::vector<int> rows;  // where each row begins
  for (const LaneStep& step : d.steps) {
    const std::size_t row = step.row;
    if (rows.size() <= row) rows.resize(row + 1, d.height);
    rows[row] = std::min(rows[row], step.box.y - (step.entry.empty() ? 8 : 34));
  }
  std::vector<int> cuts = {d.head_height};
  for (std::size_t row = 1; row < rows.size(); ++row) {
    const int end = row + 1 < rows.size() ? rows[row + 1] : d.height;
    if (end - cuts.back() > most - d.head_height) cuts.push_back(rows[row]);
  }
  cuts.push_back(d.height);
  std::string out = "<div class=\"only-print\" aria-hidden=\"true\">\n";
  // One drawing, looked at through several windows.
  for (std::size_t i = 0; i + 1 < cuts.size(); ++i) {
    const int top = cuts[i] - d.head_height, height = cuts[i + 1] - top;
    append(out, "<div class=\"slice\"><svg class=\"lanes\" style=\"max-width:", d.width, "px\" viewBox=\"0 ",
           top, ' ', d.width, ' ', height, "\">\n");
    if (i == 0) {
      append(out, marker(prefix), "<g class=\"lanes\" id=\"", prefix, "-all\">");
      draw_lanes(out, d);
      draw_flow(out, d, prefix);
      out += "</g>\n";
    } else {
      append(out, "<use href=\"#", prefix, "-all\"/>\n<rect class=\"lane\" x=\"0\" y=\"", top, "\" width=\"",
             d.width, "\" height=\"", d.head_height - 4, "\"/>\n");
    }
    draw_heads(out, d, top);
    out += "</svg></div>\n";
  }
  return out += "</div>\n";
}

}  // namespace v0
}  // namespace aesop
