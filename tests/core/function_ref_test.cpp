#include "sim/core/function_ref.hpp"

#include <memory>

#include "tests/support/catch.hpp"

using namespace splinternet;

namespace {

int apply_twice(FunctionRef<int(int)> function, int value) {
  return function(function(value));
}

}  // namespace

TEST_CASE("A function reference calls the lambda it refers to, with its state") {
  int calls = 0;
  const auto add_three = [&calls](int value) {
    ++calls;
    return value + 3;
  };
  CHECK(apply_twice(add_three, 10) == 16);
  CHECK(calls == 2);
  CHECK(apply_twice([](int value) { return value * 2; }, 5) == 20);
}

TEST_CASE("A function reference does not copy its callable and is itself copied freely") {
  struct Counter {
    int count = 0;
    int operator()(int value) { return value + ++count; }
  } counter;
  const FunctionRef<int(int)> reference(counter);
  const FunctionRef<int(int)> copy = reference;
  CHECK(reference(0) == 1);
  CHECK(copy(0) == 2);
  CHECK(counter.count == 2);
}

TEST_CASE("Arguments that cannot be copied are passed on") {
  const auto take = [](std::unique_ptr<int> value) { return *value; };
  const FunctionRef<int(std::unique_ptr<int>)> reference(take);
  CHECK(reference(std::make_unique<int>(9)) == 9);
}
