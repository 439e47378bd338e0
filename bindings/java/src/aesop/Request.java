package aesop;

import java.time.Instant;

/** Who asks, when, and under which id: what every command that writes has. */
public final class Request {
    final String commandId;
    final Instant at;
    final String actor;
    String run;
    Long expectedRevision;
    Instant occurredAt;

    /**
     * @param commandId names this request for ever: the same id again gives the same answer and does nothing
     * @param at now
     * @param actor a JSON object with id, roles and scope; or an id alone
     */
    public Request(String commandId, Instant at, String actor) {
        this.commandId = commandId;
        this.at = at;
        this.actor = actor;
    }

    /** The run; without it a task names it, or there is none. */
    public Request run(String run) {
        this.run = run;
        return this;
    }

    /** Refuse with `conflict` when the run has moved on. */
    public Request expectedRevision(long revision) {
        this.expectedRevision = revision;
        return this;
    }

    /** A late fact: when it happened. */
    public Request occurredAt(Instant when) {
        this.occurredAt = when;
        return this;
    }
}
