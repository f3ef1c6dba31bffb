#include "sim/scenario/provisions.hpp"

namespace splinternet {
namespace {

constexpr Parameter strength(std::string_view path, std::string_view meaning) {
  return real(path, "1", 0.0, {0, 1}, {0, 1}, meaning, "[D] strength of a provision: 0 absent, 1 in full");
}

constexpr std::string_view kPrefix = "framework.*.provisions.";

}  // namespace

const std::array<Parameter, kProvisionCount> kProvisionStrength = {
    strength("framework.*.provisions.clean_carrier", "traffic does not pass untrusted homes or their carriers"),
    strength("framework.*.provisions.clean_cable", "traffic does not use links that untrusted homes own"),
    strength("framework.*.provisions.clean_path", "no new untrusted network equipment; the installed base is replaced"),
    strength("framework.*.provisions.clean_cloud", "data are not hosted by untrusted clouds, which lose the market"),
    strength("framework.*.provisions.clean_store", "untrusted platforms leave the app stores"),
    strength("framework.*.provisions.clean_apps", "untrusted devices lose the trusted apps and part of the market"),
    strength("framework.*.provisions.no_backdoors", "no back doors in products and services"),
    strength("framework.*.provisions.no_mass_surveillance", "no mass surveillance of other states"),
    strength("framework.*.provisions.no_illegal_collection", "no illegal collection of foreign personal data"),
    strength("framework.*.provisions.local_law", "host law binds foreign data: a cost for firms of non-members"),
    strength("framework.*.provisions.mutual_recognition", "members recognise each other's rules (adequacy)"),
    strength("framework.*.provisions.evidence_based", "no exclusion of members' firms without evidence"),
    strength("framework.*.provisions.open_supply_chain", "members do not cut members' supply of ICT"),
};

std::string_view name(Provision provision) {
  return kProvisionStrength[static_cast<std::size_t>(provision)].path.substr(kPrefix.size());
}

}  // namespace splinternet
