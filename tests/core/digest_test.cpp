#include "sim/core/digest.hpp"

#include <limits>
#include <set>
#include <string>
#include <vector>

#include "sim/core/rng.hpp"
#include "tests/support/catch.hpp"

using namespace splinternet;

namespace {

template <class Value>
std::uint64_t digest_of(const std::vector<Value>& values) {
  Digest digest;
  digest.add(std::span<const Value>(values));
  return digest.value();
}

std::uint64_t digest_of(std::string_view text) {
  Digest digest;
  digest.add(text);
  return digest.value();
}

std::vector<double> random_values(std::size_t count) {
  std::vector<double> values(count);
  for (std::size_t n = 0; n < count; ++n) {
    values[n] = Draws(1, Purpose::kTest, 0, 0).uniform(static_cast<std::uint32_t>(n));
  }
  return values;
}

double double_of(std::uint64_t bits) {
  return __builtin_bit_cast(double, bits);
}

}  // namespace

TEST_CASE("Known sequences have the digests that a Python version of the algorithm gives") {
  Digest digest;
  CHECK(to_hex(digest.value()) == "a6c25552ceeb4212");
  for (std::uint64_t word = 0; word < 10; ++word) digest.add(word);
  CHECK(to_hex(digest.value()) == "e8a566ced0780750");
  CHECK(to_hex(digest_of("clean_network")) == "c33005d918817739");
  CHECK(kDigestAlgorithm == "splinternet-digest-1");
}

TEST_CASE("Sequences of different order or length have different digests") {
  CHECK(digest_of<double>({1.0, 2.0, 3.0}) != digest_of<double>({2.0, 1.0, 3.0}));
  CHECK(digest_of<double>({1.0, 2.0, 3.0, 4.0, 5.0}) != digest_of<double>({5.0, 2.0, 3.0, 4.0, 1.0}));  // one lane
  std::set<std::uint64_t> seen;
  for (std::size_t length = 0; length < 100; ++length) seen.insert(digest_of(std::vector<double>(length, 0.0)));
  CHECK(seen.size() == 100);
  // Exchanging any two of sixteen values shows.
  std::vector<double> values = random_values(16);
  seen = {digest_of(values)};
  for (std::size_t i = 0; i < 16; ++i) {
    for (std::size_t j = i + 1; j < 16; ++j) {
      std::swap(values[i], values[j]);
      seen.insert(digest_of(values));
      std::swap(values[i], values[j]);
    }
  }
  CHECK(seen.size() == 1 + 16 * 15 / 2);
}

TEST_CASE("Every single flipped bit changes about half of the digest's bits") {
  const std::vector<double> values = random_values(9);
  const std::uint64_t before = digest_of(values);
  double changed = 0.0;
  for (std::size_t n = 0; n < values.size(); ++n) {
    for (int bit = 0; bit < 64; ++bit) {
      std::vector<double> other = values;
      other[n] = double_of(__builtin_bit_cast(std::uint64_t, values[n]) ^ (std::uint64_t{1} << bit));
      const std::uint64_t difference = before ^ digest_of(other);
      REQUIRE(difference != 0);
      changed += __builtin_popcountll(difference);
    }
  }
  CHECK(std::abs(changed / (9 * 64) - 32.0) < 1.0);
}

TEST_CASE("Doubles count by their bits") {
  CHECK(digest_of<double>({0.0}) != digest_of<double>({-0.0}));
  CHECK(digest_of<double>({double_of(0x7ff8000000000001U)}) != digest_of<double>({double_of(0x7ff8000000000002U)}));
  const double smallest = std::numeric_limits<double>::denorm_min();
  CHECK(digest_of<double>({smallest}) != digest_of<double>({0.0}));
}

TEST_CASE("Adding a span at once, in pieces or value by value gives one digest") {
  const std::vector<double> values = random_values(50);
  const std::span<const double> all(values);
  const std::uint64_t expected = digest_of(values);
  for (std::size_t cut = 0; cut <= values.size(); ++cut) {
    Digest digest;
    digest.add(all.first(cut));
    digest.add(all.subspan(cut));
    REQUIRE(digest.value() == expected);
  }
  Digest one_by_one;
  for (const double value : values) one_by_one.add(value);
  CHECK(one_by_one.value() == expected);
  CHECK(one_by_one.value() == expected);  // asking changes nothing
}

TEST_CASE("Every kind of value counts: each element and the length") {
  const auto differs = [](auto zero) {
    using Value = decltype(zero);
    std::set<std::uint64_t> seen = {digest_of(std::vector<Value>(7, zero)), digest_of(std::vector<Value>(6, zero))};
    for (std::size_t n = 0; n < 7; ++n) {
      std::vector<Value> values(7, zero);
      values[n] = static_cast<Value>(1);
      seen.insert(digest_of(values));
    }
    return seen.size() == 9;
  };
  CHECK(differs(0.0));
  CHECK(differs(0.0F));
  CHECK(differs(std::int64_t{0}));
  CHECK(differs(std::int32_t{0}));
  CHECK(differs(std::uint32_t{0}));
  CHECK(differs(std::uint8_t{0}));
  CHECK(digest_of<std::int64_t>({-1}) != digest_of<std::int32_t>({-1}));
  CHECK(digest_of<float>({0.0F}) != digest_of<float>({-0.0F}));
}

TEST_CASE("Texts count by length and content, and do not run together") {
  Digest split_late;
  split_late.add(std::string_view("ab"));
  split_late.add(std::string_view("c"));
  Digest split_early;
  split_early.add(std::string_view("a"));
  split_early.add(std::string_view("bc"));
  CHECK(split_late.value() != split_early.value());
  std::set<std::uint64_t> seen;
  for (const char* text : {"", "a", "b", "abcdefgh", "abcdefghi", "abcdefgi", "bacdefgh"}) seen.insert(digest_of(text));
  seen.insert(digest_of(std::string_view("a\0", 2)));
  CHECK(seen.size() == 8);
}

TEST_CASE("No two of many near sequences share a digest") {
  std::set<std::uint64_t> seen;
  for (std::uint64_t first = 0; first < 300; ++first) {
    for (std::uint64_t second = 0; second < 300; ++second) {
      Digest digest;
      digest.add(first);
      digest.add(second);
      seen.insert(digest.value());
    }
  }
  CHECK(seen.size() == 90'000);
}

TEST_CASE("Hexadecimal digests have sixteen lower-case digits") {
  CHECK(to_hex(0) == "0000000000000000");
  CHECK(to_hex(0x0123456789abcdefU) == "0123456789abcdef");
  CHECK(to_hex(~std::uint64_t{0}) == "ffffffffffffffff");
}
