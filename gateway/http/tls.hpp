// The server's side of TLS.
#pragma once

#include <filesystem>
#include <memory>

#include "base/result.hpp"

namespace boost::asio::ssl {
class context;
}

namespace anju::http {

struct Certificate {
    std::filesystem::path cert_file;  ///< PEM, the chain, ours first
    std::filesystem::path key_file;   ///< PEM
};

/// TLS 1.2 and 1.3 with forward secrecy only, no compression, no renegotiation. An Error names the
/// file that cannot be used, also when key and certificate do not belong together.
[[nodiscard]] result<std::shared_ptr<boost::asio::ssl::context>> server_tls(
    const Certificate& certificate);

}  // namespace anju::http
