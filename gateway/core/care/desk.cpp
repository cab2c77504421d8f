#include "core/care/desk.hpp"

#include <algorithm>
#include <utility>

#include "core/care/desk_step.hpp"
#include "core/check.hpp"
#include "core/codec/seal.hpp"

namespace anju {
namespace {

constexpr auto readable = {codec::cared, codec::written_up, codec::drilled, codec::unheard_acks};

}  // namespace

CareDesk::CareDesk() : state_(std::make_unique<care::DeskState>()) {}
CareDesk::~CareDesk() = default;
CareDesk::CareDesk(CareDesk&&) noexcept = default;
CareDesk& CareDesk::operator=(CareDesk&&) noexcept = default;

template <class Act>
void CareDesk::step(Instant now, Voice voice, Decisions& out, Act act) {
    ANJU_CHECK(now >= state_->now, "inputs of a community are applied in the order of time");
    run_until(now, voice, out);
    state_->now = now;
    state_->utc_offset = voice.utc_offset;
    care::DeskStep one(*state_, now, out);
    act(one);
    deadline_ = care::next_due(*state_);
    run_until(now, voice, out);
}

void CareDesk::apply(Instant now, const CommunitySet& input, Voice voice, Decisions& out) {
    step(now, voice, out, [&](care::DeskStep& one) { one.set(input); });
}
void CareDesk::apply(Instant now, const ResidentsSet& input, Voice voice, Decisions& out) {
    step(now, voice, out, [&](care::DeskStep& one) { one.set(input); });
}
void CareDesk::apply(Instant now, const RhythmTold& input, Voice voice, Decisions& out) {
    step(now, voice, out, [&](care::DeskStep& one) { one.told(input); });
}
void CareDesk::apply(Instant now, const AlertTold& input, Voice voice, Decisions& out) {
    step(now, voice, out, [&](care::DeskStep& one) { one.told(input); });
}
void CareDesk::apply(Instant now, const ContactRecorded& input, Voice voice, Decisions& out) {
    step(now, voice, out, [&](care::DeskStep& one) { one.recorded(input); });
}
void CareDesk::apply(Instant now, const SuspensionSet& input, Voice voice, Decisions& out) {
    step(now, voice, out, [&](care::DeskStep& one) { one.suspend(input); });
}
void CareDesk::apply(Instant now, const WorkerAbsent& input, Voice voice, Decisions& out) {
    step(now, voice, out, [&](care::DeskStep& one) { one.absent(input); });
}
void CareDesk::apply(Instant now, const TaskCommand& input, Voice voice, Decisions& out) {
    step(now, voice, out, [&](care::DeskStep& one) { one.command(input); });
}
void CareDesk::apply(Instant now, const AlertCommand& input, Voice voice, Decisions& out) {
    step(now, voice, out, [&](care::DeskStep& one) { one.command(input); });
}
void CareDesk::apply(Instant now, const ChannelHealth& input, Voice voice, Decisions& out) {
    step(now, voice, out, [&](care::DeskStep& one) { one.told(input); });
}
void CareDesk::withdraw(Instant now, Voice voice, Decisions& out) {
    step(now, voice, out, [&](care::DeskStep& one) { one.withdraw(); });
}

void CareDesk::run_until(Instant now, Voice voice, Decisions& out) {
    while (deadline_ && *deadline_ <= now) {
        const Instant due = *deadline_;
        state_->now = due;
        state_->utc_offset = voice.utc_offset;
        care::DeskStep(*state_, due, out).fire();
        deadline_ = care::next_due(*state_);
        ANJU_CHECK(!deadline_ || *deadline_ > due, "what was due is done");
    }
}

void CareDesk::skip_numbers(std::uint64_t by) {
    state_->decisions += by;
    state_->last_task += by;
    state_->book.skip_numbers(by);
}

void CareDesk::clock_step(Instant now, Duration by, Voice voice, Decisions& out) {
    run_until(now - by, voice, out);
    if (state_->set_at == Instant{}) return;
    // An appointment is a time of the calendar and stays where it is; how long ago somebody was
    // reached, or tried, and how soon to try again, is time that passed.
    const std::vector<CareTask> before = state_->tasks.all();
    codec::Shifter{by}(*state_);
    for (std::size_t i = 0; i < before.size(); ++i) {
        CareTask& task = state_->tasks[i];
        if (task.quota && care::untouched(task)) {
            task.start = before[i].start;
            task.end = before[i].end;
            task.due = before[i].due;
        } else {
            task.date = date_of(task.start, voice.utc_offset);
        }
    }
    for (care::ClientState& client : state_->clients) {
        for (care::Reached& reached : client.reached) {
            reached.date = date_of(reached.start, voice.utc_offset);
        }
    }
    state_->tasks.find_ways();
    state_->now = now;
    care::DeskStep(*state_, now, out).clock_was_set();
    deadline_ = care::next_due(*state_);
    run_until(now, voice, out);
}

const Community& CareDesk::community() const {
    return state_->community;
}

const HouseholdId* CareDesk::household_of(const ResidentId& resident) const {
    const care::ClientState* client = care::DeskPeople(*state_).client(resident);
    return client == nullptr ? nullptr : &client->household;
}

std::optional<RhythmKnown> CareDesk::rhythm(const ResidentId& resident) const {
    const care::ClientState* client = care::DeskPeople(*state_).client(resident);
    if (client == nullptr) return std::nullopt;
    return RhythmKnown{.at_home = client->at_home, .told = client->rhythm_told};
}

std::uint64_t CareDesk::decisions() const {
    return state_->decisions;
}

std::size_t CareDesk::open_alert_count() const {
    return state_->book.open_count();
}

std::vector<WorkerId> CareDesk::who(Role role, const ResidentId& resident, Instant now) const {
    return care::DeskPeople(*state_).who(role, resident, now);
}

CommunityView CareDesk::view() const {
    const care::DeskPeople people(*state_);
    CommunityView view;
    view.community = state_->community;
    view.plans = state_->plans;
    view.alerts = care::alerts_of(*state_);
    view.decisions = state_->decisions;
    for (const care::Absence& absence : state_->absences) {
        view.absences.push_back({absence.worker, absence.from, absence.to});
    }
    for (const care::ClientState& client : state_->clients) {
        view.clients.push_back({.resident = client.resident,
                                .household = client.household,
                                .suspension = client.suspension,
                                .usual = people.usual(client),
                                .last_contact = care::DeskPeople::last_contact(client),
                                .visits = people.visits(client),
                                .calls = people.calls(client)});
    }
    const Date today = people.date(state_->now);
    for (Date week = state_->open_week; week <= today; week = week + 7) {
        WeekClosed& open = view.so_far.emplace_back(WeekClosed{.week = week, .residents = {}});
        for (const care::ClientState& client : state_->clients) {
            if (!client.cared() || client.since >= week + 7) continue;
            open.residents.push_back(care::tally(*state_, client, week, today));
        }
    }
    view.tasks = state_->tasks.all();
    std::ranges::stable_sort(view.tasks, {}, &CareTask::start);
    return view;
}

std::string CareDesk::save() const {
    std::string bytes = codec::begin_sealed();
    codec::Writer writer(bytes);
    writer(unit_of(state_->community.id), *state_);
    codec::seal(bytes);
    return bytes;
}

bool CareDesk::is_desk(std::string_view bytes) {
    // Version, length of the unit's name, the name; no household is called so.
    constexpr std::size_t name_at = 2;
    return bytes.size() > name_at &&
           community_of(HouseholdId{std::string(bytes.substr(name_at, 16))}).has_value();
}

std::optional<CareDesk> CareDesk::load(std::string_view bytes) {
    const auto sealed = codec::unseal(bytes, readable);
    if (!sealed) return std::nullopt;
    codec::Reader reader(sealed->body, sealed->version);
    HouseholdId unit;
    std::optional<CareDesk> desk{std::in_place};
    reader(unit, *desk->state_);
    if (!reader.finished() || unit != unit_of(desk->state_->community.id)) return std::nullopt;
    desk->state_->find_ways();
    desk->deadline_ = care::next_due(*desk->state_);
    return desk;
}

}  // namespace anju
