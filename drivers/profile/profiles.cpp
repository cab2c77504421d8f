#include "drivers/profile/profiles.hpp"

#include <algorithm>
#include <map>
#include <stdexcept>
#include <utility>

#include "drivers/profile/builtin.hpp"
#include "drivers/profile/parse.hpp"

namespace anju::drivers {
namespace {

using ByName = std::map<std::string, Profile, std::less<>>;

ByName parse_builtin() {
    ByName out;
    for (const BuiltinProfile& file : builtin_profiles()) {
        auto parsed = profile_file::parse(file.text, file.file);
        if (!parsed.mistakes.empty()) {
            const ProfileError& first = parsed.mistakes.front();
            throw std::logic_error(first.where + ": " + first.what + ": " + first.remedy);
        }
        std::string name = parsed.profile.name;
        out.emplace(std::move(name), std::move(parsed.profile));
    }
    return out;
}

/// Read once for all gateways of the process: a constant that happens to be written in TOML.
const ByName& builtin() {
    static const ByName profiles = parse_builtin();
    return profiles;
}

char lower(char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

bool begins_with(std::string_view text, std::string_view begin) {
    return text.size() >= begin.size() &&
           std::ranges::equal(text.substr(0, begin.size()), begin, {}, lower, lower);
}

/// "Milesight WS301" -> "WS301" for the maker Milesight.
std::string_view without_maker(std::string_view model, std::string_view maker) {
    if (maker.empty() || !begins_with(model, maker)) return model;
    std::string_view rest = model.substr(maker.size());
    if (rest.empty() || (rest.front() != ' ' && rest.front() != '-' && rest.front() != '_')) {
        return model;
    }
    while (!rest.empty() && (rest.front() == ' ' || rest.front() == '-' || rest.front() == '_')) {
        rest.remove_prefix(1);
    }
    return rest;
}

/// What `replaced` holds claims nothing.
void find_best(const ByName& profiles, std::string_view driver, std::string_view model,
               const ByName& replaced, const Profile*& best, std::size_t& strength) {
    for (const auto& [name, profile] : profiles) {
        const std::size_t found = match_strength(profile, driver, model);
        if (found <= strength || replaced.contains(name)) continue;
        best = &profile;
        strength = found;
    }
}

}  // namespace

std::size_t match_strength(const Profile& profile, std::string_view driver,
                           std::string_view model) {
    if (model.empty() || std::ranges::find(profile.drivers, driver) == profile.drivers.end()) {
        return 0;
    }
    constexpr std::size_t whole = 1'000'000;
    std::size_t best = 0;
    model = without_maker(model, profile.maker);
    for (const std::string_view pattern : profile.match) {
        const bool is_prefix = pattern.ends_with('*');
        const std::string_view text = pattern.substr(0, pattern.size() - (is_prefix ? 1 : 0));
        if (!begins_with(model, text) || (!is_prefix && model.size() != text.size())) continue;
        best = std::max(best, is_prefix ? text.size() : whole);
    }
    return best;
}

struct Profiles::Impl {
    ByName own;
};

Profiles::Profiles() : impl_(std::make_unique<Impl>()) {
    (void)builtin();
}
Profiles::~Profiles() = default;
Profiles::Profiles(Profiles&&) noexcept = default;
Profiles& Profiles::operator=(Profiles&&) noexcept = default;

std::vector<ProfileError> Profiles::add(std::string_view toml, std::string_view file_name) {
    auto parsed = profile_file::parse(toml, file_name);
    if (!parsed.mistakes.empty()) return std::move(parsed.mistakes);
    auto mistakes = profile_file::check_vectors(parsed.profile);
    if (!mistakes.empty()) return mistakes;
    std::string name = parsed.profile.name;
    impl_->own.insert_or_assign(std::move(name), std::move(parsed.profile));
    return {};
}

const Profile* Profiles::find(std::string_view name) const {
    const auto own = impl_->own.find(name);
    if (own != impl_->own.end()) return &own->second;
    const auto found = builtin().find(name);
    return found == builtin().end() ? nullptr : &found->second;
}

const Profile* Profiles::match(std::string_view driver, std::string_view model) const {
    const Profile* best = nullptr;
    std::size_t strength = 0;
    find_best(impl_->own, driver, model, {}, best, strength);
    find_best(builtin(), driver, model, impl_->own, best, strength);
    return best;
}

std::vector<const Profile*> Profiles::all() const {
    std::vector<const Profile*> out;
    for (const auto& [name, profile] : impl_->own) out.push_back(&profile);
    for (const auto& [name, profile] : builtin()) {
        if (!impl_->own.contains(name)) out.push_back(&profile);
    }
    std::ranges::sort(out, {},
                      [](const Profile* profile) { return std::string_view(profile->name); });
    return out;
}

}  // namespace anju::drivers
