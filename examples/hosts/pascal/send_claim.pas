// The button "Send claim" in a Pascal program: asks the gate, records what it said, starts the run, carries out the effect.
// Copy it. What it shows: a refusal has reasons; a crash costs nothing, because the same command id does nothing twice.
//   send_claim STORE EXAMPLES [--kill]     --kill: dies in the middle, as in a power cut
// Free Pascal; in Delphi read the JSON with System.JSON in place of fpjson.
program send_claim;

{$mode delphi}{$ifdef MSWINDOWS}{$apptype console}{$endif}

uses
  BaseUnix, Classes, SysUtils, fpjson, jsonparser, aesop, aesop_base, aesop_classes;

const
  Claim = 'claim/4711';
  Run = 'claim-4711';
  // What the program knows of the claim, as the variables of the SOP.
  Incomplete = '{"payer": "bluepeak", "codes": ["D2740"], "amount": 1240, "eligibility_status": "unknown", ' +
    '"notes_locked": true, "codes_checked": true, "seen_at": "2026-01-05T08:00:00Z", "attached": ["radiograph"]}';
  Complete = '{"payer": "bluepeak", "codes": ["D2740"], "amount": 1240, "eligibility_status": "active", ' +
    '"eligibility_at": "2026-01-05T13:50:00Z", "notes_locked": true, "codes_checked": true, ' +
    '"seen_at": "2026-01-05T08:00:00Z", "attached": ["radiograph", "narrative"]}';

var
  Engine: TAesopEngine;
  Now: Int64;  // the library reads no clock: a program passes the time, in UTC. Here it is fixed, so that the output is

function By(const Person, CommandId: string): TAesopRequest;
begin
  Result := AesopRequest(CommandId, Now, '{"id": "' + Person + '", "roles": ["biller"]}');
end;

// The same text twice is fine: every start of the program does it.
procedure Publish(const Path: string);
var
  Sop: TStringList;
begin
  Sop := TStringList.Create;
  try
    Sop.LoadFromFile(Path);
    Engine.Publish(By('host', 'publish ' + ExtractFileName(Path) + ' 1.0.0'), Sop.Text);
  finally
    Sop.Free;
  end;
end;

// The button. The command ids name what the user wants, not the attempt: pressed again after a crash, they are the same.
// What the gate said is kept under its receipt: asked again at another time it is another answer.
function Press(const Facts: string; Kill: Boolean): Boolean;
var
  Report: TAesopReport;
  Failure: TJSONEnum;
  Request: TAesopRequest;
  Answer: TJSONData;
  Receipt: string;
begin
  WriteLn('[Send claim] ', Claim);
  Report := Engine.CheckGate('billing_claims', 'send_claim', Facts, Now);
  Answer := GetJSON(Report.Json);
  if Report.Verdict = AESOP_VERDICT_BLOCK then
  begin
    for Failure in Answer.FindPath('failures') do
      WriteLn('  no: ', Failure.Value.FindPath('message').AsString, ' ', Failure.Value.FindPath('fix').AsString);
    Answer.Free;
    Exit(False);
  end;
  Receipt := Answer.FindPath('receipt').AsString;
  Answer.Free;
  Answer := GetJSON(Engine.RecordGate(By('ana', 'gate ' + Receipt), Report.Json, Claim));
  WriteLn('  yes, kept as entry ', Answer.FindPath('seq').AsString, ' of the log');
  Answer.Free;

  Request := By('ana', 'send ' + Claim);
  Request.Run := Run;
  Answer := GetJSON(Engine.Start(Request, 'claim_sending', Claim, '{"data": {"codes": ["D2740"]}}'));
  if Kill then  // the run is in the file, and nobody has heard of it
  begin
    Flush(Output);
    FpKill(FpGetpid, SIGKILL);
  end;
  WriteLn('  run ', Answer.FindPath('run').AsString, ' is started, revision ', Answer.FindPath('revision').AsString);
  Answer.Free;
  Result := True;
end;

// Does what the procedure asks for. An effect is leased: if this program dies, it comes again with the same key.
procedure Deliver;
const
  Control = 'ICN-4711';  // the clearinghouse's answer
var
  Outbox: TJSONData;
  Effect: TJSONEnum;
  Task, Key: string;
begin
  Outbox := GetJSON(Engine.PollOutbox(Now, 60));
  for Effect in Outbox.FindPath('effects') do
  begin
    Key := Effect.Value.FindPath('key').AsString;
    WriteLn('  effect ', Key, ': ', Effect.Value.FindPath('body.operation').AsString);
    Task := Effect.Value.FindPath('body.task').AsString;
    Engine.CompleteService(By('host', 'sent ' + Task), Task, '{"control": "' + Control + '"}');
    Engine.Ack(By('host', 'ack ' + Key), Effect.Value.FindPath('effect').AsString);
    WriteLn('  handed over, control number ', Control);
  end;
  Outbox.Free;
end;

procedure Tell;
var
  Its, Log, Runs: TJSONData;
begin
  Its := GetJSON(Engine.Run(Run));
  Log := GetJSON(Engine.VerifyLog);
  Runs := GetJSON(Engine.Runs);
  WriteLn('run ', Run, ': ', Its.FindPath('status').AsString, ', ', Its.FindPath('outcome').AsString);
  WriteLn(Runs.FindPath('runs').Count, ' run, ', Log.FindPath('entries').AsString, ' entries in the log, sound: ',
    LowerCase(Log.FindPath('sound').AsString));
  Its.Free;
  Log.Free;
  Runs.Free;
end;

begin
  Now := AesopTime(EncodeDate(2026, 1, 5) + EncodeTime(14, 0, 0, 0));
  try
    Engine := TAesopEngine.Open(ParamStr(1));
    try
      Publish(ParamStr(2) + '/dso/billing_claims.sop.json');
      Publish(ParamStr(2) + '/hosts/claim_sending.sop.json');
      Press(Incomplete, False);
      WriteLn('eligibility confirmed, narrative attached');
      if Press(Complete, ParamCount > 2) then
        Deliver;
      Tell;
    finally
      Engine.Free;
    end;
  except
    on E: EAesop do  // also ERejected, which is one
    begin
      WriteLn(ErrOutput, E.Message, ' ', E.Help);
      ExitCode := 1;
    end;
  end;
end.
