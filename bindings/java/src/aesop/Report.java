package aesop;

/** What a gate said. */
public final class Report {
    public final Verdict verdict;
    /** verdict, failures (check, message, fix), receipt and more as a JSON object. */
    public final String json;

    Report(Verdict verdict, String json) {
        this.verdict = verdict;
        this.json = json;
    }
}
