#include "app/replay/comparison.hpp"

#include <variant>

#include "app/replay/describe.hpp"
#include "core/codec/codec.hpp"
#include "core/model/names.hpp"

namespace anju::replay {

namespace {

constexpr std::size_t read_at_once = 64;

}  // namespace

std::string News::of(const Decision& decision) {
    const auto* changed = std::get_if<AlertChanged>(&decision.what);
    if (changed == nullptr) return "";
    const Alert& alert = changed->alert;
    const auto [told, unknown] = told_.try_emplace(alert.id, alert.priority);
    const bool more_urgent = !unknown && alert.priority < told->second;
    told->second = alert.priority;
    if (changed->from && !more_urgent) return "";
    std::string out(name(alert.kind));
    if (alert.priority != priority_of(alert.kind)) out += " " + std::string(name(alert.priority));
    return out;
}

result<const store::StoredDecision*> Recorded::front() {
    if (read_.empty() && !ended_) {
        const auto read =
            reader_->decisions(household_, last_, [&](const store::StoredDecision& stored) {
                read_.push_back(stored);
                return read_.size() < read_at_once;
            });
        if (!read) return read.error();
        ended_ = read_.size() < read_at_once;
        if (!read_.empty()) last_ = read_.back().id;
    }
    return read_.empty() ? nullptr : &read_.front();
}

result<void> Comparison::start(const HouseholdId& household, std::uint64_t decisions) {
    // Its last decision may have been deleted by retention while the next one is still there.
    std::uint64_t after = 0;
    if (decisions > 0) {
        const auto last = reader_.decision_id(household, decisions);
        if (!last) return last.error();
        after = *last;
    }
    if (after == 0) {
        const auto next = reader_.decision_id(household, decisions + 1);
        if (!next) return next.error();
        if (*next > 0) after = *next - 1;
    }
    streams_.insert_or_assign(household, Recorded(reader_, household, after));
    return {};
}

result<Recorded*> Comparison::stream(const Decision& decision) {
    const auto found = streams_.find(decision.household);
    if (found != streams_.end()) return &found->second;
    if (from_start_) {
        streams_.emplace(decision.household, Recorded(reader_, decision.household, 0));
    } else if (const auto begun = start(decision.household, decision.number - 1); !begun) {
        return begun.error();
    }
    return &streams_.at(decision.household);
}

void Comparison::differ(const HouseholdId& household, std::string recorded, std::string computed) {
    ++report_.differences;
    if (report_.first.size() < shown_) {
        report_.first.push_back({household, std::move(recorded), std::move(computed)});
    }
}

std::optional<Decision> Comparison::on_record(const store::StoredDecision& stored) {
    ++report_.recorded;
    auto decision = decode_decision(stored.bytes);
    if (!decision) return std::nullopt;
    if (const std::string kind = recorded_.of(*decision); !kind.empty())
        ++report_.raised[kind].recorded;
    return decision;
}

result<void> Comparison::computed(const Decision& decision) {
    if (decision.household.empty()) {
        ++report_.unattributed;
        return {};
    }
    ++report_.decisions;
    if (const std::string kind = computed_.of(decision); !kind.empty())
        ++report_.raised[kind].computed;
    const auto recorded = stream(decision);
    if (!recorded) return recorded.error();
    const auto front = (*recorded)->front();
    if (!front) return front.error();
    if (*front == nullptr) {
        differ(decision.household, "", describe(decision));
        return {};
    }
    // As values: an earlier version may have written other bytes for the same.
    if (on_record(**front) != decision) {
        differ(decision.household, describe((*front)->bytes), describe(decision));
    }
    (*recorded)->pop();
    return {};
}

result<void> Comparison::finish() {
    if (from_start_) {
        const auto households = reader_.deciding_households();
        if (!households) return households.error();
        for (const HouseholdId& household : *households) {
            streams_.try_emplace(household, Recorded(reader_, household, 0));
        }
    }
    for (auto& [household, recorded] : streams_) {
        for (;;) {
            const auto front = recorded.front();
            if (!front) return front.error();
            if (*front == nullptr) break;
            on_record(**front);
            differ(household, describe((*front)->bytes), "");
            recorded.pop();
        }
    }
    return {};
}

}  // namespace anju::replay
