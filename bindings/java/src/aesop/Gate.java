// Generated from capi/include/aesop.h by bindings/generate/java.py; do not edit.
package aesop;

import com.sun.jna.Pointer;
import com.sun.jna.ptr.IntByReference;
import com.sun.jna.ptr.PointerByReference;
import java.time.Instant;

/** A gate, ready to be asked. */
public final class Gate implements AutoCloseable {
    private final Pointer handle;

    private Gate(Pointer handle) {
        this.handle = handle;
    }

    /** Frees it. A second time does nothing. */
    @Override
    public void close() {
        AesopLibrary.INSTANCE.aesop_gate_free(handle);
    }

    /**
     * Reads an SOP and makes one of its gates ready; `gate` may be empty where the SOP has only one. Parameters are the SOP's
     * defaults; for those of a scope ask aesop_engine_check_gate. AESOP_E_UNSOUND_DEFINITION (the error's JSON has the findings),
     * AESOP_E_NOT_FOUND.
     */
    public static Gate open(String sopText, String gate) {
        try (Call call = new Call()) {
            PointerByReference made = new PointerByReference();
            call.check(AesopLibrary.INSTANCE.aesop_gate_open(call.text(sopText), call.text(gate), made, call.error));
            return new Gate(made.getValue());
        }
    }

    /** The same, `gate` left out. */
    public static Gate open(String sopText) {
        return open(sopText, null);
    }

    /**
     * Asks it. `facts` is a JSON object of the SOP's variables; what is not given is null. `approved` is a JSON list of exception
     * policies that count as approved, or empty. The report is that of the command `gate`: {verdict, failures: [{check, enforce,
     * message, fix, exception}], receipt, ...}. No disk is touched; aesop_engine_record_gate keeps the report.
     * AESOP_E_SCHEMA_ERROR for a variable the SOP does not declare, AESOP_E_TYPE_MISMATCH, AESOP_E_NOT_FOUND for a policy it does not
     * have.
     */
    public Report check(String facts, Instant at, String approved) {
        try (Call call = new Call()) {
            IntByReference verdict = new IntByReference();
            call.check(AesopLibrary.INSTANCE.aesop_gate_check(
                handle, call.text(facts), Call.microseconds(at), call.text(approved), verdict, call.answer, call.error));
            return new Report(Verdict.of(verdict.getValue()), call.take());
        }
    }

    /** The same, `approved` left out. */
    public Report check(String facts, Instant at) {
        return check(facts, at, null);
    }
}
