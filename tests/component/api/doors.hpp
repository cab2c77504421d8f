// Who comes in by a session of a real database, a disk that answers when it is told to, and a loop
// that runs when the test says so.
#pragma once

#include <gtest/gtest.h>

#include <atomic>
#include <optional>
#include <string>

#include "access/syncer.hpp"
#include "api/answers.hpp"
#include "api/guard.hpp"
#include "http/router.hpp"
#include "tests/component/access/opened.hpp"
#include "tests/support/posted.hpp"
#include "tests/support/set_clock.hpp"

namespace anju::api::test {

using anju::test::Gate;

class Doors : public testing::Test {
protected:
    Doors() {
        lead_ = opened_.add("zhou", access::AccountRole::lead);
        token_ = opened_->sessions().begin(lead_.id, "10.0.0.1", clock_.reading.wall)->token;
        router_.add("GET", "/view/{id}",
                    guard_.allow(access::Action::read_residents, [](const Caller& caller) {
                        caller.saw("resident:" + caller.place(0));
                        return done({{"name", "林桂芳"}});
                    }));
        router_.add("GET", "/plain",
                    guard_.known([](const Caller&) { return done({{"ok", true}}); }));
    }

    [[nodiscard]] http::Request get(const std::string& path) const {
        http::Request out;
        out.method = "GET";
        out.path = path;
        out.cookie = "anju=" + token_;
        out.peer = "10.0.0.1";
        return out;
    }
    /// What was sent so far; empty while nothing was.
    struct Sent {
        std::optional<http::Response> response;
    };
    std::shared_ptr<Sent> ask(const http::Request& request) {
        auto out = std::make_shared<Sent>();
        send(router_.answer(request),
             [out](http::Response made) { out->response = std::move(made); });
        return out;
    }
    std::shared_ptr<Sent> ask(const std::string& path) { return ask(get(path)); }

    /// What the disk does.
    result<void> sync() {
        ++syncs_;
        if (Gate* const gate = gate_) gate->pass();
        if (disk_fails_) return Error{"input/output error", "console.db-wal", ""};
        return access::sync_log_of(opened_.file());
    }

    anju::test::SetClock clock_;
    anju::test::Posted loop_;
    access::test::Opened opened_;
    std::atomic<Gate*> gate_{nullptr};
    std::atomic<bool> disk_fails_{false};
    std::atomic<int> syncs_{0};
    access::Syncer syncer_{{.sync = [this] { return sync(); },
                            .post = [this](auto work) { loop_.post(std::move(work)); }}};
    Guard guard_{*opened_, syncer_, clock_};
    http::Router router_;
    access::Account lead_;
    std::string token_;
};

}  // namespace anju::api::test
