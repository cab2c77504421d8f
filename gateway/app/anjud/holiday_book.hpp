// The holidays that are known now: the file as it was read last.
#pragma once

#include <filesystem>
#include <vector>

#include "config/holidays.hpp"

namespace anju {

class HolidayBook {
public:
    /// Reads `file`.
    explicit HolidayBook(std::filesystem::path file);
    /// Reads it again. What it said before stays when it cannot be read or holds a mistake.
    void read();

    [[nodiscard]] const std::filesystem::path& file() const { return file_; }
    [[nodiscard]] const config::Holidays& holidays() const { return holidays_; }
    /// Why the file, as it is now, was not taken; empty: it was.
    [[nodiscard]] const config::Errors& errors() const { return errors_; }

private:
    std::filesystem::path file_;
    config::Holidays holidays_;
    config::Errors errors_;
};

}  // namespace anju
