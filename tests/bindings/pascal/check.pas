// What the Pascal binding promises, each in a sentence; the same sentences in every language (tests/bindings/check.output).
//   check FOLDER SOP
program check;

{$mode delphi}

uses
  Classes, SysUtils, aesop, aesop_base, aesop_classes;

type
  TAction = procedure;

const
  Bad = '{"aesop": 1, "sop": "bad", "version": "1.0.0", "title": "Bad", "steps": []}';
  Sequence = 'M'#$C3#$BC'ller '#$E4#$B8#$AD' '#$F0#$9F#$A6#$B7;  // the bytes of UTF-8

var
  Now: Int64;
  Sop, First: TAesopUtf8;
  Engine: TAesopEngine;
  Expr: TAesopExpr;
  Dmn: TAesopDmn;
  Read: TAesopSop;
  Report: TAesopReport;
  Options: TAesopOpenOptions;
  Text: TStringList;
  Caught: record
    Status: TAesopStatus;
    Rejected: Boolean;
    Message, Json: TAesopUtf8;
  end;
  Handle: PAesopEngine;
  Answer: PAesopText;

procedure Say(const Rule: string; Holds: Boolean);
begin
  if Holds then
    WriteLn('yes: ', Rule)
  else
    WriteLn('NO: ', Rule);
end;

procedure Catch(Action: TAction);
begin
  Caught.Status := AESOP_OK;
  Caught.Rejected := False;
  Caught.Message := '';
  Caught.Json := '';
  try
    Action;
  except
    on E: EAesop do
    begin
      Caught.Status := E.Status;
      Caught.Rejected := E is ERejected;
      Caught.Message := E.Message;
      Caught.Json := E.Json;
    end;
  end;
end;

function IsError(Status: TAesopStatus): Boolean;
begin
  Result := (Caught.Status = Status) and not Caught.Rejected and (Caught.Message <> '');
end;

function Refused(const Reason: string): Boolean;
begin
  Result := Caught.Rejected and (Pos('"reason":"' + Reason, Caught.Json) > 0);
end;

function By(const Id: string; const Run: string = ''): TAesopRequest;
begin
  Result := AesopRequest(Id, Now, '{"id": "ana", "roles": ["biller", "rcm_lead"]}', Run);
end;

procedure CompileBad;
begin
  TAesopExpr.Compile('x +', '["x"]');
end;

procedure OpenBad;
begin
  TAesopGate.Open(Bad);
end;

procedure OpenNone;
begin
  TAesopEngine.OpenWith(ParamStr(1) + '/none.db', Options);
end;

procedure PublishBad;
begin
  Engine.Publish(By('bad'), Bad);
end;

procedure SuspendLate;
var
  Request: TAesopRequest;
begin
  Request := By('late', 'r1');
  Request.ExpectedRevision := 1;
  Engine.Suspend(Request, 'late');
end;

procedure SuspendFuture;
var
  Request: TAesopRequest;
begin
  Request := By('future', 'r1');
  Request.OccurredAt := Now + Int64(3600) * 1000000;
  Engine.Suspend(Request, 'future');
end;

procedure AttachBytes;
begin
  Engine.AttachBytes(By('bytes'), 'r1:1.3', TBytes.Create(0, 255, 10), 'image/png');
end;

