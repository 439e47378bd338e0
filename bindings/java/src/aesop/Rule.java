// Generated from capi/include/aesop.h by bindings/generate/java.py; do not edit.
package aesop;

import com.sun.jna.Pointer;
import com.sun.jna.ptr.PointerByReference;
import java.time.Instant;

/** A rule of an SOP: a decision table or an expression. */
public final class Rule implements AutoCloseable {
    private final Pointer handle;

    private Rule(Pointer handle) {
        this.handle = handle;
    }

    /** Frees it. A second time does nothing. */
    @Override
    public void close() {
        AesopLibrary.INSTANCE.aesop_rule_free(handle);
    }

    /**
     * Makes a rule of an SOP ready: a decision table or an expression; `rule` may be empty where the SOP has only one. Errors as of
     * aesop_gate_open.
     */
    public static Rule open(String sopText, String rule) {
        try (Call call = new Call()) {
            PointerByReference made = new PointerByReference();
            call.check(AesopLibrary.INSTANCE.aesop_rule_open(call.text(sopText), call.text(rule), made, call.error));
            return new Rule(made.getValue());
        }
    }

    /** The same, `rule` left out. */
    public static Rule open(String sopText) {
        return open(sopText, null);
    }

    /**
     * {"value": ..., "diagnostics"?: [why it is null]} as JSON. `facts` are by name what the rule would read in a run: variables
     * (else null), parameters (else their default), gates as {"verdict", "blocked"?, "warned"?} (else asked, over the same
     * facts), results of steps (else null) and `run`. Errors as of aesop_gate_check.
     */
    public String evaluate(String facts, Instant at) {
        try (Call call = new Call()) {
            call.check(AesopLibrary.INSTANCE.aesop_rule_evaluate(
                handle, call.text(facts), Call.microseconds(at), call.answer, call.error));
            return call.take();
        }
    }
}
