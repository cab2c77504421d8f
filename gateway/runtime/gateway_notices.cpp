// The gateway's part in telling people: notices are written with the decisions they follow from,
// and handed over only after that commit; see gateway.hpp and notice.hpp.
#include <algorithm>
#include <utility>

#include "runtime/gateway.hpp"

namespace anju {

void Gateway::wrap_notices(Work& work) {
    Transaction& transaction = work.transaction;
    if (notifier_ != nullptr && !transaction.decisions.empty()) {
        for (Notice& notice : notifier_->notices_of(transaction.decisions, transaction.now)) {
            work.notices.push_back(std::move(notice));
        }
    }
    for (Notice& notice : work.notices) {
        notice.id = ++last_notice_;
        transaction.notices.push_back(row_of(notice));
    }
}

/// What the last run left: it is sent now. A row that cannot be read is of no use to anybody.
result<void> Gateway::resume_notices(const Recovery& recovery) {
    if (notifier_ == nullptr) return {};
    std::vector<ChannelHealth> failing;
    for (const CommunityId& id : engine_.communities()) {
        const auto view = engine_.view(id);
        for (const Alert& alert : view->alerts) {
            if (alert.kind != AlertKind::channel_failed || !is_open(alert.state)) continue;
            failing.push_back(
                {.community = id,
                 .channel = alert.device.value,
                 .failing = true,
                 .since = alert.evidence.since,
                 .failures = static_cast<std::uint32_t>(alert.evidence.measured / 1000),
                 .cause = alert.note});
        }
    }
    notifier_->resume(failing);
    std::vector<Notice> left;
    std::vector<Notice> late;
    for (const NoticeRow& row : recovery.notices) {
        auto notice = decode_notice(row.bytes);
        if (!notice) continue;
        const bool over = came_too_late(*notice);
        (over ? late : left).push_back(std::move(*notice));
    }
    for (Notice& notice : late) {
        notice.state = NoticeState::skipped;
        notice.answer = "it was over before it was sent";
        notice.changed = clock_.read().wall;
    }
    if (const auto done = write_notices(std::move(late)); !done) return done.error();
    if (!left.empty()) notifier_->committed(std::move(left));
    return {};
}

/// Nobody is called out to what is over. The last run took such notices back after the commit that
/// said so, and may have ended in between.
bool Gateway::came_too_late(const Notice& notice) const {
    if (notice.topic != NoticeTopic::alert || notice.priority > Priority::p2 ||
        notice.cause == SummonsCause::stood_down || notice.cause == SummonsCause::review ||
        notice.cause == SummonsCause::overdue) {
        return false;
    }
    const auto view = engine_.view(HouseholdId{notice.unit});
    if (!view) return false;
    return std::ranges::none_of(view->alerts, [&](const Alert& alert) {
        return alert.id.value == notice.subject && is_open(alert.state);
    });
}

result<void> Gateway::write_notices(std::vector<Notice> changed) noexcept {
    if (changed.empty()) return {};
    Work work = begin(Purpose::look);
    for (const Notice& notice : changed) work.transaction.notice_results.push_back(row_of(notice));
    return finish(work);
}

result<void> Gateway::channels_changed(std::vector<ChannelHealth> news) noexcept {
    std::erase_if(
        news, [this](const ChannelHealth& one) { return engine_.find(one.community) == nullptr; });
    if (news.empty()) return {};
    Work work = begin(Purpose::take);
    for (ChannelHealth& one : news) {
        const HouseholdId unit = unit_of(one.community);
        apply(work, unit, std::move(one));
    }
    return finish(work);
}

result<std::uint64_t> Gateway::add_notices(std::vector<Notice> notices) noexcept {
    if (notices.empty()) return last_notice_;
    Work work = begin(Purpose::look);
    work.notices = std::move(notices);
    if (const auto done = finish(work); !done) return done.error();
    return last_notice_;
}

}  // namespace anju
