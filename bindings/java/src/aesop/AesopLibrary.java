// Generated from capi/include/aesop.h by bindings/generate/java.py; do not edit.
package aesop;

import com.sun.jna.IntegerType;
import com.sun.jna.Library;
import com.sun.jna.Native;
import com.sun.jna.Pointer;
import com.sun.jna.Structure;
import com.sun.jna.Structure.FieldOrder;
import com.sun.jna.ptr.IntByReference;
import com.sun.jna.ptr.LongByReference;
import com.sun.jna.ptr.PointerByReference;

/** The C API of Aesop as C has it. Programs are easier with the classes Engine, Gate, Rule, Expr and Sop. */
interface AesopLibrary extends Library {
    AesopLibrary INSTANCE = Native.load("aesop", AesopLibrary.class);

    long NO_TIME = Long.MIN_VALUE;
    long NO_REVISION = -1L;
    int ABI_VERSION = 0;

    /** size_t. */
    class SizeT extends IntegerType {
        private static final long serialVersionUID = 1L;

        public SizeT() {
            this(0);
        }

        public SizeT(long value) {
            super(Native.SIZE_T_SIZE, value, true);
        }
    }

    /** Bytes in UTF-8; `data` may be NULL where `size` is 0. */
    @FieldOrder({"data", "size"})
    class Str extends Structure implements Structure.ByValue {
        public Pointer data;
        public SizeT size = new SizeT();
    }

    /** How an engine opens its store. */
    @FieldOrder({"size", "create", "readOnly", "exclusive", "allowNetwork", "busyMilliseconds"})
    class OpenOptionsData extends Structure {
        public int size;
        public int create;
        public int readOnly;
        public int exclusive;
        public int allowNetwork;
        public int busyMilliseconds;
    }

    /** Who asks, when, and under which id: what every command that writes has. */
    @FieldOrder({"size", "reserved", "commandId", "at", "actor", "run", "expectedRevision", "occurredAt"})
    class RequestData extends Structure {
        public int size;
        public int reserved;
        public Str commandId = new Str();
        public long at;
        public Str actor = new Str();
        public Str run = new Str();
        public long expectedRevision;
        public long occurredAt;
    }

    Pointer aesop_version();

    int aesop_abi_version();

    SizeT aesop_text_limit();

    Pointer aesop_status_name(int status);

    Pointer aesop_status_text(int status);

    void aesop_open_options_init(OpenOptionsData options);

    void aesop_request_init(RequestData request);

    Pointer aesop_text_data(Pointer text);

    SizeT aesop_text_size(Pointer text);

    void aesop_text_free(Pointer text);

    int aesop_error_status(Pointer error);

    Pointer aesop_error_message(Pointer error);

    Pointer aesop_error_help(Pointer error);

    Pointer aesop_error_json(Pointer error);

    void aesop_error_free(Pointer error);

    int aesop_sop_load(Str text, Str name, PointerByReference outSop, PointerByReference err);

    int aesop_sop_is_sound(Pointer sop, IntByReference outSound, PointerByReference err);

    int aesop_sop_findings(Pointer sop, PointerByReference outFindings, PointerByReference err);

    int aesop_sop_render(Pointer sop, PointerByReference outRendered, PointerByReference err);

    int aesop_sop_show(Pointer sop, PointerByReference outProcedure, PointerByReference err);

    int aesop_sop_info(Pointer sop, PointerByReference outInfo, PointerByReference err);

    void aesop_sop_free(Pointer sop);

    int aesop_sop_format(Str text, PointerByReference outFormatted, PointerByReference err);

    int aesop_gate_open(Str sopText, Str gate, PointerByReference outGate, PointerByReference err);

    int aesop_gate_check(Pointer gate, Str facts, long at, Str approved, IntByReference outVerdict, PointerByReference outReport, PointerByReference err);

    void aesop_gate_free(Pointer gate);

    int aesop_rule_open(Str sopText, Str rule, PointerByReference outRule, PointerByReference err);

    int aesop_rule_evaluate(Pointer rule, Str facts, long at, PointerByReference outResult, PointerByReference err);

    void aesop_rule_free(Pointer rule);

    int aesop_expr_compile(Str feel, Str names, PointerByReference outExpr, PointerByReference err);

    int aesop_expr_evaluate(Pointer expr, Str context, long at, PointerByReference outResult, PointerByReference err);

    void aesop_expr_free(Pointer expr);

    int aesop_dmn_open(Str model, Str more, PointerByReference outDmn, PointerByReference err);

    int aesop_dmn_findings(Pointer dmn, PointerByReference outFindings, PointerByReference err);

    int aesop_dmn_describe(Pointer dmn, PointerByReference outDescription, PointerByReference err);

    int aesop_dmn_evaluate(Pointer dmn, Str decision, Str inputs, long at, Str zone, PointerByReference outResult, PointerByReference err);

    int aesop_dmn_explain(Pointer dmn, Str decision, Str inputs, long at, Str zone, PointerByReference outExplanation, PointerByReference err);

