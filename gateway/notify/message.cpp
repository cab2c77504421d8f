#include "notify/message.hpp"

#include "notify/utf8.hpp"

namespace anju::notify {

std::string fitted(const Message& message, std::size_t bytes) {
    const std::string end = message.link.empty() ? "" : "\n" + message.link;
    const std::size_t room = bytes > end.size() ? bytes - end.size() : 0;
    std::string out = shortened(message.title, room);
    // Less than a few words of a text say nothing.
    constexpr std::size_t least = 16;
    if (!message.text.empty() && room >= out.size() + 1 + least) {
        out += "\n" + shortened(message.text, room - out.size() - 1);
    }
    return out + end;
}

}  // namespace anju::notify
