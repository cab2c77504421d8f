// Notices as the control socket shows them; see render.hpp.
#include "control/printable.hpp"
#include "control/render.hpp"
#include "core/model/care_names.hpp"
#include "core/model/names.hpp"

namespace anju::control {
namespace {

namespace json = boost::json;

json::string text(std::string_view text) {
    return json::string(text);
}

}  // namespace

json::object Render::notice(const Notice& notice) const {
    return {{"id", notice.id},
            {"at", time(notice.at)},
            {"topic", text(anju::name(notice.topic))},
            {"priority", text(anju::name(notice.priority))},
            {"cause", text(anju::name(notice.cause))},
            {"subject", notice.subject},
            {"recipient", notice.recipient},
            {"state", text(anju::name(notice.state))},
            {"attempts", notice.attempts},
            {"over", notice.over},
            {"changed", time(notice.changed)},
            {"answer", printable(notice.answer)}};
}

/// Without the link, which lets whoever reads it act in the recipient's name.
json::object Render::notice_in_full(const Notice& one) const {
    json::array routes;
    for (const NoticeRoute& route : one.routes) {
        routes.push_back(
            {{"channel", route.channel}, {"address", route.address}, {"refused", route.refused}});
    }
    json::object out = notice(one);
    out["due"] = time(one.due);
    out["expires"] = time(one.expires);
    out["digest"] = one.digest;
    out["routes"] = std::move(routes);
    const NoticeWords& words = one.open.title.empty() ? one.brief : one.open;
    out["title"] = printable(words.title);
    out["text"] = words.text;
    out["link"] = !one.link.empty();
    return out;
}

}  // namespace anju::control
