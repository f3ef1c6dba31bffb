#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

namespace splinternet::metrics {

/// Alibi test (Levin et al. 2015, "Alibi Routing"): could a packet from s to r prove by its round trip that it stayed
/// out of the places F? A signal through any f needs at least R(s, f) + R(f, r); so a trip of R(s, r) stretched by no
/// more than 1 + δ is proof if (1 + δ)·R(s, r) < min_f R(s, f) + R(f, r). Returns the share of ordered pairs of
/// different places outside F that pass, in [0, 1]; 1 if there is no pair. `distance` is N×N row-major (km or ms: only
/// ratios count), `forbidden` marks F by 1, δ ≥ 0 is the slack of real paths over the shortest possible. Places are
/// points: near a large country the test is too kind. Throws InternalError if a size is wrong or δ is negative.
double alibi_share(std::span<const double> distance, std::span<const std::uint8_t> forbidden, double slack);

}  // namespace splinternet::metrics
