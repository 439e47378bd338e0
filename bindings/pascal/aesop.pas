// Generated from capi/include/aesop.h by bindings/generate/pascal.py; do not edit.
// The C API of Aesop, as C has it. Programs are easier with the classes of aesop_classes.pas.
unit aesop;

{$ifdef FPC}
{$mode delphi}
{$packrecords c}
{$endif}

interface

const
{$ifdef MSWINDOWS}
  AesopLibrary = 'aesop.dll';
{$else}
  AesopLibrary = 'libaesop.so.0';
{$endif}

  // What came of a call. The numbers of errors are those of docs/errors.md, and permanent.
  AESOP_OK = 0;
  AESOP_REJECTED = 1;  // the command was refused; its answer says why
  AESOP_E_INVALID_ARGUMENT = 1001;
  AESOP_E_NOT_FOUND = 1002;
  AESOP_E_ALREADY_EXISTS = 1003;
  AESOP_E_LIMIT_EXCEEDED = 1004;
  AESOP_E_NO_ZONE_DATA = 1005;
  AESOP_E_HORIZON_EXCEEDED = 1006;
  AESOP_E_STALE_HANDLE = 1007;
  AESOP_E_WRONG_HANDLE = 1008;
  AESOP_E_PARSE_ERROR = 2001;
  AESOP_E_SCHEMA_ERROR = 2002;
  AESOP_E_UNSUPPORTED_VERSION = 2003;
  AESOP_E_BAD_UTF8 = 2004;
  AESOP_E_DUPLICATE_KEY = 2005;
  AESOP_E_UNSOUND_DEFINITION = 2006;
  AESOP_E_UNKNOWN_NAME = 3001;
  AESOP_E_TYPE_MISMATCH = 3002;
  AESOP_E_BAD_EXPRESSION = 3003;
  AESOP_E_EVALUATION_LIMIT = 3004;
  AESOP_E_UNKNOWN_STEP = 4001;
  AESOP_E_UNKNOWN_RUN = 4002;
  AESOP_E_CONFLICT = 4003;
  AESOP_E_UNVERIFIED = 4004;
  AESOP_E_COMMAND_ID_REUSED = 4005;
  AESOP_E_CORRUPT_EVENT = 4006;
  AESOP_E_PERMISSION_DENIED = 5001;
  AESOP_E_IO_ERROR = 6001;
  AESOP_E_BUSY = 6002;
  AESOP_E_CORRUPT = 6003;
  AESOP_E_NEWER_SCHEMA = 6004;
  AESOP_E_CHAIN_BROKEN = 6005;
  AESOP_E_NOT_A_STORE = 6006;
  AESOP_E_NETWORK_FILESYSTEM = 6007;
  AESOP_E_FORKED = 6008;
  AESOP_E_DISK_FULL = 6009;
  AESOP_E_READ_ONLY = 6010;
  AESOP_E_INTERNAL = 9001;
  AESOP_E_OUT_OF_MEMORY = 9002;

  // What a gate says.
  AESOP_VERDICT_NONE = 0;  // the gate was not asked: an error
  AESOP_VERDICT_PASS = 1;
  AESOP_VERDICT_WARN = 2;
  AESOP_VERDICT_BLOCK = 3;

  AESOP_NO_TIME = Low(Int64);  // where a time may be left out
  AESOP_NO_REVISION = High(UInt64);  // where a revision may be left out
  AESOP_ABI_VERSION_ = 0;

type
  TAesopStatus = Int32;
  PAesopStatus = ^TAesopStatus;
  TAesopVerdict = Int32;
  PAesopVerdict = ^TAesopVerdict;
  PAesopText = type Pointer;  // a text that the library gave
  PPAesopText = ^PAesopText;
  PAesopError = type Pointer;  // what went wrong
  PPAesopError = ^PAesopError;
  PAesopSop = type Pointer;  // an SOP as it was read, sound or not
  PPAesopSop = ^PAesopSop;
  PAesopGate = type Pointer;  // a gate, ready to be asked
  PPAesopGate = ^PAesopGate;
  PAesopRule = type Pointer;  // a rule of an SOP: a decision table or an expression
  PPAesopRule = ^PAesopRule;
  PAesopExpr = type Pointer;  // a FEEL expression, compiled
  PPAesopExpr = ^PAesopExpr;
  PAesopDmn = type Pointer;  // a DMN model, compiled with those it imports
  PPAesopDmn = ^PAesopDmn;
  PAesopEngine = type Pointer;  // SOPs and their runs in a store
  PPAesopEngine = ^PAesopEngine;

  // Bytes in UTF-8; `data` may be NULL where `size` is 0.
  PAesopStr = ^TAesopStr;
  TAesopStr = record
    Data: PAnsiChar;
    Size: NativeUInt;
  end;

  // How an engine opens its store.
  PAesopOpenOptionsData = ^TAesopOpenOptionsData;
  TAesopOpenOptionsData = record
    Size: UInt32;  // sizeof(aesop_open_options)
    Create: UInt32;  // 1: make the store when it is not there
    ReadOnly: UInt32;  // 1: nothing is ever written
    Exclusive: UInt32;  // 1: this process alone; faster
    AllowNetwork: UInt32;  // 1: also on a network file system; read docs/storage.md first
    BusyMilliseconds: UInt32;  // how long a call waits for other writers before AESOP_E_BUSY
  end;

  // Who asks, when, and under which id: what every command that writes has.
  PAesopRequestData = ^TAesopRequestData;
  TAesopRequestData = record
    Size: UInt32;  // sizeof(aesop_request)
    Reserved: UInt32;  // 0
    CommandId: TAesopStr;  // names this request for ever: the same id again gives the same answer and does nothing
    At_: Int64;  // now
    Actor: TAesopStr;  // JSON: {"id": "ana", "roles": ["biller"], "scope": "org/west"}; or an id alone, as text
    Run: TAesopStr;  // the run; may be empty where a task names it, or where there is none
    ExpectedRevision: UInt64;  // refuse with `conflict` when the run has moved on; or AESOP_NO_REVISION
    OccurredAt: Int64;  // a late fact: when it happened; or AESOP_NO_TIME
  end;

