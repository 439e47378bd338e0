// Generated from capi/include/aesop.h by bindings/generate/pascal.py; do not edit.
// The C API of Aesop as classes: a method for each function. Errors are EAesop, refusals ERejected (aesop_base.pas).
unit aesop_classes;

{$ifdef FPC}
{$mode delphi}
{$packrecords c}
{$endif}

interface

uses
  SysUtils, aesop, aesop_base;

type
  // An SOP as it was read, sound or not.
  TAesopSop = class
  private
    FHandle: PAesopSop;
  public
    // Reads an SOP and looks for everything that can be known to be wrong with it. It is given also when it has errors; only a
    // text that is no JSON at all, or has a wrong encoding, is an error here. `name` is how findings call the text.
    constructor Load(const Text: TAesopUtf8; const Name: TAesopUtf8);
    destructor Destroy; override;
    // 1 when it may be published: no finding of severity error.
    function IsSound: Boolean;
    // All findings as a JSON list: [{code, severity, line, column, message, help?}].
    function Findings: TAesopUtf8;
    // The findings as people read them: code, place, the line with a caret, help.
    function Render: TAesopUtf8;
    // The SOP as the procedure that people read.
    function Show: TAesopUtf8;
    // {"sop", "version", "title", "hash"?, "gates": [...], "rules": [...], "steps": [...]} as JSON; `hash` where it is sound.
    function Info: TAesopUtf8;
    // An SOP's text in the one layout of `aesop fmt`; comments are kept.
    class function Format(const Text: TAesopUtf8): TAesopUtf8;
  end;

  // A gate, ready to be asked.
  TAesopGate = class
  private
    FHandle: PAesopGate;
  public
    // Reads an SOP and makes one of its gates ready; `gate` may be empty where the SOP has only one. Parameters are the SOP's
    // defaults; for those of a scope ask aesop_engine_check_gate. AESOP_E_UNSOUND_DEFINITION (the error's JSON has the findings),
    // AESOP_E_NOT_FOUND.
    constructor Open(const SopText: TAesopUtf8; const Gate: TAesopUtf8 = '');
    destructor Destroy; override;
    // Asks it. `facts` is a JSON object of the SOP's variables; what is not given is null. `approved` is a JSON list of exception
    // policies that count as approved, or empty. The report is that of the command `gate`: {verdict, failures: [{check, enforce,
    // message, fix, exception}], receipt, ...}. No disk is touched; aesop_engine_record_gate keeps the report.
    // AESOP_E_SCHEMA_ERROR for a variable the SOP does not declare, AESOP_E_TYPE_MISMATCH, AESOP_E_NOT_FOUND for a policy it does not
    // have.
    function Check(const Facts: TAesopUtf8; At_: Int64; const Approved: TAesopUtf8 = ''): TAesopReport;
  end;

  // A rule of an SOP: a decision table or an expression.
  TAesopRule = class
  private
    FHandle: PAesopRule;
  public
    // Makes a rule of an SOP ready: a decision table or an expression; `rule` may be empty where the SOP has only one. Errors as of
    // aesop_gate_open.
    constructor Open(const SopText: TAesopUtf8; const Rule: TAesopUtf8 = '');
    destructor Destroy; override;
    // {"value": ..., "diagnostics"?: [why it is null]} as JSON. `facts` are by name what the rule would read in a run: variables
    // (else null), parameters (else their default), gates as {"verdict", "blocked"?, "warned"?} (else asked, over the same
    // facts), results of steps (else null) and `run`. Errors as of aesop_gate_check.
    function Evaluate(const Facts: TAesopUtf8; At_: Int64): TAesopUtf8;
  end;

  // A FEEL expression, compiled.
  TAesopExpr = class
  private
    FHandle: PAesopExpr;
  public
    // Compiles a FEEL expression. `names` is a JSON list of the names it may use, of values of any type; or empty.
    // AESOP_E_BAD_EXPRESSION, AESOP_E_UNKNOWN_NAME.
    constructor Compile(const Feel: TAesopUtf8; const Names: TAesopUtf8 = '');
    destructor Destroy; override;
    // {"value": ..., "diagnostics"?: [why it is null]} as JSON. `context` is a JSON object; names it lacks are null.
    function Evaluate(const Context: TAesopUtf8; At_: Int64): TAesopUtf8;
  end;

  // A DMN model, compiled with those it imports.
  TAesopDmn = class
  private
    FHandle: PAesopDmn;
  public
    // Reads a DMN model, the text of a .dmn file of version 1.1 to 1.5, and compiles it with the models it imports. more: imports
    // (their texts by the names of their files: {"rates.dmn": "<definitions ..."}), strict. As DMN has it, what is wrong in an
    // expression makes it null when it is evaluated, with a diagnostic, and one that cannot even be read is a warning among the
    // findings; with "strict": true both are errors. A function in another language (kind Java or PMML) is null with a diagnostic:
    // this interface calls nothing back. The model is immutable, and used at once by any number of threads. AESOP_E_PARSE_ERROR,
    // AESOP_E_SCHEMA_ERROR (XML, but no model), AESOP_E_UNSUPPORTED_VERSION, AESOP_E_UNSOUND_DEFINITION: the error's JSON has the
    // findings with line and column.
    constructor Open(const Model: TAesopUtf8; const More: TAesopUtf8 = '');
    destructor Destroy; override;
    // All findings as a JSON list, as of aesop_sop_findings; none of a model that was opened is an error.
    function Findings: TAesopUtf8;
    // What it offers: {"name", "namespace", "imports": [{"name", "namespace"}], "inputs": [{"name", "type"}], "decisions": [{"name",
    // "type", "inputs", "table"}], "services": [{"name", "type", "inputs", "outputs"}], "knowledge": [{"name", "type", "inputs",
    // "table"}]} as JSON; `table` says whether it is a decision table.
    function Describe: TAesopUtf8;
    // The value of a decision with all that it rests on: {"value": ..., "diagnostics"?: [why it is null, and where]} as JSON. `inputs`
    // is a JSON object by the names of the input data, those of an import in a member named as it is; or empty. What it lacks is
    // null; a text is a date, time or duration where the model says so. `zone` is the IANA name of where now() and today() are told;
    // or empty, for UTC. AESOP_E_NOT_FOUND, AESOP_E_SCHEMA_ERROR for an input that the model does not have.
    function Evaluate(const Decision: TAesopUtf8; const Inputs: TAesopUtf8; At_: Int64; const Zone: TAesopUtf8 = ''): TAesopUtf8;
    // The same, and how it came to be: {"value", "diagnostics"?, "steps": [{"element", "depth", "value", "rules"}]} as JSON, the decision first,
    // then the decisions and knowledge that it asked for, each with what it gave and, of each decision table in it, the numbers of the
    // rules that matched. `inputs` may be empty. `zone` may be empty.
    function Explain(const Decision: TAesopUtf8; const Inputs: TAesopUtf8; At_: Int64; const Zone: TAesopUtf8 = ''): TAesopUtf8;
    // The same as aesop_dmn_evaluate for a decision service: of one output its value, of several an object. `inputs` are its input data and input
    // decisions by name; or empty. `zone` may be empty.
    function EvaluateService(const Service: TAesopUtf8; const Inputs: TAesopUtf8; At_: Int64; const Zone: TAesopUtf8 = ''): TAesopUtf8;
    // The same for a business knowledge model. `inputs` are its parameters by name; or empty. `zone` may be empty.
    function EvaluateKnowledge(const Knowledge: TAesopUtf8; const Inputs: TAesopUtf8; At_: Int64; const Zone: TAesopUtf8 = ''): TAesopUtf8;
  end;

  // SOPs and their runs in a store.
  TAesopEngine = class
  private
    FHandle: PAesopEngine;
  public
    // Opens the store in a file; ":memory:" is one that is gone with the engine. `options` may be NULL. AESOP_E_NOT_A_STORE,
    // AESOP_E_NEWER_SCHEMA, AESOP_E_NETWORK_FILESYSTEM, AESOP_E_NOT_FOUND, AESOP_E_BUSY, AESOP_E_IO_ERROR.
    constructor Open(const Path: TAesopUtf8);
    constructor OpenWith(const Path: TAesopUtf8; const Options: TAesopOpenOptions);
    // Closes it. A call under way in another thread ends first.
    destructor Destroy; override;
    // Any command as one JSON object, docs/commands.md; gives {"ok": ...} with AESOP_OK, {"rejected": ...} with AESOP_REJECTED. What
    // the page calls {"error": ...} is an error here, like any other.
    function Execute(const Command: TAesopUtf8): TAesopUtf8;
    // Until aesop_engine_commit_batch, commands share one transaction and one sync, and their answers are provisional.
    procedure BeginBatch;
    // Makes the batch durable. After an error nothing of it is known to be kept: repeat its commands with the same ids.
    procedure CommitBatch;
    // Forgets the batch.
    procedure RollbackBatch;
    // Publishes a sound SOP for ever; refused with findings otherwise (`unsound_definition`, `already_published`).
    function Publish(const Request: TAesopRequest; const SopText: TAesopUtf8): TAesopUtf8;
    // Registers a person; `grants` is a JSON list of {role, scope}. more: name.
    function PutPerson(const Request: TAesopRequest; const Person: TAesopUtf8; const Grants: TAesopUtf8; const More: TAesopUtf8 = ''): TAesopUtf8;
    function RemovePerson(const Request: TAesopRequest; const Person: TAesopUtf8): TAesopUtf8;
    // Sets a parameter; `value` is JSON. more: sop, scope.
    function SetParameter(const Request: TAesopRequest; const Name: TAesopUtf8; const Value: TAesopUtf8; const More: TAesopUtf8 = ''): TAesopUtf8;
    // Puts working hours in place of an SOP's; `calendar` is JSON as in an SOP. more: scope.
    function PutCalendar(const Request: TAesopRequest; const Name: TAesopUtf8; const Calendar: TAesopUtf8; const More: TAesopUtf8 = ''): TAesopUtf8;
    // Erases data of the closed run of the request, for good. more: revisions.
    function Erase(const Request: TAesopRequest; const Reason: TAesopUtf8; const More: TAesopUtf8 = ''): TAesopUtf8;
    // Starts a run; request.run names it, or is empty for a derived id. more: version, key, scope, thread, parent, cause, data.
    function Start(const Request: TAesopRequest; const Sop: TAesopUtf8; const Subject: TAesopUtf8; const More: TAesopUtf8 = ''): TAesopUtf8;
    // Reports a fact to the run of the request; `payload` is a JSON object or empty. more: subject, key.
    function RecordEvent(const Request: TAesopRequest; const Event: TAesopUtf8; const Payload: TAesopUtf8 = ''; const More: TAesopUtf8 = ''): TAesopUtf8;
    function Suspend(const Request: TAesopRequest; const Reason: TAesopUtf8): TAesopUtf8;
    function Resume(const Request: TAesopRequest): TAesopUtf8;
    function Cancel(const Request: TAesopRequest; const Reason: TAesopUtf8): TAesopUtf8;
    function Claim(const Request: TAesopRequest; const Task: TAesopUtf8; const More: TAesopUtf8 = ''): TAesopUtf8;
    function StartTask(const Request: TAesopRequest; const Task: TAesopUtf8; const More: TAesopUtf8 = ''): TAesopUtf8;
    function Stop(const Request: TAesopRequest; const Task: TAesopUtf8; const More: TAesopUtf8 = ''): TAesopUtf8;
    function Release(const Request: TAesopRequest; const Task: TAesopUtf8; const More: TAesopUtf8 = ''): TAesopUtf8;
    function Delegate(const Request: TAesopRequest; const Task: TAesopUtf8; const To_: TAesopUtf8; const More: TAesopUtf8 = ''): TAesopUtf8;
    function Forward(const Request: TAesopRequest; const Task: TAesopUtf8; const More: TAesopUtf8 = ''): TAesopUtf8;
    // more: until.
    function SuspendTask(const Request: TAesopRequest; const Task: TAesopUtf8; const More: TAesopUtf8 = ''): TAesopUtf8;
    function ResumeTask(const Request: TAesopRequest; const Task: TAesopUtf8; const More: TAesopUtf8 = ''): TAesopUtf8;
    // Ticks an item of the checklist. more: reading, note.
    function Tick(const Request: TAesopRequest; const Task: TAesopUtf8; const Item: TAesopUtf8; const More: TAesopUtf8 = ''): TAesopUtf8;
    function Untick(const Request: TAesopRequest; const Task: TAesopUtf8; const Item: TAesopUtf8; const More: TAesopUtf8 = ''): TAesopUtf8;
    // Keeps proof whose bytes are elsewhere: their SHA-256 (64 hexadecimal digits) and where they are. more: item, name.
    function AttachEvidence(const Request: TAesopRequest; const Task: TAesopUtf8; const Sha256: TAesopUtf8; const MediaType: TAesopUtf8; const Uri: TAesopUtf8; const More: TAesopUtf8 = ''): TAesopUtf8;
    // Keeps proof with its bytes, any bytes, at most 256 KiB. more: item, name.
    function AttachBytes(const Request: TAesopRequest; const Task: TAesopUtf8; const Bytes: TBytes; const MediaType: TAesopUtf8; const More: TAesopUtf8 = ''): TAesopUtf8;
    // Keeps a form in progress; `form` is a JSON object.
    function Save(const Request: TAesopRequest; const Task: TAesopUtf8; const Form: TAesopUtf8; const More: TAesopUtf8 = ''): TAesopUtf8;
    // Finishes a task; `form` is a JSON object or empty. Refused with `blocked` and everything that is missing. more: reasons, note.
    function CompleteStep(const Request: TAesopRequest; const Task: TAesopUtf8; const Form: TAesopUtf8 = ''; const More: TAesopUtf8 = ''): TAesopUtf8;
    // The task cannot be done.
    function Fail(const Request: TAesopRequest; const Task: TAesopUtf8; const Reason: TAesopUtf8; const More: TAesopUtf8 = ''): TAesopUtf8;
    function AcceptReview(const Request: TAesopRequest; const Task: TAesopUtf8; const More: TAesopUtf8 = ''): TAesopUtf8;
    function ReturnForRework(const Request: TAesopRequest; const Task: TAesopUtf8; const Note: TAesopUtf8; const More: TAesopUtf8 = ''): TAesopUtf8;
    // Corrects the last completed form of a step; history stays. more: instance, visit.
    function Correct(const Request: TAesopRequest; const Step: TAesopUtf8; const Form: TAesopUtf8; const Reason: TAesopUtf8; const More: TAesopUtf8 = ''): TAesopUtf8;
    // The operation of a service step was done; `result` is a JSON object or empty.
    function CompleteService(const Request: TAesopRequest; const Task: TAesopUtf8; const Result_: TAesopUtf8 = ''; const More: TAesopUtf8 = ''): TAesopUtf8;
    // It failed; `error` says how. more: retry.
    function FailService(const Request: TAesopRequest; const Task: TAesopUtf8; const Error: TAesopUtf8; const More: TAesopUtf8 = ''): TAesopUtf8;
    // One voice in an approval step: `decision` is "approve" or "refuse". more: note.
    function DecideApproval(const Request: TAesopRequest; const Task: TAesopUtf8; const Decision: TAesopUtf8; const More: TAesopUtf8 = ''): TAesopUtf8;
    // Asks to deviate by a policy of the SOP. more: step or task, documents, reason, until. The answer's `created` names the exception.
    function RequestException(const Request: TAesopRequest; const Policy: TAesopUtf8; const More: TAesopUtf8 = ''): TAesopUtf8;
    // One voice: `decision` is "approve" or "deny". more: note.
    function DecideException(const Request: TAesopRequest; const Exception: TAesopUtf8; const Decision: TAesopUtf8; const More: TAesopUtf8 = ''): TAesopUtf8;
    // Uses an approved exception: the step is skipped. more: step or task.
    function Skip(const Request: TAesopRequest; const Exception: TAesopUtf8; const More: TAesopUtf8 = ''): TAesopUtf8;
    // Uses an approved exception: the step is due later. more: until, step or task.
    function Extend(const Request: TAesopRequest; const Exception: TAesopUtf8; const More: TAesopUtf8 = ''): TAesopUtf8;
    // Acts first, owes a review. more: step or task, documents, until.
    function InvokeEmergency(const Request: TAesopRequest; const Policy: TAesopUtf8; const Reason: TAesopUtf8; const More: TAesopUtf8 = ''): TAesopUtf8;
    // `verdict` is "justified" or "not_justified". more: note.
    function ReviewEmergency(const Request: TAesopRequest; const Exception: TAesopUtf8; const Verdict: TAesopUtf8; const More: TAesopUtf8 = ''): TAesopUtf8;
    function AcknowledgeHandoff(const Request: TAesopRequest; const Handoff: TAesopUtf8): TAesopUtf8;
    function RetryIncident(const Request: TAesopRequest; const Incident: TAesopUtf8): TAesopUtf8;
    // more: data, go.
    function ResolveIncident(const Request: TAesopRequest; const Incident: TAesopUtf8; const Reason: TAesopUtf8; const More: TAesopUtf8 = ''): TAesopUtf8;
    function EndIncident(const Request: TAesopRequest; const Incident: TAesopUtf8; const Reason: TAesopUtf8): TAesopUtf8;
    // Fires what is due by `to` over all runs, at most `limit` timers (0: 1000). {"fired", "more", "stuck"?}; call again while `more`.
    function Advance(To_: Int64; Limit: UInt32 = 0): TAesopUtf8;
    // Takes in events of a host's own stream with its cursor, once. `events` is a JSON list as in docs/commands.md. more: after.
    function Ingest(const Request: TAesopRequest; const Feed: TAesopUtf8; const Cursor: TAesopUtf8; const Events: TAesopUtf8; const More: TAesopUtf8 = ''): TAesopUtf8;
    // Hands out effects that are due, for a lease of so many seconds (0: only looks), at most `limit` (0: 100). {"effects": [...]}.
    function PollOutbox(At_: Int64; LeaseSeconds: UInt32; Limit: UInt32 = 0): TAesopUtf8;
    // The effect was carried out. more: attempt.
    function Ack(const Request: TAesopRequest; const Effect: TAesopUtf8; const More: TAesopUtf8 = ''): TAesopUtf8;
    // It failed; `error` says how. It is handed out again after a pause. more: attempt.
    function FailEffect(const Request: TAesopRequest; const Effect: TAesopUtf8; const Error: TAesopUtf8; const More: TAesopUtf8 = ''): TAesopUtf8;
    // Work items: {"tasks": [...]}. filter: role, person, scope, run, limit.
    function Worklist(const Filter: TAesopUtf8 = ''): TAesopUtf8;
    // The state of a run. AESOP_E_UNKNOWN_RUN.
    function Run(const Run: TAesopUtf8): TAesopUtf8;
    // filter: status, sop, scope, subject, key, after, limit.
    function Runs(const Filter: TAesopUtf8 = ''): TAesopUtf8;
    // Entries of the log. filter: run, after, limit, kinds.
    function Events(const Filter: TAesopUtf8 = ''): TAesopUtf8;
    // What keeps a run, or one step of it, from going on; `step` may be empty.
    function Why(const Run: TAesopUtf8; const Step: TAesopUtf8; At_: Int64): TAesopUtf8;
    // filter: run, until, limit.
    function Timers(const Filter: TAesopUtf8 = ''): TAesopUtf8;
    function People: TAesopUtf8;
    function Parameters: TAesopUtf8;
    function Sops: TAesopUtf8;
    // A published SOP: {"text", "show", "hash", ...}; the version published last where `version` is empty. AESOP_E_NOT_FOUND.
    function Sop(const Sop: TAesopUtf8; const Version: TAesopUtf8 = ''): TAesopUtf8;
    function Feeds: TAesopUtf8;
    // The measures of an SOP with targets, bands and trend: {"kpis": [...]}. filter: sop, version, from, until, scope, by, lineage.
    function Kpis(const Filter: TAesopUtf8 = ''): TAesopUtf8;
    // How often something happened, by the value of a field of it: {"counts": [...]}. filter: amount, sop, version, from, until, scope.
    function Counts(const Moment: TAesopUtf8; const Field: TAesopUtf8; const Filter: TAesopUtf8 = ''): TAesopUtf8;
    // Which rungs fired, how often: {"escalations": [...]}. filter: sop, version, from, until, scope.
    function Escalations(const Filter: TAesopUtf8 = ''): TAesopUtf8;
    // Exceptions that were asked for, and who decided: {"exceptions": [...]}. filter: sop, version, from, until, scope.
    function Exceptions(const Filter: TAesopUtf8 = ''): TAesopUtf8;
    // Walks the whole log and compares the store with it: {"sound", "entries", "head", ...}; a broken log is a report, no error. options: deep, file.
    function VerifyLog(const Options: TAesopUtf8 = ''): TAesopUtf8;
    // Writes states, timers and worklist anew from the events; gives of how many runs. AESOP_E_CHAIN_BROKEN.
    function Rebuild: UInt64;
    // Asks a gate of a published SOP, with parameters and calendars of a scope; or, where `sop` is empty and `run` in `more` names one,
    // with what that run knows, `facts` in place of its variables. more: approved, scope, run.
    function CheckGate(const Sop: TAesopUtf8; const Gate: TAesopUtf8; const Facts: TAesopUtf8; At_: Int64; const More: TAesopUtf8 = ''): TAesopReport;
    // Keeps what a gate answered, of aesop_gate_check or aesop_engine_check_gate, in the log; about `subject`, and about request.run when
    // that is given.
    function RecordGate(const Request: TAesopRequest; const Report: TAesopUtf8; const Subject: TAesopUtf8): TAesopUtf8;
    // {"value": ..., "diagnostics"?} of a FEEL expression over a JSON object.
    function Evaluate(const Feel: TAesopUtf8; const Context: TAesopUtf8; At_: Int64): TAesopUtf8;
  end;

