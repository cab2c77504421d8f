// How a body travels: named by its content, so that it need not travel again, and compressed.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "http/message.hpp"

namespace anju::http {

/// A strong entity tag over `bytes`, with its quotes. `coding`, "gzip", is another representation
/// and so another tag.
[[nodiscard]] std::string entity_tag(std::string_view bytes, std::string_view coding = {});

/// The tag of `field` (If-None-Match, RFC 9110, 13.1.2) that means the same content as `tag`, in
/// whatever coding; compared weakly, as it says. nullopt: none does.
[[nodiscard]] std::optional<std::string> named_tag(std::string_view field, std::string_view tag);

/// Names a 200 by its body, and turns it into 304 where the client has it. A client may keep it, to
/// be told that nothing has changed; others on the way may not.
[[nodiscard]] Response with_etag(const Request& request, Response response);

/// A 200 in JSON that the server may compress on its own thread.
[[nodiscard]] Response json_answer(std::string body, unsigned status = 200);

/// Whether `field` (Accept-Encoding, RFC 9110, 12.5.3) takes `coding`.
[[nodiscard]] bool accepts(std::string_view field, std::string_view coding);

/// A body of more than 1 KiB as gzip (RFC 1952), its tag as that of the gzip; with Vary in any
/// case. The server does this to answers with `compress`, after with_etag().
[[nodiscard]] Response compressed(std::string_view accept_encoding, Response response);

}  // namespace anju::http
