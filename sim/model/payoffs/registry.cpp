#include "sim/model/payoffs/registry.hpp"

#include <algorithm>

#include "sim/core/check.hpp"
#include "sim/core/parallel.hpp"
#include "sim/model/catalogue.hpp"
#include "sim/model/payoffs/alignment.hpp"
#include "sim/model/payoffs/compliance.hpp"
#include "sim/model/payoffs/domestic_firms.hpp"
#include "sim/model/payoffs/gallery/club_good.hpp"
#include "sim/model/payoffs/gallery/intrinsic.hpp"
#include "sim/model/payoffs/gallery/network_effect.hpp"
#include "sim/model/payoffs/gallery/pairwise.hpp"
#include "sim/model/payoffs/gallery/public_good.hpp"
#include "sim/model/payoffs/gallery/table.hpp"
#include "sim/model/payoffs/gallery/tariff_club.hpp"
#include "sim/model/payoffs/inertia.hpp"
#include "sim/model/payoffs/market_access.hpp"
#include "sim/model/payoffs/peers.hpp"
#include "sim/model/payoffs/replacement.hpp"
#include "sim/model/payoffs/retaliation.hpp"
#include "sim/model/payoffs/security.hpp"
#include "sim/model/payoffs/side_payment.hpp"
#include "sim/model/payoffs/taste.hpp"

namespace splinternet {
namespace {

/// The first so many are the terms of (M1), which scenarios that name none have.
constexpr std::size_t kTermsOfUtility = 11;

}  // namespace

std::span<const PayoffTerm* const> all_terms() {
  static const std::vector<const PayoffTerm*> kTerms = {
      &market_access_term(), &alignment_term(), &peers_term(), &security_term(), &domestic_firms_term(),
      &side_payment_term(), &compliance_term(), &replacement_term(), &retaliation_term(), &inertia_term(),
      &taste_term(),
      // the literature's
      &pairwise_term(), &network_effect_term(), &intrinsic_term(), &public_good_term(), &tariff_club_term(),
      &table_term(), &club_good_term()};
  return kTerms;
}

const PayoffTerm* find_term(std::string_view name) {
  for (const PayoffTerm* term : all_terms()) {
    if (term->name() == name) return term;
  }
  return nullptr;
}

std::vector<const PayoffTerm*> active_terms(const Setting& setting) {
  std::vector<const PayoffTerm*> terms;
  for (const std::string& name : setting.scenario.terms) {
    terms.push_back(find_term(name));
    SPLINTERNET_CHECK(terms.back() != nullptr, name);
  }
  for (const Extensions::Term& own : setting.extensions.terms) terms.push_back(own.rule.get());
  return terms;
}

std::vector<std::string> term_names() {
  std::vector<std::string> names;
  for (const PayoffTerm* term : all_terms()) names.emplace_back(term->name());
  return names;
}

std::vector<std::string> default_term_names() {
  std::vector<std::string> names = term_names();
  names.resize(kTermsOfUtility);
  return names;
}

void evaluate_all(const PayoffTerm& term, const World& world, const Options& options, std::size_t grain,
                  std::span<double> out) {
  const std::size_t rows = options.size();
  if (rows == 0) return;
  if (term.calls() == TermCalls::kAllAtOnce) return term.evaluate(world, options, 0, rows, out);
  parallel::for_each_range(rows, grain, [&](std::size_t begin, std::size_t end) {
    term.evaluate(world, options, begin, end, out);
  });
}

bool any_at_once(std::span<const PayoffTerm* const> terms) {
  return std::any_of(terms.begin(), terms.end(),
                     [](const PayoffTerm* term) { return term->calls() == TermCalls::kAllAtOnce; });
}

}  // namespace splinternet
