#include "drivers/profile/profile.hpp"

namespace anju::drivers {

struct Profiles::Impl {};
Profiles::Profiles() : impl_(std::make_unique<Impl>()) {}
Profiles::~Profiles() = default;
Profiles::Profiles(Profiles&&) noexcept = default;
Profiles& Profiles::operator=(Profiles&&) noexcept = default;
const Profile* Profiles::find(std::string_view) const {
    return nullptr;
}
const Profile* Profiles::match(std::string_view, std::string_view) const {
    return nullptr;
}

}  // namespace anju::drivers
