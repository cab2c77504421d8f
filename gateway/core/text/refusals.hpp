// What is answered to whoever recorded, suspended or moved something, or did something about an
// alert: a code for programs, and the sentence in Chinese and in English for people.
#pragma once

#include <string>
#include <string_view>

#include "core/text/catalogue.hpp"

namespace anju::text {

struct Said {
    std::string code;  ///< empty: nothing is said
    std::string zh;
    std::string en;

    [[nodiscard]] bool empty() const { return code.empty(); }
};

/// The sentence of this code (broken contract where there is none), its places filled.
[[nodiscard]] Said say(std::string_view code, Facts facts = {});
/// Likewise, but for codes of records written by others: the code itself where there is none.
[[nodiscard]] Said why_not(std::string_view code);

}  // namespace anju::text
