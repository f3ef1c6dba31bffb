#include "sim/scenario/events.hpp"

#include <limits>

namespace splinternet {
namespace {

template <class... Fields>
constexpr unsigned fields(Fields... all) {
  return (static_cast<unsigned>(all) | ... | 0U);
}

using F = EventField;
using K = EventKind;
constexpr double kInfinity = std::numeric_limits<double>::infinity();

}  // namespace

const std::array<EventKindRow, kEventKindCount> kEventKinds = {{
    {K::kOpen, "open", fields(F::kFramework), "", 0, 0, "the framework opens for accession"},
    {K::kCloseCourting, "close_courting", fields(F::kFramework), "", 0, 0, "its sponsors send no more missions"},
    {K::kClose, "close", fields(F::kFramework), "", 0, 0, "the framework closes: no further accessions"},
    {K::kAmend, "amend", fields(F::kFramework, F::kParameter, F::kAmount), "new strength of the provision (0–1)", 0, 1,
     "a provision gets another strength"},
    {K::kBriefing, "briefing", fields(F::kFramework, F::kAmount), "months of missions saved up", 0, 60,
     "missions saved up before the opening"},
    {K::kBan, "ban", fields(F::kFirm, F::kCountries), "", 0, 0, "the firm is barred from the markets named"},
    {K::kDivest, "divest", fields(F::kFirm, F::kBuyer, F::kCountries), "", 0, 0,
     "the firm sells its business in the markets named to the buyer"},
    {K::kEntityList, "entity_list", fields(F::kFirm, F::kPartners), "", 0, 0,
     "suppliers of the homes named stop supplying the firm"},
    {K::kPressure, "pressure", fields(F::kFramework, F::kCountries), "", 0, 0,
     "the sponsor courts the named countries every month, beside its missions"},
    {K::kTariff, "tariff", fields(F::kCountries, F::kPartners, F::kAmount), "iceberg cost τ − 1", 0, 100,
     "an iceberg cost on trade, both ways, between the countries and the partners named"},
    {K::kDomesticRule, "domestic_rule", fields(F::kCountries, F::kAmount), "added to home restrictiveness", -1, 1,
     "a country's own rules become tighter or looser, towards all or towards the partners named", fields(F::kPartners)},
    {K::kRevelation, "revelation", fields(F::kFramework, F::kAmount), "loss of credibility", 0, 1,
     "a scandal lowers the framework's credibility"},
    {K::kFraudShock, "fraud_shock", fields(F::kAmount), "factor on fear", 0, 10, "fear is multiplied for a while"},
    {K::kCableCut, "cable_cut", fields(F::kCable), "", 0, 0, "all segments of a cable are out of use"},
    {K::kLeaderChange, "leader_change", fields(F::kCountries, F::kAmount), "added to the ideal point (s.d.)", -4, 4,
     "new leaders move the ideal points; refusals are forgotten"},
    {K::kShock, "shock", fields(F::kParameter, F::kAmount), "value of the parameter", -kInfinity, kInfinity,
     "a parameter takes another value for a while"},
    {K::kPropose, "propose", fields(F::kFramework, F::kCountries), "", 0, 0,
     "those of the named countries that are outside are asked to accede together"},
}};

}  // namespace splinternet
