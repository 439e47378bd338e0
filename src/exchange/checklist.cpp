// The checklist of an SOP: what fits on a sheet, and the page.
#include "aesop/exchange/checklist.hpp"

#include "aesop/exchange/html.hpp"
#include "aesop/model/show_words.hpp"

#include <algorithm>

namespace aesop {
inline namespace v0 {

namespace {

using detail::Wording;

// Heights in tenths of a millimetre, as page_style() sets them on paper. Letter, the lower of the two papers, holds 251 mm within
// its margins; the heading takes at most 41 of them. Texts are taken to break a little early, so that the estimate is
// never below.
constexpr std::size_t sheet_height = 2100;
constexpr std::size_t step_height = 51 + 25;  // title and space around
constexpr std::size_t small_height = 41;      // a line of who, when and whereto
constexpr std::size_t check_height = 47;
constexpr std::size_t list_space = 5;
constexpr std::size_t title_width = 78;
constexpr std::size_t text_width = 84;
constexpr std::size_t small_width = 98;

std::size_t lines_of(std::string_view text, std::size_t width) {
  return text.empty() ? 0 : (count_code_points(text) + width - 1) / width;
}

/// What a sheet says of a step.
struct StepText {
  std::string number, title;
  std::vector<std::string> meta;    ///< who, where, by when; note
  std::vector<std::string> checks;  ///< with a box
  std::vector<std::string> ways;    ///< in one line
};

class Writer {
 public:
  explicit Writer(const Definition& file) : words_(file) {}

  StepText text(const StepDefinition& step, const StepDefinition* following) const {
    StepText out;
    out.number = number_of(step.id.text);
    out.title = words_.title(step);
    std::vector<std::string> parts;
    if (step.approvers)
      parts.push_back(cat("signed by ", words_.approvers(*step.approvers)));
    else if (!step.raci.responsible.empty())
      parts.push_back(words_.roles(step.raci.responsible, "or"));
    if (!step.review.empty()) parts.push_back(cat("reviewed by ", words_.role(step.review.text)));
    if (!step.system.empty()) parts.push_back(cat("in ", words_.system(step.system.text)));
    if (step.kind == StepKind::service) parts.push_back("done by the system");
    if (step.due) parts.push_back(words_.phrase(step.due->phrase));
    if (!parts.empty()) out.meta.push_back(join(parts, " \u00b7 "));
    if (!step.note.empty()) out.meta.push_back(step.note);
    if (!step.script.empty()) out.meta.push_back(cat("Say: \u201c", step.script, "\u201d"));
    for (const ChecklistItem& item : step.checklist) out.checks.push_back(check(step, item));
    std::vector<std::string> fields;
    for (const FieldDefinition& field : step.form) {
      std::string name = field.title.empty() ? detail::plain_words(field.name) : field.title;
      if (!field.one_of.empty()) {
        std::vector<std::string> values;
        for (const Value& value : field.one_of)
          values.push_back(detail::plain_words(Wording::literal(value)));
        append(name, " (", Wording::listed(values, "or"), ')');
      }
      fields.push_back(std::move(name));
    }
    if (!fields.empty()) out.checks.push_back(cat("Fill in: ", join(fields, "; ")));
    if (out.checks.empty() && (step.kind == StepKind::task || step.kind == StepKind::approval))
      out.checks.push_back("Done");
    ways(step, following, out.ways);
    return out;
  }

 private:
  std::string number_of(std::string_view id) const {
    std::string number = words_.number_of(id);
    if (!number.empty()) number.pop_back();  // "4."
    return number;
  }

  std::string check(const StepDefinition& step, const ChecklistItem& item) const {
    std::vector<std::string> notes;
    if (item.when.kind != ConditionText::Kind::always)
      notes.push_back(cat("if ", words_.condition(item.when)));
    if (item.enforce && *item.enforce != step.enforce) notes.push_back(std::string(to_string(*item.enforce)));
    if (item.evidence) {
      std::string text(item.evidence->kind == EvidenceDefinition::Kind::file
                           ? "keep the file"
                           : cat("keep a ", to_string(item.evidence->kind)));
      if (item.evidence->kind == EvidenceDefinition::Kind::reading && !item.evidence->unit.empty())
        append(text, ": ______ ", item.evidence->unit);
      notes.push_back(std::move(text));
    }
    return notes.empty() ? item.text.text : cat(item.text.text, " (", join(notes, "; "), ')');
  }

  void ways(const StepDefinition& step, const StepDefinition* following,
            std::vector<std::string>& out) const {
    const auto to = [&](const Text& id) {
      const StepDefinition* next = id.empty() ? following : nullptr;
      const std::string number = !id.empty()       ? number_of(id.text)
                                 : next != nullptr ? number_of(next->id.text)
                                                   : std::string();
      return number.empty() ? std::string("done") : cat("step ", number);
    };
    const auto also = [&](std::string text) {
      for (const std::string& known : out)
        if (known == text) return;
      out.push_back(std::move(text));
    };
    for (const WaitDefinition& wait : step.waits) {
      std::string what;
      if (wait.after) {
        what = words_.phrase(*wait.after);
        if (what.starts_with("within ")) what = "after " + what.substr(7);
      } else {
        what = cat("on ", words_.event(wait.event.text));
      }
      also(cat(what, ": ", to(wait.go)));
    }
    if (step.kind == StepKind::parallel) {
      std::vector<std::string> names;
      for (const Text& id : step.go) names.push_back(number_of(id.text));
      also(cat("at the same time steps ", Wording::listed(names, "and")));
    }
    for (const BranchDefinition& branch : step.next) {
      if (!branch.outcome.empty())
        also(cat("if ", branch.outcome, ": ", to(branch.go)));
      else if (!branch.is_else)
        also(cat("if ", words_.condition(branch.condition), ": ", to(branch.go)));
      else if (step.next.size() > 1)
        also(cat("otherwise: ", to(branch.go)));
      else if (!branch.go.empty() && (following == nullptr || branch.go.text != following->id.text))
        also(to(branch.go));
    }
    if (!step.on_failure.empty()) also(cat("if it fails: ", to(step.on_failure)));
  }

  const Wording words_;
};

std::string ways_line(const StepText& step) { return cat("\u2192 ", join(step.ways, " \u00b7 ")); }

std::size_t height_of(const StepText& step) {
  std::size_t height = step_height + (lines_of(step.title, title_width) - 1) * 51;
  for (const std::string& text : step.meta) height += lines_of(text, small_width) * small_height;
  if (!step.checks.empty()) height += list_space;
  for (const std::string& text : step.checks) height += lines_of(text, text_width) * check_height;
  if (!step.ways.empty()) height += lines_of(ways_line(step), small_width) * small_height;
  return height;
}

struct Placed {
  const StepDefinition* step;
  const StepDefinition* following;
  const std::string* stage;  ///< its own, or that of the `each` it is in
};

void collect(const std::vector<StepDefinition>& steps, std::vector<Placed>& out,
             const std::string* outer = nullptr) {
  const std::string* last = outer;
  for (std::size_t i = 0; i < steps.size(); ++i) {
    // What stands in no stage stays with what stands before it.
    const std::string* stage = steps[i].stage.empty() ? last : &steps[i].stage.text;
    last = stage;
    out.push_back({&steps[i], i + 1 < steps.size() ? &steps[i + 1] : nullptr, stage});
    if (steps[i].each) collect(steps[i].each->run, out, stage);
  }
}

std::string stage_title(const Definition& definition, const std::string& id) {
  for (const StageDefinition& stage : definition.stages)
    if (stage.id.text == id && !stage.title.empty()) return stage.title;
  return detail::plain_words(id);
}

}  // namespace

std::vector<ChecklistSheet> checklist_sheets(const Definition& definition) {
  const Writer writer(definition);
  std::vector<Placed> all;
  collect(definition.steps, all);
  std::vector<std::size_t> heights;
  std::size_t whole = 0;
  for (const Placed& one : all)
    heights.push_back(height_of(writer.text(*one.step, one.following))), whole += heights.back();
  const bool fits = whole <= sheet_height;
  std::vector<ChecklistSheet> out(1);
  const std::string* stage = fits || all.empty() ? nullptr : all.front().stage;
  const auto title = [&] { return stage == nullptr ? std::string() : stage_title(definition, *stage); };
  out.back().title = title();
  for (std::size_t i = 0; i < all.size(); ++i) {
    const Placed& one = all[i];
    const bool other = !fits && one.stage != nullptr && (stage == nullptr || *one.stage != *stage);
    if (other) stage = one.stage;
    if (!out.back().steps.empty() && (other || out.back().height + heights[i] > sheet_height)) {
      out.emplace_back();
      out.back().title = title();
    } else if (other) {
      out.back().title = title();
    }
    out.back().steps.push_back(one.step);
    out.back().height += heights[i];
  }
  return out;
}

std::string checklist_html(const Definition& definition) {
  const Writer writer(definition);
  std::vector<Placed> all;
  collect(definition.steps, all);
  const auto following = [&](const StepDefinition* step) {
    for (const Placed& one : all)
      if (one.step == step) return one.following;
    return static_cast<const StepDefinition*>(nullptr);
  };
  const std::vector<ChecklistSheet> sheets = checklist_sheets(definition);
  std::string body = "<main>\n";
  for (std::size_t i = 0; i < sheets.size(); ++i) {
    const ChecklistSheet& sheet = sheets[i];
    append(body, "<article class=\"sheet\" aria-label=\"Sheet ", i + 1, " of ", sheets.size(),
           "\">\n<div class=\"top\"><h1>", escape_html(definition.title.text));
    if (!sheet.title.empty()) append(body, ": ", escape_html(sheet.title));
    append(body, "</h1><span class=\"soft small\">", escape_html(definition.sop.text), ' ',
           escape_html(definition.version.text));
    if (sheets.size() > 1) append(body, " \u00b7 sheet ", i + 1, " of ", sheets.size());
    body += "</span></div>\n";
    if (i == 0 && !definition.purpose.empty())
      append(body, "<p class=\"small\">", escape_html(definition.purpose), "</p>\n");
    body +=
        "<div class=\"fill\"><span>For</span><span>Done by</span><span>Date</span></div>\n<ol "
        "class=\"steps\">\n";
    for (const StepDefinition* step : sheet.steps) {
      const StepText text = writer.text(*step, following(step));
      append(body, "<li><span class=\"n\">", escape_html(text.number), "</span><div><h2>",
             escape_html(text.title), "</h2>");
      for (const std::string& line : text.meta) append(body, "<p class=\"meta\">", escape_html(line), "</p>");
      if (!text.checks.empty()) {
        body += "<ul class=\"checks\">";
        for (const std::string& check : text.checks) append(body, "<li>", escape_html(check), "</li>");
        body += "</ul>";
      }
      if (!text.ways.empty()) append(body, "<p class=\"ways\">", escape_html(ways_line(text)), "</p>");
      body += "</div></li>\n";
    }
    body += "</ol>\n</article>\n";
  }
  return html_page(cat(definition.title.text, " \u2013 checklist"), definition.language, body + "</main>\n");
}

}  // namespace v0
}  // namespace aesop
