#include "core/model/person.hpp"

#include <algorithm>

namespace anju {
namespace {

/// How a word reaches the gateway; the actor of a command begins with it.
constexpr std::string_view channels[] = {
    "cli:", "link:", "worker:", "contact:", "platform:", "console:", "web:"};

std::string_view trimmed(std::string_view text) {
    constexpr std::string_view blanks = " \t\r\n";
    const std::size_t first = text.find_first_not_of(blanks);
    if (first == std::string_view::npos) return {};
    return text.substr(first, text.find_last_not_of(blanks) - first + 1);
}

char lower(char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

bool is_same(std::string_view one, std::string_view other) {
    return std::ranges::equal(one, other, {}, lower, lower);
}

}  // namespace

std::string_view bare_name(std::string_view said) {
    std::string_view name = trimmed(said);
    for (bool found = true; found;) {
        found = false;
        for (const std::string_view channel : channels) {
            if (name.size() < channel.size() || !is_same(name.substr(0, channel.size()), channel)) {
                continue;
            }
            name = trimmed(name.substr(channel.size()));
            found = true;
        }
    }
    return trimmed(name.substr(0, name.find("@group:")));  // said by a link that a group can read
}

const Worker* find_person(const Community& community, std::string_view said) {
    const std::string_view name = bare_name(said);
    if (name.empty()) return nullptr;
    const Worker* named = nullptr;
    int so_called = 0;
    for (const Worker& worker : community.workers) {
        if (is_same(worker.id.value, name)) return &worker;
        if (!is_same(worker.name, name)) continue;
        named = &worker;
        ++so_called;
    }
    return so_called == 1 ? named : nullptr;
}

bool is_same_person(const Community& community, std::string_view one, std::string_view other) {
    const Worker* const first = find_person(community, one);
    const Worker* const second = find_person(community, other);
    if (first != nullptr && second != nullptr) return first == second;
    return is_same(bare_name(one), bare_name(other));
}

}  // namespace anju
