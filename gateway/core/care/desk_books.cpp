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

void DeskStep::note(ClientState& client, const ContactRecord& record) {
    const Attempt attempt{.start = record.start,
                          .kind = record.kind,
                          .outcome = record.outcome,
                          .corroboration = record.corroboration,
                          .counts = record.counts};
    const auto place =
        std::ranges::upper_bound(client.attempts, attempt.start, {}, &Attempt::start);
    client.attempts.insert(place, attempt);
}

/// Days on which the rounds of a resident rested are remembered: by the time the books are closed
/// the suspension may be over and forgotten.
void DeskStep::note_rest() {
    for (ClientState& one : desk_.clients) {
        if (!one.suspension) continue;
        const Date last = std::min(one.suspension->to, today() - 1);
        for (Date day = std::max(one.suspension->from, desk_.open_week); day <= last;
             day = day + 1) {
            const auto place = std::ranges::lower_bound(one.rested, day);
            if (place == one.rested.end() || *place != day) one.rested.insert(place, day);
        }
    }
}

void DeskStep::close_books() {
    const Date week = desk_.open_week;
    note_rest();
    WeekClosed closed{.week = week, .residents = {}};
    for (ClientState& one : desk_.clients) {
        if (one.cared() && one.since < week + days_a_week) closed.residents.push_back(tally(one));
        const Instant kept = people_.at(week + days_a_week, Duration{});
        // The last contact of the week is where the next one's gaps begin; what was entered of a
        // week that was closed before may be older than what is known.
        for (const Attempt& attempt : one.attempts) {
            const bool reached = concerns_resident(attempt.kind) && has_answered(attempt.outcome);
            if (!reached || attempt.start >= kept) continue;
            one.reached_before = std::max(one.reached_before, attempt.start);
        }
        std::erase_if(one.attempts, [&](const Attempt& attempt) { return attempt.start < kept; });
        std::erase_if(one.rested, [&](Date day) { return day < week + days_a_week; });
    }
    desk_.open_week = week + days_a_week;
    next().what = std::move(closed);
}

ResidentWeek DeskStep::tally(const ClientState& client) const {
    const Date week = desk_.open_week;
    WeekFacts facts;
    facts.week = week;
    facts.resident = client.resident.id;
    facts.visits = people_.visits(client);
    facts.calls = people_.calls(client);
    facts.reached_before = client.reached_before;
    facts.utc_offset = desk_.utc_offset;
    for (Date day = week; day < week + days_a_week; day = day + 1) {
        const bool rested = std::ranges::binary_search(client.rested, day);
        if (rested || day < client.since) facts.off.push_back(day);
        facts.suspended = facts.suspended || rested;
    }
    for (const Attempt& attempt : client.attempts) {
        if (monday_of(people_.date(attempt.start)) != week) continue;
        ContactRecord record;
        record.kind = attempt.kind;
        record.outcome = attempt.outcome;
        record.start = attempt.start;
        record.corroboration = attempt.corroboration;
        record.counts = attempt.counts;
        facts.contacts.push_back(std::move(record));
    }
    for (const CareTask& task : desk_.tasks.of(client.resident.id)) {
        if (monday_of(task.date) == week) facts.tasks.push_back(task);
    }
    return count(facts);
}

}  // namespace anju::care
