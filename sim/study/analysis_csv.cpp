#include "sim/study/analysis_csv.hpp"

#include <fmt/format.h>

#include <cmath>
#include <string_view>

#include "sim/model/countries.hpp"
#include "sim/study/analyses/result_table.hpp"

namespace splinternet {
namespace {

/// Gathers rows. Ids, codes and quantities hold neither commas nor quotes.
class Rows {
 public:
  explicit Rows(const Analysis& analysis) : analysis_(analysis), world_(analysis.world) {}

  std::string text() {
    for (std::size_t k = 0; k < analysis_.frameworks.size(); ++k) {
      framework_ = world_.setting().frameworks.id[k];
      if (weighs_payoffs(choice_rule_of(world_))) add(analysis_.frameworks[k].stability);
      add(analysis_.frameworks[k].power);
      for (const TrafficValue& one : analysis_.frameworks[k].traffic) {
        add("traffic", one.country, "shapley_value", one.value, "share of world demand");
      }
    }
    for (const Pivotality& one : analysis_.pivotal) add(one);
    return std::move(text_);
  }

 private:
  void add(std::string_view part, const std::string& code, std::string_view quantity, double value,
           std::string_view unit, double standard_error = 0.0) {
    text_ += fmt::format("{},{},{},{},{},{},{}\n", part, framework_, code, quantity,
                         std::isnan(value) ? "" : fmt::format("{}", value),
                         standard_error == 0.0 ? "" : fmt::format("{}", standard_error), unit);
  }
  void add(std::string_view part, std::uint32_t country, std::string_view quantity, double value, std::string_view unit,
           double standard_error = 0.0) {
    add(part, world_.setting().countries.code[country], quantity, value, unit, standard_error);
  }

  std::string payoffs() const { return has_own_unit(world_) ? csv_cell(world_.scenario().unit) : "pp per year"; }
  std::string money() const { return has_own_unit(world_) ? csv_cell(world_.scenario().unit) : "USD bn per year"; }

  void add(const FrameworkStability& found) {
    const auto flag = [this](std::string_view quantity, bool value) {
      add("stability", std::string(), quantity, value ? 1.0 : 0.0, "1");
    };
    flag("internal", found.internal);
    flag("strictly_internal", found.strictly_internal);
    flag("external", found.external);
    flag("strictly_external", found.strictly_external);
    flag("potentially_internal", found.potentially_internal);
    flag("potentially_internal_with_sponsors", found.potentially_internal_with_sponsors);
    add("stability", std::string(), "surplus", found.surplus_money, money());
    add("stability", std::string(), "surplus_of_sponsors", found.sponsors_money, money());
    for (const CountryMargin& entry : found.countries) add(entry);
  }

  void add(const CountryMargin& entry) {
    const std::uint32_t i = entry.country;
    add("margin", i, "committed", entry.standing == Standing::kSponsor ? 1.0 : 0.0, "1");
    add("margin", i, "level", static_cast<double>(entry.level), "0 none; 1 listed; 2 signed");
    add("margin", i, "worth_of_change", entry.change, payoffs());
    add("margin", i, "margin", entry.margin, payoffs());
    add("margin", i, "margin_money", entry.margin_money, money());
    add("margin", i, "probability_of_change", entry.probability, "1");
    add("margin", i, "payment_to_tip", entry.tip_busd, "USD bn");
    add("margin", i, "payment_to_target", entry.target_busd, "USD bn");
  }

  void add(const EntryPower& power) {
    add("power", std::string(), "quota_members", power.quota_members, "1");
    add("power", std::string(), "quota_gdp_share", power.quota_gdp_share, "share of world GDP");
    add("power", std::string(), "signatories", static_cast<double>(power.voters.size()), "1");
    add("power", std::string(), "signatories_gdp_share", power.gdp_share, "share of world GDP");
    if (power.indices.shapley_shubik.empty()) return;
    add("power", std::string(), "unit_of_gdp", power.unit, "share of world GDP");
    add("power", std::string(), "coleman_to_act", power.indices.to_act.value, "1", power.indices.to_act.standard_error);
    for (std::size_t n = 0; n < power.voters.size(); ++n) {
      const auto index = [&](std::string_view quantity, const std::vector<coalition::Estimate>& values) {
        add("power", power.voters[n], quantity, values[n].value, "1", values[n].standard_error);
      };
      index("shapley_shubik", power.indices.shapley_shubik);
      index("banzhaf", power.indices.banzhaf);
      index("banzhaf_absolute", power.indices.banzhaf_absolute);
      index("coleman_to_prevent", power.indices.to_prevent);
      index("coleman_to_initiate", power.indices.to_initiate);
    }
  }

  void add(const Pivotality& one) {
    for (std::size_t k = 0; k < one.frameworks.size(); ++k) {
      const AbsenceEffect& effect = one.frameworks[k];
      framework_ = world_.setting().frameworks.id[k];
      add("pivotal", one.country, "level", static_cast<double>(effect.level), "0 none; 1 listed; 2 signed");
      add("pivotal", one.country, "other_members", static_cast<double>(effect.members), "1");
      add("pivotal", one.country, "other_members_without", static_cast<double>(effect.members_without), "1");
      for (const std::uint32_t i : effect.lost) {
        add("pivotal", one.country, "lost_" + world_.setting().countries.code[i], 1.0, "1");
      }
      for (const std::uint32_t i : effect.gained) {
        add("pivotal", one.country, "gained_" + world_.setting().countries.code[i], 1.0, "1");
      }
    }
  }

  const Analysis& analysis_;
  const World& world_;
  std::string framework_;
  std::string text_ = "part,framework,country,quantity,value,standard_error,unit\n";
};

}  // namespace

std::string analysis_csv(const Analysis& analysis) {
  return Rows(analysis).text();
}

}  // namespace splinternet
