#include "app/anjud/accept.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include "config/units.hpp"
#include "control/protocol.hpp"
#include "control/render.hpp"
#include "core/model/names.hpp"

namespace anju {
namespace {

std::string all_kinds() {
    std::string out;
    for (const std::string_view kind : sensor_kind_names()) out.append(" ").append(kind);
    return out;
}

/// A file with this one device is read as any directory file is; places in it mean nothing to
/// whoever has written none.
boost::system::result<Device, config::Errors> checked(const Device& device,
                                                      const config::DirectoryNames& names) {
    constexpr std::string_view prefix = "household[0].device[0].";
    const std::string file = "[[household]]\nid = \"accept\"\n" + config::device_text(device, true);
    auto said = config::parse_directory(file, "", config::DirectoryBase{}, names);
    if (said) return std::move(said->homes.front().devices.front());
    config::Errors errors = said.error();
    for (Error& error : errors) {
        error.where = device.driver + " " + device.address;
        if (error.what.starts_with(prefix)) error.what.erase(0, prefix.size());
    }
    return errors;
}

}  // namespace

result<Acceptance> read_acceptance(const boost::json::object& params) {
    Acceptance out;
    const std::array<std::pair<std::string_view, std::string*>, 3> wanted{
        {{"driver", &out.driver}, {"address", &out.address}, {"household", &out.household}}};
    const std::array<std::pair<std::string_view, std::string*>, 7> possible{
        {{"id", &out.id},
         {"replaces", &out.replaces},
         {"kind", &out.kind},
         {"label", &out.label},
         {"profile", &out.profile},
         {"key", &out.key},
         {"deliver_every", &out.deliver_every}}};
    for (const auto& [name, into] : wanted) {
        auto text = control::text_param(params, name);
        if (!text) return text.error();
        *into = std::move(*text);
    }
    for (const auto& [name, into] : possible) {
        auto text = control::text_param(params, name, "");
        if (!text) return text.error();
        *into = std::move(*text);
    }
    if (out.id.empty() && out.replaces.empty()) {
        return Error{"the device is given no id", "id",
                     "choose one, or name the device that it replaces"};
    }
    return out;
}

result<Acceptance> taking_the_place(Acceptance said, const Device& old) {
    const bool by_id = said.driver == "native";  // its id is its address, and cannot be another's
    if (said.id.empty()) said.id = by_id ? said.address : old.id.value;
    if (!by_id && said.id != old.id.value) {
        return Error{"a device that replaces '" + old.id.value + "' has its id", "id",
                     "leave the id out"};
    }
    const std::string kind(name(old.kind));
    if (said.kind.empty()) said.kind = kind;
    if (said.kind != kind) {
        return Error{"'" + old.id.value + "' is of the kind " + kind, "kind",
                     "accept the new one beside it, under an id of its own"};
    }
    if (said.label.empty()) said.label = old.label;
    return said;
}

boost::system::result<Device, config::Errors> accepted_device(const Acceptance& said,
                                                              const Proposal& proposal,
                                                              const config::DirectoryNames& names) {
    const std::string where = said.driver + " " + said.address;
    const auto kind = said.kind.empty() ? proposal.kind : parse_sensor_kind(said.kind);
    if (!kind) {
        if (!said.kind.empty()) {
            return config::Errors{
                {"'" + said.kind + "' is not a kind of sensor", where, "say one of" + all_kinds()}};
        }
        return config::Errors{{"what it is cannot be told from what it has said", where,
                               "say it with --kind: one of" + all_kinds()}};
    }
    if (said.key.empty() && control::needs_key(proposal.error)) {
        return config::Errors{{"it encrypts, and without its key nothing of it can be read", where,
                               "give the key with --key-file, or let anjuctl ask for it"}};
    }
    Device device{.id = DeviceId{said.id},
                  .kind = *kind,
                  .label = said.label,
                  .driver = said.driver,
                  .address = said.address,
                  .profile = said.profile,
                  .key = said.key};
    const Rhythm usual = default_rhythm(*kind);
    device.sample_every = usual.sample_every;
    device.deliver_every = usual.deliver_every;
    if (!said.deliver_every.empty()) {
        const auto deliver = config::parse_duration(said.deliver_every);
        if (!deliver) {
            return config::Errors{{"'" + said.deliver_every + "' is not a duration", where,
                                   R"(write a whole number and s, min, h or d, such as "24h")"}};
        }
        device.deliver_every = *deliver;
        device.sample_every = std::min(usual.sample_every, *deliver);
    }
    return checked(device, names);
}

}  // namespace anju
