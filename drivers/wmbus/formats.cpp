#include "drivers/wmbus/formats.hpp"

#include <boost/json.hpp>

#include "drivers/bytes.hpp"
#include "drivers/json.hpp"

namespace anju::drivers::wmbus {

namespace json = boost::json;

const Layout* Formats::find(std::uint16_t signature) const {
    const auto found = layouts_.find(signature);
    return found == layouts_.end() ? nullptr : &found->second;
}

void Formats::learn(std::uint16_t signature, const Layout& layout) {
    if (layout.empty() || layout.size() > 255 || layouts_.size() >= limit_) return;
    if (layouts_.emplace(signature, layout).second) ++revision_;
}

std::string Formats::to_text() const {
    json::object out;
    for (const auto& [signature, layout] : layouts_) {
        out[std::to_string(signature)] = to_hex(layout);
    }
    return json::serialize(out);
}

bool Formats::from_text(std::string_view text) {
    const auto parsed = parse_json(text, 2, {});
    if (!parsed || !parsed->is_object()) return false;
    std::map<std::uint16_t, Layout> fresh;
    for (const auto& [key, value] : parsed->get_object()) {
        unsigned signature = 0;
        for (const char c : std::string_view(key)) {
            if (c < '0' || c > '9' || signature > 65535) return false;
            signature = signature * 10 + static_cast<unsigned>(c - '0');
        }
        Layout layout;
        if (signature > 65535 || !value.is_string() ||
            !drivers::from_hex(std::string_view(value.get_string()), layout) || layout.empty() ||
            layout.size() > 255 || fresh.size() >= limit_) {
            return false;
        }
        fresh.emplace(static_cast<std::uint16_t>(signature), std::move(layout));
    }
    layouts_ = std::move(fresh);
    ++revision_;
    return true;
}

}  // namespace anju::drivers::wmbus