implementation

constructor TAesopSop.Load(const Text: TAesopUtf8; const Name: TAesopUtf8);
var
  LStatus: TAesopStatus;
  LError: PAesopError;
begin
  LStatus := aesop_sop_load(AesopStr(Text), AesopStr(Name), @FHandle, @LError);
  AesopCheck(LStatus, nil, LError);
end;

destructor TAesopSop.Destroy;
begin
  aesop_sop_free(FHandle);
  inherited;
end;

function TAesopSop.IsSound: Boolean;
var
  LStatus: TAesopStatus;
  LError: PAesopError;
  LValue: Int32;
begin
  LStatus := aesop_sop_is_sound(FHandle, @LValue, @LError);
  AesopCheck(LStatus, nil, LError);
  Result := LValue <> 0;
end;

function TAesopSop.Findings: TAesopUtf8;
var
  LStatus: TAesopStatus;
  LError: PAesopError;
  LAnswer: PAesopText;
begin
  LStatus := aesop_sop_findings(FHandle, @LAnswer, @LError);
  AesopCheck(LStatus, LAnswer, LError);
  Result := AesopTake(LAnswer);
end;

function TAesopSop.Render: TAesopUtf8;
var
  LStatus: TAesopStatus;
  LError: PAesopError;
  LAnswer: PAesopText;
