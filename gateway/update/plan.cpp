#include "update/plan.hpp"

#include <algorithm>
#include <boost/crc.hpp>
#include <charconv>
#include <chrono>
#include <map>
#include <utility>

namespace anju::update {
namespace {

bool was_taken_back(const Record& record, std::string_view version) {
    return std::ranges::any_of(record.refused, [&](const Refused& one) {
        return one.version == version && is_verdict(one.why);
    });
}

bool inside(const Window& window, Instant now, std::chrono::minutes utc_offset) {
    const Instant local = now + utc_offset;
    const Duration time = local - std::chrono::floor<std::chrono::days>(local);
    return window.from < window.to ? time >= window.from && time < window.to
                                   : time >= window.from || time < window.to;
}

/// The newest that this box may take, or why there is none: of several reasons that of the newest.
Action choose(const Record& record, const Facts& facts, const Insistence& said) {
    Rest why = Rest::current;
    for (const Offer& offer : facts.offers) {
        // What is kept already takes no more room: only what is begun has to have it.
        const bool kept = record.step == Step::installing && record.to == offer.version;
        Rest against = Rest::none;
        if (was_taken_back(record, offer.version) && !said.again) {
            against = Rest::taken_back;
        } else if (!offer.way_back) {
            against = Rest::no_way_back;
        } else if (offer.draw >= offer.percentage && !said.any_time) {
            against = Rest::not_its_turn;
        } else if (facts.room < offer.bytes && !kept) {
            against = Rest::no_room;
        } else {
            return {Do::prepare, offer.version};
        }
        if (why == Rest::current) why = against;
    }
    return {Do::rest, facts.offers.empty() ? "" : facts.offers.front().version, why};
}

/// Whether it is too early to try this version once more. A clock that was set back must not make
/// it wait for years; without one that is right, the time since the start counts.
bool too_early(const Retry& retry, const Facts& facts) {
    if (!facts.clock_right) return facts.up >= retry.up && facts.up - retry.up < retry.wait;
    return facts.now >= retry.at && facts.now - retry.at < retry.wait;
}

/// The alerts have been waited for long enough: by the clock, if it was right all the while, or by
/// how long the box has been up since.
bool waited(const Record& record, const std::string& version, const Facts& facts,
            Duration at_most) {
    if (at_most == Duration{}) return true;
    if (record.waits_for != version) return false;
    if (facts.up >= record.waits_since_up && facts.up - record.waits_since_up >= at_most) {
        return true;
    }
    return facts.clock_right && record.waits_since != Instant{} &&
           facts.now - record.waits_since >= at_most;
}

/// What to take and whether now, from nothing being under way or nothing being touched yet.
Action judge(const Record& record, const Facts& facts, const Rules& rules, const Insistence& said) {
    if (!rules.enabled && !said.any_time) return {Do::rest, {}, Rest::off};
    if (facts.installed.empty()) return {Do::rest, {}, Rest::broken};
    Action chosen = choose(record, facts, said);
    if (chosen.what == Do::rest) return chosen;
    const auto rest = [&](Rest why) { return Action{Do::rest, chosen.version, why}; };
    if (!said.any_time) {
        if (record.retry.version == chosen.version && too_early(record.retry, facts)) {
            return rest(Rest::later);
        }
        // Who takes updates at any hour needs no clock for it.
        const bool any_hour = rules.window.to - rules.window.from >= std::chrono::hours{24};
        if (!facts.clock_right) {
            if (facts.up < rules.without_clock && !any_hour) return rest(Rest::clock);
        } else if (!inside(rules.window, facts.now, facts.utc_offset)) {
            return rest(Rest::not_now);
        }
    }
    if (said.despite_alerts) return chosen;
    // One that has never answered may be what the update is to cure; one that answered a moment ago
    // may be restarting with a fire in its inbox.
    if (record.step == Step::installing && record.before.answers && !facts.answers) {
        return rest(Rest::no_answer);
    }
    if (facts.urgent > 0 && !waited(record, chosen.version, facts, rules.wait_for_alerts)) {
        return rest(Rest::alerts);
    }
    return chosen;
}

Record to_step(Record record, Step step) {
    record.step = step;
    record.begun = 0;
    return record;
}

void wait_no_more(Record& record) {
    record.waits_for.clear();
    record.waits_since = {};
    record.waits_since_up = {};
}

/// From now on, or since when it did. Moments of a clock that nobody had set, or that was set back
/// since, are none.
void wait_for_alerts(Record& record, const std::string& version, const Facts& facts) {
    if (record.waits_for != version) {
        record.waits_for = version;
        record.waits_since = facts.clock_right ? facts.now : Instant{};
        record.waits_since_up = facts.up;
    }
    if (facts.clock_right && (record.waits_since == Instant{} || record.waits_since > facts.now)) {
        record.waits_since = facts.now;
    }
    record.waits_since_up = std::min(record.waits_since_up, facts.up);
}

/// The hours between two nights of waiting for alerts do not end the wait.
bool keeps_waiting(Rest why) {
    return why == Rest::not_now || why == Rest::clock || why == Rest::later ||
           why == Rest::no_answer;
}

/// `to` did not get as far as a verdict.
void put_off(Record& record, std::string why, const Facts& facts, bool put_back) {
    const Duration first = put_back ? first_wait_put_back : first_wait;
    const Duration longest = put_back ? longest_wait_put_back : longest_wait;
    const int before = record.retry.version == record.to ? record.retry.failures : 0;
    why.resize(std::min(why.find('\n'), why.size()));  // apt says it again for each file
    Duration wait = first;
    for (int i = 0; i < before && wait < longest; ++i) wait *= 2;
    record.retry = {record.to, std::move(why), before + 1,
                    facts.now, facts.up,       std::min(wait, longest)};
}

/// Nothing was touched: as if it had not been begun.
Record set_aside(Record record) {
    record.from.clear();
    record.to.clear();
    record.before = {};
    record.words.clear();
    return to_step(std::move(record), Step::idle);
}

Record to_end(Record record, Ending ending, const Facts& facts) {
    const bool back = ending == Ending::rolled_back || ending == Ending::failed;
    if (back && is_verdict(record.why)) {
        std::erase_if(record.refused, [&](const Refused& one) { return one.version == record.to; });
        record.refused.push_back({record.to, record.why, facts.now});
        if (record.refused.size() > refused_kept) record.refused.erase(record.refused.begin());
        record.retry = {};
    } else if (back) {
        put_off(record, record.words.empty() ? record.why : record.words, facts, true);
    } else {
        record.retry = {};
    }
    if (ending == Ending::updated) {
        record.previous = record.from;
    } else if (ending == Ending::abandoned || record.previous == record.from) {
        record.previous.clear();
    }
    record.ending = ending;
    record.ended_from = std::exchange(record.from, {});
    record.ended_to = std::exchange(record.to, {});
    record.ended_why = std::exchange(record.why, {});
    record.ended_noticed = std::exchange(record.noticed, {});
    record.words.clear();
    record.ended_at = facts.now;
    record.before = {};
    wait_no_more(record);
    return to_step(std::move(record), Step::idle);
}

using Formats = std::map<std::string, std::pair<int, int>, std::less<>>;

/// "journal 3 from 3, console 2 from 2"; empty when it is no such text.
Formats formats_of(std::string_view text) {
    Formats out;
    const auto word = [&text] {
        text.remove_prefix(std::min(text.find_first_not_of(' '), text.size()));
        const std::string_view found = text.substr(0, text.find_first_of(" ,"));
        text.remove_prefix(found.size());
        return found;
    };
    const auto number = [](std::string_view digits) {
        int value = 0;
        const auto [end, error] =
            std::from_chars(digits.data(), digits.data() + digits.size(), value);
        return error == std::errc{} && end == digits.data() + digits.size() ? value : -1;
    };
    while (!text.empty()) {
        const std::string_view of = word();
        const int version = number(word());
        const bool from = word() == "from";
        const int readable = number(word());
        if (of.empty() || version <= 0 || !from || readable <= 0) return {};
        out[std::string(of)] = {version, readable};
        if (!text.starts_with(',')) continue;
        text.remove_prefix(1);
        if (text.empty()) return {};
    }
    return out;
}

}  // namespace

Action next(const Record& record, const Facts& facts, const Rules& rules, const Insistence& said) {
    const bool others =
        !facts.installed.empty() && facts.installed != record.from && facts.installed != record.to;
    switch (record.step) {
        case Step::idle:
            return judge(record, facts, rules, said);
        case Step::installing: {
            if (others) return {Do::abandon, facts.installed};
            if (facts.installed == record.to) return {Do::prove, record.to};
            if (record.begun >= installs_at_most) return {Do::put_back, record.from};
            // Half of it is worse than all of it, whatever the hour.
            if (facts.installed.empty()) return {Do::install, record.to};
            // Fetching took its time, or a power cut did: the window, the alerts and the source
            // are asked again before anything is touched.
            Action again = judge(record, facts, rules, said);
            if (again.what == Do::prepare && again.version == record.to) again.what = Do::install;
            return again;
        }
        case Step::proving:
            if (others) return {Do::abandon, facts.installed};
            if (facts.installed != record.to || record.begun >= proofs_at_most) {
                return {Do::put_back, record.from};
            }
            return {Do::prove, record.to};
        case Step::rolling_back:
            if (others) return {Do::abandon, facts.installed};
            if (facts.installed == record.from) return {Do::prove_again, record.from};
            return {Do::put_back, record.from};
        case Step::proving_again:
            if (facts.installed != record.from) {
                return others ? Action{Do::abandon, facts.installed}
                              : Action{Do::put_back, record.from};
            }
            return {Do::prove_again, record.from};
    }
    return {};
}

Record begin(Record record, const Action& action, const Facts& facts) {
    const auto count = [&](Step step) {
        if (record.step != step) record = to_step(std::move(record), step);
        ++record.begun;
    };
    switch (action.what) {
        case Do::rest:
            if (record.step == Step::installing) record = set_aside(std::move(record));
            record.waiting = action.version;
            record.waiting_why = action.version.empty() ? "" : name(action.why);
            if (action.why == Rest::alerts) {
                wait_for_alerts(record, action.version, facts);
            } else if (!keeps_waiting(action.why)) {
                wait_no_more(record);
            }
            break;
        case Do::prepare:
        case Do::abandon:
            break;
        case Do::install:
            count(Step::installing);
            break;
        case Do::prove:
            count(Step::proving);
            break;
        case Do::put_back:
            if (record.why.empty()) {
                record.why = record.step == Step::proving ? cut_short : not_installed;
            }
            count(Step::rolling_back);
            break;
        case Do::prove_again:
            count(Step::proving_again);
            break;
    }
    return record;
}

Record finish(Record record, const Action& action, const Done& done, const Facts& facts) {
    record.trouble = done.trouble;
    switch (action.what) {
        case Do::rest:
            break;
        case Do::prepare:
            record.to = action.version;
            if (!done.trouble.empty()) {
                put_off(record, done.trouble, facts, false);
                return set_aside(std::move(record));
            }
            record.from = done.installed;
            record.before = done.before;
            record.waiting.clear();
            record.waiting_why.clear();
            return to_step(std::move(record), Step::installing);
        case Do::install:
            if (done.installed == record.to) {
                record.words.clear();
                return to_step(std::move(record), Step::proving);
            }
            if (done.scripts_failed) {
                record.why = scripts_failed;
                return to_step(std::move(record), Step::rolling_back);
            }
            if (done.installed == record.from) {
                put_off(record, done.trouble, facts, false);
                return set_aside(std::move(record));
            }
            record.words = done.trouble;
            break;
        case Do::prove:
            record.noticed = done.noticed;
            if (done.lacks.empty()) return to_end(std::move(record), Ending::updated, facts);
            record.why = done.lacks;
            return to_step(std::move(record), Step::rolling_back);
        case Do::put_back:
            if (done.installed == record.from) {
                return to_step(std::move(record), Step::proving_again);
            }
            break;
        case Do::prove_again:
            return to_end(std::move(record),
                          done.lacks.empty() ? Ending::rolled_back : Ending::failed, facts);
        case Do::abandon:
            return to_end(std::move(record), Ending::abandoned, facts);
    }
    return record;
}

Record take_back(Record record, std::string previous, std::string installed) {
    record.from = std::move(previous);
    record.to = std::move(installed);
    record.why = by_hand;
    record.before = {};
    record.before.active = true;  // that it runs is what a person may expect of it
    return to_step(std::move(record), Step::rolling_back);
}

int draw(std::string_view gateway_id, std::string_view version) {
    boost::crc_32_type crc;
    crc.process_bytes(gateway_id.data(), gateway_id.size());
    crc.process_byte(' ');
    crc.process_bytes(version.data(), version.size());
    return static_cast<int>(crc.checksum() % 100);
}

bool way_back(std::string_view installed, std::string_view offered) {
    const Formats mine = formats_of(installed);
    const Formats theirs = formats_of(offered);
    if (mine.empty() || theirs.empty()) return false;
    return std::ranges::all_of(mine, [&](const auto& one) {
        const auto found = theirs.find(one.first);
        return found != theirs.end() && found->second.second <= one.second.first;
    });
}

}  // namespace anju::update
