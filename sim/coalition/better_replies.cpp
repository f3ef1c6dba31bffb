#include "sim/coalition/better_replies.hpp"

#include <algorithm>
#include <limits>
#include <utility>

#include "sim/core/check.hpp"

namespace splinternet::coalition {

namespace {

constexpr std::uint32_t kNone = std::numeric_limits<std::uint32_t>::max();

// Walks the replies out of a profile one by one, so that no edge is stored.
class Replies {
 public:
  Replies(const OwnMoves& moves, Reply reply, double tie_eps) : moves_(moves), reply_(reply), tie_eps_(tie_eps) {
    for (std::size_t actor = 0; actor < moves.actors(); ++actor) {
      for (std::size_t option = 0; option < moves.options(actor); ++option) changes_.push_back({actor, option});
    }
  }

  // The profile of the next reply at or after `cursor`, which moves behind it; kNone after the last.
  std::uint32_t next(std::size_t profile, std::uint32_t& cursor) const {
    while (cursor < changes_.size()) {
      const auto [actor, option] = changes_[cursor++];
      const double gain = moves_.gain(actor, profile, option);
      if (!(gain > tie_eps_)) continue;  // nor if it is barred
      if (reply_ == Reply::kBest && gain < best_gain(actor, profile) - tie_eps_) continue;
      return static_cast<std::uint32_t>(moves_.deviation(profile, actor, option));
    }
    return kNone;
  }

 private:
  [[nodiscard]] double best_gain(std::size_t actor, std::size_t profile) const {
    double best = 0.0;
    for (std::size_t option = 0; option < moves_.options(actor); ++option) {
      const double gain = moves_.gain(actor, profile, option);
      if (gain > best) best = gain;
    }
    return best;
  }

  struct Change {
    std::size_t actor, option;
  };
  const OwnMoves& moves_;
  Reply reply_;
  double tie_eps_;
  std::vector<Change> changes_;
};

// Tarjan's algorithm without recursion.
class ComponentSearch {
 public:
  ComponentSearch(const Replies& replies, std::size_t profiles)
      : replies_(replies),
        found_(profiles, kNone),
        lowest_(profiles),
        cursor_(profiles, 0),
        component_(profiles, kNone) {
    for (std::uint32_t profile = 0; profile < profiles; ++profile) {
      if (found_[profile] == kNone) search_from(profile);
    }
  }

  // Component of each profile, in the order in which they were closed.
  std::vector<std::uint32_t> take() { return std::move(component_); }

 private:
  void enter(std::uint32_t profile) {
    found_[profile] = lowest_[profile] = order_++;
    open_.push_back(profile);
    path_.push_back(profile);
  }

  void search_from(std::uint32_t root) {
    enter(root);
    while (!path_.empty()) {
      const std::uint32_t at = path_.back();
      const std::uint32_t to = replies_.next(at, cursor_[at]);
      if (to == kNone) {
        leave(at);
      } else if (found_[to] == kNone) {
        enter(to);
      } else if (component_[to] == kNone) {
        lowest_[at] = std::min(lowest_[at], found_[to]);
      }
    }
  }

  void leave(std::uint32_t profile) {
    path_.pop_back();
    if (!path_.empty()) lowest_[path_.back()] = std::min(lowest_[path_.back()], lowest_[profile]);
    if (lowest_[profile] != found_[profile]) return;
    std::uint32_t member = kNone;
    while (member != profile) {
      member = open_.back();
      open_.pop_back();
      component_[member] = closed_;
    }
    ++closed_;
  }

  const Replies& replies_;
  std::uint32_t order_ = 0, closed_ = 0;
  std::vector<std::uint32_t> found_, lowest_, cursor_, component_;
  std::vector<std::uint32_t> open_, path_;
};

}  // namespace

std::size_t ReplyComponents::cycles() const {
  return static_cast<std::size_t>(
      std::count_if(size.begin(), size.end(), [](std::size_t members) { return members > 1; }));
}

ReplyComponents reply_components(const OwnMoves& moves, Reply reply, double tie_eps) {
  if (!(tie_eps >= 0.0)) throw DataError("game: tie_eps must be at least 0");
  const Replies replies(moves, reply, tie_eps);
  ReplyComponents result;
  result.component = ComponentSearch(replies, moves.profiles()).take();
  std::vector<std::uint32_t> number(moves.profiles(), kNone);
  for (std::uint32_t& component : result.component) {
    if (number[component] == kNone) {
      number[component] = static_cast<std::uint32_t>(result.size.size());
      result.size.push_back(0);
    }
    component = number[component];
    ++result.size[component];
  }
  result.is_sink.assign(result.size.size(), 1);
  for (std::size_t profile = 0; profile < moves.profiles(); ++profile) {
    const std::uint32_t component = result.component[profile];
    std::uint32_t cursor = 0;
    for (std::uint32_t to = replies.next(profile, cursor); to != kNone; to = replies.next(profile, cursor)) {
      if (result.component[to] != component) result.is_sink[component] = 0;
    }
  }
  return result;
}

ReplyComponents reply_components(const FiniteGame& game, Reply reply, double tie_eps) {
  return reply_components(OwnMoves(game), reply, tie_eps);
}

}  // namespace splinternet::coalition
