// Generated from capi/include/aesop.h by bindings/generate/java.py; do not edit.
package aesop;

import com.sun.jna.Pointer;
import com.sun.jna.ptr.IntByReference;
import com.sun.jna.ptr.LongByReference;
import com.sun.jna.ptr.PointerByReference;
import java.time.Instant;

/** SOPs and their runs in a store. */
public final class Engine implements AutoCloseable {
    private final Pointer handle;

    private Engine(Pointer handle) {
        this.handle = handle;
    }

    /** Closes it. A call under way in another thread ends first. */
    @Override
    public void close() {
        AesopLibrary.INSTANCE.aesop_engine_close(handle);
    }

    /**
     * Opens the store in a file; ":memory:" is one that is gone with the engine. `options` may be NULL. AESOP_E_NOT_A_STORE,
     * AESOP_E_NEWER_SCHEMA, AESOP_E_NETWORK_FILESYSTEM, AESOP_E_NOT_FOUND, AESOP_E_BUSY, AESOP_E_IO_ERROR.
     */
    public static Engine open(String path, OpenOptions options) {
        try (Call call = new Call()) {
            PointerByReference made = new PointerByReference();
            call.check(AesopLibrary.INSTANCE.aesop_engine_open(call.text(path), call.options(options), made, call.error));
            return new Engine(made.getValue());
        }
    }

    /** The same, `options` left out. */
    public static Engine open(String path) {
        return open(path, null);
    }

    /**
     * Any command as one JSON object, docs/commands.md; gives {"ok": ...} with AESOP_OK, {"rejected": ...} with AESOP_REJECTED. What
     * the page calls {"error": ...} is an error here, like any other.
     */
    public String execute(String command) {
        try (Call call = new Call()) {
            call.check(AesopLibrary.INSTANCE.aesop_engine_execute(
                handle, call.text(command), call.answer, call.error));
            return call.take();
        }
    }

    /** Until aesop_engine_commit_batch, commands share one transaction and one sync, and their answers are provisional. */
    public void beginBatch() {
        try (Call call = new Call()) {
            call.check(AesopLibrary.INSTANCE.aesop_engine_begin_batch(
                handle, call.error));
        }
    }

    /** Makes the batch durable. After an error nothing of it is known to be kept: repeat its commands with the same ids. */
    public void commitBatch() {
        try (Call call = new Call()) {
            call.check(AesopLibrary.INSTANCE.aesop_engine_commit_batch(
                handle, call.error));
        }
    }

    /** Forgets the batch. */
    public void rollbackBatch() {
        try (Call call = new Call()) {
            call.check(AesopLibrary.INSTANCE.aesop_engine_rollback_batch(
                handle, call.error));
        }
    }

    /** Publishes a sound SOP for ever; refused with findings otherwise (`unsound_definition`, `already_published`). */
    public String publish(Request request, String sopText) {
        try (Call call = new Call()) {
            call.check(AesopLibrary.INSTANCE.aesop_engine_publish(
                handle, call.request(request), call.text(sopText), call.answer, call.error));
            return call.take();
        }
    }

    /** Registers a person; `grants` is a JSON list of {role, scope}. more: name. */
    public String putPerson(Request request, String person, String grants, String more) {
        try (Call call = new Call()) {
            call.check(AesopLibrary.INSTANCE.aesop_engine_put_person(
                handle, call.request(request), call.text(person), call.text(grants), call.text(more), call.answer, call.error));
            return call.take();
        }
    }

    /** The same, `more` left out. */
    public String putPerson(Request request, String person, String grants) {
        return putPerson(request, person, grants, null);
    }

    public String removePerson(Request request, String person) {
        try (Call call = new Call()) {
            call.check(AesopLibrary.INSTANCE.aesop_engine_remove_person(
                handle, call.request(request), call.text(person), call.answer, call.error));
            return call.take();
        }
    }

