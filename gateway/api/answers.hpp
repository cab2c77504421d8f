// What goes out and comes in, in JSON: bodies read with care, replies of the gateway as answers.
#pragma once

#include <boost/json.hpp>
#include <chrono>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/result.hpp"
#include "control/protocol.hpp"
#include "core/text/catalogue.hpp"
#include "http/content.hpp"
#include "http/message.hpp"
#include "http/problem.hpp"

namespace anju::api {

/// 200 with an entity tag, compressed on its way.
[[nodiscard]] http::Response answer(const http::Request& request, const boost::json::value& what);
/// A 200 that is not kept and has no tag, as what was changed is answered.
[[nodiscard]] http::Response done(const boost::json::value& what);
[[nodiscard]] http::Response nothing();  ///< 204

/// What a caller is told who may not, or asked for what there is not. Outside of the scope the
/// answer is `not_found` too: nobody learns what exists.
[[nodiscard]] http::Response not_found();
[[nodiscard]] http::Response not_allowed();
[[nodiscard]] http::Response bad_request(std::string_view code, text::Wording title,
                                         std::vector<Error> errors = {});

/// 503 with Retry-After: too many wait for it.
[[nodiscard]] http::Response too_busy(text::Wording title, std::chrono::seconds wait);
/// Of what is read beside the loop.
[[nodiscard]] http::Response too_busy_reading();

/// The reply's result, or its errors as a problem; not for one that comes later.
[[nodiscard]] http::Response from(const http::Request& request, const control::Reply& reply);

/// The object in a request's body; otherwise `refused` says why: 415 for another content type, 400
/// for what is no JSON object or nested deeper than 16.
[[nodiscard]] std::optional<boost::json::object> body(const http::Request& request,
                                                      http::Response& refused);

/// A part of the query, decoded; empty where there is none.
[[nodiscard]] std::string asked(const http::Request& request, std::string_view name);

/// What a store could not give: the guard answers with 503. The box goes on watching.
struct Unavailable {
    Error error;
};
template <class T>
[[nodiscard]] T need(result<T> outcome) {
    if (!outcome) throw Unavailable{outcome.error()};
    return std::move(*outcome);
}
inline void need(const result<void>& outcome) {
    if (!outcome) throw Unavailable{outcome.error()};
}

/// Which part of a list is wanted whose elements have numbers that fall.
struct Page {
    std::size_t limit = 50;
    std::size_t offset = 0;
};
/// `limit` 1..500 and `cursor` of the query; otherwise `refused` says why.
[[nodiscard]] std::optional<Page> page(const http::Request& request, http::Response& refused);

/// Which part of any other list: behind the element of this key, so that nothing is skipped or
/// shown twice because something before it came or went.
struct KeyedPage {
    std::size_t limit = 50;
    std::vector<std::string> after = {};  ///< the parts of a key; empty: from the beginning
};
/// Likewise; the key of the cursor has `parts` parts.
[[nodiscard]] std::optional<KeyedPage> keyed_page(const http::Request& request,
                                                  http::Response& refused, std::size_t parts);
/// Made up, or of another list.
[[nodiscard]] http::Response bad_cursor();
/// The cursor behind the element of this key. Opaque to clients; its parts hold no U+001F.
[[nodiscard]] boost::json::string cursor(const std::vector<std::string>& key);

}  // namespace anju::api
