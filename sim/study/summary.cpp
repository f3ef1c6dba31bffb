#include "sim/study/summary.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "sim/core/date.hpp"
#include "sim/model/trade_response.hpp"

namespace splinternet {
namespace {

constexpr std::size_t kWidth = 100;

/// Words separated by spaces, broken into lines of at most kWidth columns, all but the first indented.
std::string wrapped(const std::string& head, const std::vector<std::string>& words) {
  std::string text = head;
  std::size_t column = head.size();
  for (const std::string& word : words) {
    if (column + word.size() + 1 > kWidth) {
      text += "\n    ";
      column = 4;
    } else if (column > 0) {
      text += ' ';
      ++column;
    }
    text += word;
    column += word.size();
  }
  return text + "\n";
}

/// More names than anybody reads.
constexpr std::size_t kReadableActors = 300;

std::string counts(const World& world) {
  std::string text;
  for (std::size_t k = 0; k < world.frameworks(); ++k) {
    const std::uint32_t members = world.derived.member_count[k];
    text += fmt::format("{}: {} of {} actors ({:.2f} %)\n", world.scenario().frameworks[k].name, members,
                        world.countries(), 100.0 * members / static_cast<double>(world.countries()));
  }
  return text;
}

std::string signatories(const World& world) {
  const std::vector<std::string>& names = world.setting().countries.name;
  // Numbered actors tell nothing by their numbers.
  if (names.empty() || names.size() > kReadableActors) return counts(world);
  std::string text;
  for (std::size_t k = 0; k < world.frameworks(); ++k) {
    std::vector<std::string> with_signature;
    std::vector<std::string> listed;
    for (std::size_t i = 0; i < world.countries(); ++i) {
      const auto level = static_cast<MembershipLevel>(world.members.level[world.at(i, k)]);
      if (level == MembershipLevel::kSigned) with_signature.push_back(names[i] + ",");
      if (level == MembershipLevel::kListed) listed.push_back(names[i] + ",");
    }
    for (auto* list : {&with_signature, &listed}) {
      if (!list->empty()) list->back().pop_back();
    }
    const std::string& name = world.scenario().frameworks[k].name;
    text += wrapped(fmt::format("{}: {} signed:", name, with_signature.size()), with_signature);
    if (!listed.empty()) text += wrapped(fmt::format("{}: {} listed:", name, listed.size()), listed);
  }
  return text;
}

std::string movers(const World& world) {
  if (!world.trade_solver) return "";
  const std::vector<double>& income = world.derived.observed.real_income_pp;
  std::vector<std::size_t> order(income.size());
  for (std::size_t i = 0; i < order.size(); ++i) order[i] = i;
  std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) { return income[a] < income[b]; });
  const auto entry = [&](std::size_t i) {
    return fmt::format("{} {:+.2f} %", world.setting().countries.code[i], income[i]);
  };
  std::vector<std::string> lost;
  std::vector<std::string> gained;
  for (std::size_t n = 0; n < std::min<std::size_t>(5, order.size()); ++n) {
    lost.push_back(entry(order[n]));
    gained.push_back(entry(order[order.size() - 1 - n]));
  }
  return fmt::format("Real income: world {:+.3f} %; lowest {}\n                            highest {}\n",
                     world.derived.observed.world_real_income_pp, fmt::join(lost, ", "), fmt::join(gained, ", "));
}

std::string index_line(const LabelledDataset& dataset, const World& world) {
  const Observations& seen = world.derived.observed;
  std::string text = fmt::format("Splinternet index: {:.4f}", seen.splinternet_index);
  // A scenario may leave the series out of its record; then the file has no start to compare with.
  if (const LabelledArray* series = dataset.find("splinternet_index")) {
    text += fmt::format(" (start {:.4f})", static_cast<double>(std::get<std::vector<float>>(series->values).front()));
  }
  if (world.setting().demand) {
    text += fmt::format("; decoupling of data {:.4f}, reach loss {:.4f}", seen.decoupling_data, seen.reach_loss);
  }
  if (world.trade_solver) text += fmt::format(", of trade {:.4f}", seen.decoupling_trade);
  return text + fmt::format("; polarization {:.3f}\n", seen.polarization);
}

/// How often the linear response was taken anew, if countries weigh their market access and the run records it.
std::string refreshes(const RunResult& result) {
  const LabelledArray* series = result.dataset.find("market_access_refreshes");
  if (series == nullptr || !weighs_market_access(result.world.setting())) return "";
  const auto& taken = std::get<std::vector<std::int8_t>>(series->values);
  return fmt::format("Linear response of market access: taken anew in {} of {} steps\n",
                     std::count(taken.begin(), taken.end(), 1), taken.size() - 1);
}

std::string times(const RunResult& result, double total_seconds) {
  std::string text = fmt::format("Time: {:.2f} s (set-up {:.2f}", total_seconds, result.set_up_seconds);
  const auto names = phase_names();
  for (std::size_t p = 0; p < names.size(); ++p) text += fmt::format(", {} {:.2f}", names[p], result.phase_seconds[p]);
  return text + ")\n" + refreshes(result);
}

}  // namespace

std::string summary(const RunResult& result, double total_seconds) {
  const World& world = result.world;
  const RunSpec& run = world.scenario().run;
  const Date end = add_months(run.start, static_cast<int>(run.horizon * run.step_months));
  const bool has_map = world.setting().has_map();
  const std::size_t firms = world.setting().firms ? world.setting().firms->count : 0;
  std::string text = fmt::format("{}: {} {}, {} to {} in {} steps, seed {}\n\n",
                                 world.scenario().title.empty() ? world.scenario().name : world.scenario().title,
                                 world.countries(), has_map ? fmt::format("countries, {} firms", firms) : "actors",
                                 to_string(run.start), to_string(end), run.horizon, run.seed);
  text += signatories(world) + "\n";
  if (has_map) text += index_line(result.dataset, world) + movers(world);
  return text + times(result, total_seconds);
}

}  // namespace splinternet
