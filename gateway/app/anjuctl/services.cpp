#include "app/anjuctl/services.hpp"

#include <fcntl.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <filesystem>

namespace anju::ctl {

namespace {

/// 0: it could not be started.
pid_t start(const std::vector<std::string>& argv, const posix_spawn_file_actions_t* files) {
    std::vector<char*> arguments;
    std::vector<std::string> words = argv;
    for (std::string& word : words) arguments.push_back(word.data());
    arguments.push_back(nullptr);
    pid_t child = 0;
    const int failed =
        posix_spawnp(&child, arguments[0], files, nullptr, arguments.data(), environ);
    return failed == 0 ? child : 0;
}

bool ended_well(pid_t child) {
    int status = 0;
    while (waitpid(child, &status, 0) < 0) {
        if (errno != EINTR) return false;
    }
    return WIFEXITED(status) && WEXITSTATUS(status) == 0;
}

}  // namespace

bool run_program(const std::vector<std::string>& argv) {
    const pid_t child = start(argv, nullptr);
    return child != 0 && ended_well(child);
}

std::string output_of(const std::vector<std::string>& argv, std::size_t most) {
    std::array<int, 2> ends{};
    if (pipe2(ends.data(), O_CLOEXEC) != 0) return {};
    posix_spawn_file_actions_t files{};
    posix_spawn_file_actions_init(&files);
    posix_spawn_file_actions_adddup2(&files, ends[1], STDOUT_FILENO);
    posix_spawn_file_actions_addopen(&files, STDERR_FILENO, "/dev/null", O_WRONLY, 0);
    const pid_t child = start(argv, &files);
    posix_spawn_file_actions_destroy(&files);
    close(ends[1]);
    std::string out;
    std::array<char, 16'384> buffer{};
    while (child != 0) {
        const ssize_t got = read(ends[0], buffer.data(), buffer.size());
        if (got < 0 && errno == EINTR) continue;
        if (got <= 0) break;
        const std::size_t room = most - out.size();  // what is beyond it is read and dropped
        out.append(buffer.data(), std::min(room, static_cast<std::size_t>(got)));
    }
    close(ends[0]);
    if (child != 0) (void)ended_well(child);
    return out;
}

bool has_service_manager() {
    std::error_code none;
    return std::filesystem::is_directory("/run/systemd/system", none);
}

}  // namespace anju::ctl
