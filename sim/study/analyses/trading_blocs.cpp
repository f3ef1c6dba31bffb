#include "sim/study/analyses/trading_blocs.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "sim/core/nearest_name.hpp"
#include "sim/io/text/toml_reader.hpp"
#include "sim/metrics/concentration.hpp"
#include "sim/metrics/mixing.hpp"
#include "sim/scenario/fault.hpp"
#include "sim/trade/customs_unions.hpp"
#include "sim/trade/input_output.hpp"

namespace splinternet {
namespace {

constexpr Parameter kCountries =
    integer("countries", "countries", 60, {2, 2000}, {12, 240}, "equal countries of the world", "[D]");
constexpr Parameter kBlocs = integer("blocs", "blocs", 1, {1, 2000}, {1, 20}, "customs unions of equal size", "[D]");
constexpr Parameter kSubstitution =
    real("elasticity_of_substitution", "1", 4, {1, 1000}, {1.5, 10}, "between varieties of countries", "[D]");
constexpr Parameter kTariff =
    real("external_tariff", "1", 0, {0, 1000}, {0, 1}, "ad valorem rate around a bloc", "[D]");

constexpr std::string_view kWantedBlocs = "a list of whole numbers, e.g. [1, 2, 3]";
constexpr std::string_view kWantedTariff = "\"optimal\", or a number, at least 0 (0.3 = 30 %)";

struct Question {
  std::string id;
  std::size_t countries = 0;
  std::vector<std::size_t> blocs;
  double substitution = 0.0;
  std::optional<double> tariff;  ///< absent: the optimal one
};

/// One world, divided.
struct DividedWorld {
  std::size_t blocs = 0;
  double tariff = 0.0;
  double welfare = 0.0;  ///< real income against free trade
  double within_share = 0.0;
  double decoupling = 0.0;
  double effective_blocs = 0.0;
};

/// All countries are alike, so any of them tells the welfare of all.
DividedWorld divide(InputOutputSolver& solver, std::size_t blocs, double tariff) {
  const std::size_t countries = solver.baseline().countries();
  const std::vector<std::uint32_t> bloc = equal_blocs(countries, blocs);
  const std::vector<double> levels = external_tariffs(bloc, std::vector<double>(blocs, tariff));
  const InputOutputEquilibrium& world =
      solver.solve({.cost_factor = {}, .productivity = {}, .tariff = levels, .deficit = {}});
  const metrics::MixingMatrix mixing = mixing_matrix(world.flow, bloc, blocs, metrics::Diagonal::kIncluded);
  const metrics::BlocPairs pairs = metrics::same_or_different(blocs);
  std::vector<double> spending(blocs, 0.0);
  for (std::size_t i = 0; i < countries; ++i) spending[bloc[i]] += world.final_demand[i];
  return {blocs,
          tariff,
          world.real_income.front(),
          1.0 - metrics::cross_share(mixing, pairs),
          metrics::decoupling_index(mixing, pairs),
          metrics::effective_number(spending)};
}

class TradingBlocs final : public PosedAnalysis {
 public:
  explicit TradingBlocs(Question question) : question_(std::move(question)) {}

  std::string subject() const override {
    return fmt::format(
        "{} countries, {}", question_.countries,
        question_.blocs.size() == 1 ? "1 division" : fmt::format("{} divisions", question_.blocs.size()));
  }

  AnalysisAnswer answer() const override {
    InputOutputSolver solver(free_trade_world(question_.countries, question_.substitution));
    std::vector<DividedWorld> worlds;
    for (const std::size_t blocs : question_.blocs) {
      solver.reset();  // so that a world does not depend on which stood before it in the list
      worlds.push_back(divide(solver, blocs, tariff_of(blocs)));
    }
    return {text(worlds), table(worlds)};
  }

 private:
  [[nodiscard]] double tariff_of(std::size_t blocs) const {
    return question_.tariff.value_or(optimal_external_tariff(question_.substitution, blocs));
  }

  [[nodiscard]] std::string text(const std::vector<DividedWorld>& worlds) const {
    ResultTable shown{
        {"blocs", "countries each", "tariff", "real income", "trade within blocs", "decoupling", "effective blocs"},
        {}};
    for (const DividedWorld& world : worlds) {
      shown.rows.push_back({fmt::format("{}", world.blocs), fmt::format("{}", question_.countries / world.blocs),
                            fmt::format("{:.1f} %", 100.0 * world.tariff),
                            fmt::format("{:.3f} %", 100.0 * world.welfare),
                            fmt::format("{:.1f} %", 100.0 * world.within_share),
                            fmt::format("{:.3f}", world.decoupling), fmt::format("{:.3f}", world.effective_blocs)});
    }
    const auto& worst = *std::min_element(worlds.begin(), worlds.end(),
                                          [](const auto& a, const auto& b) { return a.welfare < b.welfare; });
    return fmt::format(
        "{}: {} equal countries, elasticity of substitution {}, {} external tariff; real income in % of free trade\n{}"
        "Least real income: {} bloc{}, {:.2f} % below free trade.\n",
        question_.id, question_.countries, question_.substitution, question_.tariff ? "a fixed" : "the optimal",
        aligned_text(shown), worst.blocs, worst.blocs == 1 ? "" : "s", 100.0 * (1.0 - worst.welfare));
  }

