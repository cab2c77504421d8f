#include "app/anjud/web.hpp"

#include <utility>

namespace anju {
namespace {

http::Server::Options server_options(const config::Http& said, Loop& loop) {
    http::Server::Options options;
    options.address = said.address;
    options.port = said.port;
    options.behind_proxy = said.behind_proxy;
    if (!said.cert_file.empty()) {
        options.certificate = http::Certificate{said.cert_file, said.key_file};
    }
    options.hand_over = [&loop](std::function<void()> work) { loop.post(std::move(work)); };
    return options;
}

}  // namespace

Web::Web(const config::Config& config, std::string key, Loop& loop, Daemon& daemon,
         store::SqliteJournal& journal, WebConsole* console)
    : signer_(key, ""),  // only paths are made here
      calendar_tokens_(std::move(key)),
      calendars_(config, daemon.gateway().engine(), daemon.clock(), journal),
      desk_(daemon, journal),
      pages_({.utc_offset = config.utc_offset}, signer_, desk_, failures_, daemon.clock()),
      server_(server_options(*config.http, loop), router_) {
    pages_.add_to(router_);
    http::add_calendar_route(router_, calendar_tokens_, calendars_, failures_, daemon.clock());
    // Answered on the loop: what answers is alive as far as it matters.
    router_.add("GET", "/healthz", [](const http::Request&) {
        return http::Response{200, "text/plain; charset=utf-8", "ok\n"};
    });
    if (console == nullptr) return;
    console->add_to(router_);
    console->count(server_);
}

}  // namespace anju
