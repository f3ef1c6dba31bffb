#include "sim/coalition/gibbs_law.hpp"

#include <algorithm>
#include <cmath>

#include "sim/coalition/landscape_moves.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/error_message.hpp"
#include "tests/support/landscapes.hpp"
#include "tests/support/near.hpp"

using namespace splinternet;
using namespace splinternet::coalition;
using testing::near;

namespace {

constexpr std::size_t kActors = 4, kCodes = 81;
constexpr double kBeta = 0.7;

// Labelled configuration from its digits to the base 3.
std::vector<std::uint8_t> labelled(std::size_t code, std::size_t n) {
  std::vector<std::uint8_t> alliance(n);
  for (std::uint8_t& name : alliance) {
    name = static_cast<std::uint8_t>(code % 3);
    code /= 3;
  }
  return alliance;
}

// Probability of each labelled configuration of four actors in three alliances when the law is that of their states and
// all names of a state are equally likely.
std::vector<double> labelled_law(const GibbsLaw& law, const PartitionSpace& space) {
  std::vector<double> names(space.size(), 0.0), probability(kCodes);
  for (std::size_t code = 0; code < kCodes; ++code) names[space.find(labelled(code, kActors))] += 1.0;
  for (std::size_t code = 0; code < kCodes; ++code) {
    const std::size_t state = space.find(labelled(code, kActors));
    probability[code] = law.probability[state] / names[state];
  }
  return probability;
}

enum class Payoff { kFrustration, kFrustrationTimesSize };

// Logit odds of one actor's three options, the others staying as they are.
std::vector<double> logit_odds(const Landscape& landscape, std::vector<std::uint8_t> alliance, std::size_t actor,
                               Payoff payoff) {
  std::vector<double> odds;
  double sum = 0.0;
  for (std::uint8_t to = 0; to < 3; ++to) {
    alliance[actor] = to;
    const double scale = payoff == Payoff::kFrustrationTimesSize ? landscape.size(actor) : 1.0;
    odds.push_back(std::exp(-kBeta * scale * landscape.frustration(actor, alliance)));
    sum += odds.back();
  }
  for (double& one : odds) one /= sum;
  return odds;
}

std::vector<double> after_one_move(const Landscape& landscape, const std::vector<double>& before, Payoff payoff) {
  std::vector<double> after(kCodes, 0.0);
  for (std::size_t code = 0; code < kCodes; ++code) {
    std::size_t place = 1;
    for (std::size_t actor = 0; actor < kActors; ++actor, place *= 3) {
      const std::size_t others = code - code / place % 3 * place;
      const auto odds = logit_odds(landscape, labelled(code, kActors), actor, payoff);
      for (std::size_t to = 0; to < 3; ++to) after[others + to * place] += before[code] * odds[to] / kActors;
    }
  }
  return after;
}

std::vector<double> after_moves_at_once(const Landscape& landscape, const std::vector<double>& before) {
  std::vector<double> after(kCodes, 0.0);
  for (std::size_t code = 0; code < kCodes; ++code) {
    std::vector<std::vector<double>> odds;
    for (std::size_t actor = 0; actor < kActors; ++actor) {
      odds.push_back(logit_odds(landscape, labelled(code, kActors), actor, Payoff::kFrustrationTimesSize));
    }
    for (std::size_t to = 0; to < kCodes; ++to) {
      double chance = before[code];
      const auto moved = labelled(to, kActors);
      for (std::size_t actor = 0; actor < kActors; ++actor) chance *= odds[actor][moved[actor]];
      after[to] += chance;
    }
  }
  return after;
}

double largest_change(const std::vector<double>& before, const std::vector<double>& after) {
  double largest = 0.0;
  for (std::size_t code = 0; code < kCodes; ++code) {
    largest = std::max(largest, std::fabs(after[code] / before[code] - 1.0));
  }
  return largest;
}

}  // namespace

