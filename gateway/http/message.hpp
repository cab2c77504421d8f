// A request and an answer, without the library that carries them.
#pragma once

#include <chrono>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace anju::http {

class StreamReader;

struct Request {
    std::string method;  ///< "GET", "POST" …; HEAD comes as GET
    std::string path;    ///< as sent, without the query; not percent-decoded
    std::string query;   ///< behind the '?'
    std::string body;
    std::string if_none_match;
    /// Whom failures are counted against: an IPv4 address, or the /64 of an IPv6 address.
    std::string peer;
    /// What stands in the places of the route's pattern, in order; never empty, not decoded.
    std::vector<std::string> params;

    /// It came over TLS: to us, or to our proxy, as that says (X-Forwarded-Proto).
    bool secure = false;
    // Fields as sent, empty when they were not. What decides about rights came at most once: a
    // request with two of them is refused before anybody is asked.
    std::string accept_encoding;
    std::string authorization;
    std::string content_type;
    std::string cookie;
    std::string csrf_token;  ///< X-CSRF-Token
    std::string host;
    std::string last_event_id;
    std::string origin;
    std::string sec_fetch_site;
};

struct Response {
    unsigned status = 200;
    std::string content_type = "text/plain; charset=utf-8";
    std::string body;
    /// Further fields, or others in the place of those every answer carries ("Cache-Control"). Of
    /// two with one name the last is sent; each Set-Cookie is.
    std::vector<std::pair<std::string, std::string>> fields = {};
    /// Sent in place of `body`, by however many connections, without a copy.
    std::shared_ptr<const std::string> shared_body = {};
    /// May be sent as gzip where the client takes it. Not for what holds a secret beside something
    /// that the client chose: the length would tell about it (BREACH).
    bool compress = false;
    /// Sent instead of a body, for as long as it lasts (http/stream.hpp); `status` is 200 then.
    std::shared_ptr<StreamReader> stream = {};
    /// Called in place of sending this, where the handler ran; what it is given sends the answer,
    /// from any thread, once and within Server::Limits::answer. For what takes too long for the
    /// loop.
    std::function<void(std::function<void(Response)> answer)> later = {};
};

using Handler = std::function<Response(const Request& request)>;

}  // namespace anju::http
