// The button "Send claim" in a C# program: asks the gate, records what it said, starts the run, carries out the effect.
// Copy it. What it shows: a refusal has reasons; a crash costs nothing, because the same command id does nothing twice.
//   SendClaim.exe STORE EXAMPLES [--kill]     --kill: dies in the middle, as in a power cut
using System;
using System.Diagnostics;
using System.IO;
using System.Runtime.Serialization.Json;
using System.Text;
using System.Xml;
using Aesop;

internal static class SendClaim {
  private const string Claim = "claim/4711";
  private const string Run = "claim-4711";
  // The library reads no clock: a program passes DateTimeOffset.UtcNow. Here it is fixed, so that the output is.
  private static readonly DateTimeOffset Now = new DateTimeOffset(2026, 1, 5, 14, 0, 0, TimeSpan.Zero);

  // What the program knows of the claim, as the variables of the SOP.
  private const string Incomplete = @"{""payer"": ""bluepeak"", ""codes"": [""D2740""], ""amount"": 1240,
    ""eligibility_status"": ""unknown"", ""notes_locked"": true, ""codes_checked"": true,
    ""seen_at"": ""2026-01-05T08:00:00Z"", ""attached"": [""radiograph""]}";
  private const string Complete = @"{""payer"": ""bluepeak"", ""codes"": [""D2740""], ""amount"": 1240,
    ""eligibility_status"": ""active"", ""eligibility_at"": ""2026-01-05T13:50:00Z"", ""notes_locked"": true,
    ""codes_checked"": true, ""seen_at"": ""2026-01-05T08:00:00Z"", ""attached"": [""radiograph"", ""narrative""]}";

  private static int Main(string[] args) {
    try {
      using (Engine engine = Engine.Open(args[0])) {
        Publish(engine, Path.Combine(args[1], "dso/billing_claims.sop.json"));
        Publish(engine, Path.Combine(args[1], "hosts/claim_sending.sop.json"));
        Press(engine, Incomplete, false);
        Console.WriteLine("eligibility confirmed, narrative attached");
        if (Press(engine, Complete, args.Length > 2)) Deliver(engine);
        Tell(engine);
      }
      return 0;
    } catch (AesopException error) {  // also Rejected, which is one
      Console.Error.WriteLine(error.Message + " " + error.Help);
      return 1;
    }
  }

  // The same text twice is fine: every start of the program does it.
  private static void Publish(Engine engine, string path) {
    engine.Publish(By("host", "publish " + Path.GetFileName(path) + " 1.0.0"), File.ReadAllText(path));
  }

  // The button. The command ids name what the user wants, not the attempt: pressed again after a crash, they are the same.
  // What the gate said is kept under its receipt: asked again at another time it is another answer.
  private static bool Press(Engine engine, string facts, bool kill) {
    Console.WriteLine("[Send claim] " + Claim);
    Report report = engine.CheckGate("billing_claims", "send_claim", facts, Now);
    if (report.Verdict == Verdict.Block) {
      foreach (XmlElement failure in Json(report.Json).SelectNodes("failures/item"))
        Console.WriteLine("  no: " + failure["message"].InnerText + " " + failure["fix"].InnerText);
      return false;
    }
    string kept = engine.RecordGate(By("ana", "gate " + Json(report.Json)["receipt"].InnerText), report.Json, Claim);
    Console.WriteLine("  yes, kept as entry " + Json(kept)["seq"].InnerText + " of the log");

    Request request = By("ana", "send " + Claim);
    request.Run = Run;
    string answer = engine.Start(request, "claim_sending", Claim, @"{""data"": {""codes"": [""D2740""]}}");
    if (kill) {  // the run is in the file, and nobody has heard of it
      Console.Out.Flush();
      Process.GetCurrentProcess().Kill();
    }
    XmlElement run = Json(answer);
    Console.WriteLine("  run " + run["run"].InnerText + " is started, revision " + run["revision"].InnerText);
    return true;
  }

  // Does what the procedure asks for. An effect is leased: if this program dies, it comes again with the same key.
  private static void Deliver(Engine engine) {
    foreach (XmlElement effect in Json(engine.PollOutbox(Now, 60)).SelectNodes("effects/item")) {
      XmlElement body = effect["body"];
      string key = effect["key"].InnerText, task = body["task"].InnerText;
      Console.WriteLine("  effect " + key + ": " + body["operation"].InnerText);
      string control = "ICN-4711";  // the clearinghouse's answer
      engine.CompleteService(By("host", "sent " + task), task, @"{""control"": """ + control + @"""}");
      engine.Ack(By("host", "ack " + key), effect["effect"].InnerText);
      Console.WriteLine("  handed over, control number " + control);
    }
  }

  private static void Tell(Engine engine) {
    XmlElement run = Json(engine.Run(Run)), log = Json(engine.VerifyLog());
    int runs = Json(engine.Runs()).SelectNodes("runs/item").Count;
    Console.WriteLine("run " + Run + ": " + run["status"].InnerText + ", " + run["outcome"].InnerText);
    Console.WriteLine(runs + " run, " + log["entries"].InnerText + " entries in the log, sound: " + log["sound"].InnerText);
  }

  private static Request By(string person, string commandId) {
    string actor = @"{""id"": """ + person + @""", ""roles"": [""biller""]}";
    return new Request { CommandId = commandId, At = Now, Actor = actor };
  }

  private static XmlElement Json(string text) {
    var document = new XmlDocument();
    using (XmlReader reader = JsonReaderWriterFactory.CreateJsonReader(Encoding.UTF8.GetBytes(text), XmlDictionaryReaderQuotas.Max))
      document.Load(reader);
    return document.DocumentElement;
  }
}
