// A box in memory that can be cut off from the power between any two things it does.
#pragma once

#include <gtest/gtest.h>

#include <functional>
#include <map>
#include <set>

#include "update/updater.hpp"

namespace anju::update {

using std::chrono::hours;
using std::chrono::minutes;
using std::chrono::seconds;

struct PowerCut {};

class MemoryBox final : public Box {
public:
    // What is on the disk, and outlives a cut.
    Record saved;
    std::string installed = "1";
    std::set<std::string> kept;
    // What the world is like.
    std::vector<Offer> offers{{.version = "2", .way_back = true}};
    std::size_t urgent = 0;
    std::set<std::string> sick;  ///< versions that do not do their work
    std::set<std::string> uninstallable;
    std::set<std::string> deadly;  ///< versions that take the box down while they are proved
    bool scripts_fail = true;      ///< is why nothing becomes of what is uninstallable
    bool untouchable = false;      ///< apt's lock is held by somebody else
    bool district = true;          ///< can be reached
    std::function<void(MemoryBox&)> meanwhile;  ///< happens while packages are fetched
    bool fetches = true;
    bool stores = true;
    int cut_after = -1;  ///< changes until the power goes; -1: it stays
    int changes = 0;
    std::map<std::string, int> installs;
    Duration clock{};
    bool restarts = false;  ///< again and again, and is well in between
    std::int64_t pid = 1;
    std::function<bool(Duration)> opening;              ///< says so at that time
    std::function<std::int64_t(Duration)> opening_pid;  ///< which process; none: `pid`
    bool broker = true;                                 ///< answers
    bool broker_mends = true;                           ///< by being started anew
    std::int64_t broker_pid = 50;
    int broker_restarts = 0;
    std::function<void(MemoryBox&)> on_pause;

    result<Facts> look(Look what) override {
        Facts facts;
        facts.now = Instant{hours{24 * 365 * 56} + hours{3}} + clock;
        facts.installed = installed;
        if (what != Look::all) return facts;
        facts.urgent = urgent;
        facts.room = 1'000;
        facts.offers = newer_offers();
        return facts;
    }
    result<void> save(const Record& record) override {
        change();
        if (!stores) return Error{"no room", "record.json", ""};
        saved = record;
        change();
        return {};
    }
    result<void> prepare(const std::string& from, const std::string& to) override {
        change();
        if (!fetches) return Error{"404", to, ""};
        kept.insert(from);
        change();
        kept.insert(to);
        if (meanwhile) meanwhile(*this);
        return {};
    }
    Put install(const std::string& version) override {
        if (untouchable) {
            ++installs[version];
            return {"dpkg is locked", false};
        }
        const auto came = put(version);
        return came ? Put{} : Put{came.error().text(), scripts_fail};
    }
    result<void> put_back(const std::string& version) override { return put(version); }
    void forget_others(const std::string& one, const std::string& other) override {
        std::erase_if(kept, [&](const auto& it) { return it != one && it != other; });
    }
    Health health() override {
        Health out{.active = true, .answers = true, .version = installed, .pid = pid, .epoch = 1};
        if (restarts) ++pid;
        if (opening && opening(clock)) {
            return {.pid = opening_pid ? opening_pid(clock) : pid, .opening = true};
        }
        if (!sick.contains(installed) && broker) out.links = {"home"};
        if (district) out.links.push_back("district_alarm");
        return out;
    }
    HomeBroker home_broker() override { return {broker, broker_pid}; }
    void restart_home_broker() override {
        ++broker_restarts;
        ++broker_pid;
        broker = broker_mends;
    }
    Duration steady() override { return clock; }
    void pause(Duration length) override {
        change();
        if (deadly.contains(installed)) throw PowerCut{};
        clock += length;
        if (on_pause) on_pause(*this);
    }
    void tell(const Action& /*action*/, const Record& /*record*/) override {}
    void tell_end(const Record& record) override { ends.push_back(record.ending); }

    std::vector<Ending> ends;
    std::function<void(MemoryBox&)> on_half;  ///< happens between the halves of an installation

private:
    void change() {
        if (cut_after >= 0 && changes++ == cut_after) {
            cut_after = -1;
            throw PowerCut{};
        }
    }
    std::vector<Offer> newer_offers() {
        std::vector<Offer> out;
        for (const Offer& offer : offers) {
            if (offer.version > installed) out.push_back(offer);
        }
        return out;
    }
    /// As dpkg does: in two halves, between which nothing whole is there.
    result<void> put(const std::string& version) {
        EXPECT_TRUE(kept.contains(version)) << "nothing was kept of " << version;
        ++installs[version];
        change();
        installed = "";
        if (on_half) on_half(*this);
        change();
        if (uninstallable.contains(version)) return Error{"dpkg", version, ""};
        installed = version;
        change();
        return {};
    }
};

/// The timer: again and again, after whatever happened.
inline int run_until_nothing_is_left(MemoryBox& box, const Rules& rules = {}) {
    int runs = 0;
    for (; runs < 20; ++runs) {
        try {
            const auto came = run(box, box.saved, rules, {});
            if (came && came->record.step == Step::idle) return runs + 1;
        } catch (const PowerCut&) {}
    }
    return runs;
}

}  // namespace anju::update
