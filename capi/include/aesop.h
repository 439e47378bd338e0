/* Aesop, the embeddable SOP engine: its C API. C99. This header is the manual; what is not in it is not published.
 *
 * From zero to the first answer:
 *
 *   aesop_gate *gate;
 *   aesop_verdict verdict;
 *   if (aesop_gate_open(AESOP_STR(sop_text), AESOP_STR("send_claim"), &gate, NULL) == AESOP_OK &&
 *       aesop_gate_check(gate, AESOP_STR(facts_json), now, AESOP_NONE, &verdict, NULL, NULL) == AESOP_OK &&
 *       (verdict == AESOP_VERDICT_PASS || verdict == AESOP_VERDICT_WARN)) send();   (an error is no pass)
 *   aesop_gate_free(gate);
 *
 * Rules that hold everywhere:
 *
 * (1) Every function gives an aesop_status. AESOP_OK is 0; AESOP_REJECTED says that a command was understood and refused (the
 *     answer tells why: it is no error); everything else is an error. The status is the truth.
 * (2) The last parameter `err` may be NULL. It is set on an error, to an aesop_error that you free, and to NULL otherwise.
 *     Where memory is exhausted it may stay NULL.
 * (3) Parameters come in the order subject, inputs, outputs, err. An output pointer that is NULL is not wanted. Outputs are
 *     set to NULL or 0 before anything can fail. A command whose answer is not wanted is run all the same.
 * (4) Strings in are aesop_str: bytes in UTF-8 and their number, no NUL needed; {NULL, 0} is the empty one. At most
 *     aesop_text_limit() bytes. The library copies what it keeps.
 * (5) Strings out are aesop_text, that you free. Rich data is JSON text: commands, answers and events are those of
 *     docs/commands.md and docs/events.md, and their schemas are the contract for data.
 * (6) Handles are pointers that point nowhere: they are tokens that the library looks up. One that was freed, is of another
 *     kind or was made up is the error AESOP_E_STALE_HANDLE or AESOP_E_WRONG_HANDLE, never a crash. Freeing NULL or a stale
 *     handle does nothing. Handles may be freed in any order.
 * (7) Any function may be called from any thread. Calls on one engine wait for each other; gates, expressions, rules and SOPs
 *     are immutable and are used at once by any number of threads. The library starts no thread and calls nothing back.
 *     In a child after fork a call on an engine of the parent is AESOP_E_FORKED, and so is opening one when the parent had
 *     one open: fork before that. All else works there.
 * (8) Structs begin with `size`: set it by their init function or AESOP_..._INIT. They grow at their end only, and zero means
 *     `as before` in a member that is added. A library takes the structs of older headers, and those of newer ones as long
 *     as the members that it does not know are zero; everything else is AESOP_E_INVALID_ARGUMENT. A smaller size than
 *     in the first header is refused, and one over 4096.
 * (9) Times are microseconds since 1970-01-01T00:00:00Z. The library reads no clock: what is now comes in with the call.
 * (10) No C++ exception leaves the library, and no allocation of yours is freed by it. After an error nothing has changed,
 *      but for one at a commit (busy, io_error, disk_full) and where memory ran out (out_of_memory; the command may be done
 *      and its answer lost): then the outcome is unknown. Repeat with the same command id.
 *
 * Commands return an answer in JSON, the object that docs/commands.md shows below "ok" or "rejected". They take what they always
 * need as parameters, and `more`: a JSON object with those other members of the command that are wanted; {NULL, 0} for none.
 */
#ifndef AESOP_H
#define AESOP_H

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

#if defined(_WIN32)
#if defined(AESOP_BUILDING)
#define AESOP_API __declspec(dllexport)
#else
#define AESOP_API __declspec(dllimport)
#endif
#else
#define AESOP_API __attribute__((visibility("default")))
#endif

/* --- types --------------------------------------------------------------------------------------------------------- */

