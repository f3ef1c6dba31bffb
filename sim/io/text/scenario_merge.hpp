#pragma once

#include <span>
#include <string>

#include "sim/io/text/scenario_file.hpp"
#include "sim/io/text/toml_document.hpp"

namespace splinternet {

/// Lays `top` over `base`: tables merge key by key, all else replaces.
void merge_toml(TomlValue& base, const TomlValue& top);

/// The document with all that it extends merged below it; `extends` itself is gone. Every value keeps the place where
/// it was written. Throws ScenarioError if a file is missing or the chain closes upon itself (and prints the chain).
TomlValue resolve_extends(TomlValue document, const std::string& file, const std::string& folder);

/// Lays the overrides over the document in order.
void apply_overrides(TomlValue& document, std::span<const Override> overrides);

/// Removes what `enabled = false` switches off: frameworks, events and the sections countries, firms, data and trade.
/// An event goes as well if it follows an event or names a framework that went; so do incompatibilities with it.
void drop_disabled(TomlValue& document);

}  // namespace splinternet
