// What befalls a box: death, power cuts, cut wires, a clock that is set.
#include <algorithm>
#include <utility>

#include "tests/simulation/life.hpp"

namespace anju::whole {

using namespace std::chrono_literals;

void Box::doom(bool power, std::uint64_t moments, Duration down) {
    if (!life_ || dead_ || fatal_) return;
    power_ = power;
    down_ = down;
    fatal_ = moments;
    around_.world.in(1min, [this, life = lives_] {
        if (life != lives_ || dead_ || !fatal_) return;
        fatal_ = 0;
        moment();
    });
}

void Box::lose_store(Duration down) {
    if (!life_ || dead_ || fatal_ || around_.store.memory() == nullptr) return;
    disk_breaks_ = true;
    doom(true, 0, down);
}

void Box::bury_soon() {
    around_.world.in(Duration{0}, [this, life = lives_] {
        if (life == lives_ && dead_) bury();
    });
}

void Box::bury() {
    for (Session* one : {&alarms_, &sensors_, &foreign_, &up_alarm_, &up_bulk_}) one->abandon();
    life_.reset();
    around_.store.died(power_);
    if (std::exchange(disk_breaks_, false)) {
        around_.chronicle.say("and its disk is another one now");
        around_.store.memory()->replaced();
        around_.auditor.store_lost();
        store_lost();
    }
    if (power_) {
        machine_on_ = around_.world.now() + down_;
        if (around_.fate.no_rtc) {
            offset_ = from_unix_ms(1'735'689'600'000) - machine_on_;  // 2025, the image's date
            state_ = ClockState::unsynchronised;
        }
    }
    waiting_to_start_ = true;
    around_.world.in(down_, [this, down = ++downs_] {
        if (down == downs_ && waiting_to_start_) start();
    });
}

void Box::end_of_trouble() {
    if (fatal_) {
        fatal_ = 0;
        down_ = std::min<Duration>(down_, 5s);
        moment();
        // A machine without a clock of its own comes up with the image's; there is a network now.
        around_.world.in(Duration{1}, [this] { set_right(); });
    } else if (waiting_to_start_) {
        ++downs_;
        around_.world.in(3s, [this, down = downs_] {
            if (down == downs_ && waiting_to_start_) start();
        });
    }
    for (Session* one : {&alarms_, &sensors_, &foreign_, &up_alarm_, &up_bulk_}) one->cut();
    set_right();
}

void Box::cut_home() {
    for (Session* one : {&alarms_, &sensors_, &foreign_}) one->cut();
}
void Box::half_open_home() {
    for (Session* one : {&alarms_, &sensors_, &foreign_}) {
        if (dice_.chance(700)) one->half_open();
    }
}
void Box::cut_district() {
    for (Session* one : {&up_alarm_, &up_bulk_}) {
        if (dice_.chance(700)) one->cut();
    }
}
void Box::half_open_district() {
    for (Session* one : {&up_alarm_, &up_bulk_}) {
        if (dice_.chance(700)) one->half_open();
    }
}

void Box::step_clock(Duration by, ClockState state) {
    offset_ += by;
    state_ = state;
    around_.auditor.excuse(wall());
    if (!life_ || dead_) return;
    if (fine(life_->gateway.tick())) arm();
}

void Box::set_right() {
    if (offset_ == Duration{} && state_ == ClockState::synchronised) return;
    around_.chronicle.say("the clock is right again");
    step_clock(-offset_, ClockState::synchronised);
}

}  // namespace anju::whole
