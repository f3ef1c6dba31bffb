#include "sim/coalition/quantal_response.hpp"

#include <algorithm>
#include <cmath>
#include <sstream>
#include <string>

#include "sim/coalition/fixed_points.hpp"
#include "sim/core/check.hpp"
#include "sim/core/dense.hpp"
#include "sim/core/math.hpp"

namespace splinternet::coalition {

namespace {

constexpr double kShortestStep = 1e-4;
constexpr std::size_t kNewtonEvery = 20;
constexpr double kCoarse = 1e-6;  // tolerance on the way to the full precision

void check_precision(double precision) {
  if (!(precision >= 0.0) || !std::isfinite(precision)) {
    throw DataError("quantal response: the precision must be finite and at least 0");
  }
}

// Replaces the payoffs of one actor's options by their logit probabilities.
void respond(std::span<double> payoff, double precision) {
  const double best = *std::max_element(payoff.begin(), payoff.end());
  double sum = 0.0;
  for (double& value : payoff) {
    if (!std::isfinite(value)) throw DataError("quantal response: an expected payoff is not a finite number");
    value = math::exp(precision * (value - best));
    sum += value;
  }
  for (double& value : payoff) value /= sum;
}

// Damped steps towards the response, and now and then a try of Newton's step, which near an equilibrium is much faster
// where responses are steep.
class ResponseSolver {
 public:
  ResponseSolver(std::span<const std::size_t> options,
                 FunctionRef<void(std::span<const double>, std::span<double>)> expected, const ResponseSearch& search)
      : options_(options), expected_(expected), search_(search) {}

  // Goes to the equilibrium at one precision from the profile at hand.
  void settle(QuantalResponse& at, double precision, double tolerance) {
    double step = 1.0, last = 2.0;
    answer(at.probability, precision);
    at.residual = residual(at.probability);
    for (std::size_t iteration = 0; iteration < search_.most_iterations; ++iteration) {
      if (at.residual <= tolerance) return;
      ++at.iterations;
      if (iteration % kNewtonEvery == kNewtonEvery - 1 && try_newton(at, precision)) continue;
      step = at.residual > last ? std::max(kShortestStep, 0.5 * step) : std::min(1.0, 1.02 * step);
      last = at.residual;
      for (std::size_t option = 0; option < answer_.size(); ++option) {
        at.probability[option] += step * (answer_[option] - at.probability[option]);
      }
      answer(at.probability, precision);
      at.residual = residual(at.probability);
    }
    std::ostringstream message;
    message << "quantal response: at precision " << precision << " the probabilities still differ by " << at.residual
            << " from the response to them after " << search_.most_iterations << " steps";
    throw SolverError(message.str());
  }

 private:
  // Fills in the response to a profile.
  void answer(std::span<const double> probability, double precision) {
    if (search_.between_responses) search_.between_responses();
    answer_.resize(probability.size());
    expected_(probability, answer_);
    std::size_t first = 0;
    for (const std::size_t options : options_) {
      respond(std::span(answer_).subspan(first, options), precision);
      first += options;
    }
  }

  [[nodiscard]] double residual(std::span<const double> probability) const {
    double largest = 0.0;
    for (std::size_t option = 0; option < answer_.size(); ++option) {
      largest = std::max(largest, std::fabs(answer_[option] - probability[option]));
    }
    return largest;
  }

  // Takes Newton's step if it halves the residual and leaves probabilities; else leaves all as it was.
  bool try_newton(QuantalResponse& at, double precision) {
    constexpr double kDifference = 1e-7;
    const std::size_t n = at.probability.size();
    const std::vector<double> before = answer_;
    std::vector<double> jacobian(n * n), moved = at.probability, change(n);
    for (std::size_t column = 0; column < n; ++column) {
      moved[column] += kDifference;
      answer(moved, precision);
      moved[column] = at.probability[column];
      for (std::size_t row = 0; row < n; ++row) {
        jacobian[row * n + column] = (row == column ? 1.0 : 0.0) - (answer_[row] - before[row]) / kDifference;
      }
    }
    for (std::size_t option = 0; option < n; ++option) change[option] = before[option] - at.probability[option];
    try {
      dense::Lu(jacobian, n).solve(change);
    } catch (const SolverError&) {  // singular: damped steps go on
      answer_ = before;
      return false;
    }
    bool is_mixed = true;
    for (std::size_t option = 0; option < n; ++option) {
      moved[option] += change[option];
      is_mixed = is_mixed && moved[option] >= 0.0;
    }
    if (is_mixed) answer(moved, precision);
    if (!is_mixed || !(residual(moved) <= 0.5 * at.residual)) {
      answer_ = before;
      return false;
    }
    at.probability = moved;
    at.residual = residual(moved);
    return true;
  }