// The version of the library, "0.1.0".
function aesop_version: PAnsiChar; cdecl; external AesopLibrary;

// The number of this interface. A program made for one number works with every library of the same: it grows only.
function aesop_abi_version: UInt32; cdecl; external AesopLibrary;

// The most bytes a text given to the library may have.
function aesop_text_limit: NativeUInt; cdecl; external AesopLibrary;

// The name of a status, "command-id-reused"; "unknown" for a number that is none.
function aesop_status_name(Status: TAesopStatus): PAnsiChar; cdecl; external AesopLibrary;

// One sentence on what a status means.
function aesop_status_text(Status: TAesopStatus): PAnsiChar; cdecl; external AesopLibrary;

// Gives the struct its defaults, as AESOP_OPEN_OPTIONS_INIT does. For languages without macros.
procedure aesop_open_options_init(Options: PAesopOpenOptionsData); cdecl; external AesopLibrary;

// Gives the struct its defaults, as AESOP_REQUEST_INIT does.
procedure aesop_request_init(Request: PAesopRequestData); cdecl; external AesopLibrary;

// The bytes of a text, with a NUL behind the last; they live until the text is freed. NULL for a stale handle.
function aesop_text_data(Text: PAesopText): PAnsiChar; cdecl; external AesopLibrary;

// How many bytes, the NUL not counted.
function aesop_text_size(Text: PAesopText): NativeUInt; cdecl; external AesopLibrary;

procedure aesop_text_free(Text: PAesopText); cdecl; external AesopLibrary;

// The status that came with the error; AESOP_OK for NULL or a stale handle.
function aesop_error_status(Error: PAesopError): TAesopStatus; cdecl; external AesopLibrary;

// What went wrong, one sentence; lives until the error is freed. "" for NULL or a stale handle.
function aesop_error_message(Error: PAesopError): PAnsiChar; cdecl; external AesopLibrary;

// What to do about it; may be empty. Lives until the error is freed.
function aesop_error_help(Error: PAesopError): PAnsiChar; cdecl; external AesopLibrary;

// {"code", "message", "help"?, "findings"?: [{code, severity, line, column, message, help}]} as JSON text. Lives until the
// error is freed.
function aesop_error_json(Error: PAesopError): PAnsiChar; cdecl; external AesopLibrary;

procedure aesop_error_free(Error: PAesopError); cdecl; external AesopLibrary;

// Reads an SOP and looks for everything that can be known to be wrong with it. It is given also when it has errors; only a
// text that is no JSON at all, or has a wrong encoding, is an error here. `name` is how findings call the text.
function aesop_sop_load(Text: TAesopStr; Name: TAesopStr; OutSop: PPAesopSop; Err: PPAesopError): TAesopStatus; cdecl; external AesopLibrary;

// 1 when it may be published: no finding of severity error.
function aesop_sop_is_sound(Sop: PAesopSop; OutSound: PInt32; Err: PPAesopError): TAesopStatus; cdecl; external AesopLibrary;

// All findings as a JSON list: [{code, severity, line, column, message, help?}].
function aesop_sop_findings(Sop: PAesopSop; OutFindings: PPAesopText; Err: PPAesopError): TAesopStatus; cdecl; external AesopLibrary;

// The findings as people read them: code, place, the line with a caret, help.
function aesop_sop_render(Sop: PAesopSop; OutRendered: PPAesopText; Err: PPAesopError): TAesopStatus; cdecl; external AesopLibrary;

// The SOP as the procedure that people read.
function aesop_sop_show(Sop: PAesopSop; OutProcedure: PPAesopText; Err: PPAesopError): TAesopStatus; cdecl; external AesopLibrary;

// {"sop", "version", "title", "hash"?, "gates": [...], "rules": [...], "steps": [...]} as JSON; `hash` where it is sound.
function aesop_sop_info(Sop: PAesopSop; OutInfo: PPAesopText; Err: PPAesopError): TAesopStatus; cdecl; external AesopLibrary;

