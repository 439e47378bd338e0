// What the C# binding promises, each in a sentence; the same sentences in every language (tests/bindings/check.output).
//   Check.exe FOLDER SOP
using System;
using System.IO;
using Aesop;

internal static class Check {
  private static readonly DateTimeOffset Now = new DateTimeOffset(2026, 1, 5, 14, 0, 0, TimeSpan.Zero).AddTicks(1234560);
  private const string Bad = "{\"aesop\": 1, \"sop\": \"bad\", \"version\": \"1.0.0\", \"title\": \"Bad\", \"steps\": []}";

  private static void Say(string rule, bool holds) { Console.WriteLine((holds ? "yes: " : "NO: ") + rule); }

  private static AesopException Caught(Action action) {
    try {
      action();
    } catch (AesopException error) {
      return error;
    }
    return null;
  }

  private static bool Is(AesopException error, Status status) {
    return error != null && error.Status == status && error.Message != "" && !(error is Rejected);
  }

  private static Request By(string id, string run = null) {
    return new Request { CommandId = id, At = Now, Actor = "{\"id\": \"ana\", \"roles\": [\"biller\", \"rcm_lead\"]}", Run = run };
  }

  private static void Main(string[] args) {
    string sop = File.ReadAllText(args[1]), text = "M\u00fcller \u4e2d \ud83e\uddb7";
    Say("the library says its version and the names of statuses",
        Library.Version() != "" && Library.StatusName(Status.NotFound) == "not-found" && Library.TextLimit() > 1000);
    using (Expr expr = Expr.Compile("x + \"!\"", "[\"x\"]"))
      Say("a text of any script comes back as it went", expr.Evaluate("{\"x\": \"" + text + "\"}", Now) == "{\"value\":\"" + text + "!\"}");
    using (Expr expr = Expr.Compile("now()", ""))
      Say("a time keeps its microseconds", expr.Evaluate("", Now).Contains("14:00:00.123456"));
    AesopException error = Caught(() => Expr.Compile("x +", "[\"x\"]"));
    Say("an error has its status, a message and JSON", Is(error, Status.BadExpression) && error.Json.Contains("\"code\":\"bad-expression\""));
    error = Caught(() => Gate.Open(Bad));
    Say("an unsound SOP tells its findings", Is(error, Status.UnsoundDefinition) && error.Json.Contains("\"findings\":["));
    using (Sop read = Sop.Load(sop, "sending"))
      Say("an SOP that is sound says so", read.IsSound() && read.Findings() == "[]" && Sop.Format(sop) == sop);
    string model =
      "<definitions xmlns='https://www.omg.org/spec/DMN/20230324/MODEL/' name='m' namespace='urn:m'>" +
      "<inputData id='d' name='Day'><variable name='Day' typeRef='date'/></inputData>" +
      "<decision id='n' name='Next'><variable name='Next' typeRef='date'/>" +
      "<informationRequirement><requiredInput href='#d'/></informationRequirement>" +
      "<literalExpression><text>Day + @\"P1D\"</text></literalExpression></decision></definitions>";
    using (Dmn dmn = Dmn.Open(model))
      Say("a decision model is asked", dmn.Evaluate("Next", "{\"Day\": \"2026-02-28\"}", Now) == "{\"value\":\"2026-03-01\"}");
    Say("options arrive", Is(Caught(() => Engine.Open(Path.Combine(args[0], "none.db"), new OpenOptions { Create = false })), Status.NotFound));

    Engine engine = Engine.Open(Path.Combine(args[0], "check.db"), new OpenOptions { Exclusive = true });
    var refused = Caught(() => engine.Publish(By("bad"), Bad)) as Rejected;
    Say("a refusal is another exception, with its answer", refused != null && refused.Answer.Contains("\"reason\":\"unsound_definition\""));
    engine.BeginBatch();
    engine.Publish(By("publish"), sop);
    engine.RollbackBatch();
    Say("a batch is forgotten", engine.Sops() == "{\"sops\":[]}");
    engine.Publish(By("publish"), sop);
    string first = engine.Start(By("start", "r1"), "claim_sending", "claim/1");
    Say("the same command id again gives the same answer", first == engine.Start(By("start", "r1"), "claim_sending", "claim/1"));
    Request late = By("late", "r1");
    late.ExpectedRevision = 1;
    refused = Caught(() => engine.Suspend(late, "late")) as Rejected;
    Say("an expected revision arrives", refused != null && refused.Answer.Contains("\"reason\":\"conflict\""));
    Request future = By("future", "r1");
    future.OccurredAt = Now.AddHours(1);
    Say("a time of occurrence arrives", Caught(() => engine.Suspend(future, "future")) != null);
    Say("what is well asked is done", engine.Suspend(By("stop", "r1"), "stop").Contains("\"status\":\"suspended\""));
    Say("a number comes back", engine.Rebuild() == 1);
    Report report = engine.CheckGate("claim_sending", "any", "{}", Now, "{\"scope\": \"org\"}");
    Say("a gate's report has its verdict", report.Verdict == Verdict.Pass && report.Json.Contains("\"verdict\":\"pass\""));
    var bytes = Caught(() => engine.AttachBytes(By("bytes"), "r1:1.3", new byte[] { 0, 255, 10 }, "image/png")) as Rejected;
    Say("bytes that are no text arrive", bytes != null && bytes.Answer.Contains("\"reason\":"));
    engine.Dispose();
    engine.Dispose();
    bool stale = false;
    try {
      engine.Runs();
    } catch (ObjectDisposedException) {
      stale = true;
    }
    Say("what was closed is an error, and closing it again is none", stale);
  }
}