begin
  LStatus := aesop_sop_render(FHandle, @LAnswer, @LError);
  AesopCheck(LStatus, LAnswer, LError);
  Result := AesopTake(LAnswer);
end;

function TAesopSop.Show: TAesopUtf8;
var
  LStatus: TAesopStatus;
  LError: PAesopError;
  LAnswer: PAesopText;
begin
  LStatus := aesop_sop_show(FHandle, @LAnswer, @LError);
  AesopCheck(LStatus, LAnswer, LError);
  Result := AesopTake(LAnswer);
end;

function TAesopSop.Info: TAesopUtf8;
var
  LStatus: TAesopStatus;
  LError: PAesopError;
  LAnswer: PAesopText;
begin
  LStatus := aesop_sop_info(FHandle, @LAnswer, @LError);
  AesopCheck(LStatus, LAnswer, LError);
  Result := AesopTake(LAnswer);
end;

class function TAesopSop.Format(const Text: TAesopUtf8): TAesopUtf8;
var
  LStatus: TAesopStatus;
  LError: PAesopError;
  LAnswer: PAesopText;
begin
  LStatus := aesop_sop_format(AesopStr(Text), @LAnswer, @LError);
  AesopCheck(LStatus, LAnswer, LError);
  Result := AesopTake(LAnswer);
end;

constructor TAesopGate.Open(const SopText: TAesopUtf8; const Gate: TAesopUtf8 = '');
var
  LStatus: TAesopStatus;
  LError: PAesopError;
begin
  LStatus := aesop_gate_open(AesopStr(SopText), AesopStr(Gate), @FHandle, @LError);
  AesopCheck(LStatus, nil, LError);
end;

destructor TAesopGate.Destroy;
begin
  aesop_gate_free(FHandle);
  inherited;
end;

function TAesopGate.Check(const Facts: TAesopUtf8; At_: Int64; const Approved: TAesopUtf8 = ''): TAesopReport;
var
  LStatus: TAesopStatus;
  LError: PAesopError;
  LAnswer: PAesopText;
  LVerdict: TAesopVerdict;
begin
  LStatus := aesop_gate_check(FHandle, AesopStr(Facts), At_, AesopStr(Approved), @LVerdict, @LAnswer, @LError);
  AesopCheck(LStatus, LAnswer, LError);
  Result.Verdict := LVerdict;
  Result.Json := AesopTake(LAnswer);
end;

constructor TAesopRule.Open(const SopText: TAesopUtf8; const Rule: TAesopUtf8 = '');
var
  LStatus: TAesopStatus;
  LError: PAesopError;
begin
  LStatus := aesop_rule_open(AesopStr(SopText), AesopStr(Rule), @FHandle, @LError);
  AesopCheck(LStatus, nil, LError);
end;

destructor TAesopRule.Destroy;
begin
  aesop_rule_free(FHandle);
  inherited;
end;

function TAesopRule.Evaluate(const Facts: TAesopUtf8; At_: Int64): TAesopUtf8;
var
  LStatus: TAesopStatus;
  LError: PAesopError;
  LAnswer: PAesopText;
begin
  LStatus := aesop_rule_evaluate(FHandle, AesopStr(Facts), At_, @LAnswer, @LError);
  AesopCheck(LStatus, LAnswer, LError);
  Result := AesopTake(LAnswer);
