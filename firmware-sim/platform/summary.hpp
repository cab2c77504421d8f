// What a platform's file amounts to: streams with their holes, alerts with their history,
// answers to commands.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "anju/v1/event.pb.h"
#include "base/result.hpp"
#include "firmware-sim/platform/ledger.hpp"
#include "firmware-sim/platform/store.hpp"
#include "firmware-sim/report.hpp"

namespace anju::sim {

struct StreamSummary {
    StreamCount count;
    std::uint64_t events{};  ///< stored, each once
    std::uint64_t tombstones{};
    std::uint64_t highest{};
    std::vector<SeqSpan> holes;  ///< up to the highest number stored or announced
};

struct AlertStep {
    v1::DistrictEvent event;
    std::int64_t committed_ns{};
};

struct AlertSummary {
    std::vector<AlertStep> steps;  ///< in the order of the gateway's decisions
    std::uint64_t raised{};        ///< events that say "just raised"; more than 1 is a mistake
    std::optional<double> latency_ms;
};

struct PlatformSummary {
    std::vector<StreamSummary> streams;
    std::map<std::pair<std::string, std::string>, AlertSummary> alerts;  ///< (gateway, alert id)
    std::vector<v1::DistrictEvent> command_results;
    std::vector<v1::DistrictEvent> device_events;
    std::uint64_t box_reports{};  ///< how boxes do
    std::uint64_t unreadable{};

    [[nodiscard]] std::uint64_t events() const;
    [[nodiscard]] std::uint64_t duplicates() const;
    [[nodiscard]] std::uint64_t missing() const;  ///< numbers in holes
};

[[nodiscard]] result<PlatformSummary> summarise(const PlatformStore& store,
                                                const ReportReader& sensors);

/// Milliseconds at `per_mille` of sorted `values`, which must not be empty (nearest rank).
[[nodiscard]] double percentile(const std::vector<double>& values, unsigned per_mille);

}  // namespace anju::sim
