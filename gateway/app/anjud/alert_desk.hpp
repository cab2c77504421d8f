// Alerts for the pages of the web server: looked up in the journal and the directory, moved
// through the gateway. Loop thread.
#pragma once

#include "app/anjud/daemon.hpp"
#include "http/alert_pages.hpp"
#include "store/sqlite_journal.hpp"

namespace anju {

class WebAlertDesk final : public http::AlertDesk {
public:
    /// Both must outlive it.
    WebAlertDesk(Daemon& daemon, store::SqliteJournal& journal)
        : daemon_(daemon), journal_(journal) {}

    [[nodiscard]] std::optional<http::AlertCard> card(const AlertId& alert) override;
    [[nodiscard]] std::vector<Member> members(const AlertId& alert) override;
    [[nodiscard]] Moved move(const AlertCommand& command) override;

private:
    Daemon& daemon_;
    store::SqliteJournal& journal_;
};

}  // namespace anju