end;

constructor TAesopExpr.Compile(const Feel: TAesopUtf8; const Names: TAesopUtf8 = '');
var
  LStatus: TAesopStatus;
  LError: PAesopError;
begin
  LStatus := aesop_expr_compile(AesopStr(Feel), AesopStr(Names), @FHandle, @LError);
  AesopCheck(LStatus, nil, LError);
end;

destructor TAesopExpr.Destroy;
begin
  aesop_expr_free(FHandle);
  inherited;
end;

function TAesopExpr.Evaluate(const Context: TAesopUtf8; At_: Int64): TAesopUtf8;
var
  LStatus: TAesopStatus;
  LError: PAesopError;
  LAnswer: PAesopText;
begin
  LStatus := aesop_expr_evaluate(FHandle, AesopStr(Context), At_, @LAnswer, @LError);
  AesopCheck(LStatus, LAnswer, LError);
  Result := AesopTake(LAnswer);
end;

constructor TAesopDmn.Open(const Model: TAesopUtf8; const More: TAesopUtf8 = '');
var
  LStatus: TAesopStatus;
  LError: PAesopError;
begin
  LStatus := aesop_dmn_open(AesopStr(Model), AesopStr(More), @FHandle, @LError);
  AesopCheck(LStatus, nil, LError);
end;

destructor TAesopDmn.Destroy;
begin
  aesop_dmn_free(FHandle);
  inherited;
end;

function TAesopDmn.Findings: TAesopUtf8;
var
  LStatus: TAesopStatus;
  LError: PAesopError;
  LAnswer: PAesopText;
begin
  LStatus := aesop_dmn_findings(FHandle, @LAnswer, @LError);
  AesopCheck(LStatus, LAnswer, LError);
  Result := AesopTake(LAnswer);
end;

function TAesopDmn.Describe: TAesopUtf8;
var
  LStatus: TAesopStatus;
  LError: PAesopError;
  LAnswer: PAesopText;
begin
  LStatus := aesop_dmn_describe(FHandle, @LAnswer, @LError);
  AesopCheck(LStatus, LAnswer, LError);
  Result := AesopTake(LAnswer);
end;

function TAesopDmn.Evaluate(const Decision: TAesopUtf8; const Inputs: TAesopUtf8; At_: Int64; const Zone: TAesopUtf8 = ''): TAesopUtf8;
var
  LStatus: TAesopStatus;
  LError: PAesopError;
  LAnswer: PAesopText;
begin
  LStatus := aesop_dmn_evaluate(FHandle, AesopStr(Decision), AesopStr(Inputs), At_, AesopStr(Zone), @LAnswer, @LError);
  AesopCheck(LStatus, LAnswer, LError);
  Result := AesopTake(LAnswer);
end;

function TAesopDmn.Explain(const Decision: TAesopUtf8; const Inputs: TAesopUtf8; At_: Int64; const Zone: TAesopUtf8 = ''): TAesopUtf8;
var
  LStatus: TAesopStatus;
  LError: PAesopError;
  LAnswer: PAesopText;
begin
  LStatus := aesop_dmn_explain(FHandle, AesopStr(Decision), AesopStr(Inputs), At_, AesopStr(Zone), @LAnswer, @LError);
  AesopCheck(LStatus, LAnswer, LError);
  Result := AesopTake(LAnswer);
end;

function TAesopDmn.EvaluateService(const Service: TAesopUtf8; const Inputs: TAesopUtf8; At_: Int64; const Zone: TAesopUtf8 = ''): TAesopUtf8;
var
  LStatus: TAesopStatus;
  LError: PAesopError;
  LAnswer: PAesopText;
begin
  LStatus := aesop_dmn_evaluate_service(FHandle, AesopStr(Service), AesopStr(Inputs), At_, AesopStr(Zone), @LAnswer, @LError);
  AesopCheck(LStatus, LAnswer, LError);
  Result := AesopTake(LAnswer);
end;

function TAesopDmn.EvaluateKnowledge(const Knowledge: TAesopUtf8; const Inputs: TAesopUtf8; At_: Int64; const Zone: TAesopUtf8 = ''): TAesopUtf8;
var
  LStatus: TAesopStatus;
  LError: PAesopError;
  LAnswer: PAesopText;
begin
  LStatus := aesop_dmn_evaluate_knowledge(FHandle, AesopStr(Knowledge), AesopStr(Inputs), At_, AesopStr(Zone), @LAnswer, @LError);
  AesopCheck(LStatus, LAnswer, LError);
  Result := AesopTake(LAnswer);
end;

constructor TAesopEngine.Open(const Path: TAesopUtf8);
var
  LStatus: TAesopStatus;
  LError: PAesopError;
begin
  LStatus := aesop_engine_open(AesopStr(Path), nil, @FHandle, @LError);
  AesopCheck(LStatus, nil, LError);
end;

constructor TAesopEngine.OpenWith(const Path: TAesopUtf8; const Options: TAesopOpenOptions);
var
  LData: TAesopOpenOptionsData;
  LStatus: TAesopStatus;
  LError: PAesopError;
begin
  LData := AesopOpenOptionsData(Options);
  LStatus := aesop_engine_open(AesopStr(Path), @LData, @FHandle, @LError);
  AesopCheck(LStatus, nil, LError);
end;

destructor TAesopEngine.Destroy;
begin
  aesop_engine_close(FHandle);
  inherited;
end;

function TAesopEngine.Execute(const Command: TAesopUtf8): TAesopUtf8;
var
  LStatus: TAesopStatus;
  LError: PAesopError;
  LAnswer: PAesopText;
begin
  LStatus := aesop_engine_execute(FHandle, AesopStr(Command), @LAnswer, @LError);
  AesopCheck(LStatus, LAnswer, LError);
  Result := AesopTake(LAnswer);
end;

procedure TAesopEngine.BeginBatch;
var
  LStatus: TAesopStatus;
  LError: PAesopError;
begin
  LStatus := aesop_engine_begin_batch(FHandle, @LError);
  AesopCheck(LStatus, nil, LError);
end;

procedure TAesopEngine.CommitBatch;
var
  LStatus: TAesopStatus;
  LError: PAesopError;
begin
  LStatus := aesop_engine_commit_batch(FHandle, @LError);
  AesopCheck(LStatus, nil, LError);
end;

procedure TAesopEngine.RollbackBatch;
var
  LStatus: TAesopStatus;
  LError: PAesopError;
begin
  LStatus := aesop_engine_rollback_batch(FHandle, @LError);
  AesopCheck(LStatus, nil, LError);
end;

function TAesopEngine.Publish(const Request: TAesopRequest; const SopText: TAesopUtf8): TAesopUtf8;
var
  LStatus: TAesopStatus;
  LError: PAesopError;
  LData: TAesopRequestData;
  LAnswer: PAesopText;
begin
  LData := AesopRequestData(Request);
  LStatus := aesop_engine_publish(FHandle, @LData, AesopStr(SopText), @LAnswer, @LError);
  AesopCheck(LStatus, LAnswer, LError);
  Result := AesopTake(LAnswer);
end;

function TAesopEngine.PutPerson(const Request: TAesopRequest; const Person: TAesopUtf8; const Grants: TAesopUtf8; const More: TAesopUtf8 = ''): TAesopUtf8;
var
  LStatus: TAesopStatus;
  LError: PAesopError;
  LData: TAesopRequestData;
  LAnswer: PAesopText;
begin
  LData := AesopRequestData(Request);
  LStatus := aesop_engine_put_person(FHandle, @LData, AesopStr(Person), AesopStr(Grants), AesopStr(More), @LAnswer, @LError);
  AesopCheck(LStatus, LAnswer, LError);
  Result := AesopTake(LAnswer);
end;

function TAesopEngine.RemovePerson(const Request: TAesopRequest; const Person: TAesopUtf8): TAesopUtf8;
var
  LStatus: TAesopStatus;
  LError: PAesopError;
  LData: TAesopRequestData;
  LAnswer: PAesopText;
begin
  LData := AesopRequestData(Request);
  LStatus := aesop_engine_remove_person(FHandle, @LData, AesopStr(Person), @LAnswer, @LError);
  AesopCheck(LStatus, LAnswer, LError);
  Result := AesopTake(LAnswer);
end;

function TAesopEngine.SetParameter(const Request: TAesopRequest; const Name: TAesopUtf8; const Value: TAesopUtf8; const More: TAesopUtf8 = ''): TAesopUtf8;
var
  LStatus: TAesopStatus;
  LError: PAesopError;
  LData: TAesopRequestData;
  LAnswer: PAesopText;
begin
  LData := AesopRequestData(Request);
  LStatus := aesop_engine_set_parameter(FHandle, @LData, AesopStr(Name), AesopStr(Value), AesopStr(More), @LAnswer, @LError);
  AesopCheck(LStatus, LAnswer, LError);
  Result := AesopTake(LAnswer);
