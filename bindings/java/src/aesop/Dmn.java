// Generated from capi/include/aesop.h by bindings/generate/java.py; do not edit.
package aesop;

import com.sun.jna.Pointer;
import com.sun.jna.ptr.PointerByReference;
import java.time.Instant;

/** A DMN model, compiled with those it imports. */
public final class Dmn implements AutoCloseable {
    private final Pointer handle;

    private Dmn(Pointer handle) {
        this.handle = handle;
    }

    /** Frees it. A second time does nothing. */
    @Override
    public void close() {
        AesopLibrary.INSTANCE.aesop_dmn_free(handle);
    }

    /**
     * Reads a DMN model, the text of a .dmn file of version 1.1 to 1.5, and compiles it with the models it imports. more: imports
     * (their texts by the names of their files: {"rates.dmn": "&lt;definitions ..."}), strict. As DMN has it, what is wrong in an
     * expression makes it null when it is evaluated, with a diagnostic, and one that cannot even be read is a warning among the
     * findings; with "strict": true both are errors. A function in another language (kind Java or PMML) is null with a diagnostic:
     * this interface calls nothing back. The model is immutable, and used at once by any number of threads. AESOP_E_PARSE_ERROR,
     * AESOP_E_SCHEMA_ERROR (XML, but no model), AESOP_E_UNSUPPORTED_VERSION, AESOP_E_UNSOUND_DEFINITION: the error's JSON has the
     * findings with line and column.
     */
    public static Dmn open(String model, String more) {
        try (Call call = new Call()) {
            PointerByReference made = new PointerByReference();
            call.check(AesopLibrary.INSTANCE.aesop_dmn_open(call.text(model), call.text(more), made, call.error));
            return new Dmn(made.getValue());
        }
    }

    /** The same, `more` left out. */
    public static Dmn open(String model) {
        return open(model, null);
    }

    /** All findings as a JSON list, as of aesop_sop_findings; none of a model that was opened is an error. */
    public String findings() {
        try (Call call = new Call()) {
            call.check(AesopLibrary.INSTANCE.aesop_dmn_findings(
                handle, call.answer, call.error));
            return call.take();
        }
    }

    /**
     * What it offers: {"name", "namespace", "imports": [{"name", "namespace"}], "inputs": [{"name", "type"}], "decisions": [{"name",
     * "type", "inputs", "table"}], "services": [{"name", "type", "inputs", "outputs"}], "knowledge": [{"name", "type", "inputs",
     * "table"}]} as JSON; `table` says whether it is a decision table.
     */
    public String describe() {
        try (Call call = new Call()) {
            call.check(AesopLibrary.INSTANCE.aesop_dmn_describe(
                handle, call.answer, call.error));
            return call.take();
        }
    }

    /**
     * The value of a decision with all that it rests on: {"value": ..., "diagnostics"?: [why it is null, and where]} as JSON. `inputs`
     * is a JSON object by the names of the input data, those of an import in a member named as it is; or empty. What it lacks is
     * null; a text is a date, time or duration where the model says so. `zone` is the IANA name of where now() and today() are told;
     * or empty, for UTC. AESOP_E_NOT_FOUND, AESOP_E_SCHEMA_ERROR for an input that the model does not have.
     */
    public String evaluate(String decision, String inputs, Instant at, String zone) {
        try (Call call = new Call()) {
            call.check(AesopLibrary.INSTANCE.aesop_dmn_evaluate(
                handle, call.text(decision), call.text(inputs), Call.microseconds(at), call.text(zone), call.answer, call.error));
            return call.take();
        }
    }

    /** The same, `zone` left out. */
    public String evaluate(String decision, String inputs, Instant at) {
        return evaluate(decision, inputs, at, null);
    }

    /**
     * The same, and how it came to be: {"value", "diagnostics"?, "steps": [{"element", "depth", "value", "rules"}]} as JSON, the decision first,
     * then the decisions and knowledge that it asked for, each with what it gave and, of each decision table in it, the numbers of the
     * rules that matched. `inputs` may be empty. `zone` may be empty.
     */
    public String explain(String decision, String inputs, Instant at, String zone) {
        try (Call call = new Call()) {
            call.check(AesopLibrary.INSTANCE.aesop_dmn_explain(
                handle, call.text(decision), call.text(inputs), Call.microseconds(at), call.text(zone), call.answer, call.error));
            return call.take();
        }
    }

    /** The same, `zone` left out. */
    public String explain(String decision, String inputs, Instant at) {
        return explain(decision, inputs, at, null);
    }

    /**
     * The same as aesop_dmn_evaluate for a decision service: of one output its value, of several an object. `inputs` are its input data and input
     * decisions by name; or empty. `zone` may be empty.
     */
    public String evaluateService(String service, String inputs, Instant at, String zone) {
        try (Call call = new Call()) {
            call.check(AesopLibrary.INSTANCE.aesop_dmn_evaluate_service(
                handle, call.text(service), call.text(inputs), Call.microseconds(at), call.text(zone), call.answer, call.error));
            return call.take();
        }
    }

    /** The same, `zone` left out. */
    public String evaluateService(String service, String inputs, Instant at) {
        return evaluateService(service, inputs, at, null);
    }

    /** The same for a business knowledge model. `inputs` are its parameters by name; or empty. `zone` may be empty. */
    public String evaluateKnowledge(String knowledge, String inputs, Instant at, String zone) {
        try (Call call = new Call()) {
            call.check(AesopLibrary.INSTANCE.aesop_dmn_evaluate_knowledge(
                handle, call.text(knowledge), call.text(inputs), Call.microseconds(at), call.text(zone), call.answer, call.error));
            return call.take();
        }
    }

    /** The same, `zone` left out. */
    public String evaluateKnowledge(String knowledge, String inputs, Instant at) {
        return evaluateKnowledge(knowledge, inputs, at, null);
    }
}
