#pragma once

#include "sim/scenario/parameter.hpp"

/// Numbers of a framework: one value per framework, "framework.<id>.…".
namespace splinternet::parameters {

inline constexpr Parameter kDirection = real(
    "framework.*.direction", "1", 0, {-1, 1}, {-1, 1},
    "side of the UNGA ideal-point axis that the framework stands for: y_k in (M3)", "[D] +1 Clean Network, -1 GIDS");
inline constexpr Parameter kCredibility =
    real("framework.*.credibility", "1", 0.5, {0, 1}, {0, 1},
         "how far its promises about the conduct of states are believed at the start: c_k in (M17)",
         "[J] GIDS .3, others .5");
inline constexpr Parameter kMemberRestrictiveness =
    real("framework.*.member_restrictiveness", "1", 0.50, {0, 1}, {0.3, 0.7},
         "restrictiveness of a member towards untrusted homes with all clean_* provisions at strength 1: r_k", "[J]");
inline constexpr Parameter kMissionsPerMonth =
    real("framework.*.missions_per_month", "missions per month", 0, {0, 1000}, {0.5, 9},
         "targets that the sponsors can court in a month; an organisation is one target",
         "[C] Clean Network 6: 27 new members 2020-08 to 12; GIDS 1: 8 separate acts");
inline constexpr Parameter kBudget = real("framework.*.budget_busd", "USD bn per year", 1, {0, 10000}, {0, 5},
                                          "grant equivalent of all offers of a year",
                                          "[J] Ecuador-DFC USD 2.8-3.5 bn loan [S] at 25-30 % grant element");
inline constexpr Parameter kStrategy =
    option("framework.*.strategy", "targeted|uniform|none|rival_aware|cascade",
           "who is courted: those of the highest value times probability; all alike, in an order drawn anew; nobody; "
           "the best reply to the rivals' last lists; those whose accession brings most others along",
           "[J] (M13)");
inline constexpr Parameter kBudgetRule = option(
    "framework.*.budget_rule", "needed|equal",
    "what a visit to a country carries: the offer it needs, or an equal share of the month's budget", "[J] (M13)");
inline constexpr Parameter kRivalry =
    real("framework.*.rivalry", "1", 1, {0, 100}, {0, 2},
         "under rival_aware, worth of keeping a target from a rival, against winning it", "[J] 1: a zero-sum contest");
inline constexpr Parameter kTransfers =
    option("framework.*.transfers", "none|equal|stability",
           "transfers among members that are free to leave: none; the sum of what each gains by being in is shared out "
           "anew, whatever it is; only while it is at least 0, so that all are held",
           "[S] Carraro, Eyckmans & Finus 2006");
inline constexpr Parameter kTransferShares =
    option("framework.*.transfer_shares", "per_member|by_gdp",
           "what each gets of the surplus: the same sum, or the same percentage of GDP",
           "[S] Eyckmans & Finus 2004: any shares");
inline constexpr Parameter kAdmission =
    option("framework.*.admission", "open|invitation|sponsor|majority|unanimity",
           "who may accede: all on their own; those courted; those to whom all sponsors, more than half of the members "
           "or all members consent",
           "[D]; Yi 1997, Games Econ. Behav. 20:201");
inline constexpr Parameter kForceMembers = integer("framework.*.entry_into_force_members", "members", 0, {0, 2000},
                                                   {0, 60}, "signatories needed before provisions bind", "[D]");
inline constexpr Parameter kForceGdpShare =
    real("framework.*.entry_into_force_gdp_share", "1", 0, {0, 1}, {0, 0.6},
         "share of world GDP that must have signed before provisions bind", "[D]");

inline constexpr Parameter kOpenAtStart = flag(
    "framework.*.open_at_start", false, "whether it is open from the start, without an event that opens it", "[D]");
inline constexpr Parameter kInitiators = at_set_up(integer(
    "framework.*.initiators", "actors", 0, {0, 1e7}, {0, 1e4},
    "actors, drawn by lot beside the sponsors, who are committed to it from the opening: a world of actors only",
    "[D]"));

inline constexpr const Parameter* kFrameworkRows[] = {&kDirection,        &kCredibility, &kMemberRestrictiveness,
                                                      &kMissionsPerMonth, &kBudget,      &kStrategy,
                                                      &kBudgetRule,       &kRivalry,     &kTransfers,
                                                      &kTransferShares,   &kAdmission,   &kForceMembers,
                                                      &kForceGdpShare,    &kOpenAtStart, &kInitiators};

}  // namespace splinternet::parameters
