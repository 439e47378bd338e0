// Generated from capi/include/aesop.h by bindings/generate/csharp.py; do not edit.
// The C API of Aesop for C#: the declarations, and classes with a method for each function. Strings are UTF-8 across the
// border, handles are SafeHandles, errors are AesopException and refusals are Rejected (Runtime.cs).
using System;
using System.Runtime.InteropServices;

namespace Aesop {
  /// <summary>What came of a call. The numbers of errors are those of docs/errors.md, and permanent.</summary>
  public enum Status {
    Ok = 0,
    /// <summary>The command was refused; its answer says why.</summary>
    Rejected = 1,
    InvalidArgument = 1001,
    NotFound = 1002,
    AlreadyExists = 1003,
    LimitExceeded = 1004,
    NoZoneData = 1005,
    HorizonExceeded = 1006,
    StaleHandle = 1007,
    WrongHandle = 1008,
    ParseError = 2001,
    SchemaError = 2002,
    UnsupportedVersion = 2003,
    BadUtf8 = 2004,
    DuplicateKey = 2005,
    UnsoundDefinition = 2006,
    UnknownName = 3001,
    TypeMismatch = 3002,
    BadExpression = 3003,
    EvaluationLimit = 3004,
    UnknownStep = 4001,
    UnknownRun = 4002,
    Conflict = 4003,
    Unverified = 4004,
    CommandIdReused = 4005,
    CorruptEvent = 4006,
    PermissionDenied = 5001,
    IoError = 6001,
    Busy = 6002,
    Corrupt = 6003,
    NewerSchema = 6004,
    ChainBroken = 6005,
    NotAStore = 6006,
    NetworkFilesystem = 6007,
    Forked = 6008,
    DiskFull = 6009,
    ReadOnly = 6010,
    Internal = 9001,
    OutOfMemory = 9002,
  }

  /// <summary>What a gate says.</summary>
  public enum Verdict {
    /// <summary>The gate was not asked: an error.</summary>
    None = 0,
    Pass = 1,
    Warn = 2,
    Block = 3,
  }

  /// <summary>An SOP as it was read, sound or not.</summary>
  public sealed class Sop : IDisposable {
    private readonly SopHandle handle;

    private Sop(SopHandle handle) { this.handle = handle; }

    /// <summary>Frees it. A second time does nothing.</summary>
    public void Dispose() { handle.Dispose(); }

    /// <summary>
    /// Reads an SOP and looks for everything that can be known to be wrong with it. It is given also when it has errors; only a
    /// text that is no JSON at all, or has a wrong encoding, is an error here. `name` is how findings call the text.
    /// </summary>
    public static Sop Load(string text, string name) {
      using (var call = new Call()) {
        SopHandle handle;
        call.Check(Native.aesop_sop_load(
          call.Text(text), call.Text(name), out handle, out call.Error));
        return new Sop(handle);
      }
    }

    /// <summary>1 when it may be published: no finding of severity error.</summary>
    public bool IsSound() {
      using (var call = new Call()) {
        int value;
        call.Check(Native.aesop_sop_is_sound(
          handle, out value, out call.Error));
        return value != 0;
      }
    }

    /// <summary>All findings as a JSON list: [{code, severity, line, column, message, help?}].</summary>
    public string Findings() {
      using (var call = new Call()) {
        call.Check(Native.aesop_sop_findings(
          handle, out call.Answer, out call.Error));
        return call.Take();
      }
    }

    /// <summary>The findings as people read them: code, place, the line with a caret, help.</summary>
    public string Render() {
      using (var call = new Call()) {
        call.Check(Native.aesop_sop_render(
          handle, out call.Answer, out call.Error));
        return call.Take();
      }
    }

    /// <summary>The SOP as the procedure that people read.</summary>
    public string Show() {
      using (var call = new Call()) {
        call.Check(Native.aesop_sop_show(
          handle, out call.Answer, out call.Error));
        return call.Take();
      }
    }

    /// <summary>{"sop", "version", "title", "hash"?, "gates": [...], "rules": [...], "steps": [...]} as JSON; `hash` where it is sound.</summary>
    public string Info() {
      using (var call = new Call()) {
        call.Check(Native.aesop_sop_info(
          handle, out call.Answer, out call.Error));
        return call.Take();
      }
    }

    /// <summary>An SOP's text in the one layout of `aesop fmt`; comments are kept.</summary>
    public static string Format(string text) {
      using (var call = new Call()) {
        call.Check(Native.aesop_sop_format(
          call.Text(text), out call.Answer, out call.Error));
        return call.Take();
      }
    }
  }

  /// <summary>A gate, ready to be asked.</summary>
  public sealed class Gate : IDisposable {
    private readonly GateHandle handle;

    private Gate(GateHandle handle) { this.handle = handle; }

    /// <summary>Frees it. A second time does nothing.</summary>
    public void Dispose() { handle.Dispose(); }

    /// <summary>
    /// Reads an SOP and makes one of its gates ready; `gate` may be empty where the SOP has only one. Parameters are the SOP's
    /// defaults; for those of a scope ask aesop_engine_check_gate. AESOP_E_UNSOUND_DEFINITION (the error's JSON has the findings),
    /// AESOP_E_NOT_FOUND.
    /// </summary>
    public static Gate Open(string sopText, string gate = null) {
      using (var call = new Call()) {
        GateHandle handle;
        call.Check(Native.aesop_gate_open(
          call.Text(sopText), call.Text(gate), out handle, out call.Error));
        return new Gate(handle);
      }
    }

    /// <summary>
    /// Asks it. `facts` is a JSON object of the SOP's variables; what is not given is null. `approved` is a JSON list of exception
    /// policies that count as approved, or empty. The report is that of the command `gate`: {verdict, failures: [{check, enforce,
    /// message, fix, exception}], receipt, ...}. No disk is touched; aesop_engine_record_gate keeps the report.
    /// AESOP_E_SCHEMA_ERROR for a variable the SOP does not declare, AESOP_E_TYPE_MISMATCH, AESOP_E_NOT_FOUND for a policy it does not
    /// have.
    /// </summary>
    public Report Check(string facts, DateTimeOffset at, string approved = null) {
      using (var call = new Call()) {
        Verdict verdict;
        call.Check(Native.aesop_gate_check(
          handle, call.Text(facts), Time.ToMicroseconds(at), call.Text(approved), out verdict, out call.Answer, out call.Error));
        return new Report(verdict, call.Take());
      }
    }
  }

  /// <summary>A rule of an SOP: a decision table or an expression.</summary>
  public sealed class Rule : IDisposable {
    private readonly RuleHandle handle;

    private Rule(RuleHandle handle) { this.handle = handle; }

    /// <summary>Frees it. A second time does nothing.</summary>
    public void Dispose() { handle.Dispose(); }

    /// <summary>
    /// Makes a rule of an SOP ready: a decision table or an expression; `rule` may be empty where the SOP has only one. Errors as of
    /// aesop_gate_open.
    /// </summary>
    public static Rule Open(string sopText, string rule = null) {
      using (var call = new Call()) {
        RuleHandle handle;
        call.Check(Native.aesop_rule_open(
          call.Text(sopText), call.Text(rule), out handle, out call.Error));
        return new Rule(handle);
      }
    }

    /// <summary>
    /// {"value": ..., "diagnostics"?: [why it is null]} as JSON. `facts` are by name what the rule would read in a run: variables
    /// (else null), parameters (else their default), gates as {"verdict", "blocked"?, "warned"?} (else asked, over the same
    /// facts), results of steps (else null) and `run`. Errors as of aesop_gate_check.
    /// </summary>
    public string Evaluate(string facts, DateTimeOffset at) {
      using (var call = new Call()) {
        call.Check(Native.aesop_rule_evaluate(
          handle, call.Text(facts), Time.ToMicroseconds(at), out call.Answer, out call.Error));
        return call.Take();
      }
    }
  }

  /// <summary>A FEEL expression, compiled.</summary>
  public sealed class Expr : IDisposable {
    private readonly ExprHandle handle;

    private Expr(ExprHandle handle) { this.handle = handle; }

    /// <summary>Frees it. A second time does nothing.</summary>
    public void Dispose() { handle.Dispose(); }

    /// <summary>
    /// Compiles a FEEL expression. `names` is a JSON list of the names it may use, of values of any type; or empty.
    /// AESOP_E_BAD_EXPRESSION, AESOP_E_UNKNOWN_NAME.
    /// </summary>
    public static Expr Compile(string feel, string names = null) {
      using (var call = new Call()) {
        ExprHandle handle;
        call.Check(Native.aesop_expr_compile(
          call.Text(feel), call.Text(names), out handle, out call.Error));
        return new Expr(handle);
      }
    }

