#pragma once

#include <span>
#include <string>
#include <string_view>

namespace splinternet {

/// The candidate closest to `name` by optimal string alignment distance (case-insensitive; swapped neighbours count
/// one), or "" if none is near enough to be a slip of the pen (distance > 1 + length/4). Ties go to the first
/// candidate.
std::string_view nearest_name(std::string_view name, std::span<const std::string> candidates);

/// " Did you mean \"X\"?" or "" if nothing is near.
std::string did_you_mean(std::string_view name, std::span<const std::string> candidates);

/// " Did you mean "x.toml"?" if the folder of a missing file or folder holds nearly the same name, else "".
std::string nearest_file(const std::string& path);

}  // namespace splinternet
