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
        if (well_since && at - *well_since >= rules.steady_for) {
            return {"", noticed(before, now)};
        }
        const Duration limit = rules.healthy_within + (well_since ? rules.steady_for : Duration{});
        if (at - begun >= limit) {
            return {missing.empty() ? "not_steady" : missing, noticed(before, now)};
        }
        box.pause(between_looks);
    }
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
