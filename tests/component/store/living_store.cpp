#include "tests/component/store/living_store.hpp"

#include <variant>

#include "core/codec/codec.hpp"
#include "tests/component/store/samples.hpp"

namespace anju::test {

namespace {

using namespace std::chrono_literals;

Device device(const std::string& id, SensorKind kind) {
    Device out;
    out.id = DeviceId{id};
    out.kind = kind;
    out.driver = "native";
    out.address = id;
    const Rhythm rhythm = default_rhythm(kind);
    out.sample_every = rhythm.sample_every;
    out.deliver_every = rhythm.deliver_every;
    return out;
}

}  // namespace

LivingStore::LivingStore(store::Options options, int homes, std::uint64_t seed)
    : journal_(open_journal(options)), chance_(seed), now_(noon), based_(noon) {
    Transaction first;
    for (int number = 0; number < homes; ++number) {
        homes_.push_back({"home" + std::to_string(number)});
        register_home(first, homes_.back());
    }
    base(first);
    commit(first);
}

void LivingStore::register_home(Transaction& transaction, const Home& home) {
    Household household;
    household.id = HouseholdId{home.id};
    household.residents.push_back({ResidentId{home.id + "-r"}, "Li", ResidentStatus::active});
    household.devices = {device(home.id + "-water", SensorKind::water_meter),
                         device(home.id + "-smoke", SensorKind::smoke),
                         device(home.id + "-door", SensorKind::door),
                         device(home.id + "-motion", SensorKind::motion)};
    household.rules.presets = {Preset::sh_12};
    apply(transaction, home.id, HouseholdSet{household});
}

void LivingStore::apply(Transaction& transaction, const std::string& household,
                        const Input& input) {
    engine_.apply(now_, input, transaction.decisions);
    transaction.inputs.push_back({++seq_, now_, HouseholdId{household}, encode(input)});
}

void LivingStore::observe(Transaction& transaction, Home& home) {
    Observation out;
    out.sequence = Sequence{1, ++message_};
    const auto dice = chance_() % 1'000;
    if (dice < 3) {
        out.device = DeviceId{home.id + "-smoke"};
        out.readings.push_back({ReadingKind::smoke, 0, 1, now_});
    } else if (dice < 60) {
        home.door_open = !home.door_open;
        out.device = DeviceId{home.id + "-door"};
        out.readings.push_back({ReadingKind::contact_open, 0, home.door_open ? 1 : 0, now_});
    } else {
        if (dice < 64) home.silent_until = now_ + 36h;
        if (now_ >= home.silent_until) {
            home.litres += static_cast<std::int64_t>(chance_() % 3'000);
        }
        out.device = DeviceId{home.id + "-water"};
        out.readings.push_back({ReadingKind::water_total_ml, 0, home.litres, now_});
    }
    apply(transaction, home.id, out);
}

void LivingStore::live(Duration time) {
    for (const Instant until = now_ + time; now_ < until;) {
        now_ += 10min;
        Transaction next;
        engine_.advance(now_, next.decisions);
        for (Home& home : homes_) {
            if (!home.gone) observe(next, home);
        }
        if (now_ - based_ >= 24h) base(next);
        commit(next);
    }
}

void LivingStore::say(Transaction& transaction, const Home& home, const char* device,
                      ReadingKind kind, std::int64_t value) {
    Observation out;
    out.sequence = Sequence{1, ++message_};
    out.device = DeviceId{home.id + device};
    out.readings.push_back({kind, 0, value, now_});
    apply(transaction, home.id, out);
}

void LivingStore::observe_orderly(Transaction& transaction, Home& home) {
    const Duration of_day = (now_.time_since_epoch() + 8h) % 24h;
    const bool awake = of_day > 6h + 30min && of_day < 22h;
    const bool moves = chance_() % 100 < (awake ? 50 : 4);
    if (moves && !home.silent) {
        home.litres += static_cast<std::int64_t>(chance_() % 3'000);
        say(transaction, home, "-motion", ReadingKind::motion, 1);
    }
    if (of_day % 1h != 0h) return;
    say(transaction, home, "-water", ReadingKind::water_total_ml, home.litres);
    for (const char* device : {"-smoke", "-door", "-motion"}) {
        say(transaction, home, device, ReadingKind::alive, 1);
    }
}

void LivingStore::live_orderly(Duration time) {
    for (const Instant until = now_ + time; now_ < until;) {
        now_ += 10min;
        Transaction next;
        engine_.advance(now_, next.decisions);
        for (Home& home : homes_) observe_orderly(next, home);
        if (now_ - based_ >= 24h) base(next);
        commit(next);
    }
}

void LivingStore::fall_silent(int home) {
    homes_.at(static_cast<std::size_t>(home)).silent = true;
}

void LivingStore::step_clock(Duration by) {
    now_ += by;
    Transaction next;
    apply(next, "", ClockStep{by});
    for (Home& home : homes_) home.silent_until += by;
    commit(next);
}

void LivingStore::remove(int home) {
    Home& gone = homes_.at(static_cast<std::size_t>(home));
    gone.gone = true;
    Transaction next;
    apply(next, gone.id, HouseholdRemoved{HouseholdId{gone.id}});
    next.removed.push_back(HouseholdId{gone.id});
    commit(next);
}

void LivingStore::base(Transaction& transaction) {
    for (const HouseholdId& household : engine_.households()) {
        transaction.checkpoints.push_back(
            {household, seq_, now_, engine_.snapshot(household), true});
    }
    based_ = now_;
}

void LivingStore::commit(Transaction& transaction) {
    transaction.now = now_;
    decided_ += transaction.decisions.size();
    for (const Decision& decision : transaction.decisions) {
        const auto* changed = std::get_if<AlertChanged>(&decision.what);
        if (changed != nullptr) rules_.insert(changed->alert.evidence.rule);
    }
    journal_->commit(transaction).value();
}

void LivingStore::keep_house() {
    while (journal_->maintain(now_).value()) {}
}

}  // namespace anju::test
