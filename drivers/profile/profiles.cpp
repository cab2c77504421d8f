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
std::vector<const Profile*> Profiles::all() const {
    return {};
}
std::vector<ProfileError> Profiles::add(std::string_view, std::string_view) {
    return {};
}

bool reads_fields(const Profile&) {
    return false;
}
bool reads_bytes(const Profile&) {
    return false;
}
PayloadResult read_fields(const Profile&, const boost::json::value&) {
    return Measured{};
}
PayloadResult read_bytes(const Profile&, Bytes, std::uint8_t) {
    return Measured{};
}

}  // namespace anju::drivers
