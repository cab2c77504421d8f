// The list of supported devices, docs/drivers/supported.md: what every driver of the catalog reads
// by itself, and every profile that comes with Anju.
#pragma once

#include <string>

namespace anju::drivers {

/// The whole page, Markdown, headings in Chinese and English.
[[nodiscard]] std::string supported_markdown();

}  // namespace anju::drivers
