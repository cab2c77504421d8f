#include "notify/message.hpp"

#include "notify/utf8.hpp"

namespace anju::notify {
namespace {

/// A link of which the end is missing leads nowhere: its line goes as a whole.
std::string cut_text(const std::string& text, std::size_t bytes) {
    if (text.size() <= bytes) return text;
    std::string out = shortened(text, bytes);
    const auto line = out.rfind('\n') + 1;  // 0 without a line end
    if (out.compare(line, 4, "http") != 0) return out;
    return out.substr(0, line) + "…";
}

}  // namespace

std::string fitted(const Message& message, std::size_t bytes) {
    const std::string end = message.link.empty() ? "" : "\n" + message.link;
    const std::size_t room = bytes > end.size() ? bytes - end.size() : 0;
    std::string out = shortened(message.title, room);
    // Less than a few words of a text say nothing.
    constexpr std::size_t least = 16;
    if (!message.text.empty() && room >= out.size() + 1 + least) {
        out += "\n" + cut_text(message.text, room - out.size() - 1);
    }
    return out + end;
}

}  // namespace anju::notify
