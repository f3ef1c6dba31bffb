#include "sim/io/text/policy_table.hpp"

#include <string>

#include "sim/io/text/toml_reader.hpp"
#include "sim/scenario/fault.hpp"

namespace splinternet {
namespace {

constexpr Parameter kShare = real("share", "1", 0, {0, 1}, {0, 1}, "share of the peers who are members", "[D]");
constexpr Parameter kAccede = real("accede", "per month", 0, {0, 1}, {0, 1}, "probability to accede", "[D]");
constexpr Parameter kWithdraw = real("withdraw", "per month", 0, {0, 1}, {0, 1}, "probability to withdraw", "[D]");

constexpr const char* kExample = "points such as {share = 0, accede = 0.03, withdraw = 0}, their shares rising";

}  // namespace

std::vector<PolicyPoint> read_policy_table(const TomlValue& document) {
  const TomlValue* countries = document.find("countries");
  const TomlValue* list = countries == nullptr ? nullptr : countries->find("policy_table");
  std::vector<PolicyPoint> table;
  if (list == nullptr) return table;
  if (list->kind != TomlKind::kList) refuse_type(*list, "countries.policy_table", std::string("a list of ") + kExample);
  for (std::size_t n = 0; n < list->items.size(); ++n) {
    const TomlValue& item = list->items[n];
    const std::string path = "countries.policy_table[" + std::to_string(n) + "]";
    if (item.kind != TomlKind::kTable) refuse_type(item, path, "a point such as {share = 0, accede = 0.03}");
    refuse_unknown_keys(item, path, std::vector<std::string>{"share", "accede", "withdraw"});
    const TomlReader reader(&item, path, item.place);
    reader.require("share", "the share of the peers who are members, a number from 0 to 1");
    table.push_back(
        {reader.number("share", kShare), reader.number("accede", kAccede), reader.number("withdraw", kWithdraw)});
    if (n > 0 && table[n].share <= table[n - 1].share) {
      refuse({to_string(item.find("share")->place), path + ".share", "the share is not above that of the point before",
              kExample, "put the points in the order of their shares, each share once"});
    }
  }
  if (table.empty()) {
    refuse({to_string(list->place), "countries.policy_table", "the table has no point", kExample, "add a point"});
  }
  return table;
}

TomlValue toml_policy_table(std::span<const PolicyPoint> table) {
  TomlValue list;
  list.kind = TomlKind::kList;
  for (const PolicyPoint& point : table) {
    TomlValue& item = list.items.emplace_back();
    item.put(keyed("share", toml_real(point.share)));
    item.put(keyed("accede", toml_real(point.accede)));
    item.put(keyed("withdraw", toml_real(point.withdraw)));
  }
  return list;
}

}  // namespace splinternet