    /** Sets a parameter; `value` is JSON. more: sop, scope. */
    public String setParameter(Request request, String name, String value, String more) {
        try (Call call = new Call()) {
            call.check(AesopLibrary.INSTANCE.aesop_engine_set_parameter(
                handle, call.request(request), call.text(name), call.text(value), call.text(more), call.answer, call.error));
            return call.take();
        }
    }

    /** The same, `more` left out. */
    public String setParameter(Request request, String name, String value) {
        return setParameter(request, name, value, null);
    }

    /** Puts working hours in place of an SOP's; `calendar` is JSON as in an SOP. more: scope. */
    public String putCalendar(Request request, String name, String calendar, String more) {
        try (Call call = new Call()) {
            call.check(AesopLibrary.INSTANCE.aesop_engine_put_calendar(
                handle, call.request(request), call.text(name), call.text(calendar), call.text(more), call.answer, call.error));
            return call.take();
        }
    }

    /** The same, `more` left out. */
    public String putCalendar(Request request, String name, String calendar) {
        return putCalendar(request, name, calendar, null);
    }

    /** Erases data of the closed run of the request, for good. more: revisions. */
    public String erase(Request request, String reason, String more) {
        try (Call call = new Call()) {
            call.check(AesopLibrary.INSTANCE.aesop_engine_erase(
                handle, call.request(request), call.text(reason), call.text(more), call.answer, call.error));
            return call.take();
        }
    }

    /** The same, `more` left out. */
    public String erase(Request request, String reason) {
        return erase(request, reason, null);
    }

    /** Starts a run; request.run names it, or is empty for a derived id. more: version, key, scope, thread, parent, cause, data. */
    public String start(Request request, String sop, String subject, String more) {
        try (Call call = new Call()) {
            call.check(AesopLibrary.INSTANCE.aesop_engine_start(
                handle, call.request(request), call.text(sop), call.text(subject), call.text(more), call.answer, call.error));
            return call.take();
        }
    }

    /** The same, `more` left out. */
    public String start(Request request, String sop, String subject) {
        return start(request, sop, subject, null);
    }

    /** Reports a fact to the run of the request; `payload` is a JSON object or empty. more: subject, key. */
    public String recordEvent(Request request, String event, String payload, String more) {
        try (Call call = new Call()) {
            call.check(AesopLibrary.INSTANCE.aesop_engine_record_event(
                handle, call.request(request), call.text(event), call.text(payload), call.text(more), call.answer, call.error));
            return call.take();
        }
    }

    /** The same, `payload` and `more` left out. */
    public String recordEvent(Request request, String event) {
        return recordEvent(request, event, null, null);
    }

    public String suspend(Request request, String reason) {
        try (Call call = new Call()) {
            call.check(AesopLibrary.INSTANCE.aesop_engine_suspend(
                handle, call.request(request), call.text(reason), call.answer, call.error));
            return call.take();
        }
    }

    public String resume(Request request) {
        try (Call call = new Call()) {
            call.check(AesopLibrary.INSTANCE.aesop_engine_resume(
                handle, call.request(request), call.answer, call.error));
            return call.take();
        }
    }

    public String cancel(Request request, String reason) {
        try (Call call = new Call()) {
            call.check(AesopLibrary.INSTANCE.aesop_engine_cancel(
                handle, call.request(request), call.text(reason), call.answer, call.error));
            return call.take();
        }
    }

    public String claim(Request request, String task, String more) {
        try (Call call = new Call()) {
            call.check(AesopLibrary.INSTANCE.aesop_engine_claim(
                handle, call.request(request), call.text(task), call.text(more), call.answer, call.error));
            return call.take();
        }
    }

    /** The same, `more` left out. */
    public String claim(Request request, String task) {
        return claim(request, task, null);
    }

    public String startTask(Request request, String task, String more) {
        try (Call call = new Call()) {
            call.check(AesopLibrary.INSTANCE.aesop_engine_start_task(
                handle, call.request(request), call.text(task), call.text(more), call.answer, call.error));
            return call.take();
        }
    }

    /** The same, `more` left out. */
    public String startTask(Request request, String task) {
        return startTask(request, task, null);
    }

