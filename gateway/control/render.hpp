// Turns what the core and the runtime know into the JSON of the control protocol. Pure. Times
// are RFC 3339 with milliseconds in local time ("2026-03-02T07:00:00.000+08:00"); an instant of
// epoch 0 ("never") is null.
#pragma once

#include <boost/json.hpp>
#include <chrono>
#include <span>
#include <string>

#include "control/methods.hpp"
#include "core/decision.hpp"
#include "core/engine.hpp"
#include "core/explanation.hpp"
#include "runtime/box_health.hpp"
#include "runtime/notice.hpp"
#include "runtime/proposals.hpp"

namespace anju::control {

[[nodiscard]] std::string time_text(Instant at, std::chrono::minutes utc_offset);

class Render {
public:
    explicit Render(std::chrono::minutes utc_offset) : offset_(utc_offset) {}

    /// The result of `status`.
    [[nodiscard]] boost::json::object status(const Facts& facts) const;
    /// status: box: update.
    [[nodiscard]] boost::json::object update(const BoxUpdate& update) const;
    /// An element of residents.list: households.
    [[nodiscard]] boost::json::object household(const HouseholdView& view) const;
    /// The result of residents.explain.
    [[nodiscard]] boost::json::object explanation(const HouseholdExplanation& what) const;
    /// An element of devices.list: devices. Never the key, only whether there is one.
    [[nodiscard]] boost::json::object device(const HouseholdId& household,
                                             const DeviceView& view) const;
    /// An element of devices.discover: proposals.
    [[nodiscard]] boost::json::object proposal(const Proposal& proposal) const;
    /// An element of devices.discover: ignored.
    [[nodiscard]] boost::json::object ignored(const IgnoredDevice& device) const;
    /// An element of alerts.list: alerts.
    [[nodiscard]] boost::json::object alert(const Alert& alert) const;
    /// alerts.show: the same with its evidence.
    [[nodiscard]] boost::json::object alert_in_full(const Alert& alert) const;
    /// alerts.show: alert: next.
    [[nodiscard]] boost::json::object next_step(const NextStep& step) const;
    /// An element of alerts.show: history. `change` must be one of `decision`'s AlertChanged.
    [[nodiscard]] boost::json::object history(const Decision& decision,
                                              const AlertChanged& change) const;
    /// An element of alerts.show: told. `summons` must be `decision`'s.
    /// `notices`: of the same alert; they know which role nobody had then.
    [[nodiscard]] boost::json::object told(const Decision& decision, const Summons& summons,
                                           std::span<const Notice> notices) const;
    /// The result of alerts.command.
    [[nodiscard]] boost::json::object answer(const AnsweredCommand& answer) const;
    /// An element of notices.list: notices.
    [[nodiscard]] boost::json::object notice(const Notice& notice) const;
    /// notices.show: the same with its words and ways.
    [[nodiscard]] boost::json::object notice_in_full(const Notice& notice) const;
    /// An element of rejected.list: messages. Bytes that are not printable ASCII or sound UTF-8
    /// become \xHH.
    [[nodiscard]] boost::json::object rejected(const RejectedMessage& message) const;

    [[nodiscard]] boost::json::value time(Instant at) const;

private:
    std::chrono::minutes offset_;
};

/// How soon a silence can be known at best, and by which device.
[[nodiscard]] boost::json::object delay(const DetectionDelay& best);

/// The codes of drivers that a key would mend.
[[nodiscard]] bool needs_key(std::string_view error_code);

[[nodiscard]] std::string_view name(ClockState state);
[[nodiscard]] std::string_view name(Lane lane);
[[nodiscard]] std::string_view name(Space space);
[[nodiscard]] std::string_view name(DeviceHealth health);
[[nodiscard]] std::string_view name(CommandStatus status);

}  // namespace anju::control
