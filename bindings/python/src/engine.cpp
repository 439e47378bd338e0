// The engine as Python holds it: a mutex, and the GIL given up while a command runs.
//
// (1) The GIL is given up first and the mutex taken after it, so that a thread that waits for the engine stops nobody.
// (2) After fork the mutex may be held by a thread that the child does not have: there it is not taken. The library
//     answers `forked` and touches nothing.
// (3) A closed engine answers every call with an error.
#include "errors.hpp"
#include "gil.hpp"
#include "parts.hpp"
#include "values.hpp"

#include <atomic>
#include <chrono>
#include <cstdint>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <utility>

#include <unistd.h>

namespace aesop::python {

namespace {

class EngineHandle {
 public:
  EngineHandle(const std::string& path, bool create, bool read_only, bool exclusive, bool allow_network,
               std::int64_t busy_milliseconds)
      : pid_(getpid()) {
    if (path.find('\0') != std::string::npos)
      raise({ErrorCode::invalid_argument, "the path of a store holds a null character"});
    EngineOptions options;
    options.create = create;
    options.read_only = read_only;
    options.exclusive = exclusive;
    options.sqlite.allow_network_filesystem = allow_network;
    options.sqlite.busy_deadline = std::chrono::milliseconds(busy_milliseconds);
    auto opened = [&] {
      const Released released;
      return Engine::open(path, options);
    }();
    if (!opened) raise(opened.error());
    engine_ = std::make_unique<Engine>(opened.take());
  }
  ~EngineHandle() { close(); }
  EngineHandle(const EngineHandle&) = delete;
  EngineHandle& operator=(const EngineHandle&) = delete;

  /// Calls f(Engine&) without the GIL and with the mutex.
  template <class F>
  auto call(F&& f) {
    bool closed = false;
    auto result = [&]() -> std::optional<decltype(f(*engine_))> {
      const Released released;
      const auto lock = locked();
      closed = engine_ == nullptr;
      if (closed) return std::nullopt;
      return std::optional<decltype(f(*engine_))>(f(*engine_));
    }();
    if (closed)
      raise({ErrorCode::invalid_argument, "the engine is closed", "open it anew: aesop.open(path)"});
    return std::move(*result);
  }

  void close() {
    const Released released;
    const auto lock = locked();
    engine_.reset();
    closed_ = true;
  }
  bool closed() const { return closed_; }

 private:
  std::unique_lock<std::mutex> locked() {
    std::unique_lock<std::mutex> lock(mutex_, std::defer_lock);
    if (getpid() == pid_) lock.lock();
    return lock;
  }

  std::mutex mutex_;
  pid_t pid_;
  std::unique_ptr<Engine> engine_;
  std::atomic<bool> closed_ = false;  // read without the mutex
};

Value run(EngineHandle& handle, const py::dict& command) {
  const Value asked = to_value(command);
  return handle.call([&](Engine& engine) { return engine.execute(asked); });
}

}  // namespace

void bind_engine(py::module_& module) {
  py::class_<EngineHandle>(module, "Engine", "A store that is open. aesop.Engine has the methods.")
      .def(py::init<const std::string&, bool, bool, bool, bool, std::int64_t>(), py::arg("path"),
           py::kw_only(), py::arg("create"), py::arg("read_only"), py::arg("exclusive"),
           py::arg("allow_network"), py::arg("busy_milliseconds"))
      .def(
          "execute",
          [](EngineHandle& self, const py::dict& command) { return to_python(run(self, command)); },
          py::arg("command"), "The answer, as docs/commands.md has it.")
      .def(
          "execute_text",
          [](EngineHandle& self, const std::string& line) {
            return to_text(self.call([&](Engine& engine) { return engine.execute_text(line); }));
          },
          py::arg("line"), "The same over JSON text.")
      .def(
          "perform",
          [](EngineHandle& self, const py::dict& command) {
            const Value answer = run(self, command);
            return to_python(accepted(answer));
          },
          py::arg("command"), "The \"ok\" object of the answer; everything else is raised.")
      .def("begin_batch",
           [](EngineHandle& self) { demand(self.call([](Engine& engine) { return engine.begin_batch(); })); })
      .def(
          "commit_batch",
          [](EngineHandle& self) { demand(self.call([](Engine& engine) { return engine.commit_batch(); })); })
      .def("rollback_batch",
           [](EngineHandle& self) {
             self.call([](Engine& engine) {
               engine.rollback_batch();
               return true;
             });
           })
      .def("rebuild",
           [](EngineHandle& self) {
             return value_of(self.call([](Engine& engine) { return engine.rebuild(); }));
           })
      .def("close", &EngineHandle::close)
      .def_property_readonly("closed", &EngineHandle::closed);
}

}  // namespace aesop::python
