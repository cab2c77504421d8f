// What is noticed: the first thing that is wrong, and, of a run that is watched closely, what led
// to it. A run that goes well writes nothing and costs nothing.
#pragma once

#include <fmt/format.h>

#include <cstddef>
#include <deque>
#include <string>
#include <utility>

#include "tests/simulation/world.hpp"

namespace anju::whole {

class Chronicle {
public:
    enum class Detail { nothing, tail, everything };

    Chronicle(const World& world, Detail detail) : world_(world), detail_(detail) {}

    template <class... Args>
    void say(fmt::format_string<Args...> text, Args&&... args) {
        if (detail_ != Detail::nothing) add(fmt::format(text, std::forward<Args>(args)...));
    }
    /// The first one counts; what follows from it is not told.
    template <class... Args>
    void wrong(fmt::format_string<Args...> text, Args&&... args) {
        if (!wrong_.empty()) return;
        wrong_ = stamped(fmt::format(text, std::forward<Args>(args)...));
        if (detail_ != Detail::nothing) add("WRONG");
    }
    [[nodiscard]] bool all_well() const { return wrong_.empty(); }
    [[nodiscard]] const std::string& what_is_wrong() const { return wrong_; }
    [[nodiscard]] const std::deque<std::string>& tail() const { return lines_; }

private:
    static constexpr std::size_t kept = 60;

    /// Days since the start and the time of that day, in true time.
    [[nodiscard]] std::string stamped(const std::string& text) const {
        const auto since = world_.now() - start_;
        const auto ms = since.count();
        return fmt::format("day {} {:02}:{:02}:{:02}.{:03} {}", ms / 86'400'000,
                           ms / 3'600'000 % 24, ms / 60'000 % 60, ms / 1000 % 60, ms % 1000, text);
    }
    void add(const std::string& text) {
        std::string line = stamped(text);
        if (detail_ == Detail::everything) fmt::print("{}\n", line);
        lines_.push_back(std::move(line));
        if (lines_.size() > kept) lines_.pop_front();
    }

    const World& world_;
    Detail detail_;
    Instant start_ = world_.now();
    std::string wrong_;
    std::deque<std::string> lines_;
};

}  // namespace anju::whole
