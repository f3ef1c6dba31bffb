#include "sim/study/analyse_file.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <memory>
#include <utility>
#include <vector>

#include "sim/io/text/scenario_library.hpp"
#include "sim/scenario/fault.hpp"
#include "sim/study/analyses/registry.hpp"

namespace splinternet {
namespace {

constexpr std::size_t kWidth = 100;
constexpr std::string_view kWhiteSpace = " \t\r\n";

std::vector<std::unique_ptr<PosedAnalysis>> pose_all(const AnalysisFile& file) {
  if (file.analyses.empty()) {
    const std::string name = shipped_name(file.path);
    refuse({name, "", "this scenario poses no analysis of its own: it has no table [analysis.<id>]",
            "a result file, or a scenario with [analysis.<id>]",
            "run it, then analyse its result: splinternet run " + name + ", splinternet analyse out/….h5"});
  }
  std::vector<std::unique_ptr<PosedAnalysis>> posed;
  for (const AnalysisSpec& spec : file.analyses) posed.push_back(pose_analysis(spec, file));
  return posed;
}

/// Whether the gap between two words holds a blank line.
bool parts_paragraphs(std::string_view gap) {
  const std::size_t first = gap.find('\n');
  return first != std::string_view::npos && gap.find('\n', first + 1) != std::string_view::npos;
}

}  // namespace

std::string introduction(const AnalysisFile& file) {
  std::string text;
  if (!file.title.empty()) text += file.title + "\n";
  if (!file.question.empty()) text += wrapped_paragraphs(file.question, kWidth);
  if (!file.lesson.empty()) text += "\n" + wrapped_paragraphs(file.lesson, kWidth);
  return text;
}

FileAnalysis analyse_file(const AnalysisFile& file) {
  const std::vector<std::unique_ptr<PosedAnalysis>> posed = pose_all(file);
  FileAnalysis result;
  result.text = introduction(file);
  std::vector<ResultTable> tables;
  for (const std::unique_ptr<PosedAnalysis>& question : posed) {
    AnalysisAnswer answer = question->answer();
    result.text += (result.text.empty() ? "" : "\n") + answer.text;
    tables.push_back(std::move(answer.table));
  }
  result.csv = csv_text(tables);
  return result;
}

std::string check_analyses(const AnalysisFile& file) {
  const std::vector<std::unique_ptr<PosedAnalysis>> posed = pose_all(file);
  std::string text = fmt::format("{} {}: ", posed.size(), posed.size() == 1 ? "analysis" : "analyses");
  for (std::size_t n = 0; n < posed.size(); ++n) {
    const AnalysisSpec& spec = file.analyses[n];
    text += fmt::format("{}{} ({}): {}", n == 0 ? "" : "; ", spec.id, spec.kind().text, posed[n]->subject());
  }
  return text;
}

std::string wrapped_paragraphs(std::string_view text, std::size_t width) {
  std::string wrapped;
  std::size_t column = 0, at = 0;
  while (true) {
    const std::size_t word = text.find_first_not_of(kWhiteSpace, at);
    if (word == std::string_view::npos) return wrapped.empty() ? wrapped : wrapped + "\n";
    const std::size_t end = std::min(text.find_first_of(kWhiteSpace, word), text.size());
    const std::size_t length = end - word;
    if (!wrapped.empty()) {
      const bool is_new = parts_paragraphs(text.substr(at, word - at));
      const bool fits = !is_new && column + 1 + length <= width;
      wrapped += is_new ? "\n\n" : fits ? " " : "\n";
      column = fits ? column + 1 : 0;
    }
    wrapped += text.substr(word, length);
    column += length;
    at = end;
  }
}

}  // namespace splinternet
