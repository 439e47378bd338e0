// Generated from capi/include/aesop.h by bindings/generate/java.py; do not edit.
package aesop;

/** What came of a call. The numbers of errors are those of docs/errors.md, and permanent. */
public enum Status {
    OK(0),
    /** The command was refused; its answer says why. */
    REJECTED(1),
    INVALID_ARGUMENT(1001),
    NOT_FOUND(1002),
    ALREADY_EXISTS(1003),
    LIMIT_EXCEEDED(1004),
    NO_ZONE_DATA(1005),
    HORIZON_EXCEEDED(1006),
    STALE_HANDLE(1007),
    WRONG_HANDLE(1008),
    PARSE_ERROR(2001),
    SCHEMA_ERROR(2002),
    UNSUPPORTED_VERSION(2003),
    BAD_UTF8(2004),
    DUPLICATE_KEY(2005),
    UNSOUND_DEFINITION(2006),
    UNKNOWN_NAME(3001),
    TYPE_MISMATCH(3002),
    BAD_EXPRESSION(3003),
    EVALUATION_LIMIT(3004),
    UNKNOWN_STEP(4001),
    UNKNOWN_RUN(4002),
    CONFLICT(4003),
    UNVERIFIED(4004),
    COMMAND_ID_REUSED(4005),
    CORRUPT_EVENT(4006),
    PERMISSION_DENIED(5001),
    IO_ERROR(6001),
    BUSY(6002),
    CORRUPT(6003),
    NEWER_SCHEMA(6004),
    CHAIN_BROKEN(6005),
    NOT_A_STORE(6006),
    NETWORK_FILESYSTEM(6007),
    FORKED(6008),
    DISK_FULL(6009),
    READ_ONLY(6010),
    INTERNAL(9001),
    OUT_OF_MEMORY(9002),
    /** A number that a newer library gave. */
    UNKNOWN(Integer.MAX_VALUE);

    public final int number;

    Status(int number) {
        this.number = number;
    }

    static Status of(int number) {
        for (Status one : values())
            if (one.number == number) return one;
        return UNKNOWN;
    }
}
