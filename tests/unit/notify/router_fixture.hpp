// A street with whoever has a role in it, and three channels.
#pragma once

#include <gtest/gtest.h>

#include <algorithm>
#include <optional>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "notify/router.hpp"

namespace anju::notify::test {

using namespace std::chrono_literals;

class Street final : public Directory {
public:
    [[nodiscard]] std::vector<Person> who(Role role, const HouseholdId&, Instant) const override {
        if (role == Role::community_lead && has_lead) {
            return {{"worker:lead", "周", "13800000009", "", ""}};
        }
        if (role == Role::grid_worker && !absent) {
            return {{"worker:lin", "林", "13800000001", "lin@x", "lin"},
                    {"worker:he", "何", "13800000002", "", ""}};
        }
        if (role == Role::maintainer) {
            return {{"worker:ma", "马", "13800000003", maintainer_mail, "ma"}};
        }
        if (role == Role::neighbour) return neighbours;
        if (role == Role::emergency_contact) {
            return {{"contact:r:0", "王小明", "13900000001", "", ""}};
        }
        if (role == Role::community_lead && led) {
            return {{"worker:boss", "李主任", "13800000009", "", ""}};
        }
        return {};
    }
    [[nodiscard]] std::optional<Person> worker(const HouseholdId&,
                                               const WorkerId& id) const override {
        if (id.value == "he") return Person{"worker:he", "何", "13800000002", "", ""};
        if (id.value == "lin" && knows_lin)
            return Person{"worker:lin", "林", "13800000001", "", ""};
        return std::nullopt;
    }
    [[nodiscard]] Scene scene(const HouseholdId&, const ResidentId&) const override {
        if (boxless) return {};
        return {"c1", "阳光社区", "王秀兰", "02312345678", "3栋502", drill};
    }
    [[nodiscard]] std::optional<Alert> alert(const HouseholdId&, const AlertId& id) const override {
        if (owner.empty()) return std::nullopt;
        Alert out;
        out.id = id;
        out.kind = AlertKind::smoke;
        out.priority = Priority::p1;
        out.owner = owner;
        return out;
    }
    [[nodiscard]] std::vector<HouseholdId> units_of_communities() const override { return units; }
    [[nodiscard]] bool can_ask(const HouseholdId&) const override { return speaker; }
    bool speaker = false;
    Drill drill = Drill::none;
    std::string maintainer_mail = "ma@x";
    std::vector<Person> neighbours;
    std::vector<HouseholdId> units;
    bool absent = false;
    bool knows_lin = false;
    bool boxless = false;
    bool has_lead = false;
    std::string owner;
    bool led = false;
};

class RouterTest : public testing::Test {
protected:
    RouterTest() {
        options.utc_offset = 8h;
        options.channels = {{"robot", ChannelKind::wecom, {Role::grid_worker}, {}, {}, false},
                            {"mail", ChannelKind::mail, {}, {}, {}, false},
                            {"sms", ChannelKind::sms, {}, {}, {}, false}};
    }
    std::vector<Notice> route(Priority priority, SummonsCause cause, std::vector<Role> roles,
                              std::span<const Notice> earlier = {}) {
        const Decision decision{
            HouseholdId{"h"}, 1, now,
            Summons{AlertId{"h-1"}, AlertKind::smoke, priority, std::move(roles), cause, 0}};
        return Router(options, street, &signer).notices(decision, {&decision, 1}, earlier, now);
    }
    /// Of an alert that `channel` fails.
    std::vector<Notice> fails(const std::string& channel) {
        Alert alert;
        alert.id = AlertId{"community/c1-1"};
        alert.kind = AlertKind::channel_failed;
        alert.device = DeviceId{channel};
        alert.sentence_zh = "通知通道失败。";
        alert.note = "93000 invalid webhook url";
        const HouseholdId unit{"community/c1"};
        const std::vector<Decision> all{{unit, 1, now, AlertChanged{alert, {}}},
                                        {unit, 2, now,
                                         Summons{alert.id,
                                                 AlertKind::channel_failed,
                                                 Priority::p3,
                                                 {Role::maintainer},
                                                 SummonsCause::told,
                                                 1}}};
        return Router(options, street, &signer).notices(all[1], all, {}, now);
    }
    static const Notice* to(const std::vector<Notice>& all, const std::string& who) {
        const auto found = std::ranges::find(all, who, &Notice::recipient);
        return found == all.end() ? nullptr : &*found;
    }

    void lead_group() {
        street.led = true;
        options.channels.push_back(
            {"leads", ChannelKind::wecom, {Role::community_lead}, {}, {}, false});
    }
    static std::string words(const Notice& notice) {
        return notice.open.title + notice.open.text + notice.brief.title + notice.brief.text +
               notice.full.title + notice.full.text;
    }

    Street street;
    RouterOptions options;
    LinkSigner signer{std::string(64, 'k'), "https://b"};
    const Instant now = from_unix_ms(1'700'000'000'000);  // 06:13 local
};

}  // namespace anju::notify::test
