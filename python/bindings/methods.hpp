#pragma once

namespace splinternet::python {

/// A method as a function of a reference: pybind11 would call a pointer to a method without arguments on None.
/// `Owner` has to be the class that Python knows, not a base of it.
template <class Returned, class Owner>
auto method(Returned (Owner::*called)() const) {
  return [called](const Owner& owner) -> Returned { return (owner.*called)(); };
}

}  // namespace splinternet::python
