#pragma once

#include <memory>

#include "sim/graph/network.hpp"

namespace splinternet {
struct Setting;
}

namespace splinternet::bench {

/// The flagship scenario with its tables (198 countries), read at the first call.
std::shared_ptr<const Setting> flagship();

/// The flagship read anew.
std::shared_ptr<const Setting> read_flagship();

/// The link graph of the flagship.
Network flagship_network();

}  // namespace splinternet::bench