end;

function TAesopEngine.PutCalendar(const Request: TAesopRequest; const Name: TAesopUtf8; const Calendar: TAesopUtf8; const More: TAesopUtf8 = ''): TAesopUtf8;
var
  LStatus: TAesopStatus;
  LError: PAesopError;
  LData: TAesopRequestData;
  LAnswer: PAesopText;
begin
  LData := AesopRequestData(Request);
  LStatus := aesop_engine_put_calendar(FHandle, @LData, AesopStr(Name), AesopStr(Calendar), AesopStr(More), @LAnswer, @LError);
  AesopCheck(LStatus, LAnswer, LError);
  Result := AesopTake(LAnswer);
end;

function TAesopEngine.Erase(const Request: TAesopRequest; const Reason: TAesopUtf8; const More: TAesopUtf8 = ''): TAesopUtf8;
var
  LStatus: TAesopStatus;
  LError: PAesopError;
  LData: TAesopRequestData;
  LAnswer: PAesopText;
begin
  LData := AesopRequestData(Request);
  LStatus := aesop_engine_erase(FHandle, @LData, AesopStr(Reason), AesopStr(More), @LAnswer, @LError);
  AesopCheck(LStatus, LAnswer, LError);
  Result := AesopTake(LAnswer);
end;

function TAesopEngine.Start(const Request: TAesopRequest; const Sop: TAesopUtf8; const Subject: TAesopUtf8; const More: TAesopUtf8 = ''): TAesopUtf8;
var
  LStatus: TAesopStatus;
  LError: PAesopError;
  LData: TAesopRequestData;
  LAnswer: PAesopText;
begin
  LData := AesopRequestData(Request);
  LStatus := aesop_engine_start(FHandle, @LData, AesopStr(Sop), AesopStr(Subject), AesopStr(More), @LAnswer, @LError);
  AesopCheck(LStatus, LAnswer, LError);
  Result := AesopTake(LAnswer);
end;

function TAesopEngine.RecordEvent(const Request: TAesopRequest; const Event: TAesopUtf8; const Payload: TAesopUtf8 = ''; const More: TAesopUtf8 = ''): TAesopUtf8;
var
  LStatus: TAesopStatus;
  LError: PAesopError;
  LData: TAesopRequestData;
  LAnswer: PAesopText;
begin
  LData := AesopRequestData(Request);
  LStatus := aesop_engine_record_event(FHandle, @LData, AesopStr(Event), AesopStr(Payload), AesopStr(More), @LAnswer, @LError);
  AesopCheck(LStatus, LAnswer, LError);
  Result := AesopTake(LAnswer);
end;

function TAesopEngine.Suspend(const Request: TAesopRequest; const Reason: TAesopUtf8): TAesopUtf8;
var
  LStatus: TAesopStatus;
  LError: PAesopError;
  LData: TAesopRequestData;
  LAnswer: PAesopText;
begin
  LData := AesopRequestData(Request);
  LStatus := aesop_engine_suspend(FHandle, @LData, AesopStr(Reason), @LAnswer, @LError);
  AesopCheck(LStatus, LAnswer, LError);
  Result := AesopTake(LAnswer);
end;

function TAesopEngine.Resume(const Request: TAesopRequest): TAesopUtf8;
var
  LStatus: TAesopStatus;
  LError: PAesopError;
  LData: TAesopRequestData;
  LAnswer: PAesopText;
begin
  LData := AesopRequestData(Request);
  LStatus := aesop_engine_resume(FHandle, @LData, @LAnswer, @LError);
  AesopCheck(LStatus, LAnswer, LError);
  Result := AesopTake(LAnswer);
end;

function TAesopEngine.Cancel(const Request: TAesopRequest; const Reason: TAesopUtf8): TAesopUtf8;
var
  LStatus: TAesopStatus;
  LError: PAesopError;
  LData: TAesopRequestData;
  LAnswer: PAesopText;
begin
  LData := AesopRequestData(Request);
  LStatus := aesop_engine_cancel(FHandle, @LData, AesopStr(Reason), @LAnswer, @LError);
  AesopCheck(LStatus, LAnswer, LError);
  Result := AesopTake(LAnswer);
end;

function TAesopEngine.Claim(const Request: TAesopRequest; const Task: TAesopUtf8; const More: TAesopUtf8 = ''): TAesopUtf8;
var
  LStatus: TAesopStatus;
  LError: PAesopError;
  LData: TAesopRequestData;
  LAnswer: PAesopText;
begin
  LData := AesopRequestData(Request);
  LStatus := aesop_engine_claim(FHandle, @LData, AesopStr(Task), AesopStr(More), @LAnswer, @LError);
  AesopCheck(LStatus, LAnswer, LError);
  Result := AesopTake(LAnswer);
end;

function TAesopEngine.StartTask(const Request: TAesopRequest; const Task: TAesopUtf8; const More: TAesopUtf8 = ''): TAesopUtf8;
var
  LStatus: TAesopStatus;
  LError: PAesopError;
  LData: TAesopRequestData;
  LAnswer: PAesopText;
begin
  LData := AesopRequestData(Request);
  LStatus := aesop_engine_start_task(FHandle, @LData, AesopStr(Task), AesopStr(More), @LAnswer, @LError);
  AesopCheck(LStatus, LAnswer, LError);
  Result := AesopTake(LAnswer);
end;

function TAesopEngine.Stop(const Request: TAesopRequest; const Task: TAesopUtf8; const More: TAesopUtf8 = ''): TAesopUtf8;
var
  LStatus: TAesopStatus;
  LError: PAesopError;
  LData: TAesopRequestData;
  LAnswer: PAesopText;
begin
  LData := AesopRequestData(Request);
  LStatus := aesop_engine_stop(FHandle, @LData, AesopStr(Task), AesopStr(More), @LAnswer, @LError);
  AesopCheck(LStatus, LAnswer, LError);
  Result := AesopTake(LAnswer);
end;

function TAesopEngine.Release(const Request: TAesopRequest; const Task: TAesopUtf8; const More: TAesopUtf8 = ''): TAesopUtf8;
var
  LStatus: TAesopStatus;
  LError: PAesopError;
  LData: TAesopRequestData;
  LAnswer: PAesopText;
begin
  LData := AesopRequestData(Request);
  LStatus := aesop_engine_release(FHandle, @LData, AesopStr(Task), AesopStr(More), @LAnswer, @LError);
  AesopCheck(LStatus, LAnswer, LError);
  Result := AesopTake(LAnswer);
end;

function TAesopEngine.Delegate(const Request: TAesopRequest; const Task: TAesopUtf8; const To_: TAesopUtf8; const More: TAesopUtf8 = ''): TAesopUtf8;
var
  LStatus: TAesopStatus;
  LError: PAesopError;
  LData: TAesopRequestData;
  LAnswer: PAesopText;
begin
  LData := AesopRequestData(Request);
  LStatus := aesop_engine_delegate(FHandle, @LData, AesopStr(Task), AesopStr(To_), AesopStr(More), @LAnswer, @LError);
  AesopCheck(LStatus, LAnswer, LError);
  Result := AesopTake(LAnswer);
end;

function TAesopEngine.Forward(const Request: TAesopRequest; const Task: TAesopUtf8; const More: TAesopUtf8 = ''): TAesopUtf8;
var
  LStatus: TAesopStatus;
  LError: PAesopError;
  LData: TAesopRequestData;
  LAnswer: PAesopText;
begin
  LData := AesopRequestData(Request);
  LStatus := aesop_engine_forward(FHandle, @LData, AesopStr(Task), AesopStr(More), @LAnswer, @LError);
  AesopCheck(LStatus, LAnswer, LError);
  Result := AesopTake(LAnswer);
end;

function TAesopEngine.SuspendTask(const Request: TAesopRequest; const Task: TAesopUtf8; const More: TAesopUtf8 = ''): TAesopUtf8;
var
  LStatus: TAesopStatus;
  LError: PAesopError;
  LData: TAesopRequestData;
  LAnswer: PAesopText;
begin
  LData := AesopRequestData(Request);
  LStatus := aesop_engine_suspend_task(FHandle, @LData, AesopStr(Task), AesopStr(More), @LAnswer, @LError);
  AesopCheck(LStatus, LAnswer, LError);
  Result := AesopTake(LAnswer);
end;

function TAesopEngine.ResumeTask(const Request: TAesopRequest; const Task: TAesopUtf8; const More: TAesopUtf8 = ''): TAesopUtf8;
var
  LStatus: TAesopStatus;
  LError: PAesopError;
  LData: TAesopRequestData;
  LAnswer: PAesopText;
begin
  LData := AesopRequestData(Request);
  LStatus := aesop_engine_resume_task(FHandle, @LData, AesopStr(Task), AesopStr(More), @LAnswer, @LError);
  AesopCheck(LStatus, LAnswer, LError);
  Result := AesopTake(LAnswer);