    /// <summary>{"value": ..., "diagnostics"?: [why it is null]} as JSON. `context` is a JSON object; names it lacks are null.</summary>
    public string Evaluate(string context, DateTimeOffset at) {
      using (var call = new Call()) {
        call.Check(Native.aesop_expr_evaluate(
          handle, call.Text(context), Time.ToMicroseconds(at), out call.Answer, out call.Error));
        return call.Take();
      }
    }
  }

  /// <summary>A DMN model, compiled with those it imports.</summary>
  public sealed class Dmn : IDisposable {
    private readonly DmnHandle handle;

    private Dmn(DmnHandle handle) { this.handle = handle; }

    /// <summary>Frees it. A second time does nothing.</summary>
    public void Dispose() { handle.Dispose(); }

    /// <summary>
    /// Reads a DMN model, the text of a .dmn file of version 1.1 to 1.5, and compiles it with the models it imports. more: imports
    /// (their texts by the names of their files: {"rates.dmn": "&lt;definitions ..."}), strict. As DMN has it, what is wrong in an
    /// expression makes it null when it is evaluated, with a diagnostic, and one that cannot even be read is a warning among the
    /// findings; with "strict": true both are errors. A function in another language (kind Java or PMML) is null with a diagnostic:
    /// this interface calls nothing back. The model is immutable, and used at once by any number of threads. AESOP_E_PARSE_ERROR,
    /// AESOP_E_SCHEMA_ERROR (XML, but no model), AESOP_E_UNSUPPORTED_VERSION, AESOP_E_UNSOUND_DEFINITION: the error's JSON has the
    /// findings with line and column.
    /// </summary>
    public static Dmn Open(string model, string more = null) {
      using (var call = new Call()) {
        DmnHandle handle;
        call.Check(Native.aesop_dmn_open(
          call.Text(model), call.Text(more), out handle, out call.Error));
        return new Dmn(handle);
      }
    }

    /// <summary>All findings as a JSON list, as of aesop_sop_findings; none of a model that was opened is an error.</summary>
    public string Findings() {
      using (var call = new Call()) {
        call.Check(Native.aesop_dmn_findings(
          handle, out call.Answer, out call.Error));
        return call.Take();
      }
    }

    /// <summary>
    /// What it offers: {"name", "namespace", "imports": [{"name", "namespace"}], "inputs": [{"name", "type"}], "decisions": [{"name",
    /// "type", "inputs", "table"}], "services": [{"name", "type", "inputs", "outputs"}], "knowledge": [{"name", "type", "inputs",
    /// "table"}]} as JSON; `table` says whether it is a decision table.
    /// </summary>
    public string Describe() {
      using (var call = new Call()) {
        call.Check(Native.aesop_dmn_describe(
          handle, out call.Answer, out call.Error));
        return call.Take();
      }
    }

    /// <summary>
    /// The value of a decision with all that it rests on: {"value": ..., "diagnostics"?: [why it is null, and where]} as JSON. `inputs`
    /// is a JSON object by the names of the input data, those of an import in a member named as it is; or empty. What it lacks is
    /// null; a text is a date, time or duration where the model says so. `zone` is the IANA name of where now() and today() are told;
    /// or empty, for UTC. AESOP_E_NOT_FOUND, AESOP_E_SCHEMA_ERROR for an input that the model does not have.
    /// </summary>
    public string Evaluate(string decision, string inputs, DateTimeOffset at, string zone = null) {
      using (var call = new Call()) {
        call.Check(Native.aesop_dmn_evaluate(
          handle, call.Text(decision), call.Text(inputs), Time.ToMicroseconds(at), call.Text(zone), out call.Answer, out call.Error));
        return call.Take();
      }
    }

    /// <summary>
    /// The same, and how it came to be: {"value", "diagnostics"?, "steps": [{"element", "depth", "value", "rules"}]} as JSON, the decision first,
    /// then the decisions and knowledge that it asked for, each with what it gave and, of each decision table in it, the numbers of the
    /// rules that matched. `inputs` may be empty. `zone` may be empty.
    /// </summary>
    public string Explain(string decision, string inputs, DateTimeOffset at, string zone = null) {
      using (var call = new Call()) {
        call.Check(Native.aesop_dmn_explain(
          handle, call.Text(decision), call.Text(inputs), Time.ToMicroseconds(at), call.Text(zone), out call.Answer, out call.Error));
        return call.Take();
      }
    }

    /// <summary>
    /// The same as aesop_dmn_evaluate for a decision service: of one output its value, of several an object. `inputs` are its input data and input
    /// decisions by name; or empty. `zone` may be empty.
    /// </summary>
    public string EvaluateService(string service, string inputs, DateTimeOffset at, string zone = null) {
      using (var call = new Call()) {
        call.Check(Native.aesop_dmn_evaluate_service(
          handle, call.Text(service), call.Text(inputs), Time.ToMicroseconds(at), call.Text(zone), out call.Answer, out call.Error));
        return call.Take();
      }
    }

    /// <summary>The same for a business knowledge model. `inputs` are its parameters by name; or empty. `zone` may be empty.</summary>
    public string EvaluateKnowledge(string knowledge, string inputs, DateTimeOffset at, string zone = null) {
      using (var call = new Call()) {
        call.Check(Native.aesop_dmn_evaluate_knowledge(
          handle, call.Text(knowledge), call.Text(inputs), Time.ToMicroseconds(at), call.Text(zone), out call.Answer, out call.Error));
        return call.Take();
      }
    }
  }

  /// <summary>SOPs and their runs in a store.</summary>
  public sealed class Engine : IDisposable {
    private readonly EngineHandle handle;

    private Engine(EngineHandle handle) { this.handle = handle; }

    /// <summary>Closes it. A call under way in another thread ends first.</summary>
    public void Dispose() { handle.Dispose(); }

    /// <summary>
    /// Opens the store in a file; ":memory:" is one that is gone with the engine. `options` may be NULL. AESOP_E_NOT_A_STORE,
    /// AESOP_E_NEWER_SCHEMA, AESOP_E_NETWORK_FILESYSTEM, AESOP_E_NOT_FOUND, AESOP_E_BUSY, AESOP_E_IO_ERROR.
    /// </summary>
    public static Engine Open(string path, OpenOptions options = null) {
      using (var call = new Call()) {
        var data = call.Options(options);
        EngineHandle handle;
        call.Check(Native.aesop_engine_open(
          call.Text(path), ref data, out handle, out call.Error));
        return new Engine(handle);
      }
    }

    /// <summary>
    /// Any command as one JSON object, docs/commands.md; gives {"ok": ...} with AESOP_OK, {"rejected": ...} with AESOP_REJECTED. What
    /// the page calls {"error": ...} is an error here, like any other.
    /// </summary>
    public string Execute(string command) {
      using (var call = new Call()) {
        call.Check(Native.aesop_engine_execute(
          handle, call.Text(command), out call.Answer, out call.Error));
        return call.Take();
      }
    }

    /// <summary>Until aesop_engine_commit_batch, commands share one transaction and one sync, and their answers are provisional.</summary>
    public void BeginBatch() {
      using (var call = new Call()) {
        call.Check(Native.aesop_engine_begin_batch(
          handle, out call.Error));
      }
    }

    /// <summary>Makes the batch durable. After an error nothing of it is known to be kept: repeat its commands with the same ids.</summary>
    public void CommitBatch() {
      using (var call = new Call()) {
        call.Check(Native.aesop_engine_commit_batch(
          handle, out call.Error));
      }
    }

    /// <summary>Forgets the batch.</summary>
    public void RollbackBatch() {
      using (var call = new Call()) {
        call.Check(Native.aesop_engine_rollback_batch(
          handle, out call.Error));
      }
    }

    /// <summary>Publishes a sound SOP for ever; refused with findings otherwise (`unsound_definition`, `already_published`).</summary>
    public string Publish(Request request, string sopText) {
      using (var call = new Call()) {
        var data = call.Request(request);
        call.Check(Native.aesop_engine_publish(
          handle, ref data, call.Text(sopText), out call.Answer, out call.Error));
        return call.Take();
      }
    }

    /// <summary>Registers a person; `grants` is a JSON list of {role, scope}. more: name.</summary>
    public string PutPerson(Request request, string person, string grants, string more = null) {
      using (var call = new Call()) {
        var data = call.Request(request);
        call.Check(Native.aesop_engine_put_person(
          handle, ref data, call.Text(person), call.Text(grants), call.Text(more), out call.Answer, out call.Error));
        return call.Take();
      }
    }

