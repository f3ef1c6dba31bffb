#include "sim/core/rng.hpp"

#include <cmath>

#include "sim/core/check.hpp"
#include "sim/core/math.hpp"

namespace splinternet {
namespace {

using Block = std::array<std::uint32_t, 4>;
using Key = std::array<std::uint32_t, 2>;

Block philox_round(const Block& counter, const Key& key) {
  const std::uint64_t product0 = std::uint64_t{0xD2511F53U} * counter[0];
  const std::uint64_t product1 = std::uint64_t{0xCD9E8D57U} * counter[2];
  return {static_cast<std::uint32_t>(product1 >> 32) ^ counter[1] ^ key[0], static_cast<std::uint32_t>(product1),
          static_cast<std::uint32_t>(product0 >> 32) ^ counter[3] ^ key[1], static_cast<std::uint32_t>(product0)};
}

/// c[0] + c[1]·x + … + c[7]·x⁷.
double polynomial(const std::array<double, 8>& c, double x) {
  double sum = c[7];
  for (std::size_t n = 7; n-- > 0;) sum = sum * x + c[n];
  return sum;
}

/// Numerators and denominators of Wichura (1988), algorithm AS 241, function PPND16.
constexpr std::array<double, 8> kCentreTop = {
    3.3871328727963666080e0,  1.3314166789178437745e+2, 1.9715909503065514427e+3, 1.3731693765509461125e+4,
    4.5921953931549871457e+4, 6.7265770927008700853e+4, 3.3430575583588128105e+4, 2.5090809287301226727e+3};
constexpr std::array<double, 8> kCentreBottom = {1.0,
                                                 4.2313330701600911252e+1,
                                                 6.8718700749205790830e+2,
                                                 5.3941960214247511077e+3,
                                                 2.1213794301586595867e+4,
                                                 3.9307895800092710610e+4,
                                                 2.8729085735721942674e+4,
                                                 5.2264952788528545610e+3};
constexpr std::array<double, 8> kMiddleTop = {
    1.42343711074968357734e0, 4.63033784615654529590e0,  5.76949722146069140550e0,  3.64784832476320460504e0,
    1.27045825245236838258e0, 2.41780725177450611770e-1, 2.27238449892691845833e-2, 7.74545014278341407640e-4};
constexpr std::array<double, 8> kMiddleBottom = {1.0,
                                                 2.05319162663775882187e0,
                                                 1.67638483018380384940e0,
                                                 6.89767334985100004550e-1,
                                                 1.48103976427480074590e-1,
                                                 1.51986665636164571966e-2,
                                                 5.47593808499534494600e-4,
                                                 1.05075007164441684324e-9};
constexpr std::array<double, 8> kTailTop = {
    6.65790464350110377720e0,  5.46378491116411436990e0,  1.78482653991729133580e0,  2.96560571828504891230e-1,
    2.65321895265761230930e-2, 1.24266094738807843860e-3, 2.71155556874348757815e-5, 2.01033439929228813265e-7};
constexpr std::array<double, 8> kTailBottom = {1.0,
                                               5.99832206555887937690e-1,
                                               1.36929880922735805310e-1,
                                               1.48753612908506148525e-2,
                                               7.86869131145613259100e-4,
                                               1.84631831751005468180e-5,
                                               1.42151175831644588870e-7,
                                               2.04426310338993978564e-15};

bool is_iso_code(std::string_view code) {
  if (code.size() != 3) return false;
  for (const char letter : code) {
    if (letter < 'A' || letter > 'Z') return false;
  }
  return true;
}

}  // namespace

double normal_quantile(double p) {
  const double q = p - 0.5;
  if (std::fabs(q) <= 0.425) {
    const double r = 0.180625 - q * q;
    return q * polynomial(kCentreTop, r) / polynomial(kCentreBottom, r);
  }
  const double r = std::sqrt(-math::log(q < 0 ? p : 1.0 - p));
  const double size = r <= 5.0 ? polynomial(kMiddleTop, r - 1.6) / polynomial(kMiddleBottom, r - 1.6)
                               : polynomial(kTailTop, r - 5.0) / polynomial(kTailBottom, r - 5.0);
  return q < 0 ? -size : size;
}

std::string_view name(Purpose purpose) {
  // clang-format off
  switch (purpose) {
    case Purpose::kTest: return "test";
    case Purpose::kRevisionTime: return "revision_time";
    case Purpose::kRevisionOrder: return "revision_order";
    case Purpose::kCountryChoice: return "country_choice";
    case Purpose::kTasteOfCountry: return "taste_of_country";
    case Purpose::kOrganisationChoice: return "organisation_choice";
    case Purpose::kFirmRevisionTime: return "firm_revision_time";
    case Purpose::kFirmChoice: return "firm_choice";
    case Purpose::kFirmHome: return "firm_home";
    case Purpose::kFirmSector: return "firm_sector";
    case Purpose::kFirmSize: return "firm_size";
    case Purpose::kFirmMarketCount: return "firm_market_count";
    case Purpose::kFirmMarket: return "firm_market";
    case Purpose::kFirmSupplierCount: return "firm_supplier_count";
    case Purpose::kFirmSupplier: return "firm_supplier";
    case Purpose::kSyntheticWorld: return "synthetic_world";
    case Purpose::kTieBreak: return "tie_break";
    case Purpose::kMissionOrder: return "mission_order";
    case Purpose::kPartitionOrder: return "partition_order";
    case Purpose::kResample: return "resample";
    case Purpose::kPowerSample: return "power_sample";
    case Purpose::kAttribute: return "attribute";
    case Purpose::kInfluenceDegree: return "influence_degree";
    case Purpose::kInfluencePeer: return "influence_peer";
    case Purpose::kImitatedPeer: return "imitated_peer";
    case Purpose::kProposal: return "proposal";
    case Purpose::kInitiator: return "initiator";
  }
  // clang-format on
  throw InternalError("a purpose without a name: " + std::to_string(static_cast<int>(purpose)));
}

std::array<std::uint32_t, 4> philox4x32(std::array<std::uint32_t, 4> counter, std::array<std::uint32_t, 2> key) {
  for (int round = 0; round < 10; ++round) {
    counter = philox_round(counter, key);
    key[0] += 0x9E3779B9U;
    key[1] += 0xBB67AE85U;
  }
  return counter;
}

Draws::Draws(std::uint64_t seed, Purpose purpose, std::uint32_t step, std::uint32_t entity, std::uint16_t kind)
    : key_{static_cast<std::uint32_t>(seed), static_cast<std::uint32_t>(seed >> 32)},
      entity_(entity),
      step_(step),
      purpose_and_kind_((static_cast<std::uint32_t>(purpose) << 16) | kind) {}

std::uint64_t Draws::bits(std::uint32_t index) const {
  const Block block = philox4x32({entity_, step_, purpose_and_kind_, index}, key_);
  return block[0] | (std::uint64_t{block[1]} << 32);
}

double Draws::uniform(std::uint32_t index) const {
  return (static_cast<double>(bits(index) >> 12) + 0.5) * 0x1p-52;
}

std::uint32_t Draws::below(std::uint32_t bound, std::uint32_t index) const {
  SPLINTERNET_CHECK(bound > 0, bound);
  const std::uint32_t rejected_below = (0U - bound) % bound;  // 2³² mod bound
  Block block = {entity_, step_, purpose_and_kind_, index};
  while (true) {
    block = philox4x32(block, key_);
    for (const std::uint32_t word : block) {
      const std::uint64_t product = std::uint64_t{word} * bound;
      if (static_cast<std::uint32_t>(product) >= rejected_below) return static_cast<std::uint32_t>(product >> 32);
    }
  }
}

double Draws::normal(std::uint32_t index) const {
  return normal_quantile(uniform(index));
}

double Draws::pareto(double minimum, double tail, std::uint32_t index) const {
  SPLINTERNET_CHECK(minimum > 0 && tail > 0, minimum, tail);
  return minimum * math::exp(-math::log(uniform(index)) / tail);
}

std::uint32_t entity_key(std::string_view code) {
  if (is_iso_code(code)) {
    std::uint32_t key = 0;
    for (const char letter : code) key = key * 36 + static_cast<std::uint32_t>(letter - 'A' + 10);
    return key;
  }
  std::uint32_t hash = 2166136261U;
  for (const char letter : code) hash = (hash ^ static_cast<unsigned char>(letter)) * 16777619U;
  return hash | 0x80000000U;
}

}  // namespace splinternet
