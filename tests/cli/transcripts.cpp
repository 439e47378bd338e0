// Golden transcripts: golden/*.txt hold commands, each after "$ ", and what they print (stdout, then stderr) and their
// exit code in brackets when it is not 0. A transcript runs in one folder with the files of golden/files in it.
// AESOP_APPROVE=1 writes what the program prints into the transcripts; look at the difference before you commit it.
#include "catch.hpp"
#include "program.hpp"

#include <algorithm>
#include <vector>

namespace {

using namespace aesop_test;
namespace fs = std::filesystem;

std::string replay(const Folder& folder, const std::string& transcript) {
  std::string out;
  std::istringstream lines(transcript);
  std::string line;
  while (std::getline(lines, line)) {
    if (line.substr(0, 1) == "#") out += line + "\n";
    if (line.substr(0, 2) != "$ ") continue;
    out += (out.empty() ? "" : "\n") + line + "\n";
    const Outcome outcome = folder.sh(line.substr(2));
    out += outcome.out;
    out += outcome.err;
    if (!out.empty() && out.back() != '\n') out += "(no newline)\n";
    if (outcome.code != 0) out += "[" + std::to_string(outcome.code) + "]\n";
  }
  return out;
}

}  // namespace

TEST_CASE("transcripts: the program prints what the golden transcripts say", "[cli]") {
  if (!have_program()) return;
  const fs::path golden = fs::path(AESOP_TESTS_DIR) / "cli/golden";
  std::vector<fs::path> transcripts;
  for (const auto& entry : fs::directory_iterator(golden))
    if (entry.path().extension() == ".txt") transcripts.push_back(entry.path());
  std::sort(transcripts.begin(), transcripts.end());
  REQUIRE(!transcripts.empty());
  for (const fs::path& path : transcripts) {
    const Folder folder;
    for (const auto& entry : fs::directory_iterator(golden / "files"))
      fs::copy_file(entry.path(), folder.path / entry.path().filename());
    const std::string expected = read_text(path);
    const std::string actual = replay(folder, expected);
    if (std::getenv("AESOP_APPROVE")) write_text(path, actual);
    INFO(path.filename().string());
    CHECK(actual == (std::getenv("AESOP_APPROVE") ? actual : expected));
  }
}
