#include "sim/coalition/profile_space.hpp"

#include "tests/support/catch.hpp"
#include "tests/support/error_message.hpp"

using namespace splinternet;
using namespace splinternet::coalition;
using testing::error_message;

TEST_CASE("profiles are numbered with the last actor's option fastest") {
  const ProfileSpace space({2, 3, 2});
  CHECK(space.actors() == 3);
  CHECK(space.options(1) == 3);
  CHECK(space.profiles() == 12);
  std::size_t profile = 0;
  for (std::size_t a = 0; a < 2; ++a) {
    for (std::size_t b = 0; b < 3; ++b) {
      for (std::size_t c = 0; c < 2; ++c, ++profile) {
        CHECK((space.choice(0, profile) == a && space.choice(1, profile) == b && space.choice(2, profile) == c));
      }
    }
  }
  CHECK(space.text(11) == "(1, 2, 1)");
  CHECK(space.text(2) == "(0, 1, 0)");
}

TEST_CASE("a deviation changes one actor's option and nothing else") {
  const ProfileSpace space({2, 3, 2, 4});
  for (std::size_t profile = 0; profile < space.profiles(); ++profile) {
    for (std::size_t actor = 0; actor < 4; ++actor) {
      for (std::size_t option = 0; option < space.options(actor); ++option) {
        const std::size_t other = space.deviation(profile, actor, option);
        REQUIRE(space.choice(actor, other) == option);
        REQUIRE(space.deviation(other, actor, space.choice(actor, profile)) == profile);
        for (std::size_t i = 0; i < 4; ++i) REQUIRE((i == actor || space.choice(i, other) == space.choice(i, profile)));
      }
    }
  }
}

TEST_CASE("spaces without actors or options, or with too many profiles, are refused") {
  CHECK(error_message([] { ProfileSpace({}); }) == "game: no actor");
  CHECK(error_message([] { ProfileSpace({2, 0}); }) == "game: actor 1 has 0 options; it takes 1 to 255");
  CHECK(error_message([] { ProfileSpace({256}); }) == "game: actor 0 has 256 options; it takes 1 to 255");
  CHECK(ProfileSpace(std::vector<std::size_t>(22, 2)).profiles() == 4194304);
  CHECK(error_message([] { ProfileSpace(std::vector<std::size_t>(23, 2)); }) ==
        "game: more than 4194304 profiles to go through");
}
