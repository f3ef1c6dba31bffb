#include "sim/model/extensions.hpp"

#include <atomic>
#include <cmath>
#include <limits>
#include <thread>
#include <vector>

#include "sim/core/check.hpp"
#include "sim/core/parallel.hpp"
#include "sim/model/build_world.hpp"
#include "sim/model/countries.hpp"
#include "sim/model/joint_accession.hpp"
#include "sim/model/payoffs/alignment.hpp"
#include "sim/model/payoffs/registry.hpp"
#include "tests/support/actor_worlds.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/contains_substring.hpp"
#include "tests/support/error_message.hpp"
#include "tests/support/model_step.hpp"
#include "tests/support/payoff_values.hpp"
#include "tests/support/small_world.hpp"

namespace splinternet::testing {
namespace {

const std::string kDigest(64, 'a');

/// Asks another term, all rows at once, and keeps how it was asked.
class OwnTerm final : public PayoffTerm {
 public:
  explicit OwnTerm(const PayoffTerm& like, double factor = 1.0) : like_(like), factor_(factor) {}
  [[nodiscard]] std::string_view name() const override { return "own"; }
  [[nodiscard]] std::string_view symbol() const override { return "own"; }
  [[nodiscard]] std::string_view meaning() const override { return "another term again"; }
  [[nodiscard]] ParameterRows parameters() const override { return {}; }
  [[nodiscard]] TermWorlds worlds() const override { return TermWorlds::kAll; }
  [[nodiscard]] TermCalls calls() const override { return TermCalls::kAllAtOnce; }
  void evaluate(const World& world, const Options& options, std::size_t begin, std::size_t end,
                std::span<double> out) const override {
    is_whole = is_whole && begin == 0 && end == options.size() && std::this_thread::get_id() == stepping;
    ++calls_so_far;
    like_.evaluate(world, options, begin, end, out);
    for (double& value : out) value *= factor_;
  }

  std::thread::id stepping = std::this_thread::get_id();
  mutable bool is_whole = true;
  mutable std::size_t calls_so_far = 0;

 private:
  const PayoffTerm& like_;
  double factor_;
};

Extensions with_term(std::shared_ptr<const PayoffTerm> term, const std::string& name = "own",
                     const std::string& unit = "pp") {
  Extensions extensions;
  extensions.terms.push_back({{name, unit, kDigest}, std::move(term)});
  return extensions;
}

/// Adds a sum to what stances other than the first are worth.
class OwnValues final : public FirmValuation {
 public:
  explicit OwnValues(double more) : more_(more) {}
  void value(const World&, std::span<const std::uint32_t> firms, std::span<const std::uint8_t> stances,
             std::span<double> value) const override {
    REQUIRE(value.size() == firms.size() * stances.size());
    for (std::size_t n = 0; n < value.size(); ++n) value[n] += n % stances.size() == 0 ? 0.0 : more_;
    ++calls_so_far;
  }
  mutable std::size_t calls_so_far = 0;

