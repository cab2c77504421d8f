#include "update/updater.hpp"

#include <algorithm>
#include <optional>
#include <utility>

namespace anju::update {
namespace {

constexpr Duration between_looks = std::chrono::seconds{5};
/// A broker that ends is started anew by the service manager within seconds.
constexpr Duration patience_with_broker = std::chrono::seconds{60};

/// The time in which the gateway said that it opens its store. It is excused as long as it is one
/// process that says so: one that ends while it opens, or right after, is begun anew within
/// seconds, and says so again and again.
struct Opening {
    Duration all{};  ///< since the proof began, of whatever process

    void see(const Health& now, Duration passed) {
        if (now.opening) {
            all += passed;
            // A question to the service manager that failed says nothing of another process.
            const bool another = now.pid != 0 && pid_ != 0 && now.pid != pid_;
            present_ = another ? Duration{} : present_ + passed;
            if (now.pid != 0) pid_ = now.pid;
        } else if (now.answers && now.pid == pid_) {  // it came through
            done_ = std::max(done_, std::exchange(present_, Duration{}));
        }
    }
    [[nodiscard]] Duration excused() const { return done_ + present_; }
    void excuse_anew() { done_ = present_ = {}; }

private:
    std::int64_t pid_ = 0;
    Duration done_{};     ///< the longest that came to its end: a store is migrated once
    Duration present_{};  ///< of `pid_`
};

class Proof {
public:
    Proof(Box& box, const Health& before, const std::string& version, const Rules& rules)
        : box_(box), before_(before), version_(version), rules_(rules) {}

    Verdict run() {
        begun_ = box_.steady();
        broker_pid_ = box_.home_broker().pid;
        for (Duration looked = begun_;; box_.pause(between_looks)) {
            const Health now = box_.health();
            const Duration at = box_.steady();
            opening_.see(now, at - looked);
            looked = at;
            const std::string missing = lacks(before_, now, version_);
            note(missing, now.pid, at);
            if (well_since_ && at - *well_since_ >= rules_.steady_for) return {"", told(now)};
            if (lacks_the_broker(missing)) {
                look_at_broker(at);
            } else {
                silent_since_.reset();
            }
            if (is_over(at)) return {blame(missing, at), told(now)};
        }
    }

private:
    void note(const std::string& missing, std::int64_t pid, Duration at) {
        if (!missing.empty()) {
            well_since_.reset();
        } else if (!well_since_ || pid != pid_) {
            well_since_ = at;
            pid_ = pid;
        }
    }

    [[nodiscard]] bool is_over(Duration at) const {
        if (silent_since_ && !revived_) return false;  // a broker that is mended in a minute
        const Duration more = well_since_ ? rules_.steady_for : Duration{};
        return opening_.all >= rules_.opening_within ||
               at - begun_ - opening_.excused() >= rules_.healthy_within + more;
    }

    void look_at_broker(Duration at) {
        const HomeBroker broker = box_.home_broker();
        if (broker.answers) silent_since_.reset();
        if (broker.answers && broker.pid == broker_pid_) return;
        broker_pid_ = broker.pid;
        broker_troubled_ = at;
        if (broker.answers || revived_) return;
        if (!silent_since_) silent_since_ = at;
        if (at - *silent_since_ < patience_with_broker) return;
        revived_ = true;
        box_.restart_home_broker();
        begun_ = box_.steady();
        opening_.excuse_anew();
    }

    /// Whose fault it is that the time is over. A version that had the broker for long enough, and
    /// for a little more than that, could have shown that it is well.
    [[nodiscard]] std::string blame(const std::string& missing, Duration at) const {
        const bool either = missing.empty() || lacks_the_broker(missing);
        if (either && broker_troubled_ &&
            at - *broker_troubled_ < rules_.steady_for + patience_with_broker) {
            return std::string(broker_down);
        }
        return missing.empty() ? "not_steady" : missing;
    }

    [[nodiscard]] std::string told(const Health& now) const {
        std::string out = noticed(before_, now);
        if (revived_) out.append(out.empty() ? "" : ",").append(broker_restarted);
        return out;
    }

    Box& box_;
    const Health& before_;
    const std::string& version_;
    const Rules& rules_;
    Duration begun_{};
    Opening opening_;
    std::optional<Duration> well_since_;
    std::int64_t pid_ = 0;  ///< of anjud
    std::int64_t broker_pid_ = 0;
    std::optional<Duration> broker_troubled_;  ///< last seen silent, or another one than before
    std::optional<Duration> silent_since_;     ///< the broker
    bool revived_ = false;
};

Done act(Box& box, const Record& record, const Action& action, const Rules& rules) {
    const auto words = [](const result<void>& came) {
        return came ? std::string{} : came.error().text();
    };
    Done done;
    switch (action.what) {
        case Do::rest:
        case Do::abandon:
            break;
        case Do::prepare:
            done.before = box.health();
            break;
        case Do::install: {
            Put put = box.install(action.version);
            done.trouble = std::move(put.trouble);
            done.scripts_failed = put.scripts_failed;
            break;
        }
        case Do::put_back:
            done.trouble = words(box.put_back(action.version));
            break;
        case Do::prove:
        case Do::prove_again: {
            Verdict verdict = prove(box, record.before, action.version, rules);
            done.lacks = std::move(verdict.lacks);
            done.noticed = std::move(verdict.noticed);
            break;
        }
    }
    return done;
}

}  // namespace

Verdict prove(Box& box, const Health& before, const std::string& version, const Rules& rules) {
    return Proof(box, before, version, rules).run();
}

result<Came> run(Box& box, Record record, const Rules& rules, const Insistence& said) {
    for (;;) {
        auto facts = box.look(record.step == Step::idle ? Look::all : Look::packages);
        // While nothing is touched all is looked at once more; after that nothing is waited for,
        // and what cannot be found out holds nothing up.
        if (facts && record.step == Step::installing && facts->installed == record.from) {
            facts = box.look(Look::all);
        }
        if (!facts) return facts.error();
        const Action action = next(record, *facts, rules, said);
        Record begun = begin(record, action, *facts);
        if (begun != record) {
            if (const auto saved = box.save(begun); !saved) return saved.error();
        }
        record = std::move(begun);
        if (action.what == Do::rest) return Came{std::move(record), action};
        box.tell(action, record);
        Done done = act(box, record, action, rules);
        if (action.what == Do::prepare) {
            const auto ready = box.prepare(facts->installed, action.version);
            if (!ready) done.trouble = ready.error().text();
            done.installed = facts->installed;
        } else {
            const auto after = box.look(Look::packages);
            if (!after) return after.error();
            done.installed = after->installed;
        }
        record = finish(std::move(record), action, done, *facts);
        if (const auto saved = box.save(record); !saved) return saved.error();
        const bool untouched_still = action.what == Do::prepare || action.what == Do::install;
        if (record.step == Step::idle && !untouched_still) {
            box.tell_end(record);
            // Of a version that was taken back nothing is needed; the one before an update that
            // went well is kept for a person who wants it back.
            box.forget_others(done.installed, record.previous);
            return Came{std::move(record), action};
        }
        // What failed now is tried again by the next run, not at once.
        const bool stuck = action.what == Do::put_back && !done.trouble.empty() &&
                           record.step != Step::proving_again;
        if (stuck || record.step == Step::idle) return Came{std::move(record), action};
    }
}

}  // namespace anju::update
