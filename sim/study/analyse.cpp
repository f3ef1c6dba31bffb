#include "sim/study/analyse.hpp"

#include <algorithm>
#include <charconv>
#include <string_view>

#include "sim/core/check.hpp"
#include "sim/core/digest.hpp"
#include "sim/core/function_ref.hpp"
#include "sim/engine/simulation.hpp"
#include "sim/model/build_world.hpp"
#include "sim/model/trade_response.hpp"
#include "sim/study/result_file.hpp"
#include "sim/study/stored_world.hpp"

namespace splinternet {
namespace {

/// Tells of steps done over several runs of equal length.
class Ticker {
 public:
  Ticker(const Progress& progress, std::size_t runs, std::int32_t steps)
      : progress_(progress), all_(static_cast<int>(runs) * steps) {}
  void tick() {
    ++done_;
    if (progress_ && !progress_(done_, all_)) throw Interrupted("interrupted; nothing was written");
  }

 private:
  const Progress& progress_;
  int all_;
  int done_ = 0;
};

World run_to(std::shared_ptr<const Setting> setting, std::int32_t step, FunctionRef<void(const World&)> after_step) {
  Simulation simulation(std::move(setting));
  while (simulation.world().step < step) {
    simulation.step();
    after_step(simulation.world());
  }
  return simulation.world();
}

std::int32_t step_of(const AnalysisRequest& request, const Scenario& scenario) {
  const std::int32_t horizon = scenario.run.horizon;
  const std::int32_t step = request.step.value_or(horizon);
  if (step >= 0 && step <= horizon) return step;
  throw DataError("there is no step " + std::to_string(step) + ": the run has steps 0 (its start) to " +
                  std::to_string(horizon));
}

void check_digest(const World& world, const std::vector<std::uint64_t>& stored) {
  const auto step = static_cast<std::size_t>(world.step);
  const std::uint64_t digest = state_digest(world);
  if (step < stored.size() && digest == stored[step]) return;
  throw DataError(
      "a replay of its scenario gives another state in step " + std::to_string(world.step) +
      (step < stored.size() ? " (digest " + to_hex(digest) + ", stored " + to_hex(stored[step]) + ")" : "") +
      "; analyse it with the version that wrote it, or see what splinternet verify finds");
}

/// The members of largest GDP that are free to stay out; equal ones by code.
std::vector<std::uint32_t> largest_members(const World& world, std::size_t count) {
  std::vector<std::uint32_t> members;
  for (const std::uint32_t i : countries_by_code(world)) {
    bool sponsor = false;
    for (std::size_t k = 0; k < world.frameworks(); ++k) {
      sponsor = sponsor || world.setting().frameworks.committed[k * world.countries() + i] != 0;
    }
    if (world.membership(i) != 0 && !sponsor && world.setting().countries.chooses[i] != 0) members.push_back(i);
  }
  const std::vector<double>& gdp = world.setting().countries.gdp_busd;
  std::stable_sort(members.begin(), members.end(), [&](std::uint32_t a, std::uint32_t b) { return gdp[a] > gdp[b]; });
  members.resize(std::min(members.size(), count));
  return members;
}

/// The number that the whole text is, if it is one.
std::optional<std::size_t> whole_number(std::string_view text) {
  std::size_t number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
  return number;
}

/// Rows of the countries in "KEN,Nigeria", each once.
std::vector<std::uint32_t> countries_named(const World& world, std::string_view list) {
  std::vector<std::uint32_t> countries;
  if (list.empty()) return countries;
  while (true) {
    const std::size_t comma = list.find(',');
    const std::uint32_t country = find_country(world, list.substr(0, comma));
    if (std::find(countries.begin(), countries.end(), country) == countries.end()) countries.push_back(country);
    if (comma == std::string_view::npos) return countries;
    list.remove_prefix(comma + 1);
  }
}

/// Runs the stored scenario to the step, checking the digest of every step.
World replay_to(const World& start, std::int32_t step, const std::vector<std::uint64_t>& digests, Ticker& ticker) {
  check_digest(start, digests);
  return run_to(start.shared_setting(), step, [&](const World& world) {
    check_digest(world, digests);
    ticker.tick();
  });
}

/// Replays a file once as it was and once without each country to be held out.
Analysis replay_all(const StoredWorld& stored, const LabelledDataset& result, const AnalysisRequest& request,
                    const Progress& progress) {
  const std::int32_t step = step_of(request, stored.scenario);
  const World start(make_setting(stored.scenario, stored.tables, stored.extensions));
  // Who is largest is known at the end only; countries by name are looked at first: refused ones shall cost no run.
  std::optional<std::size_t> largest = whole_number(request.pivotal);
  if (largest) largest = std::min(*largest, start.countries());
  std::vector<std::uint32_t> held_out;
  if (!largest) held_out = countries_named(start, request.pivotal);
  std::vector<std::shared_ptr<const Setting>> settings;
  for (const std::uint32_t i : held_out) settings.push_back(setting_without(stored, i));

  Ticker ticker(progress, 1 + largest.value_or(held_out.size()), step);
  const auto& digests = values_of<std::uint64_t>(result, "state_digest");
  Analysis analysis{replay_to(start, step, digests, ticker), notes_on_code(result), {}, {}};
  if (largest) held_out = largest_members(analysis.world, *largest);
  for (std::size_t n = settings.size(); n < held_out.size(); ++n) {
    settings.push_back(setting_without(stored, held_out[n]));
  }
  for (std::size_t n = 0; n < held_out.size(); ++n) {
    const World without = run_to(settings[n], step, [&](const World&) { ticker.tick(); });
    analysis.pivotal.push_back(compare_without(analysis.world, without, held_out[n]));
  }
  return analysis;
}

}  // namespace

Analysis analyse(const std::string& path, const AnalysisRequest& request, const Progress& progress) {
  return analyse(read_result(path), path, request, progress);
}

Analysis analyse(const LabelledDataset& result, const std::string& name, const AnalysisRequest& request,
                 const Progress& progress) {
  const StoredWorld stored = stored_world(result, name, request.tables, request.extensions);
  try {
    if (!stored.scenario.has_countries) {
      throw DataError("its scenario has no section [countries]: nobody decides in it");
    }
    Analysis analysis = replay_all(stored, result, request, progress);
    World& world = analysis.world;
    refresh_response(world);
    for (std::size_t k = 0; k < world.frameworks(); ++k) {
      analysis.frameworks.push_back({framework_stability(world, k), entry_power(world, k), traffic_values(world, k)});
    }
    return analysis;
  } catch (const DataError& error) {
    throw DataError(name + ": " + error.what());
  }
}

}  // namespace splinternet
