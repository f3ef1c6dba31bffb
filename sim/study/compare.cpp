#include "sim/study/compare.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <optional>
#include <type_traits>

#include "sim/core/digest.hpp"
#include "sim/study/result_file.hpp"

namespace splinternet {
namespace {

constexpr std::int32_t kNoStep = -1;
constexpr std::string_view kStateDigest = "state_digest";
constexpr std::string_view kPartDigest = "state_part_digest";

template <class T>
bool is_same(const T& a, const T& b) {
  if constexpr (std::is_floating_point_v<T>) {
    return (a == b && std::signbit(a) == std::signbit(b)) || (std::isnan(a) && std::isnan(b));
  } else {
    return a == b;
  }
}

/// Place of the first element that differs; nothing if none does. Both must hold the same type and count.
std::optional<std::size_t> first_difference(const ArrayValues& stored, const ArrayValues& recomputed) {
  return std::visit(
      [&](const auto& a) -> std::optional<std::size_t> {
        const auto& b = std::get<std::decay_t<decltype(a)>>(recomputed);
        for (std::size_t n = 0; n < a.size(); ++n) {
          if (!is_same(a[n], b[n])) return n;
        }
        return std::nullopt;
      },
      stored);
}

std::string value_text(const LabelledArray& array, std::size_t n) {
  return std::visit(
      [&](const auto& values) -> std::string {
        using T = typename std::decay_t<decltype(values)>::value_type;
        if constexpr (std::is_same_v<T, std::string>) {
          return "\"" + values[n] + "\"";
        } else if constexpr (std::is_same_v<T, Flag>) {
          return values[n].value != 0 ? "true" : "false";
        } else if constexpr (std::is_same_v<T, std::uint64_t>) {
          return to_hex(values[n]);
        } else if constexpr (std::is_same_v<T, std::int8_t>) {
          const auto word = static_cast<std::size_t>(values[n]);
          const bool named = values[n] >= 0 && word < array.flag_meanings.size();
          return named ? fmt::format("{} ({})", values[n], array.flag_meanings[word]) : fmt::format("{}", values[n]);
        } else {
          return fmt::format("{}", values[n]);
        }
      },
      array.values);
}

template <class T>
const T* element(const LabelledDataset& result, const std::string& name, std::size_t n) {
  const LabelledArray* array = result.find(name);
  const auto* values = array == nullptr ? nullptr : std::get_if<std::vector<T>>(&array->values);
  return values == nullptr || n >= values->size() ? nullptr : &(*values)[n];
}

/// Names the places of a result by its labels.
class Places {
 public:
  Places(const LabelledDataset& result, const RunSpec& run) : result_(result), run_(run) {}

  struct Place {
    std::int32_t step;
    std::string text;  ///< "at step 3 (2020-10), country BRA"; empty for a scalar
  };

  [[nodiscard]] Place of(const LabelledArray& array, std::size_t n) const {
    Place place{kNoStep, ""};
    std::size_t stride = element_count(array.values);
    for (const std::string& dim : array.dims) {
      const std::size_t size = result_.size(dim);
      stride /= size;
      place.text += place.text.empty() ? " at " : ", ";
      place.text += label(dim, n / stride % size, array.name == dim, place.step);
    }
    return place;
  }

 private:
  std::string step_text(std::int32_t step) const {
    return fmt::format("step {} ({})", step, month_of_step(run_, step));
  }

  /// One coordinate; notes the step if the dimension tells it.
  std::string label(const std::string& dim, std::size_t n, bool is_own_coordinate, std::int32_t& step) const {
    if (dim == "step") {
      step = static_cast<std::int32_t>(n);
      return step_text(step);
    }
    if (const auto* at = element<std::int32_t>(result_, dim, n); at != nullptr && dim == "metrics_step") {
      step = *at;
      return step_text(step);
    }
    if (const auto* name = element<std::string>(result_, dim, n); name != nullptr && !is_own_coordinate) {
      return dim + " " + *name;
    }
    if (dim == "option") {
      const std::size_t decision = decision_of(n);
      return fmt::format("option {} of {}", n, label("decision", decision, false, step));
    }
    std::string text = fmt::format("{} {}", dim, n);
    if (const auto* when = element<std::int32_t>(result_, dim + "_step", n)) {
      step = *when;
      text += ", " + step_text(step);
    }
    for (const char* of : {"country", "framework"}) {
      if (const auto* who = element<std::string>(result_, dim + "_" + of, n)) text += fmt::format(", {} {}", of, *who);
    }
    return text;
  }

  [[nodiscard]] std::size_t decision_of(std::size_t option) const {
    std::size_t decision = 0;
    while (const auto* first = element<std::int32_t>(result_, "decision_first_option", decision + 1)) {
      if (static_cast<std::size_t>(*first) > option) break;
      ++decision;
    }
    return decision;
  }

