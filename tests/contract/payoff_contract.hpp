#pragma once

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <cstring>
#include <limits>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "sim/core/parallel.hpp"
#include "sim/core/rng.hpp"
#include "sim/model/countries.hpp"
#include "sim/model/payoffs/term.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/near.hpp"
#include "tests/support/small_world.hpp"

/// What every payoff term promises, whatever it computes: the suite that a new term has to pass.
namespace splinternet::testing {

inline bool same_bits(const std::vector<double>& a, const std::vector<double>& b) {
  return a.size() == b.size() && std::memcmp(a.data(), b.data(), a.size() * sizeof(double)) == 0;
}

/// Every country with every set of frameworks that it could hold, some of them with offers.
inline Options all_options(const World& world) {
  Options options;
  for (std::size_t i = 0; i < world.countries(); ++i) {
    for (FrameworkSet set = 0; set < bit(world.frameworks()); ++set) {
      const bool offered = (set & ~world.membership(i)) != 0 && i % 2 == 0;
      options.add(i, set, offered ? 0.001 * world.setting().countries.gdp_busd[i] : 0.0);
    }
  }
  return options;
}

inline std::vector<double> evaluate_all(const PayoffTerm& term, const World& world, const Options& options) {
  std::vector<double> out(options.size(), std::numeric_limits<double>::quiet_NaN());
  term.evaluate(world, options, 0, options.size(), out);
  return out;
}

inline void check_is_declared(const PayoffTerm& term) {
  CHECK_FALSE(term.name().empty());
  CHECK(term.name().find_first_not_of("abcdefghijklmnopqrstuvwxyz_") == std::string_view::npos);
  CHECK(term.symbol().size() == 1);
  CHECK(term.meaning().size() > 5);
  for (const Parameter* row : term.parameters()) {
    CHECK((row->path.starts_with("countries.") || row->path.starts_with("framework.*.")));
    CHECK_FALSE(row->meaning.empty());
    CHECK_FALSE(row->source.empty());
    CHECK_FALSE(row->unit.empty());
    if (row->kind == ParameterKind::kOption) continue;
    CHECK(row->lower <= row->value);
    CHECK(row->value <= row->upper);
  }
}

/// Same inputs, same bits; the World untouched; finite everywhere.
inline void check_is_pure(const PayoffTerm& term, const World& world, const Options& options) {
  const std::uint64_t before = state_digest(world);
  const std::vector<double> first = evaluate_all(term, world, options);
  const World fork = world;
  CHECK(same_bits(evaluate_all(term, world, options), first));
  CHECK(same_bits(evaluate_all(term, fork, options), first));
  CHECK(state_digest(world) == before);
  CHECK(std::all_of(first.begin(), first.end(), [](double value) { return std::isfinite(value); }));
}

inline void check_staying_is_nothing(const World& world, const Options& options, const std::vector<double>& values) {
  std::size_t staying = 0;
  for (std::size_t n = 0; n < options.size(); ++n) {
    if (options.target[n] != world.membership(options.country[n])) continue;
    ++staying;
    CHECK(values[n] == 0.0);
  }
  CHECK(staying == world.countries());
}

/// One row alone, rows in another order, and the batch cut in parts of any size give the bits of the whole batch.
inline void check_rows_are_independent(const PayoffTerm& term, const World& world, const Options& options,
                                       const std::vector<double>& values) {
  const std::vector<std::size_t> order = random_order(11, options.size());
  Options shuffled;
  for (const std::size_t n : order) shuffled.add(options.country[n], options.target[n], options.offer_busd[n]);
  const std::vector<double> shuffled_values = evaluate_all(term, world, shuffled);
  std::vector<double> single(options.size());
  std::vector<double> expected(options.size());
  for (std::size_t n = 0; n < options.size(); ++n) {
    expected[n] = values[order[n]];
    Options one;
    one.add(options.country[n], options.target[n], options.offer_busd[n]);
    single[n] = evaluate_all(term, world, one)[0];
  }
  CHECK(same_bits(shuffled_values, expected));
  CHECK(same_bits(single, values));
  for (const std::size_t grain : {1U, 3U, 7U, 16U}) {
    std::vector<double> cut(options.size());
    for (std::size_t begin = options.size(); begin > 0;) {  // last part first
      const std::size_t end = begin;
      begin = end > grain ? end - grain : 0;
      term.evaluate(world, options, begin, end, cut);
    }
    CHECK(same_bits(cut, values));
  }
}

/// A part of the batch writes to its own rows only, also when several threads work at once.
inline void check_writes_only_its_rows(const PayoffTerm& term, const World& world, const Options& options,
                                       const std::vector<double>& values) {
  const std::size_t third = options.size() / 3;
  std::vector<double> out(options.size(), -77.0);
  term.evaluate(world, options, third, 2 * third, out);
  for (std::size_t n = 0; n < out.size(); ++n) {
    if (n < third || n >= 2 * third) CHECK(out[n] == -77.0);
  }
  const parallel::ThreadLimit limit(8);
  parallel::for_each_range(options.size(), 4,
                           [&](std::size_t begin, std::size_t end) { term.evaluate(world, options, begin, end, out); });
  CHECK(same_bits(out, values));
}

/// The same values whatever the order in which the tables list the actors: row r of `permuted` holds row order[r].
inline void check_order_of_actors_is_nothing(const PayoffTerm& term, const World& world, const World& permuted,
                                             const std::vector<std::size_t>& order) {
  Options options;
  Options there;
  for (std::size_t row = 0; row < order.size(); ++row) {
    for (FrameworkSet set = 0; set < bit(world.frameworks()); ++set) {
      options.add(order[row], set);
      there.add(row, set);
    }
  }
  const std::vector<double> values = evaluate_all(term, world, options);
  const std::vector<double> values_there = evaluate_all(term, permuted, there);
  for (std::size_t n = 0; n < values.size(); ++n) CHECK(values_there[n] == near(values[n], 1e-9, 1e-9));
}

/// A term that knows payoffs of states gives to an option the difference between two of them.
inline void check_levels(const PayoffTerm& term, const World& world, const Options& options,
                         const std::vector<double>& values) {
  for (std::size_t n = 0; n < options.size(); ++n) {
    const std::size_t i = options.country[n];
    const std::optional<double> after = term.level(world, i, options.target[n]);
    if (!after) continue;
    CHECK(values[n] == *after - *term.level(world, i, world.membership(i)));
  }
}

/// The whole suite on one world.
inline void check_payoff_contract(const PayoffTerm& term, const World& world) {
  check_is_declared(term);
  const Options options = all_options(world);
  check_is_pure(term, world, options);
  const std::vector<double> values = evaluate_all(term, world, options);
  check_staying_is_nothing(world, options, values);
  check_rows_are_independent(term, world, options, values);
  check_writes_only_its_rows(term, world, options, values);
  check_levels(term, world, options, values);
}

}  // namespace splinternet::testing
