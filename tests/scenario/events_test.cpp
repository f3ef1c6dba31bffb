#include "sim/scenario/events.hpp"

#include <cmath>
#include <set>

#include "tests/support/catch.hpp"

namespace splinternet::testing {
namespace {

TEST_CASE("there is one row per kind, in the order of the enum, each with a name and a meaning of its own") {
  std::set<std::string_view> names;
  std::set<std::string_view> meanings;
  for (std::size_t n = 0; n < kEventKindCount; ++n) {
    const EventKindRow& row = kEventKinds[n];
    CHECK(static_cast<std::size_t>(row.kind) == n);
    CHECK(&event_kind_row(row.kind) == &row);
    CHECK(names.insert(row.name).second);
    CHECK(meanings.insert(row.meaning).second);
  }
  CHECK(static_cast<std::size_t>(EventKind::kPropose) + 1 == kEventKindCount);
  CHECK(event_kind_row(EventKind::kCableCut).name == "cable_cut");
}

TEST_CASE("an amount has a range and a meaning exactly where it is needed") {
  for (const EventKindRow& row : kEventKinds) {
    CAPTURE(row.name);
    CHECK(needs(row.kind, EventField::kAmount) == !row.amount_meaning.empty());
    CHECK(needs(row.kind, EventField::kAmount) == (row.amount_lower < row.amount_upper));
  }
}

TEST_CASE("each kind needs the fields that it acts on") {
  using F = EventField;
  CHECK(needs(EventKind::kOpen, F::kFramework));
  CHECK_FALSE(needs(EventKind::kOpen, F::kCountries));
  CHECK((needs(EventKind::kAmend, F::kParameter) && needs(EventKind::kAmend, F::kFramework)));
  CHECK((needs(EventKind::kBan, F::kFirm) && needs(EventKind::kBan, F::kCountries)));
  CHECK((needs(EventKind::kDivest, F::kBuyer) && needs(EventKind::kDivest, F::kCountries)));
  CHECK((needs(EventKind::kEntityList, F::kPartners) && !needs(EventKind::kEntityList, F::kCountries)));
  CHECK((needs(EventKind::kTariff, F::kCountries) && needs(EventKind::kTariff, F::kPartners)));
  CHECK(needs(EventKind::kCableCut, F::kCable));
  CHECK((needs(EventKind::kPropose, F::kFramework) && needs(EventKind::kPropose, F::kCountries)));
  CHECK_FALSE(lasts(EventKind::kPropose));
  CHECK((needs(EventKind::kShock, F::kParameter) && !needs(EventKind::kShock, F::kFramework)));
  CHECK_FALSE(needs(EventKind::kFraudShock, F::kCountries));
}

TEST_CASE("what a kind needs it also takes; only a domestic rule takes more") {
  for (const EventKindRow& row : kEventKinds) {
    CAPTURE(row.name);
    CHECK((row.required & row.optional) == 0);
    CHECK((row.optional != 0) == (row.kind == EventKind::kDomesticRule));
  }
  CHECK(takes(EventKind::kTariff, EventField::kPartners));
  CHECK((takes(EventKind::kDomesticRule, EventField::kPartners) &&
         !needs(EventKind::kDomesticRule, EventField::kPartners)));
  CHECK_FALSE(takes(EventKind::kLeaderChange, EventField::kPartners));
}

TEST_CASE("a tariff is a cost, a revelation a share, a shock any number") {
  CHECK(event_kind_row(EventKind::kTariff).amount_lower == 0.0);
  CHECK(event_kind_row(EventKind::kRevelation).amount_upper == 1.0);
  CHECK(std::isinf(event_kind_row(EventKind::kShock).amount_upper));
}

}  // namespace
}  // namespace splinternet::testing