/* What came of a call. The numbers of errors are those of docs/errors.md, and permanent. */
typedef enum aesop_status {
  AESOP_OK = 0,
  AESOP_REJECTED = 1, /* the command was refused; its answer says why */
  AESOP_E_INVALID_ARGUMENT = 1001,
  AESOP_E_NOT_FOUND = 1002,
  AESOP_E_ALREADY_EXISTS = 1003,
  AESOP_E_LIMIT_EXCEEDED = 1004,
  AESOP_E_NO_ZONE_DATA = 1005,
  AESOP_E_HORIZON_EXCEEDED = 1006,
  AESOP_E_STALE_HANDLE = 1007,
  AESOP_E_WRONG_HANDLE = 1008,
  AESOP_E_PARSE_ERROR = 2001,
  AESOP_E_SCHEMA_ERROR = 2002,
  AESOP_E_UNSUPPORTED_VERSION = 2003,
  AESOP_E_BAD_UTF8 = 2004,
  AESOP_E_DUPLICATE_KEY = 2005,
  AESOP_E_UNSOUND_DEFINITION = 2006,
  AESOP_E_UNKNOWN_NAME = 3001,
  AESOP_E_TYPE_MISMATCH = 3002,
  AESOP_E_BAD_EXPRESSION = 3003,
  AESOP_E_EVALUATION_LIMIT = 3004,
  AESOP_E_UNKNOWN_STEP = 4001,
  AESOP_E_UNKNOWN_RUN = 4002,
  AESOP_E_CONFLICT = 4003,
  AESOP_E_UNVERIFIED = 4004,
  AESOP_E_COMMAND_ID_REUSED = 4005,
  AESOP_E_CORRUPT_EVENT = 4006,
  AESOP_E_PERMISSION_DENIED = 5001,
  AESOP_E_IO_ERROR = 6001,
  AESOP_E_BUSY = 6002,
  AESOP_E_CORRUPT = 6003,
  AESOP_E_NEWER_SCHEMA = 6004,
  AESOP_E_CHAIN_BROKEN = 6005,
  AESOP_E_NOT_A_STORE = 6006,
  AESOP_E_NETWORK_FILESYSTEM = 6007,
  AESOP_E_FORKED = 6008,
  AESOP_E_DISK_FULL = 6009,
  AESOP_E_READ_ONLY = 6010,
  AESOP_E_INTERNAL = 9001,
  AESOP_E_OUT_OF_MEMORY = 9002,
  AESOP_STATUS_MAX = 0x7FFFFFFF /* pins the width */
} aesop_status;

/* What a gate says. */
typedef enum aesop_verdict {
  AESOP_VERDICT_NONE = 0, /* the gate was not asked: an error */
  AESOP_VERDICT_PASS = 1,
  AESOP_VERDICT_WARN = 2,
  AESOP_VERDICT_BLOCK = 3,
  AESOP_VERDICT_MAX = 0x7FFFFFFF
} aesop_verdict;

/* Bytes in UTF-8; `data` may be NULL where `size` is 0. */
typedef struct aesop_str {
  const char *data;
  size_t size;
} aesop_str;

typedef struct aesop_text aesop_text;     /* a text that the library gave */
typedef struct aesop_error aesop_error;   /* what went wrong */
typedef struct aesop_sop aesop_sop;       /* an SOP as it was read, sound or not */
typedef struct aesop_gate aesop_gate;     /* a gate, ready to be asked */
typedef struct aesop_rule aesop_rule;     /* a rule of an SOP: a decision table or an expression */
typedef struct aesop_expr aesop_expr;     /* a FEEL expression, compiled */
typedef struct aesop_dmn aesop_dmn;       /* a DMN model, compiled with those it imports */
typedef struct aesop_engine aesop_engine; /* SOPs and their runs in a store */

#define AESOP_NO_TIME INT64_MIN    /* where a time may be left out */
#define AESOP_NO_REVISION UINT64_MAX /* where a revision may be left out */

/* A NUL-terminated text as an aesop_str; {NULL, 0} for NULL. */
static inline aesop_str AESOP_STR(const char *text) {
  aesop_str str = {text, 0};
  if (text != NULL)
    while (text[str.size] != '\0') ++str.size;
  return str;
}
/* The empty text, and the way to leave out what may be left out. */
#define AESOP_NONE AESOP_STR(NULL)

/* How an engine opens its store. */
typedef struct aesop_open_options {
  uint32_t size;               /* sizeof(aesop_open_options) */
  uint32_t create;             /* 1: make the store when it is not there */
  uint32_t read_only;          /* 1: nothing is ever written */
  uint32_t exclusive;          /* 1: this process alone; faster */
  uint32_t allow_network;      /* 1: also on a network file system; read docs/storage.md first */
  uint32_t busy_milliseconds;  /* how long a call waits for other writers before AESOP_E_BUSY */
} aesop_open_options;
#define AESOP_OPEN_OPTIONS_INIT {(uint32_t)sizeof(aesop_open_options), 1, 0, 0, 0, 5000}

/* Who asks, when, and under which id: what every command that writes has. */
typedef struct aesop_request {
  uint32_t size;               /* sizeof(aesop_request) */
  uint32_t reserved;           /* 0 */
  aesop_str command_id;        /* names this request for ever: the same id again gives the same answer and does nothing */
  int64_t at;                  /* now */
  aesop_str actor;             /* JSON: {"id": "ana", "roles": ["biller"], "scope": "org/west"}; or an id alone, as text */
  aesop_str run;               /* the run; may be empty where a task names it, or where there is none */
  uint64_t expected_revision;  /* refuse with `conflict` when the run has moved on; or AESOP_NO_REVISION */
  int64_t occurred_at;         /* a late fact: when it happened; or AESOP_NO_TIME */
} aesop_request;
#define AESOP_REQUEST_INIT {(uint32_t)sizeof(aesop_request), 0, {NULL, 0}, AESOP_NO_TIME, {NULL, 0}, {NULL, 0}, AESOP_NO_REVISION, AESOP_NO_TIME}

/* --- the library --------------------------------------------------------------------------------------------------- */

/* The version of the library, "0.1.0". Never NULL. */
AESOP_API const char *aesop_version(void);