 private:
  double more_;
};

Extensions with_firms(std::shared_ptr<const FirmValuation> rule) {
  Extensions extensions;
  extensions.firms = Extensions::Firms{{"own", std::string(kUnitOfFirmValues), kDigest}, std::move(rule)};
  return extensions;
}

std::vector<std::uint64_t> digests(const Scenario& scenario, const Extensions& extensions, int steps,
                                   const WorldTables& tables = small_tables(12)) {
  World world(make_setting(scenario, tables, extensions));
  StepReport report;
  std::vector<std::uint64_t> found;
  for (int step = 0; step < steps; ++step) {
    run_step(world, report);
    found.push_back(state_digest(world));
  }
  return found;
}

Scenario busy(std::vector<std::string> terms) {
  Scenario scenario = small_scenario();
  scenario.terms = std::move(terms);
  set(scenario, "countries.spontaneous_rate", 0.2);
  return scenario;
}

std::string refusal(const Scenario& scenario, const Extensions& extensions) {
  return error_message([&] { make_setting(scenario, small_tables(), extensions); });
}

TEST_CASE("extensions: a term of a user that says what a term of the program says gives the same bits") {
  const auto own = std::make_shared<const OwnTerm>(alignment_term());
  const std::vector<std::uint64_t> expected = digests(busy({"peers", "inertia", "alignment"}), {}, 12);
  for (const int threads : {1, 2, 8}) {
    const parallel::ThreadLimit limit(threads);
    CHECK(digests(busy({"peers", "inertia"}), with_term(own), 12) == expected);
  }
  CHECK(own->is_whole);
  CHECK(own->calls_so_far > 3);
  CHECK(digests(busy({"peers", "inertia"}), {}, 12) != expected);
}

TEST_CASE("extensions: a term that is always 0 changes nothing") {
  const Scenario scenario = small_scenario();
  CHECK(digests(scenario, with_term(std::make_shared<const OwnTerm>(alignment_term(), 0.0)), 12) ==
        digests(scenario, {}, 12));
}

TEST_CASE("extensions: terms of a user are summed after the scenario's, in their order, each once for all options") {
  const auto first = std::make_shared<const OwnTerm>(alignment_term(), 2.0);
  const auto second = std::make_shared<const OwnTerm>(alignment_term(), -0.5);
  Extensions extensions = with_term(first, "first");
  extensions.terms.push_back({{"second", "pp", kDigest}, second});
  World world(make_setting(busy({"alignment"}), small_tables(12), extensions));
  let_events_pass(world, 3);
  PricedOptions priced;
  for (std::size_t i = 0; i < world.countries(); ++i) priced.options.add(i, bit(kClean));
  for (std::size_t n = 0; n < 300; ++n) priced.options.add(n % world.countries(), bit(kGids));
  price(world, priced);
  const std::size_t rows = priced.options.size();
  CHECK(first->calls_so_far == 1);
  CHECK(second->calls_so_far == 1);
  for (std::size_t n = 0; n < rows; ++n) {
    const double alignment = priced.term_value[n];
    CHECK(priced.term_value[rows + n] == 2.0 * alignment);
    CHECK(priced.term_value[2 * rows + n] == -0.5 * alignment);
    CHECK(priced.total[n] == alignment + 2.0 * alignment + -0.5 * alignment);
  }
  PricedOptions none;
  price(world, none);
  CHECK(first->calls_so_far == 1);
}

TEST_CASE("extensions: joint accessions ask a term of a user as they ask one of the program") {
  const auto own = std::make_shared<const OwnTerm>(alignment_term());
  const auto worth = [](const Scenario& scenario, const Extensions& extensions) {
    World world(make_setting(scenario, random_tables(5, 12), extensions));
    let_events_pass(world, 3);
    std::vector<std::uint32_t> group;
    for (std::uint32_t i = 0; i < world.countries(); ++i) {
      if (may_decide_on(world, i, kClean) && !splinternet::contains(world.signed_membership(i), kClean)) group.push_back(i);
    }
    REQUIRE(group.size() > 3);
    JointAccession accession(world);
    accession.let_in(kClean, group);
    std::vector<double> all = accession.worth_to_group();
    const std::vector<double> members = accession.worth_to_members(group);
    all.insert(all.end(), members.begin(), members.end());
    return all;
  };
  CHECK(worth(busy({"inertia"}), with_term(own)) == worth(busy({"inertia", "alignment"}), {}));
  CHECK(own->is_whole);
}

TEST_CASE("extensions: a valuation that gives what (M14) gives changes nothing; another moves firms") {
  Scenario scenario = small_scenario();
  set(scenario, "firms.synthetic", 300);
  const std::vector<std::uint64_t> expected = digests(scenario, {}, 8);
  const auto same = std::make_shared<const OwnValues>(0.0);
  for (const int threads : {1, 2, 8}) {
    const parallel::ThreadLimit limit(threads);
    CHECK(digests(scenario, with_firms(same), 8) == expected);
  }
  CHECK(same->calls_so_far == 3 * 8);
  CHECK(digests(scenario, with_firms(std::make_shared<const OwnValues>(0.05)), 8) != expected);
}

TEST_CASE("extensions: a value of a firm that is no finite number is refused") {
  const auto bad = std::make_shared<const OwnValues>(std::numeric_limits<double>::infinity());
  Scenario scenario = small_scenario();
  set(scenario, "firms.revision_rate", 1.0);
  CHECK_THAT(error_message([&] { digests(scenario, with_firms(bad), 1); }),
             contains_substring("step 1: the firm rule own returned what is not a finite number"));
}

TEST_CASE("extensions: a rule that does not fit is refused before the run") {
  const auto term = std::make_shared<const OwnTerm>(alignment_term());
  const Scenario scenario = small_scenario();
  CHECK(refusal(scenario, with_term(term)) == "no error");
  CHECK_THAT(refusal(scenario, with_term(term, "taste")), contains_substring("a payoff term of the program has this name"));
  CHECK_THAT(refusal(scenario, with_term(term, "own", "")), contains_substring("it returns \"\", but is added to numbers in \"pp\""));
  CHECK_THAT(refusal(scenario, with_term(term, "own", "utils")), contains_substring("say unit = \"pp\""));
  for (const std::string& name : {std::string(), std::string("Own"), std::string("1own"), std::string("an own"),
                                  std::string("own\nown"), std::string(65, 'a')}) {
    CHECK_THAT(refusal(scenario, with_term(term, name)), contains_substring("is no id"));
  }
  Extensions twice = with_term(term);
  twice.terms.push_back(twice.terms.front());
  CHECK_THAT(refusal(scenario, twice), contains_substring("two payoffs have this name"));
  Scenario nobody = scenario;
  nobody.has_countries = false;
  CHECK_THAT(refusal(nobody, with_term(term)), contains_substring("nobody weighs payoffs"));
  Scenario crowd = pact_scenario(5);
  crowd.terms.clear();
  choose(crowd, "countries.choice", "imitate");
  CHECK_THAT(error_message([&] { make_setting(crowd, {}, with_term(term)); }), contains_substring("weigh no payoffs"));
  Scenario without_firms = scenario;
  without_firms.has_firms = false;
  const auto values = std::make_shared<const OwnValues>(0.0);
  CHECK_THAT(refusal(without_firms, with_firms(values)), contains_substring("no section [firms]"));
  Extensions other_unit = with_firms(values);
  other_unit.firms->source.unit = "pp";
  CHECK_THAT(refusal(scenario, other_unit), contains_substring("\"share of revenue\""));
  Extensions other_name = with_firms(values);
  other_name.firms->source.name = "A B";
  CHECK_THAT(refusal(scenario, other_name), contains_substring("is no id"));
}

TEST_CASE("extensions: the unit is the one that a world of actors declares") {
  Scenario scenario = pact_scenario(5);
  scenario.unit = "utils";
  const auto term = std::make_shared<const OwnTerm>(*find_term("peers"));
  CHECK_NOTHROW(make_setting(scenario, {}, with_term(term, "own", "utils")));
  CHECK_THAT(error_message([&] { make_setting(scenario, {}, with_term(term)); }), contains_substring("\"utils\""));
}

TEST_CASE("extensions: what files tell of rules is read again as it was written") {
  Extensions extensions = with_term(nullptr, "culture", "pp");
  extensions.terms.push_back({{"b2", "pp per s.d.", std::string(64, 'b')}, nullptr});
  CHECK(extensions_text({}).empty());
  CHECK(read_extensions("").terms.empty());
  const RuleSources terms = read_extensions(extensions_text(extensions));
  REQUIRE(terms.terms.size() == 2);
  CHECK(terms.terms[0] == extensions.terms[0].source);
  CHECK(terms.terms[1] == extensions.terms[1].source);
  CHECK(!terms.firms);
  extensions.firms = with_firms(nullptr).firms;
  CHECK(extensions_text(extensions) == "payoff culture sha256:" + kDigest + " pp\npayoff b2 sha256:" +
                                           std::string(64, 'b') + " pp per s.d.\nfirm_rule own sha256:" + kDigest +
                                           " share of revenue\n");
  const RuleSources all = read_extensions(extensions_text(extensions));
  REQUIRE(all.firms);
  CHECK(*all.firms == extensions.firms->source);
  const std::string firm = "firm_rule own sha256:" + kDigest + " share of revenue\n";
  for (const std::string& text : {std::string("culture"), std::string("payoff Culture sha256:a pp"),
                                  std::string("payoff culture md5:a pp"), std::string("rule own sha256:a pp"), firm + firm}) {
    CHECK_THROWS_AS(read_extensions(text), DataError);
  }
}

}  // namespace
}  // namespace splinternet::testing
