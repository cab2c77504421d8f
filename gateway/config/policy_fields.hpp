// Every number of the policy, with the range that makes sense: one line a key. Reading, writing,
// showing and comparing walk these lists. Keys are called as the members are.
//
// The ranges keep a slip of the pen from switching protection off; they are wide where districts
// differ, and narrow where somebody waits for help.
#pragma once

#include <chrono>

#include "core/model/care_rules.hpp"
#include "core/model/household.hpp"

namespace anju::config {

template <class Visit, class R>
void rule_fields(Visit& visit, R& rules) {
    using std::chrono::hours;
    using std::chrono::minutes;
    visit.presets("presets", rules.presets);
    visit.duration("warm_up", rules.warm_up, hours{24}, hours{24 * 90});
    visit.per_month("alert_budget", rules.alert_budget_milli, 10, 31'000);
    visit.per_month("phone_budget", rules.phone_budget_milli, 0, 31'000);
    visit.duration("home_backstop", rules.home_backstop, hours{4}, hours{48});
    visit.duration("unknown_backstop", rules.unknown_backstop, hours{8}, hours{72});
    visit.duration("door_open_limit", rules.door_open_limit, minutes{1}, hours{24});
    visit.percent("battery_low_pct", rules.battery_low_pct, 1, 50);
    visit.duration("repeat_guard", rules.repeat_guard, Duration{0}, hours{24 * 7});
    visit.duration("reopen_window", rules.reopen_window, Duration{0}, hours{24});
}

template <class Visit, class L>
void ladder_fields(Visit& visit, L& ladder) {
    using std::chrono::hours;
    using std::chrono::minutes;
    using std::chrono::seconds;
    visit.duration("p1_second_worker", ladder.p1_second_worker, seconds{10}, minutes{10});
    visit.duration("p1_street_again", ladder.p1_street_again, seconds{30}, minutes{15});
    visit.duration("p1_ask_119", ladder.p1_ask_119, minutes{1}, minutes{20});
    visit.duration("p1_resume", ladder.p1_resume, minutes{1}, minutes{30});
    visit.duration("p1_arrival_aim", ladder.p1_arrival_aim, minutes{5}, hours{2});
    visit.duration("p1_arrival", ladder.p1_arrival, minutes{10}, hours{3});
    visit.count("self_check_asks", ladder.self_check_asks, 0, 5);
    visit.duration("self_check_gap", ladder.self_check_gap, minutes{2}, hours{1});
    visit.duration("p2_second_worker", ladder.p2_second_worker, minutes{2}, hours{2});
    visit.duration("p2_lead", ladder.p2_lead, minutes{5}, hours{4});
    visit.duration("p2_street", ladder.p2_street, minutes{10}, hours{8});
    visit.duration("p2_resume", ladder.p2_resume, minutes{5}, hours{2});
    visit.duration("p2_arrival", ladder.p2_arrival, minutes{15}, hours{12});
    visit.duration("p3_lead", ladder.p3_lead, minutes{30}, hours{40});
    visit.duration("p4_lead", ladder.p4_lead, hours{1}, hours{24 * 7});
    visit.duration("p4_repair", ladder.p4_repair, hours{4}, hours{24 * 14});
    visit.duration("p4_repair_blind", ladder.p4_repair_blind, hours{1}, hours{24 * 3});
    visit.duration("on_site", ladder.on_site, minutes{15}, hours{12});
    visit.duration("write_up", ladder.write_up, minutes{30}, hours{24 * 2});
    visit.duration("write_up_lead", ladder.write_up_lead, hours{1}, hours{24 * 7});
    visit.duration("review", ladder.review, hours{1}, hours{24 * 7});
    visit.span("hours", ladder.hours);
}

template <class Visit, class C>
void care_fields(Visit& visit, C& care) {
    using std::chrono::hours;
    using std::chrono::minutes;
    using std::chrono::seconds;
    visit.count("visits", care.visits, 0, 7);
    visit.count("calls", care.calls, 0, 7);
    visit.count("max_gap_days", care.max_gap_days, 1, 14);
    visit.count("preferred_gap_days", care.preferred_gap_days, 1, 14);
    visit.duration("apart", care.apart, Duration{0}, hours{48});
    visit.windows("call_windows", care.call_windows);
    visit.windows("visit_windows", care.visit_windows);
    visit.duration("visit_length", care.visit_length, minutes{5}, hours{3});
    visit.duration("visit_travel", care.visit_travel, Duration{0}, hours{3});
    visit.duration("call_length", care.call_length, minutes{1}, hours{1});
    visit.duration("call_between", care.call_between, Duration{0}, hours{1});
    visit.count("worker_visits", care.worker_visits, 1, 40);
    visit.count("worker_calls", care.worker_calls, 1, 120);
    visit.duration("worker_day", care.worker_day, hours{1}, hours{12});
    visit.count("worker_residents", care.worker_residents, 1, 200);
    visit.count("worker_residents_cap", care.worker_residents_cap, 1, 200);
    visit.duration("call_again", care.call_again, minutes{5}, hours{4});
    visit.duration("call_third", care.call_third, minutes{15}, hours{8});
    visit.duration("visit_within", care.visit_within, minutes{30}, hours{24});
    visit.duration("revisit_within", care.revisit_within, hours{1}, hours{72});
    visit.duration("shortest_call", care.shortest_call, seconds{5}, minutes{10});
    visit.count("longest_suspension_days", care.longest_suspension_days, 1, 90);
    visit.duration("return_check_within", care.return_check_within, hours{1}, hours{72});
}

}  // namespace anju::config
