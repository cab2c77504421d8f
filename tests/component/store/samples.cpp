#include "tests/component/store/samples.hpp"

#include <stdexcept>

#include "core/codec/codec.hpp"

namespace anju::test {

namespace fs = std::filesystem;

store::Options options_in(const fs::path& folder) {
    store::Options options;
    options.data_dir = folder;
    options.ballast_bytes = 0;
    return options;
}

std::unique_ptr<store::SqliteJournal> open_journal(const store::Options& options, Instant now) {
    auto journal = store::SqliteJournal::open(options, now, 0x12345);
    if (!journal) throw std::runtime_error(journal.error().text());
    return std::move(*journal);
}

JournalEntry reading_of(const std::string& household, std::uint64_t seq, Instant at,
                        std::size_t padding) {
    Observation observation;
    observation.device = DeviceId{household + "-meter"};
    observation.sequence = Sequence{7, seq};
    observation.readings.push_back(
        {ReadingKind::water_total_ml, 0, static_cast<std::int64_t>(seq) * 100, at});
    for (std::size_t more = 0; more < padding; ++more) {
        observation.readings.push_back({ReadingKind::motion, 0, 1, at});
    }
    return {seq, at, HouseholdId{household}, encode(Input{observation})};
}

JournalEntry registration_of(const std::string& household, std::uint64_t seq, Instant at) {
    Household home;
    home.id = HouseholdId{household};
    return {seq, at, home.id, encode(Input{HouseholdSet{home}})};
}

Decision alert_decision(const std::string& household, std::uint64_t number,
                        const std::string& alert, AlertState state, Instant at) {
    Alert changed;
    changed.id = AlertId{alert};
    changed.household = HouseholdId{household};
    changed.kind = AlertKind::smoke;
    changed.priority = Priority::p1;
    changed.state = state;
    changed.raised_at = at;
    changed.changed_at = at;
    changed.sentence_zh = "厨房有烟";
    changed.sentence_en = "Smoke in the kitchen";
    changed.actor = "system";
    return {HouseholdId{household}, number, at, AlertChanged{changed, std::nullopt}};
}

Decision health_decision(const std::string& household, std::uint64_t number, Instant at) {
    return {HouseholdId{household}, number, at,
            DeviceHealthChanged{DeviceId{household + "-meter"}, DeviceHealth::stale}};
}

OutboxEvent event_of(Lane lane, std::uint64_t seq, Instant at, std::size_t padding) {
    return {lane, seq, at,
            "event " + std::to_string(static_cast<int>(lane)) + "/" + std::to_string(seq) +
                std::string(padding, '.')};
}

Checkpoint checkpoint_of(const std::string& household, std::uint64_t seq, Instant at, bool base,
                         std::size_t size) {
    return {HouseholdId{household}, seq, at,
            household + "@" + std::to_string(seq) + std::string(size, '#'), base};
}

std::vector<JournalEntry> inputs_of(Journal& journal, std::uint64_t after) {
    std::vector<JournalEntry> out;
    const auto read = journal.inputs_after(after, [&](const JournalEntry& entry) {
        out.push_back(entry);
        return true;
    });
    if (!read) throw std::runtime_error(read.error().text());
    return out;
}

}  // namespace anju::test