  const LabelledDataset& result_;
  const RunSpec& run_;
};

/// Names of the parts of the state whose digests differ at a step.
std::string differing_parts(const LabelledDataset& stored, const LabelledDataset& recomputed, std::size_t step) {
  std::string names;
  const LabelledArray* parts = recomputed.find("state_part");
  const std::size_t count = parts == nullptr ? 0 : element_count(parts->values);
  for (std::size_t part = 0; part < count; ++part) {
    const auto* a = element<std::uint64_t>(stored, std::string(kPartDigest), step * count + part);
    const auto* b = element<std::uint64_t>(recomputed, std::string(kPartDigest), step * count + part);
    const auto* name = element<std::string>(recomputed, "state_part", part);
    if (a == nullptr || b == nullptr || name == nullptr || *a == *b) continue;
    names += (names.empty() ? "" : ", ") + *name;
  }
  return names.empty() ? "no part of the state differs" : "parts of the state that differ: " + names;
}

struct Difference {
  std::int32_t step;
  std::string text;
};

std::string words(const std::vector<std::string>& list) {
  return fmt::format("{}", fmt::join(list, " "));
}

/// What is different about two arrays of one name, values apart; "" if nothing is.
std::string header_difference(const LabelledArray& a, const LabelledArray& b) {
  const auto change = [](std::string_view what, const std::string& from, const std::string& to) {
    return fmt::format("{} stored \"{}\", recomputed \"{}\"", what, from, to);
  };
  if (a.dims != b.dims) return change("dimensions", words(a.dims), words(b.dims));
  if (a.values.index() != b.values.index()) return "the stored type is not the recomputed one";
  if (a.units != b.units) return change("unit", a.units, b.units);
  if (a.long_name != b.long_name) return change("meaning", a.long_name, b.long_name);
  if (a.flag_meanings != b.flag_meanings) {
    return change("flags", words(a.flag_meanings), words(b.flag_meanings));
  }
  const std::size_t count = element_count(a.values);
  if (count == element_count(b.values)) return "";
  return fmt::format("{} values stored, {} recomputed", count, element_count(b.values));
}

std::optional<Difference> compare(const LabelledArray& stored, const LabelledArray& recomputed, const Places& places) {
  if (const std::string header = header_difference(stored, recomputed); !header.empty()) {
    return Difference{kNoStep, stored.name + ": " + header};
  }
  const std::optional<std::size_t> n = first_difference(stored.values, recomputed.values);
  if (!n) return std::nullopt;
  const Places::Place place = places.of(recomputed, *n);
  return Difference{place.step, fmt::format("{}{}: stored {}, recomputed {}", stored.name, place.text,
                                            value_text(stored, *n), value_text(recomputed, *n))};
}

std::vector<std::string> attribute_differences(const LabelledDataset& stored, const LabelledDataset& recomputed) {
  std::vector<std::string> lines;
  for (const auto& [name, value] : recomputed.attributes) {
    if (name == "source" || name == "code_version" || name == "code_commit" || stored.attribute(name) == value)
      continue;
    lines.push_back(name == "scenario" ? "attribute scenario: this program would write its text differently"
                                       : fmt::format("attribute {}: stored \"{}\", recomputed \"{}\"", name,
                                                     stored.attribute(name), value));
  }
  return lines;
}

}  // namespace

std::vector<std::string> differences(const LabelledDataset& stored, const LabelledDataset& recomputed,
                                     const RunSpec& run) {
  const Places places(recomputed, run);
  std::vector<std::string> lines;
  std::vector<Difference> found;
  std::vector<std::string> absent;
  for (const LabelledArray& array : stored.arrays) {
    const LabelledArray* other = recomputed.find(array.name);
    if (other == nullptr) {
      absent.push_back(array.name + ": stored, but not recomputed");
    } else if (std::optional<Difference> difference = compare(array, *other, places)) {
      if (array.name == kStateDigest && difference->step != kNoStep) {
        lines.push_back(difference->text + "; " +
                        differing_parts(stored, recomputed, static_cast<std::size_t>(difference->step)));
      } else {
        found.push_back(std::move(*difference));
      }
    }
  }
  for (const LabelledArray& array : recomputed.arrays) {
    if (stored.find(array.name) == nullptr) absent.push_back(array.name + ": recomputed, but not stored");
  }
  std::stable_sort(found.begin(), found.end(),
                   [](const Difference& a, const Difference& b) { return a.step < b.step; });
  for (Difference& difference : found) lines.push_back(std::move(difference.text));
  lines.insert(lines.end(), absent.begin(), absent.end());
  const std::vector<std::string> attributes = attribute_differences(stored, recomputed);
  lines.insert(lines.end(), attributes.begin(), attributes.end());
  return lines;
}

}  // namespace splinternet
