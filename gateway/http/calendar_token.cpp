#include "http/calendar_token.hpp"

#include <utility>

#include "core/check.hpp"
#include "notify/bytes.hpp"

namespace anju::http {
namespace {

constexpr std::string_view purpose = "anju calendar 1";
constexpr std::size_t seal_bytes = 16;

}  // namespace

CalendarTokens::CalendarTokens(std::string key) : key_(std::move(key)) {
    ANJU_CHECK(key_.size() >= 32, "a key that can be guessed seals nothing");
}

std::string CalendarTokens::token(const WorkerId& worker, std::uint32_t generation) const {
    std::string sealed(purpose);
    sealed.append(1, '\n').append(std::to_string(generation)).append(1, '\n').append(worker.value);
    return notify::base64url(worker.value) + "." +
           notify::base64url(notify::hmac_sha256(key_, sealed).substr(0, seal_bytes));
}

std::optional<WorkerId> CalendarTokens::claimed(std::string_view token) {
    auto worker = notify::parse_base64url(token.substr(0, token.find('.')));
    if (!worker || worker->empty() || worker->size() > 64) return std::nullopt;
    return WorkerId{std::move(*worker)};
}

bool CalendarTokens::is_good(std::string_view said, const WorkerId& worker,
                             std::uint32_t generation) const {
    return notify::equal_in_constant_time(said, token(worker, generation));
}

}  // namespace anju::http
