// The methods of the control socket and the facts that status and health are made of. The
// shapes are documented once, in docs/operations/control.md.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/model/instant.hpp"
#include "runtime/clock.hpp"
#include "runtime/journal.hpp"

namespace anju::control {

namespace method {
inline constexpr std::string_view status = "status";
inline constexpr std::string_view health = "health";
inline constexpr std::string_view residents_list = "residents.list";
inline constexpr std::string_view residents_import = "residents.import";
inline constexpr std::string_view residents_remove = "residents.remove";
inline constexpr std::string_view residents_export = "residents.export";
inline constexpr std::string_view residents_explain = "residents.explain";
inline constexpr std::string_view devices_list = "devices.list";
inline constexpr std::string_view devices_discover = "devices.discover";
inline constexpr std::string_view devices_accept = "devices.accept";
inline constexpr std::string_view devices_ignore = "devices.ignore";
inline constexpr std::string_view alerts_list = "alerts.list";
inline constexpr std::string_view alerts_show = "alerts.show";
inline constexpr std::string_view alerts_command = "alerts.command";
inline constexpr std::string_view notices_list = "notices.list";
inline constexpr std::string_view notices_show = "notices.show";
inline constexpr std::string_view notices_test = "notices.test";
inline constexpr std::string_view rejected_list = "rejected.list";
inline constexpr std::string_view rounds_week = "rounds.week";
inline constexpr std::string_view rounds_command = "rounds.command";
inline constexpr std::string_view rounds_absent = "rounds.absent";
inline constexpr std::string_view rounds_calendar = "rounds.calendar";
inline constexpr std::string_view contacts_record = "contacts.record";
inline constexpr std::string_view contacts_list = "contacts.list";
inline constexpr std::string_view suspensions_set = "suspensions.set";
inline constexpr std::string_view suspensions_list = "suspensions.list";
inline constexpr std::string_view reports_show = "reports.show";
inline constexpr std::string_view config_show = "config.show";
inline constexpr std::string_view policy_show = "policy.show";
inline constexpr std::string_view policy_holidays = "policy.holidays";
inline constexpr std::string_view consent_show = "consent.show";
inline constexpr std::string_view consent_record = "consent.record";
inline constexpr std::string_view drill_attend = "drill.attend";
inline constexpr std::string_view drill_show = "drill.show";
inline constexpr std::string_view drill_play = "drill.play";
inline constexpr std::string_view drill_stop = "drill.stop";
inline constexpr std::string_view console_setup_code = "console.setup_code";
inline constexpr std::string_view console_login = "console.login";
inline constexpr std::string_view console_accounts = "console.accounts";
inline constexpr std::string_view console_account_add = "console.account_add";
inline constexpr std::string_view console_account_change = "console.account_change";
inline constexpr std::string_view console_audit = "console.audit";
}  // namespace method

/// One MQTT session of the daemon.
struct LinkFacts {
    std::string name;  ///< "home", "alarms", "sensors", "district_alarm", "district_bulk"
    std::string uri;
    bool connected{};
    std::string last_error;  ///< empty: none since the start
    std::uint64_t connects{};
    std::uint64_t received{};
    std::uint64_t published{};
    std::uint64_t dropped{};
    std::uint64_t failures{};  ///< attempts that came to nothing, and connections that broke
};

/// One way to people.
struct ChannelFacts {
    std::string name;
    bool down{};
    std::uint64_t sent{};  ///< messages, since the start
    std::uint64_t failed{};
    std::uint64_t limited{};  ///< the service said it was too much
    Instant last_success{};   ///< epoch 0 = none since the start
    Instant last_failure{};
    std::string last_error;
};

struct LaneFacts {
    Lane lane{};
    LaneState state;
};

/// One subscription to foreign devices.
struct RouteFacts {
    std::string_view driver;
    std::string filter;
    std::uint64_t messages{};  ///< since the start
    bool by_default{};         ///< nobody had to switch it on
};

/// Something that stays wrong until somebody mends it.
struct ProblemFacts {
    std::string code;  ///< "subscription_refused", "holidays_missing" …: docs/operations/control.md
    std::string where;  ///< the filter; file and place; the device
    std::string what;
    std::string remedy;
};

struct StoreFacts {
    Space space = Space::ample;
    std::uint64_t bytes{};
    std::uint64_t max_bytes{};
    bool ballast{};  ///< still there to be given up
    std::uint64_t epoch{};
    std::uint64_t last_input{};
    bool sealing_owed{};  ///< names may lie open although there is a key
};

/// How every answer begins while the store opens, before there is anybody to ask.
inline constexpr std::string_view still_starting = "the gateway is starting and does not watch yet";

/// What the daemon says of itself.
struct Facts {
    std::string gateway_id;
    std::string version;
    std::uint64_t pid{};
    Instant started_at{};
    Instant now{};  ///< engine time
    ClockState clock = ClockState::unsynchronised;
    std::uint64_t households{};
    std::uint64_t devices{};
    std::uint64_t open_alerts{};
    std::vector<LinkFacts> links;
    std::vector<ChannelFacts> channels;  ///< empty without [[notify.channel]]
    std::vector<LaneFacts> lanes;        ///< empty without [district]
    std::vector<RouteFacts> routes;
    std::vector<ProblemFacts> problems;
    std::uint64_t proposals{};  ///< devices that speak and that no home has
    /// Residents and kinds of sensors in their homes of which nobody recorded what they said.
    std::uint64_t consents_unrecorded{};
    StoreFacts store;
    std::vector<std::pair<std::string_view, std::uint64_t>> counters;
    std::vector<std::string> notes;  ///< what was found and done at the start
};

/// Largest answer to a list, whatever `limit` a client asks for.
inline constexpr std::uint64_t max_rows = 10'000;
inline constexpr std::uint64_t default_rows = 100;

}  // namespace anju::control