    public string RemovePerson(Request request, string person) {
      using (var call = new Call()) {
        var data = call.Request(request);
        call.Check(Native.aesop_engine_remove_person(
          handle, ref data, call.Text(person), out call.Answer, out call.Error));
        return call.Take();
      }
    }

    /// <summary>Sets a parameter; `value` is JSON. more: sop, scope.</summary>
    public string SetParameter(Request request, string name, string value, string more = null) {
      using (var call = new Call()) {
        var data = call.Request(request);
        call.Check(Native.aesop_engine_set_parameter(
          handle, ref data, call.Text(name), call.Text(value), call.Text(more), out call.Answer, out call.Error));
        return call.Take();
      }
    }

    /// <summary>Puts working hours in place of an SOP's; `calendar` is JSON as in an SOP. more: scope.</summary>
    public string PutCalendar(Request request, string name, string calendar, string more = null) {
      using (var call = new Call()) {
        var data = call.Request(request);
        call.Check(Native.aesop_engine_put_calendar(
          handle, ref data, call.Text(name), call.Text(calendar), call.Text(more), out call.Answer, out call.Error));
        return call.Take();
      }
    }

    /// <summary>Erases data of the closed run of the request, for good. more: revisions.</summary>
    public string Erase(Request request, string reason, string more = null) {
      using (var call = new Call()) {
        var data = call.Request(request);
        call.Check(Native.aesop_engine_erase(
          handle, ref data, call.Text(reason), call.Text(more), out call.Answer, out call.Error));
        return call.Take();
      }
    }

    /// <summary>Starts a run; request.run names it, or is empty for a derived id. more: version, key, scope, thread, parent, cause, data.</summary>
    public string Start(Request request, string sop, string subject, string more = null) {
      using (var call = new Call()) {
        var data = call.Request(request);
        call.Check(Native.aesop_engine_start(
          handle, ref data, call.Text(sop), call.Text(subject), call.Text(more), out call.Answer, out call.Error));
        return call.Take();
      }
    }

    /// <summary>Reports a fact to the run of the request; `payload` is a JSON object or empty. more: subject, key.</summary>
    public string RecordEvent(Request request, string @event, string payload = null, string more = null) {
      using (var call = new Call()) {
        var data = call.Request(request);
        call.Check(Native.aesop_engine_record_event(
          handle, ref data, call.Text(@event), call.Text(payload), call.Text(more), out call.Answer, out call.Error));
        return call.Take();
      }
    }

    public string Suspend(Request request, string reason) {
      using (var call = new Call()) {
        var data = call.Request(request);
        call.Check(Native.aesop_engine_suspend(
          handle, ref data, call.Text(reason), out call.Answer, out call.Error));
        return call.Take();
      }
    }

    public string Resume(Request request) {
      using (var call = new Call()) {
        var data = call.Request(request);
        call.Check(Native.aesop_engine_resume(
          handle, ref data, out call.Answer, out call.Error));
        return call.Take();
      }
    }

    public string Cancel(Request request, string reason) {
      using (var call = new Call()) {
        var data = call.Request(request);
        call.Check(Native.aesop_engine_cancel(
          handle, ref data, call.Text(reason), out call.Answer, out call.Error));
        return call.Take();
      }
    }

    public string Claim(Request request, string task, string more = null) {
      using (var call = new Call()) {
        var data = call.Request(request);
        call.Check(Native.aesop_engine_claim(
          handle, ref data, call.Text(task), call.Text(more), out call.Answer, out call.Error));
        return call.Take();
      }
    }

    public string StartTask(Request request, string task, string more = null) {
      using (var call = new Call()) {
        var data = call.Request(request);
        call.Check(Native.aesop_engine_start_task(
          handle, ref data, call.Text(task), call.Text(more), out call.Answer, out call.Error));
        return call.Take();
      }
    }

    public string Stop(Request request, string task, string more = null) {
      using (var call = new Call()) {
        var data = call.Request(request);
        call.Check(Native.aesop_engine_stop(
          handle, ref data, call.Text(task), call.Text(more), out call.Answer, out call.Error));
        return call.Take();
      }
    }

    public string Release(Request request, string task, string more = null) {
      using (var call = new Call()) {
        var data = call.Request(request);
        call.Check(Native.aesop_engine_release(
          handle, ref data, call.Text(task), call.Text(more), out call.Answer, out call.Error));
        return call.Take();
      }
    }

    public string Delegate(Request request, string task, string to, string more = null) {
      using (var call = new Call()) {
        var data = call.Request(request);
        call.Check(Native.aesop_engine_delegate(
          handle, ref data, call.Text(task), call.Text(to), call.Text(more), out call.Answer, out call.Error));
        return call.Take();
      }
    }

    public string Forward(Request request, string task, string more = null) {
      using (var call = new Call()) {
        var data = call.Request(request);
        call.Check(Native.aesop_engine_forward(
          handle, ref data, call.Text(task), call.Text(more), out call.Answer, out call.Error));
        return call.Take();
      }
    }

    /// <summary>more: until.</summary>
    public string SuspendTask(Request request, string task, string more = null) {
      using (var call = new Call()) {
        var data = call.Request(request);
        call.Check(Native.aesop_engine_suspend_task(
          handle, ref data, call.Text(task), call.Text(more), out call.Answer, out call.Error));
        return call.Take();
      }
    }

    public string ResumeTask(Request request, string task, string more = null) {
      using (var call = new Call()) {
        var data = call.Request(request);
        call.Check(Native.aesop_engine_resume_task(
          handle, ref data, call.Text(task), call.Text(more), out call.Answer, out call.Error));
        return call.Take();
      }
    }

    /// <summary>Ticks an item of the checklist. more: reading, note.</summary>
    public string Tick(Request request, string task, string item, string more = null) {
      using (var call = new Call()) {
        var data = call.Request(request);
        call.Check(Native.aesop_engine_tick(
          handle, ref data, call.Text(task), call.Text(item), call.Text(more), out call.Answer, out call.Error));
        return call.Take();
      }
    }

    public string Untick(Request request, string task, string item, string more = null) {
      using (var call = new Call()) {
        var data = call.Request(request);
        call.Check(Native.aesop_engine_untick(
          handle, ref data, call.Text(task), call.Text(item), call.Text(more), out call.Answer, out call.Error));
        return call.Take();
      }
    }

    /// <summary>Keeps proof whose bytes are elsewhere: their SHA-256 (64 hexadecimal digits) and where they are. more: item, name.</summary>
    public string AttachEvidence(Request request, string task, string sha256, string mediaType, string uri, string more = null) {
      using (var call = new Call()) {
        var data = call.Request(request);
        call.Check(Native.aesop_engine_attach_evidence(
          handle, ref data, call.Text(task), call.Text(sha256), call.Text(mediaType), call.Text(uri), call.Text(more), out call.Answer, out call.Error));
        return call.Take();
      }
    }

    /// <summary>Keeps proof with its bytes, any bytes, at most 256 KiB. more: item, name.</summary>
    public string AttachBytes(Request request, string task, byte[] bytes, string mediaType, string more = null) {
      using (var call = new Call()) {
        var data = call.Request(request);
        call.Check(Native.aesop_engine_attach_bytes(
          handle, ref data, call.Text(task), call.Bytes(bytes), call.Text(mediaType), call.Text(more), out call.Answer, out call.Error));
        return call.Take();
      }
    }

    /// <summary>Keeps a form in progress; `form` is a JSON object.</summary>
    public string Save(Request request, string task, string form, string more = null) {
      using (var call = new Call()) {
        var data = call.Request(request);
        call.Check(Native.aesop_engine_save(
          handle, ref data, call.Text(task), call.Text(form), call.Text(more), out call.Answer, out call.Error));
        return call.Take();
      }
    }

    /// <summary>Finishes a task; `form` is a JSON object or empty. Refused with `blocked` and everything that is missing. more: reasons, note.</summary>
    public string CompleteStep(Request request, string task, string form = null, string more = null) {
      using (var call = new Call()) {
        var data = call.Request(request);
        call.Check(Native.aesop_engine_complete_step(
          handle, ref data, call.Text(task), call.Text(form), call.Text(more), out call.Answer, out call.Error));
        return call.Take();
      }
    }

    /// <summary>The task cannot be done.</summary>
    public string Fail(Request request, string task, string reason, string more = null) {
      using (var call = new Call()) {
        var data = call.Request(request);
        call.Check(Native.aesop_engine_fail(
          handle, ref data, call.Text(task), call.Text(reason), call.Text(more), out call.Answer, out call.Error));
        return call.Take();
      }
    }

    public string AcceptReview(Request request, string task, string more = null) {
      using (var call = new Call()) {
        var data = call.Request(request);
        call.Check(Native.aesop_engine_accept_review(
          handle, ref data, call.Text(task), call.Text(more), out call.Answer, out call.Error));
        return call.Take();
      }
    }

