#include "sim/coalition/landscape_moves.hpp"

#include <algorithm>
#include <string>
#include <utility>

#include "sim/core/check.hpp"
#include "sim/core/function_ref.hpp"

namespace splinternet::coalition {

namespace {

// One gainful move of an actor to one of its best alliances.
struct Move {
  std::size_t actor;
  std::uint8_t to;
  double gain;       // in frustration
  std::size_t ways;  // best alliances of this actor
};

// Goes through states and the gainful moves out of each.
class Explorer {
 public:
  Explorer(const Landscape& landscape, const PartitionSpace& space, const AllianceMoves& moves)
      : landscape_(landscape),
        space_(space),
        moves_(moves),
        alliance_(space.actors()),
        attraction_(space.most_alliances()) {
    const std::size_t n = landscape.actors();
    SPLINTERNET_CHECK(space.actors() == n, space.actors(), n);
    SPLINTERNET_CHECK(moves.frozen.size() == moves.start.size(), moves.frozen.size(), moves.start.size());
    SPLINTERNET_CHECK(moves.frozen.empty() || moves.frozen.size() == n, moves.frozen.size(), n);
    if (!(moves.tie_eps >= 0.0)) throw DataError("landscape: tie_eps must be at least 0");
  }

  // Whether the state keeps frozen actors divided as they were at the start.
  bool open(std::size_t state) {
    used_ = space_.read(state, alliance_);
    for (std::size_t i = 0; i < moves_.frozen.size(); ++i) {
      for (std::size_t j = 0; j < i; ++j) {
        if (moves_.frozen[i] == 0 || moves_.frozen[j] == 0) continue;
        if ((alliance_[i] == alliance_[j]) != (moves_.start[i] == moves_.start[j])) return false;
      }
    }
    return true;
  }

  // Best moves of each actor that gains in the state opened last; `body` may end them by returning false.
  void for_each_move(FunctionRef<bool(const Move&)> body) {
    const std::size_t options = std::min(used_ + 1, space_.most_alliances());
    for (std::size_t actor = 0; actor < alliance_.size(); ++actor) {
      if (!moves_.frozen.empty() && moves_.frozen[actor] != 0) continue;
      const auto attraction = std::span(attraction_).first(options);
      landscape_.attraction(actor, alliance_, attraction);
      const double best = *std::max_element(attraction.begin(), attraction.end());
      const double own = attraction[alliance_[actor]];
      if (!(best - own > moves_.tie_eps)) continue;
      const auto is_best = [&](double value) { return value >= best - moves_.tie_eps && value - own > moves_.tie_eps; };
      const auto ways = static_cast<std::size_t>(std::count_if(attraction.begin(), attraction.end(), is_best));
      for (std::size_t to = 0; to < options; ++to) {
        if (!is_best(attraction[to])) continue;
        if (!body({actor, static_cast<std::uint8_t>(to), attraction[to] - own, ways})) return;
      }
    }
  }

  // The state after a move out of the one opened last.
  std::size_t after(const Move& move) {
    const std::uint8_t from = std::exchange(alliance_[move.actor], move.to);
    const std::size_t state = space_.find(alliance_);
    alliance_[move.actor] = from;
    return state;
  }

 private:
  const Landscape& landscape_;
  const PartitionSpace& space_;
  const AllianceMoves& moves_;
  std::vector<std::uint8_t> alliance_;
  std::vector<double> attraction_;
  std::size_t used_ = 0;
};

// Which states lead to which: how many moves come in, and the steepest one out.
struct Descent {
  std::vector<std::uint8_t> is_open;
  std::vector<std::uint32_t> moves_in;
  std::vector<std::uint32_t> steepest;  // the state itself at rest
};

Descent descend(Explorer& explorer, const Landscape& landscape, std::size_t states) {
  Descent descent{std::vector<std::uint8_t>(states, 0), std::vector<std::uint32_t>(states, 0),
                  std::vector<std::uint32_t>(states, 0)};
  for (std::size_t state = 0; state < states; ++state) {
    descent.steepest[state] = static_cast<std::uint32_t>(state);
    if (!explorer.open(state)) continue;
    descent.is_open[state] = 1;
    double steepest = 0.0;
    explorer.for_each_move([&](const Move& move) {
      const std::size_t next = explorer.after(move);
      ++descent.moves_in[next];
      const double fall = landscape.size(move.actor) * move.gain;
      if (fall > steepest * (1.0 + 1e-12)) {  // equal falls may differ in their last bits
        steepest = fall;
        descent.steepest[state] = static_cast<std::uint32_t>(next);
      }
      return true;
    });
  }
  return descent;
}

// States so that every move leads to a later one.
std::vector<std::uint32_t> downhill_order(Explorer& explorer, const Descent& descent) {
  std::vector<std::uint32_t> order, waiting = descent.moves_in;
  std::size_t open_states = 0;
  for (std::size_t state = 0; state < waiting.size(); ++state) {
    open_states += descent.is_open[state];
    if (descent.is_open[state] != 0 && waiting[state] == 0) order.push_back(static_cast<std::uint32_t>(state));
  }
  for (std::size_t at = 0; at < order.size(); ++at) {
    explorer.open(order[at]);
    explorer.for_each_move([&](const Move& move) {
      const std::size_t next = explorer.after(move);
      if (--waiting[next] == 0) order.push_back(static_cast<std::uint32_t>(next));
      return true;
    });
  }
  if (order.size() != open_states) {
    throw DataError(
        "landscape: rounding hides which moves lower the energy; raise tie_eps above the rounding of sums of "
        "size times propensity");
  }
  return order;
}

}  // namespace

std::vector<std::size_t> nash_partitions(const Landscape& landscape, const PartitionSpace& space,
                                         const AllianceMoves& moves) {
  Explorer explorer(landscape, space, moves);
  std::vector<std::size_t> found;
  for (std::size_t state = 0; state < space.size(); ++state) {
    if (!explorer.open(state)) continue;
    bool rests = true;
    explorer.for_each_move([&](const Move&) { return rests = false; });
    if (rests) found.push_back(state);
  }
  return found;
}

std::vector<Basin> basins(const Landscape& landscape, const PartitionSpace& space, const AllianceMoves& moves) {
  landscape.require_symmetric();
  Explorer explorer(landscape, space, moves);
  const Descent descent = descend(explorer, landscape, space.size());
  const std::vector<std::uint32_t> order = downhill_order(explorer, descent);
  std::vector<std::uint32_t> starts(descent.is_open.begin(), descent.is_open.end());
  std::vector<double> probability(space.size(), 0.0);
  for (const std::uint32_t state : order) probability[state] = 1.0 / static_cast<double>(order.size());
  std::vector<Basin> found;
  for (const std::uint32_t state : order) {
    explorer.open(state);
    std::size_t movers = 0, last = space.actors();
    explorer.for_each_move([&](const Move& move) {
      movers += move.actor != std::exchange(last, move.actor) ? 1 : 0;
      return true;
    });
    if (movers == 0) {
      found.push_back({state, starts[state], probability[state]});
      continue;
    }
    starts[descent.steepest[state]] += starts[state];
    explorer.for_each_move([&](const Move& move) {
      probability[explorer.after(move)] += probability[state] / static_cast<double>(movers * move.ways);
      return true;
    });
  }
  std::sort(found.begin(), found.end(), [](const Basin& a, const Basin& b) { return a.state < b.state; });
  return found;
}

}  // namespace splinternet::coalition
