// From a message of the home broker to observations of known devices, or to the reason why not.
//
// Everything bad input can do ends here: it is counted, a sample is kept for whoever has to
// find out why, a sensor of our own is told not to repeat, and the next message is looked at.
// A device that no home has becomes a proposal; nothing it says goes further.
#pragma once

#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "core/engine.hpp"
#include "drivers/catalog.hpp"
#include "drivers/driver.hpp"
#include "drivers/settings.hpp"
#include "drivers/state.hpp"
#include "runtime/address_book.hpp"
#include "runtime/counters.hpp"
#include "runtime/inbox.hpp"
#include "runtime/journal.hpp"
#include "runtime/message_tap.hpp"
#include "runtime/proposals.hpp"

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
    /// All references must outlive it. Loop thread.
    Ingest(Options options, const drivers::Catalog& catalog, const AddressBook& book,
           Proposals& proposals, Counters& counters, MessageTap& tap);

    [[nodiscard]] Understood understand(const Inbound& message, Instant now);

    /// What the drivers remember, to be kept over a restart.
    [[nodiscard]] bool state_changed() const { return state_.revision() != saved_revision_; }
    [[nodiscard]] std::string save_state();
    void load_state(const std::string& text);
    /// Keys and profiles of the registered devices, and the profiles there are.
    [[nodiscard]] drivers::DriverState& state() { return state_; }
    [[nodiscard]] const drivers::DriverState& state() const { return state_; }

    /// What its driver makes of the last message of `proposal` with other settings. The settings
    /// that were in force are lost: they have to be made anew.
    [[nodiscard]] drivers::DecodeResult attempt(const Proposal& proposal,
                                                drivers::DeviceSettings settings);

    /// Messages since the start on the route of this number in the catalog.
    [[nodiscard]] std::uint64_t heard(std::size_t route) const { return heard_[route]; }

private:
    void decoded(const drivers::Driver& driver, const Inbound& message, Instant now,
                 std::vector<drivers::Decoded>& all, Understood& out);
    void failed(const drivers::Driver& driver, const Inbound& message, Instant now,
                drivers::DecodeError error, Understood& out);
    [[nodiscard]] const DeviceId* registered(std::string_view driver, std::string_view address,
                                             std::string_view alias) const;
    void stranger(const Stranger& who, const Inbound& message, Instant now, Understood& out);
    void unfit(const Inbound& message, Instant now, std::string_view driver, std::string code,
               std::string text, Understood& out);
    void sample(const Inbound& message, Instant now, std::string code, std::string text,
                Understood& out);

    Options options_;
    const drivers::Catalog& catalog_;
    const AddressBook& book_;
    Proposals& proposals_;
    Counters& counters_;
    MessageTap& tap_;
    drivers::DriverState state_;
    std::uint64_t saved_revision_ = 0;
    std::vector<std::uint64_t> heard_;  ///< by route
    std::unordered_map<std::string, Instant> strangers_;
    Instant sample_hour_{};
    std::size_t samples_ = 0;
};

}  // namespace anju
