// From zero to the gate in Java: may this claim go out?   java GateExample SOP
import aesop.AesopException;
import aesop.Gate;
import aesop.Report;
import aesop.Verdict;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;

public final class GateExample {
    private static final String FACTS = "{\"payer\": \"bluepeak\", \"codes\": [\"D2740\"], \"amount\": 1240, \"notes_locked\": true,"
        + " \"codes_checked\": true, \"seen_at\": \"2026-01-05T08:00:00Z\", \"attached\": [\"radiograph\"]}";

    public static void main(String[] args) throws Exception {
        Instant now = Instant.parse("2026-01-05T14:00:00Z");  // your program: Instant.now()
        try (Gate gate = Gate.open(Files.readString(Path.of(args[0])), "send_claim")) {
            Report report = gate.check(FACTS, now);
            System.out.println(report.verdict == Verdict.BLOCK ? "blocked" : "may go out");
            System.out.println(report.json);  // failures: each with its message and its fix
        } catch (AesopException error) {
            System.err.println(error.status() + ": " + error.getMessage() + " " + error.help());
            System.exit(1);
        }
    }
}
