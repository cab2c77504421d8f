// Orders of the console: applied once for each id, and only while the id says the same.
//
// An id is the client's promise that what it sends again is what it sent before. A promise is not
// believed: a digest of the content is kept beside the answer (Gateway), and the same id with other
// content is a 409, not the answer to something else.
#pragma once

#include <boost/json.hpp>
#include <optional>
#include <string>
#include <string_view>

#include "api/guard.hpp"

namespace anju::api {

struct Order {
    std::string id;      ///< in the name of the account: two of them may choose the same
    std::string digest;  ///< of the request's path and body, whatever the order of members
};

/// `command_id` of a body, 1..64 of A-Z a-z 0-9 . _ : -; otherwise `refused` is a 400.
[[nodiscard]] std::optional<Order> once(const Caller& caller, const boost::json::object& said,
                                        http::Response& refused);
[[nodiscard]] bool is_command_id(std::string_view id);

/// Hex; members named "command_id" of the outermost object do not count.
[[nodiscard]] std::string digest_of(std::string_view path, const boost::json::object& said);

/// What an answer (control::Render::answer) says happened, for the audit: "applied", "refused",
/// or "repeated: applied" where nothing was done, for it had been done before.
[[nodiscard]] std::string outcome(const boost::json::object& answer);
/// The answer to an order, its English text as "text_en" beside the Chinese; 409 where its id was
/// used for something else.
[[nodiscard]] http::Response done_command(boost::json::object answer);

}  // namespace anju::api
