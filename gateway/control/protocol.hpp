// What goes over the control socket: one JSON object a line, answered by one JSON object a line.
//
//   {"method":"alerts.list","params":{"all":true}}
//   {"ok":true,"result":{…}}
//   {"ok":false,"error":{"what":…,"where":…,"remedy":…},"errors":[{…},…]}
//
// `error` is the first of `errors`; a refused import has one for every mistake in the file.
// docs/operations/control.md describes every method.
#pragma once

#include <boost/json.hpp>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"

namespace anju::control {

struct Request {
    std::string method;
    boost::json::object params;
};

/// What a handler answers: a result, or one error or more.
struct Reply {
    boost::json::value result;
    std::vector<Error> errors;
    /// Called in place of sending this, where the handler ran; what it is given takes the reply,
    /// on the same thread and once. For what takes too long for the loop.
    std::function<void(std::function<void(Reply)> answer)> later = {};
    /// It was refused because too many wait; asked again in a while it will be answered.
    bool busy = false;

    [[nodiscard]] bool ok() const { return errors.empty(); }
    [[nodiscard]] static Reply failed(Error error) { return {nullptr, {std::move(error)}}; }
    /// Too many questions wait that take long to answer.
    [[nodiscard]] static Reply too_busy();
};

[[nodiscard]] result<Request> parse_request(std::string_view line);
[[nodiscard]] std::string to_line(const Request& request);  ///< with the line end
[[nodiscard]] result<Reply> parse_reply(std::string_view line);
[[nodiscard]] std::string to_line(const Reply& reply);  ///< with the line end

/// Parameters of a request, checked. Each gives an Error that names the parameter when it is
/// there with another type; `text` also when it is missing and there is no `otherwise`.
[[nodiscard]] result<std::string> text_param(const boost::json::object& params,
                                             std::string_view key);
[[nodiscard]] result<std::string> text_param(const boost::json::object& params,
                                             std::string_view key, std::string_view otherwise);
[[nodiscard]] result<bool> bool_param(const boost::json::object& params, std::string_view key,
                                      bool otherwise);
[[nodiscard]] result<std::uint64_t> count_param(const boost::json::object& params,
                                                std::string_view key, std::uint64_t otherwise,
                                                std::uint64_t max);

}  // namespace anju::control