    public string ReturnForRework(Request request, string task, string note, string more = null) {
      using (var call = new Call()) {
        var data = call.Request(request);
        call.Check(Native.aesop_engine_return_for_rework(
          handle, ref data, call.Text(task), call.Text(note), call.Text(more), out call.Answer, out call.Error));
        return call.Take();
      }
    }

    /// <summary>Corrects the last completed form of a step; history stays. more: instance, visit.</summary>
    public string Correct(Request request, string step, string form, string reason, string more = null) {
      using (var call = new Call()) {
        var data = call.Request(request);
        call.Check(Native.aesop_engine_correct(
          handle, ref data, call.Text(step), call.Text(form), call.Text(reason), call.Text(more), out call.Answer, out call.Error));
        return call.Take();
      }
    }

    /// <summary>The operation of a service step was done; `result` is a JSON object or empty.</summary>
    public string CompleteService(Request request, string task, string result = null, string more = null) {
      using (var call = new Call()) {
        var data = call.Request(request);
        call.Check(Native.aesop_engine_complete_service(
          handle, ref data, call.Text(task), call.Text(result), call.Text(more), out call.Answer, out call.Error));
        return call.Take();
      }
    }

    /// <summary>It failed; `error` says how. more: retry.</summary>
    public string FailService(Request request, string task, string error, string more = null) {
      using (var call = new Call()) {
        var data = call.Request(request);
        call.Check(Native.aesop_engine_fail_service(
          handle, ref data, call.Text(task), call.Text(error), call.Text(more), out call.Answer, out call.Error));
        return call.Take();
      }
    }

    /// <summary>One voice in an approval step: `decision` is "approve" or "refuse". more: note.</summary>
    public string DecideApproval(Request request, string task, string decision, string more = null) {
      using (var call = new Call()) {
        var data = call.Request(request);
        call.Check(Native.aesop_engine_decide_approval(
          handle, ref data, call.Text(task), call.Text(decision), call.Text(more), out call.Answer, out call.Error));
        return call.Take();
      }
    }

    /// <summary>Asks to deviate by a policy of the SOP. more: step or task, documents, reason, until. The answer's `created` names the exception.</summary>
    public string RequestException(Request request, string policy, string more = null) {
      using (var call = new Call()) {
        var data = call.Request(request);
        call.Check(Native.aesop_engine_request_exception(
          handle, ref data, call.Text(policy), call.Text(more), out call.Answer, out call.Error));
        return call.Take();
      }
    }

    /// <summary>One voice: `decision` is "approve" or "deny". more: note.</summary>
    public string DecideException(Request request, string exception, string decision, string more = null) {
      using (var call = new Call()) {
        var data = call.Request(request);
        call.Check(Native.aesop_engine_decide_exception(
          handle, ref data, call.Text(exception), call.Text(decision), call.Text(more), out call.Answer, out call.Error));
        return call.Take();
      }
    }

    /// <summary>Uses an approved exception: the step is skipped. more: step or task.</summary>
    public string Skip(Request request, string exception, string more = null) {
      using (var call = new Call()) {
        var data = call.Request(request);
        call.Check(Native.aesop_engine_skip(
          handle, ref data, call.Text(exception), call.Text(more), out call.Answer, out call.Error));
        return call.Take();
      }
    }

    /// <summary>Uses an approved exception: the step is due later. more: until, step or task.</summary>
    public string Extend(Request request, string exception, string more = null) {
      using (var call = new Call()) {
        var data = call.Request(request);
        call.Check(Native.aesop_engine_extend(
          handle, ref data, call.Text(exception), call.Text(more), out call.Answer, out call.Error));
        return call.Take();
      }
    }

    /// <summary>Acts first, owes a review. more: step or task, documents, until.</summary>
    public string InvokeEmergency(Request request, string policy, string reason, string more = null) {
      using (var call = new Call()) {
        var data = call.Request(request);
        call.Check(Native.aesop_engine_invoke_emergency(
          handle, ref data, call.Text(policy), call.Text(reason), call.Text(more), out call.Answer, out call.Error));
        return call.Take();
      }
    }

    /// <summary>`verdict` is "justified" or "not_justified". more: note.</summary>
    public string ReviewEmergency(Request request, string exception, string verdict, string more = null) {
      using (var call = new Call()) {
        var data = call.Request(request);
        call.Check(Native.aesop_engine_review_emergency(
          handle, ref data, call.Text(exception), call.Text(verdict), call.Text(more), out call.Answer, out call.Error));
        return call.Take();
      }
    }

    public string AcknowledgeHandoff(Request request, string handoff) {
      using (var call = new Call()) {
        var data = call.Request(request);
        call.Check(Native.aesop_engine_acknowledge_handoff(
          handle, ref data, call.Text(handoff), out call.Answer, out call.Error));
        return call.Take();
      }
    }

    public string RetryIncident(Request request, string incident) {
      using (var call = new Call()) {
        var data = call.Request(request);
        call.Check(Native.aesop_engine_retry_incident(
          handle, ref data, call.Text(incident), out call.Answer, out call.Error));
        return call.Take();
      }
    }

    /// <summary>more: data, go.</summary>
    public string ResolveIncident(Request request, string incident, string reason, string more = null) {
      using (var call = new Call()) {
        var data = call.Request(request);
        call.Check(Native.aesop_engine_resolve_incident(
          handle, ref data, call.Text(incident), call.Text(reason), call.Text(more), out call.Answer, out call.Error));
        return call.Take();
      }
    }

    public string EndIncident(Request request, string incident, string reason) {
      using (var call = new Call()) {
        var data = call.Request(request);
        call.Check(Native.aesop_engine_end_incident(
          handle, ref data, call.Text(incident), call.Text(reason), out call.Answer, out call.Error));
        return call.Take();
      }
    }

    /// <summary>Fires what is due by `to` over all runs, at most `limit` timers (0: 1000). {"fired", "more", "stuck"?}; call again while `more`.</summary>
    public string Advance(DateTimeOffset to, uint limit = 0) {
      using (var call = new Call()) {
        call.Check(Native.aesop_engine_advance(
          handle, Time.ToMicroseconds(to), limit, out call.Answer, out call.Error));
        return call.Take();
      }
    }

    /// <summary>Takes in events of a host's own stream with its cursor, once. `events` is a JSON list as in docs/commands.md. more: after.</summary>
    public string Ingest(Request request, string feed, string cursor, string events, string more = null) {
      using (var call = new Call()) {
        var data = call.Request(request);
        call.Check(Native.aesop_engine_ingest(
          handle, ref data, call.Text(feed), call.Text(cursor), call.Text(events), call.Text(more), out call.Answer, out call.Error));
        return call.Take();
      }
    }

    /// <summary>Hands out effects that are due, for a lease of so many seconds (0: only looks), at most `limit` (0: 100). {"effects": [...]}.</summary>
    public string PollOutbox(DateTimeOffset at, uint leaseSeconds, uint limit = 0) {
      using (var call = new Call()) {
        call.Check(Native.aesop_engine_poll_outbox(
          handle, Time.ToMicroseconds(at), leaseSeconds, limit, out call.Answer, out call.Error));
        return call.Take();
      }
    }

    /// <summary>The effect was carried out. more: attempt.</summary>
    public string Ack(Request request, string effect, string more = null) {
      using (var call = new Call()) {
        var data = call.Request(request);
        call.Check(Native.aesop_engine_ack(
          handle, ref data, call.Text(effect), call.Text(more), out call.Answer, out call.Error));
        return call.Take();
      }
    }

    /// <summary>It failed; `error` says how. It is handed out again after a pause. more: attempt.</summary>
    public string FailEffect(Request request, string effect, string error, string more = null) {
      using (var call = new Call()) {
        var data = call.Request(request);
        call.Check(Native.aesop_engine_fail_effect(
          handle, ref data, call.Text(effect), call.Text(error), call.Text(more), out call.Answer, out call.Error));
        return call.Take();
      }
    }

    /// <summary>Work items: {"tasks": [...]}. filter: role, person, scope, run, limit.</summary>
    public string Worklist(string filter = null) {
      using (var call = new Call()) {
        call.Check(Native.aesop_engine_worklist(
          handle, call.Text(filter), out call.Answer, out call.Error));
        return call.Take();
      }
    }

    /// <summary>The state of a run. AESOP_E_UNKNOWN_RUN.</summary>
    public string Run(string run) {
      using (var call = new Call()) {
        call.Check(Native.aesop_engine_run(
          handle, call.Text(run), out call.Answer, out call.Error));
        return call.Take();
      }
    }