procedure aesop_sop_free(Sop: PAesopSop); cdecl; external AesopLibrary;

// An SOP's text in the one layout of `aesop fmt`; comments are kept.
function aesop_sop_format(Text: TAesopStr; OutFormatted: PPAesopText; Err: PPAesopError): TAesopStatus; cdecl; external AesopLibrary;

// Reads an SOP and makes one of its gates ready; `gate` may be empty where the SOP has only one. Parameters are the SOP's
// defaults; for those of a scope ask aesop_engine_check_gate. AESOP_E_UNSOUND_DEFINITION (the error's JSON has the findings),
// AESOP_E_NOT_FOUND.
function aesop_gate_open(SopText: TAesopStr; Gate: TAesopStr; OutGate: PPAesopGate; Err: PPAesopError): TAesopStatus; cdecl; external AesopLibrary;

// Asks it. `facts` is a JSON object of the SOP's variables; what is not given is null. `approved` is a JSON list of exception
// policies that count as approved, or empty. The report is that of the command `gate`: {verdict, failures: [{check, enforce,
// message, fix, exception}], receipt, ...}. No disk is touched; aesop_engine_record_gate keeps the report.
// AESOP_E_SCHEMA_ERROR for a variable the SOP does not declare, AESOP_E_TYPE_MISMATCH, AESOP_E_NOT_FOUND for a policy it does not
// have.
function aesop_gate_check(Gate: PAesopGate; Facts: TAesopStr; At_: Int64; Approved: TAesopStr; OutVerdict: PAesopVerdict; OutReport: PPAesopText; Err: PPAesopError): TAesopStatus; cdecl; external AesopLibrary;

procedure aesop_gate_free(Gate: PAesopGate); cdecl; external AesopLibrary;

// Makes a rule of an SOP ready: a decision table or an expression; `rule` may be empty where the SOP has only one. Errors as of
// aesop_gate_open.
function aesop_rule_open(SopText: TAesopStr; Rule: TAesopStr; OutRule: PPAesopRule; Err: PPAesopError): TAesopStatus; cdecl; external AesopLibrary;

// {"value": ..., "diagnostics"?: [why it is null]} as JSON. `facts` are by name what the rule would read in a run: variables
// (else null), parameters (else their default), gates as {"verdict", "blocked"?, "warned"?} (else asked, over the same
// facts), results of steps (else null) and `run`. Errors as of aesop_gate_check.
function aesop_rule_evaluate(Rule: PAesopRule; Facts: TAesopStr; At_: Int64; OutResult: PPAesopText; Err: PPAesopError): TAesopStatus; cdecl; external AesopLibrary;

procedure aesop_rule_free(Rule: PAesopRule); cdecl; external AesopLibrary;

// Compiles a FEEL expression. `names` is a JSON list of the names it may use, of values of any type; or empty.
// AESOP_E_BAD_EXPRESSION, AESOP_E_UNKNOWN_NAME.
function aesop_expr_compile(Feel: TAesopStr; Names: TAesopStr; OutExpr: PPAesopExpr; Err: PPAesopError): TAesopStatus; cdecl; external AesopLibrary;

// {"value": ..., "diagnostics"?: [why it is null]} as JSON. `context` is a JSON object; names it lacks are null.
function aesop_expr_evaluate(Expr: PAesopExpr; Context: TAesopStr; At_: Int64; OutResult: PPAesopText; Err: PPAesopError): TAesopStatus; cdecl; external AesopLibrary;

procedure aesop_expr_free(Expr: PAesopExpr); cdecl; external AesopLibrary;

// Reads a DMN model, the text of a .dmn file of version 1.1 to 1.5, and compiles it with the models it imports. more: imports
// (their texts by the names of their files: {"rates.dmn": "<definitions ..."}), strict. As DMN has it, what is wrong in an
// expression makes it null when it is evaluated, with a diagnostic, and one that cannot even be read is a warning among the
// findings; with "strict": true both are errors. A function in another language (kind Java or PMML) is null with a diagnostic:
// this interface calls nothing back. The model is immutable, and used at once by any number of threads. AESOP_E_PARSE_ERROR,
// AESOP_E_SCHEMA_ERROR (XML, but no model), AESOP_E_UNSUPPORTED_VERSION, AESOP_E_UNSOUND_DEFINITION: the error's JSON has the
// findings with line and column.
function aesop_dmn_open(Model: TAesopStr; More: TAesopStr; OutDmn: PPAesopDmn; Err: PPAesopError): TAesopStatus; cdecl; external AesopLibrary;

// All findings as a JSON list, as of aesop_sop_findings; none of a model that was opened is an error.
function aesop_dmn_findings(Dmn: PAesopDmn; OutFindings: PPAesopText; Err: PPAesopError): TAesopStatus; cdecl; external AesopLibrary;

