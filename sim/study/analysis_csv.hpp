#pragma once

#include <string>

#include "sim/study/analyse.hpp"

namespace splinternet {

/// All numbers of the analysis as one CSV table (RFC 4180) with the columns part, framework, country, quantity, value,
/// standard_error and unit. Parts: stability, margin, power, traffic, pivotal. Values in the shortest form that reads
/// back to the same bits; empty where there is none. Yes and no are 1 and 0.
std::string analysis_csv(const Analysis& analysis);

}  // namespace splinternet
