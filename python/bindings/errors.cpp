#include <array>
#include <string>

#include "python/bindings/topics.hpp"
#include "sim/core/check.hpp"
#include "sim/study/run.hpp"

namespace splinternet::python {
namespace {

namespace py = pybind11;

/// The Python classes, in the order in which they are tried; they live as long as the interpreter.
struct Classes {
  PyObject* error;
  PyObject* scenario;
  PyObject* data;
  PyObject* file;
  PyObject* solver;
  PyObject* internal;
};
Classes classes{};

PyObject* add_class(py::module_& module, const char* name, const char* doc, PyObject* first, PyObject* second) {
  const std::string full_name = std::string("splinternet.") + name;
  py::list bases;
  bases.append(py::handle(first));
  if (second != nullptr) bases.append(py::handle(second));
  PyObject* made = PyErr_NewExceptionWithDoc(full_name.c_str(), doc, py::tuple(bases).ptr(), nullptr);
  if (made == nullptr) throw py::error_already_set();
  module.attr(name) = py::reinterpret_borrow<py::object>(made);
  return made;
}

void translate(std::exception_ptr thrown) {
  try {
    std::rethrow_exception(thrown);
  } catch (const ScenarioError& error) {
    py::set_error(classes.scenario, error.what());
  } catch (const DataError& error) {
    py::set_error(classes.data, error.what());
  } catch (const FileError& error) {
    py::set_error(classes.file, error.what());
  } catch (const SolverError& error) {
    py::set_error(classes.solver, error.what());
  } catch (const InternalError& error) {
    py::set_error(classes.internal, error.what());
  } catch (const Interrupted& error) {
    py::set_error(PyExc_KeyboardInterrupt, error.what());
  } catch (const Error& error) {
    py::set_error(classes.error, error.what());
  }
}

}  // namespace

void bind_errors(py::module_& module) {
  classes.error = add_class(module, "Error", "Base of all errors of this package.", PyExc_Exception, nullptr);
  classes.scenario = add_class(module, "ScenarioError", "A scenario or an argument that cannot be run as written.",
                               classes.error, PyExc_ValueError);
  classes.data = add_class(module, "DataError", "Data that are missing, damaged or contradict themselves.",
                           classes.error, PyExc_ValueError);
  classes.file = add_class(module, "FileError", "The operating system refused to read or write.", classes.error,
                           PyExc_OSError);
  classes.solver = add_class(module, "SolverError", "A numerical problem without a solution of the required accuracy.",
                             classes.error, PyExc_RuntimeError);
  classes.internal = add_class(module, "InternalError", "A fault of this package: please report it.", classes.error,
                               PyExc_RuntimeError);
  py::register_exception_translator(&translate);
}

}  // namespace splinternet::python