    /// <summary>filter: status, sop, scope, subject, key, after, limit.</summary>
    public string Runs(string filter = null) {
      using (var call = new Call()) {
        call.Check(Native.aesop_engine_runs(
          handle, call.Text(filter), out call.Answer, out call.Error));
        return call.Take();
      }
    }

    /// <summary>Entries of the log. filter: run, after, limit, kinds.</summary>
    public string Events(string filter = null) {
      using (var call = new Call()) {
        call.Check(Native.aesop_engine_events(
          handle, call.Text(filter), out call.Answer, out call.Error));
        return call.Take();
      }
    }

    /// <summary>What keeps a run, or one step of it, from going on; `step` may be empty.</summary>
    public string Why(string run, string step, DateTimeOffset at) {
      using (var call = new Call()) {
        call.Check(Native.aesop_engine_why(
          handle, call.Text(run), call.Text(step), Time.ToMicroseconds(at), out call.Answer, out call.Error));
        return call.Take();
      }
    }

    /// <summary>filter: run, until, limit.</summary>
    public string Timers(string filter = null) {
      using (var call = new Call()) {
        call.Check(Native.aesop_engine_timers(
          handle, call.Text(filter), out call.Answer, out call.Error));
        return call.Take();
      }
    }

    public string People() {
      using (var call = new Call()) {
        call.Check(Native.aesop_engine_people(
          handle, out call.Answer, out call.Error));
        return call.Take();
      }
    }

    public string Parameters() {
      using (var call = new Call()) {
        call.Check(Native.aesop_engine_parameters(
          handle, out call.Answer, out call.Error));
        return call.Take();
      }
    }

    public string Sops() {
      using (var call = new Call()) {
        call.Check(Native.aesop_engine_sops(
          handle, out call.Answer, out call.Error));
        return call.Take();
      }
    }

    /// <summary>A published SOP: {"text", "show", "hash", ...}; the version published last where `version` is empty. AESOP_E_NOT_FOUND.</summary>
    public string Sop(string sop, string version = null) {
      using (var call = new Call()) {
        call.Check(Native.aesop_engine_sop(
          handle, call.Text(sop), call.Text(version), out call.Answer, out call.Error));
        return call.Take();
      }
    }

    public string Feeds() {
      using (var call = new Call()) {
        call.Check(Native.aesop_engine_feeds(
          handle, out call.Answer, out call.Error));
        return call.Take();
      }
    }

    /// <summary>The measures of an SOP with targets, bands and trend: {"kpis": [...]}. filter: sop, version, from, until, scope, by, lineage.</summary>
    public string Kpis(string filter = null) {
      using (var call = new Call()) {
        call.Check(Native.aesop_engine_kpis(
          handle, call.Text(filter), out call.Answer, out call.Error));
        return call.Take();
      }
    }

    /// <summary>How often something happened, by the value of a field of it: {"counts": [...]}. filter: amount, sop, version, from, until, scope.</summary>
    public string Counts(string moment, string field, string filter = null) {
      using (var call = new Call()) {
        call.Check(Native.aesop_engine_counts(
          handle, call.Text(moment), call.Text(field), call.Text(filter), out call.Answer, out call.Error));
        return call.Take();
      }
    }

    /// <summary>Which rungs fired, how often: {"escalations": [...]}. filter: sop, version, from, until, scope.</summary>
    public string Escalations(string filter = null) {
      using (var call = new Call()) {
        call.Check(Native.aesop_engine_escalations(
          handle, call.Text(filter), out call.Answer, out call.Error));
        return call.Take();
      }
    }

    /// <summary>Exceptions that were asked for, and who decided: {"exceptions": [...]}. filter: sop, version, from, until, scope.</summary>
    public string Exceptions(string filter = null) {
      using (var call = new Call()) {
        call.Check(Native.aesop_engine_exceptions(
          handle, call.Text(filter), out call.Answer, out call.Error));
        return call.Take();
      }
    }

    /// <summary>Walks the whole log and compares the store with it: {"sound", "entries", "head", ...}; a broken log is a report, no error. options: deep, file.</summary>
    public string VerifyLog(string options = null) {
      using (var call = new Call()) {
        call.Check(Native.aesop_engine_verify_log(
          handle, call.Text(options), out call.Answer, out call.Error));
        return call.Take();
      }
    }

    /// <summary>Writes states, timers and worklist anew from the events; gives of how many runs. AESOP_E_CHAIN_BROKEN.</summary>
    public ulong Rebuild() {
      using (var call = new Call()) {
        ulong value;
        call.Check(Native.aesop_engine_rebuild(
          handle, out value, out call.Error));
        return value;
      }
    }

    /// <summary>
    /// Asks a gate of a published SOP, with parameters and calendars of a scope; or, where `sop` is empty and `run` in `more` names one,
    /// with what that run knows, `facts` in place of its variables. more: approved, scope, run.
    /// </summary>
    public Report CheckGate(string sop, string gate, string facts, DateTimeOffset at, string more = null) {
      using (var call = new Call()) {
        Verdict verdict;
        call.Check(Native.aesop_engine_check_gate(
          handle, call.Text(sop), call.Text(gate), call.Text(facts), Time.ToMicroseconds(at), call.Text(more), out verdict, out call.Answer, out call.Error));
        return new Report(verdict, call.Take());
      }
    }

    /// <summary>
    /// Keeps what a gate answered, of aesop_gate_check or aesop_engine_check_gate, in the log; about `subject`, and about request.run when
    /// that is given.
    /// </summary>
    public string RecordGate(Request request, string report, string subject) {
      using (var call = new Call()) {
        var data = call.Request(request);
        call.Check(Native.aesop_engine_record_gate(
          handle, ref data, call.Text(report), call.Text(subject), out call.Answer, out call.Error));
        return call.Take();
      }
    }

    /// <summary>{"value": ..., "diagnostics"?} of a FEEL expression over a JSON object.</summary>
    public string Evaluate(string feel, string context, DateTimeOffset at) {
      using (var call = new Call()) {
        call.Check(Native.aesop_engine_evaluate(
          handle, call.Text(feel), call.Text(context), Time.ToMicroseconds(at), out call.Answer, out call.Error));
        return call.Take();
      }
    }
  }

  /// <summary>The library itself.</summary>
  public static class Library {
    /// <summary>The version of the library, "0.1.0".</summary>
    public static string Version() { return Call.Sentence(Native.aesop_version()); }

    /// <summary>The number of this interface. A program made for one number works with every library of the same: it grows only.</summary>
    public static uint AbiVersion() { return Native.aesop_abi_version(); }

    /// <summary>The most bytes a text given to the library may have.</summary>
    public static ulong TextLimit() { return Native.aesop_text_limit().ToUInt64(); }

    /// <summary>The name of a status, "command-id-reused"; "unknown" for a number that is none.</summary>
    public static string StatusName(Status status) { return Call.Sentence(Native.aesop_status_name(status)); }

    /// <summary>One sentence on what a status means.</summary>
    public static string StatusText(Status status) { return Call.Sentence(Native.aesop_status_text(status)); }
  }

  /// <summary>Bytes in UTF-8; `data` may be NULL where `size` is 0.</summary>
  [StructLayout(LayoutKind.Sequential)]
  internal struct StrData {
    internal IntPtr Data;
    internal UIntPtr Size;
  }

  /// <summary>How an engine opens its store.</summary>
  [StructLayout(LayoutKind.Sequential)]
  internal struct OpenOptionsData {
    internal uint Size;
    internal uint Create;
    internal uint ReadOnly;
    internal uint Exclusive;
    internal uint AllowNetwork;
    internal uint BusyMilliseconds;
  }

  /// <summary>Who asks, when, and under which id: what every command that writes has.</summary>
  [StructLayout(LayoutKind.Sequential)]
  internal struct RequestData {
    internal uint Size;
    internal uint Reserved;
    internal StrData CommandId;
    internal long At;
    internal StrData Actor;
    internal StrData Run;
    internal ulong ExpectedRevision;
    internal long OccurredAt;
  }

  internal sealed class SopHandle : SafeHandle {
    public SopHandle() : base(IntPtr.Zero, true) { }
    public override bool IsInvalid => handle == IntPtr.Zero;
    protected override bool ReleaseHandle() {
      Native.aesop_sop_free(handle);
      return true;
    }
  }

  internal sealed class GateHandle : SafeHandle {
    public GateHandle() : base(IntPtr.Zero, true) { }
    public override bool IsInvalid => handle == IntPtr.Zero;
    protected override bool ReleaseHandle() {
      Native.aesop_gate_free(handle);
      return true;
    }
  }

