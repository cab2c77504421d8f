// The conversation with a GSM modem: 3GPP TS 27.005 and 27.007. Blocking, on a thread of its own;
// bytes come and go through a Port, so that a test can play the modem.
//
// A PIN is tried once: a second wrong one is one step from a locked SIM, and a third locks it.
#pragma once

#include <chrono>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "notify/message.hpp"
#include "notify/modem/pdu.hpp"

namespace anju::notify {

class Port {
public:
    virtual ~Port() = default;
    virtual bool write(std::string_view bytes) = 0;
    /// Appends what has come; waits at most `wait`. false: the port is gone.
    virtual bool read(std::string& into, std::chrono::milliseconds wait) = 0;
};

class ModemDialog {
public:
    struct Options {
        std::string pin;  ///< empty: the SIM has none
        std::chrono::milliseconds answer{5'000};
        std::chrono::milliseconds network{60'000};  ///< for +CMGS
    };
    struct State {
        bool ready{};
        bool registered{};
        int signal{-1};       ///< 0 to 31; -1: not known
        std::string problem;  ///< empty: none
    };
    using Reported = std::function<void(const StatusReport&)>;

    ModemDialog(Options options, Port& port, Reported reported);

    /// Echo off, PDU mode, PIN, reports, signal and registration. Again after every failure.
    [[nodiscard]] State& prepare();
    /// All parts; the references the network gave, separated by commas, are the reply's body. What
    /// was sent of a message whose later part failed stays sent.
    [[nodiscard]] Reply send(const ModemRequest& request);
    /// Takes what the modem says of itself.
    void listen(std::chrono::milliseconds wait);
    [[nodiscard]] const State& state() const { return state_; }

private:
    struct Said {
        bool ok{};
        bool silent{};  ///< nothing final came in time, or the port is gone
        int error{};    ///< of +CMS ERROR or +CME ERROR; 0 = none
        std::vector<std::string> lines;
        [[nodiscard]] std::optional<std::string> after(std::string_view prefix) const;
        [[nodiscard]] std::string problem(std::string_view command) const;
    };
    Said ask(const std::string& command, std::chrono::milliseconds limit);
    Said wait_for_final(std::string_view echo, std::chrono::steady_clock::time_point end);
    bool wait_for_prompt(Said& said, std::string_view echo,
                         std::chrono::steady_clock::time_point end);
    std::optional<std::string> next_line(std::chrono::steady_clock::time_point end);
    bool unsolicited(const std::string& line);
    bool unlock();

    Options options_;
    Port& port_;
    Reported reported_;
    State state_;
    std::string heard_;
    bool report_follows_ = false;  ///< the line after +CDS:
    bool pin_was_refused_ = false;
    std::uint8_t reference_ = 0;
};

}  // namespace anju::notify
