#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "sim/engine/labelled_dataset.hpp"

namespace splinternet {

/// Where two runs part, from their result files alone: how their scenarios differ; then the first change of membership
/// that only one of them has, of one country or (without `country`) of any, the lowest code first; and why: the two
/// decisions side by side with the term that made them part, draws, options or offers that differ, or the answers of an
/// organisation; or that only one run asked the country. If memberships never part, the first decision that differs in
/// anything is told, or that none does. Plain text. Throws DataError for an unknown country, or if the runs weigh other
/// terms or have other countries where these must be compared.
std::string explain_parting(const LabelledDataset& first, const LabelledDataset& second,
                            std::optional<std::string_view> country);

}  // namespace splinternet
