// Structured logs: an event name and fields, one line each, to standard error (journald keeps
// them). Text form for people, JSON form for machines. Never a name of a resident, a password
// or a reading.
#pragma once

#include <initializer_list>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>

namespace anju::log {

enum class Level { trace, debug, info, warn, error };

struct Field {
    Field(std::string_view field_key, std::string field_value)
        : key(field_key), value(std::move(field_value)) {}
    Field(std::string_view field_key, std::string_view field_value)
        : key(field_key), value(field_value) {}
    Field(std::string_view field_key, const char* field_value)
        : key(field_key), value(field_value) {}
    template <class Number>
        requires std::is_arithmetic_v<Number>
    Field(std::string_view field_key, Number number)
        : key(field_key), value(std::to_string(number)) {}

    std::string_view key;
    std::string value;
};

/// Once, before threads start. `level` is one of trace, debug, info, warn, error.
void start(std::string_view level, bool json);
void set_level(std::string_view level);

/// Any thread; never throws. Silent before start(): a test that says nothing has nothing to say.
void write(Level level, std::string_view event, std::initializer_list<Field> fields = {});

inline void debug(std::string_view event, std::initializer_list<Field> fields = {}) {
    write(Level::debug, event, fields);
}
inline void info(std::string_view event, std::initializer_list<Field> fields = {}) {
    write(Level::info, event, fields);
}
inline void warn(std::string_view event, std::initializer_list<Field> fields = {}) {
    write(Level::warn, event, fields);
}
inline void error(std::string_view event, std::initializer_list<Field> fields = {}) {
    write(Level::error, event, fields);
}

}  // namespace anju::log
