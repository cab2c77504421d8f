#include "drivers/wmbus/telegram.hpp"

#include <string_view>

#include "drivers/wmbus/settle.hpp"

namespace anju::drivers::wmbus {

std::string Identity::address() const {
    std::string out(maker.begin(), maker.end());
    out.push_back('-');
    out.append(number.begin(), number.end());
    return out;
}

const Key* KeySource::find(const Identity& identity) const {
    // find() falls back to what holds for any device; that must not hide a key set by number.
    const DeviceSettings* any = settings.find("wmbus", {});
    const auto own = [&](std::string_view name) -> const Key* {
        const DeviceSettings* found = settings.find("wmbus", name);
        return found != nullptr && found != any && found->key ? &*found->key : nullptr;
    };
    if (const Key* key = own(identity.address())) return key;
    if (const Key* key = own({identity.number.data(), identity.number.size()})) return key;
    return any != nullptr && any->key ? &*any->key : nullptr;
}

boost::system::result<Telegram, DecodeError> parse_telegram(Bytes bytes, const KeySource& keys,
                                                            Scratch& scratch) {
    return settle_telegram(bytes, keys, scratch, nullptr);
}

}  // namespace anju::drivers::wmbus
