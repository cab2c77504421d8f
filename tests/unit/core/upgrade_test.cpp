// A database outlives the program that wrote it.
#include "upgrade_bytes.hpp"

#include "core/codec/codec.hpp"
#include "support.hpp"

namespace anju::test {
namespace {

std::string bytes(std::string_view hex) {
    const auto digit = [](char c) { return c <= '9' ? c - '0' : c - 'a' + 10; };
    std::string out;
    for (std::size_t i = 0; i + 1 < hex.size(); i += 2) {
        out.push_back(static_cast<char>(digit(hex[i]) * 16 + digit(hex[i + 1])));
    }
    return out;
}

template <class T>
T input(std::string_view hex) {
    const auto read = decode_input(bytes(hex));
    if (!read || !std::holds_alternative<T>(*read)) {
        ADD_FAILURE() << "not read: " << hex;
        return {};
    }
    EXPECT_TRUE(decode_input(encode(*read))) << "what was read can be written";
    return std::get<T>(*read);
}

template <class T>
T decision(std::string_view hex) {
    const auto read = decode_decision(bytes(hex));
    if (!read || !std::holds_alternative<T>(read->what)) {
        ADD_FAILURE() << "not read: " << hex;
        return {};
    }
    EXPECT_EQ(decode_decision(encode(*read)), *read);
    return std::get<T>(read->what);
}

Household old_home() {
    return {.id = home_id,
            .community = "500105001",
            .residents = {{ResidentId{"r1"}, "Wang Xiulan", ResidentStatus::active}},
            .devices = {{.id = meter,
                         .kind = SensorKind::water_meter,
                         .label = "厨房",
                         .driver = "native",
                         .address = "meter",
                         .sample_every = 1h,
                         .deliver_every = 24h},
                        {.id = gas,
                         .kind = SensorKind::gas,
                         .label = "",
                         .driver = "zigbee2mqtt",
                         .address = "0x01",
                         .sample_every = 15min,
                         .deliver_every = 15min},
                        {.id = door,
                         .kind = SensorKind::door,
                         .label = "",
                         .driver = "native",
                         .address = "door"}},
            .rules = {}};
}

World restored() {
    World world(home_with({}));
    EXPECT_TRUE(world.engine.restore(bytes(before::snapshot)));
    return world;
}

}  // namespace

TEST(Upgrade, ReadsTheInputsOfBefore) {
    EXPECT_EQ(input<HouseholdSet>(before::household_set).household, old_home())
        << "profile and key are empty";
    const auto observation = input<Observation>(before::observation);
    EXPECT_EQ(observation.device, meter);
    EXPECT_EQ(observation.sequence, (Sequence{7, 3}));
    EXPECT_EQ(observation.fingerprint, 99U);
    EXPECT_TRUE(observation.redelivered);
    EXPECT_THAT(observation.readings,
                ElementsAre(reading(ReadingKind::water_total_ml, 123'456'789, morning),
                            reading(ReadingKind::battery_mv, 2'900, {}, quality::retained)));
    EXPECT_EQ(input<HouseholdRemoved>(before::removed).household, home_id);
    EXPECT_EQ(input<AlertCommand>(before::command).note, "睡过头了");
    EXPECT_EQ(input<ClockStep>(before::step).by, -3h);
    EXPECT_EQ(input<Outage>(before::outage).since, morning);
}

TEST(Upgrade, ReadsTheDecisionsOfBefore) {
    EXPECT_EQ(decision<DeviceHealthChanged>(before::health_changed).health, DeviceHealth::offline);
    EXPECT_EQ(decision<AlertChanged>(before::gas_alert).alert.kind, AlertKind::gas_leak);
    EXPECT_EQ(decision<AlertChanged>(before::tamper_alert).alert.device, door);
    EXPECT_EQ(decision<AlertChanged>(before::door_alert).alert.evidence.rule, "door_open_long");
    EXPECT_EQ(decision<CommandAnswered>(before::answer).status, CommandStatus::refused);
}

TEST(Upgrade, NoticesDamageInWhatWasWrittenBefore) {
    for (const std::string_view hex : {before::household_set, before::observation}) {
        std::string damaged = bytes(hex);
        for (std::size_t i = 0; i < damaged.size(); ++i) {
            EXPECT_FALSE(decode_input(std::string_view(damaged).substr(0, i))) << i;
            damaged[i] = static_cast<char>(damaged[i] ^ 1);
            EXPECT_FALSE(decode_input(damaged)) << i;
            damaged[i] = static_cast<char>(damaged[i] ^ 1);
        }
    }
}

TEST(Upgrade, RestoresAHomeOfBefore) {
    World world = restored();
    const HouseholdView view = world.view();
    EXPECT_EQ(view.household, old_home());
    EXPECT_EQ(view.decisions, 10U);
    EXPECT_EQ(view.devices[0].last_heard, morning + 61min);
    EXPECT_EQ(view.devices[1].health, DeviceHealth::offline);
    EXPECT_EQ(view.last_sign_of_life, morning + 61min);
    EXPECT_THAT(world.open(AlertKind::gas_leak), SizeIs(1));
    EXPECT_THAT(world.open(AlertKind::tamper), SizeIs(1));
    EXPECT_THAT(world.open(AlertKind::door_open_long), SizeIs(1));

    const std::string saved = world.engine.snapshot(home_id);
    Engine again;
    ASSERT_TRUE(again.restore(saved));
    EXPECT_EQ(again.snapshot(home_id), saved);
}

TEST(Upgrade, GoesOnWhereTheHomeOfBeforeStood) {
    World world = restored();
    const auto meter_says = [&](Instant at, std::int64_t ml) {
        return world.apply(at, message(meter, {reading(ReadingKind::water_total_ml, ml, at)}));
    };
    EXPECT_THAT(meter_says(morning + 121min, 109'000), IsEmpty());
    EXPECT_EQ(world.view().last_sign_of_life, morning + 121min) << "the register goes on";
    Observation old = message(meter, {reading(ReadingKind::water_total_ml, 107'000)});
    old.sequence = Sequence{.boot = 7, .number = 2};
    EXPECT_TRUE(world.engine.seen(old)) << "what was applied before stays applied";
    EXPECT_THAT(alerts(world.says(morning + 122min, door, ReadingKind::tamper, 0)),
                ElementsAre("tamper:resolved"));
    EXPECT_THAT(alerts(world.says(morning + 123min, gas, ReadingKind::carbon_monoxide)),
                ElementsAre("device_offline:resolved", "gas_leak:open"));
    Decisions out;
    for (Instant at = morning + 181min; at <= morning + 12h + 1min; at += 1h) {
        out = meter_says(at, 109'000);
    }
    ASSERT_THAT(raised(out, "water_low:self_check"), SizeIs(1))
        << "twelve hours, across the upgrade";
    EXPECT_EQ(world.open(AlertKind::water_low).at(0).evidence.measured, 9'000);
}

TEST(Upgrade, RefusesVersionsNobodyWrote) {
    for (const int version : {0, 1, 4, 255}) {
        std::string other = bytes(before::snapshot);
        other[0] = static_cast<char>(version);
        EXPECT_FALSE(Engine().restore(other)) << version;
    }
}

}  // namespace anju::test
