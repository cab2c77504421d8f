// Notices and channels on the control socket.
#include <algorithm>

#include "app/anjud/handlers.hpp"
#include "control/methods.hpp"
#include "core/model/care_names.hpp"

namespace anju {

using boost::json::array;
using boost::json::object;
using control::Reply;

Reply Handlers::notices_list(const Params& params) {
    const auto limit =
        control::count_param(params, "limit", control::default_rows, control::max_rows);
    if (!limit) return Reply::failed(limit.error());
    const auto found = journal_.reader().notices({*limit, 0});
    if (!found) return Reply::failed(found.error());
    array rows;
    for (const NoticeRow& row : *found) {
        if (const auto notice = decode_notice(row.bytes)) rows.push_back(render_.notice(*notice));
    }
    return {object{{"notices", std::move(rows)}}, {}};
}

Reply Handlers::notices_show(const Params& params) {
    const auto id = control::count_param(params, "id", 0, INT64_MAX);
    if (!id) return Reply::failed(id.error());
    const auto row = journal_.reader().notice(*id);
    if (!row) return Reply::failed(row.error());
    const auto notice = *row ? decode_notice((*row)->bytes) : std::nullopt;
    if (!notice) {
        return Reply::failed({"no such notice", std::to_string(*id), "anjuctl notices list"});
    }
    return {object{{"notice", render_.notice_in_full(*notice)}}, {}};
}

Reply Handlers::notices_test(const Params& params) {
    const auto channel = control::text_param(params, "channel");
    const auto address = control::text_param(params, "address", "");
    if (!channel) return Reply::failed(channel.error());
    if (!address) return Reply::failed(address.error());
    const auto& channels = config_.notify.channels;
    const auto found = std::ranges::find_if(
        channels, [&](const config::NotifyChannel& one) { return one.name == *channel; });
    if (found == channels.end() || daemon_.people() == nullptr) {
        return Reply::failed({"no such channel", *channel, "see [[notify.channel]]"});
    }
    const bool personal = found->kind == "sms" || found->kind == "modem" || found->kind == "mail";
    if (personal && address->empty()) {
        return Reply::failed(
            {"this channel goes to one person", *channel,
             "say to which number or address: anjuctl notices test CHANNEL ADDRESS"});
    }
    const auto id = daemon_.people()->test(*channel, *address);
    if (!id) daemon_.die(id.error());
    return {object{{"id", *id}}, {}};
}

void Handlers::add_channels(control::Facts& facts) const {
    const PeopleLink* const people = daemon_.people();
    if (people == nullptr) return;
    const notify::DispatchFacts now = people->service().facts();
    for (const notify::ChannelFacts& channel : now.channels) {
        facts.channels.push_back({channel.name, channel.down, channel.sent, channel.failed,
                                  channel.limited, channel.last_success, channel.last_failure,
                                  channel.last_error});
        if (channel.down) {
            facts.problems.push_back({"channel_down", channel.name, channel.last_error,
                                      "anjuctl notices test " + channel.name});
        }
    }
    facts.counters.emplace_back("notices_waiting", now.waiting);
    facts.counters.emplace_back("notices_sent", now.sent);
    facts.counters.emplace_back("notices_failed", now.failed);
    facts.counters.emplace_back("notices_expired", now.expired);
    facts.counters.emplace_back("notices_skipped", now.skipped);
}

}  // namespace anju