end;

function TAesopEngine.Tick(const Request: TAesopRequest; const Task: TAesopUtf8; const Item: TAesopUtf8; const More: TAesopUtf8 = ''): TAesopUtf8;
var
  LStatus: TAesopStatus;
  LError: PAesopError;
  LData: TAesopRequestData;
  LAnswer: PAesopText;
begin
  LData := AesopRequestData(Request);
  LStatus := aesop_engine_tick(FHandle, @LData, AesopStr(Task), AesopStr(Item), AesopStr(More), @LAnswer, @LError);
  AesopCheck(LStatus, LAnswer, LError);
  Result := AesopTake(LAnswer);
end;

function TAesopEngine.Untick(const Request: TAesopRequest; const Task: TAesopUtf8; const Item: TAesopUtf8; const More: TAesopUtf8 = ''): TAesopUtf8;
var
  LStatus: TAesopStatus;
  LError: PAesopError;
  LData: TAesopRequestData;
  LAnswer: PAesopText;
begin
  LData := AesopRequestData(Request);
  LStatus := aesop_engine_untick(FHandle, @LData, AesopStr(Task), AesopStr(Item), AesopStr(More), @LAnswer, @LError);
  AesopCheck(LStatus, LAnswer, LError);
  Result := AesopTake(LAnswer);
end;

function TAesopEngine.AttachEvidence(const Request: TAesopRequest; const Task: TAesopUtf8; const Sha256: TAesopUtf8; const MediaType: TAesopUtf8; const Uri: TAesopUtf8; const More: TAesopUtf8 = ''): TAesopUtf8;
var
  LStatus: TAesopStatus;
  LError: PAesopError;
  LData: TAesopRequestData;
  LAnswer: PAesopText;
begin
  LData := AesopRequestData(Request);
  LStatus := aesop_engine_attach_evidence(FHandle, @LData, AesopStr(Task), AesopStr(Sha256), AesopStr(MediaType), AesopStr(Uri), AesopStr(More), @LAnswer, @LError);
  AesopCheck(LStatus, LAnswer, LError);
  Result := AesopTake(LAnswer);
end;

function TAesopEngine.AttachBytes(const Request: TAesopRequest; const Task: TAesopUtf8; const Bytes: TBytes; const MediaType: TAesopUtf8; const More: TAesopUtf8 = ''): TAesopUtf8;
var
  LStatus: TAesopStatus;
  LError: PAesopError;
  LData: TAesopRequestData;
  LAnswer: PAesopText;
begin
  LData := AesopRequestData(Request);
  LStatus := aesop_engine_attach_bytes(FHandle, @LData, AesopStr(Task), AesopBytes(Bytes), AesopStr(MediaType), AesopStr(More), @LAnswer, @LError);
  AesopCheck(LStatus, LAnswer, LError);
  Result := AesopTake(LAnswer);
end;

function TAesopEngine.Save(const Request: TAesopRequest; const Task: TAesopUtf8; const Form: TAesopUtf8; const More: TAesopUtf8 = ''): TAesopUtf8;
var
  LStatus: TAesopStatus;
  LError: PAesopError;
  LData: TAesopRequestData;
  LAnswer: PAesopText;
begin
  LData := AesopRequestData(Request);
  LStatus := aesop_engine_save(FHandle, @LData, AesopStr(Task), AesopStr(Form), AesopStr(More), @LAnswer, @LError);
  AesopCheck(LStatus, LAnswer, LError);
  Result := AesopTake(LAnswer);
end;

function TAesopEngine.CompleteStep(const Request: TAesopRequest; const Task: TAesopUtf8; const Form: TAesopUtf8 = ''; const More: TAesopUtf8 = ''): TAesopUtf8;
var
  LStatus: TAesopStatus;
  LError: PAesopError;
  LData: TAesopRequestData;
  LAnswer: PAesopText;
begin
  LData := AesopRequestData(Request);
  LStatus := aesop_engine_complete_step(FHandle, @LData, AesopStr(Task), AesopStr(Form), AesopStr(More), @LAnswer, @LError);
  AesopCheck(LStatus, LAnswer, LError);
  Result := AesopTake(LAnswer);
end;

function TAesopEngine.Fail(const Request: TAesopRequest; const Task: TAesopUtf8; const Reason: TAesopUtf8; const More: TAesopUtf8 = ''): TAesopUtf8;
var
  LStatus: TAesopStatus;
  LError: PAesopError;
  LData: TAesopRequestData;
  LAnswer: PAesopText;
begin
  LData := AesopRequestData(Request);
  LStatus := aesop_engine_fail(FHandle, @LData, AesopStr(Task), AesopStr(Reason), AesopStr(More), @LAnswer, @LError);
  AesopCheck(LStatus, LAnswer, LError);
  Result := AesopTake(LAnswer);
end;

function TAesopEngine.AcceptReview(const Request: TAesopRequest; const Task: TAesopUtf8; const More: TAesopUtf8 = ''): TAesopUtf8;
var
  LStatus: TAesopStatus;
  LError: PAesopError;
  LData: TAesopRequestData;
  LAnswer: PAesopText;
begin
  LData := AesopRequestData(Request);
  LStatus := aesop_engine_accept_review(FHandle, @LData, AesopStr(Task), AesopStr(More), @LAnswer, @LError);
  AesopCheck(LStatus, LAnswer, LError);
  Result := AesopTake(LAnswer);
end;

function TAesopEngine.ReturnForRework(const Request: TAesopRequest; const Task: TAesopUtf8; const Note: TAesopUtf8; const More: TAesopUtf8 = ''): TAesopUtf8;
var
  LStatus: TAesopStatus;
  LError: PAesopError;
  LData: TAesopRequestData;
  LAnswer: PAesopText;
begin
  LData := AesopRequestData(Request);
  LStatus := aesop_engine_return_for_rework(FHandle, @LData, AesopStr(Task), AesopStr(Note), AesopStr(More), @LAnswer, @LError);
  AesopCheck(LStatus, LAnswer, LError);
  Result := AesopTake(LAnswer);
end;

function TAesopEngine.Correct(const Request: TAesopRequest; const Step: TAesopUtf8; const Form: TAesopUtf8; const Reason: TAesopUtf8; const More: TAesopUtf8 = ''): TAesopUtf8;
var
  LStatus: TAesopStatus;
  LError: PAesopError;
  LData: TAesopRequestData;
  LAnswer: PAesopText;
begin
  LData := AesopRequestData(Request);
  LStatus := aesop_engine_correct(FHandle, @LData, AesopStr(Step), AesopStr(Form), AesopStr(Reason), AesopStr(More), @LAnswer, @LError);
  AesopCheck(LStatus, LAnswer, LError);
  Result := AesopTake(LAnswer);
end;

function TAesopEngine.CompleteService(const Request: TAesopRequest; const Task: TAesopUtf8; const Result_: TAesopUtf8 = ''; const More: TAesopUtf8 = ''): TAesopUtf8;
var
  LStatus: TAesopStatus;
  LError: PAesopError;
  LData: TAesopRequestData;
  LAnswer: PAesopText;
begin
  LData := AesopRequestData(Request);
  LStatus := aesop_engine_complete_service(FHandle, @LData, AesopStr(Task), AesopStr(Result_), AesopStr(More), @LAnswer, @LError);
  AesopCheck(LStatus, LAnswer, LError);
  Result := AesopTake(LAnswer);
end;

function TAesopEngine.FailService(const Request: TAesopRequest; const Task: TAesopUtf8; const Error: TAesopUtf8; const More: TAesopUtf8 = ''): TAesopUtf8;
var
  LStatus: TAesopStatus;
  LError: PAesopError;
  LData: TAesopRequestData;
  LAnswer: PAesopText;
begin
  LData := AesopRequestData(Request);
  LStatus := aesop_engine_fail_service(FHandle, @LData, AesopStr(Task), AesopStr(Error), AesopStr(More), @LAnswer, @LError);
  AesopCheck(LStatus, LAnswer, LError);
  Result := AesopTake(LAnswer);
end;

function TAesopEngine.DecideApproval(const Request: TAesopRequest; const Task: TAesopUtf8; const Decision: TAesopUtf8; const More: TAesopUtf8 = ''): TAesopUtf8;
var
  LStatus: TAesopStatus;
  LError: PAesopError;
  LData: TAesopRequestData;
  LAnswer: PAesopText;
begin
  LData := AesopRequestData(Request);
  LStatus := aesop_engine_decide_approval(FHandle, @LData, AesopStr(Task), AesopStr(Decision), AesopStr(More), @LAnswer, @LError);
  AesopCheck(LStatus, LAnswer, LError);
  Result := AesopTake(LAnswer);
end;

function TAesopEngine.RequestException(const Request: TAesopRequest; const Policy: TAesopUtf8; const More: TAesopUtf8 = ''): TAesopUtf8;
var
  LStatus: TAesopStatus;
  LError: PAesopError;
  LData: TAesopRequestData;
  LAnswer: PAesopText;
