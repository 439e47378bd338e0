// Generated from capi/include/aesop.h by bindings/generate/java.py; do not edit.
package aesop;

/** What a gate says. */
public enum Verdict {
    /** The gate was not asked: an error. */
    NONE(0),
    PASS(1),
    WARN(2),
    BLOCK(3),
    /** A number that a newer library gave. */
    UNKNOWN(Integer.MAX_VALUE);

    public final int number;

    Verdict(int number) {
        this.number = number;
    }

    static Verdict of(int number) {
        for (Verdict one : values())
            if (one.number == number) return one;
        return UNKNOWN;
    }
}
