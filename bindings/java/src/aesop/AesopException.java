package aesop;

/** Something could not be asked or done. The status names it for ever; help says what to do. */
public class AesopException extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private final Status status;
    private final String help;
    private final String json;

    AesopException(Status status, String message, String help, String json) {
        super(message);
        this.status = status;
        this.help = help;
        this.json = json;
    }

    public Status status() {
        return status;
    }

    /** What to do about it; may be empty. */
    public String help() {
        return help;
    }

    /** code, message, help and findings as a JSON object. */
    public String json() {
        return json;
    }
}
