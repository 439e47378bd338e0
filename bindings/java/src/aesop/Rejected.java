package aesop;

/** A command was understood and refused; nothing has changed and the attempt is in the log. */
public final class Rejected extends AesopException {
    private static final long serialVersionUID = 1L;

    Rejected(String answer) {
        super(Status.REJECTED, "refused: " + answer, "", answer);
    }

    /** Why: reason, message and more as a JSON object. */
    public String answer() {
        return json();
    }
}
