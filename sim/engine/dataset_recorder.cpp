#include "sim/engine/dataset_recorder.hpp"

#include <algorithm>
#include <limits>
#include <numeric>

#include "sim/core/check.hpp"
#include "sim/core/date.hpp"
#include "sim/core/digest.hpp"
#include "sim/core/nearest_name.hpp"
#include "sim/core/split_words.hpp"
#include "sim/engine/run_attributes.hpp"
#include "sim/model/countries.hpp"
#include "sim/model/metrics_steps.hpp"

namespace splinternet {
namespace {

/// The words of a category, with the ids of the frameworks where the table says so.
std::vector<std::string> meanings(const OutputRow& row, std::span<const std::string> frameworks) {
  const std::vector<std::string_view> words = split_words(row.flag_meanings);
  std::vector<std::string> list(words.begin(), words.end());
  if (list.empty() || list.back() != kFrameworksAsWords) return list;
  list.pop_back();
  list.insert(list.end(), frameworks.begin(), frameworks.end());
  return list;
}

/// Actors are too many for a value of each at every step unless it is asked for.
constexpr std::size_t kManyActors = 2000;

bool is_kept(const World& world, const OutputRow& row) {
  if (!is_possible(world.setting(), row)) return false;
  return row.dims != "link" || world.setting().links != nullptr;
}

std::vector<const OutputRow*> rows_to_record(const World& world) {
  std::vector<const OutputRow*> rows;
  const std::vector<std::string>& named = world.scenario().record.arrays;
  for (const std::string& name : named) {
    if (name != "default" && find_output(name) == nullptr) {
      throw ScenarioError("record.arrays: there is no array \"" + name + "\"." + did_you_mean(name, output_names()));
    }
  }
  const bool defaults = named.empty() || std::find(named.begin(), named.end(), "default") != named.end();
  for (const OutputRow& row : output_table()) {
    const bool asked = std::find(named.begin(), named.end(), row.name) != named.end();
    if (asked && !is_possible(world.setting(), row)) {
      throw ScenarioError("record.arrays: \"" + std::string(row.name) + "\" is of worlds " +
                          (world.setting().has_map() ? "of actors, and this one has a map" : "with a map") +
                          "; take it out.");
    }
    const bool large = row.dims.starts_with("country") && world.countries() > kManyActors;
    const bool by_default = defaults && row.recorded == Recorded::kByDefault && !large;
    if ((asked || by_default) && is_kept(world, row)) rows.push_back(&row);
  }
  return rows;
}

template <class T>
std::vector<T> converted(const std::vector<double>& values) {
  std::vector<T> out(values.size());
  for (std::size_t n = 0; n < out.size(); ++n) out[n] = static_cast<T>(values[n]);
  return out;
}

ArrayValues typed(OutputType type, const std::vector<double>& values) {
  switch (type) {
    case OutputType::kFloat32:
      return converted<float>(values);
    case OutputType::kFloat64:
      return values;
    case OutputType::kInt8:
      return converted<std::int8_t>(values);
    default:
      return converted<std::int32_t>(values);
  }
}

/// A new dimension with its labels.
void add_coordinate(LabelledDataset& dataset, const std::string& dim, ArrayValues values, const std::string& units,
                    const std::string& long_name) {
  dataset.dims.emplace_back(dim, element_count(values));
  dataset.arrays.push_back({dim, {dim}, std::move(values), units, long_name, {}});
}

constexpr std::string_view kDates = "time", kMetricsDates = "metrics_time";

/// The arrays of dates, which readers are to take as coordinates beside the steps.
std::string dates_in(const LabelledDataset& dataset) {
  std::string names(kDates);
  if (dataset.find(kMetricsDates) != nullptr) names.append(" ").append(kMetricsDates);
  return names;
}

/// Dates of steps in days since the start.
void add_dates(const RunSpec& run, const std::string& name, const std::string& dim,
               const std::vector<std::int32_t>& steps, LabelledDataset& dataset) {
  std::vector<std::int32_t> days;
  for (const std::int32_t step : steps) {
    const auto months = static_cast<int>(static_cast<double>(step) * run.step_months);
    days.push_back(
        static_cast<std::int32_t>(days_since_epoch(add_months(run.start, months)) - days_since_epoch(run.start)));
  }
  dataset.arrays.push_back({name,
                            {dim},
                            std::move(days),
                            "days since " + to_string(run.start),
                            "date (end of the step)",
                            {}});
}

void add_events(const World& world, LabelledDataset& dataset) {
  if (world.scenario().events.empty()) return;
  std::vector<std::string> events;
  for (const EventSpec& event : world.scenario().events) events.push_back(event.id);
  add_coordinate(dataset, "event", events, "", "event of the scenario");
  dataset.arrays.push_back({"event_step",
                            {"event"},
                            world.events.fired_step,
                            "1",
                            "step in which the event happened, -1 if it did not",
                            {}});
}

void add_organisations(const Setting& setting, LabelledDataset& dataset) {
  if (setting.organisations.empty()) return;
  std::vector<std::string> ids;
  std::vector<std::string> names;
  for (const OrganisationSetting& body : setting.organisations) {
    ids.push_back(body.id);
    names.push_back(body.name);
  }
  add_coordinate(dataset, "organisation", ids, "", "organisation of countries");
  dataset.arrays.push_back({"organisation_name", {"organisation"}, names, "", "name of the organisation", {}});
}

void add_actors(const Setting& setting, LabelledDataset& dataset) {
  const CountrySetting& actors = setting.countries;
  const std::vector<std::string>& names = actors.name.empty() ? actors.code : actors.name;
  dataset.arrays.push_back({"country_name", {"country"}, names, "", "name of the actor", {}});
  dataset.arrays.push_back({"size", {"country"}, setting.countries.gdp_busd, "1", "size of the actor", {}});
  for (std::size_t a = 0; a < setting.actors->attribute.size(); ++a) {
    const std::string& name = setting.actors->attribute[a];
    dataset.arrays.push_back(
        {"attribute_" + name, {"country"}, setting.actors->value[a], "1", "attribute " + name + " of the actor", {}});
  }
}

/// What the world was made of.
void add_background(const World& world, LabelledDataset& dataset) {
  const Setting& setting = world.setting();
  if (setting.has_map()) {
    dataset.arrays.push_back({"country_name", {"country"}, setting.countries.name, "", "English short name", {}});
    dataset.arrays.push_back(
        {"gdp", {"country"}, setting.countries.gdp_busd, "1e9 USD/yr", "gross domestic product", {}});
  } else if (setting.countries.count <= kManyActors) {
    add_actors(setting, dataset);
  }
  std::vector<std::string> names;
  for (const FrameworkSpec& spec : setting.scenario.frameworks) names.push_back(spec.name);
  dataset.arrays.push_back({"framework_name", {"framework"}, names, "", "name of the framework", {}});
  add_events(world, dataset);
  add_organisations(setting, dataset);
  if (!setting.imputed.empty()) {
    dataset.dims.emplace_back("imputed_value", setting.imputed.size());
    dataset.arrays.push_back({"imputed",
                              {"imputed_value"},
                              setting.imputed,
                              "",
                              "values of the tables that are imputed or constructed, not observed",
                              {}});
  }
}

}  // namespace

DatasetRecorder::DatasetRecorder(const World& world) : metrics_steps_(metrics_steps(world.scenario())) {
  const auto steps = static_cast<std::size_t>(world.scenario().run.horizon) + 1;
  for (const OutputRow* row : rows_to_record(world)) {
    std::size_t width = 1;
    for (const std::string_view dim : split_words(row->dims)) width *= dimension_size(world, dim);
    const bool floating = row->type == OutputType::kFloat32 || row->type == OutputType::kFloat64;
    const double missing = floating ? std::numeric_limits<double>::quiet_NaN() : 0.0;
    const std::size_t rows = row->cadence == Cadence::kEveryStep ? steps : metrics_steps_.size();
    series_.push_back({row, width, std::vector<double>(rows * width, missing)});
  }
  world.visit([this](const char* name, const auto&) { part_names_.emplace_back(name); });
  step_digest_.assign(steps, 0);
  part_digest_.assign(steps * part_names_.size(), 0);
}

void DatasetRecorder::record(const World& world, const StepReport& report) {
  const auto step = static_cast<std::size_t>(world.step);
  SPLINTERNET_CHECK(step < step_digest_.size(), step, step_digest_.size());
  const auto sparse = std::lower_bound(metrics_steps_.begin(), metrics_steps_.end(), world.step);
  const bool is_sparse = sparse != metrics_steps_.end() && *sparse == world.step;
  for (Series& series : series_) {
    const bool at_all_steps = series.row->cadence == Cadence::kEveryStep;
    if (!at_all_steps && !is_sparse) continue;
    const std::size_t place = at_all_steps ? step : static_cast<std::size_t>(sparse - metrics_steps_.begin());
    series.row->get(world, report, std::span(series.values).subspan(place * series.width, series.width));
  }
  record_digests(world);
  if (world.scenario().record.acts) record_acts(world, report);
  decisions_.record(world, report);
}

void DatasetRecorder::record_digests(const World& world) {
  const auto step = static_cast<std::size_t>(world.step);
  step_digest_[step] = state_digest(world);
  std::size_t part = 0;
  world.visit([&](const char* /*name*/, const auto& array) {
    Digest digest;
    digest.add(std::span(array.data(), array.size()));
    part_digest_[step * part_names_.size() + part++] = digest.value();
  });
}

void DatasetRecorder::record_acts(const World& world, const StepReport& report) {
  const Setting& setting = world.setting();
  for (const Act& act : report.acts) {
    acts_.step.push_back(world.step);
    acts_.country.push_back(setting.countries.code[act.country]);
    acts_.framework.push_back(setting.frameworks.id[act.framework]);
    acts_.organisation.push_back(act.organisation == kNoCountry ? "" : setting.organisations[act.organisation].id);
    acts_.kind.push_back(static_cast<std::int8_t>(act.kind));
    acts_.offer_busd.push_back(act.offer_busd);
  }
}

LabelledDataset DatasetRecorder::dataset(const World& world) const {
  LabelledDataset dataset;
  dataset.attributes = run_attributes(world);
  add_coordinates(world, dataset);
  add_background(world, dataset);
  add_series(world.setting().frameworks.id, dataset);
  dataset.arrays.push_back({"state_digest", {"step"}, step_digest_, "1", "digest of the whole state", {}});
  dataset.arrays.push_back(
      {"state_part_digest", {"step", "state_part"}, part_digest_, "1", "digest of each array of the state", {}});
  if (world.scenario().record.acts) add_acts(dataset);
  if (world.scenario().record.decisions && world.scenario().has_countries) decisions_.add_to(world, dataset);
  dataset.attributes.emplace_back("coordinates", dates_in(dataset));
  check_shapes(dataset);
  return dataset;
}

void DatasetRecorder::add_coordinates(const World& world, LabelledDataset& dataset) const {
  const Setting& setting = world.setting();
  std::vector<std::int32_t> step(step_digest_.size());
  std::iota(step.begin(), step.end(), 0);
  add_coordinate(dataset, "step", step, "1", "steps since the start");
  add_dates(setting.scenario.run, std::string(kDates), "step", step, dataset);
  if (setting.has_map()) {
    add_coordinate(dataset, "country", setting.countries.code, "", "country, ISO 3166-1 alpha-3");
  } else if (setting.countries.count <= kManyActors || is_recorded("country")) {
    add_coordinate(dataset, "country", setting.countries.code, "", "code of the actor");
  }
  add_coordinate(dataset, "framework", setting.frameworks.id, "", "framework");
  if (setting.has_map()) {
    add_coordinate(dataset, "firm_sector", std::vector<std::string>(kFirmSectorNames.begin(), kFirmSectorNames.end()),
                   "", "sector of firms");
  }
  add_coordinate(dataset, "state_part", part_names_, "", "array of the state");
  add_recorded_dimensions(world, dataset);
}

bool DatasetRecorder::is_recorded(std::string_view dim) const {
  return std::any_of(series_.begin(), series_.end(), [&](const Series& series) {
    const std::vector<std::string_view> dims = split_words(series.row->dims);
    return time_dimension(*series.row) == dim || std::find(dims.begin(), dims.end(), dim) != dims.end();
  });
}

/// Dimensions that a file has only if an array does.
void DatasetRecorder::add_recorded_dimensions(const World& world, LabelledDataset& dataset) const {
  const Setting& setting = world.setting();
  if (is_recorded("metrics_step")) {
    add_coordinate(dataset, "metrics_step", metrics_steps_, "1", "steps at which networks and divisions are measured");
    add_dates(setting.scenario.run, std::string(kMetricsDates), "metrics_step", metrics_steps_, dataset);
  }
  std::vector<std::string> blocs{"unaligned"};
  blocs.insert(blocs.end(), setting.frameworks.id.begin(), setting.frameworks.id.end());
  if (is_recorded("bloc_from")) add_coordinate(dataset, "bloc_from", blocs, "", "bloc that flows come from");
  if (is_recorded("bloc_to")) add_coordinate(dataset, "bloc_to", blocs, "", "bloc that flows go to");
  if (is_recorded("other_framework")) {
    add_coordinate(dataset, "other_framework", setting.frameworks.id, "", "framework on the other side");
  }
  if (is_recorded("partner")) {
    add_coordinate(dataset, "partner", setting.countries.code, "", "partner, ISO 3166-1 alpha-3");
  }
  if (is_recorded("link")) {
    std::vector<std::string> ids;
    for (const LinkRow& link : setting.links->rows) ids.push_back(link.id);
    add_coordinate(dataset, "link", ids, "", "link between two countries");
  }
}

void DatasetRecorder::add_series(std::span<const std::string> frameworks, LabelledDataset& dataset) const {
  for (const Series& series : series_) {
    std::vector<std::string> dims{std::string(time_dimension(*series.row))};
    for (const std::string_view dim : split_words(series.row->dims)) dims.emplace_back(dim);
    dataset.arrays.push_back({std::string(series.row->name), std::move(dims), typed(series.row->type, series.values),
                              std::string(series.row->units), std::string(series.row->long_name),
                              meanings(*series.row, frameworks)});
  }
}

void DatasetRecorder::add_acts(LabelledDataset& dataset) const {
  const std::vector<std::string> dim{"act"};
  dataset.dims.emplace_back("act", acts_.step.size());
  dataset.arrays.push_back({"act_step", dim, acts_.step, "1", "step of a change of membership", {}});
  dataset.arrays.push_back({"act_country", dim, acts_.country, "", "country whose membership changed", {}});
  dataset.arrays.push_back({"act_framework", dim, acts_.framework, "", "framework that it joined or left", {}});
  dataset.arrays.push_back({"act_kind",
                            dim,
                            acts_.kind,
                            "1",
                            "kind of act",
                            {"acceded", "withdrew", "listing_lapsed", "acceded_jointly", "sponsored"}});
  dataset.arrays.push_back({"act_organisation", dim, acts_.organisation, "", "organisation of a joint accession", {}});
  dataset.arrays.push_back({"act_offer", dim, acts_.offer_busd, "1e9 USD", "one-off sum accepted", {}});
}

}  // namespace splinternet
