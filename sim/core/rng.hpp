#pragma once

#include <array>
#include <cstdint>
#include <string_view>

namespace splinternet {

/// What a draw is for. One call site, one purpose: two sites that shared one would draw the same numbers.
/// Values are part of the model (they key the draws): never renumber, only append.
enum class Purpose : std::uint16_t {
  kTest = 0,
  kRevisionTime = 1,    ///< does this country revise on its own this step?
  kRevisionOrder = 2,   ///< place in a random sequential order
  kCountryChoice = 3,   ///< logit draw of a country's revision
  kTasteOfCountry = 4,  ///< persistent taste for a framework, drawn once
  kOrganisationChoice = 5,
  kFirmRevisionTime = 6,
  kFirmChoice = 7,
  kFirmHome = 8,
  kFirmSector = 9,
  kFirmSize = 10,
  kFirmMarketCount = 11,
  kFirmMarket = 12,
  kFirmSupplierCount = 13,
  kFirmSupplier = 14,
  kSyntheticWorld = 15,
  kTieBreak = 16,
  kMissionOrder = 17,
  kPartitionOrder = 18,   ///< order in which the search for the best division visits countries
  kResample = 19,         ///< how often a country is drawn into a bootstrap replicate
  kPowerSample = 20,      ///< orders and coalitions drawn where power cannot be counted out
  kAttribute = 21,        ///< attribute of an actor
  kInfluenceDegree = 22,  ///< how many an actor looks at
  kInfluencePeer = 23,    ///< whom it looks at
  kImitatedPeer = 24,     ///< whom it copies
  kProposal = 25,         ///< who is proposed to accede together
  kInitiator = 26,        ///< is this actor committed from the start?
};

/// Number of purposes above; a test walks them and checks that no two share a value or a name.
inline constexpr std::uint16_t kPurposeCount = 27;

/// Lower-case name of a purpose, e.g. "country_choice".
std::string_view name(Purpose purpose);

/// Ten rounds of Philox4x32 (Salmon et al. 2011, SC'11, table 2): 128 random bits, a pure function of counter and key.
std::array<std::uint32_t, 4> philox4x32(std::array<std::uint32_t, 4> counter, std::array<std::uint32_t, 2> key);

/// The random numbers of one entity, at one step, for one purpose: a pure function of
/// (seed; purpose, kind, step, entity, index), so that no draw shifts when another agent, thread or output is added.
/// Counter words: entity, step, purpose<<16|kind, index; key: the 64-bit seed.
class Draws {
 public:
  /// `entity` is the entity's own key (see `entity_key`), never a row number; `kind` tells apart what one purpose
  /// draws for several objects (for instance one taste per framework).
  Draws(std::uint64_t seed, Purpose purpose, std::uint32_t step, std::uint32_t entity, std::uint16_t kind = 0);

  /// 64 random bits; `index` counts the draws of this stream.
  [[nodiscard]] std::uint64_t bits(std::uint32_t index = 0) const;
  /// Uniform on the open interval (0, 1): (n + 1/2)·2⁻⁵² with n of 52 bits, never 0 or 1.
  [[nodiscard]] double uniform(std::uint32_t index = 0) const;
  /// Uniform integer in [0, bound), bound > 0, unbiased (Lemire 2019): the four words of the block of `index` in turn,
  /// then those of that block enciphered again, until one is accepted.
  [[nodiscard]] std::uint32_t below(std::uint32_t bound, std::uint32_t index = 0) const;
  /// Standard normal by inversion of the distribution function (Wichura 1988, AS 241), own log.
  [[nodiscard]] double normal(std::uint32_t index = 0) const;
  /// Pareto with scale `minimum` > 0 and tail exponent `tail` > 0.
  [[nodiscard]] double pareto(double minimum, double tail, std::uint32_t index = 0) const;

 private:
  std::array<std::uint32_t, 2> key_;
  std::uint32_t entity_;
  std::uint32_t step_;
  std::uint32_t purpose_and_kind_;
};

/// The standard normal quantile of p in (0, 1), relative error about 1e-16 (Wichura 1988, AS 241).
double normal_quantile(double p);

/// Key of an entity from its code: three-letter ISO codes in base 36, any other name its 32-bit FNV-1a hash with the
/// top bit set, so that the two never meet. Collisions among hashed names must be refused at load.
std::uint32_t entity_key(std::string_view code);

}  // namespace splinternet
