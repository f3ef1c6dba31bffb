#include "sim/core/split_words.hpp"

#include <string>

#include "tests/support/catch.hpp"

using splinternet::split_words;

namespace {
using Words = std::vector<std::string_view>;
}

TEST_CASE("A text is split at its spaces") {
  CHECK(split_words("country partner sector") == Words{"country", "partner", "sector"});
  CHECK(split_words("link") == Words{"link"});
  CHECK(split_words("") == Words{});
}

TEST_CASE("Spaces before, behind and in a row make no words") {
  CHECK(split_words("  ok   failed ") == Words{"ok", "failed"});
  CHECK(split_words("   ") == Words{});
}

TEST_CASE("Words refer to the text, to its last character") {
  const std::string text = "one two";
  const Words words = split_words(text);
  REQUIRE(words.size() == 2);
  CHECK(words[0].data() == text.data());
  CHECK(words[1].data() + words[1].size() == text.data() + text.size());
}
