#include "sim/study/state_symmetry.hpp"

#include <algorithm>
#include <bit>
#include <cmath>
#include <numeric>

namespace splinternet {
namespace {

/// Most states times names that are gone through.
constexpr std::size_t kMostNamedStates = std::size_t{1} << 26;

std::vector<std::size_t> same_names(std::size_t frameworks) {
  std::vector<std::size_t> name(frameworks);
  std::iota(name.begin(), name.end(), std::size_t{0});
  return name;
}

std::vector<std::size_t> members_of(FrameworkSet set) {
  std::vector<std::size_t> members;
  for (std::size_t k = 0; set != 0; ++k, set >>= 1U) {
    if ((set & 1U) != 0) members.push_back(k);
  }
  return members;
}

}  // namespace

StateSymmetry::StateSymmetry(const StateGame& game, double tolerance) : game_(game) {
  FrameworkSet all = 0;
  for (const std::vector<FrameworkSet>& sets : game.sets) {
    for (const FrameworkSet set : sets) all |= set;
  }
  frameworks_ = static_cast<std::size_t>(std::bit_width(all));
  find_classes(tolerance);
  add_renamings();
  for (std::size_t state = 0; state < game.moves.profiles(); ++state) kinds_ += lowest(state) == state ? 1 : 0;
}

StateSymmetry::Renaming StateSymmetry::renaming(const std::vector<std::size_t>& name) const {
  Renaming to;
  for (const std::vector<FrameworkSet>& sets : game_.sets) {
    std::vector<std::size_t>& of_actor = to.emplace_back();
    for (const FrameworkSet set : sets) {
      FrameworkSet renamed = 0;
      for (const std::size_t k : members_of(set)) renamed |= bit(name[k]);
      const auto place = std::find(sets.begin(), sets.end(), renamed);
      if (place == sets.end()) return {};
      of_actor.push_back(static_cast<std::size_t>(place - sets.begin()));
    }
  }
  return to;
}

std::size_t StateSymmetry::rename(const Renaming& renaming, std::size_t state) const {
  std::size_t renamed = state;
  for (std::size_t actor = 0; actor < renaming.size(); ++actor) {
    renamed = game_.moves.deviation(renamed, actor, renaming[actor][game_.moves.choice(actor, state)]);
  }
  return renamed;
}

bool StateSymmetry::is_symmetric(std::size_t k, std::size_t l, double tolerance) const {
  std::vector<std::size_t> name = same_names(frameworks_);
  std::swap(name[k], name[l]);
  const Renaming to = renaming(name);
  if (to.empty()) return false;
  for (std::size_t state = 0; state < game_.moves.profiles(); ++state) {
    const std::size_t renamed = rename(to, state);
    for (std::size_t actor = 0; actor < to.size(); ++actor) {
      for (std::size_t option = 0; option < to[actor].size(); ++option) {
        const double here = game_.moves.gain(actor, state, option);
        const double there = game_.moves.gain(actor, renamed, to[actor][option]);
        if (std::isnan(here) != std::isnan(there) || std::fabs(here - there) > tolerance) return false;
      }
    }
  }
  return true;
}

void StateSymmetry::find_classes(double tolerance) {
  std::vector<FrameworkSet> classes;
  for (std::size_t k = 0; k < frameworks_; ++k) {
    const auto same = std::find_if(classes.begin(), classes.end(), [&](FrameworkSet set) {
      return is_symmetric(static_cast<std::size_t>(std::countr_zero(set)), k, tolerance);
    });
    if (same == classes.end()) {
      classes.push_back(bit(k));
    } else {
      *same |= bit(k);
    }
  }
  std::size_t named = game_.moves.profiles();
  for (const FrameworkSet set : classes) {
    for (int names = 2; names <= std::popcount(set); ++names) named *= static_cast<std::size_t>(names);
    if (named > kMostNamedStates) return;
  }
  std::copy_if(classes.begin(), classes.end(), std::back_inserter(classes_),
               [](FrameworkSet set) { return std::popcount(set) > 1; });
}

void StateSymmetry::add_renamings() {
  std::vector<std::vector<std::size_t>> names = {same_names(frameworks_)};
  for (const FrameworkSet set : classes_) {
    const std::vector<std::size_t> members = members_of(set);
    std::vector<std::vector<std::size_t>> more;
    for (const std::vector<std::size_t>& name : names) {
      std::vector<std::size_t> order = members;
      do {
        more.push_back(name);
        for (std::size_t n = 0; n < members.size(); ++n) more.back()[members[n]] = order[n];
      } while (std::next_permutation(order.begin(), order.end()));
    }
    names = std::move(more);
  }
  for (std::size_t n = 1; n < names.size(); ++n) renamings_.push_back(renaming(names[n]));
}

std::size_t StateSymmetry::lowest(std::size_t state) const {
  std::size_t lowest = state;
  for (const Renaming& to : renamings_) lowest = std::min(lowest, rename(to, state));
  return lowest;
}

std::size_t StateSymmetry::names(std::size_t state) const {
  std::vector<std::size_t> states = {state};
  for (const Renaming& to : renamings_) states.push_back(rename(to, state));
  std::sort(states.begin(), states.end());
  return static_cast<std::size_t>(std::unique(states.begin(), states.end()) - states.begin());
}

}  // namespace splinternet
