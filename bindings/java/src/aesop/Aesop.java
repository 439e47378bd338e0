// Generated from capi/include/aesop.h by bindings/generate/java.py; do not edit.
package aesop;

/** The library itself. */
public final class Aesop {
    private Aesop() {}

    /** The version of the library, "0.1.0". */
    public static String version() {
        return Call.sentence(AesopLibrary.INSTANCE.aesop_version());
    }

    /** The number of this interface. A program made for one number works with every library of the same: it grows only. */
    public static int abiVersion() {
        return AesopLibrary.INSTANCE.aesop_abi_version();
    }

    /** The most bytes a text given to the library may have. */
    public static long textLimit() {
        return AesopLibrary.INSTANCE.aesop_text_limit().longValue();
    }

    /** The name of a status, "command-id-reused"; "unknown" for a number that is none. */
    public static String statusName(Status status) {
        return Call.sentence(AesopLibrary.INSTANCE.aesop_status_name(status.number));
    }

    /** One sentence on what a status means. */
    public static String statusText(Status status) {
        return Call.sentence(AesopLibrary.INSTANCE.aesop_status_text(status.number));
    }
}
