// Generated from capi/include/aesop.h by bindings/generate/java.py; do not edit.
package aesop;

import com.sun.jna.Pointer;
import com.sun.jna.ptr.IntByReference;
import com.sun.jna.ptr.PointerByReference;

/** An SOP as it was read, sound or not. */
public final class Sop implements AutoCloseable {
    private final Pointer handle;

    private Sop(Pointer handle) {
        this.handle = handle;
    }

    /** Frees it. A second time does nothing. */
    @Override
    public void close() {
        AesopLibrary.INSTANCE.aesop_sop_free(handle);
    }

    /**
     * Reads an SOP and looks for everything that can be known to be wrong with it. It is given also when it has errors; only a
     * text that is no JSON at all, or has a wrong encoding, is an error here. `name` is how findings call the text.
     */
    public static Sop load(String text, String name) {
        try (Call call = new Call()) {
            PointerByReference made = new PointerByReference();
            call.check(AesopLibrary.INSTANCE.aesop_sop_load(call.text(text), call.text(name), made, call.error));
            return new Sop(made.getValue());
        }
    }

    /** 1 when it may be published: no finding of severity error. */
    public boolean isSound() {
        try (Call call = new Call()) {
            IntByReference value = new IntByReference();
            call.check(AesopLibrary.INSTANCE.aesop_sop_is_sound(
                handle, value, call.error));
            return value.getValue() != 0;
        }
    }

    /** All findings as a JSON list: [{code, severity, line, column, message, help?}]. */
    public String findings() {
        try (Call call = new Call()) {
            call.check(AesopLibrary.INSTANCE.aesop_sop_findings(
                handle, call.answer, call.error));
            return call.take();
        }
    }

    /** The findings as people read them: code, place, the line with a caret, help. */
    public String render() {
        try (Call call = new Call()) {
            call.check(AesopLibrary.INSTANCE.aesop_sop_render(
                handle, call.answer, call.error));
            return call.take();
        }
    }

    /** The SOP as the procedure that people read. */
    public String show() {
        try (Call call = new Call()) {
            call.check(AesopLibrary.INSTANCE.aesop_sop_show(
                handle, call.answer, call.error));
            return call.take();
        }
    }

    /** {"sop", "version", "title", "hash"?, "gates": [...], "rules": [...], "steps": [...]} as JSON; `hash` where it is sound. */
    public String info() {
        try (Call call = new Call()) {
            call.check(AesopLibrary.INSTANCE.aesop_sop_info(
                handle, call.answer, call.error));
            return call.take();
        }
    }

    /** An SOP's text in the one layout of `aesop fmt`; comments are kept. */
    public static String format(String text) {
        try (Call call = new Call()) {
            call.check(AesopLibrary.INSTANCE.aesop_sop_format(
                call.text(text), call.answer, call.error));
            return call.take();
        }
    }
}