begin
  LData := AesopRequestData(Request);
  LStatus := aesop_engine_request_exception(FHandle, @LData, AesopStr(Policy), AesopStr(More), @LAnswer, @LError);
  AesopCheck(LStatus, LAnswer, LError);
  Result := AesopTake(LAnswer);
end;

function TAesopEngine.DecideException(const Request: TAesopRequest; const Exception: TAesopUtf8; const Decision: TAesopUtf8; const More: TAesopUtf8 = ''): TAesopUtf8;
var
  LStatus: TAesopStatus;
  LError: PAesopError;
  LData: TAesopRequestData;
  LAnswer: PAesopText;
begin
  LData := AesopRequestData(Request);
  LStatus := aesop_engine_decide_exception(FHandle, @LData, AesopStr(Exception), AesopStr(Decision), AesopStr(More), @LAnswer, @LError);
  AesopCheck(LStatus, LAnswer, LError);
  Result := AesopTake(LAnswer);
end;

function TAesopEngine.Skip(const Request: TAesopRequest; const Exception: TAesopUtf8; const More: TAesopUtf8 = ''): TAesopUtf8;
var
  LStatus: TAesopStatus;
  LError: PAesopError;
  LData: TAesopRequestData;
  LAnswer: PAesopText;
begin
  LData := AesopRequestData(Request);
  LStatus := aesop_engine_skip(FHandle, @LData, AesopStr(Exception), AesopStr(More), @LAnswer, @LError);
  AesopCheck(LStatus, LAnswer, LError);
  Result := AesopTake(LAnswer);
end;

function TAesopEngine.Extend(const Request: TAesopRequest; const Exception: TAesopUtf8; const More: TAesopUtf8 = ''): TAesopUtf8;
var
  LStatus: TAesopStatus;
  LError: PAesopError;
  LData: TAesopRequestData;
  LAnswer: PAesopText;
begin
  LData := AesopRequestData(Request);
  LStatus := aesop_engine_extend(FHandle, @LData, AesopStr(Exception), AesopStr(More), @LAnswer, @LError);
  AesopCheck(LStatus, LAnswer, LError);
  Result := AesopTake(LAnswer);
end;

function TAesopEngine.InvokeEmergency(const Request: TAesopRequest; const Policy: TAesopUtf8; const Reason: TAesopUtf8; const More: TAesopUtf8 = ''): TAesopUtf8;
var
  LStatus: TAesopStatus;
  LError: PAesopError;
  LData: TAesopRequestData;
  LAnswer: PAesopText;
begin
  LData := AesopRequestData(Request);
  LStatus := aesop_engine_invoke_emergency(FHandle, @LData, AesopStr(Policy), AesopStr(Reason), AesopStr(More), @LAnswer, @LError);
  AesopCheck(LStatus, LAnswer, LError);
  Result := AesopTake(LAnswer);
end;

function TAesopEngine.ReviewEmergency(const Request: TAesopRequest; const Exception: TAesopUtf8; const Verdict: TAesopUtf8; const More: TAesopUtf8 = ''): TAesopUtf8;
var
  LStatus: TAesopStatus;
  LError: PAesopError;
  LData: TAesopRequestData;
  LAnswer: PAesopText;
begin
  LData := AesopRequestData(Request);
  LStatus := aesop_engine_review_emergency(FHandle, @LData, AesopStr(Exception), AesopStr(Verdict), AesopStr(More), @LAnswer, @LError);
  AesopCheck(LStatus, LAnswer, LError);
  Result := AesopTake(LAnswer);
end;

function TAesopEngine.AcknowledgeHandoff(const Request: TAesopRequest; const Handoff: TAesopUtf8): TAesopUtf8;
var
  LStatus: TAesopStatus;
  LError: PAesopError;
  LData: TAesopRequestData;
  LAnswer: PAesopText;
begin
  LData := AesopRequestData(Request);
  LStatus := aesop_engine_acknowledge_handoff(FHandle, @LData, AesopStr(Handoff), @LAnswer, @LError);
  AesopCheck(LStatus, LAnswer, LError);
  Result := AesopTake(LAnswer);
end;

function TAesopEngine.RetryIncident(const Request: TAesopRequest; const Incident: TAesopUtf8): TAesopUtf8;
var
  LStatus: TAesopStatus;
  LError: PAesopError;
  LData: TAesopRequestData;
  LAnswer: PAesopText;
begin
  LData := AesopRequestData(Request);
  LStatus := aesop_engine_retry_incident(FHandle, @LData, AesopStr(Incident), @LAnswer, @LError);
  AesopCheck(LStatus, LAnswer, LError);
  Result := AesopTake(LAnswer);
end;

function TAesopEngine.ResolveIncident(const Request: TAesopRequest; const Incident: TAesopUtf8; const Reason: TAesopUtf8; const More: TAesopUtf8 = ''): TAesopUtf8;
var
  LStatus: TAesopStatus;
  LError: PAesopError;
  LData: TAesopRequestData;
  LAnswer: PAesopText;
begin
  LData := AesopRequestData(Request);
  LStatus := aesop_engine_resolve_incident(FHandle, @LData, AesopStr(Incident), AesopStr(Reason), AesopStr(More), @LAnswer, @LError);
  AesopCheck(LStatus, LAnswer, LError);
  Result := AesopTake(LAnswer);
end;

function TAesopEngine.EndIncident(const Request: TAesopRequest; const Incident: TAesopUtf8; const Reason: TAesopUtf8): TAesopUtf8;
var
  LStatus: TAesopStatus;
  LError: PAesopError;
  LData: TAesopRequestData;
  LAnswer: PAesopText;
begin
  LData := AesopRequestData(Request);
  LStatus := aesop_engine_end_incident(FHandle, @LData, AesopStr(Incident), AesopStr(Reason), @LAnswer, @LError);
  AesopCheck(LStatus, LAnswer, LError);
  Result := AesopTake(LAnswer);
end;

function TAesopEngine.Advance(To_: Int64; Limit: UInt32 = 0): TAesopUtf8;
var
  LStatus: TAesopStatus;
  LError: PAesopError;
  LAnswer: PAesopText;
begin
  LStatus := aesop_engine_advance(FHandle, To_, Limit, @LAnswer, @LError);
  AesopCheck(LStatus, LAnswer, LError);
  Result := AesopTake(LAnswer);
end;

function TAesopEngine.Ingest(const Request: TAesopRequest; const Feed: TAesopUtf8; const Cursor: TAesopUtf8; const Events: TAesopUtf8; const More: TAesopUtf8 = ''): TAesopUtf8;
var
  LStatus: TAesopStatus;
  LError: PAesopError;
  LData: TAesopRequestData;
  LAnswer: PAesopText;
begin
  LData := AesopRequestData(Request);
  LStatus := aesop_engine_ingest(FHandle, @LData, AesopStr(Feed), AesopStr(Cursor), AesopStr(Events), AesopStr(More), @LAnswer, @LError);
  AesopCheck(LStatus, LAnswer, LError);
  Result := AesopTake(LAnswer);
end;

function TAesopEngine.PollOutbox(At_: Int64; LeaseSeconds: UInt32; Limit: UInt32 = 0): TAesopUtf8;
var
  LStatus: TAesopStatus;
  LError: PAesopError;
  LAnswer: PAesopText;
begin
  LStatus := aesop_engine_poll_outbox(FHandle, At_, LeaseSeconds, Limit, @LAnswer, @LError);
  AesopCheck(LStatus, LAnswer, LError);
  Result := AesopTake(LAnswer);
end;

function TAesopEngine.Ack(const Request: TAesopRequest; const Effect: TAesopUtf8; const More: TAesopUtf8 = ''): TAesopUtf8;
var
  LStatus: TAesopStatus;
  LError: PAesopError;
  LData: TAesopRequestData;
  LAnswer: PAesopText;
begin
  LData := AesopRequestData(Request);
  LStatus := aesop_engine_ack(FHandle, @LData, AesopStr(Effect), AesopStr(More), @LAnswer, @LError);
  AesopCheck(LStatus, LAnswer, LError);
  Result := AesopTake(LAnswer);
end;

function TAesopEngine.FailEffect(const Request: TAesopRequest; const Effect: TAesopUtf8; const Error: TAesopUtf8; const More: TAesopUtf8 = ''): TAesopUtf8;
var
  LStatus: TAesopStatus;
  LError: PAesopError;
  LData: TAesopRequestData;
  LAnswer: PAesopText;
begin
  LData := AesopRequestData(Request);
  LStatus := aesop_engine_fail_effect(FHandle, @LData, AesopStr(Effect), AesopStr(Error), AesopStr(More), @LAnswer, @LError);
  AesopCheck(LStatus, LAnswer, LError);
  Result := AesopTake(LAnswer);
end;

