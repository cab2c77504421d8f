// A community with two workers and two homes, a robot, its spare and an SMS service, the web server
// and a clock in the test's hand: Monday, 2 March 2026, 09:00.
#pragma once

#include <gtest/gtest.h>

#include <boost/json.hpp>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "mqtt/session.hpp"
#include "tests/e2e/rig.hpp"
#include "tests/support/http_peer.hpp"

namespace anju::test {

class Telling : public ::testing::Test {
protected:
    static constexpr const char* worker_1 = "13800000001";
    static constexpr const char* worker_2 = "13800000002";
    static constexpr const char* daughter = "13900000003";
    static constexpr const char* webhook_key = "a secret of 24 characters";

    Telling();

    /// After a kill, too: starts the daemon and tells it the time.
    void start_daemon();
    void set_clock(std::chrono::milliseconds since_nine);
    /// A smoke alarm in the kitchen of home 1 or 2; waits until there is an alert. Its id.
    std::string smoke(int home);

    boost::json::value ask(const std::vector<std::string>& arguments);
    static bool eventually(const std::function<bool()>& holds);
    boost::json::value alert(const std::string& id) {
        return ask({"alerts", "show", id}).at("alert");
    }
    /// Every notice about this alert with this cause.
    std::size_t notices(const std::string& alert, std::string_view cause);
    boost::json::object channel(std::string_view name);
    std::vector<std::string> problems(std::string_view code);

    /// The body of what a robot was told of `alert`.
    static std::vector<boost::json::object> told(const HttpPeer& robot, const std::string& alert);
    /// Waits until the SMS service was asked to tell `phone` of `alert`; what it was given.
    boost::json::object sms_to(const std::string& phone, const std::string& alert);
    static std::string text(const boost::json::value& object, std::string_view key) {
        return std::string(object.at(key).as_string());
    }

    HttpPeer robot;
    HttpPeer spare;
    HttpPeer sms;
    std::string base_url;
    std::unique_ptr<Rig> rig;
    std::unique_ptr<mqtt::Session> somebody;

private:
    [[nodiscard]] std::string config() const;
    bool connected();
    std::chrono::milliseconds since_nine_{0};
};

}  // namespace anju::test
