#include "sim/model/world.hpp"

#include "sim/core/math.hpp"

namespace splinternet {

double World::per_step(double monthly_rate) const {
  if (monthly_rate >= 1.0) return 1.0;
  return 1.0 - math::pow(1.0 - monthly_rate, scenario().run.step_months);
}

std::uint64_t state_digest(const World& world) {
  Digest digest;
  digest.add(static_cast<std::uint64_t>(static_cast<std::uint32_t>(world.step)));
  world.visit([&digest](const char* /*name*/, const auto& array) {
    digest.add(static_cast<std::uint64_t>(array.size()));
    digest.add(std::span(array.data(), array.size()));
  });
  return digest.value();
}

}  // namespace splinternet
