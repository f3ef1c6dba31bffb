#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "sim/study/run.hpp"

namespace splinternet {

/// What a replay of a result file found.
struct Verification {
  std::vector<std::string> notes;        ///< what the reader should know, e.g. that another version wrote the file
  std::vector<std::string> differences;  ///< a line each, most telling first (see `differences`); empty: the same bits
  std::size_t steps = 0;
  std::size_t arrays = 0;
};

/// Runs the scenario of a result file again, as far as it goes, and compares digests and every recorded value bit for
/// bit. `tables_folder` overrides where its tables are looked for; "" = as the file names them, in the library folders.
/// `extensions` are the rules of a user that the run had. Throws DataError if the file is damaged or cannot be compared
/// (other format or digest algorithm, tables missing or with another digest, other rules), Interrupted if `progress` says
/// so.
Verification verify_result(const std::string& path, const std::string& tables_folder, const Progress& progress,
                           const Extensions& extensions = {});

/// The same of a result in memory; `name` stands for the file in messages.
Verification verify_result(const LabelledDataset& stored, const std::string& name, const std::string& tables_folder,
                           const Progress& progress, const Extensions& extensions = {});

}  // namespace splinternet
