// What aesop_classes.pas (generated) stands on: requests, errors, strings across the border. Written by hand; Free Pascal 3.2
// and Delphi.
//
//   (1) Whatever the library gives is freed here, also when an exception is on its way.
//   (2) A method raises EAesop for an error and ERejected for a refusal; it returns only what was done.
//   (3) Strings are UTF-8. Delphi converts to and from TAesopUtf8 by itself; Free Pascal takes the bytes of an AnsiString as
//       they are, which are UTF-8 in Lazarus and wherever sources and files are.
unit aesop_base;

{$ifdef FPC}
{$mode delphi}
{$endif}

interface

uses
  SysUtils, aesop;

type
{$ifdef FPC}
  TAesopUtf8 = RawByteString;
{$else}
  TAesopUtf8 = UTF8String;
{$endif}

  // Something could not be asked or done. Status names it for ever; Help says what to do and may be empty; Json has everything:
  // {"code", "message", "help"?, "findings"?}.
  EAesop = class(Exception)
  public
    Status: TAesopStatus;
    Help, Json: TAesopUtf8;
  end;

  // A command was understood and refused; nothing has changed and the attempt is in the log. Answer says why, as JSON:
  // {"reason", "message", ...}.
  ERejected = class(EAesop)
  public
    Answer: TAesopUtf8;
  end;

  // What a gate said, and its report as JSON: {verdict, failures: [{check, message, fix, ...}], receipt, ...}.
  TAesopReport = record
    Verdict: TAesopVerdict;  // AESOP_VERDICT_PASS, _WARN or _BLOCK
    Json: TAesopUtf8;
  end;

  // Who asks, when, and under which id: what every command that writes has. Begin with AesopRequest.
  TAesopRequest = record
    CommandId: TAesopUtf8;    // names this request for ever: the same id again gives the same answer and does nothing
    Now: Int64;               // in microseconds since 1970: AesopTime
    Actor: TAesopUtf8;        // JSON: {"id": "ana", "roles": ["biller"], "scope": "org/west"}; or an id alone
    Run: TAesopUtf8;          // the run; empty where a task names it, or where there is none
    ExpectedRevision: UInt64; // refuse with `conflict` when the run has moved on; or AESOP_NO_REVISION
    OccurredAt: Int64;        // a late fact: when it happened; or AESOP_NO_TIME
  end;

  // How an engine opens its store. Begin with AesopOpenOptions.
  TAesopOpenOptions = record
    Create, ReadOnly, Exclusive, AllowNetwork: Boolean;
    BusyMilliseconds: UInt32;
  end;

function AesopRequest(const CommandId: TAesopUtf8; Now: Int64; const Actor: TAesopUtf8; const Run: TAesopUtf8 = ''): TAesopRequest;
function AesopOpenOptions: TAesopOpenOptions;

// A time in UTC as Aesop counts, in microseconds since 1970.
function AesopTime(Utc: TDateTime): Int64;

// For aesop_classes.pas. What they point to is the caller's and lives as long as his variable.
function AesopStr(const Text: TAesopUtf8): TAesopStr;
function AesopBytes(const Bytes: TBytes): TAesopStr;
function AesopRequestData(const Request: TAesopRequest): TAesopRequestData;
function AesopOpenOptionsData(const Options: TAesopOpenOptions): TAesopOpenOptionsData;
function AesopTake(Text: PAesopText): TAesopUtf8;
function AesopSentence(Text: PAnsiChar): TAesopUtf8;
procedure AesopCheck(Status: TAesopStatus; Answer: PAesopText; Error: PAesopError);

implementation

function AesopRequest(const CommandId: TAesopUtf8; Now: Int64; const Actor: TAesopUtf8; const Run: TAesopUtf8): TAesopRequest;
begin
  Result.CommandId := CommandId;
  Result.Now := Now;
  Result.Actor := Actor;
  Result.Run := Run;
  Result.ExpectedRevision := AESOP_NO_REVISION;
  Result.OccurredAt := AESOP_NO_TIME;
