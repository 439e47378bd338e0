// The library: publishing SOPs, and plans made from what was published.
#include "engine/impl.hpp"

#include "aesop/model/load.hpp"
#include "aesop/model/make_plan.hpp"
#include "aesop/run/decide.hpp"
#include "aesop/value/findings_value.hpp"
#include "aesop/verify/verify.hpp"

namespace aesop {
inline namespace v0 {
namespace detail {

namespace {

Answer published(const Plan& plan, bool existing, const Value& findings) {
  std::vector<Entry> entries;
  if (existing) entries.emplace_back("existing", Value::boolean(true));
  if (findings.size() > 0) entries.emplace_back("findings", findings);
  entries.emplace_back("hash", Value::string(plan.hash()));
  entries.emplace_back("sop", Value::string(plan.sop()));
  entries.emplace_back("version", Value::string(plan.version()));
  return {Value::context(std::move(entries)), true};
}

std::string plan_key(std::string_view sop, std::string_view version) { return cat(sop, ' ', version); }

}  // namespace

Result<std::shared_ptr<const Plan>> EngineImpl::compile(std::string_view text, std::string_view name,
                                                        Findings& findings) {
  auto definition = load(text, std::string(name), findings);
  if (!definition) return definition.take_error();
  return aesop::plan(std::shared_ptr<const Definition>(definition.take()), findings, ports());
}

Result<std::shared_ptr<const Plan>> EngineImpl::plan_of(std::string_view sop, std::string_view version) {
  const std::string key = plan_key(sop, version);
  const auto known = plans_.find(key);
  if (known != plans_.end()) return known->second;
  auto row = store_->find_sop(sop, version);
  if (!row) return row.take_error();
  if (!*row)
    return Error{
        ErrorCode::not_found,
        cat("no SOP \"", printable(sop, 60), "\" version \"", printable(version, 30), "\" is published"),
        "publish it first"};
  Findings findings;
  auto plan = compile((*row)->text, key, findings);
  if (!plan) return plan.take_error();
  if ((*plan)->hash() != (*row)->hash)
    return Error{ErrorCode::corrupt, cat("the published text of ", key, " is not what was published"),
                 "restore a backup"};
  plans_.emplace(key, *plan);
  return plan;
}

Result<std::shared_ptr<const Plan>> EngineImpl::latest_plan(std::string_view sop) {
  auto row = store_->latest_sop(sop);
  if (!row) return row.take_error();
  if (*row) return plan_of((*row)->sop, (*row)->version);
  auto all = store_->list_sops();
  if (!all) return all.take_error();
  std::vector<std::string> names;
  for (const StoredSop& one : *all) names.push_back(one.sop);
  const auto near = did_you_mean(sop, names);
  return Error{ErrorCode::not_found, cat("no SOP \"", printable(sop, 60), "\" is published"),
               near ? cat("did you mean \"", *near, "\"?") : "publish it first"};
}

Result<Answer> EngineImpl::publish(const Request& request, std::string_view text, std::string_view name) {
  const SourceText source{std::string(name), std::string(text)};
  Findings findings;
  auto definition = load(text, std::string(name), findings);
  if (!definition && findings.empty()) return definition.take_error();
  std::shared_ptr<const Plan> made;
  if (definition) {
    const std::shared_ptr<const Definition> shared = definition.take();
    auto plan = aesop::plan(shared, findings, ports());
    if (plan) made = plan.take();
    findings.append(verify(*shared, made.get()));
  }
  const Value found = findings_value(findings, source);
  if (!made || findings.has_errors()) {
    Rejection rejection;
    rejection.reason = "unsound_definition";
    rejection.message = cat("the SOP has ", findings.error_count(), " finding",
                            findings.error_count() == 1 ? "" : "s", " of severity error");
    rejection.details = {{"findings", found}};
    return refuse(request, "publish", {}, rejection);
  }

  auto known = store_->find_sop(made->sop(), made->version());
  if (!known) return known.take_error();
  if (*known) {
    if ((*known)->hash == made->hash()) return published(*made, true, found);
    Rejection rejection;
    rejection.reason = "already_published";
    rejection.message = "this version was published with another text, and what is published never changes";
    rejection.details = {{"hash", Value::string((*known)->hash)},
                         {"version", Value::string(made->version())}};
    return refuse(request, "publish", {}, rejection);
  }
  if (auto done = append(SopPublished{made->sop(), made->version(), made->hash()}, request); !done)
    return done.take_error();
  if (auto done = store_->add_sop({made->sop(), made->version(), made->hash(), head_.seq, std::string(text)});
      !done)
    return done.take_error();
  plans_.insert_or_assign(plan_key(made->sop(), made->version()), made);
  return published(*made, false, found);
}

}  // namespace detail
}  // namespace v0
}  // namespace aesop