/* The number of this interface. A program made for one number works with every library of the same: it grows only. */
AESOP_API uint32_t aesop_abi_version(void);
#define AESOP_ABI_VERSION 0

/* The most bytes a text given to the library may have. */
AESOP_API size_t aesop_text_limit(void);

/* The name of a status, "command-id-reused"; "unknown" for a number that is none. Never NULL. */
AESOP_API const char *aesop_status_name(aesop_status status);

/* One sentence on what a status means. Never NULL. */
AESOP_API const char *aesop_status_text(aesop_status status);

/* Gives the struct its defaults, as AESOP_OPEN_OPTIONS_INIT does. For languages without macros. */
AESOP_API void aesop_open_options_init(aesop_open_options *options);

/* Gives the struct its defaults, as AESOP_REQUEST_INIT does. */
AESOP_API void aesop_request_init(aesop_request *request);

/* --- texts and errors ---------------------------------------------------------------------------------------------- */

/* The bytes of a text, with a NUL behind the last; they live until the text is freed. NULL for a stale handle. */
AESOP_API const char *aesop_text_data(const aesop_text *text);

/* How many bytes, the NUL not counted. */
AESOP_API size_t aesop_text_size(const aesop_text *text);

AESOP_API void aesop_text_free(aesop_text *text);

/* The status that came with the error; AESOP_OK for NULL or a stale handle. */
AESOP_API aesop_status aesop_error_status(const aesop_error *error);

/* What went wrong, one sentence; lives until the error is freed. "" for NULL or a stale handle. */
AESOP_API const char *aesop_error_message(const aesop_error *error);

/* What to do about it; may be empty. Lives until the error is freed. */
AESOP_API const char *aesop_error_help(const aesop_error *error);

/* {"code", "message", "help"?, "findings"?: [{code, severity, line, column, message, help}]} as JSON text. Lives until the
 * error is freed. */
AESOP_API const char *aesop_error_json(const aesop_error *error);

AESOP_API void aesop_error_free(aesop_error *error);

/* --- SOPs ---------------------------------------------------------------------------------------------------------- */

/* Reads an SOP and looks for everything that can be known to be wrong with it. It is given also when it has errors; only a
 * text that is no JSON at all, or has a wrong encoding, is an error here. `name` is how findings call the text. */
AESOP_API aesop_status aesop_sop_load(aesop_str text, aesop_str name, aesop_sop **out_sop, aesop_error **err);

/* 1 when it may be published: no finding of severity error. */
AESOP_API aesop_status aesop_sop_is_sound(const aesop_sop *sop, int32_t *out_sound, aesop_error **err);

/* All findings as a JSON list: [{code, severity, line, column, message, help?}]. */
AESOP_API aesop_status aesop_sop_findings(const aesop_sop *sop, aesop_text **out_findings, aesop_error **err);

/* The findings as people read them: code, place, the line with a caret, help. */
AESOP_API aesop_status aesop_sop_render(const aesop_sop *sop, aesop_text **out_rendered, aesop_error **err);

/* The SOP as the procedure that people read. */
AESOP_API aesop_status aesop_sop_show(const aesop_sop *sop, aesop_text **out_procedure, aesop_error **err);

/* {"sop", "version", "title", "hash"?, "gates": [...], "rules": [...], "steps": [...]} as JSON; `hash` where it is sound. */
AESOP_API aesop_status aesop_sop_info(const aesop_sop *sop, aesop_text **out_info, aesop_error **err);

AESOP_API void aesop_sop_free(aesop_sop *sop);

/* An SOP's text in the one layout of `aesop fmt`; comments are kept. */
AESOP_API aesop_status aesop_sop_format(aesop_str text, aesop_text **out_formatted, aesop_error **err);

/* --- the gate: may this go out? ------------------------------------------------------------------------------------ */

/* Reads an SOP and makes one of its gates ready; `gate` may be empty where the SOP has only one. Parameters are the SOP's
 * defaults; for those of a scope ask aesop_engine_check_gate. AESOP_E_UNSOUND_DEFINITION (the error's JSON has the findings),
 * AESOP_E_NOT_FOUND. */
AESOP_API aesop_status aesop_gate_open(aesop_str sop_text, aesop_str gate, aesop_gate **out_gate, aesop_error **err);

/* Asks it. `facts` is a JSON object of the SOP's variables; what is not given is null. `approved` is a JSON list of exception
 * policies that count as approved, or empty. The report is that of the command `gate`: {verdict, failures: [{check, enforce,
 * message, fix, exception}], receipt, ...}. No disk is touched; aesop_engine_record_gate keeps the report.
 * AESOP_E_SCHEMA_ERROR for a variable the SOP does not declare, AESOP_E_TYPE_MISMATCH, AESOP_E_NOT_FOUND for a policy it does not
 * have. */
AESOP_API aesop_status aesop_gate_check(const aesop_gate *gate, aesop_str facts, int64_t at, aesop_str approved,
                                        aesop_verdict *out_verdict, aesop_text **out_report, aesop_error **err);

AESOP_API void aesop_gate_free(aesop_gate *gate);

