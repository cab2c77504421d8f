#include "api/box_routes.hpp"

#include <algorithm>
#include <optional>
#include <vector>

#include "api/answers.hpp"
#include "control/methods.hpp"
#include "core/model/names.hpp"

namespace anju::api {

namespace json = boost::json;
using access::Action;

namespace {

namespace method = control::method;

constexpr Duration readings_back = std::chrono::days{7};
constexpr std::size_t most_readings = 200;
constexpr Duration drill_waits = std::chrono::minutes{1};

/// A method of the control socket as it is, with these of its parameters from the query.
http::Response pass(const Caller& caller, const Context& context, std::string_view name) {
    json::object params;
    for (const char* const key : {"limit"}) {
        const std::string value = asked(caller.request, key);
        if (value.empty()) continue;
        http::Response refused;
        const auto wanted = page(caller.request, refused);
        if (!wanted) return refused;
        params[key] = wanted->limit;
    }
    return from(caller.request, context.call({std::string(name), std::move(params)}));
}

/// As the method has it, but with the sensors of the homes that may be seen: the box may serve
/// more streets than its operator looks after.
http::Response health(const Caller& caller, const Context& context) {
    constexpr std::size_t most_devices = 100;
    control::Reply reply = context.call({std::string(method::health), {}});
    if (!reply.ok()) return from(caller.request, reply);
    const Engine& engine = context.gateway.engine();
    Look look(engine, caller.sight);
    json::array devices;
    std::uint64_t total = 0;
    for (const HouseholdId& id : engine.households()) {
        if (!look.at(id)) continue;
        const auto view = engine.view(id);
        for (const DeviceView& device : view->devices) {
            if (device.health == DeviceHealth::ok) continue;
            if (++total <= most_devices) devices.push_back(context.render.device(id, device));
        }
    }
    json::object& what = reply.result.as_object();
    what["devices"] = std::move(devices);
    what["devices_total"] = total;
    return answer(caller.request, what);
}

http::Response devices(const Caller& caller, const Context& context) {
    http::Response refused;
    const auto wanted = page(caller.request, refused);
    if (!wanted) return refused;
    const Engine& engine = context.gateway.engine();
    Look look(engine, caller.sight);
    const std::string household = asked(caller.request, "household");
    json::array items;
    std::size_t seen = 0;
    for (const HouseholdId& id : engine.households()) {
        if (!look.at(id) || (!household.empty() && id.value != household)) continue;
        const std::size_t here = engine.find(id)->devices.size();
        if (seen + here > wanted->offset && items.size() < wanted->limit) {
            const auto view = engine.view(id);
            for (std::size_t i = 0; i < view->devices.size(); ++i) {
                if (seen + i < wanted->offset || items.size() == wanted->limit) continue;
                json::object device = context.render.device(id, view->devices[i]);
                device["community"] = look.community_of(id).value;
                items.push_back(std::move(device));
            }
        }
        seen += here;
    }
    const json::value next = cursor_after(*wanted, items.size(), seen);
    return answer(caller.request, {{"items", std::move(items)}, {"next", next}, {"total", seen}});
}

std::string driver_of(const DeviceId& id, const Household& home) {
    const auto device = std::ranges::find(home.devices, id, &Device::id);
    return device == home.devices.end() ? "" : device->driver;
}

/// What limits a reading, by name.
json::array qualities(const Reading& reading) {
    json::array out;
    const auto add = [&](std::uint16_t bit, const char* text) {
        if ((reading.quality & bit) != 0) out.push_back(text);
    };
    add(quality::retained, "retained");
    add(quality::test, "test");
    add(quality::clock_replaced, "clock_replaced");
    add(quality::late, "late");
    return out;
}

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
        items.back()
            .at("readings")
            .as_array()
            .push_back({{"kind", json::string(name(one.reading.kind))},
                        {"value", one.reading.value},
                        {"quality", qualities(one.reading)},
                        {"event_time", render.time(one.reading.event_time)}});
    }
    return items;
}

/// What was stored of a device, newest first: of a kind that is not collected there is nothing.
http::Response messages(const Caller& caller, const Context& context) {
    using Kept =
        std::optional<result<std::vector<store::StoredReading>>>;  // nullopt: too many wait
    const DeviceId device{caller.place(0)};
    const auto home_of = [&context, device](const Caller& who) -> const Household* {
        const HouseholdId* const home = context.gateway.engine().household_of(device);
        Look look(context.gateway.engine(), who.sight);
        return home != nullptr && look.at(*home) ? context.gateway.engine().find(*home) : nullptr;
    };
    if (home_of(caller) == nullptr) return not_found();
    const Instant since = context.gateway.now() - readings_back;
    return caller.later<Kept>(
        Action::run_box,
        [&context, device, since](const std::function<void(Kept)>& take) {
            const bool taken = context.reads.lookups.ask<std::vector<store::StoredReading>>(
                [device, since](store::StoreReader& reader) {
                    return reader.readings(device, since, most_readings);
                },
                take);
            if (!taken) take(std::nullopt);
        },
        [&context, device, home_of](const Caller& again, Kept& kept) {
            const Household* const home = home_of(again);
            if (home == nullptr) return not_found();
            if (!kept) return too_busy_reading();
            json::array items =
                messages_of(need(std::move(*kept)), driver_of(device, *home), context.render);
            again.saw("device:" + device.value);
            return answer(again.request, {{"items", std::move(items)}, {"next", nullptr}});
        });
}