begin
  Now := AesopTime(EncodeDate(2026, 1, 5) + EncodeTime(14, 0, 0, 123)) + 456;
  Text := TStringList.Create;
  Text.LoadFromFile(ParamStr(2));
  Sop := Text.Text;
  Text.Free;
  Say('the library says its version and the names of statuses', (AesopSentence(aesop_version) <> '') and
    (AesopSentence(aesop_status_name(AESOP_E_NOT_FOUND)) = 'not-found') and (aesop_text_limit > 1000));
  Expr := TAesopExpr.Compile('x + "!"', '["x"]');
  Say('a text of any script comes back as it went',
    CompareByte(Expr.Evaluate('{"x": "' + Sequence + '"}', Now)[1], AnsiString('{"value":"' + Sequence + '!"}')[1], Length(Sequence) + 13) = 0);
  Expr.Free;
  Expr := TAesopExpr.Compile('now()');
  Say('a time keeps its microseconds', Pos('14:00:00.123456', Expr.Evaluate('', Now)) > 0);
  Expr.Free;
  Catch(CompileBad);
  Say('an error has its status, a message and JSON',
    IsError(AESOP_E_BAD_EXPRESSION) and (Pos('"code":"bad-expression"', Caught.Json) > 0));
  Catch(OpenBad);
  Say('an unsound SOP tells its findings', IsError(AESOP_E_UNSOUND_DEFINITION) and (Pos('"findings":[', Caught.Json) > 0));
  Read := TAesopSop.Load(Sop, 'sending');
  Say('an SOP that is sound says so', Read.IsSound and (Read.Findings = '[]') and (TAesopSop.Format(Sop) = Sop));
  Read.Free;
  Dmn := TAesopDmn.Open(
    '<definitions xmlns="https://www.omg.org/spec/DMN/20230324/MODEL/" name="m" namespace="urn:m">' +
    '<inputData id="d" name="Day"><variable name="Day" typeRef="date"/></inputData>' +
    '<decision id="n" name="Next"><variable name="Next" typeRef="date"/>' +
    '<informationRequirement><requiredInput href="#d"/></informationRequirement>' +
    '<literalExpression><text>Day + @"P1D"</text></literalExpression></decision></definitions>');
  Say('a decision model is asked', Dmn.Evaluate('Next', '{"Day": "2026-02-28"}', Now) = '{"value":"2026-03-01"}');
  Dmn.Free;
  Options := AesopOpenOptions;
  Options.Create := False;
  Catch(OpenNone);
  Say('options arrive', IsError(AESOP_E_NOT_FOUND));

  Options.Create := True;
  Options.Exclusive := True;
  Engine := TAesopEngine.OpenWith(ParamStr(1) + '/check.db', Options);
  Catch(PublishBad);
  Say('a refusal is another exception, with its answer', Refused('unsound_definition'));
  Engine.BeginBatch;
  Engine.Publish(By('publish'), Sop);
  Engine.RollbackBatch;
  Say('a batch is forgotten', Engine.Sops = '{"sops":[]}');
  Engine.Publish(By('publish'), Sop);
  First := Engine.Start(By('start', 'r1'), 'claim_sending', 'claim/1');
  Say('the same command id again gives the same answer', First = Engine.Start(By('start', 'r1'), 'claim_sending', 'claim/1'));
  Catch(SuspendLate);
  Say('an expected revision arrives', Refused('conflict'));
  Catch(SuspendFuture);
  Say('a time of occurrence arrives', Caught.Status <> AESOP_OK);
  Say('what is well asked is done', Pos('"status":"suspended"', Engine.Suspend(By('stop', 'r1'), 'stop')) > 0);
  Say('a number comes back', Engine.Rebuild = 1);
  Report := Engine.CheckGate('claim_sending', 'any', '{}', Now, '{"scope": "org"}');
  Say('a gate''s report has its verdict', (Report.Verdict = AESOP_VERDICT_PASS) and (Pos('"verdict":"pass"', Report.Json) > 0));
  Catch(AttachBytes);
  Say('bytes that are no text arrive', Refused(''));
  Engine.Free;
  Handle := nil;
  aesop_engine_open(AesopStr(':memory:'), nil, @Handle, nil);
  aesop_engine_close(Handle);
  aesop_engine_close(Handle);
  Say('what was closed is an error, and closing it again is none',
    aesop_engine_runs(Handle, AesopStr(''), @Answer, nil) = AESOP_E_STALE_HANDLE);
end.
