// The methods of consent: who agreed to which kind of sensor, and what was erased.
#include <algorithm>
#include <map>
#include <set>
#include <utility>

#include "app/anjud/handlers.hpp"
#include "control/methods.hpp"
#include "core/model/care_names.hpp"
#include "core/model/names.hpp"
#include "system/secrets.hpp"

namespace anju {

using boost::json::array;
using boost::json::object;
using control::Reply;

namespace {

Reply done(object result) {
    return {boost::json::value(std::move(result)), {}};
}

boost::json::string as_json(std::string_view name) {
    return boost::json::string(name);
}

std::map<SensorKind, std::size_t> kinds_of(const Household& home) {
    std::map<SensorKind, std::size_t> out;
    for (const Device& device : home.devices) ++out[device.kind];
    return out;
}

const Consent* said(const std::vector<Consent>& all, const ResidentId& resident, SensorKind kind) {
    const auto found = std::ranges::find_if(
        all, [&](const Consent& one) { return one.resident == resident && one.kind == kind; });
    return found == all.end() ? nullptr : &*found;
}

}  // namespace

object Handlers::render_consent(const Consent& consent) const {
    return {{"kind", as_json(name(consent.kind))}, {"state", as_json(name(consent.state))},
            {"said_by", consent.said_by},          {"basis", consent.basis},
            {"at", render_.time(consent.at)},      {"actor", consent.actor}};
}

result<array> Handlers::consent_history(const HouseholdId& household, const ResidentId& resident) {
    auto log = journal_.reader().consents(household);
    if (!log) return log.error();
    auto erasures = journal_.reader().erasures(household);
    if (!erasures) return erasures.error();
    array out;
    for (const Consent& consent : *log) {
        if (consent.resident != resident) continue;
        object row = render_consent(consent);
        for (const store::StoredErasure& one : *erasures) {
            if (one.what.resident != resident || one.what.kind != consent.kind ||
                one.wanted_at != consent.at) {
                continue;
            }
            row["erasure"] = object{{"readings", one.readings},
                                    {"snapshots", one.snapshots},
                                    {"messages", one.messages}};
            if (one.erased_at != Instant{}) {
                row["erasure"].as_object()["erased_at"] = render_.time(one.erased_at);
            }
        }
        out.push_back(std::move(row));
    }
    return out;
}

Reply Handlers::consent_show(const Params& params) {
    const auto id = control::text_param(params, "id");
    if (!id) return Reply::failed(id.error());
    const ResidentId resident{*id};
    const Engine& engine = daemon_.gateway().engine();
    const HouseholdId* const home = engine.household_of(resident);
    if (home == nullptr) {
        return Reply::failed({"no such resident", *id, "anjuctl residents list"});
    }
    const HouseholdId household = *home;
    const auto view = engine.view(household);
    array kinds;
    for (const auto& [kind, devices] : kinds_of(view->household)) {
        const Consent* const consent = said(view->consents, resident, kind);
        Consent unsaid;
        unsaid.kind = kind;
        object row = render_consent(consent != nullptr ? *consent : unsaid);
        row["devices"] = devices;
        const auto device = std::ranges::find_if(
            view->devices, [&](const DeviceView& one) { return one.device.kind == kind; });
        row["collected"] = device->collected;
        kinds.push_back(std::move(row));
    }
    auto history = consent_history(household, resident);
    if (!history) return Reply::failed(history.error());
    return done({{"resident", *id},
                 {"household", household.value},
                 {"kinds", std::move(kinds)},
                 {"history", std::move(*history)}});
}

Reply Handlers::consent_record(const Params& params) {
    const auto id = control::text_param(params, "id");
    const auto kind_text = control::text_param(params, "kind");
    const auto state_text = control::text_param(params, "state");
    const auto by = control::text_param(params, "said_by");
    const auto basis = control::text_param(params, "basis");
    const auto actor = control::text_param(params, "actor");
    for (const auto* one : {&id, &kind_text, &state_text, &by, &basis, &actor}) {
        if (!*one) return Reply::failed(one->error());
    }
    const auto state = parse_consent_state(*state_text);
    if (!state || *state == ConsentState::unrecorded) {
        return Reply::failed({"'" + *state_text + "' is not a word of consent", "state",
                              "say given, refused or withdrawn"});
    }
    if (by->empty() || basis->empty()) {
        return Reply::failed({"who said it, or on what basis, is missing", "said_by, basis",
                              "name the person, and the form or conversation it rests upon"});
    }
    const ResidentId resident{*id};
    Gateway& gateway = daemon_.gateway();
    const HouseholdId* const home = gateway.engine().household_of(resident);
    if (home == nullptr) {
        return Reply::failed({"no such resident", *id, "anjuctl residents list"});
    }
    const HouseholdId household = *home;
    std::vector<SensorKind> kinds;
    if (*kind_text == "all") {
        for (const auto& [kind, devices] : kinds_of(gateway.engine().view(household)->household)) {
            kinds.push_back(kind);
        }
    } else if (const auto kind = parse_sensor_kind(*kind_text)) {
        kinds.push_back(*kind);
    } else {
        std::string known;
        for (const std::string_view one : sensor_kind_names()) known.append(one).append(", ");
        return Reply::failed({"'" + *kind_text + "' is not a kind of sensor", "kind",
                              "say one of " + known + "or all"});
    }
    array answers;
    for (const SensorKind kind : kinds) {
        const Consent consent{resident, kind, *state, *by, *basis, {}, *actor};
        const auto answer =
            gateway.consent({"consent-" + system::random_hex(12), household, consent});
        if (!answer) daemon_.die(answer.error());
        object row = render_.answer(*answer);
        row["kind"] = as_json(name(kind));
        answers.push_back(std::move(row));
    }
    daemon_.rearm();
    return done({{"resident", *id}, {"state", *state_text}, {"answers", std::move(answers)}});
}

/// What nobody has asked: residents with sensors of a kind whose consent is not recorded.
std::size_t Handlers::unrecorded_consents() const {
    std::size_t out = 0;
    const Engine& engine = daemon_.gateway().engine();
    for (const HouseholdId& id : engine.households()) {
        const auto view = engine.view(id);
        for (const auto& [kind, devices] : kinds_of(view->household)) {
            for (const Resident& resident : view->household.residents) {
                if (said(view->consents, resident.id, kind) == nullptr) ++out;
            }
        }
    }
    return out;
}

}  // namespace anju
