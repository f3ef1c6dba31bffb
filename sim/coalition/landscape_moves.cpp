#include "sim/coalition/landscape_moves.hpp"

#include <algorithm>
#include <string>
#include <utility>

#include "sim/core/check.hpp"

namespace splinternet::coalition {

namespace {

// One gainful move of an actor to one of its best alliances.
struct Move {
  std::size_t actor;
  double fall;       // of half the energy
  std::size_t ways;  // best alliances of this actor
  std::size_t next;  // state after it
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

  // Best moves of each actor that gains in the state opened last, actor by actor; valid until the next call.
  const std::vector<Move>& find_moves() {
    found_.clear();
    for (std::size_t actor = 0; actor < alliance_.size(); ++actor) add_moves_of(actor);
    return found_;
  }

  // Whether no actor gains in the state opened last.
  bool rests() {
    found_.clear();
    for (std::size_t actor = 0; actor < alliance_.size() && found_.empty(); ++actor) add_moves_of(actor);
    return found_.empty();
  }

 private:
  void add_moves_of(std::size_t actor) {
    if (!moves_.frozen.empty() && moves_.frozen[actor] != 0) return;
    const auto attraction = std::span(attraction_).first(std::min(used_ + 1, space_.most_alliances()));
    landscape_.attraction(actor, alliance_, attraction);
    const double best = *std::max_element(attraction.begin(), attraction.end());
    const double own = attraction[alliance_[actor]];
    if (!(best - own > moves_.tie_eps)) return;
    const std::size_t first = found_.size();
    for (std::size_t to = 0; to < attraction.size(); ++to) {
      const double gain = attraction[to] - own;
      if (attraction[to] < best - moves_.tie_eps || !(gain > moves_.tie_eps)) continue;
      const auto from = std::exchange(alliance_[actor], static_cast<std::uint8_t>(to));
      found_.push_back({actor, landscape_.size(actor) * gain, 0, space_.find(alliance_)});
      alliance_[actor] = from;
    }
    for (std::size_t move = first; move < found_.size(); ++move) found_[move].ways = found_.size() - first;
  }

  const Landscape& landscape_;
  const PartitionSpace& space_;
  const AllianceMoves& moves_;
  std::vector<std::uint8_t> alliance_;
  std::vector<double> attraction_;
  std::size_t used_ = 0;
  std::vector<Move> found_;
};

// The first of the moves that lower the energy most.
std::size_t steepest(const std::vector<Move>& moves) {
  const Move* best = &moves.front();
  for (const Move& move : moves) {
    if (move.fall > best->fall * (1.0 + 1e-12)) best = &move;  // equal falls may differ in their last bits
  }
  return best->next;
}

std::size_t number_of_movers(const std::vector<Move>& moves) {
  std::size_t movers = 1;
  for (std::size_t at = 1; at < moves.size(); ++at) movers += moves[at].actor != moves[at - 1].actor ? 1 : 0;
  return movers;
}

// What has come into each state from those above it, taken one by one as soon as nothing more can come in.
class Flow {
 public:
  Flow(Explorer& explorer, std::size_t states)
      : explorer_(explorer), moves_in_(states, 0), starts_(states, 0), probability_(states, 0.0) {
    for (std::size_t state = 0; state < states; ++state) {
      if (!explorer.open(state)) continue;
      starts_[state] = 1;
      ++open_states_;
      for (const Move& move : explorer.find_moves()) ++moves_in_[move.next];
    }
    for (std::size_t state = 0; state < states; ++state) {
      if (starts_[state] == 0) continue;
      probability_[state] = 1.0 / static_cast<double>(open_states_);
      if (moves_in_[state] == 0) order_.push_back(static_cast<std::uint32_t>(state));
    }
  }

  // The states of rest, as they are reached.
  std::vector<Basin> run() {
    std::vector<Basin> found;
    for (std::size_t at = 0; at < order_.size(); ++at) {
      const std::size_t state = order_[at];
      explorer_.open(state);
      const std::vector<Move>& moves = explorer_.find_moves();
      if (moves.empty()) {
        found.push_back({state, starts_[state], probability_[state]});
      } else {
        pass_on(state, moves);
      }
    }
    if (order_.size() != open_states_) {
      throw DataError(
          "landscape: rounding hides which moves lower the energy; raise tie_eps above the rounding of sums of size "
          "times propensity");
    }
    return found;
  }

 private:
  void pass_on(std::size_t state, const std::vector<Move>& moves) {
    starts_[steepest(moves)] += starts_[state];
    const double share = probability_[state] / static_cast<double>(number_of_movers(moves));
    for (const Move& move : moves) {
      probability_[move.next] += share / static_cast<double>(move.ways);
      if (--moves_in_[move.next] == 0) order_.push_back(static_cast<std::uint32_t>(move.next));
    }
  }

  Explorer& explorer_;
  std::size_t open_states_ = 0;
  std::vector<std::uint32_t> moves_in_, starts_, order_;
  std::vector<double> probability_;
};

}  // namespace

std::vector<std::size_t> nash_partitions(const Landscape& landscape, const PartitionSpace& space,
                                         const AllianceMoves& moves) {
  Explorer explorer(landscape, space, moves);
  std::vector<std::size_t> found;
  for (std::size_t state = 0; state < space.size(); ++state) {
    if (explorer.open(state) && explorer.rests()) found.push_back(state);
  }
  return found;
}

std::vector<Basin> basins(const Landscape& landscape, const PartitionSpace& space, const AllianceMoves& moves) {
  landscape.require_symmetric();
  Explorer explorer(landscape, space, moves);
  std::vector<Basin> found = Flow(explorer, space.size()).run();
  std::sort(found.begin(), found.end(), [](const Basin& a, const Basin& b) { return a.state < b.state; });
  return found;
}

}  // namespace splinternet::coalition
