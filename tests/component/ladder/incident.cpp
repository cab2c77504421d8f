#include "tests/component/ladder/incident.hpp"

#include <algorithm>
#include <array>
#include <random>
#include <string>

#include "anju/v1/sensor.pb.h"

namespace anju::test {
namespace {

using namespace std::chrono_literals;

/// A Monday, 10:00 in China.
constexpr Instant monday{std::chrono::sys_days{std::chrono::year{2025} / 11 / 24} + 2h};

class Story {
public:
    Story(std::uint64_t seed, Matter matter, bool plain) : plain_(plain), dice_(seed * 2 + 1) {
        story_.asks = !plain;
        story_.seed = seed;
        story_.matter = matter;
        story_.raised = matter == Matter::door ? monday + 10h : monday;
        switch (matter) {
            case Matter::fire:
                begin(1min);
                break;
            case Matter::silence:
                begin(12h);
                break;
            case Matter::door:
                begin(30min);
                break;
        }
        sensors();
        people();
        std::ranges::stable_sort(story_.deeds, {}, &Deed::at);
    }
    [[nodiscard]] Incident told() && { return std::move(story_); }

private:
    void begin(Duration before) {
        static constexpr std::array lasts{Duration{150min}, Duration{4h}, Duration{24h}};
        story_.begins = story_.raised - before;
        story_.ends = story_.raised + lasts.at(static_cast<std::size_t>(story_.matter));
        story_.deeds.push_back({story_.begins, Registration{}});
    }
    void sensors() {
        v1::SensorReading reading;
        switch (story_.matter) {
            case Matter::fire:
                reading.set_smoke(true);
                says("smoke", "alarm", story_.raised, reading);
                // It smokes on, or again.
                for (std::uint64_t n = plain_ ? 0 : dice_() % 3; n > 0; --n) {
                    reading.set_smoke(dice_() % 2 == 0);
                    says("smoke", "alarm", story_.raised + some(2h), reading);
                }
                break;
            case Matter::silence: {
                reading.set_water_total_ml(1'000);
                const Instant drawn = story_.raised + some(10h);  // or not within the story
                for (Instant at = story_.begins; at < story_.ends; at += 1h) {
                    if (at > drawn && !plain_) reading.set_water_total_ml(9'000);
                    says("water", "data", at, reading);
                }
                break;
            }
            case Matter::door:
                reading.set_contact_open(true);
                says("door", "data", story_.begins, reading);
                if (dice_() % 3 == 0) {
                    reading.set_contact_open(false);
                    says("door", "data", story_.raised + some(20h), reading);
                }
                break;
        }
    }
    void says(const std::string& device, const char* lane, Instant at, v1::SensorReading reading) {
        v1::SensorUplink message;
        message.set_device_id(device);
        message.set_boot_id(1);
        message.set_seq(++heard_);
        reading.set_event_time_ms(to_unix_ms(at));
        *message.add_readings() = std::move(reading);
        story_.deeds.push_back({at, Inbound{Source::home, "anju/v1/up/" + device + "/" + lane,
                                            message.SerializeAsString(), false, false}});
    }
    void people() {
        using enum AlertVerb;
        static constexpr std::array verbs{acknowledge, acknowledge, acknowledge, en_route,
                                          on_site,     hand_over,   i_am_well,   resolve,
                                          close,       review,      reopen};
        static constexpr std::array plain_verbs{acknowledge, acknowledge, en_route, on_site,
                                                resolve};
        static constexpr std::array pauses{15min, 40min, 300min};
        const auto pause = pauses.at(static_cast<std::size_t>(story_.matter));
        const std::string alert =
            its_home_id().value + "-" + std::to_string(to_unix_ms(story_.begins) / 1000 + 1);
        Instant at = story_.raised;
        for (std::uint64_t n = dice_() % 8; n > 0; --n) {
            at += some(pause);
            if (at >= story_.ends) break;
            AlertCommand command;
            command.command_id = "c" + std::to_string(n);
            command.alert = AlertId{alert};
            command.verb =
                plain_ ? plain_verbs[dice_() % plain_verbs.size()] : verbs[dice_() % verbs.size()];
            command.reason = ClosingReason::help_given;
            command.note = command.verb == hand_over ? "worker:liu" : "seen";
            command.actor = dice_() % 2 == 0 ? "worker:chen" : "cli:lin";
            story_.deeds.push_back({at, std::move(command)});
        }
    }
    /// To the millisecond: nobody waits for a full second.
    Duration some(Duration most) {
        return Duration{
            1 + static_cast<std::int64_t>(dice_() % static_cast<std::uint64_t>(most.count()))};
    }

    bool plain_;
    std::mt19937_64 dice_;
    Incident story_;
    std::uint64_t heard_ = 0;
};

}  // namespace

Incident incident_of(std::uint64_t seed, Matter matter) {
    return Story(seed, matter, false).told();
}

/// Five fires, three silences and two doors of ten.
Incident incident_of(std::uint64_t seed) {
    const std::uint64_t of_ten = std::mt19937_64(seed)() % 10;
    return incident_of(seed, of_ten < 5   ? Matter::fire
                             : of_ten < 8 ? Matter::silence
                                          : Matter::door);
}

Incident plain_incident_of(std::uint64_t seed) {
    const bool fire = std::mt19937_64(seed)() % 4 != 0;
    return Story(seed, fire ? Matter::fire : Matter::silence, true).told();
}

Incident cut_short(Incident incident, Duration after) {
    incident.ends = std::min(incident.ends, incident.raised + after);
    std::erase_if(incident.deeds, [&](const Deed& deed) { return deed.at >= incident.ends; });
    return incident;
}

HouseholdId its_home_id() {
    return HouseholdId{"h1"};
}

Community its_community() {
    Community out;
    out.id = CommunityId{"c1"};
    out.name = "金开社区";
    out.workers = {{.id = WorkerId{"chen"}, .name = "陈静", .phone = "13800000001"},
                   {.id = WorkerId{"liu"}, .name = "刘洋", .phone = "13800000002"},
                   {.id = WorkerId{"zhao"},
                    .name = "赵敏",
                    .role = Role::community_lead,
                    .phone = "13800000003"},
                   {.id = WorkerId{"centre"},
                    .name = "指挥中心",
                    .role = Role::street_centre,
                    .phone = "13800000004"}};
    return out;
}

/// Devices that may be silent for the length of every story.
Household its_home(bool asks) {
    Household out;
    out.id = its_home_id();
    out.community = "c1";
    out.residents = {{.id = ResidentId{"r1"},
                      .name = "王秀兰",
                      .phone = "02367000001",
                      .contacts = {{.name = "李梅", .phone = "13900000001", .relation = "女儿"},
                                   {.name = "周敏",
                                    .phone = "13900000002",
                                    .relation = "邻居",
                                    .role = Role::neighbour}}}};
    const auto device = [](const char* name, SensorKind kind, Duration every) {
        return Device{.id = DeviceId{name},
                      .kind = kind,
                      .label = name,
                      .driver = "native",
                      .address = name,
                      .sample_every = every,
                      .deliver_every = every};
    };
    out.devices = {device("water", SensorKind::water_meter, 1h),
                   device("smoke", SensorKind::smoke, 1000h),
                   device("door", SensorKind::door, 1000h)};
    out.rules.presets = {Preset::sh_12};
    if (!asks) out.rules.ladder.self_check_asks = 0;
    return out;
}

}  // namespace anju::test
