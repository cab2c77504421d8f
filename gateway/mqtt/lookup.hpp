// The address of a broker, looked up where nobody else has to wait for it.
//
// Paho C 1.3.12 calls getaddrinfo() with its process-wide lock held: measured, a lookup that
// nobody answers stops every other session of the process for as long as it lasts, the homes'
// alarms included. So the name is looked up here first, and Paho is not asked to connect while
// names are not answered.
#pragma once

#include <chrono>
#include <memory>
#include <stop_token>
#include <string>

#include "base/result.hpp"

namespace anju::mqtt {

/// The host that a broker's URI names; IPv6 without brackets.
[[nodiscard]] std::string host_of(const std::string& uri);

/// `uri` with its host replaced by `address`; IPv6 gets its brackets.
[[nodiscard]] std::string with_host(const std::string& uri, const std::string& address);

/// One thread at a time. getaddrinfo() cannot be stopped, so it runs on a thread of its own that
/// is left behind when the time is up or the Lookup goes away; there is never more than one.
class Lookup {
public:
    /// A numeric address of `host`: IPv4 before IPv6, as Paho chooses. A numeric host is its own
    /// answer, at once. An Error: no such name, nobody to ask, no answer within `limit`, or
    /// stopped; a lookup that takes longer is waited for again by the next call.
    result<std::string> find(const std::string& host, std::stop_token stop,
                             std::chrono::milliseconds limit);

private:
    struct Question;
    std::shared_ptr<Question> pending_;
};

}  // namespace anju::mqtt