// What it offers: {"name", "namespace", "imports": [{"name", "namespace"}], "inputs": [{"name", "type"}], "decisions": [{"name",
// "type", "inputs", "table"}], "services": [{"name", "type", "inputs", "outputs"}], "knowledge": [{"name", "type", "inputs",
// "table"}]} as JSON; `table` says whether it is a decision table.
function aesop_dmn_describe(Dmn: PAesopDmn; OutDescription: PPAesopText; Err: PPAesopError): TAesopStatus; cdecl; external AesopLibrary;

// The value of a decision with all that it rests on: {"value": ..., "diagnostics"?: [why it is null, and where]} as JSON. `inputs`
// is a JSON object by the names of the input data, those of an import in a member named as it is; or empty. What it lacks is
// null; a text is a date, time or duration where the model says so. `zone` is the IANA name of where now() and today() are told;
// or empty, for UTC. AESOP_E_NOT_FOUND, AESOP_E_SCHEMA_ERROR for an input that the model does not have.
function aesop_dmn_evaluate(Dmn: PAesopDmn; Decision: TAesopStr; Inputs: TAesopStr; At_: Int64; Zone: TAesopStr; OutResult: PPAesopText; Err: PPAesopError): TAesopStatus; cdecl; external AesopLibrary;

// The same, and how it came to be: {"value", "diagnostics"?, "steps": [{"element", "depth", "value", "rules"}]} as JSON, the decision first,
// then the decisions and knowledge that it asked for, each with what it gave and, of each decision table in it, the numbers of the
// rules that matched. `inputs` may be empty. `zone` may be empty.
function aesop_dmn_explain(Dmn: PAesopDmn; Decision: TAesopStr; Inputs: TAesopStr; At_: Int64; Zone: TAesopStr; OutExplanation: PPAesopText; Err: PPAesopError): TAesopStatus; cdecl; external AesopLibrary;

// The same as aesop_dmn_evaluate for a decision service: of one output its value, of several an object. `inputs` are its input data and input
// decisions by name; or empty. `zone` may be empty.
function aesop_dmn_evaluate_service(Dmn: PAesopDmn; Service: TAesopStr; Inputs: TAesopStr; At_: Int64; Zone: TAesopStr; OutResult: PPAesopText; Err: PPAesopError): TAesopStatus; cdecl; external AesopLibrary;

// The same for a business knowledge model. `inputs` are its parameters by name; or empty. `zone` may be empty.
function aesop_dmn_evaluate_knowledge(Dmn: PAesopDmn; Knowledge: TAesopStr; Inputs: TAesopStr; At_: Int64; Zone: TAesopStr; OutResult: PPAesopText; Err: PPAesopError): TAesopStatus; cdecl; external AesopLibrary;

procedure aesop_dmn_free(Dmn: PAesopDmn); cdecl; external AesopLibrary;

// Opens the store in a file; ":memory:" is one that is gone with the engine. `options` may be NULL. AESOP_E_NOT_A_STORE,
// AESOP_E_NEWER_SCHEMA, AESOP_E_NETWORK_FILESYSTEM, AESOP_E_NOT_FOUND, AESOP_E_BUSY, AESOP_E_IO_ERROR.
function aesop_engine_open(Path: TAesopStr; Options: PAesopOpenOptionsData; OutEngine: PPAesopEngine; Err: PPAesopError): TAesopStatus; cdecl; external AesopLibrary;

// Closes it. A call under way in another thread ends first.
procedure aesop_engine_close(Engine: PAesopEngine); cdecl; external AesopLibrary;

// Any command as one JSON object, docs/commands.md; gives {"ok": ...} with AESOP_OK, {"rejected": ...} with AESOP_REJECTED. What
// the page calls {"error": ...} is an error here, like any other.
function aesop_engine_execute(Engine: PAesopEngine; Command: TAesopStr; OutAnswer: PPAesopText; Err: PPAesopError): TAesopStatus; cdecl; external AesopLibrary;

// Until aesop_engine_commit_batch, commands share one transaction and one sync, and their answers are provisional.
function aesop_engine_begin_batch(Engine: PAesopEngine; Err: PPAesopError): TAesopStatus; cdecl; external AesopLibrary;

// Makes the batch durable. After an error nothing of it is known to be kept: repeat its commands with the same ids.
function aesop_engine_commit_batch(Engine: PAesopEngine; Err: PPAesopError): TAesopStatus; cdecl; external AesopLibrary;

// Forgets the batch.
function aesop_engine_rollback_batch(Engine: PAesopEngine; Err: PPAesopError): TAesopStatus; cdecl; external AesopLibrary;

// Publishes a sound SOP for ever; refused with findings otherwise (`unsound_definition`, `already_published`).
function aesop_engine_publish(Engine: PAesopEngine; Request: PAesopRequestData; SopText: TAesopStr; OutAnswer: PPAesopText; Err: PPAesopError): TAesopStatus; cdecl; external AesopLibrary;

// Registers a person; `grants` is a JSON list of {role, scope}. more: name.
function aesop_engine_put_person(Engine: PAesopEngine; Request: PAesopRequestData; Person: TAesopStr; Grants: TAesopStr; More: TAesopStr; OutAnswer: PPAesopText; Err: PPAesopError): TAesopStatus; cdecl; external AesopLibrary;