    public String stop(Request request, String task, String more) {
        try (Call call = new Call()) {
            call.check(AesopLibrary.INSTANCE.aesop_engine_stop(
                handle, call.request(request), call.text(task), call.text(more), call.answer, call.error));
            return call.take();
        }
    }

    /** The same, `more` left out. */
    public String stop(Request request, String task) {
        return stop(request, task, null);
    }

    public String release(Request request, String task, String more) {
        try (Call call = new Call()) {
            call.check(AesopLibrary.INSTANCE.aesop_engine_release(
                handle, call.request(request), call.text(task), call.text(more), call.answer, call.error));
            return call.take();
        }
    }

    /** The same, `more` left out. */
    public String release(Request request, String task) {
        return release(request, task, null);
    }

    public String delegate(Request request, String task, String to, String more) {
        try (Call call = new Call()) {
            call.check(AesopLibrary.INSTANCE.aesop_engine_delegate(
                handle, call.request(request), call.text(task), call.text(to), call.text(more), call.answer, call.error));
            return call.take();
        }
    }

    /** The same, `more` left out. */
    public String delegate(Request request, String task, String to) {
        return delegate(request, task, to, null);
    }

    public String forward(Request request, String task, String more) {
        try (Call call = new Call()) {
            call.check(AesopLibrary.INSTANCE.aesop_engine_forward(
                handle, call.request(request), call.text(task), call.text(more), call.answer, call.error));
            return call.take();
        }
    }

    /** The same, `more` left out. */
    public String forward(Request request, String task) {
        return forward(request, task, null);
    }

    /** more: until. */
    public String suspendTask(Request request, String task, String more) {
        try (Call call = new Call()) {
            call.check(AesopLibrary.INSTANCE.aesop_engine_suspend_task(
                handle, call.request(request), call.text(task), call.text(more), call.answer, call.error));
            return call.take();
        }
    }

    /** The same, `more` left out. */
    public String suspendTask(Request request, String task) {
        return suspendTask(request, task, null);
    }

    public String resumeTask(Request request, String task, String more) {
        try (Call call = new Call()) {
            call.check(AesopLibrary.INSTANCE.aesop_engine_resume_task(
                handle, call.request(request), call.text(task), call.text(more), call.answer, call.error));
            return call.take();
        }
    }

    /** The same, `more` left out. */
    public String resumeTask(Request request, String task) {
        return resumeTask(request, task, null);
    }

    /** Ticks an item of the checklist. more: reading, note. */
    public String tick(Request request, String task, String item, String more) {
        try (Call call = new Call()) {
            call.check(AesopLibrary.INSTANCE.aesop_engine_tick(
                handle, call.request(request), call.text(task), call.text(item), call.text(more), call.answer, call.error));
            return call.take();
        }
    }

    /** The same, `more` left out. */
    public String tick(Request request, String task, String item) {
        return tick(request, task, item, null);
    }

    public String untick(Request request, String task, String item, String more) {
        try (Call call = new Call()) {
            call.check(AesopLibrary.INSTANCE.aesop_engine_untick(
                handle, call.request(request), call.text(task), call.text(item), call.text(more), call.answer, call.error));
            return call.take();
        }
    }

    /** The same, `more` left out. */
    public String untick(Request request, String task, String item) {
        return untick(request, task, item, null);
    }

    /** Keeps proof whose bytes are elsewhere: their SHA-256 (64 hexadecimal digits) and where they are. more: item, name. */
    public String attachEvidence(Request request, String task, String sha256, String mediaType, String uri, String more) {
        try (Call call = new Call()) {
            call.check(AesopLibrary.INSTANCE.aesop_engine_attach_evidence(
                handle, call.request(request), call.text(task), call.text(sha256), call.text(mediaType), call.text(uri), call.text(more), call.answer, call.error));
            return call.take();
        }
    }

    /** The same, `more` left out. */
    public String attachEvidence(Request request, String task, String sha256, String mediaType, String uri) {
        return attachEvidence(request, task, sha256, mediaType, uri, null);
    }

