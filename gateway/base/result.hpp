// How expected failures travel outside the core: a value or an Error that says what happened,
// where, and what to do about it.
#pragma once

#include <boost/system/result.hpp>
#include <stdexcept>
#include <string>

namespace anju {

struct Error {
    std::string what;    ///< "cannot open the store"
    std::string where;   ///< file:line, topic, path; may be empty
    std::string remedy;  ///< what the reader can do; may be empty

    /// "where: what (remedy)" on one line.
    [[nodiscard]] std::string text() const {
        std::string out = where.empty() ? what : where + ": " + what;
        if (!remedy.empty()) out += " (" + remedy + ")";
        return out;
    }
};

template <class T>
using result = boost::system::result<T, Error>;

[[noreturn]] inline void throw_exception_from_error(const Error& error,
                                                    const boost::source_location&) {
    throw std::runtime_error(error.text());
}

}  // namespace anju
