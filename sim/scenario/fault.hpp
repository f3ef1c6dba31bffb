#pragma once

#include <string>
#include <string_view>

#include "sim/scenario/scenario.hpp"

namespace splinternet {

/// What is wrong with an entry of a scenario, in the parts of which every message is made; empty parts are left out.
struct Fault {
  std::string place;    ///< "file:line:column" or "--set key=value"
  std::string key;      ///< full path of the entry
  std::string what;     ///< what is wrong
  std::string allowed;  ///< what may stand there, with range and unit
  std::string remedy;   ///< how to mend it
};

/// The message: "place: what" and one indented line each for key, allowed and remedy.
std::string message_of(const Fault& fault);

/// The word between double quotes.
std::string in_quotes(std::string_view text);

/// Where an entry of the scenario was written, e.g. "framework.gids.sponsors[1]"; else where what holds it was written;
/// else the scenario's name.
std::string place_of(const Scenario& scenario, std::string path);

/// Throws ScenarioError with that message.
[[noreturn]] void refuse(const Fault& fault);

}  // namespace splinternet
