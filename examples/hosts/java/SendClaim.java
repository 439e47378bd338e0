// The button "Send claim" in a Java program: asks the gate, records what it said, starts the run, carries out the effect.
// Copy it. What it shows: a refusal has reasons; a crash costs nothing, because the same command id does nothing twice.
//   java SendClaim STORE EXAMPLES [--kill]     --kill: dies in the middle, as in a power cut
import aesop.AesopException;
import aesop.Engine;
import aesop.Report;
import aesop.Request;
import aesop.Verdict;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.sun.jna.NativeLibrary;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;

public final class SendClaim {
    private static final String CLAIM = "claim/4711";
    private static final String RUN = "claim-4711";
    // The library reads no clock: a program passes Instant.now(). Here it is fixed, so that the output is.
    private static final Instant NOW = Instant.parse("2026-01-05T14:00:00Z");

    // What the program knows of the claim, as the variables of the SOP.
    private static final String INCOMPLETE = "{'payer': 'bluepeak', 'codes': ['D2740'], 'amount': 1240,"
        + " 'eligibility_status': 'unknown', 'notes_locked': true, 'codes_checked': true,"
        + " 'seen_at': '2026-01-05T08:00:00Z', 'attached': ['radiograph']}";
    private static final String COMPLETE = "{'payer': 'bluepeak', 'codes': ['D2740'], 'amount': 1240,"
        + " 'eligibility_status': 'active', 'eligibility_at': '2026-01-05T13:50:00Z', 'notes_locked': true,"
        + " 'codes_checked': true, 'seen_at': '2026-01-05T08:00:00Z', 'attached': ['radiograph', 'narrative']}";

    public static void main(String[] args) throws Exception {
        try (Engine engine = Engine.open(args[0])) {
            publish(engine, Path.of(args[1], "dso/billing_claims.sop.json"));
            publish(engine, Path.of(args[1], "hosts/claim_sending.sop.json"));
            press(engine, INCOMPLETE, false);
            System.out.println("eligibility confirmed, narrative attached");
            if (press(engine, COMPLETE, args.length > 2)) deliver(engine);
            tell(engine);
        } catch (AesopException error) {  // also Rejected, which is one
            System.err.println(error.getMessage() + " " + error.help());
            System.exit(1);
        }
    }

    // The same text twice is fine: every start of the program does it.
    private static void publish(Engine engine, Path path) throws Exception {
        engine.publish(by("host", "publish " + path.getFileName() + " 1.0.0"), Files.readString(path));
    }

    // The button. The command ids name what the user wants, not the attempt: pressed again after a crash, they are the same.
    // What the gate said is kept under its receipt: asked again at another time it is another answer.
    private static boolean press(Engine engine, String facts, boolean kill) {
        System.out.println("[Send claim] " + CLAIM);
        Report report = engine.checkGate("billing_claims", "send_claim", json(facts).toString(), NOW);
        if (report.verdict == Verdict.BLOCK) {
            for (JsonElement one : json(report.json).getAsJsonArray("failures")) {
                JsonObject failure = one.getAsJsonObject();
                System.out.println("  no: " + text(failure, "message") + " " + text(failure, "fix"));
            }
            return false;
        }
        String kept = engine.recordGate(by("ana", "gate " + text(json(report.json), "receipt")), report.json, CLAIM);
        System.out.println("  yes, kept as entry " + text(json(kept), "seq") + " of the log");

        Request request = by("ana", "send " + CLAIM).run(RUN);
        String answer = engine.start(request, "claim_sending", CLAIM, json("{'data': {'codes': ['D2740']}}").toString());
        if (kill) {  // the run is in the file, and nobody has heard of it
            System.out.flush();
            NativeLibrary.getInstance("c").getFunction("raise").invokeInt(new Object[] {9});
        }
        JsonObject run = json(answer);
        System.out.println("  run " + text(run, "run") + " is started, revision " + text(run, "revision"));
        return true;
    }

    // Does what the procedure asks for. An effect is leased: if this program dies, it comes again with the same key.
    private static void deliver(Engine engine) {
        for (JsonElement one : json(engine.pollOutbox(NOW, 60)).getAsJsonArray("effects")) {
            JsonObject effect = one.getAsJsonObject();
            JsonObject body = effect.getAsJsonObject("body");
            String key = text(effect, "key");
            System.out.println("  effect " + key + ": " + text(body, "operation"));
            String control = "ICN-4711";  // the clearinghouse's answer
            JsonObject result = new JsonObject();
            result.addProperty("control", control);
            String task = text(body, "task");
            engine.completeService(by("host", "sent " + task), task, result.toString(), null);
            engine.ack(by("host", "ack " + key), text(effect, "effect"));
            System.out.println("  handed over, control number " + control);
        }
    }

    private static void tell(Engine engine) {
        JsonObject run = json(engine.run(RUN));
        JsonObject log = json(engine.verifyLog());
        int runs = json(engine.runs()).getAsJsonArray("runs").size();
        System.out.println("run " + RUN + ": " + text(run, "status") + ", " + text(run, "outcome"));
        System.out.println(runs + " run, " + text(log, "entries") + " entries in the log, sound: " + text(log, "sound"));
    }

    private static Request by(String person, String commandId) {
        return new Request(commandId, NOW, json("{'id': '" + person + "', 'roles': ['biller']}").toString());
    }

    private static JsonObject json(String text) {
        return JsonParser.parseString(text).getAsJsonObject();
    }

    private static String text(JsonObject object, String name) {
        return object.get(name).getAsString();
    }
}
