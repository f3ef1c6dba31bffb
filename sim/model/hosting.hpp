#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "sim/scenario/scenario.hpp"
#include "sim/scenario/world_tables.hpp"

namespace splinternet {

namespace parameters {

inline constexpr Parameter kHostingHomeShare = at_set_up(
    real("data.hosting_home_share", "1", 0.5, {0, 1}, {0.1, 0.9},
         "share of a country's data use that is hosted at home whoever owns the cloud, without a table hosting",
         "[J] half: Internet Society, 50/50 Vision; own top-level domains 50-97 % at home (Pingdom 2012)"));
inline constexpr Parameter kHostingCloudShare =
    at_set_up(real("data.hosting_cloud_share", "1", 0.7, {0, 1}, {0.4, 0.9},
                   "of the rest, share at the homes of the cloud firms that sell there; what is left is at the "
                   "nearest hub",
                   "[J] 42 % of the top million sites were hosted in the US (Pingdom 2012)"));
inline constexpr Parameter kHostingHubs = at_set_up(integer("data.hosting_hubs", "countries", 15, {1, 2000}, {5, 30},
                                                            "hubs: the countries with the largest digital economies",
                                                            "[J] like clouds' regions of 2020 [M]"));

inline constexpr const Parameter* kHostingRows[] = {&kHostingHomeShare, &kHostingCloudShare, &kHostingHubs};

}  // namespace parameters

/// H[user][host]: share of the user's data use that is served from the host; rows sum to 1. The table hosting, where
/// the world has one; else constructed: `hosting_home_share` at home, of the rest `hosting_cloud_share` at the homes of
/// the cloud firms that sell in the country, by their sales there (half of a firm's sales are at home, the rest in its
/// other markets by GDP; where nobody is known to sell, by what all sell abroad), and what is left at the nearest hub,
/// which for a hub is itself. Content is where large clouds are rather than where it is near: Edmundson et al. 2018
/// (local content is often hosted abroad, in the United States and the Netherlands), Blum & Goldfarb 2006.
std::vector<double> hosting_matrix(const Scenario& scenario, const WorldTables& tables);

/// Moves what untrusted hosts hold of a user's row [host] to the others in proportion to what they hold; all of it to
/// the user's own country if nothing remains. What is hosted at home stays. The sum of the row stays the same.
void rehost(std::span<double> row, std::size_t user, std::span<const std::uint8_t> untrusted);

}  // namespace splinternet
