#include "tests/component/ladder/story.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <set>
#include <stdexcept>
#include <tuple>
#include <utility>

#include "app/replay/report.hpp"
#include "core/codec/codec.hpp"
#include "core/model/care_names.hpp"

namespace anju::test {
namespace {

template <class T>
T must(result<T> got) {
    if (!got) throw std::runtime_error(got.error().text());
    if constexpr (!std::is_void_v<T>) return std::move(*got);
}

void read_unit(store::StoreReader& reader, const HouseholdId& unit, Story& out) {
    must(reader.decisions(unit, 0, [&](const store::StoredDecision& row) {
        out.ledger[unit].push_back(row.bytes);
        const auto decision = decode_decision(row.bytes);
        if (!decision) throw std::runtime_error("a decision that nobody can read");
        const auto* summons = std::get_if<Summons>(&decision->what);
        if (summons != nullptr) out.calls.push_back({*summons, decision->at, row.recorded});
        return true;
    }));
}

bool has(const Call& call, Role role) {
    return std::ranges::find(call.summons.roles, role) != call.summons.roles.end();
}

/// How many notices go to each when these roles are called, by what the directory says of them. Who
/// of the two workers is whose second depends on the day.
std::map<std::string, int> due_of(const Call& call) {
    std::map<std::string, int> out{{"group:robot", 1}};
    if (call.summons.priority > Priority::p2) return out;  // the group, in a digest
    if (has(call, Role::emergency_contact)) out["contact:r1:0"] = 1;
    if (has(call, Role::neighbour)) out["contact:r1:1"] = 1;
    if (has(call, Role::community_lead)) out["worker:zhao"] = 1;
    if (has(call, Role::street_centre)) out["worker:centre"] = 1;
    // There is no loudspeaker: the grid worker is to phone.
    const int workers = (has(call, Role::grid_worker) || has(call, Role::resident) ? 1 : 0) +
                        (has(call, Role::second_worker) ? 1 : 0);
    if (workers > 0) out["workers"] = workers;
    return out;
}

/// Calls of one moment and cause are told apart by their number only.
using Telling = std::tuple<Instant, SummonsCause, std::string>;

std::string words(const Telling& telling, Instant start) {
    return fmt::format("{} {} {}", (std::get<0>(telling) - start).count(),
                       name(std::get<1>(telling)), std::get<2>(telling));
}

/// What is due and over with one and the same commit is told to nobody.
bool over_at_once(const Story& story, Instant recorded) {
    return std::ranges::any_of(story.calls, [recorded](const Call& call) {
        return call.recorded == recorded && call.summons.cause == SummonsCause::stood_down;
    });
}

std::string missing_or_twice(const Story& story) {
    std::map<Telling, int> due;
    std::map<Telling, int> told;
    std::set<std::pair<Instant, SummonsCause>> of_owner;
    for (const Call& call : story.calls) {
        if (call.summons.cause == SummonsCause::stood_down) continue;
        if (has(call, Role::owner)) of_owner.emplace(call.recorded, call.summons.cause);
        for (const auto& [who, times] : due_of(call)) {
            due[{call.recorded, call.summons.cause, who}] += times;
        }
    }
    for (const Notice& notice : story.notices) {
        if (notice.topic != NoticeTopic::alert || notice.cause == SummonsCause::stood_down) {
            continue;
        }
        if (notice.recipient.starts_with("nobody:")) continue;  // noted, and sent to nobody
        const bool worker = notice.recipient == "worker:chen" || notice.recipient == "worker:liu";
        ++told[{notice.at, notice.cause, worker ? "workers" : notice.recipient}];
    }
    const Instant start = story.calls.empty() ? Instant{} : story.calls.front().at;
    for (const auto& [telling, times] : due) {
        const auto found = told.find(telling);
        const int got = found == told.end() ? 0 : found->second;
        if (got == 0 && over_at_once(story, std::get<0>(telling))) continue;
        if (got != times) return fmt::format("{}: {} of {}", words(telling, start), got, times);
        told.erase(telling);
    }
    // Who has the alert is not in the call; where the directory does not know them, the lead stands
    // in.
    std::erase_if(told, [&](const auto& one) {
        const auto& [at, cause, who] = one.first;
        const bool stands_in = who == "workers" || who == "worker:zhao" || who == "group:robot";
        return one.second == 1 && stands_in && of_owner.contains({at, cause});
    });
    if (!told.empty()) return "nobody called " + words(told.begin()->first, start);
    return {};
}

/// Once to each, and to nobody who had heard of nothing.
std::string stood_down_wrong(const Story& story) {
    std::set<std::pair<Instant, std::string>> seen;
    std::set<std::string> heard;
    for (const Notice& notice : story.notices) {
        if (notice.topic != NoticeTopic::alert) continue;
        if (notice.cause != SummonsCause::stood_down) {
            heard.insert(notice.recipient);
            continue;
        }
        if (!heard.contains(notice.recipient)) return notice.recipient + " had heard of nothing";
        if (!seen.emplace(notice.at, notice.recipient).second) {
            return notice.recipient + " was stood down twice";
        }
    }
    return {};
}

std::string handed_over_wrong(const Story& story) {
    std::map<std::uint64_t, std::set<std::uint64_t>> lives;  // by notice
    std::set<std::tuple<std::uint64_t, std::uint64_t, std::uint64_t>> seen;
    for (const Outside::Sent& sent : story.sent) {
        if (!seen.emplace(sent.first, sent.last, sent.life).second) {
            return fmt::format("notice {} went out twice in one life", sent.first);
        }
        // Several in one message are known by the first and the last.
        for (std::uint64_t id = sent.first; id <= sent.last; ++id) lives[id].insert(sent.life);
    }
    for (const Notice& notice : story.notices) {
        if (notice.state == NoticeState::sent && !lives.contains(notice.id)) {
            return fmt::format("notice {} is called sent, and never went out", notice.id);
        }
        if (notice.state == NoticeState::sending) {
            return fmt::format("notice {} was never heard of again", notice.id);
        }
        if (notice.state == NoticeState::waiting && !notice.digest) {
            return fmt::format("notice {} still waits", notice.id);
        }
    }
    return {};
}

/// All that does not tell how often it was tried.
Notice lasting(Notice notice) {
    notice.attempts = 0;
    notice.changed = Instant{};
    return notice;
}

}  // namespace

Story story_of(const Incident& incident, const Outside& outside,
               const std::filesystem::path& folder) {
    const auto reader = must(store::StoreReader::open(folder));
    Story out;
    for (const HouseholdId& unit : must(reader->deciding_households())) {
        read_unit(*reader, unit, out);
    }
    for (const NoticeRow& row : must(reader->notices({.limit = 100'000}))) {
        auto notice = decode_notice(row.bytes);
        if (!notice) throw std::runtime_error("a notice that nobody can read");
        out.notices.push_back(std::move(*notice));
    }
    std::ranges::sort(out.notices, {}, &Notice::id);
    must(reader->inputs_after(0, [&](const JournalEntry& entry) {
        out.inputs.push_back(entry);
        return true;
    }));
    out.answers.assign(
        outside.answers.begin(),
        outside.answers.begin() + static_cast<std::ptrdiff_t>(incident.deeds.size()));
    out.sent.assign(outside.sent.begin(),
                    outside.sent.begin() + static_cast<std::ptrdiff_t>(outside.sent_count));
    const replay::Report again = must(replay::replay(*reader, {}));
    if (again.differences != 0) out.recomputed = replay::as_text(again);
    return out;
}

std::string faults(const Story& story) {
    if (!story.recomputed.empty()) return "a replay decides otherwise:\n" + story.recomputed;
    for (const auto& check : {missing_or_twice, stood_down_wrong, handed_over_wrong}) {
        if (std::string wrong = check(story); !wrong.empty()) return wrong;
    }
    return {};
}

std::string difference(const Story& one, const Story& other) {
    for (const Story* story : {&one, &other}) {
        for (const auto& [unit, decisions] : story->ledger) {
            if (!one.ledger.contains(unit) || !other.ledger.contains(unit)) {
                return unit.value + " decided in one of them only";
            }
        }
    }
    for (const auto& [unit, decisions] : one.ledger) {
        const auto& others = other.ledger.at(unit);
        const auto [mine, theirs] = std::ranges::mismatch(decisions, others);
        if (mine == decisions.end() && theirs == others.end()) continue;
        return fmt::format("decision {} of {}; {} and {} in all", mine - decisions.begin() + 1,
                           unit.value, decisions.size(), others.size());
    }
    for (std::size_t i = 0; i < std::max(one.notices.size(), other.notices.size()); ++i) {
        if (i >= one.notices.size() || i >= other.notices.size()) {
            return fmt::format("{} and {} notices", one.notices.size(), other.notices.size());
        }
        const Notice mine = lasting(one.notices[i]);
        const Notice theirs = lasting(other.notices[i]);
        if (mine != theirs) return encode(mine) + "\n" + encode(theirs);
    }
    if (one.answers != other.answers) return "somebody was answered otherwise";
    return {};
}

Duration latest(const Story& story) {
    Duration out{};
    for (const Call& call : story.calls) out = std::max(out, call.recorded - call.at);
    return out;
}

std::uint64_t repeated(const Story& story) {
    std::map<std::uint64_t, std::uint64_t> times;
    std::uint64_t out = 0;
    for (const Outside::Sent& sent : story.sent) {
        if (sent.first == sent.last && times[sent.first]++ > 0) ++out;
    }
    return out;
}

}  // namespace anju::test
