// The exceptions: aesop.Error, a class for each row of the error table, and aesop.Rejected.
#include "errors.hpp"

#include "values.hpp"

#include <array>
#include <cstddef>
#include <string>
#include <utility>
#include <vector>

namespace aesop::python {

namespace {

PyObject* error_class = nullptr;
PyObject* rejected_class = nullptr;

struct Row {
  ErrorCode code;
  std::string_view name;
  PyObject** builtin;
  PyObject* made = nullptr;
};

// The builtin is named in the table: ValueError is PyExc_ValueError.
#define AESOP_ERROR(number, name, builtin, text) Row{ErrorCode::name, #name, &PyExc_##builtin},
Row rows[] = {
#include <aesop/base/errors.def>
};
#undef AESOP_ERROR

/// command_id_reused is CommandIdReused.
std::string class_name(std::string_view name) {
  std::string out;
  bool upper = true;
  for (const char c : name) {
    if (c == '_')
      upper = true;
    else {
      out.push_back(upper ? static_cast<char>(c - 'a' + 'A') : c);
      upper = false;
    }
  }
  return out;
}

PyObject* class_of(ErrorCode code) {
  for (const Row& row : rows)
    if (row.code == code) return row.made;
  return error_class;
}

void keep(py::module_& module, const char* name, PyObject* made) {
  if (made == nullptr) throw py::error_already_set();
  module.attr("__all__").cast<py::list>().append(name);
  module.attr(name) = py::reinterpret_borrow<py::object>(made);  // and one reference for the table, for ever
}

}  // namespace

void raise(const Error& error, std::string_view text) {
  PyObject* type = class_of(error.code);
  std::string shown = error.message;
  if (!error.help.empty()) append(shown, " (", error.help, ')');
  py::object made = py::reinterpret_borrow<py::object>(type)(to_text(shown));
  made.attr("message") = to_text(error.message);
  made.attr("help") = to_text(error.help);
  if (!text.empty() && error.where.end > error.where.begin)
    made.attr("where") =
        py::make_tuple(code_points(text, error.where.begin), code_points(text, error.where.end));
  PyErr_SetObject(type, made.ptr());
  throw py::error_already_set();
}

const Value& accepted(const Value& answer) {
  if (const Value* ok = answer.find("ok")) return *ok;
  if (const Value* rejected = answer.find("rejected")) {
    const std::string_view reason = rejected->get("reason").as_string();
    const std::string_view message = rejected->get("message").as_string();
    py::object made = py::reinterpret_borrow<py::object>(rejected_class)(to_text(cat(reason, ": ", message)));
    made.attr("reason") = to_text(reason);
    made.attr("message") = to_text(message);
    made.attr("details") = to_python(rejected->without("reason").without("message"));
    PyErr_SetObject(rejected_class, made.ptr());
    throw py::error_already_set();
  }
  const Value& error = answer.get("error");
  const auto code = find_error(error.get("code").as_string());
  raise({code.value_or(ErrorCode::internal), std::string(error.get("message").as_string()),
         std::string(error.get("help").as_string())});
}

void bind_errors(py::module_& module) {
  module.attr("__all__") = py::list();
  py::dict members;
  members["code"] = "";
  members["number"] = 0;
  members["message"] = "";
  members["help"] = "";
  members["where"] = py::none();
  error_class =
      PyErr_NewExceptionWithDoc("aesop.Error",
                                "What went wrong: `code` (a permanent slug), `number`, `message`, `help`, "
                                "and `where` in the text it is about, "
                                "as (begin, end), when there is one. docs/errors.md explains every code.",
                                PyExc_Exception, members.ptr());
  keep(module, "Error", error_class);
  py::dict codes;
  for (Row& row : rows) {
    const std::string name = class_name(row.name);
    const std::string text(describe(row.code));
    py::dict own;
    own["code"] = to_text(slug(row.code));
    own["number"] = static_cast<int>(row.code);
    const py::tuple bases =
        py::make_tuple(py::handle(error_class), py::reinterpret_borrow<py::object>(*row.builtin));
    row.made = PyErr_NewExceptionWithDoc(cat("aesop.", name).c_str(), text.c_str(), bases.ptr(), own.ptr());
    keep(module, name.c_str(), row.made);
    codes[to_text(slug(row.code))] = py::reinterpret_borrow<py::object>(row.made);
  }
  module.attr("errors") = codes;
  py::dict refusal;
  refusal["reason"] = "";
  refusal["message"] = "";
  refusal["details"] = py::dict();
  rejected_class = PyErr_NewExceptionWithDoc(
      "aesop.Rejected",
      "A command was understood and refused: `reason` (docs/reasons.md), `message`, and what else the answer "
      "says in "
      "`details`. It is no Error: nothing went wrong, and the attempt stands in the log.",
      PyExc_Exception, refusal.ptr());
  keep(module, "Rejected", rejected_class);
}

}  // namespace aesop::python
