#include "http/calendar_route.hpp"

#include <utility>

#include "http/content.hpp"

namespace anju::http {
namespace {

Response unknown(Failures& failures, const std::string& peer, SteadyTime now) {
    const auto wait = failures.failed(peer, now);
    if (wait.count() > 0) {
        return {429,
                "text/plain; charset=utf-8",
                "请稍后再试 / too many attempts\n",
                {{"Retry-After", std::to_string(wait.count())}}};
    }
    return {404, "text/plain; charset=utf-8",
            "没有这个日历，地址可能已更换 / no such calendar, its address may have changed\n"};
}

}  // namespace

void add_calendar_route(Router& router, const CalendarTokens& tokens, CalendarShelf& shelf,
                        Failures& failures, const Clock& clock) {
    router.add("GET", "/calendar/{token}.ics", [&](const Request& request) -> Response {
        const std::string& token = request.params.front();
        const auto worker = CalendarTokens::claimed(token);
        const auto generation = worker ? shelf.generation(*worker) : std::nullopt;
        if (!generation || !tokens.is_good(token, *worker, *generation)) {
            return unknown(failures, request.peer, clock.read().steady);
        }
        std::string feed = shelf.feed(*worker);
        const std::string tag = entity_tag(feed);
        // A client may keep it, to be told that nothing has changed; others on the way may not.
        std::vector<std::pair<std::string, std::string>> fields = {
            {"ETag", tag}, {"Cache-Control", "private, no-cache"}};
        if (named_tag(request.if_none_match, tag)) return {304, {}, {}, std::move(fields)};
        fields.emplace_back("Content-Disposition", "inline; filename=\"anju.ics\"");
        return {200, "text/calendar; charset=utf-8", std::move(feed), std::move(fields)};
    });
}

}  // namespace anju::http
