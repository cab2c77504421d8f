// Recorded decisions beside computed ones, household by household, without holding either in
// memory.
#pragma once

#include <cstdint>
#include <deque>
#include <map>
#include <optional>
#include <string>

#include "app/replay/replay.hpp"

namespace anju::replay {

/// What is on record for one household, read as it is needed.
class Recorded {
public:
    /// Begins behind the record with id `after`.
    Recorded(store::StoreReader& reader, HouseholdId household, std::uint64_t after)
        : reader_(&reader), household_(std::move(household)), last_(after) {}

    /// nullptr: no more. Valid until pop().
    [[nodiscard]] result<const store::StoredDecision*> front();
    void pop() { read_.pop_front(); }

private:
    store::StoreReader* reader_;
    HouseholdId household_;
    std::uint64_t last_;
    bool ended_ = false;
    std::deque<store::StoredDecision> read_;
};

/// Which alerts somebody has to be told of anew: raised, or become more urgent.
class News {
public:
    /// Kind, and the priority where it is not that of the kind; empty for other decisions.
    [[nodiscard]] std::string of(const Decision& decision);

private:
    std::map<AlertId, Priority> told_;
};

class Comparison {
public:
    Comparison(store::StoreReader& reader, Report& report, std::size_t shown, bool from_start)
        : reader_(reader), report_(report), shown_(shown), from_start_(from_start) {}

    /// The household starts with this many decisions behind it.
    result<void> start(const HouseholdId& household, std::uint64_t decisions);
    result<void> computed(const Decision& decision);
    /// Everything still on record should have been computed.
    result<void> finish();

private:
    result<Recorded*> stream(const Decision& decision);
    void differ(const HouseholdId& household, std::string recorded, std::string computed);
    /// Counts it; nullopt when it cannot be read.
    std::optional<Decision> on_record(const store::StoredDecision& stored);

    store::StoreReader& reader_;
    Report& report_;
    std::size_t shown_;
    bool from_start_;
    std::map<HouseholdId, Recorded> streams_;
    News recorded_;
    News computed_;
};

}  // namespace anju::replay
