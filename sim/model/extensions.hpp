#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace splinternet {

class PayoffTerm;
class World;
struct Setting;

/// How a file tells a rule that is not of this program: by what it is called, and by a digest of what it says.
struct RuleSource {
  std::string name;
  std::string unit;
  std::string sha256;  ///< 64 hexadecimal digits

  friend bool operator==(const RuleSource&, const RuleSource&) = default;
};

/// What stances are worth to firms, in the place of V_f(a) of (M14): draws and the choice among them stay as they are.
class FirmValuation {
 public:
  virtual ~FirmValuation() = default;

  /// Fills value[n·stances + a]: what stance a is worth to the n-th of the firms, in shares of its revenue. It stands
  /// filled with V_f(a) when this is called, once in a step, on the thread that steps. Pure.
  virtual void value(const World& world, std::span<const std::uint32_t> firms, std::span<const std::uint8_t> stances,
                     std::span<double> value) const = 0;
};

/// Rules of a user that a run follows beside those of the scenario. They are none of the scenario's text: files keep
/// their sources' digests, and whoever runs it again has to bring the same.
struct Extensions {
  struct Term {
    RuleSource source;
    std::shared_ptr<const PayoffTerm> rule;
  };
  struct Firms {
    RuleSource source;
    std::shared_ptr<const FirmValuation> rule;
  };

  std::vector<Term> terms;  ///< summed after the scenario's, in this order
  std::optional<Firms> firms;

  [[nodiscard]] bool empty() const { return terms.empty() && !firms; }
};

/// The unit of what a valuation of firms returns.
inline constexpr std::string_view kUnitOfFirmValues = "share of revenue";

/// Throws ScenarioError for a rule that this run would never ask, a payoff term without a name of its own, a name that
/// is no id (lower-case letters, digits, _; at most 64), or another unit than the scenario's.
void check_extensions(const Setting& setting);

/// The attribute of a result file that tells its rules; only files of runs that had any have it.
inline constexpr std::string_view kRulesAttribute = "custom_rules";

/// A line for each rule: "payoff culture sha256:… pp", then "firm_rule cautious sha256:… share of revenue".
std::string extensions_text(const Extensions& extensions);

/// What extensions_text() wrote: terms, then the valuation of firms if there is one. Throws DataError for other text.
struct RuleSources {
  std::vector<RuleSource> terms;
  std::optional<RuleSource> firms;
};
RuleSources read_extensions(std::string_view text);

}  // namespace splinternet
