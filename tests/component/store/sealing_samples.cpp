#include "tests/component/store/sealing_samples.hpp"

#include <gtest/gtest.h>

#include <fstream>
#include <iterator>
#include <utility>

namespace anju::test {

namespace fs = std::filesystem;

namespace {
const std::string person(marker);
}  // namespace

SealKeys keys_of(std::string_view bytes) {
    std::string raw;
    for (const char byte : bytes) raw.append(vault::key_bytes, byte);
    return vault::Keys::from(reinterpret_cast<const unsigned char*>(raw.data()), bytes.size());
}

store::Options with(const fs::path& folder, SealKeys keys) {
    store::Options options = options_in(folder);
    options.keys = std::move(keys);
    return options;
}

std::size_t occurrences(const fs::path& folder, std::string_view what) {
    std::size_t out = 0;
    for (const auto& entry : fs::recursive_directory_iterator(folder)) {
        if (!entry.is_regular_file()) continue;
        std::ifstream file(entry.path(), std::ios::binary);
        const std::string bytes{std::istreambuf_iterator<char>(file), {}};
        for (std::size_t at = bytes.find(what); at != bytes.npos; at = bytes.find(what, at + 1)) {
            ++out;
        }
    }
    return out;
}

void fill(store::SqliteJournal& journal) {
    std::uint64_t input = journal.recover().value().last_input;
    std::uint64_t event = journal.lane(Lane::alarm).head;
    std::uint64_t notice = journal.recover().value().last_notice;
    for (int i = 0; i < commits; ++i) {
        const std::string home = "h" + std::to_string(i % 7);
        Transaction one;
        one.now = noon + std::chrono::minutes{i};
        one.inputs.push_back(reading_of(home, ++input, one.now));
        one.inputs.push_back(registration_of(home, ++input, one.now));
        one.inputs.back().bytes += person;
        one.decisions.push_back(
            alert_decision(home, 1, home + "-" + std::to_string(i), AlertState::open, one.now));
        std::get<AlertChanged>(one.decisions.back().what).alert.sentence_zh = person;
        one.decisions.push_back(
            {HouseholdId{home}, 2, one.now,
             ConsentChanged{Consent{ResidentId{"r"}, SensorKind::door, ConsentState::given, person,
                                    "form", one.now, "cli:" + person}}});
        for (const Lane lane : all_lanes) {
            one.events.push_back(event_of(lane, event + 1, one.now));
            one.events.back().bytes += person;
        }
        ++event;
        one.checkpoints.push_back(checkpoint_of(home, input, one.now, i % 3 == 0));
        one.checkpoints.back().bytes += person;
        one.answers.push_back({"c" + std::to_string(input), one.now, CommandStatus::applied,
                               "answer to " + person, "digest"});
        one.rejected.push_back({one.now, "zigbee2mqtt/" + person, "{\"who\":\"" + person + "\"}",
                                "malformed", "not " + person});
        one.driver_state = "state of " + person;
        one.proposals = "proposal of " + person;
        one.notices.push_back({++notice, one.now, NoticeState::waiting, home, "to " + person});
        journal.commit(one).value();
    }
}

std::string content(store::SqliteJournal& journal) {
    std::string out;
    const auto add = [&out](const std::string& text) { out += text + "\n"; };
    for (const JournalEntry& entry : inputs_of(journal)) add(entry.household.value + entry.bytes);
    const Recovery recovery = journal.recover().value();
    for (const Checkpoint& one : recovery.checkpoints) add(one.household.value + one.bytes);
    for (const NoticeRow& one : recovery.notices) add(one.bytes);
    add(recovery.driver_state);
    add(recovery.proposals);
    for (int i = 0; i < 7; ++i) {
        journal.reader()
            .decisions(HouseholdId{"h" + std::to_string(i)}, 0,
                       [&](const store::StoredDecision& one) {
                           add(one.bytes);
                           return true;
                       })
            .value();
    }
    for (const Lane lane : all_lanes) {
        for (const OutboxEvent& one : journal.events(lane, 1, UINT64_MAX, 10'000).value()) {
            add(one.bytes);
        }
    }
    for (const auto& one : journal.reader().rejected({.limit = 1000}).value()) {
        add(one.topic + one.payload + one.text);
    }
    for (const auto& one : journal.consents().value()) add(one.consent.said_by);
    add(journal.answer("c2").value()->text);
    EXPECT_EQ(journal.damaged_rows(), 0U);
    return out;
}

std::string fill_open(const std::filesystem::path& folder) {
    const auto journal = open_journal(options_in(folder));
    fill(*journal);
    return content(*journal);
}

std::string refusal(const store::Options& options) {
    const auto journal = store::SqliteJournal::open(options, noon, 1);
    return journal ? "" : journal.error().text();
}

}  // namespace anju::test
