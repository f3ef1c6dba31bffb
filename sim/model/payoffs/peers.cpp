#include "sim/model/payoffs/peers.hpp"

#include "sim/core/math.hpp"
#include "sim/model/influence.hpp"

namespace splinternet {
namespace {

constexpr Parameter kPeers =
    real("countries.peers", "pp", 0.20, {0, 100}, {0, 0.4}, "worth of membership if all peers are in: β_N in (M4)",
         "[C] not separable from alignment");
constexpr Parameter kPeerForm = option("countries.peer_response", "linear|power|step", "form of g in (M4)", "[D]");
constexpr Parameter kPeerExponent =
    real("countries.peer_exponent", "1", 2, {0, 10}, {1, 3}, "exponent of g if it is a power", "[J]");
constexpr Parameter kPeerThreshold =
    real("countries.peer_threshold", "1", 0.5, {0, 1}, {0.1, 0.9}, "share at which g steps from 0 to 1", "[J]");
constexpr const Parameter* kRows[] = {&kPeers, &kPeerForm, &kPeerExponent, &kPeerThreshold};

/// g in (M4).
struct Response {
  int form;
  double exponent;
  double threshold;
  double operator()(double share) const {
    if (form == 1) return math::pow(share, exponent);
    if (form == 2) return share >= threshold ? 1.0 : 0.0;
    return share;
  }
};

Response response_of(const World& world) {
  const ParameterValues& value = world.derived.parameters;
  return {value.choice(kPeerForm), value(kPeerExponent), value(kPeerThreshold)};
}

class Peers final : public PayoffTerm {
 public:
  [[nodiscard]] std::string_view name() const override { return "peers"; }
  [[nodiscard]] std::string_view symbol() const override { return "N"; }
  [[nodiscard]] std::string_view meaning() const override { return "what those it looks at have done"; }
  [[nodiscard]] ParameterRows parameters() const override { return kRows; }
  [[nodiscard]] TermWorlds worlds() const override { return TermWorlds::kAll; }

  void evaluate(const World& world, const Options& options, std::size_t begin, std::size_t end,
                std::span<double> out) const override {
    const Response response = response_of(world);
    const double beta = world.derived.parameters(kPeers);
    const PeerShares share(world, end - begin);
    for (std::size_t n = begin; n < end; ++n) {
      const std::size_t i = options.country[n];
      const Moves moves = moves_to(world, i, options.target[n]);
      if (moves.none()) {
        out[n] = 0.0;
        continue;
      }
      double sum = 0.0;
      for (std::size_t k = 0; k < world.frameworks(); ++k) {
        if (contains(moves.added, k)) sum += response(share(i, k));
        if (contains(moves.dropped, k)) sum -= response(share(i, k));
      }
      out[n] = beta * sum;
    }
  }
};

}  // namespace

const PayoffTerm& peers_term() {
  static const Peers term;
  return term;
}

double worth_of_peers(const World& world, double share) {
  return world.derived.parameters(kPeers) * response_of(world)(share);
}

}  // namespace splinternet
