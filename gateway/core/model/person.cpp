#include "core/model/person.hpp"

#include <algorithm>
#include <span>

namespace anju {
namespace {

/// How a word reaches the gateway; the actor of a command begins with it.
constexpr std::string_view ways[] = {"cli:", "link:", "console:", "web:"};
constexpr std::string_view kinds[] = {"worker:", "contact:", "platform:"};

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

/// Without those of `prefixes` that stand in front, in whatever order.
std::string_view without(std::span<const std::string_view> prefixes, std::string_view name) {
    name = trimmed(name);
    const auto in_front = [&](std::string_view prefix) {
        return name.size() >= prefix.size() && is_same(name.substr(0, prefix.size()), prefix);
    };
    for (auto found = std::ranges::find_if(prefixes, in_front); found != prefixes.end();
         found = std::ranges::find_if(prefixes, in_front)) {
        name = trimmed(name.substr(found->size()));
    }
    return name;
}

}  // namespace

std::string_view person_of(std::string_view actor) {
    const std::string_view person = without(ways, actor);
    return trimmed(person.substr(0, person.find("@group:")));  // by a link that a group can read
}

bool same_person(std::string_view one, std::string_view other) {
    return person_of(one) == person_of(other);
}

std::string_view bare_name(std::string_view said) {
    return without(kinds, person_of(said));
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

bool same_person(const Community& community, std::string_view one, std::string_view other) {
    const Worker* const first = find_person(community, one);
    const Worker* const second = find_person(community, other);
    if (first != nullptr && second != nullptr) return first == second;
    return is_same(bare_name(one), bare_name(other));
}

}  // namespace anju
