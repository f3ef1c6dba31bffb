#include "sim/study/tables_text.hpp"

#include <fmt/format.h>

#include <cmath>
#include <vector>

#include "sim/engine/outputs.hpp"
#include "sim/model/catalogue.hpp"
#include "sim/scenario/parameter_values.hpp"

namespace splinternet {
namespace {

std::string json_string(std::string_view text) {
  std::string out = "\"";
  for (const char c : text) {
    if (static_cast<unsigned char>(c) < 0x20) {
      out += fmt::format("\\u{:04x}", static_cast<unsigned>(c));
      continue;
    }
    if (c == '"' || c == '\\') out += '\\';
    out += c;
  }
  return out + "\"";
}

std::string number(double value) {
  if (std::isinf(value)) return value > 0 ? "inf" : "-inf";
  return fmt::format("{:g}", value);
}

std::string allowed(const Parameter& row) {
  if (row.kind == ParameterKind::kOption) return std::string(row.options);
  if (row.kind == ParameterKind::kFlag) return "true|false";
  return number(row.lower) + " to " + number(row.upper);
}

std::string plausible(const Parameter& row) {
  const bool numeric = row.kind == ParameterKind::kReal || row.kind == ParameterKind::kInteger;
  return numeric ? number(row.plausible_low) + " to " + number(row.plausible_high) : "";
}

std::string_view kind_name(ParameterKind kind) {
  switch (kind) {
    case ParameterKind::kReal:
      return "real";
    case ParameterKind::kInteger:
      return "integer";
    case ParameterKind::kFlag:
      return "flag";
    default:
      return "option";
  }
}

std::string_view type_name(OutputType type) {
  switch (type) {
    case OutputType::kFloat32:
      return "float32";
    case OutputType::kFloat64:
      return "float64";
    case OutputType::kInt8:
      return "int8";
    default:
      return "int32";
  }
}

/// Rows of named cells in one of the three formats.
std::string render(const std::vector<std::string>& head, const std::vector<std::vector<std::string>>& rows,
                   TableFormat format) {
  std::string text;
  if (format == TableFormat::kJson) {
    for (const auto& row : rows) {
      text += text.empty() ? "[\n  {" : ",\n  {";
      for (std::size_t c = 0; c < head.size(); ++c) {
        text += (c == 0 ? "" : ", ") + json_string(head[c]) + ": " + json_string(row[c]);
      }
      text += "}";
    }
    return text + "\n]\n";
  }
  if (format == TableFormat::kMarkdown) {
    text = "| " + fmt::format("{}", fmt::join(head, " | ")) + " |\n|";
    for (std::size_t c = 0; c < head.size(); ++c) text += "---|";
    text += "\n";
    for (auto row : rows) {
      for (std::string& cell : row) {
        for (std::size_t at = 0; (at = cell.find('|', at)) != std::string::npos; at += 2) cell.replace(at, 1, "\\|");
      }
      text += fmt::format("| {} |\n", fmt::join(row, " | "));
    }
    return text;
  }
  for (const auto& row : rows) {
    text += row[0] + "\n";
    for (std::size_t c = 1; c < head.size(); ++c) {
      if (!row[c].empty()) text += fmt::format("    {:16} {}\n", head[c], row[c]);
    }
  }
  return text;
}

/// Which worlds have an array.
std::string_view worlds_text(Worlds worlds) {
  if (worlds == Worlds::kAll) return "all";
  return worlds == Worlds::kWithMap ? "with a map" : "of actors";
}

}  // namespace

std::string parameter_table_text(TableFormat format) {
  std::vector<std::vector<std::string>> rows;
  for (const Parameter* row : parameter_catalogue()) {
    rows.push_back({std::string(row->path), std::string(kind_name(row->kind)), to_text(*row, row->value),
                    std::string(row->unit), allowed(*row), plausible(*row), std::string(row->meaning),
                    std::string(row->source)});
  }
  return render({"parameter", "kind", "default", "unit", "allowed", "plausible", "meaning", "source"}, rows, format);
}

std::string output_table_text(TableFormat format) {
  std::vector<std::vector<std::string>> rows;
  for (const OutputRow& row : output_table()) {
    rows.push_back({std::string(row.name),
                    std::string(time_dimension(row)) + (row.dims.empty() ? "" : " ") + std::string(row.dims),
                    std::string(row.units), std::string(type_name(row.type)),
                    row.recorded == Recorded::kByDefault ? "default" : "when named",
                    std::string(worlds_text(row.worlds)), std::string(row.long_name), std::string(row.flag_meanings)});
  }
  return render({"array", "dimensions", "unit", "type", "recorded", "worlds", "meaning", "flags"}, rows, format);
}

}  // namespace splinternet