function aesop_engine_remove_person(Engine: PAesopEngine; Request: PAesopRequestData; Person: TAesopStr; OutAnswer: PPAesopText; Err: PPAesopError): TAesopStatus; cdecl; external AesopLibrary;

// Sets a parameter; `value` is JSON. more: sop, scope.
function aesop_engine_set_parameter(Engine: PAesopEngine; Request: PAesopRequestData; Name: TAesopStr; Value: TAesopStr; More: TAesopStr; OutAnswer: PPAesopText; Err: PPAesopError): TAesopStatus; cdecl; external AesopLibrary;

// Puts working hours in place of an SOP's; `calendar` is JSON as in an SOP. more: scope.
function aesop_engine_put_calendar(Engine: PAesopEngine; Request: PAesopRequestData; Name: TAesopStr; Calendar: TAesopStr; More: TAesopStr; OutAnswer: PPAesopText; Err: PPAesopError): TAesopStatus; cdecl; external AesopLibrary;

// Erases data of the closed run of the request, for good. more: revisions.
function aesop_engine_erase(Engine: PAesopEngine; Request: PAesopRequestData; Reason: TAesopStr; More: TAesopStr; OutAnswer: PPAesopText; Err: PPAesopError): TAesopStatus; cdecl; external AesopLibrary;

// Starts a run; request.run names it, or is empty for a derived id. more: version, key, scope, thread, parent, cause, data.
function aesop_engine_start(Engine: PAesopEngine; Request: PAesopRequestData; Sop: TAesopStr; Subject: TAesopStr; More: TAesopStr; OutAnswer: PPAesopText; Err: PPAesopError): TAesopStatus; cdecl; external AesopLibrary;

// Reports a fact to the run of the request; `payload` is a JSON object or empty. more: subject, key.
function aesop_engine_record_event(Engine: PAesopEngine; Request: PAesopRequestData; Event: TAesopStr; Payload: TAesopStr; More: TAesopStr; OutAnswer: PPAesopText; Err: PPAesopError): TAesopStatus; cdecl; external AesopLibrary;

function aesop_engine_suspend(Engine: PAesopEngine; Request: PAesopRequestData; Reason: TAesopStr; OutAnswer: PPAesopText; Err: PPAesopError): TAesopStatus; cdecl; external AesopLibrary;

function aesop_engine_resume(Engine: PAesopEngine; Request: PAesopRequestData; OutAnswer: PPAesopText; Err: PPAesopError): TAesopStatus; cdecl; external AesopLibrary;

function aesop_engine_cancel(Engine: PAesopEngine; Request: PAesopRequestData; Reason: TAesopStr; OutAnswer: PPAesopText; Err: PPAesopError): TAesopStatus; cdecl; external AesopLibrary;

function aesop_engine_claim(Engine: PAesopEngine; Request: PAesopRequestData; Task: TAesopStr; More: TAesopStr; OutAnswer: PPAesopText; Err: PPAesopError): TAesopStatus; cdecl; external AesopLibrary;

function aesop_engine_start_task(Engine: PAesopEngine; Request: PAesopRequestData; Task: TAesopStr; More: TAesopStr; OutAnswer: PPAesopText; Err: PPAesopError): TAesopStatus; cdecl; external AesopLibrary;

function aesop_engine_stop(Engine: PAesopEngine; Request: PAesopRequestData; Task: TAesopStr; More: TAesopStr; OutAnswer: PPAesopText; Err: PPAesopError): TAesopStatus; cdecl; external AesopLibrary;

function aesop_engine_release(Engine: PAesopEngine; Request: PAesopRequestData; Task: TAesopStr; More: TAesopStr; OutAnswer: PPAesopText; Err: PPAesopError): TAesopStatus; cdecl; external AesopLibrary;

function aesop_engine_delegate(Engine: PAesopEngine; Request: PAesopRequestData; Task: TAesopStr; To_: TAesopStr; More: TAesopStr; OutAnswer: PPAesopText; Err: PPAesopError): TAesopStatus; cdecl; external AesopLibrary;

function aesop_engine_forward(Engine: PAesopEngine; Request: PAesopRequestData; Task: TAesopStr; More: TAesopStr; OutAnswer: PPAesopText; Err: PPAesopError): TAesopStatus; cdecl; external AesopLibrary;

// more: until.
function aesop_engine_suspend_task(Engine: PAesopEngine; Request: PAesopRequestData; Task: TAesopStr; More: TAesopStr; OutAnswer: PPAesopText; Err: PPAesopError): TAesopStatus; cdecl; external AesopLibrary;

function aesop_engine_resume_task(Engine: PAesopEngine; Request: PAesopRequestData; Task: TAesopStr; More: TAesopStr; OutAnswer: PPAesopText; Err: PPAesopError): TAesopStatus; cdecl; external AesopLibrary;

// Ticks an item of the checklist. more: reading, note.
function aesop_engine_tick(Engine: PAesopEngine; Request: PAesopRequestData; Task: TAesopStr; Item: TAesopStr; More: TAesopStr; OutAnswer: PPAesopText; Err: PPAesopError): TAesopStatus; cdecl; external AesopLibrary;

