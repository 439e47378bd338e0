// The page of the demo: the report as one HTML file beside the store.
#pragma once

#include "report.hpp"

#include <string>

namespace demo {

/// Writes the page and gives its path. The timeline is that of the claim on which most happened.
aesop::Result<std::string> write_page(const ReportInput& input);

}  // namespace demo
