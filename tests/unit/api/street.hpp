// Two homes of two communities, an engine that knows them, and who may look.
#pragma once

#include <string>

#include "api/sight.hpp"
#include "support.hpp"

namespace anju::api::test {

using namespace std::chrono_literals;
using anju::test::device;
using anju::test::morning;
using anju::test::World;

inline const CommunityId east{"500106-001"};
inline const CommunityId west{"500106-002"};
inline const HouseholdId lin_home{"h1"};
inline const HouseholdId zhou_home{"h2"};

inline Household home(const HouseholdId& id, const CommunityId& community, const Resident& who) {
    Household out =
        anju::test::home_with({device(DeviceId{id.value + "-smoke"}, SensorKind::smoke, 12h)}, {});
    out.id = id;
    out.community = community.value;
    out.residents = {who};
    out.address = "渝中区 " + id.value + " 号";
    return out;
}

inline Resident lin() {
    return {.id = ResidentId{"r1"},
            .name = "林桂芳",
            .phone = "13900000001",
            .contacts = {{.name = "林小燕", .phone = "13900000002", .relation = "女儿"}}};
}
inline Resident zhou() {
    return {.id = ResidentId{"r2"}, .name = "周秀兰", .phone = "13900000003"};
}

inline Community community(const CommunityId& id, const std::string& street, const char* worker) {
    Community out;
    out.id = id;
    out.name = street + "社区";
    out.street = street;
    out.district = "沙坪坝区";
    out.workers = {{.id = WorkerId{worker}, .name = "陈敏"}};
    return out;
}

/// `drill`: of the first home.
inline World street(Drill drill = Drill::none) {
    Household first = home(lin_home, east, lin());
    first.drill = drill;
    World world(first);
    world.set(morning, home(zhou_home, west, zhou()));
    for (const Community& one : {community(east, "东街", "w1"), community(west, "西街", "w2")}) {
        world.apply(morning, CommunitySet{one});
    }
    world.apply(morning, ResidentsSet{east, lin_home, {lin()}});
    world.apply(morning, ResidentsSet{west, zhou_home, {zhou()}});
    return world;
}

/// Of somebody whose scope is `community`; in full or masked.
inline Sight of(const CommunityId& community, bool in_full = true) {
    return {.covers = [community](const Community& one) { return one.id == community; },
            .in_full = in_full,
            .actor = "console:worker:w1",
            .worker = WorkerId{"w1"}};
}

}  // namespace anju::api::test