function aesop_engine_untick(Engine: PAesopEngine; Request: PAesopRequestData; Task: TAesopStr; Item: TAesopStr; More: TAesopStr; OutAnswer: PPAesopText; Err: PPAesopError): TAesopStatus; cdecl; external AesopLibrary;

// Keeps proof whose bytes are elsewhere: their SHA-256 (64 hexadecimal digits) and where they are. more: item, name.
function aesop_engine_attach_evidence(Engine: PAesopEngine; Request: PAesopRequestData; Task: TAesopStr; Sha256: TAesopStr; MediaType: TAesopStr; Uri: TAesopStr; More: TAesopStr; OutAnswer: PPAesopText; Err: PPAesopError): TAesopStatus; cdecl; external AesopLibrary;

// Keeps proof with its bytes, any bytes, at most 256 KiB. more: item, name.
function aesop_engine_attach_bytes(Engine: PAesopEngine; Request: PAesopRequestData; Task: TAesopStr; Bytes: TAesopStr; MediaType: TAesopStr; More: TAesopStr; OutAnswer: PPAesopText; Err: PPAesopError): TAesopStatus; cdecl; external AesopLibrary;

// Keeps a form in progress; `form` is a JSON object.
function aesop_engine_save(Engine: PAesopEngine; Request: PAesopRequestData; Task: TAesopStr; Form: TAesopStr; More: TAesopStr; OutAnswer: PPAesopText; Err: PPAesopError): TAesopStatus; cdecl; external AesopLibrary;

// Finishes a task; `form` is a JSON object or empty. Refused with `blocked` and everything that is missing. more: reasons, note.
function aesop_engine_complete_step(Engine: PAesopEngine; Request: PAesopRequestData; Task: TAesopStr; Form: TAesopStr; More: TAesopStr; OutAnswer: PPAesopText; Err: PPAesopError): TAesopStatus; cdecl; external AesopLibrary;

// The task cannot be done.
function aesop_engine_fail(Engine: PAesopEngine; Request: PAesopRequestData; Task: TAesopStr; Reason: TAesopStr; More: TAesopStr; OutAnswer: PPAesopText; Err: PPAesopError): TAesopStatus; cdecl; external AesopLibrary;

function aesop_engine_accept_review(Engine: PAesopEngine; Request: PAesopRequestData; Task: TAesopStr; More: TAesopStr; OutAnswer: PPAesopText; Err: PPAesopError): TAesopStatus; cdecl; external AesopLibrary;

function aesop_engine_return_for_rework(Engine: PAesopEngine; Request: PAesopRequestData; Task: TAesopStr; Note: TAesopStr; More: TAesopStr; OutAnswer: PPAesopText; Err: PPAesopError): TAesopStatus; cdecl; external AesopLibrary;

// Corrects the last completed form of a step; history stays. more: instance, visit.
function aesop_engine_correct(Engine: PAesopEngine; Request: PAesopRequestData; Step: TAesopStr; Form: TAesopStr; Reason: TAesopStr; More: TAesopStr; OutAnswer: PPAesopText; Err: PPAesopError): TAesopStatus; cdecl; external AesopLibrary;

// The operation of a service step was done; `result` is a JSON object or empty.
function aesop_engine_complete_service(Engine: PAesopEngine; Request: PAesopRequestData; Task: TAesopStr; Result_: TAesopStr; More: TAesopStr; OutAnswer: PPAesopText; Err: PPAesopError): TAesopStatus; cdecl; external AesopLibrary;

// It failed; `error` says how. more: retry.
function aesop_engine_fail_service(Engine: PAesopEngine; Request: PAesopRequestData; Task: TAesopStr; Error: TAesopStr; More: TAesopStr; OutAnswer: PPAesopText; Err: PPAesopError): TAesopStatus; cdecl; external AesopLibrary;

// One voice in an approval step: `decision` is "approve" or "refuse". more: note.
function aesop_engine_decide_approval(Engine: PAesopEngine; Request: PAesopRequestData; Task: TAesopStr; Decision: TAesopStr; More: TAesopStr; OutAnswer: PPAesopText; Err: PPAesopError): TAesopStatus; cdecl; external AesopLibrary;

// Asks to deviate by a policy of the SOP. more: step or task, documents, reason, until. The answer's `created` names the exception.
function aesop_engine_request_exception(Engine: PAesopEngine; Request: PAesopRequestData; Policy: TAesopStr; More: TAesopStr; OutAnswer: PPAesopText; Err: PPAesopError): TAesopStatus; cdecl; external AesopLibrary;

// One voice: `decision` is "approve" or "deny". more: note.
function aesop_engine_decide_exception(Engine: PAesopEngine; Request: PAesopRequestData; Exception: TAesopStr; Decision: TAesopStr; More: TAesopStr; OutAnswer: PPAesopText; Err: PPAesopError): TAesopStatus; cdecl; external AesopLibrary;

