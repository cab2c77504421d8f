#include "api/message_routes.hpp"

#include <optional>
#include <vector>

#include "api/answers.hpp"
#include "api/message_views.hpp"

namespace anju::api {

namespace json = boost::json;
using access::Action;

namespace {

constexpr Duration readings_back = std::chrono::days{7};
constexpr std::size_t most_readings = 200;

json::array messages_of(const std::vector<store::StoredReading>& kept, const std::string& driver,
                        const control::Render& render) {
    json::array items;
    std::uint64_t message = 0;
    for (const store::StoredReading& one : kept) {
        if (items.empty() || one.seq != message) {
            message = one.seq;
            items.push_back({{"at", render.time(one.at)},
                             {"driver", driver},
                             {"readings", json::array{}},
                             {"problems", json::array{}}});
        }
        items.back().at("readings").as_array().push_back(reading_view(one.reading, render));
    }
    return items;
}

/// What was stored of a device, newest first: of a kind that is not collected there is nothing.
http::Response stored(const Caller& caller, const Context& context, const Device& device) {
    using Kept =
        std::optional<result<std::vector<store::StoredReading>>>;  // nullopt: too many wait
    const Instant since = context.gateway.now() - readings_back;
    return caller.later<Kept>(
        Action::run_box,
        [&context, id = device.id, since](const std::function<void(Kept)>& take) {
            const bool taken = context.reads.lookups.ask<std::vector<store::StoredReading>>(
                [id, since](store::StoreReader& reader) {
                    return reader.readings(id, since, most_readings);
                },
                take);
            if (!taken) take(std::nullopt);
        },
        [&context, id = device.id](const Caller& again, Kept& kept) {
            const Device* const still = device_in_sight(again, context, id);
            if (still == nullptr) return not_found();
            if (!kept) return too_busy_reading();
            json::array items = messages_of(need(std::move(*kept)), still->driver, context.render);
            again.saw("device:" + id.value);
            return answer(again.request, {{"items", std::move(items)}, {"next", nullptr}});
        });
}

http::Response not_collected() {
    return http::problem(
        {.status = 409,
         .code = "not_collected",
         .title = {"住户未同意采集这类设备的数据",
                   "the resident did not agree to this kind of sensor"},
         .detail = {"不保存也不显示它的报文。", "Nothing of its messages is kept or shown."}});
}

http::Response too_many_watches() {
    auto out = http::problem(
        {.status = 503,
         .code = "too_many_watches",
         .title = {"同时查看的设备太多", "too many devices are being watched"},
         .detail = {"请关闭不用的实时报文页面，一分钟后再试。",
                    "Close live messages that nobody needs, and try again in a minute."}});
    out.fields.emplace_back("Retry-After", "60");
    return out;
}

http::Response recent(const Caller& caller, const Context& context, const Device& device) {
    if (!context.gateway.engine().collects(device.id)) return not_collected();
    caller.saw("device:" + device.id.value);
    return answer(caller.request, context.watch.recent(device.id));
}

http::Response live(const Caller& caller, const Context& context, const Device& device) {
    if (!context.gateway.engine().collects(device.id)) return not_collected();
    if (!context.watch.begin(device)) return too_many_watches();
    // A phone that comes again within ten minutes goes on with the same look.
    caller.guard.write({.account = caller.account.id,
                        .name = caller.account.name,
                        .action = "watch_messages",
                        .subject = "device:" + device.id.value,
                        .peer = caller.request.peer},
                       true);
    const json::object hello{{"now", context.render.time(context.gateway.now())},
                             {"device", device.id.value}};
    return context.watch.listen(
        device.id,
        {.key = caller.session.key,
         .sight = caller.sight,
         .good = [&guard = caller.guard, key = caller.session.key] { return guard.lasts(key); }},
        caller.request.last_event_id, json::serialize(hello));
}

}  // namespace

const Device* device_in_sight(const Caller& caller, const Context& context, const DeviceId& id) {
    const Engine& engine = context.gateway.engine();
    const HouseholdId* const home = engine.household_of(id);
    Look look(engine, caller.sight);
    return home != nullptr && look.at(*home) ? find_device(engine, id) : nullptr;
}

void add_message_routes(http::Router& router, Guard& guard, const Context& context) {
    using Part = http::Response (*)(const Caller&, const Context&, const Device&);
    const auto add = [&](const char* path, Part part) {
        router.add("GET", path,
                   guard.allow(access::Action::run_box, [&context, part](const Caller& caller) {
                       const Device* const device =
                           device_in_sight(caller, context, DeviceId{caller.place(0)});
                       return device == nullptr ? not_found() : part(caller, context, *device);
                   }));
    };
    add("/api/v1/devices/{id}/messages", stored);
    add("/api/v1/devices/{id}/messages/live", recent);
    add("/api/v1/devices/{id}/events", live);
}

}  // namespace anju::api
