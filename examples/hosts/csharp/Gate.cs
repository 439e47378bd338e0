// From zero to the gate in C#: may this claim go out?   Gate.exe SOP
using System;
using System.IO;
using Aesop;

internal static class GateExample {
  private static int Main(string[] args) {
    const string facts = @"{""payer"": ""bluepeak"", ""codes"": [""D2740""], ""amount"": 1240, ""notes_locked"": true,
      ""codes_checked"": true, ""seen_at"": ""2026-01-05T08:00:00Z"", ""attached"": [""radiograph""]}";
    var now = new DateTimeOffset(2026, 1, 5, 14, 0, 0, TimeSpan.Zero);  // your program: DateTimeOffset.UtcNow
    try {
      using (Gate gate = Gate.Open(File.ReadAllText(args[0]), "send_claim")) {
        Report report = gate.Check(facts, now);
        Console.WriteLine(report.Verdict == Verdict.Block ? "blocked" : "may go out");
        Console.WriteLine(report.Json);  // failures: each with its message and its fix
      }
      return 0;
    } catch (AesopException error) {
      Console.Error.WriteLine(error.Status + ": " + error.Message + " " + error.Help);
      return 1;
    }
  }
}
