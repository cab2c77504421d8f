// What one device says in one message, while a driver gathers it from JSON of mixed quality: a
// value that makes no sense becomes a Problem and takes nothing away from the others.
#pragma once

#include <boost/json/value.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "drivers/content.hpp"
#include "drivers/driver.hpp"
#include "drivers/event_time.hpp"
#include "drivers/state.hpp"

namespace anju::drivers {

class Statement {
public:
    /// `driver` in static storage, as in Device::driver. `message` must outlive the statement.
    Statement(std::string_view driver, const Message& message, std::string address,
              std::string alias = {});

    [[nodiscard]] const std::string& address() const { return said_.address; }
    [[nodiscard]] const Message& message() const { return *message_; }
    /// To fill in model, rssi_dbm, lqi.
    [[nodiscard]] Decoded& said() { return said_; }

    /// Several of one kind: on when any of them is; of two batteries the weaker counts.
    void level(ReadingKind kind, std::int64_t value);
    /// Happened once. A retained message cannot tell of one, so there it is left out.
    void event(ReadingKind kind);

    /// true, false, 1 or 0; null is absent; anything else is Problem "value_unknown".
    void flag(ReadingKind kind, std::string_view property, const boost::json::value& value,
              bool inverted = false);
    /// battery_pct; 0..100, null is absent, otherwise Problem "value_out_of_range".
    void percent(std::string_view property, const boost::json::value& value);
    /// battery_mv from volts × `millivolts_per_unit`, at most 60 V; as percent().
    void voltage(std::string_view property, const boost::json::value& value,
                 double millivolts_per_unit);
    /// rssi_dbm, -150..0; other values are left out.
    void signal_dbm(const boost::json::value& value);

    void problem(std::string code, std::string_view property, std::string text);
    /// Of all readings that carry no time of their own.
    void happened(EventTime time) { time_ = time; }
    /// Marks the alarms among the readings quality::test.
    void mark_test() { test_ = true; }
    /// Bits of namespace quality for all readings.
    void mark(std::uint16_t quality) { quality_ |= quality; }

    /// True when a profile is set for this device: it says what is measured, and of what the driver
    /// found itself only the state of the device (battery, tamper, fault, online) is kept.
    [[nodiscard]] bool has_profile(const DriverState& state) const;
    /// True when something is measured that is not only the state of the device.
    [[nodiscard]] bool measures() const;
    /// True when there is no reading yet.
    [[nodiscard]] bool empty() const { return said_.readings.empty() && by_profile_.empty(); }
    /// Lets read_content() read `fields`; its refusal becomes a Problem of `property`.
    void read_fields(const boost::json::value& fields, DriverState& state,
                     std::string_view property);

    /// What was said; `alive` when that was nothing.
    [[nodiscard]] Decoded finish() &&;

private:
    void add(const Reading& reading);

    std::string_view driver_;
    const Message* message_;
    Decoded said_;
    std::vector<Reading> by_profile_;
    EventTime time_;
    std::uint16_t quality_ = 0;
    bool test_ = false;
    bool profiled_ = false;
};

/// `statements` as the result of a message; those that say nothing at all are left out.
[[nodiscard]] std::vector<Decoded> finish(std::vector<Statement> statements);

/// Payload of at most `max_depth` as object in `storage`; errors "not_json", "not_an_object" with
/// `address`.
[[nodiscard]] boost::system::result<boost::json::object, DecodeError> parse_object(
    std::string_view payload, std::size_t max_depth, boost::json::storage_ptr storage,
    std::string_view address);

/// An error of the envelope stage.
[[nodiscard]] DecodeError envelope_error(std::string code, std::string text);

}  // namespace anju::drivers
