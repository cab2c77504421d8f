#include "access/scope.hpp"

#include <algorithm>

namespace anju::access {
namespace {

constexpr std::string_view all = "*";

bool names(std::string_view code, const Community& community) {
    if (code.empty()) return false;
    if (code == community.id.value || code == community.street || code == community.district) {
        return true;
    }
    // "district/street"; neither part may be missing.
    const std::string_view district = community.district;
    return !district.empty() && !community.street.empty() &&
           code.size() == district.size() + 1 + community.street.size() &&
           code.starts_with(district) && code[district.size()] == '/' &&
           code.ends_with(community.street);
}

}  // namespace

bool Scope::everything() const {
    return std::ranges::find(codes, all) != codes.end();
}

bool is_well_formed(const Scope& scope) {
    return scope.codes.size() <= Scope::most_codes &&
           std::ranges::all_of(scope.codes, [](const std::string& code) {
               return !code.empty() && code.size() <= Scope::longest_code &&
                      std::ranges::none_of(code, [](char c) {
                          const auto byte = static_cast<unsigned char>(c);
                          return byte < 0x20 || byte == 0x7f;
                      });
           });
}

bool sees(const Scope& scope, const Community& community) {
    return std::ranges::any_of(scope.codes, [&](const std::string& code) {
        return code == all || names(code, community);
    });
}

std::vector<std::string> unknown_codes(const Scope& scope, std::span<const Community> communities) {
    std::vector<std::string> out;
    for (const std::string& code : scope.codes) {
        const auto named = [&](const Community& one) { return names(code, one); };
        if (code != all && std::ranges::none_of(communities, named)) out.push_back(code);
    }
    return out;
}

bool is_within(const Scope& inner, const Scope& outer, std::span<const Community> communities) {
    if (outer.everything()) return true;
    return std::ranges::all_of(inner.codes, [&](const std::string& code) {
        if (std::ranges::find(outer.codes, code) != outer.codes.end()) return true;
        bool any = false;
        for (const Community& one : communities) {
            if (!names(code, one)) continue;
            if (!sees(outer, one)) return false;
            any = true;
        }
        return any;
    });
}

}  // namespace anju::access
