#include "sim/model/choice/adoption.hpp"

#include <vector>

#include "tests/support/catch.hpp"

using namespace splinternet;

TEST_CASE("adoption: linear between points, level beyond them") {
  const std::vector<PolicyPoint> table{{0.25, 0.1, 0.5}, {0.75, 0.3, 0.1}, {1.0, 0.3, 0.0}};
  CHECK(adoption_at(table, 0.0).accede == 0.1);
  CHECK(adoption_at(table, 0.0).withdraw == 0.5);
  CHECK(adoption_at(table, 0.25).accede == 0.1);
  CHECK(adoption_at(table, 0.5).accede == Approx(0.2));
  CHECK(adoption_at(table, 0.5).withdraw == Approx(0.3));
  CHECK(adoption_at(table, 0.75).withdraw == 0.1);
  CHECK(adoption_at(table, 0.875).withdraw == Approx(0.05));
  CHECK(adoption_at(table, 1.0).accede == 0.3);
  CHECK(adoption_at(table, 1.0).withdraw == 0.0);
}

TEST_CASE("adoption: two points are the hazard of Bass, one point a constant") {
  const std::vector<PolicyPoint> bass{{0.0, 0.03, 0.0}, {1.0, 0.41, 0.0}};
  for (const double share : {0.0, 0.1, 0.5, 0.9, 1.0})
    CHECK(adoption_at(bass, share).accede == Approx(0.03 + 0.38 * share));
  const std::vector<PolicyPoint> constant{{0.5, 0.2, 0.1}};
  for (const double share : {0.0, 0.5, 1.0}) CHECK(adoption_at(constant, share).accede == 0.2);
}
