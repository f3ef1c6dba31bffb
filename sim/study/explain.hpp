#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "sim/engine/labelled_dataset.hpp"

namespace splinternet {

/// Why a country signed or stayed out, from a result file alone: its memberships at the start, every change with its
/// month, who courted it and how often it refused; then in order of time its decisions (explain_decision) and the
/// answers of organisations in which it has a say (explain_answer). `country` is an ISO code or an English name; with
/// `step` only what happened in that step. Plain text. Throws DataError for an unknown country (with the nearest name)
/// or a step that the run does not have.
std::string explain(const LabelledDataset& result, std::string_view country, std::optional<std::int32_t> step);

}  // namespace splinternet
