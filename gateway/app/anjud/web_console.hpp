// The console put together: what its routes work with, and the routes. Loop thread.
#pragma once

#include <memory>
#include <optional>
#include <string>

#include "access/access.hpp"
#include "access/syncer.hpp"
#include "api/alert_board.hpp"
#include "api/alert_views.hpp"
#include "api/context.hpp"
#include "api/guard.hpp"
#include "api/hasher.hpp"
#include "api/live.hpp"
#include "api/message_watch.hpp"
#include "api/session_routes.hpp"
#include "app/anjud/daemon.hpp"
#include "app/anjud/loop.hpp"
#include "config/config.hpp"
#include "control/protocol.hpp"
#include "http/assets.hpp"
#include "http/router.hpp"
#include "http/server.hpp"
#include "store/read_thread.hpp"
#include "store/sqlite_journal.hpp"

namespace anju {

class WebConsole {
public:
    using Call = std::function<control::Reply(const control::Request&)>;
    /// `config.console` must be set; `call` answers a method of the control socket. `clock` is the
    /// machine's even where the daemon's is driven: whoever logs in lives in no story. All must
    /// outlive it. Before Daemon::start(), for it watches what is decided.
    WebConsole(const config::Config& config, access::Access& access, const Clock& clock, Loop& loop,
               Daemon& daemon, store::SqliteJournal& journal, store::ReadThreads& reads, Call call);

    ~WebConsole();
    WebConsole(const WebConsole&) = delete;
    WebConsole& operator=(const WebConsole&) = delete;

    /// After Daemon::start(): reads the alerts that there are, and the files of the web app.
    [[nodiscard]] result<void> begin();
    /// After begin(). The files come last: what is added behind them is not reached.
    void add_to(http::Router& router);
    /// About once a second.
    void tick();

    [[nodiscard]] api::Live& live() { return live_; }

    /// For /metrics; `server` once there is one.
    void count(const http::Server& server) { server_ = &server; }

private:
    [[nodiscard]] http::Response metrics(const http::Request& request) const;
    [[nodiscard]] http::Response ready() const;
    [[nodiscard]] boost::json::object status() const;

    const config::Config& config_;
    access::Access& access_;
    const Clock& clock_;
    Daemon& daemon_;
    store::SqliteJournal& journal_;
    store::ReadThreads& reads_;
    Call call_;
    control::Render render_;
    control::CareRender care_;
    api::AlertViews views_;
    api::AlertBoard board_;
    api::Live live_;
    api::MessageWatch watch_;
    access::Syncer syncer_;
    api::Guard guard_;
    api::SessionRoutes sessions_;
    api::Context context_;
    http::Assets assets_;
    const http::Server* server_ = nullptr;
    std::optional<std::string> metrics_token_;  ///< nullopt: nobody reads them
    SteadyTime next_look_{};
    api::Hasher hasher_;  ///< last: what runs on it uses the others
};

}  // namespace anju
