// The books of a week: on the Wednesday after it everything that was done has been entered, and
// what each resident was owed and given is told once, for reports to add up. Later records are kept
// and count no more.
#include <algorithm>

#include "core/care/desk_step.hpp"
#include "core/care/week.hpp"

namespace anju::care {
namespace {

constexpr int days_a_week = 7;
/// Records of the week come in until then.
constexpr int closing_weekday = 2;
constexpr Duration closing_time = std::chrono::hours{12};

}  // namespace

Instant books_due(const DeskState& desk) {
    return instant_at(desk.open_week + days_a_week + closing_weekday, closing_time,
                      desk.utc_offset);
}

/// What corrects an earlier record of the same contact takes its place.
void DeskStep::note(ClientState& client, const ContactRecord& record) {
    if (const auto same = same_attempt(client, record); same != client.attempts.end()) {
        client.attempts.erase(same);
    }
    const Attempt attempt{.start = record.start,
                          .end = record.end,
                          .worker = record.worker,
                          .kind = record.kind,
                          .outcome = record.outcome,
                          .corroboration = record.corroboration,
                          .counts = record.counts};
    const auto place =
        std::ranges::upper_bound(client.attempts, attempt.start, {}, &Attempt::start);
    client.attempts.insert(place, attempt);
}

/// Days on which the rounds of a resident rested are remembered: by the time the books are closed
/// the suspension may be over and forgotten. A day that was over when the suspension was entered
/// is remembered as that: what was due on it was due.
void DeskStep::note_rest() {
    for (ClientState& one : desk_.clients) {
        if (!one.suspension) continue;
        const Date last = std::min(one.suspension->to, today() - 1);
        for (Date day = std::max(one.suspension->from, desk_.open_week); day <= last;
             day = day + 1) {
            std::vector<Date>& days = day < one.suspension_told ? one.told_late : one.rested;
            if (std::ranges::binary_search(one.rested, day)) continue;  // rested before already
            const auto place = std::ranges::lower_bound(days, day);
            if (place == days.end() || *place != day) days.insert(place, day);
        }
    }
}

void DeskStep::close_books() {
    const Date week = desk_.open_week;
    const Date next_week = week + days_a_week;
    note_rest();
    WeekClosed closed{.week = week, .residents = {}};
    for (ClientState& one : desk_.clients) {
        if (one.cared() && one.since < next_week) {
            closed.residents.push_back(tally(desk_, one, week, next_week - 1));
        }
        const Instant kept = people_.at(next_week, Duration{});
        // The last contact of the week is where the next one's gaps begin; what was entered of a
        // week that was closed before may be older than what is known.
        for (const Attempt& attempt : one.attempts) {
            const bool reached = concerns_resident(attempt.kind) && has_answered(attempt.outcome);
            if (!reached || attempt.start >= kept) continue;
            one.reached_before = std::max(one.reached_before, attempt.start);
        }
        // Nobody misses a contact while the rounds rest.
        if (std::ranges::binary_search(one.rested, next_week - 1)) {
            one.reached_before = people_.at(next_week - 1, Duration{});
        }
        const auto over = [&](Date day) { return day < next_week; };
        std::erase_if(one.attempts, [&](const Attempt& attempt) { return attempt.start < kept; });
        std::erase_if(one.rested, over);
        std::erase_if(one.told_late, over);
    }
    desk_.open_week = next_week;
    next().what = std::move(closed);
}

ResidentWeek tally(const DeskState& desk, const ClientState& client, Date week, Date until) {
    const DeskPeople people(desk);
    WeekFacts facts;
    facts.week = week;
    facts.resident = client.resident.id;
    facts.visits = people.visits(client);
    facts.calls = people.calls(client);
    facts.since = client.since;
    facts.until = std::min(until, week + days_a_week - 1);
    facts.reached_before = client.reached_before;
    facts.utc_offset = desk.utc_offset;
    for (Date day = week; day < week + days_a_week; day = day + 1) {
        const bool rests = client.suspended_on(day) && day >= client.suspension_told;
        const bool rested = std::ranges::binary_search(client.rested, day) || rests;
        if (rested || day < client.since) facts.off.push_back(day);
        facts.suspended = facts.suspended || rested;
        const bool late = std::ranges::binary_search(client.told_late, day) ||
                          (client.suspended_on(day) && day < client.suspension_told);
        facts.late_days = static_cast<std::uint8_t>(facts.late_days + (late && !rested ? 1 : 0));
    }
    for (const Attempt& attempt : client.attempts) {
        const Date day = people.date(attempt.start);
        const bool reached = concerns_resident(attempt.kind) && has_answered(attempt.outcome);
        // What is entered of a week that was closed before counts no more.
        if (reached && day < week && day >= desk.open_week) {
            facts.reached_before = std::max(facts.reached_before, attempt.start);
        }
        if (monday_of(day) != week) continue;
        ContactRecord record;
        record.kind = attempt.kind;
        record.outcome = attempt.outcome;
        record.start = attempt.start;
        record.corroboration = attempt.corroboration;
        record.counts = attempt.counts;
        facts.contacts.push_back(std::move(record));
    }
    for (const CareTask& task : desk.tasks.of(client.resident.id)) {
        if (monday_of(task.date) == week) facts.tasks.push_back(task);
    }
    return count(facts);
}

}  // namespace anju::care