    /** Keeps proof with its bytes, any bytes, at most 256 KiB. more: item, name. */
    public String attachBytes(Request request, String task, byte[] bytes, String mediaType, String more) {
        try (Call call = new Call()) {
            call.check(AesopLibrary.INSTANCE.aesop_engine_attach_bytes(
                handle, call.request(request), call.text(task), call.bytes(bytes), call.text(mediaType), call.text(more), call.answer, call.error));
            return call.take();
        }
    }

    /** The same, `more` left out. */
    public String attachBytes(Request request, String task, byte[] bytes, String mediaType) {
        return attachBytes(request, task, bytes, mediaType, null);
    }

    /** Keeps a form in progress; `form` is a JSON object. */
    public String save(Request request, String task, String form, String more) {
        try (Call call = new Call()) {
            call.check(AesopLibrary.INSTANCE.aesop_engine_save(
                handle, call.request(request), call.text(task), call.text(form), call.text(more), call.answer, call.error));
            return call.take();
        }
    }

    /** The same, `more` left out. */
    public String save(Request request, String task, String form) {
        return save(request, task, form, null);
    }

    /** Finishes a task; `form` is a JSON object or empty. Refused with `blocked` and everything that is missing. more: reasons, note. */
    public String completeStep(Request request, String task, String form, String more) {
        try (Call call = new Call()) {
            call.check(AesopLibrary.INSTANCE.aesop_engine_complete_step(
                handle, call.request(request), call.text(task), call.text(form), call.text(more), call.answer, call.error));
            return call.take();
        }
    }

    /** The same, `form` and `more` left out. */
    public String completeStep(Request request, String task) {
        return completeStep(request, task, null, null);
    }

    /** The task cannot be done. */
    public String fail(Request request, String task, String reason, String more) {
        try (Call call = new Call()) {
            call.check(AesopLibrary.INSTANCE.aesop_engine_fail(
                handle, call.request(request), call.text(task), call.text(reason), call.text(more), call.answer, call.error));
            return call.take();
        }
    }

    /** The same, `more` left out. */
    public String fail(Request request, String task, String reason) {
        return fail(request, task, reason, null);
    }

    public String acceptReview(Request request, String task, String more) {
        try (Call call = new Call()) {
            call.check(AesopLibrary.INSTANCE.aesop_engine_accept_review(
                handle, call.request(request), call.text(task), call.text(more), call.answer, call.error));
            return call.take();
        }
    }

    /** The same, `more` left out. */
    public String acceptReview(Request request, String task) {
        return acceptReview(request, task, null);
    }

    public String returnForRework(Request request, String task, String note, String more) {
        try (Call call = new Call()) {
            call.check(AesopLibrary.INSTANCE.aesop_engine_return_for_rework(
                handle, call.request(request), call.text(task), call.text(note), call.text(more), call.answer, call.error));
            return call.take();
        }
    }

    /** The same, `more` left out. */
    public String returnForRework(Request request, String task, String note) {
        return returnForRework(request, task, note, null);
    }

    /** Corrects the last completed form of a step; history stays. more: instance, visit. */
    public String correct(Request request, String step, String form, String reason, String more) {
        try (Call call = new Call()) {
            call.check(AesopLibrary.INSTANCE.aesop_engine_correct(
                handle, call.request(request), call.text(step), call.text(form), call.text(reason), call.text(more), call.answer, call.error));
            return call.take();
        }
    }

    /** The same, `more` left out. */
    public String correct(Request request, String step, String form, String reason) {
        return correct(request, step, form, reason, null);
    }

    /** The operation of a service step was done; `result` is a JSON object or empty. */
    public String completeService(Request request, String task, String result, String more) {
        try (Call call = new Call()) {
            call.check(AesopLibrary.INSTANCE.aesop_engine_complete_service(
                handle, call.request(request), call.text(task), call.text(result), call.text(more), call.answer, call.error));
            return call.take();
        }
    }

    /** The same, `result` and `more` left out. */
    public String completeService(Request request, String task) {
        return completeService(request, task, null, null);
    }

