// The statuses and events of a Shelly's components.
#pragma once

#include <boost/json/object.hpp>
#include <string_view>
#include <vector>

#include "drivers/statement.hpp"

namespace anju::drivers::shelly {

inline constexpr std::string_view driver_name = "shelly";

/// Reads one message; a value object of one call. The device itself is the first of statements().
class Reader {
public:
    Reader(const Message& message, std::string address, std::string alias, EventTime time,
           DriverState& state);

    /// `components` by name, {"smoke:0": {…}}. `whole`: what is missing in one is not so, instead
    /// of unchanged.
    void read_status(const boost::json::object& components, bool whole);
    /// The `events` of a NotifyEvent.
    void read_events(const boost::json::array& events);

    [[nodiscard]] std::vector<Statement>& statements() { return statements_; }

private:
    void read_component(std::string_view name, const boost::json::object& status, bool whole);
    void read_alarm(ReadingKind kind, std::string_view name, const boost::json::object& status,
                    bool whole);
    void read_battery(const boost::json::object& status);
    void read_presence(std::string_view name, const boost::json::object& status);
    void read_bthome_device(std::string_view name, const boost::json::object& status);
    void read_bthome_sensor(std::string_view name, const boost::json::object& status);
    void read_event(const boost::json::object& event);
    void read_blu(const boost::json::object& data);

    /// Of the part itself for `apart`, otherwise of the device.
    [[nodiscard]] Statement* statement_of(std::string_view name, bool apart);
    [[nodiscard]] Statement* statement_at(std::string address);

    const Message* message_;
    EventTime time_;
    DriverState* state_;
    std::vector<Statement> statements_;
};

}  // namespace anju::drivers::shelly