/* --- rules and expressions ----------------------------------------------------------------------------------------- */

/* Makes a rule of an SOP ready: a decision table or an expression; `rule` may be empty where the SOP has only one. Errors as of
 * aesop_gate_open. */
AESOP_API aesop_status aesop_rule_open(aesop_str sop_text, aesop_str rule, aesop_rule **out_rule, aesop_error **err);

/* {"value": ..., "diagnostics"?: [why it is null]} as JSON. `facts` are by name what the rule would read in a run: variables
 * (else null), parameters (else their default), gates as {"verdict", "blocked"?, "warned"?} (else asked, over the same
 * facts), results of steps (else null) and `run`. Errors as of aesop_gate_check. */
AESOP_API aesop_status aesop_rule_evaluate(const aesop_rule *rule, aesop_str facts, int64_t at, aesop_text **out_result,
                                           aesop_error **err);

AESOP_API void aesop_rule_free(aesop_rule *rule);

/* Compiles a FEEL expression. `names` is a JSON list of the names it may use, of values of any type; or empty.
 * AESOP_E_BAD_EXPRESSION, AESOP_E_UNKNOWN_NAME. */
AESOP_API aesop_status aesop_expr_compile(aesop_str feel, aesop_str names, aesop_expr **out_expr, aesop_error **err);

/* {"value": ..., "diagnostics"?: [why it is null]} as JSON. `context` is a JSON object; names it lacks are null. */
AESOP_API aesop_status aesop_expr_evaluate(const aesop_expr *expr, aesop_str context, int64_t at, aesop_text **out_result,
                                           aesop_error **err);

AESOP_API void aesop_expr_free(aesop_expr *expr);

/* --- decision models (DMN) ----------------------------------------------------------------------------------------- */

/* Reads a DMN model, the text of a .dmn file of version 1.1 to 1.5, and compiles it with the models it imports. more: imports
 * (their texts by the names of their files: {"rates.dmn": "<definitions ..."}), strict. As DMN has it, what is wrong in an
 * expression makes it null when it is evaluated, with a diagnostic, and one that cannot even be read is a warning among the
 * findings; with "strict": true both are errors. A function in another language (kind Java or PMML) is null with a diagnostic:
 * this interface calls nothing back. The model is immutable, and used at once by any number of threads. AESOP_E_PARSE_ERROR,
 * AESOP_E_SCHEMA_ERROR (XML, but no model), AESOP_E_UNSUPPORTED_VERSION, AESOP_E_UNSOUND_DEFINITION: the error's JSON has the
 * findings with line and column. */
AESOP_API aesop_status aesop_dmn_open(aesop_str model, aesop_str more, aesop_dmn **out_dmn, aesop_error **err);

/* All findings as a JSON list, as of aesop_sop_findings; none of a model that was opened is an error. */
AESOP_API aesop_status aesop_dmn_findings(const aesop_dmn *dmn, aesop_text **out_findings, aesop_error **err);

/* What it offers: {"name", "namespace", "imports": [{"name", "namespace"}], "inputs": [{"name", "type"}], "decisions": [{"name",
 * "type", "inputs", "table"}], "services": [{"name", "type", "inputs", "outputs"}], "knowledge": [{"name", "type", "inputs",
 * "table"}]} as JSON; `table` says whether it is a decision table. */
AESOP_API aesop_status aesop_dmn_describe(const aesop_dmn *dmn, aesop_text **out_description, aesop_error **err);

/* The value of a decision with all that it rests on: {"value": ..., "diagnostics"?: [why it is null, and where]} as JSON. `inputs`
 * is a JSON object by the names of the input data, those of an import in a member named as it is; or empty. What it lacks is
 * null; a text is a date, time or duration where the model says so. `zone` is the IANA name of where now() and today() are told;
 * or empty, for UTC. AESOP_E_NOT_FOUND, AESOP_E_SCHEMA_ERROR for an input that the model does not have. */
AESOP_API aesop_status aesop_dmn_evaluate(const aesop_dmn *dmn, aesop_str decision, aesop_str inputs, int64_t at, aesop_str zone,
                                          aesop_text **out_result, aesop_error **err);

/* The same, and how it came to be: {"value", "diagnostics"?, "steps": [{"element", "depth", "value", "rules"}]} as JSON, the decision first,
 * then the decisions and knowledge that it asked for, each with what it gave and, of each decision table in it, the numbers of the
 * rules that matched. `inputs` may be empty. `zone` may be empty. */
AESOP_API aesop_status aesop_dmn_explain(const aesop_dmn *dmn, aesop_str decision, aesop_str inputs, int64_t at, aesop_str zone,
                                         aesop_text **out_explanation, aesop_error **err);

/* The same as aesop_dmn_evaluate for a decision service: of one output its value, of several an object. `inputs` are its input data and input
 * decisions by name; or empty. `zone` may be empty. */
AESOP_API aesop_status aesop_dmn_evaluate_service(const aesop_dmn *dmn, aesop_str service, aesop_str inputs, int64_t at,
                                                  aesop_str zone, aesop_text **out_result, aesop_error **err);