    /** It failed; `error` says how. more: retry. */
    public String failService(Request request, String task, String error, String more) {
        try (Call call = new Call()) {
            call.check(AesopLibrary.INSTANCE.aesop_engine_fail_service(
                handle, call.request(request), call.text(task), call.text(error), call.text(more), call.answer, call.error));
            return call.take();
        }
    }

    /** The same, `more` left out. */
    public String failService(Request request, String task, String error) {
        return failService(request, task, error, null);
    }

    /** One voice in an approval step: `decision` is "approve" or "refuse". more: note. */
    public String decideApproval(Request request, String task, String decision, String more) {
        try (Call call = new Call()) {
            call.check(AesopLibrary.INSTANCE.aesop_engine_decide_approval(
                handle, call.request(request), call.text(task), call.text(decision), call.text(more), call.answer, call.error));
            return call.take();
        }
    }

    /** The same, `more` left out. */
    public String decideApproval(Request request, String task, String decision) {
        return decideApproval(request, task, decision, null);
    }

    /** Asks to deviate by a policy of the SOP. more: step or task, documents, reason, until. The answer's `created` names the exception. */
    public String requestException(Request request, String policy, String more) {
        try (Call call = new Call()) {
            call.check(AesopLibrary.INSTANCE.aesop_engine_request_exception(
                handle, call.request(request), call.text(policy), call.text(more), call.answer, call.error));
            return call.take();
        }
    }

    /** The same, `more` left out. */
    public String requestException(Request request, String policy) {
        return requestException(request, policy, null);
    }

    /** One voice: `decision` is "approve" or "deny". more: note. */
    public String decideException(Request request, String exception, String decision, String more) {
        try (Call call = new Call()) {
            call.check(AesopLibrary.INSTANCE.aesop_engine_decide_exception(
                handle, call.request(request), call.text(exception), call.text(decision), call.text(more), call.answer, call.error));
            return call.take();
        }
    }

    /** The same, `more` left out. */
    public String decideException(Request request, String exception, String decision) {
        return decideException(request, exception, decision, null);
    }

    /** Uses an approved exception: the step is skipped. more: step or task. */
    public String skip(Request request, String exception, String more) {
        try (Call call = new Call()) {
            call.check(AesopLibrary.INSTANCE.aesop_engine_skip(
                handle, call.request(request), call.text(exception), call.text(more), call.answer, call.error));
            return call.take();
        }
    }

    /** The same, `more` left out. */
    public String skip(Request request, String exception) {
        return skip(request, exception, null);
    }

    /** Uses an approved exception: the step is due later. more: until, step or task. */
    public String extend(Request request, String exception, String more) {
        try (Call call = new Call()) {
            call.check(AesopLibrary.INSTANCE.aesop_engine_extend(
                handle, call.request(request), call.text(exception), call.text(more), call.answer, call.error));
            return call.take();
        }
    }

    /** The same, `more` left out. */
    public String extend(Request request, String exception) {
        return extend(request, exception, null);
    }

    /** Acts first, owes a review. more: step or task, documents, until. */
    public String invokeEmergency(Request request, String policy, String reason, String more) {
        try (Call call = new Call()) {
            call.check(AesopLibrary.INSTANCE.aesop_engine_invoke_emergency(
                handle, call.request(request), call.text(policy), call.text(reason), call.text(more), call.answer, call.error));
            return call.take();
        }
    }

    /** The same, `more` left out. */
    public String invokeEmergency(Request request, String policy, String reason) {
        return invokeEmergency(request, policy, reason, null);
    }

    /** `verdict` is "justified" or "not_justified". more: note. */
    public String reviewEmergency(Request request, String exception, String verdict, String more) {
        try (Call call = new Call()) {
            call.check(AesopLibrary.INSTANCE.aesop_engine_review_emergency(
                handle, call.request(request), call.text(exception), call.text(verdict), call.text(more), call.answer, call.error));
            return call.take();
        }
    }

