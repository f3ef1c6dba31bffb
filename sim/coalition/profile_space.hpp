#pragma once

#include <cstddef>
#include <string>
#include <vector>

namespace splinternet::coalition {

/// Profiles of finitely many actors, one option each, numbered with the last actor's option fastest, as in a row-major
/// array with one axis per actor.
class ProfileSpace {
 public:
  /// Throws DataError if there is no actor, one has no option or more than 255, or there are more than kMostStates
  /// profiles.
  explicit ProfileSpace(std::vector<std::size_t> options);

  [[nodiscard]] std::size_t actors() const { return options_.size(); }
  [[nodiscard]] std::size_t options(std::size_t actor) const { return options_[actor]; }
  [[nodiscard]] std::size_t profiles() const { return profiles_; }
  [[nodiscard]] std::size_t choice(std::size_t actor, std::size_t profile) const {
    return profile / stride_[actor] % options_[actor];
  }
  /// The profile in which one actor has changed to another option.
  [[nodiscard]] std::size_t deviation(std::size_t profile, std::size_t actor, std::size_t option) const {
    return profile + option * stride_[actor] - choice(actor, profile) * stride_[actor];
  }
  /// The options for a message: "(0, 2, 1)".
  [[nodiscard]] std::string text(std::size_t profile) const;

 private:
  std::vector<std::size_t> options_, stride_;
  std::size_t profiles_ = 1;
};

}  // namespace splinternet::coalition