function TAesopEngine.Worklist(const Filter: TAesopUtf8 = ''): TAesopUtf8;
var
  LStatus: TAesopStatus;
  LError: PAesopError;
  LAnswer: PAesopText;
begin
  LStatus := aesop_engine_worklist(FHandle, AesopStr(Filter), @LAnswer, @LError);
  AesopCheck(LStatus, LAnswer, LError);
  Result := AesopTake(LAnswer);
end;

function TAesopEngine.Run(const Run: TAesopUtf8): TAesopUtf8;
var
  LStatus: TAesopStatus;
  LError: PAesopError;
  LAnswer: PAesopText;
begin
  LStatus := aesop_engine_run(FHandle, AesopStr(Run), @LAnswer, @LError);
  AesopCheck(LStatus, LAnswer, LError);
  Result := AesopTake(LAnswer);
end;

function TAesopEngine.Runs(const Filter: TAesopUtf8 = ''): TAesopUtf8;
var
  LStatus: TAesopStatus;
  LError: PAesopError;
  LAnswer: PAesopText;
begin
  LStatus := aesop_engine_runs(FHandle, AesopStr(Filter), @LAnswer, @LError);
  AesopCheck(LStatus, LAnswer, LError);
  Result := AesopTake(LAnswer);
end;

function TAesopEngine.Events(const Filter: TAesopUtf8 = ''): TAesopUtf8;
var
  LStatus: TAesopStatus;
  LError: PAesopError;
  LAnswer: PAesopText;
begin
  LStatus := aesop_engine_events(FHandle, AesopStr(Filter), @LAnswer, @LError);
  AesopCheck(LStatus, LAnswer, LError);
  Result := AesopTake(LAnswer);
end;

function TAesopEngine.Why(const Run: TAesopUtf8; const Step: TAesopUtf8; At_: Int64): TAesopUtf8;
var
  LStatus: TAesopStatus;
  LError: PAesopError;
  LAnswer: PAesopText;
begin
  LStatus := aesop_engine_why(FHandle, AesopStr(Run), AesopStr(Step), At_, @LAnswer, @LError);
  AesopCheck(LStatus, LAnswer, LError);
  Result := AesopTake(LAnswer);
end;

function TAesopEngine.Timers(const Filter: TAesopUtf8 = ''): TAesopUtf8;
var
  LStatus: TAesopStatus;
  LError: PAesopError;
  LAnswer: PAesopText;
begin
  LStatus := aesop_engine_timers(FHandle, AesopStr(Filter), @LAnswer, @LError);
  AesopCheck(LStatus, LAnswer, LError);
  Result := AesopTake(LAnswer);
end;

function TAesopEngine.People: TAesopUtf8;
var
  LStatus: TAesopStatus;
  LError: PAesopError;
  LAnswer: PAesopText;
begin
  LStatus := aesop_engine_people(FHandle, @LAnswer, @LError);
  AesopCheck(LStatus, LAnswer, LError);
  Result := AesopTake(LAnswer);
end;

function TAesopEngine.Parameters: TAesopUtf8;
var
  LStatus: TAesopStatus;
  LError: PAesopError;
  LAnswer: PAesopText;
begin
  LStatus := aesop_engine_parameters(FHandle, @LAnswer, @LError);
  AesopCheck(LStatus, LAnswer, LError);
  Result := AesopTake(LAnswer);
end;

function TAesopEngine.Sops: TAesopUtf8;
var
  LStatus: TAesopStatus;
  LError: PAesopError;
  LAnswer: PAesopText;
begin
  LStatus := aesop_engine_sops(FHandle, @LAnswer, @LError);
  AesopCheck(LStatus, LAnswer, LError);
  Result := AesopTake(LAnswer);
end;

function TAesopEngine.Sop(const Sop: TAesopUtf8; const Version: TAesopUtf8 = ''): TAesopUtf8;
var
  LStatus: TAesopStatus;
  LError: PAesopError;
  LAnswer: PAesopText;
begin
  LStatus := aesop_engine_sop(FHandle, AesopStr(Sop), AesopStr(Version), @LAnswer, @LError);
  AesopCheck(LStatus, LAnswer, LError);
  Result := AesopTake(LAnswer);
end;

function TAesopEngine.Feeds: TAesopUtf8;
var
  LStatus: TAesopStatus;
  LError: PAesopError;
  LAnswer: PAesopText;
begin
  LStatus := aesop_engine_feeds(FHandle, @LAnswer, @LError);
  AesopCheck(LStatus, LAnswer, LError);
  Result := AesopTake(LAnswer);
end;

function TAesopEngine.Kpis(const Filter: TAesopUtf8 = ''): TAesopUtf8;
var
  LStatus: TAesopStatus;
  LError: PAesopError;
  LAnswer: PAesopText;
begin
  LStatus := aesop_engine_kpis(FHandle, AesopStr(Filter), @LAnswer, @LError);
  AesopCheck(LStatus, LAnswer, LError);
  Result := AesopTake(LAnswer);
end;

function TAesopEngine.Counts(const Moment: TAesopUtf8; const Field: TAesopUtf8; const Filter: TAesopUtf8 = ''): TAesopUtf8;
var
  LStatus: TAesopStatus;
  LError: PAesopError;
  LAnswer: PAesopText;
begin
  LStatus := aesop_engine_counts(FHandle, AesopStr(Moment), AesopStr(Field), AesopStr(Filter), @LAnswer, @LError);
  AesopCheck(LStatus, LAnswer, LError);
  Result := AesopTake(LAnswer);
end;

function TAesopEngine.Escalations(const Filter: TAesopUtf8 = ''): TAesopUtf8;
var
  LStatus: TAesopStatus;
  LError: PAesopError;
  LAnswer: PAesopText;
begin
  LStatus := aesop_engine_escalations(FHandle, AesopStr(Filter), @LAnswer, @LError);
  AesopCheck(LStatus, LAnswer, LError);
  Result := AesopTake(LAnswer);
end;

function TAesopEngine.Exceptions(const Filter: TAesopUtf8 = ''): TAesopUtf8;
var
  LStatus: TAesopStatus;
  LError: PAesopError;
  LAnswer: PAesopText;
begin
  LStatus := aesop_engine_exceptions(FHandle, AesopStr(Filter), @LAnswer, @LError);
  AesopCheck(LStatus, LAnswer, LError);
  Result := AesopTake(LAnswer);
end;

function TAesopEngine.VerifyLog(const Options: TAesopUtf8 = ''): TAesopUtf8;
var
  LStatus: TAesopStatus;
  LError: PAesopError;
  LAnswer: PAesopText;
begin
  LStatus := aesop_engine_verify_log(FHandle, AesopStr(Options), @LAnswer, @LError);
  AesopCheck(LStatus, LAnswer, LError);
  Result := AesopTake(LAnswer);
end;

function TAesopEngine.Rebuild: UInt64;
var
  LStatus: TAesopStatus;
  LError: PAesopError;
  LValue: UInt64;
begin
  LStatus := aesop_engine_rebuild(FHandle, @LValue, @LError);
  AesopCheck(LStatus, nil, LError);
  Result := LValue;
end;

function TAesopEngine.CheckGate(const Sop: TAesopUtf8; const Gate: TAesopUtf8; const Facts: TAesopUtf8; At_: Int64; const More: TAesopUtf8 = ''): TAesopReport;
var
  LStatus: TAesopStatus;
  LError: PAesopError;
  LAnswer: PAesopText;
  LVerdict: TAesopVerdict;
begin
  LStatus := aesop_engine_check_gate(FHandle, AesopStr(Sop), AesopStr(Gate), AesopStr(Facts), At_, AesopStr(More), @LVerdict, @LAnswer, @LError);
  AesopCheck(LStatus, LAnswer, LError);
  Result.Verdict := LVerdict;
  Result.Json := AesopTake(LAnswer);
end;

function TAesopEngine.RecordGate(const Request: TAesopRequest; const Report: TAesopUtf8; const Subject: TAesopUtf8): TAesopUtf8;
var
  LStatus: TAesopStatus;
  LError: PAesopError;
  LData: TAesopRequestData;
  LAnswer: PAesopText;
begin
  LData := AesopRequestData(Request);
  LStatus := aesop_engine_record_gate(FHandle, @LData, AesopStr(Report), AesopStr(Subject), @LAnswer, @LError);
  AesopCheck(LStatus, LAnswer, LError);
  Result := AesopTake(LAnswer);
end;

function TAesopEngine.Evaluate(const Feel: TAesopUtf8; const Context: TAesopUtf8; At_: Int64): TAesopUtf8;
var
  LStatus: TAesopStatus;
  LError: PAesopError;
  LAnswer: PAesopText;
begin
  LStatus := aesop_engine_evaluate(FHandle, AesopStr(Feel), AesopStr(Context), At_, @LAnswer, @LError);
  AesopCheck(LStatus, LAnswer, LError);
  Result := AesopTake(LAnswer);
end;

end.