  [[nodiscard]] ResultTable table(const std::vector<DividedWorld>& worlds) const {
    ResultTable table{{"analysis", "elasticity_of_substitution", "blocs", "countries_per_bloc", "external_tariff",
                       "real_income", "within_share", "decoupling", "effective_blocs"},
                      {}};
    for (const DividedWorld& world : worlds) {
      table.rows.push_back({question_.id, fmt::format("{}", question_.substitution), fmt::format("{}", world.blocs),
                            fmt::format("{}", question_.countries / world.blocs), fmt::format("{}", world.tariff),
                            fmt::format("{}", world.welfare), fmt::format("{}", world.within_share),
                            fmt::format("{}", world.decoupling), fmt::format("{}", world.effective_blocs)});
    }
    return table;
  }

  Question question_;
};

bool is_number(const TomlValue& value) {
  return value.kind == TomlKind::kInteger || value.kind == TomlKind::kReal;
}

std::string divisors_text(std::size_t countries) {
  std::string text;
  for (std::size_t n = 1; n <= countries; ++n) {
    if (countries % n == 0) text += (text.empty() ? "" : ", ") + std::to_string(n);
  }
  return text;
}

std::vector<std::size_t> read_blocs(const TomlReader& reader, std::size_t countries) {
  const TomlValue& list = reader.require("blocs", kWantedBlocs);
  if (list.kind != TomlKind::kList) refuse_type(list, reader.path("blocs"), kWantedBlocs);
  std::vector<std::size_t> numbers;
  for (const TomlValue& item : list.items) {
    const auto blocs = static_cast<std::size_t>(checked_number(item, reader.path("blocs"), kBlocs));
    if (countries % blocs != 0) {
      refuse({to_string(item.place), reader.path("blocs"),
              fmt::format("{} countries cannot form {} blocs of equal size", countries, blocs),
              "divisors of " + std::to_string(countries) + ": " + divisors_text(countries),
              fmt::format("remove it, or write a multiple of it for {}", reader.path("countries"))});
    }
    numbers.push_back(blocs);
  }
  if (!numbers.empty()) return numbers;
  refuse({to_string(list.place), reader.path("blocs"), "the list is empty", std::string(kWantedBlocs),
          "write the numbers of blocs to compare"});
}

double read_substitution(const TomlReader& reader) {
  const std::string_view key = "elasticity_of_substitution";
  const std::string wanted = "a number above 1";
  const TomlValue& value = reader.require(key, wanted);
  if (!is_number(value)) refuse_type(value, reader.path(key), wanted);
  const double number = value.kind == TomlKind::kInteger ? static_cast<double>(value.integer) : value.real;
  if (number <= 1.0) {
    refuse({to_string(value.place), reader.path(key),
            fmt::format("{:g} is out of range: at 1 or less no tariff would be too high for a bloc", number), wanted,
            "write a number above 1; estimates for goods of countries lie between 2 and 10"});
  }
  return checked_number(value, reader.path(key), kSubstitution);
}

std::optional<double> read_tariff(const TomlReader& reader) {
  const std::string path = reader.path("external_tariff");
  const TomlValue& value = reader.require("external_tariff", kWantedTariff);
  if (is_number(value)) return checked_number(value, path, kTariff);
  if (value.kind != TomlKind::kText) refuse_type(value, path, kWantedTariff);
  if (value.text == "optimal") return std::nullopt;
  const std::vector<std::string> words = {"optimal"};
  refuse({to_string(value.place), path, describe(value) + " is neither the word allowed nor a number",
          std::string(kWantedTariff), "write one of them." + did_you_mean(value.text, words)});
}

}  // namespace

std::unique_ptr<PosedAnalysis> pose_trading_blocs(const AnalysisSpec& spec, const AnalysisFile& /*file*/) {
  const std::vector<std::string> known = {"kind", "countries", "blocs", "elasticity_of_substitution",
                                          "external_tariff"};
  refuse_unknown_keys(spec.table, spec.path(), known);
  const TomlReader reader(&spec.table, spec.path(), spec.table.place);
  reader.require("countries", allowed_text(kCountries));
  const auto countries = static_cast<std::size_t>(reader.number("countries", kCountries));
  return std::make_unique<TradingBlocs>(
      Question{spec.id, countries, read_blocs(reader, countries), read_substitution(reader), read_tariff(reader)});
}

}  // namespace splinternet
