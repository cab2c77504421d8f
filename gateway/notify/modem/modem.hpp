// A GSM modem on a serial port, with a thread of its own: a message to a sleeping network takes a
// minute, and nothing else may wait for it.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <string>

#include "notify/modem/dialog.hpp"
#include "notify/sender.hpp"

namespace anju::notify {

class Modem {
public:
    struct Options {
        std::filesystem::path device;
        int baud = 115'200;
        std::size_t most_waiting = 64;
        std::chrono::milliseconds idle{1'000};  ///< how often it is listened to
        ModemDialog::Options dialog;
    };
    /// `reported` names the reference that send()'s reply had: with several parts, the last one's
    /// report counts. Both are called on the modem's thread.
    using Reported = std::function<void(const std::string& reference, bool delivered)>;
    Modem(Options options, Replied replied, Reported reported);
    /// Ends after the command it is at.
    ~Modem();
    Modem(const Modem&) = delete;
    Modem& operator=(const Modem&) = delete;

    /// Any thread; never blocks.
    void send(std::uint64_t job, ModemRequest request);
    [[nodiscard]] ModemDialog::State state() const;  ///< any thread

private:
    struct Impl;
    std::unique_ptr<Impl> impl_;
};

}  // namespace anju::notify
