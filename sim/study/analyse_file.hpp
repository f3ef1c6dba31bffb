#pragma once

#include <string>
#include <string_view>

#include "sim/io/text/analysis_file.hpp"

namespace splinternet {

/// What the analyses of a file found.
struct FileAnalysis {
  std::string text;  ///< title, question, lesson and results, for readers
  std::string csv;   ///< all numbers, one row per result; the column `analysis` holds the id of the table
};

/// Title, question and lesson of a file; what there is of them.
std::string introduction(const AnalysisFile& file);

/// Answers every [analysis.<id>] of the file in its order. Throws ScenarioError with place and remedy for a table that
/// its kind refuses, or if there is none; before anything is answered, all tables are read.
FileAnalysis analyse_file(const AnalysisFile& file);

/// Reads all tables and answers none: "2 analyses: a (voting_power): 15 voters, 1 condition; b …". Throws as above.
std::string check_analyses(const AnalysisFile& file);

/// The text in lines of at most `width` columns where words allow; blank lines part paragraphs, other white space is
/// one space. Ends with a newline unless empty.
std::string wrapped_paragraphs(std::string_view text, std::size_t width);

}  // namespace splinternet
