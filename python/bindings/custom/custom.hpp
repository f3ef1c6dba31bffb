#pragma once

#include <pybind11/numpy.h>

#include <atomic>
#include <chrono>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "sim/model/world.hpp"

namespace splinternet::python {

/// A Python object that may be let go without the GIL, by any thread.
using HeldObject = std::shared_ptr<PyObject>;
HeldObject hold(pybind11::object object);
/// Needs the GIL.
inline pybind11::object borrowed(const HeldObject& held) {
  return pybind11::reinterpret_borrow<pybind11::object>(held.get());
}

/// The World that a rule in Python looks at while it is asked: its arrays are copies. Whoever keeps it longer is told so.
class CustomWorld {
 public:
  explicit CustomWorld(const World& world) : world_(&world) {}
  [[nodiscard]] const World& world() const;

  /// At the end of its life nobody can look at the World any more.
  class End {
   public:
    explicit End(CustomWorld& custom) : custom_(custom) {}
    ~End() { custom_.world_ = nullptr; }
    End(const End&) = delete;
    End& operator=(const End&) = delete;

   private:
    CustomWorld& custom_;
  };

 private:
  const World* world_;
};

/// What rules in Python have in common.
class CustomRule {
 public:
  /// `kind`: "payoff" or "firm_rule". `check_every`: after how many steps purity is checked again; 0: only at first.
  CustomRule(std::string kind, std::string name, int check_every)
      : title_(std::move(kind) + " " + std::move(name)), check_every_(check_every) {}

  [[nodiscard]] const std::string& title() const { return title_; }
  /// Time spent in the rule so far, of all runs that share it.
  [[nodiscard]] double seconds() const { return seconds_.load(); }
  /// Throws ScenarioError: "payoff culture, step 3: …".
  [[noreturn]] void refuse(const World& world, const std::string& what) const;
  /// Calls the function on the World and the other arguments, all of them read-only. What it raises gets a note with rule
  /// and step. Needs the GIL.
  [[nodiscard]] pybind11::object call(const HeldObject& function, const World& world, pybind11::list arguments) const;
  /// Copies what a function returned into `out`. Throws ScenarioError unless it is a float64 array of this shape.
  void copy(const World& world, const pybind11::object& returned, const std::vector<std::size_t>& shape,
            const std::string& meaning, std::span<double> out) const;
  /// Whether purity is to be checked now: at the first call of a run, then every so many steps.
  [[nodiscard]] bool is_check_due(const World& world) const;

  /// Adds the time of its life to the seconds of the rule.
  class Timer {
   public:
    explicit Timer(const CustomRule& rule) : rule_(rule) {}
    ~Timer();
    Timer(const Timer&) = delete;
    Timer& operator=(const Timer&) = delete;

   private:
    const CustomRule& rule_;
    std::chrono::steady_clock::time_point start_ = std::chrono::steady_clock::now();
  };

 private:
  std::string title_;
  int check_every_;
  mutable std::atomic<double> seconds_{0.0};
  mutable std::atomic<std::int32_t> checked_step_{-1};
};

/// Read-only, so that a rule that writes to what it is given gets an exception.
template <class T>
pybind11::array_t<T> read_only(pybind11::array_t<T> array) {
  array.attr("setflags")(pybind11::arg("write") = false);
  return array;
}

}  // namespace splinternet::python
