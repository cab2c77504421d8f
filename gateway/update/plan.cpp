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
    return std::ranges::any_of(record.refused,
                               [&](const Refused& one) { return one.version == version; });
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
        Rest against = Rest::none;
        if (was_taken_back(record, offer.version) && !said.again) {
            against = Rest::taken_back;
        } else if (!offer.way_back) {
            against = Rest::no_way_back;
        } else if (offer.draw >= offer.percentage && !said.any_time) {
            against = Rest::not_its_turn;
        } else if (facts.room < offer.bytes) {
            against = Rest::no_room;
        } else {
            return {Do::prepare, offer.version};
        }
        if (why == Rest::current) why = against;
    }
    return {Do::rest, facts.offers.empty() ? "" : facts.offers.front().version, why};
}

Action when_idle(const Record& record, const Facts& facts, const Rules& rules,
                 const Insistence& said) {
    if (!rules.enabled && !said.any_time) return {Do::rest, {}, Rest::off};
    if (facts.installed.empty()) return {Do::rest, {}, Rest::broken};
    Action chosen = choose(record, facts, said);
    if (chosen.what == Do::rest) return chosen;
    if (!said.any_time && !inside(rules.window, facts.now, facts.utc_offset)) {
        return {Do::rest, chosen.version, Rest::not_now};
    }
    const bool waited = record.waits_for == chosen.version &&
                        facts.now - record.waits_since >= rules.wait_for_alerts;
    if (facts.urgent > 0 && !waited && !said.despite_alerts) {
        return {Do::rest, chosen.version, Rest::alerts};
    }
    return chosen;
}

Record to_step(Record record, Step step) {
    record.step = step;
    record.begun = 0;
    return record;
}

Record to_end(Record record, Ending ending, Instant now) {
    if (ending == Ending::rolled_back || ending == Ending::failed) {
        std::erase_if(record.refused, [&](const Refused& one) { return one.version == record.to; });
        record.refused.push_back({record.to, record.why, now});
        if (record.refused.size() > refused_kept) record.refused.erase(record.refused.begin());
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
    record.ended_at = now;
    record.before = {};
    record.waits_for.clear();
    record.waits_since = {};
    return to_step(std::move(record), Step::idle);
}

/// Whether a program that says `program` comes from the package `package`.
bool is_of(std::string_view program, std::string_view package) {
    if (!package.starts_with(program) || program.empty()) return false;
    package.remove_prefix(program.size());
    return package.empty() || package.front() == '-' || package.front() == '+' ||
           package.front() == '~';
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

std::string lacks(const Health& before, const Health& now, std::string_view version) {
    // One that did not run had nothing to do (not set up) or was what the update is to cure.
    if (!before.active && !before.answers && !now.active) return "";
    if (!now.active) return "not_active";
    if (!now.answers) return "no_answer";
    if (!is_of(now.version, version)) return "other_version";
    if (!before.answers) return "";
    if (now.epoch != before.epoch) return "store_began_anew";
    if (now.store_low && !before.store_low) return "store_low";
    for (const std::string& link : before.links) {
        if (std::ranges::find(now.links, link) == now.links.end()) return "link:" + link;
    }
    return "";
}

Action next(const Record& record, const Facts& facts, const Rules& rules, const Insistence& said) {
    const bool others =
        !facts.installed.empty() && facts.installed != record.from && facts.installed != record.to;
    switch (record.step) {
        case Step::idle:
            return when_idle(record, facts, rules, said);
        case Step::installing:
            if (others) return {Do::abandon, facts.installed};
            if (facts.installed == record.to) return {Do::prove, record.to};
            if (record.begun >= installs_at_most) return {Do::put_back, record.from};
            return {Do::install, record.to};
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
            if (action.why == Rest::not_now) break;  // the day between two nights of waiting
            if (action.why != Rest::alerts) {
                record.waits_for.clear();
                record.waits_since = {};
            } else if (record.waits_for != action.version) {
                record.waits_for = action.version;
                record.waits_since = facts.now;
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
                record.why = record.step == Step::proving ? "cut_short" : "not_installed";
            }
            count(Step::rolling_back);
            break;
        case Do::prove_again:
            count(Step::proving_again);
            break;
    }
    return record;
}

Record finish(Record record, const Action& action, const Done& done, Instant now) {
    record.trouble = done.trouble;
    switch (action.what) {
        case Do::rest:
            break;
        case Do::prepare:
            if (!done.trouble.empty()) break;
            record.from = done.installed;
            record.to = action.version;
            record.before = done.before;
            return to_step(std::move(record), Step::installing);
        case Do::install:
            if (done.installed == record.to) return to_step(std::move(record), Step::proving);
            break;
        case Do::prove:
            if (done.lacks.empty()) return to_end(std::move(record), Ending::updated, now);
            record.why = done.lacks;
            return to_step(std::move(record), Step::rolling_back);
        case Do::put_back:
            if (done.installed == record.from) {
                return to_step(std::move(record), Step::proving_again);
            }
            break;
        case Do::prove_again:
            return to_end(std::move(record),
                          done.lacks.empty() ? Ending::rolled_back : Ending::failed, now);
        case Do::abandon:
            return to_end(std::move(record), Ending::abandoned, now);
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
