#pragma once

#include <cstdint>
#include <limits>
#include <string>
#include <vector>

#include "sim/core/digest.hpp"
#include "sim/engine/labelled_dataset.hpp"
#include "sim/engine/run_attributes.hpp"
#include "sim/engine/version.hpp"

namespace splinternet::testing {

/// A result made by hand, as a run of six months would write it: Brazil sponsors GIDS; Kenya turns the Clean Network
/// down, signs GIDS against its interest and keeps it; Norway is listed in the Clean Network, which its Nordic Council
/// turns down, then joins GIDS with it by majority, and later takes the best option on its own; Zambia is courted by
/// both at once and has one option only.
inline LabelledDataset told_result() {
  using Texts = std::vector<std::string>;
  using Numbers = std::vector<double>;
  using Integers = std::vector<std::int32_t>;
  LabelledDataset result;
  result.attributes = {{"file_type", kRunFileType},
                       {"format_version", std::string(kFormatVersion)},
                       {"code_version", "0.0.1"},
                       {"scenario_name", "told"},
                       {"scenario",
                        "title = \"Four countries\"\n[run]\nstart = 2020-08-01\nhorizon = 6\nseed = 7\n"
                        "[world]\ntables = \"data/nowhere\"\n"},
                       {"digest_algorithm", std::string(kDigestAlgorithm)}};
  result.dims = {{"step", 7}, {"country", 4},  {"framework", 2}, {"organisation", 1}, {"act", 4},
                 {"term", 3}, {"decision", 5}, {"option", 11},   {"answer", 2},       {"ballot", 6}};
  std::vector<std::int8_t> membership(7 * 4 * 2, 0);
  const auto from = [&](std::size_t step, std::size_t country, std::size_t framework, std::int8_t level) {
    for (std::size_t t = step; t < 7; ++t) membership[(t * 4 + country) * 2 + framework] = level;
  };
  from(1, 0, 1, 2);
  from(0, 2, 0, 1);
  from(3, 2, 0, 0);
  from(3, 2, 1, 2);
  from(5, 1, 1, 2);
  const double none = std::numeric_limits<double>::quiet_NaN();
  const auto add = [&](const char* name, Texts dims, ArrayValues values) {
    result.arrays.push_back({name, std::move(dims), std::move(values), "", "", {}});
  };
  add("country", {"country"}, Texts{"BRA", "KEN", "NOR", "ZMB"});
  add("country_name", {"country"}, Texts{"Brazil", "Kenya", "Norway", "Zambia"});
  add("gdp", {"country"}, Numbers{2000, 100, 400, 20});
  add("framework", {"framework"}, Texts{"clean_network", "gids"});
  add("framework_name", {"framework"}, Texts{"Clean Network", "GIDS"});
  add("organisation", {"organisation"}, Texts{"nordic_council"});
  add("organisation_name", {"organisation"}, Texts{"Nordic Council"});
  add("membership", {"step", "country", "framework"}, membership);
  add("act_step", {"act"}, Integers{1, 3, 3, 5});
  add("act_country", {"act"}, Texts{"BRA", "NOR", "NOR", "KEN"});
  add("act_framework", {"act"}, Texts{"gids", "clean_network", "gids", "gids"});
  add("act_kind", {"act"}, std::vector<std::int8_t>{4, 2, 3, 0});
  add("act_organisation", {"act"}, Texts{"", "", "nordic_council", ""});
  add("act_offer", {"act"}, Numbers{0, 0, 0, 0.05});
  add("term", {"term"}, Texts{"alignment", "inertia", "side_payment"});
  add("decision_step", {"decision"}, Integers{4, 5, 6, 6, 6});
  add("decision_country", {"decision"}, Texts{"KEN", "KEN", "KEN", "NOR", "ZMB"});
  add("decision_courted_by", {"decision"}, Texts{"clean_network", "gids", "", "", "clean_network+gids"});
  add("decision_first_option", {"decision"}, Integers{0, 2, 4, 7, 10});
  add("decision_option_count", {"decision"}, Integers{2, 2, 3, 3, 1});
  add("decision_chosen", {"decision"}, Integers{0, 1, 0, 1, 0});
  add("decision_uniform", {"decision"}, Numbers{0.412, 0.875, 0.25, 0.5, 0.5});
  add("decision_rule", {"decision"}, std::vector<std::int8_t>{0, 0, 0, 1, 0});
  add("decision_temperature", {"decision"}, Numbers{0.1, 0.1, 0.1, none, 0.1});
  add("decision_tie_eps", {"decision"}, Numbers{none, none, none, 1e-9, none});
  add("decision_on_tie", {"decision"}, std::vector<std::int8_t>{0, 0, 0, 0, 0});
  add("decision_annuity", {"decision"}, Numbers{0.15, 0.15, 0.15, 0.15, 0.15});
  add("option_target", {"option"},
      Texts{"", "clean_network", "", "gids", "gids", "clean_network", "", "gids", "clean_network", "", ""});
  add("option_offer", {"option"}, Numbers{0, 0.42, 0, 0.05, 0, 0, 0, 0, 0, 0, 0});
  add("option_total", {"option"}, Numbers{0, -0.13, 0, -0.07, 0, 0.02, -0.3, 0, 0.4, 0.1, 0});
  add("option_value", {"option", "term"},
      Numbers{0, 0, 0,    -0.12, -0.25, 0.24, 0, 0,    0,     0.1802, -0.25, -0.0002, 0, 0, 0, 0.27, -0.25,
              0, 0, -0.3, 0,     0,     0,    0, 0.65, -0.25, 0,      0.1,   0,       0, 0, 0, 0});
  const double infinity = std::numeric_limits<double>::infinity();
  add("answer_step", {"answer"}, Integers{2, 3});
  add("answer_organisation", {"answer"}, Texts{"nordic_council", "nordic_council"});
  add("answer_framework", {"answer"}, Texts{"clean_network", "gids"});
  add("answer_rule", {"answer"}, std::vector<std::int8_t>{0, 1});
  add("answer_utility", {"answer"}, Numbers{-0.2, 0.05});
  add("answer_temperature", {"answer"}, Numbers{0.1, 0.1});
  add("answer_uniform", {"answer"}, Numbers{0.5, 0.3});
  add("answer_accepted", {"answer"}, std::vector<std::int8_t>{0, 1});
  add("answer_first_ballot", {"answer"}, Integers{0, 3});
  add("answer_ballot_count", {"answer"}, Integers{3, 3});
  add("ballot_country", {"ballot"}, Texts{"NOR", "DNK", "SWE", "NOR", "DNK", "SWE"});
  add("ballot_utility", {"ballot"}, Numbers{infinity, -0.2, 0.1, 0.05, -infinity, 0.4});
  check_shapes(result);
  return result;
}

}  // namespace splinternet::testing