// Uses an approved exception: the step is skipped. more: step or task.
function aesop_engine_skip(Engine: PAesopEngine; Request: PAesopRequestData; Exception: TAesopStr; More: TAesopStr; OutAnswer: PPAesopText; Err: PPAesopError): TAesopStatus; cdecl; external AesopLibrary;

// Uses an approved exception: the step is due later. more: until, step or task.
function aesop_engine_extend(Engine: PAesopEngine; Request: PAesopRequestData; Exception: TAesopStr; More: TAesopStr; OutAnswer: PPAesopText; Err: PPAesopError): TAesopStatus; cdecl; external AesopLibrary;

// Acts first, owes a review. more: step or task, documents, until.
function aesop_engine_invoke_emergency(Engine: PAesopEngine; Request: PAesopRequestData; Policy: TAesopStr; Reason: TAesopStr; More: TAesopStr; OutAnswer: PPAesopText; Err: PPAesopError): TAesopStatus; cdecl; external AesopLibrary;

// `verdict` is "justified" or "not_justified". more: note.
function aesop_engine_review_emergency(Engine: PAesopEngine; Request: PAesopRequestData; Exception: TAesopStr; Verdict: TAesopStr; More: TAesopStr; OutAnswer: PPAesopText; Err: PPAesopError): TAesopStatus; cdecl; external AesopLibrary;

function aesop_engine_acknowledge_handoff(Engine: PAesopEngine; Request: PAesopRequestData; Handoff: TAesopStr; OutAnswer: PPAesopText; Err: PPAesopError): TAesopStatus; cdecl; external AesopLibrary;

function aesop_engine_retry_incident(Engine: PAesopEngine; Request: PAesopRequestData; Incident: TAesopStr; OutAnswer: PPAesopText; Err: PPAesopError): TAesopStatus; cdecl; external AesopLibrary;

// more: data, go.
function aesop_engine_resolve_incident(Engine: PAesopEngine; Request: PAesopRequestData; Incident: TAesopStr; Reason: TAesopStr; More: TAesopStr; OutAnswer: PPAesopText; Err: PPAesopError): TAesopStatus; cdecl; external AesopLibrary;

function aesop_engine_end_incident(Engine: PAesopEngine; Request: PAesopRequestData; Incident: TAesopStr; Reason: TAesopStr; OutAnswer: PPAesopText; Err: PPAesopError): TAesopStatus; cdecl; external AesopLibrary;

// Fires what is due by `to` over all runs, at most `limit` timers (0: 1000). {"fired", "more", "stuck"?}; call again while `more`.
function aesop_engine_advance(Engine: PAesopEngine; To_: Int64; Limit: UInt32; OutAnswer: PPAesopText; Err: PPAesopError): TAesopStatus; cdecl; external AesopLibrary;

// Takes in events of a host's own stream with its cursor, once. `events` is a JSON list as in docs/commands.md. more: after.
function aesop_engine_ingest(Engine: PAesopEngine; Request: PAesopRequestData; Feed: TAesopStr; Cursor: TAesopStr; Events: TAesopStr; More: TAesopStr; OutAnswer: PPAesopText; Err: PPAesopError): TAesopStatus; cdecl; external AesopLibrary;

// Hands out effects that are due, for a lease of so many seconds (0: only looks), at most `limit` (0: 100). {"effects": [...]}.
function aesop_engine_poll_outbox(Engine: PAesopEngine; At_: Int64; LeaseSeconds: UInt32; Limit: UInt32; OutAnswer: PPAesopText; Err: PPAesopError): TAesopStatus; cdecl; external AesopLibrary;

// The effect was carried out. more: attempt.
function aesop_engine_ack(Engine: PAesopEngine; Request: PAesopRequestData; Effect: TAesopStr; More: TAesopStr; OutAnswer: PPAesopText; Err: PPAesopError): TAesopStatus; cdecl; external AesopLibrary;

// It failed; `error` says how. It is handed out again after a pause. more: attempt.
function aesop_engine_fail_effect(Engine: PAesopEngine; Request: PAesopRequestData; Effect: TAesopStr; Error: TAesopStr; More: TAesopStr; OutAnswer: PPAesopText; Err: PPAesopError): TAesopStatus; cdecl; external AesopLibrary;

// Work items: {"tasks": [...]}. filter: role, person, scope, run, limit.
function aesop_engine_worklist(Engine: PAesopEngine; Filter: TAesopStr; OutAnswer: PPAesopText; Err: PPAesopError): TAesopStatus; cdecl; external AesopLibrary;

// The state of a run. AESOP_E_UNKNOWN_RUN.
function aesop_engine_run(Engine: PAesopEngine; Run: TAesopStr; OutAnswer: PPAesopText; Err: PPAesopError): TAesopStatus; cdecl; external AesopLibrary;

// filter: status, sop, scope, subject, key, after, limit.
function aesop_engine_runs(Engine: PAesopEngine; Filter: TAesopStr; OutAnswer: PPAesopText; Err: PPAesopError): TAesopStatus; cdecl; external AesopLibrary;

