// Runs anjuctl itself on a folder that stands for a box, in English unless told.
#pragma once

#include <pty.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <string>
#include <vector>

#include "box_rig.hpp"
#include "tests/support/shell.hpp"

namespace anju::provision {

class Program : public BoxRig {
protected:
    using Ran = test::Ran;

    [[nodiscard]] fs::path box() const { return folder_.path() / "box"; }
    [[nodiscard]] std::string boxed(std::string_view path) const {
        return content(Tree(box()).at(path));
    }
    [[nodiscard]] fs::path write(const std::string& name, const std::string& text) const {
        const fs::path path = folder_.path() / name;
        std::ofstream(path) << text;
        return path;
    }

    /// `anjuctl {arguments} --root BOX`
    [[nodiscard]] Ran run_program(const std::string& arguments,
                                  const std::string& lang = "en_US.UTF-8") const {
        return run_plain(arguments + " --root '" + box().string() + "'", lang);
    }
    [[nodiscard]] Ran run_plain(const std::string& arguments,
                                const std::string& lang = "en_US.UTF-8") const {
        return test::run_in_shell("env -i LANG=" + lang + " '" ANJUCTL "' " + arguments +
                                  " </dev/null");
    }
    [[nodiscard]] static std::string templates() {
        return " --templates '" ANJU_SOURCE_DIR "/deploy'";
    }
    [[nodiscard]] Ran set_up_box(const std::string& answers) const {
        return run_program("setup --from '" + write("setup.toml", answers).string() + "'" +
                           templates());
    }
};

/// A person at a terminal, with the program at the other end.
class Terminal {
public:
    explicit Terminal(std::vector<std::string> argv) {
        child_ = forkpty(&terminal_, nullptr, nullptr, nullptr);
        if (child_ != 0) return;
        std::vector<char*> arguments;
        for (std::string& word : argv) arguments.push_back(word.data());
        arguments.push_back(nullptr);
        execv(arguments[0], arguments.data());
        _exit(127);
    }
    ~Terminal() {
        if (child_ > 0) kill(child_, SIGKILL);
        end();
        close(terminal_);
    }
    Terminal(const Terminal&) = delete;
    Terminal& operator=(const Terminal&) = delete;

    /// Reads until `text` is on the screen; false when the program ends before.
    bool sees(std::string_view text) {
        std::array<char, 1024> buffer{};
        while (screen_.find(text, seen_) == std::string::npos) {
            const ssize_t got = read(terminal_, buffer.data(), buffer.size());
            if (got <= 0) return false;
            screen_.append(buffer.data(), static_cast<std::size_t>(got));
        }
        seen_ = screen_.find(text, seen_) + text.size();
        return true;
    }
    bool says(std::string line) const {
        line += '\n';
        return write(terminal_, line.data(), line.size()) == static_cast<ssize_t>(line.size());
    }
    /// The exit code.
    int end() {
        int status = 0;
        if (child_ > 0) waitpid(child_, &status, 0);
        child_ = 0;
        return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
    }
    [[nodiscard]] const std::string& screen() const { return screen_; }

private:
    int terminal_ = -1;
    pid_t child_ = 0;
    std::string screen_;
    std::size_t seen_ = 0;
};

}  // namespace anju::provision
