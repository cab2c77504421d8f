// The web server of the daemon, put together: links answered on the loop, everything slower on the
// server's own thread.
#pragma once

#include <memory>

#include "app/anjud/alert_desk.hpp"
#include "app/anjud/calendar_shelf.hpp"
#include "app/anjud/daemon.hpp"
#include "app/anjud/loop.hpp"
#include "app/anjud/web_console.hpp"
#include "config/config.hpp"
#include "http/server.hpp"
#include "notify/link.hpp"
#include "store/sqlite_journal.hpp"

namespace anju {

class Web {
public:
    /// `config.http` must be set; `key` as for notify::LinkSigner; `console` may be nullptr. All
    /// must outlive it.
    Web(const config::Config& config, std::string key, Loop& loop, Daemon& daemon,
        store::SqliteJournal& journal, WebConsole* console);

    [[nodiscard]] result<void> start() { return server_.start(); }
    [[nodiscard]] const http::Server& server() const { return server_; }
    [[nodiscard]] const http::Failures& failures() const { return failures_; }

private:
    notify::LinkSigner signer_;
    http::CalendarTokens calendar_tokens_;
    EngineCalendars calendars_;
    WebAlertDesk desk_;
    http::Failures failures_;
    http::AlertPages pages_;
    http::Router router_;
    http::Server server_;  ///< last: the first to go
};

}  // namespace anju