    /** The same, `more` left out. */
    public String reviewEmergency(Request request, String exception, String verdict) {
        return reviewEmergency(request, exception, verdict, null);
    }

    public String acknowledgeHandoff(Request request, String handoff) {
        try (Call call = new Call()) {
            call.check(AesopLibrary.INSTANCE.aesop_engine_acknowledge_handoff(
                handle, call.request(request), call.text(handoff), call.answer, call.error));
            return call.take();
        }
    }

    public String retryIncident(Request request, String incident) {
        try (Call call = new Call()) {
            call.check(AesopLibrary.INSTANCE.aesop_engine_retry_incident(
                handle, call.request(request), call.text(incident), call.answer, call.error));
            return call.take();
        }
    }

    /** more: data, go. */
    public String resolveIncident(Request request, String incident, String reason, String more) {
        try (Call call = new Call()) {
            call.check(AesopLibrary.INSTANCE.aesop_engine_resolve_incident(
                handle, call.request(request), call.text(incident), call.text(reason), call.text(more), call.answer, call.error));
            return call.take();
        }
    }

    /** The same, `more` left out. */
    public String resolveIncident(Request request, String incident, String reason) {
        return resolveIncident(request, incident, reason, null);
    }

    public String endIncident(Request request, String incident, String reason) {
        try (Call call = new Call()) {
            call.check(AesopLibrary.INSTANCE.aesop_engine_end_incident(
                handle, call.request(request), call.text(incident), call.text(reason), call.answer, call.error));
            return call.take();
        }
    }

    /** Fires what is due by `to` over all runs, at most `limit` timers (0: 1000). {"fired", "more", "stuck"?}; call again while `more`. */
    public String advance(Instant to, int limit) {
        try (Call call = new Call()) {
            call.check(AesopLibrary.INSTANCE.aesop_engine_advance(
                handle, Call.microseconds(to), limit, call.answer, call.error));
            return call.take();
        }
    }

    /** The same, `limit` left out. */
    public String advance(Instant to) {
        return advance(to, 0);
    }

    /** Takes in events of a host's own stream with its cursor, once. `events` is a JSON list as in docs/commands.md. more: after. */
    public String ingest(Request request, String feed, String cursor, String events, String more) {
        try (Call call = new Call()) {
            call.check(AesopLibrary.INSTANCE.aesop_engine_ingest(
                handle, call.request(request), call.text(feed), call.text(cursor), call.text(events), call.text(more), call.answer, call.error));
            return call.take();
        }
    }

    /** The same, `more` left out. */
    public String ingest(Request request, String feed, String cursor, String events) {
        return ingest(request, feed, cursor, events, null);
    }

    /** Hands out effects that are due, for a lease of so many seconds (0: only looks), at most `limit` (0: 100). {"effects": [...]}. */
    public String pollOutbox(Instant at, int leaseSeconds, int limit) {
        try (Call call = new Call()) {
            call.check(AesopLibrary.INSTANCE.aesop_engine_poll_outbox(
                handle, Call.microseconds(at), leaseSeconds, limit, call.answer, call.error));
            return call.take();
        }
    }

    /** The same, `limit` left out. */
    public String pollOutbox(Instant at, int leaseSeconds) {
        return pollOutbox(at, leaseSeconds, 0);
    }

    /** The effect was carried out. more: attempt. */
    public String ack(Request request, String effect, String more) {
        try (Call call = new Call()) {
            call.check(AesopLibrary.INSTANCE.aesop_engine_ack(
                handle, call.request(request), call.text(effect), call.text(more), call.answer, call.error));
            return call.take();
        }
    }

    /** The same, `more` left out. */
    public String ack(Request request, String effect) {
        return ack(request, effect, null);
    }

    /** It failed; `error` says how. It is handed out again after a pause. more: attempt. */
    public String failEffect(Request request, String effect, String error, String more) {
        try (Call call = new Call()) {
            call.check(AesopLibrary.INSTANCE.aesop_engine_fail_effect(
                handle, call.request(request), call.text(effect), call.text(error), call.text(more), call.answer, call.error));
            return call.take();
        }
    }

