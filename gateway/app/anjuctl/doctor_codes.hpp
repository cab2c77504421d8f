// Every finding of doctor that wants somebody's attention, in the order of the alphabet. The manual
// explains each (docs/operations/doctor.md), and a test holds the two together.
#pragma once

#include <algorithm>
#include <array>
#include <string_view>

namespace anju::ctl {

inline constexpr auto doctor_codes = std::to_array<std::string_view>({
    "alarms_disconnected",
    "alarms_untried",
    "alert_not_closed",
    "alert_without_result",
    "audit_removed",
    "authority_open",
    "backup_hidden",
    "backup_no_key",
    "backup_none",
    "backup_old",
    "ballast_gone",
    "board_hot",
    "broker_silent",
    "certificate_due",
    "certificate_early",
    "certificate_expired",
    "certificate_hidden",
    "certificate_unreadable",
    "channel_down",
    "clock_driven",
    "clock_unsynchronised",
    "config",
    "consents_unrecorded",
    "daemon_refuses",
    "daemon_unreachable",
    "data_dir_locked",
    "data_dir_missing",
    "device_offline",
    "device_stale",
    "devices_more",
    "devices_unheard",
    "devices_unknown",
    "disk_full",
    "disk_read_only",
    "disk_unknown",
    "district_alarm_disconnected",
    "district_alarm_untried",
    "district_bulk_disconnected",
    "district_bulk_untried",
    "holidays_missing",
    "holidays_refused",
    "home_disconnected",
    "home_untried",
    "http_unavailable",
    "inbox_full",
    "key_open",
    "key_unreadable",
    "lane_alarm_waiting",
    "lane_bulk_waiting",
    "memory_low",
    "messages_rejected",
    "no_district",
    "no_homes",
    "not_enrolled",
    "power_low",
    "power_low_now",
    "profile_missing",
    "profile_refused",
    "proposals",
    "quarantine",
    "route_silent",
    "sensors_disconnected",
    "sensors_untried",
    "storage_over",
    "storage_worn",
    "store_damaged",
    "store_low",
    "store_note",
    "subscription_refused",
    "timer_off",
    "update_failed",
    "update_rolled_back",
    "update_stuck",
    "update_under_way",
    "update_unreadable",
});

[[nodiscard]] constexpr bool is_doctor_code(std::string_view code) {
    return std::ranges::binary_search(doctor_codes, code);
}

}  // namespace anju::ctl
