#include "runtime/notice.hpp"

#include <boost/json.hpp>

#include "core/check.hpp"

namespace anju {
namespace {

namespace json = boost::json;

json::object pack(const NoticeWords& words) {
    return {{"title", words.title}, {"text", words.text}};
}

json::array pack(const std::vector<NoticeRoute>& routes) {
    json::array out;
    for (const NoticeRoute& route : routes) {
        out.push_back({{"channel", route.channel},
                       {"address", route.address},
                       {"wording", static_cast<int>(route.wording)},
                       {"refused", route.refused}});
    }
    return out;
}

/// Members that are absent or of another kind read as their defaults: an older or newer program
/// wrote them.
class Members {
public:
    explicit Members(const json::object& object) : object_(object) {}

    [[nodiscard]] std::string text(std::string_view key) const {
        const json::value* const found = object_.if_contains(key);
        const json::string* const text = found ? found->if_string() : nullptr;
        return text ? std::string(*text) : std::string{};
    }
    [[nodiscard]] std::int64_t number(std::string_view key) const {
        const json::value* const found = object_.if_contains(key);
        const std::int64_t* const value = found ? found->if_int64() : nullptr;
        return value ? *value : 0;
    }
    [[nodiscard]] bool flag(std::string_view key) const {
        const json::value* const found = object_.if_contains(key);
        return found != nullptr && found->is_bool() && found->get_bool();
    }
    [[nodiscard]] Instant time(std::string_view key) const { return from_unix_ms(number(key)); }
    template <class Enum>
    [[nodiscard]] Enum one_of(std::string_view key, Enum first, Enum last) const {
        const std::int64_t value = number(key);
        const bool known =
            value >= static_cast<std::int64_t>(first) && value <= static_cast<std::int64_t>(last);
        return known ? static_cast<Enum>(value) : first;
    }
    [[nodiscard]] NoticeWords words(std::string_view key) const {
        const json::value* const found = object_.if_contains(key);
        if (found == nullptr || !found->is_object()) return {};
        const Members members(found->get_object());
        return {members.text("title"), members.text("text")};
    }
    [[nodiscard]] const json::array* array(std::string_view key) const {
        const json::value* const found = object_.if_contains(key);
        return found ? found->if_array() : nullptr;
    }

private:
    const json::object& object_;
};

void unpack_lists(const Members& in, Notice& out) {
    if (const json::array* const mentions = in.array("mentions")) {
        for (const json::value& one : *mentions) {
            if (one.is_string()) out.mentions.emplace_back(one.get_string());
        }
    }
    const json::array* const routes = in.array("routes");
    if (routes == nullptr) return;
    for (const json::value& one : *routes) {
        if (!one.is_object()) continue;
        const Members route(one.get_object());
        out.routes.push_back({route.text("channel"), route.text("address"),
                              route.one_of("wording", Wording::open, Wording::full),
                              route.flag("refused")});
    }
}

}  // namespace

std::string_view name(NoticeState state) {
    constexpr std::string_view names[] = {"waiting", "sending", "sent",   "delivered",
                                          "failed",  "expired", "skipped"};
    const auto at = static_cast<std::size_t>(state) - 1;
    ANJU_CHECK(at < std::size(names), "a state of notices");
    return names[at];
}

std::string_view name(NoticeTopic topic) {
    constexpr std::string_view names[] = {"alert", "care", "channel", "test"};
    const auto at = static_cast<std::size_t>(topic) - 1;
    ANJU_CHECK(at < std::size(names), "a topic of notices");
    return names[at];
}

std::string encode(const Notice& notice) {
    json::array mentions(notice.mentions.begin(), notice.mentions.end());
    const json::object out{{"id", notice.id},
                           {"at", to_unix_ms(notice.at)},
                           {"due", to_unix_ms(notice.due)},
                           {"expires", to_unix_ms(notice.expires)},
                           {"topic", static_cast<int>(notice.topic)},
                           {"priority", static_cast<int>(notice.priority)},
                           {"cause", static_cast<int>(notice.cause)},
                           {"subject", notice.subject},
                           {"unit", notice.unit},
                           {"recipient", notice.recipient},
                           {"digest", notice.digest},
                           {"mentions", std::move(mentions)},
                           {"routes", pack(notice.routes)},
                           {"open", pack(notice.open)},
                           {"brief", pack(notice.brief)},
                           {"full", pack(notice.full)},
                           {"link", notice.link},
                           {"state", static_cast<int>(notice.state)},
                           {"route", notice.route},
                           {"attempts", notice.attempts},
                           {"changed", to_unix_ms(notice.changed)},
                           {"over", notice.over},
                           {"answer", notice.answer}};
    return json::serialize(out);
}

std::optional<Notice> decode_notice(std::string_view bytes) {
    boost::system::error_code failed;
    const json::value value = json::parse(bytes, failed);
    if (failed || !value.is_object()) return std::nullopt;
    const Members in(value.get_object());
    Notice out;
    out.id = static_cast<std::uint64_t>(in.number("id"));
    out.at = in.time("at");
    out.due = in.time("due");
    out.expires = in.time("expires");
    out.topic = in.one_of("topic", NoticeTopic::alert, NoticeTopic::test);
    out.priority = in.one_of("priority", Priority::p1, Priority::p4);
    out.cause = in.one_of("cause", SummonsCause::told, SummonsCause::review);
    out.subject = in.text("subject");
    out.unit = in.text("unit");
    out.recipient = in.text("recipient");
    out.digest = in.flag("digest");
    unpack_lists(in, out);
    out.open = in.words("open");
    out.brief = in.words("brief");
    out.full = in.words("full");
    out.link = in.text("link");
    out.state = in.one_of("state", NoticeState::waiting, NoticeState::skipped);
    out.route = static_cast<std::uint32_t>(in.number("route"));
    out.attempts = static_cast<std::uint32_t>(in.number("attempts"));
    out.changed = in.time("changed");
    out.over = in.text("over");
    out.answer = in.text("answer");
    return out;
}

NoticeRow row_of(const Notice& notice) {
    return {notice.id, notice.at, notice.state, notice.subject, encode(notice)};
}

}  // namespace anju
