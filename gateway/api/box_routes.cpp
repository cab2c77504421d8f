#include "api/box_routes.hpp"

#include "api/answers.hpp"
#include "api/message_routes.hpp"
#include "control/methods.hpp"

namespace anju::api {

namespace json = boost::json;
using access::Action;

namespace {

namespace method = control::method;

constexpr Duration test_waits = std::chrono::minutes{1};

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

/// `health=bad`: only what somebody should look at: silent, late, faulty or never heard.
http::Response devices(const Caller& caller, const Context& context) {
    http::Response refused;
    const auto wanted = keyed_page(caller.request, refused, 2);
    if (!wanted) return refused;
    const std::string health = asked(caller.request, "health");
    if (!health.empty() && health != "bad") {
        return bad_request("bad_filter", {"health 只能是 bad", "health is \"bad\" or left out"});
    }
    const Engine& engine = context.gateway.engine();
    Look look(engine, caller.sight);
    const std::string household = asked(caller.request, "household");
    json::array items;
    json::value next = nullptr;
    std::size_t seen = 0;
    for (const HouseholdId& id : engine.households()) {
        if (!look.at(id) || (!household.empty() && id.value != household)) continue;
        const bool before = !wanted->after.empty() && id.value < wanted->after[0];
        const bool only_counted = health.empty() && (before || !next.is_null());
        if (only_counted) {
            seen += engine.find(id)->devices.size();
            continue;
        }
        auto view = engine.view(id);
        std::ranges::sort(view->devices, {}, [](const DeviceView& one) { return one.device.id; });
        for (const DeviceView& one : view->devices) {
            json::object device = context.render.device(id, one);
            if (!health.empty() && (!one.collected || device.at("health") == "ok")) continue;
            ++seen;
            const std::vector<std::string> key{id.value, one.device.id.value};
            if ((!wanted->after.empty() && key <= wanted->after) || !next.is_null()) continue;
            if (items.size() == wanted->limit) {
                const json::object& last = items.back().as_object();
                next = cursor({std::string(last.at("household").as_string()),
                               std::string(last.at("id").as_string())});
                continue;
            }
            device["community"] = look.community_of(id).value;
            items.push_back(std::move(device));
        }
    }
    return answer(caller.request, {{"items", std::move(items)}, {"next", next}, {"total", seen}});
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
    const std::string subject = "device:" + *driver + ":" + *address;
    caller.asks(what, subject);
    const control::Reply reply = context.call({std::string(name), std::move(*said)});
    if (!reply.ok()) {
        caller.did(what, subject, "refused");
        return from(caller.request, reply);
    }
    // Under which id it is known from now on, and which device is not listened to any more.
    std::string detail;
    if (const json::value* now = reply.result.as_object().if_contains("device")) {
        detail = std::string(now->at("id").as_string());
    }
    if (const json::value* old = reply.result.as_object().if_contains("replaced");
        old != nullptr && old->is_object()) {
        detail += ", replaces " + std::string(old->at("driver").as_string()) + ":" +
                  std::string(old->at("address").as_string());
    }
    caller.did(what, subject, detail);
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
http::Response test_sensor(const Caller& caller, const Context& context) {
    http::Response refused;
    const auto said = body(caller.request, refused);
    if (!said) return refused;
    const auto id = control::text_param(*said, "device");
    const auto what = control::text_param(*said, "what");
    if (!id) return from(caller.request, control::Reply::failed(id.error()));
    if (!what || *what != "test") {
        return bad_request("refused", {"what 只能是 test", "what is \"test\""});
    }
    const Device* const device = device_in_sight(caller, context, DeviceId{*id});
    if (device == nullptr) return not_found();
    if (device->driver != "native") return press_its_button();
    const std::string command = caller.own(std::to_string(to_unix_ms(context.gateway.now())));
    caller.did("device_tested", "device:" + *id, {});
    context.tell_sensor(self_test(*device, command, context.gateway.now() + test_waits));
    return done({{"command_id", command}});
}

/// Scenarios that a simulator on this box plays, and the one that it played last.
http::Response drills(const Caller& caller, const Context& context) {
    if (!caller.account.scope.everything()) return caller.refuse();
    control::Reply reply = context.call({std::string(method::drill_show), {}});
    json::array communities;
    const Engine& engine = context.gateway.engine();
    for (const CommunityId& id : engine.communities()) {
        communities.push_back({{"id", id.value}, {"name", engine.find(id)->name}});
    }
    reply.result.as_object()["communities"] = std::move(communities);
    return answer(caller.request, reply.result);
}

/// Why a drill cannot be begun now, in words for whoever pressed the button; nullopt: it can.
std::optional<http::Response> hindrance(const json::object& stage) {
    const auto conflict = [](const char* code, text::Wording title, text::Wording detail) {
        return http::problem({.status = 409, .code = code, .title = title, .detail = detail});
    };
    if (!stage.at("allowed").as_bool()) {
        return conflict("drills_not_allowed",
                        {"这台网关不允许演练", "drills are not allowed on this box"},
                        {"在配置的 [drill] 中设 allowed = true 并重启。",
                         "Set allowed = true in [drill] of its configuration and restart it."});
    }
    if (stage.at("simulator").is_null()) {
        return conflict("no_simulator", {"没有待命的模拟器", "no simulator stands ready"},
                        {"在网关上运行 anju-sim attend。", "Run anju-sim attend on the box."});
    }
    if (const auto* drill = stage.at("drill").if_object();
        drill != nullptr && (drill->at("phase") == "asked" || drill->at("phase") == "playing")) {
        return conflict("drill_running", {"已有一场演练在进行", "a drill is being played"},
                        {"等它结束，或先停止它。", "Wait for its end, or stop it."});
    }
    return std::nullopt;
}

http::Response play(const Caller& caller, const Context& context) {
    if (!caller.account.scope.everything()) return caller.refuse();
    http::Response refused;
    const auto said = body(caller.request, refused);
    if (!said) return refused;
    const auto scenario = control::text_param(*said, "scenario");
    if (!scenario) return from(caller.request, control::Reply::failed(scenario.error()));
    const control::Reply stage = context.call({std::string(method::drill_show), {}});
    if (auto why = hindrance(stage.result.as_object())) return std::move(*why);
    const std::string& who =
        caller.account.shown.empty() ? caller.account.name : caller.account.shown;
    json::object order{{"scenario", *scenario}, {"actor", who}};
    for (const char* const key : {"community", "staff"}) {
        if (const json::value* value = said->if_contains(key)) order[key] = *value;
    }
    const control::Reply reply = context.call({std::string(method::drill_play), std::move(order)});
    if (!reply.ok()) return from(caller.request, reply);
    const json::value* const staff = said->if_contains("staff");
    const bool everybody = staff != nullptr && staff->is_bool() && staff->get_bool();
    caller.did("drill_begun", "scenario:" + *scenario, everybody ? "staff" : "maintainers");
    return done(reply.result);
}

http::Response stop(const Caller& caller, const Context& context) {
    if (!caller.account.scope.everything()) return caller.refuse();
    const control::Reply reply = context.call({std::string(method::drill_stop), {}});
    if (!reply.ok()) {
        return http::problem({.status = 409,
                              .code = "no_drill",
                              .title = {"没有进行中的演练", "no drill is being played"},
                              .detail = {}});
    }
    caller.did("drill_stopped", "drill:" + std::to_string(reply.result.at("number").as_uint64()),
               {});
    return done(reply.result);
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
    add("POST", "/api/v1/devices/test", test_sensor);
    add("GET", "/api/v1/drills", drills);
    add("POST", "/api/v1/drills", play);
    add("POST", "/api/v1/drills/stop", stop);
    add("POST", "/api/v1/devices/accept", [](const Caller& caller, const Context& with) {
        return change(caller, with, method::devices_accept, "device_accepted");
    });
    add("POST", "/api/v1/devices/ignore", [](const Caller& caller, const Context& with) {
        return change(caller, with, method::devices_ignore, "device_ignored");
    });
}

}  // namespace anju::api