    /** The same, `more` left out. */
    public String failEffect(Request request, String effect, String error) {
        return failEffect(request, effect, error, null);
    }

    /** Work items: {"tasks": [...]}. filter: role, person, scope, run, limit. */
    public String worklist(String filter) {
        try (Call call = new Call()) {
            call.check(AesopLibrary.INSTANCE.aesop_engine_worklist(
                handle, call.text(filter), call.answer, call.error));
            return call.take();
        }
    }

    /** The same, `filter` left out. */
    public String worklist() {
        return worklist(null);
    }

    /** The state of a run. AESOP_E_UNKNOWN_RUN. */
    public String run(String run) {
        try (Call call = new Call()) {
            call.check(AesopLibrary.INSTANCE.aesop_engine_run(
                handle, call.text(run), call.answer, call.error));
            return call.take();
        }
    }

    /** filter: status, sop, scope, subject, key, after, limit. */
    public String runs(String filter) {
        try (Call call = new Call()) {
            call.check(AesopLibrary.INSTANCE.aesop_engine_runs(
                handle, call.text(filter), call.answer, call.error));
            return call.take();
        }
    }

    /** The same, `filter` left out. */
    public String runs() {
        return runs(null);
    }

    /** Entries of the log. filter: run, after, limit, kinds. */
    public String events(String filter) {
        try (Call call = new Call()) {
            call.check(AesopLibrary.INSTANCE.aesop_engine_events(
                handle, call.text(filter), call.answer, call.error));
            return call.take();
        }
    }

    /** The same, `filter` left out. */
    public String events() {
        return events(null);
    }

    /** What keeps a run, or one step of it, from going on; `step` may be empty. */
    public String why(String run, String step, Instant at) {
        try (Call call = new Call()) {
            call.check(AesopLibrary.INSTANCE.aesop_engine_why(
                handle, call.text(run), call.text(step), Call.microseconds(at), call.answer, call.error));
            return call.take();
        }
    }

    /** filter: run, until, limit. */
    public String timers(String filter) {
        try (Call call = new Call()) {
            call.check(AesopLibrary.INSTANCE.aesop_engine_timers(
                handle, call.text(filter), call.answer, call.error));
            return call.take();
        }
    }

    /** The same, `filter` left out. */
    public String timers() {
        return timers(null);
    }

    public String people() {
        try (Call call = new Call()) {
            call.check(AesopLibrary.INSTANCE.aesop_engine_people(
                handle, call.answer, call.error));
            return call.take();
        }
    }

    public String parameters() {
        try (Call call = new Call()) {
            call.check(AesopLibrary.INSTANCE.aesop_engine_parameters(
                handle, call.answer, call.error));
            return call.take();
        }
    }

    public String sops() {
        try (Call call = new Call()) {
            call.check(AesopLibrary.INSTANCE.aesop_engine_sops(
                handle, call.answer, call.error));
            return call.take();
        }
    }

    /** A published SOP: {"text", "show", "hash", ...}; the version published last where `version` is empty. AESOP_E_NOT_FOUND. */
    public String sop(String sop, String version) {
        try (Call call = new Call()) {
            call.check(AesopLibrary.INSTANCE.aesop_engine_sop(
                handle, call.text(sop), call.text(version), call.answer, call.error));
            return call.take();
        }
    }

    /** The same, `version` left out. */
    public String sop(String sop) {
        return sop(sop, null);
    }

    public String feeds() {
        try (Call call = new Call()) {
            call.check(AesopLibrary.INSTANCE.aesop_engine_feeds(
                handle, call.answer, call.error));
            return call.take();
        }
    }

    /** The measures of an SOP with targets, bands and trend: {"kpis": [...]}. filter: sop, version, from, until, scope, by, lineage. */
    public String kpis(String filter) {
        try (Call call = new Call()) {
            call.check(AesopLibrary.INSTANCE.aesop_engine_kpis(
                handle, call.text(filter), call.answer, call.error));
            return call.take();
        }
    }

