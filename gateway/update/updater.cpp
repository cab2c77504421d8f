#include "update/updater.hpp"

#include <optional>
#include <utility>

namespace anju::update {
namespace {

constexpr Duration between_looks = std::chrono::seconds{5};

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
        case Do::install:
            done.trouble = words(box.install(action.version));
            break;
        case Do::put_back:
            done.trouble = words(box.put_back(action.version));
            break;
        case Do::prove:
        case Do::prove_again:
            done.lacks = prove(box, record.before, action.version, rules);
            break;
    }
    return done;
}

}  // namespace

std::string prove(Box& box, const Health& before, const std::string& version, const Rules& rules) {
    const Duration begun = box.steady();
    std::optional<Duration> well_since;
    std::int64_t pid = 0;
    for (;;) {
        const Health now = box.health();
        const Duration at = box.steady();
        const std::string missing = lacks(before, now, version);
        if (!missing.empty()) {
            well_since.reset();
        } else if (!well_since || now.pid != pid) {
            well_since = at;
            pid = now.pid;
        }
        if (well_since && at - *well_since >= rules.steady_for) return "";
        const Duration limit = rules.healthy_within + (well_since ? rules.steady_for : Duration{});
        if (at - begun >= limit) return missing.empty() ? "not_steady" : missing;
        box.pause(between_looks);
    }
}

result<Came> run(Box& box, Record record, const Rules& rules, const Insistence& said) {
    for (;;) {
        const auto facts = box.look(record.step == Step::idle);
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
            const auto after = box.look(false);
            if (!after) return after.error();
            done.installed = after->installed;
        }
        record = finish(std::move(record), action, done, facts->now);
        if (const auto saved = box.save(record); !saved) return saved.error();
        if (record.step == Step::idle && action.what != Do::prepare) {
            box.tell_end(record);
            // Of a version that was taken back nothing is needed; the one before an update that
            // went well is kept for a person who wants it back.
            box.forget_others(done.installed, record.previous);
            return Came{std::move(record), action};
        }
        // What failed now is tried again by the next run, not at once.
        const bool stuck = action.what == Do::prepare || action.what == Do::put_back;
        if (stuck && !done.trouble.empty() && record.step != Step::proving_again) {
            return Came{std::move(record), action};
        }
    }
}

}  // namespace anju::update
