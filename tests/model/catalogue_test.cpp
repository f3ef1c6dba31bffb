#include "sim/model/catalogue.hpp"

#include <algorithm>
#include <cmath>
#include <set>

#include "tests/support/catch.hpp"

namespace splinternet::testing {
namespace {

TEST_CASE("no two rows share a path") {
  std::set<std::string_view> paths;
  for (const Parameter* row : parameter_catalogue()) {
    CAPTURE(row->path);
    CHECK(paths.insert(row->path).second);
  }
  CHECK(paths.size() > 80);
}

TEST_CASE("every default is allowed, and the plausible range lies within the allowed one") {
  for (const Parameter* row : parameter_catalogue()) {
    CAPTURE(row->path);
    CHECK(row->lower <= row->upper);
    CHECK(row->plausible_low <= row->plausible_high);
    CHECK((row->lower <= row->value && row->value <= row->upper));
    CHECK((row->lower <= row->plausible_low && row->plausible_high <= row->upper));
  }
}

TEST_CASE("every row has a unit, a meaning and a source that says how good it is") {
  const std::set<std::string_view> marks = {"[C]", "[S]", "[M]", "[J]", "[D]"};
  for (const Parameter* row : parameter_catalogue()) {
    CAPTURE(row->path, row->source);
    CHECK_FALSE(row->unit.empty());
    CHECK_FALSE(row->meaning.empty());
    CHECK(marks.count(row->source.substr(0, 3)) == 1);
  }
}

TEST_CASE("paths are lower-case words, in a section that the documentation knows") {
  const std::set<std::string_view> sections = {"framework", "frameworks", "countries", "courting",
                                               "firms",     "policy",     "data",      "trade",
                                               "metrics",   "influence",  "attribute"};
  for (const Parameter* row : parameter_catalogue()) {
    CAPTURE(row->path);
    CHECK(sections.count(row->path.substr(0, row->path.find('.'))) == 1);
    CHECK(row->path.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789_.*") == std::string_view::npos);
  }
}

TEST_CASE("a value that has a unit in its name says the same in its unit") {
  for (const Parameter* row : parameter_catalogue()) {
    CAPTURE(row->path);
    if (row->path.ends_with("_busd")) CHECK(row->unit.starts_with("USD bn"));
    if (row->path.ends_with("_months")) CHECK(row->unit == "months");
    if (row->path.ends_with("_years")) CHECK(row->unit == "years");
    if (row->path.ends_with("_ms")) CHECK(row->unit == "ms");
  }
}

TEST_CASE("options have at least two words, whole numbers are whole, and both fit their kind") {
  for (const Parameter* row : parameter_catalogue()) {
    CAPTURE(row->path);
    if (row->kind == ParameterKind::kOption) {
      CHECK(option_words(*row).size() >= 2);
      CHECK(row->value < static_cast<double>(option_words(*row).size()));
    } else {
      CHECK(row->options.empty());
    }
    if (row->kind == ParameterKind::kInteger) CHECK(row->value == std::floor(row->value));
  }
}

TEST_CASE("the names of the payoff terms come in the order of utility") {
  const std::vector<std::string> names = term_names();
  CHECK(names.front() == "market_access");
  CHECK(std::set<std::string>(names.begin(), names.end()).size() == names.size());
}

TEST_CASE("the catalogue is one table, not made anew") {
  CHECK(parameter_catalogue().data() == parameter_catalogue().data());
}

}  // namespace
}  // namespace splinternet::testing
