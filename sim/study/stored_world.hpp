#pragma once

#include <string>
#include <vector>

#include "sim/engine/labelled_dataset.hpp"
#include "sim/model/extensions.hpp"
#include "sim/scenario/scenario.hpp"
#include "sim/scenario/world_tables.hpp"

namespace splinternet {

/// What a result file was made from: enough to make the run again.
struct StoredWorld {
  Scenario scenario;
  WorldTables tables;
  Extensions extensions{};  ///< rules of a user, those of the file
};

/// The scenario that the file `path` tells, with its tables. `tables_folder` overrides where these are looked for;
/// "" = as the file names them, in the library folders. Throws DataError, naming the file, if it tells no scenario that
/// this program understands, if its digests are of another algorithm, or if its tables are missing or others. `extensions`
/// are the rules of a user that are at hand: throws DataError unless they are those that the run had.
StoredWorld stored_world(const LabelledDataset& result, const std::string& path, const std::string& tables_folder,
                         const Extensions& extensions = {});

/// A line if another version of the code wrote the file, else nothing.
std::vector<std::string> notes_on_code(const LabelledDataset& result);

}  // namespace splinternet