// Figures by summing over all 512 configurations, outside this program.
TEST_CASE("Unix 1988: mean and variance of the energy, and the weight of the two minima, at six precisions") {
  const Landscape firms = testing::unix_firms();
  const PartitionSpace space(9, 2);
  const auto minima = nash_partitions(firms, space);
  struct Row {
    double beta, mean, minima, variance;
  };
  for (const Row& row : {Row{0.0005, -2707.1366571746617, 0.010623181289634173, 821698.9398932867},
                         Row{0.001, -2897.4283985070124, 0.01372278361178412, 699936.3074852806},
                         Row{0.002, -3188.409523944509, 0.020231994065807526, 471228.8561903443},
                         Row{0.005, -3574.7410417356186, 0.037110121319846534, 120868.04818087071},
                         Row{0.01, -3710.9743693991068, 0.056410418906952926, 23049.62096681446}}) {
    const GibbsLaw law = gibbs_law(firms, space, 2, row.beta);
    CHECK(law.mean_energy == near(row.mean, 1e-12));
    CHECK(law.probability_of(minima) == near(row.minima, 1e-11));
    CHECK(law.energy_variance == near(row.variance, 1e-10));
  }
  const GibbsLaw cold = gibbs_law(firms, space, 2, 1.0);
  CHECK(cold.mean_energy == near(-3828.3499, 0.0, 5e-5));
  CHECK(cold.probability_of(minima) == near(.750237, 0.0, 5e-7));
}

TEST_CASE("the law is the stationary one of single logit moves among three alliances, names and all") {
  const PartitionSpace space(kActors, 3);
  for (std::uint32_t world = 0; world < 5; ++world) {
    const Landscape landscape = testing::random_landscape(world, kActors, true);
    const auto law = labelled_law(gibbs_law(landscape, space, 3, kBeta), space);
    CHECK(largest_change(law, after_one_move(landscape, law, Payoff::kFrustrationTimesSize)) < 1e-12);
    // Not so without an actor's own size in its payoff, nor when all move at once.
    CHECK(largest_change(law, after_one_move(landscape, law, Payoff::kFrustration)) > 1e-3);
    CHECK(largest_change(law, after_moves_at_once(landscape, law)) > 1e-3);
  }
}

TEST_CASE("at precision 0 every labelled configuration is as likely, in more alliances than actors too") {
  const PartitionSpace space(3, 5);
  const GibbsLaw law = gibbs_law(testing::random_landscape(3, 3, true), space, 5, 0.0);
  CHECK(law.probability[0] == near(5.0 / 125.0));
  CHECK(law.probability[4] == near(60.0 / 125.0));
}

TEST_CASE("a law that does not exist is refused") {
  const PartitionSpace space(4, 3);
  const Landscape lopsided = testing::random_landscape(1, 4, false), even = testing::random_landscape(1, 4, true);
  CHECK(testing::contains(testing::error_message([&] { gibbs_law(lopsided, space, 3, 1.0); }), "needs them equal"));
  CHECK(testing::contains(testing::error_message([&] { gibbs_law(even, space, 3, -1.0); }), "precision"));
  CHECK(testing::contains(testing::error_message([&] { gibbs_law(even, space, 2, 1.0); }), "fewer alliances"));
}

TEST_CASE("Gibbs' law of a potential is that of the landscape whose energy is minus twice it") {
  const Landscape unix = testing::unix_firms();
  const PartitionSpace space(9, 2);
  std::vector<double> potential = energies(unix, space);
  for (double& value : potential) value *= -0.5;
  const std::vector<double> probability = gibbs_probabilities(potential, 0.002);
  const GibbsLaw law = gibbs_law(unix, space, 2, 0.002);
  double sum = 0.0;
  for (std::size_t state = 0; state < probability.size(); ++state) {
    // One state has all in one alliance, which goes by two names like all others.
    REQUIRE(probability[state] == near(law.probability[state], 1e-14));
    sum += probability[state];
  }
  CHECK(sum == near(1.0));
  CHECK(gibbs_probabilities(std::vector<double>{1e300, -1e300}, 1.0) == std::vector<double>{1.0, 0.0});
  CHECK(gibbs_probabilities({}, 1.0).empty());
  CHECK_THROWS_AS(gibbs_probabilities(potential, -1.0), DataError);
}
