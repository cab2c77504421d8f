// spdlog does the writing; this file gives every line the same shape.
#include "base/log.hpp"

#include <spdlog/sinks/stdout_sinks.h>
#include <spdlog/spdlog.h>

#include <atomic>
#include <boost/json/serialize.hpp>
#include <boost/json/string.hpp>

namespace anju::log {
namespace {

std::atomic<bool> as_json{false};
std::atomic<bool> started{false};

std::string quoted(std::string_view text) {
    return boost::json::serialize(boost::json::string(text));
}

bool plain(std::string_view text) {
    return !text.empty() && text.find_first_of(" \"=\n\t\\") == std::string_view::npos;
}

}  // namespace

void start(std::string_view level, bool json) {
    as_json = json;
    started = true;
    auto logger = spdlog::stderr_logger_mt("anju");
    logger->set_pattern(json ? R"({"time":"%Y-%m-%dT%H:%M:%S.%e%z","level":"%l",%v})"
                             : "%Y-%m-%d %H:%M:%S.%e %L %v");
    logger->flush_on(spdlog::level::trace);
    spdlog::set_default_logger(std::move(logger));
    set_level(level);
}

void set_level(std::string_view level) {
    spdlog::set_level(spdlog::level::from_str(std::string(level)));
}

void write(Level level, std::string_view event, std::initializer_list<Field> fields) {
    if (!started) return;
    const auto at = static_cast<spdlog::level::level_enum>(level);
    if (!spdlog::should_log(at)) return;
    std::string line;
    if (as_json) {
        line = "\"event\":" + quoted(event);
        for (const Field& field : fields)
            line += "," + quoted(field.key) + ":" + quoted(field.value);
    } else {
        line = event;
        for (const Field& field : fields) {
            line.append(" ").append(field.key).append("=");
            line += plain(field.value) ? field.value : quoted(field.value);
        }
    }
    spdlog::log(at, "{}", line);
}

}  // namespace anju::log
