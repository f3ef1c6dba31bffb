#include "tests/bench/flagship.hpp"

#include "sim/study/run.hpp"

namespace splinternet::bench {

std::shared_ptr<const Setting> read_flagship() {
  return load_setting(SPLINTERNET_SOURCE_DIR "/scenarios/clean-network-2020.toml", {});
}

std::shared_ptr<const Setting> flagship() {
  static const std::shared_ptr<const Setting> setting = read_flagship();
  return setting;
}

Network flagship_network() {
  const LinkSetting& links = *flagship()->links;
  return Network(flagship()->countries.count, links.ends, links.weight);
}

}  // namespace splinternet::bench