  std::span<const std::size_t> options_;
  FunctionRef<void(std::span<const double>, std::span<double>)> expected_;
  const ResponseSearch& search_;
  std::vector<double> answer_;
};

void check_start(std::span<const std::size_t> options, std::span<const double> start) {
  std::size_t first = 0;
  for (std::size_t actor = 0; actor < options.size(); ++actor) {
    double sum = 0.0;
    for (std::size_t option = 0; option < options[actor] && first < start.size(); ++option, ++first) {
      if (!(start[first] >= 0.0)) sum = -1.0;
      sum += start[first];
    }
    if (std::fabs(sum - 1.0) > 1e-9) {
      throw DataError("quantal response: the start is not a probability for each option of actor " +
                      std::to_string(actor));
    }
  }
  if (first != start.size()) throw DataError("quantal response: the start has more entries than there are options");
}

}  // namespace

QuantalResponse quantal_response(std::span<const std::size_t> options, double precision,
                                 FunctionRef<void(std::span<const double>, std::span<double>)> expected,
                                 const ResponseSearch& search) {
  check_precision(precision);
  SPLINTERNET_CHECK(search.continuation_steps > 0);
  QuantalResponse result;
  ResponseSolver solver(options, expected, search);
  if (!search.start.empty()) {
    check_start(options, search.start);
    result.probability.assign(search.start.begin(), search.start.end());
    solver.settle(result, precision, search.tolerance);
    return result;
  }
  for (const std::size_t count : options) {
    result.probability.insert(result.probability.end(), count, 1.0 / static_cast<double>(count));
  }
  for (std::size_t step = 1; step < search.continuation_steps; ++step) {
    const double part = static_cast<double>(step) / static_cast<double>(search.continuation_steps);
    solver.settle(result, precision * part, kCoarse);
  }
  solver.settle(result, precision, search.tolerance);
  return result;
}

QuantalResponse quantal_response(const FiniteGame& game, double precision, const ResponseSearch& search) {
  std::vector<std::size_t> options;
  for (std::size_t actor = 0; actor < game.actors(); ++actor) options.push_back(game.options(actor));
  const auto expected = [&](std::span<const double> probability, std::span<double> payoff) {
    const auto values = expected_payoffs(game, probability);
    std::copy(values.begin(), values.end(), payoff.begin());
  };
  return quantal_response(options, precision, expected, search);
}

std::vector<double> expected_payoffs(const FiniteGame& game, std::span<const double> probability) {
  const std::size_t n = game.actors();
  std::vector<std::size_t> first(n);
  std::size_t all = 0;
  for (std::size_t actor = 0; actor < n; ++actor) {
    first[actor] = all;
    all += game.options(actor);
  }
  SPLINTERNET_CHECK(probability.size() == all, probability.size(), all);
  std::vector<double> payoff(all, 0.0), chance(n), behind(n + 1);
  for (std::size_t profile = 0; profile < game.profiles(); ++profile) {
    behind[n] = 1.0;  // probability that the actors from here on choose as in this profile
    for (std::size_t actor = n; actor-- > 0;) {
      chance[actor] = probability[first[actor] + game.choice(actor, profile)];
      behind[actor] = chance[actor] * behind[actor + 1];
    }
    double before = 1.0;
    for (std::size_t actor = 0; actor < n; ++actor) {
      payoff[first[actor] + game.choice(actor, profile)] += before * behind[actor + 1] * game.payoff(actor, profile);
      before *= chance[actor];
    }
  }
  return payoff;
}

std::vector<double> logit_shares(double precision, FunctionRef<double(double)> advantage, std::size_t cells) {
  check_precision(precision);
  return fixed_points([&](double share) { return math::logistic(precision * advantage(share)); }, 0.0, 1.0, cells);
}

}  // namespace splinternet::coalition