    int aesop_dmn_evaluate_service(Pointer dmn, Str service, Str inputs, long at, Str zone, PointerByReference outResult, PointerByReference err);

    int aesop_dmn_evaluate_knowledge(Pointer dmn, Str knowledge, Str inputs, long at, Str zone, PointerByReference outResult, PointerByReference err);

    void aesop_dmn_free(Pointer dmn);

    int aesop_engine_open(Str path, OpenOptionsData options, PointerByReference outEngine, PointerByReference err);

    void aesop_engine_close(Pointer engine);

    int aesop_engine_execute(Pointer engine, Str command, PointerByReference outAnswer, PointerByReference err);

    int aesop_engine_begin_batch(Pointer engine, PointerByReference err);

    int aesop_engine_commit_batch(Pointer engine, PointerByReference err);

    int aesop_engine_rollback_batch(Pointer engine, PointerByReference err);

    int aesop_engine_publish(Pointer engine, RequestData request, Str sopText, PointerByReference outAnswer, PointerByReference err);

    int aesop_engine_put_person(Pointer engine, RequestData request, Str person, Str grants, Str more, PointerByReference outAnswer, PointerByReference err);

    int aesop_engine_remove_person(Pointer engine, RequestData request, Str person, PointerByReference outAnswer, PointerByReference err);

    int aesop_engine_set_parameter(Pointer engine, RequestData request, Str name, Str value, Str more, PointerByReference outAnswer, PointerByReference err);

    int aesop_engine_put_calendar(Pointer engine, RequestData request, Str name, Str calendar, Str more, PointerByReference outAnswer, PointerByReference err);

    int aesop_engine_erase(Pointer engine, RequestData request, Str reason, Str more, PointerByReference outAnswer, PointerByReference err);

    int aesop_engine_start(Pointer engine, RequestData request, Str sop, Str subject, Str more, PointerByReference outAnswer, PointerByReference err);

    int aesop_engine_record_event(Pointer engine, RequestData request, Str event, Str payload, Str more, PointerByReference outAnswer, PointerByReference err);

    int aesop_engine_suspend(Pointer engine, RequestData request, Str reason, PointerByReference outAnswer, PointerByReference err);

    int aesop_engine_resume(Pointer engine, RequestData request, PointerByReference outAnswer, PointerByReference err);

    int aesop_engine_cancel(Pointer engine, RequestData request, Str reason, PointerByReference outAnswer, PointerByReference err);

    int aesop_engine_claim(Pointer engine, RequestData request, Str task, Str more, PointerByReference outAnswer, PointerByReference err);

    int aesop_engine_start_task(Pointer engine, RequestData request, Str task, Str more, PointerByReference outAnswer, PointerByReference err);

    int aesop_engine_stop(Pointer engine, RequestData request, Str task, Str more, PointerByReference outAnswer, PointerByReference err);

    int aesop_engine_release(Pointer engine, RequestData request, Str task, Str more, PointerByReference outAnswer, PointerByReference err);

    int aesop_engine_delegate(Pointer engine, RequestData request, Str task, Str to, Str more, PointerByReference outAnswer, PointerByReference err);

    int aesop_engine_forward(Pointer engine, RequestData request, Str task, Str more, PointerByReference outAnswer, PointerByReference err);

    int aesop_engine_suspend_task(Pointer engine, RequestData request, Str task, Str more, PointerByReference outAnswer, PointerByReference err);

    int aesop_engine_resume_task(Pointer engine, RequestData request, Str task, Str more, PointerByReference outAnswer, PointerByReference err);

    int aesop_engine_tick(Pointer engine, RequestData request, Str task, Str item, Str more, PointerByReference outAnswer, PointerByReference err);

    int aesop_engine_untick(Pointer engine, RequestData request, Str task, Str item, Str more, PointerByReference outAnswer, PointerByReference err);

    int aesop_engine_attach_evidence(Pointer engine, RequestData request, Str task, Str sha256, Str mediaType, Str uri, Str more, PointerByReference outAnswer, PointerByReference err);

    int aesop_engine_attach_bytes(Pointer engine, RequestData request, Str task, Str bytes, Str mediaType, Str more, PointerByReference outAnswer, PointerByReference err);

    int aesop_engine_save(Pointer engine, RequestData request, Str task, Str form, Str more, PointerByReference outAnswer, PointerByReference err);

    int aesop_engine_complete_step(Pointer engine, RequestData request, Str task, Str form, Str more, PointerByReference outAnswer, PointerByReference err);

    int aesop_engine_fail(Pointer engine, RequestData request, Str task, Str reason, Str more, PointerByReference outAnswer, PointerByReference err);

    int aesop_engine_accept_review(Pointer engine, RequestData request, Str task, Str more, PointerByReference outAnswer, PointerByReference err);

    int aesop_engine_return_for_rework(Pointer engine, RequestData request, Str task, Str note, Str more, PointerByReference outAnswer, PointerByReference err);

    int aesop_engine_correct(Pointer engine, RequestData request, Str step, Str form, Str reason, Str more, PointerByReference outAnswer, PointerByReference err);