// Entries of the log. filter: run, after, limit, kinds.
function aesop_engine_events(Engine: PAesopEngine; Filter: TAesopStr; OutAnswer: PPAesopText; Err: PPAesopError): TAesopStatus; cdecl; external AesopLibrary;

// What keeps a run, or one step of it, from going on; `step` may be empty.
function aesop_engine_why(Engine: PAesopEngine; Run: TAesopStr; Step: TAesopStr; At_: Int64; OutAnswer: PPAesopText; Err: PPAesopError): TAesopStatus; cdecl; external AesopLibrary;

// filter: run, until, limit.
function aesop_engine_timers(Engine: PAesopEngine; Filter: TAesopStr; OutAnswer: PPAesopText; Err: PPAesopError): TAesopStatus; cdecl; external AesopLibrary;

function aesop_engine_people(Engine: PAesopEngine; OutAnswer: PPAesopText; Err: PPAesopError): TAesopStatus; cdecl; external AesopLibrary;

function aesop_engine_parameters(Engine: PAesopEngine; OutAnswer: PPAesopText; Err: PPAesopError): TAesopStatus; cdecl; external AesopLibrary;

function aesop_engine_sops(Engine: PAesopEngine; OutAnswer: PPAesopText; Err: PPAesopError): TAesopStatus; cdecl; external AesopLibrary;

// A published SOP: {"text", "show", "hash", ...}; the version published last where `version` is empty. AESOP_E_NOT_FOUND.
function aesop_engine_sop(Engine: PAesopEngine; Sop: TAesopStr; Version: TAesopStr; OutAnswer: PPAesopText; Err: PPAesopError): TAesopStatus; cdecl; external AesopLibrary;

function aesop_engine_feeds(Engine: PAesopEngine; OutAnswer: PPAesopText; Err: PPAesopError): TAesopStatus; cdecl; external AesopLibrary;

// The measures of an SOP with targets, bands and trend: {"kpis": [...]}. filter: sop, version, from, until, scope, by, lineage.
function aesop_engine_kpis(Engine: PAesopEngine; Filter: TAesopStr; OutAnswer: PPAesopText; Err: PPAesopError): TAesopStatus; cdecl; external AesopLibrary;

// How often something happened, by the value of a field of it: {"counts": [...]}. filter: amount, sop, version, from, until, scope.
function aesop_engine_counts(Engine: PAesopEngine; Moment: TAesopStr; Field: TAesopStr; Filter: TAesopStr; OutAnswer: PPAesopText; Err: PPAesopError): TAesopStatus; cdecl; external AesopLibrary;

// Which rungs fired, how often: {"escalations": [...]}. filter: sop, version, from, until, scope.
function aesop_engine_escalations(Engine: PAesopEngine; Filter: TAesopStr; OutAnswer: PPAesopText; Err: PPAesopError): TAesopStatus; cdecl; external AesopLibrary;

// Exceptions that were asked for, and who decided: {"exceptions": [...]}. filter: sop, version, from, until, scope.
function aesop_engine_exceptions(Engine: PAesopEngine; Filter: TAesopStr; OutAnswer: PPAesopText; Err: PPAesopError): TAesopStatus; cdecl; external AesopLibrary;

// Walks the whole log and compares the store with it: {"sound", "entries", "head", ...}; a broken log is a report, no error. options: deep, file.
function aesop_engine_verify_log(Engine: PAesopEngine; Options: TAesopStr; OutAnswer: PPAesopText; Err: PPAesopError): TAesopStatus; cdecl; external AesopLibrary;

// Writes states, timers and worklist anew from the events; gives of how many runs. AESOP_E_CHAIN_BROKEN.
function aesop_engine_rebuild(Engine: PAesopEngine; OutRuns: PUInt64; Err: PPAesopError): TAesopStatus; cdecl; external AesopLibrary;

// Asks a gate of a published SOP, with parameters and calendars of a scope; or, where `sop` is empty and `run` in `more` names one,
// with what that run knows, `facts` in place of its variables. more: approved, scope, run.
function aesop_engine_check_gate(Engine: PAesopEngine; Sop: TAesopStr; Gate: TAesopStr; Facts: TAesopStr; At_: Int64; More: TAesopStr; OutVerdict: PAesopVerdict; OutReport: PPAesopText; Err: PPAesopError): TAesopStatus; cdecl; external AesopLibrary;

// Keeps what a gate answered, of aesop_gate_check or aesop_engine_check_gate, in the log; about `subject`, and about request.run when
// that is given.
function aesop_engine_record_gate(Engine: PAesopEngine; Request: PAesopRequestData; Report: TAesopStr; Subject: TAesopStr; OutAnswer: PPAesopText; Err: PPAesopError): TAesopStatus; cdecl; external AesopLibrary;

// {"value": ..., "diagnostics"?} of a FEEL expression over a JSON object.
function aesop_engine_evaluate(Engine: PAesopEngine; Feel: TAesopStr; Context: TAesopStr; At_: Int64; OutAnswer: PPAesopText; Err: PPAesopError): TAesopStatus; cdecl; external AesopLibrary;

implementation

end.
