// A worker's rounds as an iCalendar feed (RFC 5545, with REFRESH-INTERVAL of RFC 7986) that phones
// and mail programs subscribe to.
//
// A subscriber fetches the whole file again and again. It finds an event it knows by UID, and takes
// the change because SEQUENCE and LAST-MODIFIED have grown. An event that is simply missing is
// dropped by most programs and kept by some for ever, so one that was cancelled stays for
// `keep_cancelled`, saying so.
//
// Pure: equal entries give equal bytes, so a hash of them is an ETag; nothing in the feed tells
// when it was asked for.
#pragma once

#include <chrono>
#include <optional>
#include <span>
#include <string>

#include "core/model/care.hpp"
#include "core/model/instant.hpp"

namespace anju::calendar {

/// Who may read the calendar: the worker alone, or whoever looks over the shoulder.
enum class Names : std::uint8_t {
    full = 1,    ///< name, address and phone number
    masked = 2,  ///< the name masked, neither address nor phone number
};

/// A task and what its worker needs for it.
struct Entry {
    CareTask task;
    Instant changed_at{};  ///< when the task became what it is
    std::string resident;  ///< name
    std::string address;
    std::string phone;
    std::string reason = {};  ///< beyond `task.cause`: the sentence of the alert; may be empty
};

struct Options {
    std::string gateway_id;  ///< makes UIDs unique in the world
    std::string owner;       ///< name of the worker, for the calendar's title
    Duration utc_offset = std::chrono::hours{8};
    Names names = Names::full;
    std::optional<std::chrono::minutes> remind_before = std::chrono::minutes{10};
    std::chrono::minutes refresh{15};  ///< how often subscribers are asked to look again
    std::chrono::days keep_cancelled{14};
};

/// The feed. Entries in any order; tasks of other workers are the caller's to leave out. `now` only
/// decides which cancelled tasks are gone for good.
[[nodiscard]] std::string feed(const Options& options, std::span<const Entry> entries, Instant now);

/// Whether subscribers are to drop the task.
[[nodiscard]] bool is_off(TaskState state);

}  // namespace anju::calendar
