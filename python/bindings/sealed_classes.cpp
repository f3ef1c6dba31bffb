#include <pybind11/pybind11.h>

#include "python/bindings/topics.hpp"

namespace splinternet::python {
namespace {

namespace py = pybind11;

/// What a call of a class allocates with. Another function than that of its base, so that the interpreter itself
/// refuses `Base.__new__(Class)`, of which pickle and copy are made too.
PyObject* allocate(PyTypeObject* type, PyObject* arguments, PyObject* keywords) {
  return type->tp_base->tp_new(type, arguments, keywords);
}

PyObject* refuse_record(PyTypeObject* /*type*/, PyObject* /*arguments*/, PyObject* /*keywords*/) {
  PyErr_SetString(PyExc_TypeError, "what stands behind a function of the core cannot be made");
  return nullptr;
}

void refuse(const py::args& /*arguments*/, const py::kwargs& /*keywords*/) {
  throw py::type_error("__new__ would make an object that holds nothing: call the class, or what gives one");
}

void seal(const py::handle& held) {
  auto* type = reinterpret_cast<PyTypeObject*>(held.ptr());
  py::setattr(held, "__new__", py::staticmethod(py::cpp_function(&refuse)));
  type->tp_new = &allocate;
  type->tp_flags = (type->tp_flags & ~Py_TPFLAGS_BASETYPE) | Py_TPFLAGS_IMMUTABLETYPE;
  PyType_Modified(type);
}

}  // namespace

void seal_classes(const py::module_& module) {
  for (const auto& [name, held] : py::dict(module.attr("__dict__"))) {
    if (PyModule_Check(held.ptr()) != 0) {
      seal_classes(py::reinterpret_borrow<py::module_>(held));
    } else if (PyType_Check(held.ptr()) != 0 && PyExceptionClass_Check(held.ptr()) == 0) {
      seal(held);
    } else if (PyCFunction_Check(held.ptr()) != 0) {
      PyTypeObject* record = Py_TYPE(PyCFunction_GET_SELF(held.ptr()));
      if ((record->tp_flags & Py_TPFLAGS_HEAPTYPE) != 0) record->tp_new = &refuse_record;
    }
  }
}

}  // namespace splinternet::python
