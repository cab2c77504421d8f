// The box's authority and the certificates of its own servers, on the disk. Private to this
// module.
#pragma once

#include "provision/box.hpp"

namespace anju::provision {

struct ServerPlace {
    std::string_view key;
    std::string_view certificate;
    Access access;  ///< of the key; the certificate is open
};

class Certificates {
public:
    /// What is done is noted in `done`. All must outlive this.
    Certificates(const Tree& tree, const config::Setup& setup, const SetupOptions& options,
                 SetupDone& done)
        : tree_(tree), setup_(setup), options_(options), done_(done) {}

    /// Makes the authority, unless there is one.
    [[nodiscard]] result<void> authority();
    /// After authority().
    [[nodiscard]] result<void> server(const ServerPlace& place);
    /// Key, request and, until there is a certificate, what holds its place.
    [[nodiscard]] result<void> district();

private:
    [[nodiscard]] result<std::string> key(std::string_view path, Access access);
    [[nodiscard]] result<void> put(std::string_view path, const std::string& text, Placed placed);
    [[nodiscard]] result<void> issue(const ServerPlace& place, std::string_view key,
                                     const ServerNames& names, Placed placed);

    const Tree& tree_;
    const config::Setup& setup_;
    const SetupOptions& options_;
    SetupDone& done_;
    Authority authority_;
};

}  // namespace anju::provision
