// From a proposal and what the operator says about it to a device as a directory file would have
// made it, with the same checks.
#pragma once

#include <boost/json.hpp>
#include <string>
#include <vector>

#include "config/config.hpp"
#include "runtime/proposals.hpp"

namespace anju {

/// The parameters of devices.accept; empty: not said.
struct Acceptance {
    std::string driver;
    std::string address;
    std::string household;
    std::string id;
    std::string kind;
    std::string label;
    std::string profile;
    std::string key;
    std::string deliver_every;
};

[[nodiscard]] result<Acceptance> read_acceptance(const boost::json::object& params);

/// The device, or every mistake in `said`; none of them repeats the key.
[[nodiscard]] boost::system::result<Device, config::Errors> accepted_device(
    const Acceptance& said, const Proposal& proposal, const config::DirectoryNames& names);

}  // namespace anju
