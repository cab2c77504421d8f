#include "api/alert_page.hpp"

#include <algorithm>
#include <charconv>
#include <string>
#include <vector>

namespace anju::api {

namespace json = boost::json;

namespace {

// First part of a key; the second is an alert's id.
constexpr std::string_view in_waiting = "w";  // otherwise when it changed last, ms since 1970

std::optional<std::int64_t> number_of(const std::string& text) {
    std::int64_t out = 0;
    const char* const end = text.data() + text.size();
    const auto [stop, error] = std::from_chars(text.data(), end, out);
    if (error != std::errc{} || stop != end) return std::nullopt;
    return out;
}

std::optional<store::AlertPlace> place_of(const std::vector<std::string>& key) {
    if (key.empty() || key[0] == in_waiting) return std::nullopt;
    return store::AlertPlace{from_unix_ms(number_of(key[0]).value_or(0)), key[1]};
}

}  // namespace

std::optional<KeyedPage> alerts_wanted(const http::Request& request, http::Response& refused) {
    auto out = keyed_page(request, refused, 2);
    if (!out || out->after.empty() || out->after[0] == in_waiting || number_of(out->after[0])) {
        return out;
    }
    refused = bad_cursor();
    return std::nullopt;
}

std::size_t behind(const std::vector<const Alert*>& waiting, const AlertId& last) {
    const auto found = std::ranges::find(waiting, last, [](const Alert* one) { return one->id; });
    return found == waiting.end() ? 0 : static_cast<std::size_t>(found - waiting.begin()) + 1;
}

json::object alert_page(const Context& context, const KeyedPage& page,
                        const std::function<bool(const Alert&)>& wanted, bool over, Look& look) {
    const AlertViews views(context.render);
    const auto waiting = context.board.waiting(wanted);
    json::array items;
    json::value next = nullptr;
    const auto place = place_of(page.after);
    if (!place) {
        std::size_t i = page.after.empty() ? 0 : behind(waiting, AlertId{page.after[1]});
        for (; i < waiting.size() && items.size() < page.limit; ++i) {
            items.push_back(views.item(*waiting[i], look));
        }
        if (i < waiting.size()) {
            next = cursor({std::string(in_waiting), waiting[i - 1]->id.value});
            over = false;
        }
    }
    if (over && items.size() < page.limit) {
        const auto ended = need(context.reader.ended_alerts(
            place, page.limit - items.size(),
            [&](const Alert& alert) { return !needs_somebody(alert) && wanted(alert); }));
        for (const Alert& alert : ended.alerts) items.push_back(views.item(alert, look));
        if (ended.next) {
            next = cursor({std::to_string(to_unix_ms(ended.next->changed_at)), ended.next->id});
        }
    } else if (over) {
        // The last of what waits filled the page: what is over begins with the next one.
        next = cursor({std::string(in_waiting), waiting.back()->id.value});
    }
    return {{"items", std::move(items)}, {"next", next}, {"total", waiting.size()}};
}

}  // namespace anju::api
