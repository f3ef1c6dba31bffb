#pragma once

#include <string>

namespace splinternet {

enum class TableFormat { kText, kMarkdown, kJson };

/// The parameter table: path, default, unit, allowed and plausible range, meaning and source.
std::string parameter_table_text(TableFormat format);

/// The output table: name, dimensions, unit, type, whether it is recorded by default, and meaning.
std::string output_table_text(TableFormat format);

}  // namespace splinternet
