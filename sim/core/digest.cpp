#include "sim/core/digest.hpp"

namespace splinternet {
namespace {

// Constants and rounds of xxHash64 (Collet 2012), one word per step and lane.
constexpr std::uint64_t kPrime1 = 0x9E3779B185EBCA87U;
constexpr std::uint64_t kPrime2 = 0xC2B2AE3D27D4EB4FU;
constexpr std::uint64_t kPrime3 = 0x165667B19E3779F9U;
constexpr std::uint64_t kPrime4 = 0x85EBCA77C2B2AE63U;

std::uint64_t rotate_left(std::uint64_t word, int bits) {
  return (word << bits) | (word >> (64 - bits));
}

std::uint64_t mix(std::uint64_t lane, std::uint64_t word) {
  return rotate_left(lane + word * kPrime2, 31) * kPrime1;
}

std::uint64_t avalanche(std::uint64_t hash) {
  hash = (hash ^ (hash >> 33)) * kPrime2;
  hash = (hash ^ (hash >> 29)) * kPrime3;
  return hash ^ (hash >> 32);
}

std::uint64_t word_of(double value) {
  return __builtin_bit_cast(std::uint64_t, value);
}
std::uint64_t word_of(float value) {
  return __builtin_bit_cast(std::uint32_t, value);
}
std::uint64_t word_of(std::int64_t value) {
  return static_cast<std::uint64_t>(value);
}
std::uint64_t word_of(std::int32_t value) {
  return static_cast<std::uint32_t>(value);
}
std::uint64_t word_of(std::uint32_t value) {
  return value;
}
std::uint64_t word_of(std::uint8_t value) {
  return value;
}

/// Adds one word per value: single words until the lane of the next word is the first, then four lanes at once.
template <class Value>
void add_values(std::uint64_t (&lanes)[4], std::uint64_t& count, std::span<const Value> values) {
  std::size_t n = 0;
  for (; n < values.size() && (count & 3) != 0; ++n, ++count)
    lanes[count & 3] = mix(lanes[count & 3], word_of(values[n]));
  std::uint64_t a = lanes[0], b = lanes[1], c = lanes[2], d = lanes[3];
  for (; values.size() - n >= 4; n += 4, count += 4) {
    a = mix(a, word_of(values[n]));
    b = mix(b, word_of(values[n + 1]));
    c = mix(c, word_of(values[n + 2]));
    d = mix(d, word_of(values[n + 3]));
  }
  lanes[0] = a;
  lanes[1] = b;
  lanes[2] = c;
  lanes[3] = d;
  for (; n < values.size(); ++n, ++count) lanes[count & 3] = mix(lanes[count & 3], word_of(values[n]));
}

}  // namespace

void Digest::add(std::uint64_t word) {
  std::uint64_t& lane = lanes_[count_ & 3];
  lane = mix(lane, word);
  ++count_;
}

void Digest::add(double value) {
  add(word_of(value));
}
void Digest::add(std::span<const double> values) {
  add_values(lanes_, count_, values);
}
void Digest::add(std::span<const float> values) {
  add_values(lanes_, count_, values);
}
void Digest::add(std::span<const std::int64_t> values) {
  add_values(lanes_, count_, values);
}
void Digest::add(std::span<const std::uint32_t> values) {
  add_values(lanes_, count_, values);
}
void Digest::add(std::span<const std::int32_t> values) {
  add_values(lanes_, count_, values);
}
void Digest::add(std::span<const std::uint8_t> values) {
  add_values(lanes_, count_, values);
}

void Digest::add(std::string_view text) {
  add(static_cast<std::uint64_t>(text.size()));  // so that "ab" "c" and "a" "bc" differ
  for (std::size_t begin = 0; begin < text.size(); begin += 8) {
    std::uint64_t word = 0;
    for (std::size_t n = begin; n < text.size() && n < begin + 8; ++n) {
      word |= std::uint64_t{static_cast<unsigned char>(text[n])} << (8 * (n - begin));
    }
    add(word);
  }
}

std::uint64_t Digest::value() const {
  std::uint64_t hash =
      rotate_left(lanes_[0], 1) + rotate_left(lanes_[1], 7) + rotate_left(lanes_[2], 12) + rotate_left(lanes_[3], 18);
  for (const std::uint64_t lane : lanes_) hash = (hash ^ mix(0, lane)) * kPrime1 + kPrime4;
  return avalanche(hash + count_);
}

std::string to_hex(std::uint64_t digest) {
  std::string text(16, '0');
  for (std::size_t n = 16; n-- > 0; digest >>= 4) text[n] = "0123456789abcdef"[digest & 15];
  return text;
}

}  // namespace splinternet
