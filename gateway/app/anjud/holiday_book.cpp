// See holiday_book.hpp.
#include "app/anjud/holiday_book.hpp"

#include <utility>

namespace anju {

HolidayBook::HolidayBook(std::filesystem::path file) : file_(std::move(file)) {
    read();
}

void HolidayBook::read() {
    auto read = config::load_holidays(file_);
    if (read) {
        holidays_ = std::move(*read);
        errors_.clear();
    } else {
        errors_ = read.error();
    }
}

}  // namespace anju
