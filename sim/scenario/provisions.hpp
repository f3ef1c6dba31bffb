#pragma once

#include <array>
#include <cstddef>
#include <string_view>

#include "sim/scenario/parameter.hpp"

namespace splinternet {

/// The catalogue of provisions (MODEL.md, "Frameworks and provisions"). A framework gives each a strength in [0, 1].
enum class Provision : std::size_t {
  kCleanCarrier,
  kCleanCable,
  kCleanPath,
  kCleanCloud,
  kCleanStore,
  kCleanApps,
  kNoBackdoors,
  kNoMassSurveillance,
  kNoIllegalCollection,
  kLocalLaw,
  kMutualRecognition,
  kEvidenceBased,
  kOpenSupplyChain,
};

inline constexpr std::size_t kProvisionCount = 13;
/// Exclusions of untrusted firms: the first six of the catalogue.
inline constexpr std::size_t kExclusionCount = 6;
/// Promises about the conduct of states: the next three.
inline constexpr std::size_t kConductCount = 3;

/// Strength of every provision in the order of the enum: "framework.*.provisions.clean_carrier", ….
extern const std::array<Parameter, kProvisionCount> kProvisionStrength;

/// Name of a provision, e.g. "clean_carrier".
std::string_view name(Provision provision);

}  // namespace splinternet
