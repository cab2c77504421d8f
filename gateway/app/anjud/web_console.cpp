#include "app/anjud/web_console.hpp"

#include <array>
#include <utility>

#include "anjud_version.hpp"
#include "api/account_routes.hpp"
#include "api/alert_routes.hpp"
#include "api/answers.hpp"
#include "api/box_routes.hpp"
#include "api/live_routes.hpp"
#include "api/message_routes.hpp"
#include "api/metrics.hpp"
#include "api/report_routes.hpp"
#include "api/resident_routes.hpp"
#include "api/round_routes.hpp"
#include "base/log.hpp"
#include "control/methods.hpp"
#include "system/secrets.hpp"

namespace anju {
namespace {

constexpr std::chrono::seconds look_after_every{30};

/// Above every number that an earlier process gave out, and exact in a browser's numbers. Of the
/// machine's clock: a driven one begins anew with every demonstration.
std::uint64_t first_event() {
    using std::chrono::microseconds;
    const auto now = std::chrono::system_clock::now().time_since_epoch();
    return static_cast<std::uint64_t>(std::chrono::duration_cast<microseconds>(now).count());
}

}  // namespace

WebConsole::WebConsole(const config::Config& config, access::Access& access, const Clock& clock,
                       Loop& loop, Daemon& daemon, store::SqliteJournal& journal,
                       store::ReadThreads& reads, Call call)
    : config_(config),
      access_(access),
      clock_(clock),
      daemon_(daemon),
      journal_(journal),
      reads_(reads),
      call_(std::move(call)),
      render_(config.utc_offset),
      care_(config.utc_offset),
      views_(render_),
      live_({}, first_event(), daemon.gateway().engine(), views_),
      watch_({}, first_event(), daemon.gateway().engine(), daemon.gateway().tap(), render_),
      syncer_({.sync = [file = access.db().database().file()] { return access::sync_log_of(file); },
               .post = [&loop](std::function<void()> work) { loop.post(std::move(work)); }}),
      guard_(access, syncer_, clock),
      sessions_({.gateway_id = config.gateway_id,
                 .version = version,
                 .utc_offset = config.utc_offset,
                 .now = [&daemon] { return daemon.gateway().now(); },
                 .post = [&loop](std::function<void()> work) { loop.post(std::move(work)); }},
                guard_, hasher_),
      context_{.gateway = daemon.gateway(),
               .reader = journal.reader(),
               .render = render_,
               .care = care_,
               .board = board_,
               .live = live_,
               .watch = watch_,
               .reads = reads,
               .utc_offset = config.utc_offset,
               .call = call_,
               .tell_sensor =
                   [&daemon](SensorMessage message) { daemon.tell_sensor(std::move(message)); },
               .rearm = [&daemon] { daemon.rearm(); },
               .die = [](const Error& error) { Daemon::die(error); }} {
    access.db().on_ending([this](const std::string& key, access::Ending why) {
        live_.end(key, access::name(why));
        watch_.end(key);
    });
    daemon.gateway().watch([this](const Decisions& decisions) {
        for (const Decision& decision : decisions) {
            if (const auto* change = std::get_if<AlertChanged>(&decision.what)) {
                board_.take(change->alert);
            }
        }
        live_.decided(decisions);
    });
}

WebConsole::~WebConsole() {
    access_.db().on_ending({});
}

result<void> WebConsole::begin() {
    // Among what is over are the closings that a supervisor has still to look at.
    for (const auto filter : {store::AlertFilter::all, store::AlertFilter::unfinished}) {
        const auto kept = journal_.reader().alerts(filter, {control::max_rows, 0});
        if (!kept) return kept.error();
        for (const Decision& decision : *kept) {
            board_.take(std::get<AlertChanged>(decision.what).alert);
        }
    }
    auto assets = http::Assets::load(config_.console->assets_dir);
    if (!assets) return assets.error();
    assets_ = std::move(*assets);
    return {};
}

void WebConsole::add_to(http::Router& router) {
    if (const auto& file = config_.http->metrics_token_file; file.empty()) {
        metrics_token_.emplace();
    } else if (auto token = system::read_secret(file)) {
        metrics_token_ = std::move(*token);
    } else {
        log::error("metrics_unavailable", {{"error", token.error().text()}});
    }
    sessions_.add_to(router);
    api::add_account_routes(router, guard_, daemon_.gateway().engine(), config_.utc_offset);
    api::add_alert_routes(router, guard_, context_);
    api::add_resident_routes(router, guard_, context_);
    api::add_round_routes(router, guard_, context_);
    api::add_report_routes(router, guard_, context_);
    api::add_box_routes(router, guard_, context_);
    api::add_live_routes(router, guard_, context_);
    api::add_message_routes(router, guard_, context_);
    router.add("GET", "/api/v1/routes", guard_.known([&router](const api::Caller& caller) {
        boost::json::array routes;
        for (const auto& [method, path] : router.routes()) {
            if (!path.starts_with("/api/")) continue;
            routes.push_back({{"method", method}, {"path", path}});
        }
        return api::answer(caller.request, {{"routes", std::move(routes)}});
    }));
    router.add("GET", "/metrics",
               [this](const http::Request& request) { return metrics(request); });
    router.add("GET", "/readyz", [this](const http::Request&) { return ready(); });
    assets_.add_to(router);
}

void WebConsole::tick() {
    const ClockReading now = clock_.read();
    if (const auto kept = access_.tick(now); !kept) {
        log::error("console_unavailable", {{"error", kept.error().text()}});
    }
    guard_.tick();
    if (now.steady < next_look_) return;
    next_look_ = now.steady + look_after_every;
    live_.look_after(access::name(access::Ending::over));
    watch_.look_after();
}

boost::json::object WebConsole::status() const {
    return call_({std::string(control::method::status), {}}).result.as_object();
}

http::Response WebConsole::metrics(const http::Request& request) const {
    // What a box counts is nobody's business but whoever runs it.
    if (!metrics_token_ || !api::may_read_metrics(request, *metrics_token_)) {
        return api::not_found();
    }
    const api::Guard::Counters& doors = guard_.counters();
    std::vector<api::NamedCount> counts{{"no_session", doors.no_session},
                                        {"not_allowed", doors.not_allowed},
                                        {"not_found", doors.not_found},
                                        {"forged", doors.forged},
                                        {"too_many_requests", doors.too_many},
                                        {"logins_turned_away", access_.logins().turned_away()},
                                        {"reports_turned_away", reads_.reports.turned_away()},
                                        {"lookups_turned_away", reads_.lookups.turned_away()},
                                        {"events", live_.events()},
                                        {"streams_displaced", live_.displaced()}};
    if (server_ != nullptr) {
        const http::Server::Counters& web = server_->counters();
        counts.insert(counts.end(), {{"connections", web.connections},
                                     {"requests", web.requests},
                                     {"refused", web.refused},
                                     {"malformed", web.malformed},
                                     {"timed_out", web.timed_out},
                                     {"displaced", web.displaced},
                                     {"insecure", web.insecure},
                                     {"answered_4xx", web.answered_4xx},
                                     {"answered_5xx", web.answered_5xx},
                                     {"streams_refused", web.streams_refused},
                                     {"streams_dropped", web.streams_dropped}});
    }
    const std::array levels{api::NamedCount{"listeners", live_.listeners()},
                            api::NamedCount{"message_listeners", watch_.listeners()},
                            api::NamedCount{"alerts_at_hand", board_.size()}};
    return {.status = 200,
            .content_type = "text/plain; version=0.0.4; charset=utf-8",
            .body = api::metrics(status(), counts, levels)};
}

http::Response WebConsole::ready() const {
    const std::string why = api::not_ready(status());
    if (why.empty()) return {.body = "ready\n"};
    return {.status = 503, .body = why + "\n"};
}

}  // namespace anju