/* The same for a business knowledge model. `inputs` are its parameters by name; or empty. `zone` may be empty. */
AESOP_API aesop_status aesop_dmn_evaluate_knowledge(const aesop_dmn *dmn, aesop_str knowledge, aesop_str inputs, int64_t at,
                                                    aesop_str zone, aesop_text **out_result, aesop_error **err);

AESOP_API void aesop_dmn_free(aesop_dmn *dmn);

/* --- the engine ---------------------------------------------------------------------------------------------------- */

/* Opens the store in a file; ":memory:" is one that is gone with the engine. `options` may be NULL. AESOP_E_NOT_A_STORE,
 * AESOP_E_NEWER_SCHEMA, AESOP_E_NETWORK_FILESYSTEM, AESOP_E_NOT_FOUND, AESOP_E_BUSY, AESOP_E_IO_ERROR. */
AESOP_API aesop_status aesop_engine_open(aesop_str path, const aesop_open_options *options, aesop_engine **out_engine,
                                         aesop_error **err);

/* Closes it. A call under way in another thread ends first. */
AESOP_API void aesop_engine_close(aesop_engine *engine);

/* Any command as one JSON object, docs/commands.md; gives {"ok": ...} with AESOP_OK, {"rejected": ...} with AESOP_REJECTED. What
 * the page calls {"error": ...} is an error here, like any other. */
AESOP_API aesop_status aesop_engine_execute(aesop_engine *engine, aesop_str command, aesop_text **out_answer, aesop_error **err);

/* Until aesop_engine_commit_batch, commands share one transaction and one sync, and their answers are provisional. */
AESOP_API aesop_status aesop_engine_begin_batch(aesop_engine *engine, aesop_error **err);

/* Makes the batch durable. After an error nothing of it is known to be kept: repeat its commands with the same ids. */
AESOP_API aesop_status aesop_engine_commit_batch(aesop_engine *engine, aesop_error **err);

/* Forgets the batch. */
AESOP_API aesop_status aesop_engine_rollback_batch(aesop_engine *engine, aesop_error **err);

/* --- the library and the people ------------------------------------------------------------------------------------ */

/* Publishes a sound SOP for ever; refused with findings otherwise (`unsound_definition`, `already_published`). */
AESOP_API aesop_status aesop_engine_publish(aesop_engine *engine, const aesop_request *request, aesop_str sop_text,
                                            aesop_text **out_answer, aesop_error **err);

/* Registers a person; `grants` is a JSON list of {role, scope}. more: name. */
AESOP_API aesop_status aesop_engine_put_person(aesop_engine *engine, const aesop_request *request, aesop_str person,
                                               aesop_str grants, aesop_str more, aesop_text **out_answer, aesop_error **err);

AESOP_API aesop_status aesop_engine_remove_person(aesop_engine *engine, const aesop_request *request, aesop_str person,
                                                  aesop_text **out_answer, aesop_error **err);

/* Sets a parameter; `value` is JSON. more: sop, scope. */
AESOP_API aesop_status aesop_engine_set_parameter(aesop_engine *engine, const aesop_request *request, aesop_str name,
                                                  aesop_str value, aesop_str more, aesop_text **out_answer, aesop_error **err);

/* Puts working hours in place of an SOP's; `calendar` is JSON as in an SOP. more: scope. */
AESOP_API aesop_status aesop_engine_put_calendar(aesop_engine *engine, const aesop_request *request, aesop_str name,
                                                 aesop_str calendar, aesop_str more, aesop_text **out_answer, aesop_error **err);

/* Erases data of the closed run of the request, for good. more: revisions. */
AESOP_API aesop_status aesop_engine_erase(aesop_engine *engine, const aesop_request *request, aesop_str reason, aesop_str more,
                                          aesop_text **out_answer, aesop_error **err);

/* --- runs ---------------------------------------------------------------------------------------------------------- */

/* Starts a run; request.run names it, or is empty for a derived id. more: version, key, scope, thread, parent, cause, data. */
AESOP_API aesop_status aesop_engine_start(aesop_engine *engine, const aesop_request *request, aesop_str sop, aesop_str subject,
                                          aesop_str more, aesop_text **out_answer, aesop_error **err);

/* Reports a fact to the run of the request; `payload` is a JSON object or empty. more: subject, key. */
AESOP_API aesop_status aesop_engine_record_event(aesop_engine *engine, const aesop_request *request, aesop_str event,
                                                 aesop_str payload, aesop_str more, aesop_text **out_answer, aesop_error **err);

AESOP_API aesop_status aesop_engine_suspend(aesop_engine *engine, const aesop_request *request, aesop_str reason,
                                            aesop_text **out_answer, aesop_error **err);

AESOP_API aesop_status aesop_engine_resume(aesop_engine *engine, const aesop_request *request, aesop_text **out_answer,
                                           aesop_error **err);

AESOP_API aesop_status aesop_engine_cancel(aesop_engine *engine, const aesop_request *request, aesop_str reason,
                                           aesop_text **out_answer, aesop_error **err);

