// Text in XML, HTML and SVG.
#pragma once

#include <string>
#include <string_view>

namespace anju {

/// `text` (UTF-8) as character data or as an attribute's value in either kind of quotes: & < > " '
/// become references, and the control characters that XML 1.0 (2.2, Char) forbids become spaces.
[[nodiscard]] std::string markup_escape(std::string_view text);

}  // namespace anju