  internal sealed class RuleHandle : SafeHandle {
    public RuleHandle() : base(IntPtr.Zero, true) { }
    public override bool IsInvalid => handle == IntPtr.Zero;
    protected override bool ReleaseHandle() {
      Native.aesop_rule_free(handle);
      return true;
    }
  }

  internal sealed class ExprHandle : SafeHandle {
    public ExprHandle() : base(IntPtr.Zero, true) { }
    public override bool IsInvalid => handle == IntPtr.Zero;
    protected override bool ReleaseHandle() {
      Native.aesop_expr_free(handle);
      return true;
    }
  }

  internal sealed class DmnHandle : SafeHandle {
    public DmnHandle() : base(IntPtr.Zero, true) { }
    public override bool IsInvalid => handle == IntPtr.Zero;
    protected override bool ReleaseHandle() {
      Native.aesop_dmn_free(handle);
      return true;
    }
  }

  internal sealed class EngineHandle : SafeHandle {
    public EngineHandle() : base(IntPtr.Zero, true) { }
    public override bool IsInvalid => handle == IntPtr.Zero;
    protected override bool ReleaseHandle() {
      Native.aesop_engine_close(handle);
      return true;
    }
  }

  /// <summary>The functions of the library as C has them.</summary>
  internal static class Native {
    private const string Library = "aesop";  // aesop.dll; libaesop.so

    internal const long NoTime = long.MinValue;
    internal const ulong NoRevision = ulong.MaxValue;
    internal const uint AbiVersion = 0;

    [DllImport(Library, CallingConvention = CallingConvention.Cdecl)]
    internal static extern IntPtr aesop_version();

    [DllImport(Library, CallingConvention = CallingConvention.Cdecl)]
    internal static extern uint aesop_abi_version();

    [DllImport(Library, CallingConvention = CallingConvention.Cdecl)]
    internal static extern UIntPtr aesop_text_limit();

    [DllImport(Library, CallingConvention = CallingConvention.Cdecl)]
    internal static extern IntPtr aesop_status_name(Status status);

    [DllImport(Library, CallingConvention = CallingConvention.Cdecl)]
    internal static extern IntPtr aesop_status_text(Status status);

    [DllImport(Library, CallingConvention = CallingConvention.Cdecl)]
    internal static extern void aesop_open_options_init(ref OpenOptionsData options);

    [DllImport(Library, CallingConvention = CallingConvention.Cdecl)]
    internal static extern void aesop_request_init(ref RequestData request);

    [DllImport(Library, CallingConvention = CallingConvention.Cdecl)]
    internal static extern IntPtr aesop_text_data(IntPtr text);

    [DllImport(Library, CallingConvention = CallingConvention.Cdecl)]
    internal static extern UIntPtr aesop_text_size(IntPtr text);

    [DllImport(Library, CallingConvention = CallingConvention.Cdecl)]
    internal static extern void aesop_text_free(IntPtr text);

    [DllImport(Library, CallingConvention = CallingConvention.Cdecl)]
    internal static extern Status aesop_error_status(IntPtr error);

    [DllImport(Library, CallingConvention = CallingConvention.Cdecl)]
    internal static extern IntPtr aesop_error_message(IntPtr error);

    [DllImport(Library, CallingConvention = CallingConvention.Cdecl)]
    internal static extern IntPtr aesop_error_help(IntPtr error);

    [DllImport(Library, CallingConvention = CallingConvention.Cdecl)]
    internal static extern IntPtr aesop_error_json(IntPtr error);

    [DllImport(Library, CallingConvention = CallingConvention.Cdecl)]
    internal static extern void aesop_error_free(IntPtr error);

    [DllImport(Library, CallingConvention = CallingConvention.Cdecl)]
    internal static extern Status aesop_sop_load(StrData text, StrData name, out SopHandle outSop, out IntPtr err);

    [DllImport(Library, CallingConvention = CallingConvention.Cdecl)]
    internal static extern Status aesop_sop_is_sound(SopHandle sop, out int outSound, out IntPtr err);

    [DllImport(Library, CallingConvention = CallingConvention.Cdecl)]
    internal static extern Status aesop_sop_findings(SopHandle sop, out IntPtr outFindings, out IntPtr err);

    [DllImport(Library, CallingConvention = CallingConvention.Cdecl)]
    internal static extern Status aesop_sop_render(SopHandle sop, out IntPtr outRendered, out IntPtr err);

    [DllImport(Library, CallingConvention = CallingConvention.Cdecl)]
    internal static extern Status aesop_sop_show(SopHandle sop, out IntPtr outProcedure, out IntPtr err);

    [DllImport(Library, CallingConvention = CallingConvention.Cdecl)]
    internal static extern Status aesop_sop_info(SopHandle sop, out IntPtr outInfo, out IntPtr err);

    [DllImport(Library, CallingConvention = CallingConvention.Cdecl)]
    internal static extern void aesop_sop_free(IntPtr sop);

    [DllImport(Library, CallingConvention = CallingConvention.Cdecl)]
    internal static extern Status aesop_sop_format(StrData text, out IntPtr outFormatted, out IntPtr err);

    [DllImport(Library, CallingConvention = CallingConvention.Cdecl)]
    internal static extern Status aesop_gate_open(StrData sopText, StrData gate, out GateHandle outGate, out IntPtr err);

    [DllImport(Library, CallingConvention = CallingConvention.Cdecl)]
    internal static extern Status aesop_gate_check(GateHandle gate, StrData facts, long at, StrData approved, out Verdict outVerdict, out IntPtr outReport, out IntPtr err);

    [DllImport(Library, CallingConvention = CallingConvention.Cdecl)]
    internal static extern void aesop_gate_free(IntPtr gate);

    [DllImport(Library, CallingConvention = CallingConvention.Cdecl)]
    internal static extern Status aesop_rule_open(StrData sopText, StrData rule, out RuleHandle outRule, out IntPtr err);

    [DllImport(Library, CallingConvention = CallingConvention.Cdecl)]
    internal static extern Status aesop_rule_evaluate(RuleHandle rule, StrData facts, long at, out IntPtr outResult, out IntPtr err);

    [DllImport(Library, CallingConvention = CallingConvention.Cdecl)]
    internal static extern void aesop_rule_free(IntPtr rule);

    [DllImport(Library, CallingConvention = CallingConvention.Cdecl)]
    internal static extern Status aesop_expr_compile(StrData feel, StrData names, out ExprHandle outExpr, out IntPtr err);

    [DllImport(Library, CallingConvention = CallingConvention.Cdecl)]
    internal static extern Status aesop_expr_evaluate(ExprHandle expr, StrData context, long at, out IntPtr outResult, out IntPtr err);

    [DllImport(Library, CallingConvention = CallingConvention.Cdecl)]
    internal static extern void aesop_expr_free(IntPtr expr);

    [DllImport(Library, CallingConvention = CallingConvention.Cdecl)]
    internal static extern Status aesop_dmn_open(StrData model, StrData more, out DmnHandle outDmn, out IntPtr err);

    [DllImport(Library, CallingConvention = CallingConvention.Cdecl)]
    internal static extern Status aesop_dmn_findings(DmnHandle dmn, out IntPtr outFindings, out IntPtr err);

    [DllImport(Library, CallingConvention = CallingConvention.Cdecl)]
    internal static extern Status aesop_dmn_describe(DmnHandle dmn, out IntPtr outDescription, out IntPtr err);

    [DllImport(Library, CallingConvention = CallingConvention.Cdecl)]
    internal static extern Status aesop_dmn_evaluate(DmnHandle dmn, StrData decision, StrData inputs, long at, StrData zone, out IntPtr outResult, out IntPtr err);

    [DllImport(Library, CallingConvention = CallingConvention.Cdecl)]
    internal static extern Status aesop_dmn_explain(DmnHandle dmn, StrData decision, StrData inputs, long at, StrData zone, out IntPtr outExplanation, out IntPtr err);

    [DllImport(Library, CallingConvention = CallingConvention.Cdecl)]
    internal static extern Status aesop_dmn_evaluate_service(DmnHandle dmn, StrData service, StrData inputs, long at, StrData zone, out IntPtr outResult, out IntPtr err);

    [DllImport(Library, CallingConvention = CallingConvention.Cdecl)]
    internal static extern Status aesop_dmn_evaluate_knowledge(DmnHandle dmn, StrData knowledge, StrData inputs, long at, StrData zone, out IntPtr outResult, out IntPtr err);

    [DllImport(Library, CallingConvention = CallingConvention.Cdecl)]
    internal static extern void aesop_dmn_free(IntPtr dmn);

    [DllImport(Library, CallingConvention = CallingConvention.Cdecl)]
    internal static extern Status aesop_engine_open(StrData path, ref OpenOptionsData options, out EngineHandle outEngine, out IntPtr err);