/* --- tasks: `task` is an id of a worklist; or empty where request.run and "step" in `more` (instance, visit) say which -- */

AESOP_API aesop_status aesop_engine_claim(aesop_engine *engine, const aesop_request *request, aesop_str task, aesop_str more,
                                          aesop_text **out_answer, aesop_error **err);

AESOP_API aesop_status aesop_engine_start_task(aesop_engine *engine, const aesop_request *request, aesop_str task, aesop_str more,
                                               aesop_text **out_answer, aesop_error **err);

AESOP_API aesop_status aesop_engine_stop(aesop_engine *engine, const aesop_request *request, aesop_str task, aesop_str more,
                                         aesop_text **out_answer, aesop_error **err);

AESOP_API aesop_status aesop_engine_release(aesop_engine *engine, const aesop_request *request, aesop_str task, aesop_str more,
                                            aesop_text **out_answer, aesop_error **err);

AESOP_API aesop_status aesop_engine_delegate(aesop_engine *engine, const aesop_request *request, aesop_str task, aesop_str to,
                                             aesop_str more, aesop_text **out_answer, aesop_error **err);

AESOP_API aesop_status aesop_engine_forward(aesop_engine *engine, const aesop_request *request, aesop_str task, aesop_str more,
                                            aesop_text **out_answer, aesop_error **err);

/* more: until. */
AESOP_API aesop_status aesop_engine_suspend_task(aesop_engine *engine, const aesop_request *request, aesop_str task,
                                                 aesop_str more, aesop_text **out_answer, aesop_error **err);

AESOP_API aesop_status aesop_engine_resume_task(aesop_engine *engine, const aesop_request *request, aesop_str task, aesop_str more,
                                                aesop_text **out_answer, aesop_error **err);

/* Ticks an item of the checklist. more: reading, note. */
AESOP_API aesop_status aesop_engine_tick(aesop_engine *engine, const aesop_request *request, aesop_str task, aesop_str item,
                                         aesop_str more, aesop_text **out_answer, aesop_error **err);

AESOP_API aesop_status aesop_engine_untick(aesop_engine *engine, const aesop_request *request, aesop_str task, aesop_str item,
                                           aesop_str more, aesop_text **out_answer, aesop_error **err);

/* Keeps proof whose bytes are elsewhere: their SHA-256 (64 hexadecimal digits) and where they are. more: item, name. */
AESOP_API aesop_status aesop_engine_attach_evidence(aesop_engine *engine, const aesop_request *request, aesop_str task,
                                                    aesop_str sha256, aesop_str media_type, aesop_str uri, aesop_str more,
                                                    aesop_text **out_answer, aesop_error **err);

/* Keeps proof with its bytes, any bytes, at most 256 KiB. more: item, name. */
AESOP_API aesop_status aesop_engine_attach_bytes(aesop_engine *engine, const aesop_request *request, aesop_str task,
                                                 aesop_str bytes, aesop_str media_type, aesop_str more, aesop_text **out_answer,
                                                 aesop_error **err);

/* Keeps a form in progress; `form` is a JSON object. */
AESOP_API aesop_status aesop_engine_save(aesop_engine *engine, const aesop_request *request, aesop_str task, aesop_str form,
                                         aesop_str more, aesop_text **out_answer, aesop_error **err);

/* Finishes a task; `form` is a JSON object or empty. Refused with `blocked` and everything that is missing. more: reasons, note. */
AESOP_API aesop_status aesop_engine_complete_step(aesop_engine *engine, const aesop_request *request, aesop_str task,
                                                  aesop_str form, aesop_str more, aesop_text **out_answer, aesop_error **err);

/* The task cannot be done. */
AESOP_API aesop_status aesop_engine_fail(aesop_engine *engine, const aesop_request *request, aesop_str task, aesop_str reason,
                                         aesop_str more, aesop_text **out_answer, aesop_error **err);

AESOP_API aesop_status aesop_engine_accept_review(aesop_engine *engine, const aesop_request *request, aesop_str task,
                                                  aesop_str more, aesop_text **out_answer, aesop_error **err);

AESOP_API aesop_status aesop_engine_return_for_rework(aesop_engine *engine, const aesop_request *request, aesop_str task,
                                                      aesop_str note, aesop_str more, aesop_text **out_answer, aesop_error **err);

/* Corrects the last completed form of a step; history stays. more: instance, visit. */
AESOP_API aesop_status aesop_engine_correct(aesop_engine *engine, const aesop_request *request, aesop_str step, aesop_str form,
                                            aesop_str reason, aesop_str more, aesop_text **out_answer, aesop_error **err);

/* --- services and approvals ---------------------------------------------------------------------------------------- */

/* The operation of a service step was done; `result` is a JSON object or empty. */
AESOP_API aesop_status aesop_engine_complete_service(aesop_engine *engine, const aesop_request *request, aesop_str task,
                                                     aesop_str result, aesop_str more, aesop_text **out_answer, aesop_error **err);

