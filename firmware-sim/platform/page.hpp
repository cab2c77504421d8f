// The page of the stand-in platform: what arrived, what is missing, and buttons that make it
// fail. Without scripts; it loads itself anew. Pure: a view in, HTML out.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "firmware-sim/platform/ledger.hpp"

namespace anju::sim {

struct PlatformView {
    struct Lane {
        StreamKey key;
        std::uint64_t last = 0;  ///< highest number that is stored
        std::uint64_t missing = 0;
        std::uint64_t received = 0;  ///< repetitions included
        std::uint64_t duplicates = 0;
        std::uint64_t unacknowledged = 0;        ///< by its last heartbeat
        std::optional<std::int64_t> delay_ms{};  ///< of the newest: record time to arrival
    };
    struct Event {
        std::int64_t received_ms = 0;
        StreamKey key;
        std::uint64_t seq = 0;
        std::string kind_zh;  ///< of an alert, else what it is
        std::string kind_en;
        std::string state_zh;  ///< of an alert; a device's health, a command's outcome
        std::string state_en;
        std::string household;  ///< empty: none
        std::string alert;      ///< id of an alert, else empty
        bool test = false;      ///< an alarm somebody set off to try it
        bool waiting = false;   ///< an alert that may be acknowledged
        std::string sentence_zh;
        std::string sentence_en;
    };
    std::vector<Lane> lanes;
    std::vector<Event> events;  ///< newest first
    bool connected = false;
    bool out = false;
    std::chrono::milliseconds slow{0};
    std::uint64_t stored = 0;  ///< since it was started; so are the two below
    std::uint64_t unreadable = 0;
    std::uint64_t dropped = 0;  ///< the queue was full
    std::string token;          ///< goes back with every button
};

enum class PageLanguage { zh, en };

/// A whole document. Everything that came from outside is escaped.
[[nodiscard]] std::string platform_page(const PlatformView& view, PageLanguage language);

/// What it asks for at /style.css; it needs nothing else.
[[nodiscard]] std::string_view platform_page_style();

}  // namespace anju::sim
