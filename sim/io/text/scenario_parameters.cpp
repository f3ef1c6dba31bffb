#include "sim/io/text/scenario_parameters.hpp"

#include <algorithm>

#include "sim/io/text/toml_reader.hpp"

namespace splinternet {
namespace {

/// Walks the tables of a document and sets the parameters that stand there.
class ParameterWalk {
 public:
  explicit ParameterWalk(ParameterValues& values) : values_(values) {}

  void visit(const TomlValue& table, const std::string& path) {
    const std::vector<std::string> plain = plain_keys(path);
    std::vector<std::string> known = plain;
    for (const std::string& key : parameter_keys(path)) {
      if (std::find(known.begin(), known.end(), key) == known.end()) known.push_back(key);
    }
    if (path.empty()) std::sort(known.begin(), known.end());
    refuse_unknown_keys(table, path, known, values_.paths());
    for (const TomlValue& item : table.items) visit_item(item, path, plain);
  }

 private:
  /// First components of all parameter paths below `path`, in the order of the table.
  [[nodiscard]] std::vector<std::string> parameter_keys(const std::string& path) const {
    std::vector<std::string> keys;
    const std::string prefix = path.empty() ? "" : path + ".";
    for (const std::string& parameter : values_.paths()) {
      if (!parameter.starts_with(prefix)) continue;
      const std::string key = parameter.substr(prefix.size(), parameter.find('.', prefix.size()) - prefix.size());
      if (std::find(keys.begin(), keys.end(), key) == keys.end()) keys.push_back(key);
    }
    return keys;
  }

  void visit_item(const TomlValue& item, const std::string& parent, const std::vector<std::string>& plain) {
    const std::string path = join_path(parent, item.key);
    const std::size_t index = values_.find(path);
    if (index < values_.size()) {
      values_.set(index, checked_number(item, path, values_.row(index)));
      return;
    }
    // Events and organisations have readers of their own; plain keys of a section are read by the builder.
    if (path == "event" || path == "organisation") return;
    const bool is_plain = std::find(plain.begin(), plain.end(), item.key) != plain.end();
    if (is_plain && !parent.empty()) return;
    if (path == "title" || path == "question") return;
    if (item.kind != TomlKind::kTable) refuse_type(item, path, "a table, [" + path + "]");
    if (path != "framework" && path != "attribute") return visit(item, path);
    for (const TomlValue& entry : item.items) {
      const std::string below = join_path(path, entry.key);
      if (entry.kind != TomlKind::kTable) refuse_type(entry, below, "a table, [" + below + "]");
      visit(entry, below);
    }
  }

  ParameterValues& values_;
};

}  // namespace

std::vector<std::string> section_names() {
  return {"attribute", "countries",    "data",   "event",  "firms", "framework", "influence",
          "metrics",   "organisation", "policy", "record", "run",   "trade",     "world"};
}

std::vector<std::string> plain_keys(std::string_view path) {
  if (path.empty()) {
    std::vector<std::string> keys = section_names();
    keys.insert(keys.end(), {"analysis", "lesson", "question", "title"});
    return keys;
  }
  if (path == "run") return {"start", "horizon", "step_months", "seed"};
  if (path == "world") return {"tables", "actors", "impute", "initial_memberships"};
  if (path == "countries") return {"policy_table", "terms", "unit"};
  if (path == "record") return {"arrays", "decisions", "acts", "market_access_exact"};
  const bool is_framework = path.starts_with("framework.") && path.find('.', 10) == std::string_view::npos;
  if (is_framework) return {"name", "title", "sponsors", "untrusted_homes", "untrusted_firms", "incompatible_with"};
  return {};
}

ParameterValues read_parameters(const TomlValue& document, const Vocabulary& vocabulary,
                                const std::vector<std::string>& frameworks,
                                const std::vector<std::string>& attributes) {
  const ParameterValues::Family families[] = {{"framework.", frameworks}, {"attribute.", attributes}};
  ParameterValues values(vocabulary.parameters, families);
  ParameterWalk(values).visit(document, "");
  return values;
}

}  // namespace splinternet
