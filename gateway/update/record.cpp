// What the updater writes down, as text and back, and the names it goes by. See plan.hpp.
#include <array>
#include <boost/json.hpp>
#include <utility>

#include "update/plan.hpp"

namespace anju::update {
namespace {

namespace json = boost::json;

constexpr std::array<std::pair<Step, std::string_view>, 5> steps{{
    {Step::idle, "idle"},
    {Step::installing, "installing"},
    {Step::proving, "proving"},
    {Step::rolling_back, "rolling_back"},
    {Step::proving_again, "proving_again"},
}};
constexpr std::array<std::pair<Ending, std::string_view>, 5> endings{{
    {Ending::none, "none"},
    {Ending::updated, "updated"},
    {Ending::rolled_back, "rolled_back"},
    {Ending::failed, "failed"},
    {Ending::abandoned, "abandoned"},
}};
constexpr std::array<std::pair<Rest, std::string_view>, 13> rests{{
    {Rest::none, "none"},
    {Rest::off, "off"},
    {Rest::current, "current"},
    {Rest::taken_back, "taken_back"},
    {Rest::not_its_turn, "not_its_turn"},
    {Rest::no_way_back, "no_way_back"},
    {Rest::not_now, "not_now"},
    {Rest::alerts, "alerts"},
    {Rest::clock, "clock"},
    {Rest::no_answer, "no_answer"},
    {Rest::later, "later"},
    {Rest::no_room, "no_room"},
    {Rest::broken, "broken"},
}};

template <class Table, class Value>
std::string_view name_in(const Table& table, Value value) {
    for (const auto& [one, name] : table) {
        if (one == value) return name;
    }
    return "none";
}

template <class Table, class Value>
bool value_in(const Table& table, std::string_view name, Value& into) {
    for (const auto& [one, known] : table) {
        if (known != name) continue;
        into = one;
        return true;
    }
    return false;
}

json::string text(std::string_view of) {
    return json::string(of);
}

json::object health_json(const Health& health) {
    json::array links;
    for (const std::string& link : health.links) links.push_back(text(link));
    return {{"active", health.active},   {"answers", health.answers},
            {"version", health.version}, {"pid", health.pid},
            {"epoch", health.epoch},     {"store_low", health.store_low},
            {"links", std::move(links)}, {"opening", health.opening}};
}

/// Each: leaves `into` alone when the member is absent or of another type.
void take(const json::object& from, std::string_view key, std::string& into) {
    const json::value* const found = from.if_contains(key);
    if (found != nullptr && found->is_string()) into = std::string(found->get_string());
}
void take(const json::object& from, std::string_view key, bool& into) {
    const json::value* const found = from.if_contains(key);
    if (found != nullptr && found->is_bool()) into = found->get_bool();
}
template <class Number>
void take_number(const json::object& from, std::string_view key, Number& into) {
    const json::value* const found = from.if_contains(key);
    if (found == nullptr || !found->is_number()) return;
    boost::system::error_code other;
    const auto number = found->to_number<Number>(other);
    if (!other) into = number;
}
void take(const json::object& from, std::string_view key, Instant& into) {
    std::int64_t ms = to_unix_ms(into);
    take_number(from, key, ms);
    into = from_unix_ms(ms);
}

void take(const json::object& from, std::string_view key, Duration& into) {
    std::int64_t ms = std::chrono::floor<std::chrono::milliseconds>(into).count();
    take_number(from, key, ms);
    into = std::chrono::milliseconds{ms};
}

std::int64_t ms_of(Duration of) {
    return std::chrono::floor<std::chrono::milliseconds>(of).count();
}

Health health_of(const json::object& from) {
    Health out;
    take(from, "active", out.active);
    take(from, "answers", out.answers);
    take(from, "version", out.version);
    take_number(from, "pid", out.pid);
    take_number(from, "epoch", out.epoch);
    take(from, "store_low", out.store_low);
    take(from, "opening", out.opening);
    const json::value* const links = from.if_contains("links");
    if (links == nullptr || !links->is_array()) return out;
    for (const json::value& link : links->get_array()) {
        if (link.is_string()) out.links.emplace_back(link.get_string());
    }
    return out;
}

}  // namespace

std::string_view name(Step step) {
    return name_in(steps, step);
}
std::string_view name(Ending ending) {
    return name_in(endings, ending);
}
std::string_view name(Rest why) {
    return name_in(rests, why);
}

Ending ending_of(std::string_view name) {
    Ending out = Ending::none;
    static_cast<void>(value_in(endings, name, out));
    return out;
}
Rest rest_of(std::string_view name) {
    Rest out = Rest::none;
    static_cast<void>(value_in(rests, name, out));
    return out;
}
Step step_of(std::string_view name) {
    Step out = Step::idle;
    static_cast<void>(value_in(steps, name, out));
    return out;
}

std::string to_text(const Record& record) {
    json::array refused;
    for (const Refused& one : record.refused) {
        refused.push_back({{"version", one.version}, {"why", one.why}, {"at", to_unix_ms(one.at)}});
    }
    return json::serialize(json::object{
               {"step", text(name(record.step))},
               {"from", record.from},
               {"to", record.to},
               {"begun", record.begun},
               {"before", health_json(record.before)},
               {"why", record.why},
               {"noticed", record.noticed},
               {"words", record.words},
               {"refused", std::move(refused)},
               {"waits_for", record.waits_for},
               {"waits_since", to_unix_ms(record.waits_since)},
               {"waits_since_up", ms_of(record.waits_since_up)},
               {"retry",
                {{"version", record.retry.version},
                 {"why", record.retry.why},
                 {"failures", record.retry.failures},
                 {"at", to_unix_ms(record.retry.at)},
                 {"up", ms_of(record.retry.up)},
                 {"wait", ms_of(record.retry.wait)}}},
               {"waiting", record.waiting},
               {"waiting_why", record.waiting_why},
               {"ending", text(name(record.ending))},
               {"ended_from", record.ended_from},
               {"ended_to", record.ended_to},
               {"ended_why", record.ended_why},
               {"ended_noticed", record.ended_noticed},
               {"ended_at", to_unix_ms(record.ended_at)},
               {"previous", record.previous},
               {"checked_at", to_unix_ms(record.checked_at)},
               {"trouble", record.trouble},
           }) +
           "\n";
}

std::optional<Record> from_text(std::string_view text) {
    boost::system::error_code failed;
    const json::value value = json::parse(text, failed);
    if (failed || !value.is_object()) return std::nullopt;
    const json::object& from = value.get_object();
    Record out;
    std::string word;
    take(from, "step", word);
    if (!value_in(steps, word, out.step)) return std::nullopt;
    take(from, "from", out.from);
    take(from, "to", out.to);
    // A step that knows nothing of its versions cannot be gone on with.
    if (out.step != Step::idle && (out.from.empty() || out.to.empty())) return std::nullopt;
    take_number(from, "begun", out.begun);
    if (const json::value* const before = from.if_contains("before");
        before != nullptr && before->is_object()) {
        out.before = health_of(before->get_object());
    }
    take(from, "why", out.why);
    take(from, "noticed", out.noticed);
    take(from, "words", out.words);
    if (const json::value* const refused = from.if_contains("refused");
        refused != nullptr && refused->is_array()) {
        for (const json::value& one : refused->get_array()) {
            if (!one.is_object()) continue;
            Refused& added = out.refused.emplace_back();
            take(one.get_object(), "version", added.version);
            take(one.get_object(), "why", added.why);
            take(one.get_object(), "at", added.at);
        }
    }
    take(from, "waits_for", out.waits_for);
    take(from, "waits_since", out.waits_since);
    take(from, "waits_since_up", out.waits_since_up);
    if (const json::value* const retry = from.if_contains("retry");
        retry != nullptr && retry->is_object()) {
        const json::object& one = retry->get_object();
        take(one, "version", out.retry.version);
        take(one, "why", out.retry.why);
        take_number(one, "failures", out.retry.failures);
        take(one, "at", out.retry.at);
        take(one, "up", out.retry.up);
        take(one, "wait", out.retry.wait);
    }
    take(from, "waiting", out.waiting);
    take(from, "waiting_why", out.waiting_why);
    word.clear();
    take(from, "ending", word);
    out.ending = ending_of(word);
    take(from, "ended_from", out.ended_from);
    take(from, "ended_to", out.ended_to);
    take(from, "ended_why", out.ended_why);
    take(from, "ended_noticed", out.ended_noticed);
    take(from, "ended_at", out.ended_at);
    take(from, "previous", out.previous);
    take(from, "checked_at", out.checked_at);
    take(from, "trouble", out.trouble);
    return out;
}

}  // namespace anju::update
