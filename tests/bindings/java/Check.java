// What the Java binding promises, each in a sentence; the same sentences in every language (tests/bindings/check.output).
//   java Check FOLDER SOP
import aesop.Aesop;
import aesop.AesopException;
import aesop.Dmn;
import aesop.Engine;
import aesop.Expr;
import aesop.Gate;
import aesop.OpenOptions;
import aesop.Rejected;
import aesop.Report;
import aesop.Request;
import aesop.Sop;
import aesop.Status;
import aesop.Verdict;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;

public final class Check {
    private static final Instant NOW = Instant.parse("2026-01-05T14:00:00.123456Z");
    private static final String BAD = "{\"aesop\": 1, \"sop\": \"bad\", \"version\": \"1.0.0\", \"title\": \"Bad\", \"steps\": []}";

    private static void say(String rule, boolean holds) {
        System.out.println((holds ? "yes: " : "NO: ") + rule);
    }

    private static AesopException caught(Runnable action) {
        try {
            action.run();
        } catch (AesopException error) {
            return error;
        }
        return null;
    }

    private static boolean is(AesopException error, Status status) {
        return error != null && error.status() == status && !error.getMessage().isEmpty() && !(error instanceof Rejected);
    }

    private static boolean refused(AesopException error, String reason) {
        return error instanceof Rejected && ((Rejected) error).answer().contains("\"reason\":\"" + reason);
    }

    private static Request by(String id) {
        return new Request(id, NOW, "{\"id\": \"ana\", \"roles\": [\"biller\", \"rcm_lead\"]}");
    }

    public static void main(String[] args) throws Exception {
        String sop = Files.readString(Path.of(args[1]));
        String text = "M\u00fcller \u4e2d \ud83e\uddb7";
        say("the library says its version and the names of statuses",
            !Aesop.version().isEmpty() && Aesop.statusName(Status.NOT_FOUND).equals("not-found") && Aesop.textLimit() > 1000);
        try (Expr expr = Expr.compile("x + \"!\"", "[\"x\"]")) {
            String value = expr.evaluate("{\"x\": \"" + text + "\"}", NOW);
            say("a text of any script comes back as it went", value.equals("{\"value\":\"" + text + "!\"}"));
        }
        try (Expr expr = Expr.compile("now()")) {
            say("a time keeps its microseconds", expr.evaluate("", NOW).contains("14:00:00.123456"));
        }
        AesopException error = caught(() -> Expr.compile("x +", "[\"x\"]"));
        say("an error has its status, a message and JSON",
            is(error, Status.BAD_EXPRESSION) && error.json().contains("\"code\":\"bad-expression\""));
        error = caught(() -> Gate.open(BAD));
        say("an unsound SOP tells its findings", is(error, Status.UNSOUND_DEFINITION) && error.json().contains("\"findings\":["));
        try (Sop read = Sop.load(sop, "sending")) {
            say("an SOP that is sound says so", read.isSound() && read.findings().equals("[]") && Sop.format(sop).equals(sop));
        }
        String model =
            "<definitions xmlns='https://www.omg.org/spec/DMN/20230324/MODEL/' name='m' namespace='urn:m'>" +
            "<inputData id='d' name='Day'><variable name='Day' typeRef='date'/></inputData>" +
            "<decision id='n' name='Next'><variable name='Next' typeRef='date'/>" +
            "<informationRequirement><requiredInput href='#d'/></informationRequirement>" +
            "<literalExpression><text>Day + @\"P1D\"</text></literalExpression></decision></definitions>";
        try (Dmn dmn = Dmn.open(model)) {
            say("a decision model is asked", dmn.evaluate("Next", "{\"Day\": \"2026-02-28\"}", NOW).equals("{\"value\":\"2026-03-01\"}"));
        }
        OpenOptions options = new OpenOptions();
        options.create = false;
        say("options arrive", is(caught(() -> Engine.open(args[0] + "/none.db", options)), Status.NOT_FOUND));

        options.create = true;
        options.exclusive = true;
        Engine engine = Engine.open(args[0] + "/check.db", options);
        say("a refusal is another exception, with its answer",
            refused(caught(() -> engine.publish(by("bad"), BAD)), "unsound_definition"));
        engine.beginBatch();
        engine.publish(by("publish"), sop);
        engine.rollbackBatch();
        say("a batch is forgotten", engine.sops().equals("{\"sops\":[]}"));
        engine.publish(by("publish"), sop);
        String first = engine.start(by("start").run("r1"), "claim_sending", "claim/1");
        say("the same command id again gives the same answer",
            first.equals(engine.start(by("start").run("r1"), "claim_sending", "claim/1")));
        say("an expected revision arrives",
            refused(caught(() -> engine.suspend(by("late").run("r1").expectedRevision(1), "late")), "conflict"));
        Request future = by("future").run("r1").occurredAt(NOW.plus(Duration.ofHours(1)));
        say("a time of occurrence arrives", caught(() -> engine.suspend(future, "future")) != null);
        say("what is well asked is done", engine.suspend(by("stop").run("r1"), "stop").contains("\"status\":\"suspended\""));
        say("a number comes back", engine.rebuild() == 1);
        Report report = engine.checkGate("claim_sending", "any", "{}", NOW, "{\"scope\": \"org\"}");
        say("a gate's report has its verdict", report.verdict == Verdict.PASS && report.json.contains("\"verdict\":\"pass\""));
        say("bytes that are no text arrive",
            refused(caught(() -> engine.attachBytes(by("bytes"), "r1:1.3", new byte[] {0, -1, 10}, "image/png")), ""));
        engine.close();
        engine.close();
        say("what was closed is an error, and closing it again is none", is(caught(() -> engine.runs()), Status.STALE_HANDLE));
    }
}
