#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>

namespace splinternet {

/// A 64-bit digest of a sequence of values, word-wise in four lanes that are mixed at the end; not cryptographic.
/// Equal sequences give equal digests on every machine; the order and the number of values count.
/// Each value is one word, so that adding a span is adding its values one by one. Doubles enter by their bits (so
/// −0.0 ≠ 0.0, and a NaN counts by its payload), a text by its length and its bytes, eight to a word.
class Digest {
 public:
  void add(std::uint64_t word);
  void add(double value);
  void add(std::span<const double> values);
  void add(std::span<const float> values);
  void add(std::span<const std::int64_t> values);
  void add(std::span<const std::uint32_t> values);
  void add(std::span<const std::int32_t> values);
  void add(std::span<const std::uint8_t> values);
  void add(std::string_view text);

  /// The digest of all that was added so far; adding may go on.
  [[nodiscard]] std::uint64_t value() const;

 private:
  std::uint64_t lanes_[4] = {0x9e3779b97f4a7c15U, 0xbf58476d1ce4e5b9U, 0x94d049bb133111ebU, 0x2545f4914f6cdd1dU};
  std::uint64_t count_ = 0;
};

/// Sixteen lower-case hexadecimal digits.
std::string to_hex(std::uint64_t digest);

/// Name of the algorithm, stored in files: a file made by another algorithm cannot be compared.
inline constexpr std::string_view kDigestAlgorithm = "splinternet-digest-1";

}  // namespace splinternet
