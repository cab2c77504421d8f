// Serves the platform's page on loopback. Whoever may open it may press its buttons; a token in
// the page keeps other sites' forms away, and the Host field names that others own.
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>

#include "base/result.hpp"
#include "firmware-sim/platform/page.hpp"

namespace anju::sim {

class PlatformPage {
public:
    /// All called where `hand_over` runs its work.
    struct Actions {
        std::function<PlatformView()> view;  ///< without the token
        std::function<void()> outage;
        std::function<void(std::chrono::milliseconds)> slow;
        std::function<void()> heal;
        /// False: that alert does not wait for it, or nobody could be told.
        std::function<bool(const std::string& gateway, const std::string& alert)> acknowledge;
    };

    /// `listen` is "127.0.0.1:8490"; beyond loopback is an Error, port 0 is any free one.
    /// `hand_over` is called on the server's thread.
    [[nodiscard]] static result<std::unique_ptr<PlatformPage>> start(
        const std::string& listen, Actions actions,
        std::function<void(std::function<void()>)> hand_over);
    ~PlatformPage();
    PlatformPage(const PlatformPage&) = delete;
    PlatformPage& operator=(const PlatformPage&) = delete;

    [[nodiscard]] std::uint16_t port() const;

private:
    struct Impl;
    explicit PlatformPage(std::unique_ptr<Impl> impl);
    std::unique_ptr<Impl> impl_;
};

}  // namespace anju::sim