    int aesop_engine_complete_service(Pointer engine, RequestData request, Str task, Str result, Str more, PointerByReference outAnswer, PointerByReference err);

    int aesop_engine_fail_service(Pointer engine, RequestData request, Str task, Str error, Str more, PointerByReference outAnswer, PointerByReference err);

    int aesop_engine_decide_approval(Pointer engine, RequestData request, Str task, Str decision, Str more, PointerByReference outAnswer, PointerByReference err);

    int aesop_engine_request_exception(Pointer engine, RequestData request, Str policy, Str more, PointerByReference outAnswer, PointerByReference err);

    int aesop_engine_decide_exception(Pointer engine, RequestData request, Str exception, Str decision, Str more, PointerByReference outAnswer, PointerByReference err);

    int aesop_engine_skip(Pointer engine, RequestData request, Str exception, Str more, PointerByReference outAnswer, PointerByReference err);

    int aesop_engine_extend(Pointer engine, RequestData request, Str exception, Str more, PointerByReference outAnswer, PointerByReference err);

    int aesop_engine_invoke_emergency(Pointer engine, RequestData request, Str policy, Str reason, Str more, PointerByReference outAnswer, PointerByReference err);

    int aesop_engine_review_emergency(Pointer engine, RequestData request, Str exception, Str verdict, Str more, PointerByReference outAnswer, PointerByReference err);

    int aesop_engine_acknowledge_handoff(Pointer engine, RequestData request, Str handoff, PointerByReference outAnswer, PointerByReference err);

    int aesop_engine_retry_incident(Pointer engine, RequestData request, Str incident, PointerByReference outAnswer, PointerByReference err);

    int aesop_engine_resolve_incident(Pointer engine, RequestData request, Str incident, Str reason, Str more, PointerByReference outAnswer, PointerByReference err);

    int aesop_engine_end_incident(Pointer engine, RequestData request, Str incident, Str reason, PointerByReference outAnswer, PointerByReference err);

    int aesop_engine_advance(Pointer engine, long to, int limit, PointerByReference outAnswer, PointerByReference err);

    int aesop_engine_ingest(Pointer engine, RequestData request, Str feed, Str cursor, Str events, Str more, PointerByReference outAnswer, PointerByReference err);

    int aesop_engine_poll_outbox(Pointer engine, long at, int leaseSeconds, int limit, PointerByReference outAnswer, PointerByReference err);

    int aesop_engine_ack(Pointer engine, RequestData request, Str effect, Str more, PointerByReference outAnswer, PointerByReference err);

    int aesop_engine_fail_effect(Pointer engine, RequestData request, Str effect, Str error, Str more, PointerByReference outAnswer, PointerByReference err);

    int aesop_engine_worklist(Pointer engine, Str filter, PointerByReference outAnswer, PointerByReference err);

    int aesop_engine_run(Pointer engine, Str run, PointerByReference outAnswer, PointerByReference err);

    int aesop_engine_runs(Pointer engine, Str filter, PointerByReference outAnswer, PointerByReference err);

    int aesop_engine_events(Pointer engine, Str filter, PointerByReference outAnswer, PointerByReference err);

    int aesop_engine_why(Pointer engine, Str run, Str step, long at, PointerByReference outAnswer, PointerByReference err);

    int aesop_engine_timers(Pointer engine, Str filter, PointerByReference outAnswer, PointerByReference err);

    int aesop_engine_people(Pointer engine, PointerByReference outAnswer, PointerByReference err);

    int aesop_engine_parameters(Pointer engine, PointerByReference outAnswer, PointerByReference err);

    int aesop_engine_sops(Pointer engine, PointerByReference outAnswer, PointerByReference err);

    int aesop_engine_sop(Pointer engine, Str sop, Str version, PointerByReference outAnswer, PointerByReference err);

    int aesop_engine_feeds(Pointer engine, PointerByReference outAnswer, PointerByReference err);

    int aesop_engine_kpis(Pointer engine, Str filter, PointerByReference outAnswer, PointerByReference err);

    int aesop_engine_counts(Pointer engine, Str moment, Str field, Str filter, PointerByReference outAnswer, PointerByReference err);

    int aesop_engine_escalations(Pointer engine, Str filter, PointerByReference outAnswer, PointerByReference err);

    int aesop_engine_exceptions(Pointer engine, Str filter, PointerByReference outAnswer, PointerByReference err);

    int aesop_engine_verify_log(Pointer engine, Str options, PointerByReference outAnswer, PointerByReference err);

    int aesop_engine_rebuild(Pointer engine, LongByReference outRuns, PointerByReference err);

    int aesop_engine_check_gate(Pointer engine, Str sop, Str gate, Str facts, long at, Str more, IntByReference outVerdict, PointerByReference outReport, PointerByReference err);

    int aesop_engine_record_gate(Pointer engine, RequestData request, Str report, Str subject, PointerByReference outAnswer, PointerByReference err);

    int aesop_engine_evaluate(Pointer engine, Str feel, Str context, long at, PointerByReference outAnswer, PointerByReference err);
}