/* It failed; `error` says how. more: retry. */
AESOP_API aesop_status aesop_engine_fail_service(aesop_engine *engine, const aesop_request *request, aesop_str task,
                                                 aesop_str error, aesop_str more, aesop_text **out_answer, aesop_error **err);

/* One voice in an approval step: `decision` is "approve" or "refuse". more: note. */
AESOP_API aesop_status aesop_engine_decide_approval(aesop_engine *engine, const aesop_request *request, aesop_str task,
                                                    aesop_str decision, aesop_str more, aesop_text **out_answer,
                                                    aesop_error **err);

/* --- exceptions ---------------------------------------------------------------------------------------------------- */

/* Asks to deviate by a policy of the SOP. more: step or task, documents, reason, until. The answer's `created` names the exception. */
AESOP_API aesop_status aesop_engine_request_exception(aesop_engine *engine, const aesop_request *request, aesop_str policy,
                                                      aesop_str more, aesop_text **out_answer, aesop_error **err);

/* One voice: `decision` is "approve" or "deny". more: note. */
AESOP_API aesop_status aesop_engine_decide_exception(aesop_engine *engine, const aesop_request *request, aesop_str exception,
                                                     aesop_str decision, aesop_str more, aesop_text **out_answer,
                                                     aesop_error **err);

/* Uses an approved exception: the step is skipped. more: step or task. */
AESOP_API aesop_status aesop_engine_skip(aesop_engine *engine, const aesop_request *request, aesop_str exception, aesop_str more,
                                         aesop_text **out_answer, aesop_error **err);

/* Uses an approved exception: the step is due later. more: until, step or task. */
AESOP_API aesop_status aesop_engine_extend(aesop_engine *engine, const aesop_request *request, aesop_str exception, aesop_str more,
                                           aesop_text **out_answer, aesop_error **err);

/* Acts first, owes a review. more: step or task, documents, until. */
AESOP_API aesop_status aesop_engine_invoke_emergency(aesop_engine *engine, const aesop_request *request, aesop_str policy,
                                                     aesop_str reason, aesop_str more, aesop_text **out_answer,
                                                     aesop_error **err);

/* `verdict` is "justified" or "not_justified". more: note. */
AESOP_API aesop_status aesop_engine_review_emergency(aesop_engine *engine, const aesop_request *request, aesop_str exception,
                                                     aesop_str verdict, aesop_str more, aesop_text **out_answer,
                                                     aesop_error **err);

/* --- handoffs and incidents ---------------------------------------------------------------------------------------- */

AESOP_API aesop_status aesop_engine_acknowledge_handoff(aesop_engine *engine, const aesop_request *request, aesop_str handoff,
                                                        aesop_text **out_answer, aesop_error **err);

AESOP_API aesop_status aesop_engine_retry_incident(aesop_engine *engine, const aesop_request *request, aesop_str incident,
                                                   aesop_text **out_answer, aesop_error **err);

/* more: data, go. */
AESOP_API aesop_status aesop_engine_resolve_incident(aesop_engine *engine, const aesop_request *request, aesop_str incident,
                                                     aesop_str reason, aesop_str more, aesop_text **out_answer,
                                                     aesop_error **err);

AESOP_API aesop_status aesop_engine_end_incident(aesop_engine *engine, const aesop_request *request, aesop_str incident,
                                                 aesop_str reason, aesop_text **out_answer, aesop_error **err);

/* --- time, feeds, effects ------------------------------------------------------------------------------------------ */

/* Fires what is due by `to` over all runs, at most `limit` timers (0: 1000). {"fired", "more", "stuck"?}; call again while `more`. */
AESOP_API aesop_status aesop_engine_advance(aesop_engine *engine, int64_t to, uint32_t limit, aesop_text **out_answer,
                                            aesop_error **err);

/* Takes in events of a host's own stream with its cursor, once. `events` is a JSON list as in docs/commands.md. more: after. */
AESOP_API aesop_status aesop_engine_ingest(aesop_engine *engine, const aesop_request *request, aesop_str feed, aesop_str cursor,
                                           aesop_str events, aesop_str more, aesop_text **out_answer, aesop_error **err);

/* Hands out effects that are due, for a lease of so many seconds (0: only looks), at most `limit` (0: 100). {"effects": [...]}. */
AESOP_API aesop_status aesop_engine_poll_outbox(aesop_engine *engine, int64_t at, uint32_t lease_seconds, uint32_t limit,
                                                aesop_text **out_answer, aesop_error **err);

/* The effect was carried out. more: attempt. */
AESOP_API aesop_status aesop_engine_ack(aesop_engine *engine, const aesop_request *request, aesop_str effect, aesop_str more,
                                        aesop_text **out_answer, aesop_error **err);

/* It failed; `error` says how. It is handed out again after a pause. more: attempt. */
AESOP_API aesop_status aesop_engine_fail_effect(aesop_engine *engine, const aesop_request *request, aesop_str effect,
                                                aesop_str error, aesop_str more, aesop_text **out_answer, aesop_error **err);

/* --- reading: `filter` is a JSON object with members of the command in docs/commands.md, or empty -------------------- */

