#include "sim/study/state_words.hpp"

#include <vector>

namespace splinternet {

std::string set_words(const World& start, FrameworkSet set, std::string_view joint) {
  std::string text;
  for (std::size_t k = 0; k < start.frameworks(); ++k) {
    if (contains(set, k)) text += (text.empty() ? "" : std::string(joint)) + start.setting().frameworks.id[k];
  }
  return text.empty() ? "outside" : text;
}

std::string state_words(const World& start, const StateGame& game, std::size_t state) {
  std::vector<FrameworkSet> set(start.countries());
  for (std::size_t i = 0; i < set.size(); ++i) set[i] = start.membership(i);
  for (std::size_t actor = 0; actor < game.actors.size(); ++actor) set[game.actors[actor]] = game.set_of(actor, state);
  std::vector<std::size_t> by_code(set.size());
  for (std::size_t i = 0; i < by_code.size(); ++i) by_code[start.setting().countries.rank[i]] = i;
  std::string text;
  for (std::size_t k = 0; k < start.frameworks(); ++k) {
    std::string members;
    for (const std::size_t i : by_code) {
      if (contains(set[i], k)) members += " " + start.setting().countries.code[i];
    }
    if (!members.empty()) text += (text.empty() ? "" : "; ") + start.setting().frameworks.id[k] + ":" + members;
  }
  return text.empty() ? "nobody" : text;
}

}  // namespace splinternet
