#include "app/anjuctl/secret_input.hpp"

#include <termios.h>
#include <unistd.h>

#include <cstdio>
#include <iostream>

namespace anju::ctl {
namespace {

/// The terminal shows nothing of what is typed as long as one lives.
class Silence {
public:
    Silence() {
        if (isatty(STDIN_FILENO) == 0 || tcgetattr(STDIN_FILENO, &before_) != 0) return;
        termios quiet = before_;
        quiet.c_lflag &= ~static_cast<tcflag_t>(ECHO);
        silent_ = tcsetattr(STDIN_FILENO, TCSAFLUSH, &quiet) == 0;
    }
    ~Silence() {
        if (silent_) tcsetattr(STDIN_FILENO, TCSAFLUSH, &before_);
    }
    Silence(const Silence&) = delete;
    Silence& operator=(const Silence&) = delete;
    [[nodiscard]] bool works() const { return silent_; }

private:
    termios before_{};
    bool silent_ = false;
};

}  // namespace

std::string ask_secret(std::string_view prompt) {
    const Silence silence;
    if (!silence.works()) return {};
    std::fwrite(prompt.data(), 1, prompt.size(), stderr);
    std::string line;
    std::getline(std::cin, line);
    std::fputs("\n", stderr);
    return line;
}

}  // namespace anju::ctl
