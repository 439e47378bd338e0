// The button "Send claim" in a C++ program, over the C++ API: asks the gate, records what it said, starts the run, carries
// out the effect. Copy it. What it shows: a refusal has reasons; a crash costs nothing, because the same command id does
// nothing twice.
//   send_claim STORE EXAMPLES [--kill]     --kill: dies in the middle, as in a power cut
#include <csignal>
#include <fstream>
#include <iostream>
#include <sstream>

#include <aesop/aesop.hpp>

namespace {

const std::string claim = "claim/4711";
const std::string run_id = "claim-4711";
// The library reads no clock: a program passes the time of its server. Here it is fixed, so that the output is.
const aesop::Instant now = aesop::parse_instant("2026-01-05T14:00:00Z").value();

// What the program knows of the claim, as the variables of the SOP.
const aesop::Value incomplete = aesop::read_json(R"({"payer": "bluepeak", "codes": ["D2740"], "amount": 1240,
  "eligibility_status": "unknown", "notes_locked": true, "codes_checked": true,
  "seen_at": "2026-01-05T08:00:00Z", "attached": ["radiograph"]})")
                                    .value();
const aesop::Value complete = aesop::read_json(R"({"payer": "bluepeak", "codes": ["D2740"], "amount": 1240,
  "eligibility_status": "active", "eligibility_at": "2026-01-05T13:50:00Z", "notes_locked": true,
  "codes_checked": true, "seen_at": "2026-01-05T08:00:00Z", "attached": ["radiograph", "narrative"]})")
                                  .value();

aesop::Request by(std::string person, std::string command_id) {
  return {.command_id = std::move(command_id),
          .at = now,
          .actor = {.id = std::move(person), .roles = {"biller"}}};
}

// What was done; a refusal ends this program, as an error does. A program with people shows them the message.
aesop::Value done(aesop::Result<aesop::Answer> answer) {
  if (!answer.value().accepted)
    throw std::runtime_error("refused: " + aesop::write_json(answer->value).value());
  return answer->value;
}

// The same text twice is fine: every start of the program does it.
void publish(aesop::Engine& engine, const std::string& folder, const std::string& file) {
  std::ostringstream text;
  text << std::ifstream(folder + file).rdbuf();
  done(engine.publish(by("host", "publish " + file.substr(file.rfind('/') + 1) + " 1.0.0"), text.str()));
}

// The button. The command ids name what the user wants, not the attempt: pressed again after a crash, they are the same.
// What the gate said is kept under its receipt: asked again at another time it is another answer.
bool press(aesop::Engine& engine, const aesop::Value& facts, bool kill) {
  std::cout << "[Send claim] " << claim << "\n";
  const aesop::GateVerdict verdict = engine.gate("billing_claims", "send_claim", facts, now).value();
  if (verdict.blocks()) {
    for (const aesop::Value& failure : verdict.report.get("failures").items())
      std::cout << "  no: " << failure.get("message").as_string() << " " << failure.get("fix").as_string()
                << "\n";
    return false;
  }
  const aesop::Value kept =
      done(engine.record_gate(by("ana", "gate " + verdict.receipt), verdict.report, claim));
  std::cout << "  yes, kept as entry " << kept.get("seq").as_decimal().to_string() << " of the log\n";

  aesop::Request request = by("ana", "send " + claim);
  request.run = run_id;
  const aesop::Value data = aesop::read_json(R"({"codes": ["D2740"]})").value();
  const aesop::Value run =
      done(engine.start(request, {.sop = "claim_sending", .subject = claim, .data = data}));
  if (kill) {  // the run is in the file, and nobody has heard of it
    std::cout << std::flush;
    std::raise(SIGKILL);
  }
  std::cout << "  run " << run.get("run").as_string() << " is started, revision "
            << run.get("revision").as_decimal().to_string() << "\n";
  return true;
}

// Does what the procedure asks for. An effect is leased: if this program dies, it comes again with the same key.
void deliver(aesop::Engine& engine) {
  for (const aesop::OutboxItem& effect : engine.poll_outbox(now, 60).value()) {
    std::cout << "  effect " << effect.key << ": " << effect.body.get("operation").as_string() << "\n";
    const std::string control = "ICN-4711";  // the clearinghouse's answer
    const std::string task(effect.body.get("task").as_string());
    const aesop::Value result = aesop::read_json(R"({"control": ")" + control + R"("})").value();
    aesop::Request request = by("host", "sent " + task);
    request.run = effect.run;
    done(engine.submit(request, aesop::CompleteService{.target = {.task = task}, .result = result}));
    engine.ack(by("host", "ack " + effect.key), effect.id).value();
    std::cout << "  handed over, control number " << control << "\n";
  }
}

void tell(aesop::Engine& engine) {
  const aesop::State run = engine.run(run_id).value();
  const aesop::VerifyReport log = engine.verify_log().value();
  std::cout << "run " << run_id << ": " << (run.open() ? "open" : "closed") << ", " << run.outcome << "\n"
            << engine.runs().value().size() << " run, " << log.entries
            << " entries in the log, sound: " << (log.ok() ? "true" : "false") << "\n";
}

}  // namespace

int main(int count, char** arguments) {
  try {
    aesop::Engine engine = aesop::Engine::open(arguments[1]).value();
    publish(engine, arguments[2], "/dso/billing_claims.sop.json");
    publish(engine, arguments[2], "/hosts/claim_sending.sop.json");
    press(engine, incomplete, false);
    std::cout << "eligibility confirmed, narrative attached\n";
    if (press(engine, complete, count > 3)) deliver(engine);
    tell(engine);
    return 0;
  } catch (const std::exception&
               error) {  // value() throws aesop::Exception; hosts without exceptions ask for error()
    std::cerr << error.what() << "\n";
    return 1;
  }
}
