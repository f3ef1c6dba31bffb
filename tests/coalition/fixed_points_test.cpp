#include "sim/coalition/fixed_points.hpp"

#include <cmath>
#include <limits>

#include "tests/support/catch.hpp"
#include "tests/support/error_message.hpp"
#include "tests/support/near.hpp"

using namespace splinternet;
using namespace splinternet::coalition;
using testing::near;

namespace {

// Share of N(25, σ) thresholds below r, of 100 people (Granovetter 1978, American Journal of Sociology 83: 1420).
double rioters(double r, double sigma) {
  return 50.0 * std::erfc((25.0 - r) / (sigma * std::sqrt(2.0)));
}

}  // namespace

TEST_CASE("Granovetter's crowd: smallest equilibrium at each spread of thresholds") {
  struct Row {
    double sigma, rioting;
  };
  for (const Row& row : {Row{5, 2.866600954110747e-05}, Row{10, 0.7695512701999635}, Row{11, 1.7129876099267538},
                         Row{12, 4.0211339713057255}, Row{12.2, 5.479220442589891}, Row{12.3, 99.99999994615048},
                         Row{13, 99.99999960182897}, Row{15, 99.99997133455865}, Row{20, 99.99114264317683},
                         Row{30, 99.3393544304895}, Row{50, 90.48520076422611}}) {
    const auto found = fixed_points([&](double r) { return rioters(r, row.sigma); }, 0.0, 100.0);
    REQUIRE_FALSE(found.empty());
    CHECK(found.front() == near(row.rioting, 1e-9));
    CHECK(found.size() == (row.sigma < 12.222 ? 3U : 1U));
  }
}

TEST_CASE("Granovetter's crowd: the riot of six becomes one of a hundred at a spread of 12.22") {
  const CriticalPoint critical =
      critical_point([](double r, double sigma) { return rioters(r, sigma); }, 0.0, 100.0, 50.0, 10.0, 13.0);
  CHECK(critical.parameter == near(12.22208683, 0.0, 1e-8));
  CHECK(critical.fixed_point == near(6.20032515, 0.0, 1e-5));
}

TEST_CASE("Katz & Shapiro: three firms whose networks connect sell 1.4 times what they sell apart") {
  // Cournot outputs, margin 1, when each unit is worth the more the more users of its network are expected; expected
  // are as many as come about.
  const auto output = [](double firms, double worth_of_users, double firms_in_network) {
    const auto found = fixed_points(
        [=](double x) { return (1.0 + worth_of_users * firms_in_network * x) / (firms + 1.0); }, 0.0, 10.0);
    REQUIRE(found.size() == 1);
    return found.front();
  };
  CHECK(output(3.0, .5, 3.0) == near(.4));
  CHECK(output(3.0, .5, 1.0) == near(.285714, 0.0, 5e-7));
  CHECK(output(3.0, .5, 3.0) / output(3.0, .5, 1.0) == near(1.4));
  for (const double worth : {0.0, .3, .9}) {
    CHECK(output(5.0, worth, 5.0) == near(1.0 / (6.0 - 5.0 * worth)));
    CHECK(output(5.0, worth, 1.0) == near(1.0 / (6.0 - worth)));
  }
}

TEST_CASE("all fixed points of a polynomial are found, at the bounds too") {
  // x + (x − 0)(x − .2)(x − .5)(x − 1).
  const auto simple = fixed_points([](double x) { return x + x * (x - .2) * (x - .5) * (x - 1.0); }, 0.0, 1.0);
  REQUIRE(simple.size() == 4);
  CHECK(simple[0] == 0.0);
  CHECK(simple[1] == near(.2));
  CHECK(simple[2] == near(.5));
  CHECK(simple[3] == 1.0);
  CHECK(fixed_points([](double x) { return x + 1.0; }, 0.0, 1.0).empty());
}

TEST_CASE("two fixed points within one cell are found wherever they lie in it, one where they touch, none beyond") {
  for (int part = 0; part <= 10; ++part) {
    const double middle = (614.0 + 0.1 * part) / 2048.0;
    const auto parabola = [&](double x, double top) { return (x - middle) * (x - middle) + top; };
    for (const double sign : {1.0, -1.0}) {
      const auto pair = fixed_points([&](double x) { return x + sign * parabola(x, -1e-12); }, 0.0, 1.0);
      REQUIRE(pair.size() == 2);
      CHECK(pair[0] == near(middle - 1e-6, 0.0, 1e-9));
      CHECK(pair[1] == near(middle + 1e-6, 0.0, 1e-9));
      CHECK(fixed_points([&](double x) { return x + sign * parabola(x, 1e-12); }, 0.0, 1.0).empty());
      const auto touching = fixed_points([&](double x) { return x + sign * parabola(x, 0.0); }, 0.0, 1.0);
      REQUIRE(touching.size() == 1);
      CHECK(touching[0] == near(middle, 0.0, 1e-7));
    }
  }
}

TEST_CASE("bounds out of order, maps that are not finite and wrong sides of a jump are refused") {
  const auto identity = [](double x) { return 0.5 * x; };
  CHECK(testing::contains(testing::error_message([&] { fixed_points(identity, 1.0, 0.0); }), "low below high"));
  CHECK(testing::contains(testing::error_message([&] { fixed_points(identity, 0.0, 1.0, 1); }), "two cells"));
  const auto broken = [](double x) { return x > 0.5 ? std::numeric_limits<double>::quiet_NaN() : 1.0; };
  CHECK(testing::contains(testing::error_message([&] { fixed_points(broken, 0.0, 1.0); }), "not finite at 0.50"));
  const auto crowd = [](double r, double sigma) { return rioters(r, sigma); };
  CHECK(testing::contains(testing::error_message([&] { critical_point(crowd, 0.0, 100.0, 50.0, 10.0, 11.0); }),
                          "still is at 11"));
}
