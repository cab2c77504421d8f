#include "notify/modem/dialog.hpp"

#include <algorithm>
#include <array>
#include <cstdlib>

namespace anju::notify {
namespace {

using Clock = std::chrono::steady_clock;
using std::chrono::milliseconds;

milliseconds left_until(Clock::time_point end) {
    return std::max(milliseconds{0}, std::chrono::ceil<milliseconds>(end - Clock::now()));
}

std::optional<int> error_of(std::string_view line) {
    for (const std::string_view prefix : {"+CMS ERROR:", "+CME ERROR:"}) {
        if (line.starts_with(prefix)) {
            return std::max(1, std::atoi(std::string(line.substr(prefix.size())).c_str()));
        }
    }
    return std::nullopt;
}

}  // namespace

ModemDialog::ModemDialog(Options options, Port& port, Reported reported)
    : options_(std::move(options)), port_(port), reported_(std::move(reported)) {}

std::optional<std::string> ModemDialog::Said::after(std::string_view prefix) const {
    for (const std::string& line : lines) {
        if (!line.starts_with(prefix)) continue;
        const auto begin = line.find_first_not_of(' ', prefix.size());
        return begin == std::string::npos ? std::string{} : line.substr(begin);
    }
    return std::nullopt;
}

std::string ModemDialog::Said::problem(std::string_view command) const {
    if (silent) return "the modem does not answer " + std::string(command);
    return "the modem refuses " + std::string(command) +
           (error == 0 ? "" : " (error " + std::to_string(error) + ")");
}

std::optional<std::string> ModemDialog::next_line(Clock::time_point end) {
    for (;;) {
        const auto stop = heard_.find_first_of("\r\n");
        if (stop != std::string::npos) {
            std::string line = heard_.substr(0, stop);
            heard_.erase(0, stop + 1);
            if (!line.empty()) return line;
            continue;
        }
        if (heard_.size() > 4096) heard_.clear();  // noise
        const milliseconds left = left_until(end);
        if (left == milliseconds{0} || !port_.read(heard_, left)) return std::nullopt;
    }
}

/// Takes lines that come by themselves; true: this was one.
bool ModemDialog::unsolicited(const std::string& line) {
    if (std::exchange(report_follows_, false)) {
        const auto report = parse_status_report(line);
        if (report && report->over) reported_(*report);
        return true;
    }
    if (line.starts_with("+CDS:")) {
        report_follows_ = true;
        return true;
    }
    constexpr std::array<std::string_view, 8> others{
        "+CMTI:", "+CDSI:", "RING", "+CRING:", "+CUSD:", "^", "*", "+CTZV:"};
    return std::ranges::any_of(others,
                               [&line](std::string_view one) { return line.starts_with(one); });
}

ModemDialog::Said ModemDialog::wait_for_final(std::string_view echo, Clock::time_point end) {
    Said out;
    while (auto line = next_line(end)) {
        if (!echo.empty() && *line == echo) continue;
        if (unsolicited(*line)) continue;
        if (*line == "OK") {
            out.ok = true;
            return out;
        }
        const auto error = error_of(*line);
        if (error || *line == "ERROR") {
            out.error = error.value_or(0);
            return out;
        }
        out.lines.push_back(std::move(*line));
    }
    out.silent = true;
    return out;
}

ModemDialog::Said ModemDialog::ask(const std::string& command, milliseconds limit) {
    if (!port_.write(command + "\r")) return {false, true, 0, {}};
    return wait_for_final(command, Clock::now() + limit);
}

bool ModemDialog::unlock() {
    const Said said = ask("AT+CPIN?", options_.answer);
    const auto pin = said.after("+CPIN:");
    if (pin == "READY") return true;
    if (pin != "SIM PIN") {
        state_.problem = pin ? "the SIM asks for " + *pin : said.problem("AT+CPIN?");
        return false;
    }
    if (options_.pin.empty() || pin_was_refused_) {
        state_.problem = pin_was_refused_ ? "the SIM refused the PIN; it is not tried again"
                                          : "the SIM asks for a PIN and none is configured";
        return false;
    }
    const Said opened = ask("AT+CPIN=\"" + options_.pin + "\"", options_.answer * 2);
    if (opened.ok) return true;
    // Silence is no refusal, but whether the try counted is not known either.
    pin_was_refused_ = true;
    state_.problem = "the SIM refused the PIN; it is not tried again";
    return false;
}

ModemDialog::State& ModemDialog::prepare() {
    state_ = {};
    heard_.clear();
    report_follows_ = false;
    // The escape ends a message that was left half said.
    (void)port_.write("\x1b");
    for (const char* const command : {"ATE0", "AT+CMEE=1"}) {
        const Said said = ask(command, options_.answer);
        if (!said.ok) {
            state_.problem = said.problem(command);
            return state_;
        }
    }
    if (!unlock()) return state_;
    if (const Said said = ask("AT+CMGF=0", options_.answer); !said.ok) {
        state_.problem = said.problem("AT+CMGF=0");
        return state_;
    }
    (void)ask("AT+CNMI=2,1,0,1,0", options_.answer);  // reports, where offered
    if (const auto signal = ask("AT+CSQ", options_.answer).after("+CSQ:")) {
        const int value = std::atoi(signal->c_str());
        state_.signal = value >= 0 && value <= 31 ? value : -1;
    }
    if (const auto where = ask("AT+CREG?", options_.answer).after("+CREG:")) {
        const auto comma = where->find(',');
        const char status =
            comma == std::string::npos || comma + 1 >= where->size() ? '0' : (*where)[comma + 1];
        state_.registered = status == '1' || status == '5';
    }
    if (!state_.registered) {
        state_.problem =
            "the modem is in no network (signal " +
            (state_.signal < 0 ? std::string("unknown") : std::to_string(state_.signal)) + ")";
        return state_;
    }
    state_.ready = true;
    return state_;
}

bool ModemDialog::wait_for_prompt(Said& said, std::string_view echo, Clock::time_point end) {
    for (;;) {
        // The prompt has no line end.
        const auto begin = heard_.find_first_not_of("\r\n");
        if (begin != std::string::npos && heard_[begin] == '>') {
            heard_.erase(0, begin + 1);
            if (heard_.starts_with(' ')) heard_.erase(0, 1);
            return true;
        }
        if (heard_.find_first_of("\r\n", begin == std::string::npos ? 0 : begin) !=
                std::string::npos &&
            begin != std::string::npos) {
            const auto line = next_line(end);
            if (!line || *line == echo || unsolicited(*line)) continue;
            const auto error = error_of(*line);
            if (error || *line == "ERROR") {
                said.error = error.value_or(0);
                return false;
            }
            continue;
        }
        const milliseconds left = left_until(end);
        if (left == milliseconds{0} || !port_.read(heard_, left)) {
            said.silent = true;
            return false;
        }
    }
}

Reply ModemDialog::send(const ModemRequest& request) {
    const auto parts = sms_submit(request.number, request.text, ++reference_);
    if (!parts) return {"this is no phone number", 28, ""};
    Reply out;
    for (const Pdu& part : *parts) {
        const std::string command = "AT+CMGS=" + std::to_string(part.length);
        Said said;
        const bool prompted = port_.write(command + "\r") &&
                              wait_for_prompt(said, command, Clock::now() + options_.answer);
        if (!prompted) {
            (void)port_.write("\x1b");
            out.failure = said.problem("AT+CMGS");
            out.status = said.error;
            return out;
        }
        said = port_.write(part.hex + "\x1a")
                   ? wait_for_final(part.hex, Clock::now() + options_.network)
                   : Said{false, true, 0, {}};
        const auto reference = said.after("+CMGS:");
        if (!said.ok || !reference) {
            out.failure = said.ok ? "the modem names no reference" : said.problem("AT+CMGS");
            out.status = said.error;
            return out;
        }
        out.body += (out.body.empty() ? "" : ",") + *reference;
    }
    return out;
}

void ModemDialog::listen(milliseconds wait) {
    const auto end = Clock::now() + wait;
    while (const auto line = next_line(end)) (void)unsolicited(*line);
}

}  // namespace anju::notify
