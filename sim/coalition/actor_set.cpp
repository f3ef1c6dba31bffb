#include "sim/coalition/actor_set.hpp"

namespace splinternet::coalition {

std::string text(ActorSet set) {
  std::string members = "{";
  for (std::size_t actor = 0; actor < 32; ++actor) {
    if (!contains(set, actor)) continue;
    if (members.size() > 1) members += ", ";
    members += std::to_string(actor);
  }
  return members + "}";
}

}  // namespace splinternet::coalition
