#include "core/text/masking.hpp"

#include <algorithm>
#include <cstddef>

namespace anju::text {
namespace {

bool continues(char c) {
    return (static_cast<unsigned char>(c) & 0xc0U) == 0x80U;
}

}  // namespace

std::string masked_name(std::string_view name) {
    if (name.empty()) return {};
    std::size_t first = 1;
    while (first < name.size() && continues(name[first])) ++first;
    const auto others = std::count_if(name.begin() + static_cast<std::ptrdiff_t>(first), name.end(),
                                      [](char c) { return !continues(c); });
    if (others == 0) return "*";
    return std::string(name.substr(0, first)) + (others == 1 ? "*" : "**");
}

}  // namespace anju::text
