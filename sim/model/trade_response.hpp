#pragma once

#include "sim/model/world.hpp"

namespace splinternet {

namespace parameters {

inline constexpr Parameter kMarketAccess =
    at_set_up(option("countries.market_access", "linear|exact",
                     "how an option's real income is found (M16): by the linear response of the world at one "
                     "equilibrium, or by solving the world anew for each option",
                     "[D] docs/MODEL.md (M16)"));
inline constexpr Parameter kMarketAccessRefresh =
    real("countries.market_access_refresh", "1", 1e-3, {0, 10}, {0, 0.01},
         "the linear response is taken anew when a log wage or log home share has moved by more", "[C] (M16)");

}  // namespace parameters

/// Whether countries weigh their market access, so that the linear response is kept.
bool weighs_market_access(const Setting& setting);

/// The series of the linear response if it was taken with the slopes of today's policy, else none.
const ResponseSeries* fitting_series(const World& world);

/// Takes the linear response at the equilibrium of today and books where; nothing if it is not kept.
void take_response(World& world);

/// Takes it anew if the equilibrium has moved by more than `countries.market_access_refresh` since it was last taken,
/// or moved at all and a framework was opened, amended or closed since, and if anybody may decide on anything today.
/// Returns whether it did. A rule of states alone.
bool refresh_response(World& world);

/// The linear response as it was taken at the state that the World holds: after a checkpoint.
void resume_response(World& world);

}  // namespace splinternet
