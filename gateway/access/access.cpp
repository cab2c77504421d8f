#include "access/access.hpp"

#include <utility>

namespace anju::access {

Access::Access(const Options& options, ConsoleDb::Opened opened)
    : db_(std::move(opened.db)),
      notes_(std::move(opened.notes)),
      accounts_(*db_),
      sessions_(*db_, options.sessions),
      once_(*db_),
      audit_(*db_, options.audit),
      setup_(options.data_dir) {}

result<std::unique_ptr<Access>> Access::open(const Options& options, Instant now) {
    auto opened =
        ConsoleDb::open({options.data_dir, options.vfs, options.keys, options.progress}, now);
    if (!opened) return opened.error();
    std::unique_ptr<Access> out(new Access(options, std::move(*opened)));
    const auto any = out->accounts_.any();
    if (!any) return any.error();
    if (*any) {
        // Left over when the power went between the two.
        if (const auto gone = out->setup_.remove(); !gone)
            out->notes_.push_back(gone.error().text());
    } else if (const auto code = out->setup_.code(); !code) {
        return code.error();
    }
    return out;
}

outcome<Account> Access::finish_setup(std::string_view name, std::string_view hash,
                                      std::string_view peer, Instant now) {
    using Out = outcome<Account>;
    auto made = db_->change<Out>("cannot finish the setup", [&]() -> Out {
        auto account = accounts_.add_first(name, hash, now);
        if (!account) return account;
        const auto audited = audit_.add({.account = account->id,
                                         .name = account->name,
                                         .action = "setup",
                                         .subject = "account:" + std::to_string(account->id.value),
                                         .peer = std::string(peer)},
                                        now);
        if (!audited) return audited.error();
        return account;
    });
    if (!made) return made;
    if (const auto gone = setup_.remove(); !gone) notes_.push_back(gone.error().text());
    return made;
}

result<void> Access::tick(const ClockReading& now) {
    if (auto kept = sessions_.tick(now.wall); !kept) return kept;
    if (now.steady < next_prune_ || now.state != ClockState::synchronised) return {};
    next_prune_ = now.steady + std::chrono::hours{1};
    const auto pruned = audit_.prune(now.wall);
    if (!pruned) return pruned.error();
    return {};
}

}  // namespace anju::access