/// For whoever sees everything: a refusal may name a home anywhere that has the device already.
http::Response change(const Caller& caller, const Context& context, std::string_view name,
                      std::string_view what) {
    if (!caller.account.scope.everything()) return caller.refuse();
    http::Response refused;
    auto said = body(caller.request, refused);
    if (!said) return refused;
    const auto driver = control::text_param(*said, "driver");
    const auto address = control::text_param(*said, "address");
    if (!driver) return from(caller.request, control::Reply::failed(driver.error()));
    if (!address) return from(caller.request, control::Reply::failed(address.error()));
    if (const json::value* home = said->if_contains("household"); home != nullptr) {
        Look look(context.gateway.engine(), caller.sight);
        if (!home->is_string() || !look.at(HouseholdId{std::string(home->get_string())})) {
            return not_found();
        }
    }
    const control::Reply reply = context.call({std::string(name), std::move(*said)});
    if (!reply.ok()) return from(caller.request, reply);
    caller.did(what, "device:" + *driver + ":" + *address, {});
    return done(reply.result);
}

http::Response press_its_button() {
    return http::problem(
        {.status = 409,
         .code = "press_its_button",
         .title = {"这个设备不能远程自检", "this device cannot be asked to test itself"},
         .detail = {"请在现场按设备上的测试键。", "Press its test button on the spot."}});
}

/// A sensor of ours sounds and tells a test, which goes the whole way to the maintainer.
http::Response drill(const Caller& caller, const Context& context) {
    http::Response refused;
    const auto said = body(caller.request, refused);
    if (!said) return refused;
    const auto id = control::text_param(*said, "device");
    const auto what = control::text_param(*said, "what");
    if (!id) return from(caller.request, control::Reply::failed(id.error()));
    if (!what || *what != "test") {
        return bad_request("refused", {"只能演练 test", "a drill is a \"test\""});
    }
    const HouseholdId* const home = context.gateway.engine().household_of(DeviceId{*id});
    Look look(context.gateway.engine(), caller.sight);
    if (home == nullptr || !look.at(*home)) return not_found();
    const Household& household = *context.gateway.engine().find(*home);
    const auto device = std::ranges::find(household.devices, DeviceId{*id}, &Device::id);
    if (device == household.devices.end()) return not_found();
    if (device->driver != "native") return press_its_button();
    const std::string command = caller.own(std::to_string(to_unix_ms(context.gateway.now())));
    context.tell_sensor(self_test(*device, command, context.gateway.now() + drill_waits));
    caller.did("drill", "device:" + *id, {});
    return done({{"command_id", command}});
}

}  // namespace

void add_box_routes(http::Router& router, Guard& guard, const Context& context) {
    const auto add_method = [&](const char* path, Action action, std::string_view name) {
        router.add("GET", path, guard.allow(action, [&context, name](const Caller& caller) {
            // What is no home's, or every home's, is for whoever sees everything.
            if (name != method::status && !caller.account.scope.everything()) {
                return caller.refuse();
            }
            return pass(caller, context, name);
        }));
    };
    add_method("/api/v1/status", Action::read_status, method::status);
    add_method("/api/v1/config", Action::run_box, method::config_show);
    add_method("/api/v1/rejected", Action::run_box, method::rejected_list);
    add_method("/api/v1/devices/proposals", Action::run_box, method::devices_discover);
    using Part = http::Response (*)(const Caller&, const Context&);
    const auto add = [&](const char* verb, const char* path, Part part) {
        router.add(verb, path, guard.allow(Action::run_box, [&context, part](const Caller& caller) {
            return part(caller, context);
        }));
    };
    add("GET", "/api/v1/health", health);
    add("GET", "/api/v1/devices", devices);
    add("GET", "/api/v1/devices/{id}/messages", messages);
    add("POST", "/api/v1/drill", drill);
    add("POST", "/api/v1/devices/accept", [](const Caller& caller, const Context& with) {
        return change(caller, with, method::devices_accept, "device_accepted");
    });
    add("POST", "/api/v1/devices/ignore", [](const Caller& caller, const Context& with) {
        return change(caller, with, method::devices_ignore, "device_ignored");
    });
}

}  // namespace anju::api
