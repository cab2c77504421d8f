// From a message of the home broker to observations of known devices, or to the reason why not.
//
// Everything bad input can do ends here: it is counted, a sample is kept for whoever has to
// find out why, a sensor of our own is told not to repeat, and the next message is looked at.
#pragma once

#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "core/engine.hpp"
#include "drivers/catalog.hpp"
#include "drivers/driver.hpp"
#include "drivers/state.hpp"
#include "runtime/address_book.hpp"
#include "runtime/counters.hpp"
#include "runtime/inbox.hpp"
#include "runtime/journal.hpp"

namespace anju {

/// What one message came to. All parts may be empty.
struct Understood {
    struct Item {
        std::string address;  ///< native: where the acknowledgement goes
        Observation observation;
    };
    struct Refusal {
        std::string address;
        Sequence sequence;
        std::string code;
        std::string text;
    };
    std::vector<Item> items;
    std::optional<Refusal> refusal;
    std::optional<RejectedMessage> rejected;
};

class Ingest {
public:
    struct Options {
        std::size_t samples_per_hour = 60;        ///< rejected messages kept for inspection
        std::size_t strangers_remembered = 1024;  ///< unknown devices sampled once each
    };
    /// `catalog`, `book` and `counters` must outlive it. Loop thread.
    Ingest(Options options, const drivers::Catalog& catalog, const AddressBook& book,
           Counters& counters);

    [[nodiscard]] Understood understand(const Inbound& message, Instant now);

    /// What the drivers remember, to be kept over a restart.
    [[nodiscard]] bool state_changed() const { return state_.revision() != saved_revision_; }
    [[nodiscard]] std::string save_state();
    void load_state(const std::string& text);

private:
    void decoded(const drivers::Driver& driver, const Inbound& message, Instant now,
                 std::vector<drivers::Decoded>& all, Understood& out);
    void failed(const Inbound& message, Instant now, drivers::DecodeError error, Understood& out);
    void sample(const Inbound& message, Instant now, std::string code, std::string text,
                Understood& out);

    Options options_;
    const drivers::Catalog& catalog_;
    const AddressBook& book_;
    Counters& counters_;
    drivers::DriverState state_;
    std::uint64_t saved_revision_ = 0;
    std::unordered_map<std::string, Instant> strangers_;
    Instant sample_hour_{};
    std::size_t samples_ = 0;
};

}  // namespace anju
