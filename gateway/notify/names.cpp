#include "notify/names.hpp"

#include <algorithm>
#include <array>

#include "notify/utf8.hpp"

namespace anju::notify {
namespace {

// The compound surnames that are in use; from the list of the Ministry of Public Security's name
// report and the Hundred Family Surnames.
constexpr std::array<std::u32string_view, 32> compound{
    U"欧阳", U"上官", U"司马", U"诸葛", U"东方", U"夏侯", U"皇甫", U"尉迟",
    U"公孙", U"慕容", U"令狐", U"司徒", U"司空", U"端木", U"长孙", U"宇文",
    U"轩辕", U"独孤", U"南宫", U"百里", U"东郭", U"西门", U"呼延", U"申屠",
    U"太史", U"澹台", U"公羊", U"公冶", U"赫连", U"濮阳", U"淳于", U"闻人"};

bool han(char32_t point) {
    return (point >= 0x4e00 && point < 0xa000) || (point >= 0x3400 && point < 0x4dc0) ||
           (point >= 0x20000 && point < 0x32000) || point == U'〇';
}

bool dot(char32_t point) {
    return point == U'·' || point == U'•' || point == U'・' || point == U'‧';
}

bool space(char32_t point) {
    return point == U' ' || point == U'\t' || point == U'\u3000';
}

std::string in_words(const std::u32string& name) {
    std::u32string out;
    bool inside = false;
    for (const char32_t point : name) {
        if (space(point) || dot(point)) {
            inside = false;
        } else if (!inside) {
            out += out.empty() ? U"" : U" ";
            out += point;
            out += U"**";
            inside = true;
        }
    }
    return utf8(out);
}

}  // namespace

std::string masked_name(std::string_view name) {
    if (name.empty()) return {};
    const auto points = code_points(name);
    if (!points) return "**";
    std::u32string letters = *points;
    const bool with_dot = std::ranges::any_of(letters, dot);
    if (with_dot && han(letters.front())) return utf8(letters.substr(0, 1)) + "**";
    if (!std::ranges::all_of(letters, [](char32_t p) { return han(p) || space(p); })) {
        return in_words(letters);
    }
    std::erase_if(letters, space);
    if (letters.empty()) return {};
    const bool double_surname =
        letters.size() > 2 && std::ranges::find(compound, letters.substr(0, 2)) != compound.end();
    const std::size_t kept = double_surname ? 2 : 1;
    const std::size_t stars = std::max<std::size_t>(letters.size() - kept, 1);
    return utf8(letters.substr(0, kept)) + std::string(stars, '*');
}

}  // namespace anju::notify
