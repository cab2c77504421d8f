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
    const std::array<std::pair<std::string_view, std::string*>, 4> wanted{
        {{"driver", &out.driver},
         {"address", &out.address},
         {"household", &out.household},
         {"id", &out.id}}};
    const std::array<std::pair<std::string_view, std::string*>, 5> possible{
        {{"kind", &out.kind},
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
    return out;
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
