// Two equal countries that spend 3/4 at home; trade between them gets costlier, B = 1/2. By symmetry wages stay, and
// the home share rises to .75/(.75 + .25/2) = 6/7, so real income changes by (λ'/λ)^(−1/θ) = (8/7)^(−1/θ) (Arkolakis,
// Costinot & Rodríguez-Clare 2012); with θ = 1 that is 7/8.
#include <cmath>
#include <cstdio>
#include <string>
#include <vector>

#include "sim/engine/version.hpp"
#include "sim/trade/solver.hpp"

int main() {
  const splinternet::TradeFlows flows{2, 1, {75.0, 25.0, 25.0, 75.0}, {1.0}};
  splinternet::TradeSolver solver(splinternet::TradeBaseline(flows), splinternet::Closure::kBalanced);
  const std::vector<double> cost_factor = {1.0, 0.5, 0.5, 1.0};
  const splinternet::TradeEquilibrium& equilibrium = solver.solve({cost_factor, {}});
  const double real_income = equilibrium.real_income[0];
  std::printf("splinternet %s: real income %.15f\n", std::string(splinternet::code_version()).c_str(), real_income);
  return std::fabs(real_income - 7.0 / 8.0) < 1e-12 ? 0 : 1;
}
