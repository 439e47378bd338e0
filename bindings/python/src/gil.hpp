// Giving the GIL up for the length of a block.
#pragma once

#include <Python.h>
#include <unistd.h>

namespace aesop::python {

/// As py::gil_scoped_release, and safe when the interpreter ends meanwhile: Python then ends a daemon thread inside the
/// call that takes the GIL back, by unwinding its stack. What lies on ours must not be destroyed without the GIL, so
/// such a thread stands still until the process is gone.
class Released {
 public:
  Released() : state_(PyEval_SaveThread()) {}
  ~Released() {
    try {
      PyEval_RestoreThread(state_);
    } catch (...) {
      for (;;) pause();
    }
  }
  Released(const Released&) = delete;
  Released& operator=(const Released&) = delete;

 private:
  PyThreadState* state_;
};

}  // namespace aesop::python
