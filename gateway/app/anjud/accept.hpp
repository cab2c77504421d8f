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
    std::string replaces;  ///< id of a device of the home whose place it takes
};

[[nodiscard]] result<Acceptance> read_acceptance(const boost::json::object& params);

/// What `said` leaves out of a device that takes the place of `old`: its id, so that what is known
/// of it goes on (but a native device has its own), its kind and its label. The error names what
/// cannot be so: another kind measures something else.
[[nodiscard]] result<Acceptance> taking_the_place(Acceptance said, const Device& old);

/// The device, or every mistake in `said`; none of them repeats the key.
[[nodiscard]] boost::system::result<Device, config::Errors> accepted_device(
    const Acceptance& said, const Proposal& proposal, const config::DirectoryNames& names);

}  // namespace anju
