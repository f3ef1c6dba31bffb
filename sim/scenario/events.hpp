#pragma once

#include <array>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "sim/core/date.hpp"

namespace splinternet {

/// Instruments: what can happen at a date or some months after another event (MODEL.md, "Instruments").
enum class EventKind : std::size_t {
  kOpen,
  kCloseCourting,
  kClose,
  kAmend,
  kBriefing,
  kBan,
  kDivest,
  kEntityList,
  kPressure,
  kTariff,
  kDomesticRule,
  kRevelation,
  kFraudShock,
  kCableCut,
  kLeaderChange,
  kShock,
  kPropose,
};
inline constexpr std::size_t kEventKindCount = 17;

/// One event as the scenario states it; which fields a kind needs and allows is told by `event_kind_row`.
struct EventSpec {
  std::string id;
  EventKind kind = EventKind::kOpen;
  std::optional<Date> date;   ///< when it happens, or
  std::string after;          ///< the id of the event that it follows
  int delay_months = 0;       ///< months after that event
  std::optional<Date> until;  ///< its effect ends on this day (absent: never)
  std::string framework;
  std::string firm;
  std::string buyer;
  std::string parameter;               ///< full path (shock) or provision (amend)
  std::string cable;                   ///< name of the cable that is cut
  std::vector<std::string> countries;  ///< markets, targets, exporters of a tariff, …
  std::vector<std::string> partners;   ///< importers of a tariff; homes of suppliers; whose data a rule is about
  double amount = 0.0;
  std::string source;  ///< evidence, for the reader; never used by the model
};

/// The fields an event may have beside kind, date, after, delay_months, until, enabled and source.
enum class EventField : unsigned {
  kFramework = 1,
  kFirm = 2,
  kBuyer = 4,
  kParameter = 8,
  kCable = 16,
  kCountries = 32,
  kPartners = 64,
  kAmount = 128,
};

struct EventKindRow {
  EventKind kind;
  std::string_view name;
  unsigned required;  ///< bits of EventField
  std::string_view amount_meaning;
  double amount_lower;
  double amount_upper;
  std::string_view meaning;
  unsigned optional = 0;  ///< bits of EventField that may be left out
};

/// What each kind means and needs, in the order of the enum.
extern const std::array<EventKindRow, kEventKindCount> kEventKinds;

inline const EventKindRow& event_kind_row(EventKind kind) {
  return kEventKinds[static_cast<std::size_t>(kind)];
}
/// Whether the kind has an effect that lasts and can end (`until`); the others act once, when they happen.
inline bool lasts(EventKind kind) {
  return kind != EventKind::kOpen && kind != EventKind::kCloseCourting && kind != EventKind::kClose &&
         kind != EventKind::kBriefing && kind != EventKind::kRevelation && kind != EventKind::kPropose;
}
/// Whether an event of the kind must have the field.
inline bool needs(EventKind kind, EventField field) {
  return (event_kind_row(kind).required & static_cast<unsigned>(field)) != 0;
}
/// Whether an event of the kind must or may have the field.
inline bool takes(EventKind kind, EventField field) {
  return needs(kind, field) || (event_kind_row(kind).optional & static_cast<unsigned>(field)) != 0;
}

}  // namespace splinternet