    [DllImport(Library, CallingConvention = CallingConvention.Cdecl)]
    internal static extern void aesop_engine_close(IntPtr engine);

    [DllImport(Library, CallingConvention = CallingConvention.Cdecl)]
    internal static extern Status aesop_engine_execute(EngineHandle engine, StrData command, out IntPtr outAnswer, out IntPtr err);

    [DllImport(Library, CallingConvention = CallingConvention.Cdecl)]
    internal static extern Status aesop_engine_begin_batch(EngineHandle engine, out IntPtr err);

    [DllImport(Library, CallingConvention = CallingConvention.Cdecl)]
    internal static extern Status aesop_engine_commit_batch(EngineHandle engine, out IntPtr err);

    [DllImport(Library, CallingConvention = CallingConvention.Cdecl)]
    internal static extern Status aesop_engine_rollback_batch(EngineHandle engine, out IntPtr err);

    [DllImport(Library, CallingConvention = CallingConvention.Cdecl)]
    internal static extern Status aesop_engine_publish(EngineHandle engine, ref RequestData request, StrData sopText, out IntPtr outAnswer, out IntPtr err);

    [DllImport(Library, CallingConvention = CallingConvention.Cdecl)]
    internal static extern Status aesop_engine_put_person(EngineHandle engine, ref RequestData request, StrData person, StrData grants, StrData more, out IntPtr outAnswer, out IntPtr err);

    [DllImport(Library, CallingConvention = CallingConvention.Cdecl)]
    internal static extern Status aesop_engine_remove_person(EngineHandle engine, ref RequestData request, StrData person, out IntPtr outAnswer, out IntPtr err);

    [DllImport(Library, CallingConvention = CallingConvention.Cdecl)]
    internal static extern Status aesop_engine_set_parameter(EngineHandle engine, ref RequestData request, StrData name, StrData value, StrData more, out IntPtr outAnswer, out IntPtr err);

    [DllImport(Library, CallingConvention = CallingConvention.Cdecl)]
    internal static extern Status aesop_engine_put_calendar(EngineHandle engine, ref RequestData request, StrData name, StrData calendar, StrData more, out IntPtr outAnswer, out IntPtr err);

    [DllImport(Library, CallingConvention = CallingConvention.Cdecl)]
    internal static extern Status aesop_engine_erase(EngineHandle engine, ref RequestData request, StrData reason, StrData more, out IntPtr outAnswer, out IntPtr err);

    [DllImport(Library, CallingConvention = CallingConvention.Cdecl)]
    internal static extern Status aesop_engine_start(EngineHandle engine, ref RequestData request, StrData sop, StrData subject, StrData more, out IntPtr outAnswer, out IntPtr err);

    [DllImport(Library, CallingConvention = CallingConvention.Cdecl)]
    internal static extern Status aesop_engine_record_event(EngineHandle engine, ref RequestData request, StrData @event, StrData payload, StrData more, out IntPtr outAnswer, out IntPtr err);

    [DllImport(Library, CallingConvention = CallingConvention.Cdecl)]
    internal static extern Status aesop_engine_suspend(EngineHandle engine, ref RequestData request, StrData reason, out IntPtr outAnswer, out IntPtr err);

    [DllImport(Library, CallingConvention = CallingConvention.Cdecl)]
    internal static extern Status aesop_engine_resume(EngineHandle engine, ref RequestData request, out IntPtr outAnswer, out IntPtr err);

    [DllImport(Library, CallingConvention = CallingConvention.Cdecl)]
    internal static extern Status aesop_engine_cancel(EngineHandle engine, ref RequestData request, StrData reason, out IntPtr outAnswer, out IntPtr err);

    [DllImport(Library, CallingConvention = CallingConvention.Cdecl)]
    internal static extern Status aesop_engine_claim(EngineHandle engine, ref RequestData request, StrData task, StrData more, out IntPtr outAnswer, out IntPtr err);

    [DllImport(Library, CallingConvention = CallingConvention.Cdecl)]
    internal static extern Status aesop_engine_start_task(EngineHandle engine, ref RequestData request, StrData task, StrData more, out IntPtr outAnswer, out IntPtr err);

    [DllImport(Library, CallingConvention = CallingConvention.Cdecl)]
    internal static extern Status aesop_engine_stop(EngineHandle engine, ref RequestData request, StrData task, StrData more, out IntPtr outAnswer, out IntPtr err);

    [DllImport(Library, CallingConvention = CallingConvention.Cdecl)]
    internal static extern Status aesop_engine_release(EngineHandle engine, ref RequestData request, StrData task, StrData more, out IntPtr outAnswer, out IntPtr err);

    [DllImport(Library, CallingConvention = CallingConvention.Cdecl)]
    internal static extern Status aesop_engine_delegate(EngineHandle engine, ref RequestData request, StrData task, StrData to, StrData more, out IntPtr outAnswer, out IntPtr err);

    [DllImport(Library, CallingConvention = CallingConvention.Cdecl)]
    internal static extern Status aesop_engine_forward(EngineHandle engine, ref RequestData request, StrData task, StrData more, out IntPtr outAnswer, out IntPtr err);

    [DllImport(Library, CallingConvention = CallingConvention.Cdecl)]
    internal static extern Status aesop_engine_suspend_task(EngineHandle engine, ref RequestData request, StrData task, StrData more, out IntPtr outAnswer, out IntPtr err);

    [DllImport(Library, CallingConvention = CallingConvention.Cdecl)]
    internal static extern Status aesop_engine_resume_task(EngineHandle engine, ref RequestData request, StrData task, StrData more, out IntPtr outAnswer, out IntPtr err);

    [DllImport(Library, CallingConvention = CallingConvention.Cdecl)]
    internal static extern Status aesop_engine_tick(EngineHandle engine, ref RequestData request, StrData task, StrData item, StrData more, out IntPtr outAnswer, out IntPtr err);

    [DllImport(Library, CallingConvention = CallingConvention.Cdecl)]
    internal static extern Status aesop_engine_untick(EngineHandle engine, ref RequestData request, StrData task, StrData item, StrData more, out IntPtr outAnswer, out IntPtr err);

    [DllImport(Library, CallingConvention = CallingConvention.Cdecl)]
    internal static extern Status aesop_engine_attach_evidence(EngineHandle engine, ref RequestData request, StrData task, StrData sha256, StrData mediaType, StrData uri, StrData more, out IntPtr outAnswer, out IntPtr err);

    [DllImport(Library, CallingConvention = CallingConvention.Cdecl)]
    internal static extern Status aesop_engine_attach_bytes(EngineHandle engine, ref RequestData request, StrData task, StrData bytes, StrData mediaType, StrData more, out IntPtr outAnswer, out IntPtr err);

    [DllImport(Library, CallingConvention = CallingConvention.Cdecl)]
    internal static extern Status aesop_engine_save(EngineHandle engine, ref RequestData request, StrData task, StrData form, StrData more, out IntPtr outAnswer, out IntPtr err);

    [DllImport(Library, CallingConvention = CallingConvention.Cdecl)]
    internal static extern Status aesop_engine_complete_step(EngineHandle engine, ref RequestData request, StrData task, StrData form, StrData more, out IntPtr outAnswer, out IntPtr err);

    [DllImport(Library, CallingConvention = CallingConvention.Cdecl)]
    internal static extern Status aesop_engine_fail(EngineHandle engine, ref RequestData request, StrData task, StrData reason, StrData more, out IntPtr outAnswer, out IntPtr err);

    [DllImport(Library, CallingConvention = CallingConvention.Cdecl)]
    internal static extern Status aesop_engine_accept_review(EngineHandle engine, ref RequestData request, StrData task, StrData more, out IntPtr outAnswer, out IntPtr err);

    [DllImport(Library, CallingConvention = CallingConvention.Cdecl)]
    internal static extern Status aesop_engine_return_for_rework(EngineHandle engine, ref RequestData request, StrData task, StrData note, StrData more, out IntPtr outAnswer, out IntPtr err);

    [DllImport(Library, CallingConvention = CallingConvention.Cdecl)]
    internal static extern Status aesop_engine_correct(EngineHandle engine, ref RequestData request, StrData step, StrData form, StrData reason, StrData more, out IntPtr outAnswer, out IntPtr err);

    [DllImport(Library, CallingConvention = CallingConvention.Cdecl)]
    internal static extern Status aesop_engine_complete_service(EngineHandle engine, ref RequestData request, StrData task, StrData result, StrData more, out IntPtr outAnswer, out IntPtr err);

