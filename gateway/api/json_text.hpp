// Texts as JSON has them.
#pragma once

#include <boost/json.hpp>
#include <string_view>

namespace anju::api {

/// null where there is nothing to say.
[[nodiscard]] inline boost::json::value text_or_null(std::string_view text) {
    if (text.empty()) return nullptr;
    return boost::json::string(text);
}

}  // namespace anju::api
