// From zero to the gate in Pascal: may this claim go out?   gate SOP
program gate;

{$ifdef FPC}{$mode delphi}{$endif}{$ifdef MSWINDOWS}{$apptype console}{$endif}

uses
  Classes, SysUtils, aesop, aesop_base, aesop_classes;

const
  Facts = '{"payer": "bluepeak", "codes": ["D2740"], "amount": 1240, "notes_locked": true, ' +
    '"codes_checked": true, "seen_at": "2026-01-05T08:00:00Z", "attached": ["radiograph"]}';

var
  Sop: TStringList;
  SendClaim: TAesopGate;
  Report: TAesopReport;
begin
  Sop := TStringList.Create;
  SendClaim := nil;
  try
    try
      Sop.LoadFromFile(ParamStr(1));
      SendClaim := TAesopGate.Open(Sop.Text, 'send_claim');
      Report := SendClaim.Check(Facts, AesopTime(EncodeDate(2026, 1, 5) + EncodeTime(14, 0, 0, 0)));  // your time, in UTC
      if Report.Verdict = AESOP_VERDICT_BLOCK then WriteLn('blocked') else WriteLn('may go out');
      WriteLn(Report.Json);  // failures: each with its message and its fix
    except
      on E: EAesop do
      begin
        WriteLn(ErrOutput, E.Message, ' ', E.Help);
        ExitCode := 1;
      end;
    end;
  finally
    SendClaim.Free;
    Sop.Free;
  end;
end.
