#include "sim/core/ids.hpp"

#include <concepts>
#include <type_traits>

#include "tests/support/catch.hpp"

using namespace splinternet;

TEST_CASE("An id is a row number that only converts on request") {
  CHECK(CountryId(7).row() == 7);
  CHECK(CountryId().row() == 0);
  CHECK(CountryId(3) == CountryId(3));
  CHECK(CountryId(3) < CountryId(4));
  CHECK(sizeof(CountryId) == 4);
  CHECK_FALSE(std::convertible_to<std::size_t, CountryId>);
  CHECK_FALSE(std::convertible_to<CountryId, std::size_t>);
}

TEST_CASE("Ids of different kinds do not mix") {
  CHECK_FALSE(std::is_convertible_v<CountryId, FirmId>);
  CHECK_FALSE(std::is_constructible_v<FirmId, CountryId>);
  CHECK_FALSE(std::equality_comparable_with<CountryId, FrameworkId>);
  CHECK_FALSE(std::is_constructible_v<LinkId, OrganisationId>);
}
