// Every word anju-decode says to people, in Chinese and in English.
#pragma once

#include <string>
#include <string_view>

#include "app/decode/outcome.hpp"

namespace anju::decode::words {

struct Text {
    std::string_view zh;
    std::string_view en;

    [[nodiscard]] std::string in(Lang lang) const {
        return std::string(lang == Lang::zh ? zh : en);
    }
};

inline constexpr Text error{"无法解读:", "refused: "};
inline constexpr Text problem{"未能解读 ", "not understood: "};
inline constexpr Text byte{"字节 ", "byte "};
inline constexpr Text nothing{"已识别,不含读数", "understood, nothing in it is a reading"};

/// "用水总量 123.529 m³", "door open".
[[nodiscard]] std::string sentence(const Reading& reading, Lang lang);

}  // namespace anju::decode::words
