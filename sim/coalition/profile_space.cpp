#include "sim/coalition/profile_space.hpp"

#include <utility>

#include "sim/coalition/actor_set.hpp"
#include "sim/core/check.hpp"

namespace splinternet::coalition {

ProfileSpace::ProfileSpace(std::vector<std::size_t> options) : options_(std::move(options)) {
  if (options_.empty()) throw DataError("game: no actor");
  stride_.resize(options_.size());
  for (std::size_t actor = options_.size(); actor-- > 0;) {
    if (options_[actor] == 0 || options_[actor] > 255) {
      throw DataError("game: actor " + std::to_string(actor) + " has " + std::to_string(options_[actor]) +
                      " options; it takes 1 to 255");
    }
    stride_[actor] = profiles_;
    profiles_ *= options_[actor];
    if (profiles_ > kMostStates) {
      throw DataError("game: more than " + std::to_string(kMostStates) + " profiles to go through");
    }
  }
}

std::string ProfileSpace::text(std::size_t profile) const {
  std::string text;
  for (std::size_t actor = 0; actor < actors(); ++actor) {
    text += (actor == 0 ? "(" : ", ") + std::to_string(choice(actor, profile));
  }
  return text + ")";
}

}  // namespace splinternet::coalition
