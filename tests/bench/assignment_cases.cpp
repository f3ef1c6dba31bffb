#include "tests/bench/assignment_cases.hpp"

#include <algorithm>
#include <cstddef>
#include <ostream>
#include <utility>
#include <vector>

#include "sim/graph/all_or_nothing.hpp"
#include "sim/model/setting.hpp"
#include "tests/bench/flagship.hpp"
#include "tests/bench/peer_files.hpp"

namespace splinternet::bench {
namespace {

constexpr double kMillisecond = 1e4;  // in 0.1 µs
constexpr double kBusyShare = 0.01;   // of the links …
constexpr double kBusyLoad = 1.5;     // … carry this much of their capacity or more at free times

CongestedNetwork both_directions(const LinkSetting& links, std::size_t countries) {
  std::vector<CongestedLink> result;
  for (std::size_t row = 0; row < links.ends.size(); ++row) {
    const double time = links.weight[row] / kMillisecond;
    const double capacity = links.rows[row].capacity_tbps;
    result.push_back({links.ends[row].a, links.ends[row].b, time, capacity});
    result.push_back({links.ends[row].b, links.ends[row].a, time, capacity});
  }
  return CongestedNetwork(countries, std::move(result));
}

/// Load of the links relative to capacity at free times, heaviest first.
std::vector<double> free_loads(const testing::TrafficCase& traffic) {
  std::vector<double> loads;
  for (const CongestedLink& link : traffic.network.links()) loads.push_back(link.free_time);
  AllOrNothing loader(traffic.network, traffic.demand);
  loader.load(loads);
  for (std::size_t link = 0; link < loads.size(); ++link) {
    loads[link] = loader.flow()[link] / traffic.network.links()[link].capacity;
  }
  std::sort(loads.rbegin(), loads.rend());
  return loads;
}

}  // namespace

testing::TrafficCase flagship_traffic() {
  const Setting& setting = *flagship();
  const std::size_t countries = setting.countries.count;
  testing::TrafficCase traffic{both_directions(*setting.links, countries), {countries, {{{}, setting.demand->share}}}};
  const std::vector<double> loads = free_loads(traffic);
  const double scale = kBusyLoad / loads[static_cast<std::size_t>(kBusyShare * static_cast<double>(loads.size()))];
  for (double& demand : traffic.demand.classes[0].demand) demand *= scale;
  for (std::size_t country = 0; country < countries; ++country) {
    traffic.demand.classes[0].demand[country * countries + country] = 0.0;
  }
  return traffic;
}

void write_tntp(const std::string& name, const testing::TrafficCase& traffic) {
  const std::size_t zones = traffic.demand.zone_count;
  write_peer_text(name + "_net.tntp", [&](std::ostream& file) {
    file << "<NUMBER OF ZONES> " << zones << "\n<NUMBER OF NODES> " << traffic.network.node_count()
         << "\n<FIRST THRU NODE> 1\n<NUMBER OF LINKS> " << traffic.network.link_count() << "\n<END OF METADATA>\n\n"
         << "~ init_node term_node capacity length free_flow_time b power speed toll link_type ;\n";
    for (const CongestedLink& link : traffic.network.links()) {
      file << link.tail + 1 << ' ' << link.head + 1 << ' ' << link.capacity << " 0 " << link.free_time << ' ' << link.b
           << ' ' << link.power << " 0 0 1 ;\n";
    }
  });
  write_peer_text(name + "_trips.tntp", [&](std::ostream& file) {
    const std::vector<double>& demand = traffic.demand.classes[0].demand;
    double total = 0.0;
    for (const double trips : demand) total += trips;
    file << "<NUMBER OF ZONES> " << zones << "\n<TOTAL OD FLOW> " << total << "\n<END OF METADATA>\n";
    for (std::size_t origin = 0; origin < zones; ++origin) {
      file << "\nOrigin " << origin + 1 << '\n';
      for (std::size_t zone = 0; zone < zones; ++zone) {
        file << zone + 1 << " : " << demand[origin * zones + zone] << ";\n";
      }
    }
  });
}

}  // namespace splinternet::bench