/* Work items: {"tasks": [...]}. filter: role, person, scope, run, limit. */
AESOP_API aesop_status aesop_engine_worklist(aesop_engine *engine, aesop_str filter, aesop_text **out_answer, aesop_error **err);

/* The state of a run. AESOP_E_UNKNOWN_RUN. */
AESOP_API aesop_status aesop_engine_run(aesop_engine *engine, aesop_str run, aesop_text **out_answer, aesop_error **err);

/* filter: status, sop, scope, subject, key, after, limit. */
AESOP_API aesop_status aesop_engine_runs(aesop_engine *engine, aesop_str filter, aesop_text **out_answer, aesop_error **err);

/* Entries of the log. filter: run, after, limit, kinds. */
AESOP_API aesop_status aesop_engine_events(aesop_engine *engine, aesop_str filter, aesop_text **out_answer, aesop_error **err);

/* What keeps a run, or one step of it, from going on; `step` may be empty. */
AESOP_API aesop_status aesop_engine_why(aesop_engine *engine, aesop_str run, aesop_str step, int64_t at, aesop_text **out_answer,
                                        aesop_error **err);

/* filter: run, until, limit. */
AESOP_API aesop_status aesop_engine_timers(aesop_engine *engine, aesop_str filter, aesop_text **out_answer, aesop_error **err);

AESOP_API aesop_status aesop_engine_people(aesop_engine *engine, aesop_text **out_answer, aesop_error **err);
AESOP_API aesop_status aesop_engine_parameters(aesop_engine *engine, aesop_text **out_answer, aesop_error **err);
AESOP_API aesop_status aesop_engine_sops(aesop_engine *engine, aesop_text **out_answer, aesop_error **err);

/* A published SOP: {"text", "show", "hash", ...}; the version published last where `version` is empty. AESOP_E_NOT_FOUND. */
AESOP_API aesop_status aesop_engine_sop(aesop_engine *engine, aesop_str sop, aesop_str version, aesop_text **out_answer,
                                        aesop_error **err);

AESOP_API aesop_status aesop_engine_feeds(aesop_engine *engine, aesop_text **out_answer, aesop_error **err);

/* The measures of an SOP with targets, bands and trend: {"kpis": [...]}. filter: sop, version, from, until, scope, by, lineage. */
AESOP_API aesop_status aesop_engine_kpis(aesop_engine *engine, aesop_str filter, aesop_text **out_answer, aesop_error **err);

/* How often something happened, by the value of a field of it: {"counts": [...]}. filter: amount, sop, version, from, until, scope. */
AESOP_API aesop_status aesop_engine_counts(aesop_engine *engine, aesop_str moment, aesop_str field, aesop_str filter,
                                           aesop_text **out_answer, aesop_error **err);

/* Which rungs fired, how often: {"escalations": [...]}. filter: sop, version, from, until, scope. */
AESOP_API aesop_status aesop_engine_escalations(aesop_engine *engine, aesop_str filter, aesop_text **out_answer, aesop_error **err);

/* Exceptions that were asked for, and who decided: {"exceptions": [...]}. filter: sop, version, from, until, scope. */
AESOP_API aesop_status aesop_engine_exceptions(aesop_engine *engine, aesop_str filter, aesop_text **out_answer, aesop_error **err);

/* Walks the whole log and compares the store with it: {"sound", "entries", "head", ...}; a broken log is a report, no error. options: deep, file. */
AESOP_API aesop_status aesop_engine_verify_log(aesop_engine *engine, aesop_str options, aesop_text **out_answer,
                                               aesop_error **err);

/* Writes states, timers and worklist anew from the events; gives of how many runs. AESOP_E_CHAIN_BROKEN. */
AESOP_API aesop_status aesop_engine_rebuild(aesop_engine *engine, uint64_t *out_runs, aesop_error **err);

/* --- gates and rules of the store ---------------------------------------------------------------------------------- */

/* Asks a gate of a published SOP, with parameters and calendars of a scope; or, where `sop` is empty and `run` in `more` names one,
 * with what that run knows, `facts` in place of its variables. more: approved, scope, run. */
AESOP_API aesop_status aesop_engine_check_gate(aesop_engine *engine, aesop_str sop, aesop_str gate, aesop_str facts, int64_t at,
                                               aesop_str more, aesop_verdict *out_verdict, aesop_text **out_report,
                                               aesop_error **err);

/* Keeps what a gate answered, of aesop_gate_check or aesop_engine_check_gate, in the log; about `subject`, and about request.run when
 * that is given. */
AESOP_API aesop_status aesop_engine_record_gate(aesop_engine *engine, const aesop_request *request, aesop_str report,
                                                aesop_str subject, aesop_text **out_answer, aesop_error **err);

/* {"value": ..., "diagnostics"?} of a FEEL expression over a JSON object. */
AESOP_API aesop_status aesop_engine_evaluate(aesop_engine *engine, aesop_str feel, aesop_str context, int64_t at,
                                             aesop_text **out_answer, aesop_error **err);

#ifdef __cplusplus
}
#endif

#endif
