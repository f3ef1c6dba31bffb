#include "sim/scenario/parameter.hpp"

namespace splinternet {

std::vector<std::string> option_words(const Parameter& parameter) {
  std::vector<std::string> words;
  std::string_view rest = parameter.options;
  while (!rest.empty()) {
    const std::size_t bar = rest.find('|');
    words.emplace_back(rest.substr(0, bar));
    rest = bar == std::string_view::npos ? std::string_view{} : rest.substr(bar + 1);
  }
  return words;
}

std::string_view family_prefix(std::string_view path) {
  const std::size_t star = path.find('*');
  return star == std::string_view::npos ? std::string_view{} : path.substr(0, star);
}

std::string instance_path(std::string_view path, std::string_view instance) {
  const std::size_t star = path.find('*');
  if (star == std::string_view::npos) return std::string(path);
  return std::string(path.substr(0, star)) + std::string(instance) + std::string(path.substr(star + 1));
}

}  // namespace splinternet
