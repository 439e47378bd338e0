// Generated from capi/include/aesop.h by bindings/generate/java.py; do not edit.
package aesop;

import com.sun.jna.Pointer;
import com.sun.jna.ptr.PointerByReference;
import java.time.Instant;

/** A FEEL expression, compiled. */
public final class Expr implements AutoCloseable {
    private final Pointer handle;

    private Expr(Pointer handle) {
        this.handle = handle;
    }

    /** Frees it. A second time does nothing. */
    @Override
    public void close() {
        AesopLibrary.INSTANCE.aesop_expr_free(handle);
    }

    /**
     * Compiles a FEEL expression. `names` is a JSON list of the names it may use, of values of any type; or empty.
     * AESOP_E_BAD_EXPRESSION, AESOP_E_UNKNOWN_NAME.
     */
    public static Expr compile(String feel, String names) {
        try (Call call = new Call()) {
            PointerByReference made = new PointerByReference();
            call.check(AesopLibrary.INSTANCE.aesop_expr_compile(call.text(feel), call.text(names), made, call.error));
            return new Expr(made.getValue());
        }
    }

    /** The same, `names` left out. */
    public static Expr compile(String feel) {
        return compile(feel, null);
    }

    /** {"value": ..., "diagnostics"?: [why it is null]} as JSON. `context` is a JSON object; names it lacks are null. */
    public String evaluate(String context, Instant at) {
        try (Call call = new Call()) {
            call.check(AesopLibrary.INSTANCE.aesop_expr_evaluate(
                handle, call.text(context), Call.microseconds(at), call.answer, call.error));
            return call.take();
        }
    }
}