end;

function AesopOpenOptions: TAesopOpenOptions;
begin
  Result.Create := True;
  Result.ReadOnly := False;
  Result.Exclusive := False;
  Result.AllowNetwork := False;
  Result.BusyMilliseconds := 5000;
end;

// TDateTime counts days in a Double: its milliseconds are exact, what is finer is not.
function AesopTime(Utc: TDateTime): Int64;
begin
  Result := Round((Utc - EncodeDate(1970, 1, 1)) * MSecsPerDay) * 1000;
end;

function AesopStr(const Text: TAesopUtf8): TAesopStr;
begin
  Result.Data := PAnsiChar(Text);
  Result.Size := Length(Text);
end;

function AesopBytes(const Bytes: TBytes): TAesopStr;
begin
  Result.Data := PAnsiChar(Bytes);
  Result.Size := Length(Bytes);
end;

function AesopRequestData(const Request: TAesopRequest): TAesopRequestData;
begin
  aesop_request_init(@Result);
  Result.CommandId := AesopStr(Request.CommandId);
  Result.At_ := Request.Now;
  Result.Actor := AesopStr(Request.Actor);
  Result.Run := AesopStr(Request.Run);
  Result.ExpectedRevision := Request.ExpectedRevision;
  Result.OccurredAt := Request.OccurredAt;
end;

function AesopOpenOptionsData(const Options: TAesopOpenOptions): TAesopOpenOptionsData;
begin
  aesop_open_options_init(@Result);
  Result.Create := Ord(Options.Create);
  Result.ReadOnly := Ord(Options.ReadOnly);
  Result.Exclusive := Ord(Options.Exclusive);
  Result.AllowNetwork := Ord(Options.AllowNetwork);
  Result.BusyMilliseconds := Options.BusyMilliseconds;
end;

function Copied(Data: PAnsiChar; Size: NativeUInt): TAesopUtf8;
begin
  SetLength(Result, Size);
  if Size = 0 then
    Exit;
  Move(Data^, Result[1], Size);
{$ifdef FPC}
  SetCodePage(Result, CP_UTF8, False);
{$endif}
end;

function AesopTake(Text: PAesopText): TAesopUtf8;
begin
  Result := Copied(aesop_text_data(Text), aesop_text_size(Text));
  aesop_text_free(Text);
end;

// A text that ends with a NUL and stays the library's.
function AesopSentence(Text: PAnsiChar): TAesopUtf8;
begin
  Result := Copied(Text, StrLen(Text));
end;

procedure AesopCheck(Status: TAesopStatus; Answer: PAesopText; Error: PAesopError);
var
  Refused: ERejected;
  Failed: EAesop;
begin
  if Status = AESOP_OK then
    Exit;
  if Status = AESOP_REJECTED then
  begin
    Refused := ERejected.Create('refused');
    Refused.Answer := AesopTake(Answer);
    Refused.Message := 'refused: ' + string(Refused.Answer);
    Refused.Status := Status;
    Refused.Json := Refused.Answer;
    raise Refused;
  end;
  aesop_text_free(Answer);
  if Error = nil then
    Failed := EAesop.Create(string(AesopSentence(aesop_status_text(Status))))
  else
    Failed := EAesop.Create(string(AesopSentence(aesop_error_message(Error))));
  Failed.Status := Status;
  Failed.Help := AesopSentence(aesop_error_help(Error));
  Failed.Json := AesopSentence(aesop_error_json(Error));
  aesop_error_free(Error);
  raise Failed;
end;

initialization
  if aesop_abi_version <> AESOP_ABI_VERSION_ then
    raise EAesop.CreateFmt('the library has interface %d, this unit was made for %d', [aesop_abi_version, AESOP_ABI_VERSION_]);
end.
