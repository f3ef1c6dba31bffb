#pragma once

#include <cstddef>
#include <vector>

#include "sim/model/world.hpp"

namespace splinternet {

/// How members share what they gain by being in, in the order of the words of `framework.*.transfers`.
enum class Transfers { kNone, kEqual, kStability };

/// What each member gets of the surplus, in the order of the words of `framework.*.transfer_shares`.
enum class TransferShares { kPerMember, kByGdp };

/// Whether the country is a member that is free to leave: it chooses, and sponsors no framework.
bool may_leave(const World& world, std::size_t country, std::size_t framework);

/// What staying in the framework is worth to each member that may leave, against withdrawing from it alone, at the
/// transfers in force: U_i of staying over withdrawing in pp, times GDP. [country] USD bn a year; 0 for the others.
std::vector<double> membership_margins_busd(const World& world, std::size_t framework);

/// Settles the transfers of every framework anew: among the members that may leave, while it is in force,
/// t_i = λ_i·Σ_j margin_j − margin_i, margins without transfers (each gets its outside option and a share λ of the
/// surplus: almost ideal sharing, Eyckmans & Finus 2004), λ_i = 1/n or GDP_i/Σ GDP; under `stability` only while the
/// surplus is at least 0, up to tie_eps a member (potential internal stability, Carraro, Eyckmans & Finus 2006). They
/// sum to 0. Whoever leaves in the step keeps what was settled for it; an outsider has none to count on.
void settle_transfers(World& world);

}  // namespace splinternet