    /** The same, `filter` left out. */
    public String kpis() {
        return kpis(null);
    }

    /** How often something happened, by the value of a field of it: {"counts": [...]}. filter: amount, sop, version, from, until, scope. */
    public String counts(String moment, String field, String filter) {
        try (Call call = new Call()) {
            call.check(AesopLibrary.INSTANCE.aesop_engine_counts(
                handle, call.text(moment), call.text(field), call.text(filter), call.answer, call.error));
            return call.take();
        }
    }

    /** The same, `filter` left out. */
    public String counts(String moment, String field) {
        return counts(moment, field, null);
    }

    /** Which rungs fired, how often: {"escalations": [...]}. filter: sop, version, from, until, scope. */
    public String escalations(String filter) {
        try (Call call = new Call()) {
            call.check(AesopLibrary.INSTANCE.aesop_engine_escalations(
                handle, call.text(filter), call.answer, call.error));
            return call.take();
        }
    }

    /** The same, `filter` left out. */
    public String escalations() {
        return escalations(null);
    }

    /** Exceptions that were asked for, and who decided: {"exceptions": [...]}. filter: sop, version, from, until, scope. */
    public String exceptions(String filter) {
        try (Call call = new Call()) {
            call.check(AesopLibrary.INSTANCE.aesop_engine_exceptions(
                handle, call.text(filter), call.answer, call.error));
            return call.take();
        }
    }

    /** The same, `filter` left out. */
    public String exceptions() {
        return exceptions(null);
    }

    /** Walks the whole log and compares the store with it: {"sound", "entries", "head", ...}; a broken log is a report, no error. options: deep, file. */
    public String verifyLog(String options) {
        try (Call call = new Call()) {
            call.check(AesopLibrary.INSTANCE.aesop_engine_verify_log(
                handle, call.text(options), call.answer, call.error));
            return call.take();
        }
    }

    /** The same, `options` left out. */
    public String verifyLog() {
        return verifyLog(null);
    }

    /** Writes states, timers and worklist anew from the events; gives of how many runs. AESOP_E_CHAIN_BROKEN. */
    public long rebuild() {
        try (Call call = new Call()) {
            LongByReference value = new LongByReference();
            call.check(AesopLibrary.INSTANCE.aesop_engine_rebuild(
                handle, value, call.error));
            return value.getValue();
        }
    }

    /**
     * Asks a gate of a published SOP, with parameters and calendars of a scope; or, where `sop` is empty and `run` in `more` names one,
     * with what that run knows, `facts` in place of its variables. more: approved, scope, run.
     */
    public Report checkGate(String sop, String gate, String facts, Instant at, String more) {
        try (Call call = new Call()) {
            IntByReference verdict = new IntByReference();
            call.check(AesopLibrary.INSTANCE.aesop_engine_check_gate(
                handle, call.text(sop), call.text(gate), call.text(facts), Call.microseconds(at), call.text(more), verdict, call.answer, call.error));
            return new Report(Verdict.of(verdict.getValue()), call.take());
        }
    }

    /** The same, `more` left out. */
    public Report checkGate(String sop, String gate, String facts, Instant at) {
        return checkGate(sop, gate, facts, at, null);
    }

    /**
     * Keeps what a gate answered, of aesop_gate_check or aesop_engine_check_gate, in the log; about `subject`, and about request.run when
     * that is given.
     */
    public String recordGate(Request request, String report, String subject) {
        try (Call call = new Call()) {
            call.check(AesopLibrary.INSTANCE.aesop_engine_record_gate(
                handle, call.request(request), call.text(report), call.text(subject), call.answer, call.error));
            return call.take();
        }
    }

    /** {"value": ..., "diagnostics"?} of a FEEL expression over a JSON object. */
    public String evaluate(String feel, String context, Instant at) {
        try (Call call = new Call()) {
            call.check(AesopLibrary.INSTANCE.aesop_engine_evaluate(
                handle, call.text(feel), call.text(context), Call.microseconds(at), call.answer, call.error));
            return call.take();
        }
    }
}
