// The methods that bring devices into the directory: discover, accept, ignore.
#include <algorithm>
#include <utility>

#include "app/anjud/accept.hpp"
#include "app/anjud/conflicts.hpp"
#include "app/anjud/handlers.hpp"
#include "control/methods.hpp"
#include "core/model/names.hpp"
#include "drivers/settings.hpp"

namespace anju {

using boost::json::array;
using boost::json::object;
using control::Reply;

namespace {

Reply done(object result) {
    return {boost::json::value(std::move(result)), {}};
}

/// The home that has registered it; nullopt: none has.
std::optional<HouseholdId> home_of(const Engine& engine, const std::string& driver,
                                   const std::string& address) {
    for (const HouseholdId& id : engine.households()) {
        const auto view = engine.view(id);
        for (const Device& device : view->household.devices) {
            if (device.driver == driver && device.address == address) return id;
        }
    }
    return std::nullopt;
}

Error registered_already(const HouseholdId& home, const std::string& where) {
    return {"the home " + home.value + " has this device already", where, "anjuctl devices list"};
}

/// Why `device` would not be understood; nullopt: as far as can be seen it would.
std::optional<Error> misfit(Gateway& gateway, const Proposal& proposal, const Device& device) {
    if (device.key.empty() && device.profile.empty()) return std::nullopt;
    const auto error = gateway.attempt(proposal, {drivers::parse_key(device.key), device.profile});
    if (!error) return std::nullopt;
    const bool key = control::needs_key(error->code);
    if (!key && !error->code.starts_with("profile_") && error->code != "layout_mismatch") {
        return std::nullopt;  // its next message may fare better
    }
    return Error{"its last message cannot be read with this " +
                     std::string(key ? "key" : "profile") + ": " + error->code + ": " + error->text,
                 proposal.driver + " " + proposal.address,
                 key ? "look at the key's digits again; a meter has a key of its own"
                     : "docs/drivers/supported.md lists the profiles"};
}

object contradiction(SensorKind seems, SensorKind kind) {
    return {{"code", "kind_contradicts"},
            {"seems", boost::json::string(name(seems))},
            {"kind", boost::json::string(name(kind))}};
}

}  // namespace

Reply Handlers::devices_discover(const Params& params) {
    const auto all = control::bool_param(params, "all", false);
    const auto limit = control::count_param(params, "limit", control::max_rows, control::max_rows);
    if (!all) return Reply::failed(all.error());
    if (!limit) return Reply::failed(limit.error());
    const Proposals& proposals = daemon_.gateway().proposals();
    array rows;
    for (const Proposal* one : proposals.all()) {
        if (rows.size() == *limit) break;
        rows.push_back(render_.proposal(*one));
    }
    array ignored;
    const auto hidden = proposals.ignored();
    for (const IgnoredDevice* one : hidden) {
        if (*all) ignored.push_back(render_.ignored(*one));
    }
    return done({{"proposals", std::move(rows)},
                 {"total", proposals.size()},
                 {"ignored", std::move(ignored)},
                 {"ignored_total", hidden.size()},
                 {"dropped", proposals.dropped()}});
}

Reply Handlers::devices_accept(const Params& params) {
    auto said = read_acceptance(params);
    if (!said) return Reply::failed(said.error());
    const std::string where = said->driver + " " + said->address;
    if (!daemon_.time_is_known()) {
        return Reply::failed({"the clock is driven and nobody has set it yet", "[clock] driven",
                              "start the simulator first"});
    }
    Gateway& gateway = daemon_.gateway();
    if (const auto owner = home_of(gateway.engine(), said->driver, said->address)) {
        return Reply::failed(registered_already(*owner, where));
    }
    const Proposal* const proposal = gateway.proposals().find(said->driver, said->address);
    if (proposal == nullptr) {
        return Reply::failed({"no device of this address has been heard", where,
                              "anjuctl devices discover lists those that were; residents import "
                              "registers one that was not"});
    }
    const auto view = gateway.engine().view(HouseholdId{said->household});
    if (!view) {
        return Reply::failed({"no such household", said->household,
                              "anjuctl residents list; a new home is registered with anjuctl "
                              "residents import"});
    }
    Household home = view->household;
    std::optional<Device> replaced;
    if (!said->replaces.empty()) {
        const auto old = std::ranges::find(home.devices, DeviceId{said->replaces}, &Device::id);
        if (old == home.devices.end()) {
            return Reply::failed({"the home has no device '" + said->replaces + "'", "replaces",
                                  "anjuctl devices list"});
        }
        // What it has shown itself to be counts: a door contact takes no smoke alarm's place.
        if (said->kind.empty() && proposal->kind) said->kind = name(*proposal->kind);
        said = taking_the_place(*said, *old);
        if (!said) return Reply::failed(said.error());
        replaced = std::move(*old);
        home.devices.erase(old);
    }
    auto device = accepted_device(*said, *proposal, directory_names());
    if (!device) return {nullptr, device.error()};
    if (replaced) device->entrance = replaced->entrance;
    const bool taken =
        std::ranges::any_of(home.devices, [&](const Device& one) { return one.id == device->id; });
    if (taken) {
        return Reply::failed(
            {"the home has a device of this id already", device->id.value, "choose another --id"});
    }
    home.devices.push_back(*device);
    if (auto errors = conflicts(gateway.engine(), {home}, false); !errors.empty()) {
        return {nullptr, std::move(errors)};
    }
    if (auto error = misfit(gateway, *proposal, *device)) return Reply::failed(std::move(*error));

    array warnings;
    if (proposal->kind && *proposal->kind != device->kind) {
        warnings.push_back(contradiction(*proposal->kind, device->kind));
    }
    const auto change = gateway.set_households({std::move(home)}, false);
    if (!change) daemon_.die(change.error());
    daemon_.rearm();
    boost::json::value former = nullptr;
    if (replaced) former = object{{"driver", replaced->driver}, {"address", replaced->address}};
    return done({{"household", said->household},
                 {"replaced", std::move(former)},
                 {"device", render_.device(HouseholdId{said->household}, {.device = *device})},
                 {"toml", config::device_text(*device, false)},
                 {"warnings", std::move(warnings)}});
}

Reply Handlers::devices_ignore(const Params& params) {
    const auto driver = control::text_param(params, "driver");
    const auto address = control::text_param(params, "address");
    const auto undo = control::bool_param(params, "undo", false);
    if (!driver) return Reply::failed(driver.error());
    if (!address) return Reply::failed(address.error());
    if (!undo) return Reply::failed(undo.error());
    const std::string where = *driver + " " + *address;
    Gateway& gateway = daemon_.gateway();
    if (*undo) {
        const auto was_hidden = gateway.unignore(*driver, *address);
        if (!was_hidden) daemon_.die(was_hidden.error());
        if (!*was_hidden) {
            return Reply::failed(
                {"this device is not ignored", where, "anjuctl devices discover --all"});
        }
    } else {
        if (const auto owner = home_of(gateway.engine(), *driver, *address)) {
            return Reply::failed(registered_already(*owner, where));
        }
        if (gateway.proposals().find(*driver, *address) == nullptr &&
            !gateway.proposals().is_ignored(*driver, *address)) {
            return Reply::failed({"no device of this address has been heard", where,
                                  "anjuctl devices discover lists those that were"});
        }
        const auto hidden = gateway.ignore(*driver, *address);
        if (!hidden) daemon_.die(hidden.error());
        if (!*hidden) {
            return Reply::failed({"too many devices are ignored", where,
                                  "anjuctl devices ignore --undo for some that are gone"});
        }
    }
    return done({{"driver", *driver}, {"address", *address}, {"ignored", !*undo}});
}

}  // namespace anju