    [DllImport(Library, CallingConvention = CallingConvention.Cdecl)]
    internal static extern Status aesop_engine_fail_service(EngineHandle engine, ref RequestData request, StrData task, StrData error, StrData more, out IntPtr outAnswer, out IntPtr err);

    [DllImport(Library, CallingConvention = CallingConvention.Cdecl)]
    internal static extern Status aesop_engine_decide_approval(EngineHandle engine, ref RequestData request, StrData task, StrData decision, StrData more, out IntPtr outAnswer, out IntPtr err);

    [DllImport(Library, CallingConvention = CallingConvention.Cdecl)]
    internal static extern Status aesop_engine_request_exception(EngineHandle engine, ref RequestData request, StrData policy, StrData more, out IntPtr outAnswer, out IntPtr err);

    [DllImport(Library, CallingConvention = CallingConvention.Cdecl)]
    internal static extern Status aesop_engine_decide_exception(EngineHandle engine, ref RequestData request, StrData exception, StrData decision, StrData more, out IntPtr outAnswer, out IntPtr err);

    [DllImport(Library, CallingConvention = CallingConvention.Cdecl)]
    internal static extern Status aesop_engine_skip(EngineHandle engine, ref RequestData request, StrData exception, StrData more, out IntPtr outAnswer, out IntPtr err);

    [DllImport(Library, CallingConvention = CallingConvention.Cdecl)]
    internal static extern Status aesop_engine_extend(EngineHandle engine, ref RequestData request, StrData exception, StrData more, out IntPtr outAnswer, out IntPtr err);

    [DllImport(Library, CallingConvention = CallingConvention.Cdecl)]
    internal static extern Status aesop_engine_invoke_emergency(EngineHandle engine, ref RequestData request, StrData policy, StrData reason, StrData more, out IntPtr outAnswer, out IntPtr err);

    [DllImport(Library, CallingConvention = CallingConvention.Cdecl)]
    internal static extern Status aesop_engine_review_emergency(EngineHandle engine, ref RequestData request, StrData exception, StrData verdict, StrData more, out IntPtr outAnswer, out IntPtr err);

    [DllImport(Library, CallingConvention = CallingConvention.Cdecl)]
    internal static extern Status aesop_engine_acknowledge_handoff(EngineHandle engine, ref RequestData request, StrData handoff, out IntPtr outAnswer, out IntPtr err);

    [DllImport(Library, CallingConvention = CallingConvention.Cdecl)]
    internal static extern Status aesop_engine_retry_incident(EngineHandle engine, ref RequestData request, StrData incident, out IntPtr outAnswer, out IntPtr err);

    [DllImport(Library, CallingConvention = CallingConvention.Cdecl)]
    internal static extern Status aesop_engine_resolve_incident(EngineHandle engine, ref RequestData request, StrData incident, StrData reason, StrData more, out IntPtr outAnswer, out IntPtr err);

    [DllImport(Library, CallingConvention = CallingConvention.Cdecl)]
    internal static extern Status aesop_engine_end_incident(EngineHandle engine, ref RequestData request, StrData incident, StrData reason, out IntPtr outAnswer, out IntPtr err);

    [DllImport(Library, CallingConvention = CallingConvention.Cdecl)]
    internal static extern Status aesop_engine_advance(EngineHandle engine, long to, uint limit, out IntPtr outAnswer, out IntPtr err);

    [DllImport(Library, CallingConvention = CallingConvention.Cdecl)]
    internal static extern Status aesop_engine_ingest(EngineHandle engine, ref RequestData request, StrData feed, StrData cursor, StrData events, StrData more, out IntPtr outAnswer, out IntPtr err);

    [DllImport(Library, CallingConvention = CallingConvention.Cdecl)]
    internal static extern Status aesop_engine_poll_outbox(EngineHandle engine, long at, uint leaseSeconds, uint limit, out IntPtr outAnswer, out IntPtr err);

    [DllImport(Library, CallingConvention = CallingConvention.Cdecl)]
    internal static extern Status aesop_engine_ack(EngineHandle engine, ref RequestData request, StrData effect, StrData more, out IntPtr outAnswer, out IntPtr err);

    [DllImport(Library, CallingConvention = CallingConvention.Cdecl)]
    internal static extern Status aesop_engine_fail_effect(EngineHandle engine, ref RequestData request, StrData effect, StrData error, StrData more, out IntPtr outAnswer, out IntPtr err);

    [DllImport(Library, CallingConvention = CallingConvention.Cdecl)]
    internal static extern Status aesop_engine_worklist(EngineHandle engine, StrData filter, out IntPtr outAnswer, out IntPtr err);

    [DllImport(Library, CallingConvention = CallingConvention.Cdecl)]
    internal static extern Status aesop_engine_run(EngineHandle engine, StrData run, out IntPtr outAnswer, out IntPtr err);

    [DllImport(Library, CallingConvention = CallingConvention.Cdecl)]
    internal static extern Status aesop_engine_runs(EngineHandle engine, StrData filter, out IntPtr outAnswer, out IntPtr err);

    [DllImport(Library, CallingConvention = CallingConvention.Cdecl)]
    internal static extern Status aesop_engine_events(EngineHandle engine, StrData filter, out IntPtr outAnswer, out IntPtr err);

    [DllImport(Library, CallingConvention = CallingConvention.Cdecl)]
    internal static extern Status aesop_engine_why(EngineHandle engine, StrData run, StrData step, long at, out IntPtr outAnswer, out IntPtr err);

    [DllImport(Library, CallingConvention = CallingConvention.Cdecl)]
    internal static extern Status aesop_engine_timers(EngineHandle engine, StrData filter, out IntPtr outAnswer, out IntPtr err);

    [DllImport(Library, CallingConvention = CallingConvention.Cdecl)]
    internal static extern Status aesop_engine_people(EngineHandle engine, out IntPtr outAnswer, out IntPtr err);

    [DllImport(Library, CallingConvention = CallingConvention.Cdecl)]
    internal static extern Status aesop_engine_parameters(EngineHandle engine, out IntPtr outAnswer, out IntPtr err);

    [DllImport(Library, CallingConvention = CallingConvention.Cdecl)]
    internal static extern Status aesop_engine_sops(EngineHandle engine, out IntPtr outAnswer, out IntPtr err);

    [DllImport(Library, CallingConvention = CallingConvention.Cdecl)]
    internal static extern Status aesop_engine_sop(EngineHandle engine, StrData sop, StrData version, out IntPtr outAnswer, out IntPtr err);

    [DllImport(Library, CallingConvention = CallingConvention.Cdecl)]
    internal static extern Status aesop_engine_feeds(EngineHandle engine, out IntPtr outAnswer, out IntPtr err);

    [DllImport(Library, CallingConvention = CallingConvention.Cdecl)]
    internal static extern Status aesop_engine_kpis(EngineHandle engine, StrData filter, out IntPtr outAnswer, out IntPtr err);

    [DllImport(Library, CallingConvention = CallingConvention.Cdecl)]
    internal static extern Status aesop_engine_counts(EngineHandle engine, StrData moment, StrData field, StrData filter, out IntPtr outAnswer, out IntPtr err);

    [DllImport(Library, CallingConvention = CallingConvention.Cdecl)]
    internal static extern Status aesop_engine_escalations(EngineHandle engine, StrData filter, out IntPtr outAnswer, out IntPtr err);

    [DllImport(Library, CallingConvention = CallingConvention.Cdecl)]
    internal static extern Status aesop_engine_exceptions(EngineHandle engine, StrData filter, out IntPtr outAnswer, out IntPtr err);

    [DllImport(Library, CallingConvention = CallingConvention.Cdecl)]
    internal static extern Status aesop_engine_verify_log(EngineHandle engine, StrData options, out IntPtr outAnswer, out IntPtr err);

    [DllImport(Library, CallingConvention = CallingConvention.Cdecl)]
    internal static extern Status aesop_engine_rebuild(EngineHandle engine, out ulong outRuns, out IntPtr err);

    [DllImport(Library, CallingConvention = CallingConvention.Cdecl)]
    internal static extern Status aesop_engine_check_gate(EngineHandle engine, StrData sop, StrData gate, StrData facts, long at, StrData more, out Verdict outVerdict, out IntPtr outReport, out IntPtr err);

    [DllImport(Library, CallingConvention = CallingConvention.Cdecl)]
    internal static extern Status aesop_engine_record_gate(EngineHandle engine, ref RequestData request, StrData report, StrData subject, out IntPtr outAnswer, out IntPtr err);

    [DllImport(Library, CallingConvention = CallingConvention.Cdecl)]
    internal static extern Status aesop_engine_evaluate(EngineHandle engine, StrData feel, StrData context, long at, out IntPtr outAnswer, out IntPtr err);
  }
}
