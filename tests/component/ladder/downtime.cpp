#include "tests/component/ladder/downtime.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "core/codec/codec.hpp"
#include "core/model/care_names.hpp"
#include "tests/support/ladder_table.hpp"

namespace anju::test {
namespace {

using namespace std::chrono_literals;

/// Gaps from this length on are told to the engine. Woken as seldom as here, an idle process has
/// written down within this time that it lives.
constexpr Duration long_gap = 5min;

Duration gap_within(const std::vector<Gap>& gaps, Instant from, Instant to) {
    Duration out{};
    for (const Gap& gap : gaps) {
        out += std::max<Duration>(std::min(gap.back, to) - std::max(gap.died, from), 0ms);
    }
    return out;
}

/// An outage is what was a gap, and every long gap is one.
std::string outages_wrong(const std::vector<JournalEntry>& inputs, const std::vector<Gap>& gaps,
                          Instant begins) {
    std::vector<Gap> outages;
    for (const JournalEntry& entry : inputs) {
        const auto input = decode_input(entry.bytes);
        if (const auto* outage = std::get_if<Outage>(&*input)) {
            outages.push_back({outage->since, entry.at});
        }
    }
    for (const Gap& outage : outages) {
        const Duration dead = gap_within(gaps, outage.died, outage.back);
        if (outage.back - outage.died - dead > long_gap) return "an outage that was none";
    }
    for (const Gap& gap : gaps) {
        if (gap.back - gap.died < long_gap || gap.died == begins) continue;
        const auto tells = [&](const Gap& outage) {
            return outage.died <= gap.died && outage.back >= gap.back;
        };
        if (std::ranges::count_if(outages, tells) != 1) return "a gap that was no outage";
    }
    return {};
}

/// What was sent again is taken once.
std::string taken_twice(const std::vector<JournalEntry>& inputs) {
    std::set<std::string> seen;
    for (const JournalEntry& entry : inputs) {
        const auto input = decode_input(entry.bytes);
        const bool from_outside = std::holds_alternative<Observation>(*input) ||
                                  std::holds_alternative<AlertCommand>(*input);
        if (from_outside && !seen.insert(entry.bytes).second) return "an input was taken twice";
    }
    return {};
}

std::string times(const std::vector<Call>& calls, Instant raised) {
    std::string out;
    for (const Call& call : calls) {
        out += fmt::format(" {} ms ({})", (call.at - raised).count(), name(call.summons.cause));
    }
    return out;
}

std::string times(const std::vector<LadderTable::Telling>& told) {
    std::string out;
    for (const LadderTable::Telling& one : told) out += fmt::format(" {} ms", one.at.count());
    return out;
}

LadderTable table_of(const Incident& incident, const Story& story, Instant raised, Instant end) {
    LadderTable table(incident.matter == Matter::fire);
    for (const JournalEntry& entry : story.inputs) {
        if (entry.at < raised) continue;
        const auto input = decode_input(entry.bytes);
        if (const auto* outage = std::get_if<Outage>(&*input)) {
            table.down(std::max(outage->since, raised) - raised, entry.at - raised);
        } else if (const auto* command = std::get_if<AlertCommand>(&*input)) {
            table.done(entry.at - raised, command->verb);
        }
    }
    table.pass(end - raised);
    return table;
}

}  // namespace

Punctuality held_against_table(const Incident& incident, const Story& story,
                               const std::vector<Gap>& gaps, Instant end) {
    Punctuality out;
    out.wrong = taken_twice(story.inputs);
    if (out.wrong.empty()) out.wrong = outages_wrong(story.inputs, gaps, incident.begins);
    std::vector<Call> calls;
    for (const Call& call : story.calls) {
        if (call.summons.priority > Priority::p2) continue;  // a meter that nobody hears
        if (call.summons.cause != SummonsCause::stood_down) calls.push_back(call);
    }
    if (!out.wrong.empty() || calls.empty()) return out;
    const Instant raised = calls.front().at;
    const LadderTable table = table_of(incident, story, raised, end);
    for (std::size_t i = 0; i < std::max(calls.size(), table.told().size()); ++i) {
        const auto& told = table.told();
        const bool same =
            i < calls.size() && i < told.size() &&
            told[i] == LadderTable::Telling{calls[i].at - raised, calls[i].summons.roles, {}};
        if (!same) {
            out.wrong = fmt::format("call {}; called{}; by the table{}", i + 1,
                                    times(calls, raised), times(told));
            return out;
        }
        const LadderTable::Telling& due = told[i];
        const Duration dead = gap_within(gaps, raised + due.due, calls[i].recorded);
        out.latest = std::max(out.latest, calls[i].recorded - raised - due.due - dead);
        if (dead > 0ms) ++out.delayed;
    }
    return out;
}

}  // namespace anju::test
